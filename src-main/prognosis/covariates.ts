import type { CovariateValues } from "./cox.ts";
import type { Covariate, Population } from "./model.ts";
import type { Patient } from "./patient.ts";
import { alpLevel } from "./patient.ts";

/** Levels of the models' covariates (Table 3); study.json uses these names. */
export const COLORECTAL_SITES: readonly Patient["primarySite"][] = ["colon", "rectum"];

/** Colon and rectum are colorectal; every other site, an unknown primary included, is not; null is not known. */
export function siteLevel(site: Patient["primarySite"]): string | null {
  if (site === null) return null;
  return COLORECTAL_SITES.includes(site) ? "colorectal" : "non-colorectal";
}

/** The study's two Ki-67 groups: "< 55 %" and "≥ 55 %" (Table 2). */
export function ki67Level(ki67Percent: number | null, population: Population): string | null {
  if (ki67Percent === null) return null;
  return ki67Percent >= population.ki67Cut ? "at-least-55" : "below-55";
}

/** Platinum/etoposide against every other first line; patients without one are refused before. */
export function firstLineLevel(firstLine: Patient["firstLine"]): string | null {
  if (firstLine === null) return null;
  return firstLine === "platinum-etoposide" ? "platinum-etoposide" : "other";
}

/** A patient in the vocabulary of the models; null where the value is not known and must be averaged. */
export function covariateValues(patient: Patient, population: Population): CovariateValues {
  return {
    ageYears: patient.ageYears,
    sex: patient.sex,
    primarySite: siteLevel(patient.primarySite),
    ecogPs: String(patient.ecogPs),
    ki67Percent: ki67Level(patient.ki67Percent, population),
    alp: alpLevel(patient.alp),
    firstLine: firstLineLevel(patient.firstLine),
  } satisfies Record<Covariate, number | string | null>;
}
