import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { board } from "../../src-main/words/board.ts";
import { SEVERITY_LABEL } from "../../src-main/words/labels.ts";
import type { Deck, Slide } from "../../src-renderer/board/deck.ts";
import { estimateLayout } from "../../src-renderer/board/estimateLayout.ts";
import { deckToPptx } from "../../src-renderer/board/pptx.ts";
import { TOKENS } from "../../src-renderer/board/pptxPalette.ts";
import { fitted, measureArial, plain, wrapped } from "../../src-renderer/board/pptxType.ts";
import { measureText } from "../../src-renderer/chart/measure.ts";
import { sceneOf } from "../../src-renderer/chart/scene.ts";
import { screen } from "../../src-main/words/screen.ts";
import type { ChartView } from "../../src-renderer/chart/chartView.ts";
import { deckOf } from "../support/decks.ts";
import type { PptxFile, SlideObject } from "./pptxFile.ts";
import { EMU, pathOf, readPptx } from "./pptxFile.ts";

const HOSTILE = 'A & B <b>"x"</b>\u0000\u0007\uffff\ud800 ]]>\n\u2028 O\u2019Neill 患者 😀';
const LONG = `${"A label of eighty letters that goes on ".repeat(3).slice(0, 78)}.`;
/** Wider than the slide at any size, and nowhere to break. */
const UNBREAKABLE = "W".repeat(80);

const chartOf = (slide: Slide): ChartView | null => ("view" in slide ? slide.view.chart : null);

let deck: Deck;
let light: PptxFile;
let dark: PptxFile;

beforeAll(async () => {
  deck = await deckOf(20, ["Case 1", HOSTILE, LONG, LONG, UNBREAKABLE, UNBREAKABLE]);
  light = await readPptx(await deckToPptx(deck, "light"));
  dark = await readPptx(await deckToPptx(deck, "dark"));
}, 60_000);

describe("the file", () => {
  it("has a slide of every kind, in the deck's order", () => {
    expect(new Set(deck.slides.map(({ kind }) => kind))).toEqual(
      new Set(["title", "estimate", "evidence", "comparison", "not-estimated", "method"]),
    );
    expect(light.slides).toHaveLength(deck.slides.length);
  });

  it("declares the type of every part, and no part that is not there", () => {
    const types = light.xml("[Content_Types].xml");
    const overrides = [...types.getElementsByTagName("Override")].map((each) =>
      each.getAttribute("PartName")!.slice(1),
    );
    const endings = [...types.getElementsByTagName("Default")].map((each) => each.getAttribute("Extension"));
    expect(overrides.filter((name) => !light.names.includes(name))).toEqual([]);
    expect(new Set(overrides).size).toBe(overrides.length);
    for (const name of light.names) {
      const ending = name.split(".").at(-1)!;
      if (ending === "xml" && name !== "[Content_Types].xml") expect(overrides).toContain(name);
      else expect(endings).toContain(ending);
    }
  });

  it("is well-formed in every part, and every relation leads to a part", () => {
    for (const file of [light, dark]) {
      for (const name of file.names) {
        const document = file.xml(name);
        if (!name.endsWith(".rels")) continue;
        const folder = name.replace(/_rels\/[^/]*$/, "");
        for (const relation of document.getElementsByTagName("Relationship")) {
          const target = new URL(relation.getAttribute("Target")!, `file:///${folder}`).pathname.slice(1);
          expect(file.names, name).toContain(target);
        }
      }
    }
  });

  it("says what it is in its properties, and names no user and no library", () => {
    const core = light.text("docProps/core.xml");
    expect(core).toContain(`<dc:title>${deck.title}</dc:title>`);
    expect(core).toContain("Not a medical device.");
    expect(core).toContain("<dc:creator>HG-NEN Prognosis project</dc:creator>");
    expect(light.text("docProps/app.xml")).toContain("<Company>HG-NEN Prognosis project</Company>");
    for (const name of light.names) expect(light.text(name), name).not.toMatch(/pptxgen/i);
  });

  it("speaks British English and one typeface", () => {
    for (const name of light.names.filter((each) =>
      /slides?\/|notesSlides|slideMaster|slideLayout/.test(each),
    )) {
      expect(light.text(name), name).not.toContain("en-US");
    }
    for (let n = 1; n <= deck.slides.length; n++) {
      const faces = [...light.text(`ppt/slides/slide${n}.xml`).matchAll(/typeface="([^"]*)"/g)].map(
        ([, face]) => face,
      );
      expect(new Set(faces)).toEqual(new Set(["Arial"]));
    }
  });
});

/** What PowerPoint refuses or repairs, and LibreOffice does not mind. */
describe("strictness", () => {
  it("gives every object of a slide an id and a name of its own", () => {
    for (const file of [light, dark]) {
      file.slides.forEach((objects) => {
        const ids = objects.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).not.toContain("1");
        const names = objects.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => name === "" || /undefined|null|&/.test(name))).toEqual([]);
      });
    }
  });

  it("has no number that is none, no negative size, no wrong colour and no empty run", () => {
    for (let n = 1; n <= deck.slides.length; n++) {
      const name = `ppt/slides/slide${n}.xml`;
      const body = dark.text(name).replace(/^<\?xml[^>]*>/, "");
      const wrong = /NaN|undefined|Infinity|="-?\d+\.\d|c[xy]="-|<a:t><\/a:t>/.exec(body);
      expect(wrong?.[0], name).toBeUndefined();
      for (const colour of dark.xml(name).getElementsByTagName("a:srgbClr")) {
        expect(colour.getAttribute("val")).toMatch(/^[0-9A-F]{6}$/);
      }
      for (const paragraph of dark.xml(name).getElementsByTagName("a:p")) {
        const places = [...paragraph.children].flatMap(({ tagName }, i) => (tagName === "a:pPr" ? [i] : []));
        expect(places.length === 0 || (places.length === 1 && places[0] === 0), name).toBe(true);
      }
    }
  });

  it("holds a hostile label as text, without what no file may hold", () => {
    const titles = light.slides.flatMap((objects) => objects.filter(({ name }) => name === "Title"));
    const shown = plain(HOSTILE);
    expect(shown).toBe('A & B <b>"x"</b> ]]> O\u2019Neill 患者 😀');
    expect(titles.map(({ text }) => text)).toContain(shown);
    expect(light.notes.filter(([first]) => first === shown).length).toBeGreaterThan(0);
  });
});

describe("one title for every slide", () => {
  it("is a title to PowerPoint, and the case's label", () => {
    light.slides.forEach((objects, i) => {
      const titles = objects.filter(({ element }) => element.querySelector('*|ph[type="title"]'));
      expect(titles).toHaveLength(1);
      const slide = deck.slides[i]!;
      const wanted = plain("heading" in slide ? slide.heading.label : slide.title);
      expect(wanted.startsWith(titles[0]!.text.replace(/…$/, ""))).toBe(true);
      if (wanted.length <= 80 && wanted !== UNBREAKABLE) expect(titles[0]!.text).toBe(wanted);
    });
  });

  it("has the footer and the page number on every slide, not on the master alone", () => {
    light.slides.forEach((objects, i) => {
      const text = (name: string): string | undefined => objects.find((object) => object.name === name)?.text;
      expect(text("Footer, left")).toBe(plain(deck.footer.left));
      expect(text("Footer, right")).toBe(plain(deck.footer.right));
      expect(light.text(`ppt/slides/slide${i + 1}.xml`)).toContain('type="slidenum"');
    });
  });
});

describe("the chart of the file", () => {
  /** x and y of the plot, EMU, from the grid that is drawn in the file. */
  function plotOf(objects: readonly SlideObject[]): {
    left: number;
    right: number;
    top: number;
    bottom: number;
  } {
    const grid = objects.filter(({ name }) => name.startsWith("Grid line"));
    expect(grid).toHaveLength(5);
    const [{ left, width }] = grid as [SlideObject];
    const tops = grid.map(({ top }) => top);
    return {
      left: left * EMU,
      right: (left + width) * EMU,
      top: Math.min(...tops) * EMU,
      bottom: Math.max(...tops) * EMU,
    };
  }

  it("has each curve's own points, to the rounding of the format", () => {
    let curves = 0;
    deck.slides.forEach((slide, i) => {
      const view = chartOf(slide);
      if (!view) return;
      const objects = light.slides[i]!;
      const plot = plotOf(objects);
      // the place of a point is rounded twice, and so are the ends of the scale
      const [dx, dy] = [2.5 / (plot.right - plot.left), 2.5 / (plot.bottom - plot.top)];
      const same = (
        points: { x: number; y: number }[],
        line: { months: number; survival: number }[],
      ): void => {
        expect(points).toHaveLength(line.length);
        points.forEach(({ x, y }, j) => {
          expect(
            Math.abs((x - plot.left) / (plot.right - plot.left) - line[j]!.months / view.maxMonths),
          ).toBeLessThan(dx);
          expect(Math.abs((plot.bottom - y) / (plot.bottom - plot.top) - line[j]!.survival)).toBeLessThan(dy);
        });
      };
      for (const { name, line, band } of view.series) {
        const find = (wanted: string): SlideObject => {
          const found = objects.find((object) => object.name === plain(wanted));
          if (!found) throw new Error(`no ${wanted}`);
          return found;
        };
        same(pathOf(find(`Curve: ${name}`)), line);
        curves++;
        if (band.length === 0) continue;
        const outline = pathOf(find(`95\u00a0% interval: ${name}`));
        same(
          outline.slice(0, band.length),
          band.map(({ months, upper }) => ({ months, survival: upper })),
        );
        same(
          outline.slice(band.length).reverse(),
          band.map(({ months, lower }) => ({ months, survival: lower })),
        );
      }
    });
    expect(curves).toBeGreaterThan(100);
  });

  it("is one group with a sentence for whoever cannot see it, and its labels are text", () => {
    deck.slides.forEach((slide, i) => {
      const view = chartOf(slide);
      if (!view) return;
      const groups = light.slides[i]!.filter(({ element }) => element.tagName === "p:grpSp");
      expect(groups.map(({ alternative }) => alternative)).toEqual([plain(view.summary)]);
      const members = light.slides[i]!.filter(({ inGroup }) => inGroup === groups[0]!.name);
      const labels = members.filter(({ name }) => name.startsWith("Label: ")).map(({ text }) => text);
      expect(labels).toHaveLength(view.series.length);
      for (const { labels: wordings } of view.series) {
        expect(labels.some((label) => wordings.map(plain).includes(label))).toBe(true);
      }
    });
  });

  it("has the labels of the screen's slide, at the same places and on a ground of their own", () => {
    deck.slides.forEach((slide, i) => {
      if (slide.kind !== "estimate") return;
      const { shapes } = sceneOf(slide.view.chart, {
        ...estimateLayout(slide.cautions).chart,
        measure: measureText,
        axisTitle: screen.chart.months,
      });
      const wanted = shapes.flatMap((shape) =>
        shape.kind === "text" && shape.role === "label"
          ? [{ text: plain(shape.text), x: Math.round(616 + shape.x), y: Math.round(164 + shape.y) }]
          : [],
      );
      const labels = light.slides[i]!.filter(({ name }) => name.startsWith("Label: "));
      const middle = ({ top, height }: SlideObject): number => Math.round(top + height / 2);
      expect(
        labels.map((label) => ({ text: label.text, x: Math.round(label.left), y: middle(label) })),
      ).toEqual(wanted);
      expect(light.slides[i]!.filter(({ name }) => name.startsWith("Ground of a label"))).toHaveLength(
        wanted.length,
      );
    });
  });

  it("tells curves apart by their dashes, and bands by their transparency", () => {
    const at = deck.slides.findIndex(({ kind }) => kind === "evidence");
    const objects = light.slides[at]!;
    const curves = objects.filter(({ name }) => name.startsWith("Curve: "));
    const dashes = curves.map(({ element }) => element.querySelector("*|custDash")?.outerHTML ?? "solid");
    expect(new Set(dashes).size).toBe(curves.length);
    const band = objects.find(({ name }) => name.startsWith("95"))!;
    expect(Number(band.element.querySelector("*|alpha")!.getAttribute("val"))).toBeLessThan(25_000);
  });
});

describe("tables", () => {
  it("hold survival at the landmarks under a header row", () => {
    const at = deck.slides.findIndex(({ kind }) => kind === "estimate");
    const slide = deck.slides[at]!;
    if (slide.kind !== "estimate") throw new Error("no estimate");
    const table = light.slides[at]!.find(({ name }) => name === "Table: survival at landmarks")!;
    expect(table.element.querySelector("*|tblPr")!.getAttribute("firstRow")).toBe("1");
    expect(table.alternative).toContain("percent");
    const rows = [...table.element.getElementsByTagName("a:tr")].map((row) =>
      [...row.getElementsByTagName("a:tc")].map((cell) => cell.textContent.trim()),
    );
    const { landmarks } = slide.view;
    expect(rows[0]!.slice(1)).toEqual(landmarks.map(({ months }) => String(months)));
    expect(rows[1]!.slice(1)).toEqual(landmarks.map(({ patient }) => patient));
    expect(rows[2]!.slice(1)).toEqual(landmarks.map(({ interval }) => interval));
    expect(rows[3]!.slice(1)).toEqual(landmarks.map(({ cohort }) => cohort));
  });

  it("have rows that are high enough for their text, so that nothing moves when they are opened", () => {
    for (const objects of light.slides) {
      for (const { element, name } of objects) {
        for (const row of element.getElementsByTagName("a:tr")) {
          const height = Number(row.getAttribute("h")) / EMU;
          for (const cell of row.getElementsByTagName("a:tc")) {
            // 1.149 is Arial's line; a paragraph's size is that of its first run
            const needed = [...cell.getElementsByTagName("a:p")].reduce((sum, paragraph) => {
              const size = Number(paragraph.querySelector("*|rPr")?.getAttribute("sz") ?? 0) / 75;
              return sum + size * 1.149;
            }, 0);
            expect(needed, name).toBeLessThanOrEqual(height + 0.5);
          }
        }
      }
    }
  });
});

describe("layout", () => {
  it("keeps everything on the slide, and no text on another", () => {
    light.slides.forEach((objects, i) => {
      for (const { name, left, top, width, height } of objects) {
        const where = `slide ${i + 1}, ${name}`;
        expect(left, where).toBeGreaterThanOrEqual(0);
        expect(top, where).toBeGreaterThanOrEqual(0);
        expect(left + width, where).toBeLessThanOrEqual(1280);
        expect(top + height, where).toBeLessThanOrEqual(720);
      }
      const blocks = objects.filter(
        ({ inGroup, text, element }) => inGroup === null && (text !== "" || element.tagName === "p:grpSp"),
      );
      blocks.forEach((a, j) => {
        for (const b of blocks.slice(j + 1)) {
          if (sideBySide(a, b)) continue;
          const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
          const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
          expect(Math.min(across, down), `slide ${i + 1}: ${a.name} on ${b.name}`).toBeLessThanOrEqual(6);
        }
      });
    });
  });

  /** Two lines in one place that start from opposite ends. */
  const sideBySide = (a: SlideObject, b: SlideObject): boolean =>
    [a, b].every(({ name }) => name.startsWith("Risk group"));

  it("has room for every line that must not break", () => {
    light.slides.forEach((objects, i) => {
      for (const { element, name, width } of objects) {
        if (element.tagName !== "p:sp" || element.querySelector("*|bodyPr")?.getAttribute("wrap") !== "none")
          continue;
        for (const paragraph of element.getElementsByTagName("a:p")) {
          let line = 0;
          for (const child of paragraph.children) {
            if (child.tagName === "a:br") line = 0;
            if (child.tagName !== "a:r") continue;
            const look = child.querySelector("*|rPr")!;
            const weight = look.getAttribute("b") === "1" ? 700 : 400;
            line += measureArial(
              child.querySelector("*|t")!.textContent,
              Number(look.getAttribute("sz")) / 75,
              weight,
            );
            expect(line, `slide ${i + 1}, ${name}`).toBeLessThanOrEqual(width + 1);
          }
        }
      }
    });
  });

  it("makes the median the largest text of an estimate, the published one where it describes such patients better", () => {
    deck.slides.forEach((slide, i) => {
      if (slide.kind !== "estimate") return;
      const median = light.slides[i]!.find(({ name }) => name === "Median")!;
      const sizeOf = ({ element }: SlideObject): number =>
        Math.max(0, ...[...element.querySelectorAll("*|rPr")].map((look) => Number(look.getAttribute("sz"))));
      expect(sizeOf(median)).toBeGreaterThanOrEqual(72 * 75);
      for (const other of light.slides[i]!) {
        if (other !== median) expect(sizeOf(other), other.name).toBeLessThan(sizeOf(median));
      }
      const { published, median: ofModel } = slide.view;
      expect(median.text).toBe(plain(published?.weighs ? published.median : ofModel.value));
      expect(light.slides[i]!.find(({ name }) => name === "Endpoint")!.text).toContain(
        slide.view.endpoint.toUpperCase(),
      );
      if (published?.weighs) {
        const model = light.slides[i]!.find(({ name }) => name === "Median by the model")!;
        expect(model.text.replace(/\s/g, " ")).toContain(`The model: ${plain(ofModel.value)} months`);
      }
    });
  });

  it("shows the cautions that the screen's slide shows, each with its severity, every serious one among them", () => {
    deck.slides.forEach((slide, i) => {
      if (slide.kind !== "estimate") return;
      const shown = light.slides[i]!.filter(({ name }) => /^Cautions( \d+)?$/.test(name)).map(
        ({ text }) => text,
      );
      const { strip } = estimateLayout(slide.cautions);
      const wanted = (strip?.shown ?? []).map(({ severity, short }) =>
        plain(board.slide.caution(SEVERITY_LABEL[severity], short)),
      );
      expect(shown).toEqual(wanted);
      for (const { severity, short } of slide.cautions) {
        if (severity === "serious") expect(shown).toContain(`Important  ${plain(short)}`);
      }
    });
  });
});

describe("speaker's notes", () => {
  it("hold every caution in full with its source, and the published groups", () => {
    deck.slides.forEach((slide, i) => {
      const notes = light.notes[i]!;
      const cautions =
        slide.kind === "estimate" || slide.kind === "evidence"
          ? slide.cautions
          : slide.kind === "comparison"
            ? slide.view.cautions
            : slide.kind === "not-estimated"
              ? slide.reasons
              : [];
      for (const { full, source } of cautions) {
        expect(notes.some((line) => line.includes(plain(full)) && line.includes(plain(source)))).toBe(true);
      }
      if (slide.kind === "estimate") {
        for (const { label, published, place } of slide.view.beside.filter(
          ({ belongs }) => belongs === true,
        )) {
          const wanted = [label, published, place].map(plain);
          expect(notes.some((line) => wanted.every((part) => line.includes(part)))).toBe(true);
        }
      }
      expect(notes.at(-1)).toBe(plain(deck.footer.right));
    });
  });
});

describe("colours", () => {
  it("differ by scheme, on the slide itself", () => {
    const ground = (file: PptxFile): string =>
      /<p:bg>.*?val="([0-9A-F]{6})"/.exec(file.text("ppt/slides/slide2.xml"))![1]!;
    expect(ground(light)).toBe(TOKENS["--panel"][0].slice(1).toUpperCase());
    expect(ground(dark)).toBe(TOKENS["--panel"][1].slice(1).toUpperCase());
    expect(dark.text("ppt/slideMasters/slideMaster1.xml")).toContain('bg1="dk1" tx1="lt1"');
  });

  it("are the design tokens, with those that the slides of the screen set", () => {
    const file = (name: string): string =>
      readFileSync(join(import.meta.dirname, "../../src-renderer", name), "utf8");
    const pattern = /^\s*(--[\w-]+): light-dark\(\s*(#[0-9a-f]+),\s*(#[0-9a-f]+)\s*\);/gm;
    const tokens = new Map(
      [...file("ui/tokens.css").matchAll(pattern), ...file("board/SlidePage.svelte").matchAll(pattern)].map(
        ([, name, forLight, forDark]) => [name!, [forLight, forDark]],
      ),
    );
    expect(Object.fromEntries(Object.keys(TOKENS).map((name) => [name, tokens.get(name)]))).toEqual(TOKENS);
  });
});

describe("small decks", () => {
  it("can be a title alone, and a title without cases", async () => {
    const [title] = (await deckOf(0)).slides;
    const file = await readPptx(await deckToPptx({ ...deck, slides: [title!] }, "dark"));
    expect(file.slides).toHaveLength(1);
    expect(file.slides[0]!.map(({ text }) => text)).toContain("No case chosen yet");
  });
});

describe("type", () => {
  it("knows the widths of Arial", () => {
    // Helvetica's metrics, thousandths of the size: H 722, a 556, m 833, b 556, u 556, r 333, g 556
    expect(measureArial("Hamburg", 1000, 400)).toBe(722 + 556 + 833 + 556 + 556 + 333 + 556);
    expect(measureArial("é", 10, 400)).toBe(measureArial("e", 10, 400));
    expect(measureArial("5.4", 100, 700)).toBeCloseTo(139, 0);
  });

  it("takes the first size that fits, and cuts at the last", () => {
    expect(fitted("Case 1", 500, 700, [40, 20])).toEqual({ text: "Case 1", size: 40, lines: 1 });
    expect(fitted("Case 1", 90, 700, [40, 20]).size).toBe(20);
    const cut = fitted("A label that is longer than its place", 100, 400, [20, 16]);
    expect(cut.text).toMatch(/^A label.*…$/);
    expect(measureArial(cut.text, cut.size, 400)).toBeLessThanOrEqual(100);
  });

  it("breaks at spaces and never within an interval", () => {
    const text = "Published for PS 1, n\u00a0=\u00a0195: 8.0\u00a0(6.4–9.6)\u00a0months";
    const lines = wrapped(text, 300, 20, 400);
    expect(lines.join(" ")).toBe(text);
    expect(lines.at(-1)).toContain("6.4–9.6");
  });
});
