import type { ChartConfiguration, ChartDataset, Plugin } from "chart.js";
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from "chart.js";
import type { Ink, Stroke } from "./appearance.ts";
import { bandInk, strokeOf } from "./appearance.ts";
import type { ChartView, Point, Series } from "./chartView.ts";
import type { Measure, Shape } from "./scene.ts";
import { annotations } from "./scene.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

/** Room left of the plot for the axis, and right of it for half of the last label; the table below uses the same. */
export const PLOT_LEFT = 40;
export const PLOT_RIGHT = 26;

export interface ChartColours {
  of: Record<Ink, string>;
  font: string;
  /** pixels of the root font, so that the chart's text grows with the page's */
  rem: number;
}

type XY = { x: number; y: number };
type Config = ChartConfiguration<"line", XY[], number>;
type Dataset = ChartDataset<"line", XY[]>;

const labelSize = ({ rem }: ChartColours): number => 0.75 * rem;

const points = (line: readonly Point[]): XY[] =>
  line.map(({ months, survival }) => ({ x: months, y: survival * 100 }));

/** What is drawn at the moment; plugins of a chart cannot be exchanged, so they read it here. */
export interface Drawn {
  view: ChartView;
  colours: ChartColours;
  /** the month that is being read off the chart */
  reading: number | null;
}

const PLAIN = { pointRadius: 0, tension: 0, fill: false } as const;

function bandDatasets({ band, kind }: Series, colours: ChartColours): Dataset[] {
  return [
    { ...PLAIN, data: band.map(({ months, upper }) => ({ x: months, y: upper * 100 })), borderWidth: 0 },
    {
      ...PLAIN,
      data: band.map(({ months, lower }) => ({ x: months, y: lower * 100 })),
      borderWidth: 0,
      fill: "-1",
      backgroundColor: colours.of[bandInk(kind)],
    },
  ];
}

function lineDataset(series: Series, view: ChartView, colours: ChartColours): Dataset {
  const { ink, width, dash, cap } = strokeOf(series, view);
  return {
    ...PLAIN,
    label: series.id,
    data: points(series.line),
    borderColor: colours.of[ink],
    borderWidth: width,
    borderDash: [...dash],
    borderCapStyle: cap,
  };
}

/** The chart as chart.js wants it. It draws numbers of the view; it is never asked for one. */
export function chartConfig({ view, colours }: Drawn): Omit<Config, "plugins"> {
  const backToFront = [...view.series].reverse();
  const datasets = [
    ...backToFront.filter(({ band }) => band.length > 0).flatMap((series) => bandDatasets(series, colours)),
    ...backToFront.map((series) => lineDataset(series, view, colours)),
  ];
  const font = { family: colours.font, size: labelSize(colours) };
  return {
    type: "line",
    data: { datasets },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { top: 8, right: PLOT_RIGHT, bottom: 0, left: 0 } },
      plugins: { legend: { display: false } },
      scales: {
        x: {
          type: "linear",
          min: 0,
          max: view.maxMonths,
          border: { color: colours.of.line },
          grid: { display: false, tickLength: 5, drawTicks: true, tickColor: colours.of.line },
          afterBuildTicks: (axis) => {
            axis.ticks = view.ticks.map((value) => ({ value }));
          },
          ticks: {
            font,
            color: colours.of.quiet,
            padding: 2,
            autoSkip: false,
            includeBounds: false,
            maxRotation: 0,
          },
        },
        y: {
          type: "linear",
          min: 0,
          max: 100,
          border: { display: false },
          grid: { color: colours.of.line, lineWidth: 1, drawTicks: false },
          afterFit: (axis) => {
            axis.width = PLOT_LEFT;
          },
          ticks: { font, color: colours.of.quiet, stepSize: 25, padding: 8 },
        },
      },
    },
  };
}

/** What chart.js has no element for: medians, published intervals, direct labels, and the line of a reading. */
export function marks(current: () => Drawn): Plugin<"line"> {
  /** Where labels stand depends on neither the reading nor the pointer: they are placed once for each view and size. */
  let placed: { view: ChartView; colours: ChartColours; size: string; shapes: Shape[] } | null = null;
  return {
    id: "marks",
    afterDatasetsDraw(chart) {
      const { view, colours, reading } = current();
      const { ctx, chartArea: area, scales } = chart;
      const x = (months: number): number => scales["x"]!.getPixelForValue(months);
      const y = (percent: number): number => scales["y"]!.getPixelForValue(percent);
      const measure: Measure = (text, size, weight) => {
        ctx.font = `${weight} ${size}px ${colours.font}`;
        return ctx.measureText(text).width;
      };
      ctx.save();
      const size = [area.left, area.top, area.right, area.bottom].join(" ");
      if (placed?.view !== view || placed.colours !== colours || placed.size !== size) {
        const plot = { area, x, y, labelSize: labelSize(colours), thickness: 1, measure };
        placed = { view, colours, size, shapes: annotations(view, plot) };
      }
      for (const shape of placed.shapes) paint(ctx, shape, colours);
      if (reading !== null) {
        paint(ctx, readingLine(x(reading), area), colours);
      }
      ctx.restore();
    },
  };
}

const readingLine = (x: number, area: { top: number; bottom: number }): Shape => ({
  kind: "line",
  role: "mark",
  stroke: { ink: "ink", width: 1, dash: [], cap: "butt" },
  points: [
    { x, y: area.top },
    { x, y: area.bottom },
  ],
});

function setStroke(ctx: CanvasRenderingContext2D, stroke: Stroke, colours: ChartColours): void {
  ctx.strokeStyle = colours.of[stroke.ink];
  ctx.lineWidth = stroke.width;
  ctx.lineCap = stroke.cap;
  ctx.setLineDash([...stroke.dash]);
}

function trace(ctx: CanvasRenderingContext2D, line: readonly { x: number; y: number }[]): void {
  ctx.beginPath();
  line.forEach(({ x, y }, i) => (i === 0 ? ctx.moveTo(x, y) : ctx.lineTo(x, y)));
}

/** Paints one shape of a scene. */
export function paint(ctx: CanvasRenderingContext2D, shape: Shape, colours: ChartColours): void {
  switch (shape.kind) {
    case "line":
      setStroke(ctx, shape.stroke, colours);
      trace(ctx, shape.points);
      ctx.stroke();
      break;
    case "area":
      ctx.fillStyle = colours.of[shape.ink];
      trace(ctx, shape.points);
      ctx.fill();
      break;
    case "disc":
      ctx.fillStyle = colours.of[shape.ink];
      ctx.beginPath();
      ctx.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      ctx.fill();
      break;
    case "square":
      setStroke(ctx, shape.stroke, colours);
      ctx.fillStyle = colours.of[shape.fill];
      ctx.beginPath();
      ctx.rect(shape.x - shape.half, shape.y - shape.half, 2 * shape.half, 2 * shape.half);
      ctx.fill();
      ctx.stroke();
      break;
    case "text":
      ctx.font = `${shape.weight} ${shape.size}px ${colours.font}`;
      ctx.textAlign = shape.anchor === "middle" ? "center" : shape.anchor;
      ctx.textBaseline = "middle";
      if (shape.role === "label") {
        ctx.lineJoin = "round";
        ctx.setLineDash([]);
        ctx.lineWidth = shape.size / 3;
        ctx.strokeStyle = colours.of.ground;
        ctx.strokeText(shape.text, shape.x, shape.y);
      }
      ctx.fillStyle = colours.of[shape.ink];
      ctx.fillText(shape.text, shape.x, shape.y);
      break;
  }
}

export type SurvivalChart = Chart<"line", XY[], number>;
export { Chart };
