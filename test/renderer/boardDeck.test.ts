import { describe, expect, it } from "vitest";
import type { About, Study } from "../../src-main/api/contract.ts";
import type { NewCase } from "../../src-renderer/board/boardState.svelte.ts";
import { BoardState } from "../../src-renderer/board/boardState.svelte.ts";
import type {
  Deck,
  EstimateSlide,
  EvidenceSlide,
  NotEstimatedSlide,
  Slide,
} from "../../src-renderer/board/deck.ts";
import { syntheticCases } from "../../src-renderer/board/examples.ts";
import { notesOf } from "../../src-renderer/board/notes.ts";
import { remarksAfter } from "../../src-renderer/board/remarks.ts";
import { slideName } from "../../src-renderer/board/slideName.ts";
import type { LocalHost } from "../support/host.ts";
import { APP_VERSION, handlers, localHost } from "../support/host.ts";
import { NEC } from "../support/patients.ts";

const NET = { tumour: "NET_G3", ageYears: 80, ecogPs: 2, ki67Percent: 60, alp: "elevated" };
const now = new Date(2026, 10, 21, 9, 5);

const valueOf = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error("the handlers failed");
  return result.value;
};
const about: About = valueOf(handlers.about({}));
const study: Study = valueOf(handlers.study({}));

async function deckOf(cases: NewCase[], host: LocalHost = localHost()): Promise<Deck> {
  const board = new BoardState(host);
  for (const each of cases) board.add(each);
  return board.builder.build(board.cases, { about, study, now });
}
const kinds = ({ slides }: Deck): string[] => slides.map(({ kind }) => kind);
function only<K extends Slide["kind"]>(deck: Deck, kind: K): Extract<Slide, { kind: K }> {
  const found = deck.slides.find((slide) => slide.kind === kind);
  if (!found) throw new Error(`no slide ${kind}`);
  return found as Extract<Slide, { kind: K }>;
}

describe("a deck", () => {
  it("is a title, two slides a patient in the order of the board, and the method", async () => {
    const deck = await deckOf([{ patient: NEC }, { patient: NET }]);
    expect(kinds(deck)).toEqual(["title", "estimate", "evidence", "estimate", "evidence", "method"]);
    expect(only(deck, "title").cases.map(({ place, label }) => [place, label])).toEqual([
      [1, "Case 1"],
      [2, "Case 2"],
    ]);
    expect(only(deck, "method").points.map(({ text }) => text.length > 0)).not.toContain(false);
  });

  it("has title and method when no case is chosen", async () => {
    expect(kinds(await deckOf([]))).toEqual(["title", "method"]);
  });

  it("says on every slide what it is not, its versions, its source, date and time", async () => {
    const { footer } = await deckOf([]);
    expect(footer.left).toBe("Not a medical device. For healthcare professionals. Reconstructed baseline.");
    for (const part of [APP_VERSION, about.modelVersion, about.citation.doi, "21 Nov 2026", "09:05"])
      expect(footer.right).toContain(part);
  });

  it("holds twenty patients, each with the numbers of its own", async () => {
    const ages = Array.from({ length: 20 }, (_, i) => 40 + 2 * i);
    const deck = await deckOf(ages.map((ageYears) => ({ patient: { ...NEC, ageYears } })));
    expect(deck.slides).toHaveLength(42);
    for (const [i, ageYears] of ages.entries()) {
      const slide = deck.slides[1 + 2 * i]!;
      const answer = valueOf(handlers.estimate({ patient: { ...NEC, ageYears } }));
      if (slide.kind !== "estimate") throw new Error(slide.kind);
      expect(slide.heading.label).toBe(`Case ${i + 1}`);
      expect(slide.view.chart.series[0]!.median).toBe(answer.estimates.os!.median.months);
    }
  });

  it("carries the day of its board, and says when it was made", async () => {
    const builder = new BoardState(localHost()).builder;
    const deck = await builder.build([], { about, study, now, day: "2026-12-12" });
    expect(only(deck, "title").date).toMatch(/^Saturday,? 12 December 2026$/);
    expect(deck.footer.right).toMatch(/21 November 2026|21 Nov 2026|2026-11-21/);
    const today = await builder.build([], { about, study, now, day: null });
    expect(only(today, "title").date).toMatch(/^Saturday,? 21 November 2026$/);
  });

  it("asks the host once for a case that is only renamed or moved", async () => {
    const asked: string[] = [];
    const host = localHost((endpoint) => void asked.push(endpoint));
    const board = new BoardState(host);
    board.add({ patient: NEC });
    board.add({ patient: NET });
    await board.builder.build(board.cases, { about, study, now });
    const before = asked.length;
    board.rename(board.cases[0]!.id, "Other");
    board.move(board.cases[0]!.id, 1);
    const deck = await board.builder.build(board.cases, { about, study, now });
    expect(asked).toHaveLength(before);
    expect(only(deck, "title").cases.map(({ label }) => label)).toEqual(["Case 1", "Other"]);
  });

  it("shows overall survival before the endpoint that was open when the case was added", async () => {
    const deck = await deckOf([{ patient: NEC, endpoint: "pfs" }]);
    const estimates = deck.slides.filter((slide) => slide.kind === "estimate");
    expect(estimates.map(({ view, heading }) => [view.endpoint, heading.endpoint])).toEqual([
      ["os", "os"],
      ["pfs", "pfs"],
    ]);
    expect(only(deck, "title").cases[0]!.endpoint).toBe("pfs");
    expect(deck.slides.map(slideName)[2]).toBe("Case 1, estimate (PFS)");
    expect(only(deck, "evidence").view.chart.assumedShape).toBe(true);
  });
});

describe("what is to be said of an estimate", () => {
  it("comes by severity, and says where it is about overall survival", async () => {
    const deck = await deckOf([{ patient: NET, endpoint: "pfs" }]);
    const [os, pfs] = deck.slides.filter((slide) => slide.kind === "estimate");
    const order = ["serious", "caution", "note"];
    for (const slide of [os!, pfs!]) {
      const ranks = slide.cautions.map(({ severity }) => order.indexOf(severity));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }
    const about = (slide: EstimateSlide): string =>
      slide.cautions.find(({ key }) => key.startsWith("net-g3-ps-2"))!.short;
    expect(about(os!)).not.toContain("(overall survival)");
    expect(about(pfs!)).toMatch(/\(overall survival\)$/);
  });
});

describe("the other slides of a case", () => {
  it("are the evidence and the comparison where the case carries one", async () => {
    const deck = await deckOf([{ patient: NEC, compare: { a: NEC, b: { ...NEC, ecogPs: 0 } } }]);
    expect(kinds(deck)).toEqual(["title", "estimate", "evidence", "comparison", "method"]);
    expect(only(deck, "comparison").view.versions.map(({ name }) => name)).toEqual([
      "PS\u00a01",
      "PS\u00a00",
    ]);
  });

  it("are the evidence alone where the other version has no estimate", async () => {
    const deck = await deckOf([{ patient: NEC, compare: { a: NEC, b: { ...NEC, ecogPs: 4 } } }]);
    expect(kinds(deck)).toEqual(["title", "estimate", "evidence", "method"]);
  });

  it("hold the groups the patient belongs to, the telling one first and the whole cohort last", async () => {
    const { rows, view } = only(await deckOf([{ patient: NEC }]), "evidence") satisfies EvidenceSlide;
    expect(rows[0]!.id).toContain("ps-1");
    expect(rows.at(-1)!.label).toBe("all NEC");
    expect(rows.every(({ belongs }) => belongs === true)).toBe(true);
    expect(view.chart.series.filter(({ kind }) => kind === "published").length).toBeLessThanOrEqual(3);
  });
});

describe("a patient without an estimate", () => {
  it.each([
    ["PS 4", { ...NEC, ecogPs: 4 }],
    ["no chemotherapy", { ...NEC, firstLine: "none" }],
    ["localised", { ...NEC, setting: "localised" }],
  ])("has a slide with the reason and what the study reports: %s", async (_, patient) => {
    const deck = await deckOf([{ patient }, { patient: NEC }]);
    expect(kinds(deck)).toEqual(["title", "not-estimated", "estimate", "evidence", "method"]);
    const slide = only(deck, "not-estimated");
    expect(slide.reasons.length).toBeGreaterThan(0);
    expect(slide.rows.length).toBeGreaterThan(4);
    expect(slide.heading.facts[0]).toBe("NEC");
  });

  it("says so where the program refuses the patient, and names the field", async () => {
    const deck = await deckOf([{ patient: { tumour: "NEC", ageYears: "sixty", ecogPs: 1 } }]);
    const slide = only(deck, "not-estimated") satisfies NotEstimatedSlide;
    expect(slide.title).toBe("This case could not be computed");
    expect(slide.reasons[0]!.short).toMatch(/^Age cannot be "sixty"/);
  });
});

describe("a host that fails", () => {
  it("costs the slides of that case only, and is asked again the next time", async () => {
    let broken = true;
    const host = localHost((_, request) => {
      const { patient } = request as { patient?: { ageYears?: number } };
      return broken && patient?.ageYears === 50 ? Promise.reject(new Error("no core")) : undefined;
    });
    const board = new BoardState(host);
    board.add({ patient: { ...NEC, ageYears: 50 } });
    board.add({ patient: NEC });
    const first = await board.builder.build(board.cases, { about, study, now });
    expect(kinds(first)).toEqual(["title", "not-estimated", "estimate", "evidence", "method"]);
    expect(only(first, "not-estimated").reasons[0]!.short).toContain("no core");
    broken = false;
    const second = await board.builder.build(board.cases, { about, study, now });
    expect(kinds(second)).toEqual(["title", "estimate", "evidence", "estimate", "evidence", "method"]);
  });
});

describe("the presenter's notes and the examples", () => {
  it("hold every caution and the published groups of the patient", async () => {
    const slide = only(await deckOf([{ patient: NET }]), "estimate");
    const notes = notesOf(slide);
    expect(notes.cautions.map(({ key }) => key)).toEqual(slide.cautions.map(({ key }) => key));
    expect(notes.cautions.length).toBeGreaterThan(2);
    expect(notes.groups.join("\n")).toMatch(/PS 2: model .*published 5\.4/);
  });

  it("are printed in full after the last slide of each case, each remark once", async () => {
    const deck = await deckOf([{ patient: NET }, { patient: { ...NEC, sex: null } }]);
    const after = deck.slides.flatMap((_, i) => remarksAfter(deck, i) ?? []);
    expect(after.map(({ label }) => label)).toEqual(["Case 1", "Case 2"]);
    const [{ remarks }] = after as [(typeof after)[number]];
    expect(remarks.map(({ key }) => key)).toEqual(only(deck, "estimate").cautions.map(({ key }) => key));
  });

  it("are marked as synthetic and show every kind of slide", async () => {
    const deck = await deckOf(syntheticCases());
    expect(new Set(kinds(deck))).toEqual(
      new Set(["title", "estimate", "evidence", "comparison", "not-estimated", "method"]),
    );
    for (const { label } of only(deck, "title").cases) expect(label).toContain("Synthetic");
  });
});
