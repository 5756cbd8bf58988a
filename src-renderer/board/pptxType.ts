import type { Measure } from "../chart/scene.ts";
import { linesOf } from "./slideLayout.ts";

/**
 * The typeface of the slides: Arial, because slides are opened on other people's computers. It is on every Windows and
 * every Mac, LibreOffice and Google put a face of the same widths in its place, and its digits are all of one width;
 * Inter and Segoe UI are missing on some of them, and what replaces them has other widths. So what is measured here is
 * what will be seen.
 */
export const TYPEFACE = "Arial";

/** Height of a line of Arial as a share of its size: its ascent, descent and line gap are 1.149. */
export const LINE = 1.2;

/** Weight from which a text is bold: the face has two. */
const BOLD_FROM = 600;

/** Advance widths in thousandths of the size, which are those of Helvetica, Arial and Liberation Sans. */
const REGULAR: Record<number, string> = {
  191: "'",
  222: "ijl‘’",
  260: "|",
  278: " !,./:;I[\\]ft·",
  333: "()-`r²³“”",
  334: "{}",
  350: "•",
  355: '"',
  389: "*",
  400: "°",
  469: "^",
  500: "Jcksvxyz",
  549: "±≤≥",
  556: "#$0123456789?L_abdeghnopqu–†‡€",
  576: "µ",
  584: "+<=>~×",
  611: "FTZßø",
  667: "&ABEKPSVXY",
  722: "CDHNRUw",
  778: "GOQØ",
  833: "Mm",
  889: "%æ",
  944: "Wœ",
  1015: "@",
};
const BOLD: Record<number, string> = {
  238: "'",
  278: " ,./I\\ijl·‘’",
  280: "|",
  333: "!()-:;[]`ft²³",
  350: "•",
  389: "*r{}",
  400: "°",
  474: '"',
  500: "z“”",
  549: "±≤≥",
  556: "#$0123456789J_aceksvxy–†‡€",
  576: "µ",
  584: "+<=>^~×",
  611: "?FLTZbdghnopqußø",
  667: "EPSVXY",
  722: "&ABCDHKNRU",
  778: "GOQwØ",
  833: "M",
  889: "%mæ",
  944: "Wœ",
  975: "@",
};
/** Anything else may come from another face. */
const UNKNOWN = 1000;

const table = (widths: Record<number, string>): Map<string, number> =>
  new Map(
    Object.entries(widths).flatMap(([width, letters]) =>
      Array.from(letters, (letter) => [letter, Number(width)] as const),
    ),
  );
const WIDTHS = { regular: table(REGULAR), bold: table(BOLD) };

export const isBold = (weight: number): boolean => weight >= BOLD_FROM;

/** Width of a text in Arial, in the units of its size. */
export const measureArial: Measure = (text, size, weight) => {
  const widths = isBold(weight) ? WIDTHS.bold : WIDTHS.regular;
  let sum = 0;
  // A letter with an accent is as wide as the letter.
  for (const letter of text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/\s/g, " ")) {
    sum += widths.get(letter) ?? UNKNOWN;
  }
  return (sum * size) / 1000;
};

/** Lines of a text in a width, as {@link linesOf} counts them, in Arial. */
export const linesIn = (text: string, size: number, weight: number, width: number): number =>
  linesOf(text, width, size, weight, measureArial);

/** The lines of a text in a width, broken at spaces. */
export function wrapped(text: string, width: number, size: number, weight: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && linesIn(longer, size, weight, width) === 1) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export interface Fitted {
  text: string;
  size: number;
  lines: number;
}

/** The first of the sizes at which a text keeps to a number of lines; cut at the last of them if none does. */
export function fitted(
  text: string,
  width: number,
  weight: number,
  sizes: readonly [number, ...number[]],
  mostLines = 1,
): Fitted {
  for (const size of sizes) {
    const lines = linesIn(text, size, weight, width);
    if (lines <= mostLines) return { text, size, lines };
  }
  const size = sizes.at(-1)!;
  const letters = Array.from(new Intl.Segmenter("en-GB").segment(text), ({ segment }) => segment);
  const cut = (length: number): string => `${letters.slice(0, length).join("").trimEnd()}…`;
  let length = letters.length - 1;
  while (length > 1 && linesIn(cut(length), size, weight, width) > mostLines) length--;
  return { text: cut(length), size, lines: mostLines };
}

/**
 * A text as the format can hold it: no control characters or halves of characters, which make a file that will not
 * open, and none of the invisible joints of the screen, for which Arial has no glyph.
 */
export function plain(text: string): string {
  return (
    text
      .replace(/\s*[\n\r\t\v\f\u2028\u2029]+\s*/g, " ")
      // eslint-disable-next-line no-control-regex -- these are what is to be removed
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/g, "")
      .replace(/\p{Cs}/gu, "")
      .replaceAll("\u2011", "-")
  );
}
