import type { Ink, Stroke } from "./appearance.ts";
import { bandInk, labelWeight, strokeOf } from "./appearance.ts";
import type { ChartView, Point, PublishedMark, Series } from "./chartView.ts";
import type { Box, LabelledCurve, Point as Pixel } from "./labels.ts";
import { placeLabels } from "./labels.ts";

/**
 * A chart as shapes in a box of its own units (pixels, points): what is drawn on canvas, as SVG and as shapes of a slide.
 * y grows downwards.
 */
export type Shape =
  | { kind: "line"; role: ShapeRole; points: Pixel[]; stroke: Stroke; series?: string }
  | { kind: "area"; role: ShapeRole; points: Pixel[]; ink: Ink; series?: string }
  | { kind: "disc"; role: ShapeRole; x: number; y: number; radius: number; ink: Ink }
  | { kind: "square"; role: ShapeRole; x: number; y: number; half: number; stroke: Stroke; fill: Ink }
  | ({ kind: "text"; role: ShapeRole } & TextShape);

export type ShapeRole = "axis" | "grid" | "band" | "curve" | "median" | "mark" | "label";

export interface TextShape {
  text: string;
  /** the anchor's place; vertically the middle of the text */
  x: number;
  y: number;
  width: number;
  size: number;
  weight: number;
  anchor: "start" | "middle" | "end";
  ink: Ink;
}

export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Width of a text in the scene's units. */
export type Measure = (text: string, size: number, weight: number) => number;

/** The plot and the scales of a chart. */
export interface Plot {
  area: Area;
  x: (months: number) => number;
  y: (percent: number) => number;
  /** size of labels, and by how much strokes and marks are thicker than at normal size */
  labelSize: number;
  thickness: number;
  measure: Measure;
}

const scaled = (stroke: Stroke, by: number): Stroke => ({
  ...stroke,
  width: stroke.width * by,
  dash: stroke.dash.map((length) => length * by),
});

const thin = (ink: Ink, dash: readonly number[] = [], width = 1): Stroke => ({
  ink,
  width,
  dash,
  cap: "butt",
});

const pixels = (line: readonly Point[], { x, y }: Pick<Plot, "x" | "y">): Pixel[] =>
  line.map(({ months, survival }) => ({ x: x(months), y: y(survival * 100) }));

/** Medians with drop lines, published medians with their intervals, and direct labels: what lies over the curves. */
export function annotations(view: ChartView, plot: Plot): Shape[] {
  const marks = view.series.flatMap(({ mark }, i) =>
    mark && mark.median <= view.maxMonths ? [{ mark, series: view.series[i]! }] : [],
  );
  const raised = raisedOf(view, plot);
  return [
    ...[...view.series].reverse().flatMap((series) => medianShapes(series, view, plot)),
    ...marks.flatMap(({ mark, series }) => markShapes(mark, series, view, plot, raised.get(series.id) ?? 0)),
    ...labelShapes(view, plot, raised),
  ];
}

function medianShapes(series: Series, { maxMonths }: ChartView, plot: Plot): Shape[] {
  const { median, kind } = series;
  if (median === null || median > maxMonths) return [];
  const { area, x, y, thickness } = plot;
  const half = y(50);
  return [
    {
      kind: "line",
      role: "median",
      stroke: scaled(thin(kind, [2, 3]), thickness),
      points: [
        { x: area.left, y: half },
        { x: x(median), y: half },
        { x: x(median), y: area.bottom },
      ],
    },
    { kind: "disc", role: "median", x: x(median), y: half, radius: 4.5 * thickness, ink: kind },
  ];
}

/** An interval that would cover another one is raised off the 50 % line by this, labels' px. */
const RAISED = 9;

/** By how much each series' interval is raised, 0 for most: the lowest place where it covers none of those before it. */
function raisedOf({ series, maxMonths }: ChartView, { x, thickness }: Plot): ReadonlyMap<string, number> {
  const lanes: { from: number; to: number }[][] = [];
  const raised = new Map<string, number>();
  for (const { id, mark } of series) {
    if (!mark || mark.median > maxMonths) continue;
    const bar = { from: x(mark.lower ?? mark.median), to: x(Math.min(mark.upper ?? mark.median, maxMonths)) };
    const margin = 10 * thickness;
    const free = lanes.findIndex((lane) =>
      lane.every(({ from, to }) => bar.to + margin < from || to + margin < bar.from),
    );
    const lane = free === -1 ? lanes.length : free;
    (lanes[lane] ??= []).push(bar);
    raised.set(id, lane * RAISED * thickness);
  }
  return raised;
}

function markShapes(
  mark: PublishedMark,
  series: Series,
  { maxMonths }: ChartView,
  plot: Plot,
  raised: number,
): Shape[] {
  const { x, y, thickness } = plot;
  const half = y(50);
  const stroke = scaled(thin(series.kind, [], 1.75), thickness);
  const shapes: Shape[] = [];
  const line = (points: Pixel[]): Shape => ({ kind: "line", role: "mark", stroke, points });
  if (mark.lower !== null && mark.upper !== null) {
    const bar = half - raised;
    const from = x(mark.lower);
    const to = x(Math.min(mark.upper, maxMonths));
    const tick = 4 * thickness;
    shapes.push(
      line([
        { x: from, y: bar },
        { x: to, y: bar },
      ]),
    );
    // An interval that goes on past the axis has no end to mark.
    for (const end of mark.upper > maxMonths ? [from] : [from, to]) {
      shapes.push(
        line([
          { x: end, y: bar - tick },
          { x: end, y: bar + tick },
        ]),
      );
    }
    if (bar !== half)
      shapes.push(
        line([
          { x: x(mark.median), y: half },
          { x: x(mark.median), y: bar },
        ]),
      );
  }
  shapes.push({
    kind: "square",
    role: "mark",
    x: x(mark.median),
    y: half,
    half: 4 * thickness,
    stroke,
    fill: "ground",
  });
  return shapes;
}

/** Where along the plot each kind's label would like to stand, 0–1. */
function preferredPlace(series: Series): number {
  switch (series.kind) {
    case "patient":
      return 0.12;
    case "variant":
      return 0.3;
    case "published":
      return 0.5 + 0.08 * series.style;
    case "cohort":
      return 0.72;
  }
}

/** Length of the piece of line before a label, labels' sizes, and the gap after it. */
const KEY = 2;
const KEY_GAP = 0.4;

function labelShapes(view: ChartView, plot: Plot, raised: ReadonlyMap<string, number>): Shape[] {
  const { area, labelSize: size, measure } = plot;
  const height = size + 2;
  const severalGroups = view.series.filter(({ kind }) => kind === "published").length > 1;
  // Groups share a colour: where there are several, each label shows its own dashes.
  const keyOf = ({ kind }: Series): number =>
    severalGroups && kind === "published" ? (KEY + KEY_GAP) * size : 0;
  const curves: LabelledCurve[] = view.series.map((series) => ({
    points: pixels(series.line, plot),
    widths: series.labels.map((label) =>
      Math.ceil(measure(label, size, labelWeight(series.kind)) + keyOf(series)),
    ),
    height,
    preferred: preferredPlace(series),
  }));
  const room: Box = {
    left: area.left + 4,
    top: area.top,
    width: area.right - area.left,
    height: area.bottom - area.top - 2,
  };
  return placeLabels(curves, room, obstacles(view, plot, raised)).flatMap((box, i) => {
    const series = view.series[i]!;
    const own = keyOf(series);
    // in a corner, the piece of line stands before the place of the text
    const key = own > 0 ? own : box.detached ? (KEY + KEY_GAP) * size : 0;
    const left = own > 0 || !box.detached ? box.left : box.left - key;
    const y = box.top + box.height / 2;
    const text: Shape = {
      kind: "text",
      role: "label",
      text: series.labels[box.wording]!,
      x: left + key,
      y,
      width: box.width - own,
      size,
      weight: labelWeight(series.kind),
      anchor: "start",
      ink: series.kind,
    };
    if (key === 0) return [text];
    const points = [
      { x: left, y },
      { x: left + KEY * size, y },
    ];
    return [
      { kind: "line", role: "label", stroke: scaled(strokeOf(series, view), plot.thickness), points },
      text,
    ];
  });
}

/** What labels keep clear of: published intervals on the 50 % line, and the drop lines of medians. */
function obstacles(view: ChartView, plot: Plot, raised: ReadonlyMap<string, number>): Box[] {
  const { area, x, y, thickness } = plot;
  const half = y(50);
  return view.series.flatMap(({ id, mark, median }) => {
    const boxes: Box[] = [];
    if (mark) {
      const from = x(mark.lower ?? mark.median) - 6 * thickness;
      const to = x(Math.min(mark.upper ?? mark.median, view.maxMonths)) + 6 * thickness;
      const above = raised.get(id) ?? 0;
      boxes.push({
        left: from,
        top: half - above - 6 * thickness,
        width: to - from,
        height: above + 12 * thickness,
      });
    }
    if (median !== null && median <= view.maxMonths) {
      boxes.push({ left: area.left, top: half - 2, width: x(median) - area.left, height: 4 });
      boxes.push({ left: x(median) - 2, top: half, width: 4, height: area.bottom - half });
    }
    return boxes;
  });
}

export interface SceneOptions {
  width: number;
  height: number;
  /** size of axis numbers and labels, in the scene's units */
  labelSize: number;
  measure: Measure;
  /** a word after the axis numbers: "months" */
  axisTitle?: string;
}

export interface Scene {
  width: number;
  height: number;
  area: Area;
  shapes: Shape[];
}

/** Normal size of a label, to which strokes are in proportion. */
const NORMAL_LABEL = 12;
const PERCENT_TICKS = [0, 25, 50, 75, 100] as const;

/** The whole chart as shapes, from the grid at the back to the labels in front. */
export function sceneOf(view: ChartView, options: SceneOptions): Scene {
  const { width, height, labelSize, measure, axisTitle } = options;
  const thickness = labelSize / NORMAL_LABEL;
  const area: Area = {
    left: measure("100", labelSize, 400) + 0.8 * labelSize,
    top: 0.7 * labelSize,
    right: width - 1.6 * labelSize,
    bottom: height - 2.1 * labelSize,
  };
  const x = (months: number): number => area.left + ((area.right - area.left) * months) / view.maxMonths;
  const y = (percent: number): number => area.bottom - ((area.bottom - area.top) * percent) / 100;
  const plot: Plot = { area, x, y, labelSize, thickness, measure };
  return {
    width,
    height,
    area,
    shapes: [...gridShapes(view, plot, axisTitle), ...curveShapes(view, plot), ...annotations(view, plot)],
  };
}

function gridShapes(view: ChartView, plot: Plot, axisTitle: string | undefined): Shape[] {
  const { area, x, y, labelSize: size, thickness, measure } = plot;
  const text = (label: string, at: Pixel, anchor: TextShape["anchor"]): Shape => ({
    kind: "text",
    role: "axis",
    text: label,
    ...at,
    width: measure(label, size, 400),
    size,
    weight: 400,
    anchor,
    ink: "quiet",
  });
  const stroke = scaled(thin("line"), thickness);
  const shapes: Shape[] = PERCENT_TICKS.flatMap((percent): Shape[] => [
    {
      kind: "line",
      role: "grid",
      stroke,
      points: [
        { x: area.left, y: y(percent) },
        { x: area.right, y: y(percent) },
      ],
    },
    text(String(percent), { x: area.left - 0.6 * size, y: y(percent) }, "end"),
  ]);
  const below = area.bottom + 1.26 * size;
  for (const tick of view.ticks) {
    shapes.push(
      {
        kind: "line",
        role: "axis",
        stroke,
        points: [
          { x: x(tick), y: area.bottom },
          { x: x(tick), y: area.bottom + 0.4 * size },
        ],
      },
      text(String(tick), { x: x(tick), y: below }, "middle"),
    );
  }
  // Between the last two ticks, where there is always room.
  const [before, last] = view.ticks.slice(-2);
  if (axisTitle && before !== undefined && last !== undefined) {
    shapes.push(text(axisTitle, { x: x((before + last) / 2), y: below }, "middle"));
  }
  return shapes;
}

function curveShapes(view: ChartView, plot: Plot): Shape[] {
  const { x, y, thickness } = plot;
  const backToFront = [...view.series].reverse();
  const bands = backToFront
    .filter(({ band }) => band.length > 0)
    .map(({ band, kind, id }): Shape => ({
      kind: "area",
      role: "band",
      series: id,
      ink: bandInk(kind),
      points: [
        ...band.map(({ months, upper }) => ({ x: x(months), y: y(upper * 100) })),
        ...band.toReversed().map(({ months, lower }) => ({ x: x(months), y: y(lower * 100) })),
      ],
    }));
  const curves = backToFront.map((series): Shape => ({
    kind: "line",
    role: "curve",
    series: series.id,
    stroke: scaled(strokeOf(series, view), thickness),
    points: pixels(series.line, plot),
  }));
  return [...bands, ...curves];
}
