import type { MessageBoxSyncOptions, Rectangle, SaveDialogOptions } from "electron";

/** What the stand-in tells the process that started it, as one message or printed line each. */
export type Report =
  /** a window is shown; a browser's debugging address on loopback */
  | { kind: "window"; endpoint: string }
  /** where a window is that is shown or moved; windows are numbered from 0 in the order in which they are opened */
  | { kind: "placement"; window: number; bounds: Rectangle; fullScreen: boolean }
  | { kind: "focus"; window: number }
  | { kind: "closed"; window: number }
  | { kind: "save-dialog"; options: SaveDialogOptions }
  | { kind: "message-box"; options: MessageBoxSyncOptions }
  | { kind: "print"; window: number }
  /** a request of a page, with the addresses that the app knows */
  | { kind: "request"; url: string }
  | { kind: "console"; text: string }
  | { kind: "error-box"; title: string; content: string };

export function report(message: Report): void {
  if (!process.send) console.log(JSON.stringify(message));
  // Whoever has started it may be gone already, while windows are still closing.
  else if (process.connected) process.send(message);
}
