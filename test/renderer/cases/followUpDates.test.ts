import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { followUpWords } from "../../../src-main/words/followUp.ts";
import type { FollowUp } from "../../../src-renderer/cases/followUp/followUp.ts";
import { emptyFollowUp, followUpSchema } from "../../../src-renderer/cases/followUp/followUp.ts";
import type { Counted, DateProblem } from "../../../src-renderer/cases/followUp/followUpDates.ts";
import {
  dateProblems,
  dayFields,
  intervals,
  isDay,
  readDay,
} from "../../../src-renderer/cases/followUp/followUpDates.ts";
import { followUpSummary } from "../../../src-renderer/cases/followUp/followUpSummary.ts";
import { safeParse } from "valibot";

const TODAY = "2026-11-21";
const course = (part: Partial<FollowUp>): FollowUp => ({ ...emptyFollowUp(), ...part });
const problems = (part: Partial<FollowUp>): DateProblem[] => dateProblems(course(part), TODAY);
const codes = (part: Partial<FollowUp>): string[] => problems(part).map(({ code }) => code);
/** With plain hyphens: on the screen, a day does not break at the end of a line. */
const sentence = ({ code, facts }: Pick<DateProblem, "code" | "facts">): string =>
  followUpWords.problems[code](facts).replaceAll("\u2011", "-");
const line = (start: string, progression = ""): FollowUp["laterLines"][number] => ({
  regimen: "",
  start,
  progression,
});
const died = (day: string): FollowUp["death"] => ({ day, cause: "disease" });

/** A whole course without a fault. */
const RIGHT: Partial<FollowUp> = {
  start: "2024-01-10",
  stop: "2024-05-02",
  bestResponse: "PR",
  stoppedForToxicity: false,
  progression: "2024-06-01",
  laterLines: [line("2024-06-15", "2024-10-01"), line("2024-10-20")],
  prrt: { start: "2025-01-10", end: "2025-05-10" },
  death: died("2025-09-01"),
  lastContact: "2025-09-01",
};

const anyDay = fc
  .date({ min: new Date("1990-01-01T00:00Z"), max: new Date("2026-11-21T00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("a day is read as it is written", () => {
  it.each([
    ["2026-11-21", "2026-11-21"],
    ["21.11.2026", "2026-11-21"],
    ["21/11/2026", "2026-11-21"],
    ["21112026", "2026-11-21"],
    ["20261121", "2026-11-21"],
    [" 1. 2. 2025 ", "2025-02-01"],
    ["3 4 2025", "2025-04-03"],
    ["20.01.2012", "2012-01-20"],
    ["20012012", "2012-01-20"],
    ["", ""],
    ["  ", ""],
  ])("%j is %j", (text, day) => expect(readDay(text)).toBe(day));

  it.each(["21.11.26", "2026-11", "21.11", "30.02.2026", "2026-02-30", "21.13.2026", "soon", "2026-11-211"])(
    "%j stays as it was typed",
    (text) => expect(readDay(text)).toBe(text),
  );

  it("every day of the calendar is read the same from each way to write it, and reading again changes nothing", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [year, month, date] = day.split("-") as [string, string, string];
        const ways = [
          day,
          `${year}/${month}/${date}`,
          `${year}.${month}.${date}`,
          `${date}.${month}.${year}`,
          `${date}/${month}/${year}`,
          `${Number(date)}-${Number(month)}-${year}`,
          `${date} ${month} ${year}`,
          `${date}${month}${year}`,
          `${year}${month}${date}`,
        ];
        for (const way of ways) expect(readDay(way)).toBe(day);
        expect(readDay(readDay(day))).toBe(day);
        expect(isDay(day)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it("no day on the way to a whole one is taken for another", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const [year, month, date] = day.split("-") as [string, string, string];
        for (const whole of [day, `${date}.${month}.${year}`, `${date}/${month}/${year}`]) {
          // The last digit of a day after a year may be the only one: "2026-11-2".
          const from = whole === day ? whole.length - 2 : whole.length - 1;
          for (let end = 1; end <= from; end++) expect(isDay(readDay(whole.slice(0, end)))).toBe(false);
        }
      }),
      { seed: 1 },
    );
  });

  it("what is half-typed can be stored", () => {
    expect(safeParse(followUpSchema, course({ start: "21.11" })).success).toBe(true);
    expect(safeParse(followUpSchema, course({ start: "2".repeat(41) })).success).toBe(false);
  });
});

describe("nothing is said of dates that agree", () => {
  it("of an empty course, and of a whole one", () => {
    expect(problems({})).toEqual([]);
    expect(problems(RIGHT)).toEqual([]);
  });

  it("of events on one day", () => {
    const day = "2024-03-01";
    expect(
      problems({
        start: day,
        stop: day,
        progression: day,
        laterLines: [line(day, day), line(day)],
        prrt: { start: day, end: day },
        death: died(day),
        lastContact: day,
      }),
    ).toEqual([]);
  });

  it("of any days in the order of a course", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyDay, { minLength: 8, maxLength: 8 }), (days) => {
        const [start, stop, progression, second, progression2, third, prrt, end] = days.sort();
        expect(
          problems({
            start: start!,
            stop: stop!,
            progression: progression!,
            laterLines: [line(second!, progression2), line(third!)],
            prrt: { start: prrt!, end: end! },
            death: died(end!),
          }),
        ).toEqual([]);
      }),
      { seed: 1 },
    );
  });
});

describe("each contradiction is found beside its field, and only that one", () => {
  const cases: [string, Partial<FollowUp>, Partial<DateProblem>][] = [
    [
      "a day no calendar has",
      { start: "2026-02-30" },
      { code: "no-such-day", severity: "error", fields: ["start"] },
    ],
    ["a half-typed day", { start: "21.11" }, { code: "not-a-date", severity: "error", fields: ["start"] }],
    ["tomorrow", { start: "2026-11-22" }, { code: "in-future", severity: "error", fields: ["start"] }],
    ["another century", { start: "1989-12-31" }, { code: "long-ago", severity: "remark", fields: ["start"] }],
    [
      "progression before the start",
      { start: "2025-04-01", progression: "2025-03-31" },
      { code: "before", severity: "error", fields: ["progression", "start"] },
    ],
    [
      "a stop before the start",
      { start: "2025-04-01", stop: "2025-03-31" },
      { code: "before", severity: "error", fields: ["stop", "start"] },
    ],
    [
      "death before the start",
      { start: "2025-04-01", death: died("2025-03-31") },
      { code: "before-last-event", severity: "error", fields: ["death.day", "start"] },
    ],
    [
      "last contact before the start",
      { start: "2025-04-01", lastContact: "2025-03-31" },
      { code: "before-last-event", severity: "error", fields: ["lastContact", "start"] },
    ],
    [
      "last contact before progression",
      { start: "2025-04-01", progression: "2025-08-01", lastContact: "2025-06-01" },
      { code: "before-last-event", severity: "remark", fields: ["lastContact", "progression"] },
    ],
    [
      "a later line before the first",
      { start: "2025-04-01", laterLines: [line("2025-03-31")] },
      { code: "before", severity: "error", fields: ["laterLines.0.start", "start"] },
    ],
    [
      "a later line's progression before its start",
      { start: "2025-04-01", laterLines: [line("2025-06-01", "2025-05-01")] },
      { code: "before", severity: "error", fields: ["laterLines.0.progression", "laterLines.0.start"] },
    ],
    [
      "later lines out of order",
      { start: "2025-01-01", laterLines: [line("2025-06-01"), line("2025-05-01")] },
      { code: "later-lines-order", severity: "remark", fields: ["laterLines.1.start", "laterLines.0.start"] },
    ],
    [
      "progression after the next line's start",
      { start: "2025-01-01", progression: "2025-06-02", laterLines: [line("2025-06-01")] },
      {
        code: "progression-after-next-line",
        severity: "remark",
        fields: ["laterLines.0.start", "progression"],
      },
    ],
    [
      "a second line before the first is stopped",
      { start: "2025-01-01", stop: "2025-06-02", laterLines: [line("2025-06-01")] },
      { code: "line-before-stop", severity: "remark", fields: ["laterLines.0.start", "stop"] },
    ],
    [
      "an end of PRRT before its start",
      { prrt: { start: "2025-06-02", end: "2025-06-01" } },
      { code: "before", severity: "error", fields: ["prrt.end", "prrt.start"] },
    ],
    [
      "PRRT before the first line",
      { start: "2025-06-02", prrt: { start: "2025-06-01", end: "" } },
      { code: "prrt-before-first-line", severity: "remark", fields: ["prrt.start", "start"] },
    ],
    [
      "last contact after death",
      { death: died("2025-06-01"), lastContact: "2025-06-02" },
      { code: "before-last-event", severity: "error", fields: ["death.day", "lastContact"] },
    ],
    [
      "another last contact than death",
      { death: died("2025-06-02"), lastContact: "2025-06-01" },
      { code: "last-contact-not-death", severity: "remark", fields: ["lastContact", "death.day"] },
    ],
    [
      "a response without a start",
      { bestResponse: "SD" },
      { code: "without-start", severity: "remark", fields: ["start", "bestResponse"] },
    ],
    [
      "a stop for toxicity without a start",
      { stoppedForToxicity: true, stop: "2025-06-01" },
      { code: "without-start", severity: "remark", fields: ["start", "stoppedForToxicity", "stop"] },
    ],
    [
      "a later progression without a start",
      { laterLines: [line("", "2025-06-01")] },
      {
        code: "without-start",
        severity: "remark",
        fields: ["laterLines.0.start", "laterLines.0.progression"],
      },
    ],
    [
      "PD without its day",
      { start: "2025-06-01", bestResponse: "PD" },
      { code: "pd-without-progression", severity: "remark", fields: ["progression", "bestResponse"] },
    ],
  ];

  it.each(cases)("%s", (_name, part, problem) => {
    const found = problems(part);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(problem);
  });

  it("a sentence names both dates", () => {
    const [problem] = problems({
      start: "2025-04-01",
      laterLines: [line("2025-06-01"), line("2025-03-01")],
    }).filter(({ severity }) => severity === "error");
    expect(sentence(problem!)).toBe(
      "The start of line 3, 2025-03-01, is before the start of first line, 2025-04-01.",
    );
  });

  it("a wrong year of death is one sentence, and marks every day after it", () => {
    const found = problems({ ...RIGHT, lastContact: "", death: died("2015-09-01") });
    expect(found.map(({ code }) => code)).toEqual(["before-last-event"]);
    expect(found[0]!.fields).toHaveLength(1 + 8);
    expect(sentence(found[0]!)).toBe("Death, 2015-09-01, is before the end of PRRT, 2025-05-10.");
  });

  it("a stop for toxicity that did not happen needs no start", () => {
    expect(codes({ stoppedForToxicity: false })).toEqual([]);
  });

  it("every problem of any course has a sentence that names its days, beside a field of the course", () => {
    const typed = fc.oneof(
      anyDay,
      fc.constant(""),
      fc.constantFrom("21.11", "2026-02-30", "2031-01-01", "1950-01-01"),
    );
    const courses = fc.record({
      start: typed,
      stop: typed,
      progression: typed,
      bestResponse: fc.constantFrom("PD" as const, "SD" as const, null),
      stoppedForToxicity: fc.constantFrom(true, false, null),
      laterLines: fc.array(fc.record({ regimen: fc.constant(""), start: typed, progression: typed }), {
        maxLength: 3,
      }),
      prrt: fc.option(fc.record({ start: typed, end: typed })),
      death: fc.option(typed.map(died)).map((death) => death),
      lastContact: typed,
    });
    const seen = new Set<string>();
    fc.assert(
      fc.property(courses, (part) => {
        const followUp = course(part);
        const paths = [...dayFields(followUp).map(({ path }) => path), "bestResponse", "stoppedForToxicity"];
        for (const { code, fields, facts } of dateProblems(followUp, TODAY)) {
          seen.add(code);
          const words = sentence({ code, facts });
          expect(words).not.toMatch(/undefined|\bnull\b|, ,/);
          if (!["without-start", "pd-without-progression"].includes(code)) expect(words).toContain(facts.day);
          for (const path of fields) expect(paths).toContain(path);
          expect(fields[0]).toBe(facts.field);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
    expect([...seen].sort()).toEqual(Object.keys(followUpWords.problems).sort());
  });
});

describe("PFS and OS of the case are counted as the study counts them", () => {
  const start = "2025-01-01";
  const times = (part: Partial<FollowUp>): { pfs: Counted; os: Counted } => intervals(course(part), TODAY);
  const none = { time: null, problem: null };

  it("from the start of first line to progression, death or last contact", () => {
    const alive = times({ start, progression: "2025-04-02", lastContact: "2026-01-01" });
    expect(alive.pfs.time).toMatchObject({ event: true, end: "progression", to: "2025-04-02" });
    expect(alive.pfs.time!.months).toBeCloseTo(91 / 30.4375, 10);
    expect(alive.os.time).toMatchObject({ event: false, end: "last-contact", to: "2026-01-01" });
    expect(alive.os.time!.months).toBeCloseTo(365 / 30.4375, 10);
    expect([alive.pfs.problem, alive.os.problem]).toEqual([null, null]);
    const dead = times({ start, death: died("2025-07-01") });
    expect(dead.pfs.time).toMatchObject({ event: true, end: "death", to: "2025-07-01" });
    expect(dead.os).toEqual(dead.pfs);
    const censored = times({ start, lastContact: "2025-06-01" });
    expect(censored.pfs.time).toMatchObject({ event: false, end: "last-contact" });
  });

  it("not without a start or an end, nor over a half-typed day", () => {
    expect(times({})).toEqual({ pfs: none, os: none });
    expect(times({ lastContact: "2025-06-01" })).toEqual({ pfs: none, os: none });
    expect(times({ start })).toEqual({ pfs: none, os: none });
    expect(times({ start: "1.5" })).toEqual({ pfs: none, os: none });
    expect(times({ start, death: died(""), lastContact: "2025-06-01" })).toEqual({ pfs: none, os: none });
    const halfTyped = times({ start, progression: "1.5", lastContact: "2025-06-01" });
    expect(halfTyped.pfs).toMatchObject({ time: null, problem: { code: "not-a-date" } });
    expect(halfTyped.os.time).not.toBeNull();
  });

  it("not from a date that is called wrong, with the reason", () => {
    const future = times({ start, progression: "2025-04-02", lastContact: "2026-11-22" });
    expect(future.os).toMatchObject({ time: null, problem: { code: "in-future" } });
    expect(future.pfs).toMatchObject({ time: { end: "progression" }, problem: null });
    expect(times({ start, lastContact: "2026-11-21" }).os).toMatchObject({ time: {}, problem: null });
    expect(times({ start, lastContact: "2024-12-31" }).os).toMatchObject({
      time: null,
      problem: { code: "before-last-event" },
    });
    // Dead before progression: one of the two is wrong, and nobody knows which.
    const before = times({ start, progression: "2025-06-02", death: died("2025-06-01") });
    expect([before.pfs.time, before.os.time]).toEqual([null, null]);
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, anyDay, (first, progression, end, contact) => {
        const part = { start: first, progression, death: died(end), lastContact: contact };
        const wrong = problems(part).some(
          ({ severity, fields }) =>
            severity === "error" && fields.some((each) => /^(start|death)/.test(each)),
        );
        expect(times(part).os.time === null).toBe(wrong);
      }),
      { seed: 1 },
    );
  });

  it("with doubt where dates contradict one another, and without where they well may be right", () => {
    const later = times({ start, progression: "2025-06-02", lastContact: "2025-06-01" });
    expect(later.os).toMatchObject({ time: {}, problem: { code: "before-last-event" } });
    expect(later.pfs).toMatchObject({ time: {}, problem: { code: "before-last-event" } });
    const noDay = times({ start, bestResponse: "PD", lastContact: "2025-06-01" });
    expect(noDay.pfs).toMatchObject({ time: {}, problem: { code: "pd-without-progression" } });
    expect(noDay.os).toMatchObject({ time: {}, problem: null });
    const known = times({ start, death: died("2025-07-01"), lastContact: "2025-06-01" });
    expect(known.os).toMatchObject({ time: {}, problem: null });
  });

  it("a later end is a longer time, twelve months are a year, and moving the whole case changes nothing", () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 1, max: 4000 }),
        (from, days, more) => {
          const later = (day: string, count: number): string =>
            new Date(Date.parse(`${day}T00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
          const os = (day: string, end: string): number =>
            intervals(course({ start: day, death: died(end) }), "2100-01-01").os.time!.months;
          const time = os(from, later(from, days));
          expect(time).toBeCloseTo((days / 365.25) * 12, 9);
          expect(os(from, later(from, days + more))).toBeGreaterThan(time);
          expect(os(later(from, more), later(from, days + more))).toBeCloseTo(time, 9);
        },
      ),
      { seed: 1 },
    );
  });

  it("progression is never after death where nothing is contradicted", () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (first, progression, end) => {
        const followUp = course({ start: first, progression, death: died(end) });
        const { pfs, os } = intervals(followUp, TODAY);
        const fine = dateProblems(followUp, TODAY).length === 0;
        expect(fine).toBe(first <= progression && progression <= end);
        if (fine) expect(pfs.time!.months).toBeLessThanOrEqual(os.time!.months);
      }),
      { seed: 1 },
    );
  });
});

describe("the folded line of a course", () => {
  const line = (part: Partial<FollowUp>): [string, boolean][] =>
    followUpSummary(course(part), TODAY).map(({ text, caution }) => [text, caution]);

  it("tells what is right as it is", () => {
    expect(line(RIGHT)).toEqual([
      ["first line 2024-01-10", false],
      ["PR", false],
      ["progression 2024-06-01", false],
      ["died 2025-09-01", false],
    ]);
    expect(line({ death: died("") })).toEqual([["died", false]]);
    expect(line({})).toEqual([]);
  });

  it("tells no date that cannot be as a fact", () => {
    expect(line({ start: "30.02.2026", lastContact: "2027-01-01" })).toEqual([
      ["first line: no valid date", true],
      ["alive 2027-01-01, in the future", true],
    ]);
    expect(line({ start: "2025-04-01", progression: "2025-03-01", death: died("1.5") })).toEqual([
      ["first line 2025-04-01, check the dates", true],
      ["progression 2025-03-01, check the dates", true],
      ["died: no valid date", true],
    ]);
  });
});
