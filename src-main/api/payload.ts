import type { EndpointName, Failure, ShellEndpointName } from "./contract.ts";
import { MOST_CASE_FILE_BYTES } from "./contract.ts";
import { brief, shorten } from "./echo.ts";

/** What one request may hold, all in all. */
export interface Limits {
  /** fields and entries of lists, at whatever depth */
  values: number;
  /** UTF-16 code units of all texts and of the names of all fields */
  characters: number;
  /** of binary data, with the whole memory behind it; 0: there is none in such a request */
  bytes: number;
}

/** Two patients have some thirty fields, of a few words each. */
const SMALL: Limits = { values: 256, characters: 64 * 1024, bytes: 0 };
/** A key, plain or sealed; how long it must be is the schema's. */
const KEY: Limits = { ...SMALL, bytes: 1024 * 1024 };
const FILE: Limits = { ...SMALL, bytes: MOST_CASE_FILE_BYTES };

/** Of the endpoints whose requests are not small. */
const LIMITS: Partial<Record<EndpointName | ShellEndpointName, Limits>> = {
  saveFile: FILE,
  writeBackup: FILE,
  wrapKey: KEY,
  unwrapKey: KEY,
  // Ten thousand names of backups and some more, so that the schema says what is wrong with too many.
  deleteBackups: { values: 16_384, characters: 1024 * 1024, bytes: 0 },
};

export const limitsOf = (endpoint: EndpointName | ShellEndpointName): Limits => LIMITS[endpoint] ?? SMALL;

/** A patient's measured ALP is at the third level of an estimate. */
const DEEPEST = 8;

/** SECURITY: own fields of these names turn into something else where anybody assigns or merges what has them. */
const RESERVED: readonly string[] = ["__proto__", "constructor", "prototype"];

/**
 * What makes a request one that no schema should have to look at, or null: too much of it, or anything but plain
 * objects, full lists, texts, numbers, booleans, null, and bytes where the endpoint takes some.
 *
 * SECURITY: what a page sends is a structured clone. That can hold maps, dates, errors, lists of four thousand million
 * gaps and objects that hold themselves, some of which pass a schema: a map has no fields, so it is a good empty
 * request. The walk stops at the first thing too many, and so needs no memory of what it has seen: a circle is too deep.
 */
export function flawOfPayload(request: unknown, limits: Limits): Failure | null {
  let { values, characters, bytes } = limits;
  const queue: { value: unknown; path: string; depth: number }[] = [{ value: request, path: "", depth: 0 }];
  // The queue grows while it is walked, to no more than the values that are allowed.
  for (const { value, path, depth } of queue) {
    const flaw = (message: string): Failure => ({
      ok: false,
      code: "invalid-request",
      ...(path !== "" && { field: shorten(path) }),
      value: brief(value),
      message,
    });
    if (typeof value === "string") {
      characters -= value.length;
      if (characters < 0) return flaw(`too long: more than ${limits.characters} characters`);
    } else if (value instanceof Uint8Array) {
      bytes -= value.buffer.byteLength;
      if (bytes < 0) return flaw(`too large: more than ${limits.bytes} bytes`);
    } else if (typeof value === "object" && value !== null) {
      if (!Array.isArray(value) && !isPlain(value)) return flaw("not a plain value");
      if (depth === DEEPEST) return flaw(`too deep: more than ${DEEPEST} levels`);
      // The length first: a list of gaps has any.
      if (Array.isArray(value) && value.length > values)
        return flaw(`too much: more than ${limits.values} values`);
      const names = Object.keys(value);
      if (Array.isArray(value) && names.length !== value.length)
        return flaw("a list with gaps or with names");
      values -= names.length;
      if (values < 0) return flaw(`too much: more than ${limits.values} values`);
      for (const name of names) {
        characters -= name.length;
        if (characters < 0) return flaw(`too long: more than ${limits.characters} characters`);
        const inner = { path: path === "" ? name : `${path}.${name}`, depth: depth + 1 };
        const property = Object.getOwnPropertyDescriptor(value, name);
        if (RESERVED.includes(name) || !property || !("value" in property)) {
          const message = "a field of this name or kind is in no request";
          return { ok: false, code: "invalid-request", field: shorten(inner.path), message };
        }
        queue.push({ value: property.value as unknown, ...inner });
      }
    } else if (!["number", "boolean", "undefined", "object"].includes(typeof value)) {
      return flaw("not a plain value");
    }
  }
  return null;
}

/** Of this realm or of another: the prototype of either has none itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === null || prototype === Object.prototype) &&
    Object.prototype.toString.call(value) === "[object Object]"
  );
}
