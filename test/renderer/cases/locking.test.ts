import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
// First: Dexie looks for a database when it is loaded.
import { FEW, newDatabaseName, T0 } from "../../support/cases.ts";
import { CasesState } from "../../../src-renderer/cases/casesState.svelte.ts";
import { watchIdleness } from "../../../src-renderer/cases/lock/idleness.ts";
import { DatabaseStorage } from "../../../src-renderer/cases/store/database.ts";
import type { HostShell } from "../../../src-renderer/host/host.svelte.ts";
import { localHost, memoryKeychain } from "../../support/host.ts";

/** The lock where something stands in its way: a disk that refuses, a hand that does not come back. */

const PASSPHRASE = "a synthetic passphrase";
const NOTE = "a synthetic note";
const MINUTE_MS = 60_000;

const open: CasesState[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const cases of open.splice(0)) await cases.close();
});

interface Sitting {
  cases: CasesState;
  shut: ReturnType<typeof vi.fn>;
}
async function start(database: string, shell: Partial<HostShell> = {}): Promise<Sitting> {
  const shut = vi.fn();
  const cases = new CasesState({
    ...{ host: localHost(undefined, shell), about: () => null, clock: () => T0 },
    ...{ database, iterations: FEW, onshut: shut },
  });
  open.push(cases);
  await cases.start();
  return { cases, shut };
}
/** A store with one case, on the screen. */
async function opened(shell: Partial<HostShell> = {}): Promise<Sitting> {
  const sitting = await start(newDatabaseName(), shell);
  await sitting.cases.create(PASSPHRASE);
  await sitting.cases.newCase({ label: "first", note: NOTE });
  return sitting;
}
const refuse = (what: "writeHeader" | "commit") =>
  vi
    .spyOn(DatabaseStorage.prototype, what)
    .mockRejectedValue(new DOMException("no room", "QuotaExceededError"));

function expectNothingOnScreen({ cases, shut }: Sitting): void {
  expect([cases.cases, cases.damaged, cases.current, cases.undoable]).toEqual([[], [], null, null]);
  expect([cases.key, cases.saving]).toEqual([null, { kind: "saved", at: null }]);
  expect(() => cases.store).toThrow("not open");
  expect(shut).toHaveBeenCalledOnce();
}

describe("locking, where the disk does not take that it is locked", () => {
  it("empties the screen all the same, and the passphrase opens it", async () => {
    const sitting = await opened();
    const { cases } = sitting;
    const writeHeader = refuse("writeHeader");
    expect(await cases.lock()).toBe(true);
    expect(writeHeader).toHaveBeenCalledOnce();
    expect(cases.phase).toEqual({ kind: "locked", why: "asked", byKeychain: false });
    expectNothingOnScreen(sitting);
    expect(await cases.unlock("another passphrase")).toBe(false);
    // Still no room: that it is open is not written either.
    expect(await cases.unlock(PASSPHRASE)).toBe(true);
    expect(cases.phase.kind).toBe("open");
    expect(cases.listed.map(({ label }) => label)).toEqual(["first"]);
  });

  it("asks for the passphrase for as long as the program runs, though a keychain could open it", async () => {
    const keychain = memoryKeychain();
    const sitting = await opened(keychain);
    const { cases } = sitting;
    await cases.changeSettings({ lockAsks: true });
    refuse("writeHeader");
    await cases.lock();
    expect(cases.phase).toEqual({ kind: "locked", why: "asked", byKeychain: false });
    await cases.unlockByKeychain();
    expect(cases.phase.kind).toBe("locked");
    expectNothingOnScreen(sitting);
    // The next start knows nothing of it: the disk did not take it.
    await cases.close();
    expect((await start(cases.database, keychain)).cases.phase.kind).toBe("open");
  });

  it("by time, too", async () => {
    const sitting = await opened();
    refuse("writeHeader");
    expect(await sitting.cases.lock("idle")).toBe(true);
    expect(sitting.cases.phase).toEqual({ kind: "locked", why: "idle", byKeychain: false });
    expectNothingOnScreen(sitting);
  });
});

describe("locking by time, where something is not saved", () => {
  it("is refused, and comes by itself after the next time, when it could be saved", async () => {
    const { cases, shut } = await opened();
    await cases.changeSettings({ idleMinutes: 5 });
    const lock = vi.spyOn(cases, "lock");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    // The watch began with the clock of the computer: here it begins anew.
    dispatchEvent(new Event("keydown"));
    const commit = refuse("commit");
    cases.edit({ note: "typed on a full disk" }, "note");

    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(lock.mock.calls).toEqual([["idle"]]);
    expect(await lock.mock.results[0]!.value).toBe(false);
    expect(cases.phase.kind).toBe("open");
    expect(cases.current?.content.note).toBe("typed on a full disk");

    commit.mockRestore();
    vi.advanceTimersByTime(5 * MINUTE_MS - 1);
    expect(lock).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledTimes(2);
    expect(await lock.mock.results[1]!.value).toBe(true);
    expect(cases.phase).toMatchObject({ kind: "locked", why: "idle" });
    expect(shut).toHaveBeenCalledOnce();
    vi.useRealTimers();
    await cases.unlock(PASSPHRASE);
    expect((await cases.store.read(cases.listed[0]!.id)).content.note).toBe("typed on a full disk");
  });
});

describe("the watch over an unused window", () => {
  const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"];
  let isBusy: boolean;
  let onidle: ReturnType<typeof vi.fn<() => void>>;
  let stop: () => void;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    isBusy = false;
    onidle = vi.fn();
    stop = watchIdleness(10, () => isBusy, onidle);
  });
  afterEach(() => stop());

  it("calls after its time, and again each time after that for as long as it is not ended", () => {
    vi.advanceTimersByTime(10 * MINUTE_MS - 1);
    expect(onidle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onidle).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(20 * MINUTE_MS);
    expect(onidle).toHaveBeenCalledTimes(3);
    stop();
    vi.advanceTimersByTime(60 * MINUTE_MS);
    dispatchEvent(new Event("keydown"));
    vi.advanceTimersByTime(60 * MINUTE_MS);
    expect(onidle).toHaveBeenCalledTimes(3);
  });

  it.each(SIGNS)("begins anew with each %s", (sign) => {
    vi.advanceTimersByTime(9 * MINUTE_MS);
    dispatchEvent(new Event(sign));
    vi.advanceTimersByTime(10 * MINUTE_MS - 1);
    expect(onidle).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onidle).toHaveBeenCalledOnce();
  });

  it("begins anew where something goes on that needs no hand", () => {
    isBusy = true;
    vi.advanceTimersByTime(35 * MINUTE_MS);
    expect(onidle).not.toHaveBeenCalled();
    isBusy = false;
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(onidle).toHaveBeenCalledOnce();
  });

  it("is ended by whoever is called, without another call", () => {
    onidle.mockImplementation(() => stop());
    vi.advanceTimersByTime(60 * MINUTE_MS);
    expect(onidle).toHaveBeenCalledOnce();
  });
});
