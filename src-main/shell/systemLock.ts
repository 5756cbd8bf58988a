import type { BrowserWindow, PowerMonitor } from "electron";
import type { Result, ShellAnswerOf, SystemLock } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";

export interface SystemLockMeans {
  powerMonitor: Pick<PowerMonitor, "on">;
  /** whose page is told */
  window: Pick<BrowserWindow, "once">;
}

type Answer = Result<ShellAnswerOf<"nextLock">>;

/**
 * Tells the page when the computer is locked or put to sleep, as the answer to a request that it has made before: the
 * bridge needs no second direction. Between an answer and the page's next request nothing is kept: the page has just
 * been told.
 */
export function createSystemLock({ powerMonitor, window }: SystemLockMeans): Pick<ShellHandlers, "nextLock"> {
  let waiting: ((answer: Answer) => void) | null = null;

  function answer(reason: SystemLock | null): void {
    waiting?.({ ok: true, value: { reason } });
    waiting = null;
  }

  powerMonitor.on("suspend", () => answer("suspend"));
  // Windows and macOS. Linux has no such event; there the time without use decides.
  powerMonitor.on("lock-screen", () => answer("lock-screen"));
  // macOS: another user has come to the screen.
  powerMonitor.on("user-did-resign-active", () => answer("other-user"));
  window.once("closed", () => answer(null));

  return {
    nextLock: () => {
      // Of the page before this one, which was loaded anew: it hears no more.
      answer(null);
      return new Promise((resolve) => (waiting = resolve));
    },
  };
}
