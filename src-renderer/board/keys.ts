import type { Slide } from "./deck.ts";

/** Where a presentation stands. */
export interface Place {
  /** the slide that is shown, from 0 */
  index: number;
  blank: boolean;
  /** digits of a case's number, until Enter */
  typed: string;
}

const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const PREVIOUS = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);
/** A case's number has no more digits than this. */
const MOST_DIGITS = 3;

/**
 * What a key does to a presentation; the keys that remote controls send are among them.
 *
 * @param count number of slides, at least 1
 * @param cases the first slide of each case, in their order: people in a room call out cases, not slides
 * @returns the new place, "leave" to end, or null for a key that does nothing here
 */
export function pressed(
  place: Place,
  key: string,
  count: number,
  cases: readonly number[],
): Place | "leave" | null {
  const to = (index: number): Place => ({
    index: Math.min(Math.max(index, 0), count - 1),
    blank: false,
    typed: "",
  });
  if (/^[0-9]$/.test(key)) return { ...place, typed: (place.typed + key).slice(-MOST_DIGITS) };
  // Waking a blank screen shows the slide that was left, not the one after it.
  if (place.blank && (NEXT.has(key) || PREVIOUS.has(key))) return to(place.index);
  if (NEXT.has(key)) return to(place.index + 1);
  if (PREVIOUS.has(key)) return to(place.index - 1);
  switch (key) {
    case "Home":
      return to(0);
    case "End":
      return to(count - 1);
    case "Enter":
      return to(place.typed === "" ? place.index + 1 : startOf(Number(place.typed), cases));
    case "b":
    case "B":
    case ".":
      return { ...place, blank: !place.blank, typed: "" };
    case "Escape":
      return place.typed === "" ? "leave" : { ...place, typed: "" };
    default:
      return null;
  }
}

/** No case has the number 0: it is the title. A number past the last case is the last one's. */
const startOf = (n: number, cases: readonly number[]): number =>
  n === 0 ? 0 : (cases[Math.min(n, cases.length) - 1] ?? 0);

/** The first slide of each case of a deck. */
export const caseStarts = (slides: readonly Slide[]): number[] =>
  slides.flatMap((slide, i) => {
    if (!("heading" in slide)) return [];
    const before = slides[i - 1]!;
    return "heading" in before && before.heading.place === slide.heading.place ? [] : [i];
  });
