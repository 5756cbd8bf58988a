import type { IpcMain, IpcMainInvokeEvent, WebContents } from "electron";
import type { Failure } from "./contract.ts";
import { CHANNEL } from "./contract.ts";
import type { Handlers } from "./endpoints.ts";
import { dispatch } from "./endpoints.ts";
import type { ShellHandlers } from "./shellEndpoints.ts";
import { dispatchShell, isShellEndpoint } from "./shellEndpoints.ts";

/** The one page that is answered. */
export interface AnsweredPage {
  /** of the main window; the audience's window shows the same page and asks nothing */
  contents: WebContents;
  /** whether a frame's address is the app's own page */
  isOwnPage: (url: string) => boolean;
}

const REFUSED: Failure = {
  ok: false,
  code: "refused",
  message: "the sender is not the main window's own page",
};

/**
 * Answers Electron's renderer from two tables, the core's and the shell's: the only use of `ipcMain` in the program.
 *
 * SECURITY: every web frame can send IPC; only the main frame of our own page in the main window is answered, anything
 * else is refused before its request is looked at (Electron security checklist, item 17).
 */
export function bindToElectron(
  ipcMain: Pick<IpcMain, "handle">,
  { core, shell }: { core: Handlers; shell: ShellHandlers },
  page: AnsweredPage,
): void {
  ipcMain.handle(CHANNEL, (event, endpoint: unknown, request: unknown) => {
    if (!isTrusted(event, page)) return REFUSED;
    return isShellEndpoint(endpoint)
      ? dispatchShell(shell, endpoint, request)
      : dispatch(core, endpoint, request);
  });
}

function isTrusted(
  { sender, senderFrame }: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">,
  { contents, isOwnPage }: AnsweredPage,
): boolean {
  return (
    sender === contents && senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url)
  );
}
