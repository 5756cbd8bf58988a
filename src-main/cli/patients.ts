import type { CsvTable } from "./csvRows.ts";
import { PATIENT_COLUMNS, PLAIN_DIALECT, readCsv } from "./csvRows.ts";
import { readJson } from "./jsonRows.ts";
import type { TextInput } from "./textInput.ts";
import { CommandError } from "./trouble.ts";

/** The patients of a file, whatever it is written in. `columns` and `dialect` are the input's own, or the usual ones. */
export interface Patients extends CsvTable {
  kind: "patient" | "json" | "csv";
}

/**
 * Decides what a file is by its first character that is not blank, `{` and `[` being JSON, and reads it.
 *
 * @throws CommandError when it is not what the ending of its name says, or not readable as what it is
 */
export async function readPatients(input: TextInput): Promise<Patients> {
  const start = input.head.trimStart();
  const isJson = start.startsWith("{") || start.startsWith("[");
  const named = /\.(json|csv)$/i.exec(input.file)?.[1]?.toLowerCase();
  if (named !== undefined && (named === "json") !== isJson) {
    const line = input.head.slice(0, input.head.length - start.length).split("\n").length;
    throw new CommandError({
      code: "not-what-its-name-says",
      file: input.file,
      line,
      named: named as "json" | "csv",
    });
  }
  if (!isJson) return { kind: "csv", ...(await readCsv(input)) };
  return {
    kind: start.startsWith("{") ? "patient" : "json",
    columns: PATIENT_COLUMNS,
    dialect: PLAIN_DIALECT,
    rows: readJson(input),
  };
}
