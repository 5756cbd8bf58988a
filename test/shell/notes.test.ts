import { describe, expect, it, vi } from "vitest";
import { NOTES } from "../../src-main/api/contract.ts";
import type { Log } from "../../src-main/shell/log.ts";
import { lineOf } from "../../src-main/shell/log.ts";
import { createNotes } from "../../src-main/shell/notes.ts";

const MINUTE = 60_000;

function noting() {
  const log = vi.fn();
  let time = 0;
  const { note } = createNotes({ log: log as Log, now: () => time });
  return { log, note, wait: (ms: number) => void (time += ms) };
}

describe("what the page has written down", () => {
  it.each(NOTES)("is a line of the log: %s", async (code) => {
    const { log, note } = noting();
    expect(await note({ code })).toEqual({ ok: true, value: null });
    expect(log.mock.calls).toEqual([["page-note", { code }]]);
    expect(lineOf(0, "page-note", { code })).toBe(`1970-01-01T00:00:00.000Z page-note code=${code}`);
  });

  it("is written once a minute, however often the page tries again", async () => {
    const { log, note, wait } = noting();
    for (let i = 0; i < 60; i++) {
      await note({ code: "saving-failed" });
      wait(2000);
    }
    expect(log).toHaveBeenCalledTimes(2);
    await note({ code: "store-full" });
    expect(log).toHaveBeenCalledTimes(3);
  });

  it("is written also after a clock was set back", async () => {
    const { log, note, wait } = noting();
    await note({ code: "store-lost" });
    wait(-60 * MINUTE);
    await note({ code: "store-lost" });
    expect(log).toHaveBeenCalledTimes(2);
  });

  it("does not write the log full, whatever asks for it", async () => {
    const { log, note, wait } = noting();
    for (let i = 0; i < 1000; i++) {
      for (const code of NOTES) await note({ code });
      wait(MINUTE);
    }
    expect(log).toHaveBeenCalledTimes(100);
  });
});
