import type { BrowserWindow, Dialog } from "electron";
import { readlink } from "node:fs/promises";
import type { OpenedEnding } from "../api/contract.ts";
import { OPENED_ENDINGS } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { Push } from "./events.ts";
import type { FoundFiles, ReadLink } from "./openedPaths.ts";
import { followLinks, MOST_FILES, nameOf, shareOf, shownPath } from "./openedPaths.ts";
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
  links?: ReadLink;
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
/** Files that wait for the one before them, or for the answer to its question. */
const MOST_WAITING = 2 * MOST_FILES;

/** Opens files of ours and hands them to the page, or says why one was not opened. */
export function createOpening({
  dialog,
  window,
  platform,
  push,
  recent,
  words,
  read = readOpened,
  links = (file) => readlink(file),
}: OpeningMeans): Opening {
  /** folders of other computers that the user has chosen or agreed to, or said no to, since the start */
  const agreed = new Set<string>();
  const declined = new Set<string>();
  let asking = false;
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  /** SECURITY: the host learns who asks; a file that came in a mail must not be able to bring that about by itself. */
  async function agrees(file: string, share: string): Promise<boolean> {
    if (agreed.has(share)) return true;
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
    (response === OPEN ? agreed : declined).add(share);
    return response === OPEN;
  }

  async function openOne(file: string): Promise<void> {
    const name = nameOf(file, platform);
    const meant = await followLinks(file, platform, links);
    if (meant.place === "device")
      return push({ kind: "file-refused", name, reason: "no-file", message: "a device" });
    if (meant.place === "network") {
      const share = shareOf(meant.file, platform);
      // A question that comes again and again is answered by mistake one day.
      if (declined.has(share))
        return push({ kind: "file-refused", name, reason: "declined", message: "answered no before" });
      // SECURITY: not touched in any way before this is answered.
      if (!(await agrees(meant.file, share))) return;
    }
    // Where the links led when they were judged: one that is exchanged since then leads nowhere else.
    const event = await read(meant.file, name);
    push(event);
    if (event.kind === "file") recent.add(file);
    if (event.kind === "file-refused" && event.reason === "no-file") recent.forget(file);
  }

  /** One after the other, whoever names them: there is one question at a time, and no pile of them. */
  function open({ files, left }: FoundFiles): Promise<void> {
    const taken = files.slice(0, Math.max(0, MOST_WAITING - waiting));
    const [first, ...others] = [...files.slice(taken.length), ...left];
    waiting += taken.length;
    last = last.then(async () => {
      for (const file of taken) {
        // The window has been closed while its question was open.
        await openOne(file).catch(() => undefined);
        waiting--;
      }
      if (first === undefined) return;
      const message = `${others.length + 1} left out: at most ${MOST_FILES} files are opened at once`;
      push({ kind: "file-refused", name: nameOf(first, platform), reason: "other", message });
    });
    return last;
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
      const meant = await followLinks(file, platform, links);
      agreed.add(shareOf(meant.file, platform));
      declined.delete(shareOf(meant.file, platform));
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
