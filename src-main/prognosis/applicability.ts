import { exp, log } from "./elementary.ts";
import { covariateValues } from "./covariates.ts";
import type { Covariate, Endpoint, PublishedResult } from "./model.ts";
import { ENDPOINTS } from "./model.ts";
import type { Patient } from "./patient.ts";
import type { PreparedStudy } from "./prepared.ts";
import { modelOf, resultOf } from "./prepared.ts";
import { modelMedianOf } from "./publishedCurves.ts";

export const SEVERITIES = ["note", "caution", "serious"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Reasons for which the models give no number at all. */
export const REFUSAL_CODES = [
  "not-advanced",
  "minen",
  "appendix-primary",
  "ki67-not-high-grade",
  "ecog-ps-not-modelled",
  "no-first-line-chemotherapy",
] as const;

/** Reasons to read a number with care. */
export const CAUTION_CODES = [
  "nec-ps-3",
  "nec-ki67-below-55",
  "net-g3-ki67-at-least-55",
  "net-g3-ps-2",
  "net-g3-older-than-75",
  "age-outside-cohort",
  "nec-unknown-primary",
  "treatment-association",
  "temozolomide-regimens-not-told-apart",
  "averaged-covariate",
  "ki67-not-given",
  "age-hazard-ratio-rounded",
  "alp-limit-unusual",
  "alp-value-unusual",
  "alp-value-very-high",
  "pfs-exceeds-os",
  "edge-of-case-mix",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];
export type CautionCode = RefusalCode | (typeof CAUTION_CODES)[number];

/** Facts behind a caution, flat, for hosts to put into words: numbers in months, percent, years or patients. */
export type Facts = Record<string, number | string | null>;

export interface Caution {
  code: CautionCode;
  severity: Severity;
  /** set where only one endpoint is concerned */
  endpoint?: Endpoint;
  facts: Facts;
  /** where it is printed, or that it is this program's own */
  source: string;
}

export interface Applicability {
  estimable: boolean;
  cautions: Caution[];
}

/** Where a rule is this program's and not the article's. */
const OWN_RULE = "HG-NEN Prognosis";

/**
 * Upper limits of normal for ALP that laboratories print, by unit: a limit far outside them is more likely a slip of
 * unit than a laboratory. A plausibility check of this program, not of the study.
 */
const USUAL_ALP_LIMITS = {
  "U/L": { low: 40, high: 400 },
  "\u00b5kat/L": { low: 0.7, high: 7 },
} as const;

/** An ALP below this share of its upper limit is rarer than a slip of unit or of a thousands mark. */
const LOWEST_ALP_SHARE = 0.15;
/** An ALP of more than this many times its limit is rare, and a mistaken unit or decimal mark likelier. */
const HIGHEST_ALP_SHARE = 15;

/** A rounded age coefficient is mentioned where its rounding alone spreads the multiplier by more than this factor. */
const ROUNDING_WORTH_SAYING = 1.1;

/**
 * Whether the models apply to a patient, and what must be said about it. Refusals first, then by severity; within one
 * severity in the order written here.
 */
export function assess(prepared: PreparedStudy, patient: Patient): Applicability {
  const refusals = refusalsFor(prepared, patient);
  const cautions = refusals.length > 0 ? refusals : cautionsFor(prepared, patient);
  return { estimable: refusals.length === 0, cautions: inOrder(cautions) };
}

/** Cautions by severity, the worst first; within one severity as they came. */
export function inOrder(cautions: readonly Caution[]): Caution[] {
  const rank = ({ severity }: Caution): number => -SEVERITIES.indexOf(severity);
  return cautions.toSorted((a, b) => rank(a) - rank(b));
}

function median(result: PublishedResult, prefix = "published"): Facts {
  return {
    [`${prefix}Median`]: result.value,
    [`${prefix}Lower`]: result.lower ?? null,
    [`${prefix}Upper`]: result.upper ?? null,
    [prefix === "published" ? "n" : `${prefix}N`]: result.n ?? null,
  };
}

function refusalsFor(prepared: PreparedStudy, patient: Patient): Caution[] {
  const { study } = prepared;
  const population = study.populations[patient.tumour];
  const slug = patient.tumour === "NEC" ? "nec" : "net-g3";
  const found: Caution[] = [];
  const refuse = (code: RefusalCode, source: string, facts: Facts): void => {
    found.push({ code, severity: "serious", facts, source });
  };
  if (patient.setting !== "advanced") {
    refuse("not-advanced", study.timeZero.source.place, { setting: patient.setting });
  }
  if (patient.mixed) refuse("minen", "Methods; Results", {});
  if (patient.primarySite === "appendix") refuse("appendix-primary", "Results", {});
  if (patient.ki67Percent !== null && patient.ki67Percent <= population.ki67NotHighGradeUpTo) {
    refuse("ki67-not-high-grade", population.source.place, {
      ki67Percent: patient.ki67Percent,
      limit: population.ki67NotHighGradeUpTo,
    });
  }
  const modelled = study.caseMix[patient.tumour].levels.ecogPs?.counts ?? {};
  if (!Object.hasOwn(modelled, String(patient.ecogPs))) {
    const printed = prepared.results.get(`${slug}/characteristics/ps-${patient.ecogPs}`);
    refuse("ecog-ps-not-modelled", "Table 1, rows ECOG PS; Table 3", {
      ecogPs: patient.ecogPs,
      tumour: patient.tumour,
      n: printed?.value ?? null,
    });
  }
  if (patient.firstLine === "none") {
    const untreated = resultOf(prepared, `${slug}/os/untreated`);
    refuse("no-first-line-chemotherapy", untreated.source.place, {
      tumour: patient.tumour,
      ...median(untreated),
    });
  }
  return found;
}

function cautionsFor(prepared: PreparedStudy, patient: Patient): Caution[] {
  const { study } = prepared;
  const { tumour, ageYears, ecogPs, ki67Percent, primarySite, firstLine, alp } = patient;
  const population = study.populations[tumour];
  const margin = study.caseMix[tumour].ageYears;
  const found: Caution[] = [];
  const add = (
    code: CautionCode,
    severity: Severity,
    source: string,
    facts: Facts,
    endpoint?: Endpoint,
  ): void => {
    found.push({ code, severity, ...(endpoint && { endpoint }), facts, source });
  };
  /** A published median and, for the same group, the model's: the two that may be compared. */
  const both = (printed: PublishedResult): Facts => ({
    ...median(printed),
    modelMedian: modelMedianOf(prepared, printed.id),
  });
  const atLeastCut = ki67Percent !== null && ki67Percent >= population.ki67Cut;

  if (tumour === "NEC" && ecogPs === 3) {
    const printed = resultOf(prepared, "nec/os/ps-3");
    add("nec-ps-3", "serious", printed.source.place, both(printed));
  }
  if (tumour === "NEC" && ki67Percent !== null && !atLeastCut) {
    const printed = resultOf(prepared, "nec/os/ki67-below-55");
    const { counts } = study.caseMix.NEC.levels.ki67Percent!;
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    add("nec-ki67-below-55", "caution", `${printed.source.place}; Discussion, NEC`, {
      ki67Percent,
      cut: population.ki67Cut,
      percent: (100 * counts["below-55"]!) / total,
      ...both(printed),
    });
  }
  if (tumour === "NET_G3" && atLeastCut) {
    const printed = resultOf(prepared, "net-g3/os/ki67-at-least-55");
    const other = resultOf(prepared, "net-g3/os/ki67-below-55");
    add("net-g3-ki67-at-least-55", "serious", `${printed.source.place}; Discussion, NET G3`, {
      ki67Percent,
      cut: population.ki67Cut,
      ...median(printed),
      ...median(other, "other"),
    });
  }
  if (tumour === "NET_G3" && ecogPs === 2) {
    const printed = resultOf(prepared, "net-g3/os/ps-2");
    add("net-g3-ps-2", "serious", printed.source.place, both(printed));
  }
  if (tumour === "NET_G3" && ageYears > margin.tail.above) {
    const printed = resultOf(prepared, "net-g3/os/age-above-75");
    add(
      "net-g3-older-than-75",
      "caution",
      printed.source.place,
      { ageYears, above: margin.tail.above, ...both(printed) },
      "os",
    );
  }
  if (ageYears < margin.min || ageYears > margin.max) {
    add("age-outside-cohort", "serious", "Table 1, row Age median (range)", {
      ageYears,
      min: margin.min,
      max: margin.max,
      tumour,
    });
  }
  if (tumour === "NEC" && primarySite === "unknown") {
    for (const endpoint of ENDPOINTS) {
      const printed = resultOf(prepared, `nec/${endpoint}/site-unknown`);
      add("nec-unknown-primary", "caution", printed.source.place, { endpoint, ...both(printed) }, endpoint);
    }
  }
  if (tumour === "NET_G3") {
    add("treatment-association", "caution", "Discussion, Limitations", { firstLine });
    if (firstLine === "temozolomide-based") {
      const capecitabine = resultOf(prepared, "net-g3/os/regimen-tem-cap");
      const everolimus = resultOf(prepared, "net-g3/os/regimen-tem-eve");
      add(
        "temozolomide-regimens-not-told-apart",
        "caution",
        capecitabine.source.place,
        { ...median(capecitabine, "temCap"), ...median(everolimus, "temEve") },
        "os",
      );
    }
    if (ki67Percent === null) {
      add("ki67-not-given", "caution", population.source.place, {
        limit: population.ki67NotHighGradeUpTo,
        cut: population.ki67Cut,
      });
    }
  }
  if (typeof alp === "object") {
    const { low, high } = USUAL_ALP_LIMITS[alp.unit];
    if (alp.upperLimit < low || alp.upperLimit > high) {
      add("alp-limit-unusual", "caution", OWN_RULE, {
        upperLimit: alp.upperLimit,
        unit: alp.unit,
        low,
        high,
      });
    }
    if (alp.value > HIGHEST_ALP_SHARE * alp.upperLimit) {
      add("alp-value-very-high", "caution", OWN_RULE, {
        value: alp.value,
        upperLimit: alp.upperLimit,
        unit: alp.unit,
        times: Math.round(alp.value / alp.upperLimit),
      });
    }
    if (alp.value < LOWEST_ALP_SHARE * alp.upperLimit) {
      add("alp-value-unusual", "caution", OWN_RULE, {
        value: alp.value,
        upperLimit: alp.upperLimit,
        unit: alp.unit,
      });
    }
  }
  for (const [covariate, endpoints] of averagedCovariates(prepared, patient)) {
    const only = endpoints.length === 1 ? endpoints[0] : undefined;
    add("averaged-covariate", "caution", OWN_RULE, { covariate }, only);
  }
  for (const endpoint of ENDPOINTS) {
    const { model } = modelOf(prepared, tumour, endpoint);
    const term = model.terms.find((candidate) => candidate.kind === "linear");
    if (!term) continue;
    const years = ageYears - term.centre;
    const { low, high } = roundingOfAge(term);
    const bounds = [exp(low * years), exp(high * years)].sort((a, b) => a - b) as [number, number];
    if (bounds[1] / bounds[0] > ROUNDING_WORTH_SAYING) {
      add(
        "age-hazard-ratio-rounded",
        "note",
        "Table 3, row Age",
        {
          ageYears,
          centre: term.centre,
          hazardRatio: term.hazardRatio,
          multiplierLow: bounds[0],
          multiplierHigh: bounds[1],
        },
        endpoint,
      );
    }
  }
  return found;
}

/** Covariates that a model has and the patient does not, with the endpoints they are averaged in. */
function averagedCovariates(prepared: PreparedStudy, patient: Patient): Map<Covariate, Endpoint[]> {
  const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
  const averaged = new Map<Covariate, Endpoint[]>();
  for (const endpoint of ENDPOINTS) {
    for (const { covariate } of modelOf(prepared, patient.tumour, endpoint).model.terms) {
      if (values[covariate] === null) {
        averaged.set(covariate, [...(averaged.get(covariate) ?? []), endpoint]);
      }
    }
  }
  return averaged;
}

/** ln HR per year of the ratios that print as the article's two decimals: the printed one ± half of its last digit. */
function roundingOfAge({ hazardRatio }: { hazardRatio: number }): { low: number; high: number } {
  return { low: log(hazardRatio - 0.005), high: log(hazardRatio + 0.005) };
}
