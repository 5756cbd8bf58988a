import { deckToPptx } from "../../src-renderer/board/pptx.ts";
import { deckOf } from "../support/decks.ts";

/** As many patients as a long board meeting has. */
const PATIENTS = 20;

/**
 * A deck of 20 patients as PowerPoint: milliseconds of the first export, which loads the library, the median of those
 * after it, and the size of the file. Making the deck itself is not counted.
 */
export async function pptx(): Promise<{ patients: number; first: number; median: number; bytes: number }> {
  const deck = await deckOf(PATIENTS);
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0; i < 6; i++) {
    const start = performance.now();
    bytes = (await deckToPptx(deck, i % 2 === 0 ? "light" : "dark")).length;
    times.push(performance.now() - start);
  }
  const [first, ...rest] = times as [number, ...number[]];
  return { patients: PATIENTS, first, median: rest.sort((a, b) => a - b)[rest.length >> 1]!, bytes };
}
