import type { Endpoint } from "../../src-main/api/contract.ts";
import type { BoardCase, Pair } from "../../src-renderer/board/boardState.svelte.ts";
import { DeckBuilder } from "../../src-renderer/board/buildDeck.ts";
import type { Deck } from "../../src-renderer/board/deck.ts";
import { handlers, localHost } from "./host.ts";
import { NEC, NET } from "./patients.ts";

/** When every synthetic board meets. */
const BOARD_TIME = new Date(2026, 11, 12, 14, 30);

interface Synthetic {
  patient: Record<string, unknown>;
  endpoint?: Endpoint;
  compare?: Pair;
}

/** Synthetic patients for every kind of slide: few and many cautions, much unknown, a long horizon, none estimable. */
const PATIENTS: Synthetic[] = [
  { patient: NEC },
  { patient: NET, compare: { a: NET, b: { ...NET, firstLine: "temozolomide-based" } } },
  { patient: { ...NEC, ecogPs: 3, ki67Percent: 40, ageYears: 90, primarySite: "unknown", sex: null } },
  { patient: { ...NEC, ecogPs: 4 } },
  { patient: NEC, endpoint: "pfs" },
  { patient: { ...NET, firstLine: "temozolomide-based", sex: "female" }, endpoint: "pfs" },
  { patient: { tumour: "NET_G3", ageYears: 81, ecogPs: 2 } },
  { patient: { tumour: "NEC", ageYears: 54, ecogPs: 0 } },
  { patient: { ...NET, ecogPs: 0, ki67Percent: 60 } },
  { patient: { ...NET, setting: "localised", mixed: true, ki67Percent: 10, primarySite: "appendix" } },
  { patient: NEC, compare: { a: NEC, b: { ...NEC, ecogPs: 3, alp: "normal" } } },
];

function caseOf(i: number, label: string): BoardCase {
  const { patient, endpoint = "os", compare = null } = PATIENTS[i % PATIENTS.length]!;
  return {
    id: i + 1,
    label,
    named: true,
    patient: { ...patient },
    compare: compare && { ...compare },
    endpoint,
    draft: null,
    caseId: null,
  };
}

function answered<T>(result: { ok: true; value: T } | { ok: false; message: string }): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** A deck of n synthetic patients as the Board makes it, answered by the real core; labels by place, else "Case 1". */
export function deckOf(n: number, labels: readonly string[] = []): Promise<Deck> {
  const cases = Array.from({ length: n }, (_, i) => caseOf(i, labels[i] ?? `Case ${i + 1}`));
  const about = answered(handlers.about({}));
  const study = answered(handlers.study({}));
  return new DeckBuilder(localHost()).build(cases, { about, study, now: BOARD_TIME });
}
