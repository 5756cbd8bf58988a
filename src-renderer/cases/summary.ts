import type { PatientDraft } from "../patient/draft.ts";
import type { CaseContent } from "./content.ts";
import type { RecordFacts } from "./store/record.ts";

/** A case as the list knows it. */
export interface CaseSummary extends RecordFacts {
  label: string;
  tags: string[];
  board: CaseContent["board"];
  created: number;
  /** what is known of the patient, as it is typed */
  patient: Pick<PatientDraft, "tumour" | "age" | "sex" | "ecogPs" | "primarySite" | "firstLine">;
  hasNote: boolean;
  hasFollowUp: boolean;
}

export function summaryOf(facts: RecordFacts, content: CaseContent): CaseSummary {
  const { id, revision, changedAt, deletedAt, schema } = facts;
  const { label, tags, board, created, note, followUp } = content;
  const { tumour, age, sex, ecogPs, primarySite, firstLine } = content.draft;
  return {
    ...{ id, revision, changedAt, deletedAt, schema },
    ...{ label, tags, board, created },
    patient: { tumour, age, sex, ecogPs, primarySite, firstLine },
    hasNote: note.trim() !== "",
    hasFollowUp: followUp !== null,
  };
}
