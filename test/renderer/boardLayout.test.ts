import { describe, expect, it } from "vitest";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import {
  INNER,
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

  it("shows the first where none is serious, and counts the rest", () => {
    const strip = cautionStrip([caution("a", "caution"), caution("b", "note")], measure)!;
    expect(strip.shown.map(({ short }) => short)).toEqual(["a"]);
    expect(strip.rest).toBe(1);
  });

  it("shows every serious one, however long, at a readable size and with the height that it takes", () => {
    const long = "word ".repeat(30).trim();
    const serious = [1, 2, 3, 4].map((n) => caution(`${n} ${long}`, "serious"));
    const strip = cautionStrip([...serious, caution("note", "note")], measure)!;
    expect(strip.shown).toHaveLength(4);
    expect(strip.rest).toBe(1);
    expect(strip.size).toBeGreaterThanOrEqual(SMALLEST);
    const lines = serious.reduce(
      (sum, { short }) => sum + linesOf(short, INNER - 44, strip.size, 600, measure),
      0,
    );
    expect(strip.height).toBeGreaterThanOrEqual(strip.columns === 1 ? lines * strip.size * 1.25 : 0);
  });

  it("shows what must always be shown beside the serious ones", () => {
    const lines = [caution("treatment", "caution"), caution("other", "caution"), caution("grave", "serious")];
    const strip = cautionStrip(lines, measure, ({ short }) => short === "treatment")!;
    expect(strip.shown.map(({ short }) => short)).toEqual(["treatment", "grave"]);
  });
});

describe("texts under the ticks", () => {
  it("stay where they fit and give way to the left where they do not", () => {
    expect(spread([50, 200], [40, 40], 10, 400)).toEqual([50, 200]);
    expect(spread([50, 90], [60, 60], 10, 400)).toEqual([20, 90]);
    expect(spread([390], [60], 10, 400)).toEqual([370]);
  });
});
