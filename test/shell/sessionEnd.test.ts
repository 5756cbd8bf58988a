import { describe, expect, it, vi } from "vitest";
import type { Log } from "../../src-main/shell/log.ts";
import { endWithSession, flushAtQuit, TIMES_MS } from "../../src-main/shell/sessionEnd.ts";

/** A computer that is left, and a program that quits only when its page lets it. */
function computer() {
  let now = 1000;
  const listeners = new Map<string, (event?: object) => void>();
  const on = ((event: string, listener: () => void) => void listeners.set(event, listener)) as never;
  const tasks: (() => void)[] = [];
  const steps: string[] = [];
  const log = vi.fn();
  const unloading = endWithSession({
    app: { quit: () => steps.push("quit") },
    window: { on },
    powerMonitor: { on },
    signals: { on },
    flush: () => steps.push("flush"),
    end: () => steps.push("end"),
    lock: () => steps.push("lock"),
    log: log as Log,
    now: () => now,
    after: (_ms, task) => void tasks.push(task),
  });
  return {
    unloading,
    steps,
    log,
    happens: (event: string, details?: object) => listeners.get(event)!(details),
    timePasses: (ms: number): void => {
      now += ms;
      for (const task of tasks.splice(0)) task();
    },
  };
}

describe("a computer that is left", () => {
  it("is not: questions are asked", () => {
    expect(computer().unloading()).toBe("ask");
  });

  it.each([
    ["session-end", { reasons: ["logoff"] }, "log-off"],
    ["session-end", { reasons: ["shutdown", "critical"] }, "shutdown"],
    ["shutdown", undefined, "shutdown"],
    ["SIGTERM", undefined, "signal"],
    ["SIGINT", undefined, "signal"],
    ["SIGHUP", undefined, "signal"],
  ])("ends the program without a question: %s %o", (event, details, how) => {
    const { happens, steps, unloading, log } = computer();
    happens(event, details);
    expect(steps).toEqual(["flush", "quit"]);
    expect(unloading()).toBe("wait");
    expect(log.mock.calls).toEqual([["session-end", { how }]]);
  });

  describe.each([
    ["session-end", { reasons: ["logoff"] }, TIMES_MS.windows],
    ["SIGTERM", undefined, TIMES_MS.others],
    ["shutdown", undefined, TIMES_MS.others],
  ])("%s", (event, details, { patience, longest }) => {
    it("gives a page time to store what was typed, and then no more, and says so", () => {
      const { happens, steps, unloading, timePasses, log } = computer();
      happens(event, details);
      timePasses(patience - 1);
      expect(unloading()).toBe("wait");
      expect(steps).toEqual(["flush", "quit", "quit"]);
      timePasses(1);
      expect(log).toHaveBeenCalledOnce();
      expect(unloading()).toBe("go");
      expect(log).toHaveBeenLastCalledWith("let-go");
      expect(steps).toEqual(["flush", "quit", "quit", "quit"]);
    });

    it("waits for no page that does not answer", () => {
      const { happens, steps, timePasses } = computer();
      happens(event, details);
      timePasses(longest - 1);
      timePasses(1);
      timePasses(1);
      expect(steps).toEqual(["flush", "quit", "quit", "end"]);
    });
  });

  it("is Windows' for less than the five seconds that it waits", () => {
    const { patience, longest } = TIMES_MS.windows;
    expect(patience).toBeLessThan(longest);
    expect(longest).toBeLessThan(5000);
  });

  it("is left once, however many tell of it", () => {
    const { happens, steps, log, timePasses } = computer();
    happens("session-end", { reasons: ["logoff"] });
    happens("SIGTERM");
    happens("shutdown");
    expect(steps.filter((step) => step === "quit")).toHaveLength(1);
    expect(log).toHaveBeenCalledOnce();
    timePasses(100);
    expect(steps.filter((step) => step === "quit")).toHaveLength(2);
  });

  it("asks the system for the moment that it takes", () => {
    const preventDefault = vi.fn();
    computer().happens("shutdown", { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it("may be left soon, says Windows: all is stored, nothing is held up or ended, and who closes the window is asked", () => {
    const { happens, steps, unloading } = computer();
    const preventDefault = vi.fn();
    happens("query-session-end", { preventDefault, reasons: ["logoff"] });
    expect(steps).toEqual(["flush", "lock"]);
    expect(preventDefault).not.toHaveBeenCalled();
    // Another program may have stopped it.
    expect(unloading()).toBe("ask");
    happens("session-end", { reasons: ["logoff"] });
    expect(unloading()).toBe("wait");
    expect(steps).toEqual(["flush", "lock", "flush", "quit"]);
  });
});

describe("at the end", () => {
  function quitting(flush: () => Promise<unknown>) {
    let willQuit = (_event: { preventDefault: () => void }): void => expect.unreachable();
    const exit = vi.fn();
    const tasks: (() => void)[] = [];
    const end = flushAtQuit({
      app: { exit, on: ((_event: string, listener: typeof willQuit) => (willQuit = listener)) as never },
      flush,
      after: (_ms, task) => void tasks.push(task),
    });
    const preventDefault = vi.fn();
    return {
      exit,
      preventDefault,
      end,
      quit: async () => {
        willQuit({ preventDefault });
        await new Promise((resolve) => setImmediate(resolve));
      },
      timePasses: () => tasks.splice(0).forEach((task) => task()),
    };
  }

  it("the program waits for its last writes, once, and ends with 0", async () => {
    let done = (): void => undefined;
    const flush = vi.fn(() => new Promise<void>((resolve) => (done = resolve)));
    const { quit, exit, preventDefault } = quitting(flush);
    await quit();
    await quit();
    expect(preventDefault).toHaveBeenCalledTimes(2);
    expect(flush).toHaveBeenCalledOnce();
    expect(exit).not.toHaveBeenCalled();
    done();
    await new Promise((resolve) => setImmediate(resolve));
    expect(exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it("the program ends so also without a quit, and once", async () => {
    const flush = vi.fn(() => Promise.resolve());
    const { end, quit, exit } = quitting(flush);
    end();
    await quit();
    expect(flush).toHaveBeenCalledOnce();
    expect(exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it("ends with 0 when they fail", async () => {
    const { quit, exit } = quitting(() => Promise.reject(new Error("EROFS")));
    await quit();
    expect(exit).toHaveBeenCalledExactlyOnceWith(0);
  });

  it("ends with 0 when the disk does not answer", async () => {
    const { quit, exit, timePasses } = quitting(() => new Promise(() => undefined));
    await quit();
    expect(exit).not.toHaveBeenCalled();
    timePasses();
    expect(exit).toHaveBeenCalledExactlyOnceWith(0);
  });
});
