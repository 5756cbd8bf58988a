import fc from "fast-check";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FILE_ENDINGS } from "../../src-main/api/contract.ts";
import { endingOf, safeFileName } from "../../src-main/shell/fileName.ts";

describe("a suggested file name", () => {
  it.each([
    ["Board 3 May.pdf", "Board 3 May.pdf"],
    ["Board 3 May", "Board 3 May.pdf"],
    ["BOARD.PDF", "BOARD.pdf"],
    ["Überleben – Fall 3.pdf", "Überleben – Fall 3.pdf"],
    ["症例 1.pdf", "症例 1.pdf"],
    ["v1.2 final.pdf", "v1.2 final.pdf"],
    // no folder
    ["../../.ssh/authorized_keys.pdf", "-..-.ssh-authorized_keys.pdf"],
    ["..\\..\\Startup\\x.pdf", "-..-Startup-x.pdf"],
    ["/etc/passwd.pdf", "-etc-passwd.pdf"],
    ["C:\\Windows\\x.pdf", "C-Windows-x.pdf"],
    ["\\\\server\\share\\x.pdf", "-server-share-x.pdf"],
    ["x.pdf:stream.pdf", "x.pdf-stream.pdf"],
    // no characters that Windows refuses
    ['a<b>c"d|e?f*g.pdf', "a-b-c-d-e-f-g.pdf"],
    // nothing invisible
    ["a\0b\x1f\x7f\u0085c.pdf", "abc.pdf"],
    ["a\tb\r\nc.pdf", "a b c.pdf"],
    ["case\u202efdp.exe.pdf", "casefdp.exe.pdf"],
    ["a\u200bb\u2028c.pdf", "ab c.pdf"],
    ["a\ud800b.pdf", "ab.pdf"],
    // no devices
    ["CON.pdf", "_CON.pdf"],
    ["nul", "_nul.pdf"],
    ["aux.tar.pdf", "_aux.tar.pdf"],
    ["com1.pdf", "_com1.pdf"],
    ["LPT².pdf", "_LPT².pdf"],
    ["prn .pdf", "_prn.pdf"],
    ["CONOUT$.pdf", "_CONOUT$.pdf"],
    ["control.pdf", "control.pdf"],
    ["com10.pdf", "com10.pdf"],
    // no dots or spaces at the ends
    [".hidden.pdf", "hidden.pdf"],
    ["  a  b . .pdf", "a b.pdf"],
    ["report....pdf", "report.pdf"],
    // always a name
    ["", "HG-NEN Prognosis.pdf"],
    [".pdf", "HG-NEN Prognosis.pdf"],
    ["..", "HG-NEN Prognosis.pdf"],
    ["/", "HG-NEN Prognosis.pdf"],
    ["???.pdf", "HG-NEN Prognosis.pdf"],
    ["\u202e", "HG-NEN Prognosis.pdf"],
  ])("%j is %j", (wanted, name) => {
    expect(safeFileName(wanted, "pdf")).toBe(name);
  });

  it("is short enough, and cut between characters", () => {
    const name = safeFileName("👩‍⚕️é".repeat(200), "pptx");
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(name).toMatch(/\.pptx$/);
    expect(name).not.toMatch(/\p{Cs}/u);
  });

  it("never leaves its folder on any system, whatever the page wants, and has its ending", () => {
    const wanted = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc
        .array(fc.constantFrom("..", "/", "\\", ":", "con", ".pdf", " ", "\0", "a", "é", "."), {
          maxLength: 12,
        })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(wanted, fc.constantFrom(...FILE_ENDINGS), (text, ending) => {
        const name = safeFileName(text, ending);
        expect(name.endsWith(`.${ending}`)).toBe(true);
        expect(name).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.\s]|[.\s]\.\w+$/u);
        expect(Buffer.byteLength(name)).toBeLessThan(255);
        expect(path.posix.dirname(path.posix.join("/documents", name))).toBe("/documents");
        expect(path.win32.dirname(path.win32.join("C:\\documents", name))).toBe("C:\\documents");
        expect(safeFileName(name, ending)).toBe(name);
      }),
      { seed: 1 },
    );
  });
});

describe("an ending", () => {
  it.each(FILE_ENDINGS)("is found: %s", (ending) => {
    expect(endingOf(`a.b.${ending.toUpperCase()}`)).toBe(ending);
  });

  it("is never another", () => {
    expect(() => endingOf("a.exe")).toThrow();
  });
});
