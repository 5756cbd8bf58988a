import { render, screen } from "@testing-library/svelte";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifierWarning, identifierWords } from "../../../src-main/words/followUp.ts";
import type { IdentifierKind } from "../../../src-renderer/cases/oneCase/identifiers.ts";
import { identifiersIn } from "../../../src-renderer/cases/oneCase/identifiers.ts";
import IdentifierWarning from "../../../src-renderer/cases/oneCase/IdentifierWarning.svelte";

const TODAY = new Date("2026-11-21T12:00");
const found = (text: string): [IdentifierKind, string][] =>
  identifiersIn(text, TODAY).map(({ kind, text: own }) => [kind, own]);
const kinds = (text: string): IdentifierKind[] => found(text).map(([kind]) => kind);

/*
 * Synthetic numbers: random days and serial numbers whose check digits are computed here, by the definitions and not by
 * the code under test.
 */
const two = (n: number): string => String(n).padStart(2, "0");
const sum = (digits: string, weights: number[]): number =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
const adult = fc
  .date({ min: new Date("1930-01-01T00:00Z"), max: new Date("2007-01-01T00:00Z"), noInvalidDate: true })
  .map((date) => ({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  }));
type Born = { year: number; month: number; day: number };
const dmy = ({ year, month, day }: Born, moreDay = 0, moreMonth = 0): string =>
  two(day + moreDay) + two(month + moreMonth) + two(year % 100);
const ymd = ({ year, month, day }: Born, moreDay = 0): string =>
  two(year % 100) + two(month) + two(day + moreDay);

/** Two control digits; null where a remainder would need a tenth. `rest` is what the first may leave from 2032 on. */
function norwegianNumber(nine: string, rest = 0): string | null {
  const first = (11 + rest - (sum(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
  if (first === 10) return null;
  const second = (11 - (sum(nine + String(first), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return second === 10 ? null : `${nine}${first}${second}`;
}

function luhnDigit(nine: string): number {
  const total = Array.from(nine).reduce((all, digit, at) => {
    const product = String(Number(digit) * (at % 2 === 0 ? 2 : 1));
    return all + Array.from(product).reduce((a, b) => a + Number(b), 0);
  }, 0);
  return (10 - (total % 10)) % 10;
}

const serial = (digits: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** digits - 1 }).map((n) => String(n).padStart(digits, "0"));
const gap = fc.constantFrom("", " ", "-", " - ", "\u00a0", "–");
const isString = (text: string | null): text is string => text !== null;

const norwegian = fc
  .tuple(adult, fc.constantFrom(0, 40), fc.constantFrom(0, 40, 80), serial(3), fc.constantFrom(0, 1, 2, 3))
  .map(([born, moreDay, moreMonth, own, rest]) => norwegianNumber(dmy(born, moreDay, moreMonth) + own, rest))
  .filter(isString);
const norwegianTyped = fc.oneof(
  fc.tuple(norwegian, gap).map(([n, between]) => n.slice(0, 6) + between + n.slice(6)),
  norwegian.map((n) => `${n.slice(0, 2)} ${n.slice(2, 4)} ${n.slice(4, 6)} ${n.slice(6)}`),
  norwegian.map((n) => `${n.slice(0, 6)} ${n.slice(6, 9)} ${n.slice(9)}`),
  norwegian.map((n) => `${n.slice(0, 2)}.${n.slice(2, 4)}.${n.slice(4, 6)}-${n.slice(6)}`),
);
const swedishTyped = fc
  .tuple(adult, fc.constantFrom(0, 60), serial(3), fc.oneof(gap, fc.constant("+")), fc.boolean())
  .map(([born, moreDay, own, between, century]) => {
    const nine = ymd(born, moreDay) + own;
    return `${century ? Math.floor(born.year / 100) : ""}${nine.slice(0, 6)}${between}${own}${luhnDigit(nine)}`;
  });
const danishTyped = fc
  .tuple(adult, fc.constantFrom("", "-", " ", " - ", "–"), serial(3))
  .map(([born, between, own]) => {
    // The seventh digit says the century: 0 to 3 for the last one, 4 for this one up to 2036.
    const seventh = born.year >= 2000 ? 4 : Number(own[0]) % 4;
    return `${dmy(born)}${between}${seventh}${own}`;
  });
const finnishTyped = fc
  .tuple(
    adult,
    fc.constantFrom("-", "Y", "X", "W", "V", "U"),
    fc.constantFrom("A", "B", "C", "D", "E", "F"),
    fc.integer({ min: 2, max: 899 }),
    fc.boolean(),
  )
  .map(([born, old, young, own, upper]) => {
    const date = dmy(born);
    const check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(date + String(own).padStart(3, "0")) % 31]!;
    const code = `${date}${born.year < 2000 ? old : young}${String(own).padStart(3, "0")}${check}`;
    return upper ? code : code.toLowerCase();
  });

/** Text around a number, some of it digits that belong to something else. */
const around = fc
  .array(
    fc.constantFrom(
      "Pancreas,",
      "liver metastases",
      "Ki-67 85 %",
      "PS 1",
      "started 12.03.2025;",
      "3.4 months",
      "n = 12,",
      "2 of 3",
      "æøå",
    ),
    { maxLength: 4 },
  )
  .map((words) => words.join(" "));

describe("a number of each country is found in any text around it", () => {
  it.each<[IdentifierKind, fc.Arbitrary<string>]>([
    ["norwegian", norwegianTyped],
    ["swedish", swedishTyped],
    ["danish", danishTyped],
    ["finnish", finnishTyped],
  ])("%s", (kind, numbers) => {
    fc.assert(
      fc.property(around, numbers, around, (before, number, after) => {
        const text = `${before} (${number}) ${after}`;
        const at = text.indexOf(number);
        const hits = identifiersIn(text, TODAY).filter(
          (finding) => finding.at === at && finding.text === number,
        );
        expect(hits).toHaveLength(1);
        // Ten digits can be a number of two countries; eleven digits, and a letter among them, cannot.
        const alike: IdentifierKind[] = ["swedish", "danish", "finnish"];
        expect(kind === "norwegian" ? [kind] : alike).toContain(hits[0]!.kind);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("and is named by its country, in nearly every case", () => {
    for (const [kind, numbers] of [
      ["norwegian", norwegianTyped],
      ["swedish", swedishTyped],
      ["danish", danishTyped],
      ["finnish", finnishTyped],
    ] as const) {
      const named = fc
        .sample(numbers, { numRuns: 400, seed: 1 })
        .filter((text) => kinds(text).join() === kind);
      expect(named.length).toBeGreaterThan(400 * 0.85);
    }
  });

  it("published test numbers", () => {
    expect(found("131052-308T")).toEqual([["finnish", "131052-308T"]]);
    expect(found("personal number 701063-2391, Skatteverket")).toEqual([["swedish", "701063-2391"]]);
    expect(found("fnr 311299 56715.")).toEqual([["norwegian", "311299 56715"]]);
    expect(found("CPR 070761-4285")).toEqual([["danish", "070761-4285"]]);
  });

  it("with a wrong check digit it is none", () => {
    fc.assert(
      fc.property(norwegian, fc.integer({ min: 1, max: 9 }), (number, more) => {
        const last = (Number(number[10]) + more) % 10;
        expect(kinds(number.slice(0, 10) + String(last))).not.toContain("norwegian");
      }),
      { seed: 1 },
    );
    expect(kinds("131052-308S")).not.toContain("finnish");
    expect(kinds("701063-2392")).not.toContain("swedish");
  });

  it("two in one text are both found, in their order, none within another", () => {
    fc.assert(
      fc.property(norwegianTyped, finnishTyped, (first, second) => {
        const findings = identifiersIn(`${first}; ${second}`, TODAY);
        expect(findings.map(({ text }) => text)).toEqual([first, second]);
      }),
      { seed: 1 },
    );
  });

  it("digits before a number do not hide it", () => {
    expect(found("12 070761-4285")).toEqual([["danish", "070761-4285"]]);
    expect(found("2403 070761-4285")).toEqual([["danish", "070761-4285"]]);
    expect(found("123456 131052-308T")).toEqual([["finnish", "131052-308T"]]);
  });
});

describe("a day that makes somebody an adult is found as a date of birth", () => {
  it.each([
    "12.03.1958",
    "12/03/1958",
    "12-03-1958",
    "1958-03-12",
    "1958/3/12",
    "3/25/1958",
    "12. mars 1958",
    "12 mars 1958",
    "12. marts 1958",
    "12. mai 1958",
    "5 maj 1958",
    "12. maaliskuuta 1958",
    "12 March 1958",
    "12th march 1958",
    "March 12, 1958",
    "12-Mar-1958",
    "1. desember 1958",
  ])("%s", (day) => expect(found(`Woman, ${day}, PS 1`)).toEqual([["birth-date", day]]));

  it.each([
    ["f. 12.03.58", "12.03.58"],
    ["født 120358", "120358"],
    ["född 580312", "580312"],
    ["s. 12.3.58", "12.3.58"],
    ["syntynyt 12.3.58", "12.3.58"],
    ["born on 12/3/58", "12/3/58"],
    ["DOB: 12031958", "12031958"],
    ["DOB 19580312", "19580312"],
    ["date of birth 12.03.58", "12.03.58"],
    ["* 12.03.58", "12.03.58"],
  ])("with a word for it, in short too: %s", (text, day) =>
    expect(found(text)).toEqual([["birth-date", day]]),
  );

  it.each(["12.03.58", "120358", "12031958", "19580312", "CT 12.03.24", "staff. 12.03.58", "pT3N1 580312"])(
    "not in short without a word: %s",
    (text) => expect(found(text)).toEqual([]),
  );

  it.each([
    "12.03.2025",
    "2025-03-12",
    "12. mars 2025",
    "start 21.11.2026",
    "30.02.1958",
    "13.13.1958",
    "1.1.1900",
  ])("not the day of a treatment, nor one that is none: %s", (text) => expect(found(text)).toEqual([]));

  it("at 18 and at 110 years, not a day younger or older", () => {
    expect(kinds("21.11.2008")).toEqual(["birth-date"]);
    expect(kinds("22.11.2008")).toEqual([]);
    expect(kinds("22.11.1915")).toEqual(["birth-date"]);
    expect(kinds("21.11.1915")).toEqual([]);
  });
});

describe("other numbers are let be", () => {
  it("six digits alone never say anything", () => {
    fc.assert(
      fc.property(around, serial(6), (before, digits) => {
        expect(identifiersIn(`${before} sample ${digits}`, TODAY)).toEqual([]);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each([
    ["sample 21H012345", "a number of the laboratory"],
    ["070-123 45 67", "a telephone number"],
    ["2103251430", "a date and a time of day"],
    ["12.03.2025 14:30", "the same as people write it"],
    ["NCT04325425", "a trial"],
    ["Ki-67 85 %, ALP 2.34, LDH 1 205", "values"],
    ["DOI 10.1038/s41416-025-03000-1", "a citation"],
  ])("%s", (text) => expect(found(text)).toEqual([]));

  it("long numbers are taken for somebody's at most one time in twenty-five", () => {
    for (const [digits, share] of [
      [7, 0],
      [8, 0],
      [9, 0],
      [10, 0.04],
      [11, 0.02],
      [12, 0.02],
      [13, 0],
    ] as const) {
      const hits = fc
        .sample(serial(digits), { numRuns: 4000, seed: 1 })
        .filter((text) => kinds(text).length > 0);
      expect(hits.length).toBeLessThanOrEqual(4000 * share);
    }
  });

  it("nothing is found in nothing, and what is found is where it is said to be", () => {
    expect(identifiersIn("", TODAY)).toEqual([]);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from("0123456789 -.+/AfY\n")), maxLength: 60 }),
        (text) => {
          let end = 0;
          for (const { at, text: own } of identifiersIn(text, TODAY)) {
            expect(text.slice(at, at + own.length)).toBe(own);
            expect(own).not.toContain("\n");
            expect(at).toBeGreaterThanOrEqual(end);
            end = at + own.length;
          }
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe("the warning", () => {
  const finding = { kind: "finnish", text: "131052-308T" } as const;

  it("names what was found and says what to do", () => {
    const named = "This looks like somebody: “131052-308T” (a Finnish personal identity code).";
    expect(identifierWarning([finding], "label")).toBe(
      `${named} Use a label that only your department can resolve.`,
    );
    expect(identifierWarning([finding], "note")).toBe(`${named} Leave it out of the note.`);
    expect(identifierWarning([finding], "regimen")).toBe(`${named} Leave it out of the regimen.`);
    const many = identifierWarning([finding, finding, finding, finding], "note");
    expect(many).toContain("and 2 more. Leave them out of the note.");
    expect(identifierWarning([{ kind: "birth-date", text: "12.03.1958" }], "label")).toContain(
      "“12.03.1958” (may be a date of birth).",
    );
    expect(identifierWarning([], "label")).toBeNull();
  });

  it("stands in a region that is there before it, and goes with its reason", async () => {
    const { rerender } = render(IdentifierWarning, { id: "w", text: "Case 12", today: TODAY });
    const region = screen.getByRole("status");
    expect(region).toBeEmptyDOMElement();
    await rerender({ text: "Case 131052-308T" });
    expect(screen.getByRole("status")).toBe(region);
    expect(region).toHaveTextContent("131052-308T");
    expect(region).toHaveTextContent(identifierWords.limits);
    await rerender({ text: "Case 13" });
    expect(region).toBeEmptyDOMElement();
  });
});
