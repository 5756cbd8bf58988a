import type { Display, Rectangle } from "electron";

/** What the stand-in knows of a display. */
export type ScriptedDisplay = Pick<Display, "id" | "internal" | "bounds" | "scaleFactor" | "workArea">;

/** What a test tells the stand-in to play, as one message each: what a user or a cable would do. */
export type Command =
  /** the next save dialog is answered with this path, or cancelled with null */
  | { kind: "answer-save-dialog"; filePath: string | null }
  /** the next dialog for a file to open is answered with this path, or cancelled with null */
  | { kind: "answer-open-dialog"; filePath: string | null }
  /** the user chooses an item of the menu, by the ids or labels on the way to it */
  | { kind: "menu"; path: string[] }
  /** macOS hands a file over */
  | { kind: "open-file"; path: string }
  /** these are the displays from now on, the first is the main one; one that is missing has been unplugged */
  | { kind: "displays"; displays: ScriptedDisplay[] }
  /** the next message box is answered with the button of this number, counted from 0 */
  | { kind: "answer-message-box"; button: number }
  /** the user closes the window with this number; its page may ask to stay */
  | { kind: "close-window"; window: number }
  /** the system's keychain is there, does not answer, or has lost the key that it had */
  | { kind: "keychain"; is: KeychainState }
  /** collects garbage and reports what is left, for the bench */
  | { kind: "measure-memory" }
  /** the computer is put to sleep, locked, or given to another user */
  | { kind: "system"; event: SystemEvent }
  /** the user puts the window with this number somewhere */
  | { kind: "arrange"; window: number; to: Rectangle | Arrangement }
  /** the process of a window's page goes */
  | { kind: "crash"; window: number; reason: "crashed" | "oom" | "killed" }
  /** a window's page answers no more, or does again */
  | { kind: "hang"; window: number; hangs: boolean }
  /** the user logs off, as Windows tells it, or the computer shuts down, as Linux and macOS tell it */
  | { kind: "session-end"; how: "log-off" | "shutdown" };

export type Arrangement = "maximised" | "normal" | "minimised" | "full-screen";
export type KeychainState = "there" | "silent" | "another";
export const SYSTEM_EVENTS = ["suspend", "lock-screen", "user-did-resign-active"] as const;
export type SystemEvent = (typeof SYSTEM_EVENTS)[number];

const FULL_HD = { width: 1920, height: 1080 };
const BAR = 40;

/** A display of 1920×1080 with a task bar. */
export function display(id: number, place: { x: number; internal: boolean }): ScriptedDisplay {
  const bounds: Rectangle = { x: place.x, y: 0, ...FULL_HD };
  const workArea = { ...bounds, height: FULL_HD.height - BAR };
  return { id, internal: place.internal, scaleFactor: 1, bounds, workArea };
}
