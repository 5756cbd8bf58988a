import { board as words } from "../../src-main/words/board.ts";
import { boardFileTroubleWords } from "../../src-main/words/opened.ts";
import { savedNotice, savingTrouble } from "../../src-main/words/saving.ts";
import type { AppState } from "../appState.svelte.ts";
import { NoBoard, writeBoardFile } from "./boardFile.ts";
import { boardOf } from "./boardState.svelte.ts";
import { dateOf } from "./buildDeck.ts";

/** Saves the board as a file where the user says. @returns what became of it, in words */
export async function saveBoard({ host, about }: AppState): Promise<{ text: string; wrong: boolean }> {
  const board = boardOf(host);
  if (board.cases.length === 0) return { text: words.file.empty, wrong: true };
  const now = new Date();
  const name = words.fileName(dateOf(board.day, now), ".nenboard");
  try {
    const bytes = writeBoardFile(board, { made: now.getTime(), appVersion: about?.appVersion ?? "" });
    const saved = await host.saveFile({ name, mimeType: "application/json", bytes });
    if (!saved.ok) return { text: savingTrouble(saved), wrong: true };
    return { text: savedNotice(saved.value), wrong: false };
  } catch (error) {
    if (!(error instanceof NoBoard)) throw error;
    return { text: boardFileTroubleWords(name, error.trouble), wrong: true };
  }
}
