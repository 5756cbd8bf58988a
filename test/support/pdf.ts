import { inflateSync } from "node:zlib";

/**
 * The characters of a PDF that a reader can search for and copy: those that its fonts map their shapes to (ToUnicode),
 * and those that a passage names itself (ActualText, where a shape is an alternative one). Enough for a file that
 * Chromium has made; no general reader.
 */
export function selectableCharacters(pdf: Buffer): Set<string> {
  const found = new Set<string>();
  for (const stream of streams(pdf)) {
    for (const [, codes = ""] of stream.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
      for (const [, hex = ""] of codes.matchAll(/<\w+>\s*<(\w{4})/g)) found.add(character(hex));
    }
    for (const [, ranges = ""] of stream.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
      for (const [, from = "", to = "", hex = ""] of ranges.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w{4})>/g)) {
        for (let i = 0; i <= parseInt(to, 16) - parseInt(from, 16); i++) found.add(character(hex, i));
      }
    }
    for (const [, plain = "", hex = ""] of stream.matchAll(/\/ActualText\s*(?:\(\\?(.)\)|<FEFF(\w{4})>)/g)) {
      found.add(plain || character(hex));
    }
  }
  return found;
}

const character = (hex: string, offset = 0): string => String.fromCharCode(parseInt(hex, 16) + offset);

/** The compressed streams of a file, unpacked. */
function* streams(pdf: Buffer): Generator<string> {
  const text = pdf.toString("latin1");
  for (const { 0: opening, index } of text.matchAll(/stream\r?\n/g)) {
    const start = index + opening.length;
    try {
      yield inflateSync(pdf.subarray(start, text.indexOf("endstream", start))).toString("latin1");
    } catch {
      // A picture or a font in another packing, or the end of a stream.
    }
  }
}
