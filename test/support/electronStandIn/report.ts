import type { MessageBoxSyncOptions, OpenDialogOptions, Rectangle, SaveDialogOptions } from "electron";

/** What the stand-in tells the process that started it, as one message or printed line each. */
export type Report =
  /** a window is shown; a browser's debugging address on loopback */
  | { kind: "window"; endpoint: string }
  /** where a window is that is shown or moved; windows are numbered from 0 in the order in which they are opened */
  | { kind: "placement"; window: number; bounds: Rectangle; fullScreen: boolean; maximised?: true }
  | { kind: "focus"; window: number }
  | { kind: "closed"; window: number }
  | { kind: "save-dialog"; options: SaveDialogOptions }
  | { kind: "open-dialog"; options: OpenDialogOptions }
  /** the menu from now on: each item by the ids or labels on the way to it */
  | { kind: "menu"; paths: string[][] }
  | { kind: "message-box"; options: MessageBoxSyncOptions }
  /** a message box has been closed by the app itself */
  | { kind: "message-box-closed" }
  | { kind: "print"; window: number }
  /** the app wants to be started once more when it has ended */
  | { kind: "relaunch"; args: string[] }
  /** an address is opened in the system's browser, a text put on the clipboard by the main process */
  | { kind: "opened-outside"; url: string }
  | { kind: "copied"; text: string }
  /** a request of a page, with the addresses that the app knows */
  | { kind: "request"; url: string }
  | { kind: "console"; text: string }
  /** bytes of this process, after a collection of garbage: its heap, and all that it holds */
  | { kind: "memory"; heap: number; resident: number }
  | { kind: "error-box"; title: string; content: string };

export function report(message: Report): void {
  if (!process.send) console.log(JSON.stringify(message));
  // Whoever has started it may be gone already, while windows are still closing.
  else if (process.connected) process.send(message);
}
