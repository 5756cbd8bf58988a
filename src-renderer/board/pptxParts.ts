import { board } from "../../src-main/words/board.ts";
import { ENDPOINT_SHORT, SEVERITY_LABEL } from "../../src-main/words/labels.ts";
import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { ChartView } from "../chart/chartView.ts";
import type { CaseHeading, Deck } from "./deck.ts";
import type { Box, Page, Run } from "./pptxPage.ts";
import type { Token } from "./pptxPalette.ts";
import { LINE, fitted, measureArial, plain } from "./pptxType.ts";
import type { Strip } from "./slideLayout.ts";
import { SLIDE, SMALLEST } from "./slideLayout.ts";

/** Edges of what a slide shows, pixels: those of the slides on the screen. */
export const LEFT = SLIDE.margin;
export const RIGHT = SLIDE.width - SLIDE.margin;
export const INNER = RIGHT - LEFT;
export const TOP = SLIDE.top;
export const BOTTOM = SLIDE.bottom;
const HEADER = { top: 26, rule: 118 } as const;
const PAGE_NUMBER = 60;
/** the number of the slide, and what the slide is not */
const RIGHT_OF_LABEL = 530;
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
  const size = [16, 15, 14, 13, 12].find((each) => wide(left, each) + wide(right, each) <= room);
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
export function drawHeading(page: Page, { label, endpoint, facts }: CaseHeading): void {
  const room = HEADER.rule - HEADER.top - 8;
  const short = endpoint ? [ENDPOINT_SHORT[endpoint]] : [];
  const about = plain(words.list([...short, ...facts]));
  const line = about === "" ? null : fitted(about, INNER, 400, [25, 23, 21, SMALLEST]);
  const factsHeight = line ? line.size * LINE + 4 : 0;
  const width = INNER - RIGHT_OF_LABEL;
  const one = fitted(plain(label), width, 700, [40, 36, 32, 28, 26]);
  // Two lines rather than an end cut off.
  const { text, size } = one.text === plain(label) ? one : fitted(plain(label), width, 700, [22, 21, 20], 2);
  const labelBox = { left: LEFT, top: HEADER.top, width, height: room - factsHeight };
  page.title(words.object.title, run(page, text, size, "--ink", 700), labelBox, {
    valign: "middle",
    shrink: true,
  });
  const forecast = { left: LEFT + width + 10, top: 36, width: RIGHT_OF_LABEL - PAGE_NUMBER - 42 };
  drawLine(
    page,
    words.object.forecast,
    run(page, screen.notForecast, SMALLEST, "--ink-2"),
    forecast,
    "right",
  );
  if (line) {
    const top = HEADER.top + room - factsHeight;
    const named = short.join("");
    const runs = [
      ...(named === "" ? [] : [run(page, named, line.size, "--ink", 700)]),
      run(page, line.text.slice(named.length), line.size, "--ink-2"),
    ];
    const box = { left: LEFT, top, width: INNER, height: line.size * LINE };
    page.text(words.object.facts, runs, box, { wrap: false });
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

/** Draws the cautions at the foot of a slide where the screen's slide has them; returns where the room above ends. */
export function drawCautions(page: Page, strip: Strip | null): number {
  if (!strip) return BOTTOM - 8;
  const { items, more, size, height } = strip;
  const top = BOTTOM - height;
  for (const { caution, ...place } of items) {
    const { severity, short } = caution;
    const serious = severity === "serious";
    const box = { left: LEFT + place.left, top: top + place.top, width: place.width, height: place.height };
    // heavier in any colour and in none: a frame, a broad edge and bold words
    const frame = serious ? { paint: page.of("--caution-ink"), width: 2 } : undefined;
    page.rectangle(words.object.cautionGround, box, page.of("--caution-ground"), frame);
    const bar = serious ? 12 : 5;
    page.rectangle(
      words.object.cautionGround,
      { ...box, width: bar },
      page.of(serious ? "--caution-ink" : "--caution-line"),
    );
    const label = SEVERITY_LABEL[severity];
    const text = board.slide.caution(label, short).slice(label.length);
    page.text(
      words.object.cautions,
      [
        run(page, label, size, "--caution-ink", 700),
        run(page, text, size, "--caution-ink", serious ? 600 : 400),
      ],
      { ...box, left: box.left + 19, width: box.width - 19 },
      { valign: "middle", shrink: true },
    );
  }
  if (more !== null) {
    const at = { left: LEFT, top: BOTTOM - SMALLEST * LINE, width: INNER };
    drawLine(page, words.object.moreCautions, run(page, more, SMALLEST, "--ink-2"), at, "right");
  }
  return top - 14;
}

/** The chart's title, and at the right what the shading is. */
export function drawChartTitle(
  page: Page,
  { title, assumedShape }: Pick<ChartView, "title" | "assumedShape">,
  left: number,
  right: number,
): void {
  const size = 22;
  const note = assumedShape ? board.slide.shapeAssumed : board.slide.band;
  const wide = measureArial(plain(title), size, 700) * 1.03 + 16;
  drawLine(page, words.object.chartTitle, run(page, title, size, "--ink", 700), {
    left,
    top: TOP,
    width: wide,
  });
  const at = { left: left + wide, top: TOP + 2, width: right - left - wide };
  drawLine(page, words.object.chartNote, run(page, note, SMALLEST, "--ink-2"), at, "right");
}
