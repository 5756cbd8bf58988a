// @vitest-environment node
import { describe, expect, it, vi } from "vitest";
import type { Rig } from "../../../support/cases.ts";
import {
  caseOf,
  changeTo,
  dumpOf,
  idOf,
  newDatabaseName,
  openRaw,
  reopened,
  rigOver,
} from "../../../support/cases.ts";
import { forceCloseDatabase } from "fake-indexeddb";
import { DatabaseStorage, findDatabase } from "../../../../src-renderer/cases/store/database.ts";
import { MemoryStorage } from "../../../../src-renderer/cases/store/memory.ts";
import type { Batch, Storage } from "../../../../src-renderer/cases/store/storage.ts";
import { WrittenElsewhere } from "../../../../src-renderer/cases/store/storage.ts";

vi.setConfig({ testTimeout: 60_000 });

const [A, B, C, D] = [idOf(1), idOf(2), idOf(3), idOf(4)];

/** Three cases, one of them in the bin, and three changes that can be taken back. */
async function filled(storage: Storage): Promise<Rig> {
  const rig = await rigOver(storage);
  await rig.store.change("create", [
    changeTo(A, caseOf("A")),
    changeTo(B, caseOf("B")),
    changeTo(C, caseOf("C")),
  ]);
  await rig.store.change("delete", [changeTo(C, caseOf("C"), rig.clock.now)]);
  await rig.store.change("edit", [changeTo(A, caseOf("A1")), changeTo(B, caseOf("B1"))]);
  await rig.store.saveIndex();
  return rig;
}

/** Every way in which a store is written to. */
const CHANGES: [string, (rig: Rig) => Promise<unknown>][] = [
  ["create", ({ store }) => store.change("create", [changeTo(D, caseOf("D"))])],
  ["edit", ({ store }) => store.change("edit", [changeTo(A, caseOf("A2"))], { group: "g" })],
  ["a quiet edit", ({ store }) => store.change("edit", [changeTo(A, caseOf("A2"))], { quiet: true })],
  ["delete", ({ store, clock }) => store.change("delete", [changeTo(A, caseOf("A1"), clock.now)])],
  [
    "replace",
    ({ store }) =>
      store.change("replace", [changeTo(A, caseOf("A2")), changeTo(B, null), changeTo(D, caseOf("D"))]),
  ],
  ["undo", ({ store }) => store.undo()],
  ["purge", ({ store }) => store.purge([B, C])],
];

/** As a browser ends a transaction for a reason of its own. */
function endTransaction(transaction: IDBTransaction, reason: string): void {
  (transaction as unknown as { _abort: (name: string) => void })._abort(reason);
}

interface State {
  cases: unknown;
  undoable: unknown;
  contents: unknown;
}
const stateOf = async ({ store }: Rig): Promise<State> => ({
  cases: structuredClone(new Map(store.cases)),
  undoable: store.undoable,
  contents: await store.readMany([...store.cases.keys()].sort()),
});

describe.each(CHANGES)("%s that fails", (_name, change) => {
  it.each(["QuotaExceededError", "AbortError"])(
    "with %s has changed nothing, and the next one works",
    async (name) => {
      const storage = new MemoryStorage();
      const rig = await filled(storage);
      const before = await stateOf(rig);
      const kept = { records: await storage.get([A, B, C, D]), undo: await storage.latestUndo() };
      const commit = vi
        .spyOn(storage, "commit")
        .mockImplementationOnce(() => Promise.reject(new DOMException("refused", name)));
      await expect(change(rig)).rejects.toMatchObject({ name });
      expect(await stateOf(rig)).toEqual(before);
      expect({ records: await storage.get([A, B, C, D]), undo: await storage.latestUndo() }).toEqual(kept);
      await change(rig);
      expect(commit).toHaveBeenCalledTimes(2);
      expect(await stateOf(rig)).not.toEqual(before);
      expect(commit.mock.calls[1]![0].before).toBe(commit.mock.calls[0]![0].before);
      expect((await stateOf({ ...rig, store: await reopened(rig) })).contents).toEqual(
        (await stateOf(rig)).contents,
      );
    },
  );

  it.each([
    "the request is refused",
    // As browsers do it: the transaction ends by itself, and with it every request that is under way.
    "the transaction ends",
    "the transaction ends once that was done",
  ])("because the disk is full and %s, at any step within it, has changed nothing", async (how) => {
    const name = newDatabaseName();
    const storage = await DatabaseStorage.open(name);
    const rig = await filled(storage);
    const before = { state: await stateOf(rig), disk: await dumpOf(name) };
    const methods = ["put", "add", "delete", "clear"] as const;
    let steps = 0;
    /** The step that fails; one after the other, until a change has none left. */
    for (let failing = 1; ; failing++) {
      steps = 0;
      const spies = methods.map((method) => {
        const original = Reflect.get(IDBObjectStore.prototype, method) as (...args: unknown[]) => IDBRequest;
        return vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
          this: IDBObjectStore,
          ...args: unknown[]
        ) {
          const fails = ++steps === failing;
          if (fails && how === "the request is refused") throw new DOMException("full", "QuotaExceededError");
          const request = original.apply(this, args);
          const end = (): void => endTransaction(this.transaction, "QuotaExceededError");
          if (fails && how === "the transaction ends") end();
          if (fails && how === "the transaction ends once that was done") {
            request.addEventListener("success", end);
          }
          return request as IDBRequest<undefined> & IDBRequest<IDBValidKey>;
        });
      });
      const done = await change(rig).then(
        () => null,
        (reason: unknown) => reason,
      );
      for (const spy of spies) spy.mockRestore();
      if (steps < failing) {
        expect(done).toBeNull();
        break;
      }
      expect(done).toMatchObject({ name: "QuotaExceededError" });
      expect(await stateOf(rig)).toEqual(before.state);
      expect(await dumpOf(name)).toEqual(before.disk);
    }
    expect(steps).toBeGreaterThan(1);
    // The last round was not disturbed: it is done, and stays.
    const after = await stateOf(rig);
    expect(after).not.toEqual(before.state);
    expect(await stateOf({ ...rig, store: await reopened(rig) })).toEqual(after);
    storage.close();
  });
});

describe("a change that is durable", () => {
  it("is not said to have failed because what it was cannot be read afterwards", async () => {
    const storage = new MemoryStorage();
    const rig = await filled(storage);
    vi.spyOn(storage, "latestUndo").mockImplementationOnce(() => Promise.reject(new Error("not read")));
    await rig.store.change("create", [changeTo(D, caseOf("D"))]);
    expect(rig.store.cases.has(D)).toBe(true);
    expect(rig.store.undoable).toBeNull();
    await rig.store.change("edit", [changeTo(D, caseOf("D1"))]);
    expect(rig.store.undoable).toMatchObject({ kind: "edit" });
  });

  it("is asked to be on the disk before it counts as done", async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    const storage = await DatabaseStorage.open(newDatabaseName());
    const rig = await filled(storage);
    await rig.store.undo();
    await rig.store.purge([A]);
    await storage.writeSettings({
      idleMinutes: 15,
      lockAsks: false,
      lastSeen: rig.clock.now,
      dueSince: null,
      lastBackupFile: null,
    });
    const writing = transaction.mock.calls.filter(([, mode]) => mode === "readwrite");
    expect(writing.length).toBeGreaterThan(5);
    for (const call of writing) expect(call[2]).toEqual({ durability: "strict" });
    transaction.mockRestore();
    storage.close();
  });

  it("comes with the list in one where something is removed for good", async () => {
    const storage = new MemoryStorage();
    const rig = await filled(storage);
    const batches: Batch[] = [];
    const commit = storage.commit.bind(storage);
    vi.spyOn(storage, "commit").mockImplementation((batch) => {
      batches.push(batch);
      return commit(batch);
    });
    const writeIndex = vi.spyOn(storage, "writeIndex");
    await rig.store.purge([C]);
    expect(batches[0]!.index?.revision).toBe(batches[0]!.after);
    // It is written already.
    await rig.store.saveIndex();
    expect(writeIndex).not.toHaveBeenCalled();
    expect([...(await reopened(rig)).cases.keys()].sort()).toEqual([A, B]);
  });
});

describe("two stores over one place", () => {
  it("the second one's change is refused and writes nothing; opened again it goes on", async () => {
    const name = newDatabaseName();
    const storage = await DatabaseStorage.open(name);
    const first = await filled(storage);
    const elsewhere = await DatabaseStorage.open(name);
    const second: Rig = { ...first, storage: elsewhere };
    second.store = await reopened(second);
    await first.store.change("edit", [changeTo(A, caseOf("by the first"))]);
    const disk = await dumpOf(name);
    const state = await stateOf({ ...second, store: first.store });
    for (const [, change] of CHANGES) await expect(change(second)).rejects.toThrow(WrittenElsewhere);
    expect(await dumpOf(name)).toEqual(disk);
    expect(await stateOf(first)).toEqual(state);
    second.store = await reopened(second);
    await second.store.change("edit", [changeTo(A, caseOf("by the second"))]);
    await expect(first.store.undo()).rejects.toThrow(WrittenElsewhere);
    expect((await first.store.read(A)).content.label).toBe("by the second");
    storage.close();
    elsewhere.close();
  });

  it("the same in memory", async () => {
    const first = await filled(new MemoryStorage());
    const second = { ...first, store: await reopened(first) };
    await first.store.change("edit", [changeTo(A, caseOf("by the first"))]);
    for (const [, change] of CHANGES) await expect(change(second)).rejects.toThrow(WrittenElsewhere);
    expect((await first.store.read(A)).content.label).toBe("by the first");
  });
});

describe("a database that goes away", () => {
  it("is told once, and nothing is written into a new one in silence", async () => {
    const name = newDatabaseName();
    const onlost = vi.fn();
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    const rig = await filled(await DatabaseStorage.open(name, onlost));
    const connections = new Set(transaction.mock.contexts);
    transaction.mockRestore();
    // As when the data of a site are cleared while it is open.
    for (const connection of connections) {
      forceCloseDatabase(connection as typeof IDBDatabase);
    }
    await vi.waitFor(() => expect(onlost).toHaveBeenCalledTimes(1));
    await new Promise((resolve, reject) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = resolve;
      asked.onerror = reject;
    });
    await expect(rig.store.change("create", [changeTo(D, caseOf("D"))])).rejects.toMatchObject({
      name: "DatabaseClosedError",
    });
    expect(rig.store.cases.has(D)).toBe(false);
    expect(await findDatabase(name)).toBe("absent");
    expect(onlost).toHaveBeenCalledTimes(1);
  });

  it("is not told when we close or erase it ourselves", async () => {
    const onlost = vi.fn();
    const name = newDatabaseName();
    const closed = await DatabaseStorage.open(name, onlost);
    closed.close();
    expect(await findDatabase(name)).toBe("ours");
    const erased = await DatabaseStorage.open(name, onlost);
    await erased.erase();
    expect(await findDatabase(name)).toBe("absent");
    expect(onlost).not.toHaveBeenCalled();
  });

  it("stays while it is open, when another window wants to delete or upgrade it", async () => {
    const name = newDatabaseName();
    const onlost = vi.fn();
    const storage = await DatabaseStorage.open(name, onlost);
    const rig = await filled(storage);
    const blocked = vi.fn();
    const deleting = indexedDB.deleteDatabase(name);
    deleting.onblocked = blocked;
    await vi.waitFor(() => expect(blocked).toHaveBeenCalled());
    await rig.store.change("create", [changeTo(D, caseOf("D"))]);
    expect((await rig.store.read(D)).content.label).toBe("D");
    expect(onlost).not.toHaveBeenCalled();
    storage.close();
    await new Promise((resolve) => (deleting.onsuccess = resolve));
    expect(await findDatabase(name)).toBe("absent");
  });

  it("keeps its settings and the list apart from the count of changes", async () => {
    const name = newDatabaseName();
    const storage = await DatabaseStorage.open(name);
    const rig = await filled(storage);
    expect(await storage.readSettings()).toBeNull();
    const settings = {
      idleMinutes: 5,
      lockAsks: true,
      lastSeen: rig.clock.now,
      dueSince: null,
      lastBackupFile: null,
    };
    await storage.writeSettings(settings);
    expect(await storage.readSettings()).toEqual(settings);
    expect(await storage.readCounter()).toBe(6);
    expect(await storage.count()).toBe(3);
    const raw = await openRaw(name);
    expect([...raw.objectStoreNames].sort()).toEqual(["meta", "records", "undo"]);
    raw.close();
    storage.close();
  });
});

describe("memory for one sitting", () => {
  it("is empty after it was erased", async () => {
    const storage = new MemoryStorage();
    const rig = await filled(storage);
    await storage.writeSettings({
      idleMinutes: 5,
      lockAsks: false,
      lastSeen: rig.clock.now,
      dueSince: null,
      lastBackupFile: null,
    });
    await storage.erase();
    expect(await storage.readHeader()).toBeNull();
    expect(await storage.readSettings()).toBeNull();
    expect(await storage.readIndex()).toBeNull();
    expect(await storage.latestUndo()).toBeNull();
    expect([await storage.readCounter(), await storage.count()]).toEqual([0, 0]);
    expect((await reopened(rig)).cases.size).toBe(0);
  });
});
