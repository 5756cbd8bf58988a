import type { About, Endpoint, Patient } from "../../../src-main/api/contract.ts";
import { problemWords } from "../../../src-main/words/problems.ts";
import type { Host } from "../../host/host.svelte.ts";
import type { SavedEstimate, SavedNumbers } from "../content.ts";
import { savedEstimateOf } from "./savedEstimate.ts";

/** What today's program makes of the inputs of an estimate that was saved. */
export type Today =
  | { kind: "answered"; patient: Patient; estimate: SavedEstimate }
  /** it was made from another study: the inputs are not this one's */
  | { kind: "other-study" }
  | { kind: "refused"; problem: string };

export async function estimateToday(host: Host, about: About, saved: SavedEstimate): Promise<Today> {
  if (saved.study !== about.study) return { kind: "other-study" };
  const answer = await host.request("estimate", { patient: saved.patient, curve: false });
  if (!answer.ok) {
    const [problem] = answer.problems ?? [];
    return { kind: "refused", problem: problem ? problemWords(problem) : answer.message };
  }
  return {
    kind: "answered",
    patient: answer.value.patient,
    estimate: savedEstimateOf(answer.value, about, saved.at, false),
  };
}

/** How today's median stands to the saved one, as they are printed: months longer where positive; null: not in months. */
export function differenceOf(saved: SavedEstimate, today: SavedEstimate, endpoint: Endpoint): number | null {
  const [then, now] = [medianOf(saved[endpoint]), medianOf(today[endpoint])];
  if (then === null || now === null) return null;
  return Math.round((now - then) * 10) / 10;
}

const medianOf = (numbers: SavedNumbers | null): number | null => numbers?.median ?? null;

/** The latest that was shown first, then what was kept, the newest first. */
export const inOrder = (estimates: readonly SavedEstimate[]): SavedEstimate[] =>
  estimates.toSorted((a, b) => Number(a.kept) - Number(b.kept) || b.at - a.at);
