import type { CaseContent } from "../content.ts";
import { LATEST_TIME } from "../content.ts";

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

export const isTime = (value: number): boolean =>
  Number.isSafeInteger(value) && value >= 0 && value <= LATEST_TIME;
