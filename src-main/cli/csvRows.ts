import { Readable, pipeline } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Allowed, PatientField } from "../prognosis/patient.ts";
import { ALLOWED, PATIENT_FIELDS, REQUIRED_FIELDS } from "../prognosis/patient.ts";
import type { Row } from "./row.ts";
import type { TextInput } from "./textInput.ts";
import type { Trouble } from "./trouble.ts";
import { CommandError } from "./trouble.ts";

/** How a CSV file is written; results are written the same way. */
export interface Dialect {
  delimiter: "," | ";" | "\t";
  newline: "\n" | "\r\n" | "\r";
  byteOrderMark: boolean;
}

export const PLAIN_DIALECT: Dialect = { delimiter: ",", newline: "\n", byteOrderMark: false };

/** The columns of a measured ALP, and the part of the patient's `alp` that each holds. */
const MEASURED_ALP = { alpValue: "value", alpUpperLimit: "upperLimit", alpUnit: "unit" } as const;
type MeasuredColumn = keyof typeof MEASURED_ALP;

/** The column that is carried along unread. */
const ID_COLUMN = "id";

/** The columns that describe a patient, in the order of the contract. */
export const PATIENT_COLUMNS: readonly string[] = PATIENT_FIELDS.flatMap((field) =>
  field === "alp" ? [field, ...Object.keys(MEASURED_ALP)] : [field],
);
export const COLUMNS: readonly string[] = [ID_COLUMN, ...PATIENT_COLUMNS];

/** The column of a field as problems name it: "alp.upperLimit" stands in `alpUpperLimit`. */
export function columnOfField(field: string): string {
  const measured = Object.entries(MEASURED_ALP).find(([, part]) => field === `alp.${part}`);
  return measured ? measured[0] : field;
}

/** Characters of one row; beyond, a quotation mark was not closed, and the memory is worth more than the wait. */
const ROW_LIMIT = 100_000;

export interface CsvTable {
  dialect: Dialect;
  columns: readonly string[];
  rows: AsyncIterable<Row>;
}

/**
 * Reads a CSV file as it comes: the header now, the rows while they are asked for.
 *
 * Cells are taken exactly as they stand, nothing is trimmed. A line break inside a cell is refused: no field of a patient
 * holds one, and it is what an unclosed quotation mark looks like.
 *
 * @throws CommandError for a header that is not one; `rows` throws it for what is no CSV
 */
export async function readCsv(input: TextInput): Promise<CsvTable> {
  const dialect = dialectOf(input);
  const lines = records(input, dialect);
  const header = await lines.next();
  if (header.done) throw new CommandError({ code: "empty", file: input.file });
  const { cells: columns, line } = header.value;
  checkHeader(columns, line, input.file);
  return { dialect, columns, rows: rowsOf(lines, columns) };
}

/** The delimiter that the header uses most, and its line ending. */
function dialectOf({ head, byteOrderMark }: TextInput): Dialect {
  const [, header = "", newline] = /^([^\r\n]*)(\r\n|\n|\r)?/.exec(head.trimStart()) ?? [];
  const outsideQuotes = header.replace(/"[^"]*"/g, "");
  const uses = (delimiter: string): number => outsideQuotes.split(delimiter).length;
  const delimiter = ([",", ";", "\t"] as const).reduce((best, other) =>
    uses(other) > uses(best) ? other : best,
  );
  return { delimiter, newline: (newline as Dialect["newline"] | undefined) ?? "\n", byteOrderMark };
}

function checkHeader(columns: readonly string[], line: number, file: string): void {
  columns.forEach((column, i) => {
    if (!COLUMNS.includes(column)) {
      throw new CommandError({ code: "csv-unknown-column", file, line, column, allowed: COLUMNS });
    }
    if (columns.indexOf(column) !== i) {
      throw new CommandError({ code: "csv-duplicate-column", file, line, column });
    }
  });
  for (const column of REQUIRED_FIELDS) {
    if (!columns.includes(column)) throw new CommandError({ code: "csv-missing-column", file, line, column });
  }
}

interface CsvRecord {
  cells: string[];
  line: number;
}

/** The rows as cells, header first, none of them blank. */
async function* records(input: TextInput, dialect: Dialect): AsyncGenerator<CsvRecord, undefined> {
  const { file } = input;
  let line = 0;
  let width = 0;
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: ROW_LIMIT,
    skip_empty_lines: true,
    on_record: (cells: string[], { lines }) => {
      line = lines;
      width = cells.length;
      // The declared type wants cells back; the parser passes on whatever it is given.
      return { cells, line } as unknown as string[];
    },
  });
  // An error of either stream surfaces where the parser is read.
  pipeline(Readable.from(input.chunks), parser, () => undefined);
  try {
    for await (const record of parser as AsyncIterable<CsvRecord>) {
      const breaks = record.cells.reduce((sum, cell) => sum + (cell.match(/[\r\n]/g)?.length ?? 0), 0);
      if (breaks > 0) throw new CommandError({ code: "csv-line-break", file, line: record.line - breaks });
      yield record;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandError(troubleOf(error, file, { line, width }), { cause: error });
  }
  return undefined;
}

/** @param last the last complete row, its cells counted: a quotation mark is missing from the next one on */
function troubleOf(error: CsvError, file: string, last: { line: number; width: number }): Trouble {
  const line = Number(error["lines"]);
  switch (error.code) {
    case "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH": {
      const found = (error["record"] as string[]).length;
      return { code: "csv-ragged", file, line, expected: last.width, found };
    }
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return { code: "csv-stray-quote", file, line };
    case "CSV_QUOTE_NOT_CLOSED":
      return { code: "csv-unclosed-quote", file, line: last.line + 1 };
    case "CSV_MAX_RECORD_SIZE":
      return { code: "csv-too-long", file, line: last.line + 1, limit: ROW_LIMIT };
    default:
      throw error;
  }
}

async function* rowsOf(lines: AsyncIterable<CsvRecord>, columns: readonly string[]): AsyncGenerator<Row> {
  const idAt = columns.indexOf(ID_COLUMN);
  for await (const { cells, line } of lines) {
    yield { line, ...patientOf(columns, cells), cells, id: cells[idAt] ?? null };
  }
}

/** A patient from the cells of a row; an empty cell says nothing, as an absent field does. */
export function patientOf(
  columns: readonly string[],
  cells: readonly string[],
): Pick<Row, "patient" | "problems"> {
  const patient: Partial<Record<PatientField, unknown>> = {};
  const measured: Record<string, unknown> = {};
  columns.forEach((column, i) => {
    const text = cells[i]!;
    if (text === "" || column === ID_COLUMN) return;
    if (Object.hasOwn(MEASURED_ALP, column)) {
      const part = MEASURED_ALP[column as MeasuredColumn];
      measured[part] = part === "unit" ? text : numberOrText(text);
    } else patient[column as PatientField] = valueOf(text, ALLOWED[column as PatientField]);
  });
  if (Object.keys(measured).length === 0) return { patient, problems: [] };
  if (patient.alp === undefined) return { patient: { ...patient, alp: measured }, problems: [] };
  return { patient, problems: [{ code: "alp-twice", field: "alp", value: cells[columns.indexOf("alp")]! }] };
}

/** A cell in the type its field has, where it is written that way; otherwise as text, which the core then refuses. */
function valueOf(text: string, allowed: Allowed): unknown {
  if (allowed.kind === "number") return numberOrText(text);
  if (allowed.kind !== "levels") return text;
  const value = allowed.levels.every((level) => typeof level === "number") ? numberOrText(text) : text;
  return allowed.levels.find((level) => level === value || String(level) === text) ?? value;
}

/** A plain decimal: no sign but minus, no exponent, no thousands, no decimal comma, no blanks, no leading zeros. */
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const numberOrText = (text: string): number | string => (DECIMAL.test(text) ? Number(text) : text);

/** The inverse of {@link patientOf}: the cells that a patient from JSON would have had, valid or not. */
export function cellsOf(patient: unknown, columns: readonly string[]): string[] {
  const fields = isRecord(patient) ? patient : {};
  const alp = isRecord(fields["alp"]) ? fields["alp"] : null;
  return columns.map((column) => {
    if (Object.hasOwn(MEASURED_ALP, column)) return textOf(alp?.[MEASURED_ALP[column as MeasuredColumn]]);
    return column === "alp" && alp ? "" : textOf(fields[column]);
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Values from JSON: text as it is, anything else as JSON writes it. */
const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
