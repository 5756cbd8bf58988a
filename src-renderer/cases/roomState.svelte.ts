import { cases as words } from "../../src-main/words/cases.ts";
import type { CasesState } from "./casesState.svelte.ts";
import { NotSaved } from "./casesState.svelte.ts";
import type { Chosen } from "./list/chosen.ts";
import { none, toggled } from "./list/chosen.ts";
import type { Filters, Sorting } from "./list/list.ts";
import { noFilters } from "./list/list.ts";
import type { CaseStore, DamagedCase } from "./store/store.ts";
import { CaseDamaged, CaseGone } from "./store/store.ts";
import { messageOf } from "../messageOf.ts";

/** Rows are drawn in portions: ten thousand at once would take seconds. */
export const PORTION = 100;

/** What the room remembers while the user is in another one: how the list is narrowed, what is chosen, what was said. */
export class RoomState {
  query = $state("");
  filters = $state.raw<Filters>(noFilters());
  sorting = $state.raw<Sorting>({ key: "changed", descending: true });
  /** how many rows are drawn */
  shown = $state(PORTION);
  chosen = $state.raw<Chosen>(none);
  /** what was done last, for screen readers and the foot of the list */
  said = $state("");
  /** why something was not done */
  trouble = $state<string | null>(null);
  /** cases that are about to be exported */
  exporting = $state.raw<readonly string[] | null>(null);

  /** Does something that the store may refuse, and says so in words. @returns whether it was done */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.trouble = null;
    this.said = "";
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble = troubleOf(error);
      return false;
    }
  }

  /** the latest of what is done in turn; it does not reject */
  #turn: Promise<unknown> = Promise.resolve();

  /** Does something when everything that was begun in turn before it is done. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  toggle(id: string): void {
    this.chosen = toggled(this.chosen, id);
  }
}

export function damageWords({ reason, field }: Pick<DamagedCase, "reason" | "field">): string {
  return words.damaged.reasons[reason](field);
}

export function troubleOf(error: unknown): string {
  if (error instanceof NotSaved) return words.one.notSaved;
  if (error instanceof CaseGone) return words.one.gone;
  if (error instanceof CaseDamaged) return words.one.damaged(damageWords(error.damage));
  return words.one.failed(messageOf(error));
}

/** SECURITY: tied to the opened store, so that nothing of it, a searched label for one, outlives a lock. */
const rooms = new WeakMap<CaseStore, RoomState>();

export function roomOf(cases: CasesState): RoomState {
  const known = rooms.get(cases.store) ?? new RoomState();
  rooms.set(cases.store, known);
  return known;
}
