import { describe, expect, it } from "vitest";
import type { Place } from "../../src-renderer/board/keys.ts";
import { pressed } from "../../src-renderer/board/keys.ts";

const at = (index: number, rest: Partial<Place> = {}): Place => ({ index, blank: false, typed: "", ...rest });
/** Presses keys one after the other on a deck of eight slides. */
function after(keys: string[], from = at(2)): Place | "leave" {
  let place = from;
  for (const key of keys) {
    const next = pressed(place, key, 8);
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

  it("go to a slide by its number, and to the last one where there are fewer", () => {
    expect(after(["5", "Enter"])).toEqual(at(4));
    expect(after(["4", "2", "Enter"])).toEqual(at(7));
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
    expect(pressed(at(2), "x", 8)).toBeNull();
    expect(pressed(at(2), "?", 8)).toBeNull();
  });
});
