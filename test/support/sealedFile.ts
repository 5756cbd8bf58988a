import { createHash } from "node:crypto";

export const sumOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const summed = (head: string): string => `${head},"sha256":"${sumOf(head)}"}`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

const ID = "3f2b8c1e-0a4d-4c5e-9f60-1b2c3d4e5f60";
const IV = base64("twelve bytes");

export interface SealedParts {
  /** in place of those of the first line */
  header?: object;
  /** the lines of records; by default one with what is said */
  records?: string[];
  /** how many the last line says that there are */
  stated?: number;
}

/** A line of a record. Synthetic: it is sealed with nothing. */
export const recordLine = (content = "synthetic", own: object = {}): string => {
  const facts = { id: ID, revision: 1, changedAt: 2, deletedAt: 0, schema: 1 };
  return summed(JSON.stringify({ ...facts, iv: IV, data: base64(content), ...own }).slice(0, -1));
};

/** An encrypted file of cases by its shape, as README has it. */
export function sealedText({ header = {}, records = [recordLine()], stated }: SealedParts = {}): string {
  const passphrase = { kdf: "PBKDF2-HMAC-SHA-256", iterations: 1, salt: IV, iv: IV, data: IV };
  const first = summed(
    JSON.stringify({
      ...{ format: "hg-nen-cases", version: 1, kind: "backup", made: 0, appVersion: "0.0.0" },
      ...{ store: ID, created: 0, passphrase, check: { iv: IV, data: IV } },
      ...header,
    }).slice(0, -1),
  );
  const before = [first, ...records].map((line) => `${line}\n`).join("");
  const count = stated ?? records.length;
  return `${before}{"end":true,"records":${count},"header":${first},"sha256":"${sumOf(before)}"}\n`;
}

export const sealedFile = (parts?: SealedParts): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(sealedText(parts));
