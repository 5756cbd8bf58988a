/** Of a refused value, an answer repeats so many characters: enough to find it, and no megabytes back. */
const MOST_ECHOED = 200;

export function shorten(text: string): string {
  return text.length > MOST_ECHOED ? `${text.slice(0, MOST_ECHOED)}…` : text;
}

/**
 * A refused value as an answer repeats it: what is short as it is, a long text cut, anything else by its kind.
 *
 * @param value of no more than a request's limits, if it is a list or an object and is to be repeated as such
 */
export function brief(value: unknown): unknown {
  if (typeof value === "string") return shorten(value);
  if (typeof value === "number" || typeof value === "boolean" || value === undefined || value === null)
    return value;
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
