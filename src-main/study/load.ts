import path from "node:path";
import type { PreparedStudy } from "../prognosis/prepared.ts";
import { prepareStudy } from "../prognosis/prepared.ts";
import { readProgramFile } from "./programFile.ts";
import { parseBaseline, parseStudy } from "./schema.ts";

/** The study that the program ships, from the program's folder. */
const STUDY = "assets/studies/nordic-nec-2";

/**
 * Reads, checks and prepares the study.
 *
 * @param programFolder absolute; the folder that holds `assets`, inside the archive of a packaged app as well
 * @throws DamagedFileError naming the file that is missing, no JSON or not what it must be
 */
export function loadStudy(programFolder: string): PreparedStudy {
  const file = (name: string): string => path.join(programFolder, STUDY, name);
  const study = readProgramFile(file("study.json"), parseStudy);
  return readProgramFile(file("baseline.json"), (data) => prepareStudy(study, parseBaseline(data)));
}
