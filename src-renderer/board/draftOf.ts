import type { PatientDraft } from "../patient/draft.ts";
import { emptyDraft } from "../patient/draft.ts";
import type { BoardCase, PatientRequest } from "./boardState.svelte.ts";

const text = (value: unknown): string =>
  typeof value === "number" || typeof value === "string" ? String(value) : "";

/** What the form has to show so that a case can be corrected: the draft it was added with, or one made of its request. */
export function draftOf({ draft, patient }: Pick<BoardCase, "draft" | "patient">): PatientDraft {
  return draft ?? fromRequest(patient);
}

/** A request holds what the form's fields allow, for it came from the form: the core has judged it. */
function fromRequest(request: PatientRequest): PatientDraft {
  const fields = request as Partial<PatientDraft>;
  const empty = emptyDraft();
  const { alp } = request;
  const measured = typeof alp === "object" && alp !== null ? (alp as Record<string, unknown>) : null;
  return {
    tumour: fields.tumour ?? null,
    age: text(request["ageYears"]),
    sex: fields.sex ?? null,
    ecogPs: fields.ecogPs ?? null,
    ki67: text(request["ki67Percent"]),
    alp: measured ? "measured" : (fields.alp ?? empty.alp),
    alpValue: text(measured?.["value"]),
    alpLimit: text(measured?.["upperLimit"]),
    alpUnit: (measured?.["unit"] as PatientDraft["alpUnit"] | undefined) ?? empty.alpUnit,
    primarySite: fields.primarySite ?? null,
    firstLine: fields.firstLine ?? null,
    setting: fields.setting ?? empty.setting,
    mixed: fields.mixed ?? empty.mixed,
  };
}
