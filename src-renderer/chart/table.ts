import type { ChartView } from "./chartView.ts";
import { nearestIndex } from "./chartView.ts";

/** The points of every curve on one time axis: what a CSV holds and what the other renderings are checked against. */
export interface ChartTable {
  /** series ids with their names, in the view's order */
  columns: { id: string; name: string; hasInterval: boolean }[];
  /** survival and interval in 0–1, at full precision */
  rows: { months: number; cells: { survival: number; lower: number | null; upper: number | null }[] }[];
}

/** All curves of a chart share their times: the first curve's are everyone's. */
export function tableOf(view: ChartView): ChartTable {
  const [first] = view.series;
  return {
    columns: view.series.map(({ id, name, band }) => ({ id, name, hasInterval: band.length > 0 })),
    rows: (first?.line ?? []).map(({ months }) => ({
      months,
      cells: view.series.map(({ line, band }) => {
        const index = nearestIndex(line, months);
        const interval = band[index];
        return {
          survival: line[index]!.survival,
          lower: interval?.lower ?? null,
          upper: interval?.upper ?? null,
        };
      }),
    })),
  };
}
