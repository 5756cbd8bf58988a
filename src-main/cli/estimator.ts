import { covariateValues } from "../prognosis/covariates.ts";
import type { Answer, Estimate, SurvivalPoint } from "../prognosis/estimate.ts";
import { estimate, estimateOf } from "../prognosis/estimate.ts";
import type { Endpoint } from "../prognosis/model.ts";
import type { Patient } from "../prognosis/patient.ts";
import type { PreparedStudy } from "../prognosis/prepared.ts";
import { modelOf } from "../prognosis/prepared.ts";
import { remember } from "./lru.ts";

/** How many intervals are remembered: of one estimate some 300 bytes, with those of its curve some 3 kB. */
const CAPACITY = { withoutCurve: 16_384, withCurve: 2_048 };

/**
 * The core's `estimate` with intervals, for many patients: the same answers, but the intervals, which take nearly all of
 * the time, are computed once for all patients who share what a model knows of them.
 *
 * @param curve whether the answers carry their curves
 */
export function createEstimator(prepared: PreparedStudy, curve: boolean): (patient: Patient) => Answer {
  const remembered = remember<Bounds>(curve ? CAPACITY.withCurve : CAPACITY.withoutCurve);
  return (patient) => {
    const answer = estimate(prepared, patient, { intervals: false, curve });
    const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
    const withIntervals = (endpoint: Endpoint): Estimate | null => {
      const plain = answer.estimates[endpoint];
      if (plain === null) return null;
      const model = modelOf(prepared, patient.tumour, endpoint);
      const key = [plain.model, ...model.model.terms.map(({ covariate }) => values[covariate])].join("|");
      return withBounds(
        plain,
        remembered(key, () => boundsOf(estimateOf(model, values, { intervals: true, curve }))),
      );
    };
    return { ...answer, estimates: { os: withIntervals("os"), pfs: withIntervals("pfs") } };
  };
}

/**
 * The intervals of an estimate as bare numbers: lower and upper of the median, of each landmark and of each point of the
 * curve; NaN past the horizon. An array of nothing but numbers is a tenth of the objects' size.
 */
type Bounds = readonly number[];

function boundsOf({ median, landmarks, curve }: Estimate): Bounds {
  return [median, ...landmarks, ...curve].flatMap(({ lower, upper }) => [lower ?? NaN, upper ?? NaN]);
}

function withBounds(plain: Estimate, bounds: Bounds): Estimate {
  const at = (i: number): { lower: number | null; upper: number | null } => ({
    lower: numberOrNull(bounds[2 * i]!),
    upper: numberOrNull(bounds[2 * i + 1]!),
  });
  const bounded = (points: readonly SurvivalPoint[], first: number): SurvivalPoint[] =>
    points.map((point, i) => ({ ...point, ...at(first + i) }));
  return {
    ...plain,
    median: { ...plain.median, ...at(0) },
    landmarks: bounded(plain.landmarks, 1),
    curve: bounded(plain.curve, 1 + plain.landmarks.length),
  };
}

const numberOrNull = (bound: number): number | null => (Number.isNaN(bound) ? null : bound);
