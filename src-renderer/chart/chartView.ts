import type { Endpoint } from "../../src-main/api/contract.ts";

/** A point of a survival curve; survival in 0–1, time in months. */
export interface Point {
  months: number;
  survival: number;
}

/** 95 % interval of an estimate at one time; survival in 0–1, time in months. */
export interface BandPoint {
  months: number;
  lower: number;
  upper: number;
}

/** A published median on the 50 % line, months, with its interval where one is printed. */
export interface PublishedMark {
  median: number;
  lower: number | null;
  upper: number | null;
}

/**
 * What a curve is, and so how it looks everywhere: the patient, the patient with something changed, a published group
 * or the study's whole cohort.
 */
export type SeriesKind = "patient" | "variant" | "published" | "cohort";

/** One curve with all that belongs to it. */
export interface Series {
  /** "patient", "variant", or the id of the published result it is reconstructed from */
  id: string;
  kind: SeriesKind;
  /** counts the series of one kind from 0: tells published groups apart by their dashes */
  style: number;
  /** as a table or a reading names it: "this patient", "PS 1, n = 195" */
  name: string;
  /** wordings of the label that stands beside the curve, full to short */
  labels: string[];
  line: Point[];
  /** empty where the curve has no interval */
  band: BandPoint[];
  /** the model's median, marked with drop lines; null where it is past the horizon or not the model's to give */
  median: number | null;
  /** the published median of a group, marked on the 50 % line */
  mark: PublishedMark | null;
}

/**
 * A survival chart as data. The canvas of the screen, the vector drawing of paper and slides, the table, the CSV and
 * the text for screen readers are all made from this one object.
 */
export interface ChartView {
  endpoint: Endpoint;
  title: string;
  /** one sentence for whoever cannot see the chart */
  summary: string;
  /** right end of the axis and its ticks, months */
  maxMonths: number;
  ticks: number[];
  /** the shape between published points is assumed, not published: drawn in another line */
  assumedShape: boolean;
  /** in the order in which readings and tables name them; drawn from last to first */
  series: Series[];
}

/** Survival, 0–1, of an evenly spaced curve at the point nearest to a time; whole months are always points. */
export function survivalAt(line: readonly Point[], months: number): number {
  return line[nearestIndex(line, months)]!.survival;
}

/** Index of the point of an evenly spaced curve that is nearest to a time, months. */
export function nearestIndex(line: readonly { months: number }[], months: number): number {
  const last = line.at(-1)!.months;
  const index = Math.round((months / last) * (line.length - 1));
  return Math.min(Math.max(index, 0), line.length - 1);
}

/** Ticks of a months axis: every 3, 6 or 12 months by its length. */
export function ticksTo(maxMonths: number): number[] {
  const step = maxMonths <= 12 ? 3 : maxMonths <= 36 ? 6 : 12;
  const ticks = Array.from({ length: Math.floor(maxMonths / step) + 1 }, (_, i) => i * step);
  // Half a year is a landmark; on the long axis it stands between the years.
  return maxMonths === 60 ? [0, 6, ...ticks.slice(1)] : ticks;
}
