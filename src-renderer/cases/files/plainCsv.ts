import { CsvError, parse } from "csv-parse/browser/esm/sync";
import { stringify } from "csv-stringify/browser/esm/sync";
import type { CellTrouble, NotInCsv } from "../../../src-main/words/caseFiles.ts";
import { bytesOf } from "../../export/csv.ts";
import { CONTENT_VERSION, ContentError, readContent } from "../content.ts";
import type { Bytes } from "../store/record.ts";
import { ID } from "../store/record.ts";
import {
  allowedIn,
  cellsOf,
  COLUMNS,
  columnOf,
  contentOf,
  isColumn,
  lineColumns,
  readTime,
} from "./csvColumns.ts";
import type { ImportedCase } from "./importedCase.ts";
import { isTime } from "./importedCase.ts";
import { inChunks } from "../inChunks.ts";
import { readText } from "./readText.ts";
import { whatIs } from "./sniff.ts";
import type { Limits } from "./trouble.ts";
import { checkCount, checkSize, FileTrouble, LIMITS } from "./trouble.ts";

/** What is lost on the way through a CSV; the export says so. */
export const NOT_IN_CSV = ["estimates", "comparison", "unused-alp"] as const satisfies readonly NotInCsv[];

/** Characters of one row: all texts of a case as long as they may be. Beyond, a quotation mark was not closed. */
const ROW_LIMIT = 1_000_000;
/** As many cells as are named in one message. */
const NAMED = 20;

/** Cases as a table, a row each, for spreadsheets. */
export function writePlainCsv(cases: readonly ImportedCase[]): Bytes {
  const lines = Math.max(0, ...cases.map(({ content }) => content.followUp?.laterLines.length ?? 0));
  const columns = [...COLUMNS, ...lineColumns(lines)];
  const rows = cases.map((each) => {
    const cells = cellsOf(each);
    return columns.map((column) => guarded(cells[column] ?? ""));
  });
  // Notes have line breaks of every kind, and any of them would end the row for somebody.
  return bytesOf(
    stringify([columns, ...rows], { record_delimiter: "windows", quote_record_delimiter: true }),
  );
}

/**
 * SECURITY: a spreadsheet takes text that begins like a formula for one, and runs it; an apostrophe in front stops it.
 * Text that begins with apostrophes and then like a formula gets one more, so that taking one off gives back what was
 * written: csv-stringify's own guard does not tell the two apart.
 */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
const unguarded = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/**
 * Reads all cases of a table, or none. Cells are taken as they stand, nothing is trimmed. A row without id is a new
 * case, and what is not in the table is not known.
 *
 * @throws FileTrouble
 */
export async function readPlainCsv(
  bytes: Bytes,
  { now, newId, limits = LIMITS }: { now: number; newId: () => string; limits?: Limits },
): Promise<ImportedCase[]> {
  checkSize(bytes, limits);
  const found = whatIs(bytes);
  if (found !== "csv" && found !== "text") throw new FileTrouble({ code: "foreign", found });
  const text = readText(bytes);
  if (text.trim() === "") throw new FileTrouble({ code: "empty" });
  if (!headerOf(text).split(/\W+/).some(isColumn)) throw new FileTrouble({ code: "foreign", found });
  const [header, ...rows] = rowsOf(text, limits);
  checkHeader(header!.cells);
  checkCount(rows.length, limits);

  const troubles: CellTrouble[] = [];
  const cases = await inChunks(rows, (row) => {
    const read = readRow(header!.cells, row, { now, newId });
    if ("column" in read) troubles.push(read);
    return read;
  });
  if (troubles.length > 0) {
    throw new FileTrouble({ code: "csv-cells", count: troubles.length, cells: troubles.slice(0, NAMED) });
  }
  const whole = cases.filter((each) => "content" in each);
  checkIds(whole, rows);
  return whole;
}

interface Row {
  cells: string[];
  /** where it begins */
  line: number;
}

/** @throws FileTrouble */
function rowsOf(text: string, limits: Limits): Row[] {
  let last = { line: 0, width: 0 };
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: ROW_LIMIT,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines, records }) => {
        // The header is one of them. Counted at once: a file of nothing but line breaks would take all memory.
        if (records > limits.records + 1) {
          throw new FileTrouble({ code: "too-many", records: records - 1, limit: limits.records });
        }
        const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
        last = { line: lines, width: cells.length };
        // The declared type wants cells back; the parser passes on whatever it is given.
        return { cells: cells.map(unguarded), line: lines - breaks } as unknown as string[];
      },
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw troubleOf(error, last);
  }
}

/** @param last the last complete row: a quotation mark is missing from the next one on */
function troubleOf(error: CsvError, last: { line: number; width: number }): unknown {
  const line = Number(error["lines"]);
  switch (error.code) {
    case "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH": {
      const found = (error["record"] as string[]).length;
      return new FileTrouble({ code: "csv-ragged", line, expected: last.width, found });
    }
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return new FileTrouble({ code: "csv-stray-quote", line });
    case "CSV_QUOTE_NOT_CLOSED":
      return new FileTrouble({ code: "csv-unclosed-quote", line: last.line + 1 });
    case "CSV_MAX_RECORD_SIZE":
      return new FileTrouble({ code: "csv-row-too-long", line: last.line + 1, limit: ROW_LIMIT });
    default:
      return error;
  }
}

const headerOf = (text: string): string => text.trimStart().split(/[\r\n]/, 1)[0]!;

/** The delimiter that the header uses most: spreadsheets write what their country does. */
function delimiterOf(text: string): string {
  const header = headerOf(text).replace(/"[^"]*"/g, "");
  const uses = (delimiter: string): number => header.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, other) => (uses(other) > uses(best) ? other : best));
}

function checkHeader(columns: readonly string[]): void {
  const unknown = columns.filter((column) => !isColumn(column));
  if (unknown.length > 0) {
    throw new FileTrouble({ code: "csv-unknown-columns", columns: unknown.slice(0, NAMED) });
  }
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw new FileTrouble({ code: "csv-duplicate-column", column: twice });
}

/** A row as a case, or the first cell that is not allowed. */
function readRow(
  columns: readonly string[],
  { cells, line }: Row,
  { now, newId }: { now: number; newId: () => string },
): ImportedCase | CellTrouble {
  const given = new Map(columns.map((column, i) => [column, cells[i]!]));
  const cell = (column: string): string => given.get(column) ?? "";
  const not = (column: string): CellTrouble => ({
    ...{ line, column, value: cell(column) },
    allowed: allowedIn(column),
  });
  const changedAt = readTime(cell("changed"), now);
  const deletedAt = readTime(cell("binned"), 0);
  if (cell("id") !== "" && !ID.test(cell("id"))) return not("id");
  if (!isTime(changedAt)) return not("changed");
  if (!isTime(deletedAt)) return not("binned");
  const raw = contentOf(cell, now);
  if ("column" in raw) return { ...not(raw.column), ...(raw.allowed ? { allowed: raw.allowed } : {}) };
  try {
    const content = readContent(raw.content, CONTENT_VERSION);
    return { id: cell("id") || newId(), revision: 0, changedAt, deletedAt, content };
  } catch (error) {
    if (!(error instanceof ContentError) || error.field === null) throw error;
    return not(columnOf(error.field));
  }
}

function checkIds(cases: readonly ImportedCase[], rows: readonly Row[]): void {
  const lines = new Map<string, number>();
  cases.forEach(({ id }, i) => {
    const { line } = rows[i]!;
    const first = lines.get(id);
    if (first !== undefined) throw new FileTrouble({ code: "duplicate-record", id, line, first });
    lines.set(id, line);
  });
}
