import type { BrowserWindow, Dialog } from "electron";
import type { OpenedEnding } from "../api/contract.ts";
import { OPENED_ENDINGS } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { Push } from "./events.ts";
import type { FoundFiles } from "./openedPaths.ts";
import { MOST_FILES, nameOf, placeOf, shareOf, shownPath } from "./openedPaths.ts";
import { readOpened } from "./readOpened.ts";
import type { RecentFiles } from "./recentFiles.ts";

export interface OpeningMeans {
  dialog: Pick<Dialog, "showMessageBox" | "showOpenDialog">;
  /** whose dialogs they are */
  window: BrowserWindow;
  platform: NodeJS.Platform;
  /** tells the page */
  push: Push;
  recent: Pick<RecentFiles, "add" | "forget">;
  words: OpeningWords;
  read?: typeof readOpened;
}

export interface OpeningWords {
  /** what the kinds of file are called in the dialog, together and each */
  ours: string;
  fileTypes: Readonly<Record<OpenedEnding, string>>;
  network: { title: string; message: string; detail: (path: string) => string; open: string; cancel: string };
}

export interface Opening {
  /** opens what a start or the menu names, absolute; never rejects */
  open: (found: FoundFiles) => Promise<void>;
  /** asks for a file, and opens it; rejects where the system has no dialog */
  choose: () => Promise<void>;
  handlers: Pick<ShellHandlers, "chooseFile">;
}

const OPEN = 0;
const CANCEL = 1;
/** More than a screen shows of a path. */
const LONGEST_SHOWN = 400;

/** Opens files of ours and hands them to the page, or says why one was not opened. */
export function createOpening({
  dialog,
  window,
  platform,
  push,
  recent,
  words,
  read = readOpened,
}: OpeningMeans): Opening {
  /** folders of other computers that the user has chosen, or agreed to, since the start */
  const agreed = new Set<string>();
  let asking = false;

  /** SECURITY: the host learns who asks; a file that came in a mail must not be able to bring that about by itself. */
  async function agrees(file: string): Promise<boolean> {
    if (agreed.has(shareOf(file, platform))) return true;
    const { title, message, detail, open, cancel } = words.network;
    const { response } = await dialog.showMessageBox(window, {
      type: "question",
      buttons: [open, cancel],
      // Enter and Esc reach for nothing.
      defaultId: CANCEL,
      cancelId: CANCEL,
      noLink: true,
      title,
      message,
      detail: detail(shownPath(file, LONGEST_SHOWN)),
    });
    if (response === OPEN) agreed.add(shareOf(file, platform));
    return response === OPEN;
  }

  async function openOne(file: string): Promise<void> {
    const name = nameOf(file, platform);
    const place = placeOf(file, platform);
    if (place === "device")
      return push({ kind: "file-refused", name, reason: "no-file", message: "a device" });
    // SECURITY: not touched in any way before this is answered.
    if (place === "network" && !(await agrees(file))) return;
    const event = await read(file, name);
    if (event.kind === "file") recent.add(file);
    if (event.kind === "file-refused" && event.reason === "no-file") recent.forget(file);
    push(event);
  }

  async function open({ files, left }: FoundFiles): Promise<void> {
    try {
      for (const file of files) await openOne(file);
      const [first] = left;
      if (first === undefined) return;
      const message = `${left.length} left out: at most ${MOST_FILES} files are opened at once`;
      push({ kind: "file-refused", name: nameOf(first, platform), reason: "other", message });
    } catch {
      // The window has been closed while its question was open.
    }
  }

  async function choose(): Promise<void> {
    // A second call while the dialog is open asks for nothing that the dialog does not already ask.
    if (asking) return;
    asking = true;
    try {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        filters: [
          { name: words.ours, extensions: [...OPENED_ENDINGS] },
          ...OPENED_ENDINGS.map((ending) => ({ name: words.fileTypes[ending], extensions: [ending] })),
        ],
        properties: [
          "openFile",
          // SECURITY: as in recentFiles.ts.
          "dontAddToRecent",
        ],
      });
      const [file] = filePaths;
      if (canceled || file === undefined) return;
      // The dialog has been there already.
      agreed.add(shareOf(file, platform));
      await open({ files: [file], left: [] });
    } finally {
      asking = false;
    }
  }

  return {
    open,
    choose,
    handlers: { chooseFile: () => choose().then(() => ({ ok: true, value: null })) },
  };
}
