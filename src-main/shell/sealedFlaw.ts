import { webcrypto } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import * as v from "valibot";

/** "backup": of a store; "export": of chosen cases. */
export type SealedKind = "backup" | "export";

const NEWLINE = 0x0a;
/** It holds two wrapped keys and no records. */
const LONGEST_FIRST_LINE = 8 * 1024;
/** How many lines are looked at before others have their turn. */
const AT_ONCE = 500;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const base64 = v.pipe(v.string(), v.regex(/^[A-Za-z\d+/]+={0,2}$/));
const sealed = { iv: base64, data: base64 };
/** As README, “Format of case files”, has it. */
const first = v.strictObject({
  format: v.literal("hg-nen-cases"),
  version: v.literal(1),
  kind: v.picklist(["backup", "export"]),
  made: whole,
  appVersion: v.pipe(v.string(), v.maxLength(40)),
  store: v.pipe(v.string(), v.regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/)),
  created: whole,
  passphrase: v.strictObject({ kdf: v.string(), iterations: whole, salt: base64, ...sealed }),
  check: v.strictObject(sealed),
  sha256: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
});

/** A record that is damaged in the store is a record still: its numbers may be anything that JSON writes. */
const FACT = String.raw`(?:null|-?[\d.eE+-]{1,30})`;
const FACTS = ["revision", "changedAt", "deletedAt", "schema"].map((name) => `,"${name}":${FACT}`).join("");
const BASE64 = "[A-Za-z\\d+/]*={0,2}";
const RECORD = new RegExp(
  `^\\{"id":"[\\w-]{1,64}"${FACTS},"iv":"${BASE64}","data":"${BASE64}","sha256":"[\\da-f]{64}"\\}$`,
);
const LAST = /^\{"end":true,"records":(\d{1,9}),"header":(\{.*\}),"sha256":"([\da-f]{64})"\}$/;

/**
 * What is wrong with the bytes of an encrypted file of cases, or null: a first line with the keys, lines of records in
 * base64, and a last line that repeats the first, counts the records, and holds the sum of all bytes before it.
 *
 * SECURITY: a page that has been taken over cannot put down here what anybody could read, nor one file in the place of
 * another. That the base64 is really a cipher's only the passphrase could prove.
 */
export async function flawOf(bytes: Uint8Array, kind?: SealedKind): Promise<string | null> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = all.at(-1) === NEWLINE ? all.length - 1 : all.length;
  const start = end === 0 ? 0 : all.lastIndexOf(NEWLINE, end - 1) + 1;
  if (start === 0) return "a file of cases has more lines than one";
  const firstEnd = all.indexOf(NEWLINE);
  if (firstEnd > LONGEST_FIRST_LINE) return "the first line of the file is too long";
  if (end - start > 2 * LONGEST_FIRST_LINE) return "the last line of the file is too long";
  const header = all.toString("utf8", 0, firstEnd);
  if (!isHeader(header, kind)) return `the first line of the file is no header of ${kind ?? "cases"}`;

  let records = 0;
  for (let from = firstEnd + 1; from < start; records++) {
    const to = all.indexOf(NEWLINE, from);
    if (!RECORD.test(all.toString("latin1", from, to))) return `line ${records + 2} of the file is no record`;
    from = to + 1;
    if (records % AT_ONCE === 0) await breathe();
  }

  const [, stated, copy, sum] = LAST.exec(all.toString("utf8", start, end)) ?? [];
  if (sum === undefined) return "the last line of the file states no sha256";
  if (copy !== header) return "the last line of the file does not repeat the first";
  if (Number(stated) !== records) return `the file has ${records} records, and states ${stated}`;
  const found = Buffer.from(await webcrypto.subtle.digest("SHA-256", bytes.subarray(0, start)));
  return found.toString("hex") === sum ? null : `the file is not the one whose sha256 it states: ${sum}`;
}

/** Written as we write it, byte by byte: no white space and no name twice, in which something else could stand. */
function isHeader(line: string, kind: SealedKind | undefined): boolean {
  try {
    const parsed: unknown = JSON.parse(line);
    const read = v.safeParse(first, parsed);
    return read.success && (kind ?? read.output.kind) === read.output.kind && JSON.stringify(parsed) === line;
  } catch {
    return false;
  }
}
