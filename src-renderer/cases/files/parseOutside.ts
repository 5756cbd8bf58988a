import { parseJson } from "../content.ts";

/** Deeper than anything of ours: beyond, a text was made to exhaust whoever reads it. */
export const DEEPEST = 64;

export class TooDeep extends Error {
  constructor() {
    super(`nested more than ${DEEPEST} deep`);
    this.name = "TooDeep";
  }
}

/**
 * JSON that comes from outside. SECURITY: its depth is measured before it is parsed, because a parser that calls itself
 * would run out of stack.
 *
 * @throws TooDeep, ContentError
 */
export function parseOutside(text: string): unknown {
  if (deeperThan(text, DEEPEST)) throw new TooDeep();
  return parseJson(text);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === QUOTE) at = endOfString(text, at);
    else if (OPENING.has(letter) && ++depth > limit) return true;
    else if (CLOSING.has(letter)) depth--;
  }
  return false;
}

/** Where the string that opens at `start` is closed. Long ones are leapt over: a record is one long string. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
