import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Data } from "resedit";
import { describe, expect, it } from "vitest";
import { icnsOf, icoOf } from "../../src-main/packaging/iconFiles.ts";
import { ROOT } from "../../src-main/packaging/packaged.ts";

const FOLDER = path.join(ROOT, "assets/icons");
const read = (name: string): Buffer => readFileSync(path.join(FOLDER, name));

/** The format has one byte for a size, and writes 256 as 0. */
const sizeOf = (width: number | undefined): number => width || 256;

/** The width that a PNG states. */
const widthOf = (png: Uint8Array): number => {
  expect(Buffer.from(png).toString("latin1", 1, 4)).toBe("PNG");
  return Buffer.from(png).readUInt32BE(16);
};

/** The blocks of a Mac's icon by their type, walked as the format says. */
function blocksOf(icns: Buffer): Map<string, Buffer> {
  expect(icns.toString("latin1", 0, 4)).toBe("icns");
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const blocks = new Map<string, Buffer>();
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    blocks.set(icns.toString("latin1", at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)));
  }
  return blocks;
}

describe("an icon of Windows", () => {
  it("is read by another library as what was put in", () => {
    const pictures = [16, 256].map((size) => ({ size, png: read(`linux/${size}x${size}.png`) }));
    const { icons } = Data.IconFile.from(icoOf(pictures));
    expect(icons.map(({ width, height }) => [sizeOf(width), sizeOf(height)])).toEqual([
      [16, 16],
      [256, 256],
    ]);
    icons.forEach(({ data }, i) => {
      expect(data.isIcon()).toBe(false);
      if (!data.isIcon()) expect(Buffer.from(data.bin).equals(pictures[i]!.png)).toBe(true);
    });
  });
});

describe("an icon of macOS", () => {
  it("has each picture under the names that its size has, and none of other sizes", () => {
    const [small, large, odd] = [Buffer.from("small"), Buffer.from("large one"), Buffer.from("odd")];
    const blocks = blocksOf(
      icnsOf([
        { size: 32, png: small },
        { size: 48, png: odd },
        { size: 256, png: large },
      ]),
    );
    expect([...blocks]).toEqual([
      ["ic11", small],
      ["ic08", large],
      ["ic13", large],
    ]);
  });
});

describe("the committed icons", () => {
  it.each(["icon", "hgnencases", "nenboard"])("have every size, %s", (name) => {
    const { icons } = Data.IconFile.from(read(`${name}.ico`));
    expect(icons.map(({ width }) => sizeOf(width))).toEqual([16, 24, 32, 48, 64, 256]);
    const widths = [...blocksOf(read(`${name}.icns`)).values()].map(widthOf);
    expect(widths).toEqual([32, 64, 128, 256, 256, 512, 512, 1024]);
  });

  it("are what they are called on Linux", () => {
    const files = readdirSync(path.join(FOLDER, "linux"));
    expect(files).toHaveLength(8);
    for (const file of files)
      expect(file).toBe(`${widthOf(read(`linux/${file}`))}x${widthOf(read(`linux/${file}`))}.png`);
  });
});
