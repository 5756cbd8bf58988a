import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  cumulativeHazardAt,
  hazardAtSurvival,
  solveBaseline,
  survivalAt,
  timeAtHazard,
  timeOnBaseline,
} from "../../src-main/prognosis/baseline.ts";
import {
  ageDistribution,
  caseMixOf,
  cellPredictors,
  levelShares,
  solveAgeSpread,
} from "../../src-main/prognosis/caseMix.ts";
import { coefficientsOf, contributionOf, linearPredictor, mixtureOf } from "../../src-main/prognosis/cox.ts";
import { estimateOf } from "../../src-main/prognosis/estimate.ts";
import type { DrawnPatient } from "../../src-main/prognosis/intervals.ts";
import { drawPatient, drawsOf, survivalIntervals, timeInterval } from "../../src-main/prognosis/intervals.ts";
import type {
  AgeMargin,
  Baseline,
  CaseMixMargins,
  LevelsTerm,
  LinearTerm,
  PublishedModel,
  Study,
} from "../../src-main/prognosis/model.ts";
import { normalQuantile } from "../../src-main/prognosis/normal.ts";
import { prepareStudy } from "../../src-main/prognosis/prepared.ts";
import { between, centralRanks, rankOf, select, selectCentral } from "../../src-main/prognosis/quantile.ts";
import { percentileOf, riskGroupOf, riskScaleOf } from "../../src-main/prognosis/riskGroup.ts";
import { PROPERTY_SEED, estimablePatient, loadPrepared, readBaseline } from "../support/prognosis.ts";
import { covariateValues } from "../../src-main/prognosis/covariates.ts";
import { MODEL_IDS } from "../../src-main/prognosis/model.ts";

// Hundreds of random patients in one test: room for a slow machine.
vi.setConfig({ testTimeout: 60_000 });

/** Two-sided and absolute, in the unit of the number. */
function within(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(actual).toBeTypeOf("number");
  expect(Math.abs(actual! - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

const source = { place: "worked by hand" };

/**
 * A study small enough for paper: ALP normal in one patient and elevated in two, hazard ratio 2, so w = 1/3 and 2/3;
 * half of the cohort alive at 10 months, a quarter at 20; horizon 30 months.
 */
const ALP_TERM: LevelsTerm = {
  covariate: "alp",
  kind: "levels",
  reference: "normal",
  levels: [{ level: "elevated", hazardRatio: 2, lower: 1, upper: 4, source }],
  source,
};
const MODEL: PublishedModel = {
  id: "nec-os",
  tumour: "NEC",
  endpoint: "os",
  n: 3,
  horizonMonths: 30,
  landmarkMonths: [5, 10, 15, 20, 30],
  terms: [ALP_TERM],
  anchors: [
    { kind: "median", months: 10, lower: 8, upper: 12, survival: 0.5, source },
    { kind: "survival", months: 20, survival: 0.25, n: 3, source },
  ],
  source,
};
const MARGINS: CaseMixMargins = {
  ageYears: { centre: 2, min: 0, max: 4, tail: { above: 3, count: 1, of: 10 }, source },
  levels: { alp: { counts: { normal: 1, elevated: 2 }, source } },
};

/** (1 − w)·z² + w·z = S for z = exp(−h): the one positive root, in the form that does not cancel. */
const hazardOfTwoCells = (w: number, survival: number): number =>
  -Math.log((2 * survival) / (w + Math.sqrt(w * w + 4 * (1 - w) * survival)));

/** H0 at 10 and 20 months, from the quadratic. */
const H10 = hazardOfTwoCells(1 / 3, 0.5);
const H20 = hazardOfTwoCells(1 / 3, 0.25);

describe("H0 at a survival is the root of Σ w·exp(−H0·r) = S", () => {
  it("of one component it is −ln S / r", () => {
    within(hazardAtSurvival(0.5, [1], [2]), Math.LN2 / 2, 1e-16);
    within(hazardAtSurvival(0.02, [1], [1]), 3.912023005428146, 1e-15);
    within(hazardAtSurvival(1, [1], [3]), 0, 0);
  });

  it("of two components with risks 1 and 2 it solves a quadratic in exp(−H0)", () => {
    // w = 1/2, S = 1/2: z² + z − 1 = 0, z = 1/golden ratio.
    within(hazardAtSurvival(0.5, [0.5, 0.5], [1, 2]), Math.log((1 + Math.sqrt(5)) / 2), 1e-15);
    for (const w of [0.001, 0.1, 1 / 3, 0.5, 0.9, 0.999]) {
      for (const survival of [0.999, 0.75, 0.5, 0.25, 0.05, 0.02, 1e-6]) {
        const expected = hazardOfTwoCells(w, survival);
        within(hazardAtSurvival(survival, [w, 1 - w], [1, 2]), expected, 1e-14 * Math.max(1, expected));
        within(hazardAtSurvival(survival, [1 - w, w], [2, 1]), expected, 1e-14 * Math.max(1, expected));
      }
    }
  });

  it("of equal components it is that of one", () => {
    within(hazardAtSurvival(0.3, [0.2, 0.3, 0.5], [4, 4, 4]), -Math.log(0.3) / 4, 1e-15);
  });

  it("put back into the mixture it gives the survival again, for any mixture", () => {
    const positive = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(positive(0.01, 1), positive(0.05, 20)), { minLength: 1, maxLength: 8 }),
        positive(0.001, 1),
        (cells, survival) => {
          const total = cells.reduce((sum, [weight]) => sum + weight, 0);
          const weights = cells.map(([weight]) => weight / total);
          const risks = cells.map(([, risk]) => risk);
          const h = hazardAtSurvival(survival, weights, risks);
          // −ln S over the largest and the smallest risk bound the root.
          expect(h).toBeGreaterThanOrEqual(-Math.log(survival) / Math.max(...risks) - 1e-13);
          expect(h).toBeLessThanOrEqual(-Math.log(survival) / Math.min(...risks) + 1e-13);
          within(survivalAt(h, weights, risks), survival, 1e-14);
        },
      ),
      { seed: PROPERTY_SEED, numRuns: 500 },
    );
  });

  it.each([0, -0.1, 1.0000001, NaN, Infinity])("a survival of %s has none", (survival) => {
    expect(() => hazardAtSurvival(survival, [0.5, 0.5], [1, 2])).toThrow(RangeError);
    expect(() => hazardAtSurvival(survival, [1], [1])).toThrow(RangeError);
  });

  it("survival of a mixture is the weighted mean of its components'", () => {
    within(survivalAt(Math.LN2, [0.25, 0.75], [1, 2]), 0.25 / 2 + 0.75 / 4, 1e-16);
    within(survivalAt(0, [0.25, 0.75], [1, 2]), 1, 0);
  });
});

describe("H0 is piecewise linear through (0, 0) and the points", () => {
  const POINTS = [
    { months: 10, cumulativeHazard: 0.5 },
    { months: 20, cumulativeHazard: 2 },
  ];

  it.each([
    [0, 0],
    [1, 0.05],
    [10, 0.5],
    [12, 0.8],
    [20, 2],
    [30, 3.5],
  ])("at %s months it is %s", (months, expected) => {
    within(cumulativeHazardAt(POINTS, months, 30), expected, 1e-15);
    within(timeOnBaseline(POINTS, expected, 30), months, 1e-14);
  });

  it("is not known before 0, past the horizon or at no time at all", () => {
    for (const months of [-1e-9, 30.0001, NaN, Infinity]) {
      expect(() => cumulativeHazardAt(POINTS, months, 30)).toThrow(RangeError);
    }
  });

  it("a hazard reached only past the horizon has no time; one at the horizon has", () => {
    expect(timeOnBaseline(POINTS, 3.5001, 30)).toBe(Infinity);
    expect(timeOnBaseline(POINTS, 2.0001, 20)).toBe(Infinity);
    expect(timeOnBaseline(POINTS, 2, 20)).toBe(20);
    // H0 at the horizon, with the rounding of 1/3: the time is the horizon, not nothing.
    const third = [{ months: 10, cumulativeHazard: 1 / 3 }];
    expect(timeOnBaseline(third, cumulativeHazardAt(third, 24, 24), 24)).toBe(24);
  });

  it("of one point it is one line to the horizon", () => {
    const one = [{ months: 4, cumulativeHazard: 1 }];
    within(cumulativeHazardAt(one, 1, 12), 0.25, 0);
    within(cumulativeHazardAt(one, 12, 12), 3, 0);
    within(timeOnBaseline(one, 2.5, 12), 10, 0);
  });

  it("timeAtHazard reads its points by index", () => {
    const months = [10, 20];
    const hazards = [0.5, 2];
    const at = (h0: number): number =>
      timeAtHazard(
        2,
        (i) => months[i]!,
        (i) => hazards[i]!,
        h0,
        30,
      );
    within(at(0.25), 5, 1e-15);
    within(at(0.5), 10, 1e-15);
    within(at(1.25), 15, 1e-14);
    within(at(2.75), 25, 1e-14);
    expect(at(4)).toBe(Infinity);
  });

  it("time and hazard undo each other everywhere", () => {
    for (let months = 0; months <= 30; months += 0.25) {
      within(timeOnBaseline(POINTS, cumulativeHazardAt(POINTS, months, 30), 30), months, 1e-13);
    }
  });
});

describe("the case mix is the product of its margins", () => {
  it("shares are counts over their total", () => {
    expect([...levelShares(MARGINS, "alp")]).toEqual([
      ["normal", 1 / 3],
      ["elevated", 2 / 3],
    ]);
    expect(() => levelShares(MARGINS, "sex")).toThrow();
    expect(() => levelShares(MARGINS, "ageYears")).toThrow();
  });

  it("ages weigh exp(−(a − centre)²/2σ²)", () => {
    // σ² = 1/(2 ln 2): the weights are 1/2 to the power (a − centre)².
    const ages = ageDistribution(MARGINS.ageYears, Math.sqrt(1 / (2 * Math.LN2)));
    const total = 1 + 2 / 2 + 2 / 16;
    expect(ages.map(([age]) => age)).toEqual([0, 1, 2, 3, 4]);
    [1 / 16, 1 / 2, 1, 1 / 2, 1 / 16].forEach((weight, i) => within(ages[i]![1], weight / total, 1e-15));
  });

  it("σ is the one that gives the published share above an age", () => {
    // With weights 1, q, q⁴ on both sides the share above 3 is q⁴/(1 + 2q + 2q⁴), q = exp(−1/2σ²); q = 1/2 gives 1/34.
    const margin: AgeMargin = { ...MARGINS.ageYears, tail: { above: 3, count: 1, of: 34 } };
    within(solveAgeSpread(margin), Math.sqrt(1 / (2 * Math.LN2)), 1e-13);
  });

  it("two covariates make a cell for each pair, with the product of their weights", () => {
    const sex: LevelsTerm = {
      covariate: "sex",
      kind: "levels",
      reference: "male",
      levels: [{ level: "female", hazardRatio: 0.5, lower: 0.25, upper: 1, source }],
      source,
    };
    const margins: CaseMixMargins = {
      ...MARGINS,
      levels: { ...MARGINS.levels, sex: { counts: { male: 3, female: 1 }, source } },
    };
    const model = { ...MODEL, terms: [ALP_TERM, sex] };
    const mix = caseMixOf(model, margins, 1);
    expect([...mix.design]).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
    [3 / 12, 1 / 12, 6 / 12, 2 / 12].forEach((weight, cell) => within(mix.weights[cell], weight, 2e-16));
    const predictors = cellPredictors(mix, [Math.log(2), Math.log(0.5)]);
    [0, -Math.LN2, Math.LN2, 0].forEach((lp, cell) => within(predictors[cell], lp, 1e-16));

    const women = caseMixOf(model, margins, 1, { levels: { sex: ["female"] } });
    expect([...women.design]).toEqual([0, 1, 1, 1]);
    [1 / 3, 2 / 3].forEach((weight, cell) => within(women.weights[cell], weight, 1e-15));
    expect(() => caseMixOf(model, margins, 1, { levels: { sex: [] } })).toThrow();
  });
});

describe("coefficients are ln HR with the standard error that was printed", () => {
  const AGE: LinearTerm = {
    covariate: "ageYears",
    kind: "linear",
    centre: 60,
    hazardRatio: 1.1,
    lower: 1,
    upper: 1.21,
    p: { relation: "=", value: 0.05 },
    standardErrorFrom: "interval",
    source,
  };

  it("a level: β = ln 2, SE = (ln 4 − ln 1)/3.92", () => {
    const [coefficient] = coefficientsOf(MODEL);
    expect(coefficient).toMatchObject({ covariate: "alp", level: "elevated" });
    within(coefficient?.beta, Math.LN2, 1e-16);
    within(coefficient?.standardError, (2 * Math.LN2) / 3.92, 1e-15);
  });

  it("a number: from its interval, or from p as |β| / z(1 − p/2)", () => {
    const [fromInterval] = coefficientsOf({ ...MODEL, terms: [AGE] });
    within(fromInterval?.beta, Math.log(1.1), 1e-16);
    within(fromInterval?.standardError, (2 * Math.log(1.1)) / 3.92, 1e-15);
    const [fromP] = coefficientsOf({ ...MODEL, terms: [{ ...AGE, standardErrorFrom: "p" }] });
    within(fromP?.standardError, Math.log(1.1) / 1.959963984540054, 1e-15);
    const inexact: LinearTerm = { ...AGE, standardErrorFrom: "p", p: { relation: "<", value: 0.05 } };
    expect(() => coefficientsOf({ ...MODEL, terms: [inexact] })).toThrow();
  });

  it("an age contributes β per year from the centre, with limits that widen with the distance", () => {
    const se = (2 * Math.log(1.1)) / 3.92;
    for (const [age, x] of [
      [70, 10],
      [60, 0],
      [50, -10],
    ] as const) {
      const contribution = contributionOf(AGE, age);
      within(contribution.logHazardRatio, x * Math.log(1.1), 1e-15);
      within(contribution.hazardRatio, 1.1 ** x, 1e-14);
      within(contribution.lower, Math.exp(x * Math.log(1.1) - Math.abs(x) * 1.96 * se), 1e-14);
      within(contribution.upper, Math.exp(x * Math.log(1.1) + Math.abs(x) * 1.96 * se), 1e-14);
    }
    // SE from the printed interval: ten years older gives the printed limits to the power of ten.
    within(contributionOf(AGE, 70).lower, 1, 1e-13);
    within(contributionOf(AGE, 70).upper, 1.21 ** 10, 1e-12);
  });

  it("a level contributes what is printed, the reference nothing, an unknown level an error", () => {
    expect(contributionOf(ALP_TERM, "elevated")).toEqual({
      covariate: "alp",
      level: "elevated",
      hazardRatio: 2,
      lower: 1,
      upper: 4,
      logHazardRatio: Math.log(2),
    });
    expect(contributionOf(ALP_TERM, "normal")).toEqual({
      covariate: "alp",
      level: "normal",
      hazardRatio: 1,
      lower: 1,
      upper: 1,
      logHazardRatio: 0,
    });
    expect(() => contributionOf(ALP_TERM, "unknown")).toThrow();
    expect(() => contributionOf(ALP_TERM, 1)).toThrow();
    expect(() => contributionOf(AGE, "70")).toThrow();
  });

  it("LP is the sum of design times coefficients", () => {
    within(linearPredictor([10, 1, 0], [0.02, 0.5, 7]), 0.7, 1e-16);
  });
});

describe("a patient is a mixture over what is not known", () => {
  const shares = (): Map<string, number> => levelShares(MARGINS, "alp");

  it("one component when all is known", () => {
    expect(mixtureOf(MODEL, { alp: "normal" }, shares)).toEqual({ weights: [1], designs: [[0]] });
    expect(mixtureOf(MODEL, { alp: "elevated" }, shares)).toEqual({ weights: [1], designs: [[1]] });
  });

  it("the cohort's shares when ALP is not known", () => {
    expect(mixtureOf(MODEL, { alp: null }, shares)).toEqual({
      weights: [1 / 3, 2 / 3],
      designs: [[0], [1]],
    });
  });

  it("only null is averaged: a level that the model does not have, or none at all, is an error", () => {
    for (const alp of ["unknown", "", 1]) expect(() => mixtureOf(MODEL, { alp }, shares)).toThrow();
    expect(() => mixtureOf(MODEL, {}, shares)).toThrow();
  });

  it("a number is required, and every pair of unknowns has its product of shares", () => {
    const age: LinearTerm = {
      covariate: "ageYears",
      kind: "linear",
      centre: 60,
      hazardRatio: 1.1,
      lower: 1,
      upper: 1.21,
      standardErrorFrom: "interval",
      source,
    };
    const sex: LevelsTerm = {
      ...ALP_TERM,
      covariate: "sex",
      reference: "male",
      levels: [{ ...ALP_TERM.levels[0]!, level: "female" }],
    };
    const model = { ...MODEL, terms: [age, ALP_TERM, sex] };
    const sharesOf = (covariate: string): Map<string, number> =>
      covariate === "sex"
        ? new Map([
            ["female", 0.25],
            ["male", 0.75],
          ])
        : shares();
    const mixture = mixtureOf(model, { ageYears: 70, alp: null, sex: null }, sharesOf);
    expect(mixture.designs).toEqual([
      [10, 0, 1],
      [10, 0, 0],
      [10, 1, 1],
      [10, 1, 0],
    ]);
    [1 / 12, 3 / 12, 2 / 12, 6 / 12].forEach((weight, k) => within(mixture.weights[k], weight, 1e-16));
    for (const ageYears of [null, "70"]) {
      expect(() => mixtureOf(model, { ageYears, alp: "normal", sex: "male" }, sharesOf)).toThrow();
    }
  });
});

describe("thirds and percentiles of the case mix", () => {
  it("cuts are the smallest LP at which the cumulative weight reaches one and two thirds", () => {
    const scale = riskScaleOf(Float64Array.of(0.2, 0.2, 0.2, 0.2, 0.2), Float64Array.of(5, 1, 4, 2, 3));
    expect([...scale.predictors]).toEqual([1, 2, 3, 4, 5]);
    [0.2, 0.4, 0.6, 0.8, 1].forEach((weight, i) => within(scale.cumulative[i], weight, 1e-15));
    expect(scale.cuts).toEqual([2, 4]);
    within(scale.meanPredictor, 3, 1e-15);
  });

  it("a cumulative weight of exactly a third, rounded or not, is reached", () => {
    const scale = riskScaleOf(Float64Array.of(1 / 3, 1 / 3, 1 / 3), Float64Array.of(10, 20, 30));
    expect(scale.cuts).toEqual([10, 20]);
    const sixths = riskScaleOf(new Float64Array(6).fill(1 / 6), Float64Array.of(1, 2, 3, 4, 5, 6));
    expect(sixths.cuts).toEqual([2, 4]);
  });

  it("cells with equal LP are one step", () => {
    const scale = riskScaleOf(Float64Array.of(0.1, 0.4, 0.2, 0.3), Float64Array.of(1, 0, 1 + 4e-10, -1));
    expect(scale.predictors.length).toBe(3);
    within(scale.cumulative[1], 0.7, 1e-15);
    within(scale.cumulative[2], 1, 1e-15);
    within(scale.meanPredictor, 0, 1e-9);
  });

  it("equal to a cut within 1e-9 is below it", () => {
    const scale = riskScaleOf(Float64Array.of(0.2, 0.2, 0.2, 0.2, 0.2), Float64Array.of(1, 2, 3, 4, 5));
    for (const [lp, group] of [
      [-100, "lower"],
      [2, "lower"],
      [2 + 9e-10, "lower"],
      [2 + 2e-9, "intermediate"],
      [4, "intermediate"],
      [4 + 9e-10, "intermediate"],
      [4 + 2e-9, "higher"],
      [100, "higher"],
    ] as const) {
      expect(riskGroupOf(scale, lp), String(lp)).toBe(group);
    }
  });

  it("the percentile is the weight below plus half the weight of ties", () => {
    const scale = riskScaleOf(Float64Array.of(0.5, 0.3, 0.2), Float64Array.of(0, 1, 2));
    for (const [lp, percentile] of [
      [-1, 0],
      [0, 25],
      [-5e-10, 25],
      [0.5, 50],
      [1, 65],
      [1 + 5e-10, 65],
      [1.5, 80],
      [2, 90],
      [3, 100],
    ] as const) {
      within(percentileOf(scale, lp), percentile, 1e-12);
    }
  });
});

describe("the quantile of the normal distribution", () => {
  // qnorm() of R 4.2.2, in the middle, between, and far out.
  it.each([
    [0.5, 0],
    [0.51, 0.025068908258711057],
    [0.6, 0.2533471031357998],
    [0.75, 0.6744897501960817],
    [0.9, 1.2815515655446008],
    [0.975, 1.959963984540054],
    [0.025, -1.9599639845400538],
    [0.9925, 2.432379058584449],
    [1e-5, -4.2648907939228256],
    [1e-10, -6.361340902404056],
    [1e-12, -7.034483825301132],
    [1e-20, -9.262340089798405],
    [1e-50, -14.933337534788489],
    [1e-100, -21.27345356096532],
    [1e-300, -37.0470962993612],
  ])("Φ⁻¹(%s) is %s", (p, z) => {
    within(normalQuantile(p), z, 1e-14 * Math.max(1, Math.abs(z) / 4));
  });

  it("is odd about one half and rises", () => {
    let before = -Infinity;
    for (let i = 1; i < 1024; i++) {
      const p = i / 1024;
      const z = normalQuantile(p);
      within(z, -normalQuantile(1 - p), 1e-15);
      expect(z).toBeGreaterThan(before);
      before = z;
    }
  });

  it("joins its three pieces without a step", () => {
    // |p − 1/2| = 0.425, and −ln p = 25.
    for (const p of [0.075, 0.925, Math.exp(-25)]) {
      within(normalQuantile(p * (1 - 1e-12)), normalQuantile(p * (1 + 1e-12)), 1e-10);
    }
  });

  it.each([0, 1, -0.1, 1.1, NaN])("has no value at %s", (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
  });
});

describe("order statistics by selection are those of a sort", () => {
  const value = fc.oneof(
    fc.constantFrom(0, 1, 2, 3, Infinity),
    fc.double({ min: -50, max: 50, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  );
  const ascending = (values: Float64Array): Float64Array => values.slice().sort();

  it("type 7: h = (n − 1)·p", () => {
    expect(rankOf(0.5, 5)).toEqual({ below: 2, fraction: 0 });
    expect(rankOf(0.5, 4)).toEqual({ below: 1, fraction: 0.5 });
    expect(rankOf(0, 10)).toEqual({ below: 0, fraction: 0 });
    expect(rankOf(1, 10)).toEqual({ below: 8, fraction: 1 });
    expect(rankOf(0.025, 1)).toEqual({ below: 0, fraction: 0 });
    const { lower, upper } = centralRanks(1000);
    expect([lower.below, upper.below]).toEqual([24, 974]);
    within(lower.fraction, 0.975, 1e-12);
    within(upper.fraction, 0.025, 1e-12);
  });

  it("R's own: quantile(c(1, 2, 4, 8, 16), c(0.025, 0.975), type = 7) is 1.1 and 15.2", () => {
    const values = Float64Array.of(8, 1, 16, 4, 2);
    const ranks = centralRanks(5);
    const order = new Float64Array(4);
    selectCentral(values, ranks, order);
    within(between(order[0]!, order[1]!, ranks.lower.fraction), 1.1, 1e-13);
    within(between(order[2]!, order[3]!, ranks.upper.fraction), 15.2, 1e-13);
  });

  it("between two numbers; an infinite neighbour counts only when it has weight", () => {
    expect(between(1, 3, 0.25)).toBe(1.5);
    expect(between(7, Infinity, 0)).toBe(7);
    expect(between(7, Infinity, 0.001)).toBe(Infinity);
    expect(between(Infinity, Infinity, 0.5)).toBe(Infinity);
  });

  it("select: the k-th smallest, smaller ones before it and larger ones after", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.nat(), (list, at) => {
        const values = Float64Array.from(list);
        const sorted = ascending(values);
        const k = at % list.length;
        expect(select(values, k)).toBe(sorted[k]);
        expect(values[k]).toBe(sorted[k]);
        for (let i = 0; i < k; i++) expect(values[i]).toBeLessThanOrEqual(values[k]!);
        for (let i = k + 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[k]!);
        expect(ascending(values)).toEqual(sorted);
      }),
      { seed: PROPERTY_SEED, numRuns: 500 },
    );
  });

  it("select within a part leaves the rest alone", () => {
    const values = Float64Array.of(9, 8, 5, 3, 4, 1, 0);
    expect(select(values, 3, 2, 4)).toBe(4);
    expect([...values.slice(0, 2), ...values.slice(5)]).toEqual([9, 8, 1, 0]);
    expect([...values.slice(2, 5)]).toEqual([3, 4, 5]);
  });

  it("selectCentral: the four that a 95 % interval needs, ties and infinities included", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 300 }), (list) => {
        const values = Float64Array.from(list);
        const sorted = ascending(values);
        const ranks = centralRanks(list.length);
        const order = new Float64Array(4);
        selectCentral(values, ranks, order);
        const { lower, upper } = ranks;
        expect([...order]).toEqual([
          sorted[lower.below],
          sorted[lower.below + 1],
          sorted[upper.below],
          sorted[upper.below + 1],
        ]);
        expect(ascending(values)).toEqual(sorted);
      }),
      { seed: PROPERTY_SEED, numRuns: 500 },
    );
  });
});

/** The small study with three draws, made so that their H0 can be said aloud. */
const DRAWS = [
  // β, months of the two points, H0 at them
  [Math.log(2), 10, 20, 0.4, 0.9],
  [Math.log(3), 9, 20, 0.3, 0.8],
  [Math.log(1.5), 12, 20, 0.5, 1.2],
];

function smallStudy(): ReturnType<typeof prepareStudy> {
  const study: Study = {
    formatVersion: 1,
    id: "small",
    modelVersion: "1",
    name: "Small",
    citation: {
      authors: "",
      title: "",
      journal: "",
      year: 2000,
      volume: "",
      pages: "",
      doi: "",
      licence: "",
      licenceUrl: "",
      correction: "",
    },
    timeZero: { text: "", source },
    slips: [],
    populations: {
      NEC: { n: 3, ki67NotHighGradeUpTo: 20, ki67Cut: 55, source },
      NET_G3: { n: 3, ki67NotHighGradeUpTo: 20, ki67Cut: 55, source },
    },
    caseMix: { NEC: MARGINS, NET_G3: MARGINS },
    models: [MODEL],
    results: [],
  };
  const mix = caseMixOf(MODEL, MARGINS, 1);
  const baseline: Baseline = {
    formatVersion: 1,
    study: "small",
    modelVersion: "1",
    inputSha256: "",
    seed: 0,
    drawCount: DRAWS.length,
    ageSpread: { NEC: 1, NET_G3: 1 },
    models: [
      {
        id: "nec-os",
        coefficients: [{ covariate: "alp", level: "elevated" }],
        baseline: solveBaseline(MODEL.anchors, mix.weights, cellPredictors(mix, [Math.LN2]).map(Math.exp)),
        draws: DRAWS,
      },
    ],
  };
  return prepareStudy(study, baseline);
}

describe("a study of two cells, worked in closed form", () => {
  const prepared = smallStudy().models["nec-os"];
  /** e^LP of a normal and an elevated ALP */
  const RISK = { normal: 1, elevated: 2 } as const;
  const hazardByHand = (months: number): number =>
    months <= 10 ? (H10 * months) / 10 : H10 + ((H20 - H10) * (months - 10)) / 10;
  const timeByHand = (hazard: number): number =>
    hazard <= H10 ? (10 * hazard) / H10 : 10 + (10 * (hazard - H10)) / (H20 - H10);

  it("baseline: half of the cohort at 10 months, a quarter at 20", () => {
    // 2z² + z = 3S: z = (−1 + √(1 + 24 S))/4.
    within(H10, -Math.log((Math.sqrt(13) - 1) / 4), 1e-15);
    within(H20, -Math.log((Math.sqrt(7) - 1) / 4), 1e-15);
    expect(prepared.baseline.map(({ months }) => months)).toEqual([10, 20]);
    within(prepared.baseline[0]?.cumulativeHazard, H10, 1e-15);
    within(prepared.baseline[1]?.cumulativeHazard, H20, 1e-15);
  });

  it.each(["normal", "elevated"] as const)("ALP %s: S = exp(−r·H0), median where r·H0 = ln 2", (alp) => {
    const estimate = estimateOf(prepared, { alp });
    const risk = RISK[alp];
    within(estimate.linearPredictor, Math.log(risk), 1e-16);
    // Mean LP of the case mix is 2/3 ln 2.
    within(estimate.relativeHazard, risk / 2 ** (2 / 3), 1e-15);
    for (const { months, survival } of [...estimate.landmarks, ...estimate.curve]) {
      within(survival, Math.exp(-risk * hazardByHand(months)), 1e-15);
    }
    within(estimate.median.months, timeByHand(Math.LN2 / risk), 1e-13);
    within(estimate.outcomes.worst10, timeByHand(-Math.log(0.9) / risk), 1e-13);
    within(estimate.outcomes.lowerQuartile, timeByHand(-Math.log(0.75) / risk), 1e-13);
    if (alp === "normal") {
      // H0(30) is 1.35: more than a quarter are alive at the horizon, and nothing is said past it.
      expect(timeByHand(Math.log(4))).toBeGreaterThan(30);
      expect(estimate.outcomes.upperQuartile).toBeNull();
      expect(estimate.outcomes.best10).toBeNull();
    } else {
      within(estimate.outcomes.upperQuartile, timeByHand(Math.log(4) / 2), 1e-13);
      within(estimate.outcomes.best10, timeByHand(Math.log(10) / 2), 1e-13);
    }
    expect(estimate.averaged).toEqual([]);
    expect(estimate.contributions).toEqual([contributionOf(ALP_TERM, alp)]);
    // Cumulative weight 1/3 up to LP 0, 1 up to ln 2: cuts at 0 and ln 2.
    expect(estimate.riskGroup).toBe(alp === "normal" ? "lower" : "intermediate");
    within(estimate.percentile, alp === "normal" ? 100 / 6 : 100 * (1 / 3 + 1 / 3), 1e-12);
  });

  it("ALP not known: the cohort itself, so its own two points", () => {
    const estimate = estimateOf(prepared, { alp: null });
    within(estimate.median.months, 10, 1e-13);
    within(estimate.outcomes.upperQuartile, 20, 1e-13);
    within(estimate.linearPredictor, (2 / 3) * Math.LN2, 1e-15);
    within(estimate.relativeHazard, 1, 1e-15);
    within(estimate.percentile, 100 / 3, 1e-12);
    expect(estimate.averaged).toEqual(["alp"]);
    expect(estimate.contributions).toEqual([]);
    for (const { months, survival } of estimate.curve) {
      const h = hazardByHand(months);
      within(survival, Math.exp(-h) / 3 + (2 * Math.exp(-2 * h)) / 3, 1e-15);
    }
  });

  it("curve: 121 even points from 0 to the horizon; none when it is not asked for", () => {
    const { curve } = estimateOf(prepared, { alp: "normal" });
    expect(curve.map(({ months }) => months)).toEqual(Array.from({ length: 121 }, (_, i) => i / 4));
    expect(curve[0]?.survival).toBe(1);
    expect(estimateOf(prepared, { alp: "normal" }, { curve: false }).curve).toEqual([]);
  });

  it("without intervals their limits are null and every estimate is the same", () => {
    const withIntervals = estimateOf(prepared, { alp: null });
    const without = estimateOf(prepared, { alp: null }, { intervals: false });
    const bare = (points: typeof without.curve): typeof without.curve =>
      points.map((point) => ({ ...point, lower: null, upper: null }));
    expect(without).toStrictEqual({
      ...withIntervals,
      median: { months: withIntervals.median.months, lower: null, upper: null },
      landmarks: bare(withIntervals.landmarks),
      curve: bare(withIntervals.curve),
    });
  });

  it("intervals: type 7 over the three draws, each with its own baseline", () => {
    // Three values: h = 2·0.025 = 0.05 between the smallest two, 1.95 between the largest two.
    const limits = (values: number[]): [number, number] => {
      const [a, b, c] = values.sort((x, y) => x - y) as [number, number, number];
      return [a + 0.05 * (b - a), b + 0.95 * (c - b)];
    };
    // H0 of each draw at 5, 10, 15, 20 and 30 months, by its two lines.
    const hazards: Record<number, [number, number, number]> = {
      5: [0.2, 0.3 * (5 / 9), 0.5 * (5 / 12)],
      10: [0.4, 0.3 + 0.5 / 11, 0.5 * (10 / 12)],
      15: [0.65, 0.3 + 6 * (0.5 / 11), 0.5 + 3 * (0.7 / 8)],
      20: [0.9, 0.8, 1.2],
      30: [1.4, 0.8 + 10 * (0.5 / 11), 1.2 + 10 * (0.7 / 8)],
    };
    const risks = [2, 3, 1.5];
    for (const alp of ["normal", "elevated", null] as const) {
      const { landmarks } = estimateOf(prepared, { alp });
      expect(landmarks.map(({ months }) => months)).toEqual([5, 10, 15, 20, 30]);
      for (const { months, lower, upper } of landmarks) {
        const survival = hazards[months]!.map((h, d) => {
          const elevated = Math.exp(-h * risks[d]!);
          if (alp === "elevated") return elevated;
          return alp === "normal" ? Math.exp(-h) : Math.exp(-h) / 3 + (2 * elevated) / 3;
        });
        const [low, high] = limits(survival);
        within(lower, low, 1e-15);
        within(upper, high, 1e-15);
      }
    }
    // Elevated ALP: r·H0 = ln 2 in each draw. Draw 1: 0.3466 on its first line; draw 2: 0.2310, first; draw 3: 0.4621, first.
    const medians = [(10 * (Math.LN2 / 2)) / 0.4, (9 * (Math.LN2 / 3)) / 0.3, (12 * (Math.LN2 / 1.5)) / 0.5];
    const [low, high] = limits(medians);
    const { median } = estimateOf(prepared, { alp: "elevated" });
    within(median.lower, low, 1e-14);
    within(median.upper, high, 1e-14);
    // Normal ALP: H0 = ln 2, on the second line of every draw.
    const second = limits([
      10 + (10 * (Math.LN2 - 0.4)) / 0.5,
      9 + (11 * (Math.LN2 - 0.3)) / 0.5,
      12 + (8 * (Math.LN2 - 0.5)) / 0.7,
    ]);
    const normal = estimateOf(prepared, { alp: "normal" }).median;
    within(normal.lower, second[0], 1e-13);
    within(normal.upper, second[1], 1e-13);
  });

  it("a limit past the horizon is null while the estimate stays", () => {
    const draws = drawsOf({ ...readSmall(), draws: [DRAWS[0]!, DRAWS[1]!, [Math.log(2), 10, 20, 0.1, 0.2]] });
    const interval = timeInterval(drawPatient(draws, { weights: [1], designs: [[0]] }), 0.5, 30);
    expect(interval.upper).toBe(Infinity);
    // Draws 1 and 2 only: the third has H0 = 0.3 at the horizon.
    const [a, b] = [10 + (10 * (Math.LN2 - 0.4)) / 0.5, 9 + (11 * (Math.LN2 - 0.3)) / 0.5];
    within(interval.lower, a + 0.05 * (b - a), 1e-13);
    const estimate = estimateOf({ ...prepared, draws }, { alp: "normal" });
    expect(estimate.median.upper).toBeNull();
    within(estimate.median.months, timeByHand(Math.LN2), 1e-13);
  });

  function readSmall(): Parameters<typeof drawsOf>[0] {
    return {
      id: "nec-os",
      coefficients: [{ covariate: "alp", level: "elevated" }],
      baseline: prepared.baseline,
      draws: DRAWS,
    };
  }
});

describe("a study and a baseline that do not belong together are refused", () => {
  const { study } = loadPrepared();
  const baseline = readBaseline();

  it("other study, other version", () => {
    expect(() => prepareStudy(study, { ...baseline, study: "other" })).toThrow();
    expect(() => prepareStudy(study, { ...baseline, modelVersion: "0" })).toThrow();
  });

  it.each(MODEL_IDS)("%s: absent, a coefficient more, fewer, or in another order", (id) => {
    const others = baseline.models.filter((model) => model.id !== id);
    const own = baseline.models.find((model) => model.id === id)!;
    const last = own.coefficients.at(-1)!;
    for (const coefficients of [
      own.coefficients.slice(1),
      [...own.coefficients, last],
      own.coefficients.toReversed(),
      [...own.coefficients.slice(0, -1), { ...last, level: "other level" }],
    ]) {
      expect(() =>
        prepareStudy(study, { ...baseline, models: [...others, { ...own, coefficients }] }),
      ).toThrow(id);
    }
    expect(() => prepareStudy(study, { ...baseline, models: others })).toThrow(id);
    expect(() => prepareStudy(study, baseline)).not.toThrow();
  });
});

describe("intervals of the shipped draws are what their definition says", () => {
  const prepared = loadPrepared();

  /** S in each draw from the draw's own row, sorted, type 7: nothing of the program's shortcuts. */
  function byDefinition(patient: DrawnPatient, months: number): { lower: number; upper: number } {
    const { draws, weights, risks } = patient;
    const survival = Array.from({ length: draws.count }, (_, d) => {
      const points = draws.months.map((column, i) => [column[d]!, draws.hazards[i]![d]!] as const);
      let from: readonly [number, number] = [0, 0];
      let to = points[0]!;
      for (let i = 1; i < points.length && months > to[0]; i++) [from, to] = [to, points[i]!];
      const h0 = from[1] + ((to[1] - from[1]) * (months - from[0])) / (to[0] - from[0]);
      return weights.reduce((sum, weight, k) => sum + weight * Math.exp(-h0 * risks[k]![d]!), 0);
    }).sort((a, b) => a - b);
    const quantile = (p: number): number => {
      const h = (survival.length - 1) * p;
      const below = survival[Math.floor(h)]!;
      return below + (h - Math.floor(h)) * (survival[Math.ceil(h)]! - below);
    };
    return { lower: quantile(0.025), upper: quantile(0.975) };
  }

  it("on an even grid (each point from the one before) as at single times and as by definition", () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom("os" as const, "pfs" as const), (patient, endpoint) => {
        const model = Object.values(prepared.models).find(
          (candidate) => candidate.model.tumour === patient.tumour && candidate.model.endpoint === endpoint,
        )!;
        const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
        const drawn = drawPatient(model.draws, mixtureOf(model.model, values, model.shares));
        seen.add(drawn.weights.length);
        const times = estimateOf(model, values, { intervals: false }).curve.map(({ months }) => months);
        const grid = survivalIntervals(drawn, times);
        times.forEach((months, i) => {
          if (i % 5 !== 0) return;
          const [single] = survivalIntervals(drawn, [months]);
          within(grid[i]?.lower, single!.lower, 1e-12);
          within(grid[i]?.upper, single!.upper, 1e-12);
          const expected = byDefinition(drawn, months);
          within(grid[i]?.lower, expected.lower, 1e-12);
          within(grid[i]?.upper, expected.upper, 1e-12);
        });
      }),
      { seed: PROPERTY_SEED, numRuns: 60 },
    );
    // Both roads were taken: one component, and several.
    expect(seen.has(1)).toBe(true);
    expect([...seen].some((components) => components > 1)).toBe(true);
  });

  it.each(MODEL_IDS)("%s: on an uneven grid, where steps change and come back", (id) => {
    const model = prepared.models[id];
    const share = [
      0, 0.01, 0.02, 0.03, 0.04, 0.042, 0.044, 0.046, 0.12, 0.125, 0.13, 0.35, 0.4, 0.6, 0.602, 0.604, 0.62,
      0.64, 0.66, 0.98, 1,
    ];
    const times = share.map((part) => part * model.model.horizonMonths);
    const known = {
      ageYears: 75,
      sex: "male",
      primarySite: "colorectal",
      ecogPs: "2",
      ki67Percent: "at-least-55",
    };
    const mixtures = [
      { ...known, alp: "elevated", firstLine: "platinum-etoposide" },
      {
        ageYears: 64,
        sex: null,
        primarySite: null,
        ecogPs: "0",
        ki67Percent: null,
        alp: null,
        firstLine: null,
      },
    ].map((values) => mixtureOf(model.model, values, model.shares));
    expect(mixtures[0]!.weights).toHaveLength(1);
    expect(mixtures[1]!.weights.length).toBeGreaterThan(1);
    for (const mixture of mixtures) {
      const drawn = drawPatient(model.draws, mixture);
      survivalIntervals(drawn, times).forEach((interval, i) => {
        const expected = byDefinition(drawn, times[i]!);
        within(interval.lower, expected.lower, 1e-12);
        within(interval.upper, expected.upper, 1e-12);
      });
    }
  });
});
