import type { BrowserWindow, Dialog } from "electron";

export interface DeletionMeans {
  dialog: Pick<Dialog, "showMessageBox">;
  /** whose box it is */
  window: BrowserWindow;
  words: { title: string; message: (count: number) => string; detail: string; keep: string; remove: string };
}

const KEEP = 0;
const REMOVE = 1;

/** Asks in a box that no page can answer whether backups are to be deleted. */
export async function sureOfDeletion(
  { dialog, window, words }: DeletionMeans,
  count: number,
): Promise<boolean> {
  const { title, message, detail, keep, remove } = words;
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    buttons: [keep, remove],
    // Enter and Esc delete nothing.
    defaultId: KEEP,
    cancelId: KEEP,
    noLink: true,
    title,
    message: message(count),
    detail,
  });
  return response === REMOVE;
}
