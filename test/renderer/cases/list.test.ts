import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyContent } from "../../../src-renderer/cases/content.ts";
import type { CaseContent } from "../../../src-renderer/cases/content.ts";
import { emptyFollowUp } from "../../../src-renderer/cases/followUp/followUp.ts";
import type { SortKey } from "../../../src-renderer/cases/list/list.ts";
import {
  folded,
  isFiltered,
  matching,
  noFilters,
  Order,
  SORT_KEYS,
  tagsOf,
  tokensOf,
} from "../../../src-renderer/cases/list/list.ts";
import type { CaseSummary } from "../../../src-renderer/cases/summary.ts";
import { summaryOf } from "../../../src-renderer/cases/summary.ts";

const TODAY = "2026-11-21";
let revision = 0;
function summary(
  change: Partial<Omit<CaseContent, "draft">> & { draft?: Partial<CaseContent["draft"]> } = {},
): CaseSummary {
  const { draft, ...rest } = change;
  const empty = emptyContent(0);
  revision++;
  return summaryOf(
    { id: `id-${revision}`, revision, changedAt: revision, deletedAt: 0, schema: 1 },
    { ...empty, ...rest, draft: { ...empty.draft, ...draft } },
  );
}
const labels = (found: readonly CaseSummary[]): string[] => found.map(({ label }) => label);
const search = (all: readonly CaseSummary[], query: string): string[] =>
  labels(matching(all, query, noFilters(), TODAY));

describe("a search", () => {
  const cases = [
    summary({ label: "Øst 7", tags: ["Münster"], draft: { tumour: "NEC", primarySite: "colon" } }),
    summary({
      label: "A-17",
      tags: ["phase II", "colon"],
      draft: { tumour: "NET_G3", primarySite: "pancreas" },
    }),
    summary({ label: "B", draft: { primarySite: "biliary" } }),
  ];

  it.each([
    ["ost", ["Øst 7"]],
    ["ØST", ["Øst 7"]],
    ["munster", ["Øst 7"]],
    ["colon", ["Øst 7", "A-17"]],
    ["tag:colon", ["A-17"]],
    ['tag:"phase ii"', ["A-17"]],
    ["TAG:phase", ["A-17"]],
    ["net g3", ["A-17"]],
    ["NET_G3", ["A-17"]],
    ["neuroendocrine carcinoma", ["Øst 7"]],
    ["bile duct", ["B"]],
    ["colon 17", ["A-17"]],
    ["colon nothing", []],
    ["tag:pancreas", []],
    ["a17", ["A-17"]],
    ["A-17", ["A-17"]],
    ["tag:phaseii", ["A-17"]],
    ["ost7", ["Øst 7"]],
    ["a1 7", ["A-17"]],
    ["a-1-7", []],
  ])("for %s finds %j", (query, found) => {
    expect(search(cases, query)).toEqual(found);
  });

  it("finds no word across two fields, and everything where nothing is typed", () => {
    expect(search(cases, "17phase")).toEqual([]);
    expect(matching(cases, "  ", noFilters(), TODAY)).toBe(cases);
    expect(matching(cases, "tag:", noFilters(), TODAY)).toBe(cases);
    expect(matching(cases, '""', noFilters(), TODAY)).toBe(cases);
  });

  it("folds what Unicode does not take apart", () => {
    expect(folded("Ærø Straße Łódź Ünï")).toBe("aero strasse lodz uni");
  });

  it("reads quotes as one word, also before they are closed", () => {
    expect(tokensOf('a "b c" tag:"d e')).toEqual([
      { text: "a", tagsOnly: false },
      { text: "b c", tagsOnly: false },
      { text: "d e", tagsOnly: true },
    ]);
  });

  it("finds every case by each part of its label, and none by what is in no field", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\p{L}\d]{1,12}$/u),
        fc.stringMatching(/^[a-z]{1,6}$/),
        (label, tag) => {
          const one = summary({ label, tags: [tag] });
          expect(search([one], label)).toEqual([label]);
          expect(search([one], `tag:${tag}`)).toEqual([label]);
          expect(search([one], `${label}\u0001`)).toEqual([]);
        },
      ),
      { seed: 1 },
    );
  });
});

describe("the filters", () => {
  const cases = [
    summary({
      label: "past",
      tags: ["x"],
      board: { day: "2026-11-20", place: 1 },
      draft: { tumour: "NEC", primarySite: "colon" },
    }),
    summary({ label: "today", board: { day: TODAY, place: 1 }, followUp: emptyFollowUp() }),
    summary({ label: "no board", tags: ["xy"], draft: { tumour: "NET_G3" } }),
  ];

  it.each([
    [{ tumour: "NEC" }, ["past"]],
    [{ tumour: "unset" }, ["today"]],
    [{ site: "colon" }, ["past"]],
    [{ site: "unset" }, ["today", "no board"]],
    [{ tag: "x" }, ["past"]],
    [{ board: "upcoming" }, ["today"]],
    [{ board: "none" }, ["no board"]],
    [{ followUp: true }, ["today"]],
    [{ tumour: "NEC", board: "none" }, []],
  ] as const)("%j leave %j", (change, found) => {
    const filters = { ...noFilters(), ...change };
    expect(isFiltered(filters)).toBe(true);
    expect(labels(matching(cases, "", filters, TODAY))).toEqual(found);
  });

  it("and the search narrow together", () => {
    const filters = { ...noFilters(), board: "upcoming" as const };
    expect(labels(matching(cases, "past", filters, TODAY))).toEqual([]);
    expect(labels(matching(cases, "today", filters, TODAY))).toEqual(["today"]);
    expect(isFiltered(noFilters())).toBe(false);
  });
});

describe("the order", () => {
  const by = (key: SortKey, descending: boolean, cases: readonly CaseSummary[]): string[] =>
    labels(new Order().sorted(cases, { key, descending }));
  const a10 = summary({
    label: "a 10",
    draft: { age: "9", tumour: "NET_G3", primarySite: "stomach", ecogPs: 2 },
  });
  const a2 = summary({
    label: "A 2",
    board: { day: "2026-01-02", place: 1 },
    draft: { age: "70", tumour: "NEC", ecogPs: 0 },
  });
  const none = summary({ label: "" });
  const ae = summary({
    label: "Ä 1",
    board: { day: "2025-01-02", place: 1 },
    draft: { primarySite: "biliary" },
  });
  const all = [a10, none, ae, a2];

  it.each([
    ["label", false, ["Ä 1", "A 2", "a 10", ""]],
    ["label", true, ["a 10", "A 2", "Ä 1", ""]],
    ["age", false, ["a 10", "A 2", "Ä 1", ""]],
    ["age", true, ["A 2", "a 10", "Ä 1", ""]],
    ["ps", false, ["A 2", "a 10", "Ä 1", ""]],
    ["ps", true, ["a 10", "A 2", "Ä 1", ""]],
    ["tumour", false, ["A 2", "a 10", "Ä 1", ""]],
    ["site", false, ["Ä 1", "a 10", "", "A 2"]],
    ["board", false, ["Ä 1", "A 2", "", "a 10"]],
    ["board", true, ["A 2", "Ä 1", "", "a 10"]],
    ["changed", true, ["Ä 1", "", "A 2", "a 10"]],
    ["changed", false, ["a 10", "A 2", "", "Ä 1"]],
  ] as const)("by %s, descending %s", (key, descending, expected) => {
    // What is not filled in is last in both directions, the newest of it first.
    expect(by(key, descending, all)).toEqual(expected);
  });

  it("by board is that of the agenda within a day, whichever way the days go", () => {
    const on = (label: string, day: string, place: number): CaseSummary =>
      summary({ label, board: { day, place } });
    const boards = [
      on("b", "2026-12-12", 2),
      on("c", "2026-12-12", 1),
      on("a", "2026-12-12", 3),
      on("d", "2026-12-05", 1),
      on("A 10", "2026-12-05", 4),
      on("A 9", "2026-12-05", 4),
    ];
    expect(by("board", false, boards)).toEqual(["d", "A 9", "A 10", "c", "b", "a"]);
    expect(by("board", true, boards)).toEqual(["c", "b", "a", "d", "A 9", "A 10"]);
  });

  it("after changes is what sorting from nothing gives", () => {
    const label = fc.constantFrom("A 1", "a 2", "Å", "B 10", "B 9", "");
    const list = fc.array(fc.record({ at: fc.nat(7), label, age: fc.constantFrom("", "40", "71") }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(list, fc.constantFrom(...SORT_KEYS), fc.boolean(), (changes, key, descending) => {
        const order = new Order();
        const cases = new Map<number, CaseSummary>();
        for (const { at, label: text, age } of changes) {
          cases.set(at, { ...summary({ label: text, draft: { age } }), id: `case ${at}` });
          const now = [...cases.values()];
          const sorting = { key, descending };
          expect(order.sorted(now, sorting)).toEqual(new Order().sorted(now, sorting));
          if (age === "") cases.delete(at);
        }
      }),
      { seed: 1 },
    );
  });

  it("of tags is the alphabet's, each once", () => {
    expect(tagsOf([summary({ tags: ["b 10", "a"] }), summary({ tags: ["b 9", "a"] })])).toEqual([
      "a",
      "b 9",
      "b 10",
    ]);
  });
});
