import { board as words } from "../../src-main/words/board.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import type { Slide } from "./deck.ts";

/** What the presenter has at hand for a slide: more than the room reads. */
export interface Notes {
  cautions: CautionLine[];
  /** the patient's published groups, a line each */
  groups: string[];
}

export function notesOf(slide: Slide): Notes {
  switch (slide.kind) {
    case "title":
    case "method":
      return { cautions: [], groups: [] };
    case "estimate":
    case "evidence":
      return {
        cautions: slide.cautions,
        groups: slide.view.beside
          .filter(({ belongs }) => belongs === true)
          .map(({ label, model, published }) => words.presenter.row(label, model, published)),
      };
    case "comparison":
      return { cautions: slide.view.cautions, groups: [] };
    case "not-estimated":
      // no published group is called this patient's: that would hand back the guess that the models refuse
      return { cautions: slide.reasons, groups: [] };
  }
}
