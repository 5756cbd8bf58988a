import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEstimator } from "../../src-main/cli/estimator.ts";
import { remember } from "../../src-main/cli/lru.ts";
import { estimate } from "../../src-main/prognosis/estimate.ts";
import { PROPERTY_SEED, anyPatient, loadPrepared } from "../support/prognosis.ts";

const prepared = loadPrepared();

describe("estimates of many patients", () => {
  it.each([true, false])("are the core's own, the first time and from memory (curve: %s)", (curve) => {
    const answerTo = createEstimator(prepared, curve);
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        const expected = estimate(prepared, patient, { curve });
        expect(answerTo(patient)).toEqual(expected);
        expect(answerTo(patient)).toEqual(expected);
      }),
      { seed: PROPERTY_SEED, numRuns: 60 },
    );
  });

  it("are forgotten from the one asked for longest ago", () => {
    const computed: string[] = [];
    const remembered = remember<string>(2);
    for (const key of ["a", "b", "a", "c", "a", "b"]) {
      const value = remembered(key, () => {
        computed.push(key);
        return key.toUpperCase();
      });
      expect(value).toBe(key.toUpperCase());
    }
    expect(computed).toEqual(["a", "b", "c", "b"]);
  });
});
