/** What the builds consist of: nothing of node_modules is shipped beside them. */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { resolveResource } from "../../src-main/shell/resourcePath.ts";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

describe("the built main process", () => {
  it("is one file that needs Electron and Node alone", () => {
    expect(readdirSync(path.join(DIST, "main"))).toEqual(["main.js"]);
    const text = readFileSync(path.join(DIST, "main/main.js"), "utf8");
    const needed = [...text.matchAll(/^import .*from "([^"]+)";$/gm)].map(([, name]) => name!);
    expect(needed).toContain("electron");
    const known = new Set(["electron", ...builtinModules.map((name) => `node:${name}`)]);
    expect(needed.filter((name) => !known.has(name))).toEqual([]);
    expect(text).not.toMatch(/\brequire\(|\bimport\(/);
  });
});

describe("the built preload script", () => {
  it("is one file that needs Electron alone", () => {
    expect(readdirSync(path.join(DIST, "preload"))).toEqual(["preload.cjs"]);
    const text = readFileSync(path.join(DIST, "preload/preload.cjs"), "utf8");
    expect([...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(["electron"]);
    expect(text.split("\n").length).toBeLessThan(30);
  });
});

describe("the built page", () => {
  it("consists of files that the desktop's own scheme serves", () => {
    const folder = path.join(DIST, "renderer");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const url = `app://hg-nen-prognosis/${path.relative(folder, file).split(path.sep).join("/")}`;
      expect(resolveResource(url, path, folder)).toBe(file);
    }
  });
});
