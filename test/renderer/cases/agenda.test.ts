import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agendasOf, defaultDay, moved, placeAtEnd } from "../../../src-renderer/cases/agenda/agenda.ts";
import { emptyContent } from "../../../src-renderer/cases/content.ts";
import { dayOf, daysLater } from "../../../src-renderer/cases/days.ts";
import { dropIndex } from "../../../src-renderer/cases/agenda/dragging.ts";
import type { CaseSummary } from "../../../src-renderer/cases/summary.ts";
import { summaryOf } from "../../../src-renderer/cases/summary.ts";

const on = (id: string, board: CaseSummary["board"], label = id): CaseSummary =>
  summaryOf({ id, revision: 1, changedAt: 0, deletedAt: 0, schema: 1 }, { ...emptyContent(0), label, board });

describe("the agendas", () => {
  it("are by day, each in the order of its places; equal places by label, and then by what never changes", () => {
    const found = agendasOf([
      on("c", { day: "2026-12-12", place: 2 }),
      on("x", null),
      on("b", { day: "2026-12-12", place: 1.5 }),
      on("d", { day: "2026-12-05", place: 9 }),
      on("f", { day: "2026-12-12", place: 2 }, "A 10"),
      on("e", { day: "2026-12-12", place: 2 }, "A 9"),
      on("h", { day: "2026-12-12", place: 3 }, "same"),
      on("g", { day: "2026-12-12", place: 3 }, "same"),
    ]);
    expect(found.map(({ day, cases }) => [day, cases.map(({ id }) => id).join("")])).toEqual([
      ["2026-12-05", "d"],
      ["2026-12-12", "befcgh"],
    ]);
  });

  it("give the next board that there is as the usual one, and a week from today where there is none", () => {
    const agendas = agendasOf([
      on("a", { day: "2026-11-20", place: 1 }),
      on("b", { day: "2026-12-12", place: 1 }),
    ]);
    expect(defaultDay(agendas, "2026-11-21")).toBe("2026-12-12");
    expect(defaultDay(agendas, "2026-12-12")).toBe("2026-12-12");
    expect(defaultDay(agendas, "2026-12-26")).toBe("2027-01-02");
  });
});

describe("days", () => {
  it("go over months, years and changes of clocks", () => {
    expect(daysLater("2026-12-28", 7)).toBe("2027-01-04");
    expect(daysLater("2028-02-26", 7)).toBe("2028-03-04");
    expect(daysLater("2026-10-24", 2)).toBe("2026-10-26");
    expect(daysLater("2026-03-28", 2)).toBe("2026-03-30");
    expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe("2026-01-05");
  });
});

describe("moving a case", () => {
  const order = [
    { id: "a", place: 1 },
    { id: "b", place: 2 },
    { id: "c", place: 3 },
  ];

  it("writes one place where there is room", () => {
    expect(moved(order, "c", 1)).toEqual([{ id: "c", place: 1.5 }]);
    expect(moved(order, "c", 0)).toEqual([{ id: "c", place: 0 }]);
    expect(moved(order, "a", 2)).toEqual([{ id: "a", place: 4 }]);
    expect(moved(order, "a", 99)).toEqual([{ id: "a", place: 4 }]);
    expect(moved(order, "c", -1)).toEqual([{ id: "c", place: 0 }]);
  });

  it("writes nothing where it stands already, or is not there", () => {
    expect(moved(order, "b", 1)).toEqual([]);
    expect(moved(order, "z", 1)).toEqual([]);
    expect(moved([{ id: "a", place: 1 }], "a", 5)).toEqual([]);
  });

  it("numbers anew where two have come too close", () => {
    const close = [
      { id: "a", place: 1 },
      { id: "b", place: 1 },
      { id: "c", place: 3 },
    ];
    expect(moved(close, "c", 1)).toEqual([
      { id: "c", place: 2 },
      { id: "b", place: 3 },
    ]);
    const next = 1 + Number.EPSILON;
    expect(
      moved(
        [
          { id: "a", place: 1 },
          { id: "b", place: next },
          { id: "c", place: 3 },
        ],
        "c",
        1,
      ),
    ).toEqual([
      { id: "c", place: 2 },
      { id: "b", place: 3 },
    ]);
  });

  it("ends, however often, where it was asked to", () => {
    const moves = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: -2, max: 8 })), { maxLength: 120 });
    fc.assert(
      fc.property(moves, (all) => {
        let stands = "abcdef".split("").map((id, i) => ({ id, place: i + 1 }));
        const expected = stands.map(({ id }) => id);
        for (const [which, to] of all) {
          const id = "abcdef"[which]!;
          const places = new Map(moved(stands, id, to).map((each) => [each.id, each.place]));
          stands = stands
            .map((each) => ({ ...each, place: places.get(each.id) ?? each.place }))
            .sort((a, b) => a.place - b.place);
          expected.splice(expected.indexOf(id), 1);
          expected.splice(Math.min(Math.max(to, 0), expected.length), 0, id);
          expect(stands.map((each) => each.id)).toEqual(expected);
          expect(new Set(stands.map(({ place }) => place)).size).toBe(stands.length);
        }
      }),
      { seed: 1 },
    );
  });

  it("to the end finds a whole number after the last", () => {
    expect(placeAtEnd([])).toBe(1);
    expect(placeAtEnd([1, 2.5])).toBe(3);
    expect(placeAtEnd([-4])).toBe(-3);
  });
});

it("falls into the gap before the first row whose middle is below the pointer", () => {
  const rows = [0, 1, 2].map((i) => ({ top: i * 10, height: 10 }));
  expect([-5, 4, 6, 14, 16, 24, 26, 99].map((y) => dropIndex(rows, y))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
});
