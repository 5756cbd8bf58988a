import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** Stored pictures of the screens, half size, each of which somebody looked at before it was stored. */
const FOLDER = fileURLToPath(new URL("../pictures", import.meta.url));
/** `UPDATE_PICTURES=1 npm run pictures` stores what is drawn now, to be looked at and committed. */
const update = process.env["UPDATE_PICTURES"] === "1";

/** Blocks of this many pixels of the small picture are compared by their mean colour: fonts may be smoothed differently. */
const BLOCK = 6;
/** Of 255: a shift of one line of text by a few pixels is more, another smoothing is less. */
const NOTICEABLE = 26;
/** Share of blocks that may differ noticeably. */
const TOLERATED = 0.002;

export interface Comparison {
  /** share of blocks that differ noticeably, 0–1 */
  different: number;
  /** where, for the eye: "column,row" of blocks, the first few */
  where: string[];
}

/**
 * Compares two pictures in the browser, which can decode them: the picture now (PNG, full size) against the stored one
 * (JPEG, half size).
 */
export async function compare(page: Page, now: Uint8Array, stored: Uint8Array): Promise<Comparison> {
  return page.evaluate(
    async ({ now, stored, block, noticeable }) => {
      const [a, b] = await Promise.all([decode(now, "image/png"), decode(stored, "image/jpeg")]);
      const width = Math.round(a.width / 2);
      const height = Math.round(a.height / 2);
      if (Math.abs(width - b.width) > 1 || Math.abs(height - b.height) > 1)
        return { different: 1, where: [`size ${width}×${height} instead of ${b.width}×${b.height}`] };
      const [left, right] = [blocks(a, width, height), blocks(b, width, height)];
      const where: string[] = [];
      left.colours.forEach((colour, i) => {
        const other = right.colours[i]!;
        if (colour.some((channel, c) => Math.abs(channel - other[c]!) > noticeable))
          where.push(`${i % left.columns},${Math.floor(i / left.columns)}`);
      });
      return { different: where.length / left.colours.length, where: where.slice(0, 12) };

      async function decode(base64: string, type: string): Promise<ImageBitmap> {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        return createImageBitmap(new Blob([bytes], { type }));
      }
      function blocks(image: ImageBitmap, w: number, h: number): { columns: number; colours: number[][] } {
        const columns = Math.floor(w / block);
        const rows = Math.floor(h / block);
        const context = new OffscreenCanvas(w, h).getContext("2d", { willReadFrequently: true })!;
        context.imageSmoothingQuality = "high";
        context.drawImage(image, 0, 0, w, h);
        const { data } = context.getImageData(0, 0, w, h);
        const colours = Array.from({ length: columns * rows }, (_, i) => {
          const sum = [0, 0, 0];
          const [x0, y0] = [(i % columns) * block, Math.floor(i / columns) * block];
          for (let y = y0; y < y0 + block; y++)
            for (let x = x0; x < x0 + block; x++)
              for (let c = 0; c < 3; c++) sum[c]! += data[4 * (y * w + x) + c]!;
          return sum.map((total) => total / (block * block));
        });
        return { columns, colours };
      }
    },
    {
      now: Buffer.from(now).toString("base64"),
      stored: Buffer.from(stored).toString("base64"),
      block: BLOCK,
      noticeable: NOTICEABLE,
    },
  );
}

/** A PNG as the small JPEG that is stored. */
function shrink(page: Page, png: Uint8Array): Promise<string> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(Math.round(image.width / 2), Math.round(image.height / 2));
    const context = canvas.getContext("2d")!;
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.72 });
    const buffer = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (const byte of buffer) text += String.fromCharCode(byte);
    return btoa(text);
  }, Buffer.from(png).toString("base64"));
}

/**
 * Compares what a page shows (or all of a page that scrolls) with the stored picture of that name, and keeps what it saw beside the test's results when
 * they differ.
 *
 * @param tools a page that decodes pictures: not the one that is looked at
 * @returns a sentence about the difference, or null where there is none
 */
export async function differenceFrom(
  name: string,
  page: Page,
  tools: Page,
  fullPage = false,
): Promise<string | null> {
  const file = path.join(FOLDER, `${name}.jpg`);
  const now = await page.screenshot({ animations: "disabled", caret: "hide", fullPage });
  if (update) {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(file, Buffer.from(await shrink(tools, now), "base64"));
    return null;
  }
  if (!existsSync(file)) return `${name}: no picture is stored`;
  const { different, where } = await compare(tools, now, await readFile(file));
  if (different <= TOLERATED) return null;
  const seen = path.join(FOLDER, "..", "..", "dist", "pictures", `${name}.png`);
  await mkdir(path.dirname(seen), { recursive: true });
  await writeFile(seen, now);
  return `${name}: ${(100 * different).toFixed(1)} % of the picture differs (blocks ${where.join(" ")}); seen: dist/pictures/${name}.png`;
}
