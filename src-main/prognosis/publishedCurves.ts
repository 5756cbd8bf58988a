import { exp } from "./elementary.ts";
import { cumulativeHazardAt, hazardAtSurvival, survivalAt, timeOnBaseline } from "./baseline.ts";
import type { Restriction } from "./caseMix.ts";
import { caseMixOf, cellPredictors } from "./caseMix.ts";
import { firstLineLevel, ki67Level, siteLevel } from "./covariates.ts";
import { curveTimes } from "./curve.ts";
import type { Condition, Endpoint, Population, PublishedResult, Tumour } from "./model.ts";
import type { Patient } from "./patient.ts";
import { alpLevel } from "./patient.ts";
import { isInStudy } from "./population.ts";
import type { PreparedModel, PreparedStudy } from "./prepared.ts";
import { modelOf } from "./prepared.ts";

/** A published group beside the model's own prediction for it. Medians in months. */
export interface PublishedGroup {
  /** id of the published result in study.json */
  id: string;
  endpoint: Endpoint;
  /** the article's name of the row */
  row: string;
  wholeCohort: boolean;
  n: number | null;
  published: { median: number; lower: number | null; upper: number | null; source: string };
  /** what the model predicts for the group's own mixture; the held-out check where the group was not an anchor */
  modelMedian: number | null;
  /** whether the model has a covariate that defines the group; otherwise its prediction is the whole cohort's */
  inModel: boolean;
}

/**
 * A reconstruction, never the study's own Kaplan–Meier steps: the group's case-mix mixture with H0 scaled by the one
 * factor that puts its median exactly on the published one (1 for the whole cohort).
 */
export interface ReferenceCurve extends PublishedGroup {
  hazardScale: number;
  horizonMonths: number;
  curve: { months: number; survival: number }[];
}

/** Whether a patient belongs to a published group; null when a value that decides it is not known. */
export interface Membership {
  id: string;
  belongs: boolean | null;
}

type DrawableResult = PublishedResult & { endpoint: Endpoint; conditions: Condition[] };

/** The published medians of a tumour and endpoint from which a curve may be drawn, in the study's order. */
export function drawableResults(
  prepared: PreparedStudy,
  tumour: Tumour,
  endpoint: Endpoint,
): DrawableResult[] {
  return prepared.study.results.filter(
    (result): result is DrawableResult =>
      result.tumour === tumour && result.endpoint === endpoint && result.conditions !== undefined,
  );
}

/** Every published group of a tumour and endpoint with its reference curve. */
export function referenceCurves(
  prepared: PreparedStudy,
  tumour: Tumour,
  endpoint: Endpoint,
): ReferenceCurve[] {
  const model = modelOf(prepared, tumour, endpoint);
  const population = prepared.study.populations[tumour];
  return drawableResults(prepared, tumour, endpoint).map((result) =>
    referenceCurve(model, population, result),
  );
}

/**
 * The reference curve of one group: S(t) = Σ w·exp(−c·H0(t)·exp(LP)) over its own case mix (the whole cohort's where
 * the model has no such covariate), c = h½ / H0(published median), Σ w·exp(−h½·exp(LP)) = 1/2.
 *
 * @throws when the published median lies past the horizon
 */
export function referenceCurve(
  prepared: PreparedModel,
  population: Population,
  result: DrawableResult,
): ReferenceCurve {
  const { model, baseline, beta } = prepared;
  const horizon = model.horizonMonths;
  const restriction = restrictionOf(result.conditions, population);
  const mix = caseMixOf(model, prepared.margins, prepared.ageSpread, restriction);
  const risks = cellPredictors(mix, beta).map(exp);
  const halfHazard = hazardAtSurvival(0.5, mix.weights, risks);
  const modelMedian = timeOnBaseline(baseline, halfHazard, horizon);
  const wholeCohort = result.conditions.length === 0;
  const hazardScale = wholeCohort ? 1 : halfHazard / cumulativeHazardAt(baseline, result.value, horizon);
  return {
    id: result.id,
    endpoint: model.endpoint,
    row: result.row,
    wholeCohort,
    n: result.n ?? null,
    published: {
      median: result.value,
      lower: result.lower ?? null,
      upper: result.upper ?? null,
      source: result.source.place,
    },
    modelMedian: Number.isFinite(modelMedian) ? modelMedian : null,
    inModel:
      wholeCohort ||
      result.conditions.some(({ covariate }) => model.terms.some((term) => term.covariate === covariate)),
    hazardScale,
    horizonMonths: horizon,
    curve: curveTimes(horizon).map((months) => ({
      months,
      survival: survivalAt(hazardScale * cumulativeHazardAt(baseline, months, horizon), mix.weights, risks),
    })),
  };
}

const medians = new WeakMap<PreparedStudy, Map<string, number | null>>();

/**
 * The model's median for a published group's own mixture, months; null past the horizon. Worked out once a group.
 *
 * @throws when no curve may be drawn from the result
 */
export function modelMedianOf(prepared: PreparedStudy, id: string): number | null {
  const known = medians.get(prepared) ?? new Map<string, number | null>();
  medians.set(prepared, known);
  let median = known.get(id);
  if (median === undefined) {
    const result = prepared.results.get(id);
    if (!result?.endpoint || !result.conditions) throw new Error(`no curve may be drawn from ${id}`);
    const { tumour, endpoint } = result;
    const model = modelOf(prepared, tumour, endpoint);
    median = referenceCurve(model, prepared.study.populations[tumour], result as DrawableResult).modelMedian;
    known.set(id, median);
  }
  return median;
}

/** The part of the case mix that a published group is, in the levels of the models. */
function restrictionOf(conditions: readonly Condition[], population: Population): Restriction {
  const restriction: Restriction & { levels: NonNullable<Restriction["levels"]> } = { levels: {} };
  for (const condition of conditions) {
    switch (condition.covariate) {
      case "ageYears":
        restriction.ages = (age) => ageWithin(condition, age);
        break;
      case "ki67Percent":
        restriction.levels.ki67Percent = [
          ki67Level(condition.from ?? population.ki67NotHighGradeUpTo, population)!,
        ];
        break;
      case "primarySite":
        restriction.levels.primarySite = condition.in.map((site) =>
          siteLevel(site as Patient["primarySite"])!,
        );
        break;
      case "firstLine":
        restriction.levels.firstLine = condition.in.map((line) =>
          firstLineLevel(line as Patient["firstLine"])!,
        );
        break;
      case "ecogPs":
      case "sex":
      case "alp":
        restriction.levels[condition.covariate] = condition.in.map(String);
    }
  }
  return restriction;
}

function ageWithin(condition: Condition & { covariate: "ageYears" }, age: number): boolean {
  const { from = -Infinity, to = Infinity, below = Infinity, above = -Infinity } = condition;
  return age >= from && age <= to && age < below && age > above;
}

/** Which published groups of a tumour a patient belongs to; none where the patient is not of the study's kind at all. */
export function membershipsOf(prepared: PreparedStudy, patient: Patient, endpoint: Endpoint): Membership[] {
  const inStudy = isInStudy(patient, prepared.study.populations[patient.tumour]);
  return drawableResults(prepared, patient.tumour, endpoint).map(({ id, conditions }) => {
    const verdicts = conditions.map((condition) => meets(condition, patient));
    const belongs = !inStudy || verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;
    return { id, belongs };
  });
}

function meets(condition: Condition, patient: Patient): boolean | null {
  switch (condition.covariate) {
    case "ageYears":
      return ageWithin(condition, patient.ageYears);
    case "ki67Percent": {
      if (patient.ki67Percent === null) return null;
      const { from = -Infinity, below = Infinity } = condition;
      return patient.ki67Percent >= from && patient.ki67Percent < below;
    }
    case "firstLine": {
      if (patient.firstLine === null) return null;
      if (!condition.in.includes(patient.firstLine)) return false;
      return condition.regimen === undefined ? true : null;
    }
    case "alp": {
      const level = alpLevel(patient.alp);
      return level === null ? null : condition.in.includes(level);
    }
    case "ecogPs":
    case "sex":
    case "primarySite": {
      const value = patient[condition.covariate];
      return value === null ? null : condition.in.includes(value);
    }
  }
}
