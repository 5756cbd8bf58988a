import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { describe, expect, it, vi } from "vitest";
import { beginNewLog } from "../../../../src-renderer/cases/store/newLog.ts";

describe("a new log of the browser's databases", () => {
  it("is begun with more than LevelDB gathers in one, in rows that it keeps in it, and leaves nothing", async () => {
    const factory = new IDBFactory();
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    await beginNewLog(factory);
    const sizes = put.mock.calls.map(([value]) => (value as Uint8Array).length);
    put.mockRestore();
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(4 * 1024 * 1024);
    expect(Math.max(...sizes)).toBeLessThan(64 * 1024);
    expect(await factory.databases()).toEqual([]);
  });

  it("takes away what an earlier one has left", async () => {
    const factory = new IDBFactory();
    await new Promise((resolve) => {
      const opening = factory.open("hg-nen-prognosis-log");
      opening.onupgradeneeded = () => opening.result.createObjectStore("rows").put(new Uint8Array(5), 0);
      opening.onsuccess = () => resolve(opening.result.close());
    });
    await beginNewLog(factory);
    expect(await factory.databases()).toEqual([]);
  });

  it("keeps no store from opening where the browser refuses, or does not answer", async () => {
    const refuses = { open: () => expect.fail("refused"), deleteDatabase: () => expect.fail("refused") };
    await expect(beginNewLog(refuses as never)).resolves.toBeUndefined();
    vi.useFakeTimers();
    const silent = beginNewLog({ open: () => ({}), deleteDatabase: () => ({}) } as never);
    await vi.advanceTimersByTimeAsync(2000);
    await expect(silent).resolves.toBeUndefined();
    vi.useRealTimers();
  });
});
