import type { OpenRefusal } from "../api/contract.ts";
import type { FoundInFile } from "./caseFiles.ts";
import { number } from "./format.ts";
import { LOCALE, plural } from "./locale.ts";
import { valueWords } from "./problems.ts";

/** What is said about files that a user opens: by double click, by dragging, or by choosing one. */

/** Where in a file of a board: a field of it, or of the case at a place that counts from 1. */
interface Where {
  field: string;
  place: number | null;
}

/** Why nothing of a file comes onto the board, as a code and its facts. */
export type BoardFileTrouble =
  | { code: "empty" }
  | { code: "no-cases" }
  | { code: "too-large"; bytes: number; limit: number }
  | { code: "too-many"; cases: number; limit: number }
  | { code: "foreign"; found: FoundInFile }
  | { code: "newer"; version: number; newest: number }
  | { code: "not-utf-8" }
  | { code: "not-json"; reason: string }
  | { code: "hostile"; name: string }
  | { code: "too-deep"; limit: number }
  | ({ code: "twice" | "missing" | "unknown-field" } & Where)
  | ({ code: "too-long"; length: number; longest: number } & Where)
  | ({ code: "field"; value: unknown } & Where);

const NBSP = "\u00a0";
const counted = (count: number, one: string, other: string): string =>
  `${number(count)}${NBSP}${plural.select(count) === "one" ? one : other}`;
const megabytes = (bytes: number): string => `${number(Math.ceil(bytes / 1024 / 1024))}${NBSP}MB`;
const day = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "short" });

const where = ({ field, place }: Where): string =>
  place === null ? field : `${field} of case ${number(place)}`;

const FOUND: Record<FoundInFile, string> = {
  "case-file": "an encrypted file of cases; import it in Cases",
  "plain-json": "a plain JSON file of cases; import it in Cases",
  board: "a board",
  csv: "a CSV table; cases in CSV are imported in Cases",
  pdf: "a PDF document",
  picture: "a picture",
  archive: "an archive or an Office document",
  "utf-16": "text in UTF-16; save it as UTF-8",
  binary: "not text",
  json: "JSON of another program",
  text: "text of another kind",
};

const TROUBLES: {
  [K in BoardFileTrouble["code"]]: (trouble: Extract<BoardFileTrouble, { code: K }>) => string;
} = {
  empty: () => "the file is empty. Choose another copy of it.",
  "no-cases": () => "the file has no cases.",
  "too-large": ({ bytes, limit }) =>
    `the file has ${megabytes(bytes)}; a board has at most ${megabytes(limit)}.`,
  "too-many": ({ cases, limit }) =>
    `it would have ${counted(cases, "case", "cases")}; the file of a board has at most ${number(limit)}. Split it in two.`,
  foreign: ({ found }) => `no board can be read from this file: it is ${FOUND[found]}.`,
  newer: ({ version, newest }) =>
    `the file was made by a newer version of this program (format ${number(version)}; this one reads up to ${number(newest)}). Update the program, then open it again.`,
  "not-utf-8": () => "the text is not in UTF-8. Choose another copy, or save it as UTF-8.",
  "not-json": ({ reason }) =>
    `the file is not whole JSON (${reason}). Choose another copy, or save the board again.`,
  hostile: ({ name }) =>
    `the file holds the name ${valueWords(name)}, which no board has. Do not use this file.`,
  "too-deep": ({ limit }) =>
    `the file is nested more than ${number(limit)} deep, which no board is. Do not use this file.`,
  twice: (at) => `${where(at)} stands there twice. Remove one of the two, or save the board again.`,
  missing: (at) => `${where(at)} is missing. Save the board again.`,
  "unknown-field": (at) => `${where(at)} is not a field of a board. Remove it, or save the board again.`,
  "too-long": ({ length, longest, ...at }) =>
    `${where(at)} has ${number(length)} characters; at most ${number(longest)} are read. Shorten it.`,
  field: ({ value, ...at }) =>
    `${where(at)} cannot be ${valueWords(value)}. Correct it, or save the board again.`,
};

/** A trouble as one sentence that names the file and what to do. */
export const boardFileTroubleWords = (file: string, trouble: BoardFileTrouble): string =>
  `“${file}”: ${(TROUBLES[trouble.code] as (trouble: BoardFileTrouble) => string)(trouble)}`;

export const opened = {
  /** over the whole window, while a file is dragged over it */
  drop: "Open cases or a board",
  dropHint:
    "Encrypted cases (.hgnencases) or a board (.nenboard). Nothing of yours is replaced before you say so.",
  close: "Close",
  /** where nothing was opened, and why */
  notOpened: "Nothing was opened",
  several: (count: number) =>
    `${counted(count, "file", "files")} were dropped. Open one at a time; none was opened.`,
  folder: (name: string) =>
    `“${name}” is a folder. Open a file of cases (.hgnencases) or a board (.nenboard).`,
  nothing: "What was dropped is no file of this computer. Save it first, then open it.",
  foreign: (name: string, found: FoundInFile) =>
    `“${name}” is neither cases nor a board of this program: it is ${FOUND[found]}.`,
  unreadable: (name: string, reason: string) =>
    `“${name}” cannot be read. Is it still there? Technical reason: ${reason}`,
  empty: (name: string) => `“${name}” is empty. Choose another copy of it.`,
  notAsked: (reason: string) => `No file could be asked for. Technical reason: ${reason}`,
  notSaved: "The board was not saved",
  refused: {
    ending: (name: string) =>
      `“${name}” is not a file of this program. It opens cases (.hgnencases) and boards (.nenboard).`,
    "no-file": (name: string) => `“${name}” is not there any more, or it is no file.`,
    "too-large": (name: string) => `“${name}” is larger than any file of this program. Choose another copy.`,
    "no-permission": (name: string) => `“${name}” may not be read: you have no right to open it.`,
    "in-use": (name: string) => `“${name}” is in use by another program. Close it there, then open it again.`,
    other: (name: string, reason: string) =>
      `“${name}” could not be opened: the system refused it. Technical reason: ${reason}`,
  } satisfies Record<OpenRefusal, (name: string, reason: string) => string>,

  /** a file that is opened while slides are shown; only the presenter reads it, and the file's name may be a label */
  waits: "A file that you opened waits until the slides are closed.",
  /** above the lock, or above the questions before a store is there */
  waitsForCases: (name: string) => `“${name}” waits. It is read as soon as the cases are open.`,
  waitsForImport: (name: string) => `“${name}” waits to be imported.`,
  toImport: "Import it",
  forget: "Do not open it",

  /** the file of a board, and a board with cases */
  board: {
    title: (name: string) => `Open “${name}”?`,
    facts: (cases: number, made: number) =>
      `It has ${counted(cases, "case", "cases")} and was saved on ${day.format(made)}.`,
    here: (cases: number) =>
      `On the board ${plural.select(cases) === "one" ? "is" : "are"} ${counted(cases, "case", "cases")} already.`,
    undo: "Either can be undone on the Board.",
    add: "Add to the board",
    replace: (cases: number) => `Replace the ${counted(cases, "case", "cases")}`,
    cancel: "Cancel",
  },

  diagnostics: {
    title: "Diagnostics",
    text: "What the program knows of itself and of this computer, for a report to whoever looks after it. Nothing of any patient is in it: no case, no label, no name of a file. This is the whole text that is copied.",
    label: "Text of the diagnostics",
    copy: "Copy",
    copied: "Copied.",
    byHand: "The clipboard is closed to the program. The text is selected: press Ctrl + C, or ⌘ + C.",
    none: (reason: string) => `There are no diagnostics. Technical reason: ${reason}`,
    close: "Close",
  },
} as const;
