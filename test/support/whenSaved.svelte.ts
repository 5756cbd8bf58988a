import type { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";

/** Resolves when the screen would say that everything is saved; rejects when it would say that it is not. */
export function whenSaved(cases: CasesState): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = $effect.root(() => {
      $effect(() => {
        const { saving } = cases;
        if (saving.kind === "saving") return;
        if (saving.kind === "saved") resolve();
        else reject(new Error(saving.message));
        queueMicrotask(() => stop());
      });
    });
  });
}
