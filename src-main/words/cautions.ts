import type { Caution, CautionCode, Facts } from "../prognosis/applicability.ts";
import type { Covariate, Endpoint, Tumour } from "../prognosis/model.ts";
import { number, percent, publishedInterval, publishedMonths, ratio } from "./format.ts";
import { ENDPOINT_SHORT, TUMOUR_LABEL, covariateInText, covariateLabel } from "./labels.ts";
import { conjunction, plural } from "./locale.ts";

/** A caution in words: a short line for a list, a full explanation for whoever wants to know. */
export interface CautionWords {
  short: string;
  full: string;
}

const n = (facts: Facts, key: string): string => {
  const value = facts[key];
  return typeof value === "number" ? number(value) : (value ?? "not given");
};

/** "1.2 months (95 % CI 0.8–1.6), n = 23" from the facts of a published median. */
function median(facts: Facts, prefix = "published"): string {
  const get = (key: string): number | null => {
    const value = facts[key];
    return typeof value === "number" ? value : null;
  };
  const size = get(prefix === "published" ? "n" : `${prefix}N`);
  const lower = get(`${prefix}Lower`);
  const upper = get(`${prefix}Upper`);
  const interval =
    lower === null || upper === null ? "" : ` (95\u00a0%\u00a0CI ${publishedInterval(lower, upper)})`;
  return `${publishedMonths(get(`${prefix}Median`))} months${interval}${size === null ? "" : `, n\u00a0=\u00a0${number(size)}`}`;
}

/** "the model gives 9.8 for this group": only a group's two medians may be compared. */
function modelForGroup(facts: Facts): string {
  const value = facts["modelMedian"];
  return typeof value === "number"
    ? `the model gives ${publishedMonths(value)} for this group`
    : "the model gives a median past its horizon for this group";
}

const patients = (count: number): string =>
  `${number(count)} ${plural.select(count) === "one" ? "patient" : "patients"}`;

const tumour = (facts: Facts): string => TUMOUR_LABEL[facts["tumour"] as Tumour];

const CAUTIONS: Record<CautionCode, (facts: Facts) => CautionWords> = {
  "not-advanced": () => ({
    short: "The models are for advanced disease only.",
    full: "Every patient behind these models had non-resectable or metastatic disease and received palliative first-line chemotherapy. Nothing can be said from them about localised disease.",
  }),
  minen: () => ({
    short: "MiNEN was not part of the study.",
    full: "Mixed neuroendocrine–non-neuroendocrine neoplasms were registered but left out of the analysis; the models say nothing about them.",
  }),
  "appendix-primary": () => ({
    short: "Appendix primaries were not part of the study.",
    full: "The authors left appendix primaries out, because few are true high-grade neoplasms and older names blur them with goblet cell adenocarcinoma.",
  }),
  "ki67-not-high-grade": (facts) => ({
    short: `Ki-67 ${n(facts, "ki67Percent")}\u00a0% is not high-grade.`,
    full: `High-grade neuroendocrine neoplasms are defined by a Ki-67 index above ${n(facts, "limit")}\u00a0%. With ${n(facts, "ki67Percent")}\u00a0% the patient is outside the study.`,
  }),
  "ecog-ps-not-modelled": (facts) => ({
    short: `PS ${n(facts, "ecogPs")} in ${tumour(facts)} was too rare in the study to be modelled.`,
    full: `On chemotherapy the study had ${typeof facts["n"] === "number" ? patients(facts["n"]) : "too few patients"} with ${tumour(facts)} and ECOG PS ${n(facts, "ecogPs")}, and it publishes no coefficient for them.`,
  }),
  "no-first-line-chemotherapy": (facts) => ({
    short: `Without chemotherapy: published median overall survival ${median(facts)}.`,
    full: `The models start at the first course of palliative chemotherapy. For ${tumour(facts)} patients who did not receive it the article reports a median overall survival of ${median(facts)}; poor performance status was the main reason for not treating, so this figure cannot be compared with those of treated patients.`,
  }),
  "nec-ps-3": (facts) => ({
    short: `PS 3: published median OS ${median(facts)}; ${modelForGroup(facts)}. The published figure describes such patients better.`,
    full: `In NEC with PS 3 the published median OS is ${median(facts)}, while ${modelForGroup(facts)}. The published figure describes such patients better. Either the effect of PS 3 is not proportional over time, or more die early than the reconstructed baseline has; that reading is this program's. No PFS is published for PS 3.`,
  }),
  "nec-ki67-below-55": (facts) => ({
    short: `NEC with Ki-67 < ${n(facts, "cut")}\u00a0% is uncommon; the authors advise re-evaluation as possible NET G3. Published median OS ${median(facts)}; ${modelForGroup(facts)}.`,
    full: `Only ${n({ percent: Math.round(Number(facts["percent"])) }, "percent")}\u00a0% of NEC had a Ki-67 below ${n(facts, "cut")}\u00a0%; the authors advise re-evaluating such tumours concerning a possible NET G3. Short-term survival was similar to that of other NEC and the difference appeared late; a model of proportional hazards cannot show that. Published median OS: ${median(facts)}; ${modelForGroup(facts)}.`,
  }),
  "net-g3-ki67-at-least-55": (facts) => ({
    short: `Ki-67 ≥ ${n(facts, "cut")}\u00a0% in NET G3: published median OS ${median(facts)}. Ki-67 is not in the model.`,
    full: `Ki-67 is not a factor of the NET G3 models, neither for OS nor for PFS. The published median OS is ${median(facts)} with Ki-67 ≥ ${n(facts, "cut")}\u00a0%, against ${median(facts, "other")} below it. Such patients started out like NEC.`,
  }),
  "net-g3-ps-2": (facts) => ({
    short: `PS 2 in NET G3 rests on few patients: published median OS ${median(facts)}; ${modelForGroup(facts)}.`,
    full: `Few NET G3 patients had PS 2. Their published median OS is ${median(facts)}, “surprisingly low” in the authors' words; ${modelForGroup(facts)}. No PFS is published for PS 2.`,
  }),
  "net-g3-older-than-75": (facts) => ({
    short: `NET G3 above ${n(facts, "above")} years rests on few patients: published median OS ${median(facts)}; ${modelForGroup(facts)}.`,
    full: `Few NET G3 patients were older than ${n(facts, "above")}. Their published median OS is ${median(facts)}; ${modelForGroup(facts)}, because it takes the effect of age as even over all ages.`,
  }),
  "age-outside-cohort": (facts) => ({
    short: `Age ${n(facts, "ageYears")} is outside the study (${n(facts, "min")}–${n(facts, "max")} years in ${tumour(facts)}).`,
    full: `The ${tumour(facts)} patients of the study were ${n(facts, "min")} to ${n(facts, "max")} years old. At ${n(facts, "ageYears")} the estimate is an extrapolation that nothing in the article supports.`,
  }),
  "nec-unknown-primary": (facts) => {
    const endpoint = ENDPOINT_SHORT[facts["endpoint"] as Endpoint];
    return {
      short: `Unknown primary: published median ${endpoint} ${median(facts)}; ${modelForGroup(facts)}. Counted as non-colorectal here, which is probably too optimistic.`,
      full: `Among the factors for inferior PFS the article's text names “colorectal or unknown primary site”; its Table 3 has one coefficient, for non-colorectal primaries, and how unknown primaries were coded in it is not printed. This program counts them as non-colorectal, which may be too optimistic: published median ${endpoint} ${median(facts)}, while ${modelForGroup(facts)}.`,
    };
  },
  "treatment-association": () => ({
    short:
      "Treatment: an association in a cohort that was not randomised. Not a basis for choosing treatment.",
    full: "Patients were not randomised, and many were treated before NET G3 was recognised as an entity of its own. The treatment coefficient describes who received what and how they fared; it does not measure the effect of choosing one treatment over another, and is not a basis for choosing. The authors ask for care with such comparisons; the rest of this wording is ours.",
  }),
  "temozolomide-regimens-not-told-apart": (facts) => ({
    short: `The model does not tell temozolomide regimens apart. Published median OS: TEM/CAP ${median(facts, "temCap")}; TEM/EVE ${median(facts, "temEve")}.`,
    full: `All first lines other than platinum/etoposide share one curve. For Ki-67 < 55\u00a0% the article reports a median OS of ${median(facts, "temCap")} with temozolomide/capecitabine and ${median(facts, "temEve")} with temozolomide/everolimus (given within a phase II study).`,
  }),
  "averaged-covariate": (facts) => ({
    short: `${covariateLabel(facts["covariate"] as Covariate)} not known: averaged over the study's patients.`,
    full: `${covariateLabel(facts["covariate"] as Covariate)} was not given, so the curve is the average over the study's patients of this tumour type. Knowing it would make the estimate more specific to this patient.`,
  }),
  "ki67-not-given": (facts) => ({
    short: `Ki-67 not given: whether it is above ${n(facts, "limit")}\u00a0% and below ${n(facts, "cut")}\u00a0% could not be checked.`,
    full: `Ki-67 is not a factor of the NET G3 models, but it decides whether they apply: above ${n(facts, "limit")}\u00a0% for high-grade, and from ${n(facts, "cut")}\u00a0% on the outcome was much worse.`,
  }),
  "age-hazard-ratio-rounded": (facts) => ({
    short: `The effect of age is printed with two decimals: here a multiplier between ${n2(facts, "multiplierLow")} and ${n2(facts, "multiplierHigh")}.`,
    full: `The hazard ratio per year is printed as ${n2(facts, "hazardRatio")}. At ${n(facts, "ageYears")} years, against ${n(facts, "centre")}, that rounding alone allows a multiplier of the hazard between ${n2(facts, "multiplierLow")} and ${n2(facts, "multiplierHigh")}.`,
  }),
  "alp-limit-unusual": (facts) => ({
    short: `An ALP upper limit of ${n(facts, "upperLimit")} ${n(facts, "unit")} is unusual: check the unit.`,
    full: `Laboratories print upper limits of about ${n(facts, "low")} to ${n(facts, "high")} ${n(facts, "unit")}. With ${n(facts, "upperLimit")} ${n(facts, "unit")} value and limit may be in different units.`,
  }),
  "alp-value-unusual": (facts) => ({
    short: `An ALP of ${n(facts, "value")} against a limit of ${n(facts, "upperLimit")} ${n(facts, "unit")} is unusually low: check unit and decimal mark.`,
    full: `An ALP of ${n(facts, "value")} is far below its upper limit of ${n(facts, "upperLimit")} ${n(facts, "unit")}. Value and limit may be in different units, or a thousands mark may have been read as a decimal one. The models take it as normal.`,
  }),
  "alp-value-very-high": (facts) => ({
    short: `An ALP of ${n(facts, "value")} is ${n(facts, "times")} times its limit of ${n(facts, "upperLimit")} ${n(facts, "unit")}: check unit and decimal mark.`,
    full: `Such values are rare; more often value and limit are in different units, or a decimal mark is missing. The models take it as elevated.`,
  }),
  "edge-of-case-mix": (facts) => ({
    short: `Fewer than ${n(facts, "percent")} in 100 of the study's patients have so ${EDGE[String(facts["side"])]!} a hazard in the model of ${ENDPOINT_SHORT[facts["endpoint"] as Endpoint]}: the estimate is probably too extreme.`,
    full: `The estimate lies at the edge of the study's case mix: it multiplies hazard ratios that few patients had together. Factors were selected and fitted on the same patients, and nothing was shrunk, so that a model of this kind is too extreme at its edges. The interval does not cover this. This reading is this program's.`,
  }),
  "pfs-exceeds-os": (facts) => ({
    short: `OS and PFS contradict each other here: at ${n(facts, "months")} months the models give ${share(facts, "pfsSurvival")} without progression but ${share(facts, "osSurvival")} alive. The PFS estimate is not usable.`,
    full: `Nobody can be free of progression and not alive. The two published models were fitted apart, and the model of PFS lacks factors that the model of OS has, so for this patient its PFS is too long: at ${n(facts, "months")} months ${share(facts, "pfsSurvival")} against ${share(facts, "osSurvival")} alive. The PFS estimate is not usable for this patient.`,
  }),
};

const EDGE: Record<string, string> = { lower: "low", higher: "high" };

function share(facts: Facts, key: string): string {
  const value = facts[key];
  return typeof value === "number" ? percent(value) : "not given";
}

function n2(facts: Facts, key: string): string {
  const value = facts[key];
  return typeof value === "number" ? ratio(value) : "not given";
}

/** A caution in words. */
export const cautionWords = ({ code, facts }: Pick<Caution, "code" | "facts">): CautionWords =>
  CAUTIONS[code](facts);

/** A caution as a line of a list. */
export interface CautionLine extends CautionWords {
  key: string;
  severity: Caution["severity"];
  source: string;
}

const RANK: Record<Caution["severity"], number> = { serious: 0, caution: 1, note: 2 };

/** The worst first, for sorting what has a severity. */
export const bySeverity = (a: Pick<Caution, "severity">, b: Pick<Caution, "severity">): number =>
  RANK[a.severity] - RANK[b.severity];

/** Cautions as lines, in their order; several averaged covariates are one line. */
export function cautionLines(cautions: readonly Caution[]): CautionLine[] {
  const averaged = cautions.filter(({ code }) => code === "averaged-covariate");
  return cautions.flatMap((caution) => {
    const { code, severity, source, facts } = caution;
    if (code === "averaged-covariate" && averaged.length > 1) {
      if (caution !== averaged[0]) return [];
      const names = averaged.map(({ facts: each }) => covariateInText(each["covariate"] as Covariate));
      return [{ key: code, severity, source, ...averagedTogether(conjunction.format(names)) }];
    }
    return [{ key: `${code} ${JSON.stringify(facts)}`, severity, source, ...cautionWords(caution) }];
  });
}

const averagedTogether = (names: string): CautionWords => ({
  short: `Not known and averaged over the study's patients: ${names}.`,
  full: `These were not given: ${names}. The curve is the average over the study's patients of this tumour type; knowing them would make the estimate more specific to this patient.`,
});
