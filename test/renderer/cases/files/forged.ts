import { boundTo, importKey, newKey, seal, sha256 } from "../../../../src-renderer/cases/store/crypto.ts";
import { makeHeader } from "../../../../src-renderer/cases/store/header.ts";
import type { Bytes, StoredRecord } from "../../../../src-renderer/cases/store/record.ts";
import { writeCaseFile } from "../../../../src-renderer/cases/files/caseFile.ts";
import { withSum } from "../../../../src-renderer/cases/files/summedLine.ts";
import { ABOUT, bytesOfText, idOf, ITERATIONS, MADE, PASSPHRASE, textOfBytes } from "./cases.ts";

/** Files that somebody made up: every sum in them is right, so that what is refused is what they say. */

/** The lines of a file, without line breaks. */
export const linesIn = (bytes: Bytes): string[] => textOfBytes(bytes).split("\n").slice(0, -1);

/** Parts of a line without its sum. */
const headOf = (line: string): string => line.replace(/,"sha256":"[0-9a-f]{64}"\}$/, "");
const resummed = async (head: string): Promise<string> => withSum(head, await sha256(head));

/** A line with a part replaced. @throws where the part is not in it: the forgery would be none */
export const altered = (line: string, from: string | RegExp, to: string): string => {
  const head = headOf(line);
  const changed = head.replace(from, to);
  if (changed === head) throw new Error(`${String(from)} is not in ${head.slice(0, 300)}`);
  return changed;
};

/** A file of lines as they are given, their sums made anew. */
export async function forged(
  first: string,
  records: readonly string[],
  { stated = records.length, copy = null as string | null } = {},
): Promise<Bytes> {
  const lines = await Promise.all([first, ...records].map((line) => resummed(headOf(line))));
  const before = `${lines.join("\n")}\n`;
  const end = withSum(`{"end":true,"records":${stated},"header":${copy ?? lines[0]!}`, await sha256(before));
  return bytesOfText(`${before}${end}\n`);
}

/** A file whose records hold the given texts, whatever they are. */
export async function holding(texts: readonly string[], schema = 1): Promise<Bytes> {
  const store = idOf(0xabc);
  const bytes = newKey();
  const header = await makeHeader(bytes, PASSPHRASE, { store, created: MADE, iterations: ITERATIONS });
  const key = await importKey(bytes);
  const records = await Promise.all(
    texts.map(async (text, n): Promise<StoredRecord> => {
      const facts = { id: idOf(n), revision: n, changedAt: MADE, deletedAt: 0, schema };
      return { ...facts, ...(await seal(key, text, boundTo(store, facts))) };
    }),
  );
  return writeCaseFile(header, records, { kind: "export", ...ABOUT });
}
