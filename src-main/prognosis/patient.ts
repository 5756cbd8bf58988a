import type { Tumour } from "./model.ts";
import { TUMOURS } from "./model.ts";

export const SEXES = ["female", "male"] as const;
export const PRIMARY_SITES = [
  "oesophagus",
  "stomach",
  "pancreas",
  "biliary",
  "small-intestine",
  "colon",
  "rectum",
  "unknown",
  "other",
  "appendix",
] as const;
export const FIRST_LINES = ["platinum-etoposide", "temozolomide-based", "other", "none"] as const;
export const SETTINGS = ["advanced", "localised"] as const;
export const ALP_LEVELS = ["normal", "elevated", "unknown"] as const;
export const ALP_UNITS = ["U/L", "\u00b5kat/L"] as const;
export const ECOG_LEVELS = [0, 1, 2, 3, 4] as const;
export const AGE_RANGE = { min: 18, max: 110 } as const;
export const KI67_RANGE = { min: 0, max: 100 } as const;

/** Alkaline phosphatase as measured; value and upper limit of normal in the same unit. */
export interface MeasuredAlp {
  value: number;
  upperLimit: number;
  unit: (typeof ALP_UNITS)[number];
}

/**
 * A patient as the program understands one. `null` is "not known to the user" and is averaged over the cohort;
 * a `primarySite` of "unknown" is a finding (unknown primary), not a gap.
 */
export interface Patient {
  tumour: Tumour;
  ageYears: number;
  sex: (typeof SEXES)[number] | null;
  ecogPs: (typeof ECOG_LEVELS)[number];
  ki67Percent: number | null;
  alp: (typeof ALP_LEVELS)[number] | MeasuredAlp;
  primarySite: (typeof PRIMARY_SITES)[number] | null;
  firstLine: (typeof FIRST_LINES)[number] | null;
  setting: (typeof SETTINGS)[number];
  mixed: boolean;
}

export const PATIENT_FIELDS = [
  "tumour",
  "ageYears",
  "sex",
  "ecogPs",
  "ki67Percent",
  "alp",
  "primarySite",
  "firstLine",
  "setting",
  "mixed",
] as const satisfies readonly (keyof Patient)[];
export type PatientField = (typeof PATIENT_FIELDS)[number];

/** Without these three there is no estimate; every other field may be absent or null, which is then averaged or defaulted. */
export const REQUIRED_FIELDS = ["tumour", "ageYears", "ecogPs"] as const satisfies readonly PatientField[];

export type ProblemCode =
  "missing" | "wrong-type" | "not-finite" | "not-whole" | "out-of-range" | "unknown-level" | "unknown-field";

/** What a field may hold, as data: hosts put it into words. */
export type Allowed =
  | { kind: "levels"; levels: readonly (string | number | boolean)[]; orNull: boolean }
  | {
      kind: "number";
      min: number;
      max: number | null;
      exclusiveMin: boolean;
      whole: boolean;
      orNull: boolean;
    }
  | {
      kind: "alp";
      levels: readonly string[];
      measured: readonly string[];
      units: readonly string[];
      orNull: true;
    }
  | { kind: "fields"; fields: readonly string[] };

export interface Problem {
  code: ProblemCode;
  field: string;
  value: unknown;
  allowed: Allowed;
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

type AllowedLevels = Extract<Allowed, { kind: "levels" }>;
type AllowedNumber = Extract<Allowed, { kind: "number" }>;
type AllowedAlp = Extract<Allowed, { kind: "alp" }>;

const levels = (of: readonly (string | number | boolean)[], orNull: boolean): AllowedLevels => ({
  kind: "levels",
  levels: of,
  orNull,
});
const POSITIVE: AllowedNumber = {
  kind: "number",
  min: 0,
  max: null,
  exclusiveMin: true,
  whole: false,
  orNull: false,
};
const MEASURED_FIELDS = ["value", "upperLimit", "unit"] as const;

/** What each field of a patient may hold; the one list that forms, parsers, help texts and messages read. */
export const ALLOWED: Record<PatientField, Allowed> = {
  tumour: levels(TUMOURS, false),
  ageYears: { kind: "number", ...AGE_RANGE, exclusiveMin: false, whole: true, orNull: false },
  sex: levels(SEXES, true),
  ecogPs: levels(ECOG_LEVELS, false),
  ki67Percent: { kind: "number", ...KI67_RANGE, exclusiveMin: false, whole: false, orNull: true },
  alp: { kind: "alp", levels: ALP_LEVELS, measured: MEASURED_FIELDS, units: ALP_UNITS, orNull: true },
  primarySite: levels(PRIMARY_SITES, true),
  firstLine: levels(FIRST_LINES, true),
  setting: levels(SETTINGS, false),
  mixed: levels([true, false], false),
};

function checkNumber(field: string, value: unknown, allowed: AllowedNumber): Problem | null {
  const problem = (code: ProblemCode): Problem => ({ code, field, value, allowed });
  if (typeof value !== "number") return problem("wrong-type");
  if (!Number.isFinite(value)) return problem("not-finite");
  if (value < allowed.min || (allowed.exclusiveMin && value === allowed.min)) return problem("out-of-range");
  if (allowed.max !== null && value > allowed.max) return problem("out-of-range");
  if (allowed.whole && !Number.isInteger(value)) return problem("not-whole");
  return null;
}

function checkLevel(field: string, value: unknown, allowed: AllowedLevels): Problem | null {
  if (allowed.levels.some((level) => level === value)) return null;
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { code: "not-finite", field, value, allowed };
  }
  const rightType = allowed.levels.some((level) => typeof level === typeof value);
  return { code: rightType ? "unknown-level" : "wrong-type", field, value, allowed };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkAlp(value: unknown, allowed: AllowedAlp): Problem[] {
  if (typeof value === "string") {
    return allowed.levels.includes(value) ? [] : [{ code: "unknown-level", field: "alp", value, allowed }];
  }
  if (!isRecord(value)) return [{ code: "wrong-type", field: "alp", value, allowed }];
  const problems: Problem[] = [];
  for (const key of Object.keys(value)) {
    if (!(MEASURED_FIELDS as readonly string[]).includes(key)) {
      problems.push({
        code: "unknown-field",
        field: `alp.${key}`,
        value: value[key],
        allowed: { kind: "fields", fields: MEASURED_FIELDS },
      });
    }
  }
  for (const key of ["value", "upperLimit"] as const) {
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    const field = `alp.${key}`;
    if (given === undefined) problems.push({ code: "missing", field, value: undefined, allowed: POSITIVE });
    else {
      const problem = checkNumber(field, given, POSITIVE);
      if (problem) problems.push(problem);
    }
  }
  const unit = Object.hasOwn(value, "unit") ? value["unit"] : undefined;
  const units = levels(ALP_UNITS, false);
  if (unit === undefined)
    problems.push({ code: "missing", field: "alp.unit", value: undefined, allowed: units });
  else {
    const problem = checkLevel("alp.unit", sameMicro(unit), units);
    if (problem) problems.push({ ...problem, value: unit });
  }
  return problems;
}

/** U+03BC (Greek mu) and U+00B5 (micro sign) look the same on every keyboard and screen: one unit. */
const sameMicro = (unit: unknown): unknown =>
  typeof unit === "string" ? unit.replace("\u03bc", "\u00b5") : unit;

function checkField(field: PatientField, value: unknown): Problem[] {
  const allowed = ALLOWED[field];
  if (value === null && "orNull" in allowed && allowed.orNull) return [];
  switch (allowed.kind) {
    case "number": {
      const problem = checkNumber(field, value, allowed);
      return problem ? [problem] : [];
    }
    case "levels": {
      const problem = checkLevel(field, value, allowed);
      return problem ? [problem] : [];
    }
    case "alp":
      return checkAlp(value, allowed);
    case "fields":
      throw new Error(`no rule for the field ${field}`);
  }
}

/**
 * Reads a patient from anything: every problem at once, nothing clamped, rounded or taken as a reference level.
 *
 * Required: `tumour`, `ageYears` (whole years, 18–110), `ecogPs` (0–4). An absent nullable field is null, an absent or
 * null `alp` is "unknown", `setting` defaults to "advanced" and `mixed` to false. A key with the value `undefined`
 * counts as absent. Any other key is refused.
 */
export function parsePatient(input: unknown): Parsed<Patient> {
  if (!isRecord(input)) {
    const allowed: Allowed = { kind: "fields", fields: PATIENT_FIELDS };
    return { ok: false, problems: [{ code: "wrong-type", field: "patient", value: input, allowed }] };
  }
  const problems: Problem[] = [];
  const get = (field: PatientField): unknown => (Object.hasOwn(input, field) ? input[field] : undefined);
  for (const field of PATIENT_FIELDS) {
    const value = get(field);
    if (value !== undefined) problems.push(...checkField(field, value));
    else if ((REQUIRED_FIELDS as readonly string[]).includes(field)) {
      problems.push({ code: "missing", field, value: undefined, allowed: ALLOWED[field] });
    }
  }
  for (const key of Object.keys(input)) {
    if (!(PATIENT_FIELDS as readonly string[]).includes(key)) {
      const allowed: Allowed = { kind: "fields", fields: PATIENT_FIELDS };
      problems.push({ code: "unknown-field", field: key, value: input[key], allowed });
    }
  }
  if (problems.length > 0) return { ok: false, problems };

  const alp = get("alp") as Patient["alp"] | null | undefined;
  const value: Patient = {
    tumour: get("tumour") as Patient["tumour"],
    ageYears: get("ageYears") as number,
    sex: (get("sex") ?? null) as Patient["sex"],
    ecogPs: get("ecogPs") as Patient["ecogPs"],
    ki67Percent: (get("ki67Percent") ?? null) as number | null,
    alp:
      typeof alp === "object" && alp !== null
        ? {
            value: alp.value,
            upperLimit: alp.upperLimit,
            unit: sameMicro(alp.unit) as MeasuredAlp["unit"],
          }
        : (alp ?? "unknown"),
    primarySite: (get("primarySite") ?? null) as Patient["primarySite"],
    firstLine: (get("firstLine") ?? null) as Patient["firstLine"],
    setting: (get("setting") ?? "advanced") as Patient["setting"],
    mixed: (get("mixed") ?? false) as boolean,
  };
  return { ok: true, value };
}

/** ALP as the models take it: elevated when value > upper limit of normal (Table 3, "ALP > UNL"); null when not known. */
export function alpLevel(alp: Patient["alp"]): "normal" | "elevated" | null {
  if (typeof alp === "object") return alp.value > alp.upperLimit ? "elevated" : "normal";
  return alp === "unknown" ? null : alp;
}
