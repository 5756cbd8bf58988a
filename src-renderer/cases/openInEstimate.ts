import type { AppState } from "../appState.svelte.ts";
import type { CasesState } from "./casesState.svelte.ts";

/** One opening after the other; of several that wait, the last one counts. */
let queue: Promise<unknown> = Promise.resolve();
let latest = 0;

/**
 * Makes a case the one that is worked on. The form of Estimate follows it (patient/caseInForm.svelte.ts): what is typed
 * there goes into it.
 *
 * @returns false: another case was chosen meanwhile
 * @throws CaseDamaged, CaseGone, NotSaved: nothing has changed then
 */
export function workOn(cases: CasesState, id: string): Promise<boolean> {
  const ticket = ++latest;
  const opening = queue.then(async () => {
    if (ticket !== latest) return false;
    if (cases.current?.id !== id) await cases.openCase(id);
    return true;
  });
  queue = opening.catch(() => undefined);
  return opening;
}

/** {@link workOn}, and to the room where the patient is entered. */
export async function openInEstimate(app: AppState, cases: CasesState, id: string): Promise<void> {
  if (await workOn(cases, id)) app.navigation.go("estimate");
}
