import { describe, expect, it } from "vitest";
import type { Taken } from "../../src-renderer/board/boardState.svelte.ts";
import { BoardState, boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import { draftOf } from "../../src-renderer/board/draftOf.ts";
import { LABEL_LENGTH } from "../../src-renderer/cases/content.ts";
import { emptyDraft, patientOf } from "../../src-renderer/patient/draft.ts";
import { localHost } from "../support/host.ts";

const patient = { tumour: "NEC", ageYears: 67, ecogPs: 1 };
const labels = (board: BoardState): string[] => board.cases.map(({ label }) => label);

function boardWith(count: number): BoardState {
  const board = new BoardState(localHost());
  for (let i = 0; i < count; i++) board.add({ patient });
  return board;
}

describe("cases on the board", () => {
  it("are numbered by their places as long as nobody has named them", () => {
    const board = boardWith(3);
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 3"]);
    board.remove(board.cases[0]!.id);
    expect(labels(board)).toEqual(["Case 1", "Case 2"]);
    expect(board.add({ patient }).label).toBe("Case 3");
    board.rename(board.cases[0]!.id, "Case 2 ");
    expect(labels(board)).toEqual(["Case 2 (2)", "Case 2", "Case 3"]);
    board.move(board.cases[0]!.id, 1);
    expect(labels(board)).toEqual(["Case 1", "Case 2 (2)", "Case 3"]);
  });

  it("keep the patient that they were added with, whatever the form does afterwards", () => {
    const board = new BoardState(localHost());
    const typed = { ...patient };
    board.add({ patient: typed });
    typed.ageYears = 20;
    expect(board.cases[0]!.patient["ageYears"]).toBe(67);
    expect(board.cases[0]!.endpoint).toBe("os");
  });

  it("have labels that can be told apart, tidied and of a bounded length", () => {
    const board = boardWith(3);
    const [first, second, third] = board.cases.map(({ id }) => id);
    board.rename(first!, "  Colon,\n second  opinion ");
    board.rename(second!, "Colon, second opinion");
    board.rename(third!, "x".repeat(300));
    expect(labels(board).slice(0, 2)).toEqual(["Colon, second opinion", "Colon, second opinion (2)"]);
    expect(labels(board)[2]).toHaveLength(LABEL_LENGTH);
    board.rename(first!, "   ");
    expect(labels(board)[0]).toBe("Colon, second opinion");
    board.rename(first!, "Colon, second opinion");
    expect(labels(board)[0]).toBe("Colon, second opinion");
  });

  it("move by one place and stay at the ends", () => {
    const board = boardWith(3);
    const [first, second, third] = board.cases.map(({ id }) => id) as [number, number, number];
    const order = (): number[] => board.cases.map(({ id }) => id);
    board.move(second, -1);
    expect(order()).toEqual([second, first, third]);
    board.move(second, -1);
    expect(order()).toEqual([second, first, third]);
    board.move(second, 1);
    board.move(second, 1);
    expect(order()).toEqual([first, third, second]);
  });

  it("come back where they stood, with what has happened since", () => {
    const board = boardWith(3);
    const [first, second] = board.cases.map(({ id }) => id);
    board.remove(second!);
    expect(board.undoable?.labels).toEqual(["Case 2"]);
    board.rename(first!, "Renamed");
    board.add({ patient, label: "Later" });
    board.undo();
    expect(labels(board)).toEqual(["Renamed", "Case 2", "Case 3", "Later"]);
    expect(board.undoable).toBeNull();
  });

  it("come back one removal after the other, and a patient that was replaced too", () => {
    const board = boardWith(3);
    const [first, second, third] = board.cases.map(({ id }) => id) as [number, number, number];
    board.remove(second);
    board.remove(first);
    board.opened = third;
    board.replace(third, { patient: { ...patient, ageYears: 50 }, endpoint: "pfs" });
    expect(board.cases[0]!.patient["ageYears"]).toBe(50);
    expect(board.opened).toBeNull();
    board.undo();
    expect(board.cases[0]).toMatchObject({ id: third, endpoint: "os", patient });
    board.undo();
    board.undo();
    expect(board.cases.map(({ id }) => id)).toEqual([first, second, third]);
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 3"]);
  });

  it("are known again, so that a patient who is added twice is said to be", () => {
    const board = boardWith(1);
    expect(board.sameAs({ patient: { ...patient } })?.label).toBe("Case 1");
    expect(board.sameAs({ patient, endpoint: "pfs" })).toBeUndefined();
    expect(board.sameAs({ patient: { ...patient, ageYears: 68 } })).toBeUndefined();
  });

  it("open in the form as they were typed, or as their request has them", () => {
    const board = new BoardState(localHost());
    const draft = { ...emptyDraft(), tumour: "NEC" as const, age: "67", ecogPs: 1 as const, ki67: "85,0" };
    expect(draftOf(board.add({ patient: patientOf(draft), draft }))).toEqual(draft);
    const full = {
      ...draft,
      sex: "male" as const,
      ki67: "85",
      alp: "measured" as const,
      alpValue: "90",
      alpLimit: "105",
      primarySite: "colon" as const,
      mixed: true,
    };
    expect(draftOf(board.add({ patient: patientOf(full) }))).toEqual(full);
  });

  it("are not lost by a reload while there are any", () => {
    const asks = (host = localHost()): { board: BoardState; prevented: () => boolean[] } => ({
      board: boardOf(host),
      prevented: () =>
        [
          new Event("beforeunload", { cancelable: true }),
          new KeyboardEvent("keydown", { key: "F5", cancelable: true }),
        ].map((event) => !dispatchEvent(event)),
    });
    const desktop = asks(
      localHost(undefined, {
        capabilities: {
          ...{ pdf: "file", projector: "display", warnsOfLoss: false, backups: true },
          ...{ links: "asks", menu: true },
        },
      }),
    );
    expect(desktop.prevented()).toEqual([false, false]);
    desktop.board.add({ patient });
    expect(desktop.prevented()).toEqual([false, true]);
    desktop.board.clear();
    const web = asks();
    web.board.add({ patient });
    expect(web.prevented()).toEqual([true, true]);
    web.board.clear();
    expect(web.prevented()).toEqual([false, false]);
  });

  it("are all brought back after all were removed", () => {
    const board = boardWith(3);
    board.clear();
    expect(labels(board)).toEqual([]);
    expect(board.undoable?.labels).toHaveLength(3);
    board.undo();
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 3"]);
    const empty = new BoardState(localHost());
    empty.clear();
    expect(empty.undoable).toBeNull();
  });

  it("that were removed for good in Cases leave with all that could bring them back; the others stay", () => {
    const board = new BoardState(localHost());
    board.showAgenda("2026-12-12", [
      { patient, label: "A-17", caseId: "a" },
      { patient, label: "B-4", caseId: "b" },
    ]);
    board.add({ patient, label: "loose" });
    board.remove(board.cases[0]!.id);
    board.leaveStored(["a"]);
    expect(labels(board)).toEqual(["B-4", "loose"]);
    while (board.undoable) board.undo();
    expect(labels(board)).not.toContain("A-17");
    expect(labels(board)).toContain("loose");
  });

  it("give way to an agenda, and come back without it; what was added since then stays", () => {
    const board = boardWith(2);
    board.rename(board.cases[0]!.id, "Before");
    board.showAgenda("2026-12-12", [
      { patient, label: "A-17", caseId: "a" },
      { patient, label: "B-4", caseId: "b", endpoint: "pfs" },
    ]);
    expect(labels(board)).toEqual(["A-17", "B-4"]);
    expect(board.undoable).toEqual({ kind: "agenda", labels: ["Before", "Case 2"] });
    board.add({ patient, label: "Later" });
    board.undo();
    expect(labels(board)).toEqual(["Before", "Case 2", "Later"]);
    expect(board.undoable).toBeNull();
  });

  it("have the day of an agenda for as long as one of its cases is there; undo brings back which it was", () => {
    const board = boardWith(1);
    expect(board.day).toBeNull();
    board.showAgenda("2026-12-12", [{ patient, label: "A-17", caseId: "a" }]);
    board.showAgenda("2026-12-19", [
      { patient, label: "B-4", caseId: "b" },
      { patient, label: "C-9", caseId: "c" },
    ]);
    board.add({ patient });
    board.remove(board.cases[0]!.id);
    expect(board.day).toBe("2026-12-19");
    board.remove(board.cases[0]!.id);
    expect(labels(board)).toEqual(["Case 1"]);
    expect(board.day).toBeNull();
    board.undo();
    expect(board.day).toBe("2026-12-19");
    board.undo();
    board.undo();
    expect(labels(board)).toEqual(["A-17", "Case 2"]);
    expect(board.day).toBe("2026-12-12");
    board.leaveStored();
    expect(board.day).toBeNull();
    board.undo();
    expect(board.day).toBeNull();
  });

  it("leave if they are stored and their store is shut, with whatever could bring them back; no others do", () => {
    const board = boardWith(1);
    const stored = board.add({ patient, label: "Stored", caseId: "a" });
    const replaced = board.add({ patient, label: "Replaced", caseId: "b" });
    board.replace(replaced.id, { patient: { ...patient, ageYears: 50 } });
    board.remove(stored.id);
    board.clear();
    board.undo();
    board.remove(board.cases[0]!.id);
    board.leaveStored();
    expect(labels(board)).toEqual(["Replaced"]);
    expect(board.undoable?.labels).toEqual(["Case 1"]);
    board.undo();
    expect(labels(board)).toEqual(["Case 1", "Replaced"]);
    expect(board.undoable).toBeNull();
  });

  it("leave with the store although they are in the bin there", () => {
    const board = boardWith(1);
    board.add({ patient, label: "Binned", caseId: "a" });
    board.letGo(["a"]);
    expect(board.cases[1]).toMatchObject({ caseId: null, left: "a" });
    board.leaveStored();
    expect(labels(board)).toEqual(["Case 1"]);
  });

  it("belong to the host for the whole sitting", () => {
    const host = localHost();
    boardOf(host).add({ patient });
    expect(boardOf(host).cases).toHaveLength(1);
    expect(boardOf(localHost()).cases).toHaveLength(0);
  });
});

describe("cases that are stored", () => {
  const draft = { ...emptyDraft(), tumour: "NEC" as const, age: "67", ecogPs: 1 as const };
  const older = { ...draft, age: "70" };
  const pair = { a: patientOf(draft), b: { ...patientOf(draft), ecogPs: 2 } };
  const taken = (more: Partial<Taken> = {}): Taken => ({
    ...{ revision: 1, label: "A-17", draft, endpoint: "os", comparison: null },
    ...more,
  });
  const stored = (caseId: string, more: Partial<Taken> = {}, label = "A-17") => ({
    ...{ patient: patientOf(draft), draft, caseId, label },
    taken: taken({ label, ...more }),
  });

  it("take over what has changed, in their places, with nothing to undo; the others stay as they are", () => {
    const board = boardWith(1);
    board.add(stored("a"));
    board.add(stored("b", {}, "B-4"));
    const [loose, , other] = board.cases;
    const now = taken({ revision: 2, label: "A-18", draft: older, endpoint: "pfs", comparison: pair });
    expect(board.takeOver(new Map([["a", now]])).map(({ label }) => label)).toEqual(["A-18"]);
    expect(board.cases[1]).toMatchObject({
      ...{ label: "A-18", patient: { ageYears: 70 }, draft: older, endpoint: "pfs", compare: pair },
    });
    expect([board.cases[0], board.cases[2]]).toEqual([loose, other]);
    expect(board.undoable).toBeNull();
  });

  it("stay the same objects where only the revision moved, so that nothing is computed anew", () => {
    const board = new BoardState(localHost());
    board.add(stored("a"));
    const [was] = board.cases;
    expect(board.takeOver(new Map([["a", taken({ revision: 2 })]]))).toEqual([]);
    expect(board.cases[0]!.patient).toBe(was!.patient);
    const { cases } = board;
    expect(board.takeOver(new Map([["a", taken({ revision: 2 })]]))).toEqual([]);
    expect(board.cases).toBe(cases);
  });

  it("keep a comparison that only the board has, until the patient is another one", () => {
    const board = new BoardState(localHost());
    board.add({ ...stored("a"), compare: pair, endpoint: "pfs" });
    board.takeOver(new Map([["a", taken({ revision: 2, label: "A-18" })]]));
    expect(board.cases[0]).toMatchObject({ label: "A-18", compare: pair, endpoint: "pfs" });
    board.takeOver(new Map([["a", taken({ revision: 3, label: "A-18", draft: older })]]));
    expect(board.cases[0]).toMatchObject({ compare: null, endpoint: "pfs" });
  });

  it("may exchange their labels, may be of one label, and are numbered without one", () => {
    const board = new BoardState(localHost());
    board.add(stored("a"));
    board.add(stored("b", {}, "B-4"));
    const give = (a: string, b: string, revision: number): string[] => {
      const news = { a: taken({ revision, label: a }), b: taken({ revision, label: b }) };
      board.takeOver(new Map(Object.entries(news)));
      return labels(board);
    };
    expect(give("B-4", "A-17", 2)).toEqual(["B-4", "A-17"]);
    expect(give("B-4", "B-4", 3)).toEqual(["B-4", "B-4 (2)"]);
    expect(give("B-4", "", 4)).toEqual(["B-4", "Case 2"]);
    expect(give("Case 2", "", 5)).toEqual(["Case 2", "Case 2 (2)"]);
  });

  it("bring their label along when they replace another patient, and give it back by undo", () => {
    const board = boardWith(1);
    const { id } = board.cases[0]!;
    board.rename(id, "Loose");
    board.replace(id, stored("a"));
    expect(board.cases[0]).toMatchObject({ label: "A-17", caseId: "a" });
    board.undo();
    expect(board.cases[0]).toMatchObject({ label: "Loose", caseId: null, patient });
    board.replace(id, { patient: { ...patient, ageYears: 50 } });
    board.rename(id, "Renamed");
    board.undo();
    expect(board.cases[0]).toMatchObject({ label: "Renamed", patient });
  });
});
