// @vitest-environment node
import { describe, expect, it } from "vitest";
import { emptyContent } from "../../../../src-renderer/cases/content.ts";
import { readCaseFile } from "../../../../src-renderer/cases/files/caseFile.ts";
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
import { ABOUT, bytesOfText, idOf, MADE, PASSPHRASE } from "./cases.ts";
import { forged, holding } from "./forged.ts";
import {
  CASE_FILES,
  CSV_FILES,
  joined,
  PDF,
  plain,
  PLAIN_FILES,
  PNG,
  utf16,
  WHOLE,
  ZIP,
} from "./malformed.ts";

const { file, first, records } = WHOLE;

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

describe("encrypted files", () => {
  it("the whole one, and one put together again, are read: what is refused below is refused for its own reason", async () => {
    expect(await fateOfCaseFile(file)).toBe("3 read");
    expect(await forged(first, records)).toEqual(file);
    expect(await fateOfCaseFile(await holding([JSON.stringify(emptyContent(MADE))]))).toBe("1 read");
  });

  it.each(CASE_FILES)("$what", async ({ make, fate: expected }) => {
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
  it.each(PLAIN_FILES)("$what", async ({ make, fate: expected }) => {
    expect(await fateOfJson(await make())).toBe(expected);
  });

  it("larger than may be", async () => {
    expect(await fateOfJson(bytesOfText(plain()), { bytes: 100, records: 9 })).toBe("too-large");
    expect(await fateOfJson(bytesOfText(plain()), { bytes: 1e6, records: 2 })).toBe("too-many");
  });
});

describe("CSV", () => {
  it.each(CSV_FILES)("$what", async ({ make, fate: expected }) => {
    expect(await fateOfCsv(await make())).toBe(expected);
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
