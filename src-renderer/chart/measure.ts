import type { Measure } from "./scene.ts";

let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Width of a text in the app's typeface; an estimate where there is no canvas (tests without a browser). */
export const measureText: Measure = (text, size, weight) => {
  context ??= typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return text.length * size * 0.55;
  context.font = `${weight} ${size}px "Inter Variable", system-ui, sans-serif`;
  return context.measureText(text).width;
};
