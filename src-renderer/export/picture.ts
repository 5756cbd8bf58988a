import type { Ink } from "../chart/appearance.ts";
import { TOKEN } from "../chart/appearance.ts";
import type { ChartColours } from "../chart/canvas.ts";
import { paint } from "../chart/canvas.ts";
import type { ChartView } from "../chart/chartView.ts";
import { measureText } from "../chart/measure.ts";
import type { TextShape } from "../chart/scene.ts";
import { sceneOf } from "../chart/scene.ts";
import { resolveColour } from "../ui/colours.ts";

/** What stands around the chart in a picture that leaves the program. */
export interface Surroundings {
  title: string;
  subtitle: string;
  /** what must be read with it, a sentence each */
  cautions: string[];
  footer: string[];
  axisTitle: string;
}

const WIDTH = 960;
const CHART_HEIGHT = 520;
const MARGIN = 28;
/** two pixels for each: sharp on paper and in slides */
const SCALE = 2;

/** A chart as a PNG with its title and the line that says what it is: always light, for documents are white. */
export async function pictureOf(view: ChartView, around: Surroundings): Promise<Blob> {
  const colours = lightColours();
  const wrap = (text: string, size: number): string[] => wrapped(text, size, WIDTH - 2 * MARGIN);
  const subtitle = wrap(around.subtitle, 16);
  const cautions = around.cautions.flatMap((line) => wrap(line, 14));
  const footer = around.footer.flatMap((line) => wrap(line, 12));
  const head = MARGIN + 34 + 22 * subtitle.length;
  const top = head + 20 * cautions.length + 10;
  const height = top + CHART_HEIGHT + 18 + 18 * footer.length + MARGIN;

  const canvas = new OffscreenCanvas(WIDTH * SCALE, height * SCALE);
  const ctx = canvas.getContext("2d") as unknown as CanvasRenderingContext2D;
  ctx.scale(SCALE, SCALE);
  ctx.fillStyle = colours.of.ground;
  ctx.fillRect(0, 0, WIDTH, height);
  const write = (text: string, y: number, size: number, weight: number, ink: Ink): void => {
    const shape: TextShape = { text, x: MARGIN, y, width: 0, size, weight, anchor: "start", ink };
    paint(ctx, { kind: "text", role: "axis", ...shape }, colours);
  };
  write(around.title, MARGIN + 12, 22, 640, "ink");
  subtitle.forEach((line, i) => write(line, MARGIN + 44 + 22 * i, 16, 400, "quiet"));
  cautions.forEach((line, i) => write(line, head + 8 + 20 * i, 14, 600, "caution"));
  ctx.save();
  ctx.translate(MARGIN, top);
  const scene = sceneOf(view, {
    width: WIDTH - 2 * MARGIN,
    height: CHART_HEIGHT,
    labelSize: 16,
    measure: measureText,
    axisTitle: around.axisTitle,
  });
  for (const shape of scene.shapes) paint(ctx, shape, colours);
  ctx.restore();
  footer.forEach((line, i) => write(line, top + CHART_HEIGHT + 24 + 18 * i, 12, 400, "quiet"));
  return canvas.convertToBlob({ type: "image/png" });
}

function lightColours(): ChartColours {
  const light = document.createElement("div");
  light.style.colorScheme = "light";
  document.body.append(light);
  const entries = Object.entries(TOKEN).map(([ink, token]) => [ink, resolveColour(token, light)]);
  light.remove();
  return {
    of: Object.fromEntries(entries) as Record<Ink, string>,
    font: getComputedStyle(document.body).fontFamily,
    rem: 16,
  };
}

function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measureText(longer, size, 400) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
