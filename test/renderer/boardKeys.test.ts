import { describe, expect, it } from "vitest";
import type { Place } from "../../src-renderer/board/keys.ts";
import { caseStarts, pressed } from "../../src-renderer/board/keys.ts";
import { deckOf } from "../support/decks.ts";

const at = (index: number, rest: Partial<Place> = {}): Place => ({ index, blank: false, typed: "", ...rest });
/** first slides of three cases */
const CASES = [1, 3, 6];
/** Presses keys one after the other on a deck of eight slides. */
function after(keys: string[], from = at(2)): Place | "leave" {
  let place = from;
  for (const key of keys) {
    const next = pressed(place, key, 8, CASES);
    if (next === "leave") return next;
    place = next ?? place;
  }
  return place;
}

describe("keys of a presentation", () => {
  it.each(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"])("%s goes on", (key) => {
    expect(after([key])).toEqual(at(3));
  });

  it.each(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"])("%s goes back", (key) => {
    expect(after([key])).toEqual(at(1));
  });

  it("stop at both ends", () => {
    expect(after(["Home", "ArrowLeft"])).toEqual(at(0));
    expect(after(["End", "ArrowRight"])).toEqual(at(7));
  });

  it("go to a case by its number, and to the last one where there are fewer", () => {
    expect(after(["2", "Enter"])).toEqual(at(3));
    expect(after(["4", "2", "Enter"])).toEqual(at(6));
    expect(after(["0", "Enter"])).toEqual(at(0));
  });

  it.each(["b", "B", "."])("%s blanks, and shows the same slide again", (key) => {
    expect(after([key])).toEqual(at(2, { blank: true }));
    expect(after([key, key])).toEqual(at(2));
    expect(after([key, "ArrowRight"])).toEqual(at(2));
  });

  it("Escape takes back typed digits first, then leaves", () => {
    expect(after(["4", "Escape"])).toEqual(at(2));
    expect(after(["4", "Escape", "Escape"])).toBe("leave");
  });

  it("others do nothing", () => {
    expect(pressed(at(2), "x", 8, CASES)).toBeNull();
    expect(pressed(at(2), "?", 8, CASES)).toBeNull();
  });
});

describe("the first slides of cases", () => {
  it("are found in a deck whose cases have several", async () => {
    const { slides } = await deckOf(5);
    const starts = caseStarts(slides);
    expect(starts).toHaveLength(5);
    for (const [i, start] of starts.entries()) {
      const slide = slides[start]!;
      expect("heading" in slide && slide.heading.place).toBe(i + 1);
      expect(slide.kind === "estimate" ? slide.view.endpoint : "os").toBe("os");
    }
  });
});
