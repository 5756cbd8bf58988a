import type { AppState } from "../../appState.svelte.ts";
import { boardOf } from "../../board/boardState.svelte.ts";
import { fromStore } from "../../board/newCase.ts";
import { agendasOf } from "./agenda.ts";
import type { CasesState } from "../casesState.svelte.ts";
import type { Day } from "../followUp/followUp.ts";

/**
 * Puts the cases of an agenda, in its order, into the Board room in place of those that are there; undo there brings
 * them back.
 *
 * @returns how many
 * @throws CaseDamaged, CaseGone: the board stays as it is
 */
export async function toBoard(app: AppState, cases: CasesState, day: Day): Promise<number> {
  await cases.flush();
  const agenda = agendasOf(cases.listed).find((each) => each.day === day);
  const read = await cases.store.readMany((agenda?.cases ?? []).map(({ id }) => id));
  boardOf(app.host).showAgenda(day, read.map(fromStore));
  return read.length;
}
