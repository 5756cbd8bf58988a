/** Columns of a terminal that nobody has widened. */
export const WIDTH = 80;

const NBSP = "\u00a0";

/**
 * Text broken at its blanks into lines of at most {@link WIDTH} columns, the first after `first`, the others after
 * `rest`. A no-break space holds its neighbours together and is printed as a plain one, so that output can be searched.
 * A word that is longer than a line is cut.
 */
export function wrap(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const finish = (): void => {
    lines.push(line.trimEnd());
    line = rest;
    empty = true;
  };
  for (const word of text.split(/[ \n]+/).filter((part) => part !== "")) {
    const joined = empty ? line + word : `${line} ${word}`;
    if (joined.length <= WIDTH) line = joined;
    else {
      if (!empty) finish();
      line += word;
      for (; line.length > WIDTH; line = rest + line.slice(WIDTH)) lines.push(line.slice(0, WIDTH));
    }
    empty = false;
  }
  finish();
  return lines.map((each) => each.replaceAll(NBSP, " "));
}

/** A paragraph under an indent. */
export const paragraph = (text: string, indent = ""): string[] => wrap(text, indent, indent);

/** A label and, from `column` on, its text; further lines of the text stand under its first. */
export function labelled(label: string, text: string, column: number, indent = "  "): string[] {
  const start = `${indent}${label}`.replaceAll(NBSP, " ");
  const rest = " ".repeat(column);
  if (start.length >= column) return [...paragraph(label, indent), ...wrap(text, rest, rest)];
  return wrap(text, start.padEnd(column), rest);
}

/** Text as one line that cannot move a terminal's cursor: control characters are shown as their code. */
export function oneLine(text: string): string {
  return text.replaceAll(NBSP, " ").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, (control) => {
    const code = control.codePointAt(0)!.toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
}
