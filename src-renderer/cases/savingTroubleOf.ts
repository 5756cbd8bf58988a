import { cases as words } from "../../src-main/words/cases.ts";
import type { Saving } from "./casesState.svelte.ts";

/** Why what is typed is not on the disk, and what happens next. */
export function savingTroubleOf({ full, field, message }: Extract<Saving, { kind: "failed" }>): string {
  if (full) return words.saving.full;
  return field === null ? words.saving.failed(message) : words.saving.notACase(field, message);
}
