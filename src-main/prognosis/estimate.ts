import { exp } from "./elementary.ts";
import type { Caution } from "./applicability.ts";
import { assess, inOrder } from "./applicability.ts";
import { cumulativeHazardAt, hazardAtSurvival, survivalAt, timeOnBaseline } from "./baseline.ts";
import { curveTimes } from "./curve.ts";
import { covariateValues } from "./covariates.ts";
import type { Contribution, CovariateValues } from "./cox.ts";
import { contributionOf, linearPredictor, mixtureOf } from "./cox.ts";
import type { Interval } from "./intervals.ts";
import { drawPatient, survivalIntervals, timeInterval } from "./intervals.ts";
import type { Covariate, Endpoint, ModelId, Tumour } from "./model.ts";
import { ENDPOINTS } from "./model.ts";
import type { Patient } from "./patient.ts";
import type { PreparedModel, PreparedStudy } from "./prepared.ts";
import { modelOf } from "./prepared.ts";
import type { RiskGroup } from "./riskGroup.ts";
import { percentileOf, riskGroupOf } from "./riskGroup.ts";

/** Survival at a time; `lower`–`upper` is the 95 % interval of the estimate, null when intervals were not asked for. */
export interface SurvivalPoint {
  months: number;
  survival: number;
  lower: number | null;
  upper: number | null;
}

/** The estimate of one model for one patient. Times in months; null where they lie past the horizon. */
export interface Estimate {
  model: ModelId;
  /** LP = Σ β·x; over unknown values the mixture's mean */
  linearPredictor: number;
  /** exp(LP − mean LP of the case mix) */
  relativeHazard: number;
  /** 0–100: weight of the case mix with smaller LP plus half the weight of ties */
  percentile: number;
  riskGroup: RiskGroup;
  horizonMonths: number;
  median: { months: number | null; lower: number | null; upper: number | null };
  landmarks: SurvivalPoint[];
  /** spread of OUTCOMES, read off the curve: when 10, 25, 75 and 90 % of such patients have had the event */
  outcomes: {
    worst10: number | null;
    lowerQuartile: number | null;
    upperQuartile: number | null;
    best10: number | null;
  };
  contributions: Contribution[];
  /** covariates of this model that were not known and were averaged over the cohort */
  averaged: Covariate[];
  curve: SurvivalPoint[];
}

export type Status = "estimated" | "estimated-with-cautions" | "not-estimated";

export interface Answer {
  study: string;
  modelVersion: string;
  patient: Patient;
  status: Status;
  cautions: Caution[];
  estimates: { os: Estimate | null; pfs: Estimate | null };
}

export interface EstimateOptions {
  /** 95 % intervals of medians, landmarks and curve (default true) */
  intervals?: boolean;
  /** the curve of CURVE_POINTS points (default true); an empty list otherwise */
  curve?: boolean;
}

/**
 * The answer for a patient: applicability first, then both endpoints.
 *
 * A status of "estimated-with-cautions" means at least one caution above the severity of a note.
 *
 * @param patient as {@link parsePatient} returns it
 * @throws when a level is not one of the models' (never for a parsed patient)
 */
export function estimate(prepared: PreparedStudy, patient: Patient, options: EstimateOptions = {}): Answer {
  const { study } = prepared;
  const { estimable, cautions } = assess(prepared, patient);
  const values = covariateValues(patient, study.populations[patient.tumour]);
  const of = (endpoint: "os" | "pfs"): Estimate | null =>
    estimable ? estimateOf(modelOf(prepared, patient.tumour, endpoint), values, options) : null;
  const estimates = { os: of("os"), pfs: of("pfs") };
  const contradiction = contradictionOf(prepared, patient.tumour, values, estimates);
  const edges = ENDPOINTS.flatMap((endpoint) => edgeOf(estimates[endpoint], endpoint) ?? []);
  const all = inOrder([...(contradiction ? [contradiction] : []), ...cautions, ...edges]);
  const careful = all.some(({ severity }) => severity !== "note");
  return {
    study: study.id,
    modelVersion: study.modelVersion,
    patient,
    status: !estimable ? "not-estimated" : careful ? "estimated-with-cautions" : "estimated",
    cautions: all,
    estimates,
  };
}

/**
 * Progression-free survival cannot exceed overall survival, but two models fitted apart can make it: the PFS models lack
 * factors that the OS models have (NET G3: age and ALP). Where they do by a percent or more, at any whole month of the
 * PFS curve, the answer says so; nothing is clamped.
 */
function contradictionOf(
  prepared: PreparedStudy,
  tumour: Tumour,
  values: CovariateValues,
  { os, pfs }: Answer["estimates"],
): Caution | null {
  if (!os || !pfs) return null;
  const survivalOf = (endpoint: Endpoint): ((months: number) => number) => {
    const { model, baseline, beta, shares } = modelOf(prepared, tumour, endpoint);
    const { weights, designs } = mixtureOf(model, values, shares);
    const risks = designs.map((design) => exp(linearPredictor(design, beta)));
    return (months) => survivalAt(cumulativeHazardAt(baseline, months, model.horizonMonths), weights, risks);
  };
  const [osAt, pfsAt] = [survivalOf("os"), survivalOf("pfs")];
  let worst = { months: 0, excess: 0, os: 1, pfs: 1 };
  for (let months = 1; months <= Math.min(os.horizonMonths, pfs.horizonMonths); months++) {
    const at = { os: osAt(months), pfs: pfsAt(months) };
    if (at.pfs - at.os > worst.excess) worst = { months, excess: at.pfs - at.os, ...at };
  }
  if (worst.excess < CONTRADICTION) return null;
  return {
    code: "pfs-exceeds-os",
    severity: "serious",
    facts: { months: worst.months, osSurvival: worst.os, pfsSurvival: worst.pfs },
    source: "Table 3",
  };
}

/** Patients in a hundred of the case mix beyond whom, on either side, an estimate is called one at its edge. */
const EDGE_PERCENT = 5;

/**
 * At the edges of the case mix an estimate multiplies ratios that few patients had together, and a model that was fitted
 * and selected on the same patients, without shrinkage, is too extreme there.
 */
function edgeOf(estimate: Estimate | null, endpoint: Endpoint): Caution | null {
  if (!estimate) return null;
  const { percentile } = estimate;
  if (percentile >= EDGE_PERCENT && percentile <= 100 - EDGE_PERCENT) return null;
  return {
    code: "edge-of-case-mix",
    severity: "caution",
    endpoint,
    facts: { endpoint, percent: EDGE_PERCENT, side: percentile < EDGE_PERCENT ? "lower" : "higher" },
    source: "Table 3; this program's case mix",
  };
}

/** One percent: from here on the two differ in whole percents too. */
const CONTRADICTION = 0.01;

/**
 * S(t|x) = Σ w·exp(−H0(t)·exp(LP)), one component when everything is known (Cox model with Table 3's coefficients over
 * the reconstructed baseline).
 */
export function estimateOf(
  prepared: PreparedModel,
  values: CovariateValues,
  { intervals = true, curve = true }: EstimateOptions = {},
): Estimate {
  const { model, beta, baseline, scale } = prepared;
  const horizon = model.horizonMonths;
  const mixture = mixtureOf(model, values, prepared.shares);
  const predictors = mixture.designs.map((design) => linearPredictor(design, beta));
  const risks = predictors.map(exp);
  const lp = predictors.reduce((sum, predictor, k) => sum + mixture.weights[k]! * predictor, 0);

  const timeAt = (survival: number): number =>
    timeOnBaseline(baseline, hazardAtSurvival(survival, mixture.weights, risks), horizon);

  const drawn = intervals ? drawPatient(prepared.draws, mixture) : null;
  const pointsAt = (months: readonly number[]): SurvivalPoint[] => {
    const bounds = drawn ? survivalIntervals(drawn, months) : null;
    return months.map((time, i) => ({
      months: time,
      survival: survivalAt(cumulativeHazardAt(baseline, time, horizon), mixture.weights, risks),
      lower: bounds?.[i]!.lower ?? null,
      upper: bounds?.[i]!.upper ?? null,
    }));
  };
  const medianInterval: Interval | null = drawn && timeInterval(drawn, 0.5, horizon);

  return {
    model: model.id,
    linearPredictor: lp,
    relativeHazard: exp(lp - scale.meanPredictor),
    percentile: percentileOf(scale, lp),
    riskGroup: riskGroupOf(scale, lp),
    horizonMonths: horizon,
    median: {
      months: withinHorizon(timeAt(0.5)),
      lower: medianInterval && withinHorizon(medianInterval.lower),
      upper: medianInterval && withinHorizon(medianInterval.upper),
    },
    landmarks: pointsAt(model.landmarkMonths),
    outcomes: {
      worst10: withinHorizon(timeAt(0.9)),
      lowerQuartile: withinHorizon(timeAt(0.75)),
      upperQuartile: withinHorizon(timeAt(0.25)),
      best10: withinHorizon(timeAt(0.1)),
    },
    contributions: model.terms.flatMap((term) => {
      const value = values[term.covariate];
      return value === null || value === undefined ? [] : [contributionOf(term, value)];
    }),
    averaged: model.terms.map(({ covariate }) => covariate).filter((covariate) => values[covariate] === null),
    curve: curve ? pointsAt(curveTimes(horizon)) : [],
  };
}

const withinHorizon = (months: number): number | null => (Number.isFinite(months) ? months : null);
