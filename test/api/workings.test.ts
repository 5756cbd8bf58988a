import { describe, expect, it } from "vitest";
import type { AnswerOf, EndpointName, Request } from "../../src-main/api/contract.ts";
import { dispatch } from "../../src-main/api/endpoints.ts";
import type { Endpoint, Tumour } from "../../src-main/prognosis/model.ts";
import { ENDPOINTS, TUMOURS } from "../../src-main/prognosis/model.ts";
import { handlers } from "../support/host.ts";
import { loadPrepared, necPatient, netPatient, readReference } from "../support/prognosis.ts";

function ask<K extends EndpointName>(endpoint: K, request: Request<K>): AnswerOf<K> {
  const result = dispatch(handlers, endpoint, request);
  if (!result.ok) throw new Error(result.message);
  return result.value as AnswerOf<K>;
}

const MODELS = TUMOURS.flatMap((tumour) => ENDPOINTS.map((endpoint) => [tumour, endpoint] as const));
const modelOf = (tumour: Tumour, endpoint: Endpoint) =>
  loadPrepared().study.models.find((model) => model.tumour === tumour && model.endpoint === endpoint)!;

describe("baseline: what a model rests on", () => {
  it.each(MODELS)(
    "%s %s: H0 by segments from (0, 0) to the horizon, as the reference has it",
    (tumour, endpoint) => {
      const { model, segments, horizonMonths } = ask("baseline", { tumour, endpoint });
      const expected = readReference().baseline[model];
      expect(segments).toHaveLength(expected.length);
      expect(segments[0]!.from).toEqual({ months: 0, cumulativeHazard: 0 });
      segments.forEach(({ from, to, hazard }, i) => {
        if (i > 0) expect(from).toEqual(segments[i - 1]!.to);
        const { months, cumulativeHazard } = expected[i]!;
        // at the published time the straight line passes through the solved point
        expect(from.cumulativeHazard + hazard * (months - from.months)).toBeCloseTo(cumulativeHazard, 9);
        expect(from.cumulativeHazard + hazard * (to.months - from.months)).toBeCloseTo(
          to.cumulativeHazard,
          9,
        );
      });
      expect(segments.at(-1)!.to.months).toBe(horizonMonths);
    },
  );

  it.each(MODELS)(
    "%s %s: β = ln HR, shares that sum to 1, mean LP, cuts and the implied C-index",
    (tumour, endpoint) => {
      const answer = ask("baseline", { tumour, endpoint });
      const reference = readReference();
      const { terms } = modelOf(tumour, endpoint);
      const ratios = terms.flatMap((term) =>
        term.kind === "linear" ? [term.hazardRatio] : term.levels.map(({ hazardRatio }) => hazardRatio),
      );
      expect(answer.coefficients.map(({ beta }) => Math.exp(beta).toFixed(10))).toEqual(
        ratios.map((ratio) => ratio.toFixed(10)),
      );
      for (const { covariate, kind } of terms) {
        const shares = answer.caseMix.shares.filter((share) => share.covariate === covariate);
        const sum = shares.reduce((total, { share }) => total + share, 0);
        expect(sum).toBeCloseTo(kind === "linear" ? 0 : 1, 12);
      }
      expect(answer.caseMix.meanPredictor).toBeCloseTo(reference.meanLinearPredictor[answer.model], 9);
      expect(answer.caseMix.ageSpread === null).toBe(!terms.some(({ kind }) => kind === "linear"));
      expect(answer.riskCuts[0]).toBeCloseTo(reference.cuts[answer.model][0], 9);
      expect(answer.riskCuts[1]).toBeCloseTo(reference.cuts[answer.model][1], 9);
      expect(answer.impliedConcordance).toBeCloseTo(reference.cIndexImpliedTiesHalf[answer.model], 9);
      expect(answer.impliedConcordanceUntied).toBeCloseTo(reference.cIndexImplied[answer.model], 9);
    },
  );

  it.each(MODELS)(
    "%s %s: the shares of the risk groups are those of the riskGroups endpoint",
    (tumour, endpoint) => {
      const { riskShares } = ask("baseline", { tumour, endpoint });
      const { lower, intermediate, higher } = ask("riskGroups", { tumour, endpoint });
      expect(riskShares).toEqual([lower, intermediate, higher]);
    },
  );

  it("the share with modelled PFS above modelled OS, from estimates of every kind of patient", () => {
    // NET G3: the OS model has every covariate of the PFS model; weights are products of the printed margins
    const shareOf = (covariate: string, level: string): number =>
      ask("baseline", { tumour: "NET_G3", endpoint: "os" }).caseMix.shares.find(
        (share) => share.covariate === covariate && share.level === level,
      )!.share;
    const { ageSpread } = loadPrepared().models["net-g3-os"];
    const { ageYears } = loadPrepared().study.caseMix.NET_G3;
    let [sum, total] = [0, 0];
    for (let age = ageYears.min; age <= ageYears.max; age++) {
      for (const ecogPs of [0, 1, 2] as const) {
        for (const alp of ["normal", "elevated"] as const) {
          for (const firstLine of ["platinum-etoposide", "other"] as const) {
            const { estimates } = ask("estimate", {
              patient: netPatient({ ageYears: age, ecogPs, alp, firstLine }),
              intervals: false,
            });
            const weight =
              Math.exp(-((age - ageYears.centre) ** 2) / (2 * ageSpread ** 2)) *
              shareOf("ecogPs", String(ecogPs)) *
              shareOf("alp", alp) *
              shareOf("firstLine", firstLine);
            const osAt = new Map(estimates.os!.curve.map(({ months, survival }) => [months, survival]));
            const above = estimates.pfs!.curve.some(
              ({ months, survival }) => Number.isInteger(months) && survival > (osAt.get(months) ?? 1),
            );
            total += weight;
            if (above) sum += weight;
          }
        }
      }
    }
    expect(sum / total).toBeGreaterThan(0.05);
    expect(ask("baseline", { tumour: "NET_G3", endpoint: "os" }).pfsAboveOs).toBeCloseTo(sum / total, 9);
    expect(ask("baseline", { tumour: "NET_G3", endpoint: "pfs" }).pfsAboveOs).toBeCloseTo(sum / total, 9);
    expect(ask("baseline", { tumour: "NEC", endpoint: "os" }).pfsAboveOs).toBe(0);
  });
});

describe("calculation: the estimate step by step is the estimate", () => {
  const patients = [
    necPatient({ ageYears: 71, sex: "female", alp: "elevated", primarySite: "stomach" }),
    necPatient({ sex: null, alp: "unknown", primarySite: null, ki67Percent: null, ecogPs: 2 }),
    netPatient({ ageYears: 50, firstLine: "platinum-etoposide" }),
    netPatient({ alp: "unknown", firstLine: null, ecogPs: 2 }),
    // a median past the horizon
    netPatient({ ageYears: 30, ecogPs: 0, alp: "normal", firstLine: "other" }),
  ];

  it.each(patients)("%j", (patient) => {
    const answer = ask("calculation", { patient });
    const { estimates } = ask("estimate", { patient });
    for (const endpoint of ENDPOINTS) {
      const [worked, estimate] = [answer[endpoint]!, estimates[endpoint]!];
      expect(worked.linearPredictor).toBe(estimate.linearPredictor);
      expect(worked.relativeHazard).toBe(estimate.relativeHazard);
      expect(worked.averaged).toEqual(estimate.averaged);
      expect(worked.landmarks.map(({ months, survival }) => [months, survival])).toEqual(
        estimate.landmarks.map(({ months, survival }) => [months, survival]),
      );
      expect(worked.median.months).toBe(estimate.median.months);
      expect(worked.median.survival).toBeCloseTo(0.5, 12);

      const weight = worked.components.reduce((sum, component) => sum + component.weight, 0);
      expect(weight).toBeCloseTo(1, 12);
      for (const { survival, parts, months, segment, cumulativeHazard } of [
        ...worked.landmarks,
        worked.median,
      ]) {
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(survival, 12);
        if (months === null) expect(cumulativeHazard).toBeGreaterThan(segment.to.cumulativeHazard);
        else {
          expect(months).toBeGreaterThanOrEqual(segment.from.months);
          expect(months).toBeLessThanOrEqual(segment.to.months);
          const line = segment.from.cumulativeHazard + segment.hazard * (months - segment.from.months);
          expect(line).toBeCloseTo(cumulativeHazard, 9);
        }
      }
      if (worked.averaged.length === 0) {
        expect(worked.components).toHaveLength(1);
        const sum = worked.terms.reduce((total, { product }) => total + product!, 0);
        expect(sum).toBeCloseTo(worked.linearPredictor, 12);
      }
    }
  });

  it("names each cell of the unknown covariates once, and gives no x for them", () => {
    const { os } = ask("calculation", { patient: patients[1]! });
    expect(os!.components).toHaveLength(16);
    const names = os!.components.map(({ levels }) => levels.map(({ level }) => level).join());
    expect(new Set(names).size).toBe(16);
    expect(names).toContain("female,colorectal,below-55,normal");
    const averaged = os!.terms.filter(({ x }) => x === null).map(({ covariate }) => covariate);
    expect(averaged).toEqual(["sex", "primarySite", "ki67Percent", "alp"]);
  });

  it("is null where the models give no number", () => {
    expect(ask("calculation", { patient: necPatient({ ecogPs: 4 }) })).toEqual({ os: null, pfs: null });
  });

  it("refuses what is no patient", () => {
    expect(dispatch(handlers, "calculation", { patient: { tumour: "NEC" } })).toMatchObject({
      ok: false,
      code: "invalid-patient",
    });
    expect(dispatch(handlers, "baseline", { tumour: "NEC" })).toMatchObject({ code: "invalid-request" });
  });
});
