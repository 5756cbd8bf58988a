import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, stat } from "node:fs/promises";
import { MOST_OPENED_BYTES, OPENED_ENDINGS, openedEndingOf } from "../api/contract.ts";
import type { OpenRefusal } from "../api/contract.ts";
import type { Happening } from "./events.ts";

/** What is used of the system; tests put a file in its place that is not what it seemed. */
export const system = { open, stat };
export type OpenSystem = typeof system;

/**
 * SECURITY: a pipe that somebody has put in a file's place would be waited for, and a terminal would become ours.
 * Windows has neither of these flags.
 */
const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
const FLAGS = O_RDONLY! | O_NONBLOCK | O_NOCTTY;

/**
 * Reads a file that the user has opened, whole, or says why not. Never rejects.
 *
 * @param file absolute
 * @param name what it is called to the page
 */
export async function readOpened(file: string, name: string, fs: OpenSystem = system): Promise<Happening> {
  const refused = (reason: OpenRefusal, message: string): Happening => ({
    kind: "file-refused",
    name,
    reason,
    message,
  });
  const ending = openedEndingOf(name);
  if (!ending) return refused("ending", `a file ends in ${OPENED_ENDINGS.join(" or ")}`);
  const most = MOST_OPENED_BYTES[ending];
  try {
    // Before it is opened: some devices do something when they are.
    if (!(await fs.stat(file)).isFile()) return refused("no-file", "not a file");
    const opened = await fs.open(file, FLAGS);
    try {
      const { size, isFile } = await factsOf(opened);
      // Another one may have taken its name meanwhile.
      if (!isFile) return refused("no-file", "not a file");
      const bytes = size > most ? null : await readUpTo(opened, size, most);
      return bytes ? { kind: "file", name, ending, bytes } : refused("too-large", `more than ${most} bytes`);
    } finally {
      await opened.close();
    }
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    // SECURITY: the code alone: the system's message holds the folder, of which the page knows nothing.
    return refused(REFUSALS[code] ?? "other", code);
  }
}

async function factsOf(opened: FileHandle): Promise<{ size: number; isFile: boolean }> {
  const found = await opened.stat();
  return { size: found.size, isFile: found.isFile() };
}

/**
 * All bytes up to the end, or null where they are more than `most`, whatever its size said: a file may grow while it is
 * read, and some that the system makes up have no end.
 */
async function readUpTo(
  opened: FileHandle,
  size: number,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  // One more, so that the end is seen.
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await opened.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.slice(0, length);
    length += bytesRead;
    if (length > most) return null;
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(2 * length, most + 1));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

const REFUSALS: Readonly<Record<string, OpenRefusal>> = {
  ENOENT: "no-file",
  ENOTDIR: "no-file",
  EISDIR: "no-file",
  ENAMETOOLONG: "no-file",
  ENXIO: "no-file",
  EACCES: "no-permission",
  EPERM: "no-permission",
  EBUSY: "in-use",
  ETXTBSY: "in-use",
};
