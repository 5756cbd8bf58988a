import { number } from "./format.ts";
import { conjunction, disjunction, plural as pluralOf } from "./locale.ts";
import { valueWords } from "./problems.ts";

/** What is said about files of cases: encrypted ones, plain JSON and CSV. */

/** What a file turned out to be. */
export type FoundInFile =
  | "case-file"
  | "plain-json"
  | "board"
  | "csv"
  | "pdf"
  | "picture"
  | "archive"
  | "utf-16"
  | "binary"
  | "json"
  | "text";

/** What a cell of a CSV may hold. */
export type AllowedInCell =
  | { kind: "levels"; levels: readonly string[]; orEmpty: boolean }
  | { kind: "text"; longest: number }
  | { kind: "tags"; longest: number; most: number }
  | { kind: "day" }
  | { kind: "time" }
  | { kind: "number" }
  | { kind: "count"; most: number }
  | { kind: "id" }
  | { kind: "alp" };

/** A cell that holds something else; lines count from 1, the header's too. */
export interface CellTrouble {
  line: number;
  column: string;
  value: string;
  allowed: AllowedInCell;
}

/** Why nothing of a file can be taken in, as a code and its facts. Lines and places count from 1. */
export type CaseFileTrouble =
  | { code: "empty" }
  | { code: "too-large"; bytes: number; limit: number }
  | { code: "too-many"; records: number; limit: number }
  | { code: "foreign"; found: FoundInFile }
  | { code: "newer"; version: number; newest: number }
  | { code: "not-opened" }
  | { code: "cut-short" }
  | { code: "no-header" }
  | { code: "header-damaged" }
  | { code: "header-hostile"; name: string }
  | { code: "header-field"; field: string; value: unknown }
  | { code: "rewritten" }
  | { code: "appended"; line: number }
  | { code: "count"; found: number; stated: number }
  | { code: "duplicate-record"; id: string; line: number; first: number }
  | { code: "duplicate-case"; id: string; place: number; first: number }
  | { code: "not-utf-8" }
  | { code: "json-invalid"; reason: string }
  | { code: "json-hostile"; name: string }
  | { code: "json-too-deep"; limit: number }
  | { code: "json-field"; field: string; value: unknown }
  | { code: "json-case"; place: number; id: string; field: string | null }
  | { code: "json-case-newer"; place: number; id: string; version: number; newest: number }
  | { code: "csv-unknown-columns"; columns: readonly string[] }
  | { code: "csv-duplicate-column"; column: string }
  | { code: "csv-ragged"; line: number; expected: number; found: number }
  | { code: "csv-stray-quote"; line: number }
  | { code: "csv-unclosed-quote"; line: number }
  | { code: "csv-row-too-long"; line: number; limit: number }
  | { code: "csv-cells"; count: number; cells: readonly CellTrouble[] };

/** What is wrong with one line of an encrypted file, while the others are read. */
export type DamageReason =
  /** the first line; its copy in the last one is whole */
  | "header"
  /** the last line */
  | "end"
  /** the bytes are not those whose sum they state */
  | "bytes"
  /** a line ends in the middle, because the file does */
  | "cut"
  /** the line break between two records, which are both whole */
  | "line-break"
  /** the sums are right, and the key does not open it: it was changed on purpose */
  | "tampered"
  | "newer"
  | "not-json"
  | "hostile"
  | "too-deep"
  | "shape";

export interface DamagedLine {
  line: number;
  /** as far as it can be read: the damage may be in it */
  id: string | null;
  reason: DamageReason;
  /** where in the record, as "followUp.start" */
  field: string | null;
}

/** What a CSV cannot carry. */
export type NotInCsv = "estimates" | "comparison" | "unused-alp";

const counted = (count: number, one: string, many: string): string =>
  `${number(count)}\u00a0${pluralOf.select(count) === "one" ? one : many}`;
const megabytes = (bytes: number): string => `${number(Math.ceil(bytes / 1024 / 1024))}\u00a0MB`;

const FOUND: Record<FoundInFile, string> = {
  "case-file": "an encrypted file of cases; open it as such, with its passphrase",
  "plain-json": "a plain JSON file of cases; open it as such",
  board: "a board; open it in the room Board",
  csv: "a CSV table of cases; open it as such",
  pdf: "a PDF document",
  picture: "a picture",
  archive: "an archive or an Office document; unpack it, or save a workbook as CSV in UTF-8",
  "utf-16": "text in UTF-16; save it as UTF-8",
  binary: "not text",
  json: "JSON of another program",
  text: "text of another kind",
};

const TROUBLES: {
  [K in CaseFileTrouble["code"]]: (trouble: Extract<CaseFileTrouble, { code: K }>) => string;
} = {
  empty: () => "the file is empty. Choose another copy of it.",
  "too-large": ({ bytes, limit }) =>
    `the file has ${megabytes(bytes)}; at most ${megabytes(limit)} are read. Export fewer cases at a time.`,
  "too-many": ({ records, limit }) =>
    `the file has ${counted(records, "record", "records")}; at most ${number(limit)} are read. Export fewer cases at a time.`,
  foreign: ({ found }) => `no cases can be read from this file: it is ${FOUND[found]}.`,
  newer: ({ version, newest }) =>
    `the file was made by a newer version of this program (format ${number(version)}; this one reads up to ${number(newest)}). Update the program, then open it again.`,
  "not-opened": () =>
    "the passphrase does not open the file. Check capitals and the keyboard's language, then try again.",
  "cut-short": () =>
    "the file ends within its first line, and nothing in it can be read. Choose another copy.",
  "no-header": () =>
    "the lines that hold the file's key are missing, and without them no record opens. Choose another copy.",
  "header-damaged": () =>
    "the first line and its copy in the last one are both damaged, and without them no record opens. Choose another copy.",
  "header-hostile": ({ name }) =>
    `the first line holds the name ${valueWords(name)}, which no file of this program has. Do not use this file.`,
  "header-field": ({ field, value }) =>
    `${field} in the first line cannot be ${valueWords(value)}. Do not use this file; export the cases again.`,
  rewritten: () =>
    "another program has changed the file's line breaks or put a mark in front. Copy it again, unchanged.",
  appended: ({ line }) =>
    `more follows in line ${number(line)}, after the file's end. Choose a copy to which nothing was added.`,
  count: ({ found, stated }) =>
    `the file has ${counted(found, "record", "records")} and says that it has ${number(stated)}: lines were taken out or put in. Choose another copy.`,
  "duplicate-record": ({ id, line, first }) =>
    `line ${number(line)} holds the record ${id} once more, after line ${number(first)}. Choose another copy.`,
  "duplicate-case": ({ id, place, first }) =>
    `case ${number(place)} has the id ${id}, which case ${number(first)} has already. Remove one of the two.`,
  "not-utf-8": () => "the text is not in UTF-8. Save the file as UTF-8, in a spreadsheet as “CSV UTF-8”.",
  "json-invalid": ({ reason }) =>
    `the file is not whole JSON (${reason}). Choose another copy, or export the cases again.`,
  "json-hostile": ({ name }) =>
    `the file holds the name ${valueWords(name)}, which no case has. Do not use this file.`,
  "json-too-deep": ({ limit }) =>
    `the file is nested more than ${number(limit)} deep, which no case is. Do not use this file.`,
  "json-field": ({ field, value }) =>
    `${field} cannot be ${valueWords(value)}. Correct it, or export the cases again.`,
  "json-case": ({ place, id, field }) =>
    `case ${number(place)} (${valueWords(id)}) is not a case of this program${field === null ? "" : `: see ${field}`}. Correct it, or export the cases again.`,
  "json-case-newer": ({ place, id, version, newest }) =>
    `case ${number(place)} (${valueWords(id)}) was saved by a newer version of this program (content ${number(version)}; this one reads up to ${number(newest)}). Update the program, then open it again.`,
  "csv-unknown-columns": ({ columns }) =>
    `${conjunction.format(columns.map(valueWords))} in line 1: no such column is known. Remove it or correct its name.`,
  "csv-duplicate-column": ({ column }) =>
    `the column ${valueWords(column)} stands twice in line 1. Remove one of the two.`,
  "csv-ragged": ({ line, expected, found }) =>
    `line ${number(line)} has ${counted(found, "cell", "cells")} where the header has ${number(expected)}. Add or remove delimiters.`,
  "csv-stray-quote": ({ line }) =>
    `line ${number(line)} has a quotation mark inside a cell. Put the cell in quotation marks and double the one inside.`,
  "csv-unclosed-quote": ({ line }) =>
    `a quotation mark that is opened in line ${number(line)} or below is never closed. Close it.`,
  "csv-row-too-long": ({ line, limit }) =>
    `the row that begins in line ${number(line)} is longer than ${number(limit)} characters. Is a quotation mark not closed?`,
  "csv-cells": ({ count, cells }) =>
    `${counted(count, "cell", "cells")} cannot be read, and nothing was taken in. ${cells.map(cellWords).join(" ")}`,
};

/** A trouble as one sentence that names the file and what to do; of a CSV's cells, one more for each. */
export const caseFileTroubleWords = (file: string, trouble: CaseFileTrouble): string =>
  `“${file}”: ${(TROUBLES[trouble.code] as (trouble: CaseFileTrouble) => string)(trouble)}`;

/** "Line 4, sex: "femal" is not allowed; allowed: female, male or nothing." */
export const cellWords = ({ line, column, value, allowed }: CellTrouble): string =>
  `Line ${number(line)}, ${column}: ${value === "" ? "empty" : valueWords(value)} is not allowed; allowed: ${allowedInCell(allowed)}.`;

function allowedInCell(allowed: AllowedInCell): string {
  switch (allowed.kind) {
    case "levels":
      return disjunction.format(allowed.orEmpty ? [...allowed.levels, "nothing"] : allowed.levels);
    case "text":
      return `text of up to ${counted(allowed.longest, "character", "characters")}`;
    case "tags":
      return `up to ${counted(allowed.most, "tag", "tags")} of up to ${counted(allowed.longest, "character", "characters")} each, with | between them`;
    case "day":
      return "a day as 2026-03-01, or nothing";
    case "time":
      return "a time as 2026-03-01T09:30:00.000Z, or nothing";
    case "number":
      return "a number with a decimal point, or nothing";
    case "count":
      return `a whole number from 0 to ${number(allowed.most)}, or nothing`;
    case "id":
      return "an id as the program gives it, or nothing for a new case";
    case "alp":
      return "nothing beside a measured value";
  }
}

const DAMAGES: Record<DamageReason, (record: string, field: string | null) => string> = {
  header: () => "the first line is damaged; its copy in the last line was used",
  end: () => "the last line is damaged, so nothing proves that the file is complete",
  bytes: (record) => `${record} is damaged on the way or on the disk, and cannot be read`,
  cut: (record) => `${record} is cut off where the file ends, and cannot be read`,
  "line-break": () => "a line break is damaged; the records before and after it are whole",
  tampered: (record) => `${record} was changed by somebody without the key, and is not used`,
  newer: (record) => `${record} was saved by a newer version of this program; update it to read the record`,
  "not-json": (record) => `${record} holds no JSON, and cannot be read`,
  hostile: (record, field) =>
    `${record} holds a name that no case has${field === null ? "" : ` (${valueWords(field)})`}, and is not used`,
  "too-deep": (record) => `${record} is nested deeper than any case, and is not used`,
  shape: (record, field) =>
    `${record} is not a case of this program${field === null ? "" : ` (see ${field})`}, and is not used`,
};

/** What is wrong with one line, as a sentence. */
export const damageWords = ({ line, id, reason, field }: DamagedLine): string =>
  `Line ${number(line)}: ${DAMAGES[reason](id === null ? "a record" : `record ${id}`, field)}.`;

/** What is said of a file that ends early. */
export const truncatedWords = (file: string, found: number): string =>
  `“${file}”: the file ends early, and how much is missing is not known. ${counted(found, "record", "records")} can be read.`;

const NOT_CARRIED: Record<NotInCsv, string> = {
  estimates: "saved estimates",
  comparison: "comparisons",
  "unused-alp": "measured ALP values that are typed but not chosen",
};

/** What is lost when cases are saved as CSV. */
export const notInCsvWords = (lacking: readonly NotInCsv[]): string =>
  `A CSV does not hold ${disjunction.format(lacking.map((each) => NOT_CARRIED[each]))}.`;
