import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
// First: Dexie looks for a database when it is loaded.
import { caseOf, changeTo, FEW, idOf, newDatabaseName, T0 } from "../../support/cases.ts";
import { Dexie } from "dexie";
import { forceCloseDatabase } from "fake-indexeddb";
import { CasesState, NotSaved } from "../../../src-renderer/cases/casesState.svelte.ts";
import { readCaseFile } from "../../../src-renderer/cases/files/caseFile.ts";
import { readPlainCsv } from "../../../src-renderer/cases/files/plainCsv.ts";
import { readPlainJson } from "../../../src-renderer/cases/files/plainJson.ts";
import { LIMITS } from "../../../src-renderer/cases/files/trouble.ts";
import { eraseEverything } from "../../../src-renderer/cases/kept/erase.ts";
import { DatabaseStorage } from "../../../src-renderer/cases/store/database.ts";
import { WrittenElsewhere } from "../../../src-renderer/cases/store/storage.ts";
import { CaseGone } from "../../../src-renderer/cases/store/store.ts";
import type { HostShell } from "../../../src-renderer/host/host.svelte.ts";
import { localHost, memoryBackups, memoryKeychain } from "../../support/host.ts";
import { bytesOfText, sealed, syntheticCase, textOfBytes, troubleOf } from "./files/cases.ts";
import { linesIn } from "./files/forged.ts";

/** Two things at once: whatever comes first, nothing that was typed is lost, and nothing is open that was locked. */

const PASSPHRASE = "a synthetic passphrase";
const NEXT = "the next one, synthetic";
const TYPED = "typed at the wrong moment";
const MINUTE_MS = 60_000;

const open: CasesState[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const cases of open.splice(0)) await cases.close();
});

/** The program, started on a database. */
function start(database: string, shell: Partial<HostShell> = {}, onpurged = vi.fn()): CasesState {
  const cases = new CasesState({
    ...{ host: localHost(undefined, shell), about: () => null, clock: () => T0 },
    ...{ database, iterations: FEW, onpurged },
  });
  open.push(cases);
  return cases;
}
interface Sitting {
  cases: CasesState;
  database: string;
  id: string;
}
/** A store with one case in it, on the screen. */
async function opened(shell: Partial<HostShell> = {}, onpurged = vi.fn()): Promise<Sitting> {
  const database = newDatabaseName();
  const cases = start(database, shell, onpurged);
  await cases.start();
  await cases.create(PASSPHRASE);
  const id = await cases.newCase({ label: "first" });
  await cases.flush();
  return { cases, database, id };
}
/** The store, opened again by its passphrase. */
async function reopened(database: string, shell: Partial<HostShell> = {}): Promise<CasesState> {
  const cases = start(database, shell);
  await cases.start();
  expect(await cases.unlock(PASSPHRASE)).toBe(true);
  return cases;
}

const labels = (cases: CasesState): string[] => cases.listed.map(({ label }) => label).sort();
const noteOnDisk = async (cases: CasesState, id: string): Promise<string> =>
  (await cases.store.read(id)).content.note;
const notesOnDisk = async (cases: CasesState): Promise<string[]> =>
  (await cases.store.readMany([...cases.store.cases.keys()])).map(({ content }) => content.note).sort();
const full = (): Error => new DOMException("no room", "QuotaExceededError");

/** A promise in the test's hand. */
function holding<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  return { promise: new Promise<T>((done) => (resolve = done)), resolve: (value) => resolve(value) };
}
const never = <T>(): Promise<T> => new Promise(() => undefined);

type Step = "commit" | "get" | "ids" | "latestUndo" | "writeHeader" | "writeIndex";
const STEPS: readonly Step[] = ["commit", "get", "ids", "latestUndo", "writeHeader", "writeIndex"];

/** Does something before each of a storage's steps of one kind. */
function before(step: Step, task: () => Promise<void> | void): void {
  const steps = DatabaseStorage.prototype as unknown as Record<
    Step,
    (...given: unknown[]) => Promise<unknown>
  >;
  const real = steps[step];
  vi.spyOn(steps, step).mockImplementation(async function (this: unknown, ...given) {
    await task();
    return real.apply(this, given);
  });
}
/** Holds the next step of one kind until it is let go. */
function held(step: Step): { reached: Promise<void>; go: () => void } {
  const [reached, go] = [holding(), holding()];
  let isFirst = true;
  before(step, async () => {
    if (!isFirst) return;
    isFirst = false;
    reached.resolve();
    await go.promise;
  });
  return { reached: reached.promise, go: () => go.resolve() };
}
/** The disk refuses changes, this many or all. */
function refusing(times = Infinity): void {
  let left = times;
  before("commit", () => {
    if (left-- > 0) throw full();
  });
}

describe("a passphrase that is changed", () => {
  it("and could not be written is not changed: not at once, not by a later writing, not after a restart", async () => {
    const { cases, database } = await opened();
    const writeHeader = vi.spyOn(DatabaseStorage.prototype, "writeHeader").mockRejectedValueOnce(full());
    await expect(cases.changePassphrase(PASSPHRASE, NEXT)).rejects.toThrow("no room");
    // The lock writes the header, too.
    expect(await cases.lock()).toBe(true);
    expect(writeHeader).toHaveBeenCalledTimes(2);
    expect(await cases.unlock(NEXT)).toBe(false);
    expect(await cases.unlock(PASSPHRASE)).toBe(true);
    await cases.close();
    const later = start(database);
    await later.start();
    expect(await later.unlock(NEXT)).toBe(false);
    expect(await later.unlock(PASSPHRASE)).toBe(true);
    expect(labels(later)).toEqual(["first"]);
  });

  it("while the store is locked stays locked, and is changed", async () => {
    const keychain = memoryKeychain();
    const { cases, database } = await opened(keychain);
    await cases.changeSettings({ lockAsks: true });
    const header = held("writeHeader");
    const changing = cases.changePassphrase(PASSPHRASE, NEXT);
    await header.reached;
    const locking = cases.lock();
    header.go();
    expect(await Promise.all([changing, locking])).toEqual([true, true]);
    await cases.close();
    const later = start(database, keychain);
    await later.start();
    expect(later.phase).toEqual({ kind: "locked", why: "asked", byKeychain: false });
    expect(await later.unlock(PASSPHRASE)).toBe(false);
    expect(await later.unlock(NEXT)).toBe(true);
  });
});

describe("another window that takes the store", () => {
  /** Web Locks with one lock, as far as the store's window uses them. */
  class OneLock {
    #holder: ((stolen: unknown) => void) | null = null;
    request(
      _name: string,
      { steal = false }: LockOptions,
      use: (lock: unknown) => unknown,
    ): Promise<unknown> {
      return new Promise((resolve, reject) => {
        if (this.#holder && !steal) return resolve(use(null));
        this.#holder?.(new DOMException("stolen", "AbortError"));
        this.#holder = reject;
        void Promise.resolve(use({})).then((value) => {
          if (this.#holder === reject) this.#holder = null;
          resolve(value);
        });
      });
    }
  }
  beforeEach(() => {
    Object.defineProperty(navigator, "locks", { value: new OneLock(), configurable: true });
  });
  afterEach(() => {
    Reflect.deleteProperty(navigator, "locks");
  });
  const elsewhere = { kind: "trouble", trouble: { kind: "elsewhere" } };

  it("leaves on the screen what could not be saved", async () => {
    const { cases, database } = await opened();
    refusing();
    cases.edit({ note: TYPED }, "note");
    expect(await cases.flush()).toBe(false);
    const other = start(database);
    await other.start();
    expect(other.phase).toEqual(elsewhere);
    await other.start({ takeOver: true });
    await vi.waitFor(() => expect(cases.phase).toEqual(elsewhere));
    expect(cases.current?.content.note).toBe(TYPED);
    expect(other.phase.kind).toBe("locked");
  });

  it("finds on the disk what could still be saved, and leaves nothing on the screen", async () => {
    const { cases, database, id } = await opened();
    cases.edit({ note: TYPED }, "note");
    const other = start(database);
    await other.start({ takeOver: true });
    await vi.waitFor(() => expect(cases.phase).toEqual(elsewhere));
    expect([cases.current, cases.cases, cases.key]).toEqual([null, [], null]);
    await other.unlock(PASSPHRASE);
    expect(await noteOnDisk(other, id)).toBe(TYPED);
  });

  it("and gives it back: what stayed on the screen is written beside what the other has written meanwhile", async () => {
    const { cases, database, id } = await opened();
    refusing();
    cases.edit({ note: TYPED }, "note");
    await cases.flush();
    const other = start(database);
    await other.start({ takeOver: true });
    await vi.waitFor(() => expect(cases.phase).toEqual(elsewhere));
    vi.restoreAllMocks();
    await other.unlock(PASSPHRASE);
    await other.openCase(id);
    other.edit({ note: "typed in the other window" }, "note");
    await other.flush();
    await cases.start({ takeOver: true });
    await cases.unlock(PASSPHRASE);
    expect(await cases.flush()).toBe(true);
    expect(await notesOnDisk(cases)).toEqual([TYPED, "typed in the other window"]);
    expect(cases.current?.content.note).toBe(TYPED);
    expect(await noteOnDisk(cases, cases.current!.id)).toBe(TYPED);
  });
});

describe("a lock", () => {
  it("does not wait for a backup that never answers, and asks for one all the same", async () => {
    const writeBackup = vi.fn<HostShell["writeBackup"]>(() => never());
    const { cases } = await opened({ writeBackup });
    expect(await cases.lock()).toBe(true);
    expect(cases.phase.kind).toBe("locked");
    expect(cases.current).toBeNull();
    await vi.waitFor(() => expect(writeBackup).toHaveBeenCalledOnce());
    // And the next one does not wait for it either.
    await cases.unlock(PASSPHRASE);
    await cases.newCase({ label: "second" });
    expect(await cases.lock()).toBe(true);
    expect(cases.phase.kind).toBe("locked");
  });

  it("takes no more text when it writes that it is locked: nothing seems typed that is lost", async () => {
    const { cases, id } = await opened();
    const header = held("writeHeader");
    const locking = cases.lock();
    await header.reached;
    cases.edit({ note: TYPED }, "note");
    expect([cases.current, cases.saving]).toEqual([null, { kind: "saved", at: null }]);
    header.go();
    expect(await locking).toBe(true);
    await cases.unlock(PASSPHRASE);
    expect(await noteOnDisk(cases, id)).toBe("");
  });

  it.each(["writeIndex", "get"] as const)(
    "writes what is typed before it empties the screen: at %s",
    async (step) => {
      const { cases, id } = await opened();
      const on = held(step);
      const locking = cases.lock();
      await on.reached;
      cases.edit({ note: TYPED }, "note");
      expect(cases.current?.content.note).toBe(TYPED);
      on.go();
      expect(await locking).toBe(true);
      await cases.unlock(PASSPHRASE);
      expect(await noteOnDisk(cases, id)).toBe(TYPED);
    },
  );

  it("keeps a case off the screen that was being opened", async () => {
    const { cases, id } = await opened();
    await cases.closeCase();
    await cases.backUpNow();
    const reading = held("get");
    const opening = cases.openCase(id);
    await reading.reached;
    expect(await cases.lock()).toBe(true);
    reading.go();
    await expect(opening).rejects.toBeInstanceOf(CaseGone);
    expect([cases.phase.kind, cases.current, cases.key]).toEqual(["locked", null, null]);
    await cases.unlock(PASSPHRASE);
    expect((await cases.openCase(id)).content.label).toBe("first");
  });

  it("comes with the first sign after the computer slept for long, and not after a short sleep", async () => {
    const { cases } = await opened();
    vi.useFakeTimers({ now: T0, toFake: ["setTimeout", "clearTimeout", "Date"] });
    await cases.changeSettings({ idleMinutes: 15 });
    const lock = vi.spyOn(cases, "lock");
    vi.setSystemTime(T0 + 14 * MINUTE_MS);
    dispatchEvent(new Event("pointermove"));
    expect(lock).not.toHaveBeenCalled();
    vi.setSystemTime(T0 + 10 * 60 * MINUTE_MS);
    dispatchEvent(new Event("pointermove"));
    expect(lock.mock.calls).toEqual([["idle"]]);
    vi.useRealTimers();
    expect(await lock.mock.results[0]!.value).toBe(true);
    expect(cases.phase).toMatchObject({ kind: "locked", why: "idle" });
  });
});

describe("a keychain", () => {
  it("that never answers does not keep out the right passphrase", async () => {
    const keychain = memoryKeychain();
    const { cases, database } = await opened(keychain);
    await cases.close();
    const wrapKey = vi.fn<HostShell["wrapKey"]>(() => never());
    const { unwrapKey } = memoryKeychain();
    const later = start(database, { ...keychain, unwrapKey, wrapKey });
    await later.start();
    expect(later.phase).toEqual({ kind: "locked", why: "keychain-failed", byKeychain: false });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    expect(await later.unlock("another passphrase")).toBe(false);
    expect(wrapKey).not.toHaveBeenCalled();
    const unlocking = later.unlock(PASSPHRASE);
    await vi.waitFor(() => expect(wrapKey).toHaveBeenCalledOnce());
    expect(later.phase.kind).toBe("locked");
    vi.advanceTimersByTime(1500);
    vi.useRealTimers();
    expect(await unlocking).toBe(true);
    expect([later.phase.kind, later.keychain, labels(later)]).toEqual(["open", false, ["first"]]);
    // What it had wrapped before is not thrown away for that.
    await later.close();
    const third = start(database, keychain);
    await third.start();
    expect(third.phase.kind).toBe("open");
  });

  it("that answers after a lock opens nothing", async () => {
    const keychain = memoryKeychain();
    const { cases, database } = await opened(keychain);
    await cases.close();
    const answer = holding();
    const unwrapKey = vi.fn<HostShell["unwrapKey"]>(async (wrapped) => {
      await answer.promise;
      return keychain.unwrapKey(wrapped);
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const later = start(database, { ...keychain, unwrapKey });
    const started = later.start();
    await vi.waitFor(() => {
      vi.advanceTimersByTime(1600);
      expect(later.phase).toMatchObject({ kind: "locked", why: "keychain-waiting" });
    });
    vi.useRealTimers();
    await later.unlock(PASSPHRASE);
    expect(later.phase.kind).toBe("open");
    await later.lock();
    const { phase } = later;
    expect(phase).toMatchObject({ kind: "locked", why: "asked" });
    answer.resolve();
    await started;
    expect(unwrapKey).toHaveBeenCalledOnce();
    expect([later.phase, later.key, later.cases]).toEqual([phase, null, []]);
    expect(() => later.store).toThrow("not open");
  });

  it("whose key is right for a disk that fails: the trouble is said, and the key not kept", async () => {
    const { cases } = await opened(memoryKeychain());
    await cases.lock("idle");
    expect(cases.phase).toEqual({ kind: "locked", why: "idle", byKeychain: true });
    const read = vi
      .spyOn(DatabaseStorage.prototype, "readCounter")
      .mockRejectedValue(new Error("bad sector"));
    await expect(cases.unlockByKeychain()).resolves.toBeUndefined();
    expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "broken", message: "bad sector" } });
    expect(cases.key).toBeNull();
    read.mockRestore();
    await cases.start();
    expect([cases.phase.kind, labels(cases)]).toEqual(["open", ["first"]]);
  });
});

describe("everything erased while a backup is on its way", () => {
  const backingUp = () => {
    const backups = memoryBackups();
    const [asked, go] = [holding(), holding()];
    const writeBackup = vi.fn<HostShell["writeBackup"]>(async (bytes, kind) => {
      asked.resolve();
      await go.promise;
      // A disk that takes longer than everything else: many turns of the loop, and no time.
      for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve));
      return backups.writeBackup(bytes, kind);
    });
    return { shell: { ...backups, writeBackup }, backups, asked: asked.promise, go: () => go.resolve() };
  };

  it("that the host is writing: it is gone, too", async () => {
    const { shell, backups, asked, go } = backingUp();
    const { cases } = await opened(shell);
    const backing = cases.backUpNow();
    await asked;
    const erasing = eraseEverything(cases, { backups: true });
    go();
    const { remains, failure } = await erasing;
    await backing;
    await Promise.all(shell.writeBackup.mock.results.map(({ value }) => value as Promise<unknown>));
    // It was there, and was deleted: not merely never written.
    expect(shell.writeBackup).toHaveBeenCalledOnce();
    expect([remains.backups, failure, [...backups.stored.keys()]]).toEqual([[], null, []]);
    expect(cases.phase.kind).toBe("new");
  });

  it("that is being made: it never comes to the host", async () => {
    const { shell, backups } = backingUp();
    const { cases } = await opened(shell);
    const reading = held("ids");
    const backing = cases.backUpNow();
    await reading.reached;
    const erasing = eraseEverything(cases, { backups: true });
    reading.go();
    expect((await erasing).remains.backups).toEqual([]);
    await backing;
    expect(shell.writeBackup).not.toHaveBeenCalled();
    expect(backups.stored.size).toBe(0);
  });

  it("behind a lock: it is gone, too", async () => {
    const { shell, backups, asked, go } = backingUp();
    const { cases } = await opened(shell);
    await cases.lock();
    await asked;
    const erasing = eraseEverything(cases, { backups: true });
    go();
    expect((await erasing).remains.backups).toEqual([]);
    await Promise.all(shell.writeBackup.mock.results.map(({ value }) => value as Promise<unknown>));
    expect(backups.stored.size).toBe(0);
  });

  it("and only the cases: the backup stays", async () => {
    const { shell, backups, asked, go } = backingUp();
    const { cases } = await opened(shell);
    const backing = cases.backUpNow();
    await asked;
    const erasing = eraseEverything(cases, { backups: false });
    go();
    expect((await erasing).remains.backups).toHaveLength(1);
    await backing;
    expect(backups.stored.size).toBe(1);
  });
});

type Deed = [what: string, does: (cases: CasesState, id: string) => Promise<unknown>];
const other = idOf(0x77);
const tagged = (cases: CasesState, ids: readonly string[]): Promise<void> =>
  cases.changeEach("tag", ids, ({ content }) => ({ content: { ...content, tags: ["chosen"] } }));
const DEEDS: readonly Deed[] = [
  ["undo", (cases) => cases.undo()],
  ["duplicating", (cases, id) => cases.duplicate([id], (label) => `${label} copy`)],
  ["tagging", (cases, id) => tagged(cases, [id, other])],
  ["putting into the bin", (cases, id) => cases.remove([id])],
  ["removing another for good", (cases) => cases.purge([other])],
  ["an import", (cases) => cases.apply("import", [changeTo(idOf(0x88), caseOf("imported"))])],
  ["a new case", (cases) => cases.newCase({ label: "new" })],
  ["opening another", (cases) => cases.openCase(other)],
  ["closing", (cases) => cases.closeCase()],
];

describe("text that is not saved", () => {
  async function typedInVain(): Promise<Sitting> {
    const sitting = await opened();
    const { cases, id } = sitting;
    await cases.apply("create", [changeTo(other, caseOf("other"))]);
    cases.edit({ note: "an old note" }, "note");
    expect(await cases.flush()).toBe(true);
    expect(cases.current?.id).toBe(id);
    return sitting;
  }

  it.each(DEEDS)("is not lost to %s, which waits until it is saved: on a full disk", async (_what, does) => {
    const { cases, id } = await typedInVain();
    // Only what is typed is refused: the change itself would find room.
    refusing(1);
    cases.edit({ note: TYPED }, "note");
    await expect(does(cases, id)).rejects.toBeInstanceOf(NotSaved);
    expect(cases.saving).toMatchObject({ kind: "failed", full: true });
    expect(cases.current).toMatchObject({ id, content: { note: TYPED, tags: [] } });
    expect([labels(cases), await noteOnDisk(cases, id)]).toEqual([["first", "other"], "an old note"]);
    expect(await cases.flush()).toBe(true);
    expect(await noteOnDisk(cases, id)).toBe(TYPED);
    // And then it does what it was asked for.
    await expect(does(cases, id)).resolves.not.toBeInstanceOf(Error);
  });

  it.each(DEEDS)("is not lost to %s: where no case can hold it", async (_what, does) => {
    const { cases, id } = await typedInVain();
    const { draft } = cases.current!.content;
    cases.edit({ draft: { ...draft, age: "6".repeat(41) } }, "draft.age");
    expect(await cases.flush()).toBe(false);
    cases.edit({ note: TYPED }, "note");
    await expect(does(cases, id)).rejects.toBeInstanceOf(NotSaved);
    expect(cases.saving).toMatchObject({ kind: "failed", full: false, field: "draft.age" });
    expect(cases.current).toMatchObject({ id, content: { note: TYPED } });
    expect([labels(cases), await noteOnDisk(cases, id)]).toEqual([["first", "other"], "an old note"]);
    cases.edit({ draft }, "draft.age");
    expect(await cases.flush()).toBe(true);
    expect(await noteOnDisk(cases, id)).toBe(TYPED);
  });
});

/** A change of many under way, and what must be of it on the open case afterwards. */
const BELOW: readonly {
  what: string;
  does: (cases: CasesState, id: string) => Promise<unknown>;
  done: (cases: CasesState, id: string) => unknown;
  left: unknown;
}[] = [
  {
    what: "many are tagged",
    does: (cases, id) => tagged(cases, [other, id]),
    done: (cases, id) => [other, id].map((each) => cases.store.cases.get(each)?.tags),
    left: [["chosen"], ["chosen"]],
  },
  {
    what: "a change of it is taken back",
    does: (cases) => cases.undo(),
    done: (cases) => labels(cases),
    left: ["first", "other"],
  },
  {
    what: "another is put into the bin",
    does: (cases) => cases.remove([other]),
    done: (cases) => labels(cases),
    left: ["renamed"],
  },
  {
    what: "it is duplicated",
    does: (cases, id) => cases.duplicate([id], () => "copy"),
    done: (cases) => labels(cases),
    left: ["copy", "other", "renamed"],
  },
  {
    what: "every case is read",
    does: (cases) => cases.verify(),
    done: (cases) => labels(cases),
    left: ["other", "renamed"],
  },
];

describe("text that is typed while", () => {
  /** Every moment at which a storage is asked for something is one at which a key can be pressed. */
  async function typedAt(
    moment: number,
    { does, done }: (typeof BELOW)[number],
    isFlushed: boolean,
  ): Promise<{ typed: boolean; screen: unknown; disk: unknown; after: unknown }> {
    const { cases, id } = await opened();
    await cases.apply("create", [changeTo(other, caseOf("other"))]);
    cases.edit({ label: "renamed" }, "label");
    await cases.flush();
    let steps = 0;
    let typed = false;
    for (const step of STEPS) {
      before(step, () => {
        if (steps++ !== moment) return;
        typed = true;
        cases.edit({ note: TYPED }, "note");
        // As its timer would.
        if (isFlushed) void cases.flush();
      });
    }
    await does(cases, id);
    await cases.flush();
    vi.restoreAllMocks();
    const screen = cases.current?.content;
    const disk = (await cases.store.read(id)).content;
    const found = { typed, screen, disk, after: done(cases, id) };
    await cases.close();
    return found;
  }

  it.each(BELOW.flatMap((each) => [false, true].map((isFlushed) => ({ ...each, isFlushed }))))(
    "$what is on the screen and on the disk, at whatever moment; on its way at once: $isFlushed",
    async ({ isFlushed, ...each }) => {
      let moment = 0;
      for (;;) {
        const { typed, screen, disk, after } = await typedAt(moment, each, isFlushed);
        if (!typed) break;
        expect({ moment, screen }).toMatchObject({ moment, screen: { note: TYPED } });
        expect({ moment, disk }).toEqual({ moment, disk: screen });
        expect({ moment, after }).toEqual({ moment, after: each.left });
        moment++;
      }
      expect(moment).toBeGreaterThan(0);
    },
  );
});

describe("a store that goes away underneath", () => {
  /** As a browser closes it when the user clears what is stored. */
  function closedByBrowser(database: string): void {
    const { _databases } = indexedDB as unknown as {
      _databases: Map<string, { connections: Parameters<typeof forceCloseDatabase>[0][] }>;
    };
    for (const connection of [..._databases.get(database)!.connections]) forceCloseDatabase(connection);
  }
  async function lost(): Promise<Sitting> {
    const sitting = await opened();
    sitting.cases.edit({ note: TYPED }, "note");
    closedByBrowser(sitting.database);
    await vi.waitFor(() =>
      expect(sitting.cases.phase).toEqual({ kind: "trouble", trouble: { kind: "lost" } }),
    );
    expect(sitting.cases.current?.content.note).toBe(TYPED);
    return sitting;
  }

  it("leaves what is typed, which is written when it is opened again; saved is said only then", async () => {
    const { cases, id } = await lost();
    await cases.start();
    expect(cases.phase.kind).toBe("locked");
    const writing = held("commit");
    await cases.unlock(PASSPHRASE);
    await writing.reached;
    expect([cases.phase.kind, cases.saving]).toEqual(["open", { kind: "saving" }]);
    expect(await noteOnDisk(cases, id)).toBe("");
    writing.go();
    expect(await cases.flush()).toBe(true);
    expect(cases.saving).toEqual({ kind: "saved", at: T0 });
    expect(await noteOnDisk(cases, id)).toBe(TYPED);
    expect(labels(cases)).toEqual(["first"]);
  });

  it("leaves what is typed, which is written to the store that is made in its place", async () => {
    const { cases, database, id } = await lost();
    await Dexie.delete(database);
    await cases.start();
    expect(cases.phase).toEqual({ kind: "new" });
    const writing = held("commit");
    await cases.create(NEXT);
    await writing.reached;
    expect([cases.saving, cases.cases]).toEqual([{ kind: "saving" }, []]);
    writing.go();
    expect(await cases.flush()).toBe(true);
    expect(cases.saving).toEqual({ kind: "saved", at: T0 });
    expect(await noteOnDisk(cases, id)).toBe(TYPED);
  });

  it("and was changed by another window before it is opened again: the screen has that, and goes on from there", async () => {
    const { cases, database, id } = await opened();
    closedByBrowser(database);
    await vi.waitFor(() => expect(cases.phase.kind).toBe("trouble"));
    const there = await reopened(database);
    await there.openCase(id);
    there.edit({ note: "written there" }, "note");
    await there.flush();
    await cases.start();
    await cases.unlock(PASSPHRASE);
    await vi.waitFor(() => expect(cases.current?.content.note).toBe("written there"));
    cases.edit({ label: "renamed here" }, "label");
    await cases.flush();
    expect((await cases.store.read(id)).content).toMatchObject({
      ...{ label: "renamed here", note: "written there" },
    });
  });

  it("and had everything already: nothing is written anew", async () => {
    const { cases, database, id } = await opened();
    closedByBrowser(database);
    await vi.waitFor(() => expect(cases.phase.kind).toBe("trouble"));
    const commit = vi.spyOn(DatabaseStorage.prototype, "commit");
    await cases.start();
    await cases.unlock(PASSPHRASE);
    expect(await cases.flush()).toBe(true);
    expect(commit).not.toHaveBeenCalled();
    expect([cases.current?.id, cases.saving]).toEqual([id, { kind: "saved", at: null }]);
  });
});

describe("two writers", () => {
  it("of one case lose neither's text, also where more is typed while the first is written beside", async () => {
    const { cases, database, id } = await opened();
    const there = await reopened(database);
    await there.openCase(id);
    there.edit({ note: "written there" }, "note");
    await there.flush();
    cases.edit({ note: "written here" }, "note");
    const first = cases.flush();
    cases.edit({ note: "written here, and more" }, "note");
    const second = cases.flush();
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(await notesOnDisk(cases)).toEqual(["written here, and more", "written there"]);
    expect(cases.current?.id).not.toBe(id);
    expect(await noteOnDisk(cases, cases.current!.id)).toBe("written here, and more");
    expect(await notesOnDisk(await reopened(database))).toEqual(["written here, and more", "written there"]);
  });

  it("of one case have two cases afterwards, each of which can be gone on with", async () => {
    const { cases, database, id } = await opened();
    const there = await reopened(database);
    await there.openCase(id);
    there.edit({ note: "written there" }, "note");
    await there.flush();
    cases.edit({ note: "written here" }, "note");
    await cases.flush();
    const beside = cases.current!.id;
    await cases.openCase(id);
    expect(cases.current?.content.note).toBe("written there");
    cases.edit({ note: "written there, and gone on with here" }, "note");
    await cases.flush();
    expect([await noteOnDisk(cases, id), await noteOnDisk(cases, beside)]).toEqual([
      "written there, and gone on with here",
      "written here",
    ]);
  });

  it("undo of something that changed elsewhere says so and changes nothing; the next one works", async () => {
    const { cases, database, id } = await opened();
    const there = await reopened(database);
    cases.edit({ note: TYPED }, "note");
    await cases.flush();
    await expect(there.undo()).rejects.toBeInstanceOf(WrittenElsewhere);
    expect(await noteOnDisk(there, id)).toBe(TYPED);
    // Now it knows what there is to be taken back.
    expect(there.undoable).toMatchObject({ kind: "edit", label: "first" });
    expect(await there.undo()).toMatchObject({ kind: "edit", label: "first" });
    expect(await noteOnDisk(there, id)).toBe("");
  });
});

describe("what is removed for good", () => {
  it("is told to whoever shows it, once it is gone, and not before", async () => {
    const onpurged = vi.fn();
    const { cases, id } = await opened({}, onpurged);
    await cases.remove([id]);
    expect(onpurged).not.toHaveBeenCalled();
    refusing(1);
    await expect(cases.purge([id])).rejects.toThrow("no room");
    expect(onpurged).not.toHaveBeenCalled();
    await cases.purge([id]);
    expect(onpurged.mock.calls).toEqual([[[id]]]);
  });
});

describe("files that were made to keep the computer busy", () => {
  const plain = (entries: number): Uint8Array<ArrayBuffer> =>
    bytesOfText(
      `{"format":"hg-nen-cases-plain","version":1,"made":${T0},"appVersion":"0","cases":[${Array(entries).fill(0).join()}]}`,
    );

  it("plain JSON of too many entries is refused before any of them is looked at", async () => {
    const limits = { ...LIMITS, records: 10 };
    expect(await troubleOf(() => readPlainJson(plain(1000), limits))).toEqual({
      ...{ code: "too-many", records: 1000, limit: 10 },
    });
    expect(await troubleOf(() => readPlainJson(plain(200_000)))).toEqual({
      ...{ code: "too-many", records: 200_000, limit: 100_000 },
    });
    // As many as may be: now the first of them is looked at, and is no case.
    expect(await troubleOf(() => readPlainJson(plain(10), limits))).toMatchObject({
      ...{ code: "json-field", field: "cases.0" },
    });
  });

  it("a line of seams is not taken apart; a single damaged line break is", async () => {
    const digest = vi.spyOn(crypto.subtle, "digest");
    const sum = "0".repeat(64);
    const seams = (start: string, count: number): string =>
      start + Array(count).fill(`{"a":1,"sha256":"${sum}"}`).join("x");
    const hostile = bytesOfText(`${seams('{"format":"hg-nen-cases",', 100)}\n`);
    expect(await troubleOf(() => readCaseFile(hostile))).toEqual({ code: "header-damaged" });
    expect(digest).toHaveBeenCalledTimes(1);

    const [first, one, two, end] = linesIn(await sealed([syntheticCase(1), syntheticCase(2)]));
    // Within a file that is sound otherwise, it is one damaged line.
    digest.mockClear();
    const within = await readCaseFile(bytesOfText(`${[first, seams("", 100), two, end].join("\n")}\n`));
    expect(within.damaged[0]).toMatchObject({ line: 2, reason: "bytes" });
    expect(within.records).toHaveLength(1);
    expect(digest.mock.calls.length).toBeLessThan(10);
    const joined = await readCaseFile(bytesOfText(`${first}\n${one}x${two}\n${end}\n`));
    expect(joined.damaged).toEqual([{ line: 2, id: null, reason: "line-break", field: null }]);
    expect(joined.records).toHaveLength(2);
  });

  it("a table of too many rows is refused at the first that is too many", async () => {
    const read = (rows: string) =>
      readPlainCsv(bytesOfText(`label,tumour\n${rows}`), {
        ...{ now: T0, limits: { ...LIMITS, records: 3 } },
        newId: () => crypto.randomUUID(),
      });
    // What comes after would be refused for another reason.
    expect(await troubleOf(() => read(`${"A,NEC\n".repeat(1000)}not,a,row\n`))).toEqual({
      ...{ code: "too-many", records: 4, limit: 3 },
    });
    expect(await read("A,NEC\n".repeat(3))).toHaveLength(3);
  });

  it("the files of these tests are what they are said to be", () => {
    expect(JSON.parse(textOfBytes(plain(3)))).toMatchObject({ cases: [0, 0, 0] });
  });
});
