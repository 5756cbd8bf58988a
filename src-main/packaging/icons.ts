/**
 * `npm run build:icons`: the drawings in assets/icons → the files that each system wants, which are committed, so that
 * packaging needs neither a browser nor the tool that electron-builder would download for it.
 *
 * Run by hand after a drawing has changed, with CHROMIUM_PATH naming the browser that draws.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import type { Page } from "playwright-core";
import type { Picture } from "./iconFiles.ts";
import { icnsOf, icoOf } from "./iconFiles.ts";

const FOLDER = fileURLToPath(new URL("../../assets/icons", import.meta.url));
/** The program, and the two kinds of file that it opens; the names of the latter are where electron-builder looks. */
const DRAWINGS = ["icon", "hgnencases", "nenboard"];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 256];
const MAC_SIZES = [32, 64, 128, 256, 512, 1024];
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
/** What a Mac's other icons leave free around themselves, of the width. */
const MAC_MARGIN = 100 / 1024;

const executablePath = process.env["CHROMIUM_PATH"];
if (!executablePath) throw new Error("CHROMIUM_PATH must name a Chromium, which draws the icons");
const browser = await chromium.launch({ executablePath });
try {
  const page = await browser.newPage();
  for (const name of DRAWINGS) {
    const svg = await readFile(path.join(FOLDER, `${name}.svg`), "utf8");
    await write(`${name}.ico`, icoOf(await draw(page, svg, WINDOWS_SIZES)));
    const margin = name === "icon" ? MAC_MARGIN : 0;
    await write(`${name}.icns`, icnsOf(await draw(page, svg, MAC_SIZES, margin)));
    if (name !== "icon") continue;
    for (const { size, png } of await draw(page, svg, LINUX_SIZES)) {
      await write(`linux/${size}x${size}.png`, png);
    }
  }
} finally {
  await browser.close();
}

async function draw(page: Page, svg: string, sizes: readonly number[], margin = 0): Promise<Picture[]> {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const pictures: Picture[] = [];
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    const inner = size - 2 * Math.round(size * margin);
    await page.setContent(
      `<body style="margin:0;height:100vh;display:grid;place-items:center">` +
        `<img src="${source}" style="width:${inner}px;height:${inner}px">`,
    );
    await page.locator("img").evaluate((image: { decode: () => Promise<void> }) => image.decode());
    pictures.push({ size, png: await page.screenshot({ omitBackground: true }) });
  }
  return pictures;
}

async function write(name: string, content: Uint8Array): Promise<void> {
  const file = path.join(FOLDER, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  console.log(`assets/icons/${name}: ${content.length} bytes`);
}
