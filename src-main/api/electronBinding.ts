import type { IpcMain, IpcMainInvokeEvent, WebContents } from "electron";
import type { Failure } from "./contract.ts";
import { CHANNEL } from "./contract.ts";
import type { Handlers } from "./endpoints.ts";
import { dispatch } from "./endpoints.ts";
import type { ShellHandlers, Unforeseen } from "./shellEndpoints.ts";
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

/** Dialogs, files, the keychain and a question for the next event: the page never waits for more than a few at once. */
const MOST_AT_ONCE = 32;
const TOO_MANY: Failure = {
  ok: false,
  code: "refused",
  message: `${MOST_AT_ONCE} requests wait for an answer already`,
};
const TOO_LONG: Failure = {
  ok: false,
  code: "invalid-request",
  message: "what is sent is an endpoint and a request",
};

/**
 * Answers Electron's renderer from two tables, the core's and the shell's: the only use of `ipcMain` in the program.
 *
 * SECURITY: every web frame can send IPC; only the main frame of our own page in the main window is answered, anything
 * else is refused before its request is looked at (Electron security checklist, item 17).
 *
 * @param unforeseen told in full of what the shell's handlers throw, of which the page learns the kind
 */
export function bindToElectron(
  ipcMain: Pick<IpcMain, "handle">,
  { core, shell }: { core: Handlers; shell: ShellHandlers },
  page: AnsweredPage,
  unforeseen?: Unforeseen,
): void {
  let underWay = 0;
  ipcMain.handle(CHANNEL, (event, ...sent: unknown[]) => {
    if (!isTrusted(event, page)) return REFUSED;
    const [endpoint, request, ...more] = sent;
    if (more.length > 0) return TOO_LONG;
    if (!isShellEndpoint(endpoint)) return dispatch(core, endpoint, request);
    // One waits at a time, whoever asks: an older one has been answered. Without it a page hears of no lock.
    if (endpoint === "nextEvent") return dispatchShell(shell, endpoint, request, unforeseen);
    // SECURITY: a page gone wrong holds so many files and dialogs open, and no more.
    if (underWay === MOST_AT_ONCE) return TOO_MANY;
    underWay++;
    return dispatchShell(shell, endpoint, request, unforeseen).finally(() => underWay--);
  });
}

function isTrusted(
  { sender, senderFrame }: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">,
  { contents, isOwnPage }: AnsweredPage,
): boolean {
  try {
    return (
      sender === contents && senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url)
    );
  } catch {
    // A frame that has gone since throws when it is asked for its address.
    return false;
  }
}
