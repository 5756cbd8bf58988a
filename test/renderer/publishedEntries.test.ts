import { describe, expect, it } from "vitest";
import { cellWords } from "../../src-main/words/published.ts";
import { entriesOf, readable, sectionsOf } from "../../src-renderer/published/entries.ts";
import { PANEL_IDS, panelsOf } from "../../src-renderer/published/figures.ts";
import { asWords, matches, tokensOf } from "../../src-renderer/published/filter.ts";
import { referenceCurves } from "../../src-main/prognosis/publishedCurves.ts";
import { loadPrepared, readStudy } from "../support/prognosis.ts";

const study = readStudy();
const entries = entriesOf(sectionsOf(study));
const byId = new Map(entries.flatMap((entry) => entry.ids.map((id) => [id, entry] as const)));

describe("values as the article prints them", () => {
  const medians = study.results.filter(({ unit }) => unit === "months");

  it.each(medians)("$id stands in the article's own words with the same decimals", (result) => {
    const { value, bracket } = cellWords(result);
    const quote = readable(result.source.quote!);
    const printed = (text: string): RegExp => new RegExp(`(?<![\\d.])${text}(?!\\d|\\.\\d)`);
    expect(quote).toMatch(printed(value));
    if (result.lower !== undefined) {
      expect(quote).toMatch(printed(bracket!.slice(1, -1)));
    } else {
      expect(bracket).toBe("(no CI)");
    }
  });

  it.each([
    ["net-g3/second-line/pfs", "6", "(3–9)"],
    ["nec/os/response-partial", "11.7", "(10.3–13)"],
    ["net-g3/os/ps-2", "5.4", "(0–14.4)"],
    ["nec/characteristics/age-median", "68", "(24–89)"],
    ["nec/characteristics/ps-1", "195", "(46\u00a0%)"],
    ["nec/characteristics-text/sri-performed", "1/5", null],
    ["nec/death/progressive-disease", "> 90\u00a0%", null],
    ["net-g3/toxicity/fatal", "2", "(2.1\u00a0%)"],
  ])("%s: %s %s", (id, value, bracket) => {
    expect(byId.get(id)!.cell).toMatchObject({ value, bracket });
  });

  it("leaves no mark of the text copy in a quote", () => {
    for (const { quote } of byId.values()) expect(quote).not.toMatch(/<\/?su[bp]>|[$\\]|\*/);
  });
});

describe("rows can be told apart", () => {
  it.each(sectionsOf(study).flatMap(({ groups }) => groups))("$title ($id)", ({ rows }) => {
    const labels = rows.map(({ label }) => label);
    expect(labels).toEqual([...new Set(labels)]);
    for (const label of labels) expect(label).toMatch(/^[A-Z0-9<≥]/);
  });

  it("says an outcome in the row only where the heading does not", () => {
    expect(byId.get("net-g3/prrt/os-given")!.title).toBe(
      "NET G3, PRRT, OS from start of first line, PRRT at some time",
    );
    expect(byId.get("nec/second-line/pfs")!.title).toBe("NEC, second line, PFS of second line");
    expect(byId.get("nec/os/all")!.title).toBe("NEC, overall survival, All patients");
  });
});

describe("the filter compares words as they are meant", () => {
  const words = asWords(
    "NET G3, overall survival, Ki‑67 ≥ 55 %",
    "median 8.0 months (6.4–9.6), n = 17",
    "Mørken Esophagus",
  );
  it.each([
    ["net g3", true],
    ["NET  os", false],
    ["ki-67 >=55%", true],
    ["≥ 55 %", true],
    ["6.4-9.6", true],
    ["n=17", true],
    ["8.0", true],
    ["0", false],
    ["7", false],
    ["eso", true],
    ["phagus", false],
    ["nec", false],
    ["", true],
  ])("%s", (typed, expected) => {
    expect(matches(words, tokensOf(typed))).toBe(expected);
  });
});

describe("panels", () => {
  const prepared = loadPrepared();
  const curves = new Map(
    study.models.flatMap(({ tumour, endpoint }) =>
      referenceCurves(prepared, tumour, endpoint).map((curve) => [curve.id, curve] as const),
    ),
  );
  const panels = panelsOf(study, byId, curves);

  it("draw one line for each published median, each with its own dashes and its mark on the 50 % line", () => {
    for (const { id, rows, view, contradiction } of panels) {
      if (id === "2b") {
        expect(view).toBeNull();
        continue;
      }
      if (contradiction) {
        expect(view).toBeNull();
        expect(rows.length).toBeGreaterThan(1);
        continue;
      }
      expect(view!.series.map((series) => series.id)).toEqual(rows.map((row) => row.id));
      expect(new Set(view!.series.map(({ style }) => style)).size).toBe(rows.length);
      for (const { id: result, mark } of view!.series) {
        const { value, lower, upper } = study.results.find((known) => known.id === result)!;
        expect(mark).toMatchObject({ median: value, lower: lower ?? null, upper: upper ?? null });
      }
    }
  });

  it("draw medians alone where the article says that its curves meet or part late", () => {
    const without = panels.filter(({ contradiction }) => contradiction !== null);
    expect(without.map(({ id }) => id)).toEqual(["1c", "1d"]);
    for (const { rows, landmarks, reconstructed } of without) {
      expect(landmarks).toEqual([]);
      expect(reconstructed).toMatch(/^Nothing/);
      for (const { id, published: mark } of rows) {
        const { value, lower, upper } = study.results.find((known) => known.id === id)!;
        expect(mark).toEqual({ median: value, lower, upper });
      }
    }
  });

  it("say that the shape is assumed where only medians of PFS are published", () => {
    const pfs = panels.filter(({ assumedShape }) => assumedShape);
    expect(pfs.map(({ id }) => id)).toEqual(["1a", "3b"]);
    for (const panel of pfs) expect(panel.reconstructed).toContain("is an assumption");
  });

  it("have no value past the end of a curve", () => {
    const [first] = panels;
    expect(first!.landmarks).toEqual([3, 6, 12, 24]);
    expect(first!.rows[0]!.survival.at(-1)).toBeNull();
    expect(first!.rows[1]!.survival.at(-1)).toMatch(/^\d+$/);
  });

  it("stand with their rows before any curve is known, so that nothing moves later", () => {
    const early = panelsOf(study, byId, new Map());
    expect(early.map(({ id }) => id)).toEqual(PANEL_IDS);
    expect(early.map(({ rows, landmarks }) => [rows.length, landmarks])).toEqual(
      panels.map(({ rows, landmarks }) => [rows.length, landmarks]),
    );
    expect(early.every(({ view }) => view === null)).toBe(true);
  });
});

describe("the filter keeps a word and its number together", () => {
  it("finds PS 3 and not every text with a 3 in it", () => {
    const tokens = tokensOf("OS PS 3");
    expect(matches(asWords("OS PS 3, n = 23"), tokens)).toBe(true);
    expect(matches(asWords("OS PS 0 28.7 (21.5–35.8), Table 2, 3-year OS"), tokens)).toBe(false);
    expect(matches(asWords("NET G3, ALP elevated"), tokensOf("net g3 alp"))).toBe(true);
  });
});
