import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { ChartView } from "../chart/chartView.ts";
import { CHART_TITLE } from "./estimateLayout.ts";
import { drawChart } from "./pptxChart.ts";
import type { Cell, Page } from "./pptxPage.ts";
import type { Token } from "./pptxPalette.ts";
import { RIGHT, TOP, drawChartTitle } from "./pptxParts.ts";
import { fitted, measureArial, plain } from "./pptxType.ts";

/** A row of the table under a chart. */
export interface LandmarkRow {
  header: string;
  /** one for each landmark */
  values: string[];
  token: Token;
  weight: number;
  size: number;
  height: number;
}

/** The column of numbers of a slide; right of it the names of the table's rows, and the chart over its cells. */
export const COLUMN = 452;
const TABLE_LEFT = 512;
const CHART_LEFT = 616;
/** The last landmark stands at the axis' end, and its numbers reach a little past it. */
const TABLE_RIGHT = RIGHT + 16;
const HEADER = 28;
/** room around a number of the table */
const SPARE = 8;
/** what the first landmark has left of its tick, at the least */
const LEAST = 40;

/** The chart with its title, as high as on the screen, and the table of landmarks under its axis. */
export function drawChartWithTable(
  page: Page,
  chart: ChartView,
  months: readonly number[],
  rows: readonly LandmarkRow[],
  height: number,
): void {
  drawChartTitle(page, chart, CHART_LEFT, RIGHT);
  const top = TOP + CHART_TITLE;
  const { area } = drawChart(page, chart, { left: CHART_LEFT, top, width: RIGHT - CHART_LEFT, height });
  const centres = months.map(
    (month) => CHART_LEFT + area.left + ((area.right - area.left) * month) / chart.maxMonths,
  );
  drawTable(page, centres, months, top + height, rows, screen.landmarks.caption(chart.title));
}

/** Each landmark's numbers are centred under its tick: a cell reaches half way to the next one. */
function drawTable(
  page: Page,
  centres: readonly number[],
  months: readonly number[],
  top: number,
  rows: readonly LandmarkRow[],
  alt: string,
): void {
  const first = centres[0] ?? TABLE_RIGHT;
  const longest = Math.max(
    ...rows.map(({ header, size, weight }) => measureArial(plain(header), size, weight)),
  );
  const start = Math.min(TABLE_LEFT + longest + 8, first - LEAST);
  const bounds = [
    start,
    ...centres.map((centre, i) => (i + 1 < centres.length ? (centre + centres[i + 1]!) / 2 : TABLE_RIGHT)),
  ];
  const cellsOf = ({ header, values, token, weight, size }: LandmarkRow): Cell[] => {
    const paint = page.of(token);
    const room = start - TABLE_LEFT - 6;
    const one = fitted(plain(header), room, weight, [Math.min(size, 20), 18, 17, 16]);
    // A long name goes into two lines rather than lose its end.
    const name = one.text === plain(header) ? one : fitted(plain(header), room, weight, [15, 14, 13, 12], 2);
    // One size for the numbers of a row.
    const sizes = [size, size - 2, size - 4, 17, 16, 15, 14] as const;
    const fit = Math.min(
      ...values.map(
        (text, i) => fitted(plain(text), bounds[i + 1]! - bounds[i]! - SPARE, weight, sizes).size,
      ),
    );
    return [
      { text: name.text, size: name.size, weight, paint },
      ...values.map((text, i): Cell => {
        // As near to its tick as the cell allows: on a long axis the first ticks are closer than their intervals are wide.
        const cell = bounds[i + 1]! - bounds[i]!;
        const wide = Math.min(cell, measureArial(plain(text), fit, weight) * 1.03 + SPARE);
        const left = Math.min(Math.max(centres[i]! - wide / 2 - bounds[i]!, 0), cell - wide);
        return { text, size: fit, weight, paint, align: "center", left, right: cell - wide - left };
      }),
    ];
  };
  const header: LandmarkRow = {
    header: words.row.header,
    values: months.map(String),
    token: "--ink-2",
    weight: 400,
    size: 20,
    height: HEADER,
  };
  const all = [header, ...rows];
  page.table(words.object.landmarks, {
    left: TABLE_LEFT,
    top,
    columns: [start - TABLE_LEFT, ...bounds.slice(1).map((bound, i) => bound - bounds[i]!)],
    heights: all.map(({ height }) => height),
    rows: all.map(cellsOf),
    alt,
  });
}
