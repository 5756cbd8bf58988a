import { describe, expect, it } from "vitest";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import {
  SMALLEST,
  cautionStrip,
  fittedLabel,
  linesOf,
  spread,
} from "../../src-renderer/board/slideLayout.ts";

/** Every character half as wide as it is high: lines can be counted by hand. */
const measure = (text: string, size: number): number => (text.length * size) / 2;
const caution = (short: string, severity: CautionLine["severity"]): CautionLine => ({
  key: short,
  severity,
  source: "",
  short,
  full: "",
});

describe("lines of a text", () => {
  it("break at spaces, never at no-break spaces", () => {
    expect(linesOf("aaaa bbbb", 100, 20, 400, measure)).toBe(1);
    expect(linesOf("aaaa bbbb cc", 100, 20, 400, measure)).toBe(2);
    expect(linesOf("aaaa bbbb\u00a0cc", 100, 20, 400, measure)).toBe(2);
  });

  it("break a word that is wider than the line", () => {
    expect(linesOf("a".repeat(25), 100, 20, 400, measure)).toBe(3);
  });
});

describe("a label", () => {
  it("is large while it is short, then smaller, then in two lines", () => {
    const sizes = [6, 60, 80, 160].map((length) =>
      fittedLabel("ab ".repeat(length / 3).trim(), 1064, measure),
    );
    expect(sizes.map(({ size }) => size)).toEqual([40, 32, 26, 22]);
    expect(sizes.map(({ lines }) => lines)).toEqual([1, 1, 1, 2]);
    expect(fittedLabel("W".repeat(300), 1064, measure).broken).toBe(true);
  });
});

describe("the strip of cautions", () => {
  it("is not there where there is nothing to say", () => {
    expect(cautionStrip([], measure)).toBeNull();
  });

  it("on a slide about something else shows the first where none is serious, and counts the rest", () => {
    const lines = [caution("a", "caution"), caution("b", "caution"), caution("c", "note")];
    const strip = cautionStrip(lines, measure, () => false)!;
    expect(strip.shown.map(({ short }) => short)).toEqual(["a"]);
    expect(strip.rest).toBe(2);
  });

  it("shows all but the notes, the worst first, at a readable size and with the height that they take", () => {
    const long = "word ".repeat(24).trim();
    const lines = [
      caution(`a ${long}`, "caution"),
      ...[1, 2, 3].map((n) => caution(`${n} ${long}`, "serious")),
      caution("note", "note"),
    ];
    const strip = cautionStrip(lines, measure)!;
    expect(strip.shown.map(({ short }) => short[0])).toEqual(["1", "2", "3", "a"]);
    expect(strip.more).toBe("+ 1\u00a0note in the presenter's notes");
    expect(strip.size).toBeGreaterThanOrEqual(SMALLEST);
    for (const { caution: each, width, top, height } of strip.items) {
      const text = linesOf(`Important  ${each.short}`, width - 34, strip.size, 650, measure);
      expect(height).toBeGreaterThanOrEqual(text * strip.size * 1.25);
      expect(top + height).toBeLessThanOrEqual(strip.height);
    }
  });

  it("gives up the last of what is more than a slide holds, and says how much and where it is", () => {
    const long = "word ".repeat(60).trim();
    const lines = [1, 2, 3, 4, 5, 6].map((n) => caution(`${n} ${long}`, n < 3 ? "serious" : "caution"));
    const strip = cautionStrip(lines, measure)!;
    expect(strip.shown.length).toBeLessThan(6);
    expect(strip.shown.map(({ short }) => short[0])).toEqual(
      ["1", "2", "3", "4"].slice(0, strip.shown.length),
    );
    expect(strip.more).toBe(`+ ${6 - strip.shown.length}\u00a0more remarks in the notes`);
  });

  it("shows what must always be shown beside the serious ones", () => {
    const lines = [caution("treatment", "caution"), caution("other", "caution"), caution("grave", "serious")];
    const strip = cautionStrip(lines, measure, ({ short }) => short === "treatment")!;
    expect(strip.shown.map(({ short }) => short)).toEqual(["grave", "treatment"]);
  });
});

describe("texts under the ticks", () => {
  it("stay where they fit and give way to the left where they do not", () => {
    expect(spread([50, 200], [40, 40], 10, 400)).toEqual([50, 200]);
    expect(spread([50, 90], [60, 60], 10, 400)).toEqual([20, 90]);
    expect(spread([390], [60], 10, 400)).toEqual([370]);
  });
});
