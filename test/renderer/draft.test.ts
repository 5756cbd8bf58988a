import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyDraft, patientOf, readNumber } from "../../src-renderer/patient/draft.ts";

describe("numbers are read as clinicians type them, and never guessed", () => {
  it.each([
    ["67", 67],
    [" 67 ", 67],
    ["54,9", 54.9],
    ["54.9", 54.9],
    ["-3", -3],
    ["007", 7],
  ])("%j is the number %d", (text, value) => expect(readNumber(text)).toBe(value));

  it.each([
    "55%",
    "1e3",
    "0x10",
    "1,234.5",
    "1 000",
    "67 years",
    "NaN",
    "Infinity",
    "5.",
    ",5",
    "--1",
    "1,200",
    "1.200",
  ])("%j stays the text it is, for the core to refuse", (text) => expect(readNumber(text)).toBe(text));

  it("empty text is nothing", () => expect(readNumber("  ")).toBeUndefined());

  it("reads every decimal back, with point or comma", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (hundredths) => {
        const value = hundredths / 100;
        expect(readNumber(String(value))).toBe(value);
        expect(readNumber(String(value).replace(".", ","))).toBe(value);
      }),
      { seed: 1 },
    ));
});

describe("a draft becomes a request", () => {
  it("leaves out what is empty and keeps 'unknown' apart from 'unknown primary'", () => {
    expect(patientOf(emptyDraft())).toEqual({
      sex: null,
      ki67Percent: null,
      alp: "unknown",
      primarySite: null,
      firstLine: null,
      setting: "advanced",
      mixed: false,
    });
    expect(patientOf({ ...emptyDraft(), primarySite: "unknown" })["primarySite"]).toBe("unknown");
  });

  it("a measured ALP counts once a number of it is typed, and a missing half is missing, not guessed", () => {
    const measured = { ...emptyDraft(), alp: "measured" as const };
    expect(patientOf(measured)["alp"]).toBe("unknown");
    expect(patientOf({ ...measured, alpValue: "3,2", alpUnit: "\u00b5kat/L" })["alp"]).toEqual({
      value: 3.2,
      unit: "\u00b5kat/L",
    });
    expect(patientOf({ ...measured, alpValue: "250", alpLimit: "105" })["alp"]).toEqual({
      value: 250,
      upperLimit: 105,
      unit: "U/L",
    });
  });
});
