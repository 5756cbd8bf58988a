import { readlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { system as probeSystem, whyUnwritable } from "./folderProbe.ts";
import type { NOT_FIRST } from "./log.ts";

/** What is used of the system; tests put another computer in its place. */
export const system = {
  ...probeSystem,
  readlink: (file: string): Promise<string> => readlink(file),
  platform: process.platform,
  hostName: os.hostname,
  temporary: os.tmpdir,
  isAlive,
};
export type InstanceSystem = typeof system;

/** Why a start is not the first one of its data folder, where no first one can be shown. */
export interface NotFirst {
  /**
   * Nothing can be written to `place`; a program on another computer holds the folder by the file `place`, or did when it
   * was ended, or when this one had another name; one that does not run any more holds it by that file.
   */
  why: (typeof NOT_FIRST)[number];
  /** absolute */
  place: string;
  /** the other one's name */
  computer: string;
}

/** Chromium's, on Linux and macOS: a link that leads nowhere and says by its text whose the folder is. */
const LOCK = "SingletonLock";
const LONGEST_NAME = 253;

/**
 * Electron says only that a start is not the first one: another one that has been told of it, a lock that nobody holds
 * any more and a folder that cannot be written to are all the same to it. Null: another one runs.
 *
 * @param folder of the data, absolute
 */
export async function whyNotFirst(
  folder: string,
  computer: InstanceSystem = system,
): Promise<NotFirst | null> {
  const { platform, hostName, temporary } = computer;
  const lock = path.join(folder, LOCK);
  const holder = platform === "win32" ? null : holderOf(await computer.readlink(lock).catch(() => ""));
  const isOurs = holder?.computer === hostName();
  // First of all: who runs on a full disk has been told nevertheless.
  if (isOurs && computer.isAlive(holder.pid)) return null;
  // Chromium puts its socket into the temporary folder.
  for (const each of platform === "win32" ? [folder] : [folder, temporary()]) {
    const code = await whyUnwritable(each, computer);
    if (code !== null) {
      const full = code === "ENOSPC" || code === "EDQUOT";
      return { why: full ? "full" : "unwritable", place: each, computer: "" };
    }
  }
  // Windows has no such link, and there a folder that can be written to is somebody's.
  if (platform === "win32") return null;
  if (!holder) return { why: "unknown", place: folder, computer: "" };
  return { why: isOurs ? "stale" : "other-computer", place: lock, computer: holder.computer };
}

/** "pathology-3-4711": a computer's name may have hyphens of its own. */
function holderOf(text: string): { computer: string; pid: number } | null {
  const [, computer, pid] = /^(.+)-(\d+)$/s.exec(text) ?? [];
  if (computer === undefined) return null;
  // Shown in a box: one line, however the link came there.
  // eslint-disable-next-line no-control-regex -- what a box might obey
  const line = computer.replace(/[\u0000-\u001f\u007f]/g, " ");
  return { computer: line.slice(0, LONGEST_NAME), pid: Number(pid) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
