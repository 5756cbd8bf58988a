/** A piece of a formula or of a sentence with symbols in it. */
export interface Piece {
  text: string;
  kind: "plain" | "variable" | "below" | "above";
}

const MARK = /\*([^*]+)\*|_\{([^}]*)\}|\^\{([^}]*)\}/g;

/** Reads the marks of the words: `*x*` is a variable, `_{…}` stands below the line, `^{…}` above it. */
export function piecesOf(marked: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of marked.matchAll(MARK)) {
    if (match.index > end) pieces.push({ text: marked.slice(end, match.index), kind: "plain" });
    const [all, variable, below, above] = match;
    if (variable !== undefined) pieces.push({ text: variable, kind: "variable" });
    else if (below !== undefined) pieces.push({ text: below, kind: "below" });
    else pieces.push({ text: above ?? "", kind: "above" });
    end = match.index + all.length;
  }
  if (end < marked.length) pieces.push({ text: marked.slice(end), kind: "plain" });
  return pieces;
}

/** The same as one line of text: `H_0(t)`, `x^(−1)`. */
export function plainFormula(marked: string): string {
  return piecesOf(marked)
    .map(({ text, kind }) => (kind === "below" ? `_${text}` : kind === "above" ? `^(${text})` : text))
    .join("");
}
