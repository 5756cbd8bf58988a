import type { BrowserWindow, SaveDialogOptions } from "electron";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { createSaving } from "../../src-main/shell/saving.ts";
import { saving as words } from "../../src-main/words/saving.ts";

const PDF = Buffer.from("%PDF-1.7");
const BYTES = new Uint8Array([1, 2, 3]);
const DOCUMENTS = path.resolve("/home/user/Documents");

function saving(answers: (string | null)[], folder: () => string = () => DOCUMENTS) {
  const printToPDF = vi.fn(() => Promise.resolve(PDF));
  const window = { webContents: { printToPDF } } as unknown as BrowserWindow;
  const write = vi.fn<(target: string, bytes: Uint8Array) => Promise<void>>(() => Promise.resolve());
  const asked: SaveDialogOptions[] = [];
  const showSaveDialog = vi.fn((owner: unknown, options: SaveDialogOptions) => {
    expect(owner).toBe(window);
    asked.push(options);
    const answer = answers.shift() ?? null;
    return Promise.resolve({ canceled: answer === null, filePath: answer ?? "" });
  });
  const shell = createSaving({
    dialog: { showSaveDialog: showSaveDialog as never },
    window,
    folder,
    fileTypes: words.fileTypes,
    write,
  });
  return { ...shell, printToPDF, write, asked, showSaveDialog };
}

describe("saving a file", () => {
  it("asks where, in the user's documents, under the suggested name and kind", async () => {
    const { saveFile, asked } = saving([null]);
    await saveFile({ name: "../Results: NEC.csv", bytes: BYTES });
    expect(asked).toEqual([
      {
        defaultPath: path.join(DOCUMENTS, "-Results- NEC.csv"),
        filters: [{ name: "CSV table", extensions: ["csv"] }],
        properties: ["createDirectory", "showOverwriteConfirmation", "dontAddToRecent"],
      },
    ]);
  });

  it("writes the bytes where the user says, and says where", async () => {
    const { saveFile, write } = saving(["/elsewhere/mine.csv"]);
    expect(await saveFile({ name: "a.csv", bytes: BYTES })).toEqual({
      ok: true,
      value: { saved: true, path: "/elsewhere/mine.csv" },
    });
    expect(write.mock.calls).toEqual([["/elsewhere/mine.csv", BYTES]]);
  });

  it("writes nothing when the user cancels", async () => {
    const { saveFile, write } = saving([null]);
    expect(await saveFile({ name: "a.csv", bytes: BYTES })).toEqual({ ok: true, value: { saved: false } });
    expect(write).not.toHaveBeenCalled();
  });

  it("begins in the folder that was last written to", async () => {
    const { saveFile, asked, write } = saving(["/board/a.csv", null, "/refused/a.csv", null]);
    const save = () => saveFile({ name: "a.csv", bytes: BYTES });
    await save();
    await save();
    write.mockRejectedValueOnce(new Error());
    await save();
    await save();
    expect(asked.map(({ defaultPath }) => path.dirname(defaultPath!))).toEqual([
      DOCUMENTS,
      "/board",
      "/board",
      "/board",
    ]);
  });

  it("leaves the folder to the system when there is none to name", async () => {
    const { saveFile, asked } = saving([null], () => {
      throw new Error("Failed to get 'documents' path");
    });
    await saveFile({ name: "a.csv", bytes: BYTES });
    expect(asked[0]!.defaultPath).toBe("a.csv");
  });

  it("asks once for two clicks", async () => {
    const { saveFile, showSaveDialog, write } = saving(["/a.csv", "/b.csv"]);
    const both = await Promise.all([
      saveFile({ name: "a.csv", bytes: BYTES }),
      saveFile({ name: "a.csv", bytes: BYTES }),
    ]);
    expect(both.map((result) => result.ok && result.value.saved)).toEqual([true, false]);
    expect(showSaveDialog).toHaveBeenCalledOnce();
    expect(write).toHaveBeenCalledOnce();
    await saveFile({ name: "a.csv", bytes: BYTES });
    expect(showSaveDialog).toHaveBeenCalledTimes(2);
  });

  it("says why the system refuses, and which file", async () => {
    const { saveFile, write } = saving(["/usb/a.csv"]);
    write.mockRejectedValueOnce(Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" }));
    expect(await saveFile({ name: "a.csv", bytes: BYTES })).toEqual({
      ok: false,
      code: "save-refused",
      reason: "full",
      path: "/usb/a.csv",
      message: "ENOSPC: no space left",
    });
  });
});

describe("saving a PDF", () => {
  it("makes it of the page in the size that its styles name, with backgrounds, tags and outline", async () => {
    const { savePdf, printToPDF, write, asked } = saving(["/board.pdf"]);
    expect(await savePdf({ name: "Board" })).toEqual({
      ok: true,
      value: { saved: true, path: "/board.pdf" },
    });
    expect(asked[0]).toMatchObject({
      defaultPath: path.join(DOCUMENTS, "Board.pdf"),
      filters: [{ name: "PDF document", extensions: ["pdf"] }],
    });
    expect(printToPDF.mock.calls).toEqual([
      [
        {
          preferCSSPageSize: true,
          printBackground: true,
          generateTaggedPDF: true,
          generateDocumentOutline: true,
        },
      ],
    ]);
    expect(write.mock.calls).toEqual([["/board.pdf", PDF]]);
  });

  it("makes none when the user cancels", async () => {
    const { savePdf, printToPDF } = saving([null]);
    expect(await savePdf({ name: "Board" })).toEqual({ ok: true, value: { saved: false } });
    expect(printToPDF).not.toHaveBeenCalled();
  });

  it("writes nothing when it cannot be made", async () => {
    const { savePdf, printToPDF, write } = saving(["/board.pdf"]);
    printToPDF.mockRejectedValueOnce(new Error("Failed to generate PDF"));
    expect(await savePdf({ name: "Board" })).toEqual({
      ok: false,
      code: "pdf-failed",
      message: "Failed to generate PDF",
    });
    expect(write).not.toHaveBeenCalled();
  });
});
