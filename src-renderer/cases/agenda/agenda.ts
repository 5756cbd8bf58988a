import { daysLater } from "../days.ts";
import type { Day } from "../followUp/followUp.ts";
import { compareLabels } from "../list/list.ts";
import type { CaseSummary } from "../summary.ts";

/** The cases of one board meeting, in the order in which they are discussed. */
export interface Agenda {
  day: Day;
  cases: CaseSummary[];
}

/** A board is looked for this long ahead where none is planned: most meet weekly. */
const USUAL_DAYS = 7;

/** Every board by its day, the earliest first. */
export function agendasOf(summaries: readonly CaseSummary[]): Agenda[] {
  const byDay = new Map<Day, CaseSummary[]>();
  for (const summary of summaries) {
    if (!summary.board) continue;
    const { day } = summary.board;
    const cases = byDay.get(day);
    if (cases) cases.push(summary);
    else byDay.set(day, [summary]);
  }
  return [...byDay]
    .map(([day, cases]) => ({ day, cases: cases.sort(inAgenda) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** By place; of two in one place, which an import can bring, the label decides, and then what never changes. */
function inAgenda(a: CaseSummary, b: CaseSummary): number {
  return (
    a.board!.place - b.board!.place ||
    compareLabels(a.label, b.label) ||
    a.created - b.created ||
    (a.id < b.id ? -1 : 1)
  );
}

/** The board that a case is put on unless another is chosen: the next that is planned, or a week from today. */
export const defaultDay = (agendas: readonly Agenda[], today: Day): Day =>
  agendas.find(({ day }) => day >= today)?.day ?? daysLater(today, USUAL_DAYS);

/** The place after the last one. */
export const placeAtEnd = (places: readonly number[]): number =>
  places.length === 0 ? 1 : Math.floor(Math.max(...places)) + 1;

/**
 * A case is moved within its agenda: the places that have to be written. Between two neighbours there is nearly always
 * room for a number, so it is one; where they have come too close, all are numbered anew.
 *
 * @param order ids and places, as they stand
 * @param to index at which the case shall stand afterwards
 */
export function moved(
  order: readonly { id: string; place: number }[],
  id: string,
  to: number,
): { id: string; place: number }[] {
  const from = order.findIndex((each) => each.id === id);
  if (from < 0) return [];
  const rest = order.filter((each) => each.id !== id);
  const at = Math.min(Math.max(to, 0), rest.length);
  if (at === from) return [];
  const place = between(rest[at - 1]?.place, rest[at]?.place);
  if (place !== null) return [{ id, place }];
  const all = [...rest.slice(0, at), { id, place: NaN }, ...rest.slice(at)];
  return all.flatMap((each, i) => (each.place === i + 1 ? [] : [{ id: each.id, place: i + 1 }]));
}

/** null: no number lies between them. */
function between(before: number | undefined, after: number | undefined): number | null {
  if (before === undefined) return after === undefined ? 1 : after - 1;
  if (after === undefined) return before + 1;
  const middle = (before + after) / 2;
  return middle > before && middle < after ? middle : null;
}
