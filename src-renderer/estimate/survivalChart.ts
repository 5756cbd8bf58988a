import type { ChartConfiguration, ChartDataset, Plugin } from "chart.js";
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from "chart.js";
import type { Box, LabelledCurve, Point } from "./labels.ts";
import { placeLabels } from "./labels.ts";
import type { ChartView, Line } from "./view.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

/** Room left of the plot for the axis, and right of it for half of the last label; the table below uses the same. */
export const PLOT_LEFT = 40;
export const PLOT_RIGHT = 26;

export interface ChartColours {
  ink: string;
  quiet: string;
  line: string;
  ground: string;
  patient: string;
  band: string;
  cohort: string;
  published: string;
  font: string;
  /** pixels of the root font, so that the chart's text grows with the page's */
  rem: number;
}

type XY = { x: number; y: number };
type Config = ChartConfiguration<"line", XY[], number>;
type Dataset = ChartDataset<"line", XY[]>;

const DASH = {
  solid: [] as number[],
  /** a shape that is assumed, not published */
  assumed: [11, 4, 2.5, 4],
  published: [7, 4],
  cohort: [1, 4.5],
};

const labelSize = ({ rem }: ChartColours): number => 0.75 * rem;

const points = (line: readonly Line[]): XY[] =>
  line.map(({ months, survival }) => ({ x: months, y: survival * 100 }));

/** What is drawn at the moment; plugins of a chart cannot be exchanged, so they read it here. */
export interface Drawn {
  view: ChartView;
  colours: ChartColours;
}

/** The chart as chart.js wants it. It draws numbers of the view; it is never asked for one. */
export function chartConfig({ view, colours }: Drawn): Omit<Config, "plugins"> {
  const plain = { pointRadius: 0, tension: 0, fill: false, borderCapStyle: "round" } as const;
  const datasets: Dataset[] = [
    {
      ...plain,
      data: view.patient.band.map(({ months, upper }) => ({ x: months, y: upper * 100 })),
      borderWidth: 0,
    },
    {
      ...plain,
      data: view.patient.band.map(({ months, lower }) => ({ x: months, y: lower * 100 })),
      borderWidth: 0,
      fill: "-1",
      backgroundColor: colours.band,
    },
  ];
  if (view.cohort) {
    datasets.push({
      ...plain,
      data: points(view.cohort.line),
      borderColor: colours.cohort,
      borderWidth: 2,
      borderDash: DASH.cohort,
    });
  }
  if (view.group) {
    datasets.push({
      ...plain,
      data: points(view.group.line),
      borderColor: colours.published,
      borderWidth: 1.75,
      borderCapStyle: "butt",
      borderDash: DASH.published,
    });
  }
  datasets.push({
    ...plain,
    data: points(view.patient.line),
    borderColor: colours.patient,
    borderWidth: 2.75,
    borderDash: view.assumedShape ? DASH.assumed : DASH.solid,
  });
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
          border: { color: colours.line },
          grid: { display: false, tickLength: 5, drawTicks: true, tickColor: colours.line },
          afterBuildTicks: (axis) => {
            axis.ticks = view.ticks.map((value) => ({ value }));
          },
          ticks: {
            font,
            color: colours.quiet,
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
          grid: { color: colours.line, lineWidth: 1, drawTicks: false },
          afterFit: (axis) => {
            axis.width = PLOT_LEFT;
          },
          ticks: { font, color: colours.quiet, stepSize: 25, padding: 8 },
        },
      },
    },
  };
}

/** What chart.js has no element for: the median's drop lines, the published median with its interval, direct labels. */
export function marks(current: () => Drawn): Plugin<"line"> {
  return {
    id: "marks",
    afterDatasetsDraw(chart) {
      const { view, colours } = current();
      const { ctx, chartArea: area, scales } = chart;
      const x = (months: number): number => scales["x"]!.getPixelForValue(months);
      const y = (percent: number): number => scales["y"]!.getPixelForValue(percent);
      const half = y(50);
      ctx.save();

      const { median } = view.patient;
      if (median !== null && median <= view.maxMonths) {
        ctx.strokeStyle = colours.patient;
        ctx.lineWidth = 1;
        ctx.setLineDash([2, 3]);
        ctx.beginPath();
        ctx.moveTo(area.left, half);
        ctx.lineTo(x(median), half);
        ctx.lineTo(x(median), area.bottom);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.fillStyle = colours.patient;
        disc(ctx, x(median), half, 4.5);
      }

      const mark = view.group?.mark;
      if (mark && mark.median <= view.maxMonths) {
        ctx.strokeStyle = colours.published;
        ctx.lineWidth = 1.75;
        if (mark.lower !== null && mark.upper !== null) {
          const [from, to] = [x(mark.lower), x(Math.min(mark.upper, view.maxMonths))];
          ctx.beginPath();
          ctx.moveTo(from, half);
          ctx.lineTo(to, half);
          for (const end of [from, to]) {
            ctx.moveTo(end, half - 4);
            ctx.lineTo(end, half + 4);
          }
          ctx.stroke();
        }
        ctx.fillStyle = colours.ground;
        ctx.beginPath();
        ctx.rect(x(mark.median) - 4, half - 4, 8, 8);
        ctx.fill();
        ctx.stroke();
      }

      drawLabels(ctx, view, colours, area, x, y);
      ctx.restore();
    },
  };
}

/** What labels keep clear of: the published interval on the 50 % line, and the drop lines of the patient's median. */
function obstaclesOf(
  view: ChartView,
  area: { left: number; bottom: number },
  x: (months: number) => number,
  half: number,
): Box[] {
  const boxes: Box[] = [];
  const mark = view.group?.mark;
  if (mark) {
    const from = x(mark.lower ?? mark.median) - 6;
    const to = x(Math.min(mark.upper ?? mark.median, view.maxMonths)) + 6;
    boxes.push({ left: from, top: half - 6, width: to - from, height: 12 });
  }
  const { median } = view.patient;
  if (median !== null && median <= view.maxMonths) {
    boxes.push({ left: area.left, top: half - 2, width: x(median) - area.left, height: 4 });
    boxes.push({ left: x(median) - 2, top: half, width: 4, height: area.bottom - half });
  }
  return boxes;
}

function disc(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}

function drawLabels(
  ctx: CanvasRenderingContext2D,
  view: ChartView,
  colours: ChartColours,
  area: { left: number; top: number; right: number; bottom: number },
  x: (months: number) => number,
  y: (percent: number) => number,
): void {
  const series = [
    { ...view.patient, colour: colours.patient, weight: 650, preferred: 0.12 },
    ...(view.group ? [{ ...view.group, colour: colours.published, weight: 500, preferred: 0.5 }] : []),
    ...(view.cohort ? [{ ...view.cohort, colour: colours.cohort, weight: 500, preferred: 0.72 }] : []),
  ];
  const fontOf = (weight: number): string => `${weight} ${labelSize(colours)}px ${colours.font}`;
  const pixels = (line: readonly Line[]): Point[] =>
    line.map(({ months, survival }) => ({ x: x(months), y: y(survival * 100) }));
  const curves: LabelledCurve[] = series.map(({ labels, line, weight, preferred }) => {
    ctx.font = fontOf(weight);
    return {
      points: pixels(line),
      widths: labels.map((label) => Math.ceil(ctx.measureText(label).width)),
      height: labelSize(colours) + 2,
      preferred,
    };
  });
  const plot: Box = {
    left: area.left + 4,
    top: area.top,
    width: area.right - area.left,
    height: area.bottom - area.top - 2,
  };
  const obstacles = obstaclesOf(view, area, x, y(50));
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  placeLabels(curves, plot, obstacles).forEach((box, i) => {
    const { labels, colour, weight } = series[i]!;
    const label = labels[box.wording]!;
    ctx.font = fontOf(weight);
    ctx.strokeStyle = colours.ground;
    ctx.lineWidth = 4;
    ctx.strokeText(label, box.left, box.top + box.height / 2);
    ctx.fillStyle = colour;
    ctx.fillText(label, box.left, box.top + box.height / 2);
  });
}

export type SurvivalChart = Chart<"line", XY[], number>;
export { Chart };
