import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import type { SystemError } from "./log.ts";
import { codeOf } from "./log.ts";

/** What is used of the system; tests put a failing disk in its place. */
export const system = { open, rm };
export type ProbeSystem = typeof system;

/** More than a file system keeps beside a file's name: a full disk has no room for it. */
const BYTES = 4096;

/**
 * Why a folder takes no file, or null: it does. Asked by writing one, and removing it: what permissions say is not what
 * a disk does that is full, write-protected or on a server that is gone.
 */
export async function whyUnwritable(folder: string, fs: ProbeSystem = system): Promise<SystemError | null> {
  const probe = path.join(folder, `.${randomUUID()}.tmp`);
  try {
    const file = await fs.open(probe, "wx", 0o600);
    try {
      await file.writeFile(new Uint8Array(BYTES));
    } finally {
      await file.close();
    }
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    await fs.rm(probe, { force: true }).catch(() => undefined);
  }
}
