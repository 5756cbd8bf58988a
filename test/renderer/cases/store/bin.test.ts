// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Rig } from "../../../support/cases.ts";
import {
  caseOf,
  changeTo,
  DAY_MS,
  dumpOf,
  flipped,
  getRaw,
  idOf,
  newDatabaseName,
  openRaw,
  putRaw,
  reopened,
  rigOver,
  STORAGES,
  T0,
  toJson,
} from "../../../support/cases.ts";
import { open } from "../../../../src-renderer/cases/store/crypto.ts";
import { DatabaseStorage } from "../../../../src-renderer/cases/store/database.ts";
import type { StoredRecord } from "../../../../src-renderer/cases/store/record.ts";
import type { StoredIndex } from "../../../../src-renderer/cases/store/storage.ts";
import { BIN_DAYS } from "../../../../src-renderer/cases/store/store.ts";

const [KEPT, BINNED, LATER] = [idOf(1), idOf(2), idOf(3)];

/** A case, one that was put into the bin at T0, and one ten days later; it is ten days later now. */
async function binned(storage: Rig["storage"]): Promise<Rig> {
  const rig = await rigOver(storage);
  const { store, clock } = rig;
  await store.change(
    "create",
    [KEPT, BINNED, LATER].map((id) => changeTo(id, caseOf(`case ${id.at(-1)}`))),
  );
  await store.change("delete", [changeTo(BINNED, caseOf("case 2"), clock.now)]);
  clock.now += 10 * DAY_MS;
  await store.change("delete", [changeTo(LATER, caseOf("case 3"), clock.now)]);
  return rig;
}

describe.each(STORAGES)("the bin in a $kind", ({ make }) => {
  const filled = async (): Promise<Rig> => binned((await make()).storage);

  it(`keeps a case for ${BIN_DAYS} days to the millisecond, and one opening longer`, async () => {
    const { store, clock } = await filled();
    expect(BIN_DAYS).toBe(30);
    expect(store.binned().map(({ id, deletedAt }) => [id, deletedAt])).toEqual([
      [BINNED, T0],
      [LATER, T0 + 10 * DAY_MS],
    ]);
    clock.now = T0 + 30 * DAY_MS;
    expect(store.expired()).toEqual([]);
    expect(await store.removeExpired(null)).toEqual({ removed: [], dueSince: null });
    clock.now += 1;
    expect(store.expired()).toEqual([BINNED]);
    const found = clock.now;
    expect(await store.removeExpired(null)).toEqual({ removed: [], dueSince: found });
    expect((await store.read(BINNED)).content.label).toBe("case 2");
    // Opened again on the same day, and then a day later.
    clock.now = found + DAY_MS - 1;
    expect(await store.removeExpired(found)).toEqual({ removed: [], dueSince: found });
    clock.now += 1;
    expect(await store.removeExpired(found)).toEqual({ removed: [BINNED], dueSince: null });
    await expect(store.read(BINNED)).rejects.toMatchObject({ name: "CaseGone" });
    expect([...store.cases.keys()].sort()).toEqual([KEPT, LATER]);
  });

  it("removes nothing where the clock was wrong for a day, ahead or behind", async () => {
    const { store, clock } = await filled();
    const right = clock.now;
    clock.now = right + 365 * DAY_MS;
    const { removed, dueSince } = await store.removeExpired(null);
    expect([removed, dueSince]).toEqual([[], clock.now]);
    expect(await store.removeExpired(dueSince)).toEqual({ removed: [], dueSince });
    // Set right again: nothing is due, and what was noted is forgotten.
    clock.now = right + DAY_MS;
    expect(await store.removeExpired(dueSince)).toEqual({ removed: [], dueSince: null });
    // Something is due, but was noted at a time that is not yet.
    clock.now = T0 + 31 * DAY_MS;
    expect(await store.removeExpired(clock.now + 1)).toEqual({ removed: [], dueSince: clock.now });
    expect(store.cases.size).toBe(3);
  });

  it("what came to be due after the note waits for the next opening", async () => {
    const { store, clock } = await filled();
    const noted = T0 + 31 * DAY_MS;
    clock.now = T0 + 41 * DAY_MS;
    expect(await store.removeExpired(noted)).toEqual({ removed: [BINNED], dueSince: clock.now });
    const next = clock.now;
    clock.now += DAY_MS;
    expect(await store.removeExpired(next)).toEqual({ removed: [LATER], dueSince: null });
    expect([...store.cases.keys()]).toEqual([KEPT]);
  });

  it("a time in the bin that lies ahead of the clock is not over", async () => {
    const { store, clock } = await filled();
    clock.now = T0 - 90 * DAY_MS;
    expect(store.expired()).toEqual([]);
    expect(await store.removeExpired(clock.now)).toEqual({ removed: [], dueSince: null });
    expect(store.cases.size).toBe(3);
  });

  it("a case that is being restored at that moment stays", async () => {
    const { store, clock } = await filled();
    clock.now = T0 + 31 * DAY_MS;
    const restoring = store.change("restore", [changeTo(BINNED, caseOf("case 2"))]);
    const removing = store.removeExpired(clock.now - DAY_MS);
    await restoring;
    expect(await removing).toEqual({ removed: [], dueSince: null });
    expect((await store.read(BINNED)).deletedAt).toBe(0);
    expect(store.undoable).toMatchObject({ kind: "restore" });
  });

  it("emptied, leaves nothing to take back, and nothing else is touched", async () => {
    const rig = await filled();
    const before = await rig.store.read(KEPT);
    expect(rig.store.undoable).toEqual({ kind: "delete", count: 1, label: "case 3" });
    await rig.store.purge([BINNED, LATER]);
    expect(rig.store.undoable).toBeNull();
    expect(await rig.store.undo()).toBeNull();
    expect(await rig.store.read(KEPT)).toEqual(before);
    const next = await reopened(rig);
    expect(next.undoable).toBeNull();
    expect([...next.cases.keys()]).toEqual([KEPT]);
    expect(await next.undo()).toBeNull();
    await rig.store.purge([]);
    expect([...rig.store.cases.keys()]).toEqual([KEPT]);
  });

  it("emptied while every record is being read brings nothing back into the list", async () => {
    const rig = await filled();
    const [damaged] = await Promise.all([rig.store.verify(), rig.store.purge([BINNED, LATER])]);
    expect(damaged).toEqual([]);
    expect([...rig.store.cases.keys()]).toEqual([KEPT]);
    await rig.store.saveIndex();
    expect([...(await reopened(rig)).cases.keys()]).toEqual([KEPT]);
  });
});

describe("what was removed for good", () => {
  it("is in no table of the database, neither in what can be taken back nor in the list", async () => {
    const name = newDatabaseName();
    const storage = await DatabaseStorage.open(name);
    const rig = await binned(storage);
    // One of them is damaged: the list knows it still.
    const raw = await openRaw(name);
    const whole = await getRaw<StoredRecord>(raw, "records", LATER);
    await putRaw(raw, "records", { ...whole, data: flipped(whole.data, 1) });
    raw.close();
    expect(await rig.store.verify()).toMatchObject([{ id: LATER, label: "case 3" }]);
    await rig.store.saveIndex();
    const everywhere = async (): Promise<string> => {
      const { stores } = await dumpOf(name);
      const rows = stores["meta"]!.rows as { name: string; value: StoredIndex }[];
      const index = rows.find((row) => row.name === "index")!.value;
      const list = await open(rig.key, index, `hg-nen list 1\n${rig.id}\n${index.revision}`);
      return toJson(stores) + list;
    };
    const before = await everywhere();
    for (const trace of [BINNED, LATER, "case 2", "case 3"]) expect(before).toContain(trace);
    await rig.store.purge([BINNED, LATER]);
    const after = await everywhere();
    for (const trace of [BINNED, LATER, "case 2", "case 3"]) expect(after).not.toContain(trace);
    for (const trace of [KEPT, "case 1"]) expect(after).toContain(trace);
    expect((await dumpOf(name)).stores["undo"]!.rows).toEqual([]);
    expect(rig.store.damaged.size).toBe(0);
    storage.close();
  });
});
