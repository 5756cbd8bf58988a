import { board } from "../../src-main/words/board.ts";
import { ENDPOINT_SHORT, RISK_LABEL } from "../../src-main/words/labels.ts";
import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { EstimateView } from "../estimate/view.ts";
import type { EstimateSlide } from "./deck.ts";
import { TABLE_ROWS, estimateLayout } from "./estimateLayout.ts";
import { COLUMN, drawChartWithTable } from "./pptxLandmarks.ts";
import type { Page } from "./pptxPage.ts";
import type { Token } from "./pptxPalette.ts";
import { LEFT, TOP, drawCautions, drawHeading, drawLine, run } from "./pptxParts.ts";
import { LINE, fitted, measureArial, plain, wrapped } from "./pptxType.ts";
import { SMALLEST } from "./slideLayout.ts";

/** Sizes of the numbers, from those of a slide without cautions to those of one with many; pixels. */
const LEVELS = [
  { label: 24, hero: 140, unit: 42, text: 24, title: 22, value: 34, gap: 5 },
  { label: 24, hero: 118, unit: 38, text: 22, title: 22, value: 30, gap: 3 },
  { label: 22, hero: 104, unit: 36, text: SMALLEST, title: SMALLEST, value: 28, gap: 1 },
  { label: SMALLEST, hero: 100, unit: 34, text: SMALLEST, title: SMALLEST, value: 25, gap: 0 },
  { label: SMALLEST, hero: 72, unit: 26, text: 19, title: SMALLEST, value: 24, gap: 0 },
] as const;
/** between the median, the outcomes and the risk, all together */
const SPACE = 18;
type Level = (typeof LEVELS)[number];
/** height of the risk bar with the names of its groups under it, and without them */
const RISK = { named: 86, bare: 46 } as const;

export function drawEstimate(page: Page, { heading, view, tumour, shares, cautions }: EstimateSlide): void {
  drawHeading(page, heading);
  const layout = estimateLayout(cautions);
  const bottom = drawCautions(page, layout.strip);
  const named = layout.density === "roomy" || layout.density === "dense";
  const riskTop = bottom - (named ? RISK.named : RISK.bare);
  drawNumbers(page, view, riskTop - 6);
  drawRisk(page, view.risk, tumour, shares, riskTop, named);
  const months = view.landmarks.map(({ months: at }) => at);
  const rows = [
    {
      header: screen.chart.patient,
      values: view.landmarks.map(({ patient }) => patient),
      token: "--accent" as const,
      weight: 700,
      size: 26,
      height: TABLE_ROWS.value,
    },
    {
      header: words.row.interval,
      values: view.landmarks.map(({ interval }) => interval),
      token: "--ink-2" as const,
      weight: 400,
      size: SMALLEST,
      height: TABLE_ROWS.interval,
    },
    {
      header: screen.chart.all(tumour),
      values: view.landmarks.map(({ cohort }) => cohort),
      token: "--cohort" as const,
      weight: 400,
      size: 22,
      height: TABLE_ROWS.cohort,
    },
  ];
  const shown = layout.cohortRow ? rows : rows.slice(0, 2);
  drawChartWithTable(page, view.chart, months, shown, layout.chart.height);
}

/** A text under the big number. */
interface Below {
  name: string;
  text: string;
  token: Token;
  weight: number;
  /** a bar of this colour before it */
  mark: Token | null;
}

/** What stands first, and what under it: the published median first where it describes such patients better. */
function headlineOf({ median, published, endpoint }: EstimateView): {
  label: string;
  value: string;
  token: Token;
  below: Below[];
} {
  const { object } = words;
  const plainly = (name: string, text: string, token: Token): Below => ({
    name,
    text,
    token,
    weight: 400,
    mark: null,
  });
  if (!published?.weighs) {
    const interval = plainly(object.interval, board.slide.interval(median.interval), "--ink");
    const beside = published ? [plainly(object.published, published.text, "--published")] : [];
    return { label: median.label, value: median.value, token: "--accent", below: [interval, ...beside] };
  }
  const group = screen.published.group(published.group);
  return {
    label: screen.published.better[endpoint],
    value: published.median,
    token: "--published",
    below: [
      plainly(
        object.published,
        published.interval
          ? board.slide.publishedBelow(screen.published.interval(published.interval), group)
          : group,
        "--published",
      ),
      {
        name: object.model,
        text: screen.published.model(median.value, median.interval),
        token: "--accent",
        weight: 700,
        mark: "--accent",
      },
    ],
  };
}

const indentOf = ({ mark }: Below): number => (mark === null ? 0 : 16);
const linesOf = (each: Below, size: number): string[] =>
  wrapped(plain(each.text), COLUMN - indentOf(each), size, each.weight);

function heightOf(below: readonly Below[], level: Level): number {
  const lines = below.reduce((sum, each) => sum + linesOf(each, level.text).length, 0);
  return (
    level.label * LINE +
    level.hero * HERO_LINE +
    lines * level.text * LINE +
    (level.title + level.value + SMALLEST) * LINE +
    4 * level.gap
  );
}
/** Digits have no descenders: the line of a hero number needs no more. */
const HERO_LINE = 0.96;

/** Median with its interval, the other median and the spread of outcomes, spread over the height above the risk bar. */
function drawNumbers(page: Page, view: EstimateView, bottom: number): void {
  const { object } = words;
  const { label, value, token, below } = headlineOf(view);
  const room = bottom - TOP;
  const level = LEVELS.find((each) => heightOf(below, each) + SPACE <= room) ?? LEVELS.at(-1)!;
  const free = Math.max(0, room - heightOf(below, level));

  let top: number = TOP - 2;
  const labelSize = fitted(label, COLUMN, 400, [level.label, 22, SMALLEST]).size;
  drawLine(page, object.medianLabel, run(page, label, labelSize, "--ink-2"), {
    left: LEFT,
    top,
    width: COLUMN,
  });
  top += level.label * LINE + level.gap;
  const unitWidth = Math.ceil(measureArial(screen.months, level.unit, 400) * 1.03) + 6;
  const hero = fitted(plain(value), COLUMN - unitWidth - 12, 700, [
    level.hero,
    128,
    116,
    108,
    100,
    84,
    72,
  ]).size;
  const heroWidth = Math.ceil(measureArial(plain(value), hero, 700) * 1.03) + 4;
  const heroHeight = level.hero * HERO_LINE;
  page.text(
    object.median,
    [run(page, value, hero, token, 700)],
    { left: LEFT - 4, top, width: heroWidth, height: heroHeight },
    { valign: "middle", wrap: false },
  );
  const short = Math.max(SMALLEST, Math.round(level.unit * 0.75));
  const unitHeight = (level.unit + short) * LINE;
  const unitTop = top + heroHeight / 2 + hero * 0.37 - unitHeight + level.unit * 0.24;
  page.text(
    object.endpoint,
    [
      { ...run(page, ENDPOINT_SHORT[view.endpoint], short, "--ink-2", 700), end: true },
      run(page, screen.months, level.unit),
    ],
    { left: LEFT + heroWidth + 8, top: unitTop, width: unitWidth, height: unitHeight },
    { wrap: false },
  );
  top += heroHeight + level.gap;
  for (const each of below) top = drawBelow(page, each, top, level.text) + level.gap;

  top += free / 2;
  drawLine(page, object.outcomes, run(page, board.slide.outcomes, level.title, "--ink-2"), {
    left: LEFT,
    top,
    width: COLUMN,
  });
  drawOutcomes(page, view.outcomes, top + level.title * LINE, level.value);
}

/** Broken here and not by PowerPoint, which would break an interval after its dash. */
function drawBelow(page: Page, each: Below, top: number, size: number): number {
  const { name, token, weight, mark } = each;
  const indent = indentOf(each);
  const lines = linesOf(each, size);
  const height = lines.length * size * LINE;
  if (mark) page.rectangle(words.object.publishedMark, { left: LEFT, top, width: 6, height }, page.of(mark));
  const runs = lines.map((text, i) => ({ ...run(page, text, size, token, weight), soft: i > 0 }));
  const box = { left: LEFT + indent, top, width: COLUMN - indent, height };
  page.text(name, runs, box, { valign: "middle", wrap: false });
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
  named: boolean,
): void {
  const { object } = words;
  const title = board.slide.risk(tumour);
  const size = named ? 22 : SMALLEST;
  drawLine(page, object.risk, run(page, title, size, "--ink-2"), { left: LEFT, top: top - 2, width: COLUMN });
  const percentile = screen.risk.percentile(risk.ordinal);
  // without the names under the bar, the patient's own stands over it
  const inWords = named ? percentile : board.slide.riskPlace(RISK_LABEL[risk.group], percentile);
  const place = run(page, inWords, size, "--ink", 700);
  drawLine(page, object.risk, place, { left: LEFT, top: top - 2, width: COLUMN }, "right");
  const groups = ["lower", "intermediate", "higher"] as const;
  const fills = { lower: "--accent-1", intermediate: "--accent-2", higher: "--accent-3" } as const;
  const total = groups.reduce((sum, group) => sum + shares[group], 0);
  const bar = named ? { top: top + 35, height: 20 } : { top: top + 30, height: 12 };
  const edge = { paint: page.of("--accent-3"), width: 1.5 };
  let left = LEFT;
  for (const group of groups) {
    const width = (COLUMN * shares[group]) / total - (group === "higher" ? 0 : 3);
    page.rectangle(object.riskBar(RISK_LABEL[group]), { ...bar, left, width }, page.of(fills[group]), edge);
    if (named) {
      const own = group === risk.group;
      const nameSize = fitted(RISK_LABEL[group], width, own ? 700 : 400, [SMALLEST, 19, 18, 17, 16]).size;
      drawLine(
        page,
        object.riskName(RISK_LABEL[group]),
        run(page, RISK_LABEL[group], nameSize, own ? "--ink" : "--ink-2", own ? 700 : 400),
        { left, top: bar.top + bar.height + 8, width },
        group === "lower" ? "left" : group === "higher" ? "right" : "center",
      );
    }
    left += width + 3;
  }
  const x = LEFT + (COLUMN * Math.min(99, Math.max(1, risk.percentile))) / 100;
  const over = named ? 6 : 3;
  const needle = { left: x - 3.5, top: bar.top - over, width: 7, height: bar.height + 2 * over };
  page.rectangle(object.needle, needle, page.of("--ink"), { paint: page.of("--panel"), width: 2 });
}
