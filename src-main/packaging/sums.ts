import { getRawHeader } from "@electron/asar";
import { createHash } from "node:crypto";
import { createReadStream, readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/** What is given to others, by its ending; the rest of the output folder is the packager's own. */
const ARTEFACT = /\.(exe|msi|zip|AppImage|deb|rpm|dmg)$/;

/** A line for each artefact of a folder, as `sha256sum --check` reads it, sorted by name. */
export async function checksums(folder: string): Promise<string> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && ARTEFACT.test(entry.name))
    .map(({ name }) => name)
    .sort();
  return lines(
    await Promise.all(names.map(async (name) => `${await sha256(path.join(folder, name))}  ${name}`)),
  );
}

/**
 * Every file of the program as it will lie on a computer, sorted, to compare two builds by. What is inside the archive
 * stands under its name, with the sums by which the running program checks it.
 */
export async function fileList(folder: string): Promise<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const listed = await Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const name = path.relative(folder, file).split(path.sep).join("/");
        if (entry.isSymbolicLink()) return [`link to ${readlinkSync(file)}  ${name}`];
        const own = `${await sha256(file)}  ${name}`;
        return entry.name.endsWith(".asar") ? [own, ...inArchive(file, name)] : [own];
      }),
  );
  const nameOf = (line: string): string => line.slice(line.lastIndexOf("  "));
  return lines(listed.flat().sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}

type Packed = { files: Record<string, Packed> } | { integrity?: { hash: string } };

function inArchive(file: string, name: string): string[] {
  const walk = (entry: Packed, at: string): string[] =>
    "files" in entry
      ? Object.entries(entry.files).flatMap(([child, packed]) => walk(packed, `${at}/${child}`))
      : [`${entry.integrity?.hash ?? "no sum"}  ${at}`];
  return walk(getRawHeader(file).header, name);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("");
