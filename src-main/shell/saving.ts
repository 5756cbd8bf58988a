import type { BrowserWindow, Dialog, PrintToPDFOptions, WebContents } from "electron";
import path from "node:path";
import type { FileEnding, Result, Saved } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import { endingOf, safeFileName } from "./fileName.ts";
import { messageOf, refused, writeWhole } from "./wholeFile.ts";

export interface SavingMeans {
  dialog: Pick<Dialog, "showSaveDialog">;
  /** whose dialog it is, and whose page is made a PDF */
  window: BrowserWindow;
  /** where the first dialog opens, absolute; may throw */
  folder: () => string;
  /** what a kind of file is called in the dialog */
  fileTypes: Readonly<Record<FileEnding, string>>;
  write?: typeof writeWhole;
}

/** The page's own print styles decide the paper; tags and outline let a screen reader and a reader's sidebar follow it. */
const PDF: PrintToPDFOptions = {
  preferCSSPageSize: true,
  printBackground: true,
  generateTaggedPDF: true,
  generateDocumentOutline: true,
};

/** Saves what the page hands over, and the page itself, where the user says. */
export function createSaving({
  dialog,
  window,
  folder,
  fileTypes,
  write = writeWhole,
}: SavingMeans): Pick<ShellHandlers, "saveFile" | "savePdf"> {
  const { webContents } = window;
  let lastFolder: string | null = null;
  let asking = false;

  /** The system's own choice where its folder cannot be had, as with one on a server that is away. */
  function firstFolder(): string {
    try {
      return folder();
    } catch {
      return "";
    }
  }

  /** SECURITY: the place is always the user's, from the system's dialog; the page's part is a name to begin with. */
  async function askWhere(name: string, ending: FileEnding): Promise<string | null> {
    // A second click while the dialog is open asks for nothing that the dialog does not already ask.
    if (asking) return null;
    asking = true;
    try {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: path.join(lastFolder ?? firstFolder(), safeFileName(name, ending)),
        filters: [{ name: fileTypes[ending], extensions: [ending] }],
        properties: [
          "createDirectory",
          // Other systems ask by themselves before a file is replaced.
          "showOverwriteConfirmation",
          // SECURITY: a file's name may be a case's label; it is no business of the system's list of recent documents.
          "dontAddToRecent",
        ],
      });
      return canceled || filePath === "" ? null : filePath;
    } finally {
      asking = false;
    }
  }

  async function save(
    name: string,
    ending: FileEnding,
    make: () => Promise<Result<Uint8Array>>,
  ): Promise<Result<Saved>> {
    const target = await askWhere(name, ending);
    if (target === null) return { ok: true, value: { saved: false } };
    const made = await make();
    if (!made.ok) return made;
    try {
      await write(target, made.value);
    } catch (error) {
      return refused(error, target);
    }
    lastFolder = path.dirname(target);
    return { ok: true, value: { saved: true, path: target } };
  }

  return {
    saveFile: ({ name, bytes }) =>
      save(name, endingOf(name), () => Promise.resolve({ ok: true, value: bytes })),
    savePdf: ({ name }) => save(name, "pdf", () => makePdf(webContents)),
  };
}

async function makePdf(contents: Pick<WebContents, "printToPDF">): Promise<Result<Uint8Array>> {
  try {
    return { ok: true, value: await contents.printToPDF(PDF) };
  } catch (error) {
    return { ok: false, code: "pdf-failed", message: messageOf(error) };
  }
}
