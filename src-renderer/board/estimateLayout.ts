import type { CautionLine } from "../../src-main/words/cautions.ts";
import type { BesideView } from "../estimate/view.ts";
import type { Strip } from "./slideLayout.ts";
import { BODY, INNER, SMALLEST, cautionStrip, linesOf } from "./slideLayout.ts";
import { measureSlide } from "./slideMeasure.ts";

/** How much room is left above the cautions: numbers and table give way together. */
export type Density = "roomy" | "dense" | "tight" | "cramped";

/** Where things stand on an estimate's slide, on the screen and in PowerPoint; pixels. */
export interface EstimateLayout {
  strip: Strip | null;
  /** of what stands above the cautions */
  height: number;
  density: Density;
  /** size of the chart, which stands under a title of {@link CHART_TITLE} */
  chart: { width: number; height: number; labelSize: number };
  /** the whole cohort has its row under the chart */
  cohortRow: boolean;
}

export const NUMBERS = 452;
/** left of the chart: the names of the table's rows */
export const GUTTER = 96;
export const CHART_TITLE = 30;
const LABEL_SIZE = 20;
/** months, then the patient's survival and its interval, then the cohort's */
export const TABLE_ROWS = { head: 28, value: 34, interval: 28, cohort: 34 } as const;

/** under the chart of a comparison: months, and for each version survival and its interval */
export const COMPARISON_ROWS = 154;

export const bodyAbove = (strip: Strip | null): number => BODY - (strip ? strip.height + 14 : 8);

export function estimateLayout(cautions: readonly CautionLine[]): EstimateLayout {
  const strip = cautionStrip(cautions, measureSlide);
  const height = bodyAbove(strip);
  const density: Density =
    height >= 456 ? "roomy" : height >= 405 ? "dense" : height >= 350 ? "tight" : "cramped";
  const cohortRow = density !== "cramped";
  const { head, value, interval, cohort } = TABLE_ROWS;
  return {
    strip,
    height,
    density,
    cohortRow,
    chart: {
      width: INNER - NUMBERS - 20 - GUTTER,
      height: height - CHART_TITLE - head - value - interval - (cohortRow ? cohort : 0),
      labelSize: LABEL_SIZE,
    },
  };
}

/** Where things stand on an evidence slide; pixels. */
export interface EvidenceLayout {
  strip: Strip | null;
  /** of table and chart */
  height: number;
  /** of each row of the table, and the size of its type */
  rows: number[];
  size: number;
  chart: { width: number; height: number; labelSize: number };
}

export const EVIDENCE = { title: 42, table: 556, head: 30, key: 52, chartTitle: 32, gap: 32 } as const;
/** Beside a table and a chart there is room for one or two remarks. */
const LEAST_STRIP = 84;
/** Of a row's further lines, as shares of its first: of its name, and of the note under it. */
const FURTHER = { name: 0.85, note: 0.8 } as const;

/** @param notes what stands under the table */
export function evidenceLayout(
  cautions: readonly CautionLine[],
  rows: readonly BesideView[],
  notes: readonly string[],
): EvidenceLayout {
  // What is to be said of the estimate stands on the slide before; here only what is worst.
  const strip = cautionStrip(cautions, measureSlide, () => false, LEAST_STRIP);
  const height = bodyAbove(strip) - EVIDENCE.title;
  const nameWidth = EVIDENCE.table - 300 - EVIDENCE.key;
  const further = ({ label, note }: BesideView): number =>
    FURTHER.name * (linesOf(label, nameWidth, 23, 600, measureSlide) - 1) +
    FURTHER.note * (note === "" ? 0 : linesOf(note, nameWidth, SMALLEST, 600, measureSlide));
  const weights = rows.map((row) => 1 + further(row));
  const room = height - EVIDENCE.head - notesHeight(notes);
  const unit = Math.min(46, room / weights.reduce((sum, weight) => sum + weight, 0));
  return {
    strip,
    height,
    rows: weights.map((weight) => unit * weight),
    size: Math.min(25, Math.floor(unit / 1.28)),
    chart: {
      width: INNER - EVIDENCE.table - EVIDENCE.gap,
      height: height - EVIDENCE.chartTitle,
      labelSize: LABEL_SIZE,
    },
  };
}

/** Of the lines under the table, with the gap above them. */
export const notesHeight = (notes: readonly string[]): number =>
  notes.reduce(
    (sum, text) => sum + linesOf(text, EVIDENCE.table, SMALLEST, 450, measureSlide) * SMALLEST * 1.26,
    10,
  );
