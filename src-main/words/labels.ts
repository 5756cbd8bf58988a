import type { Covariate, Endpoint, Tumour } from "../prognosis/model.ts";
import type { Patient } from "../prognosis/patient.ts";
import type { RiskGroup } from "../prognosis/riskGroup.ts";
import type { Severity } from "../prognosis/applicability.ts";

/** Names of things, as the field says them. Everything here is a word or a phrase, never a sentence. */

const COVARIATES: Record<Covariate, string> = {
  ageYears: "Age",
  sex: "Sex",
  primarySite: "Primary site",
  ecogPs: "ECOG PS",
  ki67Percent: "Ki-67",
  alp: "ALP",
  firstLine: "First-line treatment",
};

/** Levels of the models' covariates, as they stand in a contribution. */
const LEVELS: Partial<Record<Covariate, Record<string, string>>> = {
  sex: { female: "female", male: "male" },
  primarySite: { colorectal: "colorectal primary", "non-colorectal": "non-colorectal primary" },
  ki67Percent: { "below-55": "Ki-67 < 55\u00a0%", "at-least-55": "Ki-67 ≥ 55\u00a0%" },
  alp: { normal: "ALP normal", elevated: "ALP elevated" },
  firstLine: { "platinum-etoposide": "platinum/etoposide", other: "not platinum/etoposide" },
};

/** The same inside a sentence. */
const COVARIATES_IN_TEXT: Record<Covariate, string> = {
  ...COVARIATES,
  ageYears: "age",
  sex: "sex",
  primarySite: "primary site",
  firstLine: "first-line treatment",
};

/** Every covariate of any model, in the order of the form. */
export const COVARIATE_ORDER = Object.keys(COVARIATES) as Covariate[];

export const covariateInText = (covariate: Covariate): string => COVARIATES_IN_TEXT[covariate];

/** A required field of the form inside a sentence; the tumour is no covariate of any model. */
export const fieldInText = (field: string): string =>
  field === "tumour" ? field : covariateInText(field as Covariate);

export const covariateLabel = (covariate: Covariate): string => COVARIATES[covariate];

/** A level of a model's covariate in words: "PS 1", "67 years", "ALP elevated". */
export function levelLabel(covariate: Covariate, level: string | number): string {
  if (covariate === "ecogPs") return `PS ${level}`;
  if (covariate === "ageYears") return `Age ${level}`;
  return LEVELS[covariate]?.[level] ?? String(level);
}

/** A published group by the article's row, without the endpoint the row starts with: "OS PS 1" is "PS 1". */
export const groupName = (row: string): string =>
  row
    .replace(/^(OS|PFS) /, "")
    .replace("Ki-67", "Ki\u201167")
    .replace(/%/, "\u00a0%")
    .replace(/ ([<>≥]) /, "\u00a0$1\u00a0")
    // a long pair of drug names may break after its stroke
    .replaceAll("/", "/\u200b");

export const TUMOUR_LABEL: Record<Tumour, string> = { NEC: "NEC", NET_G3: "NET G3" };
export const TUMOUR_NAME: Record<Tumour, string> = {
  NEC: "neuroendocrine carcinoma",
  NET_G3: "neuroendocrine tumour, grade 3",
};
export const ENDPOINT_LABEL: Record<Endpoint, string> = {
  os: "Overall survival",
  pfs: "Progression-free survival",
};
export const ENDPOINT_SHORT: Record<Endpoint, string> = { os: "OS", pfs: "PFS" };

export const SITE_LABEL: Record<NonNullable<Patient["primarySite"]>, string> = {
  oesophagus: "Oesophagus",
  stomach: "Stomach",
  pancreas: "Pancreas",
  biliary: "Gallbladder or bile duct",
  "small-intestine": "Small intestine",
  colon: "Colon",
  rectum: "Rectum",
  unknown: "Unknown primary (looked for, not found)",
  other: "Other digestive site",
  appendix: "Appendix",
};
export const FIRST_LINE_LABEL: Record<NonNullable<Patient["firstLine"]>, string> = {
  "platinum-etoposide": "Platinum/etoposide",
  "temozolomide-based": "Temozolomide-based",
  other: "Other chemotherapy",
  none: "No chemotherapy",
};
export const SEX_LABEL: Record<NonNullable<Patient["sex"]>, string> = { female: "Female", male: "Male" };
export const SETTING_LABEL: Record<Patient["setting"], string> = {
  advanced: "Advanced",
  localised: "Localised",
};
export const ALP_LABEL = { normal: "Normal", elevated: "Elevated", unknown: "Unknown" } as const;
export const RISK_LABEL: Record<RiskGroup, string> = {
  lower: "lower",
  intermediate: "intermediate",
  higher: "higher",
};
export const SEVERITY_LABEL: Record<Severity, string> = {
  note: "Note",
  caution: "Caution",
  serious: "Important",
};

/** ECOG performance status, definitions shortened from Oken MM et al., Am J Clin Oncol 1982;5:649–655. */
export const ECOG_DEFINITION: Record<Patient["ecogPs"], string> = {
  0: "fully active, no restriction",
  1: "restricted in strenuous activity; ambulatory, able to do light work",
  2: "ambulatory, self-caring, unable to work; up more than half of waking hours",
  3: "limited self-care; in bed or chair more than half of waking hours",
  4: "completely disabled, no self-care; confined to bed or chair",
};
