import type {
  Comparison,
  ComparisonCaution,
  ComparisonCode,
  DifferingFactor,
  MedianDifference,
  SurvivalDifference,
  VersionHazardRatio,
} from "../prognosis/compare.ts";
import type { Covariate, Endpoint, Tumour } from "../prognosis/model.ts";
import type { Patient, PatientField } from "../prognosis/patient.ts";
import { alpLevel } from "../prognosis/patient.ts";
import type { CautionWords } from "./cautions.ts";
import { months, monthsBound, number, percent, ratio, ratioInterval } from "./format.ts";
import {
  ENDPOINT_SHORT,
  SITE_LABEL,
  TUMOUR_LABEL,
  covariateInText,
  covariateLabel,
  levelLabel,
} from "./labels.ts";
import { LOCALE, conjunction, plural } from "./locale.ts";

const NBSP = "\u00a0";
const MINUS = "\u2212";
const CI = `95${NBSP}%${NBSP}CI`;
const enumeration = new Intl.ListFormat(LOCALE, { type: "unit", style: "short" });

// ---- What sets a version apart ------------------------------------------------------------------------------------

const FIRST_LINE_IN_TEXT: Record<NonNullable<Patient["firstLine"]>, string> = {
  "platinum-etoposide": "platinum/etoposide",
  "temozolomide-based": "temozolomide-based first line",
  other: "other first line",
  none: "no chemotherapy",
};

const ON_FIRST_LINE: Record<NonNullable<Patient["firstLine"]>, string> = {
  "platinum-etoposide": "on platinum/etoposide",
  "temozolomide-based": "on a temozolomide-based first line",
  other: "on another first line",
  none: "without chemotherapy",
};

const siteInText = (site: NonNullable<Patient["primarySite"]>): string =>
  site === "unknown" ? "unknown primary" : SITE_LABEL[site].toLowerCase();

function alpInText(alp: Patient["alp"]): string {
  if (typeof alp !== "object") return alp === "unknown" ? "ALP not known" : levelLabel("alp", alp);
  return `${levelLabel("alp", alpLevel(alp)!)} (${number(alp.value)}${NBSP}${alp.unit})`;
}

/** A field of a version as a label: "PS 1", "platinum/etoposide". */
const AS_LABEL: Record<PatientField, (patient: Patient) => string> = {
  tumour: ({ tumour }) => TUMOUR_LABEL[tumour],
  ageYears: ({ ageYears }) => `age${NBSP}${number(ageYears)}`,
  sex: ({ sex }) => sex ?? "sex not known",
  ecogPs: ({ ecogPs }) => `PS${NBSP}${number(ecogPs)}`,
  ki67Percent: ({ ki67Percent }) =>
    ki67Percent === null ? "Ki\u201167 not known" : `Ki\u201167${NBSP}${number(ki67Percent)}${NBSP}%`,
  alp: ({ alp }) => alpInText(alp),
  primarySite: ({ primarySite }) =>
    primarySite === null ? "primary site not recorded" : siteInText(primarySite),
  firstLine: ({ firstLine }) => (firstLine === null ? "first line not known" : FIRST_LINE_IN_TEXT[firstLine]),
  setting: ({ setting }) => `${setting} disease`,
  mixed: ({ mixed }) => (mixed ? "MiNEN" : "not MiNEN"),
};

/** A field of a version as it qualifies patients: "with PS 1", "on platinum/etoposide". */
const AS_PHRASE: Record<PatientField, (patient: Patient) => string> = {
  tumour: ({ tumour }) => `with ${TUMOUR_LABEL[tumour]}`,
  ageYears: ({ ageYears }) => `aged ${number(ageYears)}`,
  sex: ({ sex }) => (sex === null ? "of either sex" : `of ${sex} sex`),
  ecogPs: ({ ecogPs }) => `with PS${NBSP}${number(ecogPs)}`,
  ki67Percent: ({ ki67Percent }) =>
    ki67Percent === null ? "with any Ki\u201167" : `with Ki\u201167${NBSP}${number(ki67Percent)}${NBSP}%`,
  alp: ({ alp }) => {
    const level = alpLevel(alp);
    return level === null ? "with any ALP" : `with ${level} ALP`;
  },
  primarySite: ({ primarySite }) =>
    primarySite === null
      ? "with any primary site"
      : primarySite === "unknown"
        ? "with an unknown primary"
        : `with the primary site ${siteInText(primarySite)}`,
  firstLine: ({ firstLine }) => (firstLine === null ? "on any first line" : ON_FIRST_LINE[firstLine]),
  setting: ({ setting }) => `with ${setting} disease`,
  mixed: ({ mixed }) => (mixed ? "with MiNEN" : "without MiNEN"),
};

/**
 * What qualifies patients in the terms of a model. A model knows two levels where a patient has a value: it is the
 * levels that are compared, so platinum/etoposide stands against every other first line together, whichever was named.
 */
const FACTOR_PHRASE: Record<Covariate, (level: string) => string> = {
  ageYears: (level) => `aged ${level}`,
  sex: (level) => `of ${level} sex`,
  ecogPs: (level) => `with PS${NBSP}${level}`,
  ki67Percent: (level) => `with ${levelLabel("ki67Percent", level).replace("Ki-67 ", `Ki\u201167${NBSP}`)}`,
  alp: (level) => `with ${level} ALP`,
  primarySite: (level) => `with a ${levelLabel("primarySite", level)}`,
  firstLine: (level) =>
    level === "other"
      ? "on a first line other than platinum/etoposide"
      : `on ${levelLabel("firstLine", level)}`,
};

/** The same where the model averages over the study's patients. */
const AVERAGED_PHRASE: Record<Covariate, string> = {
  ageYears: "of any age",
  sex: "of either sex",
  ecogPs: "with any PS",
  ki67Percent: "with any Ki\u201167",
  alp: "with any ALP",
  primarySite: "with any primary site",
  firstLine: "on any first line",
};

const factorPhrase = (covariate: Covariate, level: DifferingFactor["a"]): string =>
  level === null
    ? AVERAGED_PHRASE[covariate]
    : FACTOR_PHRASE[covariate](typeof level === "number" ? number(level) : level);

/** A version by what sets it apart from the other one: "PS 1, ALP elevated". */
export const versionName = (patient: Patient, changed: readonly PatientField[]): string =>
  enumeration.format(changed.map((field) => AS_LABEL[field](patient)));

/** The same as it qualifies patients in a sentence: "with PS 1 and with elevated ALP". */
const versionPhrase = (patient: Patient, changed: readonly PatientField[]): string =>
  conjunction.format(changed.map((field) => AS_PHRASE[field](patient)));

// ---- Differences --------------------------------------------------------------------------------------------------

/** A positive amount to the decimals of what it is the difference of; one more where it would print as zero; then "0". */
function amount(value: number, decimals: 0 | 1): string {
  for (const places of [decimals, decimals + 1]) {
    const text = value.toFixed(places);
    if (Number(text) > 0) return text;
  }
  return "0";
}

/** The size of a difference: never "0" where there is one. */
function sizeOf(value: number, decimals: 0 | 1): string {
  const text = amount(value, decimals);
  return text !== "0" || value === 0 ? text : `<${NBSP}${decimals === 1 ? "0.01" : "0.1"}`;
}

const monthsOf = (text: string): string => `${text}${NBSP}${text === "1" ? "month" : "months"}`;

/** Words for a difference above and below zero: longer and shorter, more and fewer. */
type Directions = Record<"above" | "below", string>;

const CROSSING = {
  difference: "; the interval includes no difference",
  ratio: "; the interval includes 1",
} as const;

/**
 * The interval of a difference, b − a. On the estimate's side of zero, in its direction: "3–24"; else with the
 * direction of each end, from the lower to the upper: "16.7 shorter to 0.2 longer"; an end past the horizon is open:
 * "3 or more".
 *
 * @param lower,upper in the unit of the difference, with their signs; null where not known
 * @param above whether the estimate itself is said with the word for above zero
 */
function intervalOf(
  lower: number | null,
  upper: number | null,
  above: boolean,
  decimals: 0 | 1,
  words: Directions,
): string {
  const text = (value: number): string => amount(Math.abs(value), decimals);
  const signed = (value: number): string =>
    text(value) === "0" ? "0" : `${text(value)} ${value < 0 ? words.below : words.above}`;
  if (lower === null && upper === null) return "not known";
  if (upper === null) {
    if (above && lower! >= 0) return `${text(lower!)} or more`;
    return lower! < 0
      ? `up to ${signed(lower!)}, other end not known`
      : `from ${signed(lower!)}, other end not known`;
  }
  if (lower === null) {
    if (!above && upper <= 0) return `${text(upper)} or more`;
    return upper > 0
      ? `up to ${signed(upper)}, other end not known`
      : `from ${signed(upper)}, other end not known`;
  }
  const [near, far] = above ? [lower, upper] : [-upper, -lower];
  if (near < 0) return `${signed(lower)} to ${signed(upper)}`;
  const [from, to] = [text(near), text(far)];
  return from === to ? from : `${from}–${to}`;
}

/** Claimed of intervals with two known ends only. */
const crosses = (lower: number | null, upper: number | null): boolean =>
  lower !== null && upper !== null && lower < 0 && upper > 0;

/** Two versions and in which of the model's factors they differ. */
interface Contrast {
  comparison: Comparison;
  differing: readonly DifferingFactor[];
}

export interface MedianFacts extends Contrast {
  endpoint: Endpoint;
  /** medians, months; null past the horizon */
  a: number | null;
  b: number | null;
  horizon: number;
  difference: MedianDifference;
}

const MEDIAN: Record<Endpoint, string> = {
  os: "Median overall survival",
  pfs: "Median progression-free survival",
};

/** Which patients each version stands for: by the model's factors, or where none differs by what was entered. */
function phrases({ comparison: { a, b, changed }, differing }: Contrast): { a: string; b: string } {
  if (differing.length === 0) {
    return { a: versionPhrase(a.patient, changed), b: versionPhrase(b.patient, changed) };
  }
  const of = (which: "a" | "b"): string =>
    conjunction.format(differing.map((factor) => factorPhrase(factor.covariate, factor[which])));
  return { a: of("a"), b: of("b") };
}

/** Printed whole from 12 months on: the decimals of a median, and so of a difference of two. */
const decimalsOf = (a: number | null, b: number | null): 0 | 1 =>
  [a, b].every((value) => value === null || !months(value).includes(".")) ? 0 : 1;

const LONGER: Directions = { above: "longer", below: "shorter" };
const MORE: Directions = { above: "more", below: "fewer" };

/** "Median overall survival 31 months against 43 months: 12 months longer (95 % CI 3–24) in patients …" */
export function medianSentence({ endpoint, a, b, horizon, difference, ...contrast }: MedianFacts): string {
  const what = MEDIAN[endpoint];
  const { months: exact, beyond, lower, upper } = difference;
  const who = phrases(contrast);
  if (contrast.differing.length === 0) {
    return `${what} ${monthsOf(months(a, horizon))} in both: this model does not tell patients ${who.a} from patients ${who.b}.`;
  }
  if (exact === null && beyond === null) {
    return `Both medians lie past the ${number(horizon)} months of the curve: how far apart they are is not known.`;
  }
  const decimals = decimalsOf(a, b);
  // A median past the horizon is the longer one, even where the other one lies at the horizon itself.
  const above = exact === null ? b === null : exact >= 0;
  const by =
    exact === null
      ? `more than ${monthsOf(monthsBound(Math.abs(beyond!), "down"))}`
      : monthsOf(sizeOf(Math.abs(exact), decimals));
  const interval = intervalOf(lower, upper, above, decimals, LONGER);
  const crossing = crosses(lower, upper) ? CROSSING.difference : "";
  return `${what} ${monthsOf(months(a, horizon))} against ${monthsOf(months(b, horizon))}: ${by} ${above ? LONGER.above : LONGER.below} (${CI} ${interval}) in patients ${who.b} than in patients ${who.a}${crossing}.`;
}

/** Where one end of the interval of the difference of the medians is open, or both, and what to read instead. */
export const openEndSentence = (horizon: number, ends: "one" | "both", hasRatio: boolean): string =>
  `${ends === "both" ? "The interval of that difference is" : "An end of the interval of that difference is"} not known: in too many draws a median lies past the ${number(horizon)} months of the curve. ${hasRatio ? "Survival at a given time and the hazard ratio have" : "Survival at a given time has"} an interval.`;

export interface SurvivalFacts extends SurvivalDifference, Contrast {
  endpoint: Endpoint;
  /** survival, 0–1 */
  a: number;
  b: number;
}

const STATE: Record<Endpoint, string> = { os: "alive", pfs: "alive without progression" };

/** "At 12 months 21 % against 33 % alive: 12 percentage points more (95 % CI 5–19) in patients …" */
export function survivalSentence(facts: SurvivalFacts): string {
  const { endpoint, a, b, difference, lower, upper } = facts;
  const who = phrases(facts);
  const start = `At ${number(facts.months)} months ${percent(a)} against ${percent(b)} ${STATE[endpoint]}`;
  const above = difference >= 0;
  const points = sizeOf(Math.abs(difference) * 100, 0);
  const unit = points === "1" ? "percentage point" : "percentage points";
  const interval = intervalOf(lower * 100, upper * 100, above, 0, MORE);
  const crossing = crosses(lower, upper) ? CROSSING.difference : "";
  return `${start}: ${points}${NBSP}${unit} ${above ? MORE.above : MORE.below} (${CI} ${interval}) in patients ${who.b}${crossing}.`;
}

/** Where a hazard ratio stands or comes from; one of two equal hazards is not said. */
const ORIGIN: Record<Exclude<VersionHazardRatio["origin"], "same">, (source: string) => string> = {
  published: (source) => `As published: ${source}.`,
  reciprocal: (source) => `One over the published ratio and interval: ${source}.`,
  calculated: (source) => `Calculated from the published coefficient: ${source}.`,
  approximated: (source) =>
    `Calculated from the published coefficients: ${source}; their covariance is not published, so the interval is approximate.`,
};

/** "Hazard ratio 0.75 (95 % CI 0.58–0.96) …"; null where the model gives both versions the same hazard. */
export function hazardRatioSentence(
  { hazardRatio, lower, upper, origin, source }: VersionHazardRatio,
  contrast: Contrast,
): string | null {
  if (origin === "same") return null;
  const who = phrases(contrast);
  const crossing = lower < 1 && upper > 1 ? CROSSING.ratio : "";
  return `Hazard ratio ${ratio(hazardRatio)} (${CI} ${ratioInterval(lower, upper)}) of patients ${who.b} against patients ${who.a}, with the same other values of this model’s factors${crossing}. ${ORIGIN[origin](source)}`;
}

function signedPoints(value: number): string {
  const points = amount(Math.abs(value) * 100, 0);
  return points === "0" ? points : `${value < 0 ? MINUS : "+"}${points}`;
}

/** A difference of survival in a table, percentage points: "+12". */
export const pointsDifference = signedPoints;

/** Its interval: "+5 to +19". */
export const pointsInterval = (lower: number, upper: number): string => {
  const [from, to] = [signedPoints(lower), signedPoints(upper)];
  return from === to ? from : `${from} to ${to}`;
};

// ---- Cautions -----------------------------------------------------------------------------------------------------

const covariateOf = ({ facts }: ComparisonCaution): Covariate => facts["covariate"] as Covariate;
const levelOf = (caution: ComparisonCaution, key: "a" | "b" | "level" | "reference"): string =>
  levelLabel(covariateOf(caution), caution.facts[key] ?? "");
const modelsOf = ({ endpoint, facts }: ComparisonCaution): string => {
  const tumour = TUMOUR_LABEL[facts["tumour"] as Tumour];
  return endpoint === undefined
    ? `the ${tumour} models`
    : `the ${tumour} model of ${ENDPOINT_SHORT[endpoint]}`;
};

const CAUTIONS: Record<ComparisonCode, (caution: ComparisonCaution) => CautionWords> = {
  "treatment-compared": () => ({
    short: "Not a basis for choosing treatment: an association in a cohort that was not randomised.",
    full: "It describes who received what and how they fared: platinum/etoposide against all other first lines together. It does not measure what one treatment does against another, and many patients were treated before NET G3 was recognised as an entity of its own.",
  }),
  "treatment-not-in-model": (caution) => ({
    short: `Not a basis for choosing treatment: the ${TUMOUR_LABEL[caution.facts["tumour"] as Tumour]} models hold no treatment.`,
    full: "Both versions have the same estimate because first-line treatment is not a factor of these models. That says nothing about how treatments compare.",
  }),
  "ps-compared": () => ({
    short: "PS is an association too: changing PS is not an intervention.",
    full: "Patients with another PS differ in more than their PS. The difference describes two kinds of patients of the study, not what happens when one patient’s PS changes.",
  }),
  "levels-covariance-approximated": (caution) => ({
    short: `The interval between ${levelOf(caution, "a")} and ${levelOf(caution, "b")} is approximate: it may be too wide or too narrow.`,
    full: `The article prints ${levelOf(caution, "a")} and ${levelOf(caution, "b")} against ${levelOf(caution, "reference")} only, and not the covariance of the two. It is approximated by 1/n, n being the ${number(caution.facts["n"] as number)} patients with ${levelOf(caution, "reference")}. The number of their events would be right and is not published; it is smaller, so this alone makes the interval too wide, and how the model’s other factors alter it is not known.`,
  }),
  "covariances-taken-as-zero": () => ({
    short: "Several factors differ: the interval may be too wide or too narrow.",
    full: "The covariances between the coefficients of different factors are not published and are taken as zero. Where several factors differ, the interval is wider or narrower than the true one in an unknown way.",
  }),
  "averaged-in-one-version": (caution) => ({
    short: `${covariateLabel(covariateOf(caution))} is known in one version and averaged in the other: there is no single hazard ratio.`,
    full: `One version has a value for ${covariateInText(covariateOf(caution))}, the other one the average over the study’s patients. The hazards of a patient and of an average are not proportional.`,
  }),
  "not-in-model": (caution) => ({
    short: `${covariateLabel(covariateOf(caution))} is not in ${modelsOf(caution)}: it makes no difference here.`,
    full: `The authors’ final model leaves ${covariateInText(covariateOf(caution))} out. That two curves agree in it is no finding about ${covariateInText(covariateOf(caution))}.`,
  }),
  "same-level": (caution) => ({
    short:
      caution.facts["level"] === null
        ? `${covariateLabel(covariateOf(caution))} is averaged in both: it makes no difference.`
        : `Both values are one level of the model (${levelOf(caution, "level")}): that makes no difference.`,
    full: `The model knows ${covariateInText(covariateOf(caution))} by its levels only, and both versions stand at the same one.`,
  }),
};

/** A caution of a comparison in words. */
export const comparisonCautionWords = (caution: ComparisonCaution): CautionWords =>
  CAUTIONS[caution.code](caution);

// ---- The room -----------------------------------------------------------------------------------------------------

/** What the Compare room says. */
export const compare = {
  changed: (count: number) =>
    `${number(count)} ${plural.select(count) === "one" ? "difference" : "differences"}`,

  editor: {
    title: "Second version",
    first: "First give tumour, age and PS of the patient below.",
    choose: "Choose what differs; everything else is shared.",
    preset: {
      ps: (from: number, to: number) => `PS${NBSP}${number(from)} now, against PS${NBSP}${number(to)}`,
      treatment: "Platinum/etoposide against other first line",
      treatmentNote: "Association in the study, not a choice to make from this.",
    },
    add: { first: "Change a field", further: "Change another field" },
    pick: "Choose a field",
    patient: (value: string) => `patient: ${value}`,
    assumed: (field: string) => `${field} of the first version`,
    assumedWhy: "Not known in the form: assumed for the comparison only.",
    remove: (field: string) => `Remove ${field}`,
    both: "Patient, in both versions",
  },

  empty: {
    title: "Two versions of one patient",
    text: "Patients alike but for what you choose, on one chart, with the difference between them and how certain it is. Everything else is shared: edit the patient, and both versions follow.",
    next: "Choose at the left what differs in the second version.",
    same: "The second version has the same values as the patient. Choose another value at the left.",
    estimate: "One patient at a time: Estimate",
    associations:
      "Differences are associations in one cohort. They do not say what would happen if something were changed.",
  },
  keep: "Keep with the case",
  keepHint: "The two versions as they are, for the case's slides on a board",
  invalid: "No comparison until this is right",
  notCompared: {
    title: "These two cannot be compared",
    text: "The published models cover only what is shown here.",
    version: (name: string) => `No estimate: ${name}`,
    only: (name: string) => `Estimated: ${name}`,
    neither: "Neither version is covered by the published models.",
  },

  /** sentences that must not stand apart, as one text */
  lead: (sentences: string[]) => sentences.join(" "),
  status: (lead: string, cautions: number) =>
    `${lead} ${number(cautions)} ${plural.select(cautions) === "one" ? "caution" : "cautions"}.`,
  difference: "Difference of the medians",
  further: "In other measures",
  assumed: "assumed, not known in the form",
  table: {
    caption: (what: string) =>
      `${what}, with 95${NBSP}% interval, and the difference in percentage points over the same draws`,
    who: "version",
    month: (m: number) => `${number(m)}${NBSP}months`,
    difference: "difference, points",
    rounding: "Differences are taken before rounding.",
  },
  cautions: {
    title: "To be read with the difference",
    of: (name: string) => `only ${name}`,
  },
  export: {
    title: (axis: string) => `Two versions of one patient: ${axis.toLowerCase()}`,
    subtitle: (facts: string[], difference: string, caution: string) =>
      `${facts.join(" · ")}. ${difference} ${caution}`.trim(),
    name: (endpoint: string) => `HG-NEN Prognosis comparison ${endpoint}`,
  },
  paired:
    "Intervals of differences are over the same draws, paired: the versions share baseline and coefficients, so their own intervals overlap more than the difference between them is uncertain. The interval of the hazard ratio needs no draws; close to no difference the two may disagree by the draws’ own noise.",
  regimens: {
    title: "Published, by regimen",
    column: `median, months (95${NBSP}%${NBSP}CI)`,
    caption: (endpoint: Endpoint) => `Published ${MEDIAN[endpoint].toLowerCase()} by first-line regimen`,
    group: "regimen",
    others:
      "These groups are not this patient's: their Ki-67 is below the study's cut-off, this patient's is not.",
    note: "As printed in the article: groups that differ in more than their treatment, not randomised.",
  },
} as const;
