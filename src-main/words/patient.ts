import type { Patient } from "../prognosis/patient.ts";
import { alpLevel } from "../prognosis/patient.ts";
import { number } from "./format.ts";
import { ALP_LABEL, FIRST_LINE_LABEL, SETTING_LABEL, SITE_LABEL, TUMOUR_LABEL } from "./labels.ts";

const NBSP = "\u00a0";

/** A person by age and sex: "67-year-old man". */
const PERSON: Record<NonNullable<Patient["sex"]> | "unknown", (age: string) => string> = {
  female: (age) => `${age}-year-old woman`,
  male: (age) => `${age}-year-old man`,
  unknown: (age) => `${age} years old`,
};

const alpWords = (alp: Patient["alp"]): string => {
  const level = alpLevel(alp);
  return level === null ? "ALP not known" : `ALP ${ALP_LABEL[level].toLowerCase()}`;
};

/**
 * A patient in a few words each, in the order of the form: what was entered, and what was not where it matters for the
 * estimate. Nothing of it identifies anyone.
 */
export function patientFacts(patient: Patient): string[] {
  const { tumour, primarySite, sex, ageYears, ecogPs, ki67Percent, alp, firstLine, setting, mixed } = patient;
  return [
    TUMOUR_LABEL[tumour],
    ...(primarySite ? [SITE_LABEL[primarySite]] : []),
    PERSON[sex ?? "unknown"](number(ageYears)),
    `PS${NBSP}${number(ecogPs)}`,
    ki67Percent === null ? "Ki\u201167 not known" : `Ki\u201167 ${number(ki67Percent)}${NBSP}%`,
    alpWords(alp),
    ...(firstLine ? [FIRST_LINE_LABEL[firstLine]] : []),
    ...(setting === "localised" ? [SETTING_LABEL[setting]] : []),
    ...(mixed ? ["MiNEN"] : []),
  ];
}
