import { measureText } from "../chart/measure.ts";
import type { Measure } from "../chart/scene.ts";
import { measureArial } from "./pptxType.ts";

/**
 * The wider of the screen's typeface and the file's. What is laid out by it stands at the same place on the screen, on
 * paper and in PowerPoint.
 */
export const measureSlide: Measure = (text, size, weight) =>
  Math.max(measureText(text, size, weight), measureArial(text, size, weight));
