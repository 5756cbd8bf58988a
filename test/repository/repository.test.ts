import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it, vi } from "vitest";
import type { HazardRatio, Term } from "../../src-main/prognosis/model.ts";
import { guide } from "../../src-main/words/guide.ts";
import { readStudy } from "../support/prognosis.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file}`);
}

const ratiosOf = (term: Term): HazardRatio[] => (term.kind === "linear" ? [term] : term.levels);

describe("imports go one way", () => {
  const eslint = new ESLint({ cwd: ROOT });
  // The first lint loads the whole program for its types.
  vi.setConfig({ testTimeout: 120_000 });

  it.each([
    ["src-main/prognosis/estimate.ts", 'import "../study/schema.ts";'],
    ["src-main/study/schema.ts", 'import "../api/contract.ts";'],
    ["src-main/api/contract.ts", 'import "../cli/main.ts";'],
    ["src-main/shell/window.ts", 'import "../prognosis/estimate.ts";'],
    ["src-renderer/estimate/view.ts", 'import "../../src-main/prognosis/estimate.ts";'],
    ["src-renderer/patient/draft.ts", 'import "../../src-main/api/endpoints.ts";'],
    ["src-main/words/format.ts", 'import "../../src-renderer/main.ts";'],
    ["src-main/cli/run.ts", 'import "../shell/window.ts";'],
    ["src-main/prognosis/cox.ts", 'import "node:fs";'],
    ["src-renderer/host/core.worker.ts", 'import "../../src-main/shell/window.ts";'],
    ["src-main/packaging/sbom.ts", 'import "../shell/window.ts";'],
  ])("lint refuses %s with %s", async (filePath, line) => {
    const [result] = await eslint.lintText(`${line}\n${read(filePath)}`, { filePath: join(ROOT, filePath) });
    expect(result!.messages.map(({ ruleId }) => ruleId)).toContain("no-restricted-imports");
  });

  it.each([
    ["src-main/main.ts", "ipcMain.handle('x', () => 1);"],
    ["src-main/shell/window.ts", "ipcMain.on('x', () => 1);"],
    ["src-renderer/host/worker.ts", "ipcRenderer.send('x');"],
  ])("lint refuses raw IPC in %s", async (filePath, line) => {
    const [result] = await eslint.lintText(`${read(filePath)}\n${line}\n`, {
      filePath: join(ROOT, filePath),
    });
    expect(result!.messages.map(({ ruleId }) => ruleId)).toContain("no-restricted-syntax");
  });
});

describe("data is not code", () => {
  it("no hazard ratio and no limit of its interval is written in a source file", () => {
    const printed = readStudy()
      .models.flatMap(({ terms }) => terms.flatMap(ratiosOf))
      .flatMap(({ hazardRatio, lower, upper }) => [hazardRatio, lower, upper])
      .filter((ratio) => !Number.isInteger(ratio * 10))
      .map((ratio) => new RegExp(`(?<![\\d.])${String(ratio).replace(".", "\\.")}0?(?![\\d])`));
    expect(printed.length).toBeGreaterThan(40);
    const found = [...sources("src-main"), ...sources("src-renderer")].flatMap((file) => {
      const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
      return printed.filter((ratio) => ratio.test(code)).map((ratio) => `${file}: ${ratio.source}`);
    });
    expect(found).toEqual([]);
  });
});

describe("the README keeps its word", () => {
  const manifest = JSON.parse(read("package.json")) as {
    devDependencies: Record<string, string>;
    dependencies?: Record<string, string>;
  };

  it("pins every dependency and gives each its line", () => {
    expect(manifest.dependencies).toBeUndefined();
    const table = /### Dependencies\n([\s\S]*?)\n## /.exec(read("README.md"))![1]!;
    const named = new Set(
      table
        .split("\n")
        .flatMap((row) => row.split("|")[1]?.split(",") ?? [])
        .map((n) => n.trim()),
    );
    for (const [name, version] of Object.entries(manifest.devDependencies)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(named, name).toContain(name);
    }
    for (const name of named) {
      if (/^[@a-z]/.test(name) && name !== "package") expect(manifest.devDependencies).toHaveProperty([name]);
    }
  });

  it("guides in the same words as the program's own help", () => {
    const readme = read("README.md");
    for (const words of [...guide.firstCase.steps, ...guide.board.steps, ...guide.not.points])
      expect(readme).toContain(words);
    for (const [, picture] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(readdirSync(join(ROOT, "assets/pictures"))).toContain(picture!.replace("assets/pictures/", ""));
  });

  it("names only npm scripts that exist, and every script is named", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const used = [...read("README.md").matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name);
    for (const name of used) expect(scripts).toHaveProperty([name!]);
    for (const name of Object.keys(scripts).filter(
      (script) => !/^(build:(main|preload|renderer)|check:|start|test|format)/.test(script),
    )) {
      expect(used, name).toContain(name);
    }
  });

  it("stands in a tidy house: nothing at the top level but what belongs there", () => {
    const ignored = ["node_modules", "dist", "release", ".git"];
    expect(
      readdirSync(ROOT)
        .filter((name) => !ignored.includes(name))
        .sort(),
    ).toEqual(
      [
        ".ci",
        ".editorconfig",
        ".gitattributes",
        ".github",
        ".gitignore",
        ".npmrc",
        ".prettierignore",
        ".prettierrc.json",
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "assets",
        "electron-builder.yml",
        "eslint.config.js",
        "package-lock.json",
        "package.json",
        "src-main",
        "src-renderer",
        "test",
        "tsconfig.json",
      ].sort(),
    );
  });
});
