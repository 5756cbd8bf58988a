// @vitest-environment node
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { CONTENT_VERSION, ContentError } from "../../../../src-renderer/cases/content.ts";
import { readCaseFile, writeCaseFile } from "../../../../src-renderer/cases/files/caseFile.ts";
import type { ImportedCase } from "../../../../src-renderer/cases/files/importedCase.ts";
import { inChunks } from "../../../../src-renderer/cases/inChunks.ts";
import { DEEPEST, parseOutside, TooDeep } from "../../../../src-renderer/cases/files/parseOutside.ts";
import { exportCases, openCaseFile } from "../../../../src-renderer/cases/files/sealedFile.ts";
import {
  boundTo,
  importKey,
  newKey,
  NotOpened,
  seal,
  sha256,
} from "../../../../src-renderer/cases/store/crypto.ts";
import { makeHeader, provenKey } from "../../../../src-renderer/cases/store/header.ts";
import { MemoryStorage } from "../../../../src-renderer/cases/store/memory.ts";
import type { Bytes } from "../../../../src-renderer/cases/store/record.ts";
import { ID } from "../../../../src-renderer/cases/store/record.ts";
import { CaseStore } from "../../../../src-renderer/cases/store/store.ts";
import { flawOf } from "../../../../src-main/shell/sealedFlaw.ts";
import { damageWords } from "../../../../src-main/words/caseFiles.ts";
import {
  ABOUT,
  anyCases,
  bytesOfText,
  idOf,
  ITERATIONS,
  MADE,
  PASSPHRASE,
  SEED,
  sealed,
  syntheticCase,
  textOfBytes,
  troubleOf,
} from "./cases.ts";
import { linesIn } from "./forged.ts";

// A thousand files in one test: room for a slow machine.
vi.setConfig({ testTimeout: 120_000 });

const opened = async (bytes: Bytes) => openCaseFile(await readCaseFile(bytes), { passphrase: PASSPHRASE });
/** Every value in JSON, by its name. */
function leaves(value: unknown, name = ""): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return { [name]: value };
  const named = Object.entries(value).map(([key, each]): [string, unknown] => [
    name === "" ? key : `${name}.${key}`,
    each,
  ]);
  return Object.fromEntries(named.flatMap(([key, each]) => Object.entries(leaves(each, key))));
}
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe("a file as it was written", () => {
  it("opens again, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(anyCases(), async (cases) => {
        const bytes = await sealed(cases);
        const file = await readCaseFile(bytes);
        expect(file).toMatchObject({ kind: "export", ...ABOUT, damaged: [], truncated: false });
        expect(file.stated).toBe(cases.length);
        expect(await openCaseFile(file, { passphrase: PASSPHRASE })).toEqual({ cases, damaged: [] });
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it("is what the main process takes for a whole backup, and nothing less is", async () => {
    const bytes = await sealed([syntheticCase(1)]);
    expect(await flawOf(bytes)).toBeNull();
    expect(await flawOf(bytes.slice(0, -20))).not.toBeNull();
  });

  it("has the lines that the README describes", async () => {
    const [first, record, end, ...more] = linesIn(await sealed([syntheticCase(1)]));
    expect(more).toEqual([]);
    const parsed = [first, record, end].map((line) => JSON.parse(line!) as Record<string, unknown>);
    expect(Object.keys(parsed[0]!)).toEqual(
      "format version kind made appVersion store created passphrase check sha256".split(" "),
    );
    expect(Object.keys(parsed[1]!)).toEqual(
      "id revision changedAt deletedAt schema iv data sha256".split(" "),
    );
    expect(parsed[2]).toEqual({
      end: true,
      records: 1,
      header: parsed[0],
      sha256: await sha256(`${first!}\n${record!}\n`),
    });
    for (const [i, line] of [first!, record!].entries()) {
      expect(parsed[i]!["sha256"]).toBe(await sha256(line.slice(0, line.lastIndexOf(',"sha256"'))));
    }
  });

  it("holds nothing in clear but ids, counts and times, and never the keychain's key", async () => {
    const bytes = newKey();
    const header = await makeHeader(bytes, PASSPHRASE, {
      store: idOf(1),
      created: MADE,
      iterations: ITERATIONS,
    });
    const keychain = new TextEncoder().encode("the keychain's copy");
    const text = textOfBytes(await writeCaseFile({ ...header, keychain }, [], { kind: "backup", ...ABOUT }));
    expect(text).not.toContain("keychain");
    expect(text).not.toContain(btoa("the keychain's copy"));

    // Every value of every line, by its name: a new one must be looked at, and put in its place here.
    const cases = [syntheticCase(1), { ...syntheticCase(2, { note: "x".repeat(300) }), deletedAt: MADE }];
    const lines = linesIn(await sealed(cases)).map((line) => leaves(JSON.parse(line)));
    const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
    const [random, digest] = [matching(/^[A-Za-z0-9+/]+={0,2}$/), matching(/^[0-9a-f]{64}$/)];
    const first = {
      ...{ format: "hg-nen-cases", version: 1, kind: "export", ...ABOUT, store: matching(ID), created: MADE },
      ...{ "passphrase.kdf": "PBKDF2-HMAC-SHA-256", "passphrase.iterations": ITERATIONS },
      ...{ "passphrase.salt": random, "passphrase.iv": random, "passphrase.data": random },
      ...{ "check.iv": random, "check.data": random, sha256: digest },
    };
    const copy = Object.entries(first).map(([name, value]) => [`header.${name}`, value]);
    expect(lines).toEqual([
      first,
      ...cases.map(({ content: _content, ...facts }) => ({
        ...{ ...facts, schema: CONTENT_VERSION, iv: random, data: random, sha256: digest },
      })),
      { end: true, records: 2, ...Object.fromEntries(copy), sha256: digest },
    ]);
    // What is random is no name for something, and stands for no text: nothing of it comes twice.
    const parts = lines
      .slice(0, -1)
      .flatMap((line) => Object.entries(line))
      .flatMap(([name, value]) => (/(?:salt|iv|data)$/.test(name) ? [String(value)] : []));
    expect(new Set(parts).size).toBe(5 + 2 * cases.length);
    for (const part of parts) expect(atob(part)).not.toMatch(/Synthetic|xxxx|label|note/);
  });

  it("is made under a new key each time", async () => {
    const [one, other] = (await Promise.all([sealed([]), sealed([])])).map((bytes) => linesIn(bytes)[0]!);
    const [a, b] = [one, other].map((line) => JSON.parse(line!) as Record<string, unknown>);
    for (const name of ["store", "passphrase", "check"]) expect(a![name]).not.toEqual(b![name]);
  });

  it("asks for the recommended cost where nothing else is said", async () => {
    const [first] = linesIn(await exportCases([], PASSPHRASE, ABOUT));
    expect(first).toContain('"iterations":600000');
  });
});

describe("who has the key", () => {
  it("another passphrase opens nothing, and the same one typed otherwise does", async () => {
    const file = await readCaseFile(await sealed([syntheticCase(1)]));
    await expect(openCaseFile(file, { passphrase: `${PASSPHRASE}x` })).rejects.toThrow(NotOpened);
    await expect(openCaseFile(file, { passphrase: ` ${PASSPHRASE} ` })).resolves.toMatchObject({
      damaged: [],
    });
  });

  it("a store's own key opens its backup, and another's does not", async () => {
    const bytes = newKey();
    const key = await importKey(bytes);
    const store = idOf(7);
    const header = await makeHeader(bytes, PASSPHRASE, { store, created: MADE, iterations: ITERATIONS });
    const { content, ...facts } = syntheticCase(1);
    const record = { ...facts, schema: 1 };
    const data = await seal(key, JSON.stringify(content), boundTo(store, record));
    const file = await readCaseFile(
      await writeCaseFile(header, [{ ...record, ...data }], { kind: "backup", ...ABOUT }),
    );
    expect((await openCaseFile(file, { key })).cases).toEqual([{ ...facts, content }]);
    const other = await importKey(newKey());
    await expect(openCaseFile(file, { key: other })).rejects.toThrow(NotOpened);
  });
});

/** A backup as the program makes one: the store's own header, and its records as they lie in it. */
async function backupOf(
  cases: readonly ImportedCase[],
): Promise<{ bytes: Bytes; originals: ImportedCase[] }> {
  const bytes = newKey();
  const header = await makeHeader(bytes, PASSPHRASE, {
    ...{ store: idOf(0xabc), created: MADE, iterations: ITERATIONS },
  });
  const key = await provenKey(header, bytes);
  const storage = new MemoryStorage();
  const store = await CaseStore.open({ storage, store: header.store, key, clock: () => MADE });
  await store.change(
    "create",
    cases.map(({ id, content }, n) => ({ id, content, deletedAt: n % 8 === 7 ? MADE : 0 })),
  );
  // Some were changed since: the store's numbers are not the order of the file.
  await store.change(
    "edit",
    cases
      .slice(2, 5)
      .map(({ id, content }) => ({ id, content: { ...content, note: "changed" }, deletedAt: 0 })),
  );
  const records = await store.stored();
  const read = await store.readMany(records.map(({ id }) => id));
  return {
    bytes: await writeCaseFile(header, records, { kind: "backup", ...ABOUT }),
    originals: read.map(({ schema: _schema, ...each }) => each),
  };
}

const COUNT = 40;
const MANY = range(COUNT).map((n) => syntheticCase(n, { note: `synthetic ${"note ".repeat(n % 5)}` }));
describe.each([
  {
    ...{ kind: "export", flips: 1000 },
    make: async (cases: ImportedCase[]) => ({ bytes: await sealed(cases), originals: cases }),
  },
  { ...{ kind: "backup", flips: 300 }, make: backupOf },
])("one damaged byte of a file ($kind, $flips times)", ({ kind, flips, make }) => {
  let originals: ImportedCase[];
  let bytes: Bytes;
  /** where each line begins */
  let starts: number[];

  beforeAll(async () => {
    ({ bytes, originals } = await make(MANY));
    starts = startsOf(bytes);
  });

  it("is none before it is damaged", async () => {
    expect(await readCaseFile(bytes)).toMatchObject({ kind, stated: COUNT });
    expect(await opened(bytes)).toEqual({ cases: originals, damaged: [] });
  });

  const startsOf = (of: Bytes): number[] => {
    const found = [0];
    of.forEach((byte, at) => byte === 0x0a && at + 1 < of.length && found.push(at + 1));
    return found;
  };
  const lineAt = (at: number, of = starts): number => of.findLastIndex((start) => start <= at) + 1;
  const flipped = (of: Bytes, at: number, to: number): Bytes => {
    const copy = of.slice();
    copy[at] = to;
    return copy;
  };

  it("costs the record it is in and no other, is always found, and is named, at random places", async () => {
    const random = xoroshiro128plus(SEED);
    const below = (most: number): number => (random.next() >>> 0) % most;
    const seen = { header: 0, record: 0, end: 0, break: 0 };
    for (let i = 0; i < flips; i++) {
      // Every tenth becomes a line break, or was one.
      const breaks = [...starts.slice(1).map((start) => start - 1), bytes.length - 1];
      const at = i % 20 === 0 ? breaks[below(breaks.length)]! : below(bytes.length);
      const old = bytes[at]!;
      const to = i % 20 === 10 && old !== 0x0a ? 0x0a : old ^ (1 + below(255));
      const where = `byte ${at} from ${old} to ${to}`;
      const line = lineAt(at);
      const { cases, damaged } = await opened(flipped(bytes, at, to));

      expect(damaged.length, where).toBeGreaterThan(0);
      expect(
        damaged.map((each) => each.line),
        where,
      ).toContain(line);
      const isBreak = old === 0x0a;
      const inRecord = line > 1 && line < starts.length && !isBreak;
      seen[isBreak ? "break" : inRecord ? "record" : line === 1 ? "header" : "end"]++;
      const lost = inRecord ? originals[line - 2]!.id : null;
      expect(cases, where).toEqual(originals.filter(({ id }) => id !== lost));
      // The id is the first thing in a record: it is named unless it is what was hit.
      if (inRecord && at - starts[line - 1]! > 44) {
        expect(damaged.find((each) => each.line === line)!.id, where).toBe(lost);
      }
      for (const each of damaged) expect(damageWords(each)).toMatch(/^Line \d+: .+\.$/);
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThanOrEqual(flips / 100);
  });

  it("is found at every place of a small file, also where it becomes a line break", async () => {
    const { bytes: small } = await make(MANY.slice(0, 1));
    const smallStarts = startsOf(small);
    const whole = await readCaseFile(small);
    for (const at of small.keys()) {
      for (const to of [small[at]! ^ 1, 0x0a].filter((byte) => byte !== small[at])) {
        const { records, damaged } = await readCaseFile(flipped(small, at, to));
        const line = lineAt(at, smallStarts);
        const lost = small[at] === 0x0a ? -1 : line - 2;
        const expected = whole.records.filter((_, i) => i !== lost);
        if (damaged.length === 0 || JSON.stringify(records) !== JSON.stringify(expected)) {
          expect.fail(`byte ${at} from ${small[at]!} to ${to}`);
        }
      }
    }
  });

  it("in a file that ends early as well: both are said", async () => {
    const cut = flipped(bytes.slice(0, starts.at(-1)), starts[3]! + 100, 0x00);
    const file = await readCaseFile(cut);
    expect(file.truncated).toBe(true);
    expect(file.damaged).toEqual([{ line: 4, id: originals[2]!.id, reason: "bytes", field: null }]);
    expect(file.records).toHaveLength(COUNT - 1);
  });
});

describe("a file that ends early", () => {
  it("is told from a damaged one wherever it ends, and gives every record that is whole", async () => {
    const bytes = await sealed(range(3).map((n) => syntheticCase(n)));
    const lines = linesIn(bytes);
    const lengths = lines.map((_, i) => bytesOfText(lines.slice(0, i + 1).join("\n")).length);
    for (const length of bytes.keys()) {
      const cut = bytes.slice(0, length);
      if (length < lengths[0]!) {
        expect(await troubleOf(() => readCaseFile(cut))).toEqual({
          code: length === 0 ? "empty" : "cut-short",
        });
        continue;
      }
      const { truncated, records, damaged } = await readCaseFile(cut);
      const whole = lengths.filter((end) => end <= length).length - 1;
      expect(truncated, String(length)).toBe(true);
      expect(records, String(length)).toHaveLength(Math.min(whole, 3));
      const reasons = new Set(damaged.map(({ reason }) => reason));
      expect(
        [...reasons].filter((reason) => reason !== "cut"),
        String(length),
      ).toEqual([]);
    }
  });
});

describe("a large file", () => {
  it("is written and read in parts, and whole", async () => {
    const cases = range(450).map((n) => syntheticCase(n));
    expect(await opened(await sealed(cases))).toEqual({ cases, damaged: [] });
  });

  it("lets the page breathe between the parts", async () => {
    let answered = false;
    setTimeout(() => (answered = true));
    const seen = await inChunks(range(450), () => answered);
    expect([seen.at(0), seen.at(-1)]).toEqual([false, true]);
  });
});

describe("the depth of JSON from outside is measured outside its strings", () => {
  const opening = "[".repeat(DEEPEST + 1);
  it.each([
    ["brackets in a string", JSON.stringify([opening])],
    ["after a quotation mark in a string", JSON.stringify([`"${opening}`])],
    ["after a backslash and a quotation mark", JSON.stringify([`\\"${opening}`])],
    ["as deep as may be", `${"[".repeat(DEEPEST)}${"]".repeat(DEEPEST)}`],
  ])("%s", (_what, text) => {
    expect(parseOutside(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ["after a string that ends with a backslash", `["\\\\",${opening}`],
    ["in a text that ends early", opening],
    ["wide before it is deep", `{"a":[1,2],"b":${opening}`],
  ])("%s", (_what, text) => {
    expect(() => parseOutside(text)).toThrow(TooDeep);
  });

  it("a string that never ends is no JSON", () => {
    expect(() => parseOutside(`["${opening}`)).toThrow(ContentError);
  });
});
