import { describe, expect, it } from "vitest";
import type { Failure } from "../../src-main/api/contract.ts";
import { FILE_ENDINGS, SAVE_REFUSALS } from "../../src-main/api/contract.ts";
import { savedNotice, saving, savingTrouble } from "../../src-main/words/saving.ts";

const refused = (facts: Partial<Failure>): Failure => ({
  ok: false,
  code: "save-refused",
  message: "EIO",
  ...facts,
});

describe("what became of a file", () => {
  it.each([
    [{ saved: true, path: "C:\\Users\\a\\board.pdf" } as const, "Saved as C:\\Users\\a\\board.pdf"],
    [{ saved: true, path: null } as const, "Saved in the browser's download folder."],
    [{ saved: false } as const, "Nothing was saved."],
    [{ saved: null } as const, "Handed to the print dialog."],
  ])("%j", (saved, sentence) => {
    expect(savedNotice(saved)).toBe(sentence);
  });
});

describe("why a file was not saved", () => {
  it.each(SAVE_REFUSALS)("%s: names the file, without its folder, and says what to do", (reason) => {
    for (const path of ["/home/a/board.pdf", "C:\\Users\\a\\board.pdf"]) {
      const sentence = savingTrouble(refused({ reason, path }));
      expect(sentence).toMatch(/^“board\.pdf” was not saved: .+\. (Choose|Free|Close) /);
    }
  });

  it("is another sentence for every reason", () => {
    const sentences = SAVE_REFUSALS.map((reason) => savingTrouble(refused({ reason, path: "/a.pdf" })));
    expect(new Set(sentences).size).toBe(SAVE_REFUSALS.length);
  });

  it.each([
    "pdf-failed",
    "projector-failed",
    "keychain-failed",
    "no-backup",
    "not-here",
    "internal",
    "refused",
  ] as const)("%s: gives the technical reason", (code) => {
    expect(savingTrouble(refused({ code }))).toMatch(/Technical reason: EIO$/);
  });

  it("a blocked window: says what to allow", () => {
    expect(savingTrouble(refused({ code: "projector-blocked" }))).toMatch(/Allow pop-up windows/);
  });
});

it("every kind of file has a name", () => {
  expect(Object.keys(saving.fileTypes).sort()).toEqual([...FILE_ENDINGS].sort());
});
