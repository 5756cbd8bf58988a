import type { Comparison, ComparisonCaution, ComparisonCode } from "../prognosis/compare.ts";
import type { Covariate, Endpoint, Tumour } from "../prognosis/model.ts";
import type { Patient, PatientField } from "../prognosis/patient.ts";
import { alpLevel } from "../prognosis/patient.ts";
import type { CautionWords } from "./cautions.ts";
import { months, number, percent, ratio, ratioInterval } from "./format.ts";
import {
  ENDPOINT_SHORT,
  SITE_LABEL,
  TUMOUR_LABEL,
  covariateInText,
  covariateLabel,
  levelLabel,
} from "./labels.ts";

const NBSP = "\u00a0";
const MINUS = "\u2212";
const CI = `95${NBSP}%${NBSP}CI`;
const list = new Intl.ListFormat("en-GB", { type: "conjunction" });
const enumeration = new Intl.ListFormat("en-GB", { type: "unit", style: "short" });
const plural = new Intl.PluralRules("en-GB");

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

/** A version by what sets it apart from the other one: "PS 1, ALP elevated". */
export const versionName = (patient: Patient, changed: readonly PatientField[]): string =>
  enumeration.format(changed.map((field) => AS_LABEL[field](patient)));

/** The same as it qualifies patients in a sentence: "with PS 1 and with elevated ALP". */
const versionPhrase = (patient: Patient, changed: readonly PatientField[]): string =>
  list.format(changed.map((field) => AS_PHRASE[field](patient)));

// ---- Differences --------------------------------------------------------------------------------------------------

/** A positive amount to the decimals of what it is the difference of; one more where it would print as zero. */
function amount(value: number, decimals: 0 | 1): string {
  for (const places of [decimals, decimals + 1]) {
    const text = value.toFixed(places);
    if (value === 0 || Number(text) > 0) return text;
  }
  return `<${NBSP}${decimals === 1 ? "0.01" : "0.1"}`;
}

const monthsOf = (text: string): string => `${text}${NBSP}${text === "1" ? "month" : "months"}`;

/** An interval of a difference, seen in the direction of the estimate; null is an end that is not known. */
interface Directed {
  low: number | null;
  high: number | null;
}

const directed = (lower: number | null, upper: number | null, positive: boolean): Directed =>
  positive
    ? { low: lower, high: upper }
    : { low: upper === null ? null : -upper, high: lower === null ? null : -lower };

/** "3–24"; across zero "0.4 shorter to 5.0 longer"; with an end past the horizon "3 or more". */
function directedInterval({ low, high }: Directed, decimals: 0 | 1, more: string, less: string): string {
  const text = (value: number): string => amount(Math.abs(value), decimals);
  const signed = (value: number): string => `${text(value)} ${value < 0 ? less : more}`;
  if (low === null && high === null) return "not known";
  if (low === null) return `up to ${signed(high!)}, other end not known`;
  if (high === null) return low >= 0 ? `${text(low)} or more` : `from ${signed(low)}, other end not known`;
  if (low < 0) return `${signed(low)} to ${signed(high)}`;
  const [from, to] = [text(low), text(high)];
  return from === to ? from : /</.test(from) ? `${from} to ${to}` : `${from}–${to}`;
}

const crosses = (lower: number | null, upper: number | null): boolean =>
  (lower === null || lower < 0) && (upper === null || upper > 0);

export interface MedianFacts {
  endpoint: Endpoint;
  /** medians, months; null past the horizon */
  a: number | null;
  b: number | null;
  horizon: number;
  difference: { months: number | null; beyond: number | null; lower: number | null; upper: number | null };
  comparison: Comparison;
  /** the model gives both versions the same hazard, in every draw */
  same: boolean;
}

const MEDIAN: Record<Endpoint, string> = {
  os: "Median overall survival",
  pfs: "Median progression-free survival",
};

const phrases = ({ a, b, changed }: Comparison): { a: string; b: string } => ({
  a: versionPhrase(a.patient, changed),
  b: versionPhrase(b.patient, changed),
});

/** Printed whole from 12 months on: the decimals of a median, and so of a difference of two. */
const decimalsOf = (a: number | null, b: number | null): 0 | 1 =>
  [a, b].every((value) => value === null || !months(value).includes(".")) ? 0 : 1;

/** "Median overall survival 31 months against 43 months: 12 months longer (95 % CI 3–24) in patients …" */
export function medianSentence({
  endpoint,
  a,
  b,
  horizon,
  difference,
  comparison,
  same,
}: MedianFacts): string {
  const what = MEDIAN[endpoint];
  const { months: exact, beyond, lower, upper } = difference;
  const who = phrases(comparison);
  const medians = `${what} ${monthsOf(months(a, horizon))} against ${monthsOf(months(b, horizon))}`;
  if (same) {
    return `${what} ${monthsOf(months(a, horizon))} in both: this model does not tell patients ${who.a} from patients ${who.b}.`;
  }
  const known = exact ?? beyond;
  if (known === null) {
    return `Both medians lie past the ${number(horizon)} months of the curve: how far apart they are is not known.`;
  }
  const decimals = decimalsOf(a, b);
  const longer = known >= 0;
  const size = monthsOf(amount(Math.abs(known), decimals));
  const interval = directedInterval(directed(lower, upper, longer), decimals, "longer", "shorter");
  const direction = longer ? "longer" : "shorter";
  const by = exact === null ? `more than ${size}` : size;
  const none = crosses(lower, upper) ? "; the interval includes no difference" : "";
  return `${medians}: ${by} ${direction} (${CI} ${interval}) in patients ${who.b} than in patients ${who.a}${none}.`;
}

/** Where an end of the interval is open. */
export const openEndSentence = (horizon: number): string =>
  `An end of the interval of that difference is not known: in too many draws a median lies past the ${number(horizon)} months of the curve.`;

export interface SurvivalFacts {
  endpoint: Endpoint;
  months: number;
  /** survival, 0–1 */
  a: number;
  b: number;
  difference: number;
  lower: number;
  upper: number;
}

const STATE: Record<Endpoint, string> = { os: "alive", pfs: "alive without progression" };

/** "At 12 months 21 % against 33 % alive: 12 percentage points more (95 % CI 5–19)." */
export function survivalSentence(facts: SurvivalFacts): string {
  const { endpoint, a, b, difference, lower, upper } = facts;
  const state = STATE[endpoint];
  const start = `At ${number(facts.months)} months ${percent(a)} against ${percent(b)} ${state}`;
  const more = difference >= 0;
  const points = amount(Math.abs(difference) * 100, 0);
  const unit = points === "1" ? "percentage point" : "percentage points";
  const interval = directedInterval(directed(lower * 100, upper * 100, more), 0, "more", "fewer");
  const none = crosses(lower, upper) ? "; the interval includes no difference" : "";
  return `${start}: ${points}${NBSP}${unit} ${more ? "more" : "fewer"} (${CI} ${interval})${none}.`;
}

/** "Hazard ratio 0.75 (95 % CI 0.59–0.96) …" */
export function hazardRatioSentence(
  { hazardRatio, lower, upper }: { hazardRatio: number; lower: number; upper: number },
  comparison: Comparison,
): string {
  const who = phrases(comparison);
  const none = lower < 1 && upper > 1 ? "; the interval includes 1" : "";
  return `Hazard ratio ${ratio(hazardRatio)} (${CI} ${ratioInterval(lower, upper)}) of patients ${who.b} against patients ${who.a}, alike in everything else${none}.`;
}

const signedPoints = (value: number): string =>
  value === 0 ? "0" : `${value < 0 ? MINUS : "+"}${amount(Math.abs(value) * 100, 0)}`;

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
    full: "The two versions describe who received what, and how they fared. Their difference does not measure what one treatment does against another, and many patients were treated before NET G3 was recognised as an entity of its own.",
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
    full: `The article prints ${levelOf(caution, "a")} and ${levelOf(caution, "b")} against ${levelOf(caution, "reference")} only, and not the covariance of the two. It is approximated from the size of the reference group, so the interval between them is wider or narrower than the true one in an unknown way.`,
  }),
  "covariances-taken-as-zero": () => ({
    short: "Several factors differ: the interval may be too wide or too narrow.",
    full: "The covariances between the model’s factors are not published and are taken as zero. Where several factors differ, the interval is wider or narrower than the true one in an unknown way.",
  }),
  "averaged-in-one-version": (caution) => ({
    short: `${covariateLabel(covariateOf(caution))} is known in one version and averaged in the other: there is no single hazard ratio.`,
    full: `One version has a value for ${covariateInText(covariateOf(caution))}, the other one the average over the study’s patients. The hazards of a patient and of an average are not proportional.`,
  }),
  "not-in-model": (caution) => ({
    short: `${covariateLabel(covariateOf(caution))} is not in ${modelsOf(caution)}: it changes nothing here.`,
    full: `The authors’ final model leaves ${covariateInText(covariateOf(caution))} out. That two curves agree in it is no finding about ${covariateInText(covariateOf(caution))}.`,
  }),
  "same-level": (caution) => ({
    short:
      caution.facts["level"] === null
        ? `${covariateLabel(covariateOf(caution))} is averaged in both: it changes nothing.`
        : `Both values are one level of the model (${levelOf(caution, "level")}): it changes nothing.`,
    full: `The model knows ${covariateInText(covariateOf(caution))} by its levels only, and both versions stand at the same one.`,
  }),
};

/** A caution of a comparison in words. */
export const comparisonCautionWords = (caution: ComparisonCaution): CautionWords =>
  CAUTIONS[caution.code](caution);

// ---- The room -----------------------------------------------------------------------------------------------------

/** What the Compare room says. */
export const compare = {
  changed: (count: number) => `${number(count)} ${plural.select(count) === "one" ? "change" : "changes"}`,

  editor: {
    title: "Second version",
    first: "First give tumour, age and PS of the patient below.",
    choose: "Choose what differs; everything else is shared.",
    preset: {
      ps: (from: number, to: number) => `PS${NBSP}${number(from)} now, against PS${NBSP}${number(to)}`,
      treatment: "Platinum/etoposide against other first line",
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
    title: "The same patient with something changed",
    text: "Two versions of one patient on one chart, with the difference between them and how certain it is. What is not changed is shared: edit the patient, and both versions follow.",
    next: "Choose at the left what differs in the second version.",
    same: "The second version has the same values as the patient. Choose another value at the left.",
    estimate: "One patient at a time: Estimate",
    associations:
      "Differences are associations in one cohort. They do not say what would happen if something were changed.",
  },
  invalid: "No comparison until this is right",
  notCompared: {
    title: "These two cannot be compared",
    text: "The published models cover only what is shown here.",
    version: (name: string) => `No estimate: ${name}`,
    only: (name: string) => `Estimated: ${name}`,
    neither: "Neither version is covered by the published models.",
  },

  status: (sentence: string, cautions: number) =>
    `${sentence} ${number(cautions)} ${plural.select(cautions) === "one" ? "caution" : "cautions"}.`,
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
    "Intervals of differences are over the same draws, paired: the versions share baseline and coefficients, so their own intervals overlap more than the difference between them is uncertain.",
  regimens: {
    title: "Published, by regimen",
    column: `median, months (95${NBSP}%${NBSP}CI)`,
    caption: (endpoint: Endpoint) => `Published ${MEDIAN[endpoint].toLowerCase()} by first-line regimen`,
    group: "regimen",
    note: "As printed in the article: groups that differ in more than their treatment, not randomised.",
  },
} as const;
