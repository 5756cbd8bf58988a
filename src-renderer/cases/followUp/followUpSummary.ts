import { cases } from "../../../src-main/words/cases.ts";
import type { FollowUp } from "./followUp.ts";

/** The course of a case on one line: what one looks for before unfolding it. What is not recorded is left out. */
export function followUpSummary(followUp: FollowUp): string[] {
  const words = cases.followUp;
  const { start, bestResponse, progression, death, lastContact } = followUp;
  return [
    ...(start === "" ? [] : [words.since(start)]),
    ...(bestResponse === null ? [] : [words.response[bestResponse]]),
    ...(progression === "" ? [] : [words.progression(progression)]),
    ...(death ? [words.died(death.day)] : lastContact === "" ? [] : [words.alive(lastContact)]),
  ];
}
