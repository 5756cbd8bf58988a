import { DamagedFileError } from "../study/programFile.ts";

/** What the user reads when the program cannot start. */
export function describeStartUpFailure(error: unknown): { title: string; content: string } {
  const title = "HG-NEN Prognosis cannot start";
  const detail = error instanceof Error ? error.message : String(error);
  return error instanceof DamagedFileError
    ? {
        title,
        content: `A file of the program is missing or damaged, so no estimate could be trusted.\n\n${detail}\n\nInstall the program again; what you have saved stays.`,
      }
    : {
        title,
        content: `${detail}\n\nIf it happens again, install the program again; what you have saved stays.`,
      };
}
