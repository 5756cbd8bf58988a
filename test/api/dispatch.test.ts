import { describe, expect, it } from "vitest";
import type { EndpointName } from "../../src-main/api/contract.ts";
import { requestSchemas } from "../../src-main/api/contract.ts";
import type { Handlers } from "../../src-main/api/endpoints.ts";
import { dispatch } from "../../src-main/api/endpoints.ts";
import { APP_VERSION, handlers } from "../support/host.ts";
import { loadPrepared } from "../support/prognosis.ts";

const PATIENT = { tumour: "NEC", ageYears: 67, ecogPs: 1 };

describe("every endpoint is in the one table", () => {
  it("has a schema and a handler for each name, and no other", () => {
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(requestSchemas).sort());
  });
});

describe("what comes from outside is checked once, and answered with a value", () => {
  it.each([
    ["toString"],
    ["__proto__"],
    ["constructor"],
    ["Estimate"],
    [""],
    [7],
    [null],
    [undefined],
    [["estimate"]],
    [{ toString: () => "estimate" }],
  ])("no endpoint %j", (name) => {
    expect(dispatch(handlers, name, {})).toMatchObject({ ok: false, code: "unknown-endpoint" });
  });

  it.each<[EndpointName, unknown, string | undefined]>([
    ["about", { extra: 1 }, "extra"],
    ["about", null, undefined],
    ["study", [], undefined],
    ["estimate", { patient: PATIENT, intervals: "yes" }, "intervals"],
    ["estimate", { patient: PATIENT, months: 6 }, "months"],
    ["referenceCurves", { tumour: "NEC", endpoint: "OS" }, "endpoint"],
    ["referenceCurves", { endpoint: "os" }, "tumour"],
    ["compare", { a: PATIENT, b: PATIENT, endpoint: "os" }, "endpoint"],
  ])("%s refuses %j and names the field", (name, request, field) => {
    const result = dispatch(handlers, name, request);
    expect(result).toMatchObject({ ok: false, code: "invalid-request" });
    expect((result as { field?: string }).field).toBe(field);
  });

  it("a bad patient comes back with field, value, allowed and all its problems", () => {
    const result = dispatch(handlers, "estimate", { patient: { ...PATIENT, ageYears: 67.5, stage: 4 } });
    expect(result).toMatchObject({
      ok: false,
      code: "invalid-patient",
      field: "ageYears",
      value: 67.5,
      allowed: { kind: "number", min: 18, max: 110, whole: true },
    });
    expect((result as { problems: { field: string }[] }).problems.map(({ field }) => field)).toEqual([
      "ageYears",
      "stage",
    ]);
  });

  it("an unforeseen failure is a value too", () => {
    const broken: Handlers = {
      ...handlers,
      about: () => {
        throw new Error("out of order");
      },
    };
    expect(dispatch(broken, "about", {})).toEqual({ ok: false, code: "internal", message: "out of order" });
  });
});

describe("answers", () => {
  it("says what it is", () => {
    const { study } = loadPrepared();
    expect(dispatch(handlers, "about", {})).toMatchObject({
      ok: true,
      value: { appVersion: APP_VERSION, modelVersion: study.modelVersion, study: "nordic-nec-2" },
    });
  });

  it("leaves out what was not asked for", () => {
    const result = handlers.estimate({ patient: PATIENT, intervals: false, curve: false });
    if (!result.ok) throw new Error(result.message);
    const { os } = result.value.estimates;
    expect(os!.curve).toEqual([]);
    expect(os!.median.lower).toBeNull();
    expect(os!.landmarks.every(({ lower, upper }) => lower === null && upper === null)).toBe(true);
  });

  it("groups: the model's median beside the published one, without curves", () => {
    const result = handlers.groups({ patient: PATIENT });
    if (!result.ok) throw new Error(result.message);
    const ps1 = result.value.os.find(({ id }) => id === "nec/os/ps-1")!;
    expect(ps1.belongs).toBe(true);
    expect(ps1).not.toHaveProperty("curve");
    expect(Math.abs(ps1.modelMedian! - 7.95)).toBeLessThan(0.005);
    expect(result.value.os.find(({ id }) => id === "nec/os/alp-elevated")!.belongs).toBeNull();
  });
});

describe("compare: two versions of one patient", () => {
  const NET = { tumour: "NET_G3", ageYears: 61, ecogPs: 1 };

  it("answers each version as estimate does, and their differences", () => {
    const result = handlers.compare({ a: PATIENT, b: { ...PATIENT, ecogPs: 0 } });
    if (!result.ok) throw new Error(result.message);
    expect(result.value.changed).toEqual(["ecogPs"]);
    const alone = handlers.estimate({ patient: PATIENT });
    expect(alone.ok && alone.value).toEqual(result.value.a);
    expect(result.value.differences.os!.median.months).toBeGreaterThan(0);
  });

  it("leaves out the curves on request", () => {
    const result = handlers.compare({ a: PATIENT, b: PATIENT, curve: false });
    expect(result.ok && result.value.a.estimates.os!.curve).toEqual([]);
  });

  it("names the version of every problem, the first version's first", () => {
    const result = dispatch(handlers, "compare", {
      a: { ...PATIENT, ageYears: 7 },
      b: { ...PATIENT, alp: { value: 1, upperLimit: 0, unit: "U/L" } },
    });
    expect(result).toMatchObject({ ok: false, code: "invalid-patient", field: "a.ageYears", value: 7 });
    expect((result as { problems: { field: string }[] }).problems.map(({ field }) => field)).toEqual([
      "a.ageYears",
      "b.alp.upperLimit",
    ]);
  });

  it("refuses two tumours as two versions", () => {
    expect(dispatch(handlers, "compare", { a: PATIENT, b: NET })).toMatchObject({
      ok: false,
      code: "invalid-patient",
      field: "b.tumour",
      value: "NET_G3",
      allowed: { kind: "levels", levels: ["NEC"] },
    });
  });
});
