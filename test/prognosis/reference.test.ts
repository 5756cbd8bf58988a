import { describe, expect, it } from "vitest";
import { hazardAtSurvival, timeAtHazard } from "../../src-main/prognosis/baseline.ts";
import { cellPredictors } from "../../src-main/prognosis/caseMix.ts";
import { covariateValues } from "../../src-main/prognosis/covariates.ts";
import { mixtureOf } from "../../src-main/prognosis/cox.ts";
import { drawPatient } from "../../src-main/prognosis/intervals.ts";
import type { Endpoint, HazardRatio, ModelId, Tumour } from "../../src-main/prognosis/model.ts";
import { ENDPOINTS, MODEL_IDS, TUMOURS } from "../../src-main/prognosis/model.ts";
import type { Patient } from "../../src-main/prognosis/patient.ts";
import { parsePatient } from "../../src-main/prognosis/patient.ts";
import type { PreparedModel } from "../../src-main/prognosis/prepared.ts";
import { modelOf } from "../../src-main/prognosis/prepared.ts";
import type { ReferenceInterval } from "../support/prognosis.ts";
import {
  GROUPS,
  agrees,
  estimateFor,
  loadPrepared,
  modelDifferences,
  patientDifferences,
  predictedMedian,
  readReference,
} from "../support/prognosis.ts";

const prepared = loadPrepared();
const reference = readReference();

/** Two-sided and absolute, in the unit of the number. */
function within(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(actual).toBeTypeOf("number");
  expect(Math.abs(actual! - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Half of the last digit printed. */
const printed = (digits: number): number => 0.5 * 10 ** -digits + 1e-12;

describe("models agree with R to 1e-9: H0, cuts, mean LP, spread of the ages", () => {
  it.each(MODEL_IDS)("%s", (id) => {
    expect(modelDifferences(prepared, reference, id)).toEqual([]);
  });
});

describe("models have the values written in their description, to its printed digits", () => {
  it.each<[ModelId, [months: number, cumulativeHazard: number][]]>([
    [
      "nec-os",
      [
        [7.4, 0.347217],
        [36, 1.800508],
        [60, 2.489874],
      ],
    ],
    [
      "net-g3-os",
      [
        [21.8, 0.233111],
        [36, 0.447641],
        [60, 1.277372],
      ],
    ],
    ["nec-pfs", [[3.4, 0.675373]]],
    ["net-g3-pfs", [[7.4, 0.30751]]],
  ])("H0 of %s", (id, points) => {
    const { baseline } = prepared.models[id];
    expect(baseline.map(({ months }) => months)).toEqual(points.map(([months]) => months));
    points.forEach(([, hazard], i) => within(baseline[i]?.cumulativeHazard, hazard, printed(6)));
  });

  it.each<[ModelId, number, number]>([
    ["nec-os", 0.473802, 0.821167],
    ["nec-pfs", -0.192372, 0.054488],
    ["net-g3-os", 0.634348, 1.413458],
    ["net-g3-pfs", 0.463734, 1.261298],
  ])("cuts of %s", (id, first, second) => {
    within(prepared.models[id].scale.cuts[0], first, printed(6));
    within(prepared.models[id].scale.cuts[1], second, printed(6));
  });

  it.each<[Tumour, number]>([
    ["NEC", 9.534],
    ["NET_G3", 12.817],
  ])("σ of the ages of %s", (tumour, sigma) => {
    for (const endpoint of ENDPOINTS)
      within(modelOf(prepared, tumour, endpoint).ageSpread, sigma, printed(3));
  });

  it.each<[ModelId, number]>([
    ["nec-os", 60],
    ["nec-pfs", 12],
    ["net-g3-os", 60],
    ["net-g3-pfs", 24],
  ])("horizon of %s is %s months", (id, months) => {
    expect(prepared.models[id].model.horizonMonths).toBe(months);
  });
});

describe("every reference patient has R's values to 1e-9", () => {
  it("there are sixty of them: both tumours, every PS that is modelled, known and unknown values", () => {
    expect(reference.patients).toHaveLength(60);
    const seen = new Set(reference.patients.map(({ input }) => `${input.tumour} PS ${input.ecogPs}`));
    expect([...seen].sort()).toEqual([
      "NEC PS 0",
      "NEC PS 1",
      "NEC PS 2",
      "NEC PS 3",
      "NET_G3 PS 0",
      "NET_G3 PS 1",
      "NET_G3 PS 2",
    ]);
    for (const field of ["sex", "ki67Percent", "primarySite", "firstLine"] as const) {
      expect(reference.patients.some(({ input }) => input[field] === null)).toBe(true);
    }
  });

  it.each(reference.patients)("$id", ({ input, os, pfs }) => {
    expect(parsePatient(input)).toStrictEqual({ ok: true, value: input });
    expect(patientDifferences(estimateFor(prepared, input, "os"), os)).toEqual([]);
    expect(patientDifferences(estimateFor(prepared, input, "pfs"), pfs)).toEqual([]);
  });
});

describe("the held-out check: medians of subgroups that the baseline has never seen", () => {
  it.each(reference.heldOut)("$model, $group agrees with R to 1e-9", ({ model, group, predicted }) => {
    const known = GROUPS.find((candidate) => candidate.model === model && candidate.reference === group)!;
    const median = predictedMedian(prepared.models[model], known.restriction);
    expect(agrees(median, predicted), `${median} against ${predicted}`).toBe(true);
  });

  // The table of the model's description: published median with its interval, model.
  it.each<[ModelId, string, number, number | null, number | null, number]>([
    ["nec-os", "PS 0", 11.2, 8.9, 13.4, 10.39],
    ["nec-os", "PS 1", 8.0, 6.4, 9.6, 7.95],
    ["nec-os", "PS 2", 5.2, 4.0, 6.4, 5.37],
    ["nec-os", "PS 3", 1.2, 0.8, 1.6, 2.85],
    ["nec-os", "Ki-67 < 55 %", 7.6, 3.5, 11.8, 9.99],
    ["nec-os", "Ki-67 >= 55 %", 7.4, 6.2, 8.5, 7.09],
    ["nec-os", "age < 70", 8.3, 6.8, 9.9, 7.85],
    ["nec-os", "age 70-75", 6.4, 5.0, 7.8, 7.07],
    ["nec-os", "age > 75", 6.4, 4.5, 8.3, 6.54],
    ["nec-os", "ALP normal", 9.2, 7.8, 10.6, 9.01],
    ["nec-os", "ALP elevated", 6.3, 5.2, 7.4, 6.39],
    ["nec-os", "colorectal", 6.7, null, null, 6.6],
    ["nec-pfs", "colorectal", 2.4, null, null, 2.65],
    ["net-g3-os", "PS 0", 28.7, 21.5, 35.8, 27.06],
    ["net-g3-os", "PS 1", 19.4, 12.6, 26.2, 20.16],
    ["net-g3-os", "PS 2", 5.4, 0, 14.4, 9.84],
    ["net-g3-os", "age < 70", 28.7, 20.1, 37.3, 26.24],
    ["net-g3-os", "age 70-75", 13.6, 5.5, 21.7, 13.6],
    ["net-g3-os", "age > 75", 17.5, 5.2, 29.8, 10.0],
    ["net-g3-os", "ALP normal", 33.6, 19.0, 48.1, 34.49],
    ["net-g3-os", "ALP elevated", 13.6, 7.6, 19.6, 14.5],
    ["net-g3-os", "platinum/etoposide", 14.3, 3.9, 24.7, 15.09],
    ["net-g3-os", "TEM/CAP", 22.5, 19.3, 25.7, 25.92],
    ["net-g3-os", "TEM/EVE", 31.4, 26.4, 36.4, 25.92],
    ["net-g3-pfs", "platinum/etoposide", 3.5, 3.1, 4.0, 3.54],
    ["net-g3-pfs", "TEM/CAP", 10.4, 5.9, 15.0, 12.49],
    ["net-g3-pfs", "TEM/EVE", 12.5, 7.5, 17.5, 12.49],
  ])("%s, %s: published %s (%s–%s), model %s months", (model, group, value, lower, upper, predicted) => {
    const known = GROUPS.find((candidate) => candidate.model === model && candidate.reference === group)!;
    within(predictedMedian(prepared.models[model], known.restriction), predicted, printed(2));
    const row = reference.heldOut.find((candidate) => candidate.model === model && candidate.group === group);
    expect(row).toMatchObject({ published: value, lower, upper });
  });
});

describe("intervals lie within four Monte Carlo errors of R's 20,000 draws", () => {
  const rows = reference.intervals.flatMap((intervals) =>
    ENDPOINTS.map((endpoint) => ({
      endpoint,
      intervals,
      patient: reference.patients.find(({ id }) => id === intervals.patient)!.input,
      name: `${intervals.patient} ${endpoint}`,
    })),
  );

  /** One limit against R's, on both sides; null is a limit past the horizon and only equals itself. */
  function expectLimit(actual: number | null, expected: ReferenceInterval, side: "lower" | "upper"): void {
    const [limit, error] = [expected[side], expected.mcse1000[side]];
    if (limit === null) expect(actual).toBeNull();
    else {
      expect(error).toBeGreaterThan(0);
      within(actual, limit, 4 * error!);
    }
  }

  it.each(rows)("$name", ({ endpoint, intervals, patient }) => {
    const { median, landmarks } = estimateFor(prepared, patient, endpoint);
    const expected = intervals[endpoint];
    expectLimit(median.lower, expected.median, "lower");
    expectLimit(median.upper, expected.median, "upper");
    expect(landmarks.map(({ months }) => months)).toEqual(expected.landmarks.map(({ months }) => months));
    landmarks.forEach((landmark, i) => {
      expectLimit(landmark.lower, expected.landmarks[i]!, "lower");
      expectLimit(landmark.upper, expected.landmarks[i]!, "upper");
    });
  });

  it.each(rows)(
    "$name: as many draws have their median past the horizon",
    ({ endpoint, intervals, patient }) => {
      const { shareBeyondHorizon: share } = intervals[endpoint].median;
      const model = modelOf(prepared, patient.tumour, endpoint);
      // Four binomial errors of 1,000 draws; where R has hardly any, at most four draws of ours.
      within(shareBeyondHorizon(model, patient), share, 4 * Math.sqrt((share * (1 - share)) / 1000) + 0.004);
    },
  );

  function shareBeyondHorizon(model: PreparedModel, patient: Patient): number {
    const { draws } = model;
    const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
    const { weights, risks } = drawPatient(draws, mixtureOf(model.model, values, model.shares));
    let beyond = 0;
    for (let d = 0; d < draws.count; d++) {
      const h0 = hazardAtSurvival(
        0.5,
        weights,
        risks.map((component) => component[d]!),
      );
      const months = timeAtHazard(
        draws.months.length,
        (i) => draws.months[i]![d]!,
        (i) => draws.hazards[i]![d]!,
        h0,
        model.model.horizonMonths,
      );
      if (months === Infinity) beyond++;
    }
    return beyond / draws.count;
  }

  it("the reference has a limit past the horizon among them", () => {
    expect(rows.some(({ endpoint, intervals }) => intervals[endpoint].median.upper === null)).toBe(true);
  });
});

describe("the case mix implies how well the models can rank patients, and no better", () => {
  /**
   * P(the one with the higher hazard has the event first) over pairs of the case mix: max(h)/(h₁ + h₂), which is one
   * half for a tie. Cells with equal LP are joined first.
   */
  function impliedC({ caseMix, beta }: PreparedModel): number {
    const lp = cellPredictors(caseMix, beta);
    const order = [...lp.keys()].sort((a, b) => lp[a]! - lp[b]!);
    const steps: { lp: number; weight: number }[] = [];
    for (const cell of order) {
      const last = steps.at(-1);
      if (last && lp[cell]! - last.lp <= 1e-9) last.weight += caseMix.weights[cell]!;
      else steps.push({ lp: lp[cell]!, weight: caseMix.weights[cell]! });
    }
    let sum = 0;
    for (const a of steps) {
      for (const b of steps) sum += (a.weight * b.weight) / (1 + Math.exp(-Math.abs(a.lp - b.lp)));
    }
    return sum;
  }

  it.each<[ModelId, number]>([
    ["nec-os", 0.61],
    ["nec-pfs", 0.59],
    ["net-g3-os", 0.7],
    ["net-g3-pfs", 0.66],
  ])("%s: %s", (id, rounded) => {
    const c = impliedC(prepared.models[id]);
    within(c, rounded, printed(2));
    within(c, reference.cIndexImpliedTiesHalf[id], 1e-9);
  });
});

describe("the models are the four that the article prints", () => {
  it.each(TUMOURS.flatMap((tumour) => ENDPOINTS.map((endpoint): [Tumour, Endpoint] => [tumour, endpoint])))(
    "%s %s",
    (tumour, endpoint) => {
      const { model } = modelOf(prepared, tumour, endpoint);
      expect(model.id).toBe(`${tumour === "NEC" ? "nec" : "net-g3"}-${endpoint}`);
    },
  );

  // Table 3 with its columns set right, typed in again.
  it.each<[ModelId, Record<string, [hazardRatio: number, lower: number, upper: number]>]>([
    [
      "nec-os",
      {
        ageYears: [1.01, 1.0, 1.02],
        "sex female": [0.79, 0.65, 0.98],
        "primarySite non-colorectal": [0.83, 0.66, 1.04],
        "ecogPs 1": [1.33, 1.04, 1.71],
        "ecogPs 2": [1.98, 1.45, 2.69],
        "ecogPs 3": [3.73, 2.3, 6.03],
        "ki67Percent at-least-55": [1.44, 1.05, 1.98],
        "alp elevated": [1.43, 1.15, 1.77],
      },
    ],
    [
      "nec-pfs",
      {
        "primarySite non-colorectal": [0.66, 0.52, 0.83],
        "ecogPs 1": [1.25, 0.98, 1.6],
        "ecogPs 2": [1.6, 1.2, 2.15],
        "ecogPs 3": [3.23, 2.03, 5.14],
      },
    ],
    [
      "net-g3-os",
      {
        ageYears: [1.05, 1.02, 1.08],
        "ecogPs 1": [1.45, 0.88, 2.39],
        "ecogPs 2": [2.97, 1.54, 5.72],
        "alp elevated": [2.74, 1.7, 4.43],
        "firstLine platinum-etoposide": [1.83, 1.18, 2.84],
      },
    ],
    [
      "net-g3-pfs",
      {
        "ecogPs 1": [1.59, 0.99, 2.56],
        "ecogPs 2": [1.89, 1.02, 3.48],
        "firstLine platinum-etoposide": [3.53, 2.14, 5.8],
      },
    ],
  ])("hazard ratios of %s", (id, expected) => {
    const { terms } = prepared.models[id].model;
    const found = terms.flatMap((term): [name: string, ratio: HazardRatio][] =>
      term.kind === "linear"
        ? [[term.covariate, term]]
        : term.levels.map((level) => [`${term.covariate} ${level.level}`, level]),
    );
    expect(
      Object.fromEntries(
        found.map(([name, { hazardRatio, lower, upper }]) => [name, [hazardRatio, lower, upper]]),
      ),
    ).toEqual(expected);
  });

  it.each<[ModelId, number]>([
    ["nec-os", 110],
    ["nec-pfs", 110],
    ["net-g3-os", 49],
    ["net-g3-pfs", 49],
  ])("draws of %s: the spread of each coefficient is its SE, and PS levels share 1/%s", (id, reference0) => {
    const { draws, coefficients } = prepared.models[id];
    const n = draws.count;
    expect(n).toBe(1000);
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / n;
    const centred = draws.betas.map((column) => {
      const m = mean(column);
      return Float64Array.from(column, (x) => x - m);
    });
    const covariance = (i: number, j: number): number => mean(centred[i]!.map((x, d) => x * centred[j]![d]!));
    coefficients.forEach((a, i) => {
      // Mean within four standard errors, SD within four of its own (SE/√2n).
      within(mean(draws.betas[i]!), a.beta, (4 * a.standardError) / Math.sqrt(n));
      within(Math.sqrt(covariance(i, i)), a.standardError, (4 * a.standardError) / Math.sqrt(2 * n));
      coefficients.slice(0, i).forEach((b, j) => {
        const shared = a.covariate === "ecogPs" && b.covariate === "ecogPs" ? 1 / reference0 : 0;
        // Variance of a sample covariance of two normals: (σ²τ² + cov²)/n.
        const error = Math.sqrt(((a.standardError * b.standardError) ** 2 + shared ** 2) / n);
        within(covariance(i, j), shared, 4 * error);
      });
    });
  });
});
