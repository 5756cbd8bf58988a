import type { App, BrowserWindow, PowerMonitor } from "electron";
import type { Log } from "./log.ts";

export interface SessionEndMeans {
  app: Pick<App, "exit" | "quit">;
  window: Pick<BrowserWindow, "on">;
  powerMonitor: Pick<PowerMonitor, "on">;
  /** the process, for its signals */
  signals: Pick<NodeJS.EventEmitter, "on">;
  /** writes what the main process itself has not written yet */
  flush: () => void;
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

/** How long a page may take to store what was typed; systems wait for five seconds and more before they kill. */
export const PATIENCE_MS = 2000;
/** How long the program tries to quit: a page that hangs answers nobody. */
export const LONGEST_MS = 4000;
const AGAIN_MS = 200;
/** Another program may stop a log-off that Windows has only asked about; then questions are asked again. */
const ASKED_MS = 60_000;

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
  lock,
  log,
  now = () => performance.now(),
  after = (ms, task) => void setTimeout(task, ms),
}: SessionEndMeans): () => Unloading {
  let leavingSince: number | null = null;
  let askedAt = -Infinity;

  function leave(how: "log-off" | "shutdown" | "signal"): void {
    flush();
    if (leavingSince !== null) return;
    leavingSince = now();
    log("session-end", { how });
    tryToQuit(leavingSince);
  }

  /** A page that stays cancels the quit, so that it is asked for until it comes true. */
  function tryToQuit(since: number): void {
    if (now() - since >= LONGEST_MS) return app.exit(0);
    app.quit();
    after(AGAIN_MS, () => tryToQuit(since));
  }

  // Windows asks each window first, and ends what answers; preventing that would hold the log-off up.
  window.on("query-session-end", () => {
    askedAt = now();
    flush();
    lock();
  });
  window.on("session-end", ({ reasons }) => leave(reasons.includes("logoff") ? "log-off" : "shutdown"));
  powerMonitor.on("shutdown", (event?: { preventDefault: () => void }) => {
    // The system is asked for the moment that leaving takes; Electron's types do not know this event's argument.
    event?.preventDefault();
    leave("shutdown");
  });
  for (const signal of SIGNALS) signals.on(signal, () => leave("signal"));

  return () => {
    if (leavingSince !== null) return now() - leavingSince < PATIENCE_MS ? "wait" : "go";
    return now() - askedAt < ASKED_MS ? "wait" : "ask";
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

/** Lets the last writes reach the disk when all windows are closed, and ends with 0. */
export function flushAtQuit({
  app,
  flush,
  after = (ms, task) => void setTimeout(task, ms),
}: QuitMeans): void {
  let ending = false;
  app.on("will-quit", (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    const exit = (): void => app.exit(0);
    after(LAST_WRITES_MS, exit);
    void flush().then(exit, exit);
  });
}
