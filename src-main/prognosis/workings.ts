import { exp } from "./elementary.ts";
import { assess } from "./applicability.ts";
import { cumulativeHazardAt, hazardAtSurvival, survivalAt, timeOnBaseline } from "./baseline.ts";
import { caseMixOf } from "./caseMix.ts";
import { covariateValues } from "./covariates.ts";
import type { Coefficient } from "./cox.ts";
import { linearPredictor, mixtureOf } from "./cox.ts";
import type { BaselinePoint, Covariate, Endpoint, ModelId, PublishedModel, Tumour } from "./model.ts";
import type { Patient } from "./patient.ts";
import type { PreparedModel, PreparedStudy } from "./prepared.ts";
import { modelOf } from "./prepared.ts";
import type { RiskScale } from "./riskGroup.ts";
import { groupShares } from "./riskGroup.ts";

/** A stretch of the baseline with one constant hazard: H0 is a straight line from its start to its end. */
export interface BaselineSegment {
  from: BaselinePoint;
  to: BaselinePoint;
  /** per month */
  hazard: number;
}

/**
 * What an estimate of one model rests on, whoever the patient is: enough to repeat every point estimate with a pocket
 * calculator. Intervals need the draws.
 */
export interface ModelWorkings {
  model: ModelId;
  horizonMonths: number;
  /** β = ln HR and its standard error, in the order of Table 3 */
  coefficients: Coefficient[];
  /** from (0, 0) through the published times; the last one ends at the horizon where that lies past the last of them */
  segments: BaselineSegment[];
  caseMix: {
    /** combinations of the covariates' levels and whole years of age over which the baseline was solved */
    cells: number;
    /** σ of the age margin, years; null where age is not in the model */
    ageSpread: number | null;
    /** the cohort's share of each level, in the order of the study's counts */
    shares: { covariate: Covariate; level: string; share: number }[];
    /** Σ w·LP over the case mix: the LP against which the relative hazard is taken */
    meanPredictor: number;
  };
  /** the two LPs that part the case mix into groups: thirds as far as ties allow */
  riskCuts: [number, number];
  /** share of the case mix in the lower, the intermediate and the higher group */
  riskShares: [number, number, number];
  /** what the model could reach in its own case mix if it were right, ties ½; no C-index is published */
  impliedConcordance: number;
  /** the same over pairs of different LP only */
  impliedConcordanceUntied: number;
  /** share of the tumour's case mix whose modelled PFS lies above its modelled OS at a whole month: the same for both */
  pfsAboveOs: number;
  drawCount: number;
}

/** One coefficient of a model for a patient: product = β·x; null where the covariate is not known and averaged. */
export interface WorkedTerm {
  covariate: Covariate;
  /** null for a covariate that is linear in its number */
  level: string | null;
  beta: number;
  x: number | null;
  product: number | null;
}

/** One way in which the unknown covariates may stand, with its share of the cohort. */
export interface WorkedComponent {
  weight: number;
  /** levels of the averaged covariates; empty where nothing is averaged */
  levels: { covariate: Covariate; level: string }[];
  linearPredictor: number;
  /** exp(LP) */
  risk: number;
}

/** S at one cumulative hazard: Σ of `parts`, each w·exp(−H0·exp(LP)) of its component. */
export interface WorkedSurvival {
  /** null where H0 is not reached within the horizon */
  months: number | null;
  /** the stretch of the baseline on which the time lies; its last one where the time lies past the horizon */
  segment: BaselineSegment;
  cumulativeHazard: number;
  parts: number[];
  survival: number;
}

/** An estimate step by step. Every number of it is the one that the estimate itself uses. */
export interface Calculation {
  model: ModelId;
  horizonMonths: number;
  terms: WorkedTerm[];
  averaged: Covariate[];
  components: WorkedComponent[];
  /** over unknown values the mixture's mean */
  linearPredictor: number;
  meanPredictor: number;
  relativeHazard: number;
  landmarks: WorkedSurvival[];
  /** where S is one half: its H0 is ln 2/exp(LP) when everything is known, else a root */
  median: WorkedSurvival;
}

const ORIGIN: BaselinePoint = { months: 0, cumulativeHazard: 0 };

/** The stretches of a baseline up to the horizon (constant hazard between published times). */
export function segmentsOf(points: readonly BaselinePoint[], horizon: number): BaselineSegment[] {
  return points.map((point, i) => {
    const from = i === 0 ? ORIGIN : points[i - 1]!;
    const hazard = (point.cumulativeHazard - from.cumulativeHazard) / (point.months - from.months);
    const last = i === points.length - 1 && horizon > point.months;
    const to = last
      ? { months: horizon, cumulativeHazard: cumulativeHazardAt(points, horizon, horizon) }
      : point;
    return { from, to, hazard };
  });
}

/**
 * P(of two patients of the case mix the one with the higher hazard has the event first) under proportional hazards:
 * r_high/(r_high + r_low) averaged over all pairs, equal LPs counted one half.
 */
export function impliedConcordance(scale: RiskScale): number {
  const risks = scale.predictors.map(exp);
  const weights = weightsOf(scale);
  let sum = 0;
  for (let i = 0; i < risks.length; i++) {
    let lower = 0;
    for (let j = 0; j < i; j++) lower += weights[j]! / (risks[i]! + risks[j]!);
    sum += weights[i]! * (2 * risks[i]! * lower + weights[i]! / 2);
  }
  return sum;
}

/** {@link impliedConcordance} without the pairs of equal LP, which it counts one half. */
export function untiedConcordance(scale: RiskScale): number {
  const tied = weightsOf(scale).reduce((sum, weight) => sum + weight * weight, 0);
  return (impliedConcordance(scale) - tied / 2) / (1 - tied);
}

/** Weight of each distinct LP. */
const weightsOf = ({ cumulative }: RiskScale): Float64Array =>
  cumulative.map((upTo, i) => (i === 0 ? upTo : upTo - cumulative[i - 1]!));

/**
 * The share of a tumour's case mix in which the two models contradict each other: modelled PFS above modelled OS at any
 * whole month of the PFS curve, which cannot be. Over all combinations of the levels of both models.
 */
export function pfsAboveOs(study: PreparedStudy, tumour: Tumour): number {
  const [os, pfs] = [modelOf(study, tumour, "os"), modelOf(study, tumour, "pfs")];
  const own = new Set(os.model.terms.map(({ covariate }) => covariate));
  const terms = [...os.model.terms, ...pfs.model.terms.filter(({ covariate }) => !own.has(covariate))];
  const { weights, design } = caseMixOf({ ...os.model, terms }, os.margins, os.ageSpread);
  const columns = terms.flatMap((term) =>
    (term.kind === "linear" ? [null] : term.levels.map(({ level }) => level)).map((level) => ({
      covariate: term.covariate,
      level,
    })),
  );
  const horizon = Math.min(os.model.horizonMonths, pfs.model.horizonMonths);
  /** cumulative hazards of the reference patient at each whole month, and β in the order of the columns */
  const sideOf = ({ model, baseline, coefficients }: PreparedModel) => ({
    beta: columns.map(
      ({ covariate, level }) =>
        coefficients.find((known) => known.covariate === covariate && known.level === level)?.beta ?? 0,
    ),
    hazards: Array.from({ length: Math.floor(horizon) }, (_, i) =>
      cumulativeHazardAt(baseline, i + 1, model.horizonMonths),
    ),
  });
  const sides = [sideOf(os), sideOf(pfs)] as const;
  return weights.reduce((sum, weight, cell) => {
    const row = design.subarray(cell * columns.length, (cell + 1) * columns.length);
    const [osRisk, pfsRisk] = sides.map(({ beta }) => exp(linearPredictor(row, beta))) as [number, number];
    // survival falls with the cumulative hazard: PFS lies above OS where its hazard is the smaller
    const above = sides[0].hazards.some((hazard, i) => sides[1].hazards[i]! * pfsRisk < hazard * osRisk);
    return above ? sum + weight : sum;
  }, 0);
}

/** Everything of a model that does not depend on the patient. */
export function workingsOf(study: PreparedStudy, tumour: Tumour, endpoint: Endpoint): ModelWorkings {
  const prepared = modelOf(study, tumour, endpoint);
  const { model, baseline, caseMix, scale } = prepared;
  return {
    model: model.id,
    horizonMonths: model.horizonMonths,
    coefficients: prepared.coefficients,
    segments: segmentsOf(baseline, model.horizonMonths),
    caseMix: {
      cells: caseMix.weights.length,
      ageSpread: model.terms.some(({ kind }) => kind === "linear") ? prepared.ageSpread : null,
      shares: model.terms
        .filter(({ kind }) => kind === "levels")
        .flatMap(({ covariate }) =>
          [...prepared.shares(covariate)].map(([level, share]) => ({ covariate, level, share })),
        ),
      meanPredictor: scale.meanPredictor,
    },
    riskCuts: scale.cuts,
    riskShares: groupShares(scale),
    impliedConcordance: impliedConcordance(scale),
    impliedConcordanceUntied: untiedConcordance(scale),
    pfsAboveOs: pfsAboveOs(study, tumour),
    drawCount: prepared.draws.count,
  };
}

/**
 * The estimate of one endpoint step by step.
 *
 * @returns null where the models give no number for the patient
 */
export function calculationOf(
  prepared: PreparedStudy,
  patient: Patient,
  endpoint: Endpoint,
): Calculation | null {
  if (!assess(prepared, patient).estimable) return null;
  const { model, beta, baseline, coefficients, scale, shares } = modelOf(prepared, patient.tumour, endpoint);
  const horizon = model.horizonMonths;
  const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
  const averaged = model.terms.map(({ covariate }) => covariate).filter((name) => values[name] === null);
  const { weights, designs } = mixtureOf(model, values, shares);
  const components = designs.map((design, k): WorkedComponent => {
    const lp = linearPredictor(design, beta);
    return {
      weight: weights[k]!,
      levels: levelsOf(model, design, averaged),
      linearPredictor: lp,
      risk: exp(lp),
    };
  });
  const risks = components.map(({ risk }) => risk);
  const lp = components.reduce((sum, { weight, linearPredictor: own }) => sum + weight * own, 0);
  const segments = segmentsOf(baseline, horizon);
  const at = (months: number | null, cumulativeHazard: number): WorkedSurvival => ({
    months,
    segment: segments.find(({ to }) => months !== null && months <= to.months) ?? segments.at(-1)!,
    cumulativeHazard,
    parts: risks.map((risk, k) => weights[k]! * exp(-cumulativeHazard * risk)),
    survival: survivalAt(cumulativeHazard, weights, risks),
  });
  const half = hazardAtSurvival(0.5, weights, risks);
  const medianMonths = timeOnBaseline(baseline, half, horizon);
  return {
    model: model.id,
    horizonMonths: horizon,
    terms: coefficients.map(({ covariate, level, beta: own }, j) => {
      const x = averaged.includes(covariate) ? null : designs[0]![j]!;
      return { covariate, level, beta: own, x, product: x === null ? null : own * x };
    }),
    averaged,
    components,
    linearPredictor: lp,
    meanPredictor: scale.meanPredictor,
    relativeHazard: exp(lp - scale.meanPredictor),
    landmarks: model.landmarkMonths.map((months) =>
      at(months, cumulativeHazardAt(baseline, months, horizon)),
    ),
    median: at(Number.isFinite(medianMonths) ? medianMonths : null, half),
  };
}

/** The levels that a design row gives the averaged covariates: the one with an indicator, else the reference. */
function levelsOf(
  { terms }: PublishedModel,
  design: readonly number[],
  averaged: readonly Covariate[],
): WorkedComponent["levels"] {
  let column = 0;
  return terms.flatMap((term) => {
    if (term.kind === "linear") {
      column++;
      return [];
    }
    const start = column;
    column += term.levels.length;
    if (!averaged.includes(term.covariate)) return [];
    const level = term.levels.find((_, i) => design[start + i] === 1)?.level ?? term.reference;
    return [{ covariate: term.covariate, level }];
  });
}
