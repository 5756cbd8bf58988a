import type PptxGenJS from "pptxgenjs";
import type { Stroke } from "../chart/appearance.ts";
import type { Group, SlideFinish } from "./pptxFinish.ts";
import type { Paint, Palette, Token } from "./pptxPalette.ts";
import { LINE, TYPEFACE, isBold, plain } from "./pptxType.ts";

/** Slides are laid out in pixels of 1280 × 720, the screen's own design space, which are 13⅓ × 7½ inches. */
const PIXELS_PER_INCH = 96;
const POINTS_PER_PIXEL = 0.75;

export const inches = (pixels: number): number => pixels / PIXELS_PER_INCH;
export const points = (pixels: number): number => pixels * POINTS_PER_PIXEL;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A stretch of text in one look; `end` closes the paragraph after it, `soft` breaks the line before it. */
export interface Run {
  text: string;
  size: number;
  weight?: number;
  paint: Paint;
  end?: boolean;
  soft?: boolean;
}

export interface TextStyle {
  align?: "left" | "center" | "right";
  valign?: "top" | "middle" | "bottom";
  /** false: a measured line that must not break because another face is a little wider */
  wrap?: boolean;
  /** a text that the user wrote: shrinks rather than leaves its box */
  shrink?: boolean;
  /** space after each paragraph */
  gap?: number;
}

export interface Cell {
  text: string;
  /** a smaller line under it */
  note?: Pick<Run, "text" | "size" | "paint" | "weight">;
  size: number;
  weight?: number;
  paint: Paint;
  align?: "left" | "center" | "right";
  /** space between the cell's edge and its text */
  left?: number;
  right?: number;
}

export interface Grid {
  left: number;
  top: number;
  columns: number[];
  heights: number[];
  /** the first row is the header */
  rows: Cell[][];
  alt: string;
}

/** One slide, drawn in pixels. What the library cannot say of an object is kept for {@link SlideFinish}. */
export class Page {
  readonly finish: SlideFinish = {
    title: null,
    alternatives: new Map(),
    strokes: new Map(),
    groups: [],
    notes: [],
  };
  readonly palette: Palette;
  readonly #slide: PptxGenJS.Slide;
  readonly #names = new Set<string>();
  #group: Group | null = null;

  constructor(slide: PptxGenJS.Slide, palette: Palette) {
    this.#slide = slide;
    this.palette = palette;
    slide.background = { color: palette.of("--panel").color };
  }

  of(token: Token): Paint {
    return this.palette.of(token);
  }

  /** Objects drawn inside become one group with one text for whoever cannot see it. */
  group(name: string, alternative: string, box: Box, draw: () => void): void {
    this.#group = { name: this.#name(name), alternative: plain(alternative), members: new Set(), ...box };
    draw();
    this.finish.groups.push(this.#group);
    this.#group = null;
  }

  /** The slide's title, by which PowerPoint lists and reads it. */
  title(name: string, run: Run, box: Box, style: TextStyle): void {
    this.finish.title = this.text(name, [run], box, style);
  }

  text(name: string, runs: readonly Run[], box: Box, style: TextStyle = {}): string {
    const { align = "left", valign = "top", wrap = true, shrink = false, gap = 0 } = style;
    const objectName = this.#name(name);
    this.#slide.addText(runs.map(look), {
      objectName,
      ...frame(box),
      align,
      valign,
      wrap,
      margin: 0,
      fontFace: TYPEFACE,
      fontSize: points(runs[0]?.size ?? 1),
      ...(shrink && { fit: "shrink" }),
      ...(gap > 0 && { paraSpaceAfter: points(gap) }),
    });
    return objectName;
  }

  /** One line whose vertical middle is at `y`; `x` is its left end, middle or right end by `align`. */
  line(
    name: string,
    run: Run,
    x: number,
    y: number,
    width: number,
    align: "left" | "center" | "right",
  ): void {
    const height = run.size * LINE;
    const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
    this.text(
      name,
      [run],
      { left, top: y - height / 2, width, height },
      { align, valign: "middle", wrap: false },
    );
  }

  rectangle(name: string, box: Box, fill: Paint | null, stroke?: { paint: Paint; width: number }): void {
    this.#shape("rect", name, box, { fill, ...(stroke && { stroke }) });
  }

  ellipse(name: string, box: Box, fill: Paint): void {
    this.#shape("ellipse", name, box, { fill });
  }

  rule(
    name: string,
    from: { x: number; y: number },
    to: { x: number; y: number },
    token: Token,
    width = 1,
  ): void {
    this.path(name, [from, to], { stroke: { width, dash: [], cap: "butt", paint: this.of(token) } });
  }

  /** A line through points, or a closed area: a shape that PowerPoint can edit point by point. */
  path(
    name: string,
    line: readonly { x: number; y: number }[],
    look: { stroke: Omit<Stroke, "ink"> & { paint: Paint } } | { fill: Paint },
  ): void {
    const xs = line.map(({ x }) => x);
    const ys = line.map(({ y }) => y);
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    const box = { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
    // A custom shape without extent has no scale; a straight line is a shape of its own.
    if ("stroke" in look && (line.length === 2 || box.width === 0 || box.height === 0)) {
      const rising = line.length === 2 && (line[1]!.x - line[0]!.x) * (line[1]!.y - line[0]!.y) < 0;
      this.#shape("line", name, box, { fill: null, stroke: look.stroke, flip: rising });
      return;
    }
    this.#shape("custGeom", name, box, {
      fill: "fill" in look ? look.fill : null,
      ...("stroke" in look && { stroke: look.stroke }),
      points: [
        ...line.map(({ x, y }, i) => ({
          x: inches(x - left),
          y: inches(y - top),
          ...(i === 0 && { moveTo: true }),
        })),
        ...("fill" in look ? [{ close: true as const }] : []),
      ],
    });
  }

  table(name: string, { left, top, columns, heights, rows, alt }: Grid): void {
    const objectName = this.#name(name);
    this.finish.alternatives.set(objectName, plain(alt));
    const line = { type: "solid" as const, color: this.of("--line").color, pt: points(1) };
    const none = { type: "none" as const };
    this.#slide.addTable(
      rows.map((row, i) =>
        row.map((cell) => ({
          text: [look({ ...cell, end: cell.note !== undefined }), ...(cell.note ? [look(cell.note)] : [])],
          options: {
            fontFace: TYPEFACE,
            fontSize: points(cell.size),
            align: cell.align ?? ("left" as const),
            valign: "middle" as const,
            margin: [0, inches(cell.right ?? 0), 0, inches(cell.left ?? 0)] as [
              number,
              number,
              number,
              number,
            ],
            border: [none, none, i < rows.length - 1 ? line : none, none] as [
              typeof none,
              typeof none,
              typeof none | typeof line,
              typeof none,
            ],
          },
        })),
      ),
      {
        objectName,
        x: inches(left),
        y: inches(top),
        w: inches(columns.reduce((sum, width) => sum + width, 0)),
        h: inches(heights.reduce((sum, height) => sum + height, 0)),
        colW: columns.map(inches),
        rowH: heights.map(inches),
        fontFace: TYPEFACE,
      },
    );
  }

  /** The number of the page as a field: it stays right when slides are moved. */
  pageNumber({ left, top, width, height }: Box, size: number, paint: Paint): void {
    this.#slide.slideNumber = {
      x: inches(left),
      y: inches(top),
      w: inches(width),
      h: inches(height),
      fontFace: TYPEFACE,
      fontSize: points(size),
      color: paint.color,
      align: "right",
      margin: 0,
    };
  }

  #shape(
    kind: "rect" | "ellipse" | "line" | "custGeom",
    name: string,
    box: Box,
    look: {
      fill: Paint | null;
      stroke?: { paint: Paint; width: number; dash?: readonly number[]; cap?: Stroke["cap"] };
      flip?: boolean;
      points?: NonNullable<PptxGenJS.ShapeProps["points"]>;
    },
  ): void {
    const objectName = this.#name(name);
    const { fill, stroke, flip, points: path } = look;
    if (stroke?.dash && stroke.cap) {
      this.finish.strokes.set(objectName, { width: stroke.width, dash: stroke.dash, cap: stroke.cap });
    }
    this.#slide.addShape(kind as PptxGenJS.SHAPE_NAME, {
      objectName,
      ...frame(box),
      ...(fill && { fill: { ...fill } }),
      ...(stroke && { line: { ...stroke.paint, width: points(stroke.width) } }),
      ...(flip && { flipV: true }),
      ...(path && { points: path }),
    });
  }

  /** Names are told apart by a number: they are how objects are found in PowerPoint's list. */
  #name(wanted: string): string {
    const base = plain(wanted);
    let name = base;
    for (let i = 2; this.#names.has(name); i++) name = `${base} ${i}`;
    this.#names.add(name);
    this.#group?.members.add(name);
    return name;
  }
}

/** A run as the library has it; every run gets options of its own, for the library writes into them. */
const look = ({ text, size, weight = 400, paint, end = false, soft = false }: Run): PptxGenJS.TextProps => ({
  text: plain(text),
  options: {
    fontFace: TYPEFACE,
    fontSize: points(size),
    bold: isBold(weight),
    color: paint.color,
    breakLine: end,
    softBreakBefore: soft,
  },
});

const frame = ({ left, top, width, height }: Box): { x: number; y: number; w: number; h: number } => ({
  x: inches(left),
  y: inches(top),
  w: inches(width),
  h: inches(height),
});
