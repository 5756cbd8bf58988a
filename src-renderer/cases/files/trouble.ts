import { MOST_CASE_FILE_BYTES } from "../../../src-main/api/contract.ts";
import type { CaseFileTrouble } from "../../../src-main/words/caseFiles.ts";

/** Why nothing of a file can be taken in: a code and its facts, put into words by `caseFileTroubleWords`. */
export class FileTrouble extends Error {
  readonly trouble: CaseFileTrouble;
  constructor(trouble: CaseFileTrouble) {
    super(`${trouble.code}: ${JSON.stringify(trouble)}`);
    this.name = "FileTrouble";
    this.trouble = trouble;
  }
}

/** What a file may cost before it is refused; the tests have smaller ones. */
export interface Limits {
  bytes: number;
  records: number;
}
export const LIMITS: Limits = { bytes: MOST_CASE_FILE_BYTES, records: 100_000 };

/** @throws FileTrouble where there is nothing, or too much to be read into memory */
export function checkSize(bytes: Uint8Array, { bytes: limit }: Limits): void {
  if (bytes.length === 0) throw new FileTrouble({ code: "empty" });
  if (bytes.length > limit) throw new FileTrouble({ code: "too-large", bytes: bytes.length, limit });
}

/** @throws FileTrouble */
export function checkCount(records: number, { records: limit }: Limits): void {
  if (records > limit) throw new FileTrouble({ code: "too-many", records, limit });
}
