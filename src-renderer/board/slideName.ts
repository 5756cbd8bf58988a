import { board as words } from "../../src-main/words/board.ts";
import type { Slide } from "./deck.ts";

/** A slide in a few words: for the thumbnail, the announcement and the presenter. */
export function slideName(slide: Slide): string {
  switch (slide.kind) {
    case "title":
      return words.kinds.title;
    case "estimate":
      return words.kinds.estimate(slide.heading.label, slide.view.endpoint);
    case "evidence":
      return words.kinds.evidence(slide.heading.label, slide.endpoint);
    case "comparison":
      return words.kinds.comparison(slide.heading.label, slide.view.endpoint);
    case "not-estimated":
      return words.kinds.notEstimated(slide.heading.label);
    case "method":
      return words.kinds.method;
  }
}
