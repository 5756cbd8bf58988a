import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open, stat } from "node:fs/promises";

/** What is used of the system; tests put a file in its place that is not what it seemed. */
export const system = { open, stat };
export type RegularSystem = typeof system;

/**
 * SECURITY: a pipe that somebody has put in a file's place would be waited for, and a terminal would become ours.
 * Windows has neither of these flags.
 */
const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
const FLAGS = O_RDONLY! | O_NONBLOCK | O_NOCTTY;

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * All bytes of a regular file, and nothing behind them; or that it is no file, or one of more than `most` bytes. Waits for
 * nobody: every file whose content is not ours alone is read through this.
 *
 * @param file absolute
 * @throws what the system says
 */
export async function readRegular(
  file: string,
  most: number,
  fs: RegularSystem = system,
): Promise<Bytes | "no-file" | "too-large"> {
  // Before it is opened: some devices do something when they are.
  if (!(await fs.stat(file)).isFile()) return "no-file";
  const opened = await fs.open(file, FLAGS);
  try {
    const found = await opened.stat();
    // Another one may have taken its name meanwhile.
    if (!found.isFile()) return "no-file";
    return found.size > most ? "too-large" : ((await readUpTo(opened, found.size, most)) ?? "too-large");
  } finally {
    await opened.close();
  }
}

/**
 * All bytes up to the end, or null where they are more than `most`, whatever its size said: a file may grow while it is
 * read, and some that the system makes up have no end.
 */
async function readUpTo(opened: FileHandle, size: number, most: number): Promise<Bytes | null> {
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
