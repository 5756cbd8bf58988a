import * as v from "valibot";
import type { CaseFileTrouble, DamagedLine, DamageReason } from "../../../src-main/words/caseFiles.ts";
import { ContentError, LATEST_TIME } from "../content.ts";
import { MOST_ITERATIONS, sha256 } from "../store/crypto.ts";
import type { StoreHeader } from "../store/header.ts";
import type { Bytes, StoredRecord } from "../store/record.ts";
import { ID } from "../store/record.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { inChunks } from "../inChunks.ts";
import { parseOutside, TooDeep } from "./parseOutside.ts";
import { whatIs } from "./sniff.ts";
import { isSound, summedLine, withSum } from "./summedLine.ts";
import type { Limits } from "./trouble.ts";
import { checkCount, checkSize, FileTrouble, LIMITS } from "./trouble.ts";

/**
 * The encrypted file, for backups and exports alike: a line for the keys, a line for each record, a line for the end.
 * Each line has its own sum, so that a damaged byte costs one record and not the file; the last line repeats the first
 * and has the sum of all. Sums find accidents; what was changed on purpose is found by the cipher when a record is
 * opened.
 */
export const FORMAT_VERSION = 1;
const FORMAT = "hg-nen-cases";

export interface AboutFile {
  kind: "backup" | "export";
  /** milliseconds since 1970 */
  made: number;
  appVersion: string;
}

/** A file as it was read; nothing in it is opened yet. */
export interface CaseFile extends AboutFile {
  header: StoreHeader;
  records: StoredRecord[];
  /** in which line each record stands */
  lines: ReadonlyMap<string, number>;
  /** lines that cannot be read; the records of all others are whole */
  damaged: DamagedLine[];
  /** the file ends early: what is missing is not known */
  truncated: boolean;
  /** how many records the file says that it has; null where it does not */
  stated: number | null;
}

const START = `{"format":"${FORMAT}",`;
const RECORD_START = '{"id":"';
const END_START = '{"end":';
/** Two sums: a last line that is broken after the copy of the first one has but one. */
const END =
  /^\{"end":true,"records":(\d{1,9}),"header":(\{.*,"sha256":"[0-9a-f]{64}"\}),"sha256":"([0-9a-f]{64})"\}$/;
/** Where a line ends and one byte later another begins, or nothing: that byte was the line break. */
const SEAM = /,"sha256":"[0-9a-f]{64}"\}(?=[^](?:\{"|$))/g;
const MOST_SEAMS = 8;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const encoder = new TextEncoder();
const utf8 = new TextDecoder();
/** One character a byte, so that places in the text are places in the file. */
const latin1 = new TextDecoder("latin1");

/** SECURITY: the keychain's copy of the key stays on its computer. */
export async function writeCaseFile(
  header: StoreHeader,
  records: Iterable<StoredRecord>,
  { kind, made, appVersion }: AboutFile,
): Promise<Bytes> {
  const { store, created, passphrase, check } = header;
  const { kdf, iterations, salt, iv, data } = passphrase;
  const first = await summedLine({
    ...{ format: FORMAT, version: FORMAT_VERSION, kind, made, appVersion, store, created },
    passphrase: { kdf, iterations, salt: toBase64(salt), iv: toBase64(iv), data: toBase64(data) },
    check: { iv: toBase64(check.iv), data: toBase64(check.data) },
  });
  const lines = await inChunks(
    [...records],
    async ({ id, revision, changedAt, deletedAt, schema, iv, data }) =>
      encoder.encode(
        `${await summedLine({ id, revision, changedAt, deletedAt, schema, iv: toBase64(iv), data: toBase64(data) })}\n`,
      ),
  );
  const before = joined([encoder.encode(`${first}\n`), ...lines]);
  return joined([before, encoder.encode(`${lastLine(first, lines.length, await sha256(before))}\n`)]);
}

const lastLine = (first: string, records: number, sum: string): string =>
  withSum(`{"end":true,"records":${records},"header":${first}`, sum);

function joined(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Reads a file as far as it is whole.
 *
 * @throws FileTrouble where nothing of it can be used
 */
export async function readCaseFile(bytes: Bytes, limits: Limits = LIMITS): Promise<CaseFile> {
  checkSize(bytes, limits);
  const lines = linesOf(bytes, limits);
  checkUnchanged(bytes, lines);
  const pieces = (await inChunks(lines, (line) => piecesOf(bytes, line))).flat();
  const first = await firstLine(bytes, pieces);
  const about = readFirst(first.text);
  const { records, places, damaged } = await readRecords(bytes, pieces, first.piece);
  checkCount(records.length, limits);
  if (!first.piece) damaged.unshift({ line: 1, id: null, reason: "header", field: null });
  const { truncated, stated } = await checkEnd(bytes, pieces, { first: first.text, records, damaged });
  return { ...about, records, lines: places, damaged, truncated, stated };
}

/** Part of a file: from and to are places in it, without the line break. */
interface Part {
  line: number;
  from: number;
  to: number;
}
interface End {
  records: number;
  first: string;
  sum: string;
}
/** A line, or one of two that a damaged line break has joined. */
interface Piece extends Part {
  /** its sum is right */
  sound: boolean;
  /** null: it is not the last line, or not to be read as such */
  end: End | null;
  /** it is followed by what was a line break */
  seam: boolean;
}

function linesOf(bytes: Bytes, limits: Limits): Part[] {
  const lines: Part[] = [];
  for (let from = 0; from < bytes.length;) {
    const found = bytes.indexOf(NEWLINE, from);
    const to = found === -1 ? bytes.length : found;
    lines.push({ line: lines.length + 1, from, to });
    // A line for the keys, one for the end, and one more where a damaged byte has become a line break.
    if (lines.length > limits.records + 3) {
      const found = whatIs(bytes);
      if (found !== "case-file") throw new FileTrouble({ code: "foreign", found });
      checkCount(lines.length, limits);
    }
    from = to + 1;
  }
  return lines;
}

const at = (bytes: Bytes, { from, to }: { from: number; to: number }): Bytes => bytes.subarray(from, to);
const startsWith = (bytes: Bytes, { from, to }: Part, text: string): boolean =>
  to - from >= text.length && latin1.decode(bytes.subarray(from, from + text.length)) === text;
const isEnded = (bytes: Bytes): boolean => bytes.at(-1) === NEWLINE;

/** A mark in front, or Windows line breaks: each line would seem damaged, and none is. */
function checkUnchanged(bytes: Bytes, lines: readonly Part[]): void {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const windows = lines.every(({ to }) => bytes[to - 1] === CARRIAGE_RETURN);
  if ((marked || windows) && whatIs(bytes) === "case-file") throw new FileTrouble({ code: "rewritten" });
}

async function piecesOf(bytes: Bytes, line: Part): Promise<Piece[]> {
  const whole = await pieceOf(bytes, line);
  if (whole.sound || whole.end) return [whole];
  const ends = [...latin1.decode(at(bytes, line)).matchAll(SEAM)].map(
    ({ index, 0: { length } }) => line.from + index + length,
  );
  // One damaged byte makes one seam; a line that is all seams was made to keep the computer busy.
  if (ends.length === 0 || ends.length > MOST_SEAMS) return [whole];
  const parts = [...ends, line.to].map((to, i) => ({
    ...line,
    to,
    from: i === 0 ? line.from : ends[i - 1]! + 1,
  }));
  const pieces = await Promise.all(
    parts.filter(({ from, to }) => from < to).map((part) => pieceOf(bytes, part)),
  );
  if (pieces.every((piece) => !piece.sound && !piece.end)) return [whole];
  return pieces.map((piece) => ({ ...piece, seam: ends.includes(piece.to) }));
}

async function pieceOf(bytes: Bytes, part: Part): Promise<Piece> {
  const end = startsWith(bytes, part, END_START) ? endOf(utf8.decode(at(bytes, part))) : null;
  return { ...part, end, sound: end === null && (await isSound(at(bytes, part))), seam: false };
}

function endOf(line: string): End | null {
  const [, records, first, sum] = END.exec(line) ?? [];
  return records === undefined ? null : { records: Number(records), first: first!, sum: sum! };
}

/** The first line, or its copy in the last one; `piece` is null where it is the copy. */
async function firstLine(
  bytes: Bytes,
  pieces: readonly Piece[],
): Promise<{ text: string; piece: Piece | null }> {
  const [piece] = pieces;
  if (piece!.sound && startsWith(bytes, piece!, START)) {
    return { text: utf8.decode(at(bytes, piece!)), piece: piece! };
  }
  const copy = pieces.find(({ end }) => end !== null)?.end?.first;
  if (copy?.startsWith(START) && (await isSound(encoder.encode(copy)))) return { text: copy, piece: null };
  throw new FileTrouble(withoutFirst(bytes, pieces));
}

function withoutFirst(bytes: Bytes, pieces: readonly Piece[]): CaseFileTrouble {
  const [first] = pieces;
  const begins = startsWith(bytes, first!, START);
  const isPart = START.startsWith(latin1.decode(bytes.subarray(0, START.length)));
  if (pieces.length === 1 && !isEnded(bytes) && (begins || isPart)) return { code: "cut-short" };
  if (begins || pieces.some((piece) => startsWith(bytes, piece, END_START)))
    return { code: "header-damaged" };
  if (pieces.some((piece) => piece.sound && startsWith(bytes, piece, RECORD_START)))
    return { code: "no-header" };
  return { code: "foreign", found: whatIs(bytes) };
}

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LATEST_TIME));
const id = v.pipe(v.string(), v.regex(ID));
const base64 = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.transform(fromBase64),
    v.check((bytes) => bytes !== null && bytes.length >= least && bytes.length <= most),
    v.transform((bytes) => bytes!),
  );
const exactly = (length: number) => base64(length, length);
const TAG = 16;
const iv = exactly(12);

const firstSchema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(FORMAT_VERSION),
  kind: v.picklist(["backup", "export"]),
  made: time,
  appVersion: v.pipe(v.string(), v.maxLength(40)),
  store: id,
  created: time,
  passphrase: v.strictObject({
    kdf: v.literal("PBKDF2-HMAC-SHA-256"),
    iterations: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_ITERATIONS)),
    salt: exactly(16),
    iv,
    data: exactly(32 + TAG),
  }),
  check: v.strictObject({ iv, data: base64(TAG, 1024) }),
  sha256: v.string(),
});

const recordSchema = v.strictObject({
  id,
  revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  changedAt: time,
  deletedAt: time,
  schema: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  iv,
  data: base64(TAG, Infinity),
  sha256: v.string(),
});

/** @throws FileTrouble */
function readFirst(text: string): AboutFile & { header: StoreHeader } {
  const parsed = parseFirst(text);
  const version = (parsed as { version?: unknown }).version;
  if (Number.isSafeInteger(version) && (version as number) > FORMAT_VERSION) {
    throw new FileTrouble({ code: "newer", version: version as number, newest: FORMAT_VERSION });
  }
  const read = v.safeParse(firstSchema, parsed, { abortEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    const value = issue.path?.at(-1)?.value;
    throw new FileTrouble({ code: "header-field", field: v.getDotPath(issue) ?? "format", value });
  }
  const { kind, made, appVersion, store, created, passphrase, check } = read.output;
  return {
    ...{ kind, made, appVersion },
    header: { format: 1, store, created, passphrase, keychain: null, check, locked: false },
  };
}

function parseFirst(text: string): unknown {
  try {
    return parseOutside(text);
  } catch (error) {
    if (error instanceof ContentError && error.code === "hostile") {
      throw new FileTrouble({ code: "header-hostile", name: error.field! });
    }
    throw new FileTrouble({ code: "header-damaged" });
  }
}

interface Records {
  records: StoredRecord[];
  places: Map<string, number>;
  damaged: DamagedLine[];
}

async function readRecords(bytes: Bytes, pieces: readonly Piece[], first: Piece | null): Promise<Records> {
  const records: StoredRecord[] = [];
  const places = new Map<string, number>();
  const damaged: DamagedLine[] = [];
  await inChunks(pieces, (piece, i) => {
    const { line, sound, end, seam } = piece;
    if (end) {
      if (i < pieces.length - 1) throw new FileTrouble({ code: "appended", line: pieces[i + 1]!.line });
    } else if (sound && piece !== first) {
      const record = readRecord(utf8.decode(at(bytes, piece)));
      if ("reason" in record) damaged.push({ line, ...record });
      else {
        const before = places.get(record.id);
        if (before !== undefined) {
          throw new FileTrouble({ code: "duplicate-record", id: record.id, line, first: before });
        }
        places.set(record.id, line);
        records.push(record);
      }
    } else if (!sound && (i > 0 || startsWith(bytes, piece, RECORD_START))) {
      damaged.push({ line, ...flawOf(bytes, piece, i === pieces.length - 1) });
    }
    if (seam) damaged.push({ line, id: null, reason: "line-break", field: null });
  });
  return { records, places, damaged };
}

type Flaw = Omit<DamagedLine, "line">;

/** What became of a line whose sum is wrong. */
function flawOf(bytes: Bytes, piece: Piece, isLast: boolean): Flaw {
  const id = idIn(latin1.decode(at(bytes, piece).subarray(0, 64)));
  const is = (reason: DamageReason): Flaw => ({ id, reason, field: null });
  if (isLast && !isEnded(bytes)) return is("cut");
  return is(isLast && !startsWith(bytes, piece, RECORD_START) ? "end" : "bytes");
}

const idIn = (line: string): string | null => {
  const found = line.slice(RECORD_START.length, RECORD_START.length + 36);
  return line.startsWith(RECORD_START) && ID.test(found) ? found : null;
};

function readRecord(line: string): StoredRecord | Flaw {
  try {
    const read = v.safeParse(recordSchema, parseOutside(line), { abortEarly: true });
    if (!read.success) return { id: idIn(line), reason: "shape", field: v.getDotPath(read.issues[0]) };
    const { sha256: _sum, ...record } = read.output;
    return record;
  } catch (error) {
    return { id: idIn(line), ...reasonOf(error) };
  }
}

/** Why a text from outside gives no case. */
export function reasonOf(error: unknown): Omit<Flaw, "id"> {
  if (error instanceof TooDeep) return { reason: "too-deep", field: null };
  if (error instanceof ContentError) return { reason: error.code, field: error.field };
  throw error;
}

/** Whether the file is, byte by byte, what its lines make; adds to `damaged` what nothing else has explained. */
async function checkEnd(
  bytes: Bytes,
  pieces: readonly Piece[],
  { first, records, damaged }: { first: string; records: readonly StoredRecord[]; damaged: DamagedLine[] },
): Promise<{ truncated: boolean; stated: number | null }> {
  const last = pieces.at(-1)!;
  const { end, line } = last;
  if (!end) {
    const truncated = !isEnded(bytes) || last.sound || startsWith(bytes, last, RECORD_START);
    return { truncated, stated: null };
  }
  const stated = end.records;
  if (damaged.length > 0) return { truncated: false, stated };
  const sum = await sha256(bytes.subarray(0, last.from));
  if (
    latin1.decode(at(bytes, last)) !== latin1.decode(encoder.encode(lastLine(first, records.length, sum)))
  ) {
    // Each line is whole, and neither their number nor their sum is right: a line was taken out or put in.
    if (end.sum !== sum && stated !== records.length) {
      throw new FileTrouble({ code: "count", found: records.length, stated });
    }
    damaged.push({ line, id: null, reason: "end", field: null });
  }
  return { truncated: !isEnded(bytes), stated };
}
