import { describe, expect, it } from "vitest";
import { flawOf } from "../../src-main/shell/sealedFlaw.ts";
import { recordLine, sealedText, sumOf } from "../support/sealedFile.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = sealedText();
const lines = text.trimEnd().split("\n");
const [first, record, last] = lines as [string, string, string];

describe("an encrypted file of cases", () => {
  it.each<[string, string]>([
    ["as it is written", text],
    ["without its last line break", text.slice(0, -1)],
    ["without records", sealedText({ records: [] })],
    ["with many", sealedText({ records: Array.from({ length: 2000 }, () => recordLine()) })],
    [
      "with a record that is damaged in the store",
      sealedText({ records: [recordLine("", { revision: null })] }),
    ],
  ])("is known by its shape: %s", async (_what, content) => {
    expect(await flawOf(encode(content), "backup")).toBeNull();
    expect(await flawOf(encode(content))).toBeNull();
  });

  it("is known within a larger memory", async () => {
    const memory = encode(`xyz${text}`);
    expect(await flawOf(memory.subarray(3))).toBeNull();
    expect(await flawOf(memory)).not.toBeNull();
  });

  it("is a backup or an export", async () => {
    const exported = encode(sealedText({ header: { kind: "export" } }));
    expect(await flawOf(exported, "backup")).toBe("the first line of the file is no header of backup");
    expect(await flawOf(exported)).toBeNull();
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["an empty line", "\n"],
    ["one line", `${last}\n`],
    ["all but its last line", `${first}\n${record}\n`],
    ["all but its last brace", text.trimEnd().slice(0, -1)],
    ["a changed letter", text.replace(/"data":"./, '"data":"A')],
    ["a line less", `${first}\n${last}\n`],
    ["an empty line more", text.replace("\n", "\n\n")],
    ["a line behind the last", `${text}${record}\n`],
    ["another sum", text.replace(/.("\}\n)$/, "x$1")],
    ["a sum in capitals", text.replace(/[0-9a-f]{64}("\}\n)$/, (sum) => sum.toUpperCase())],
    ["a number that is not right", sealedText({ stated: 2 })],
    ["another header at its end", text.replace('"header":{"format"', '"header":{ "format"')],
    ["another format", sealedText({ header: { format: "hg-nen-cases-plain" } })],
    ["another version", sealedText({ header: { version: 2 } })],
    ["another kind", sealedText({ header: { kind: "note" } })],
    ["a header with a field more", sealedText({ header: { note: "Synthetic" } })],
    ["a header that is text", sealedText({ header: { made: "Synthetic" } })],
    [
      "a first line that never ends",
      sealedText({ header: { check: { iv: "QUJD", data: "A".repeat(9000) } } }),
    ],
    ["plain cases", '{"format":"hg-nen-cases-plain","version":1}\n{}\n'],
    ["a header with white space", resummed(text.replaceAll('{"format":', '{ "format":'))],
    ["a name twice", resummed(text.replaceAll('{"format":', '{"format":"Synthetic","format":'))],
    ["a plain record", sealedText({ records: ['{"label":"Synthetic"}'] })],
    ["text in a record", sealedText({ records: [recordLine("", { data: "Synthetic, 67 years" })] })],
    ["a field more in a record", sealedText({ records: [recordLine("", { note: "Synthetic" })] })],
    ["text for a number in a record", sealedText({ records: [recordLine("", { schema: "Synthetic" })] })],
    ["text for an id", sealedText({ records: [recordLine("", { id: "Synthetic, 67 years" })] })],
    ["a last line with text", resummed(text.replace('{"end":true,', '{"end":true,"note":"Synthetic",'))],
  ])("is not %s", async (_what, content) => {
    expect(await flawOf(encode(content))).toEqual(expect.any(String));
  });
});

/** With a last sum that is right again. */
function resummed(content: string): string {
  const start = content.lastIndexOf("\n", content.length - 2) + 1;
  const before = content.slice(0, start);
  return before + content.slice(start).replace(/[0-9a-f]{64}("\}\n)$/, `${sumOf(before)}$1`);
}
