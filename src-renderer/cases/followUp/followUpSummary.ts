import { cases } from "../../../src-main/words/cases.ts";
import type { Day, FollowUp } from "./followUp.ts";
import { dateProblems, noDay } from "./followUpDates.ts";

/** A few words of the course; with a caution where the form calls their date wrong. */
export interface SummaryPart {
  text: string;
  caution: boolean;
}

/**
 * The course of a case on one line: what one looks for before unfolding it. What is not recorded is left out, and a date
 * that cannot be is not told as a fact.
 */
export function followUpSummary(followUp: FollowUp, today: Day): SummaryPart[] {
  const words = cases.followUp;
  const { start, bestResponse, progression, death, lastContact } = followUp;
  const errors = dateProblems(followUp, today).filter(({ severity }) => severity === "error");
  const dated = (
    path: string,
    day: Day,
    name: keyof typeof words.noDay,
    say: (day: Day) => string,
  ): SummaryPart => {
    const wrong = errors.filter(({ fields }) => fields.includes(path));
    if (wrong.length === 0) return { text: say(day), caution: false };
    if (noDay(day) !== null) return { text: words.noDay[name], caution: true };
    const future = wrong.some(({ code }) => code === "in-future");
    return { text: `${say(day)}${future ? words.inFuture : words.contradicted}`, caution: true };
  };
  return [
    ...(start === "" ? [] : [dated("start", start, "start", words.since)]),
    ...(bestResponse === null ? [] : [{ text: words.response[bestResponse], caution: false }]),
    ...(progression === "" ? [] : [dated("progression", progression, "progression", words.progression)]),
    ...(death
      ? [dated("death.day", death.day, "died", words.died)]
      : lastContact === ""
        ? []
        : [dated("lastContact", lastContact, "alive", words.alive)]),
  ];
}
