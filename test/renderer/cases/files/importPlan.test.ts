// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LABEL_LENGTH } from "../../../../src-renderer/cases/content.ts";
import type { ImportedCase } from "../../../../src-renderer/cases/files/importedCase.ts";
import type {
  Choice,
  ImportChange,
  ImportPlan,
  Resolution,
} from "../../../../src-renderer/cases/files/importPlan.ts";
import { changesOf, numbered, planImport } from "../../../../src-renderer/cases/files/importPlan.ts";
import { anyCases, idOf, MADE, SEED, syntheticCase } from "./cases.ts";

type Cases = ReadonlyMap<string, ImportedCase>;
const NOW = MADE + 1_000_000;
const byId = (cases: readonly ImportedCase[]): Cases => new Map(cases.map((each) => [each.id, each]));
const check = { seed: SEED, numRuns: 200 };

const ids = () => {
  let next = 1000;
  return () => idOf(next++);
};
const how = (resolution: Partial<Resolution> = {}): Resolution => ({
  mode: "merge",
  choices: new Map(),
  otherwise: "later",
  now: NOW,
  newId: ids(),
  ...resolution,
});

/** The cases after a change, as the store would have them. */
function after(mine: Cases, changes: readonly ImportChange[]): Cases {
  const cases = new Map(mine);
  for (const { id, content, deletedAt } of changes) {
    cases.set(id, { id, revision: 0, changedAt: NOW, deletedAt, content });
  }
  return cases;
}
const imported = (mine: Cases, theirs: readonly ImportedCase[], resolution: Resolution): Cases =>
  after(mine, changesOf(planImport(mine, theirs), resolution));

/** Content and bin: what an import may change; when it did is the store's to say. */
const standing = (cases: Iterable<ImportedCase>): unknown[] =>
  [...cases]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, content, deletedAt }) => ({ id, content, binned: deletedAt !== 0 }));

const anyResolution: fc.Arbitrary<Pick<Resolution, "mode" | "otherwise">> = fc.record({
  mode: fc.constantFrom("merge", "replace"),
  otherwise: fc.constantFrom("mine", "theirs", "both", "later"),
});
const anyChoices = fc
  .dictionary(fc.nat(7).map(idOf), fc.constantFrom<Choice>("mine", "theirs", "both"))
  .map((choices) => new Map(Object.entries(choices)));

describe("what holds of every import", () => {
  it("the same file a second time changes nothing", () => {
    fc.assert(
      fc.property(anyCases(), anyCases(), anyResolution, anyChoices, (mine, theirs, resolution, choices) => {
        const newId = ids();
        const once = imported(byId(mine), theirs, how({ ...resolution, choices, newId }));
        const again = changesOf(planImport(once, theirs), how({ ...resolution, choices, newId }));
        // Of a choice for theirs or for mine, the collision remains only where mine was kept.
        expect(again).toEqual([]);
      }),
      check,
    );
  });

  it("sets with nothing in common are both there afterwards", () => {
    fc.assert(
      fc.property(anyCases(6, 0), anyCases(6, 100), (mine, theirs) => {
        expect(standing(imported(byId(mine), theirs, how()).values())).toEqual(
          standing([...mine, ...theirs]),
        );
      }),
      check,
    );
  });

  it("replacing gives exactly theirs outside the bin, and in it what they have there and what was mine", () => {
    fc.assert(
      fc.property(anyCases(), anyCases(), anyChoices, (mine, theirs, choices) => {
        const cases = imported(byId(mine), theirs, how({ mode: "replace", choices }));
        const outside = (of: Iterable<ImportedCase>): unknown[] =>
          standing([...of].filter(({ deletedAt }) => deletedAt === 0));
        expect(outside(cases.values())).toEqual(outside(theirs));
        for (const each of theirs) expect(standing([cases.get(each.id)!])).toEqual(standing([each]));
        for (const each of mine.filter(({ id }) => !theirs.some((their) => their.id === id))) {
          expect(cases.get(each.id)!.content).toEqual(each.content);
          expect(cases.get(each.id)!.deletedAt).toBe(each.deletedAt === 0 ? NOW : each.deletedAt);
        }
      }),
      check,
    );
  });

  it("the order of the file does not matter", () => {
    fc.assert(
      fc.property(anyCases(), anyCases(), anyResolution, anyChoices, (mine, theirs, resolution, choices) => {
        const changes = (order: readonly ImportedCase[]): ImportChange[] =>
          changesOf(planImport(byId(mine), order), how({ ...resolution, choices }));
        expect(changes([...theirs].reverse())).toEqual(changes(theirs));
      }),
      check,
    );
  });

  it("nothing of mine is lost by a merge that was not told to take theirs, and nothing is ever removed", () => {
    fc.assert(
      fc.property(anyCases(), anyCases(), anyChoices, (mine, theirs, choices) => {
        const cases = imported(byId(mine), theirs, how({ choices, otherwise: "both" }));
        for (const each of mine) {
          if (choices.get(each.id) === "theirs") continue;
          expect(cases.get(each.id)).toEqual(each);
        }
        expect(cases.size).toBeGreaterThanOrEqual(new Set([...mine, ...theirs].map(({ id }) => id)).size);
      }),
      check,
    );
  });

  it("whatever comes into the bin has its full time there, and nothing else is put in", () => {
    fc.assert(
      fc.property(anyCases(), anyCases(), anyResolution, anyChoices, (mine, theirs, resolution, choices) => {
        for (const { deletedAt } of changesOf(
          planImport(byId(mine), theirs),
          how({ ...resolution, choices }),
        )) {
          expect([0, NOW]).toContain(deletedAt);
        }
      }),
      check,
    );
  });
});

describe("a plan says what it would do", () => {
  const [a, b, c, d] = [1, 2, 3, 4].map((n) => syntheticCase(n)) as [
    ImportedCase,
    ImportedCase,
    ImportedCase,
    ImportedCase,
  ];
  const newer = (each: ImportedCase, by: number): ImportedCase => ({
    ...each,
    changedAt: each.changedAt + by,
    content: { ...each.content, note: "changed" },
  });
  const shape = ({ added, same, collisions, lacking }: ImportPlan) => ({
    added: added.map(({ id }) => id),
    same: same.map(({ id }) => id),
    collisions: collisions.map(({ id, laterIs }) => [id, laterIs]),
    lacking: lacking.map(({ id }) => id),
  });

  it("what is new, the same, different and lacking", () => {
    expect(shape(planImport(byId([a, b, c]), [d, newer(b, 1), { ...a, changedAt: 0, revision: 9 }]))).toEqual(
      {
        added: [d.id],
        same: [a.id],
        collisions: [[b.id, "theirs"]],
        lacking: [c.id],
      },
    );
  });

  it.each([
    [1, "theirs"],
    [0, "mine"],
    [-1, "mine"],
  ])("%i ms later: %s is the later one", (by, later) => {
    expect(planImport(byId([a]), [newer(a, by)]).collisions[0]!.laterIs).toBe(later);
  });

  it("one in the bin and one not are different; two in it at different times are the same", () => {
    expect(shape(planImport(byId([a]), [{ ...a, deletedAt: 5 }])).collisions).toHaveLength(1);
    expect(shape(planImport(byId([{ ...a, deletedAt: 7 }]), [{ ...a, deletedAt: 5 }])).same).toEqual([a.id]);
  });

  it("what is in the bin already is not put there again", () => {
    const binned = { ...a, deletedAt: 7 };
    expect(changesOf(planImport(byId([binned]), []), how({ mode: "replace" }))).toEqual([]);
  });

  it("both: theirs comes in under a new id and a label that nobody has", () => {
    const taken = syntheticCase(9, { label: `${a.content.label} (2)` });
    const changes = changesOf(planImport(byId([a, taken]), [newer(a, 1)]), how({ otherwise: "both" }));
    expect(changes).toEqual([
      {
        id: idOf(1000),
        deletedAt: 0,
        changedAt: newer(a, 1).changedAt,
        content: { ...a.content, note: "changed", label: `${a.content.label} (3)` },
      },
    ]);
  });

  it("both: comes again when the copy was put into the bin, and not when it is there", () => {
    const resolution = how({ otherwise: "both" });
    const once = imported(byId([a]), [newer(a, 1)], resolution);
    const plan = planImport(once, [newer(a, 1)]);
    expect(plan.collisions[0]!.copy).toBe(idOf(1000));
    expect(changesOf(plan, resolution)).toEqual([]);
    const binned = new Map(once).set(idOf(1000), { ...once.get(idOf(1000))!, deletedAt: NOW });
    expect(changesOf(planImport(binned, [newer(a, 1)]), resolution)).toHaveLength(1);
  });

  it("a choice of its own counts before the common one, and none when everything is replaced", () => {
    const plan = planImport(byId([a]), [newer(a, 1)]);
    const choices = new Map([[a.id, "mine"]] as const);
    expect(changesOf(plan, how({ choices, otherwise: "theirs" }))).toEqual([]);
    expect(changesOf(plan, how({ choices: new Map(), otherwise: "theirs" }))).toHaveLength(1);
    expect(changesOf(plan, how({ choices, mode: "replace" }))).toHaveLength(1);
  });
});

describe("a label made unique", () => {
  it.each([
    ["Case", [], "Case (2)"],
    ["Case", ["Case (2)", "Case (3)"], "Case (4)"],
    ["", [], "(2)"],
    ["x".repeat(LABEL_LENGTH), [], `${"x".repeat(LABEL_LENGTH - 4)} (2)`],
    [`${"x".repeat(LABEL_LENGTH - 5)}\ud83d\ude00xxx`, [], `${"x".repeat(LABEL_LENGTH - 5)} (2)`],
  ])("%s beside %j", (label, taken, expected) => {
    const found = numbered(label, new Set(taken));
    expect(found).toBe(expected);
    expect(found.length).toBeLessThanOrEqual(LABEL_LENGTH);
    expect(() => encodeURIComponent(found), "half a character").not.toThrow();
  });
});
