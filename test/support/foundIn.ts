import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Which of some words stand in the files of a folder, in any of the ways in which programs write text. */
export async function foundIn(folder: string, wanted: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((each) => each.isFile())) {
    const bytes = await readFile(path.join(file.parentPath, file.name)).catch(() => Buffer.alloc(0));
    for (const word of wanted) {
      for (const encoding of ["utf8", "utf16le"] as const) {
        if (bytes.includes(Buffer.from(word, encoding))) {
          const place = path.relative(folder, path.join(file.parentPath, file.name));
          found.push(`${word} in ${place} (${encoding})`);
        }
      }
    }
  }
  return found;
}
