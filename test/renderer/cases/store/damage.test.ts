// @vitest-environment node
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Rig } from "../../../support/cases.ts";
import {
  caseOf,
  CASES_SEED,
  changeTo,
  dumpOf,
  FEW,
  flipped,
  getRaw,
  idOf,
  newDatabaseName,
  openRaw,
  putRaw,
  reopened,
  rigOver,
} from "../../../support/cases.ts";
import { CONTENT_VERSION } from "../../../../src-renderer/cases/content.ts";
import type { Change } from "../../../../src-renderer/cases/store/change.ts";
import { boundTo, newKey, randomBytes, seal } from "../../../../src-renderer/cases/store/crypto.ts";
import { DatabaseStorage } from "../../../../src-renderer/cases/store/database.ts";
import type { StoredHeader } from "../../../../src-renderer/cases/store/header.ts";
import { makeHeader } from "../../../../src-renderer/cases/store/header.ts";
import type { StoredRecord } from "../../../../src-renderer/cases/store/record.ts";
import type { StoredIndex, UndoEntry } from "../../../../src-renderer/cases/store/storage.ts";
import { HeaderDamaged } from "../../../../src-renderer/cases/store/storage.ts";
import type { DamagedCase } from "../../../../src-renderer/cases/store/store.ts";
import { CaseDamaged, CaseGone } from "../../../../src-renderer/cases/store/store.ts";

// A thousand damaged records: room for a slow machine.
vi.setConfig({ testTimeout: 120_000 });

const COUNT = 5;
const IDS = Array.from({ length: COUNT }, (_, n) => idOf(n + 1));
const labelOf = (id: string): string => `synthetic ${IDS.indexOf(id) + 1}`;
const FIELDS = ["id", "revision", "changedAt", "deletedAt", "schema", "iv", "data"] as const;

const flips = (count: number): { field: (typeof FIELDS)[number]; which: number; bit: number }[] =>
  fc.sample(
    fc.record({ field: fc.constantFrom(...FIELDS), which: fc.nat(COUNT - 1), bit: fc.nat(100_000) }),
    { seed: CASES_SEED, numRuns: count },
  );

let name: string;
let db: DatabaseStorage;
let raw: IDBDatabase;
let rig: Rig;

beforeEach(async () => {
  name = newDatabaseName();
  db = await DatabaseStorage.open(name);
  rig = await rigOver(db);
  const contents = IDS.map((id) => caseOf(labelOf(id), { note: `note of ${id}` }));
  await rig.store.change(
    "create",
    IDS.map((id, i) => changeTo(id, contents[i]!, i === 2 ? rig.clock.now : 0)),
  );
  raw = await openRaw(name);
});
afterEach(() => {
  raw.close();
  db.close();
});

const recordOf = (id: string): Promise<StoredRecord> => getRaw(raw, "records", id);
const metaOf = async <T>(which: string): Promise<T> => (await getRaw<{ value: T }>(raw, "meta", which)).value;
const putMeta = (which: string, value: unknown): Promise<void> => putRaw(raw, "meta", { name: which, value });

const damageOf = async (reading: Promise<unknown>): Promise<DamagedCase> => {
  const error: unknown = await reading.then(
    () => new Error("it was read"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CaseDamaged)) throw error;
  expect(error.message).toContain(error.damage.id);
  return error.damage;
};

const tampered = (id: string, label: string | null = labelOf(id)): DamagedCase => ({
  ...{ id, label },
  reason: "tampered",
  field: null,
});

describe("a stored record with one bit the other way", () => {
  it("is refused by name, and every other one opens: 1,000 times at random", async () => {
    await rig.store.saveIndex();
    const tried = new Set<string>();
    for (const { field, which, bit } of flips(1000)) {
      const id = IDS[which]!;
      const facts = `${field} of ${which}, bit ${bit}`;
      const whole = await recordOf(id);
      const damaged = { ...whole, [field]: flipped(whole[field], bit) };
      await putRaw(raw, "records", damaged, id);
      tried.add(field);
      const { store } = rig;

      // Under another name it is a record that nobody knows, and the one that it was is gone.
      const label = field === "id" ? null : labelOf(id);
      if (field === "id") await expect(store.read(id), facts).rejects.toThrow(CaseGone);
      expect(await damageOf(store.read(damaged.id)), facts).toEqual(tampered(damaged.id, label));
      const others = IDS.filter((each) => each !== id);
      const read = await store.readMany(others);
      expect(
        read.map(({ content }) => content.label),
        facts,
      ).toEqual(others.map(labelOf));
      expect(await store.verify(), facts).toEqual([tampered(damaged.id, label)]);
      expect([...store.cases.keys()].sort(), facts).toEqual(field === "id" ? IDS : others);

      // The next start finds it, too, where it looks: with the list as it was stored before.
      if (bit % 5 === 0) {
        const next = await reopened(rig);
        expect(await next.verify(), facts).toEqual([tampered(damaged.id, label)]);
        expect((await next.readMany(others)).length, facts).toBe(others.length);
      }

      await putRaw(raw, "records", whole, damaged.id);
      expect(await store.verify(), facts).toEqual([]);
    }
    expect([...tried].sort()).toEqual([...FIELDS].sort());
    expect((await rig.store.readMany(IDS)).map(({ content }) => content.label)).toEqual(IDS.map(labelOf));
  });

  it("is found without a list at the start, and nothing of it is written over or away", async () => {
    for (const { field, which, bit } of flips(60)) {
      const id = IDS[which]!;
      const whole = await recordOf(id);
      const damaged = { ...whole, [field]: flipped(whole[field], bit) };
      await putRaw(raw, "records", damaged, id);
      const store = await reopened(rig);
      expect([...store.damaged.values()]).toEqual([tampered(damaged.id, null)]);
      expect([...store.cases.keys()].sort()).toEqual(IDS.filter((each) => each !== id));
      expect(await recordOf(damaged.id)).toEqual(damaged);
      await putRaw(raw, "records", whole, damaged.id);
    }
  });

  it("keeps its name and its place through restarts, and heals with its bytes", async () => {
    const whole = await recordOf(IDS[0]!);
    await rig.store.saveIndex();
    await putRaw(raw, "records", { ...whole, data: flipped(whole.data, 9) });
    expect(await rig.store.verify()).toEqual([tampered(IDS[0]!)]);
    // The list is written without it; it must not be out of sight for that.
    await rig.store.change("create", [changeTo(idOf(20), caseOf("another"))]);
    await rig.store.saveIndex();
    for (let start = 0; start < 2; start++) {
      rig.store = await reopened(rig);
      expect([...rig.store.damaged.values()]).toEqual([tampered(IDS[0]!)]);
      expect(rig.store.cases.has(IDS[0]!)).toBe(false);
      expect(rig.store.cases.size).toBe(COUNT);
      await rig.store.saveIndex();
    }
    await putRaw(raw, "records", whole);
    const healed = await reopened(rig);
    expect(healed.damaged.size).toBe(0);
    expect(healed.cases.get(IDS[0]!)).toMatchObject({ label: "synthetic 1" });
  });

  it("is named in the list that is saved after it was found", async () => {
    await rig.store.saveIndex();
    const whole = await recordOf(IDS[0]!);
    await putRaw(raw, "records", { ...whole, data: flipped(whole.data, 9) });
    await rig.store.verify();
    await rig.store.saveIndex();
    expect([...(await reopened(rig)).damaged.values()]).toEqual([tampered(IDS[0]!)]);
  });

  it("is never taken for another that was removed: the numbers of records are the same", async () => {
    await rig.store.saveIndex();
    const whole = await recordOf(IDS[4]!);
    await rig.store.change("replace", [changeTo(IDS[0]!, null)]);
    await putRaw(raw, "records", { ...whole, id: idOf(30) });
    const store = await reopened(rig);
    expect([...store.cases.keys()].sort()).toEqual(IDS.slice(1));
    expect([...store.damaged.values()]).toEqual([tampered(idOf(30), null)]);
  });
});

describe("a record that is not where it belongs", () => {
  it("copied under another id does not open there", async () => {
    const whole = await recordOf(IDS[0]!);
    await putRaw(raw, "records", { ...whole, id: idOf(40) });
    expect(await rig.store.verify()).toEqual([tampered(idOf(40), null)]);
    expect((await rig.store.readMany(IDS)).length).toBe(COUNT);
  });

  it("swapped with another, in all or in its payload, opens as neither", async () => {
    const [a, b] = [await recordOf(IDS[0]!), await recordOf(IDS[1]!)];
    const swaps: [StoredRecord, StoredRecord][] = [
      [
        { ...b, id: a.id },
        { ...a, id: b.id },
      ],
      [
        { ...a, iv: b.iv, data: b.data },
        { ...b, iv: a.iv, data: a.data },
      ],
    ];
    for (const [first, second] of swaps) {
      await putRaw(raw, "records", first);
      await putRaw(raw, "records", second);
      expect(await damageOf(rig.store.read(a.id))).toEqual(tampered(a.id));
      expect(await damageOf(rig.store.read(b.id))).toEqual(tampered(b.id));
      expect((await rig.store.readMany(IDS.slice(2))).length).toBe(COUNT - 2);
      await putRaw(raw, "records", a);
      await putRaw(raw, "records", b);
    }
    expect((await rig.store.readMany(IDS)).length).toBe(COUNT);
  });

  it("of another store with the same key does not open here", async () => {
    const { iv: _iv, data: _data, ...facts } = await recordOf(IDS[0]!);
    const sealed = await seal(rig.key, JSON.stringify(caseOf("another store's")), boundTo(idOf(99), facts));
    await putRaw(raw, "records", { ...facts, ...sealed });
    expect(await damageOf(rig.store.read(IDS[0]!))).toEqual(tampered(IDS[0]!));
  });

  it("with a part missing or of another kind is damaged like any other", async () => {
    const whole = await recordOf(IDS[0]!);
    const { data: _, ...without } = whole;
    for (const broken of [
      without,
      { ...whole, iv: null },
      { ...whole, data: "text" },
      { ...whole, iv: new Uint8Array(0) },
      { ...whole, data: new Uint8Array(3) },
      { ...whole, revision: Number.NaN },
    ]) {
      await putRaw(raw, "records", broken);
      expect(await damageOf(rig.store.read(IDS[0]!))).toEqual(tampered(IDS[0]!));
      expect([...(await reopened(rig)).damaged.keys()]).toEqual([IDS[0]]);
    }
  });
});

describe("a record whose payload is none of ours", () => {
  const put = async (text: string, schema: number): Promise<StoredRecord> => {
    const { iv: _iv, data: _data, ...facts } = await recordOf(IDS[0]!);
    const other = { ...facts, schema };
    const record = { ...other, ...(await seal(rig.key, text, boundTo(rig.id, other))) };
    await putRaw(raw, "records", record);
    return record;
  };

  it.each([
    ["newer", JSON.stringify({ label: "of tomorrow" }), CONTENT_VERSION + 1, null],
    ["not-json", "{", CONTENT_VERSION, null],
    ["hostile", '{"__proto__":{}}', CONTENT_VERSION, "__proto__"],
    ["shape", JSON.stringify({ ...caseOf("synthetic"), extra: 1 }), CONTENT_VERSION, "extra"],
    ["shape", JSON.stringify(caseOf("synthetic")), 0, null],
  ] as const)("is refused as %s, and stays as it is", async (reason, text, schema, field) => {
    const record = await put(text, schema);
    const expected = { id: IDS[0]!, reason, label: "synthetic 1", field };
    expect(await damageOf(rig.store.read(IDS[0]!))).toEqual(expected);
    expect(await rig.store.verify()).toEqual([expected]);
    expect((await rig.store.readMany(IDS.slice(1))).length).toBe(COUNT - 1);
    expect(await recordOf(IDS[0]!)).toEqual(record);
  });

  it("of a newer program is not written over, whatever is done with the cases", async () => {
    const record = await put(JSON.stringify({ label: "of tomorrow" }), CONTENT_VERSION + 1);
    const store = await reopened(rig);
    const attempts: [Change[], "edit" | "import" | "replace"][] = [
      [[changeTo(IDS[0]!, caseOf("mine"))], "edit"],
      [[changeTo(IDS[1]!, caseOf("x")), changeTo(IDS[0]!, caseOf("mine"))], "import"],
      [IDS.map((id) => changeTo(id, null)), "replace"],
    ];
    const before = await dumpOf(name);
    for (const [changes, kind] of attempts) {
      expect(await damageOf(store.change(kind, changes))).toMatchObject({ id: IDS[0], reason: "newer" });
    }
    expect(await dumpOf(name)).toEqual(before);
    await store.change("edit", [changeTo(IDS[1]!, caseOf("mine"))]);
    await store.saveIndex();
    await store.undo();
    expect(await recordOf(IDS[0]!)).toEqual(record);
    // Nor is it forgotten by the list.
    expect([...(await reopened(rig)).damaged.values()]).toMatchObject([{ id: IDS[0], reason: "newer" }]);
    // Only removed for good on purpose.
    await store.purge([IDS[0]!]);
    expect(await recordOf(IDS[0]!)).toBeUndefined();
  });
});

describe("a damaged case that is restored over", () => {
  it("can be written over from elsewhere, and undo puts the damaged bytes back as they were", async () => {
    const whole = await recordOf(IDS[0]!);
    const damaged = { ...whole, data: flipped(whole.data, 1) };
    await putRaw(raw, "records", damaged);
    await rig.store.verify();
    await rig.store.change("replace", [
      changeTo(IDS[0]!, caseOf("from a backup")),
      changeTo(IDS[1]!, caseOf("this one, too")),
      ...IDS.slice(2).map((id) => changeTo(id, null)),
    ]);
    expect(rig.store.damaged.size).toBe(0);
    expect((await rig.store.read(IDS[0]!)).content.label).toBe("from a backup");
    expect((await rig.store.undo())?.sort()).toEqual(IDS);
    expect(await recordOf(IDS[0]!)).toEqual(damaged);
    expect([...rig.store.damaged.keys()]).toEqual([IDS[0]]);
    const others = IDS.slice(1);
    expect((await rig.store.readMany(others)).map(({ content }) => content.label)).toEqual(
      others.map(labelOf),
    );
    // And the change before that one can be taken back as well.
    await rig.store.saveIndex();
    const next = await reopened(rig);
    expect([...next.damaged.keys()]).toEqual([IDS[0]]);
    expect((await next.undo())?.sort()).toEqual(IDS);
    expect([next.cases.size, next.damaged.size]).toEqual([0, 0]);
  });
});

describe("the stored list", () => {
  it("with any bit the other way is made anew, and nothing is lost", async () => {
    await rig.store.saveIndex();
    const whole = await metaOf<StoredIndex>("index");
    const expected = new Map(rig.store.cases);
    for (const { which, bit } of flips(200)) {
      const field = (["revision", "iv", "data"] as const)[which % 3]!;
      await putMeta("index", { ...whole, [field]: flipped(whole[field], bit) });
      const store = await reopened(rig);
      expect(new Map(store.cases), field).toEqual(expected);
      expect(store.damaged.size).toBe(0);
      expect((await store.readMany(IDS)).length).toBe(COUNT);
    }
    for (const none of [null, {}, 7, { ...whole, data: null }]) {
      await putMeta("index", none);
      expect(new Map((await reopened(rig)).cases)).toEqual(expected);
    }
  });

  it("is written where it has changed, and only there", async () => {
    const writeIndex = vi.spyOn(db, "writeIndex");
    await rig.store.saveIndex();
    await rig.store.saveIndex();
    expect(writeIndex).toHaveBeenCalledTimes(1);
    await (await reopened(rig)).saveIndex();
    expect(writeIndex).toHaveBeenCalledTimes(1);
    await rig.store.change("edit", [changeTo(IDS[0]!, caseOf("changed"))]);
    await (await reopened(rig)).saveIndex();
    expect(writeIndex).toHaveBeenCalledTimes(2);
    expect((await metaOf<StoredIndex>("index")).revision).toBe(COUNT + 1);
  });

  it("is the store's own: another one's is not read", async () => {
    await rig.store.saveIndex();
    const whole = await metaOf<StoredIndex>("index");
    const others = await seal(
      rig.key,
      JSON.stringify({ cases: [], damaged: [] }),
      `hg-nen list 1\n${idOf(99)}\n5`,
    );
    await putMeta("index", { ...others, revision: whole.revision });
    expect((await reopened(rig)).cases.size).toBe(COUNT);
  });

  it("is not believed where the count of changes was damaged: what is changed afterwards would be hidden", async () => {
    await rig.store.saveIndex();
    for (const wrong of [0, 2]) {
      await putMeta("counter", wrong);
      const store = await reopened(rig);
      await store.change("edit", [changeTo(IDS[0]!, caseOf("changed"))]);
      await store.change("create", [changeTo(idOf(50 + wrong), caseOf("new"))]);
      const next = await reopened(rig);
      expect(next.cases.get(IDS[0]!)).toMatchObject({ label: "changed" });
      expect(next.cases.get(idOf(50 + wrong))).toMatchObject({ label: "new" });
      await next.saveIndex();
      const last = await reopened(rig);
      expect(new Map(last.cases)).toEqual(new Map(next.cases));
      expect(await last.verify()).toEqual([]);
    }
  });

  it("a count that was damaged upwards costs nothing", async () => {
    await rig.store.saveIndex();
    await putMeta("counter", 2 ** 40);
    const store = await reopened(rig);
    expect(store.cases.size).toBe(COUNT);
    await store.change("edit", [changeTo(IDS[0]!, caseOf("changed"))]);
    expect((await reopened(rig)).cases.get(IDS[0]!)).toMatchObject({
      label: "changed",
      revision: 2 ** 40 + 1,
    });
  });
});

describe("the header", () => {
  const written = async (): Promise<StoredHeader> => {
    const header = await makeHeader(newKey(), "a synthetic passphrase", {
      ...{ store: rig.id, created: rig.clock.now, iterations: FEW },
    });
    await db.writeHeader({ ...header, keychain: randomBytes(40) });
    return metaOf<StoredHeader>("header");
  };

  /** The header with one bit the other way, in any of its values. */
  const damagedCopies = (whole: StoredHeader): [string, StoredHeader][] => {
    const copies: [string, StoredHeader][] = [["sha256", { ...whole, sha256: flipped(whole.sha256, 7) }]];
    const visit = (
      object: Record<string, unknown>,
      path: string,
      copy: (value: object) => StoredHeader,
    ): void => {
      for (const [field, value] of Object.entries(object)) {
        const at = `${path}${field}`;
        const put = (other: unknown): StoredHeader => copy({ ...object, [field]: other });
        if (typeof value === "boolean") copies.push([at, put(!value)]);
        else if (typeof value === "string" || typeof value === "number" || value instanceof Uint8Array) {
          for (const bit of [1, 77]) copies.push([at, put(flipped(value, bit))]);
        } else visit(value as Record<string, unknown>, `${at}.`, put);
      }
    };
    visit(whole.header as unknown as Record<string, unknown>, "", (header) => ({
      ...whole,
      header: header as StoredHeader["header"],
    }));
    return copies;
  };

  it("damaged in one copy is read from the other; in both it is said, and nothing is made anew", async () => {
    const whole = await written();
    const copies = damagedCopies(whole);
    expect(copies.length).toBeGreaterThan(20);
    for (const [field, damaged] of copies) {
      for (const which of ["header", "header-copy"]) {
        await putMeta(which, damaged);
        expect(await db.readHeader(), `${field} of ${which}`).toEqual(whole.header);
        await putMeta(which, whole);
      }
      await putMeta("header", damaged);
      await putMeta("header-copy", damaged);
      await expect(db.readHeader(), field).rejects.toThrow(HeaderDamaged);
      expect(await metaOf("header")).toEqual(damaged);
      await putMeta("header", whole);
      await putMeta("header-copy", whole);
    }
  });

  it("missing beside records is a damaged store, and beside none a new one", async () => {
    await expect(db.readHeader()).rejects.toThrow(HeaderDamaged);
    await putMeta("header", null);
    await expect(db.readHeader()).rejects.toThrow(HeaderDamaged);
    const empty = await DatabaseStorage.open(newDatabaseName());
    expect(await empty.readHeader()).toBeNull();
    empty.close();
  });
});

describe("what can be taken back", () => {
  it("with any bit the other way is refused, and nothing is changed", async () => {
    await rig.store.change("edit", [
      changeTo(IDS[0]!, caseOf("edited")),
      changeTo(IDS[1]!, caseOf("edited")),
      changeTo(idOf(60), caseOf("new")),
    ]);
    const seq = (await db.latestUndo())!.seq!;
    const whole = await getRaw<UndoEntry>(raw, "undo", seq);
    const before = (await dumpOf(name)).stores;
    for (const { field, which, bit } of flips(300)) {
      const copy = structuredClone(whole);
      // Every third time in the names of the entry itself.
      if (bit % 3 === 0) copy.ids[which % 3] = flipped(copy.ids[which % 3]!, bit);
      else
        copy.before[which % 2] = {
          ...copy.before[which % 2]!,
          [field]: flipped(copy.before[which % 2]![field], bit),
        };
      await putRaw(raw, "undo", copy);
      const store = await reopened(rig);
      const list = new Map(store.cases);
      expect(await damageOf(store.undo()), `${field} ${which} ${bit}`).toMatchObject({ reason: "tampered" });
      expect(new Map(store.cases)).toEqual(list);
      const after = (await dumpOf(name)).stores;
      expect(after["undo"]!.rows).toEqual([before["undo"]!.rows[0], copy]);
      expect([after["records"], after["meta"]]).toEqual([before["records"], before["meta"]]);
      // Work goes on beside it.
      expect((await store.read(IDS[0]!)).content.label).toBe("edited");
    }
    await putRaw(raw, "undo", whole);
    const store = await reopened(rig);
    expect(await store.undo()).toEqual([IDS[0], IDS[1], idOf(60)]);
    expect((await store.readMany(IDS)).map(({ content }) => content.label)).toEqual(IDS.map(labelOf));
    expect(store.cases.has(idOf(60))).toBe(false);
  });

  it("with a name that is another case's is refused: that one would go, or come back as this one", async () => {
    await rig.store.change("create", [changeTo(idOf(60), caseOf("new"))]);
    const seq = (await db.latestUndo())!.seq!;
    const whole = await getRaw<UndoEntry>(raw, "undo", seq);
    await putRaw(raw, "undo", { ...whole, before: [await recordOf(IDS[0]!)] });
    const store = await reopened(rig);
    expect(await damageOf(store.undo())).toMatchObject({ id: idOf(60), label: "new" });
    expect(store.cases.size).toBe(COUNT + 1);
  });
});
