import { board as words } from "../../src-main/words/board.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import { SEVERITY_LABEL } from "../../src-main/words/labels.ts";
import type { Measure } from "../chart/scene.ts";

/**
 * Where things stand on a slide, worked out from the words before anything is drawn: the same on the screen, the
 * projector and on paper, where nothing could be measured. Units are those of the slide.
 */
export const SLIDE = {
  width: 1280,
  height: 720,
  margin: 48,
  /** the body, between heading and footer */
  top: 134,
  bottom: 668,
} as const;

export const INNER = SLIDE.width - 2 * SLIDE.margin;
export const BODY = SLIDE.bottom - SLIDE.top;

/** Nothing but the footer is smaller: the last row has to read it. */
export const SMALLEST = 20;

/** Browsers break lines a little earlier than the sum of widths says. */
const BREAKS_EARLY = 1.03;

/** Number of lines of a text set in a width, broken at spaces, and within a word that is wider than the line. */
export function linesOf(text: string, width: number, size: number, weight: number, measure: Measure): number {
  const wide = (part: string): number => measure(part, size, weight) * BREAKS_EARLY;
  let lines = 1;
  let used = 0;
  // a no-break space is no place to break
  for (const word of text.split(/[ \u200b]/)) {
    const own = wide(word);
    const withSpace = used === 0 ? own : used + wide(" ") + own;
    if (withSpace <= width) used = withSpace;
    else {
      if (used > 0) lines++;
      const over = Math.max(0, Math.ceil(own / width) - 1);
      lines += over;
      used = own - over * width;
    }
  }
  return lines;
}

export interface Fit {
  size: number;
  lines: number;
  /** it only fits when words may break anywhere */
  broken: boolean;
}

/** A text's size, the largest of some at which it stands in so many lines, and the lines it then takes. */
export function fitted(
  text: string,
  width: number,
  sizes: readonly { size: number; lines: number }[],
  weight: number,
  measure: Measure,
): Fit {
  for (const { size, lines: allowed } of sizes) {
    const lines = linesOf(text, width, size, weight, measure);
    if (lines <= allowed) return { size, lines, broken: false };
  }
  return { ...sizes.at(-1)!, broken: true };
}

/** A label of a case: large, then smaller, then in two lines. */
export const fittedLabel = (label: string, width: number, measure: Measure): Fit =>
  fitted(
    label,
    width,
    [
      { size: 40, lines: 1 },
      { size: 32, lines: 1 },
      { size: 26, lines: 1 },
      { size: 22, lines: 2 },
    ],
    650,
    measure,
  );

export const fittedFacts = (facts: string, width: number, measure: Measure): Fit =>
  fitted(
    facts,
    width,
    [
      { size: 25, lines: 1 },
      { size: 22, lines: 1 },
      { size: SMALLEST, lines: 1 },
      { size: SMALLEST, lines: 2 },
    ],
    450,
    measure,
  );

/** A caution in its place in the strip; pixels from the strip's upper left corner. */
export interface StripItem<Caution extends CautionLine = CautionLine> {
  caution: Caution;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The strip of cautions at the foot of a slide. */
export interface Strip<Caution extends CautionLine = CautionLine> {
  shown: Caution[];
  items: StripItem<Caution>[];
  /** what stands elsewhere, in words; null: nothing */
  more: string | null;
  /** how many of them there are */
  rest: number;
  size: number;
  columns: 1 | 2;
  height: number;
}

const STRIP = { gap: 6, indent: 24, pad: 4, column: 12, lineHeight: 1.26 } as const;

/** One line of a single caution; a little smaller type is worth it. */
const ONE_LINE = 40;

/** More than this, and the type gets smaller or goes into two columns. */
const COMFORTABLE = 96;

/** More than this, and nothing legible is left above. */
const TALLEST = 206;

/**
 * Every caution in its full short form, the worst first; notes are counted. What is more than a slide holds goes from
 * the end: cautions come by severity, and those that compare published with model first.
 *
 * @param besides on a slide about something else: nothing but the serious ones stands there, and these; where there
 *   are none, the first
 * @param tallest what it may take of the slide
 */
export function cautionStrip<Caution extends CautionLine>(
  cautions: readonly Caution[],
  measure: Measure,
  besides?: (caution: Caution) => boolean,
  tallest = TALLEST,
): Strip<Caution> | null {
  const order = ["serious", "caution", "note"];
  const sorted = cautions.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const wanted = sorted.filter((caution) =>
    besides ? caution.severity === "serious" || besides(caution) : caution.severity !== "note",
  );
  const shown = wanted.length > 0 ? wanted : sorted.slice(0, 1);
  if (shown.length === 0) return null;
  let strip = stripOf(shown, sorted, measure);
  while (strip.height > tallest && shown.length > 1) {
    shown.pop();
    strip = stripOf(shown, sorted, measure);
  }
  return strip;
}

function stripOf<Caution extends CautionLine>(
  shown: readonly Caution[],
  all: readonly Caution[],
  measure: Measure,
): Strip<Caution> {
  const rest = all.filter((caution) => !shown.includes(caution));
  const onlyNotes = rest.every(({ severity }) => severity === "note");
  const more =
    rest.length === 0
      ? null
      : onlyNotes
        ? words.slide.moreNotes(rest.length)
        : words.slide.moreCautions(rest.length);
  const forms: [number, 1 | 2][] = [
    [24, 1],
    [22, 1],
    [SMALLEST, 1],
    [SMALLEST, 2],
  ];
  const strips = forms.map(([size, columns]): Strip<Caution> => ({
    shown: [...shown],
    more,
    rest: rest.length,
    size,
    columns,
    ...itemsOf(shown, more, size, columns, measure),
  }));
  const lowest = strips.reduce((low, each) => (each.height < low.height ? each : low));
  const oneLine = strips.slice(0, 2).find(({ height }) => height <= ONE_LINE);
  return oneLine ?? strips.find(({ height }) => height <= COMFORTABLE) ?? lowest;
}

/** Cautions down the first column and then the second, whose heights differ as little as they can; what is more, under them. */
function itemsOf<Caution extends CautionLine>(
  shown: readonly Caution[],
  more: string | null,
  size: number,
  columns: 1 | 2,
  measure: Measure,
): { items: StripItem<Caution>[]; height: number } {
  const width = (INNER - (columns - 1) * STRIP.column) / columns;
  const heights = shown.map(({ severity, short }) => {
    const text = words.slide.caution(SEVERITY_LABEL[severity], short);
    const lines = linesOf(text, width - STRIP.indent - 10, size, 650, measure);
    return Math.ceil(lines * size * STRIP.lineHeight) + 2 * STRIP.pad;
  });
  const tall = (from: number, to: number): number =>
    heights.slice(from, to).reduce((sum, height) => sum + height + STRIP.gap, -STRIP.gap);
  const splits = columns === 1 ? [shown.length] : shown.map((_, i) => i + 1);
  const highest = (at: number): number => Math.max(tall(0, at), tall(at, shown.length));
  const split = splits.reduce((best, at) => (highest(at) < highest(best) ? at : best));
  let top = 0;
  const items = shown.map((caution, i) => {
    const second = i >= split;
    if (i === split) top = 0;
    const item = {
      caution,
      left: second ? width + STRIP.column : 0,
      top,
      width,
      height: heights[i]!,
    };
    top += heights[i]! + STRIP.gap;
    return item;
  });
  return { items, height: highest(split) + (more === null ? 0 : MORE_HEIGHT) };
}

/** Height of the line that counts what stands elsewhere. */
export const MORE_HEIGHT = 28;

/**
 * Moves texts that are centred on their places apart until none touches the next, from right to left, and none stands
 * past the end. Only what would overlap moves.
 *
 * @param centres ascending
 * @returns the new centres
 */
export function spread(
  centres: readonly number[],
  widths: readonly number[],
  gap: number,
  end: number,
): number[] {
  const placed = [...centres];
  let room = end;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i]!, room - widths[i]! / 2);
    room = placed[i]! - widths[i]! / 2 - gap;
  }
  return placed;
}
