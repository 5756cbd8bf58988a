import type { BrowserWindow, Dialog } from "electron";
import type { Unloading } from "./sessionEnd.ts";
import { focusWindow } from "./window.ts";

export interface UnloadMeans {
  dialog: Pick<Dialog, "showMessageBoxSync">;
  window: BrowserWindow;
  words: { title: string; message: string; detail: string; stay: string; leave: string };
  /** nobody can be asked while the computer shuts down */
  unloading: () => Unloading;
}

const STAY = 0;
const LEAVE = 1;

/**
 * Asks before a page goes that does not want to: where nobody asks, Electron keeps the window open without a word, and
 * with it a program that was told to quit. The answer must be there before the event is over, so the box is a blocking
 * one; the page's own work, saving too, goes on in its process meanwhile.
 */
export function askBeforeUnload({ dialog, window, words, unloading }: UnloadMeans): void {
  const { title, message, detail, stay, leave } = words;
  window.webContents.on("will-prevent-unload", (event) => {
    const what = unloading();
    // To prevent what the page has done, which is preventing, is to let it go.
    if (what === "go") event.preventDefault();
    if (what !== "ask") return;
    // A question about a window that lies minimised, closed from the task bar, is not seen.
    focusWindow(window);
    const answer = dialog.showMessageBoxSync(window, {
      type: "warning",
      buttons: [stay, leave],
      // Enter and Esc lose nothing.
      defaultId: STAY,
      cancelId: STAY,
      noLink: true,
      title,
      message,
      detail,
    });
    if (answer === LEAVE) event.preventDefault();
  });
}
