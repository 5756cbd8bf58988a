import type { IpcMain, WebFrameMain } from "electron";
import { CHANNEL } from "./contract.ts";
import type { Handlers } from "./endpoints.ts";
import { dispatch } from "./endpoints.ts";

/**
 * Answers Electron's renderer: the only use of `ipcMain` in the program.
 *
 * SECURITY: every web frame can send IPC; only the main frame of our own page is answered, anything else is refused
 * before its request is looked at (Electron security checklist, item 17).
 *
 * @param isOwnPage whether a frame's address is the app's own page
 */
export function bindToElectron(
  ipcMain: Pick<IpcMain, "handle">,
  handlers: Handlers,
  isOwnPage: (url: string) => boolean,
): void {
  ipcMain.handle(CHANNEL, (event, endpoint: unknown, request: unknown) =>
    isTrusted(event.senderFrame, isOwnPage)
      ? dispatch(handlers, endpoint, request)
      : { ok: false, code: "refused", message: "the sender is not the app's own page" },
  );
}

function isTrusted(frame: WebFrameMain | null, isOwnPage: (url: string) => boolean): boolean {
  return frame !== null && frame.parent === null && isOwnPage(frame.url);
}
