import type { BrowserWindow, Dialog, WebContents } from "electron";
import type { Log } from "./log.ts";

export interface UnresponsiveMeans {
  window: Pick<BrowserWindow, "isDestroyed" | "on" | "once"> & { webContents: Pick<WebContents, "on"> };
  dialog: Pick<Dialog, "showMessageBox">;
  /** ends the page's process and loads the page again */
  reload: () => void;
  log: Log;
  words: { title: string; message: string; detail: string; wait: string; reload: string };
  /** runs a task after that many ms, unless it is called off */
  after?: (ms: number, task: () => void) => () => void;
}

/** A page that is busy for a moment is no reason to ask. */
export const PATIENCE_MS = 5000;
/** Who waits is asked again; Chromium itself may say only once that a page hangs. */
export const AGAIN_MS = 30_000;
const WAIT = 0;
const RELOAD = 1;

const timeout = (ms: number, task: () => void): (() => void) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};

/** Offers to load a page again that does not answer; the box goes by itself when the page answers after all. */
export function offerReload({
  window,
  dialog,
  reload,
  log,
  words,
  after = timeout,
}: UnresponsiveMeans): void {
  /** ends the waiting, or the box */
  let stop: (() => void) | null = null;

  async function ask(): Promise<void> {
    const closing = new AbortController();
    stop = () => closing.abort();
    const { title, message, detail } = words;
    const { response } = await dialog.showMessageBox(window as BrowserWindow, {
      type: "warning",
      buttons: [words.wait, words.reload],
      // Enter and Esc end nothing.
      defaultId: WAIT,
      cancelId: WAIT,
      noLink: true,
      title,
      message,
      detail,
      signal: closing.signal,
    });
    if (closing.signal.aborted || window.isDestroyed()) return;
    if (response !== RELOAD) return askAfter(AGAIN_MS);
    stop = null;
    reload();
  }

  function askAfter(ms: number): void {
    stop = after(ms, () => {
      ask().catch(calm);
    });
  }

  function calm(): void {
    stop?.();
    stop = null;
  }

  window.on("unresponsive", () => {
    // It is waited for, or asked about, already.
    if (stop) return;
    log("unresponsive");
    askAfter(PATIENCE_MS);
  });
  window.on("responsive", () => {
    log("responsive");
    calm();
  });
  // A page that crashes while it hangs is loaded again without this question.
  window.webContents.on("render-process-gone", calm);
  window.once("closed", calm);
}
