import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exp, log } from "../../src-main/prognosis/elementary.ts";

/** Relative distance to the engine's own function, which is itself within 1 unit in the last place. */
const TWO_UNITS = 4.5e-16;

describe("exp and ln without the engine's", () => {
  it("exp agrees with Math.exp to two units in the last place over its whole range", () =>
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.7, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThanOrEqual(TWO_UNITS);
      }),
      { seed: 11, numRuns: 20_000 },
    ));

  it("ln agrees with Math.log likewise, and undoes exp", () =>
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (y) => {
        const x = Math.exp(y);
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(
          TWO_UNITS * Math.max(1e-16, Math.abs(Math.log(x))),
        );
        expect(Math.abs(log(exp(y)) - y)).toBeLessThanOrEqual(TWO_UNITS * Math.max(1, Math.abs(y)));
      }),
      { seed: 12, numRuns: 20_000 },
    ));

  it.each([
    [exp(0), 1],
    [exp(-1), 0.36787944117144233],
    [exp(0.5), 1.6487212707001282],
    [exp(-745.1332191019411), 5e-324],
    [exp(-746), 0],
    [exp(-Infinity), 0],
    [exp(709.782712893384), 1.7976931348622732e308],
    [exp(710), Infinity],
    [exp(Infinity), Infinity],
    [exp(NaN), NaN],
    [log(1), 0],
    [log(2), Math.LN2],
    [log(10), 2.302585092994046],
    [log(0), -Infinity],
    [log(Infinity), Infinity],
    [log(5e-324), -744.4400719213812],
    [log(-1), NaN],
    [log(NaN), NaN],
  ])("%d is %d", (value, expected) => expect(value).toBe(expected));

  it("exp rises", () =>
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(exp(x + 1e-12 * Math.abs(x) + 1e-15)).toBeGreaterThanOrEqual(exp(x));
      }),
      { seed: 13, numRuns: 5000 },
    ));
});
