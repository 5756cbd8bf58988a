import { createSubscriber } from "svelte/reactivity";
import type { CasesState } from "./casesState.svelte.ts";
import { dayOf } from "./days.ts";
import type { Day } from "./followUp/followUp.ts";

const MINUTE_MS = 60_000;
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, MINUTE_MS);
  return () => clearInterval(timer);
});

/** The day it is, for as long as somebody shows it: windows stay open overnight. */
export function todayOf(cases: CasesState): Day {
  subscribe();
  return dayOf(cases.now());
}
