import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Comparison, EndpointComparison } from "../../src-main/prognosis/compare.ts";
import { compareEstimates } from "../../src-main/prognosis/compare.ts";
import { covariateValues } from "../../src-main/prognosis/covariates.ts";
import { mixtureOf } from "../../src-main/prognosis/cox.ts";
import { estimate } from "../../src-main/prognosis/estimate.ts";
import type { Endpoint, HazardRatio } from "../../src-main/prognosis/model.ts";
import { ENDPOINTS } from "../../src-main/prognosis/model.ts";
import type { Patient } from "../../src-main/prognosis/patient.ts";
import { modelOf } from "../../src-main/prognosis/prepared.ts";
import {
  PROPERTY_SEED,
  estimablePatient,
  loadPrepared,
  necPatient,
  netPatient,
  readBaseline,
  readStudy,
} from "../support/prognosis.ts";

// Hundreds of random patients in one test: room for a slow machine.
vi.setConfig({ testTimeout: 60_000 });

const prepared = loadPrepared();
const check = (numRuns: number): fc.Parameters<unknown> => ({ seed: PROPERTY_SEED, numRuns });
const compare = (a: Patient, b: Patient): Comparison => compareEstimates(prepared, a, b, { curve: false });
const inEach = (comparison: Comparison): EndpointComparison[] =>
  ENDPOINTS.map((endpoint) => comparison.differences[endpoint]!);

/** Two versions of a random patient: everything but the tumour may differ. */
const versions = fc
  .constantFrom("NEC" as const, "NET_G3" as const)
  .chain((tumour) => fc.tuple(estimablePatient({ tumour }), estimablePatient({ tumour })));

describe("laws of a comparison", () => {
  it("a version against itself differs by nothing, without any uncertainty", () => {
    fc.assert(
      fc.property(estimablePatient(), (patient) => {
        const comparison = compare(patient, { ...patient });
        expect(comparison.changed).toEqual([]);
        expect(comparison.cautions).toEqual([]);
        for (const { median, landmarks, hazardRatio } of inEach(comparison)) {
          // Past the horizon even a version's own median is not known, and neither is its difference.
          const expected = median.months === null ? null : 0;
          expect(median.months).toBe(expected);
          if (median.lower !== null) expect(median.lower).toBe(0);
          if (median.upper !== null) expect(median.upper).toBe(0);
          for (const { difference, lower, upper } of landmarks) {
            expect([difference, lower, upper]).toEqual([0, 0, 0]);
          }
          expect(hazardRatio).toEqual({
            hazardRatio: 1,
            lower: 1,
            upper: 1,
            origin: "same",
            source: "Table 3",
          });
        }
      }),
      check(40),
    );
  });

  it("exchanging the versions exchanges the sign and the limits", () => {
    const minus = (value: number | null): number | null => (value === null ? null : 0 - value);
    fc.assert(
      fc.property(versions, ([a, b]) => {
        const [there, back] = [compare(a, b), compare(b, a)];
        expect(back.changed).toEqual(there.changed);
        for (const [i, forth] of inEach(there).entries()) {
          const reverse = inEach(back)[i]!;
          expect(reverse.median).toEqual({
            months: minus(forth.median.months),
            beyond: minus(forth.median.beyond),
            lower: minus(forth.median.upper),
            upper: minus(forth.median.lower),
          });
          expect(reverse.landmarks).toEqual(
            forth.landmarks.map(({ months, difference, lower, upper }) => ({
              months,
              difference: minus(difference),
              lower: minus(upper),
              upper: minus(lower),
            })),
          );
          expect(reverse.hazardRatio === null).toBe(forth.hazardRatio === null);
          if (forth.hazardRatio && reverse.hazardRatio) {
            expect(reverse.hazardRatio.hazardRatio * forth.hazardRatio.hazardRatio).toBeCloseTo(1, 12);
            expect(reverse.hazardRatio.lower * forth.hazardRatio.upper).toBeCloseTo(1, 12);
          }
        }
      }),
      check(40),
    );
  });

  it("survival differs by −1 to 1, limits in order; the median difference is that of the two medians", () => {
    fc.assert(
      fc.property(versions, ([a, b]) => {
        const comparison = compare(a, b);
        for (const endpoint of ENDPOINTS) {
          const { median, landmarks, horizonMonths } = comparison.differences[endpoint]!;
          const [ofA, ofB] = [comparison.a.estimates[endpoint]!, comparison.b.estimates[endpoint]!];
          for (const [i, { months, difference, lower, upper }] of landmarks.entries()) {
            expect(months).toBe(ofA.landmarks[i]!.months);
            expect(difference).toBe(ofB.landmarks[i]!.survival - ofA.landmarks[i]!.survival);
            expect(-1 <= lower && lower <= upper && upper <= 1).toBe(true);
          }
          const [medianA, medianB] = [ofA.median.months, ofB.median.months];
          if (medianA !== null && medianB !== null) {
            expect(median).toMatchObject({ months: medianB - medianA, beyond: null });
          } else if (medianA === null && medianB === null) {
            expect(median).toMatchObject({ months: null, beyond: null });
          } else {
            const expected = medianA === null ? medianB! - horizonMonths : horizonMonths - medianA;
            expect(median).toMatchObject({ months: null, beyond: expected });
          }
          if (median.lower !== null && median.upper !== null) {
            expect(median.lower).toBeLessThanOrEqual(median.upper);
          }
        }
      }),
      check(60),
    );
  });

  it("a better PS never shortens the median nor lowers survival, and its hazard ratio is below 1", () => {
    fc.assert(
      fc.property(estimablePatient(), fc.constantFrom(1, 2, 3), (patient, steps) => {
        const worst = patient.tumour === "NEC" ? 3 : 2;
        const ecogPs = Math.min(steps, worst) as Patient["ecogPs"];
        const better = (ecogPs - 1) as Patient["ecogPs"];
        for (const { median, landmarks, hazardRatio } of inEach(
          compare({ ...patient, ecogPs }, { ...patient, ecogPs: better }),
        )) {
          expect(median.months ?? median.beyond ?? 1).toBeGreaterThan(0);
          for (const { difference } of landmarks) expect(difference).toBeGreaterThanOrEqual(0);
          expect(hazardRatio!.hazardRatio).toBeLessThan(1);
        }
      }),
      check(60),
    );
  });

  it("is the same for the same two versions, and each one's answer is its estimate", () => {
    const [a, b] = [necPatient({ alp: "unknown" }), necPatient({ alp: "unknown", ecogPs: 0 })];
    const comparison = compareEstimates(prepared, a, b);
    expect(comparison).toEqual(compareEstimates(prepared, a, b));
    expect(comparison.a).toEqual(estimate(prepared, a));
    expect(comparison.b).toEqual(estimate(prepared, b));
  });
});

describe("the intervals are those of the shipped draws, paired", () => {
  /** Type 7 quantile by sorting. */
  const quantile = (values: readonly number[], p: number): number => {
    const sorted = values.toSorted((x, y) => x - y);
    const h = (sorted.length - 1) * p;
    const low = sorted[Math.floor(h)]!;
    const high = sorted[Math.ceil(h)]!;
    return low === high ? low : low + (h - Math.floor(h)) * (high - low);
  };

  /** S(t) of a patient in each draw, from baseline.json alone. */
  const survivalInDraws = (patient: Patient, endpoint: Endpoint, months: number): number[] => {
    const { model, shares } = modelOf(prepared, patient.tumour, endpoint);
    const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
    const { weights, designs } = mixtureOf(model, values, shares);
    const derived = readBaseline().models.find(({ id }) => id === model.id)!;
    const p = derived.coefficients.length;
    const points = derived.baseline.length;
    return derived.draws.map((draw) => {
      let [fromTime, fromHazard, toTime, toHazard] = [0, 0, draw[p]!, draw[p + points]!];
      for (let i = 1; i < points && months > toTime; i++) {
        [fromTime, fromHazard] = [toTime, toHazard];
        [toTime, toHazard] = [draw[p + i]!, draw[p + points + i]!];
      }
      const h0 = fromHazard + ((toHazard - fromHazard) * (months - fromTime)) / (toTime - fromTime);
      return weights.reduce((sum, weight, k) => {
        const lp = designs[k]!.reduce((own, x, j) => own + x * draw[j]!, 0);
        return sum + weight * Math.exp(-h0 * Math.exp(lp));
      }, 0);
    });
  };

  it.each<[string, Patient, Patient]>([
    ["NEC, PS 1 and 0", necPatient(), necPatient({ ecogPs: 0 })],
    ["NEC, ALP not known and elevated", necPatient({ alp: "unknown" }), necPatient({ alp: "elevated" })],
    [
      "NET G3, two lines",
      netPatient({ firstLine: "platinum-etoposide" }),
      netPatient({ firstLine: "other" }),
    ],
  ])("survival of %s", (_, a, b) => {
    for (const endpoint of ENDPOINTS) {
      for (const { months, lower, upper } of compare(a, b).differences[endpoint]!.landmarks) {
        const ofA = survivalInDraws(a, endpoint, months);
        const differences = survivalInDraws(b, endpoint, months).map((s, d) => s - ofA[d]!);
        expect(lower).toBeCloseTo(quantile(differences, 0.025), 10);
        expect(upper).toBeCloseTo(quantile(differences, 0.975), 10);
      }
    }
  });

  it("is far narrower than two intervals taken apart: one year of age is nearly certain, each version is not", () => {
    const { a, differences } = compare(netPatient({ ageYears: 64 }), netPatient({ ageYears: 65 }));
    const own = a.estimates.os!.landmarks[1]!;
    const paired = differences.os!.landmarks[1]!;
    expect(paired.upper - paired.lower).toBeLessThan((own.upper! - own.lower!) / 5);
  });
});

describe("medians past the horizon", () => {
  const young = netPatient({ ageYears: 40, ecogPs: 0 });

  it("one of them: the difference is one-sided, and its interval open on that side", () => {
    const { a, b, differences } = compare(
      netPatient({ ageYears: 70, firstLine: "platinum-etoposide" }),
      young,
    );
    expect(b.estimates.os!.median.months).toBeNull();
    const { median } = differences.os!;
    expect(median.months).toBeNull();
    expect(median.beyond).toBe(60 - a.estimates.os!.median.months!);
    expect(median.lower).toBeGreaterThan(0);
    expect(median.lower).toBeLessThan(median.beyond!);
    expect(median.upper).toBeNull();
  });

  it("both: nothing is claimed of their difference, while survival and hazard still differ", () => {
    const { os } = compare(netPatient({ ageYears: 40 }), young).differences;
    expect(os!.median).toEqual({ months: null, beyond: null, lower: null, upper: null });
    expect(os!.landmarks.every(({ difference }) => difference > 0)).toBe(true);
    expect(os!.hazardRatio!.hazardRatio).toBeLessThan(1);
  });

  it("in some draws only: the difference is known, one limit is not", () => {
    const { pfs } = compare(netPatient({ ecogPs: 1 }), netPatient({ ecogPs: 0 })).differences;
    expect(pfs!.median.months).not.toBeNull();
    expect(pfs!.median.lower).not.toBeNull();
    expect(pfs!.median.upper).toBeNull();
  });
});

describe("the hazard ratio between versions", () => {
  const BASE: Record<string, Patient> = {
    NEC: necPatient({ ecogPs: 0, ki67Percent: 30 }),
    NET_G3: netPatient({ ecogPs: 0 }),
  };
  /** The patient's value for a level of Table 3 that is not the reference. */
  const CHANGE: Record<string, (level: string) => Partial<Patient>> = {
    sex: () => ({ sex: "female" }),
    primarySite: () => ({ primarySite: "stomach" }),
    ecogPs: (level) => ({ ecogPs: Number(level) as Patient["ecogPs"] }),
    ki67Percent: () => ({ ki67Percent: 90 }),
    alp: () => ({ alp: "elevated" }),
    firstLine: () => ({ firstLine: "platinum-etoposide" }),
  };
  const levels = readStudy().models.flatMap(({ id, tumour, endpoint, terms }) =>
    terms.flatMap((term) =>
      term.kind === "levels"
        ? term.levels.map((level) => ({ id, tumour, endpoint, covariate: term.covariate, level }))
        : [],
    ),
  );

  it.each(levels.map((each) => [`${each.id} ${each.covariate} ${each.level.level}`, each] as const))(
    "is the printed one, with its place, where one level stands against its reference, and one over it the other way: %s",
    (_, { tumour, endpoint, covariate, level: { level: name, hazardRatio, lower, upper, source } }) => {
      const reference = BASE[tumour]!;
      const changed = { ...reference, ...CHANGE[covariate]!(name) };
      expect(compare(reference, changed).differences[endpoint]!.hazardRatio).toEqual({
        hazardRatio,
        lower,
        upper,
        origin: "published",
        source: source.place,
      });
      expect(compare(changed, reference).differences[endpoint]!.hazardRatio).toEqual({
        hazardRatio: 1 / hazardRatio,
        lower: 1 / upper,
        upper: 1 / lower,
        origin: "reciprocal",
        source: source.place,
      });
    },
  );

  it("stays the printed one where what else differs is not in the model", () => {
    const { differences } = compare(
      netPatient({ ecogPs: 0 }),
      netPatient({ ecogPs: 1, sex: "female", primarySite: "colon" }),
    );
    expect(differences.os!.differing).toEqual([{ covariate: "ecogPs", a: "0", b: "1" }]);
    expect(differences.os!.hazardRatio!.origin).toBe("published");
  });

  it("is a multiple of the printed coefficient between two ages: its interval is that of a year to the power of years", () => {
    const os = (years: number): EndpointComparison["hazardRatio"] =>
      compare(netPatient({ ageYears: 60 }), netPatient({ ageYears: 60 + years })).differences.os!.hazardRatio;
    const [one, ten] = [os(1)!, os(10)!];
    expect(one.origin).toBe("calculated");
    for (const each of ["hazardRatio", "lower", "upper"] as const)
      expect(ten[each]).toBeCloseTo(one[each] ** 10, 10);
    const printed = readStudy()
      .models.find(({ id }) => id === "net-g3-os")!
      .terms.find((term) => term.kind === "linear")!;
    for (const each of ["hazardRatio", "lower", "upper"] as const) {
      expect(one[each].toFixed(2)).toBe(printed[each].toFixed(2));
    }
  });

  it("between two levels of which neither is the reference shares the variance 1/n of the reference", () => {
    const study = readStudy();
    const term = study.models
      .find(({ id }) => id === "net-g3-os")!
      .terms.find(({ covariate }) => covariate === "ecogPs");
    if (term?.kind !== "levels") throw new Error("PS has levels");
    const [first, second] = [term.levels[0]!, term.levels[1]!];
    const variance = ({ lower, upper }: HazardRatio): number => (Math.log(upper / lower) / 3.92) ** 2;
    const n = study.caseMix.NET_G3.levels.ecogPs!.counts["0"]!;
    const standardError = Math.sqrt(variance(first) + variance(second) - 2 / n);
    const { differences, cautions } = compare(netPatient({ ecogPs: 1 }), netPatient({ ecogPs: 2 }));
    const hazardRatio = differences.os!.hazardRatio!;
    const expected = second.hazardRatio / first.hazardRatio;
    expect(hazardRatio.origin).toBe("approximated");
    expect(hazardRatio.hazardRatio).toBeCloseTo(expected, 10);
    expect(hazardRatio.lower).toBeCloseTo(expected * Math.exp(-1.96 * standardError), 10);
    expect(hazardRatio.upper).toBeCloseTo(expected * Math.exp(1.96 * standardError), 10);
    expect(cautions[0]!.facts["n"]).toBe(n);
  });

  it("agrees with the shipped draws within their Monte Carlo error, whatever differs", () => {
    // A percentile's standard error from 1,000 draws of a normal: √(0.025·0.975/1000)/φ(1.96) ≈ 0.085 of its SE.
    const TOLERANCE = 4 * 0.085;
    const baseline = readBaseline();
    const sorted = (values: number[]): number[] => values.toSorted((x, y) => x - y);
    let compared = 0;
    fc.assert(
      fc.property(versions, ([a, b]) => {
        const { differences } = compare(a, b);
        for (const endpoint of ENDPOINTS) {
          const { hazardRatio } = differences[endpoint]!;
          if (!hazardRatio || hazardRatio.origin === "same") continue;
          compared++;
          const { model, shares } = modelOf(prepared, a.tumour, endpoint);
          const row = (patient: Patient): number[] =>
            mixtureOf(model, covariateValues(patient, prepared.study.populations[a.tumour]), shares)
              .designs[0]!;
          const [ofA, ofB] = [row(a), row(b)];
          const logs = sorted(
            baseline.models
              .find(({ id }) => id === model.id)!
              .draws.map((draw) => ofB.reduce((sum, x, j) => sum + (x - ofA[j]!) * draw[j]!, 0)),
          );
          const standardError = Math.log(hazardRatio.upper / hazardRatio.lower) / 3.92;
          // printed limits are rounded: the draws' standard error is that of both limits together
          const rounding =
            hazardRatio.origin === "published" || hazardRatio.origin === "reciprocal" ? 0.02 : 0;
          const near = (limit: number, drawn: number): void =>
            expect(Math.abs(Math.log(limit) - drawn)).toBeLessThan(TOLERANCE * standardError + rounding);
          near(hazardRatio.lower, (logs[24]! + logs[25]!) / 2);
          near(hazardRatio.upper, (logs[974]! + logs[975]!) / 2);
          near(hazardRatio.hazardRatio, logs[500]!);
        }
      }),
      check(80),
    );
    expect(compared).toBeGreaterThan(40);
  });

  it("is the same when something that both versions leave open is averaged", () => {
    const known = compare(necPatient(), necPatient({ ecogPs: 0 }));
    const open = { sex: null, alp: "unknown", ki67Percent: null } as const;
    const averaged = compare(necPatient(open), necPatient({ ...open, ecogPs: 0 }));
    expect(averaged.differences.os!.hazardRatio).toEqual(known.differences.os!.hazardRatio);
    expect(averaged.differences.os!.median).not.toEqual(known.differences.os!.median);
  });

  it("is not given where one version averages what the other one knows", () => {
    const { differences, cautions } = compare(necPatient({ alp: "unknown" }), necPatient());
    expect(differences.os!.hazardRatio).toBeNull();
    // ALP is not in the PFS model: nothing is averaged there
    expect(differences.pfs!.hazardRatio).toMatchObject({
      hazardRatio: 1,
      lower: 1,
      upper: 1,
      origin: "same",
    });
    expect(cautions.map(({ code, endpoint }) => [code, endpoint])).toEqual([
      ["averaged-in-one-version", "os"],
      ["not-in-model", "pfs"],
    ]);
  });
});

describe("what must be said about a comparison", () => {
  const codes = (a: Patient, b: Patient): string[] => compare(a, b).cautions.map(({ code }) => code);

  it.each<[string, Patient, Patient, string[]]>([
    ["PS against the reference", necPatient(), necPatient({ ecogPs: 0 }), ["ps-compared"]],
    [
      "two PS of which neither is the reference",
      necPatient(),
      necPatient({ ecogPs: 2 }),
      ["levels-covariance-approximated", "ps-compared"],
    ],
    [
      "treatment in NET G3",
      netPatient(),
      netPatient({ firstLine: "platinum-etoposide" }),
      ["treatment-compared"],
    ],
    [
      "two treatments that the model does not tell apart",
      netPatient(),
      netPatient({ firstLine: "temozolomide-based" }),
      ["treatment-compared", "same-level"],
    ],
    ["treatment in NEC", necPatient(), necPatient({ firstLine: "other" }), ["treatment-not-in-model"]],
    [
      "two covariates",
      necPatient(),
      necPatient({ alp: "elevated", sex: "female" }),
      ["covariances-taken-as-zero", "not-in-model", "not-in-model"],
    ],
    [
      "two values of one level",
      necPatient(),
      necPatient({ ki67Percent: 60 }),
      ["same-level", "not-in-model"],
    ],
    ["nothing in the model", netPatient(), netPatient({ sex: "female" }), ["not-in-model"]],
  ])("%s", (_, a, b, expected) => {
    expect(codes(a, b)).toEqual(expected);
    expect(codes(b, a)).toEqual(expected);
  });

  it("treatment's caution is serious and stands for both endpoints", () => {
    const { cautions } = compare(netPatient(), netPatient({ firstLine: "platinum-etoposide", ecogPs: 0 }));
    expect(cautions[0]).toMatchObject({ code: "treatment-compared", severity: "serious" });
    expect(cautions[0]).not.toHaveProperty("endpoint");
  });

  it("stays when a version is not estimated, and then there is no difference", () => {
    const { differences, a, b, cautions } = compare(netPatient(), netPatient({ firstLine: "none" }));
    expect(a.status).not.toBe("not-estimated");
    expect(b.status).toBe("not-estimated");
    expect(differences).toEqual({ os: null, pfs: null });
    expect(cautions[0]!.code).toBe("treatment-compared");
  });

  it("two tumours have no model in common", () => {
    expect(() => compare(necPatient(), netPatient())).toThrow(/no model in common/);
  });
});
