/** Licences and bill of materials against what the builds contain, and what the program shows against both. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Rolldown } from "vite";
import { build } from "vite";
import { describe, expect, it } from "vitest";
import { legalFiles, shippedParts } from "../../src-main/packaging/legalFiles.ts";
import type { Part } from "../../src-main/packaging/parts.ts";
import { LICENCES } from "../../src-renderer/model/licences.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const parts = shippedParts(ROOT);
const all: Part[] = parts.flatMap((part) => [part, ...part.inside]);
const plain = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The packages of the files from which a build's bytes come, by its source maps, which no list of ours has made. */
async function packagesOf(configFile: string): Promise<string[]> {
  const outDir = mkdtempSync(path.join(tmpdir(), "hg-nen-build-"));
  try {
    const built = await build({
      configFile: path.join(ROOT, configFile),
      logLevel: "silent",
      build: { write: false, sourcemap: true, outDir: path.join(outDir, "out") },
    });
    const outputs = ([built].flat() as Rolldown.RolldownOutput[]).flatMap(({ output }) => output);
    const sources = outputs.flatMap((output) =>
      output.type === "chunk" ? (output.map?.sources ?? []) : output.originalFileNames,
    );
    return sources
      .filter((source) => !source.includes("?raw"))
      .map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(source)?.[1])
      .filter((name) => name !== undefined);
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

describe("what is shipped", () => {
  it("is in the list: every package from which a byte of the builds comes, and no other", async () => {
    const found = new Set<string>();
    for (const config of [
      "src-renderer/vite.config.ts",
      "src-main/vite.main.config.ts",
      "src-main/vite.preload.config.ts",
    ]) {
      for (const name of await packagesOf(config)) found.add(name);
    }
    expect(found.size).toBeGreaterThan(10);
    // The bundler's own lines have no file that a source map could name.
    const helpers = ["rolldown", "vite"];
    const listed = parts.filter(({ ref, kind }) => ref.startsWith("pkg:npm/") && kind === "library");
    expect(listed.map(({ name }) => name).filter((name) => !helpers.includes(name))).toEqual(
      [...found].filter((name) => !helpers.includes(name)).sort(),
    );
  });

  it("is in the bill of materials and, with its licence word by word, in the notices", () => {
    const files = legalFiles(ROOT, null);
    const { components } = JSON.parse(files["sbom.cdx.json"]!) as {
      components: { "bom-ref": string; components?: { "bom-ref": string }[] }[];
    };
    const refs = components.flatMap((component) => [component, ...(component.components ?? [])]);
    expect(refs.map((component) => component["bom-ref"]).sort()).toEqual(all.map(({ ref }) => ref).sort());
    const notices = plain(files["THIRD-PARTY-NOTICES.txt"]!);
    for (const { name, texts } of all) for (const text of texts) expect(notices, name).toContain(plain(text));
    // What has no text of its own here: files of the study, and what Electron brings with its own notices.
    expect(all.filter(({ texts }) => texts.length === 0).map(({ name }) => name)).toEqual([
      "Chromium",
      "Node.js",
      "baseline.json",
      "study.json",
    ]);
    expect(files["LICENSE"]).toBe(readFileSync(path.join(ROOT, "LICENSE"), "utf8"));
  });

  it("is in the program's own list, and nothing else is", () => {
    const shown = LICENCES.flatMap(({ packages = [], copied }) => (copied ? [copied] : packages));
    const libraries = all.filter(({ ref }) => /^(pkg:npm|inside:(?!electron))/.test(ref));
    expect([...new Set(shown)].sort()).toEqual([...new Set(libraries.map(({ name }) => name))].sort());
  });
});
