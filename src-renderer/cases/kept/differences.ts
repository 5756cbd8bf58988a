import type { ImportedCase } from "../files/importedCase.ts";

/** What a user knows as one thing of a case. */
export type CaseField =
  | "label"
  | "tags"
  | "note"
  | "patient"
  | "comparison"
  | "board"
  | "followUp"
  | "estimates"
  | "created"
  | "bin";

const PARTS: Record<CaseField, (one: ImportedCase) => unknown> = {
  label: ({ content }) => content.label,
  patient: ({ content }) => [content.draft, content.endpoint],
  tags: ({ content }) => content.tags,
  note: ({ content }) => content.note,
  board: ({ content }) => content.board,
  followUp: ({ content }) => content.followUp,
  estimates: ({ content }) => content.estimates,
  comparison: ({ content }) => content.comparison,
  created: ({ content }) => content.created,
  bin: ({ deletedAt }) => deletedAt !== 0,
};

/** In which fields two versions of a case differ, what matters most first. */
export const differences = (a: ImportedCase, b: ImportedCase): CaseField[] =>
  (Object.keys(PARTS) as CaseField[]).filter(
    // Both were read by one schema, which writes its fields in one order.
    (field) => JSON.stringify(PARTS[field](a)) !== JSON.stringify(PARTS[field](b)),
  );
