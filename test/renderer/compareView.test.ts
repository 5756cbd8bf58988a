import { describe, expect, it } from "vitest";
import type { Comparison, Endpoint } from "../../src-main/api/contract.ts";
import { readingAt } from "../../src-renderer/chart/reading.ts";
import type { CompareView } from "../../src-renderer/compare/compareView.ts";
import { compareView, singleChart, treatmentCaution } from "../../src-renderer/compare/compareView.ts";
import { handlers } from "../support/host.ts";
import { NEC } from "../support/patients.ts";

const NET = { ...NEC, tumour: "NET_G3", ageYears: 61, ki67Percent: 35, alp: "normal" };

function comparisonOf(a: object, b: object): Comparison {
  const result = handlers.compare({ a, b });
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function viewOf(a: object, change: object, endpoint: Endpoint = "os"): CompareView {
  const comparison = comparisonOf(a, { ...a, ...change });
  const { tumour } = comparison.a.patient;
  const references = handlers.referenceCurves({ tumour, endpoint });
  if (!references.ok) throw new Error(references.message);
  const view = compareView(comparison, endpoint, references.value);
  if (!view) throw new Error("not compared");
  return view;
}

/** As the eye reads it: spaces that do not break are spaces. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("\u2011", "-");
const sentences = (view: CompareView): string[] => view.differences.map(plain);

describe("differences are whole sentences with the paired interval", () => {
  it("PS 1 now against PS 0", () => {
    expect(sentences(viewOf(NEC, { ecogPs: 0 }))).toEqual([
      "Median overall survival 5.4 months against 7.2 months: 1.8 months longer (95 % CI 0.2–3.6) in patients with PS 0 than in patients with PS 1.",
      "At 12 months 21 % against 31 % alive: 10 percentage points more (95 % CI 1–19) in patients with PS 0.",
      "Hazard ratio 0.75 (95 % CI 0.58–0.96) of patients with PS 0 against patients with PS 1, with the same other values of this model’s factors. One over the published ratio and interval: Table 3, row PS 1.",
    ]);
  });

  it("the other way round: shorter, fewer, and the interval turned with them", () => {
    expect(sentences(viewOf({ ...NEC, ecogPs: 0 }, { ecogPs: 1 })).slice(0, 2)).toEqual([
      "Median overall survival 7.2 months against 5.4 months: 1.8 months shorter (95 % CI 0.2–3.6) in patients with PS 1 than in patients with PS 0.",
      "At 12 months 31 % against 21 % alive: 10 percentage points fewer (95 % CI 1–19) in patients with PS 1.",
    ]);
  });

  it("says so when the interval includes no difference", () => {
    const [median, survival, ratio] = sentences(viewOf(NEC, { ecogPs: 0 }, "pfs"));
    expect(median).toMatch(
      /0\.7 months longer \(95 % CI 0\.0\d shorter to 1\.6 longer\).*; the interval includes no difference\.$/,
    );
    expect(survival).toMatch(
      /alive without progression.* fewer to 10 more\).*; the interval includes no difference\.$/,
    );
    expect(ratio).toMatch(/; the interval includes 1\. One over the published/);
  });

  it("one median past the horizon: more than, and no upper limit", () => {
    const view = viewOf({ ...NET, ageYears: 70 }, { ageYears: 40, ecogPs: 0, firstLine: "other" });
    const [median, survival, open] = sentences(view);
    expect(median).toMatch(
      /^Median overall survival 18 months against > 60 months: more than 41 months longer \(95 % CI \d+ or more\) in patients aged 40, with PS 0 and on a first line other than platinum\/etoposide than in patients aged 70, with PS 1 and on platinum\/etoposide\.$/,
    );
    expect(view.lead.map(plain)).toEqual([median, survival]);
    expect(survival).toMatch(/^At 12 months/);
    expect(open).toMatch(
      /^An end of the interval .* past the 60 months of the curve\. Survival at a given time and the hazard ratio have an interval\.$/,
    );
  });

  it("no end of the interval known: no claim about it, the right direction, and survival leads with it", () => {
    const temozolomide = { ...NET, ageYears: 40, ecogPs: 0, firstLine: "temozolomide-based" };
    const view = viewOf(temozolomide, { firstLine: "platinum-etoposide" });
    const [median, survival, open, ratio] = sentences(view);
    expect(median).toMatch(
      /^Median overall survival > 60 months against 58 months: more than 1\.\d months shorter \(95 % CI not known\) in patients on platinum\/etoposide than in patients on a first line other than platinum\/etoposide\.$/,
    );
    expect(view.lead.map(plain)).toEqual([median, survival]);
    expect(survival).toMatch(
      /percentage points fewer \(95 % CI \d+–\d+\) in patients on platinum\/etoposide/,
    );
    expect(open).toMatch(/^The interval of that difference is not known:/);
    expect(ratio).toMatch(
      /^Hazard ratio 1\.83 \(95 % CI 1\.18–2\.84\) of patients on platinum\/etoposide against patients on a first line other than platinum\/etoposide, .*\. As published: Table 3, row Platinum\/etoposide treatment\.$/,
    );
    const turned = sentences(
      viewOf({ ...NET, ageYears: 40, ecogPs: 0 }, { firstLine: "temozolomide-based" }),
    );
    expect(turned[0]).toMatch(
      /^Median overall survival 58 months against > 60 months: more than 1\.\d months longer/,
    );
  });

  it("shorter with an interval across zero: the ends keep their signs", () => {
    const before = { ...NET, ageYears: 64, alp: "elevated", firstLine: "temozolomide-based" };
    expect(sentences(viewOf(before, { ecogPs: 2 }))[0]).toMatch(
      /8\.4 months shorter \(95 % CI 16\.7 shorter to 0\.2 longer\) .*; the interval includes no difference\.$/,
    );
  });

  it("both medians past the horizon: their difference is not claimed", () => {
    const young = { ...NET, ageYears: 35, ecogPs: 1, firstLine: "other" };
    const [median, survival] = sentences(viewOf(young, { ecogPs: 0 }));
    expect(median).toBe(
      "Both medians lie past the 60 months of the curve: how far apart they are is not known.",
    );
    expect(survival).toMatch(/^At 12 months/);
  });

  it("a factor that the model does not have: one sentence, no difference invented", () => {
    const view = viewOf(NEC, { ageYears: 50 }, "pfs");
    expect(sentences(view)).toEqual([
      "Median progression-free survival 2.8 months in both: this model does not tell patients aged 67 from patients aged 50.",
    ]);
    expect(view.landmarks.every(({ difference, interval }) => difference === "0" && interval === "")).toBe(
      true,
    );
    expect(plain(view.cautions[0]!.short)).toBe(
      "Age is not in the NEC model of PFS: it makes no difference here.",
    );
  });

  it("known against averaged has no single hazard ratio, and says why", () => {
    const view = viewOf({ ...NEC, alp: "unknown" }, { alp: "elevated" });
    expect(sentences(view)).toHaveLength(2);
    expect(plain(view.differences[0]!)).toContain("patients with elevated ALP than in patients with any ALP");
    expect(view.cautions[0]!.short).toMatch(/^ALP is known in one version and averaged in the other/);
  });
});

describe("versions, chart and table", () => {
  const view = viewOf(NEC, { ecogPs: 0 });

  it("names each version by what differs and prints its own median with its interval", () => {
    expect(view.versions.map(({ kind, name, median }) => [kind, plain(name), median])).toEqual([
      ["patient", "PS 1", { value: "5.4", interval: "4.2–7.1" }],
      ["variant", "PS 0", { value: "7.2", interval: "5.4–9.6" }],
    ]);
  });

  it("draws both versions and the whole cohort, and nothing else", () => {
    expect(view.chart.series.map(({ kind }) => kind)).toEqual(["patient", "variant", "cohort"]);
  });

  it("table and chart read the same, and the difference is in points of the unrounded values", () => {
    for (const [i, { months }] of view.landmarks.entries()) {
      const rows = readingAt(view.chart, months).rows;
      for (const [j, version] of view.versions.entries()) {
        expect(version.landmarks[i]).toEqual({
          months,
          survival: rows[j]!.survival,
          interval: rows[j]!.interval,
        });
      }
    }
    expect(view.landmarks.map(({ months, difference }) => [months, difference])).toEqual([
      [6, "+10"],
      [12, "+10"],
      [24, "+5"],
      [36, "+2"],
    ]);
  });

  it("counts the changes beside the curves when there are too many to name there", () => {
    const many = viewOf(NET, { firstLine: "other", ageYears: 50, primarySite: "biliary" });
    expect(plain(many.versions[1].name)).toBe("age 50, gallbladder or bile duct, other first line");
    expect(many.chart.series.slice(0, 2).map(({ name }) => name)).toEqual(["this patient", "3 differences"]);
  });
});

describe("cautions", () => {
  it("treatment in NET G3: first of all, serious, with what the article prints for regimens", () => {
    const view = viewOf(NET, { firstLine: "other" });
    expect(view.treatmentDiffers).toBe(true);
    expect(view.cautions[0]).toMatchObject({ of: "comparison", severity: "serious" });
    expect(view.cautions[0]!.short).toMatch(/^Not a basis for choosing treatment/);
    expect(view.regimens.map(({ published }) => plain(published))).toEqual([
      "14.3 (3.9–24.7)",
      "22.5 (19.3–25.7)",
      "31.4 (26.4–36.4)",
    ]);
    // said once, by the comparison
    expect(view.cautions.filter(({ short }) => /not randomised/.test(short))).toHaveLength(1);
  });

  it("treatment in NEC: that the curves agree says nothing", () => {
    const caution = treatmentCaution(comparisonOf(NEC, { ...NEC, firstLine: "other" }))!;
    expect(plain(caution.short)).toMatch(/the NEC models hold no treatment/);
    expect(caution.full).toMatch(/says nothing about how treatments compare/);
  });

  it("no treatment, no caution of treatment, no regimens", () => {
    const view = viewOf(NET, { ecogPs: 0 });
    expect(view.treatmentDiffers).toBe(false);
    expect(view.regimens).toEqual([]);
    expect(view.cautions.filter(({ of }) => of === "comparison").map(({ short }) => short)).toEqual([
      "PS is an association too: changing PS is not an intervention.",
    ]);
  });

  it("tells whose each version's own caution is; shared ones are said once", () => {
    const view = viewOf({ ...NEC, ecogPs: 2, alp: "unknown" }, { ecogPs: 3 });
    const owners = view.cautions.map(({ of, short }) => [of, plain(short)] as const);
    expect(owners.find(([, short]) => short.startsWith("PS 3: published median OS"))?.[0]).toBe("variant");
    expect(owners.filter(([, short]) => short.startsWith("ALP not known"))).toEqual([
      ["both", "ALP not known: averaged over the study's patients."],
    ]);
    const approximated = view.cautions.find(({ of }) => of === "comparison")!;
    expect(plain(approximated.short)).toBe(
      "The interval between PS 2 and PS 3 is approximate: it may be too wide or too narrow.",
    );
    expect(plain(approximated.full)).toContain(
      "1/n, n being the 110 patients with PS 0. The number of their events",
    );
  });

  it("stand in the order of their severity", () => {
    const order = ["serious", "caution", "note"];
    for (const view of [
      viewOf({ ...NEC, ecogPs: 2, alp: "unknown" }, { ecogPs: 3 }),
      viewOf(NET, { ecogPs: 0, alp: "elevated" }),
    ]) {
      const ranks = view.cautions.map(({ severity }) => order.indexOf(severity));
      expect(ranks).toEqual(ranks.toSorted((x, y) => x - y));
      expect(new Set(ranks).size).toBeGreaterThan(1);
    }
  });

  it("no text of a comparison advises", () => {
    const views = [
      viewOf(NEC, { ecogPs: 0 }),
      viewOf(NEC, { firstLine: "other", sex: "female", alp: "unknown", ki67Percent: 60 }),
      viewOf(NET, { firstLine: "other" }, "pfs"),
      viewOf({ ...NET, ecogPs: 2 }, { ecogPs: 1, firstLine: "temozolomide-based" }),
    ];
    const text = views
      .flatMap(({ differences, cautions }) => [
        ...differences,
        ...cautions.filter(({ of }) => of === "comparison").flatMap(({ short, full }) => [short, full]),
      ])
      .join(" ");
    expect(text).not.toMatch(/\b(benefit|gain|should|better|improve|recommend)/i);
  });
});

describe("what cannot be compared", () => {
  it("gives no view, but the chart of the version that is estimated", () => {
    const comparison = comparisonOf({ ...NET, ecogPs: 3 }, { ...NET, ecogPs: 2 });
    expect(compareView(comparison, "os", [])).toBeNull();
    expect(singleChart(comparison, "a", "os", [])).toBeNull();
    expect(singleChart(comparison, "b", "os", [])!.chart.series.map(({ kind }) => kind)).toEqual(["variant"]);
  });

  it("gives no view of a version against itself", () => {
    expect(compareView(comparisonOf(NEC, NEC), "os", [])).toBeNull();
  });
});
