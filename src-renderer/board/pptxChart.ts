import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { ChartView } from "../chart/chartView.ts";
import { measureText } from "../chart/measure.ts";
import type { Scene, Shape } from "../chart/scene.ts";
import { sceneOf } from "../chart/scene.ts";
import type { Box, Page } from "./pptxPage.ts";
import type { Paint } from "./pptxPalette.ts";
import { measureArial } from "./pptxType.ts";

/** Axis numbers and labels, readable from the back of a room. */
const LABEL_SIZE = 20;
/** Round a label, so that no curve runs through it. */
const GROUND = 2;
/** Room to spare in a text's box: PowerPoint rounds widths its own way. */
const SPARE = 4;

/** Draws the chart into a box of the slide, as shapes and text of the slide; returns where its plot is. */
export function drawChart(page: Page, view: ChartView, box: Box): Scene {
  const scene = sceneOf(view, {
    width: box.width,
    height: box.height,
    labelSize: LABEL_SIZE,
    // as on the screen: the same label at the same place, whichever is shown
    measure: measureText,
    axisTitle: screen.chart.months,
  });
  page.group(words.object.chart(view.title), view.summary, box, () => {
    for (const shape of scene.shapes) drawShape(page, view, shape, box);
  });
  return scene;
}

function nameOf(view: ChartView, shape: Shape): string {
  const series = "series" in shape ? view.series.find(({ id }) => id === shape.series)?.name : undefined;
  switch (shape.role) {
    case "axis":
      return words.object.axis;
    case "grid":
      return words.object.grid;
    case "median":
      return words.object.medianMark;
    case "mark":
      return words.object.publishedInterval;
    case "band":
      return words.object.band(series ?? "");
    case "curve":
      return words.object.curve(series ?? "");
    case "label":
      return shape.kind === "text" ? words.object.label(shape.text) : words.object.labelKey;
  }
}

function drawShape(page: Page, view: ChartView, shape: Shape, { left, top }: Box): void {
  const name = nameOf(view, shape);
  const ink = page.palette.ink;
  const moved = (points: readonly { x: number; y: number }[]): { x: number; y: number }[] =>
    points.map(({ x, y }) => ({ x: x + left, y: y + top }));
  const square = (x: number, y: number, half: number): Box => ({
    left: left + x - half,
    top: top + y - half,
    width: 2 * half,
    height: 2 * half,
  });
  switch (shape.kind) {
    case "line": {
      const { ink: paint, ...stroke } = shape.stroke;
      page.path(name, moved(shape.points), { stroke: { ...stroke, paint: ink(paint) } });
      break;
    }
    case "area":
      page.path(name, moved(shape.points), { fill: ink(shape.ink) });
      break;
    case "disc":
      page.ellipse(name, square(shape.x, shape.y, shape.radius), ink(shape.ink));
      break;
    case "square": {
      const stroke: { paint: Paint; width: number } = {
        paint: ink(shape.stroke.ink),
        width: shape.stroke.width,
      };
      page.rectangle(name, square(shape.x, shape.y, shape.half), ink(shape.fill), stroke);
      break;
    }
    case "text": {
      const { text, x, y, size, weight, width, anchor } = shape;
      const align = anchor === "start" ? "left" : anchor === "end" ? "right" : "center";
      const wide = Math.max(width, measureArial(text, size, weight) + SPARE);
      if (shape.role === "label") {
        // no wider than the text itself, so that what stands beside it is seen
        const box = { left: left + x - GROUND, top: top + y - size / 2 - GROUND };
        const extent = { width: measureArial(text, size, weight) + 2 * GROUND, height: size + 2 * GROUND };
        page.rectangle(words.object.labelGround, { ...box, ...extent }, page.of("--panel"));
      }
      page.line(name, { text, size, weight, paint: ink(shape.ink) }, left + x, top + y, wide, align);
    }
  }
}
