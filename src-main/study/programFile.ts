import { readFileSync } from "node:fs";

/** A file that belongs to the program cannot be used. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";

  constructor(file: string, cause: unknown) {
    super(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * Reads a JSON file that is shipped with the program.
 *
 * @param file absolute; inside the archive of a packaged app as well
 * @param parse checks what was read, and throws
 * @throws DamagedFileError when the file is missing or no JSON, or when `parse` throws
 */
export function readProgramFile<T>(file: string, parse: (data: unknown) => T): T {
  try {
    return parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new DamagedFileError(file, error);
  }
}
