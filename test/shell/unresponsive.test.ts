import type { MessageBoxOptions } from "electron";
import { describe, expect, it, vi } from "vitest";
import type { Log } from "../../src-main/shell/log.ts";
import { AGAIN_MS, offerReload, PATIENCE_MS } from "../../src-main/shell/unresponsive.ts";
import { boxes } from "../../src-main/words/window.ts";

const words = { title: boxes.title, ...boxes.unresponsive };
const [WAIT, RELOAD] = [0, 1];

/** A page that hangs when it is told to, a clock that goes when it is told to, and a user. */
function page() {
  const listeners = new Map<string, () => void>();
  const on = ((event: string, listener: () => void) => void listeners.set(event, listener)) as never;
  const timers = new Set<{ ms: number; task: () => void }>();
  const boxesShown: { options: MessageBoxOptions; answer: (button: number) => Promise<void> }[] = [];
  const showMessageBox = vi.fn(
    (_window: unknown, options: MessageBoxOptions) =>
      new Promise((resolve) => {
        const closed = (response: number) => resolve({ response, checkboxChecked: false });
        options.signal?.addEventListener("abort", () => closed(options.cancelId!));
        boxesShown.push({
          options,
          answer: async (button) => {
            closed(button);
            await new Promise((done) => setImmediate(done));
          },
        });
      }),
  );
  const reload = vi.fn();
  const log = vi.fn();
  offerReload({
    window: { isDestroyed: () => false, on, once: on, webContents: { on } },
    dialog: { showMessageBox: showMessageBox as never },
    reload,
    log: log as Log,
    words,
    after: (ms, task) => {
      const timer = { ms, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  return {
    boxesShown,
    reload,
    log,
    waitsFor: () => [...timers].map(({ ms }) => ms),
    happens: async (event: string) => {
      listeners.get(event)!();
      await new Promise((done) => setImmediate(done));
    },
    timePasses: () => {
      for (const timer of timers) {
        timers.delete(timer);
        timer.task();
      }
    },
  };
}

describe("a page that does not answer", () => {
  it("is waited for, and then asked about: Enter and Esc wait", async () => {
    const { happens, timePasses, waitsFor, boxesShown } = page();
    await happens("unresponsive");
    expect(boxesShown).toEqual([]);
    expect(waitsFor()).toEqual([PATIENCE_MS]);
    timePasses();
    expect(boxesShown).toHaveLength(1);
    expect(boxesShown[0]!.options).toMatchObject({
      buttons: [words.wait, words.reload],
      defaultId: WAIT,
      cancelId: WAIT,
      message: words.message,
      detail: words.detail,
    });
  });

  it("is loaded again when the user says so", async () => {
    const { happens, timePasses, boxesShown, reload } = page();
    await happens("unresponsive");
    timePasses();
    await boxesShown[0]!.answer(RELOAD);
    expect(reload).toHaveBeenCalledOnce();
  });

  it("is asked about again by and by when the user waits", async () => {
    const { happens, timePasses, boxesShown, reload, waitsFor } = page();
    await happens("unresponsive");
    timePasses();
    await boxesShown[0]!.answer(WAIT);
    expect(reload).not.toHaveBeenCalled();
    expect(waitsFor()).toEqual([AGAIN_MS]);
    timePasses();
    expect(boxesShown).toHaveLength(2);
  });

  it.each(["responsive", "render-process-gone", "closed"])(
    "and then %s: the box closes by itself",
    async (event) => {
      const { happens, timePasses, boxesShown, reload, waitsFor } = page();
      await happens("unresponsive");
      timePasses();
      await happens(event);
      expect(boxesShown[0]!.options.signal!.aborted).toBe(true);
      expect(waitsFor()).toEqual([]);
      expect(reload).not.toHaveBeenCalled();
    },
  );

  it("but answers soon is not asked about at all", async () => {
    const { happens, waitsFor, boxesShown, log } = page();
    await happens("unresponsive");
    await happens("responsive");
    expect(waitsFor()).toEqual([]);
    expect(boxesShown).toEqual([]);
    expect(log.mock.calls).toEqual([["unresponsive"], ["responsive"]]);
    await happens("unresponsive");
    expect(waitsFor()).toEqual([PATIENCE_MS]);
  });

  it("is asked about once, however often the system says so", async () => {
    const { happens, timePasses, waitsFor, boxesShown } = page();
    await happens("unresponsive");
    await happens("unresponsive");
    expect(waitsFor()).toHaveLength(1);
    timePasses();
    await happens("unresponsive");
    expect(waitsFor()).toEqual([]);
    expect(boxesShown).toHaveLength(1);
  });
});
