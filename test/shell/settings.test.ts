import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Log } from "../../src-main/shell/log.ts";
import type { Settings, SettingsSystem } from "../../src-main/shell/settings.ts";
import { openSettings, system } from "../../src-main/shell/settings.ts";

let folder: string;
const log = vi.fn();
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-settings-"));
  log.mockClear();
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const DEFAULTS: Settings = { windows: {}, lastDisplay: null, recent: [] };
const KEY = "1920x1080@1 0,0";
const place = { bounds: { x: 10, y: 20, width: 1200, height: 700 }, maximised: true, fullScreen: false };
const GOOD: Settings = { windows: { [KEY]: place }, lastDisplay: KEY, recent: ["/documents/board.nenboard"] };

const file = () => path.join(folder, "settings.json");
const damaged = () => path.join(folder, "settings.damaged.json");
const open = (fs: Partial<SettingsSystem> = {}) =>
  openSettings({ folder, log: log as Log, fs: { ...system, ...fs } });
const held = async (): Promise<unknown> => JSON.parse(await readFile(file(), "utf8"));

describe("the settings", () => {
  it("are the defaults the first time, and no file", async () => {
    expect((await open()).value).toEqual(DEFAULTS);
    expect(await readdir(folder)).toEqual([]);
    expect(log).not.toHaveBeenCalled();
  });

  it("are those of the last start", async () => {
    const store = await open();
    store.update(GOOD);
    await store.flush();
    expect((await open()).value).toEqual(GOOD);
    expect(await held()).toEqual({ version: 1, ...GOOD });
    if (process.platform !== "win32") expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it("change one by one", async () => {
    const store = await open();
    store.update({ recent: ["/a"] });
    store.update({ lastDisplay: KEY });
    expect(store.value).toEqual({ ...DEFAULTS, recent: ["/a"], lastDisplay: KEY });
    await store.flush();
    expect(await held()).toMatchObject({ recent: ["/a"], lastDisplay: KEY });
  });

  it("are written once for many changes, soon, and not at all where nothing is changed", async () => {
    vi.useFakeTimers();
    const writeWhole = vi.fn(() => Promise.resolve());
    const store = await open({ writeWhole });
    for (let x = 0; x < 100; x++) {
      store.update({ windows: { [KEY]: { ...place, bounds: { ...place.bounds, x } } } });
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(writeWhole).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    expect(writeWhole).toHaveBeenCalledOnce();
    store.update({ recent: [] });
    await vi.advanceTimersByTimeAsync(1000);
    await store.flush();
    expect(writeWhole).toHaveBeenCalledOnce();
  });

  it("are written one after the other, the last one last", async () => {
    const store = await open();
    const flushes = ["/a", "/b", "/c"].map((recent) => {
      store.update({ recent: [recent] });
      return store.flush();
    });
    await Promise.all(flushes);
    expect(await held()).toMatchObject({ recent: ["/c"] });
    expect(await readdir(folder)).toEqual(["settings.json"]);
  });

  it.each<[string, Partial<Settings>]>([
    ["no number", { windows: { [KEY]: { ...place, bounds: { ...place.bounds, x: NaN } } } }],
    ["an endless one", { windows: { [KEY]: { ...place, bounds: { ...place.bounds, x: Infinity } } } }],
    ["too many files", { recent: Array.from({ length: 1000 }, (_, i) => `/${i}`) }],
    ["too long a path", { recent: ["/".repeat(10_000)] }],
    ["what is no setting", { note: "synthetic" } as Partial<Settings>],
  ])("do not take what the next start would refuse: %s", async (_what, change) => {
    const store = await open();
    store.update(GOOD);
    store.update(change);
    expect(store.value).toEqual(GOOD);
    await store.flush();
    expect((await open()).value).toEqual(GOOD);
    expect(log.mock.calls).toEqual([["settings-refused"]]);
  });
});

describe("a settings file that cannot be used is set aside, and the program starts as the first time:", () => {
  it.each<[flaw: string, content: string]>([
    ["not-json", ""],
    ["not-json", "{"],
    ["not-json", "\u0000\u0000\u0000\u0000"],
    ["bad-shape", "null"],
    ["bad-shape", "[]"],
    ["bad-shape", "{}"],
    ["bad-shape", JSON.stringify({ ...GOOD })],
    ["bad-shape", JSON.stringify({ version: 0, ...GOOD })],
    ["bad-shape", JSON.stringify({ version: "1", ...GOOD })],
    ["bad-shape", JSON.stringify({ version: 1, ...GOOD, more: 1 })],
    ["bad-shape", JSON.stringify({ version: 1, ...GOOD, windows: { [KEY]: { ...place, bounds: null } } })],
    [
      "bad-shape",
      `{"version":1,"windows":{"a":{"bounds":{"x":1e999,"y":0,"width":1,"height":1},"maximised":false,"fullScreen":false}},"lastDisplay":null,"recent":[]}`,
    ],
    ["bad-shape", JSON.stringify({ version: 1, ...GOOD, recent: [1] })],
    ["too-large", JSON.stringify({ version: 1, ...GOOD }) + " ".repeat(200_000)],
  ])("%s: %s", async (flaw, content) => {
    await writeFile(file(), content);
    const store = await open();
    expect(store.value).toEqual(DEFAULTS);
    expect(log.mock.calls).toEqual([["settings-damaged", { flaw, setAside: true }]]);
    expect(await readFile(damaged(), "utf8")).toBe(content);
    store.update(GOOD);
    await store.flush();
    expect((await open()).value).toEqual(GOOD);
    expect((await readdir(folder)).sort()).toEqual(["settings.damaged.json", "settings.json"]);
  });

  it("a folder in its place", async () => {
    await mkdir(file());
    expect((await open()).value).toEqual(DEFAULTS);
    expect(log.mock.calls).toEqual([["settings-damaged", { flaw: "unreadable", setAside: true }]]);
    expect((await stat(damaged())).isDirectory()).toBe(true);
  });

  it.skipIf(process.platform === "win32")("a pipe, for whose writer nobody waits", async () => {
    execFileSync("mkfifo", [file()]);
    expect((await open()).value).toEqual(DEFAULTS);
    expect(log.mock.calls).toEqual([["settings-damaged", { flaw: "unreadable", setAside: true }]]);
  });

  it("a file that may not be read", async (spec) => {
    if (process.platform === "win32" || process.getuid?.() === 0)
      return spec.skip("this user reads everything");
    await writeFile(file(), "{}");
    await chmod(file(), 0);
    expect((await open()).value).toEqual(DEFAULTS);
    expect(log.mock.calls).toEqual([["settings-damaged", { flaw: "unreadable", setAside: true }]]);
  });

  it("one that cannot even be set aside", async () => {
    await writeFile(file(), "{");
    const rename = () => Promise.reject(new Error("EPERM"));
    expect((await open({ rename })).value).toEqual(DEFAULTS);
    expect(log.mock.calls).toEqual([["settings-damaged", { flaw: "not-json", setAside: false }]]);
  });

  it("the second one takes the place of the first", async () => {
    for (const content of ["first", "second"]) {
      await writeFile(file(), content);
      await open();
    }
    expect(await readFile(damaged(), "utf8")).toBe("second");
  });
});

it("the settings file of a newer program stays as it is, and nothing is remembered beside it", async () => {
  const content = JSON.stringify({ version: 2, ...GOOD, more: { a: 1 } });
  await writeFile(file(), content);
  const store = await open();
  expect(store.value).toEqual(DEFAULTS);
  expect(log.mock.calls).toEqual([["settings-damaged", { flaw: "newer", setAside: false }]]);
  store.update(GOOD);
  // This sitting has them.
  expect(store.value).toEqual(GOOD);
  await store.flush();
  expect(await readdir(folder)).toEqual(["settings.json"]);
  expect(await readFile(file(), "utf8")).toBe(content);
});

describe("a disk that takes nothing", () => {
  const writeWhole = vi.fn(() =>
    Promise.reject(Object.assign(new Error("EROFS: /home/jane"), { code: "EROFS" })),
  );

  it("disturbs nobody, and is written down once", async () => {
    const store = await open({ writeWhole });
    for (const recent of ["/a", "/b", "/c"]) {
      store.update({ recent: [recent] });
      await expect(store.flush()).resolves.toBeUndefined();
    }
    expect(writeWhole).toHaveBeenCalledTimes(3);
    expect(store.value.recent).toEqual(["/c"]);
    expect(log.mock.calls).toEqual([["settings-unwritable", { code: "EROFS" }]]);
  });
});
