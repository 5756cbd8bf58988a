import type { Facts, Severity } from "./applicability.ts";
import { SEVERITIES } from "./applicability.ts";
import type { VersionHazardRatio } from "./contrast.ts";
import { contrastOf, referenceCount } from "./contrast.ts";
import { covariateValues } from "./covariates.ts";
import type { CovariateValues } from "./cox.ts";
import { mixtureOf } from "./cox.ts";
import type { Answer, Estimate, EstimateOptions } from "./estimate.ts";
import { estimate } from "./estimate.ts";
import type { DrawnPatient, Draws } from "./intervals.ts";
import { drawPatient, drawnSurvival, drawnTimes } from "./intervals.ts";
import type { Covariate, Endpoint, ModelId, Term } from "./model.ts";
import { COVARIATES, ENDPOINTS } from "./model.ts";
import type { Patient, PatientField } from "./patient.ts";
import { PATIENT_FIELDS } from "./patient.ts";
import type { PreparedModel, PreparedStudy } from "./prepared.ts";
import { modelOf } from "./prepared.ts";
import { between, selectCentral } from "./quantile.ts";

/**
 * Difference of the medians, b − a, months.
 *
 * Nothing is known past the horizon, so a median there makes the difference one-sided. The interval takes the worst
 * case of every such draw: whatever the medians past the horizon are, the 95 % interval over the draws lies within it.
 */
export interface MedianDifference {
  /** null where either median lies past the horizon */
  months: number | null;
  /** where one median lies past the horizon: b's is at least this much longer (> 0) or shorter (< 0); null otherwise */
  beyond: number | null;
  /** null: open, because of medians past the horizon */
  lower: number | null;
  upper: number | null;
}

/** Difference of survival at a time, b − a, in −1…1, with its 95 % interval. */
export interface SurvivalDifference {
  months: number;
  difference: number;
  lower: number;
  upper: number;
}

/** A covariate of a model in which the two versions differ: age in years or the model's level, null where averaged. */
export interface DifferingFactor {
  covariate: Covariate;
  a: number | string | null;
  b: number | string | null;
}

/**
 * How two versions of a patient differ in one model. Intervals of medians and of survival are over the same draws,
 * paired; the hazard ratio's is the published one or follows from the coefficients.
 */
export interface EndpointComparison {
  model: ModelId;
  horizonMonths: number;
  /** in the order of the model; empty where it gives both versions the same hazard */
  differing: DifferingFactor[];
  median: MedianDifference;
  landmarks: SurvivalDifference[];
  /** null where a covariate of the model is averaged in one version only: hazards are then not proportional */
  hazardRatio: VersionHazardRatio | null;
}

export type { HazardRatioOrigin, VersionHazardRatio } from "./contrast.ts";

export const COMPARISON_CODES = [
  "treatment-compared",
  "treatment-not-in-model",
  "ps-compared",
  "levels-covariance-approximated",
  "covariances-taken-as-zero",
  "averaged-in-one-version",
  "not-in-model",
  "same-level",
] as const;
export type ComparisonCode = (typeof COMPARISON_CODES)[number];

/** A reason to read a comparison with care, beside the cautions that each version has of its own. */
export interface ComparisonCaution {
  code: ComparisonCode;
  severity: Severity;
  /** set where only one endpoint is concerned */
  endpoint?: Endpoint;
  facts: Facts;
  /** where it is printed, or that it is this program's own */
  source: string;
}

export interface Comparison {
  a: Answer;
  b: Answer;
  /** fields in which the two versions differ */
  changed: PatientField[];
  cautions: ComparisonCaution[];
  /** null where either version is not estimated */
  differences: Record<Endpoint, EndpointComparison | null>;
}

const OWN_RULE = "HG-NEN Prognosis";

/**
 * Two versions of one patient: each one's answer, and how they differ.
 *
 * The versions share baseline and coefficients, so their own intervals overlap far more than the difference between
 * them is uncertain. Here each draw of coefficients and baseline gives both versions, and the interval is that of the
 * difference within the draws. The hazard ratio needs no draws: {@link contrastOf}. Limits of the draws hold for both
 * (model.md, section 4): covariances between covariates are unpublished and taken as zero; that of two levels of one
 * covariate is approximated by 1/n of their reference, n being patients where events would be right. So
 * between two levels of which neither is the reference (PS 1 and PS 2), or with several covariates changed, the true
 * interval is wider or narrower in a way that nobody outside the study knows; the cautions say so.
 *
 * These are associations between covariates and outcome, not effects of changing anything.
 *
 * @param a,b versions of the same tumour, as {@link parsePatient} returns them
 * @throws when the two are of different tumours: they have no model in common
 */
export function compareEstimates(
  prepared: PreparedStudy,
  a: Patient,
  b: Patient,
  options: EstimateOptions = {},
): Comparison {
  if (a.tumour !== b.tumour) throw new Error(`${a.tumour} and ${b.tumour} have no model in common`);
  const answers = { a: estimate(prepared, a, options), b: estimate(prepared, b, options) };
  const population = prepared.study.populations[a.tumour];
  const values = { a: covariateValues(a, population), b: covariateValues(b, population) };
  const changed = PATIENT_FIELDS.filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
  const of = (endpoint: Endpoint): EndpointComparison | null => {
    const [ofA, ofB] = [answers.a.estimates[endpoint], answers.b.estimates[endpoint]];
    return ofA && ofB ? compareIn(modelOf(prepared, a.tumour, endpoint), values, ofA, ofB) : null;
  };
  return {
    ...answers,
    changed,
    cautions: cautionsOf(prepared, a, changed, values),
    differences: { os: of("os"), pfs: of("pfs") },
  };
}

type Both<T> = Record<"a" | "b", T>;

function compareIn(
  prepared: PreparedModel,
  values: Both<CovariateValues>,
  a: Estimate,
  b: Estimate,
): EndpointComparison {
  const { model, draws, shares } = prepared;
  const horizon = model.horizonMonths;
  const mixtures = { a: mixtureOf(model, values.a, shares), b: mixtureOf(model, values.b, shares) };
  const drawn = { a: drawPatient(draws, mixtures.a), b: drawPatient(draws, mixtures.b) };
  const differing = model.terms
    .map(({ covariate }) => ({
      covariate,
      a: values.a[covariate] ?? null,
      b: values.b[covariate] ?? null,
    }))
    .filter((factor) => factor.a !== factor.b);
  const averagedAlike = differing.every((factor) => factor.a !== null && factor.b !== null);
  // Covariates averaged in both versions stand alike in them, component by component, so any component's step will do.
  const [rowOfA, rowOfB] = [mixtures.a.designs[0]!, mixtures.b.designs[0]!];
  return {
    model: model.id,
    horizonMonths: horizon,
    differing,
    median: medianDifference(drawn, a.median.months, b.median.months, horizon),
    landmarks: a.landmarks.map(({ months, survival }, i) => ({
      months,
      difference: b.landmarks[i]!.survival - survival,
      ...survivalInterval(drawn, months),
    })),
    hazardRatio: averagedAlike
      ? contrastOf(
          prepared,
          rowOfB.map((x, j) => x - rowOfA[j]!),
        )
      : null,
  };
}

/** Ends between which b − a lies, given two medians of which either may be past the horizon (Infinity). */
function endsOf(a: number, b: number, horizon: number): { low: number; high: number } {
  const known = { a: Number.isFinite(a), b: Number.isFinite(b) };
  if (known.a && known.b) return { low: b - a, high: b - a };
  return { low: known.a ? horizon - a : -Infinity, high: known.b ? b - horizon : Infinity };
}

function medianDifference(
  drawn: Both<DrawnPatient>,
  a: number | null,
  b: number | null,
  horizon: number,
): MedianDifference {
  const { low, high } = endsOf(a ?? Infinity, b ?? Infinity, horizon);
  const both = low === high;
  const [finiteEnd] = [low, high].filter(Number.isFinite);
  const { draws } = drawn.a;
  const times = { a: drawnTimes(drawn.a, 0.5, horizon), b: drawnTimes(drawn.b, 0.5, horizon) };
  const lows = new Float64Array(draws.count);
  const highs = new Float64Array(draws.count);
  for (let d = 0; d < draws.count; d++) {
    const ends = endsOf(times.a[d]!, times.b[d]!, horizon);
    lows[d] = ends.low;
    highs[d] = ends.high;
  }
  const interval = intervalBetween(lows, highs, draws);
  return {
    months: both ? low : null,
    beyond: both ? null : (finiteEnd ?? null),
    lower: Number.isFinite(interval.lower) ? interval.lower : null,
    upper: Number.isFinite(interval.upper) ? interval.upper : null,
  };
}

function survivalInterval(drawn: Both<DrawnPatient>, months: number): { lower: number; upper: number } {
  const differences = drawnSurvival(drawn.b, months);
  const ofA = drawnSurvival(drawn.a, months);
  for (let d = 0; d < differences.length; d++) differences[d]! -= ofA[d]!;
  return intervalBetween(differences, differences, drawn.a.draws);
}

/**
 * 2.5th percentile of the lower ends to 97.5th of the upper ends (type 7). Both are taken from above, of −lower and of
 * upper, so that exchanging the versions exchanges the limits exactly, and no infinity is subtracted from another.
 */
function intervalBetween(
  lows: Float64Array,
  highs: Float64Array,
  { ranks }: Draws,
): { lower: number; upper: number } {
  const order = new Float64Array(4);
  const highest = (values: Float64Array): number => {
    selectCentral(values, ranks, order);
    return between(order[2]!, order[3]!, ranks.upper.fraction);
  };
  // 0 − x, not −x: no difference is 0, never −0
  const lower = 0 - highest(lows.map((value) => 0 - value));
  return { lower, upper: highest(highs.slice()) };
}

function cautionsOf(
  prepared: PreparedStudy,
  { tumour }: Patient,
  changed: readonly PatientField[],
  values: Both<CovariateValues>,
): ComparisonCaution[] {
  const found: ComparisonCaution[] = [];
  const touched = COVARIATES.filter((covariate) => changed.includes(covariate));
  if (touched.includes("firstLine")) {
    const inModel = ENDPOINTS.some((endpoint) => termOf(prepared, tumour, endpoint, "firstLine"));
    found.push({
      code: inModel ? "treatment-compared" : "treatment-not-in-model",
      severity: "serious",
      facts: { tumour },
      source: inModel ? "Discussion, Limitations" : "Table 3",
    });
  }
  if (touched.includes("ecogPs")) {
    found.push({ code: "ps-compared", severity: "note", facts: {}, source: OWN_RULE });
  }
  const perEndpoint = ENDPOINTS.map((endpoint) => cautionsIn(prepared, tumour, endpoint, touched, values));
  for (const [i, endpoint] of ENDPOINTS.entries()) {
    for (const caution of perEndpoint[i]!) {
      const inOther = perEndpoint[1 - i]!.some((other) => same(other, caution));
      if (!inOther) found.push({ ...caution, endpoint });
      else if (i === 0) found.push(caution);
    }
  }
  const rank = ({ severity }: ComparisonCaution): number => -SEVERITIES.indexOf(severity);
  return found.toSorted((one, other) => rank(one) - rank(other));
}

const same = (a: ComparisonCaution, b: ComparisonCaution): boolean =>
  a.code === b.code && JSON.stringify(a.facts) === JSON.stringify(b.facts);

function termOf(
  prepared: PreparedStudy,
  tumour: Patient["tumour"],
  endpoint: Endpoint,
  covariate: Covariate,
): Term | undefined {
  return modelOf(prepared, tumour, endpoint).model.terms.find((term) => term.covariate === covariate);
}

function cautionsIn(
  prepared: PreparedStudy,
  tumour: Patient["tumour"],
  endpoint: Endpoint,
  touched: readonly Covariate[],
  { a, b }: Both<CovariateValues>,
): ComparisonCaution[] {
  const found: ComparisonCaution[] = [];
  const add = (code: ComparisonCode, severity: Severity, facts: Facts): void => {
    found.push({ code, severity, facts, source: OWN_RULE });
  };
  let moved = 0;
  for (const covariate of touched) {
    const term = termOf(prepared, tumour, endpoint, covariate);
    const [ofA, ofB] = [a[covariate] ?? null, b[covariate] ?? null];
    // treatment has its own caution, for both endpoints at once
    if (!term && covariate === "firstLine") continue;
    if (!term) add("not-in-model", "note", { covariate, tumour });
    else if (ofA === ofB) add("same-level", "note", { covariate, level: ofA });
    else {
      moved++;
      if (ofA === null || ofB === null) add("averaged-in-one-version", "caution", { covariate });
      else if (term.kind === "levels" && ofA !== term.reference && ofB !== term.reference) {
        add("levels-covariance-approximated", "caution", {
          covariate,
          reference: term.reference,
          n: referenceCount(modelOf(prepared, tumour, endpoint), covariate),
          a: ofA,
          b: ofB,
        });
      }
    }
  }
  if (moved > 1) add("covariances-taken-as-zero", "caution", {});
  return found;
}
