import type { Failure, FileEnding, Saved, SaveRefusal } from "../api/contract.ts";

/** What is said about files that leave the program, and about the window for the audience. */
export const saving = {
  /** kinds of file, in the system's save dialog */
  fileTypes: {
    pdf: "PDF document",
    pptx: "PowerPoint presentation",
    csv: "CSV table",
    png: "PNG picture",
    txt: "Text",
    json: "JSON file",
    hgnencases: "Encrypted cases",
    nenboard: "Board",
  } satisfies Record<FileEnding, string>,

  saved: (path: string) => `Saved as ${path}`,
  downloaded: "Saved in the browser's download folder.",
  cancelled: "Nothing was saved.",
  printed: "Handed to the print dialog.",

  refused: {
    "read-only": (file: string) =>
      `“${file}” was not saved: it, or the disk it lies on, is write-protected. Choose another name or folder.`,
    full: (file: string) =>
      `“${file}” was not saved: the disk is full. Free some space, or choose another disk.`,
    "no-permission": (file: string) =>
      `“${file}” was not saved: you may not write in this folder. Choose another folder.`,
    "no-folder": (file: string) =>
      `“${file}” was not saved: its folder is not there any more. Choose another folder.`,
    "in-use": (file: string) =>
      `“${file}” was not saved: another program has it open. Close it there, or choose another name.`,
    other: (file: string, reason: string) =>
      `“${file}” was not saved: the system refused it. Choose another folder. Technical reason: ${reason}`,
  } satisfies Record<SaveRefusal, (file: string, reason: string) => string>,
  pdfFailed: (reason: string) => `No PDF could be made, and nothing was saved. Technical reason: ${reason}`,
  projectorBlocked:
    "The browser blocked the window for the audience. Allow pop-up windows for this page, then open it again.",
  projectorFailed: (reason: string) =>
    `The window for the audience could not be opened. Technical reason: ${reason}`,
  forbidden: "Nothing was saved: your administrator does not allow it on this computer.",
  failed: (reason: string) => `That did not work, and nothing was saved. Technical reason: ${reason}`,
} as const;

/** What became of a file. */
export function savedNotice(saved: Saved): string {
  if (saved.saved === null) return saving.printed;
  if (!saved.saved) return saving.cancelled;
  return saved.path === null ? saving.downloaded : saving.saved(saved.path);
}

/** Why a file was not saved, or the audience's window not opened, and what to do. */
export function savingTrouble({ code, reason = "other", path = "", message }: Failure): string {
  switch (code) {
    case "save-refused":
      return saving.refused[reason](nameIn(path), message);
    case "pdf-failed":
      return saving.pdfFailed(message);
    case "projector-blocked":
      return saving.projectorBlocked;
    case "projector-failed":
      return saving.projectorFailed(message);
    case "forbidden":
      return saving.forbidden;
    default:
      return saving.failed(message);
  }
}

/** The last part of a path of either kind of system. */
const nameIn = (path: string): string => path.split(/[\\/]/).at(-1)!;
