import type { FileHandle } from "node:fs/promises";
import {
  chmod,
  constants,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { System } from "../../src-main/shell/wholeFile.ts";
import { refusalOf, system, writeWhole } from "../../src-main/shell/wholeFile.ts";

const OLD = "what was there before";
const NEW = new TextEncoder().encode("new");

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-whole-"));
  target = path.join(folder, "board.pdf");
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const fault = (code: string, syscall = "write"): NodeJS.ErrnoException =>
  Object.assign(new Error(code), { code, syscall });

/** Real files on a disk that takes half of the bytes and then fails. */
function failing(step: "writeFile" | "sync" | "close", error: Error): System {
  return {
    ...system,
    async open(...args) {
      const file = await open(...args);
      const fail = async (): Promise<never> => {
        if (step === "close") await file.close();
        throw error;
      };
      const writeHalf = (bytes: Uint8Array) => file.write(bytes.subarray(0, bytes.length >> 1));
      const played: Partial<FileHandle> = {
        chmod: (mode) => file.chmod(mode),
        writeFile: async (bytes) => {
          await writeHalf(bytes as Uint8Array);
          if (step === "writeFile") await fail();
        },
        sync: () => (step === "sync" ? fail() : file.sync()),
        close: () => (step === "close" ? fail() : file.close()),
      };
      return played as FileHandle;
    },
  };
}

/** Without the rights of an administrator, who may write everywhere. */
async function asOrdinaryUser(task: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return task();
  const nobody = 65534;
  process.seteuid!(nobody);
  try {
    await task();
  } finally {
    process.seteuid!(0);
  }
}

describe("a file is written whole", () => {
  it("where there was none: only its owner may read it", async () => {
    await writeWhole(target, NEW);
    expect(await readFile(target, "utf8")).toBe("new");
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["board.pdf"]);
  });

  it("over another, whose permissions it keeps", async () => {
    await writeFile(target, OLD);
    await chmod(target, 0o664);
    await writeWhole(target, NEW);
    expect(await readFile(target, "utf8")).toBe("new");
    expect((await stat(target)).mode & 0o777).toBe(0o664);
    expect(await readdir(folder)).toEqual(["board.pdf"]);
  });

  it("at the end of a link, which stays one", async () => {
    const link = path.join(folder, "link.pdf");
    await writeFile(target, OLD);
    await symlink(target, link);
    await writeWhole(link, NEW);
    expect(await readFile(target, "utf8")).toBe("new");
    expect(
      (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isSymbolicLink()),
    ).toHaveLength(1);
  });

  it("with no bytes at all", async () => {
    await writeWhole(target, new Uint8Array());
    expect((await stat(target)).size).toBe(0);
  });

  it("also when its temporary name is put in place by somebody else first: nothing is opened that exists", async () => {
    const seen: unknown[][] = [];
    await writeWhole(target, NEW, {
      ...system,
      open: (...args) => {
        seen.push(args);
        return open(...args);
      },
    });
    expect(seen).toEqual([[expect.stringMatching(/\/\.[\da-f-]{36}\.tmp$/), "wx", 0o600]]);
    expect(path.dirname(seen[0]![0] as string)).toBe(folder);
  });
});

describe("or not at all", () => {
  it.each([
    ["the disk is full", failing("writeFile", fault("ENOSPC")), "full"],
    ["the user's share of the disk is full", failing("writeFile", fault("EDQUOT")), "full"],
    ["the bytes do not reach the disk", failing("sync", fault("EIO", "fsync")), "other"],
    ["a server takes the file back when it is closed", failing("close", fault("ENOSPC", "close")), "full"],
    [
      "the name is not given",
      { ...system, rename: () => Promise.reject(fault("EBUSY", "rename")) },
      "in-use",
    ],
  ])("when %s", async (_name, fs, refusal) => {
    for (const before of [null, OLD]) {
      if (before !== null) await writeFile(target, before);
      const error: unknown = await writeWhole(target, NEW, fs).catch((reason: unknown) => reason);
      expect(refusalOf(error)).toBe(refusal);
      expect(await readdir(folder)).toEqual(before === null ? [] : ["board.pdf"]);
      if (before !== null) expect(await readFile(target, "utf8")).toBe(OLD);
    }
  });

  it("on a disk that is really full", async () => {
    const full = { ...system, open: () => open("/dev/full", "w") };
    const error: unknown = await writeWhole(target, NEW, full).catch((reason: unknown) => reason);
    expect(refusalOf(error)).toBe("full");
    expect(await readdir(folder)).toEqual([]);
  });

  it("in a folder where one may not write", async () => {
    await writeFile(target, OLD);
    await chmod(target, 0o666);
    await chmod(folder, 0o555);
    let error: unknown;
    await asOrdinaryUser(async () => {
      error = await writeWhole(target, NEW).catch((reason: unknown) => reason);
    });
    expect(refusalOf(error)).toBe("no-permission");
    expect(await readFile(target, "utf8")).toBe(OLD);
    expect(await readdir(folder)).toEqual(["board.pdf"]);
  });

  it("over a write-protected file, though its folder would allow it", async () => {
    await writeFile(target, OLD);
    await chmod(target, 0o444);
    const access: System["access"] = (file, mode) => {
      expect([file, mode]).toEqual([target, constants.W_OK]);
      // An administrator has access to everything.
      return process.getuid?.() === 0 ? Promise.reject(fault("EACCES", "access")) : system.access(file, mode);
    };
    const error: unknown = await writeWhole(target, NEW, { ...system, access }).catch(
      (reason: unknown) => reason,
    );
    expect(refusalOf(error)).toBe("read-only");
    expect(await readFile(target, "utf8")).toBe(OLD);
    expect(await readdir(folder)).toEqual(["board.pdf"]);
  });

  it("in a folder that is gone", async () => {
    const error: unknown = await writeWhole(path.join(folder, "gone", "a.pdf"), NEW).catch(
      (reason: unknown) => reason,
    );
    expect(refusalOf(error)).toBe("no-folder");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("on Windows, where a virus scanner may hold a new file for a moment", () => {
  const played = (faults: Error[]): { fs: System; pauses: number[] } => {
    const pauses: number[] = [];
    const fs: System = {
      ...system,
      platform: "win32",
      pause: (ms) => Promise.resolve(void pauses.push(ms!)) as never,
      rename: (from, to) => {
        const error = faults.shift();
        return error ? Promise.reject(error) : system.rename(from, to);
      },
    };
    return { fs, pauses };
  };

  it("tries again", async () => {
    const { fs, pauses } = played([fault("EPERM", "rename"), fault("EBUSY", "rename")]);
    await writeWhole(target, NEW, fs);
    expect(await readFile(target, "utf8")).toBe("new");
    expect(pauses).toEqual([50, 100]);
  });

  it("gives up in the end: the other file is open", async () => {
    await writeFile(target, OLD);
    const { fs, pauses } = played(Array.from({ length: 5 }, () => fault("EPERM", "rename")));
    const error: unknown = await writeWhole(target, NEW, fs).catch((reason: unknown) => reason);
    expect(refusalOf(error, "win32")).toBe("in-use");
    expect(pauses).toEqual([50, 100, 200, 400]);
    expect(await readdir(folder)).toEqual(["board.pdf"]);
    expect(await readFile(target, "utf8")).toBe(OLD);
  });

  it("does not wait for what waiting does not mend", async () => {
    const { fs, pauses } = played([fault("ENOSPC", "rename")]);
    await expect(writeWhole(target, NEW, fs)).rejects.toThrow("ENOSPC");
    expect(pauses).toEqual([]);
  });
});

describe("a refusal", () => {
  it.each([
    ["EROFS", "open", "read-only"],
    ["ENOSPC", "write", "full"],
    ["EDQUOT", "write", "full"],
    ["EACCES", "open", "no-permission"],
    ["EPERM", "open", "no-permission"],
    ["EACCES", "access", "read-only"],
    ["EPERM", "access", "read-only"],
    ["ENOENT", "open", "no-folder"],
    ["ENOTDIR", "open", "no-folder"],
    ["EBUSY", "rename", "in-use"],
    ["ETXTBSY", "open", "in-use"],
    ["EIO", "write", "other"],
    ["ENAMETOOLONG", "open", "other"],
    ["EISDIR", "rename", "other"],
  ])("%s of %s is %s", (code, syscall, refusal) => {
    expect(refusalOf(fault(code, syscall), "linux")).toBe(refusal);
  });

  it("to rename without permission means an open file on Windows only", () => {
    expect(refusalOf(fault("EPERM", "rename"), "win32")).toBe("in-use");
    expect(refusalOf(fault("EPERM", "rename"), "linux")).toBe("no-permission");
  });

  it("may have no code", () => {
    expect(refusalOf(new Error("x"))).toBe("other");
  });
});
