import { board } from "../../src-main/words/board.ts";
import { SEVERITY_LABEL } from "../../src-main/words/labels.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { ChartView } from "../chart/chartView.ts";
import type { CaseHeading, Deck } from "./deck.ts";
import type { Box, Page, Run } from "./pptxPage.ts";
import type { Token } from "./pptxPalette.ts";
import { LINE, fitted, linesIn, measureArial, plain } from "./pptxType.ts";
import { SLIDE, SMALLEST, cautionStrip } from "./slideLayout.ts";

/** Edges of what a slide shows, pixels: those of the slides on the screen. */
export const LEFT = SLIDE.margin;
export const RIGHT = SLIDE.width - SLIDE.margin;
export const INNER = RIGHT - LEFT;
export const TOP = SLIDE.top;
export const BOTTOM = SLIDE.bottom;
const HEADER = { top: 26, rule: 118 } as const;
const PAGE_NUMBER = 60;
const FOOTER = { rule: 677, top: 684, height: 32 } as const;

export const run = (page: Page, text: string, size: number, token: Token = "--ink", weight = 400): Run => ({
  text,
  size,
  weight,
  paint: page.of(token),
});

/** One measured line from its top. */
export function drawLine(
  page: Page,
  name: string,
  text: Run,
  { left, top, width }: Omit<Box, "height">,
  align: "left" | "center" | "right" = "left",
): void {
  page.text(name, [text], { left, top, width, height: text.size * LINE }, { align, wrap: false });
}

/**
 * What stands at the foot of every slide, and its number at the top. It is on the slide and not on its master: a slide
 * that is copied into another deck takes it along.
 */
export function drawFrame(page: Page, { left, right }: Deck["footer"]): void {
  const { footer, rule } = words.object;
  page.rule(rule, { x: LEFT, y: FOOTER.rule }, { x: RIGHT, y: FOOTER.rule }, "--line");
  const wide = (text: string, size: number): number => measureArial(plain(text), size, 400) * 1.03 + 4;
  const room = INNER - 24;
  const size = [15, 14, 13, 12].find((each) => wide(left, each) + wide(right, each) <= room);
  // One line each where both fit; else two lines in shares of their lengths.
  const share =
    size === undefined ? (room * wide(left, 12)) / (wide(left, 12) + wide(right, 12)) : wide(left, size);
  const style = { wrap: size === undefined };
  const runs = (text: string): Run[] => [run(page, text, size ?? 12, "--ink-2")];
  page.text(
    footer.left,
    runs(left),
    { left: LEFT, top: FOOTER.top, width: share, height: FOOTER.height },
    style,
  );
  const width = room - share;
  const rightBox = { left: RIGHT - width, top: FOOTER.top, width, height: FOOTER.height };
  page.text(footer.right, runs(right), rightBox, { ...style, align: "right" });
  const number = { left: RIGHT - PAGE_NUMBER, top: 34, width: PAGE_NUMBER, height: 30 };
  page.pageNumber(number, 24, page.of("--ink-2"));
}

/** The case's label, and under it what was estimated from. */
export function drawHeading(page: Page, { label, facts }: CaseHeading): void {
  const room = HEADER.rule - HEADER.top - 8;
  const about = plain(words.list(facts));
  const line = about === "" ? null : fitted(about, INNER, 400, [25, 23, 21, SMALLEST]);
  const factsHeight = line ? line.size * LINE + 4 : 0;
  const width = INNER - PAGE_NUMBER - 40;
  const one = fitted(plain(label), width, 700, [40, 36, 32, 28, 26]);
  // Two lines rather than an end cut off.
  const { text, size } = one.text === plain(label) ? one : fitted(plain(label), width, 700, [22, 21, 20], 2);
  const labelBox = { left: LEFT, top: HEADER.top, width, height: room - factsHeight };
  page.title(words.object.title, run(page, text, size, "--ink", 700), labelBox, {
    valign: "middle",
    shrink: true,
  });
  if (line) {
    const top = HEADER.top + room - factsHeight;
    drawLine(page, words.object.facts, run(page, line.text, line.size, "--ink-2"), {
      left: LEFT,
      top,
      width: INNER,
    });
  }
  page.rule(words.object.rule, { x: LEFT, y: HEADER.rule }, { x: RIGHT, y: HEADER.rule }, "--line", 2);
}

/** A slide that is about no case: its title alone. */
export function drawTitle(page: Page, title: string): void {
  const width = INNER - PAGE_NUMBER - 40;
  const { text, size } = fitted(plain(title), width, 700, [40, 34, 28, 24]);
  const box = { left: LEFT, top: HEADER.top, width, height: HEADER.rule - HEADER.top - 8 };
  page.title(words.object.title, run(page, text, size, "--ink", 700), box, { valign: "middle" });
  page.rule(words.object.rule, { x: LEFT, y: HEADER.rule }, { x: RIGHT, y: HEADER.rule }, "--line", 2);
}

/** Draws the cautions at the foot of a slide, those that the screen's slide shows; returns where the room above ends. */
export function drawCautions(page: Page, cautions: readonly CautionLine[]): number {
  const strip = cautionStrip(cautions, measureArial);
  if (!strip) return BOTTOM - 8;
  const { shown, rest } = strip;
  const bar = 6;
  const padding = 10;
  const gap = 4;
  const aside = rest > 0 ? 216 : 0;
  const width = INNER - bar - 2 * padding - aside;
  const linesOf = ({ severity, short }: CautionLine, size: number): number => {
    // its first word is bold
    const inWords = words.caution(SEVERITY_LABEL[severity], short);
    return linesIn(plain(inWords), size, 400, width - 0.6 * size);
  };
  const linesAt = (size: number): number => shown.reduce((sum, caution) => sum + linesOf(caution, size), 0);
  const size = linesAt(22) <= 2 ? 22 : SMALLEST;
  // beside them how many more there are, in two lines
  const text = linesAt(size) * size * LINE + (shown.length - 1) * gap;
  const height = Math.max(text, rest > 0 ? 2 * SMALLEST * LINE : 0) + 2 * padding;
  const top = BOTTOM - height;
  page.rectangle(
    words.object.cautionGround,
    { left: LEFT, top, width: INNER, height },
    page.of("--caution-ground"),
  );
  page.rectangle(
    words.object.cautionGround,
    { left: LEFT, top, width: bar, height },
    page.of("--caution-line"),
  );
  const runs = shown.flatMap(({ severity, short }, i): Run[] => {
    const label = SEVERITY_LABEL[severity];
    const text = words.caution(label, short).slice(label.length);
    return [
      run(page, label, size, "--caution-ink", 700),
      { ...run(page, text, size, "--caution-ink"), end: i < shown.length - 1 },
    ];
  });
  const left = LEFT + bar + padding;
  page.text(
    words.object.cautions,
    runs,
    { left, top, width, height },
    { valign: "middle", gap, shrink: true },
  );
  if (rest > 0) {
    // the notes of the slide hold them all
    const more = [board.slide.moreCautions(rest), words.inNotes].map((text, i) => ({
      ...run(page, text, SMALLEST, "--caution-ink"),
      soft: i > 0,
    }));
    const box = { left: left + width + 16, top, width: aside - 16, height };
    page.text(words.object.moreCautions, more, box, { align: "right", valign: "middle", wrap: false });
  }
  return top - 14;
}

/** The chart's title, and at the right what the shading is. */
export function drawChartTitle(page: Page, title: string, left: number, right: number): void {
  const size = 22;
  const wide = measureArial(plain(title), size, 700) * 1.03 + 16;
  drawLine(page, words.object.chartTitle, run(page, title, size, "--ink", 700), {
    left,
    top: TOP,
    width: wide,
  });
  const at = { left: left + wide, top: TOP + 2, width: right - left - wide };
  drawLine(page, words.object.chartNote, run(page, board.slide.band, SMALLEST, "--ink-2"), at, "right");
}

/** What the curves of a chart rest on. */
export const provenance = ({ assumedShape }: Pick<ChartView, "assumedShape">): string =>
  words.list([board.slide.reconstructed, ...(assumedShape ? [board.slide.shapeAssumed] : [])]);
