import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { levelShares } from "../../src-main/prognosis/caseMix.ts";
import { covariateValues } from "../../src-main/prognosis/covariates.ts";
import type { Estimate, SurvivalPoint } from "../../src-main/prognosis/estimate.ts";
import { CURVE_POINTS } from "../../src-main/prognosis/curve.ts";
import { estimate } from "../../src-main/prognosis/estimate.ts";
import type { Covariate, Endpoint } from "../../src-main/prognosis/model.ts";
import { ENDPOINTS, MODEL_IDS, TUMOURS } from "../../src-main/prognosis/model.ts";
import type { Patient } from "../../src-main/prognosis/patient.ts";
import { parsePatient } from "../../src-main/prognosis/patient.ts";
import { modelOf, prepareStudy } from "../../src-main/prognosis/prepared.ts";
import { percentileOf, riskGroupOf } from "../../src-main/prognosis/riskGroup.ts";
import {
  PROPERTY_SEED,
  anyPatient,
  estimablePatient,
  estimateFor,
  loadPrepared,
  prepareAltered,
  readBaseline,
  readStudy,
} from "../support/prognosis.ts";

// Hundreds of random patients in one test: room for a slow machine.
vi.setConfig({ testTimeout: 60_000 });

const prepared = loadPrepared();

const check = (numRuns: number): fc.Parameters<unknown> => ({ seed: PROPERTY_SEED, numRuns });

/** A time past the horizon is later than every time within it. */
const orBeyond = (months: number | null): number => months ?? Infinity;

const both = (patient: Patient, options = {}): Record<Endpoint, Estimate> => ({
  os: estimateFor(prepared, patient, "os", options),
  pfs: estimateFor(prepared, patient, "pfs", options),
});

/** Room for the rounding of a sum of weights that should be 1, in units of survival. */
const ROUNDING = 1e-14;

/** An expectation for inner loops of hundreds of points, where a matcher each would take most of the time. */
function hold(condition: boolean, ...facts: unknown[]): void {
  if (!condition) throw new Error(`does not hold: ${facts.map(String).join(", ")}`);
}

describe("survival starts at 1, falls, and stays between 0 and 1", () => {
  it("on the curve of every patient, with its interval", () => {
    fc.assert(
      fc.property(estimablePatient(), (patient) => {
        for (const { curve, horizonMonths } of Object.values(both(patient))) {
          expect(curve).toHaveLength(CURVE_POINTS);
          expect(curve[0]?.months).toBe(0);
          expect(curve.at(-1)?.months).toBe(horizonMonths);
          for (const name of ["survival", "lower", "upper"] as const) {
            expect(curve[0]![name]).toBe(1);
            curve.forEach((point, i) => {
              const value = point[name]!;
              hold(value >= 0 && value <= 1, name, point.months, value);
              if (i === 0) return;
              const before = curve[i - 1]!;
              hold(point.months > before.months, "months", point.months);
              // Falls strictly, until it is too small for a number to show it.
              if (value > 1e-300) hold(value < before[name]!, name, point.months, value, before[name]);
            });
          }
        }
      }),
      check(100),
    );
  });
});

describe("the interval holds the estimate", () => {
  it("at every landmark, at every point of the curve and at the median", () => {
    fc.assert(
      fc.property(estimablePatient(), (patient) => {
        for (const { curve, landmarks, median } of Object.values(both(patient))) {
          for (const { months, lower, survival, upper } of [...landmarks, ...curve.slice(1)]) {
            hold(lower! < survival && survival < upper!, months, lower, survival, upper);
          }
          expect(curve[0]!.lower).toBe(1);
          expect(curve[0]!.upper).toBe(1);
          expect(orBeyond(median.lower)).toBeLessThanOrEqual(orBeyond(median.months));
          expect(orBeyond(median.months)).toBeLessThanOrEqual(orBeyond(median.upper));
          if (median.months !== null) {
            expect(median.lower!).toBeLessThan(median.months);
            expect(orBeyond(median.upper)).toBeGreaterThan(median.months);
          }
        }
      }),
      check(150),
    );
  });

  it("without intervals there are no limits and the same estimates", () => {
    fc.assert(
      fc.property(estimablePatient(), (patient) => {
        const withIntervals = both(patient);
        const without = both(patient, { intervals: false });
        for (const endpoint of ENDPOINTS) {
          const { median, landmarks, curve, ...rest } = withIntervals[endpoint];
          const bare = (points: SurvivalPoint[]): SurvivalPoint[] =>
            points.map(({ months, survival }) => ({ months, survival, lower: null, upper: null }));
          expect(without[endpoint]).toStrictEqual({
            ...rest,
            median: { months: median.months, lower: null, upper: null },
            landmarks: bare(landmarks),
            curve: bare(curve),
          });
        }
      }),
      check(50),
    );
  });
});

describe("a worse patient never has a longer median, nor higher survival at any time", () => {
  function expectWorse(better: Estimate, worse: Estimate): void {
    expect(orBeyond(worse.median.months)).toBeLessThanOrEqual(orBeyond(better.median.months));
    expect(worse.percentile).toBeGreaterThanOrEqual(better.percentile);
    expect(worse.linearPredictor).toBeGreaterThan(better.linearPredictor);
    if (better.median.months !== null) expect(worse.median.months!).toBeLessThan(better.median.months);
    expect(worse.curve).toHaveLength(better.curve.length);
    worse.curve.forEach(({ months, survival }, i) => {
      const other = better.curve[i]!.survival;
      if (i > 0 && survival > 1e-300) hold(survival < other, months, survival, other);
      else hold(survival <= other, months, survival, other);
    });
  }

  it("worse PS, in OS and in PFS", () => {
    fc.assert(
      fc.property(estimablePatient(), (patient) => {
        const levels = ([0, 1, 2, 3] as const).slice(0, patient.tumour === "NEC" ? 4 : 3);
        for (const endpoint of ENDPOINTS) {
          const estimates = levels.map((ecogPs) =>
            estimateFor(prepared, { ...patient, ecogPs }, endpoint, { intervals: false }),
          );
          for (let i = 1; i < estimates.length; i++) expectWorse(estimates[i - 1]!, estimates[i]!);
        }
      }),
      check(200),
    );
  });

  it("older, in OS; in PFS age does not count", () => {
    fc.assert(
      fc.property(
        estimablePatient(),
        fc.uniqueArray(fc.integer({ min: 18, max: 110 }), { minLength: 2, maxLength: 2 }),
        (patient, ages) => {
          const [younger, older] = ages
            .sort((a, b) => a - b)
            .map((ageYears) => both({ ...patient, ageYears }, { intervals: false })) as [
            Record<Endpoint, Estimate>,
            Record<Endpoint, Estimate>,
          ];
          expectWorse(younger.os, older.os);
          expect(older.pfs).toStrictEqual(younger.pfs);
        },
      ),
      check(200),
    );
  });

  it("elevated ALP, Ki-67 of 55 % in NEC, platinum/etoposide in NET G3, a man, a colorectal primary in NEC", () => {
    const steps: [changes: [Partial<Patient>, Partial<Patient>], NEC: Endpoint[], NET_G3: Endpoint[]][] = [
      [[{ alp: "normal" }, { alp: "elevated" }], ["os"], ["os"]],
      [[{ ki67Percent: 54.9 }, { ki67Percent: 55 }], ["os"], []],
      [[{ firstLine: "other" }, { firstLine: "platinum-etoposide" }], [], ["os", "pfs"]],
      [[{ firstLine: "temozolomide-based" }, { firstLine: "platinum-etoposide" }], [], ["os", "pfs"]],
      [[{ sex: "female" }, { sex: "male" }], ["os"], []],
      [[{ primarySite: "unknown" }, { primarySite: "rectum" }], ["os", "pfs"], []],
    ];
    fc.assert(
      fc.property(
        estimablePatient(),
        fc.constantFrom(...steps),
        (patient, [[better, worse], NEC, NET_G3]) => {
          const counts = patient.tumour === "NEC" ? NEC : NET_G3;
          for (const endpoint of ENDPOINTS) {
            const a = estimateFor(prepared, { ...patient, ...better }, endpoint, { intervals: false });
            const b = estimateFor(prepared, { ...patient, ...worse }, endpoint, { intervals: false });
            if (counts.includes(endpoint)) expectWorse(a, b);
            else expect({ ...b, contributions: [] }).toStrictEqual({ ...a, contributions: [] });
          }
        },
      ),
      check(300),
    );
  });
});

describe("averaging over what is not known lies between its levels", () => {
  /** For each covariate, the patient's field as unknown and as each of its levels. */
  const LEVELS: Partial<Record<Covariate, { unknown: Partial<Patient>; levels: Partial<Patient>[] }>> = {
    sex: { unknown: { sex: null }, levels: [{ sex: "female" }, { sex: "male" }] },
    primarySite: {
      unknown: { primarySite: null },
      levels: [{ primarySite: "colon" }, { primarySite: "pancreas" }],
    },
    ki67Percent: { unknown: { ki67Percent: null }, levels: [{ ki67Percent: 30 }, { ki67Percent: 90 }] },
    alp: { unknown: { alp: "unknown" }, levels: [{ alp: "normal" }, { alp: "elevated" }] },
    firstLine: {
      unknown: { firstLine: null },
      levels: [{ firstLine: "other" }, { firstLine: "platinum-etoposide" }],
    },
  };

  it("in survival at every time, in the median, in LP and in the percentile", () => {
    const counted: Record<string, number> = {};
    fc.assert(
      fc.property(
        estimablePatient(),
        fc.constantFrom(...(Object.keys(LEVELS) as Covariate[])),
        fc.constantFrom(...ENDPOINTS),
        (patient, covariate, endpoint) => {
          const { unknown, levels } = LEVELS[covariate]!;
          const [average, ...known] = [unknown, ...levels].map((change) =>
            estimateFor(prepared, { ...patient, ...change }, endpoint, { intervals: false }),
          ) as [Estimate, ...Estimate[]];
          const inModel = modelOf(prepared, patient.tumour, endpoint).model.terms.some(
            (term) => term.covariate === covariate,
          );
          expect(average.averaged.includes(covariate)).toBe(inModel);
          if (!inModel) {
            for (const other of known) expect(average).toStrictEqual(other);
            return;
          }
          counted[covariate] = (counted[covariate] ?? 0) + 1;
          const expectBetween = (value: number, all: number[], tolerance = 0): void => {
            hold(value >= Math.min(...all) - tolerance && value <= Math.max(...all) + tolerance, value, all);
          };
          average.curve.forEach(({ survival }, i) =>
            expectBetween(
              survival,
              known.map(({ curve }) => curve[i]!.survival),
              1e-15,
            ),
          );
          for (const time of [
            (e: Estimate) => e.median.months,
            (e: Estimate) => e.outcomes.worst10,
            (e: Estimate) => e.outcomes.lowerQuartile,
            (e: Estimate) => e.outcomes.upperQuartile,
            (e: Estimate) => e.outcomes.best10,
          ]) {
            expectBetween(
              orBeyond(time(average)),
              known.map((e) => orBeyond(time(e))),
            );
          }
          expectBetween(
            average.linearPredictor,
            known.map((e) => e.linearPredictor),
          );
          expectBetween(
            average.percentile,
            known.map((e) => e.percentile),
          );
          // S is the margin's own weighted mean, not the survival at the mean LP.
          const model = modelOf(prepared, patient.tumour, endpoint);
          const shares = levelShares(model.margins, covariate);
          const weights = levels.map((level) => {
            const values = covariateValues(
              { ...patient, ...level },
              prepared.study.populations[patient.tumour],
            );
            return shares.get(String(values[covariate]))!;
          });
          expect(Math.abs(weights[0]! + weights[1]! - 1)).toBeLessThanOrEqual(1e-15);
          average.curve.forEach(({ survival }, i) => {
            const mean = known.reduce((sum, { curve }, k) => sum + weights[k]! * curve[i]!.survival, 0);
            hold(Math.abs(survival - mean) <= ROUNDING, survival, mean);
          });
        },
      ),
      check(400),
    );
    // Each covariate was met in a model that has it.
    for (const covariate of Object.keys(LEVELS)) expect(counted[covariate], covariate).toBeGreaterThan(10);
  });
});

describe("contributions make up the linear predictor", () => {
  it("they sum to it when nothing is averaged, one for each term of the model", () => {
    fc.assert(
      fc.property(
        estimablePatient({ unknowns: false }),
        fc.constantFrom(...ENDPOINTS),
        (patient, endpoint) => {
          const { contributions, linearPredictor, averaged, relativeHazard } = estimateFor(
            prepared,
            patient,
            endpoint,
            {
              intervals: false,
            },
          );
          const { model, scale } = modelOf(prepared, patient.tumour, endpoint);
          expect(averaged).toEqual([]);
          expect(contributions.map(({ covariate }) => covariate)).toEqual(
            model.terms.map(({ covariate }) => covariate),
          );
          const sum = contributions.reduce((total, { logHazardRatio }) => total + logHazardRatio, 0);
          expect(Math.abs(sum - linearPredictor)).toBeLessThanOrEqual(1e-13);
          const product = contributions.reduce((total, { hazardRatio }) => total * hazardRatio, 1);
          const expected = product / Math.exp(scale.meanPredictor);
          expect(Math.abs(relativeHazard / expected - 1)).toBeLessThanOrEqual(1e-12);
          for (const { lower, hazardRatio, upper } of contributions) {
            expect(lower).toBeLessThanOrEqual(hazardRatio);
            expect(hazardRatio).toBeLessThanOrEqual(upper);
          }
        },
      ),
      check(300),
    );
  });

  it("with the margins' mean of what is averaged they sum to it in every case", () => {
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom(...ENDPOINTS), (patient, endpoint) => {
        const { contributions, linearPredictor, averaged } = estimateFor(prepared, patient, endpoint, {
          intervals: false,
        });
        const { model, margins } = modelOf(prepared, patient.tumour, endpoint);
        let sum = contributions.reduce((total, { logHazardRatio }) => total + logHazardRatio, 0);
        for (const term of model.terms) {
          const known = contributions.some(({ covariate }) => covariate === term.covariate);
          expect(known).toBe(!averaged.includes(term.covariate));
          if (known || term.kind === "linear") continue;
          const shares = levelShares(margins, term.covariate);
          for (const { level, hazardRatio } of term.levels) sum += shares.get(level)! * Math.log(hazardRatio);
        }
        expect(Math.abs(sum - linearPredictor)).toBeLessThanOrEqual(1e-13);
      }),
      check(300),
    );
  });

  it("their order does not matter: a study with its terms in another order gives the same estimates", () => {
    const orders = ["reversed", "rotated"] as const;
    const permuted = orders.map((order) => {
      const study = readStudy();
      for (const model of study.models) {
        model.terms =
          order === "reversed" ? model.terms.toReversed() : [...model.terms.slice(1), model.terms[0]!];
        for (const term of model.terms) if (term.kind === "levels") term.levels.reverse();
      }
      return prepareAltered(study);
    });
    for (const id of MODEL_IDS) {
      const names = permuted.map(({ models }) => JSON.stringify(models[id].coefficients));
      expect(names).not.toContain(JSON.stringify(prepared.models[id].coefficients));
    }
    const close = (a: number | null, b: number | null): void => {
      if (a === null || b === null) hold(a === b, a, b);
      else hold(Math.abs(a - b) <= 1e-11 * Math.max(1, Math.abs(b)), a, b);
    };
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom(...ENDPOINTS), (patient, endpoint) => {
        const expected = estimateFor(prepared, patient, endpoint);
        for (const study of permuted) {
          const actual = estimateFor(study, patient, endpoint);
          expect(actual.riskGroup).toBe(expected.riskGroup);
          for (const field of ["linearPredictor", "relativeHazard", "percentile"] as const) {
            close(actual[field], expected[field]);
          }
          for (const limit of ["months", "lower", "upper"] as const) {
            close(actual.median[limit], expected.median[limit]);
          }
          for (const outcome of ["worst10", "lowerQuartile", "upperQuartile", "best10"] as const) {
            close(actual.outcomes[outcome], expected.outcomes[outcome]);
          }
          expected.curve.forEach((point, i) => {
            for (const part of ["survival", "lower", "upper"] as const)
              close(actual.curve[i]![part], point[part]);
          });
          const byName = (e: Estimate): unknown[] =>
            e.contributions.toSorted((a, b) => (a.covariate < b.covariate ? -1 : 1));
          expect(byName(actual)).toEqual(byName(expected));
          expect(actual.averaged.toSorted()).toEqual(expected.averaged.toSorted());
        }
      }),
      check(80),
    );
  });
});

describe("JSON carries a patient and an answer without loss", () => {
  it("a patient that went through JSON gets the same answer, and the answer survives it too", () => {
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        const parsed = parsePatient(JSON.parse(JSON.stringify(patient)));
        expect(parsed).toStrictEqual({ ok: true, value: patient });
        const answer = estimate(prepared, patient);
        expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
        expect(parsed.ok && estimate(prepared, parsed.value)).toStrictEqual(answer);
      }),
      check(200),
    );
  });

  it("a structured clone, as hosts send it, carries it too", () => {
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        const answer = estimate(prepared, patient, { curve: false });
        expect(structuredClone(answer)).toStrictEqual(answer);
      }),
      check(50),
    );
  });
});

describe("outcomes are in order, and are what the curve says", () => {
  it("worst 10 % ≤ lower quartile ≤ median ≤ upper quartile ≤ best 10 %", () => {
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom(...ENDPOINTS), (patient, endpoint) => {
        const { outcomes, median, horizonMonths, curve } = estimateFor(prepared, patient, endpoint, {
          intervals: false,
        });
        const times: [number | null, number][] = [
          [outcomes.worst10, 0.9],
          [outcomes.lowerQuartile, 0.75],
          [median.months, 0.5],
          [outcomes.upperQuartile, 0.25],
          [outcomes.best10, 0.1],
        ];
        for (let i = 1; i < times.length; i++) {
          expect(orBeyond(times[i - 1]![0])).toBeLessThanOrEqual(orBeyond(times[i]![0]));
        }
        for (const [months, survival] of times) {
          if (months === null) {
            // Past the horizon: the curve has not come down to it.
            expect(curve.at(-1)!.survival).toBeGreaterThan(survival - ROUNDING);
            continue;
          }
          expect(months).toBeGreaterThan(0);
          expect(months).toBeLessThanOrEqual(horizonMonths);
          for (const point of curve) {
            const { survival: there } = point;
            if (point.months <= months) hold(there >= survival - ROUNDING, months, point.months, there);
            if (point.months >= months) hold(there <= survival + ROUNDING, months, point.months, there);
          }
        }
      }),
      check(300),
    );
  });

  it("a landmark is the curve's value at its month, with its interval", () => {
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom(...ENDPOINTS), (patient, endpoint) => {
        const { landmarks, curve } = estimateFor(prepared, patient, endpoint);
        expect(landmarks.map(({ months }) => months)).toEqual(
          endpoint === "os" ? [6, 12, 24, 36] : patient.tumour === "NEC" ? [3, 6, 12] : [3, 6, 12, 24],
        );
        for (const landmark of landmarks) {
          const point = curve.find(({ months }) => Math.abs(months - landmark.months) <= 1e-9)!;
          expect(point).toBeDefined();
          for (const part of ["survival", "lower", "upper"] as const) {
            expect(Math.abs(point[part]! - landmark[part]!)).toBeLessThanOrEqual(1e-13);
          }
        }
      }),
      check(100),
    );
  });
});

describe("percentile and risk group follow the linear predictor", () => {
  it.each(MODEL_IDS)("%s: the percentile lies in 0–100 and never falls with LP", (id) => {
    const { scale } = prepared.models[id];
    const lp = fc.oneof(
      fc.double({ min: -5, max: 5, noNaN: true }),
      // On, just below and just above a step of the case mix.
      fc
        .tuple(fc.nat({ max: scale.predictors.length - 1 }), fc.constantFrom(-2e-9, -1e-10, 0, 1e-10, 2e-9))
        .map(([step, off]) => scale.predictors[step]! + off),
    );
    fc.assert(
      fc.property(lp, lp, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [p, q] = [percentileOf(scale, low), percentileOf(scale, high)];
        expect(p).toBeGreaterThanOrEqual(0);
        expect(q).toBeLessThanOrEqual(100);
        expect(p).toBeLessThanOrEqual(q);
        const groups = ["lower", "intermediate", "higher"];
        expect(groups.indexOf(riskGroupOf(scale, low))).toBeLessThanOrEqual(
          groups.indexOf(riskGroupOf(scale, high)),
        );
      }),
      check(500),
    );
    expect(percentileOf(scale, scale.predictors[0]! - 1)).toBe(0);
    expect(Math.abs(percentileOf(scale, scale.predictors.at(-1)! + 1) - 100)).toBeLessThanOrEqual(1e-12);
  });

  it("the group of every patient is the third that the cuts make of its LP and percentile", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom(...ENDPOINTS), (patient, endpoint) => {
        const {
          linearPredictor: lp,
          percentile,
          riskGroup,
        } = estimateFor(prepared, patient, endpoint, {
          intervals: false,
          curve: false,
        });
        const { cuts, cumulative, predictors } = modelOf(prepared, patient.tumour, endpoint).scale;
        const [first, second] = [cuts[0] + 1e-9, cuts[1] + 1e-9];
        expect(riskGroup).toBe(lp <= first ? "lower" : lp <= second ? "intermediate" : "higher");
        // Weight up to and including each cut, in per cent: the percentile of a group lies within its share.
        const upTo = cuts.map((cut) => 100 * cumulative[predictors.indexOf(cut)]!) as [number, number];
        const [from, to] = { lower: [0, upTo[0]], intermediate: [upTo[0], upTo[1]], higher: [upTo[1], 100] }[
          riskGroup
        ] as [number, number];
        expect(percentile).toBeGreaterThanOrEqual(from - 1e-9);
        expect(percentile).toBeLessThanOrEqual(to + 1e-9);
        seen.add(`${endpoint} ${patient.tumour} ${riskGroup}`);
      }),
      check(400),
    );
    // Every group of every model was met.
    expect(seen.size).toBe(12);
  });

  it.each(MODEL_IDS)(
    "%s: the cuts are the first steps that reach one and two thirds of the case mix",
    (id) => {
      const { cuts, cumulative, predictors } = prepared.models[id].scale;
      cuts.forEach((cut, i) => {
        const at = predictors.indexOf(cut);
        const share = (i + 1) / 3;
        expect(cumulative[at]!).toBeGreaterThanOrEqual(share - 1e-9);
        if (at > 0) expect(cumulative[at - 1]!).toBeLessThan(share - 1e-9);
      });
      expect(Math.abs(cumulative.at(-1)! - 1)).toBeLessThanOrEqual(ROUNDING);
    },
  );
});

describe("the same input gives the same bytes", () => {
  it("twice, with other patients in between, from a study prepared anew, and without touching the patient", () => {
    const anew = prepareStudy(readStudy(), readBaseline());
    fc.assert(
      fc.property(anyPatient(), anyPatient(), (patient, other) => {
        const before = JSON.stringify(patient);
        if (typeof patient.alp === "object") Object.freeze(patient.alp);
        const frozen = Object.freeze(patient);
        const first = JSON.stringify(estimate(prepared, frozen));
        estimate(prepared, other);
        expect(JSON.stringify(estimate(prepared, frozen))).toBe(first);
        expect(JSON.stringify(estimate(anew, frozen))).toBe(first);
        expect(JSON.stringify(frozen)).toBe(before);
      }),
      check(60),
    );
  });
});

describe("every patient that the parser accepts gets an answer", () => {
  it("with both estimates or with neither, never with something that is not a number", () => {
    const statuses = new Set<string>();
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        const answer = estimate(prepared, patient, { curve: false });
        statuses.add(answer.status);
        expect(answer.patient).toBe(patient);
        expect(answer.study).toBe(prepared.study.id);
        expect(answer.modelVersion).toBe(prepared.study.modelVersion);
        const refused = answer.status === "not-estimated";
        expect(answer.estimates.os === null).toBe(refused);
        expect(answer.estimates.pfs === null).toBe(refused);
        // JSON would write NaN and the infinities as null, so they are looked for before it does.
        const numbers: number[] = [];
        JSON.stringify(answer, (_key, value: unknown) => {
          if (typeof value === "number") numbers.push(value);
          return value;
        });
        expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
      check(300),
    );
    expect(statuses).toContain("estimated-with-cautions");
    expect(statuses).toContain("not-estimated");
  });

  it("each tumour has its own two models", () => {
    for (const tumour of TUMOURS) {
      fc.assert(
        fc.property(estimablePatient({ tumour }), (patient) => {
          const { os, pfs } = estimate(prepared, patient, { intervals: false, curve: false }).estimates;
          expect([os?.model, pfs?.model]).toEqual(
            tumour === "NEC" ? ["nec-os", "nec-pfs"] : ["net-g3-os", "net-g3-pfs"],
          );
          expect([os?.horizonMonths, pfs?.horizonMonths]).toEqual([60, tumour === "NEC" ? 12 : 24]);
        }),
        check(30),
      );
    }
  });
});
