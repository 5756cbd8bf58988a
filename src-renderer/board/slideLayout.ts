import { board as words } from "../../src-main/words/board.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
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

/** The strip of cautions at the foot of a slide. */
export interface Strip {
  shown: CautionLine[];
  /** how many more there are */
  rest: number;
  size: number;
  columns: 1 | 2;
  height: number;
}

const STRIP = { padding: 10, gap: 6, indent: 24, column: 28, lineHeight: 1.26 } as const;

/** One line of a single caution; a little smaller type is worth it. */
const ONE_LINE = 52;

/** More than this, and the type gets smaller or goes into two columns. */
const COMFORTABLE = 96;

/**
 * Every serious caution in its full short form; where none is serious, the first. The rest is counted.
 *
 * @param always cautions that are shown like serious ones
 */
export function cautionStrip<Caution extends CautionLine>(
  cautions: readonly Caution[],
  measure: Measure,
  always: (caution: Caution) => boolean = () => false,
): Strip | null {
  if (cautions.length === 0) return null;
  const serious = cautions.filter((caution) => caution.severity === "serious" || always(caution));
  const shown = serious.length > 0 ? serious : [cautions[0]!];
  const rest = cautions.length - shown.length;
  const forms: [number, 1 | 2][] = [
    [24, 1],
    [22, 1],
    [SMALLEST, 1],
    [SMALLEST, 2],
  ];
  const strips = forms.map(([size, columns]): Strip => ({
    shown,
    rest,
    size,
    columns,
    height: stripHeight(shown, rest, size, columns, measure),
  }));
  const lowest = strips.reduce((low, each) => (each.height < low.height ? each : low));
  const oneLine = strips.slice(0, 2).find(({ height }) => height <= ONE_LINE);
  return oneLine ?? strips.find(({ height }) => height <= COMFORTABLE) ?? lowest;
}

function stripHeight(
  shown: readonly CautionLine[],
  rest: number,
  size: number,
  columns: 1 | 2,
  measure: Measure,
): number {
  const inner = INNER - 2 * STRIP.padding;
  const width = (inner - (columns - 1) * STRIP.column) / columns - STRIP.indent;
  const lines = shown.map(({ short }, i) =>
    // the count of the rest follows the last one
    linesOf(
      rest > 0 && i === shown.length - 1 ? words.slide.withMore(short, rest) : short,
      width,
      size,
      600,
      measure,
    ),
  );
  const rows = Array.from({ length: Math.ceil(lines.length / columns) }, (_, row) =>
    Math.max(...lines.slice(row * columns, (row + 1) * columns)),
  );
  const text = rows.reduce((sum, each) => sum + Math.ceil(each * size * STRIP.lineHeight), 0);
  return text + (rows.length - 1) * STRIP.gap + 2 * STRIP.padding;
}

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
