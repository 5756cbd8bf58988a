import type { Patient } from "../../src-main/api/contract.ts";

/** The form as it is typed: numbers stay text until they are read, so that nothing typed is lost or rounded. */
export interface PatientDraft {
  tumour: Patient["tumour"] | null;
  age: string;
  sex: Patient["sex"];
  ecogPs: Patient["ecogPs"] | null;
  ki67: string;
  alp: "normal" | "elevated" | "unknown" | "measured";
  alpValue: string;
  alpLimit: string;
  alpUnit: "U/L" | "\u00b5kat/L";
  primarySite: Patient["primarySite"];
  firstLine: Patient["firstLine"];
  setting: Patient["setting"];
  mixed: boolean;
}

export const emptyDraft = (): PatientDraft => ({
  tumour: null,
  age: "",
  sex: null,
  ecogPs: null,
  ki67: "",
  alp: "unknown",
  alpValue: "",
  alpLimit: "",
  alpUnit: "U/L",
  primarySite: null,
  firstLine: null,
  setting: "advanced",
  mixed: false,
});

/** The fields in which two drafts differ. */
export const changedFields = (a: PatientDraft, b: PatientDraft): (keyof PatientDraft)[] =>
  (Object.keys(a) as (keyof PatientDraft)[]).filter((field) => a[field] !== b[field]);

export const sameDraft = (a: PatientDraft, b: PatientDraft): boolean => changedFields(a, b).length === 0;

/** Nothing has been entered yet. */
export const isEmptyDraft = (draft: PatientDraft): boolean => sameDraft(draft, emptyDraft());

/** At most two decimals: in "1,200" or "1.200" the mark is as likely one of thousands, so it is not read at all. */
const DECIMAL = /^[+-]?\d+(?:[.,]\d{1,2})?$/;

/**
 * A number as clinicians type it, with decimal point or comma. Empty text is `undefined`; anything else that is not a
 * number stays the text it was, so that the core refuses it by name instead of something guessing.
 */
export function readNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return DECIMAL.test(trimmed) ? Number(trimmed.replace(",", ".")) : trimmed;
}

/** The draft as a request to the core. What is empty is absent; the core's parser is the only judge of the rest. */
export function patientOf(draft: PatientDraft): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    tumour: draft.tumour ?? undefined,
    ageYears: readNumber(draft.age),
    sex: draft.sex,
    ecogPs: draft.ecogPs ?? undefined,
    ki67Percent: readNumber(draft.ki67) ?? null,
    alp: alpOf(draft),
    primarySite: draft.primarySite,
    firstLine: draft.firstLine,
    setting: draft.setting,
    mixed: draft.mixed,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A measurement counts once either of its numbers is typed; until then ALP is still not known. */
function alpOf({ alp, alpValue, alpLimit, alpUnit }: PatientDraft): unknown {
  if (alp !== "measured") return alp;
  const measured = { value: readNumber(alpValue), upperLimit: readNumber(alpLimit), unit: alpUnit };
  if (measured.value === undefined && measured.upperLimit === undefined) return "unknown";
  return Object.fromEntries(Object.entries(measured).filter(([, value]) => value !== undefined));
}
