import type { Display, Rectangle } from "electron";

/** What the stand-in knows of a display. */
export type ScriptedDisplay = Pick<Display, "id" | "internal" | "bounds" | "workArea">;

/** What a test tells the stand-in to play, as one message each: what a user or a cable would do. */
export type Command =
  /** the next save dialog is answered with this path, or cancelled with null */
  | { kind: "answer-save-dialog"; filePath: string | null }
  /** these are the displays from now on, the first is the main one; one that is missing has been unplugged */
  | { kind: "displays"; displays: ScriptedDisplay[] }
  /** the next message box is answered with the button of this number, counted from 0 */
  | { kind: "answer-message-box"; button: number }
  /** the user closes the window with this number; its page may ask to stay */
  | { kind: "close-window"; window: number }
  /** the system's keychain is there, does not answer, or has lost the key that it had */
  | { kind: "keychain"; is: KeychainState }
  /** the computer is put to sleep, locked, or given to another user */
  | { kind: "system"; event: SystemEvent };

export type KeychainState = "there" | "silent" | "another";
export const SYSTEM_EVENTS = ["suspend", "lock-screen", "user-did-resign-active"] as const;
export type SystemEvent = (typeof SYSTEM_EVENTS)[number];

const FULL_HD = { width: 1920, height: 1080 };
const BAR = 40;

/** A display of 1920×1080 with a task bar. */
export function display(id: number, place: { x: number; internal: boolean }): ScriptedDisplay {
  const bounds: Rectangle = { x: place.x, y: 0, ...FULL_HD };
  return { id, internal: place.internal, bounds, workArea: { ...bounds, height: FULL_HD.height - BAR } };
}
