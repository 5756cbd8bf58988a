import type { WebContents } from "electron";

export interface CrashMeans {
  contents: Pick<WebContents, "isDestroyed" | "on" | "reload">;
  /** ends the program, and says why */
  giveUp: () => void;
  /** ms of a clock that nobody sets */
  now?: () => number;
  /** runs a task when the events of this moment are over */
  later?: (task: () => void) => void;
}

const MINUTE_MS = 60_000;

/**
 * Loads the page again when its process is gone: what was typed is in the store but for the last moment. A page that
 * goes a second time within a minute would go on doing so.
 */
export function reloadAfterCrash({
  contents,
  giveUp,
  now = () => performance.now(),
  later = setImmediate,
}: CrashMeans): void {
  let last = -Infinity;
  contents.on("render-process-gone", (_event, { reason }) => {
    // It was told to end.
    if (reason === "clean-exit") return;
    const at = now();
    const again = at - last < MINUTE_MS;
    last = at;
    // A reload within the event has ended the main process too (electron/electron#19887, #51900).
    later(() => {
      if (contents.isDestroyed()) return;
      if (again) giveUp();
      else contents.reload();
    });
  });
}
