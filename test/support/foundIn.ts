import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Which of some words stand in the files of a folder, in any of the ways in which programs write text. */
export async function foundIn(folder: string, wanted: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(file).catch(unlessGone);
    for (const word of wanted) {
      for (const encoding of ["utf8", "utf16le"] as const) {
        if (bytes.includes(Buffer.from(word, encoding))) {
          found.push(`${word} in ${path.relative(folder, file)} (${encoding})`);
        }
      }
    }
  }
  return found;
}

/** A browser that runs removes folders of its own while they are read. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  });
  const files: string[] = [];
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesIn(place)));
    else if (entry.isFile()) files.push(place);
  }
  return files;
}

/** Gone meanwhile, or a browser's lock on Windows, which nobody else reads. */
function unlessGone(error: unknown): Buffer {
  if (["ENOENT", "EBUSY"].includes(codeOf(error) ?? "")) return Buffer.alloc(0);
  throw error;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
