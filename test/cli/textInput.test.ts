import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openText } from "../../src-main/cli/textInput.ts";
import { PROPERTY_SEED } from "../support/prognosis.ts";
import { troubleOf } from "./support.ts";

async function* bytes(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function read(chunks: Iterable<Buffer>): Promise<{ text: string; byteOrderMark: boolean }> {
  const input = await openText(bytes(chunks), "f");
  let text = "";
  // Chunk by chunk: each must be whole characters.
  for await (const chunk of input.chunks) text += chunk.toString("utf8");
  return { text, byteOrderMark: input.byteOrderMark };
}

/** Chunks of the given sizes, repeated until the buffer is used up. */
function* sliced(buffer: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < buffer.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield buffer.subarray(at, at + size);
    at += size;
  }
}

describe("reading text", () => {
  it("gives the text back, wherever its bytes are cut", async () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "\n", "µ", "–", "€", "😀", " ", "﷐") });
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
        async (body, sizes) => {
          const text = `x${body}`;
          expect(await read(sliced(Buffer.from(text), sizes))).toEqual({ text, byteOrderMark: false });
        },
      ),
      { seed: PROPERTY_SEED, numRuns: 300 },
    );
  });

  it("takes off a byte order mark and says that it was there", async () => {
    expect(await read(sliced(Buffer.from("\ufeffid"), [1]))).toEqual({ text: "id", byteOrderMark: true });
  });

  it("looks no further than the first line that is not blank", async () => {
    let asked = 0;
    const endless = function* (): Generator<Buffer> {
      for (;;) {
        asked++;
        yield Buffer.from("\n a,b\n");
      }
    };
    const { head } = await openText(bytes(endless()), "f");
    expect([head, asked]).toEqual(["\n a,b\n", 1]);
  });

  it.each([
    ["nothing", [], { code: "empty" }],
    ["blanks", [Buffer.from(" \n\t\r\n")], { code: "empty" }],
    ["a byte order mark alone", [Buffer.from("\ufeff")], { code: "empty" }],
    ["UTF-16, little end first", [Buffer.from("\ufefftumour", "utf16le")], { code: "utf-16" }],
    ["UTF-16, big end first", [Buffer.from([0xfe]), Buffer.from([0xff, 0, 0x61])], { code: "utf-16" }],
    ["a byte 0", [Buffer.from("a\nb"), Buffer.from("\nc\0d\n")], { code: "binary", line: 3 }],
    ["Latin-1", [Buffer.from("a\nb\n\xb5kat/L\n", "latin1")], { code: "not-utf-8", line: 3 }],
    [
      "half a character at the end",
      [Buffer.from("a\n"), Buffer.from([0xc2])],
      { code: "not-utf-8", line: 2 },
    ],
  ])("refuses %s", async (_what, chunks, trouble) => {
    expect(await troubleOf(() => read(chunks))).toEqual({ file: "f", ...trouble });
  });
});
