import type { AllowedInCell } from "../../../src-main/words/caseFiles.ts";
import {
  ALP_LABEL,
  ENDPOINT_LABEL,
  FIRST_LINE_LABEL,
  SETTING_LABEL,
  SEX_LABEL,
  SITE_LABEL,
  TUMOUR_LABEL,
} from "../../../src-main/words/labels.ts";
import { LABEL_LENGTH, LATEST_TIME, MOST_TAGS, NOTE_LENGTH, TAG_LENGTH, TYPED_LENGTH } from "../content.ts";
import { timeOfDay } from "../days.ts";
import {
  BEST_RESPONSES,
  CGA_STAININGS,
  DAY_LENGTH,
  DEATH_CAUSES,
  FDG_UPTAKES,
  LDH_LEVELS,
  METASTATIC_SITES,
  MORPHOLOGIES,
  REGIMEN_LENGTH,
  SRI_UPTAKES,
  SYMPTOM_GRADES,
  MOST_LATER_LINES,
} from "../followUp/followUp.ts";
import { isDay, readDay } from "../followUp/followUpDates.ts";
import type { ImportedCase } from "./importedCase.ts";

/**
 * What stands where in a table of cases. The patient's columns have the names and levels of the command line's; numbers
 * stay as they were typed.
 */
interface Column {
  /** where in the content, as an error names it; the facts of a record stand beside it */
  field: string;
  allowed: AllowedInCell;
}

const text = (field: string, longest: number): Column => ({ field, allowed: { kind: "text", longest } });
const levels = (field: string, of: readonly (string | number)[], orEmpty = true): Column => ({
  field,
  allowed: { kind: "levels", levels: of.map(String), orEmpty },
});
const YES = ["true"];
const YES_OR_NO = ["true", "false"];

const TABLE: Readonly<Record<string, Column>> = {
  id: { field: "id", allowed: { kind: "id" } },
  label: text("label", LABEL_LENGTH),
  tags: { field: "tags", allowed: { kind: "tags", longest: TAG_LENGTH, most: MOST_TAGS } },
  tumour: levels("draft.tumour", Object.keys(TUMOUR_LABEL)),
  ageYears: text("draft.age", TYPED_LENGTH),
  ecogPs: levels("draft.ecogPs", [0, 1, 2, 3, 4]),
  sex: levels("draft.sex", Object.keys(SEX_LABEL)),
  ki67Percent: text("draft.ki67", TYPED_LENGTH),
  alp: levels("draft.alp", Object.keys(ALP_LABEL)),
  alpValue: text("draft.alpValue", TYPED_LENGTH),
  alpUpperLimit: text("draft.alpLimit", TYPED_LENGTH),
  alpUnit: levels("draft.alpUnit", ["U/L", "\u00b5kat/L"]),
  primarySite: levels("draft.primarySite", Object.keys(SITE_LABEL)),
  firstLine: levels("draft.firstLine", Object.keys(FIRST_LINE_LABEL)),
  setting: levels("draft.setting", Object.keys(SETTING_LABEL)),
  mixed: levels("draft.mixed", YES_OR_NO),
  endpoint: levels("endpoint", Object.keys(ENDPOINT_LABEL)),
  note: text("note", NOTE_LENGTH),
  boardDay: { field: "board.day", allowed: { kind: "day" } },
  boardPlace: { field: "board.place", allowed: { kind: "number" } },
  followUp: levels("followUp", YES),
  ldh: levels("followUp.baseline.ldh", LDH_LEVELS),
  metastaticSites: levels("followUp.baseline.metastaticSites", METASTATIC_SITES),
  sri: levels("followUp.baseline.sri", SRI_UPTAKES),
  fdg: levels("followUp.baseline.fdg", FDG_UPTAKES),
  morphology: levels("followUp.baseline.morphology", MORPHOLOGIES),
  cga: levels("followUp.baseline.cga", CGA_STAININGS),
  pain: levels("followUp.baseline.pain", SYMPTOM_GRADES),
  weightLoss: levels("followUp.baseline.weightLoss", SYMPTOM_GRADES),
  anorexia: levels("followUp.baseline.anorexia", SYMPTOM_GRADES),
  regimen: text("followUp.regimen", REGIMEN_LENGTH),
  start: text("followUp.start", DAY_LENGTH),
  bestResponse: levels("followUp.bestResponse", BEST_RESPONSES),
  stoppedForToxicity: levels("followUp.stoppedForToxicity", YES_OR_NO),
  stop: text("followUp.stop", DAY_LENGTH),
  progression: text("followUp.progression", DAY_LENGTH),
  prrt: levels("followUp.prrt", YES),
  prrtStart: text("followUp.prrt.start", DAY_LENGTH),
  prrtEnd: text("followUp.prrt.end", DAY_LENGTH),
  deathDay: text("followUp.death.day", DAY_LENGTH),
  deathCause: levels("followUp.death.cause", DEATH_CAUSES, false),
  lastContact: text("followUp.lastContact", DAY_LENGTH),
  laterLines: { field: "followUp.laterLines", allowed: { kind: "count", most: MOST_LATER_LINES } },
  created: { field: "created", allowed: { kind: "time" } },
  changed: { field: "changedAt", allowed: { kind: "time" } },
  binned: { field: "deletedAt", allowed: { kind: "time" } },
};

/** Every column but those of later lines. */
export const COLUMNS: readonly string[] = Object.keys(TABLE);
const FOLLOW_UP_COLUMNS = COLUMNS.filter((column) => TABLE[column]!.field.startsWith("followUp"));

/** `line2Regimen`, `line2Start`, `line2Progression`, `line3Regimen`, …: the second line of treatment and those after it. */
export const lineColumns = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => LINE_PARTS.map(([part]) => `line${i + 2}${part}`)).flat();
const LINE_PARTS = [
  ["Regimen", "regimen", REGIMEN_LENGTH],
  ["Start", "start", DAY_LENGTH],
  ["Progression", "progression", DAY_LENGTH],
] as const;
const LINE_COLUMNS = new Set(lineColumns(MOST_LATER_LINES));

export const isColumn = (name: string): boolean => Object.hasOwn(TABLE, name) || LINE_COLUMNS.has(name);

export function allowedIn(column: string): AllowedInCell {
  const known = TABLE[column]?.allowed;
  if (known) return known;
  const longest = LINE_PARTS.find(([part]) => column.endsWith(part))![2];
  return { kind: "text", longest };
}

/** The column that holds a field of the content. */
export function columnOf(field: string): string {
  const [, place, name] = /^followUp\.laterLines\.(\d+)\.(\w+)$/.exec(field) ?? [];
  if (place !== undefined) {
    return `line${Number(place) + 2}${LINE_PARTS.find(([, part]) => part === name)![0]}`;
  }
  // Of a field within another one, the table has the inner one later.
  return COLUMNS.findLast((column) => `${field}.`.startsWith(`${TABLE[column]!.field}.`))!;
}

/** A case as the cells of its row. */
export function cellsOf({ id, changedAt, deletedAt, content }: ImportedCase): Record<string, string> {
  const { label, tags, note, draft, endpoint, board, created, followUp } = content;
  const measured = draft.alp === "measured";
  const cells: Record<string, string> = {
    ...{ id, label, tags: joined(tags), note, endpoint },
    tumour: draft.tumour ?? "",
    ageYears: draft.age,
    ecogPs: textOf(draft.ecogPs),
    sex: draft.sex ?? "",
    ki67Percent: draft.ki67,
    // The command line knows a level or a measurement, and refuses both.
    alp: measured ? "" : draft.alp,
    alpValue: measured ? draft.alpValue : "",
    alpUpperLimit: measured ? draft.alpLimit : "",
    alpUnit: measured ? draft.alpUnit : "",
    primarySite: draft.primarySite ?? "",
    firstLine: draft.firstLine ?? "",
    setting: draft.setting,
    mixed: String(draft.mixed),
    boardDay: board?.day ?? "",
    boardPlace: textOf(board?.place),
    created: timeText(created),
    changed: timeText(changedAt),
    binned: deletedAt === 0 ? "" : timeText(deletedAt),
  };
  if (!followUp) return cells;
  const { baseline, laterLines, prrt, death } = followUp;
  followUp.laterLines.forEach((line, i) => {
    for (const [part, name] of LINE_PARTS) cells[`line${i + 2}${part}`] = line[name];
  });
  return {
    ...cells,
    followUp: "true",
    ldh: baseline.ldh ?? "",
    metastaticSites: joined(baseline.metastaticSites),
    sri: baseline.sri ?? "",
    fdg: baseline.fdg ?? "",
    morphology: baseline.morphology ?? "",
    cga: baseline.cga ?? "",
    pain: textOf(baseline.pain),
    weightLoss: textOf(baseline.weightLoss),
    anorexia: textOf(baseline.anorexia),
    regimen: followUp.regimen,
    start: followUp.start,
    bestResponse: followUp.bestResponse ?? "",
    stoppedForToxicity: textOf(followUp.stoppedForToxicity),
    stop: followUp.stop,
    progression: followUp.progression,
    prrt: prrt ? "true" : "",
    prrtStart: prrt?.start ?? "",
    prrtEnd: prrt?.end ?? "",
    deathDay: death?.day ?? "",
    deathCause: death?.cause ?? "",
    lastContact: followUp.lastContact,
    laterLines: laterLines.length === 0 ? "" : String(laterLines.length),
  };
}

/**
 * The content that a row's cells describe, still to be checked: what is in no type stays text, and is refused by its
 * field. Only what belongs to several cells is judged here, and named by its column.
 */
export function contentOf(
  cell: (column: string) => string,
  now: number,
): { content: unknown } | { column: string; allowed?: AllowedInCell } {
  const measured = ["alpValue", "alpUpperLimit", "alpUnit"].some((column) => cell(column) !== "");
  if (measured && cell("alp") !== "") return { column: "alp", allowed: { kind: "alp" } };
  const yes = ["followUp", "prrt"].find((column) => !/^(?:true)?$/i.test(cell(column)));
  if (yes) return { column: yes };
  if (!/^\d{0,3}$/.test(cell("laterLines"))) return { column: "laterLines" };
  const lines = linesOf(cell);
  const hasFollowUp = lines.length > 0 || FOLLOW_UP_COLUMNS.some((column) => cell(column) !== "");
  return {
    content: {
      label: cell("label"),
      tags: split(cell("tags")),
      note: cell("note"),
      draft: {
        tumour: orNull(cell("tumour")),
        age: cell("ageYears"),
        sex: orNull(cell("sex")),
        ecogPs: digitOf(cell("ecogPs")),
        ki67: cell("ki67Percent"),
        alp: measured ? "measured" : cell("alp") || "unknown",
        alpValue: cell("alpValue"),
        alpLimit: cell("alpUpperLimit"),
        // The Greek letter and the micro sign look the same: one unit.
        alpUnit: cell("alpUnit").replace("\u03bc", "\u00b5") || "U/L",
        primarySite: orNull(cell("primarySite")),
        firstLine: orNull(cell("firstLine")),
        setting: cell("setting") || "advanced",
        mixed: booleanOf(cell("mixed")) ?? false,
      },
      endpoint: cell("endpoint") || "os",
      comparison: null,
      board:
        cell("boardDay") === "" && cell("boardPlace") === ""
          ? null
          : // Spreadsheets write days as their country does.
            { day: readDay(cell("boardDay")), place: numberOf(cell("boardPlace")) },
      created: readTime(cell("created"), now),
      estimates: [],
      followUp: hasFollowUp ? followUpOf(cell, lines) : null,
    },
  };
}

function followUpOf(cell: (column: string) => string, laterLines: unknown[]): unknown {
  const [prrtStart, prrtEnd] = [cell("prrtStart"), cell("prrtEnd")];
  const [deathDay, deathCause] = [cell("deathDay"), cell("deathCause")];
  return {
    baseline: {
      ldh: orNull(cell("ldh")),
      metastaticSites: split(cell("metastaticSites")),
      sri: orNull(cell("sri")),
      fdg: orNull(cell("fdg")),
      morphology: orNull(cell("morphology")),
      cga: orNull(cell("cga")),
      pain: digitOf(cell("pain")),
      weightLoss: digitOf(cell("weightLoss")),
      anorexia: digitOf(cell("anorexia")),
    },
    regimen: cell("regimen"),
    start: cell("start"),
    bestResponse: orNull(cell("bestResponse")),
    stoppedForToxicity: booleanOf(cell("stoppedForToxicity")),
    stop: cell("stop"),
    progression: cell("progression"),
    laterLines,
    prrt: (cell("prrt") || prrtStart || prrtEnd) === "" ? null : { start: prrtStart, end: prrtEnd },
    death: (deathDay || deathCause) === "" ? null : { day: deathDay, cause: deathCause },
    lastContact: cell("lastContact"),
  };
}

/** As many as the table says there are, or as it has something of: a line of which nothing is recorded is one too. */
function linesOf(cell: (column: string) => string): Record<string, string>[] {
  const lines = Array.from({ length: MOST_LATER_LINES }, (_, i) =>
    Object.fromEntries(LINE_PARTS.map(([part, name]) => [name, cell(`line${i + 2}${part}`)])),
  );
  const recorded = 1 + lines.findLastIndex((line) => Object.values(line).some((text) => text !== ""));
  const count = Math.max(recorded, Number(cell("laterLines")));
  return Array.from({ length: count }, (_, i) => lines[i] ?? { regimen: "", start: "", progression: "" });
}

const orNull = (cell: string): string | null => (cell === "" ? null : cell);
const textOf = (value: number | boolean | null | undefined): string =>
  value === null || value === undefined ? "" : String(value);
const digitOf = (cell: string): number | string | null => (/^\d$/.test(cell) ? Number(cell) : orNull(cell));
/** Spreadsheets write TRUE and FALSE. */
const booleanOf = (cell: string): boolean | string | null =>
  /^(?:true|false)$/i.test(cell) ? cell.toLowerCase() === "true" : orNull(cell);
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/;
const numberOf = (cell: string): number | string =>
  cell === "" ? 0 : NUMBER.test(cell) ? Number(cell) : cell;

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;
/** ISO 8601 in UTC; beyond the year 9999, and where a clock was never right, the milliseconds themselves. */
function timeText(time: number): string {
  const iso = time <= LATEST_TIME ? new Date(time).toISOString() : "";
  return TIME.test(iso) ? iso : String(time);
}
/** Milliseconds since 1970, also of a day, as spreadsheets make of a time; NaN where it is no time. */
export function readTime(cell: string, otherwise: number): number {
  if (cell === "") return otherwise;
  if (/^\d{1,16}$/.test(cell)) return Number(cell);
  if (TIME.test(cell)) return Date.parse(cell);
  const day = readDay(cell);
  return isDay(day) ? timeOfDay(day) : NaN;
}

/** Several in one cell, with | between them; one inside, and a backslash, have a backslash in front. */
const joined = (parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[\\|]/g, "\\$&")).join("|");
function split(cell: string): string[] {
  if (cell === "") return [];
  const parts: string[] = [];
  let part = "";
  for (const [token] of cell.matchAll(/\\[\\|]|[^]/g)) {
    if (token === "|") {
      parts.push(part);
      part = "";
    } else part += token.length === 2 ? token.slice(1) : token;
  }
  return [...parts, part];
}
