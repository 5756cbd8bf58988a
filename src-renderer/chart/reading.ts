import { number, percentInterval, percentNumber } from "../../src-main/words/format.ts";
import type { ChartView, SeriesKind } from "./chartView.ts";
import { nearestIndex } from "./chartView.ts";

/** One curve at one month, in words: "21", "13–29"; percent without its sign. */
export interface ReadingRow {
  id: string;
  kind: SeriesKind;
  style: number;
  name: string;
  survival: string;
  interval: string | null;
}

/** Every curve of a chart at one month. */
export interface Reading {
  months: number;
  /** the month as printed */
  label: string;
  rows: ReadingRow[];
}

/** Reads a month off the view, never off the canvas: the value of each curve's nearest point. */
export function readingAt(view: ChartView, months: number): Reading {
  return {
    months,
    label: number(months),
    rows: view.series.map(({ id, kind, style, name, line, band }) => {
      const index = nearestIndex(line, months);
      const interval = band[index];
      return {
        id,
        kind,
        style,
        name,
        survival: percentNumber(line[index]!.survival),
        interval: interval ? percentInterval(interval.lower, interval.upper) : null,
      };
    }),
  };
}

/** Readings stand at whole months, and at half months on a short axis: each is a point of the curves. */
export const readingStep = ({ maxMonths }: Pick<ChartView, "maxMonths">): number =>
  maxMonths <= 24 ? 0.5 : 1;

/** The month that a press of a key moves the reading to; null for a key that moves nothing. */
export function movedReading(view: ChartView, from: number | null, key: string): number | null {
  const at = from ?? 0;
  const step = readingStep(view);
  const target: Record<string, number> = {
    ArrowRight: at + step,
    ArrowUp: at + step,
    ArrowLeft: at - step,
    ArrowDown: at - step,
    PageUp: at + 6,
    PageDown: at - 6,
    Home: 0,
    End: view.maxMonths,
  };
  const next = target[key];
  return next === undefined ? null : Math.min(Math.max(next, 0), view.maxMonths);
}
