import type { AppState } from "../appState.svelte.ts";
import { CaseInForm } from "../patient/caseInForm.svelte.ts";
import { CasesState } from "./casesState.svelte.ts";

/** The cases of the program, tied to its other rooms: the form, the board, and the window's own end. */
export function casesOf(app: AppState): CasesState {
  let boardWaits = $state(false);
  const cases = new CasesState({
    host: app.host,
    about: () => app.about,
    inForce: () => app.inForce,
    busy: () => app.presenting,
    onpurged: (ids) => void emptyBoard(app, ids),
    onshut() {
      inForm.shut();
      boardWaits = true;
    },
  });
  const inForm = new CaseInForm(app, cases);
  app.caseInForm = inForm;
  $effect.root(() => {
    $effect(() => {
      // What an audience looks at goes when they have gone.
      if (!boardWaits || app.presenting) return;
      boardWaits = false;
      void emptyBoard(app);
    });
  });
  keepUnsaved(cases);
  // Slides or not: nobody sees them on a computer that is locked.
  app.host.onSystemLock(() => void cases.lock("idle"));
  return cases;
}

/** Cases of a store that is shut, or that were removed for good, leave the board. Where its code was never fetched, there is nothing on it. */
async function emptyBoard(app: AppState, which?: readonly string[]): Promise<void> {
  const board = await import("../board/boardState.svelte.ts").catch(() => null);
  board?.boardOf(app.host).leaveStored(which);
}

/** What is typed goes to the disk before the window does, and a window with something that did not get there asks. */
function keepUnsaved(cases: CasesState): void {
  const wouldLose = (): boolean =>
    cases.saving.kind !== "saved" || (!cases.durable && cases.listed.length > 0);
  const flush = (): void => void cases.flush();
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flush);
  addEventListener("keydown", (event) => {
    if (event.key === "F5" && wouldLose()) event.preventDefault();
  });
  addEventListener("beforeunload", (event) => {
    flush();
    if (cases.host.capabilities.warnsOfLoss && wouldLose()) event.preventDefault();
  });
}
