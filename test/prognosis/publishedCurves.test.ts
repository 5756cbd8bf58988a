import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cumulativeHazardAt, survivalAt } from "../../src-main/prognosis/baseline.ts";
import type { Restriction } from "../../src-main/prognosis/caseMix.ts";
import { cellPredictors } from "../../src-main/prognosis/caseMix.ts";
import type { Endpoint, ModelId, Tumour } from "../../src-main/prognosis/model.ts";
import { ENDPOINTS, MODEL_IDS, TUMOURS } from "../../src-main/prognosis/model.ts";
import type { Patient } from "../../src-main/prognosis/patient.ts";
import { isInStudy } from "../../src-main/prognosis/population.ts";
import type { ReferenceCurve } from "../../src-main/prognosis/publishedCurves.ts";
import {
  drawableResults,
  membershipsOf,
  modelMedianOf,
  referenceCurves,
} from "../../src-main/prognosis/publishedCurves.ts";
import { modelOf } from "../../src-main/prognosis/prepared.ts";
import type { RiskGroup } from "../../src-main/prognosis/riskGroup.ts";
import { RISK_GROUPS, groupShares, riskGroupOf } from "../../src-main/prognosis/riskGroup.ts";
import { handlers } from "../support/host.ts";
import {
  GROUPS,
  PROPERTY_SEED,
  agrees,
  anyPatient,
  loadPrepared,
  mixtureOfGroup,
  necPatient,
  netPatient,
  predictedMedian,
  readReference,
} from "../support/prognosis.ts";

const prepared = loadPrepared();
const reference = readReference();

/** Two-sided and absolute, in the unit of the number. */
function within(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(actual).toBeTypeOf("number");
  expect(Math.abs(actual! - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

const NON_COLORECTAL: Restriction = { levels: { primarySite: ["non-colorectal"] } };

/** Groups that the reference file does not have: the whole cohorts, and sites. NET G3's models have no site. */
const OTHER_GROUPS: { id: string; model: ModelId; restriction: Restriction }[] = [
  ...MODEL_IDS.map((model) => ({ id: model.replace(/-(os|pfs)$/, "/$1/all"), model, restriction: {} })),
  { id: "nec/os/site-unknown", model: "nec-os", restriction: NON_COLORECTAL },
  { id: "nec/pfs/site-unknown", model: "nec-pfs", restriction: NON_COLORECTAL },
  { id: "net-g3/os/site-pancreas", model: "net-g3-os", restriction: {} },
  { id: "net-g3/os/site-small-intestine", model: "net-g3-os", restriction: {} },
  { id: "net-g3/pfs/site-pancreas", model: "net-g3-pfs", restriction: {} },
  { id: "net-g3/pfs/site-small-intestine", model: "net-g3-pfs", restriction: {} },
];
const ALL_GROUPS = [...GROUPS, ...OTHER_GROUPS];

const curves = new Map<string, { curve: ReferenceCurve; model: ModelId }>(
  TUMOURS.flatMap((tumour) =>
    ENDPOINTS.flatMap((endpoint) =>
      referenceCurves(prepared, tumour, endpoint).map(
        (curve): [string, { curve: ReferenceCurve; model: ModelId }] => [
          curve.id,
          { curve, model: modelOf(prepared, tumour, endpoint).model.id },
        ],
      ),
    ),
  ),
);
const curveOf = (id: string): ReferenceCurve => {
  const found = curves.get(id);
  if (!found) throw new Error(`no curve ${id}`);
  return found.curve;
};

describe("every published median of a group can be drawn, and nothing else", () => {
  it("the groups are those of the study, each once, in its own model", () => {
    expect([...curves.keys()].sort()).toEqual(ALL_GROUPS.map(({ id }) => id).sort());
    for (const { id, model } of ALL_GROUPS) expect(curves.get(id)?.model).toBe(model);
  });

  it.each(ALL_GROUPS)("$id carries what is published", ({ id, model }) => {
    const curve = curveOf(id);
    const result = prepared.results.get(id)!;
    expect(result.unit).toBe("months");
    expect(curve.published).toEqual({
      median: result.value,
      lower: result.lower ?? null,
      upper: result.upper ?? null,
      source: result.source.place,
    });
    expect(curve.n).toBe(result.n ?? null);
    expect(curve.row).toBe(result.row);
    expect(curve.endpoint).toBe(prepared.models[model].model.endpoint);
    expect(curve.wholeCohort).toBe(id.endsWith("/all"));
  });

  it("the study's figures can be drawn: PFS and OS of both cohorts, OS by PS, Ki-67 and ALP, NET G3 by regimen", () => {
    const ids = (tumour: Tumour, endpoint: Endpoint): string[] =>
      drawableResults(prepared, tumour, endpoint).map(({ id }) => id);
    expect(ids("NEC", "os")).toEqual(
      expect.arrayContaining(
        [
          "all",
          "ps-0",
          "ps-1",
          "ps-2",
          "ps-3",
          "ki67-below-55",
          "ki67-at-least-55",
          "alp-normal",
          "alp-elevated",
        ].map((name) => `nec/os/${name}`),
      ),
    );
    expect(ids("NEC", "pfs")).toContain("nec/pfs/all");
    const regimens = ["regimen-platinum-etoposide", "regimen-tem-cap", "regimen-tem-eve"];
    expect(ids("NET_G3", "os")).toEqual(
      expect.arrayContaining(
        [
          "all",
          "ps-0",
          "ps-1",
          "ps-2",
          "ki67-below-55",
          "ki67-at-least-55",
          "alp-normal",
          "alp-elevated",
          ...regimens,
        ].map((name) => `net-g3/os/${name}`),
      ),
    );
    expect(ids("NET_G3", "pfs")).toEqual(
      expect.arrayContaining(["all", ...regimens].map((name) => `net-g3/pfs/${name}`)),
    );
  });
});

describe("whether the model has what defines a group", () => {
  /** NET G3's models have neither Ki-67 nor site. A regimen of theirs is partly in: its Ki-67 below 55 % is not. */
  const NOT_IN_MODEL = [
    "net-g3/os/ki67-below-55",
    "net-g3/os/ki67-at-least-55",
    "net-g3/os/site-pancreas",
    "net-g3/os/site-small-intestine",
    "net-g3/pfs/site-pancreas",
    "net-g3/pfs/site-small-intestine",
  ];

  it.each(ALL_GROUPS)("$id", ({ id }) => {
    expect(curveOf(id).inModel).toBe(!NOT_IN_MODEL.includes(id));
  });

  it.each([
    ["net-g3/os/ps-2", true],
    ["net-g3/os/ki67-at-least-55", false],
    ["net-g3/pfs/site-pancreas", false],
    ["nec/os/site-unknown", true],
    ["nec/pfs/site-unknown", true],
    ["nec/os/ki67-below-55", true],
    ["nec/os/all", true],
    ["nec/pfs/all", true],
    ["net-g3/os/all", true],
    ["net-g3/pfs/all", true],
  ])("%s: %s", (id, inModel) => {
    expect(curveOf(id).inModel).toBe(inModel);
  });

  it("a group that is not in the model is predicted as its whole cohort, and every other otherwise", () => {
    for (const { curve, model } of curves.values()) {
      const whole = curveOf(model.replace(/-(os|pfs)$/, "/$1/all")).modelMedian!;
      if (curve.wholeCohort) continue;
      const apart = Math.abs(curve.modelMedian! - whole);
      if (curve.inModel) expect(apart, curve.id).toBeGreaterThan(0.1);
      else expect(apart, curve.id).toBeLessThanOrEqual(1e-9);
    }
  });

  it("a patient's groups carry it as well, with the model's median", () => {
    const result = handlers.groups({ patient: netPatient() });
    if (!result.ok) throw new Error("not a valid patient");
    for (const endpoint of ENDPOINTS) {
      expect(result.value[endpoint].map(({ id }) => id)).toEqual(
        drawableResults(prepared, "NET_G3", endpoint).map(({ id }) => id),
      );
      for (const { id, inModel, modelMedian } of result.value[endpoint]) {
        expect(inModel, id).toBe(!NOT_IN_MODEL.includes(id));
        expect(modelMedian, id).toBe(curveOf(id).modelMedian);
      }
    }
  });
});

describe("how large the three risk groups are", () => {
  const shares = (tumour: Tumour, endpoint: Endpoint): Record<RiskGroup, number> => {
    const result = handlers.riskGroups({ tumour, endpoint });
    if (!result.ok) throw new Error("no risk groups");
    return result.value;
  };
  const MODELS = TUMOURS.flatMap((tumour) => ENDPOINTS.map((endpoint) => ({ tumour, endpoint })));

  it.each(MODELS)(
    "$tumour $endpoint: together the whole case mix, the lower ones never below their thirds",
    (of) => {
      const found = shares(of.tumour, of.endpoint);
      expect(Object.keys(found)).toEqual(RISK_GROUPS);
      within(found.lower + found.intermediate + found.higher, 1, 1e-12);
      for (const share of Object.values(found)) expect(share).toBeGreaterThan(0);
      // A group ends where its third is reached, so ties only ever make the lower ones larger.
      expect(found.lower).toBeGreaterThanOrEqual(1 / 3 - 1e-9);
      expect(found.lower + found.intermediate).toBeGreaterThanOrEqual(2 / 3 - 1e-9);
      expect(found.higher).toBeLessThanOrEqual(1 / 3 + 1e-9);
    },
  );

  it.each(MODELS)("$tumour $endpoint: the weight of the cells that are told to be in each", (of) => {
    const { scale, caseMix, beta } = modelOf(prepared, of.tumour, of.endpoint);
    const counted: Record<RiskGroup, number> = { lower: 0, intermediate: 0, higher: 0 };
    cellPredictors(caseMix, beta).forEach((lp, i) => {
      counted[riskGroupOf(scale, lp)] += caseMix.weights[i]!;
    });
    const found = shares(of.tumour, of.endpoint);
    expect(groupShares(scale)).toEqual(RISK_GROUPS.map((group) => found[group]));
    for (const group of RISK_GROUPS) within(found[group], counted[group], 1e-9);
  });

  it.each<[Tumour, Endpoint, lower: number, intermediate: number, higher: number]>([
    ["NEC", "os", 0.33, 0.34, 0.33],
    ["NEC", "pfs", 0.45, 0.24, 0.32],
    ["NET_G3", "os", 0.34, 0.33, 0.33],
    ["NET_G3", "pfs", 0.54, 0.24, 0.21],
  ])("%s %s: %s, %s and %s", (tumour, endpoint, ...expected) => {
    const found = shares(tumour, endpoint);
    RISK_GROUPS.forEach((group, i) => within(found[group], expected[i]!, 0.005));
  });

  it("with an age in the model there are hardly any ties: thirds within a hundredth", () => {
    for (const tumour of TUMOURS) {
      for (const share of Object.values(shares(tumour, "os"))) within(share, 1 / 3, 0.01);
    }
  });

  it("NEC PFS by hand: site and PS, Table 1's counts and Table 3's ratios", () => {
    // From the least hazard up, e^LP: 0.66, 0.825, 1 | 1.056 | 1.25, 1.6, 2.13, 3.23.
    const site = { colorectal: 164 / 427, other: 263 / 427 };
    const ps = [110, 195, 92, 23].map((count) => count / 420) as [number, number, number, number];
    const cells = [
      [0.66, site.other * ps[0]],
      [0.66 * 1.25, site.other * ps[1]],
      [1, site.colorectal * ps[0]],
      [0.66 * 1.6, site.other * ps[2]],
      [1.25, site.colorectal * ps[1]],
      [1.6, site.colorectal * ps[2]],
      [0.66 * 3.23, site.other * ps[3]],
      [3.23, site.colorectal * ps[3]],
    ].toSorted(([a], [b]) => a! - b!);
    const expected = [0, 0, 0];
    let before = 0;
    for (const [, weight] of cells) {
      // The cell that reaches a third is still of the group below.
      expected[before < 1 / 3 ? 0 : before < 2 / 3 ? 1 : 2]! += weight!;
      before += weight!;
    }
    const found = shares("NEC", "pfs");
    RISK_GROUPS.forEach((group, i) => within(found[group], expected[i]!, 1e-12));
  });
});

describe("the median of a reference curve is exactly the published one", () => {
  it.each(ALL_GROUPS)("$id", ({ id, model, restriction }) => {
    const { published, hazardScale, curve, horizonMonths } = curveOf(id);
    const { baseline, model: of } = prepared.models[model];
    expect(horizonMonths).toBe(of.horizonMonths);
    const { weights, risks } = mixtureOfGroup(prepared.models[model], restriction);
    const survival = (months: number): number =>
      survivalAt(hazardScale * cumulativeHazardAt(baseline, months, horizonMonths), weights, risks);
    within(survival(published.median), 0.5, 1e-13);
    // The curve is that function, from 1 down to the horizon, and crosses one half where it should.
    expect(curve).toHaveLength(121);
    curve.forEach((point, i) => {
      expect(point.months).toBe((horizonMonths * i) / 120);
      within(point.survival, survival(point.months), 1e-13);
      if (i > 0) expect(point.survival).toBeLessThan(curve[i - 1]!.survival);
      if (point.months < published.median - 1e-9) expect(point.survival).toBeGreaterThan(0.5);
      if (point.months > published.median + 1e-9) expect(point.survival).toBeLessThan(0.5);
    });
    within(curve[0]?.survival, 1, 1e-14);
  });
});

describe("reference curves agree with R to 1e-9: the scale of the hazard, and survival at every month given", () => {
  it("there are twenty-six", () => {
    expect(reference.referenceCurves).toHaveLength(26);
  });

  it.each(reference.referenceCurves)(
    "$model, $group",
    ({ model, group, publishedMedian, factor, survival }) => {
      const { id } = GROUPS.find((candidate) => candidate.model === model && candidate.reference === group)!;
      const { published, hazardScale, curve } = curveOf(id);
      expect(published.median).toBe(publishedMedian);
      expect(agrees(hazardScale, factor), `${hazardScale} against ${factor}`).toBe(true);
      for (const expected of survival) {
        const point = curve.find(({ months }) => Math.abs(months - expected.months) <= 1e-9)!;
        expect(agrees(point.survival, expected.survival), `${point.survival} at ${expected.months}`).toBe(
          true,
        );
      }
    },
  );
});

describe("beside each published median stands the model's own, R's to 1e-9", () => {
  it.each(reference.heldOut)("$model, $group", ({ model, group, predicted, published, lower, upper }) => {
    const { id } = GROUPS.find((candidate) => candidate.model === model && candidate.reference === group)!;
    const curve = curveOf(id);
    expect(curve.published).toMatchObject({ median: published, lower, upper });
    expect(agrees(curve.modelMedian, predicted), `${curve.modelMedian} against ${predicted}`).toBe(true);
  });

  it.each(ALL_GROUPS)("$id: by its id alone it is the same, and that of the group by hand", (group) => {
    const { id, model, restriction } = group;
    const byHand = predictedMedian(prepared.models[model], restriction);
    expect(agrees(curveOf(id).modelMedian, byHand), `${curveOf(id).modelMedian} against ${byHand}`).toBe(
      true,
    );
    expect(modelMedianOf(prepared, id)).toBe(curveOf(id).modelMedian);
    // Asked again, it is remembered and the same.
    expect(modelMedianOf(prepared, id)).toBe(curveOf(id).modelMedian);
  });

  it.each(["nec/os/untreated", "nec/characteristics/ps-4", "nec/os/no-such-group", ""])(
    "%j is no group of a model and has none",
    (id) => {
      expect(() => modelMedianOf(prepared, id)).toThrow(`no curve may be drawn from ${id}`);
    },
  );

  it.each([
    ["nec/os/ps-3", "2.85"],
    ["net-g3/os/ps-2", "9.84"],
    ["net-g3/os/age-above-75", "10.00"],
    ["nec/os/site-unknown", "7.91"],
    ["nec/pfs/site-unknown", "4.01"],
  ])("%s: %s months", (id, months) => {
    expect(modelMedianOf(prepared, id)?.toFixed(2)).toBe(months);
  });

  it("a factor above one is a group that fares worse than the model says, and the other way round", () => {
    for (const { curve } of curves.values()) {
      if (curve.wholeCohort) continue;
      expect(Math.sign(curve.hazardScale - 1)).toBe(Math.sign(curve.modelMedian! - curve.published.median));
    }
  });
});

describe("the whole cohort's curve needs no scale and passes through its published points", () => {
  it.each<[ModelId, [months: number, survival: number][]]>([
    [
      "nec-os",
      [
        [7.4, 0.5],
        [36, 0.05],
        [60, 0.02],
      ],
    ],
    [
      "net-g3-os",
      [
        [21.8, 0.5],
        [36, 0.32],
        [60, 0.1],
      ],
    ],
    ["nec-pfs", [[3.4, 0.5]]],
    ["net-g3-pfs", [[7.4, 0.5]]],
  ])("%s", (id, points) => {
    const { hazardScale, modelMedian, published, curve } = curveOf(id.replace(/-(os|pfs)$/, "/$1/all"));
    const { baseline, model } = prepared.models[id];
    expect(hazardScale).toBe(1);
    expect(published.median).toBe(points[0]![0]);
    within(modelMedian, points[0]![0], 1e-12);
    const { weights, risks } = mixtureOfGroup(prepared.models[id], {});
    for (const [months, survival] of points) {
      const h0 = cumulativeHazardAt(baseline, months, model.horizonMonths);
      within(survivalAt(h0, weights, risks), survival, 1e-13);
      const onGrid = curve.find((point) => Math.abs(point.months - months) <= 1e-9);
      if (onGrid) within(onGrid.survival, survival, 1e-12);
      else {
        // Between two points of the grid: the curve goes from above to below.
        const after = curve.findIndex((point) => point.months > months);
        expect(curve[after - 1]!.survival).toBeGreaterThan(survival);
        expect(curve[after]!.survival).toBeLessThan(survival);
      }
    }
  });
});

describe("whether a patient is of the kind the study analysed", () => {
  it.each<[string, Partial<Patient>, boolean]>([
    ["everything known", {}, true],
    ["nothing optional known", { ki67Percent: null, primarySite: null, firstLine: null }, true],
    ["Ki-67 20.1", { ki67Percent: 20.1 }, true],
    ["Ki-67 20", { ki67Percent: 20 }, false],
    ["Ki-67 0", { ki67Percent: 0 }, false],
    ["an unknown primary", { primarySite: "unknown" }, true],
    ["appendix", { primarySite: "appendix" }, false],
    ["MiNEN", { mixed: true }, false],
    ["localised", { setting: "localised" }, false],
    ["no chemotherapy", { firstLine: "none" }, false],
    ["another treatment", { firstLine: "other" }, true],
    ["a PS that is not modelled", { ecogPs: 4 }, true],
    ["an age outside the cohort", { ageYears: 110 }, true],
  ])("%s", (_name, changes, expected) => {
    for (const patient of [necPatient(changes), netPatient(changes)]) {
      expect(isInStudy(patient, prepared.study.populations[patient.tumour])).toBe(expected);
    }
  });
});

describe("a patient belongs to a group when every condition holds; null when that is not known", () => {
  const memberships = (patient: Patient, endpoint: Endpoint): Record<string, boolean | null> =>
    Object.fromEntries(membershipsOf(prepared, patient, endpoint).map(({ id, belongs }) => [id, belongs]));
  const groupsOf = (patient: Patient, endpoint: Endpoint, verdict: boolean | null): string[] =>
    Object.entries(memberships(patient, endpoint))
      .filter(([, belongs]) => belongs === verdict)
      .map(([id]) => id)
      .sort();

  it("one verdict for each group, in the order of the curves", () => {
    for (const patient of [necPatient(), netPatient()]) {
      for (const endpoint of ENDPOINTS) {
        expect(membershipsOf(prepared, patient, endpoint).map(({ id }) => id)).toEqual(
          referenceCurves(prepared, patient.tumour, endpoint).map(({ id }) => id),
        );
      }
    }
  });

  it("NEC, everything known", () => {
    const patient = necPatient();
    expect(groupsOf(patient, "os", true)).toEqual([
      "nec/os/age-below-70",
      "nec/os/all",
      "nec/os/alp-normal",
      "nec/os/ki67-at-least-55",
      "nec/os/ps-1",
      "nec/os/site-colorectal",
    ]);
    expect(groupsOf(patient, "os", null)).toEqual([]);
    expect(groupsOf(patient, "pfs", true)).toEqual(["nec/pfs/all", "nec/pfs/site-colorectal"]);
    expect(groupsOf(patient, "pfs", false)).toEqual(["nec/pfs/site-unknown"]);
  });

  it("NEC, nothing optional known", () => {
    const patient = necPatient({
      sex: null,
      ki67Percent: null,
      alp: "unknown",
      primarySite: null,
      firstLine: null,
    });
    expect(groupsOf(patient, "os", null)).toEqual([
      "nec/os/alp-elevated",
      "nec/os/alp-normal",
      "nec/os/ki67-at-least-55",
      "nec/os/ki67-below-55",
      "nec/os/site-colorectal",
      "nec/os/site-unknown",
    ]);
    expect(groupsOf(patient, "os", true)).toEqual(["nec/os/age-below-70", "nec/os/all", "nec/os/ps-1"]);
    expect(groupsOf(patient, "pfs", null)).toEqual(["nec/pfs/site-colorectal", "nec/pfs/site-unknown"]);
  });

  it("an unknown primary is a site and not a gap", () => {
    const patient = necPatient({ primarySite: "unknown" });
    expect(memberships(patient, "os")).toMatchObject({
      "nec/os/site-unknown": true,
      "nec/os/site-colorectal": false,
    });
    expect(memberships(patient, "pfs")).toMatchObject({
      "nec/pfs/site-unknown": true,
      "nec/pfs/site-colorectal": false,
    });
  });

  it.each([
    [18, "age-below-70"],
    [69, "age-below-70"],
    [70, "age-70-75"],
    [75, "age-70-75"],
    [76, "age-above-75"],
    [110, "age-above-75"],
  ])("age %s is in %s alone", (ageYears, name) => {
    for (const patient of [necPatient({ ageYears }), netPatient({ ageYears })]) {
      const slug = patient.tumour === "NEC" ? "nec" : "net-g3";
      const ages = groupsOf(patient, "os", true).filter((id) => id.includes("/age-"));
      expect(ages).toEqual([`${slug}/os/${name}`]);
    }
  });

  it.each([
    [20.1, "ki67-below-55"],
    [54.9, "ki67-below-55"],
    [55, "ki67-at-least-55"],
    [100, "ki67-at-least-55"],
  ])("Ki-67 %s is in %s alone", (ki67Percent, name) => {
    for (const patient of [necPatient({ ki67Percent }), netPatient({ ki67Percent })]) {
      const slug = patient.tumour === "NEC" ? "nec" : "net-g3";
      const found = groupsOf(patient, "os", true).filter((id) => id.includes("/ki67-"));
      expect(found).toEqual([`${slug}/os/${name}`]);
    }
  });

  it.each<[Patient["alp"], normal: boolean | null, elevated: boolean | null]>([
    ["normal", true, false],
    ["elevated", false, true],
    ["unknown", null, null],
    [{ value: 105, upperLimit: 105, unit: "U/L" }, true, false],
    [{ value: 2, upperLimit: 1.9, unit: "\u00b5kat/L" }, false, true],
  ])("ALP %j", (alp, normal, elevated) => {
    expect(memberships(necPatient({ alp }), "os")).toMatchObject({
      "nec/os/alp-normal": normal,
      "nec/os/alp-elevated": elevated,
    });
  });

  it.each([0, 1, 2, 3, 4] as const)("PS %s is in its own group alone", (ecogPs) => {
    const found = groupsOf(necPatient({ ecogPs }), "os", true).filter((id) => id.includes("/ps-"));
    expect(found).toEqual(ecogPs === 4 ? [] : [`nec/os/ps-${ecogPs}`]);
  });

  const REGIMENS = ["regimen-platinum-etoposide", "regimen-tem-cap", "regimen-tem-eve"];
  it.each<[string, Partial<Patient>, platinum: boolean | null, temozolomide: boolean | null]>([
    ["platinum, Ki-67 30", { firstLine: "platinum-etoposide", ki67Percent: 30 }, true, false],
    [
      "platinum, Ki-67 55: the published groups are below 55 %",
      { firstLine: "platinum-etoposide", ki67Percent: 55 },
      false,
      false,
    ],
    ["platinum, Ki-67 not known", { firstLine: "platinum-etoposide", ki67Percent: null }, null, false],
    ["treatment not known, Ki-67 30", { firstLine: null, ki67Percent: 30 }, null, null],
    [
      "treatment not known, Ki-67 80: one condition fails for certain",
      { firstLine: null, ki67Percent: 80 },
      false,
      false,
    ],
    ["neither known", { firstLine: null, ki67Percent: null }, null, null],
    [
      "temozolomide, Ki-67 30: which regimen is not asked",
      { firstLine: "temozolomide-based", ki67Percent: 30 },
      false,
      null,
    ],
    ["temozolomide, Ki-67 55", { firstLine: "temozolomide-based", ki67Percent: 55 }, false, false],
    ["another treatment, Ki-67 not known", { firstLine: "other", ki67Percent: null }, false, false],
    ["no treatment", { firstLine: "none", ki67Percent: 30 }, false, false],
  ])("NET G3 by regimen: %s", (_name, changes, platinum, temozolomide) => {
    for (const endpoint of ENDPOINTS) {
      const found = memberships(netPatient(changes), endpoint);
      expect(REGIMENS.map((name) => found[`net-g3/${endpoint}/${name}`])).toEqual([
        platinum,
        temozolomide,
        temozolomide,
      ]);
    }
  });

  it("whoever of the study the patient is: in the whole cohort, in one age group, in at most one group of each other kind", () => {
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        const slug = patient.tumour === "NEC" ? "nec" : "net-g3";
        const found = memberships(patient, "os");
        const of = (kind: string): (boolean | null)[] =>
          Object.entries(found)
            .filter(([id]) => id.startsWith(`${slug}/os/${kind}-`))
            .map(([, belongs]) => belongs);
        const inStudy = isInStudy(patient, loadPrepared().study.populations[patient.tumour]);
        expect(found[`${slug}/os/all`]).toBe(inStudy);
        if (!inStudy) {
          expect(Object.values(found)).not.toContain(true);
          expect(Object.values(found)).not.toContain(null);
          return;
        }
        expect(of("age").filter((belongs) => belongs === true)).toHaveLength(1);
        expect(of("age")).not.toContain(null);
        for (const [kind, known] of [
          ["ki67", patient.ki67Percent !== null],
          ["alp", patient.alp !== "unknown"],
        ] as const) {
          expect(of(kind)).toHaveLength(2);
          expect(of(kind).filter((belongs) => belongs === true)).toHaveLength(known ? 1 : 0);
          expect(of(kind).filter((belongs) => belongs === null)).toHaveLength(known ? 0 : 2);
        }
        expect(of("ps").filter((belongs) => belongs === true).length).toBeLessThanOrEqual(1);
        expect(of("site").filter((belongs) => belongs === true).length).toBeLessThanOrEqual(1);
      }),
      { seed: PROPERTY_SEED, numRuns: 300 },
    );
  });
});
