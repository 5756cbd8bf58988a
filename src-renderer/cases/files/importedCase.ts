import type { CaseContent } from "../content.ts";
import { ContentError, readContent } from "../content.ts";

/** A case as a file holds it. */
export interface ImportedCase {
  id: string;
  /** the count of changes in the store it comes from; 0 where the file does not know it */
  revision: number;
  changedAt: number;
  /** 0: not in the bin */
  deletedAt: number;
  content: CaseContent;
}

/** The last millisecond of the calendar: a time beyond it has no date. */
export const LAST_TIME = 8.64e15;
/** Lines of treatment after the first: what a CSV has columns for, and more than any patient is given. */
export const MOST_LATER_LINES = 98;

export const isTime = (value: number): boolean =>
  Number.isSafeInteger(value) && value >= 0 && value <= LAST_TIME;

/**
 * A case's content from outside: what the store would take, within what can be shown and written again.
 *
 * @throws ContentError
 */
export function importedContent(value: unknown, schema: number): CaseContent {
  const content = readContent(value, schema);
  const times: [field: string, time: number][] = [
    ["created", content.created],
    ...content.estimates.map(({ at }, i): [string, number] => [`estimates.${i}.at`, at]),
  ];
  for (const [field, time] of times) {
    if (!isTime(time)) throw new ContentError("shape", `${time} is no time`, field);
  }
  if ((content.followUp?.laterLines.length ?? 0) > MOST_LATER_LINES) {
    throw new ContentError("shape", "more lines than can be", "followUp.laterLines");
  }
  return content;
}
