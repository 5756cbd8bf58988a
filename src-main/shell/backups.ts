import { lstat, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { BackupFile, BackupKind, Failure, Result, SaveRefusal } from "../api/contract.ts";
import { MOST_CASE_FILE_BYTES } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import { flawOf } from "./sealedFlaw.ts";
import { backupName, outdatedBackups, readBackupName } from "./backupRotation.ts";
import { codeOf } from "./log.ts";
import { readRegular } from "./regularFile.ts";
import { system as filesSystem, refusalOf, writeWhole } from "./wholeFile.ts";

/** What is used of the system; tests put a failing disk in its place. */
export const system = { ...filesSystem, lstat, mkdir, readdir, readFile };
export type BackupSystem = typeof system;

export interface BackupMeans {
  /** absolute; made when the first backup is written */
  folder: string;
  /** asks whether so many are to be deleted for good */
  sure: (count: number) => Promise<boolean>;
  /** ms since 1970 */
  now?: () => number;
  /** one could not be written */
  onRefused?: (reason: SaveRefusal) => void;
  fs?: BackupSystem;
}

/** Only its owner enters the folder. */
const PRIVATE_FOLDER = 0o700;
/** What {@link writeWhole} leaves behind when the plug is pulled: cases that no list would show. */
const UNFINISHED = /^\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Nobody sets more than these aside; a page gone wrong might, and rotation takes none of them away. */
const MOST_SET_ASIDE = 20;
/** What the folder may hold before the next one, in bytes: a page gone wrong cannot fill the disk. */
const MOST_BYTES = 4 * 1024 ** 3;

/** Keeps the page's encrypted backups in a folder of the program's own. What is in them only the page can read. */
export function createBackups({
  folder,
  sure,
  now = Date.now,
  onRefused = () => undefined,
  fs = system,
}: BackupMeans): Pick<ShellHandlers, "writeBackup" | "listBackups" | "readBackup" | "deleteBackups"> {
  const inTurn = queue();
  let asking = false;
  const placeOf = (name: string): string => path.join(folder, name);

  async function list(): Promise<BackupFile[]> {
    const found = await Promise.all((await namesInFolder()).map(describe));
    return found.filter((file) => file !== null).sort((a, b) => b.at - a.at);
  }

  /** Null where it is none of ours. SECURITY: nor is a link, which could lead to any file. */
  async function describe(name: string): Promise<BackupFile | null> {
    const known = readBackupName(name);
    const stats = known && (await unlessMissing(fs.lstat(placeOf(name))));
    return known && stats?.isFile() ? { name, bytes: stats.size, ...known } : null;
  }

  const namesInFolder = async (): Promise<string[]> => (await unlessMissing(fs.readdir(folder))) ?? [];
  const unfinished = async (): Promise<string[]> =>
    (await namesInFolder()).filter((name) => UNFINISHED.test(name));

  /** What went wrong first; the others are deleted all the same. */
  async function remove(names: string[]): Promise<Failure | null> {
    const failures = await Promise.all(
      names.map((name) =>
        fs.rm(placeOf(name), { force: true }).then(
          () => null,
          (error: unknown) => failed(error, name),
        ),
      ),
    );
    return failures.find((failure) => failure !== null) ?? null;
  }

  /** Why there is no room for another one of a kind, or null. */
  async function limitOf(kind: BackupKind): Promise<string | null> {
    // A folder that cannot be listed may still take a file.
    const there = await list().catch((): BackupFile[] => []);
    const setAside = there.filter((file) => file.kind === "set-aside").length;
    if (kind === "set-aside" && setAside >= MOST_SET_ASIDE)
      return `${setAside} backups are set aside, and ${MOST_SET_ASIDE} is the most`;
    const held = there.reduce((sum, file) => sum + file.bytes, 0);
    return held > MOST_BYTES ? `the backups hold ${held} bytes, and ${MOST_BYTES} is the most` : null;
  }

  async function write(bytes: Uint8Array, kind: BackupKind): Promise<Result<BackupFile>> {
    const limit = await limitOf(kind);
    if (limit !== null) {
      return { ok: false, code: "save-refused", reason: "full", path: FOLDER, message: limit };
    }
    let name: string;
    let at: number;
    try {
      await fs.mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
      ({ name, at } = await freeName(kind));
    } catch (error) {
      return failed(error);
    }
    try {
      await writeWhole(placeOf(name), bytes, fs);
      const held = await fs.readFile(placeOf(name));
      if (!held.equals(bytes)) throw new Error("the disk does not give back what was written");
    } catch (error) {
      await remove([name]);
      return failed(error, name);
    }
    // Only now that the new one is safe. One is set aside when something is wrong: no time to delete anything.
    if (kind === "rotating") await rotate();
    return { ok: true, value: { name, bytes: bytes.length, at, kind } };
  }

  /** Nothing has this name: of two backups in one millisecond, the second gets the next one's. */
  async function freeName(kind: BackupKind): Promise<{ name: string; at: number }> {
    for (let at = now(); ; at++) {
      const name = backupName(kind, at);
      if ((await unlessMissing(fs.lstat(placeOf(name)))) === null) return { name, at };
    }
  }

  /** What cannot be deleted now can be after the next backup: the new one is safe whatever becomes of the old. */
  async function rotate(): Promise<void> {
    try {
      await remove([...outdatedBackups(await list(), now()), ...(await unfinished())]);
    } catch {
      // The folder could not be read.
    }
  }

  return {
    // In turn from the start, so that of two backups the later one is the newer one.
    writeBackup: ({ bytes, kind }) =>
      inTurn(async () => {
        // A half backup never takes the place of a whole one.
        const flaw = await flawOf(bytes, "backup");
        if (flaw !== null) return { ok: false, code: "invalid-request", field: "bytes", message: flaw };
        const written = await write(bytes, kind);
        if (!written.ok) onRefused(written.reason ?? "other");
        return written;
      }),

    async listBackups() {
      try {
        return { ok: true, value: await list() };
      } catch (error) {
        return failed(error);
      }
    },

    async readBackup({ name }) {
      try {
        const there = await describe(name);
        const read = there && (await unlessMissing(readRegular(placeOf(name), MOST_CASE_FILE_BYTES, fs)));
        if (read === "too-large") return tooLarge(name);
        return read === null || read === "no-file" ? missing(name) : { ok: true, value: { bytes: read } };
      } catch (error) {
        return failed(error, name);
      }
    },

    async deleteBackups({ names }) {
      try {
        // SECURITY: a page that has been taken over must not destroy what would undo its work. The user is asked, of those
        // that are there now, and one that takes a name later is not meant.
        const there = (await list()).filter(({ name }) => names.includes(name)).map(({ name }) => name);
        if (there.length > 0 && !(await agrees(there.length)))
          return { ok: true, value: { deleted: false, left: await list() } };
        // In turn with writing: what is unfinished then is so for good.
        return await inTurn(async () => {
          const failure = await remove([...there, ...(await unfinished())]);
          return failure ?? { ok: true, value: { deleted: true, left: await list() } };
        });
      } catch (error) {
        return failed(error);
      }
    },
  };

  /** A page could stack questions until one is answered by mistake: a second one meanwhile is a no. */
  async function agrees(count: number): Promise<boolean> {
    if (asking) return false;
    asking = true;
    try {
      return await sure(count);
    } finally {
      asking = false;
    }
  }
}

/** What the page is told of the folder, whose place it does not know. */
const FOLDER = "backups";

/** SECURITY: with the reason and the name, which the page knows; what the system says holds the folder, and the user's name. */
const failed = (error: unknown, name = FOLDER): Failure => ({
  ok: false,
  code: "save-refused",
  reason: refusalOf(error),
  path: name,
  message: codeOf(error),
});

/** Runs one task after the other, in the order in which they come. */
function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

const missing = (name: string): Failure => ({
  ok: false,
  code: "no-backup",
  field: "name",
  value: name,
  message: `there is no backup ${name}`,
});

const tooLarge = (name: string): Failure => ({
  ok: false,
  code: "internal",
  field: "name",
  value: name,
  message: `${name} has more than ${MOST_CASE_FILE_BYTES} bytes`,
});
