/**
 * Text as the filter compares it: lower case, without accents, one kind of dash,
 * signs next to their number ("≥55%").
 */
function normal(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Diacritic}|\u200b/gu, "")
    .toLowerCase()
    .replaceAll(/[\u2010\u2011–]/g, "-")
    .replaceAll(">=", "≥")
    .replaceAll("<=", "≤")
    .replaceAll(/\s*([<>≥≤=])\s*/g, " $1")
    .replaceAll(/\s+%/g, "%");
}

/** What a filter looks in: any number of texts as one. */
export const asWords = (...texts: string[]): string => normal(texts.join(" "));

/** A word and the number that belongs to it: "PS 3" is one thing to look for, and not every text with a 3 in it. */
const WITH_NUMBER = /\b(ps|g|table|fig\.?|age)\s(?=[\d>≥<])/g;
/** Held together while words are split at spaces. */
const JOINED = "\u0001";

/** The words that were typed; none when nothing was. */
export const tokensOf = (typed: string): string[] =>
  normal(typed)
    .replaceAll(WITH_NUMBER, `$1${JOINED}`)
    .split(/\s+/)
    .filter(Boolean)
    .map((token) => token.replaceAll(JOINED, " "));

/** Whether every typed word begins a word of the text: "net g3 alp" finds "NET G3, ALP elevated", "5" not "15". */
export function matches(words: string, tokens: readonly string[]): boolean {
  return tokens.every((token) => {
    for (let at = words.indexOf(token); at >= 0; at = words.indexOf(token, at + 1)) {
      if (at === 0 || !/[\p{L}\d.]/u.test(words[at - 1]!) || !/[\p{L}\d]/u.test(token[0]!)) return true;
    }
    return false;
  });
}
