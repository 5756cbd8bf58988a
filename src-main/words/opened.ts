import type { OpenRefusal } from "../api/contract.ts";
import type { FoundInFile } from "./caseFiles.ts";
import { number } from "./format.ts";
import { disjunction, LOCALE, plural } from "./locale.ts";
import { FIELDS, valueWords } from "./problems.ts";

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
  | ({ code: "field"; value: unknown; allowed: AllowedInFile } & Where);

/** What a field of a file may hold; null: more than can be said in a few words. */
export type AllowedInFile = readonly (string | number)[] | "text" | "yes-or-no" | null;

const NBSP = "\u00a0";
const counted = (count: number, one: string, other: string): string =>
  `${number(count)}${NBSP}${plural.select(count) === "one" ? one : other}`;
const megabytes = (bytes: number): string => `${number(Math.ceil(bytes / 1024 / 1024))}${NBSP}MB`;
const time = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeStyle: "short" });
const date = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long" });

/** What a file calls by other names than a request does, or what no request has. */
const NAMES: Readonly<Record<string, string>> = {
  ...FIELDS,
  age: FIELDS.ageYears,
  ki67: FIELDS.ki67Percent,
  alpValue: FIELDS["alp.value"],
  alpLimit: FIELDS["alp.upperLimit"],
  alpUnit: FIELDS["alp.unit"],
  label: "the label",
  draft: "the form",
  endpoint: "the endpoint",
  comparison: "the comparison",
  cases: "the list of cases",
  day: "the day of the board",
  scheme: "the colours of the slides",
  made: "the time at which it was saved",
  version: "the version of the file",
  appVersion: "the version of the program",
};

/** A field as the screen calls it; what the screen does not know is quoted, and cut when it is long. */
function where({ field, place }: Where): string {
  const [, compared, name] = /^(?:draft\.|(comparison\.)[ab](?:\.|$))?(.*)$/s.exec(field)!;
  const [, index] = /^cases\.(\d+)$/.exec(field) ?? [];
  if (index !== undefined) return `case ${number(Number(index) + 1)}`;
  const known = compared && name === "" ? NAMES["comparison"] : NAMES[name!];
  const said = known ?? valueWords(name);
  const within = compared && name !== "" ? `${said} in the comparison` : said;
  return place === null ? within : `${within} of case ${number(place)}`;
}

const technical = ({ field }: Where): string =>
  `Technical: ${field.length > 60 ? `${field.slice(0, 57)}…` : field}.`;
/** Nothing that the program itself writes is like that. */
const changed = (at: Where): string =>
  `The file was changed outside of this program; ask for it again. ${technical(at)}`;
const DAMAGED = "the file is damaged or incomplete. Ask for it again.";

function allowedInFile(allowed: AllowedInFile): string {
  if (allowed === null) return "";
  if (allowed === "text") return " (it is text)";
  if (allowed === "yes-or-no") return " (it is true or false)";
  const [first, last] = [allowed[0], allowed.at(-1)];
  // Levels that are numbers follow one another.
  return typeof first === "number" && first !== last
    ? ` (${number(first)} to ${number(last as number)})`
    : ` (${disjunction.format(allowed.map(String))})`;
}

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
  "not-utf-8": () => `${DAMAGED} Technical: its text is not in UTF-8.`,
  "not-json": ({ reason }) => `${DAMAGED} Technical: ${reason}.`,
  hostile: ({ name }) =>
    `the file holds the name ${valueWords(name)}, which no board has. Do not use this file.`,
  "too-deep": ({ limit }) =>
    `the file is nested more than ${number(limit)} deep, which no board is. Do not use this file.`,
  twice: (at) => `${where(at)} stands there twice. ${changed(at)}`,
  missing: (at) => `${where(at)} is missing. ${changed(at)}`,
  "unknown-field": (at) => `${where(at)} is not a field of a board. ${changed(at)}`,
  // Also of a board that is saved.
  "too-long": ({ length, longest, ...at }) =>
    `${where(at)} has ${number(length)} characters; at most ${number(longest)} are read. Shorten it, and save the board again. ${technical(at)}`,
  field: ({ value, allowed, ...at }) =>
    `${where(at)} cannot be ${valueWords(value)}${allowedInFile(allowed)}. ${changed(at)}`,
};

/** A trouble as one sentence that names the file and what to do. */
export const boardFileTroubleWords = (file: string, trouble: BoardFileTrouble): string =>
  `“${file}”: ${(TROUBLES[trouble.code] as (trouble: BoardFileTrouble) => string)(trouble)}`;

const among = (same: number, of: number): string => {
  if (same === of) return of === 1 ? "the one in the file is" : `all ${number(of)} in the file are`;
  return `${number(same)} of the ${number(of)} in the file ${plural.select(same) === "one" ? "is" : "are"}`;
};

export const opened = {
  /** over the whole window, while a file is dragged over it */
  drop: "Drop the file to open it",
  dropHint: "You are asked before anything is replaced.",
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
  oneAtATime: (name: string, waiting: string) =>
    `“${name}” was left: “${waiting}” is still waiting. Open it again when that one is imported or put away.`,
  notAsked: (reason: string) => `No file could be asked for. Technical reason: ${reason}`,
  notSaved: "The board was not saved",
  refused: {
    ending: (name: string) =>
      `“${name}” is not a file of this program. It opens cases (.hgnencases) and boards (.nenboard).`,
    "no-file": (name: string) => `“${name}” is not there any more, or it is no file.`,
    "too-large": (name: string) => `“${name}” is larger than any file of this program. Choose another copy.`,
    "no-permission": (name: string) => `“${name}” may not be read: you have no right to open it.`,
    "in-use": (name: string) => `“${name}” is in use by another program. Close it there, then open it again.`,
    declined: (name: string) =>
      `“${name}” lies on another computer, and you have said no to files from there. Choose it with “Open…” if you want it all the same.`,
    other: (name: string, reason: string) =>
      `“${name}” could not be opened: the system refused it. Technical reason: ${reason}`,
  } satisfies Record<OpenRefusal, (name: string, reason: string) => string>,

  /** a file that is opened while slides are shown; only the presenter reads it, and the file's name may be a label */
  waits: "A file that you opened waits until you end the slides.",
  /** above the lock, or above the questions before a store is there */
  waitsForCases: (name: string) => `“${name}” waits until the cases are open.`,
  /** above the questions, where the file can be the beginning of a store */
  ready: (name: string) => `“${name}” is ready.`,
  restoreHere: "Restore it here",
  orStart: "· or start below and import it.",
  waitsForImport: (name: string) => `“${name}” waits to be imported.`,
  toImport: "Import it",
  forget: "Do not open it",

  /** the file of a board, and a board with cases */
  board: {
    title: (name: string) => `Open “${name}”?`,
    /** `day`, of the board that was prepared, as 2026-11-24; null: none was */
    facts: (cases: number, day: string | null, made: number) =>
      `It has ${counted(cases, "case", "cases")}${day === null ? "" : `, for the board of ${date.format(new Date(`${day}T00:00`))}`}; saved ${time.format(made)}.`,
    /** `same` of the `of` cases of the file are on the board, whatever their labels are */
    here: (cases: number, same: number, of: number) =>
      `The board here already has ${counted(cases, "case", "cases")}${same === 0 ? "" : `; ${among(same, of)} among them`}.`,
    undo: (day: string | null) =>
      `Replacing also takes over its ${day === null ? "colours, with today’s date" : "date and colours"}. Adding or replacing can be undone on the Board.`,
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
