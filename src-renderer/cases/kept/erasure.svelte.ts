import type { CasesState } from "../casesState.svelte.ts";
import type { Erased } from "./erase.ts";

/** What erasing has left, until the user has read it: the room that asked for it is gone by then. */
export class Erasure {
  erased = $state.raw<Erased | null>(null);
}

const erasures = new WeakMap<CasesState, Erasure>();

export function erasureOf(cases: CasesState): Erasure {
  const found = erasures.get(cases) ?? new Erasure();
  erasures.set(cases, found);
  return found;
}
