import { CommandError } from "./trouble.ts";

/** One patient's worth of JSON text, and the line on which it begins. */
export interface Piece {
  text: string;
  line: number;
}

/** Characters of one patient: some hundred are usual; a file that never closes one must not fill the memory. */
const PIECE_LIMIT = 1_000_000;
/** A patient is two levels deep. */
const DEPTH_LIMIT = 32;

const QUOTE = '"';
const BACKSLASH = "\\";
const CLOSERS: Record<string, string> = { "{": "}", "[": "]" };
/** What JSON has outside strings besides brackets, commas and quotes: numbers, true, false, null and the colon. */
const PLAIN = new Set("+-.:0123456789Eaeflnrstu");
const BLANK = new Set(" \n\r\t");

/** How far a document has been read. */
interface Progress {
  /** closers of the brackets that are open, the document's own first */
  open: string[];
  inArray: boolean;
  inString: boolean;
  escaped: boolean;
  complete: boolean;
}

/**
 * What a character means to whoever cuts elements out of a document: it opens the array, belongs to an element or is
 * blank, comes after an element (and ends the array, or not), is the last one of the only element, or cannot be there.
 */
type Meaning = "opens" | "element" | "blank" | "separates" | "ends" | "last" | "unexpected" | "trailing";

/** Takes one character further; nothing may follow what cannot be there. */
function advance(progress: Progress, character: string): Meaning {
  const { open } = progress;
  if (progress.inString) {
    if (progress.escaped) progress.escaped = false;
    else if (character === BACKSLASH) progress.escaped = true;
    else if (character === QUOTE) progress.inString = false;
    else if (character < " ") return "unexpected";
    return "element";
  }
  if (BLANK.has(character)) return "blank";
  if (progress.complete) return "trailing";

  const closer = CLOSERS[character];
  if (closer !== undefined) {
    open.push(closer);
    if (open.length > 1) return "element";
    progress.inArray = character === "[";
    return progress.inArray ? "opens" : "element";
  }
  if (open.length === 0) return "unexpected";
  const betweenElements = progress.inArray && open.length === 1;
  if (character === ",") return betweenElements ? "separates" : "element";
  if (character === "}" || character === "]") {
    if (open.pop() !== character) return "unexpected";
    progress.complete = open.length === 0;
    if (!progress.complete) return "element";
    return betweenElements ? "ends" : "last";
  }
  progress.inString = character === QUOTE;
  return progress.inString || PLAIN.has(character) ? "element" : "unexpected";
}

/**
 * Cuts a JSON document into its patients while it is being read: the elements of a top-level array, or the one
 * top-level object. Holds no more than one patient. Only the nesting is checked, and that every character outside
 * strings is one of JSON's (so NaN, comments and single quotes are found on their line); each piece is left to
 * `JSON.parse`.
 *
 * @param chunks text, cut anywhere
 * @throws CommandError at the first place where the text cannot be JSON
 */
export async function* splitJson(
  chunks: AsyncIterable<string> | Iterable<string>,
  file: string,
): AsyncGenerator<Piece> {
  const progress: Progress = { open: [], inArray: false, inString: false, escaped: false, complete: false };
  let line = 1;
  /** of the element that is being read: its text from earlier chunks, and its first line, null before it begins */
  let before = "";
  let firstLine: number | null = null;
  let elements = 0;

  for await (const chunk of chunks) {
    let start = 0;
    const element = (end: number): Piece | null => {
      const piece = firstLine === null ? null : { text: before + chunk.slice(start, end), line: firstLine };
      before = "";
      firstLine = null;
      start = end + 1;
      return piece;
    };
    for (let i = 0; i < chunk.length; i++) {
      const character = chunk[i]!;
      const meaning = advance(progress, character);
      switch (meaning) {
        case "blank":
          if (character === "\n") line++;
          break;
        case "opens":
          start = i + 1;
          break;
        case "element":
          firstLine ??= line;
          if (progress.open.length > DEPTH_LIMIT) {
            throw new CommandError({ code: "json-too-deep", file, line, limit: DEPTH_LIMIT });
          }
          break;
        case "separates":
        case "ends":
        case "last": {
          const piece = element(meaning === "last" ? i + 1 : i);
          if (piece) {
            elements++;
            yield piece;
          } else if (meaning === "separates" || elements > 0) {
            throw new CommandError({ code: "json-unexpected", file, line, found: character });
          }
          break;
        }
        case "unexpected":
        case "trailing":
          throw new CommandError({ code: `json-${meaning}`, file, line, found: wordAt(chunk, i) });
      }
    }
    if (firstLine === null) continue;
    before += chunk.slice(start);
    if (before.length > PIECE_LIMIT) {
      throw new CommandError({ code: "json-too-long", file, line: firstLine, limit: PIECE_LIMIT });
    }
  }
  if (!progress.complete) throw new CommandError({ code: "json-unfinished", file, line });
}

/** The word that a message names: "NaN", "//", "'". */
function wordAt(text: string, index: number): string {
  return /^(?:[\p{L}\p{N}_.]+|\/[/*]|.)/su.exec(text.slice(index, index + 40))?.[0] ?? "";
}
