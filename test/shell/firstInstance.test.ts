import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InstanceSystem } from "../../src-main/shell/firstInstance.ts";
import { system, whyNotFirst } from "../../src-main/shell/firstInstance.ts";
import { whyUnwritable } from "../../src-main/shell/folderProbe.ts";

const COMPUTER = "pathology-3";
const OWN = process.pid;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-first-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lock = (): string => path.join(folder, "SingletonLock");
const why = (own: Partial<InstanceSystem> = {}, data = folder) =>
  whyNotFirst(data, {
    ...system,
    readlink: () => Promise.reject(new Error("there is none")),
    hostName: () => COMPUTER,
    platform: "linux",
    ...own,
  });
const held = (text: string) => ({ readlink: () => Promise.resolve(text) });
const failing = (code: string, where: (file: string) => boolean = () => true): Partial<InstanceSystem> => ({
  open: ((file: string, ...more: [string, number]) =>
    where(file)
      ? Promise.reject(Object.assign(new Error(`${code}: /home/jane`), { code }))
      : system.open(file, ...more)) as typeof system.open,
});

describe("a start that is not the first", () => {
  it.each(["linux", "darwin"] as const)("is one of two on %s where the other one runs", async (platform) => {
    expect(await why({ ...held(`${COMPUTER}-${OWN}`), platform })).toBeNull();
  });

  it("is so on a full disk, too: the other one has been told", async () => {
    expect(await why({ ...held(`${COMPUTER}-${OWN}`), ...failing("ENOSPC") })).toBeNull();
  });

  it("reads Chromium's own link", async (spec) => {
    if (process.platform === "win32") return spec.skip("Windows has no such link");
    await symlink(`${COMPUTER}-${OWN}`, lock());
    expect(await why({ readlink: (file) => system.readlink(file) })).toBeNull();
    await rm(lock());
    await symlink("surgery-1-4711", lock());
    expect(await why({ readlink: (file) => system.readlink(file) })).toEqual({
      why: "other-computer",
      place: lock(),
      computer: "surgery-1",
    });
    // Nothing is removed, and nothing left: it may be in use.
    expect(await readdir(folder)).toEqual(["SingletonLock"]);
  });

  it("says which other computer has the folder, in one line", async () => {
    expect(await why(held(`ward\n${"x".repeat(300)}-12`))).toEqual({
      why: "other-computer",
      place: lock(),
      computer: `ward ${"x".repeat(248)}`,
    });
  });

  it("says that whoever has the folder runs no more", async () => {
    expect(await why({ ...held(`${COMPUTER}-4711`), isAlive: () => false })).toEqual({
      why: "stale",
      place: lock(),
      computer: COMPUTER,
    });
  });

  it.each(["", "nonsense", "-12", `${COMPUTER}-`])("knows of nobody where the link says %j", async (text) => {
    expect(await why(held(text))).toEqual({ why: "unknown", place: folder, computer: "" });
  });

  it.each([
    ["ENOSPC", "full"],
    ["EDQUOT", "full"],
    ["EACCES", "unwritable"],
    ["EROFS", "unwritable"],
  ])("finds that nothing is written, whoever had the folder: %s", async (code, expected) => {
    for (const text of ["", `${COMPUTER}-4711`, "surgery-1-4711"]) {
      const own = { ...held(text), ...failing(code), isAlive: () => false };
      expect(await why(own)).toEqual({ why: expected, place: folder, computer: "" });
    }
  });

  it("finds that there is no temporary folder for its socket", async () => {
    const temporary = path.join(folder, "none");
    expect(await why({ temporary: () => temporary })).toEqual({
      why: "unwritable",
      place: temporary,
      computer: "",
    });
  });

  it("is one of two on Windows, unless nothing can be written", async () => {
    expect(await why({ platform: "win32" })).toBeNull();
    expect(await why({ platform: "win32", ...failing("EPERM") })).toMatchObject({ why: "unwritable" });
  });
});

describe("whether somebody lives", () => {
  it("is asked of the system", () => {
    expect(system.isAlive(OWN)).toBe(true);
    // Beyond what any system counts to.
    expect(system.isAlive(2 ** 31 - 2)).toBe(false);
  });
});

describe("a folder", () => {
  it("that takes a file is left as it was", async () => {
    await writeFile(path.join(folder, "a"), "b");
    expect(await whyUnwritable(folder)).toBeNull();
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it.each<[string, string, () => string | Promise<string>]>([
    ["is not there", "ENOENT", () => path.join(folder, "none")],
    [
      "would lie in a file",
      "ENOTDIR",
      async () => {
        await writeFile(path.join(folder, "file"), "");
        return path.join(folder, "file", "data");
      },
    ],
  ])("that %s takes none: %s", async (_what, code, prepare) => {
    expect(await whyUnwritable(await prepare())).toBe(code);
  });

  it("that is write-protected takes none", async (spec) => {
    if (process.platform === "win32" || process.getuid?.() === 0)
      return spec.skip("no mode keeps this user out");
    const data = path.join(folder, "data");
    await mkdir(data, { mode: 0o500 });
    expect(await whyUnwritable(data)).toBe("EACCES");
    await chmod(data, 0o700);
  });

  it("on a disk that is full at the last byte takes none, and keeps no part", async () => {
    const fs = {
      ...system,
      open: (async (...given: Parameters<typeof system.open>) =>
        Object.assign(await system.open(...given), {
          writeFile: () => Promise.reject(Object.assign(new Error("x"), { code: "ENOSPC" })),
        })) as typeof system.open,
    };
    expect(await whyUnwritable(folder, fs)).toBe("ENOSPC");
    expect(await readdir(folder)).toEqual([]);
  });
});
