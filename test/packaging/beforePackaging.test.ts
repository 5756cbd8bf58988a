import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Arch, build, Platform } from "electron-builder";
import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkDistribution, homepage, pinnedDownload } from "../../src-main/packaging/beforePackaging.ts";
import { ROOT } from "../../src-main/packaging/packaged.ts";
import { inWords } from "../../src-main/packaging/plainly.ts";
import { sourceTime } from "../../src-main/packaging/sourceTime.ts";

let folder: string;
const put = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "hg-nen-before-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the page that deb and rpm must name", () => {
  const config = (url: string): string =>
    `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n`;

  it("is the environment's before all others", () => {
    put("package.json", '{"homepage":"https://a.invalid"}');
    expect(homepage(folder, { PROJECT_HOMEPAGE: "https://b.invalid/x" })).toBe("https://b.invalid/x");
    for (const address of ["http://b.invalid", "b.invalid", "https://"])
      expect(() => homepage(folder, { PROJECT_HOMEPAGE: address })).toThrow(
        `PROJECT_HOMEPAGE is not an https address: ${address}`,
      );
  });

  it.each([
    ["package.json's", '{"homepage":"https://a.invalid"}', ""],
    ["that of a GitHub remote", "{}", config("https://github.com/somebody/program.git")],
    ["that of one by SSH", "{}", config("git@github.com:somebody/program.git")],
  ])("is left to electron-builder where there is %s", (_what, manifest, git) => {
    put("package.json", manifest);
    put(".git/config", git);
    expect(homepage(folder, {})).toBeUndefined();
  });

  it.each([
    ["no remote", ""],
    ["one elsewhere", config("https://git.example.invalid/program.git")],
    ["a GitHub remote of another name", config("/here").replace("origin", "mine") + "url = github.com/x"],
  ])("is asked for where there is %s", (_what, git) => {
    put("package.json", "{}");
    put(".git/config", git);
    expect(() => homepage(folder, {})).toThrow("set PROJECT_HOMEPAGE to its address");
  });
});

describe("a folder with Electron", () => {
  const check = (): void =>
    checkDistribution(
      { ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, "own") },
      { packageFolder: path.join(folder, "electron"), platform: "linux", arch: "x64" },
    );
  beforeEach(() => put("electron/package.json", '{"version":"45.0.0"}'));

  it("is not asked about where none is named", () => {
    expect(() =>
      checkDistribution(
        { ELECTRON_OVERRIDE_DIST_PATH: "" },
        { packageFolder: "", platform: "linux", arch: "x64" },
      ),
    ).not.toThrow();
  });

  it.each([
    ["unpacked", { "own/electron": "", "own/version": "45.0.0" }],
    ["as its zip", { "own/electron-v45.0.0-linux-x64.zip": "" }],
  ])("is taken %s", (_what, files) => {
    for (const [file, text] of Object.entries(files)) put(file, text);
    expect(check).not.toThrow();
  });

  it.each([
    ["is not there", {}, "unpack electron-v45.0.0-linux-x64.zip there"],
    [
      "is for another system",
      { "own/electron.exe": "" },
      "there is no Electron in ELECTRON_OVERRIDE_DIST_PATH",
    ],
    [
      "is of another version",
      { "own/electron": "", "own/version": "44.9.0" },
      "has Electron 44.9.0, not 45.0.0",
    ],
    ["does not say its version", { "own/electron": "" }, "of a version that it does not say, not 45.0.0"],
  ])("is refused when it %s", (_what, files, words) => {
    for (const [file, text] of Object.entries(files)) put(file, text);
    expect(check).toThrow(words);
  });
});

describe("the time of the source", () => {
  it("is the environment's, else the last commit's, else none", () => {
    expect(sourceTime("12", () => "34")).toBe(12);
    expect(sourceTime("", () => "34")).toBe(34);
    expect(sourceTime(undefined, () => "")).toBeNull();
    expect(() => sourceTime("yesterday")).toThrow("SOURCE_DATE_EPOCH is not a number of seconds: yesterday");
  });
});

describe("an Electron that a mirror has exchanged", () => {
  const version = pinnedVersion();
  const zipName = `electron-v${version}-linux-x64.zip`;
  let requests: string[];
  let exchanged: Buffer;

  beforeEach(async () => {
    const zip = new JSZip();
    zip.file("electron", "not Electron");
    zip.file("exchanged", "and what else is in it");
    exchanged = await zip.generateAsync({ type: "nodebuffer" });
    requests = [];
  });

  /** A build of which the mirror gives its own Electron, and its own sums of it. */
  async function buildFromMirror(more: object): Promise<unknown> {
    const server = createServer((request, response) => {
      const name = path.posix.basename(request.url ?? "");
      requests.push(name);
      const sum = createHash("sha256").update(exchanged).digest("hex");
      if (name === zipName) response.end(exchanged);
      else if (name === "SHASUMS256.txt") response.end(`${sum} *${zipName}\n`);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("ELECTRON_MIRROR", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    for (const name of ["electron_config_cache", "ELECTRON_BUILDER_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"])
      vi.stubEnv(name, path.join(folder, "cache"));
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"]) vi.stubEnv(name, "");
    // Electron's library finds its cache by the home folder alone.
    vi.stubEnv("HOME", folder);
    put("program/package.json", '{"name":"program","version":"1.0.0","main":"main.js","author":"x"}');
    put("program/main.js", "");
    try {
      return await build({
        projectDir: path.join(folder, "program"),
        targets: Platform.LINUX.createTarget("dir", Arch.x64),
        publish: "never",
        config: { electronVersion: version, npmRebuild: false, ...more },
      }).then(
        () => null,
        (error: unknown) => error,
      );
    } finally {
      server.close();
      vi.unstubAllEnvs();
    }
  }

  it("is built of by electron-builder as it is, which asks the mirror for the sum", async () => {
    const fault = await buildFromMirror({});
    expect(requests).toContain("SHASUMS256.txt");
    // The stand-in has not all that a build needs; what matters is that it was unpacked.
    expect(inWords(fault)).not.toContain("did not match");
    expect(existsSync(path.join(folder, "program/dist/linux-unpacked/exchanged"))).toBe(true);
  });

  it("is refused with the sums of Electron's own npm package", async () => {
    const fault = await buildFromMirror({
      electronDownload: pinnedDownload(path.join(ROOT, "node_modules/electron")),
    });
    expect(requests).toContain(zipName);
    expect(requests).not.toContain("SHASUMS256.txt");
    expect(inWords(fault)).toContain("what was downloaded is not the Electron that its npm package names");
    expect(existsSync(path.join(folder, "program/dist/linux-unpacked/exchanged"))).toBe(false);
  });
});

function pinnedVersion(): string {
  const [name] = Object.keys(pinnedDownload(path.join(ROOT, "node_modules/electron")).checksums);
  return /-v([\d.]+)-/.exec(name!)![1]!;
}

describe("what goes wrong", () => {
  /** What a script says on the error stream, and its exit status. */
  const run = (script: string, args: string[], env: Record<string, string> = {}): Promise<[number, string]> =>
    new Promise((resolve) => {
      const file = path.resolve(ROOT, "src-main/packaging", script);
      execFile(process.execPath, [file, ...args], { env: { ...process.env, ...env } }, (error, _out, said) =>
        resolve([error ? Number(error.code) : 0, said]),
      );
    });

  it.each([
    ["package.ts", ["dir"], "npm run package: Unexpected argument 'dir'"],
    ["package.ts", ["--diir"], "npm run package: Unknown option '--diir'"],
    ["readFuses.ts", ["--all"], "npm run package:fuses: Unknown option '--all'"],
  ])("with %s %j is one line and exit status 1", async (script, args, line) => {
    const [code, said] = await run(script, args);
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toEqual([expect.stringMatching(new RegExp(`^${line}[^\n]*$`))]);
  });

  it("with an empty folder for Electron is one line, before anything of the last build goes", async () => {
    const [code, said] = await run("package.ts", ["--dir"], { ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toEqual([
      expect.stringMatching(
        /^npm run package: there is no Electron in ELECTRON_OVERRIDE_DIST_PATH, .*: unpack/,
      ),
    ]);
  });

  it("with the network says what was wanted, and how to do without", () => {
    const error = Object.assign(new Error("getaddrinfo ENOTFOUND a.invalid"), {
      code: "ENOTFOUND",
      options: { url: new URL("https://user:word@a.invalid/electron.zip?x") },
    });
    expect(inWords(error)).toMatch(
      /^could not fetch https:\/\/a\.invalid\/electron\.zip: getaddrinfo .*\. Without the network: ELECTRON_OVERRIDE_DIST_PATH/,
    );
  });

  it("stays a failure when a library ends the process as if all were well", async () => {
    const plainly = pathToFileURL(path.join(ROOT, "src-main/packaging/plainly.ts")).href;
    put(
      "failing.mjs",
      `import { plainly } from ${JSON.stringify(plainly)};
      await plainly("npm run it", () => { throw new Error("does not work"); });
      process.exit(0);`,
    );
    expect(await run(path.join(folder, "failing.mjs"), [])).toEqual([1, "npm run it: does not work\n"]);
  });

  it("is told in one line whatever it is", () => {
    expect(inWords(new Error("a\n  b"))).toBe("a b");
    expect(inWords("a word")).toBe("a word");
  });
});
