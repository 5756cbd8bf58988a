import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Piece } from "../../src-main/cli/jsonSplitter.ts";
import { splitJson } from "../../src-main/cli/jsonSplitter.ts";
import { PROPERTY_SEED } from "../support/prognosis.ts";
import { troubleOf } from "./support.ts";

async function split(chunks: Iterable<string>): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of splitJson(chunks, "f")) pieces.push(piece);
  return pieces;
}
const values = async (chunks: Iterable<string>): Promise<unknown[]> =>
  (await split(chunks)).map(({ text }) => JSON.parse(text) as unknown);

/** A text cut at places between 0 and 1 of its length. */
function cutAt(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => Math.round(place * text.length)), text.length].sort((a, b) => a - b);
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
const indent = fc.constantFrom(undefined, 0, 1, 2, "\t");
/** Values of the depth of a patient, heavy in what could be mistaken for structure. */
const value = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }) as fc.Arbitrary<unknown>;
const tricky = fc.oneof(
  value,
  fc.constantFrom('"', "\\", '\\"', "[{", "}],", "a,b", '\\\\"', "]", "é", "😀"),
);

describe("splitting JSON", () => {
  it("gives what JSON.parse gives, wherever the chunks are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tricky, { maxLength: 8 }), indent, places, async (array, space, cuts) => {
        const text = JSON.stringify(array, null, space);
        expect(await values(cutAt(text, cuts))).toEqual(JSON.parse(text));
      }),
      { seed: PROPERTY_SEED, numRuns: 500 },
    );
  });

  it("gives the one object of a document that is an object", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), tricky), indent, places, async (object, space, cuts) => {
        const text = ` \n${JSON.stringify(object, null, space)}\r\n`;
        expect(await values(cutAt(text, cuts))).toEqual([JSON.parse(text)]);
      }),
      { seed: PROPERTY_SEED, numRuns: 200 },
    );
  });

  it("accepts nothing that JSON.parse refuses", async () => {
    const soup = fc.string({
      unit: fc.constantFrom(...Array.from("[]{},:\" \n1ae\\tru'N-.")),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(soup, places, async (inner, cuts) => {
        const text = `[${inner}]`;
        const whole = attempt(() => JSON.parse(text) as unknown);
        const pieces = await values(cutAt(text, cuts)).catch(() => null);
        expect(pieces).toEqual(whole);
      }),
      { seed: PROPERTY_SEED, numRuns: 3000 },
    );
  });

  it("tells the line on which each element begins", async () => {
    const pieces = await split(['[\n  {"a":', '1},\n\n  {\n"b": [1,\n2]},', " 3\n]\n"]);
    expect(pieces.map(({ line }) => line)).toEqual([2, 4, 6]);
  });

  it.each([
    ["a word that is not JSON's", '[\n{"age": NaN}]', { code: "json-unexpected", line: 2, found: "NaN" }],
    ["single quotes", "{'a': 1}", { code: "json-unexpected", line: 1, found: "'" }],
    ["a comment", "[1,\n// two\n2]", { code: "json-unexpected", line: 2, found: "//" }],
    ["a comma before the end", "[1,\n]", { code: "json-unexpected", line: 2, found: "]" }],
    ["two commas", "[1,,2]", { code: "json-unexpected", line: 1, found: "," }],
    ["brackets that do not match", '[{"a":[1}]', { code: "json-unexpected", line: 1, found: "}" }],
    ["a line break in a string", '["a\nb"]', { code: "json-unexpected", line: 1, found: "\n" }],
    ["something after the end", "[1]\n\n{}", { code: "json-trailing", line: 3, found: "{" }],
    ["a second object", '{"a":1}\n{"a":2}', { code: "json-trailing", line: 2, found: "{" }],
    ["an array that does not end", '[{"a":1},\n', { code: "json-unfinished", line: 2 }],
    ["an object that does not end", '{"a":1', { code: "json-unfinished", line: 1 }],
    ["a string that does not end", '["a]', { code: "json-unfinished", line: 1 }],
    ["nesting without end", "[".repeat(1000), { code: "json-too-deep", line: 1, limit: 32 }],
  ])("refuses %s on its line", async (_what, text, trouble) => {
    expect(await troubleOf(() => split([text]))).toEqual({ file: "f", ...trouble });
    expect(await troubleOf(() => split(text))).toMatchObject({ code: trouble.code, line: trouble.line });
  });

  it("gives up on an element that fills the memory", async () => {
    const endless = function* (): Generator<string> {
      yield '[1,\n"';
      for (;;) yield "a".repeat(65_536);
    };
    expect(await troubleOf(() => split(endless()))).toMatchObject({ code: "json-too-long", line: 2 });
  });
});

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
