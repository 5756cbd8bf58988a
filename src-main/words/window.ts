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
    language: "Language",
    display: "Display",
    keychain: "Keychain",
    policy: "Policy",
    policyFile: "Policy file",
    policyProblem: "Policy problem",
    dataFolder: "Data folder",
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
