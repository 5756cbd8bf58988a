import { execFileSync } from "node:child_process";
import { appendFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenRefusal } from "../../src-main/api/contract.ts";
import { MOST_OPENED_BYTES } from "../../src-main/api/contract.ts";
import { readOpened } from "../../src-main/shell/readOpened.ts";
import type { RegularSystem } from "../../src-main/shell/regularFile.ts";
import { system } from "../../src-main/shell/regularFile.ts";

const MOST = MOST_OPENED_BYTES.nenboard;
/** Pipes and devices by a name: not on Windows. */
const unix = it.skipIf(process.platform === "win32");

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "hg-nen-open-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const read = (name: string, fs?: RegularSystem) => readOpened(at(name), name, fs);
const refused = (name: string, reason: OpenRefusal) => ({
  kind: "file-refused",
  name,
  reason,
  message: expect.any(String) as unknown,
});
const failing = (code: string): Promise<never> =>
  Promise.reject(Object.assign(new Error(`${code}: '${folder}'`), { code }));

/** The system, but that something happens to the file between the look at it and the first read. */
function meanwhile(happens: (file: string) => Promise<void>): RegularSystem {
  return {
    ...system,
    open: async (...args: Parameters<RegularSystem["open"]>) => {
      const opened = await system.open(...args);
      const stat = opened.stat.bind(opened);
      opened.stat = (async () => {
        const found = await stat();
        await happens(args[0] as string);
        return found;
      }) as never;
      return opened;
    },
  };
}

describe("a file that is opened", () => {
  it("is read whole, byte for byte, and with nothing behind it", async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 256);
    await writeFile(at("a.nenboard"), bytes);
    const event = await read("a.nenboard");
    expect(event).toEqual({ kind: "file", name: "a.nenboard", ending: "nenboard", bytes });
    if (event.kind !== "file") return expect.unreachable();
    expect(event.bytes.buffer.byteLength).toBe(1000);
  });

  it("may be empty, and may have its ending in capitals", async () => {
    await writeFile(at("B.HGNENCASES"), "");
    expect(await read("B.HGNENCASES")).toMatchObject({ kind: "file", ending: "hgnencases", bytes: {} });
  });

  it("may be a link to one", async () => {
    await writeFile(at("real"), "x");
    await symlink(at("real"), at("link.nenboard"));
    expect(await read("link.nenboard")).toMatchObject({ kind: "file", name: "link.nenboard" });
  });

  it("is one of ours", async () => {
    await writeFile(at("a.json"), "{}");
    expect(await read("a.json")).toEqual(refused("a.json", "ending"));
  });

  it("is there, and is a file", async () => {
    await mkdir(at("folder.nenboard"));
    await symlink(at("nowhere"), at("broken.nenboard"));
    await symlink(at("loop.nenboard"), at("loop.nenboard"));
    expect(await read("gone.nenboard")).toEqual(refused("gone.nenboard", "no-file"));
    expect(await read("folder.nenboard")).toEqual(refused("folder.nenboard", "no-file"));
    expect(await read("broken.nenboard")).toEqual(refused("broken.nenboard", "no-file"));
    expect(await read("loop.nenboard")).toEqual(refused("loop.nenboard", "other"));
  });

  unix("is no pipe, which is not waited for", async () => {
    execFileSync("mkfifo", [at("pipe.nenboard")]);
    expect(await read("pipe.nenboard")).toEqual(refused("pipe.nenboard", "no-file"));
  });

  unix(
    "is no pipe that has taken its name since it was looked at: that one, too, is not waited for",
    async () => {
      await writeFile(at("swapped.nenboard"), "x");
      const swapping: RegularSystem = {
        ...system,
        stat: (async (file: string) => {
          const found = await system.stat(file);
          await rm(file);
          execFileSync("mkfifo", [file]);
          return found;
        }) as unknown as RegularSystem["stat"],
      };
      expect(await read("swapped.nenboard", swapping)).toEqual(refused("swapped.nenboard", "no-file"));
    },
  );

  unix("is no device without an end", async () => {
    await symlink("/dev/zero", at("zero.nenboard"));
    expect(await read("zero.nenboard")).toEqual(refused("zero.nenboard", "no-file"));
  });

  it("is no larger than its kind may be", async () => {
    await writeFile(at("most.nenboard"), "");
    await truncate(at("most.nenboard"), MOST);
    expect(await read("most.nenboard")).toMatchObject({ kind: "file" });
    await truncate(at("most.nenboard"), MOST + 1);
    expect(await read("most.nenboard")).toEqual(refused("most.nenboard", "too-large"));
    await writeFile(at("cases.hgnencases"), "");
    await truncate(at("cases.hgnencases"), MOST_OPENED_BYTES.hgnencases + 1);
    expect(await read("cases.hgnencases")).toEqual(refused("cases.hgnencases", "too-large"));
  });

  it("is read as it is at its end, when it grows meanwhile", async () => {
    await writeFile(at("grows.nenboard"), "abc");
    const growing = meanwhile((file) => appendFile(file, "d".repeat(5000)));
    const event = await read("grows.nenboard", growing);
    if (event.kind !== "file") return expect.unreachable();
    expect(new TextDecoder().decode(event.bytes)).toBe(`abc${"d".repeat(5000)}`);
  });

  it("is refused when it grows beyond the limit meanwhile", async () => {
    await writeFile(at("swells.nenboard"), "abc");
    const growing = meanwhile((file) => truncate(file, MOST + 1));
    expect(await read("swells.nenboard", growing)).toEqual(refused("swells.nenboard", "too-large"));
  });

  it("may shrink meanwhile", async () => {
    await writeFile(at("shrinks.nenboard"), "abc");
    const event = await read(
      "shrinks.nenboard",
      meanwhile((file) => truncate(file, 1)),
    );
    expect(event).toMatchObject({ kind: "file", bytes: new Uint8Array([97]) });
  });
});

describe("what the system refuses", () => {
  it.each<[code: string, reason: OpenRefusal]>([
    ["ENOENT", "no-file"],
    ["ENOTDIR", "no-file"],
    ["ENAMETOOLONG", "no-file"],
    ["EACCES", "no-permission"],
    ["EPERM", "no-permission"],
    ["EBUSY", "in-use"],
    ["EIO", "other"],
  ])("with %s is refused as %s, whether it is looked at or opened", async (code, reason) => {
    await writeFile(at("x.nenboard"), "x");
    for (const call of ["stat", "open"] as const) {
      const event = await read("x.nenboard", { ...system, [call]: () => failing(code) });
      // The folder is no business of the page.
      expect(event).toEqual({ kind: "file-refused", name: "x.nenboard", reason, message: code });
    }
  });

  it("while it is read is refused, and the file is closed", async () => {
    await writeFile(at("y.nenboard"), "y");
    let closed = false;
    const fs: RegularSystem = {
      ...system,
      open: async (...args: Parameters<RegularSystem["open"]>) => {
        const opened = await system.open(...args);
        const close = opened.close.bind(opened);
        opened.read = () => failing("EIO");
        opened.close = () => {
          closed = true;
          return close();
        };
        return opened;
      },
    };
    expect(await read("y.nenboard", fs)).toMatchObject({ kind: "file-refused", reason: "other" });
    expect(closed).toBe(true);
  });

  it("for a name that no system has is a refusal too", async () => {
    expect(await read("a\0.nenboard")).toMatchObject({ kind: "file-refused", reason: "other" });
  });
});
