import type { App, BrowserWindow, PowerMonitor } from "electron";
import type { Log } from "./log.ts";

export interface SessionEndMeans {
  app: Pick<App, "quit">;
  window: Pick<BrowserWindow, "on">;
  powerMonitor: Pick<PowerMonitor, "on">;
  /** the process, for its signals */
  signals: Pick<NodeJS.EventEmitter, "on">;
  /** writes what the main process itself has not written yet */
  flush: () => void;
  /** ends the program, whatever its page does, once the main process has written its own */
  end: () => void;
  /** locks the cases, which stores what was being typed: Windows may leave no time for more */
  lock: () => void;
  log: Log;
  /** ms of a clock that nobody sets */
  now?: () => number;
  /** runs a task after that many ms */
  after?: (ms: number, task: () => void) => void;
}

/** What becomes of a page that does not want to go: the user is asked, it may finish what it does, or it goes. */
export type Unloading = "ask" | "wait" | "go";

/**
 * How long a page may take to store what was typed, and how long the program tries to quit, since a page that hangs
 * answers nobody. Windows ends what has not ended five seconds after it has told its windows; the others wait for
 * longer than a slow computer needs.
 */
export const TIMES_MS = {
  windows: { patience: 4000, longest: 4800 },
  others: { patience: 15_000, longest: 20_000 },
} as const;
const AGAIN_MS = 200;

const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/**
 * Ends the program without a question when the computer is shut down or its user logs off. Closing the window lets the
 * page store what was typed; one that is not done yet stays a moment, and is then closed again.
 *
 * Windows tells its windows; Linux and macOS tell through Electron, or send a signal, which Electron takes for a quit
 * with questions.
 *
 * @returns what the box about things that are not stored has to do
 */
export function endWithSession({
  app,
  window,
  powerMonitor,
  signals,
  flush,
  end,
  lock,
  log,
  now = () => performance.now(),
  after = (ms, task) => void setTimeout(task, ms),
}: SessionEndMeans): () => Unloading {
  let leaving: { since: number; times: (typeof TIMES_MS)["windows" | "others"] } | null = null;

  function leave(how: "log-off" | "shutdown" | "signal", system: keyof typeof TIMES_MS): void {
    flush();
    if (leaving) return;
    leaving = { since: now(), times: TIMES_MS[system] };
    log("session-end", { how });
    tryToQuit(leaving.since + leaving.times.longest);
  }

  /** A page that stays cancels the quit, so that it is asked for until it comes true. */
  function tryToQuit(last: number): void {
    if (now() >= last) return end();
    app.quit();
    after(AGAIN_MS, () => tryToQuit(last));
  }

  // Windows asks each window first, and closes none before all have answered; preventing that would hold the log-off up.
  // Another program may stop it still, so that nothing is ended, and who closes the window meanwhile is a user, who is asked.
  window.on("query-session-end", () => {
    flush();
    lock();
  });
  window.on("session-end", ({ reasons }) =>
    leave(reasons.includes("logoff") ? "log-off" : "shutdown", "windows"),
  );
  powerMonitor.on("shutdown", (event?: { preventDefault: () => void }) => {
    // The system is asked for the moment that leaving takes; Electron's types do not know this event's argument.
    event?.preventDefault();
    leave("shutdown", "others");
  });
  for (const signal of SIGNALS) signals.on(signal, () => leave("signal", "others"));

  return () => {
    if (!leaving) return "ask";
    if (now() - leaving.since < leaving.times.patience) return "wait";
    log("let-go");
    return "go";
  };
}

/** How long the disk may take at the end: a disk that does not answer keeps no program from ending. */
export const LAST_WRITES_MS = 2000;

export interface QuitMeans {
  app: Pick<App, "exit" | "on">;
  /** resolves when all is written, or could not be */
  flush: () => Promise<unknown>;
  after?: (ms: number, task: () => void) => void;
}

/**
 * Lets the last writes reach the disk when all windows are closed, and ends with 0.
 *
 * @returns ends the program so at once, windows or not
 */
export function flushAtQuit({
  app,
  flush,
  after = (ms, task) => void setTimeout(task, ms),
}: QuitMeans): () => void {
  let ending = false;
  function end(): void {
    if (ending) return;
    ending = true;
    const exit = (): void => app.exit(0);
    after(LAST_WRITES_MS, exit);
    void flush().then(exit, exit);
  }
  app.on("will-quit", (event) => {
    event.preventDefault();
    end();
  });
  return end;
}
