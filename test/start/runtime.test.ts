import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createStallWatch,
  downloadHost,
  electronEnvironment,
  explain,
  findRuntime,
  install,
  notInstalled,
  noWindowHere,
} from "../../src-main/start/runtime.ts";

describe("finding the runtime", () => {
  const packageFolder = path.resolve("/modules/electron");
  const inPackage = (name: string): string => path.join(packageFolder, name);

  function find(
    files: Record<string, string>,
    env: Record<string, string> = {},
    platform: NodeJS.Platform = "linux",
  ): string | null {
    const readText = (file: string): string | null => files[file] ?? null;
    const isFile = (file: string): boolean => file in files;
    return findRuntime({ packageFolder, version: "45.4.1", platform, env, readText, isFile });
  }

  const installed = {
    [inPackage("path.txt")]: "electron",
    [inPackage("dist/version")]: "45.4.1",
    [inPackage("dist/electron")]: "",
  };

  it("finds what the installer of electron has left", () => {
    expect(find(installed)).toBe(inPackage("dist/electron"));
    expect(find({ ...installed, [inPackage("dist/version")]: "v45.4.1\n" })).toBe(inPackage("dist/electron"));
  });

  it.each(Object.keys(installed))("finds nothing in an installation without %s", (missing) => {
    const { [missing]: _missing, ...rest } = installed;
    expect(find(rest)).toBeNull();
  });

  it("finds nothing in an installation of another version or for another system", () => {
    expect(find({ ...installed, [inPackage("dist/version")]: "44.0.0" })).toBeNull();
    expect(find(installed, {}, "win32")).toBeNull();
  });

  it.each([
    ["linux", "electron"],
    ["win32", "electron.exe"],
    ["darwin", "Electron.app/Contents/MacOS/Electron"],
  ] as const)("takes a folder of the user's own as it is, on %s", (platform, executable) => {
    const folder = path.resolve("/opt/electron");
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    const file = path.join(folder, executable);
    expect(find({ [file]: "" }, env, platform)).toBe(file);
    expect(find({}, env, platform)).toBeNull();
    expect(find(installed, env, platform)).toBeNull();
  });
});

describe("opening a window", () => {
  it("starts Electron as an app, whatever editor's terminal this is", () => {
    expect(electronEnvironment({ ELECTRON_RUN_AS_NODE: "1", HOME: "/home/a" })).toEqual({ HOME: "/home/a" });
  });

  it.each([
    ["linux", { DISPLAY: ":0" }, 1000, null],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, 1000, null],
    ["linux", {}, 1000, /no display/],
    ["linux", { DISPLAY: "" }, 1000, /no display/],
    ["linux", { DISPLAY: ":0" }, 0, /root/],
    ["win32", {}, undefined, null],
    ["darwin", {}, 501, null],
  ] as const)("on %s with %o as user %s", (platform, env, userId, expected) => {
    const refusal = noWindowHere(platform, env, userId);
    if (expected === null) expect(refusal).toBeNull();
    else expect(refusal?.failed).toMatch(expected);
  });
});

describe("what a refused download says", () => {
  it("is two lines: what failed, and how to install the runtime offline", () => {
    const text = explain(notInstalled("nothing came\nfor 18 s", "45.4.1", "linux", "x64"));
    const [failed, remedy, ...more] = text.split("\n");
    expect(more).toEqual([]);
    expect(failed).toBe("Electron 45.4.1 is not installed: nothing came for 18 s.");
    expect(remedy).toContain("electron-v45.4.1-linux-x64.zip");
    expect(remedy).toContain("ELECTRON_OVERRIDE_DIST_PATH");
  });

  it.each([
    [{}, "github.com"],
    [{ ELECTRON_MIRROR: "https://mirror.example/electron/" }, "mirror.example"],
    [
      { npm_config_electron_mirror: "http://a.example:81/", ELECTRON_MIRROR: "https://b.example/" },
      "a.example:81",
    ],
    [{ ELECTRON_MIRROR: "no address" }, "github.com"],
  ])("names where it was asked for: %o", (env, host) => {
    expect(downloadHost(env)).toBe(host);
  });
});

describe("a download that stands still", () => {
  it("is one in which nothing has changed for longer than the limit", () => {
    const stalled = createStallWatch(1000);
    expect(stalled(0, 0)).toBe(false);
    expect(stalled(1000, 0)).toBe(false);
    expect(stalled(1001, 0)).toBe(true);
  });

  it("is not a slow one, nor one that is moved from folder to folder", () => {
    const stalled = createStallWatch(1000);
    const bytes = [0, 1, 1, 2, 120, 0, 40];
    expect(bytes.map((now, i) => stalled(i * 900, now))).toEqual(bytes.map(() => false));
  });
});

describe("running the installer", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hg-nen-install-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A script in place of electron's installer: no test downloads anything. */
  async function run(script: string, stallLimitMs = 400) {
    const file = path.join(folder, "install.cjs");
    await writeFile(file, script);
    const began = performance.now();
    const result = await install({
      command: [process.execPath, file],
      env: { ...process.env, PID_FILE: path.join(folder, "pid"), TMPDIR: folder },
      target: path.join(folder, "dist"),
      stallLimitMs,
      pollMs: 25,
    });
    return { result, took: performance.now() - began };
  }

  it("succeeds when it does", async () => {
    expect((await run("process.exit(0)")).result).toEqual({ ok: true });
  });

  it("names the error of one that fails", async () => {
    const { result } = await run(`console.error(new TypeError("fetch failed").stack); process.exit(1)`);
    expect(result).toEqual({ ok: false, reason: "fetch failed" });
  });

  it("says so when one fails without a word", async () => {
    const { result } = await run("process.exit(1)");
    expect(result).toEqual({ ok: false, reason: "the installer ended without a word" });
  });

  it("ends one that waits for a dead network, also when it does not want to end", async () => {
    const { result, took } = await run(`
      require("node:fs").writeFileSync(process.env.PID_FILE, String(process.pid));
      process.on("SIGTERM", () => {});
      setInterval(() => {}, 1000);`);
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining("nothing came") as string });
    expect(took).toBeLessThan(3000);
    const pid = Number(await readFile(path.join(folder, "pid"), "utf8"));
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it("lets a slow one take its time while bytes arrive", async () => {
    const { result, took } = await run(`
      const fs = require("node:fs"), os = require("node:os"), path = require("node:path");
      const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "electron-download-")), "electron.zip");
      let left = 12;
      const timer = setInterval(() => {
        fs.appendFileSync(file, "bytes");
        if (--left === 0) clearInterval(timer);
      }, 100);`);
    expect(result).toEqual({ ok: true });
    expect(took).toBeGreaterThan(1000);
  });

  it("leaves nothing behind in the temporary folder", async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith("electron-install-"));
    await run("process.exit(1)");
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith("electron-install-"));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
