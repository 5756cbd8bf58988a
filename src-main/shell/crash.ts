import type { App, BrowserWindow, Dialog, WebContents } from "electron";
import type { Log } from "./log.ts";
import { EXIT_REASONS, PROCESS_TYPES, wordOf } from "./log.ts";

export interface CrashMeans {
  window: Pick<BrowserWindow, "isDestroyed"> & {
    webContents: Pick<WebContents, "forcefullyCrashRenderer" | "on" | "reload">;
  };
  dialog: Pick<Dialog, "showMessageBox">;
  quit: () => void;
  log: Log;
  words: { title: string; message: string; detail: string; reload: string; quit: string };
  /** ms of a clock that nobody sets */
  now?: () => number;
  /** runs a task when the events of this moment are over */
  later?: (task: () => void) => void;
}

const MINUTE_MS = 60_000;
const RELOAD = 0;
const QUIT = 1;

/**
 * Loads the page again when its process is gone: what was typed is in the store but for the last moment. A page that
 * goes a second time within a minute might go on doing so, so the user says.
 *
 * @returns loads a page again that does not answer any more
 */
export function reloadAfterCrash({
  window,
  dialog,
  quit,
  log,
  words,
  now = () => performance.now(),
  later = setImmediate,
}: CrashMeans): () => void {
  const { webContents } = window;
  let last = -Infinity;
  /** we have ended it ourselves */
  let ended = false;

  function reload(): void {
    if (window.isDestroyed()) return;
    log("reloaded");
    webContents.reload();
  }

  async function ask(): Promise<void> {
    const { title, message, detail } = words;
    const { response } = await dialog.showMessageBox(window as BrowserWindow, {
      type: "error",
      buttons: [words.reload, words.quit],
      // The cases are stored either way, so Esc tries again, too.
      defaultId: RELOAD,
      cancelId: RELOAD,
      noLink: true,
      title,
      message,
      detail,
    });
    if (response === QUIT) quit();
    else reload();
  }

  webContents.on("render-process-gone", (_event, { reason }) => {
    log("renderer-gone", { reason: wordOf(EXIT_REASONS, reason) });
    const asWanted = ended;
    ended = false;
    // It was told to end.
    if (reason === "clean-exit" && !asWanted) return;
    const at = now();
    const again = !asWanted && at - last < MINUTE_MS;
    if (!asWanted) last = at;
    // A reload within the event has ended the main process too (electron/electron#19887, #51900).
    later(() => {
      if (window.isDestroyed()) return;
      if (!again) return reload();
      // A box that cannot be shown is a program that nobody can use.
      ask().catch(quit);
    });
  });

  return () => {
    if (window.isDestroyed()) return;
    ended = true;
    // A page that hangs hears of no reload; its process must go first, and the event above does the rest.
    webContents.forcefullyCrashRenderer();
  };
}

/** The other processes, of graphics and of services, Chromium starts again by itself. */
export function logLostProcesses(app: Pick<App, "on">, log: Log): void {
  app.on("child-process-gone", (_event, { type, reason }) => {
    log("child-process-gone", { type: wordOf(PROCESS_TYPES, type), reason: wordOf(EXIT_REASONS, reason) });
  });
}
