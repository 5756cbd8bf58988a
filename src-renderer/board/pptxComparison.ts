import { board } from "../../src-main/words/board.ts";
import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { VersionView } from "../compare/compareView.ts";
import type { ComparisonSlide } from "./deck.ts";
import type { LandmarkRow } from "./pptxLandmarks.ts";
import { COLUMN, drawChartWithTable } from "./pptxLandmarks.ts";
import type { Page, Run } from "./pptxPage.ts";
import type { Token } from "./pptxPalette.ts";
import { LEFT, TOP, drawCautions, drawHeading, drawLine, run } from "./pptxParts.ts";
import { LINE, fitted, linesIn, measureArial, plain } from "./pptxType.ts";
import { CHART_TITLE, COMPARISON_ROWS } from "./estimateLayout.ts";
import { SMALLEST, cautionStrip } from "./slideLayout.ts";
import { measureSlide } from "./slideMeasure.ts";

const tokenOf = ({ kind }: VersionView): Token => (kind === "patient" ? "--accent" : "--variant");

export function drawComparison(page: Page, { heading, view }: ComparisonSlide): void {
  drawHeading(page, heading);
  const bottom = drawCautions(
    page,
    cautionStrip(view.cautions, measureSlide, ({ of }) => of === "comparison"),
  );
  const months = view.versions[0].landmarks.map(({ months: at }) => at);
  const rows = view.versions.flatMap((version): LandmarkRow[] => [
    {
      header: version.name,
      values: version.landmarks.map(({ survival }) => survival),
      token: tokenOf(version),
      weight: 700,
      size: 24,
      height: 31,
    },
    {
      header: words.row.interval,
      values: version.landmarks.map(({ interval }) => interval),
      token: "--ink-2",
      weight: 400,
      size: 18,
      height: 25,
    },
  ]);
  // as high as on the screen, so that its labels stand where they stand there
  const height = bottom - TOP - CHART_TITLE - COMPARISON_ROWS;
  drawChartWithTable(page, view.chart, months, rows, height);

  const label = run(page, words.inMonths(screen.median[view.endpoint]), 22, "--ink-2");
  drawLine(page, words.object.medianLabel, label, { left: LEFT, top: TOP - 2, width: COLUMN });
  const start = TOP + 32;
  const size = view.lead.length > 1 ? HERO.beside : HERO.alone;
  const each = VERSION_HEAD + size + 12;
  view.versions.forEach((version, i) => drawVersion(page, version, size, start + i * each));
  drawDifferences(page, view, start + 2 * each, bottom);
}

/** Smaller than an estimate's, and smaller still beside two sentences: the difference is what the slide is about. */
const HERO = { alone: 72, beside: 56 } as const;
const VERSION_HEAD = 24 * LINE;

function drawVersion(page: Page, version: VersionView, size: number, top: number): void {
  const { object } = words;
  const token = tokenOf(version);
  const bar = { left: LEFT, top, width: 8, height: VERSION_HEAD + size };
  page.rectangle(object.versionMark(version.name), bar, page.of(token));
  const left = LEFT + 24;
  const width = COLUMN - 24;
  const name = fitted(plain(version.name), width, 700, [24, 22, 20, 18]);
  drawLine(page, object.version(version.name), run(page, name.text, name.size, token, 700), {
    left,
    top,
    width,
  });
  const { value, interval } = version.median;
  const ci = plain(board.slide.intervalShort(interval));
  const heroWidth = measureArial(plain(value), size, 700) * 1.03 + 14;
  const hero = run(page, value, size, token, 700);
  page.text(
    object.median,
    [hero],
    { left: left - 3, top: top + VERSION_HEAD - 4, width: heroWidth, height: size * 1.06 },
    {
      valign: "middle",
      wrap: false,
    },
  );
  const room = width - heroWidth;
  const fit = fitted(ci, room, 400, [26, 24, 22, SMALLEST, 18]);
  // on the numbers' base line
  const base = top + VERSION_HEAD + size * 0.85 - fit.size;
  drawLine(page, object.interval, run(page, fit.text, fit.size), {
    left: left + heroWidth,
    top: base,
    width: room,
  });
}

/**
 * The paired difference always stands, in bold and as large as it can: without it two overlapping intervals pass for a
 * test. Of the other sentences as many as there is room for; the notes hold them all.
 */
function drawDifferences(
  page: Page,
  { lead, differences }: ComparisonSlide["view"],
  top: number,
  bottom: number,
): void {
  const gap = 6;
  const heightAt = (text: string, size: number, weight: number): number =>
    linesIn(plain(text), size, weight, COLUMN) * size * LINE + gap;
  const leadHeight = (size: number): number =>
    lead.reduce((sum, sentence) => sum + heightAt(sentence, size, 700), 0);
  const size =
    [24, 23, 22, 21, SMALLEST, 19, 18, 17, 16].find((each) => top + leadHeight(each) <= bottom) ?? 15;
  let height = leadHeight(size);
  const shown = lead.map((text): Run => run(page, plain(text), size, "--ink", 700));
  const smaller = Math.min(size, SMALLEST);
  for (const sentence of differences.slice(lead.length)) {
    const more = heightAt(sentence, smaller, 400);
    if (top + height + more > bottom) break;
    shown.push(run(page, plain(sentence), smaller));
    height += more;
  }
  const runs = shown.map((each, i): Run => ({ ...each, end: i < shown.length - 1 }));
  page.text(
    words.object.differences,
    runs,
    { left: LEFT, top, width: COLUMN, height },
    { gap, shrink: true },
  );
}
