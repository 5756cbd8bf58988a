import { CONTENT_VERSION, emptyContent } from "../../../../src-renderer/cases/content.ts";
import { lineColumns } from "../../../../src-renderer/cases/files/csvColumns.ts";
import { writePlainJson } from "../../../../src-renderer/cases/files/plainJson.ts";
import type { Bytes } from "../../../../src-renderer/cases/store/record.ts";
import { ABOUT, bytesOfText, idOf, MADE, sealed, syntheticCase, textOfBytes } from "./cases.ts";
import { altered, forged, holding, linesIn } from "./forged.ts";

/** Files that are not as they should be, of each kind that the program reads, and one of each that is. */

/** `fate` is what its own reader says of it: the code of a refusal, or what is damaged and how many cases are read. */
export interface Malformed {
  what: string;
  make: () => Bytes | Promise<Bytes>;
  fate: string;
  /** where it differs: for whoever goes by what is in the file, and not by what it is said to be */
  looked?: string;
}
type Row = [what: string, make: () => Bytes | Promise<Bytes>, fate: string, looked?: string];
const malformed = ([what, make, fate, looked]: Row): Malformed => ({
  ...{ what, make, fate },
  ...(looked !== undefined && { looked }),
});

export const utf16 = (text: string): Bytes =>
  new Uint8Array([
    0xff,
    0xfe,
    ...Array.from(text, (c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]).flat(),
  ]);
export const joined = (...parts: (Bytes | string)[]): Bytes =>
  new Uint8Array(parts.flatMap((part) => [...(typeof part === "string" ? bytesOfText(part) : part)]));
export const PDF = bytesOfText("%PDF-1.7\n1 0 obj\n");
export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
export const ZIP = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]);
const deep = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

const cases = [1, 2, 3].map((n) => syntheticCase(n));
const file = await sealed(cases);
const [first, one, two, three, end] = linesIn(file) as [string, string, string, string, string];
const records: [string, string, string] = [one, two, three];
/** The encrypted file that is whole, and what it is put together of. */
export const WHOLE = { file, first, records };

const withFirst = (from: string | RegExp, to: string) => () => forged(altered(first, from, to), records);
const withRecord = (from: string | RegExp, to: string) => () =>
  forged(first, [records[0], altered(records[1], from, to), records[2]]);
const withContent = (from: string | RegExp, to: string, schema?: number) => () =>
  holding([altered(JSON.stringify(emptyContent(MADE)), from, to)], schema);

export const CASE_FILES: readonly Malformed[] = (
  [
    // Not ours
    ["empty", () => new Uint8Array(), "empty"],
    ["a PDF", () => PDF, "foreign"],
    ["a PNG", () => PNG, "foreign"],
    ["an archive", () => ZIP, "foreign"],
    ["plain text", () => bytesOfText("Dear colleague,\nplease find\n"), "foreign"],
    ["NUL bytes", () => new Uint8Array(1000), "foreign"],
    ["JSON of something else", () => bytesOfText('{"format":"other","version":1}\n'), "foreign"],
    ["an array", () => bytesOfText("[1,2,3]\n"), "foreign"],
    ["JSON nested 10,000 deep", () => bytesOfText(deep(10_000)), "foreign", "json-too-deep"],
    ["our plain JSON", () => writePlainJson(cases, ABOUT), "foreign", "3 read"],
    ["a CSV", () => bytesOfText("label,tumour\nA,NEC\n"), "foreign", "1 read"],
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
  ] satisfies Row[]
).map(malformed);

/** The plain JSON file that is whole. */
export const plain = () => textOfBytes(writePlainJson(cases, ABOUT));
const changed = (from: string | RegExp, to: string) => () => {
  const text = plain().replace(from, to);
  if (text === plain()) throw new Error(`${String(from)} is not in the file`);
  return bytesOfText(text);
};

export const PLAIN_FILES: readonly Malformed[] = (
  [
    ["whole", () => bytesOfText(plain()), "3 read"],
    ["with a mark in front", () => joined("\ufeff", plain()), "3 read"],
    ["empty", () => new Uint8Array(), "empty"],
    ["an encrypted file", () => file, "foreign", "3 read"],
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
  ] satisfies Row[]
).map(malformed);

const CSV_ROWS: [what: string, text: string | Bytes, fate: string, looked?: string][] = [
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
];
export const CSV_FILES: readonly Malformed[] = CSV_ROWS.map(([what, text, ...fates]) =>
  malformed([what, () => (typeof text === "string" ? bytesOfText(text) : text), ...fates]),
);
