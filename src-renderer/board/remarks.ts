import type { CautionLine } from "../../src-main/words/cautions.ts";
import type { Deck } from "./deck.ts";
import { notesOf } from "./notes.ts";

/** What is to be said of the case whose last slide this is, each remark once; null at every other slide. */
export function remarksAfter(
  { slides }: Deck,
  index: number,
): { label: string; remarks: CautionLine[] } | null {
  const slide = slides[index];
  if (!slide || !("heading" in slide)) return null;
  const { place, label } = slide.heading;
  const ofCase = slides.filter((each) => "heading" in each && each.heading.place === place);
  if (ofCase.at(-1) !== slide) return null;
  const remarks = new Map(ofCase.flatMap((each) => notesOf(each).cautions.map((line) => [line.key, line])));
  return remarks.size > 0 ? { label, remarks: [...remarks.values()] } : null;
}
