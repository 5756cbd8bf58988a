import { describe, expect, it } from "vitest";
import { CAUTION_CODES, REFUSAL_CODES } from "../../src-main/prognosis/applicability.ts";
import { estimate } from "../../src-main/prognosis/estimate.ts";
import type { Patient } from "../../src-main/prognosis/patient.ts";
import { parsePatient } from "../../src-main/prognosis/patient.ts";
import { cautionLines, cautionWords } from "../../src-main/words/cautions.ts";
import { problemWords } from "../../src-main/words/problems.ts";
import { loadPrepared } from "../support/prognosis.ts";

function cautionsOf(input: object): ReturnType<typeof estimate>["cautions"] {
  const parsed = parsePatient({ tumour: "NEC", ageYears: 67, ecogPs: 1, ...input });
  if (!parsed.ok) throw new Error("not a valid patient");
  return estimate(loadPrepared(), parsed.value, { intervals: false, curve: false }).cautions;
}

const patients: Partial<Record<keyof Patient, unknown>>[] = [
  { ecogPs: 3, ageYears: 95, ki67Percent: 30, primarySite: "unknown" },
  { tumour: "NET_G3", ageYears: 85, ecogPs: 2, ki67Percent: 60, firstLine: "temozolomide-based" },
  { tumour: "NET_G3", alp: { value: 250, upperLimit: 1.9, unit: "U/L" } },
  { alp: { value: 1.9, upperLimit: 115, unit: "U/L" } },
  { tumour: "NET_G3", ageYears: 75, ecogPs: 2, alp: "elevated", firstLine: "temozolomide-based" },
  {
    setting: "localised",
    mixed: true,
    primarySite: "appendix",
    ki67Percent: 12,
    ecogPs: 4,
    firstLine: "none",
  },
];
const all = patients.flatMap((patient) => cautionsOf(patient));

describe("every caution is said in words", () => {
  it("these patients meet every code there is", () => {
    const met = new Set(all.map(({ code }) => code));
    expect([...REFUSAL_CODES, ...CAUTION_CODES].filter((code) => !met.has(code))).toEqual([]);
  });

  it("each has a short line and a full text, with its facts in place and its source", () => {
    for (const caution of all) {
      const { short, full } = cautionWords(caution);
      expect(caution.source).not.toBe("");
      for (const text of [short, full]) {
        expect(text, caution.code).toMatch(/^[A-Z].*\.$/s);
        expect(text, caution.code).not.toMatch(
          /undefined|NaN|null|not given\b(?!,|:|\.)|\[object|not reached/,
        );
      }
      expect(short.length, caution.code).toBeLessThanOrEqual(190);
      expect(full.length, caution.code).toBeGreaterThan(60);
    }
  });

  it("never tells the reader what to give or not to give", () => {
    for (const caution of all) {
      const { short, full } = cautionWords(caution);
      expect(`${short} ${full}`).not.toMatch(
        /\b(should|must|recommend\w*|offer|switch)\b|\b(give|start|stop) (the|this|plat|temo|chemo)/i,
      );
    }
  });

  it.each([
    ["nec-ps-3", { ecogPs: 3 }, "1.2 months", "2.9"],
    ["net-g3-ps-2", { tumour: "NET_G3", ecogPs: 2 }, "5.4 months", "9.8"],
    ["net-g3-older-than-75", { tumour: "NET_G3", ageYears: 76 }, "17.5 months", "10.0"],
    ["nec-unknown-primary", { primarySite: "unknown" }, "5.8 months", "7.9"],
    ["nec-unknown-primary", { primarySite: "unknown" }, "3.5 months", "4.0"],
  ])(
    "%s %j: beside the published median of %s the model's for the same group, %s",
    (code, input, months, model) => {
      const found = cautionsOf(input)
        .filter((caution) => caution.code === code)
        .map(cautionWords)
        .filter(({ short }) => short.includes(months));
      expect(found).toHaveLength(1);
      const { short, full } = found[0]!;
      for (const text of [short, full]) {
        expect(text).toContain(months);
        expect(text).toContain(`the model gives ${model} for this group`);
      }
    },
  );

  it("an unusually low ALP: value, limit and unit as they were given", () => {
    const [caution] = cautionsOf({ alp: { value: 0.11, upperLimit: 1.9, unit: "\u00b5kat/L" } }).filter(
      ({ code }) => code === "alp-value-unusual",
    );
    const { short, full } = cautionWords(caution!);
    expect(short).toContain("An ALP of 0.11 against a limit of 1.9 \u00b5kat/L");
    expect(full).toContain("An ALP of 0.11 is far below its upper limit of 1.9 \u00b5kat/L.");
  });

  it("PFS above OS: the month and both shares, and that the PFS is not to be used", () => {
    const [caution] = cautionsOf({
      tumour: "NET_G3",
      ageYears: 75,
      ecogPs: 2,
      alp: "elevated",
      firstLine: "temozolomide-based",
    });
    expect(caution?.code).toBe("pfs-exceeds-os");
    const { short, full } = cautionWords(caution!);
    expect(short).toContain("at 9 months the models give 49\u00a0% without progression but 26\u00a0% alive");
    expect(full).toContain("at 9 months 49\u00a0% against 26\u00a0% alive");
    expect(full).toContain("The PFS estimate is not usable for this patient.");
  });

  it("joins several averaged covariates in one line, in their place", () => {
    const lines = cautionLines(cautionsOf({}));
    expect(lines.map(({ short }) => short)).toEqual([
      "Not known and averaged over the study's patients: sex, primary site, Ki-67 and ALP.",
    ]);
  });
});

describe("every problem is said in words: field, value, what is allowed", () => {
  it.each([
    [{ ageYears: 67.5 }, "Age cannot be 67.5; allowed: a whole number from 18 to 110."],
    [{ ageYears: undefined }, "Age is missing; allowed: a whole number from 18 to 110."],
    [{ ki67Percent: "55%" }, 'Ki-67 cannot be "55%"; allowed: a number from 0 to 100 or not given.'],
    [{ ki67Percent: NaN }, "Ki-67 cannot be NaN; allowed: a number from 0 to 100 or not given."],
    [{ tumour: "NETG3" }, 'Tumour cannot be "NETG3"; allowed: NEC or NET_G3.'],
    [
      { alp: { value: 1, upperLimit: -2, unit: "U/L" } },
      "ALP upper limit cannot be -2; allowed: a number above 0.",
    ],
  ])("%j", (change, words) => {
    const parsed = parsePatient({ tumour: "NEC", ageYears: 67, ecogPs: 1, ...change });
    expect(parsed.ok ? [] : parsed.problems.map(problemWords)).toEqual([words]);
  });
});
