import { randomBytes } from "node:crypto";
import { open, realpath, rename, stat, unlink } from "node:fs/promises";
import type { Writable } from "node:stream";
import { CommandError, systemCode } from "./trouble.ts";

/** Where results go: all of them or, for a file, nothing. */
export interface Destination {
  /** as messages name it */
  name: string;
  stream: Writable;
  /** false when the stream is not ours to close */
  ends: boolean;
  /** makes what was written visible under its name */
  commit(): Promise<void>;
  /** forgets what was written */
  discard(): Promise<void>;
}

/** A stream that shows what it is given at once. */
export function streamDestination(stream: Writable, name: string): Destination {
  const nothing = (): Promise<void> => Promise.resolve();
  return { name, stream, ends: false, commit: nothing, discard: nothing };
}

/**
 * A file that appears, or changes, only when everything was written: a file beside it takes the results and is renamed
 * at the end. A link is followed; an existing file keeps its permissions.
 *
 * @param name the file as messages name it
 * @throws CommandError when the path cannot be written or is not a file's (renaming over a device would replace it)
 */
export async function fileDestination(name: string, path: string): Promise<Destination> {
  const failed = (error: unknown): never => {
    const reason = systemCode(error);
    throw reason === null
      ? error
      : new CommandError({ code: "cannot-write", file: name, reason }, { cause: error });
  };
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => null);
  if (existing && !existing.isFile()) throw new CommandError({ code: "not-a-regular-file", file: name });

  const beside = `${target}.${randomBytes(4).toString("hex")}.tmp`;
  const handle = await open(beside, "wx", existing ? existing.mode & 0o777 : 0o666).catch(failed);
  const stream = handle.createWriteStream({ flush: true });
  return {
    name,
    stream,
    ends: true,
    commit: () => rename(beside, target).catch(failed),
    async discard() {
      await new Promise<void>((closed) => {
        stream.destroy();
        if (stream.closed) closed();
        else stream.once("close", closed);
      });
      // Nothing more can be done about a temporary file that does not go away, and the first error matters more.
      await unlink(beside).catch(() => undefined);
    },
  };
}
