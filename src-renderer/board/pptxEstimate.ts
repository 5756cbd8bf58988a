import { board } from "../../src-main/words/board.ts";
import { RISK_LABEL } from "../../src-main/words/labels.ts";
import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { EstimateView } from "../estimate/view.ts";
import type { EstimateSlide } from "./deck.ts";
import { COLUMN, drawChartWithTable } from "./pptxLandmarks.ts";
import type { Page } from "./pptxPage.ts";
import { LEFT, TOP, drawCautions, drawHeading, drawLine, run } from "./pptxParts.ts";
import { LINE, fitted, measureArial, plain, wrapped } from "./pptxType.ts";
import { SMALLEST } from "./slideLayout.ts";

/** Sizes of the numbers, from those of a slide without cautions to those of one with many; pixels. */
const LEVELS = [
  { label: 24, hero: 140, unit: 42, interval: 27, published: 22, title: 22, value: 34, gap: 5 },
  { label: 24, hero: 118, unit: 38, interval: 25, published: 21, title: 22, value: 30, gap: 3 },
  { label: 22, hero: 104, unit: 36, interval: 24, published: SMALLEST, title: SMALLEST, value: 28, gap: 1 },
  { label: SMALLEST, hero: 100, unit: 34, interval: 22, published: 19, title: 18, value: 25, gap: 0 },
] as const;
/** between the median, the outcomes and the risk, all together */
const SPACE = 28;
type Level = (typeof LEVELS)[number];
const RISK = 86;

export function drawEstimate(page: Page, { heading, view, tumour, shares, cautions }: EstimateSlide): void {
  drawHeading(page, heading);
  const bottom = drawCautions(page, cautions);
  drawNumbers(page, view, bottom);
  drawRisk(page, view.risk, tumour, shares, bottom - RISK);
  const months = view.landmarks.map(({ months: at }) => at);
  drawChartWithTable(page, view.chart, months, bottom, [
    {
      header: screen.chart.patient,
      values: view.landmarks.map(({ patient }) => patient),
      token: "--accent",
      weight: 700,
      size: 26,
      height: 34,
    },
    {
      header: words.row.interval,
      values: view.landmarks.map(({ interval }) => interval),
      token: "--ink-2",
      weight: 400,
      size: SMALLEST,
      height: 28,
    },
    {
      header: screen.chart.all(tumour),
      values: view.landmarks.map(({ cohort }) => cohort),
      token: "--cohort",
      weight: 400,
      size: 22,
      height: 31,
    },
  ]);
}

const publishedIndent = (weighs: boolean): number => (weighs ? 16 : 0);

const publishedLines = ({ text, weighs }: NonNullable<EstimateView["published"]>, size: number): string[] =>
  wrapped(plain(text), COLUMN - publishedIndent(weighs), size, weighs ? 700 : 400);

function heightOf({ published }: EstimateView, level: Level): number {
  const lines = published ? publishedLines(published, level.published).length : 0;
  return (
    level.label * LINE +
    level.hero * HERO_LINE +
    level.interval * LINE +
    lines * level.published * LINE +
    (level.title + level.value + SMALLEST) * LINE +
    4 * level.gap
  );
}
/** Digits have no descenders: the line of a hero number needs no more. */
const HERO_LINE = 0.96;

/** Median with its interval, published group and spread of outcomes, spread over the height above the risk bar. */
function drawNumbers(page: Page, view: EstimateView, bottom: number): void {
  const { median, published, outcomes } = view;
  const { object } = words;
  const room = bottom - RISK - 6 - TOP;
  const level = LEVELS.find((each) => heightOf(view, each) + SPACE <= room) ?? LEVELS.at(-1)!;
  const free = Math.max(0, room - heightOf(view, level));

  let top: number = TOP - 2;
  drawLine(page, object.medianLabel, run(page, median.label, level.label, "--ink-2"), {
    left: LEFT,
    top,
    width: COLUMN,
  });
  top += level.label * LINE + level.gap;
  const beside = COLUMN - measureArial(` ${screen.months}`, level.unit, 400);
  const hero = fitted(plain(median.value), beside, 700, [level.hero, 128, 116, 108, 100]).size;
  page.text(
    object.median,
    [run(page, median.value, hero, "--accent", 700), run(page, ` ${screen.months}`, level.unit)],
    { left: LEFT - 4, top, width: COLUMN + 4, height: level.hero * HERO_LINE },
    { valign: "middle", wrap: false },
  );
  top += level.hero * HERO_LINE + level.gap;
  const inWords = plain(board.slide.interval(median.interval));
  const interval = fitted(inWords, COLUMN, 400, [level.interval, 25, 23, 21, SMALLEST, 18]);
  drawLine(page, object.interval, run(page, interval.text, interval.size), {
    left: LEFT,
    top,
    width: COLUMN,
  });
  top += level.interval * LINE + level.gap;
  if (published) top = drawPublished(page, published, top, level.published);

  top += level.gap + free / 2;
  drawLine(page, object.outcomes, run(page, board.slide.outcomes, level.title, "--ink-2"), {
    left: LEFT,
    top,
    width: COLUMN,
  });
  drawOutcomes(page, outcomes, top + level.title * LINE, level.value);
}

/** Broken here and not by PowerPoint, which would break an interval after its dash. */
function drawPublished(
  page: Page,
  published: NonNullable<EstimateView["published"]>,
  top: number,
  size: number,
): number {
  const { weighs } = published;
  const indent = publishedIndent(weighs);
  const lines = publishedLines(published, size);
  const height = lines.length * size * LINE;
  if (weighs)
    page.rectangle(words.object.publishedMark, { left: LEFT, top, width: 6, height }, page.of("--published"));
  const runs = lines.map((text, i) => ({
    ...run(page, text, size, "--published", weighs ? 700 : 400),
    soft: i > 0,
  }));
  const box = { left: LEFT + indent, top, width: COLUMN - indent, height };
  page.text(words.object.published, runs, box, { valign: "middle", wrap: false });
  return top + height;
}

function drawOutcomes(page: Page, outcomes: EstimateView["outcomes"], top: number, largest: number): void {
  const { worst, half, best } = screen.outcomes;
  const parts = [
    { label: worst, value: outcomes.worst },
    { label: half, value: outcomes.half },
    { label: best, value: outcomes.best },
  ];
  const between = 28;
  const widthsAt = (size: number): number[] =>
    parts.map(({ label, value }) =>
      Math.ceil(1.03 * Math.max(measureArial(plain(value), size, 700), measureArial(label, SMALLEST, 400))),
    );
  const sum = (widths: number[]): number => widths.reduce((total, width) => total + width, 0);
  const size =
    [largest, 30, 28, 26, 24, 22].find((each) => sum(widthsAt(each)) + 2 * between <= COLUMN) ?? SMALLEST;
  const widths = widthsAt(size);
  const gap = Math.max(between, (COLUMN - sum(widths)) / (parts.length - 1));
  const height = size * LINE + SMALLEST * LINE;
  let left = LEFT;
  parts.forEach(({ label, value }, i) => {
    const width = widths[i]!;
    if (i > 0) {
      const x = left - Math.min(16, gap / 2);
      page.rule(words.object.rule, { x, y: top + 2 }, { x, y: top + height }, "--line-strong", 2);
    }
    page.text(
      words.object.outcome(label),
      [{ ...run(page, value, size, "--ink", 700), end: true }, run(page, label, SMALLEST, "--ink-2")],
      { left, top, width: width + 6, height },
      { wrap: false },
    );
    left += width + gap;
  });
}

/** Thirds as far as ties allow, in depths of one hue, with the patient's needle and the group's name in bold. */
function drawRisk(
  page: Page,
  risk: EstimateView["risk"],
  tumour: EstimateSlide["tumour"],
  shares: EstimateSlide["shares"],
  top: number,
): void {
  const { object } = words;
  const title = board.slide.risk(tumour);
  drawLine(page, object.risk, run(page, title, 22, "--ink-2"), { left: LEFT, top: top - 2, width: COLUMN });
  const place = run(page, screen.risk.percentile(risk.ordinal), 22, "--ink", 700);
  drawLine(page, object.risk, place, { left: LEFT, top: top - 2, width: COLUMN }, "right");
  const groups = ["lower", "intermediate", "higher"] as const;
  const fills = { lower: "--accent-1", intermediate: "--accent-2", higher: "--accent-3" } as const;
  const total = groups.reduce((sum, group) => sum + shares[group], 0);
  const bar = { top: top + 35, height: 20 };
  const edge = { paint: page.of("--accent-3"), width: 1.5 };
  let left = LEFT;
  for (const group of groups) {
    const width = (COLUMN * shares[group]) / total - (group === "higher" ? 0 : 3);
    page.rectangle(object.riskBar(RISK_LABEL[group]), { ...bar, left, width }, page.of(fills[group]), edge);
    const own = group === risk.group;
    const nameSize = fitted(RISK_LABEL[group], width, own ? 700 : 400, [SMALLEST, 19, 18, 17, 16]).size;
    drawLine(
      page,
      object.riskName(RISK_LABEL[group]),
      run(page, RISK_LABEL[group], nameSize, own ? "--ink" : "--ink-2", own ? 700 : 400),
      { left, top: bar.top + bar.height + 8, width },
      group === "lower" ? "left" : group === "higher" ? "right" : "center",
    );
    left += width + 3;
  }
  const x = LEFT + (COLUMN * Math.min(99, Math.max(1, risk.percentile))) / 100;
  const needle = { left: x - 3.5, top: bar.top - 6, width: 7, height: bar.height + 12 };
  page.rectangle(object.needle, needle, page.of("--ink"), { paint: page.of("--panel"), width: 2 });
}
