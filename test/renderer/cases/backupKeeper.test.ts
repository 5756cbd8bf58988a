// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BackupKeeper } from "../../../src-renderer/cases/backupKeeper.svelte.ts";
import type { Failure } from "../../../src-main/api/contract.ts";
import type { HostShell } from "../../../src-renderer/host/host.svelte.ts";
import { DAY_MS, T0 } from "../../support/cases.ts";
import { localHost, memoryBackups } from "../../support/host.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The hours of the computer, which its user can set; timers run on whatever it says. */
let clock: { now: number };
beforeEach(() => {
  clock = { now: T0 };
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

const pass = async (ms: number): Promise<void> => {
  clock.now += ms;
  await vi.advanceTimersByTimeAsync(ms);
};

/** A promise in the test's hand. */
function holding<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  return { promise: new Promise<T>((done) => (resolve = done)), resolve: (value) => resolve(value) };
}

interface Rig {
  keeper: BackupKeeper;
  /** when each backup was written, since the beginning */
  written: number[];
  host: { writeBackup: ReturnType<typeof vi.fn>; listBackups: ReturnType<typeof vi.fn> };
  make: ReturnType<typeof vi.fn<() => Promise<Uint8Array<ArrayBuffer>>>>;
}
function keeping(shell: Partial<HostShell> = {}): Rig {
  const written: number[] = [];
  const writeBackup = vi.fn<HostShell["writeBackup"]>(
    shell.writeBackup ??
      ((bytes, kind) => {
        written.push(clock.now - T0);
        const file = { name: `${kind}-${written.length}`, bytes: bytes.length, at: clock.now, kind };
        return Promise.resolve({ ok: true, value: file });
      }),
  );
  const listBackups = vi.fn<HostShell["listBackups"]>(shell.listBackups ?? memoryBackups().listBackups);
  const make = vi.fn(() => Promise.resolve(new Uint8Array([1])));
  const host = localHost(undefined, { ...shell, writeBackup, listBackups });
  return {
    ...{ written, make, host: { writeBackup, listBackups } },
    keeper: new BackupKeeper(host, make, () => clock.now),
  };
}

describe("a backup", () => {
  it("comes ten seconds after the first change, however much is typed meanwhile", async () => {
    const { keeper, written } = keeping();
    for (let i = 0; i < 9; i++) {
      keeper.changed();
      await pass(SECOND_MS);
    }
    keeper.changed();
    await pass(SECOND_MS - 1);
    expect(written).toEqual([]);
    expect(keeper.latest).toBeNull();
    await pass(1);
    expect(written).toEqual([10 * SECOND_MS]);
    expect(keeper.latest).toEqual({ at: T0 + 10 * SECOND_MS });
  });

  it("is not put off by somebody who never stops typing, and there is one a minute and no more", async () => {
    const { keeper, written } = keeping();
    for (let i = 0; i < 200; i++) {
      keeper.changed();
      await pass(SECOND_MS);
    }
    expect(written).toEqual([10, 70, 130, 190].map((seconds) => seconds * SECOND_MS));
  });

  it("comes ten seconds after a change again when the one before is long ago", async () => {
    const { keeper, written } = keeping();
    keeper.changed();
    await pass(10 * SECOND_MS);
    await pass(55 * SECOND_MS);
    keeper.changed();
    await pass(10 * SECOND_MS);
    expect(written).toEqual([10 * SECOND_MS, 75 * SECOND_MS]);
  });

  it("is not made where nothing has changed", async () => {
    const { keeper, written } = keeping();
    keeper.changed();
    await pass(DAY_MS);
    expect(written).toHaveLength(1);
  });

  it("comes within a minute where the clock was set back by days", async () => {
    const { keeper, written } = keeping();
    keeper.changed();
    await pass(10 * SECOND_MS);
    clock.now -= 3 * DAY_MS;
    keeper.changed();
    await pass(MINUTE_MS - 1);
    expect(written).toHaveLength(1);
    await pass(1);
    expect(written).toHaveLength(2);
    expect(keeper.latest).toEqual({ at: clock.now });
  });

  it("is said to be waited for until it is written", async () => {
    const { keeper, written } = keeping();
    expect(keeper.isWaiting).toBe(false);
    keeper.changed();
    await pass(SECOND_MS);
    expect(keeper.isWaiting).toBe(true);
    // Of what was read while the store was open; it may be shut by now.
    await keeper.write(() => Promise.resolve(new Uint8Array([2])));
    expect(keeper.isWaiting).toBe(false);
    await pass(DAY_MS);
    expect(written).toEqual([SECOND_MS]);
  });

  it("on request is made at once, and stands for the one that was waited for", async () => {
    const { keeper, written } = keeping();
    keeper.changed();
    await keeper.now();
    await pass(DAY_MS);
    expect(written).toEqual([0]);
  });

  it("does not come any more when the store is shut", async () => {
    const { keeper, written } = keeping();
    keeper.changed();
    keeper.stop();
    await pass(DAY_MS);
    expect(written).toEqual([]);
  });

  it("waits for the one before it", async () => {
    const { keeper, host, make } = keeping();
    const held = holding<Uint8Array<ArrayBuffer>>();
    make.mockReturnValueOnce(held.promise);
    const both = Promise.all([keeper.now(), keeper.now()]);
    await pass(SECOND_MS);
    expect(make).toHaveBeenCalledTimes(1);
    held.resolve(new Uint8Array([1]));
    await both;
    expect(make).toHaveBeenCalledTimes(2);
    expect(host.writeBackup).toHaveBeenCalledTimes(2);
  });
});

describe("a keeper that is halted", () => {
  it("has nothing to come, and goes on with the next change", async () => {
    const { keeper, written } = keeping();
    keeper.changed();
    await keeper.halt();
    await pass(DAY_MS);
    expect(written).toEqual([]);
    keeper.changed();
    await pass(10 * SECOND_MS);
    expect(written).toEqual([DAY_MS + 10 * SECOND_MS]);
  });

  it("drops what is being made, and what was to follow it", async () => {
    const { keeper, host, make } = keeping();
    const held = holding<Uint8Array<ArrayBuffer>>();
    make.mockReturnValueOnce(held.promise);
    const both = Promise.all([keeper.now(), keeper.now()]);
    await pass(0);
    expect(make).toHaveBeenCalledOnce();
    const halted = keeper.halt();
    held.resolve(new Uint8Array([1]));
    await Promise.all([halted, both]);
    expect(make).toHaveBeenCalledOnce();
    expect(host.writeBackup).not.toHaveBeenCalled();
    expect(keeper.latest).toBeNull();
  });

  it("waits for what the host is writing already", async () => {
    const held = holding<Awaited<ReturnType<HostShell["writeBackup"]>>>();
    const { keeper } = keeping({ writeBackup: () => held.promise });
    const writing = keeper.now();
    await pass(0);
    let isHalted = false;
    const halted = keeper.halt().then(() => (isHalted = true));
    await pass(MINUTE_MS);
    expect(isHalted).toBe(false);
    held.resolve({ ok: true, value: { name: "one", bytes: 1, at: T0, kind: "rotating" } });
    await Promise.all([halted, writing]);
    expect(keeper.latest).toEqual({ at: T0 });
  });
});

describe("a backup that fails", () => {
  const refusal: Failure = {
    ...({ ok: false, code: "save-refused" } as const),
    ...({ reason: "full", path: "x", message: "no room" } as const),
  };

  it("is said, and tried again at the next change", async () => {
    const { keeper, host } = keeping({ writeBackup: () => Promise.resolve(refusal) });
    keeper.changed();
    await pass(10 * SECOND_MS);
    expect(keeper.latest).toEqual({ failure: refusal });
    await pass(DAY_MS);
    expect(host.writeBackup).toHaveBeenCalledOnce();
    const file = { name: "later", bytes: 1, at: clock.now, kind: "rotating" as const };
    host.writeBackup.mockResolvedValue({ ok: true, value: file });
    keeper.changed();
    await pass(10 * SECOND_MS);
    expect(keeper.latest).toEqual({ at: clock.now });
  });

  it("is said also where it could not even be made", async () => {
    const { keeper, make, host } = keeping();
    make.mockRejectedValueOnce(new Error("the disk has gone"));
    keeper.changed();
    await pass(10 * SECOND_MS);
    expect(keeper.latest).toEqual({
      failure: { ok: false, code: "internal", message: "the disk has gone" },
    });
    expect(host.writeBackup).not.toHaveBeenCalled();
    keeper.changed();
    await pass(MINUTE_MS);
    expect(keeper.latest).toEqual({ at: clock.now });
  });
});

describe("a store that is opened", () => {
  const backup = (kind: "rotating" | "set-aside", at: number) => ({
    name: `${kind}-${at}`,
    bytes: 1,
    at,
    kind,
  });
  const listing =
    (...found: ReturnType<typeof backup>[]): HostShell["listBackups"] =>
    () =>
      Promise.resolve({ ok: true, value: found });

  it.each([
    ["there is no backup", listing()],
    [
      "the newest backup is older than the newest change",
      listing(backup("rotating", T0 - 1), backup("rotating", 1)),
    ],
    [
      "what is newer was set aside, and does not rotate",
      listing(backup("set-aside", T0 + 5), backup("rotating", 1)),
    ],
    [
      "the backups cannot be listed",
      () => Promise.resolve({ ok: false as const, code: "internal" as const, message: "refused" }),
    ],
  ])("makes up for a backup: %s", async (_what, listBackups) => {
    const { keeper, written } = keeping({ listBackups });
    await keeper.opened(T0);
    await pass(10 * SECOND_MS - 1);
    expect(written).toEqual([]);
    await pass(1);
    expect(written).toEqual([10 * SECOND_MS]);
  });

  it.each([
    ["the newest backup has the newest change", T0, listing(backup("rotating", T0), backup("rotating", 1))],
    ["nothing is in it", 0, listing()],
  ])("makes none: %s", async (_what, latestChange, listBackups) => {
    const { keeper, written } = keeping({ listBackups });
    await keeper.opened(latestChange);
    await pass(DAY_MS);
    expect(written).toEqual([]);
  });
});

describe("a host that keeps no backups", () => {
  it("is never asked for anything", async () => {
    const { keeper, host, make } = keeping({
      capabilities: {
        ...{ pdf: "dialog", projector: "window", warnsOfLoss: true, backups: false },
        ...{ links: "tab", menu: false },
      },
    });
    await keeper.opened(T0);
    keeper.changed();
    await pass(DAY_MS);
    expect(keeper.isWaiting).toBe(false);
    await keeper.now();
    for (const asked of [host.writeBackup, host.listBackups, make]) expect(asked).not.toHaveBeenCalled();
    expect(keeper.latest).toBeNull();
  });
});
