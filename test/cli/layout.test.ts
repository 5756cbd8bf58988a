import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WIDTH, labelled, oneLine, wrap } from "../../src-main/cli/layout.ts";
import { PROPERTY_SEED } from "../support/prognosis.ts";

describe("laying out text", () => {
  it("never writes beyond the width and loses no word", () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom(...Array.from("abc–%\u00a0")), minLength: 1, maxLength: 100 }),
    );
    fc.assert(
      fc.property(words, fc.nat(20), fc.nat(20), (all, first, rest) => {
        const text = all.filter((word) => word.trim() !== "").join(" ");
        const lines = wrap(text, " ".repeat(first), " ".repeat(rest));
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(WIDTH);
        const letters = (of: string): string => of.replaceAll(/\s/g, "");
        expect(letters(lines.join(""))).toBe(letters(text));
      }),
      { seed: PROPERTY_SEED },
    );
  });

  it("breaks at blanks, holds no-break blanks together and prints them as blanks", () => {
    const text = `${"a".repeat(70)} 95\u00a0%\u00a0CI\u00a01.0–2.0 b`;
    expect(wrap(text, "", "  ")).toEqual(["a".repeat(70), "  95 % CI 1.0–2.0 b"]);
  });

  it("puts a text beside its label, or below one that is too long", () => {
    expect(labelled("ALP", "normal", 8)).toEqual(["  ALP   normal"]);
    expect(labelled("ALP ALP", "normal", 8)).toEqual(["  ALP ALP", "        normal"]);
  });

  it("shows control characters instead of sending them to the terminal", () => {
    expect(oneLine("a\nb\u001b[2J\u202e\u00a0c")).toBe("a\\u000ab\\u001b[2J\\u202e c");
  });
});
