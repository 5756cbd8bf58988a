/** Where a presentation stands. */
export interface Place {
  /** the slide that is shown, from 0 */
  index: number;
  blank: boolean;
  /** digits of a slide's number, until Enter */
  typed: string;
}

const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown", " "]);
const PREVIOUS = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);
/** A slide's number has no more digits than this. */
const MOST_DIGITS = 3;

/**
 * What a key does to a presentation; the keys that remote controls send are among them.
 *
 * @param count number of slides, at least 1
 * @returns the new place, "leave" to end, or null for a key that does nothing here
 */
export function pressed(place: Place, key: string, count: number): Place | "leave" | null {
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
      return to(place.typed === "" ? place.index + 1 : Number(place.typed) - 1);
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
