/**
 * The shapes of a published study as the core reads it.
 *
 * Numbers live in `assets/studies/<id>/study.json` (everything published) and `baseline.json` (everything
 * derived by `npm run build:model`); this file only names them. Times are months from the start of first-line
 * chemotherapy, survival is a probability in [0, 1], hazard ratios are multipliers of the hazard.
 */

export const TUMOURS = ["NEC", "NET_G3"] as const;
export type Tumour = (typeof TUMOURS)[number];

export const ENDPOINTS = ["os", "pfs"] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

export const MODEL_IDS = ["nec-os", "nec-pfs", "net-g3-os", "net-g3-pfs"] as const;
export type ModelId = (typeof MODEL_IDS)[number];

/** Covariates carry the name of the patient's field that decides them: one vocabulary from input to output. */
export const COVARIATES = [
  "ageYears",
  "sex",
  "primarySite",
  "ecogPs",
  "ki67Percent",
  "alp",
  "firstLine",
] as const;
export type Covariate = (typeof COVARIATES)[number];

/** Where a number is printed. `quote` is the article's own text around it; `note` says what we did with it. */
export interface Source {
  place: string;
  quote?: string;
  note?: string;
}

/** A printed p-value: "= 0.015", "< 0.001". */
export interface PValue {
  relation: "=" | "<";
  value: number;
}

/** A hazard ratio with its 95 % confidence interval, as printed. */
export interface HazardRatio {
  hazardRatio: number;
  lower: number;
  upper: number;
  p?: PValue;
}

/** Linear in a number: the hazard is multiplied by `hazardRatio` for each unit above `centre`. */
export interface LinearTerm extends HazardRatio {
  covariate: "ageYears";
  kind: "linear";
  centre: number;
  /** From which printed figure the standard error of ln HR is taken: the interval, or p where the interval is too coarse. */
  standardErrorFrom: "interval" | "p";
  source: Source;
}

export interface TermLevel extends HazardRatio {
  level: string;
  source: Source;
}

/** Indicator levels against one reference level (HR 1). */
export interface LevelsTerm {
  covariate: Exclude<Covariate, "ageYears">;
  kind: "levels";
  reference: string;
  levels: TermLevel[];
  source: Source;
}

export type Term = LinearTerm | LevelsTerm;

/** The median of the whole cohort with its printed interval. */
export interface MedianAnchor {
  kind: "median";
  months: number;
  lower: number;
  upper: number;
  survival: number;
  source: Source;
}

/** Survival of the whole cohort at a time, printed without an interval; `n` patients stand behind it. */
export interface SurvivalAnchor {
  kind: "survival";
  months: number;
  survival: number;
  n: number;
  source: Source;
}

export type Anchor = MedianAnchor | SurvivalAnchor;

/** One published Cox model and the whole-cohort points from which its baseline is reconstructed. */
export interface PublishedModel {
  id: ModelId;
  tumour: Tumour;
  endpoint: Endpoint;
  n: number;
  horizonMonths: number;
  landmarkMonths: number[];
  terms: Term[];
  anchors: Anchor[];
  source: Source;
}

/** Whole years min…max, weight ∝ exp(−(a − centre)²/2σ²), σ set so that the share above `tail.above` is count/of. */
export interface AgeMargin {
  centre: number;
  min: number;
  max: number;
  tail: { above: number; count: number; of: number };
  source: Source;
}

export interface LevelMargin {
  counts: Record<string, number>;
  source: Source;
}

/** Margins of the cohort, taken as independent (an assumption of this program, not of the article). */
export interface CaseMixMargins {
  ageYears: AgeMargin;
  levels: Partial<Record<Exclude<Covariate, "ageYears">, LevelMargin>>;
}

/** Limits of what the study enrolled; outside them the models were never fitted. */
export interface Population {
  n: number;
  /** Ki-67 at or below this is not high-grade. */
  ki67NotHighGradeUpTo: number;
  /** The study's line between two Ki-67 groups: at or above. */
  ki67Cut: number;
  source: Source;
}

/** A published group: every condition holds. Age and Ki-67 bands name their limits. */
export type Condition =
  | { covariate: "ecogPs" | "sex" | "alp" | "primarySite"; in: (string | number)[] }
  /** `regimen` names one regimen of the class: a patient's record tells the class only, so membership stays open */
  | { covariate: "firstLine"; in: string[]; regimen?: string }
  | { covariate: "ki67Percent"; from?: number; below?: number }
  | { covariate: "ageYears"; from?: number; below?: number; to?: number; above?: number };

export type ResultUnit = "months" | "percent" | "patients" | "years" | "ratio";

/**
 * One published result. `value` is in `unit`; `lower`–`upper` is its printed 95 % confidence interval, `rangeLow`–
 * `rangeHigh` a printed range; `percent` a printed share beside a count; `n` the patients behind it where printed.
 */
export interface PublishedResult {
  id: string;
  tumour: Tumour;
  /** Printed for NEC and NET G3 together, not apart; such a result is listed once under each. */
  pooled?: true;
  topic: string;
  row: string;
  measure: string;
  unit: ResultUnit;
  value: number;
  lower?: number;
  upper?: number;
  rangeLow?: number;
  rangeHigh?: number;
  percent?: number;
  n?: number;
  nSource?: Source;
  atMonths?: number;
  endpoint?: Endpoint;
  /** Set on medians from which a reference curve may be drawn; an empty list is the whole cohort. */
  conditions?: Condition[];
  source: Source;
}

export interface Citation {
  authors: string;
  title: string;
  journal: string;
  year: number;
  volume: string;
  pages: string;
  doi: string;
  licence: string;
  licenceUrl: string;
  correction: string;
}

export interface Study {
  formatVersion: number;
  id: string;
  modelVersion: string;
  name: string;
  citation: Citation;
  timeZero: { text: string; source: Source };
  slips: { id: string; text: string; source: Source }[];
  populations: Record<Tumour, Population>;
  caseMix: Record<Tumour, CaseMixMargins>;
  models: PublishedModel[];
  results: PublishedResult[];
}

/** A point of the reconstructed cumulative hazard of the reference patient. */
export interface BaselinePoint {
  months: number;
  cumulativeHazard: number;
}

/**
 * What `npm run build:model` derives for one model. Each of the `drawCount` rows of `draws` holds a draw's coefficients
 * in the order of `coefficients`, then its points: their months, then H0 at them, in the order of `baseline`
 * (coefficients.length + 2 × baseline.length numbers; the drawn median moves the first point's time).
 */
export interface DerivedModel {
  id: ModelId;
  coefficients: { covariate: Covariate; level: string | null }[];
  baseline: BaselinePoint[];
  draws: number[][];
}

export interface Baseline {
  formatVersion: number;
  study: string;
  modelVersion: string;
  inputSha256: string;
  seed: number;
  drawCount: number;
  ageSpread: Record<Tumour, number>;
  models: DerivedModel[];
}
