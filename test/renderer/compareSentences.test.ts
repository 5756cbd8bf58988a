import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Comparison, Endpoint } from "../../src-main/api/contract.ts";
import { compareEstimates } from "../../src-main/prognosis/compare.ts";
import type { CompareView } from "../../src-renderer/compare/compareView.ts";
import { compareView } from "../../src-renderer/compare/compareView.ts";
import { PROPERTY_SEED, estimablePatient, loadPrepared } from "../support/prognosis.ts";

// Hundreds of random pairs in one test: room for a slow machine.
vi.setConfig({ testTimeout: 60_000 });

const prepared = loadPrepared();
const plain = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("\u2011", "-");

/** A number as it is printed, with its sign; `within` is half a unit of its last digit. */
interface Printed {
  value: number;
  within: number;
}
/** A difference and its interval as a sentence prints them, b − a; null where it says that an end is not known. */
interface Said {
  difference: Printed;
  /** the difference is a bound from below of its size */
  bound: boolean;
  lower: Printed | null;
  upper: Printed | null;
  includesNone: boolean;
}

const ABOVE = ["longer", "more"];

/** "0.2", "shorter" → −0.2; "< 0.1" is anything up to 0.1. */
function printed(text: string, direction: string | undefined): Printed {
  const sign = direction === undefined || ABOVE.includes(direction) ? 1 : -1;
  if (text.startsWith("<")) return { value: 0, within: Number(text.slice(1)) };
  const decimals = text.split(".")[1]?.length ?? 0;
  return { value: sign * Number(text) || 0, within: text === "0" ? 0.05 : 0.5 * 10 ** -decimals };
}

function intervalOf(text: string, direction: string): Pick<Said, "lower" | "upper"> {
  const ends = (near: Printed | null, far: Printed | null): Pick<Said, "lower" | "upper"> =>
    ABOVE.includes(direction) ? { lower: near, upper: far } : { lower: far, upper: near };
  if (text === "not known") return { lower: null, upper: null };
  const oneEnd = /^(up to|from) ([\d.]+)(?: (\w+))?, other end not known$/.exec(text);
  if (oneEnd) {
    const end = printed(oneEnd[2]!, oneEnd[3]);
    const isUpper = (oneEnd[1] === "up to") === ABOVE.includes(oneEnd[3]!);
    return isUpper ? { lower: null, upper: end } : { lower: end, upper: null };
  }
  const least = /^([\d.]+) or more$/.exec(text);
  if (least) return ends(printed(least[1]!, direction), null);
  const signed = /^([\d.]+)(?: ([a-z]+))? to ([\d.]+)(?: ([a-z]+))?$/.exec(text);
  if (signed) return { lower: printed(signed[1]!, signed[2]), upper: printed(signed[3]!, signed[4]) };
  const range = /^([\d.]+)(?:–([\d.]+))?$/.exec(text);
  if (!range) throw new Error(`not an interval: ${text}`);
  return ends(printed(range[1]!, direction), printed(range[2] ?? range[1]!, direction));
}

function parse(sentence: string): Said {
  const match =
    /: (more than )?(<? ?[\d.]+) (?:months?|percentage points?) (longer|shorter|more|fewer) \(95 % CI ([^)]*)\) in patients /.exec(
      sentence,
    );
  if (!match) throw new Error(`not a difference: ${sentence}`);
  const [, bound, size, direction, interval] = match;
  return {
    difference: printed(size!, direction),
    bound: bound !== undefined,
    ...intervalOf(interval!, direction!),
    includesNone: sentence.includes("includes no difference"),
  };
}

const expectSame = (said: Printed | null, core: number | null, sentence: string): void => {
  expect(said === null, sentence).toBe(core === null);
  if (said === null || core === null) return;
  expect(Math.abs(said.value - core), `${core} in: ${sentence}`).toBeLessThanOrEqual(said.within + 1e-9);
  if (said.value !== 0) expect(Math.sign(said.value), `${core} in: ${sentence}`).toBe(Math.sign(core));
};

/** "−49 to +0.3" → the same numbers as a sentence prints. */
const cells = (text: string): number[] =>
  text.split(" to ").map((each) => Number(each.replace("\u2212", "-").replace("+", "")));

/** Two random versions: everything but the tumour may differ, or one field alone. */
const versions = fc
  .constantFrom("NEC" as const, "NET_G3" as const)
  .chain((tumour) =>
    fc
      .tuple(
        estimablePatient({ tumour }),
        estimablePatient({ tumour }),
        fc.constantFrom(null, "ageYears", "ecogPs", "alp", "firstLine", "primarySite"),
      )
      .map(
        ([a, other, field]) =>
          [a, field === null ? other : { ...a, [field]: other[field as "ageYears"] }] as const,
      ),
  );

const count = { medians: 0, crossing: 0, below: 0, open: 0, survival: 0, ratios: 0 };

function checkMedian(comparison: Comparison, endpoint: Endpoint, sentence: string): void {
  if (/ in both: | how far apart they are is not known/.test(sentence)) return;
  const { median } = comparison.differences[endpoint]!;
  const said = parse(sentence);
  count.medians++;
  if (said.bound) {
    expect(median.months, sentence).toBeNull();
    // never overstated, and understated by one unit of its last digit at the most
    const excess = Math.abs(median.beyond!) - Math.abs(said.difference.value);
    expect(excess, sentence).toBeGreaterThanOrEqual(-1e-9);
    expect(excess, sentence).toBeLessThanOrEqual(2 * said.difference.within + 1e-9);
    const pastIsB = comparison.b.estimates[endpoint]!.median.months === null;
    expect(/ longer \(/.test(sentence), sentence).toBe(pastIsB);
  } else expectSame(said.difference, median.months, sentence);
  expectSame(said.lower, median.lower, sentence);
  expectSame(said.upper, median.upper, sentence);
  const crosses = median.lower !== null && median.upper !== null && median.lower < 0 && median.upper > 0;
  expect(said.includesNone, sentence).toBe(crosses);
  if (crosses) count.crossing++;
  if (crosses && said.difference.value < 0) count.below++;
  if (median.lower === null || median.upper === null) count.open++;
}

function checkSurvival(
  comparison: Comparison,
  endpoint: Endpoint,
  view: CompareView,
  sentence: string,
): void {
  const months = Number(/^At (\d+) months /.exec(sentence)![1]);
  const core = comparison.differences[endpoint]!.landmarks.find((point) => point.months === months)!;
  const row = view.landmarks.find((point) => point.months === months)!;
  const said = parse(sentence);
  count.survival++;
  expectSame(said.difference, 100 * core.difference, sentence);
  expectSame(said.lower, 100 * core.lower, sentence);
  expectSame(said.upper, 100 * core.upper, sentence);
  expect(said.includesNone, sentence).toBe(core.lower < 0 && core.upper > 0);
  expect([said.difference.value], sentence).toEqual(cells(row.difference));
  const [lower, upper = lower] = cells(row.interval);
  expect([said.lower!.value, said.upper!.value], sentence).toEqual([lower, upper]);
}

describe("what a sentence says is what the core answers and the table prints", () => {
  it("numbers, signs and claims, over random pairs", () => {
    fc.assert(
      fc.property(versions, ([a, b]) => {
        const comparison = compareEstimates(prepared, a, b);
        for (const endpoint of ["os", "pfs"] as const) {
          const view = compareView(comparison, endpoint, []);
          if (!view) continue;
          const sentences = view.differences.map(plain);
          expect(view.lead).toEqual(view.differences.slice(0, view.lead.length));
          for (const [i, sentence] of sentences.entries()) {
            if (i === 0) checkMedian(comparison, endpoint, sentence);
            else if (/^At /.test(sentence)) checkSurvival(comparison, endpoint, view, sentence);
            else if (/^Hazard/.test(sentence)) {
              const { hazardRatio, lower, upper } = comparison.differences[endpoint]!.hazardRatio!;
              const said = /^Hazard ratio ([\d.]+) \(95 % CI ([\d.]+)–([\d.]+)\)/.exec(sentence)!;
              expect(said.slice(1)).toEqual([hazardRatio, lower, upper].map((each) => each.toFixed(2)));
              expect(sentence.includes("includes 1"), sentence).toBe(lower < 1 && upper > 1);
              count.ratios++;
            } else expect(sentence).toMatch(/^(An end of the|The) interval of that difference is not known/);
          }
        }
      }),
      { seed: PROPERTY_SEED, numRuns: 250 },
    );
    // every kind of sentence was met
    for (const [kind, met] of Object.entries(count)) expect(met, kind).toBeGreaterThan(10);
  });

  it("a table's interval has one sign to a number and none to zero", () => {
    fc.assert(
      fc.property(versions, ([a, b]) => {
        const view = compareView(compareEstimates(prepared, a, b), "os", []);
        for (const { difference, interval } of view?.landmarks ?? []) {
          const number = String.raw`(?:0|[+\u2212]\d+(?:\.\d)?)`;
          expect(difference).toMatch(new RegExp(`^${number}$`));
          if (interval !== "") expect(interval).toMatch(new RegExp(`^${number}(?: to ${number})?$`));
        }
      }),
      { seed: PROPERTY_SEED, numRuns: 100 },
    );
  });
});
