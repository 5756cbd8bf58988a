import { number } from "./format.ts";
import { plural } from "./locale.ts";

const backups = (count: number): string =>
  plural.select(count) === "one" ? "this backup" : `these ${number(count)} backups`;

/** What the desktop says in the system's own boxes, outside of any page. */
export const boxes = {
  title: "HG-NEN Prognosis",

  /** the window is about to close, or to load its page anew, and something in it is nowhere else */
  unload: {
    message: "Something here is not stored.",
    detail:
      "Cases that are only in this window, and changes that could not be saved, are lost when you leave. Stored cases stay.",
    stay: "Stay",
    leave: "Leave and lose it",
  },

  /** the page's process has ended twice within a minute */
  crash: {
    message: "The window stopped working twice within a minute.",
    detail:
      "Stored cases stay as they were saved last, whatever you choose. Cases that were only in this window are gone. If it happens again, install the program again.",
    reload: "Reload",
    quit: "Quit",
  },

  /** the page does not answer */
  unresponsive: {
    message: "The window does not respond.",
    detail:
      "It may be busy: waiting loses nothing. When you reload, stored cases stay as they were saved last; cases that are only in this window are lost.",
    wait: "Wait",
    reload: "Reload",
  },

  /** what the native menu asked for was refused by the system */
  notDone: "The system has refused that: it has no program for it, or no dialog to ask with.",

  /** before backups are deleted */
  deletion: {
    message: (count: number) => `Delete ${backups(count)} for good?`,
    detail:
      "This cannot be undone. What is only in a backup is gone then. If you did not ask for this, keep them.",
    keep: "Keep",
    remove: "Delete for good",
  },

  /** before an address is opened outside of the program */
  link: {
    message: "Open this page in your browser?",
    detail: (address: string) =>
      `${address}\n\nThe browser connects to the network; this program does not. Nothing that you have entered goes along.`,
    open: "Open",
    copy: "Copy address",
    cancel: "Cancel",
  },

  startUp: {
    title: "HG-NEN Prognosis cannot start",
    damaged: (detail: string) =>
      `A file of the program is missing or damaged, so no estimate could be trusted.\n\n${detail}\n\nInstall the program again; what you have saved stays.`,
    other: (detail: string) =>
      `${detail}\n\nStart the program once more. If it happens again, install the program again; what you have saved stays.`,
    switches: (names: readonly string[]) =>
      `It was started with ${names.map((name) => `--${name}`).join(" and ")}, which would take its protection away.\n\n${
        names.includes("no-sandbox")
          ? "On a Linux that restricts user namespaces, an AppImage is started so by itself: install the deb or rpm package instead. Elsewhere, look at the shortcut that starts the program."
          : "Start the program without; look at the shortcut that starts it."
      }`,
    /** another start holds the data folder, and no window can be shown for it */
    notFirst: {
      full: (folder: string) =>
        `The disk is full: nothing can be written to\n${folder}\n\nFree some space and start the program again; what you have saved stays.`,
      unwritable: (folder: string) =>
        `The system does not let it write to\n${folder}\n\nLook whether this folder is there, belongs to you and is not write-protected, and whether its disk or server is connected. Then start the program again; what you have saved stays.`,
      "other-computer": (lock: string, computer: string) =>
        `Its data are in use on another computer, “${computer}”, or were when the program was ended there. End it there.\n\nIf it does not run there, or if this computer had that name before, delete this file and start the program again; what you have saved stays:\n${lock}`,
      stale: (lock: string) =>
        `It was ended before without letting go of its data. Delete this file and start the program again; what you have saved stays:\n${lock}`,
      unknown: (folder: string) =>
        `It could not take hold of its data:\n${folder}\n\nStart it once more. If it happens again, restart the computer; what you have saved stays.`,
    },
    log: (folder: string) =>
      `Who helps you finds more in the log, which holds nothing about patients:\n${folder}`,
  },

  /** the report about the program and its surroundings, for who helps: plain text, a line each */
  diagnostics: {
    program: "Program",
    model: "Model",
    electron: "Electron",
    chromium: "Chromium",
    node: "Node.js",
    system: "System",
    packaged: "Installed",
    runsFrom: "Runs",
    places: {
      unpackaged: "unpackaged, from",
      portable: "portable, from",
      appimage: "as AppImage, from",
      "per-machine": "installed for all users, from",
      "per-user": "from a user’s folder,",
      elsewhere: "from another place,",
    },
    language: "Language",
    display: "Display",
    keychain: "Keychain",
    policy: "Policy",
    policyFile: "Policy file",
    policyProblem: "Policy problem",
    dataFolder: "Data folder",
    writable: "Data folder can be written to",
    diskFree: "Free on its disk, MB",
    store: "Stored cases, bytes on disk",
    backups: "Backups",
    backupBytes: "Backups, bytes on disk",
    log: "Log, last lines",
    yes: "yes",
    no: "no",
    none: "none",
    unknown: "unknown",
  },
} as const;
