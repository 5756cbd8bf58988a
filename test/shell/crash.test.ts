import type { RenderProcessGoneDetails } from "electron";
import { describe, expect, it, vi } from "vitest";
import { reloadAfterCrash } from "../../src-main/shell/crash.ts";

type Reason = RenderProcessGoneDetails["reason"];

/** A page whose process goes when it is told to. */
function page({ destroyed = false } = {}) {
  let now = 0;
  let gone = (_event: unknown, _details: { reason: Reason }): void => expect.unreachable();
  const tasks: (() => void)[] = [];
  const reload = vi.fn();
  const giveUp = vi.fn();
  reloadAfterCrash({
    contents: {
      isDestroyed: () => destroyed,
      on: ((event: string, listener: typeof gone) => {
        expect(event).toBe("render-process-gone");
        gone = listener;
      }) as never,
      reload,
    },
    giveUp,
    now: () => now,
    later: (task) => void tasks.push(task),
  });
  return {
    reload,
    giveUp,
    /** within the event: what it has left for later */
    goes: (at: number, reason: Reason = "crashed"): number => {
      now = at;
      gone({}, { reason });
      return tasks.length;
    },
    afterwards: (): void => {
      for (const task of tasks.splice(0)) task();
    },
  };
}

describe("a page whose process is gone", () => {
  it.each<Reason>(["crashed", "killed", "oom", "abnormal-exit"])("is loaded again: %s", (reason) => {
    const { goes, afterwards, reload, giveUp } = page();
    goes(0, reason);
    afterwards();
    expect(reload).toHaveBeenCalledOnce();
    expect(giveUp).not.toHaveBeenCalled();
  });

  it("is loaded only when the event is over, which a reload within it would not survive", () => {
    const { goes, afterwards, reload } = page();
    expect(goes(0)).toBe(1);
    expect(reload).not.toHaveBeenCalled();
    afterwards();
    expect(reload).toHaveBeenCalledOnce();
  });

  it.each([
    [59_999, 1, 1],
    [60_000, 2, 0],
  ])("again after %i ms: loaded %i times, given up %i times", (pause, loads, ends) => {
    const { goes, afterwards, reload, giveUp } = page();
    for (const at of [1000, 1000 + pause]) {
      goes(at);
      afterwards();
    }
    expect(reload).toHaveBeenCalledTimes(loads);
    expect(giveUp).toHaveBeenCalledTimes(ends);
  });

  it("was told to end: nothing happens, and it does not count", () => {
    const { goes, afterwards, reload, giveUp } = page();
    expect(goes(0, "clean-exit")).toBe(0);
    goes(1);
    afterwards();
    expect(reload).toHaveBeenCalledOnce();
    expect(giveUp).not.toHaveBeenCalled();
  });

  it("is left alone when its window is gone too", () => {
    const { goes, afterwards, reload, giveUp } = page({ destroyed: true });
    goes(0);
    goes(1);
    afterwards();
    expect(reload).not.toHaveBeenCalled();
    expect(giveUp).not.toHaveBeenCalled();
  });
});
