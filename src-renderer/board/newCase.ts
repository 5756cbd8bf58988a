import type { OpenCase } from "../cases/casesState.svelte.ts";
import type { CaseContent } from "../cases/content.ts";
import type { Case } from "../cases/store/store.ts";
import { patientOf } from "../patient/draft.ts";
import type { NewCase, Taken } from "./boardState.svelte.ts";

/** What the board has of a stored case; see {@link Taken}. */
export const takenOf = (
  { label, draft, endpoint, comparison }: CaseContent,
  revision: number | null,
): Taken => ({ label, draft, endpoint, comparison, revision });

/** A stored case, to be put on the board. */
export function fromStore({ id, revision, content }: Case): NewCase {
  const { label, draft, endpoint, comparison } = content;
  return {
    ...{ patient: patientOf(draft), compare: comparison, endpoint, label, draft },
    ...{ caseId: id, taken: takenOf(content, revision) },
  };
}

/**
 * A patient who is entered, to be put on the board; while a case is open, under its label, with its comparison unless
 * there is another one, and following it from then on.
 */
export function fromForm(entered: NewCase, open: OpenCase | null | undefined): NewCase {
  if (!open) return entered;
  const { id, content } = open;
  return {
    compare: content.comparison,
    ...entered,
    ...{ label: content.label, caseId: id, taken: takenOf(content, null) },
  };
}
