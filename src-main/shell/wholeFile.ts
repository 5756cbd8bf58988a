import { randomUUID } from "node:crypto";
import { access, constants, open, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Failure, SaveRefusal } from "../api/contract.ts";

/** What is used of the system; tests put a failing disk, or another system, in its place. */
export const system = { access, open, realpath, rename, rm, stat, pause, platform: process.platform };
export type System = typeof system;

/** Only its owner reads a new file: it may say something about a patient. */
const PRIVATE = 0o600;

/**
 * Writes a file whole or not at all. The bytes go into a new file beside the target, onto the disk, and only then take
 * the target's name, so that a full disk, a pulled plug or a crash leaves either the old file or the new one.
 *
 * A file that is replaced keeps its permissions, a link still points where it did, and a write-protected file is refused.
 *
 * @param target absolute; replaced when it is there, which the save dialog has asked about
 * @throws what the file system says, see {@link refusalOf}
 */
export async function writeWhole(target: string, bytes: Uint8Array, fs: System = system): Promise<void> {
  const existing = await ifThere(fs.realpath(target));
  if (existing !== null) await fs.access(existing, constants.W_OK);
  const place = existing ?? target;
  const mode = existing === null ? PRIVATE : (await fs.stat(existing)).mode & 0o777;

  const unfinished = path.join(path.dirname(place), `.${randomUUID()}.tmp`);
  // SECURITY: "wx" follows no link and opens no file that somebody has put there before.
  const file = await fs.open(unfinished, "wx", PRIVATE);
  try {
    try {
      await file.writeFile(bytes);
      // A disk that keeps no permissions refuses this; then there are none to keep.
      if (mode !== PRIVATE) await file.chmod(mode).catch(() => undefined);
      await file.sync();
    } finally {
      await file.close();
    }
    await replace(fs, unfinished, place);
  } catch (error) {
    await fs.rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** On Windows a virus scanner may hold a new file for a moment, and then it cannot be renamed. */
const PAUSES_MS = [50, 100, 200, 400];

async function replace({ rename, pause, platform }: System, from: string, to: string): Promise<void> {
  for (const pauseMs of platform === "win32" ? PAUSES_MS : []) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!["EACCES", "EBUSY", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      await pause(pauseMs);
    }
  }
  await rename(from, to);
}

async function ifThere<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

const REFUSALS: Readonly<Record<string, SaveRefusal>> = {
  EROFS: "read-only",
  ENOSPC: "full",
  EDQUOT: "full",
  EACCES: "no-permission",
  EPERM: "no-permission",
  ENOENT: "no-folder",
  ENOTDIR: "no-folder",
  EBUSY: "in-use",
  ETXTBSY: "in-use",
};

/** Why {@link writeWhole} has thrown. */
export function refusalOf(error: unknown, platform: NodeJS.Platform = process.platform): SaveRefusal {
  const { code = "", syscall } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") {
    // The file itself is write-protected.
    if (syscall === "access") return "read-only";
    // The folder has just taken our own file, so what Windows protects is the other one: a program has it open.
    if (syscall === "rename" && platform === "win32") return "in-use";
  }
  return REFUSALS[code] ?? "other";
}

/** A refusal of the system as an error value. */
export const refused = (error: unknown, target: string): Failure => ({
  ok: false,
  code: "save-refused",
  reason: refusalOf(error),
  path: target,
  message: messageOf(error),
});

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
