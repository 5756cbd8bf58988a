import type { Allowed, Problem } from "../prognosis/patient.ts";
import { disjunction } from "./locale.ts";

/** Fields of a patient, by their names in a request. */
export const FIELDS = {
  patient: "Patient",
  tumour: "Tumour",
  ageYears: "Age",
  sex: "Sex",
  ecogPs: "ECOG PS",
  ki67Percent: "Ki-67",
  alp: "ALP",
  "alp.value": "ALP value",
  "alp.upperLimit": "ALP upper limit",
  "alp.unit": "ALP unit",
  primarySite: "Primary site",
  firstLine: "First-line treatment",
  setting: "Setting",
  mixed: "MiNEN",
} as const;

/** What a field may hold, in words: "a whole number from 18 to 110", "NEC or NET_G3". */
export function allowedWords(allowed: Allowed): string {
  const orEmpty = (values: string[]): string[] =>
    "orNull" in allowed && allowed.orNull ? [...values, "not given"] : values;
  switch (allowed.kind) {
    case "levels":
      return disjunction.format(orEmpty(allowed.levels.map(String)));
    case "number": {
      const noun = allowed.whole ? "a whole number" : "a number";
      const low = allowed.exclusiveMin ? `above ${allowed.min}` : `from ${allowed.min}`;
      const range = allowed.max === null ? low : `${low} to ${allowed.max}`;
      return disjunction.format(orEmpty([`${noun} ${range}`]));
    }
    case "alp":
      return disjunction.format(
        orEmpty([
          ...allowed.levels,
          `an object of ${allowed.measured.join(", ")} in ${allowed.units.join(" or ")}`,
        ]),
      );
    case "fields":
      return `only these fields: ${allowed.fields.join(", ")}`;
  }
}

/** A value as a reader of an error should see it: as typed, quoted when it is text, cut when it is long. */
export function valueWords(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A problem as one sentence: field, value, what is allowed. */
export function problemWords({ code, field, value, allowed }: Problem): string {
  const name = (FIELDS as Record<string, string>)[field] ?? field;
  const may = allowedWords(allowed);
  switch (code) {
    case "missing":
      return `${name} is missing; allowed: ${may}.`;
    case "unknown-field":
      return `${field} is not a field; allowed: ${may}.`;
    case "not-whole":
    case "out-of-range":
    case "not-finite":
    case "wrong-type":
    case "unknown-level":
      return `${name} cannot be ${valueWords(value)}; allowed: ${may}.`;
  }
}
