import { afterEach, describe, expect, it, vi } from "vitest";
// First: Dexie looks for a database when it is loaded.
import { caseOf, changeTo, DAY_MS, FEW, idOf, newDatabaseName, T0 } from "../../support/cases.ts";
import { ContentError } from "../../../src-renderer/cases/content.ts";
import { CasesState, NotSaved } from "../../../src-renderer/cases/casesState.svelte.ts";
import { DatabaseStorage } from "../../../src-renderer/cases/store/database.ts";
import { CaseStore } from "../../../src-renderer/cases/store/store.ts";
import type { HostShell } from "../../../src-renderer/host/host.svelte.ts";
import { localHost, memoryBackups, memoryKeychain } from "../../support/host.ts";

const PASSPHRASE = "a synthetic passphrase";

interface Sitting {
  cases: CasesState;
  shut: ReturnType<typeof vi.fn>;
  clock: { now: number };
}

const open: CasesState[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const cases of open.splice(0)) await cases.close();
});

interface How {
  shell?: Partial<HostShell>;
  clock?: Sitting["clock"];
  busy?: () => boolean;
}

/** The program, started on a database. */
function start(database: string, { shell = {}, clock = { now: T0 }, busy = () => false }: How = {}): Sitting {
  const shut = vi.fn();
  const cases = new CasesState({
    host: localHost(undefined, shell),
    about: () => null,
    onshut: shut,
    database,
    iterations: FEW,
    busy,
    clock: () => clock.now,
  });
  open.push(cases);
  return { cases, shut, clock };
}

/** A store with one case in it, open. */
async function opened(
  how: Parameters<typeof start>[1] = {},
): Promise<Sitting & { database: string; id: string }> {
  const database = newDatabaseName();
  const sitting = start(database, how);
  await sitting.cases.start();
  expect(sitting.cases.phase).toEqual({ kind: "new" });
  await sitting.cases.create(PASSPHRASE);
  const id = await sitting.cases.newCase({ label: "first" });
  return { ...sitting, database, id };
}

const labels = (cases: CasesState): string[] => cases.listed.map(({ label }) => label);
/** The failures of a disk, at the next so many changes. */
function failing(error: Error, times = Infinity): void {
  let left = times;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object
  const { commit } = DatabaseStorage.prototype;
  vi.spyOn(DatabaseStorage.prototype, "commit").mockImplementation(function (this: DatabaseStorage, batch) {
    return left-- > 0 ? Promise.reject(error) : commit.call(this, batch);
  });
}
const full = (): Error => new DOMException("no room", "QuotaExceededError");

describe("the lock", () => {
  it("opens with the passphrase only, where there is no keychain; another one changes nothing", async () => {
    const { cases, database } = await opened();
    await cases.close();
    const next = start(database).cases;
    await next.start();
    expect(next.phase).toEqual({ kind: "locked", why: "no-keychain", byKeychain: false });
    expect(await next.unlock("another passphrase")).toBe(false);
    expect(next.phase.kind).toBe("locked");
    expect(await next.unlock(PASSPHRASE)).toBe(true);
    expect(labels(next)).toEqual(["first"]);
  });

  it("opens by the keychain, also after the keychain has renewed its keys", async () => {
    const shell = memoryKeychain();
    const { cases, database } = await opened({ shell });
    expect(cases.keychain).toBe(true);
    await cases.close();
    for (let i = 0; i < 2; i++) {
      shell.renewKeys();
      const next = start(database, { shell }).cases;
      await next.start();
      expect(next.phase).toEqual({ kind: "open" });
      await next.close();
    }
  });

  it("asks for the passphrase where the keychain is another's, and then opens by this one", async () => {
    const here = memoryKeychain();
    const { cases, database } = await opened({ shell: here });
    await cases.close();
    const elsewhere = memoryKeychain();
    const moved = start(database, { shell: elsewhere }).cases;
    await moved.start();
    expect(moved.phase).toEqual({ kind: "locked", why: "keychain-failed", byKeychain: false });
    await moved.unlock(PASSPHRASE);
    await moved.close();
    const again = start(database, { shell: elsewhere }).cases;
    await again.start();
    expect(again.phase).toEqual({ kind: "open" });
  });

  it("keeps what the keychain has wrapped while the keychain is away", async () => {
    const shell = memoryKeychain();
    const { cases, database } = await opened({ shell });
    await cases.close();
    const without = start(database).cases;
    await without.start();
    await without.unlock(PASSPHRASE);
    expect(without.keychain).toBe(false);
    await without.close();
    const back = start(database, { shell }).cases;
    await back.start();
    expect(back.phase).toEqual({ kind: "open" });
  });

  it("does not wait in silence for a keychain that asks its user, and takes its answer when it comes", async () => {
    const shell = memoryKeychain();
    const { cases, database } = await opened({ shell });
    await cases.close();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const keychain: HostShell["keychain"] = async () => {
      await asked;
      return shell.keychain();
    };
    const slow = start(database, { shell: { ...shell, keychain } }).cases;
    const started = slow.start();
    await vi.waitFor(() => {
      vi.advanceTimersByTime(1600);
      expect(slow.phase).toEqual({ kind: "locked", why: "keychain-waiting", byKeychain: false });
    });
    vi.useRealTimers();
    answer();
    await started;
    expect(slow.phase).toEqual({ kind: "open" });
  });

  it("locked, asks for the passphrase also after a restart where that is wanted, and shows nothing meanwhile", async () => {
    const shell = memoryKeychain();
    const { cases, database, shut } = await opened({ shell });
    await cases.changeSettings({ lockAsks: true });
    cases.edit({ note: "typed a moment ago" }, "note");
    expect(await cases.lock()).toBe(true);
    expect(cases.phase).toEqual({ kind: "locked", why: "asked", byKeychain: false });
    expect([cases.cases, cases.current, cases.undoable]).toEqual([[], null, null]);
    expect(shut).toHaveBeenCalledOnce();
    expect(() => cases.store).toThrow("not open");
    await cases.close();
    const next = start(database, { shell }).cases;
    await next.start();
    expect(next.phase).toMatchObject({ kind: "locked", why: "asked" });
    await next.unlock(PASSPHRASE);
    const [only] = next.listed;
    expect((await next.store.read(only!.id)).content.note).toBe("typed a moment ago");
    await next.close();
    // Opened once, the keychain opens it again.
    const third = start(database, { shell }).cases;
    await third.start();
    expect(third.phase).toEqual({ kind: "open" });
  });

  it("locks when nobody uses it, but not while slides are shown; by time, the keychain opens it again", async () => {
    let busy = true;
    const { cases } = await opened({ shell: memoryKeychain(), busy: () => busy });
    await cases.flush();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await cases.changeSettings({ idleMinutes: 5 });
    vi.advanceTimersByTime(4 * 60_000);
    dispatchEvent(new Event("keydown"));
    vi.advanceTimersByTime(4 * 60_000);
    expect(cases.phase.kind).toBe("open");
    vi.advanceTimersByTime(60_000);
    expect(cases.phase.kind).toBe("open");
    busy = false;
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(cases.phase).toEqual({ kind: "locked", why: "idle", byKeychain: true }));
    await cases.unlockByKeychain();
    expect(cases.phase.kind).toBe("open");
  });

  it("locked on purpose, opens by the keychain too where nothing else is wanted: the passphrase may be far away", async () => {
    const { cases } = await opened({ shell: memoryKeychain() });
    await cases.lock();
    expect(cases.phase).toEqual({ kind: "locked", why: "asked", byKeychain: true });
    await cases.unlockByKeychain();
    expect(cases.phase.kind).toBe("open");
  });

  it("by time, asks for the passphrase where the user wants that", async () => {
    const { cases } = await opened({ shell: memoryKeychain() });
    await cases.changeSettings({ lockAsks: true });
    await cases.lock("idle");
    expect(cases.phase).toEqual({ kind: "locked", why: "idle", byKeychain: false });
    await cases.unlockByKeychain();
    expect(cases.phase.kind).toBe("locked");
  });

  it("does not lock what could not be saved", async () => {
    const { cases } = await opened();
    failing(full());
    cases.edit({ note: "typed" }, "note");
    expect(await cases.lock()).toBe(false);
    expect(cases.phase.kind).toBe("open");
    expect(cases.current?.content.note).toBe("typed");
  });

  it("changes the passphrase; the old one and a wrong one do not open it any more", async () => {
    const { cases, database } = await opened();
    expect(await cases.changePassphrase("not this one", "the next one, synthetic")).toBe(false);
    expect(await cases.changePassphrase(PASSPHRASE, "the next one, synthetic")).toBe(true);
    await cases.close();
    const next = start(database).cases;
    await next.start();
    expect(await next.unlock(PASSPHRASE)).toBe(false);
    expect(await next.unlock("the next one, synthetic")).toBe(true);
  });

  it("says that the clock stands behind, and removes from the bin at the second opening", async () => {
    const clock = { now: T0 };
    const { cases, database, id } = await opened({ clock });
    await cases.remove([id]);
    await cases.close();
    const openAt = async (now: number): Promise<CasesState> => {
      clock.now = now;
      const next = start(database, { clock }).cases;
      await next.start();
      await next.unlock(PASSPHRASE);
      return next;
    };
    const behind = await openAt(T0 - DAY_MS);
    expect([behind.clockBehind, behind.binned.length]).toEqual([true, 1]);
    await behind.close();
    const due = await openAt(T0 + 31 * DAY_MS);
    expect([due.clockBehind, due.removedExpired, due.binned.length]).toEqual([false, 0, 1]);
    await due.close();
    const later = await openAt(T0 + 32 * DAY_MS);
    expect([later.removedExpired, later.binned.length]).toEqual([1, 0]);
  });
});

describe("a case that is worked on", () => {
  it("is on the disk a moment after it was typed, and says when", async () => {
    const { cases, id, clock } = await opened();
    clock.now = T0 + 5000;
    cases.edit({ note: "a" }, "note");
    expect(cases.saving).toEqual({ kind: "saving" });
    cases.edit({ note: "ab" }, "note");
    await vi.waitFor(() => expect(cases.saving).toEqual({ kind: "saved", at: T0 + 5000 }));
    expect((await cases.store.read(id)).content.note).toBe("ab");
    // One thing that was typed is taken back as one.
    await cases.undo();
    expect(cases.current?.content.note).toBe("");
    expect((await cases.store.read(id)).content.note).toBe("");
  });

  it("is not changed by being looked at: what the program adds leaves the time of the last change", async () => {
    const { cases, id, clock } = await opened();
    clock.now = T0 + 9000;
    cases.edit({ endpoint: "pfs" }, "endpoint", true);
    expect(await cases.flush()).toBe(true);
    expect((await cases.store.read(id)).content.endpoint).toBe("pfs");
    expect(cases.listed.find((each) => each.id === id)?.changedAt).toBe(T0);
    cases.edit({ note: "by the user" }, "note");
    expect(await cases.flush()).toBe(true);
    expect(cases.listed.find((each) => each.id === id)?.changedAt).toBe(T0 + 9000);
  });

  it("two things typed in one breath are taken back one by one", async () => {
    const { cases } = await opened();
    cases.edit({ label: "renamed" }, "label");
    cases.edit({ note: "a note" }, "note");
    expect(await cases.flush()).toBe(true);
    await cases.undo();
    expect(cases.current?.content).toMatchObject({ label: "renamed", note: "" });
    await cases.undo();
    expect(cases.current?.content).toMatchObject({ label: "first", note: "" });
  });

  it("what was taken back can be done again, until something else is changed", async () => {
    const { cases, id } = await opened();
    const second = await cases.newCase({ label: "second" });
    await cases.remove([id]);
    expect(await cases.undo()).toMatchObject({ kind: "delete", label: "first" });
    expect(await cases.undo()).toMatchObject({ kind: "create", label: "second" });
    expect(labels(cases)).toEqual(["first"]);
    expect(cases.redoable).toMatchObject({ kind: "create" });
    expect(await cases.redo()).toMatchObject({ kind: "create", label: "second" });
    expect(labels(cases).sort()).toEqual(["first", "second"]);
    expect((await cases.store.read(second)).content.label).toBe("second");
    expect(await cases.redo()).toMatchObject({ kind: "delete" });
    expect(labels(cases)).toEqual(["second"]);
    // Done again, it can be taken back again.
    expect(await cases.undo()).toMatchObject({ kind: "delete" });
    await cases.newCase({ label: "third" });
    expect(cases.redoable).toBeNull();
    expect(await cases.redo()).toBeNull();
    expect(labels(cases).sort()).toEqual(["first", "second", "third"]);
  });

  it("keeps what is typed while it is being locked", async () => {
    const { cases, id } = await opened();
    cases.edit({ note: "before" }, "note");
    const locking = cases.lock();
    cases.edit({ note: "before and meanwhile" }, "note");
    expect(await locking).toBe(true);
    await cases.unlock(PASSPHRASE);
    expect((await cases.store.read(id)).content.note).toBe("before and meanwhile");
  });

  it("keeps what is typed while another case is being opened", async () => {
    const { cases, id } = await opened();
    const other = await cases.newCase({ label: "second" });
    cases.edit({ note: "before" }, "note");
    const opening = cases.openCase(id);
    cases.edit({ note: "before and meanwhile" }, "note");
    await opening;
    expect(cases.current?.id).toBe(id);
    expect((await cases.store.read(other)).content.note).toBe("before and meanwhile");
    expect((await cases.store.read(id)).content.note).toBe("");
  });

  it("stays where it is while the disk is full, is tried again, and loses nothing", async () => {
    const { cases, id } = await opened();
    failing(full(), 2);
    cases.edit({ note: "typed on a full disk" }, "note");
    expect(await cases.flush()).toBe(false);
    expect(cases.saving).toMatchObject({ kind: "failed", full: true });
    await expect(cases.newCase()).rejects.toBeInstanceOf(NotSaved);
    expect(cases.current?.content.note).toBe("typed on a full disk");
    expect(await cases.flush()).toBe(true);
    expect((await cases.store.read(id)).content.note).toBe("typed on a full disk");
  });

  it("what was refused otherwise than by typing does not hold the user where they are", async () => {
    const { cases, id } = await opened();
    failing(full(), 1);
    await expect(cases.newCase({ label: "refused" })).rejects.toThrow("no room");
    // It is told to whoever asked for it, and not tried again.
    expect(cases.saving).toEqual({ kind: "saved", at: T0 });
    expect((await cases.openCase(id)).content.label).toBe("first");
    expect(labels(cases)).toEqual(["first"]);
  });

  it("is not tried again in vain where no case can hold what was typed; the field is named", async () => {
    const { cases } = await opened();
    const change = vi.spyOn(CaseStore.prototype, "change");
    cases.edit({ note: "n".repeat(20_001) }, "note");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    expect(await cases.flush()).toBe(false);
    expect(cases.saving).toMatchObject({ kind: "failed", full: false, field: "note" });
    await expect(change.mock.results[0]!.value).rejects.toBeInstanceOf(ContentError);
    vi.advanceTimersByTime(60_000);
    expect(change).toHaveBeenCalledOnce();
    vi.useRealTimers();
    cases.edit({ note: "shorter" }, "note");
    expect(await cases.flush()).toBe(true);
  });

  it("is written beside one that another window has changed meanwhile: neither is lost", async () => {
    const { cases, id, database } = await opened();
    await cases.flush();
    // Another window: its own view of the same database.
    const storage = await DatabaseStorage.open(database);
    const other = await CaseStore.open({ storage, store: cases.header!.store, key: cases.key! });
    await other.change("edit", [changeTo(id, caseOf("changed there"))]);
    cases.edit({ label: "changed here" }, "label");
    expect(await cases.flush()).toBe(true);
    expect(labels(cases).sort()).toEqual(["changed here", "changed there"]);
    expect(cases.current?.id).not.toBe(id);
    // And what the other window did not touch is changed in place.
    const added = idOf(9);
    await (
      await CaseStore.open({ storage, store: cases.header!.store, key: cases.key! })
    ).change("create", [changeTo(added, caseOf("added there"))]);
    cases.edit({ label: "changed here again" }, "label");
    expect(await cases.flush()).toBe(true);
    expect(labels(cases).sort()).toEqual(["added there", "changed here again", "changed there"]);
    storage.close();
  });

  it("leaves the screen when it goes into the bin, and does not come back by a late key", async () => {
    const { cases, id } = await opened();
    cases.edit({ note: "the last words" }, "note");
    await cases.remove([id]);
    cases.edit({ note: "too late" }, "note");
    await cases.flush();
    expect(cases.current).toBeNull();
    expect(cases.binned.map((each) => each.id)).toEqual([id]);
    expect((await cases.store.read(id)).content.note).toBe("the last words");
  });
});

describe("for one sitting", () => {
  it("nothing is kept, locked or backed up", async () => {
    const shell = memoryBackups();
    const database = newDatabaseName();
    const { cases } = start(database, { shell });
    await cases.start();
    await cases.createForSitting();
    await cases.newCase({ label: "gone with the window" });
    expect(cases.durable).toBe(false);
    expect(await cases.lock()).toBe(false);
    await cases.close();
    expect(shell.stored.size).toBe(0);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(database);
  });
});

describe("backups", () => {
  it("are made after changes, before the lock at the latest, and not where nothing has changed", async () => {
    const clock = { now: T0 };
    const shell = memoryBackups(() => clock.now);
    const { cases } = await opened({ shell, clock });
    await cases.flush();
    expect(shell.stored.size).toBe(0);
    await cases.lock();
    // Behind the lock: however long the disk takes, the screen is empty.
    await vi.waitFor(() => expect(shell.stored.size).toBe(1));
    await cases.unlock(PASSPHRASE);
    await cases.lock();
    expect(shell.stored.size).toBe(1);
    expect(cases.backup).toEqual({ at: T0 });
  });

  it("that fail are said, and stop nothing", async () => {
    const writeBackup: HostShell["writeBackup"] = () =>
      Promise.resolve({ ok: false, code: "save-refused", reason: "full", path: "x", message: "no room" });
    const { cases } = await opened({ shell: { writeBackup } });
    await cases.backUpNow();
    expect(cases.backup).toMatchObject({ failure: { code: "save-refused", reason: "full" } });
    await cases.newCase({ label: "goes on" });
    expect(labels(cases)).toContain("goes on");
  });
});
