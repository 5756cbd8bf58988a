import type { OpenedEnding } from "../api/contract.ts";
import { saving } from "./saving.ts";
import { screen } from "./screen.ts";

/**
 * What the desktop says in its menu and in the dialogs of it. An ampersand stands before the letter that Windows and
 * Linux underline; macOS leaves it out. On the first level they are none of the letters that the page knows with Alt.
 */
export const desktop = {
  menu: {
    file: "&File",
    edit: "&Edit",
    view: "&View",
    window: "&Window",
    help: "&Help",

    open: "&Open…",
    recent: "Open &recent",
    noRecent: "No recent files",
    clearRecent: "&Clear list",
    saveBoard: "&Save board…",
    print: "&Print…",
    lock: "&Lock cases",
    rooms: {
      estimate: "&Estimate",
      compare: "&Compare",
      board: "&Board",
      cases: "C&ases",
      published: "&Published",
      model: "&Model",
    },
    keys: "&Guide and keys (?)",
    article: "The &article…",
    project: "The &project’s page…",
    diagnostics: "&Diagnostics…",
    off: {
      decided: (item: string) => `${item}: switched off by your administrator`,
      unread: (item: string) => `${item}: off until your administrator’s settings can be read`,
    },
  },
  opening: {
    ours: "Cases and boards",
    fileTypes: {
      hgnencases: saving.fileTypes.hgnencases,
      nenboard: saving.fileTypes.nenboard,
    } satisfies Record<OpenedEnding, string>,
    network: {
      title: screen.product,
      message: "Open a file that lies on another computer?",
      detail: (path: string) =>
        `${path}\n\nThat computer then learns who is signed in here. Open it only if you know the computer and expected the file.`,
      open: "Open",
      cancel: "Do not open",
    },
  },
} as const;
