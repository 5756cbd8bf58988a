import type { Day, FollowUp } from "./followUp.ts";

/**
 * The dates of a case against the calendar and against one another. Nothing is refused: a problem stands beside its
 * field, and what was typed is kept.
 */

export type DateProblemCode =
  | "not-a-date"
  | "no-such-day"
  | "in-future"
  | "long-ago"
  | "before"
  | "later-lines-order"
  | "progression-after-next-line"
  | "line-before-stop"
  | "prrt-before-first-line"
  | "before-last-event"
  | "last-contact-not-death"
  | "without-start"
  | "pd-without-progression";

/** What the sentence names: a field and its day, and the field and day it does not agree with ("" where there is none). */
export interface DateFacts {
  field: string;
  day: Day;
  other: string;
  otherDay: Day;
}

export interface DateProblem {
  code: DateProblemCode;
  /** An error cannot be true; a remark is worth a second look. */
  severity: "error" | "remark";
  /** paths as "laterLines.1.start"; the words stand beside the first, all are marked */
  fields: string[];
  facts: DateFacts;
}

/** Before this, a date is rather a slip than a treatment. */
const EARLIEST: Day = "1990-01-01";
const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 365.25 / 12;

const WRITTEN: readonly [pattern: RegExp, order: "ymd" | "dmy"][] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, "ymd"],
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, "ymd"],
  [/^(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?$/, "ymd"],
  [/^((?:19|20)\d{2})(\d{2})(\d{2})$/, "ymd"],
  [/^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/, "dmy"],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, "dmy"],
  [/^(\d{1,2})-(\d{1,2})-(\d{4})$/, "dmy"],
  [/^(\d{1,2}) (\d{1,2}) (\d{4})$/, "dmy"],
  [/^(\d{2})(\d{2})((?:19|20)\d{2})$/, "dmy"],
];

/** Milliseconds of midnight UTC; null for what the calendar does not have. */
function midnight(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  // Date.UTC takes years below 100 for the last century's.
  date.setUTCFullYear(year, month - 1, day);
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.getTime() : null;
}

export const isRealDay = (year: number, month: number, day: number): boolean =>
  midnight(year, month, day) !== null;

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

function timeOf(day: Day): number | null {
  const parts = ISO.exec(day);
  return parts && midnight(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** True for a day that the calendar has, written `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => timeOf(text) !== null;

/**
 * Reads a day as people write it: 2026-11-21, 21.11.2026, 21/11/2026, 21112026. A year has four digits: "21.11.26" has
 * two readings and gets neither. What is no day is given back as it is.
 */
export function readDay(text: string): Day {
  const trimmed = text.trim();
  // Eight digits fit both orders; only one of the two readings is a day.
  for (const [pattern, order] of WRITTEN) {
    const parts = pattern.exec(trimmed);
    if (!parts) continue;
    const [first, month, last] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    const [year, day] = order === "ymd" ? [first, last] : [last, first];
    if (!isRealDay(year, month, day)) continue;
    return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join(
      "-",
    );
  }
  return trimmed === "" ? "" : text;
}

/** A whole date by its look, whether or not the calendar has it. */
const looksWhole = (text: string): boolean => WRITTEN.some(([pattern]) => pattern.test(text.trim()));

/** Why a field with this in it holds no day; null: it does, or nothing stands in it. */
export function noDay(text: string): "no-such-day" | "not-a-date" | null {
  if (text === "" || isDay(text)) return null;
  return looksWhole(text) ? "no-such-day" : "not-a-date";
}

/** Every field that holds a day, with its path, in the order of the form. */
export function dayFields(followUp: FollowUp): { path: string; day: Day }[] {
  const { start, stop, progression, laterLines, prrt, death, lastContact } = followUp;
  return [
    { path: "start", day: start },
    { path: "stop", day: stop },
    { path: "progression", day: progression },
    ...laterLines.flatMap((line, at) => [
      { path: `laterLines.${at}.start`, day: line.start },
      { path: `laterLines.${at}.progression`, day: line.progression },
    ]),
    ...(prrt
      ? [
          { path: "prrt.start", day: prrt.start },
          { path: "prrt.end", day: prrt.end },
        ]
      : []),
    ...(death ? [{ path: "death.day", day: death.day }] : []),
    { path: "lastContact", day: lastContact },
  ];
}

/** What is wrong, or worth a second look, with the dates of a case. */
export function dateProblems(followUp: FollowUp, today: Day): DateProblem[] {
  const found: DateProblem[] = [];
  const fields = dayFields(followUp);
  /** days of the calendar only: what is half-typed is not compared */
  const days = new Map(fields.filter(({ day }) => isDay(day)).map(({ path, day }) => [path, day]));
  const report = (
    code: DateProblemCode,
    severity: DateProblem["severity"],
    field: string,
    other: string | null = null,
    marked: string[] = other === null ? [field] : [field, other],
  ): void => {
    const day = days.get(field) ?? "";
    const otherDay = other === null ? "" : (days.get(other) ?? "");
    found.push({ code, severity, fields: marked, facts: { field, day, other: other ?? "", otherDay } });
  };
  const isBefore = (path: string, other: string): boolean => {
    const [day, otherDay] = [days.get(path), days.get(other)];
    return day !== undefined && otherDay !== undefined && day < otherDay;
  };
  const notBefore = (
    path: string,
    other: string,
    code: DateProblemCode = "before",
    severity: DateProblem["severity"] = "error",
  ): void => {
    if (isBefore(path, other)) report(code, severity, path, other);
  };

  for (const { path, day } of fields) {
    const code = noDay(day);
    if (code === null) continue;
    found.push({
      code,
      severity: "error",
      fields: [path],
      facts: { field: path, day, other: "", otherDay: "" },
    });
  }
  for (const [path, day] of days) {
    const facts = { field: path, day, other: "", otherDay: today };
    if (day > today) found.push({ code: "in-future", severity: "error", fields: [path], facts });
    if (day < EARLIEST) {
      found.push({
        code: "long-ago",
        severity: "remark",
        fields: [path],
        facts: { ...facts, otherDay: EARLIEST },
      });
    }
  }

  notBefore("stop", "start");
  notBefore("progression", "start");
  notBefore("prrt.end", "prrt.start");
  // One patient of the study had PRRT before any other line: rare, not impossible.
  notBefore("prrt.start", "start", "prrt-before-first-line", "remark");
  laterLineProblems(followUp, days, notBefore);
  endProblems(followUp, days, report);
  missingProblems(followUp, report);
  return found;
}

type NotBefore = (
  path: string,
  other: string,
  code?: DateProblemCode,
  severity?: DateProblem["severity"],
) => void;
type Report = (
  code: DateProblemCode,
  severity: DateProblem["severity"],
  field: string,
  other?: string | null,
  marked?: string[],
) => void;

/** Later lines: after the first, in their order, each with its progression between its start and the next one's. */
function laterLineProblems(followUp: FollowUp, days: Map<string, Day>, notBefore: NotBefore): void {
  let [start, progression] = ["start", "progression"];
  followUp.laterLines.forEach((_, at) => {
    const own = `laterLines.${at}.start`;
    notBefore(`laterLines.${at}.progression`, own);
    notBefore(own, "start");
    if (days.has(own)) {
      if (start !== "start") notBefore(own, start, "later-lines-order", "remark");
      const inOrder = !days.has(start) || days.get(start)! <= days.get(own)!;
      if (inOrder) notBefore(own, progression, "progression-after-next-line", "remark");
      if (at === 0 && inOrder) notBefore(own, "stop", "line-before-stop", "remark");
    }
    if (days.has(own)) start = own;
    progression = `laterLines.${at}.progression`;
  });
}

/** Nothing comes after death, and last contact is not older than what is known to have happened. */
function endProblems(followUp: FollowUp, days: Map<string, Day>, report: Report): void {
  const death = days.get("death.day");
  const contact = days.get("lastContact");
  /** everything after a day, the latest first */
  const after = (end: Day, paths: [string, Day][]): string[] =>
    paths
      .filter(([, day]) => day > end)
      .sort(([, a], [, b]) => (a < b ? 1 : -1))
      .map(([path]) => path);
  const all = [...days].filter(([path]) => path !== "death.day");
  if (death !== undefined) {
    const later = after(death, all);
    if (later.length > 0)
      report("before-last-event", "error", "death.day", later[0], ["death.day", ...later]);
    else if (contact !== undefined && contact !== death) {
      report("last-contact-not-death", "remark", "lastContact", "death.day");
    }
  } else if (contact !== undefined && !followUp.death) {
    const events = all.filter(([path]) => path !== "lastContact");
    const start = days.get("start");
    const later = after(contact, events);
    if (later.length === 0) return;
    // Contact before the start cannot be; a later event that is not yet followed by a contact can.
    const impossible = start !== undefined && contact < start;
    report(
      "before-last-event",
      impossible ? "error" : "remark",
      "lastContact",
      impossible ? "start" : later[0]!,
      ["lastContact", ...later],
    );
  }
}

/** What the intervals need and do not have. */
function missingProblems(followUp: FollowUp, report: Report): void {
  const { start, stop, progression, bestResponse, stoppedForToxicity, laterLines, prrt } = followUp;
  if (start === "") {
    const needs = [
      ...(bestResponse === null ? [] : ["bestResponse"]),
      ...(stoppedForToxicity === true ? ["stoppedForToxicity"] : []),
      ...(stop === "" ? [] : ["stop"]),
      ...(progression === "" ? [] : ["progression"]),
    ];
    if (needs[0]) report("without-start", "remark", "start", needs[0], ["start", ...needs]);
  }
  laterLines.forEach((line, at) => {
    if (line.start === "" && line.progression !== "") {
      report("without-start", "remark", `laterLines.${at}.start`, `laterLines.${at}.progression`);
    }
  });
  if (prrt && prrt.start === "" && prrt.end !== "")
    report("without-start", "remark", "prrt.start", "prrt.end");
  if (bestResponse === "PD" && progression === "") {
    report("pd-without-progression", "remark", "progression", "bestResponse");
  }
}

/** A time of the case as the study counts it. */
export interface Interval {
  months: number;
  /** progression or death happened; otherwise the time is censored at last contact */
  event: boolean;
  end: "progression" | "death" | "last-contact";
  from: Day;
  to: Day;
}

const monthsBetween = (from: Day, to: Day): number => (timeOf(to)! - timeOf(from)!) / DAY_MS / DAYS_PER_MONTH;

/**
 * A time, and what is the matter with a date that it rests on. Without a time: the error that forbids it, or null where
 * a day is missing. With one: the contradiction that makes it doubtful, or null.
 */
export interface Counted {
  time: Interval | null;
  problem: DateProblem | null;
}

/** Remarks that a date may well be right with: a time is no less certain for them. */
const CERTAIN: readonly DateProblemCode[] = [
  "prrt-before-first-line",
  "last-contact-not-death",
  "without-start",
];

/**
 * PFS and OS of the case by the article's definition (Methods, "Statistics"): from the start of first-line chemotherapy
 * to progression, death or last follow-up, and to death or last follow-up. No time is counted from a date that the form
 * calls wrong: a survival until a day to come would be read as one that was observed.
 */
export function intervals(followUp: FollowUp, today: Day): { pfs: Counted; os: Counted } {
  const { start, progression, death, lastContact } = followUp;
  const times = timesOf(followUp);
  const problems = dateProblems(followUp, today);
  const counted = (time: Interval | null, end: Day, rests: string[]): Counted => {
    const own = problems.filter(({ fields }) => fields.some((field) => rests.includes(field)));
    const error = own.find(({ severity }) => severity === "error") ?? null;
    if (error) return { time: null, problem: start !== "" && end !== "" ? error : null };
    return { time, problem: (time && own.find(({ code }) => !CERTAIN.includes(code))) ?? null };
  };
  const last = death ? { path: "death.day", day: death.day } : { path: "lastContact", day: lastContact };
  return {
    os: counted(times.os, last.day, ["start", last.path]),
    pfs:
      progression === ""
        ? // That there was none is said by the field of progression too.
          counted(times.pfs, last.day, ["start", last.path, "progression"])
        : counted(times.pfs, progression, ["start", "progression"]),
  };
}

/** The times as the dates have them, right or wrong. null: a day is missing, or the end lies before the start. */
function timesOf({ start, progression, death, lastContact }: FollowUp): {
  pfs: Interval | null;
  os: Interval | null;
} {
  const until = (to: Day, end: Interval["end"]): Interval | null =>
    isDay(start) && isDay(to) && to >= start
      ? { months: monthsBetween(start, to), event: end !== "last-contact", end, from: start, to }
      : null;
  const os = death ? until(death.day, "death") : until(lastContact, "last-contact");
  return { pfs: progression === "" ? os : until(progression, "progression"), os };
}
