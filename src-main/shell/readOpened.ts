import { MOST_OPENED_BYTES, OPENED_ENDINGS, openedEndingOf } from "../api/contract.ts";
import type { Happening, OpenRefusal } from "../api/contract.ts";
import type { RegularSystem } from "./regularFile.ts";
import { readRegular, system } from "./regularFile.ts";

/**
 * Reads a file that the user has opened, whole, or says why not. Never rejects.
 *
 * @param file absolute
 * @param name what it is called to the page
 */
export async function readOpened(file: string, name: string, fs: RegularSystem = system): Promise<Happening> {
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
    const read = await readRegular(file, most, fs);
    if (read === "no-file") return refused("no-file", "not a file");
    if (read === "too-large") return refused("too-large", `more than ${most} bytes`);
    return { kind: "file", name, ending, bytes: read };
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    // SECURITY: the code alone: the system's message holds the folder, of which the page knows nothing.
    return refused(REFUSALS[code] ?? "other", code);
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
