// @vitest-environment node
import { beforeAll, describe, expect, it } from "vitest";
import { CONTENT_VERSION, emptyContent } from "../../../../src-renderer/cases/content.ts";
import { readCaseFile } from "../../../../src-renderer/cases/files/caseFile.ts";
import { lineColumns } from "../../../../src-renderer/cases/files/csvColumns.ts";
import { NOT_IN_CSV, readPlainCsv } from "../../../../src-renderer/cases/files/plainCsv.ts";
import { readPlainJson, writePlainJson } from "../../../../src-renderer/cases/files/plainJson.ts";
import { openCaseFile } from "../../../../src-renderer/cases/files/sealedFile.ts";
import { whatIs } from "../../../../src-renderer/cases/files/sniff.ts";
import type { Limits } from "../../../../src-renderer/cases/files/trouble.ts";
import { FileTrouble, LIMITS } from "../../../../src-renderer/cases/files/trouble.ts";
import { NotOpened } from "../../../../src-renderer/cases/store/crypto.ts";
import type { Bytes } from "../../../../src-renderer/cases/store/record.ts";
import type { CaseFileTrouble, DamagedLine, DamageReason } from "../../../../src-main/words/caseFiles.ts";
import {
  caseFileTroubleWords,
  damageWords,
  notInCsvWords,
  truncatedWords,
} from "../../../../src-main/words/caseFiles.ts";
import { ABOUT, bytesOfText, idOf, MADE, PASSPHRASE, sealed, syntheticCase, textOfBytes } from "./cases.ts";
import { altered, forged, holding, linesIn } from "./forged.ts";

/** Every trouble and every damage that a file here has met, for the words at the end. */
const metTroubles: CaseFileTrouble[] = [];
const metDamages: DamagedLine[] = [];

/** What becomes of a file: the code of its refusal, or what of it is damaged and how many cases are read all the same. */
async function fate(read: () => Promise<{ cases: number; damaged?: DamagedLine[]; truncated?: boolean }>) {
  try {
    const { cases, damaged = [], truncated = false } = await read();
    metDamages.push(...damaged);
    const flaws = damaged.map(({ reason, field }) => (field === null ? reason : `${reason} ${field}`));
    return [...(truncated ? ["truncated"] : []), ...flaws, `${cases} read`].join(", ");
  } catch (error) {
    if (error instanceof NotOpened) {
      metTroubles.push({ code: "not-opened" });
      return "not-opened";
    }
    if (!(error instanceof FileTrouble)) throw error;
    metTroubles.push(error.trouble);
    const { code } = error.trouble;
    return "field" in error.trouble ? `${code} ${error.trouble.field ?? ""}` : code;
  }
}

const fateOfCaseFile = (bytes: Bytes, passphrase = PASSPHRASE, limits: Limits = LIMITS) =>
  fate(async () => {
    const file = await readCaseFile(bytes, limits);
    const { cases, damaged } = await openCaseFile(file, { passphrase });
    return { cases: cases.length, damaged, truncated: file.truncated };
  });
const fateOfJson = (bytes: Bytes, limits: Limits = LIMITS) =>
  fate(async () => ({ cases: (await readPlainJson(bytes, limits)).length }));
const fateOfCsv = (bytes: Bytes, limits: Limits = LIMITS) => {
  let next = 100;
  const newId = (): string => idOf(next++);
  return fate(async () => ({ cases: (await readPlainCsv(bytes, { now: MADE, newId, limits })).length }));
};

const utf16 = (text: string): Bytes =>
  new Uint8Array([
    0xff,
    0xfe,
    ...Array.from(text, (c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]).flat(),
  ]);
const joined = (...parts: (Bytes | string)[]): Bytes =>
  new Uint8Array(parts.flatMap((part) => [...(typeof part === "string" ? bytesOfText(part) : part)]));
const PDF = bytesOfText("%PDF-1.7\n1 0 obj\n");
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const ZIP = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]);
const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

const cases = [1, 2, 3].map((n) => syntheticCase(n));
let file: Bytes;
let first: string;
let records: [string, string, string];
let end: string;

beforeAll(async () => {
  file = await sealed(cases);
  const lines = linesIn(file);
  first = lines[0]!;
  records = [lines[1]!, lines[2]!, lines[3]!];
  end = lines[4]!;
});

const withFirst = (from: string | RegExp, to: string) => () => forged(altered(first, from, to), records);
const withRecord = (from: string | RegExp, to: string) => () =>
  forged(first, [records[0], altered(records[1], from, to), records[2]]);
const withContent = (from: string | RegExp, to: string, schema?: number) => () =>
  holding([altered(JSON.stringify(emptyContent(MADE)), from, to)], schema);

describe("encrypted files", () => {
  it("the whole one, and one put together again, are read: what is refused below is refused for its own reason", async () => {
    expect(await fateOfCaseFile(file)).toBe("3 read");
    expect(await forged(first, records)).toEqual(file);
    expect(await fateOfCaseFile(await holding([JSON.stringify(emptyContent(MADE))]))).toBe("1 read");
  });

  const table: [what: string, make: () => Bytes | Promise<Bytes>, expected: string][] = [
    // Not ours
    ["empty", () => new Uint8Array(), "empty"],
    ["a PDF", () => PDF, "foreign"],
    ["a PNG", () => PNG, "foreign"],
    ["an archive", () => ZIP, "foreign"],
    ["plain text", () => bytesOfText("Dear colleague,\nplease find\n"), "foreign"],
    ["NUL bytes", () => new Uint8Array(1000), "foreign"],
    ["JSON of something else", () => bytesOfText('{"format":"other","version":1}\n'), "foreign"],
    ["an array", () => bytesOfText("[1,2,3]\n"), "foreign"],
    ["JSON nested 10,000 deep", () => bytesOfText(deep(10_000)), "foreign"],
    ["our plain JSON", () => writePlainJson(cases, ABOUT), "foreign"],
    ["a CSV", () => bytesOfText("label,tumour\nA,NEC\n"), "foreign"],
    ["in UTF-16", () => utf16(textOfBytes(file)), "foreign"],
    // Ours, and not as it was
    ["with a mark in front", () => joined("\ufeff", file), "rewritten"],
    ["with Windows line breaks", () => bytesOfText(textOfBytes(file).replaceAll("\n", "\r\n")), "rewritten"],
    ["cut within the first line", () => file.slice(0, 100), "cut-short"],
    ["its first letters", () => file.slice(0, 3), "cut-short"],
    ["only the first line", () => bytesOfText(`${first}\n`), "truncated, 0 read"],
    ["cut after a record", () => bytesOfText(`${first}\n${records[0]}\n`), "truncated, 1 read"],
    [
      "cut within a record",
      () => bytesOfText(`${first}\n${records[0]}\n${records[1].slice(0, 90)}`),
      "truncated, cut, 1 read",
    ],
    ["cut within the last line", () => file.slice(0, -200), "truncated, cut, 3 read"],
    ["without its last byte", () => file.slice(0, -1), "truncated, 3 read"],
    ["without any line for keys", () => bytesOfText(`${records.join("\n")}\n`), "no-header"],
    [
      "without the first line, its copy is there",
      () => bytesOfText(`${[...records, end].join("\n")}\n`),
      "header, 3 read",
    ],
    [
      "both lines with keys damaged",
      () => bytesOfText(textOfBytes(file).replaceAll('"created":1', '"created":2')),
      "header-damaged",
    ],
    [
      "with a line taken out",
      () => bytesOfText(`${[first, records[0], records[2], end].join("\n")}\n`),
      "count",
    ],
    [
      "with lines exchanged",
      () => bytesOfText(`${[first, records[1], records[0], records[2], end].join("\n")}\n`),
      "end, 3 read",
    ],
    ["that says another number of records", () => forged(first, records, { stated: 2 }), "end, 3 read"],
    ["with text after its end", () => joined(file, "more\n"), "appended"],
    ["with itself after its end", () => joined(file, file), "appended"],
    ["with NUL bytes after its end", () => joined(file, new Uint8Array(20)), "appended"],
    ["with a record twice", () => forged(first, [...records, records[1]]), "duplicate-record"],
    [
      "with two records of one id",
      async () => {
        const twin = altered(records[1], idOf(2), idOf(1));
        return forged(first, [records[0], twin, records[2]]);
      },
      "duplicate-record",
    ],
    // Every sum is right, and what is said is not
    ["of a newer version", withFirst('"version":1', '"version":2'), "newer"],
    [
      "of a newer version that looks otherwise",
      withFirst('"version":1', '"version":9,"kdf":"other"'),
      "newer",
    ],
    ["of version 0", withFirst('"version":1', '"version":0'), "header-field version"],
    ['of version "1"', withFirst('"version":1', '"version":"1"'), "header-field version"],
    ["of another kind", withFirst('"kind":"export"', '"kind":"virus"'), "header-field kind"],
    [
      "with another derivation",
      withFirst("PBKDF2-HMAC-SHA-256", "PBKDF2-HMAC-SHA-1"),
      "header-field passphrase.kdf",
    ],
    ...["0", "-1", "1.5", "1e12", '"600000"', "1e400", "null"].map(
      (iterations): [string, () => Promise<Bytes>, string] => [
        `with ${iterations} iterations`,
        withFirst(/"iterations":\d+/, `"iterations":${iterations}`),
        "header-field passphrase.iterations",
      ],
    ),
    ["with a short salt", withFirst(/"salt":"[^"]+"/, '"salt":"AAAA"'), "header-field passphrase.salt"],
    ["with an id that is none", withFirst(/"store":"[^"]+"/, '"store":"../../etc"'), "header-field store"],
    ["with a time that is none", withFirst(/"made":\d+/, '"made":1e300'), "header-field made"],
    ["with one thing more", withFirst('"version":1', '"version":1,"more":1'), "header-field more"],
    [
      "with __proto__ in the first line",
      withFirst('"version":1', '"version":1,"__proto__":{"locked":true}'),
      "header-hostile",
    ],
    ["whose first line is no JSON", withFirst('"version":1', '"version":'), "header-damaged"],
    ["whose first line is an array", () => forged('["hg-nen-cases",1', records), "header-damaged"],
    ["an id that is none", withRecord(idOf(2), "2"), "shape id, 2 read"],
    ["a revision below nothing", withRecord('"revision":2', '"revision":-2'), "shape revision, 2 read"],
    ["a revision that is NaN", withRecord('"revision":2', '"revision":NaN'), "not-json, 2 read"],
    ["a revision beyond numbers", withRecord('"revision":2', '"revision":1e400'), "shape revision, 2 read"],
    ["a schema of 0", withRecord('"schema":1', '"schema":0'), "shape schema, 2 read"],
    ["another revision", withRecord('"revision":2', '"revision":20'), "tampered, 2 read"],
    ["taken out of the bin", withRecord('"deletedAt":0', '"deletedAt":1'), "tampered, 2 read"],
    ["another id", withRecord(idOf(2), idOf(20)), "tampered, 2 read"],
    ["schema 99", withRecord('"schema":1', '"schema":99'), "tampered, 2 read"],
    ["an IV of another length", withRecord(/"iv":"[^"]+"/, '"iv":"AAAA"'), "shape iv, 2 read"],
    ["data that is not base64", withRecord(/"data":"..../, '"data":"?-_ '), "shape data, 2 read"],
    ["no data", withRecord(/"data":"[^"]+"/, '"data":""'), "shape data, 2 read"],
    ["another's data", withRecord(/"data":"..../, '"data":"AAAA'), "tampered, 2 read"],
    [
      "an array for a record",
      () => forged(first, [records[0], `["${idOf(2)}"`, records[2]]),
      "not-json, 2 read",
    ],
    [
      "constructor in a record",
      withRecord('"revision":2', '"revision":2,"constructor":1'),
      "hostile constructor, 2 read",
    ],
    [
      "10,000 brackets in a record",
      withRecord('"revision":2', `"revision":${deep(10_000)}`),
      "too-deep, 2 read",
    ],
    // Encrypted by somebody with the key
    ["schema 99, sealed", () => holding(["{}"], 99), "newer, 0 read"],
    ["no JSON, sealed", () => holding(["label: A"]), "not-json, 0 read"],
    ["an array, sealed", () => holding(["[]"]), "shape label, 0 read"],
    ["null, sealed", () => holding(["null"]), "shape, 0 read"],
    [
      "__proto__, sealed",
      withContent('"label":""', '"__proto__":{},"label":""'),
      "hostile __proto__, 0 read",
    ],
    [
      "constructor within, sealed",
      withContent('"age":""', '"age":"","constructor":{"prototype":{}}'),
      "hostile prototype, 0 read",
    ],
    [
      "prototype in a free place, sealed",
      withContent('"comparison":null', '"comparison":{"a":{"x":[{"prototype":1}]},"b":{}}'),
      "hostile prototype, 0 read",
    ],
    [
      "10,000 brackets in a free place, sealed",
      withContent('"comparison":null', `"comparison":{"a":{"x":${deep(10_000)}},"b":{}}`),
      "too-deep, 0 read",
    ],
    [
      "a time that has no date, sealed",
      withContent(/"created":\d+/, '"created":1e300'),
      "shape created, 0 read",
    ],
    [
      "a level that there is not, sealed",
      withContent('"tumour":null', '"tumour":"NET"'),
      "shape draft.tumour, 0 read",
    ],
  ];

  it.each(table)("%s", async (_what, make, expected) => {
    expect(await fateOfCaseFile(await make())).toBe(expected);
  });

  it("another passphrase", async () => {
    expect(await fateOfCaseFile(file, "another passphrase")).toBe("not-opened");
  });

  it("larger than may be, and as large as may be", async () => {
    const limits = { bytes: file.length, records: 3 };
    expect(await fateOfCaseFile(file, PASSPHRASE, limits)).toBe("3 read");
    expect(await fateOfCaseFile(file, PASSPHRASE, { ...limits, bytes: file.length - 1 })).toBe("too-large");
    expect(await fateOfCaseFile(file, PASSPHRASE, { ...limits, records: 2 })).toBe("too-many");
    const many = joined(`${first}\n`, "x\n".repeat(20));
    expect(await fateOfCaseFile(many, PASSPHRASE, limits)).toBe("too-many");
    expect(await fateOfCaseFile(bytesOfText("x\n".repeat(20)), PASSPHRASE, limits)).toBe("foreign");
    expect(LIMITS).toEqual({ bytes: 268_435_456, records: 100_000 });
  });
});

describe("plain JSON", () => {
  const plain = () => textOfBytes(writePlainJson(cases, ABOUT));
  const changed = (from: string | RegExp, to: string) => () => {
    const text = plain().replace(from, to);
    if (text === plain()) throw new Error(`${String(from)} is not in the file`);
    return bytesOfText(text);
  };

  it.each<[what: string, make: () => Bytes | Promise<Bytes>, expected: string]>([
    ["whole", () => bytesOfText(plain()), "3 read"],
    ["with a mark in front", () => joined("\ufeff", plain()), "3 read"],
    ["empty", () => new Uint8Array(), "empty"],
    ["an encrypted file", () => file, "foreign"],
    ["a PDF", () => PDF, "foreign"],
    ["in UTF-16", () => utf16(plain()), "foreign"],
    ["of something else", () => bytesOfText('{"patients":[]}'), "foreign"],
    [
      "in Latin-1",
      () => joined(plain().slice(0, 300), new Uint8Array([0xe9]), plain().slice(300)),
      "not-utf-8",
    ],
    ["cut", () => bytesOfText(plain().slice(0, -10)), "json-invalid"],
    ["with more after its end", () => bytesOfText(`${plain()}{}`), "json-invalid"],
    ["10,000 deep", changed('"tags": []', `"tags": ${deep(10_000)}`), "json-too-deep"],
    ["with __proto__", changed('"made"', '"__proto__": {}, "made"'), "json-hostile"],
    ["with __proto__ in escapes", changed('"made"', '"\\u005f_proto__": {}, "made"'), "json-hostile"],
    [
      "with constructor deep within",
      changed('"comparison": null', '"comparison":{"a":{"b":{"constructor":1}},"b":{}}'),
      "json-hostile",
    ],
    ["of a newer version", changed('"version": 1', '"version": 2'), "newer"],
    ["of no version", changed('"version": 1,', ""), "json-field version"],
    ["with one thing more", changed('"made"', '"more": 1, "made"'), "json-field more"],
    [
      "cases that are no list",
      () => bytesOfText('{"format":"hg-nen-cases-plain","version":1,"made":1,"appVersion":"","cases":{}}'),
      "json-field cases",
    ],
    ["an id that is none", changed(idOf(2), "2"), "json-field cases.1.id"],
    ["a time below nothing", changed('"deletedAt": 0', '"deletedAt": -1'), "json-field cases.0.deletedAt"],
    ["an id twice", changed(idOf(2), idOf(1)), "duplicate-case"],
    [
      "a case of a newer version",
      changed('"schema": 1', `"schema": ${CONTENT_VERSION + 1}`),
      "json-case-newer",
    ],
    ["a case with another field", changed('"label"', '"name"'), "json-case label"],
    ["a case that is none", changed(/"content": \{[^]*?\n {6}\}/, '"content": 7'), "json-case "],
    ["a label that is too long", changed("Synthetic case 2", "x".repeat(81)), "json-case label"],
  ])("%s", async (_what, make, expected) => {
    expect(await fateOfJson(await make())).toBe(expected);
  });

  it("larger than may be", async () => {
    expect(await fateOfJson(bytesOfText(plain()), { bytes: 100, records: 9 })).toBe("too-large");
    expect(await fateOfJson(bytesOfText(plain()), { bytes: 1e6, records: 2 })).toBe("too-many");
  });
});

describe("CSV", () => {
  it.each<[what: string, text: string | Bytes, expected: string]>([
    ["empty", "", "empty"],
    ["nothing but blank lines", "\n\n", "empty"],
    ["a PDF", PDF, "foreign"],
    ["JSON", '[{"label":"A"}]', "foreign"],
    ["in UTF-16", utf16("label,tumour\nA,NEC\n"), "foreign"],
    ["a workbook", ZIP, "foreign"],
    ["text", "Dear colleague,\nplease find\n", "foreign"],
    ["in Latin-1", joined("label\nJ", new Uint8Array([0xf8]), "rgen\n"), "not-utf-8"],
    ["an unknown column", "label,tumor\nA,NEC\n", "csv-unknown-columns"],
    ["__proto__ for a column", "label,__proto__\nA,NEC\n", "csv-unknown-columns"],
    ["constructor for a column", "label,constructor\nA,NEC\n", "csv-unknown-columns"],
    ["a line of treatment beyond the last", `label,${lineColumns(99).at(-1)!}\nA,x\n`, "csv-unknown-columns"],
    ["a column twice", "label,tumour,label\nA,NEC,B\n", "csv-duplicate-column"],
    ["a row that is shorter", "label,tumour\nA,NEC\nB\n", "csv-ragged"],
    ["a row that is longer", "label,tumour\nA,NEC,67\n", "csv-ragged"],
    ["a stray quotation mark", 'label,tumour\nA"B,NEC\n', "csv-stray-quote"],
    ["text after a quotation", 'label,tumour\n"A"B,NEC\n', "csv-stray-quote"],
    ["an open quotation mark", 'label,tumour\n"A,NEC\nB,NEC\n', "csv-unclosed-quote"],
    ["a row without end", `label,note\nA,"${"x".repeat(1_000_001)}"\n`, "csv-row-too-long"],
    ["an id twice", `id,label\n${idOf(1)},A\n${idOf(1)},B\n`, "duplicate-record"],
  ])("%s", async (_what, text, expected) => {
    expect(await fateOfCsv(typeof text === "string" ? bytesOfText(text) : text)).toBe(expected);
  });

  it.each([
    ["id", "P1", "id"],
    ["label", "x".repeat(81), "text"],
    ["tags", "a||b", "tags"],
    ["tumour", "NET", "levels"],
    ["ageYears", "x".repeat(41), "text"],
    ["ecogPs", "5", "levels"],
    ["sex", "f", "levels"],
    ["alp", "high", "levels"],
    ["alpUnit", "mg", "levels"],
    ["mixed", "yes", "levels"],
    ["note", "x".repeat(20_001), "text"],
    ["boardDay", "12 December", "day"],
    ["boardPlace", "1e999", "number"],
    ["boardPlace", "first", "number"],
    ["followUp", "no", "levels"],
    ["stoppedForToxicity", "perhaps", "levels"],
    ["prrt", "no", "levels"],
    ["metastaticSites", "liver|skin", "levels"],
    ["pain", "7", "levels"],
    ["deathDay", "2026-03-01", "levels"],
    ["laterLines", "99", "count"],
    ["laterLines", "-1", "count"],
    ["line3Regimen", "x".repeat(201), "text"],
    ["line2Start", "x".repeat(41), "text"],
    ["created", "yesterday", "time"],
    ["changed", "2026-13-41T00:00:00Z", "time"],
    ["binned", "9999999999999999", "time"],
  ])("%s cannot be %s", async (column, value, kind) => {
    const [other, filled] = column === "boardPlace" ? ["boardDay", "2026-12-12"] : ["setting", ""];
    const text = `${other},${column}\n,\n${filled},"${value}"\n`;
    expect(await fateOfCsv(bytesOfText(text))).toBe("csv-cells");
    const trouble = metTroubles.at(-1) as Extract<CaseFileTrouble, { code: "csv-cells" }>;
    // A day of death without its cause is refused by the cause, which is what is missing.
    const named = column === "deathDay" ? { column: "deathCause", value: "" } : { column, value };
    expect(trouble.count).toBe(1);
    expect(trouble.cells).toEqual([
      { line: 3, ...named, allowed: expect.objectContaining({ kind }) as unknown },
    ]);
  });

  it("a level beside a measured value", async () => {
    expect(await fateOfCsv(bytesOfText("label,alp,alpValue\nA,normal,3\n"))).toBe("csv-cells");
  });

  it("names every bad row with its line, and takes none in", async () => {
    const rows = ["A,1", '"B\nB",9', "C,2", "D,8"];
    const bytes = bytesOfText(`label,ecogPs\n${rows.join("\n")}\n`);
    expect(await fateOfCsv(bytes)).toBe("csv-cells");
    const { cells } = metTroubles.at(-1) as Extract<CaseFileTrouble, { code: "csv-cells" }>;
    expect(cells.map(({ line, value }) => [line, value])).toEqual([
      [3, "9"],
      [6, "8"],
    ]);
    expect(caseFileTroubleWords("list.csv", metTroubles.at(-1)!)).toBe(
      "“list.csv”: 2\u00a0cells cannot be read, and nothing was taken in. " +
        'Line 3, ecogPs: "9" is not allowed; allowed: 0, 1, 2, 3, 4 or nothing. ' +
        'Line 6, ecogPs: "8" is not allowed; allowed: 0, 1, 2, 3, 4 or nothing.',
    );
  });

  it("larger than may be", async () => {
    const bytes = bytesOfText("label\nA\nB\n");
    expect(await fateOfCsv(bytes, { bytes: bytes.length, records: 2 })).toBe("2 read");
    expect(await fateOfCsv(bytes, { bytes: bytes.length - 1, records: 2 })).toBe("too-large");
    expect(await fateOfCsv(bytes, { bytes: bytes.length, records: 1 })).toBe("too-many");
  });
});

describe("what a file is", () => {
  it.each([
    ["case-file", () => file],
    ["plain-json", () => writePlainJson([], ABOUT)],
    ["csv", () => bytesOfText('\ufeff"label";"tumour"\n')],
    ["json", () => bytesOfText(' {"a":1}')],
    ["text", () => bytesOfText("a labelled text")],
    ["pdf", () => PDF],
    ["picture", () => PNG],
    ["archive", () => ZIP],
    ["utf-16", () => utf16("{}").slice(2)],
    ["binary", () => new Uint8Array([1, 0, 0, 0, 2])],
  ])("%s", (expected, make) => {
    expect(whatIs(make())).toBe(expected);
  });
});

describe("each is told apart in words", () => {
  /** By the compiler: a code that is missing here, or one too many. */
  const EVERY_TROUBLE = Object.keys({
    empty: 0,
    "too-large": 0,
    "too-many": 0,
    foreign: 0,
    newer: 0,
    "not-opened": 0,
    "cut-short": 0,
    "no-header": 0,
    "header-damaged": 0,
    "header-hostile": 0,
    "header-field": 0,
    rewritten: 0,
    appended: 0,
    count: 0,
    "duplicate-record": 0,
    "duplicate-case": 0,
    "not-utf-8": 0,
    "json-invalid": 0,
    "json-hostile": 0,
    "json-too-deep": 0,
    "json-field": 0,
    "json-case": 0,
    "json-case-newer": 0,
    "csv-unknown-columns": 0,
    "csv-duplicate-column": 0,
    "csv-ragged": 0,
    "csv-stray-quote": 0,
    "csv-unclosed-quote": 0,
    "csv-row-too-long": 0,
    "csv-cells": 0,
  } satisfies Record<CaseFileTrouble["code"], 0>);
  const EVERY_DAMAGE = Object.keys({
    header: 0,
    end: 0,
    cut: 0,
    tampered: 0,
    newer: 0,
    "not-json": 0,
    hostile: 0,
    "too-deep": 0,
    shape: 0,
  } satisfies Record<Exclude<DamageReason, "bytes" | "line-break">, 0>);

  it("the files above have met every trouble there is, and every damage that no single byte does", () => {
    expect([...new Set(metTroubles.map(({ code }) => code))].sort()).toEqual(EVERY_TROUBLE.sort());
    expect([...new Set(metDamages.map(({ reason }) => reason))].sort()).toEqual(EVERY_DAMAGE.sort());
  });

  it("no two codes give the same sentence, and each names the file and ends as a sentence does", () => {
    const sentences = new Map<string, string>();
    for (const trouble of metTroubles) {
      const words = caseFileTroubleWords("cases.hgnencases", trouble);
      expect(words).toMatch(/^“cases\.hgnencases”: .+[.?]$/s);
      expect(words).not.toMatch(/undefined|NaN|\[object/);
      expect(sentences.get(words) ?? trouble.code).toBe(trouble.code);
      sentences.set(words, trouble.code);
    }
  });

  it("nor two kinds of damage of one line", () => {
    const of = (reason: DamageReason): string =>
      damageWords({ line: 4, id: idOf(1), reason, field: reason === "shape" ? "label" : null });
    const words = [...EVERY_DAMAGE, "bytes", "line-break"].map((reason) => of(reason as DamageReason));
    expect(new Set(words).size).toBe(words.length);
    for (const each of words) expect(each).toMatch(/^Line 4: .+\.$/);
    expect(of("tampered")).toContain(idOf(1));
    expect(damageWords({ line: 4, id: null, reason: "bytes", field: null })).toContain("a record");
  });

  it("says what a CSV does not hold, and what is left of a file that ends early", () => {
    expect(notInCsvWords(NOT_IN_CSV)).toBe(
      "A CSV does not hold saved estimates, comparisons or measured ALP values that are typed but not chosen.",
    );
    expect(truncatedWords("a.hgnencases", 1)).toMatch(/^“a\.hgnencases”: .* 1\u00a0record can be read\.$/);
  });
});
