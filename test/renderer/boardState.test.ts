import { describe, expect, it } from "vitest";
import { BoardState, boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import { draftOf } from "../../src-renderer/board/draftOf.ts";
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
        capabilities: { pdf: "file", projector: "display", warnsOfLoss: false, backups: true },
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

  it("give way to an agenda, and come back without it; what was added since then stays", () => {
    const board = boardWith(2);
    board.rename(board.cases[0]!.id, "Before");
    board.showAgenda([
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

  it("belong to the host for the whole sitting", () => {
    const host = localHost();
    boardOf(host).add({ patient });
    expect(boardOf(host).cases).toHaveLength(1);
    expect(boardOf(localHost()).cases).toHaveLength(0);
  });
});
