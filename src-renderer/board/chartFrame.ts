import { screen } from "../../src-main/words/screen.ts";
import type { ChartView } from "../chart/chartView.ts";
import { measureText } from "../chart/measure.ts";
import { sceneOf } from "../chart/scene.ts";

/** Where a month stands under a chart of a slide, so that a table's columns stand under its ticks. */
export function monthPlaces(
  view: ChartView,
  size: { width: number; height: number; labelSize: number },
): (months: number) => number {
  const { area } = sceneOf(view, { ...size, measure: measureText, axisTitle: screen.chart.months });
  return (months) => area.left + ((area.right - area.left) * months) / view.maxMonths;
}
