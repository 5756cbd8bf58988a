import type { BrowserWindow, MessageBoxOptions, RenderProcessGoneDetails } from "electron";
import { describe, expect, it, vi } from "vitest";
import { logLostProcesses, reloadAfterCrash } from "../../src-main/shell/crash.ts";
import type { Log } from "../../src-main/shell/log.ts";
import { boxes } from "../../src-main/words/window.ts";

type Reason = RenderProcessGoneDetails["reason"];
const words = { title: boxes.title, ...boxes.crash };
const [RELOAD, QUIT] = [0, 1];

/** A page whose process goes when it is told to, and a user who answers. */
function page({
  destroyed = false,
  answer = () => Promise.resolve(RELOAD),
}: { destroyed?: boolean; answer?: () => Promise<number> } = {}) {
  let now = 0;
  let gone = (_event: unknown, _details: { reason: Reason }): void => expect.unreachable();
  const tasks: (() => void)[] = [];
  const reload = vi.fn();
  const quit = vi.fn();
  const log = vi.fn();
  const forcefullyCrashRenderer = vi.fn();
  const asked = vi.fn(async (_window: unknown, _options: MessageBoxOptions) => ({
    response: await answer(),
    checkboxChecked: false,
  }));
  const window = {
    isDestroyed: () => destroyed,
    webContents: {
      on: (event: string, listener: typeof gone) => {
        expect(event).toBe("render-process-gone");
        gone = listener;
      },
      reload,
      forcefullyCrashRenderer,
    },
  } as unknown as BrowserWindow;
  const reloadHung = reloadAfterCrash({
    window,
    dialog: { showMessageBox: asked as never },
    quit,
    log: log as Log,
    words,
    now: () => now,
    later: (task) => void tasks.push(task),
  });
  return {
    window,
    reload,
    quit,
    log,
    asked,
    reloadHung,
    forcefullyCrashRenderer,
    /** within the event: what it has left for later */
    goes: (at: number, reason: Reason = "crashed"): number => {
      now = at;
      gone({}, { reason });
      return tasks.length;
    },
    afterwards: async (): Promise<void> => {
      for (const task of tasks.splice(0)) task();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe("a page whose process is gone", () => {
  it.each<Reason>(["crashed", "killed", "oom", "abnormal-exit"])("is loaded again: %s", async (reason) => {
    const { goes, afterwards, reload, asked, log } = page();
    goes(0, reason);
    await afterwards();
    expect(reload).toHaveBeenCalledOnce();
    expect(asked).not.toHaveBeenCalled();
    expect(log.mock.calls).toEqual([["renderer-gone", { reason }], ["reloaded"]]);
  });

  it("is loaded only when the event is over, which a reload within it would not survive", async () => {
    const { goes, afterwards, reload } = page();
    expect(goes(0)).toBe(1);
    expect(reload).not.toHaveBeenCalled();
    await afterwards();
    expect(reload).toHaveBeenCalledOnce();
  });

  it.each([
    [59_999, 1],
    [60_000, 0],
  ])("again after %i ms: asked about %i times", async (pause, times) => {
    const { goes, afterwards, asked } = page();
    for (const at of [1000, 1000 + pause]) {
      goes(at);
      await afterwards();
    }
    expect(asked).toHaveBeenCalledTimes(times);
  });

  it.each([
    [RELOAD, 2, 0],
    [QUIT, 1, 1],
  ])("a second time is the user's to decide: %i", async (answer, loads, ends) => {
    const { goes, afterwards, reload, quit, asked, window } = page({ answer: () => Promise.resolve(answer) });
    for (const at of [0, 1]) {
      goes(at);
      await afterwards();
    }
    expect(reload).toHaveBeenCalledTimes(loads);
    expect(quit).toHaveBeenCalledTimes(ends);
    expect(asked).toHaveBeenCalledExactlyOnceWith(window, {
      type: "error",
      buttons: [words.reload, words.quit],
      defaultId: RELOAD,
      cancelId: RELOAD,
      noLink: true,
      title: words.title,
      message: words.message,
      detail: words.detail,
    });
  });

  it("ends the program where nobody can be asked", async () => {
    const { goes, afterwards, quit } = page({ answer: () => Promise.reject(new Error("no box")) });
    for (const at of [0, 1]) {
      goes(at);
      await afterwards();
    }
    expect(quit).toHaveBeenCalledOnce();
  });

  it("was told to end: nothing happens, and it does not count", async () => {
    const { goes, afterwards, reload, asked } = page();
    expect(goes(0, "clean-exit")).toBe(0);
    goes(1);
    await afterwards();
    expect(reload).toHaveBeenCalledOnce();
    expect(asked).not.toHaveBeenCalled();
  });

  it("is left alone when its window is gone too", async () => {
    const { goes, afterwards, reload, quit, asked, reloadHung, forcefullyCrashRenderer } = page({
      destroyed: true,
    });
    goes(0);
    goes(1);
    reloadHung();
    await afterwards();
    for (const done of [reload, quit, asked, forcefullyCrashRenderer]) expect(done).not.toHaveBeenCalled();
  });

  it.each<Reason>(["killed", "crashed", "clean-exit"])(
    "because it hung is loaded again, and that counts as no crash: %s",
    async (reason) => {
      const { goes, afterwards, reload, asked, reloadHung, forcefullyCrashRenderer } = page();
      reloadHung();
      expect(forcefullyCrashRenderer).toHaveBeenCalledOnce();
      expect(reload).not.toHaveBeenCalled();
      goes(0, reason);
      await afterwards();
      goes(1);
      await afterwards();
      expect(reload).toHaveBeenCalledTimes(2);
      expect(asked).not.toHaveBeenCalled();
    },
  );
});

it("writes down that another process is gone, in words of its own", () => {
  let gone = (_event: unknown, _details: object): void => expect.unreachable();
  const log = vi.fn();
  logLostProcesses({ on: ((_: string, listener: typeof gone) => (gone = listener)) as never }, log as Log);
  gone({}, { type: "GPU", reason: "crashed", name: "/home/jane/x" });
  gone({}, { type: "jane", reason: "jane" });
  expect(log.mock.calls).toEqual([
    ["child-process-gone", { type: "GPU", reason: "crashed" }],
    ["child-process-gone", { type: "other", reason: "other" }],
  ]);
});
