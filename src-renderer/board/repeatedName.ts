import { endOfString } from "../cases/files/parseOutside.ts";

/**
 * Where an object of a JSON text has a name twice, as the names and indices that lead to it; null: nowhere. `JSON.parse`
 * takes the last of the two without a word.
 *
 * @param text well-formed, and of a bounded depth (parseOutside.ts)
 */
export function repeatedName(text: string): (string | number)[] | null {
  /** the objects and lists that are open, with the name or the index at which each stands; a list has no names */
  const open: { names: Set<string> | null; at: string | number }[] = [];
  /** the latest sign that is no space */
  let before = "";
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    const inner = open.at(-1);
    if (sign === "{") open.push({ names: new Set(), at: "" });
    else if (sign === "[") open.push({ names: null, at: 0 });
    else if (sign === "}" || sign === "]") open.pop();
    else if (sign === "," && typeof inner?.at === "number") inner.at++;
    else if (sign === '"') {
      const end = endOfString(text, i);
      if (inner?.names && (before === "{" || before === ",")) {
        inner.at = JSON.parse(text.slice(i, end + 1)) as string;
        if (inner.names.has(inner.at)) return open.map(({ at }) => at);
        inner.names.add(inner.at);
      }
      i = end;
    }
    if (!/\s/.test(sign)) before = sign;
  }
  return null;
}
