import type { FileHandle } from "node:fs/promises";
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BackupFile, Result } from "../../src-main/api/contract.ts";
import { MOST_CASE_FILE_BYTES } from "../../src-main/api/contract.ts";
import { backupName } from "../../src-main/shell/backupRotation.ts";
import type { BackupSystem } from "../../src-main/shell/backups.ts";
import { createBackups, system } from "../../src-main/shell/backups.ts";
import { recordLine, sealedFile, sealedText } from "../support/sealedFile.ts";

const NOW = Date.UTC(2026, 10, 21, 15, 40, 12, 123);
const NAME = "cases-2026-11-21T15-40-12-123Z.hgnencases";
const MINUTE = 60_000;

let profile: string;
let folder: string;
beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), "hg-nen-backups-"));
  folder = path.join(profile, "backups");
});
afterEach(async () => {
  await chmod(folder, 0o700).catch(() => undefined);
  await rm(profile, { recursive: true });
});

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
/** A backup as the page makes it, by its shape. */
const backup = (content = "synthetic"): Uint8Array<ArrayBuffer> =>
  sealedFile({ records: [recordLine(content)] });
const yes = (): Promise<boolean> => Promise.resolve(true);

/** Backups in the real folder, at times that go on by a minute. */
function backups(
  fs: Partial<BackupSystem> = {},
  from = NOW,
  sure: (count: number) => Promise<boolean> = yes,
) {
  let calls = 0;
  return createBackups({ folder, sure, now: () => from + MINUTE * calls++, fs: { ...system, ...fs } });
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}

/** Backups of the last days, as they lie there, oldest last. */
async function fill(count: number, stepMs = MINUTE): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, i) => backupName("rotating", NOW - (i + 1) * stepMs));
  await Promise.all(names.map((name) => writeFile(path.join(folder, name), backup())));
  return names;
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

const fault = (code: string, syscall = "write"): NodeJS.ErrnoException =>
  Object.assign(new Error(code), { code, syscall });
const fails = (code: string, syscall: string) => (): Promise<never> => Promise.reject(fault(code, syscall));

describe("a backup", () => {
  it("is stored under its time, whole and private, in a folder that only its owner enters", async () => {
    const bytes = backup();
    expect(await backups().writeBackup({ bytes, kind: "rotating" })).toEqual({
      ok: true,
      value: { name: NAME, bytes: bytes.length, at: NOW, kind: "rotating" },
    });
    expect(await readdir(folder)).toEqual([NAME]);
    expect((await readFile(path.join(folder, NAME))).equals(bytes)).toBe(true);
    if (process.platform === "win32") return;
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, NAME))).mode & 0o777).toBe(0o600);
  });

  it("comes back byte for byte", async () => {
    const { writeBackup, readBackup } = backups();
    const bytes = backup("ü".repeat(100_000));
    const { name } = valueOf(await writeBackup({ bytes, kind: "set-aside" }));
    expect(name).toMatch(/^set-aside-/);
    expect(Buffer.from(valueOf(await readBackup({ name })).bytes).equals(bytes)).toBe(true);
  });

  it("never takes another's name, nor its place in time", async () => {
    const { writeBackup, listBackups } = createBackups({ folder, sure: yes, now: () => NOW });
    const contents = ["a", "b", "c"];
    const written = await Promise.all(
      contents.map((content) => writeBackup({ bytes: backup(content), kind: "rotating" })),
    );
    expect(written.map((each) => valueOf(each).at - NOW)).toEqual([0, 1, 2]);
    const listed = valueOf(await listBackups({}));
    expect(listed.map(({ at }) => at - NOW)).toEqual([2, 1, 0]);
    expect(await readFile(path.join(folder, listed[0]!.name), "utf8")).toContain(recordLine("c"));
  });

  it("waits for the one before it", async () => {
    const steps: string[] = [];
    const { writeBackup } = backups({
      async rename(from, to) {
        steps.push("begins");
        await system.rename(from, to);
        // Long enough for another to come in between, if it could.
        await readdir(profile);
        steps.push("ends");
      },
    });
    await Promise.all([1, 2, 3].map(() => writeBackup({ bytes: backup(), kind: "rotating" })));
    expect(steps).toEqual(["begins", "ends", "begins", "ends", "begins", "ends"]);
  });

  it("is followed by the next one though it failed", async () => {
    const faults = [fault("ENOSPC")];
    const { writeBackup } = backups({
      rename: (from, to) => (faults.length ? Promise.reject(faults.pop()!) : system.rename(from, to)),
    });
    const both = await Promise.all([1, 2].map(() => writeBackup({ bytes: backup(), kind: "rotating" })));
    expect(both.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it("is followed by the next one though something happened that nobody has foreseen", async () => {
    const { writeBackup } = backups();
    const unforeseen = writeBackup({ bytes: null as never, kind: "rotating" });
    const next = writeBackup({ bytes: backup(), kind: "rotating" });
    await expect(unforeseen).rejects.toThrow();
    expect(await next).toMatchObject({ ok: true });
  });
});

describe("what is no whole backup never takes one's place", () => {
  const text = sealedText();
  it.each<[string, string]>([
    ["nothing", ""],
    ["its first half", text.slice(0, text.length >> 1)],
    ["a changed letter", text.replace(/"data":"./, '"data":"A')],
    ["an export", sealedText({ header: { kind: "export" } })],
    ["what anybody can read", sealedText({ records: ['{"label":"Synthetic","ageYears":67}'] })],
  ])("%s is refused", async (_case, content) => {
    const names = await fill(12);
    expect(await backups().writeBackup({ bytes: encode(content), kind: "rotating" })).toMatchObject({
      ok: false,
      code: "invalid-request",
      field: "bytes",
    });
    expect((await readdir(folder)).sort()).toEqual(names.sort());
  });
});

describe("the disk", () => {
  /** Real files on a disk that takes half of the bytes and then fails. */
  const half = (error: Error): Partial<BackupSystem> => ({
    async open(...args) {
      const file = await open(...args);
      const played: Partial<FileHandle> = {
        async writeFile(bytes) {
          const given = bytes as Uint8Array;
          await file.write(given.subarray(0, given.length >> 1));
          throw error;
        },
        close: () => file.close(),
      };
      return played as FileHandle;
    },
  });

  it.each<[string, Partial<BackupSystem>, string]>([
    ["is full", half(fault("ENOSPC")), "full"],
    ["is full for this user", half(fault("EDQUOT")), "full"],
    ["fails in the middle", half(fault("EIO")), "other"],
    ["does not take the name", { rename: fails("EACCES", "rename") }, "no-permission"],
    ["cannot be read again", { readFile: fails("EIO", "read") }, "other"],
    ["gives back something else", { readFile: (() => Promise.resolve(Buffer.from("x"))) as never }, "other"],
  ])("%s: the new one is not there, and no old one goes", async (_case, fs, reason) => {
    const names = await fill(12);
    expect(await backups(fs).writeBackup({ bytes: backup(), kind: "rotating" })).toMatchObject({
      ok: false,
      code: "save-refused",
      reason,
      // Of the folder the page knows nothing.
      path: NAME,
      message: expect.stringMatching(/^(?:E[A-Z]+|other)$/) as string,
    });
    expect((await readdir(folder)).sort()).toEqual(names.sort());
  });

  it.each<[string, string, string]>([
    ["is write-protected", "EROFS", "read-only"],
    ["lets nobody make a folder", "EACCES", "no-permission"],
  ])("%s: says so, with the reason alone", async (_case, code, reason) => {
    const { writeBackup } = backups({ mkdir: fails(code, "mkdir") });
    expect(await writeBackup({ bytes: backup(), kind: "rotating" })).toEqual({
      ok: false,
      code: "save-refused",
      reason,
      path: "backups",
      message: code,
    });
  });

  it("has a folder that nobody may write in: says so, and no old one goes", async () => {
    const names = await fill(12);
    await chmod(profile, 0o755);
    await chmod(folder, 0o555);
    await asOrdinaryUser(async () => {
      expect(await backups().writeBackup({ bytes: backup(), kind: "rotating" })).toMatchObject({
        ok: false,
        code: "save-refused",
        reason: "no-permission",
        path: NAME,
      });
    });
    expect((await readdir(folder)).sort()).toEqual(names.sort());
  });

  it("has a file where the folder should be", async () => {
    await writeFile(folder, "");
    const shell = backups();
    const failure = { ok: false, code: "save-refused", path: "backups" };
    expect(await shell.writeBackup({ bytes: backup(), kind: "rotating" })).toMatchObject(failure);
    expect(await shell.listBackups({})).toMatchObject({ ...failure, reason: "no-folder" });
    expect(await shell.deleteBackups({ names: [] })).toMatchObject({ ...failure, reason: "no-folder" });
  });
});

describe("the folder", () => {
  const GB = 1024 ** 3;
  /** Real files that say that they are larger. */
  const sized = (bytes: number): Partial<BackupSystem> => ({
    lstat: (async (file: string) => Object.assign(await system.lstat(file), { size: bytes })) as never,
  });
  const full = { ok: false, code: "save-refused", reason: "full" };

  /** Backups that are set aside, as they lie there. */
  async function setAside(count: number): Promise<string[]> {
    await mkdir(folder, { recursive: true });
    const names = Array.from({ length: count }, (_, i) => backupName("set-aside", NOW - (i + 1) * MINUTE));
    await Promise.all(names.map((name) => writeFile(path.join(folder, name), backup())));
    return names;
  }

  it("takes twenty that are set aside, and no more until one of them is deleted", async () => {
    const names = await setAside(19);
    const { writeBackup, deleteBackups } = backups();
    const write = () => writeBackup({ bytes: backup(), kind: "set-aside" });
    valueOf(await write());
    expect(await write()).toEqual({
      ...full,
      path: "backups",
      message: "20 backups are set aside, and 20 is the most",
    });
    expect(await readdir(folder)).toHaveLength(20);
    valueOf(await deleteBackups({ names: [names[0]!] }));
    valueOf(await write());
  });

  it("takes one that rotates, however many are set aside", async () => {
    await setAside(25);
    valueOf(await backups().writeBackup({ bytes: backup(), kind: "rotating" }));
    expect(await readdir(folder)).toHaveLength(26);
  });

  it("takes a twenty-first that is set aside, where those that rotate are many", async () => {
    await fill(25);
    valueOf(await backups().writeBackup({ bytes: backup(), kind: "set-aside" }));
    expect(await readdir(folder)).toHaveLength(26);
  });

  it.each(["rotating", "set-aside"] as const)(
    "takes nothing %s when it holds more than 4 GB",
    async (kind) => {
      const names = await fill(4);
      const { writeBackup } = backups(sized(GB + 1));
      expect(await writeBackup({ bytes: backup(), kind })).toEqual({
        ...full,
        path: "backups",
        message: `the backups hold ${4 * GB + 4} bytes, and ${4 * GB} is the most`,
      });
      expect((await readdir(folder)).sort()).toEqual(names.sort());
    },
  );

  it("takes another one when it holds 4 GB", async () => {
    await fill(4);
    valueOf(await backups(sized(GB)).writeBackup({ bytes: backup(), kind: "rotating" }));
    expect(await readdir(folder)).toHaveLength(5);
  });
});

describe("rotation", () => {
  it("lets the oldest of the day go when the new one is there", async () => {
    const names = await fill(12);
    valueOf(await backups().writeBackup({ bytes: backup(), kind: "rotating" }));
    expect((await readdir(folder)).sort()).toEqual([NAME, ...names.slice(0, 9)].sort());
  });

  it("deletes only when the new one is read again", async () => {
    await fill(12);
    const steps: string[] = [];
    const { writeBackup } = backups({
      readFile: ((file: string) => {
        steps.push("read");
        return system.readFile(file);
      }) as never,
      rm: (file, options) => {
        steps.push("rm");
        return system.rm(file, options);
      },
    });
    valueOf(await writeBackup({ bytes: backup(), kind: "rotating" }));
    expect(steps).toEqual(["read", "rm", "rm", "rm"]);
  });

  it("does not happen when one is set aside", async () => {
    const names = await fill(12);
    const { name } = valueOf(await backups().writeBackup({ bytes: backup(), kind: "set-aside" }));
    expect((await readdir(folder)).sort()).toEqual([...names, name].sort());
  });

  it("that cannot delete does not spoil the backup", async () => {
    const names = await fill(12);
    const { writeBackup } = backups({ rm: fails("EBUSY", "unlink") });
    valueOf(await writeBackup({ bytes: backup(), kind: "rotating" }));
    expect((await readdir(folder)).sort()).toEqual([NAME, ...names].sort());
  });

  it("that cannot see the folder does not spoil the backup", async () => {
    await fill(12);
    const { writeBackup } = backups({ readdir: fails("EACCES", "scandir") });
    expect(await writeBackup({ bytes: backup(), kind: "rotating" })).toMatchObject({ ok: true });
    expect((await readdir(folder)).length).toBe(13);
  });

  it("takes away what was unfinished when the plug was pulled, and nothing else that is not ours", async () => {
    await fill(1);
    const others = ["notes.txt", ".hidden.tmp", "cases.hgnencases"];
    await Promise.all(others.map((name) => writeFile(path.join(folder, name), "")));
    await writeFile(path.join(folder, ".3f2b8c1e-0a4d-4c5e-9f60-1b2c3d4e5f60.tmp"), "half");
    valueOf(await backups().writeBackup({ bytes: backup(), kind: "rotating" }));
    const left = await readdir(folder);
    expect(left).toEqual(expect.arrayContaining(others));
    expect(left.length).toBe(others.length + 2);
  });

  it("keeps the new one when the clock was set back", async () => {
    const names = await fill(12);
    const { writeBackup, listBackups } = backups({}, NOW - 24 * 60 * MINUTE);
    const { name } = valueOf(await writeBackup({ bytes: backup(), kind: "rotating" }));
    const listed = valueOf(await listBackups({})).map((file) => file.name);
    expect(listed).toEqual([...names, name]);
  });
});

describe("the list", () => {
  it("is empty before the first backup", async () => {
    expect(await backups().listBackups({})).toEqual({ ok: true, value: [] });
    expect(await readdir(profile)).toEqual([]);
  });

  it("is newest first, of both kinds, with time and kind from the name and the size from the disk", async () => {
    await mkdir(folder);
    const expected: BackupFile[] = [
      { name: backupName("set-aside", NOW), bytes: 3, at: NOW, kind: "set-aside" },
      { name: backupName("rotating", NOW - 1), bytes: 2, at: NOW - 1, kind: "rotating" },
      { name: backupName("rotating", NOW - 2), bytes: 1, at: NOW - 2, kind: "rotating" },
    ];
    for (const { name, bytes } of expected) await writeFile(path.join(folder, name), "x".repeat(bytes));
    expect(await backups().listBackups({})).toEqual({ ok: true, value: expected });
  });

  it("has nothing that is not ours: other names, folders, links", async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, "notes.txt"), "");
    await writeFile(path.join(folder, `${NAME}.bak`), "");
    await mkdir(path.join(folder, NAME));
    const link = backupName("rotating", NOW + 1);
    await writeFile(path.join(profile, "secret"), "elsewhere");
    await symlink(path.join(profile, "secret"), path.join(folder, link));
    const { listBackups, readBackup } = backups();
    expect(await listBackups({})).toEqual({ ok: true, value: [] });
    expect(await readBackup({ name: link })).toMatchObject({ ok: false, code: "no-backup" });
  });
});

describe("reading", () => {
  it("says when there is none of that name", async () => {
    expect(await backups().readBackup({ name: NAME })).toEqual({
      ok: false,
      code: "no-backup",
      field: "name",
      value: NAME,
      message: `there is no backup ${NAME}`,
    });
  });

  it("says when it has gone meanwhile", async () => {
    const [name] = await fill(1);
    const { readBackup } = backups({ open: fails("ENOENT", "open") });
    expect(await readBackup({ name: name! })).toMatchObject({ ok: false, code: "no-backup" });
  });

  it("says what the disk says", async () => {
    const [name] = await fill(1);
    const { readBackup } = backups({ open: fails("EACCES", "open") });
    expect(await readBackup({ name: name! })).toEqual({
      ok: false,
      code: "save-refused",
      reason: "no-permission",
      path: name,
      message: "EACCES",
    });
  });

  it("takes what the page can read, and nothing larger", async () => {
    const [name] = await fill(1);
    const { readBackup } = backups();
    await truncate(path.join(folder, name!), MOST_CASE_FILE_BYTES + 1);
    expect(await readBackup({ name: name! })).toMatchObject({ ok: false, code: "internal", field: "name" });
  });
});

describe("deleting", () => {
  it("takes the named ones, whether they are there or not, and tells what is left", async () => {
    const names = await fill(3);
    const gone = [names[0]!, names[2]!, backupName("set-aside", NOW)];
    const { deleted, left } = valueOf(await backups().deleteBackups({ names: gone }));
    expect(deleted).toBe(true);
    expect(left.map(({ name }) => name)).toEqual([names[1]]);
    expect(await readdir(folder)).toEqual([names[1]]);
  });

  it("leaves nothing behind that no list would show", async () => {
    const names = await fill(2);
    await writeFile(path.join(folder, ".3f2b8c1e-0a4d-4c5e-9f60-1b2c3d4e5f60.tmp"), "half");
    expect(await backups().deleteBackups({ names })).toEqual({
      ok: true,
      value: { deleted: true, left: [] },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("names the one that stays, and deletes the others", async () => {
    const names = await fill(3);
    const { deleteBackups } = backups({
      rm: (file, options) =>
        String(file).endsWith(names[1]!)
          ? Promise.reject(fault("EBUSY", "unlink"))
          : system.rm(file, options),
    });
    expect(await deleteBackups({ names })).toMatchObject({
      ok: false,
      code: "save-refused",
      reason: "in-use",
      path: names[1],
    });
    expect(await readdir(folder)).toEqual([names[1]]);
  });

  it("waits for a backup that is being written", async () => {
    const names = await fill(1);
    const steps: string[] = [];
    const { writeBackup, deleteBackups } = backups({
      async rename(from, to) {
        steps.push("write");
        await system.rename(from, to);
        // Long enough for another to come in between, if it could.
        for (let i = 0; i < 20; i++) await readdir(profile);
        steps.push("written");
      },
      rm: (file, options) => {
        steps.push("rm");
        return system.rm(file, options);
      },
    });
    const writing = writeBackup({ bytes: backup(), kind: "rotating" });
    valueOf(await deleteBackups({ names }));
    valueOf(await writing);
    expect(steps).toEqual(["write", "written", "rm"]);
  });
});

describe("before deleting", () => {
  it("the user is asked how many, and a no keeps them all", async () => {
    const names = await fill(3);
    const sure = vi.fn(() => Promise.resolve(false));
    const gone = backupName("set-aside", NOW);
    const { deleted, left } = valueOf(
      await backups({}, NOW, sure).deleteBackups({ names: [names[0]!, names[2]!, names[0]!, gone] }),
    );
    expect(sure.mock.calls).toEqual([[2]]);
    expect(deleted).toBe(false);
    expect(left).toHaveLength(3);
    expect((await readdir(folder)).sort()).toEqual(names.sort());
  });

  it("the user is asked once, however often the page asks meanwhile", async () => {
    const names = await fill(3);
    let answer = (_yes: boolean): void => undefined;
    const sure = vi.fn(() => new Promise<boolean>((resolve) => (answer = resolve)));
    const { deleteBackups } = backups({}, NOW, sure);
    const first = deleteBackups({ names: [names[0]!] });
    await vi.waitFor(() => expect(sure).toHaveBeenCalledOnce());
    expect(valueOf(await deleteBackups({ names })).deleted).toBe(false);
    expect(sure).toHaveBeenCalledOnce();
    answer(true);
    expect(valueOf(await first)).toMatchObject({ deleted: true, left: [{}, {}] });
  });

  it("nothing is asked of what is not there, nor by rotation", async () => {
    await fill(12);
    const sure = vi.fn(() => Promise.resolve(false));
    const { writeBackup, deleteBackups } = backups({}, NOW, sure);
    valueOf(await writeBackup({ bytes: backup(), kind: "rotating" }));
    expect(await readdir(folder)).toHaveLength(10);
    const names = [backupName("set-aside", NOW)];
    expect(valueOf(await deleteBackups({ names }))).toMatchObject({ deleted: true });
    expect(sure).not.toHaveBeenCalled();
  });

  it("a yes is for what was there when it was asked, and not for a name that is taken since", async () => {
    const [name] = await fill(1);
    const { writeBackup } = backups();
    const { deleteBackups } = backups({}, NOW, async () => {
      valueOf(await writeBackup({ bytes: backup(), kind: "rotating" }));
      return true;
    });
    const { left } = valueOf(await deleteBackups({ names: [name!, NAME] }));
    expect(left.map((file) => file.name)).toEqual([NAME]);
  });

  it("backups go on while the box is open", async () => {
    const names = await fill(1);
    const { writeBackup, deleteBackups } = backups({}, NOW, () => new Promise(() => undefined));
    void deleteBackups({ names });
    valueOf(await writeBackup({ bytes: backup(), kind: "rotating" }));
    expect(await readdir(folder)).toHaveLength(2);
  });
});
