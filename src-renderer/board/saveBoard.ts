import { board as words } from "../../src-main/words/board.ts";
import { boardFileTroubleWords } from "../../src-main/words/opened.ts";
import { savedNotice, savingTrouble } from "../../src-main/words/saving.ts";
import type { AppState } from "../appState.svelte.ts";
import { NoBoard, writeBoardFile } from "./boardFile.ts";
import { boardOf } from "./boardState.svelte.ts";
import { dateOf } from "./buildDeck.ts";

/** What became of a board that was to be saved, in words. Who cancels it saves nothing, and nothing is wrong. */
export interface SavedBoard {
  text: string;
  wrong: boolean;
  saved: boolean;
}

/** Saves the board as a file where the user says. */
export async function saveBoard({ host, about }: AppState): Promise<SavedBoard> {
  const board = boardOf(host);
  const failed = (text: string): SavedBoard => ({ text, wrong: true, saved: false });
  if (board.cases.length === 0) return failed(words.file.empty);
  const now = new Date();
  const name = words.fileName(dateOf(board.day, now), ".nenboard");
  try {
    const bytes = writeBoardFile(board, { made: now.getTime(), appVersion: about?.appVersion ?? "" });
    const saved = await host.saveFile({ name, mimeType: "application/json", bytes });
    if (!saved.ok) return failed(savingTrouble(saved));
    return { text: savedNotice(saved.value), wrong: false, saved: saved.value.saved !== false };
  } catch (error) {
    if (!(error instanceof NoBoard)) throw error;
    return failed(boardFileTroubleWords(name, error.trouble));
  }
}
