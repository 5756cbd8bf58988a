import { createPackage } from "@electron/asar";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checksums, fileList } from "../../src-main/packaging/sums.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
/** Where it is not there, the sums are compared with those of Node alone. */
const hasSha256sum = spawnSync("sha256sum", ["--version"]).status === 0;

let folder: string;
const put = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "hg-nen-sums-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("checksums of a release", () => {
  beforeEach(() => {
    put("program-1.0.0-win-x64-setup.exe", "setup");
    put("program-1.0.0-linux-x64.AppImage", "image");
    put("program-1.0.0-linux-x64.deb", "package");
    put("builder-debug.yml", "the packager's own");
    put("program.blockmap", "the packager's own");
    put("linux-unpacked/program.exe", "not given to others by itself");
  });

  it("are those of the artefacts, by name", async () => {
    expect(await checksums(folder)).toBe(
      `${sha256("image")}  program-1.0.0-linux-x64.AppImage\n` +
        `${sha256("package")}  program-1.0.0-linux-x64.deb\n` +
        `${sha256("setup")}  program-1.0.0-win-x64-setup.exe\n`,
    );
  });

  it("are none where there is nothing to give", async () => {
    mkdirSync(path.join(folder, "empty"));
    expect(await checksums(path.join(folder, "empty"))).toBe("");
  });

  it.runIf(hasSha256sum)("are read by sha256sum, which finds a changed file", async () => {
    put("SHA256SUMS", await checksums(folder));
    const check = (): string =>
      execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, LC_ALL: "C" },
      });
    expect(check().trim().split("\n")).toHaveLength(3);
    expect(check()).toContain("program-1.0.0-linux-x64.deb: OK");
    appendFileSync(path.join(folder, "program-1.0.0-linux-x64.deb"), "!");
    expect(check).toThrow();
  });
});

describe("the list of a program's files", () => {
  it("names each with its sum, those in the archive too, the same for the same contents", async () => {
    put("source/package.json", "{}");
    put("source/dist/main.js", "main");
    put("a/resources/legal/LICENSE", "licence");
    put("a/program", "executable");
    await createPackage(path.join(folder, "source"), path.join(folder, "a/resources/app.asar"));
    put("b/program", "executable");
    put("b/resources/legal/LICENSE", "licence");
    await createPackage(path.join(folder, "source"), path.join(folder, "b/resources/app.asar"));

    const list = await fileList(path.join(folder, "a"));
    expect(list.split("\n").map((line) => line.split("  ")[1])).toEqual([
      "program",
      "resources/app.asar",
      "resources/app.asar/dist/main.js",
      "resources/app.asar/package.json",
      "resources/legal/LICENSE",
      undefined,
    ]);
    expect(list).toContain(`${sha256("main")}  resources/app.asar/dist/main.js\n`);
    expect(list).toContain(`${sha256("licence")}  resources/legal/LICENSE\n`);
    expect(await fileList(path.join(folder, "b"))).toBe(list);
    put("b/program", "another executable");
    expect(await fileList(path.join(folder, "b"))).not.toBe(list);
  });
});
