import type { CaseContent } from "../content.ts";

/** A case as it shall stand; a content of null removes it for good. */
export interface Change {
  id: string;
  content: CaseContent | null;
  /** milliseconds since 1970; 0: not in the bin */
  deletedAt: number;
  /** when it was changed, where that was not now: a case that comes from a file keeps its time */
  changedAt?: number;
}
