// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { RawDatabase } from "../../../support/cases.ts";
import {
  caseOf,
  changeTo,
  dumpOf,
  fromJson,
  idOf,
  newDatabaseName,
  restoreRaw,
} from "../../../support/cases.ts";
// After the support: it looks for a database when it is loaded.
import { Dexie } from "dexie";
import { readContent } from "../../../../src-renderer/cases/content.ts";
import {
  DATABASE,
  DatabaseStorage,
  declareVersions,
  findDatabase,
} from "../../../../src-renderer/cases/store/database.ts";
import { keyByPassphrase, provenKey } from "../../../../src-renderer/cases/store/header.ts";
import { CaseStore } from "../../../../src-renderer/cases/store/store.ts";
import { FIXTURE_BEFORE, FIXTURE_CASES, FIXTURE_PASSPHRASE, FIXTURE_SETTINGS } from "./fixtures/cases.ts";

const fixture = (version: number): RawDatabase =>
  fromJson(
    readFileSync(join(import.meta.dirname, "fixtures", `database-${version}.json`), "utf8"),
  ) as RawDatabase;

/** Today's database, as it is made where there is none. */
async function fresh(): Promise<RawDatabase> {
  const name = newDatabaseName();
  (await DatabaseStorage.open(name)).close();
  return dumpOf(name);
}
const NEWEST = (await fresh()).version / 10;
const VERSIONS = Array.from({ length: NEWEST }, (_, i) => i + 1);

/** Opens a database as the program of that version did, and closes it. */
async function openAs(version: number, name: string): Promise<void> {
  const db = new Dexie(name, { autoOpen: false });
  const notYet = { stores: () => notYet, upgrade: () => notYet };
  declareVersions({ version: (n: number) => (n <= version ? db.version(n) : notYet) } as unknown as Dexie);
  await db.open();
  db.close();
}

const withoutRows = ({ version, stores }: RawDatabase): unknown => ({
  version,
  stores: Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, { ...store, rows: [] }])),
});

/** The store in a database, opened by the fixtures' passphrase. */
async function opened(name: string): Promise<{ store: CaseStore; storage: DatabaseStorage }> {
  const storage = await DatabaseStorage.open(name);
  const header = await storage.readHeader();
  const key = await provenKey(header!, await keyByPassphrase(header!, FIXTURE_PASSPHRASE));
  return { storage, store: await CaseStore.open({ storage, store: header!.store, key }) };
}

const contentsOf = async (store: CaseStore): Promise<unknown> =>
  (await store.readMany(FIXTURE_CASES.map(({ id }) => id))).map(({ id, deletedAt, content }) => ({
    ...{ id, deletedAt, content },
  }));
const EXPECTED = FIXTURE_CASES.map((each) => ({ ...each, content: readContent(each.content, 1) }));

describe("a database of every version that was ever written", () => {
  it("keeps its name: under another every stored case would be out of sight", () => {
    expect(DATABASE).toBe("hg-nen-prognosis");
  });

  it.each(VERSIONS)("version %d is declared as it was", async (version) => {
    const name = newDatabaseName();
    await openAs(version, name);
    expect(withoutRows(await dumpOf(name))).toEqual(withoutRows(fixture(version)));
  });

  it("the newest is what is made where there is none", async () => {
    expect(withoutRows(await fresh())).toEqual(withoutRows(fixture(NEWEST)));
  });

  it.each(
    VERSIONS.flatMap((version) => [
      { version, how: "in one leap" },
      { version, how: "in order" },
    ]),
  )("version $version is opened $how, with every case, and work goes on", async ({ version, how }) => {
    const name = newDatabaseName();
    const was = fixture(version);
    await restoreRaw(name, was);
    expect(withoutRows(await dumpOf(name))).toEqual(withoutRows(was));
    expect(await findDatabase(name)).toBe("ours");
    if (how === "in order") {
      for (let next = version + 1; next <= NEWEST; next++) await openAs(next, name);
    }
    const { store, storage } = await opened(name);
    expect(store.damaged.size).toBe(0);
    expect(store.cases.size).toBe(FIXTURE_CASES.length);
    expect(await contentsOf(store)).toEqual(EXPECTED);
    expect(await store.verify()).toEqual([]);
    expect(await storage.readSettings()).toEqual(FIXTURE_SETTINGS);
    expect(await storage.readCounter()).toBe(5);
    // Nothing that was stored is another.
    const now = await dumpOf(name);
    for (const [table, { rows }] of Object.entries(was.stores)) expect(now.stores[table]!.rows).toEqual(rows);

    await store.change("create", [changeTo(idOf(9), caseOf("new"))]);
    await store.change("edit", [changeTo(FIXTURE_CASES[0]!.id, caseOf("edited"))]);
    expect(await store.undo()).toEqual([FIXTURE_CASES[0]!.id]);
    expect(await store.undo()).toEqual([idOf(9)]);
    expect(await contentsOf(store)).toEqual(EXPECTED);
    storage.close();

    // What was there to be taken back still is; before version 2 there was no such thing.
    const later = await opened(name);
    const expected = version === 1 ? null : { kind: "edit", count: 1, label: "Synthetic C, edited" };
    expect(later.store.undoable).toEqual(expected);
    if (expected) {
      await later.store.undo();
      const { content } = await later.store.read(FIXTURE_CASES[2]!.id);
      expect(content).toEqual(readContent(FIXTURE_BEFORE, 1));
    }
    expect((await dumpOf(name)).version).toBe(NEWEST * 10);
    later.storage.close();
  });
});

describe("looking for a database", () => {
  const names = async (): Promise<(string | undefined)[]> =>
    (await indexedDB.databases()).map(({ name }) => name);

  it.each([NEWEST * 10 + 1, (NEWEST + 1) * 10, 30_000])(
    "one of version %d is newer, and is not touched",
    async (version) => {
      const name = newDatabaseName();
      const future = { keyPath: "id", autoIncrement: false, indexes: [], rows: [{ id: 1, of: "tomorrow" }] };
      await restoreRaw(name, { version, stores: { ...fixture(NEWEST).stores, future } });
      const before = await dumpOf(name);
      expect(before.version).toBe(version);
      expect(await findDatabase(name)).toBe("newer");
      expect(await findDatabase(name)).toBe("newer");
      expect(await dumpOf(name)).toEqual(before);
    },
  );

  it.each(VERSIONS)("one of version %d is ours, and is not touched by looking", async (version) => {
    const name = newDatabaseName();
    await restoreRaw(name, fixture(version));
    const before = await dumpOf(name);
    expect(await findDatabase(name)).toBe("ours");
    expect(await dumpOf(name)).toEqual(before);
  });

  it("where there is none, there is none afterwards", async () => {
    const name = newDatabaseName();
    expect(await findDatabase(name)).toBe("absent");
    expect(await names()).not.toContain(name);
    expect(await findDatabase(name)).toBe("absent");
    (await DatabaseStorage.open(name)).close();
    expect(await names()).toContain(name);
    expect(await findDatabase(name)).toBe("ours");
  });

  it("one that is in use is found, and its use is not disturbed", async () => {
    const name = newDatabaseName();
    const onlost = vi.fn();
    const storage = await DatabaseStorage.open(name, onlost);
    expect(await findDatabase(name)).toBe("ours");
    expect(await storage.count()).toBe(0);
    expect(onlost).not.toHaveBeenCalled();
    storage.close();
  });

  it("a browser that gives no storage is told with its own reason", async () => {
    const error = new DOMException("not in this mode", "SecurityError");
    const refusing = {
      open: () => {
        const asked = { error, onerror: null as (() => void) | null };
        queueMicrotask(() => asked.onerror?.());
        return asked;
      },
    } as unknown as IDBFactory;
    await expect(findDatabase("any", refusing)).rejects.toBe(error);
    const throwing = {
      open: () => {
        throw error;
      },
    } as unknown as IDBFactory;
    await expect(findDatabase("any", throwing)).rejects.toBe(error);
  });
});
