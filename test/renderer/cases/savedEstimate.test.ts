// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SavedEstimate } from "../../../src-renderer/cases/content.ts";
import { MOST_ESTIMATES } from "../../../src-renderer/cases/content.ts";
import { savedEstimateOf, withKept, withShown } from "../../../src-renderer/cases/oneCase/savedEstimate.ts";
import { CASES_SEED, T0 } from "../../support/cases.ts";
import { localHost } from "../../support/host.ts";

/** Synthetic; `n` is a patient's age, so that two of them say something else. */
const estimate = (n: number, more: Partial<SavedEstimate> = {}): SavedEstimate => ({
  ...{ at: T0 + n, kept: false, appVersion: "0.1.0", modelVersion: "1.0.0", study: "synthetic" },
  ...{ patient: { tumour: "NEC", ageYears: n }, notEstimated: [], os: null, pfs: null },
  ...more,
});
const kept = (n: number, more: Partial<SavedEstimate> = {}): SavedEstimate =>
  estimate(n, { kept: true, ...more });
const many = (count: number, of: (n: number) => SavedEstimate): SavedEstimate[] =>
  Array.from({ length: count }, (_, n) => of(n));

describe("an estimate that was shown", () => {
  it("is added, and takes the place of the one that was shown by the same model", () => {
    expect(withShown([], estimate(1))).toEqual([estimate(1)]);
    expect(withShown([kept(1), estimate(2), kept(3)], estimate(4))).toEqual([kept(1), kept(3), estimate(4)]);
  });

  it("that says what the latest said changes nothing: the list is the same one", () => {
    const list = [kept(1), estimate(2)];
    expect(withShown(list, estimate(2))).toBe(list);
    // When it was made, and by which version of the program around the model, is not what it says.
    expect(withShown(list, estimate(2, { at: T0 + 99, appVersion: "0.2.0" }))).toBe(list);
    expect(withShown(list, estimate(2, { notEstimated: ["minen"] }))).not.toBe(list);
  });

  it("that says what a kept one says is shown beside it", () => {
    expect(withShown([kept(1)], estimate(1))).toEqual([kept(1), estimate(1)]);
  });

  it.each([
    ["a newer model", { modelVersion: "2.0.0" }],
    ["another study", { study: "another" }],
  ])("by %s stands beside the one before", (_what, more) => {
    const newer = estimate(1, more);
    expect(withShown([estimate(1)], newer)).toEqual([estimate(1), newer]);
    // And the next one by that takes only its place.
    expect(withShown([estimate(1), newer], estimate(2, more))).toEqual([estimate(1), estimate(2, more)]);
  });

  it("at the limit, has the oldest that was only shown make room", () => {
    const old = [estimate(1, { modelVersion: "0.1.0" }), estimate(2, { modelVersion: "0.2.0" })];
    const full = [kept(0), ...old, ...many(MOST_ESTIMATES - 3, kept)];
    const after = withShown(full, estimate(9));
    expect(after).toEqual([kept(0), old[1], ...full.slice(3), estimate(9)]);
    expect(after).toHaveLength(MOST_ESTIMATES);
  });

  it("at the limit, takes the place of its own model's first, and nothing else goes", () => {
    const old = estimate(1, { modelVersion: "0.1.0" });
    const full = [old, ...many(MOST_ESTIMATES - 2, kept), estimate(2)];
    expect(withShown(full, estimate(3))).toEqual([...full.slice(0, -1), estimate(3)]);
  });

  it("where all room is taken by kept ones, is not added: the list is the same one", () => {
    const full = many(MOST_ESTIMATES, kept);
    expect(withShown(full, estimate(9))).toBe(full);
  });
});

describe("an estimate that is kept on purpose", () => {
  it("is added as kept, whatever stands there already", () => {
    expect(withKept([kept(1), estimate(2)], estimate(2))).toEqual([kept(1), estimate(2), kept(2)]);
    expect(withKept([kept(1)], kept(1))).toEqual([kept(1), kept(1)]);
  });

  it("fills the last place, and is refused where there is none", () => {
    const almost = many(MOST_ESTIMATES - 1, estimate);
    expect(withKept(almost, kept(1))).toEqual([...almost, kept(1)]);
    expect(withKept(many(MOST_ESTIMATES, estimate), kept(1))).toBeNull();
  });
});

describe("in any order", () => {
  it("nothing that was kept is ever lost, one is shown of each model, and there are never too many", () => {
    const anyStep = fc.record({ keep: fc.boolean(), age: fc.nat(3), model: fc.constantFrom("1", "2", "3") });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), fc.nat(12), (steps, room) => {
        let list: SavedEstimate[] = many(MOST_ESTIMATES - room, kept);
        let keptOnPurpose = [...list];
        for (const { keep, age, model } of steps) {
          const one = estimate(age, { modelVersion: model });
          const next = keep ? withKept(list, one) : withShown(list, one);
          if (keep && next) keptOnPurpose = [...keptOnPurpose, { ...one, kept: true }];
          list = next ?? list;
          expect(list.filter((each) => each.kept)).toEqual(keptOnPurpose);
          const shown = list.filter((each) => !each.kept).map((each) => each.modelVersion);
          expect(new Set(shown).size).toBe(shown.length);
          expect(list.length).toBeLessThanOrEqual(MOST_ESTIMATES);
        }
      }),
      { seed: CASES_SEED },
    );
  });
});

describe("what is saved of an answer", () => {
  const about = { appVersion: "0.1.0" } as Parameters<typeof savedEstimateOf>[1];
  const answerTo = async (patient: Record<string, unknown>) => {
    const answer = await localHost().request("estimate", { patient });
    if (!answer.ok) throw new Error(answer.message);
    return answer.value;
  };

  it("is its patient, its numbers and the versions that made them", async () => {
    const answer = await answerTo({ tumour: "NEC", ageYears: 67, ecogPs: 1 });
    const saved = savedEstimateOf(answer, about, T0, true);
    expect(saved).toMatchObject({
      ...{ at: T0, kept: true, appVersion: "0.1.0", notEstimated: [] },
      ...{ modelVersion: answer.modelVersion, study: answer.study, patient: answer.patient },
      os: {
        median: answer.estimates.os!.median.months,
        lower: answer.estimates.os!.median.lower,
        upper: answer.estimates.os!.median.upper,
        survival: answer.estimates.os!.landmarks.map(({ months, survival }) => ({ months, survival })),
      },
      pfs: { median: answer.estimates.pfs!.median.months },
    });
  });

  it("where there is no estimate, is why", async () => {
    const answer = await answerTo({ tumour: "NEC", ageYears: 67, ecogPs: 4 });
    const saved = savedEstimateOf(answer, about, T0, false);
    expect(saved).toMatchObject({ kept: false, os: null, pfs: null });
    expect(saved.notEstimated.length).toBeGreaterThan(0);
    expect(saved.notEstimated).toEqual(answer.cautions.map(({ code }) => code));
  });
});
