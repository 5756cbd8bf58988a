import { describe, expect, it } from "vitest";
import { BoardState, LABEL_LENGTH, boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import { localHost } from "../support/host.ts";

const patient = { tumour: "NEC", ageYears: 67, ecogPs: 1 };
const labels = (board: BoardState): string[] => board.cases.map(({ label }) => label);

function boardWith(count: number): BoardState {
  const board = new BoardState(localHost());
  for (let i = 0; i < count; i++) board.add({ patient });
  return board;
}

describe("cases on the board", () => {
  it("are numbered, and no number is given twice", () => {
    const board = boardWith(3);
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 3"]);
    board.remove(board.cases[0]!.id);
    expect(board.add({ patient }).label).toBe("Case 4");
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
    const id = board.cases[1]!.id;
    board.move(id, -1);
    expect(labels(board)).toEqual(["Case 2", "Case 1", "Case 3"]);
    board.move(id, -1);
    expect(labels(board)).toEqual(["Case 2", "Case 1", "Case 3"]);
    board.move(id, 1);
    board.move(id, 1);
    expect(labels(board)).toEqual(["Case 1", "Case 3", "Case 2"]);
  });

  it("come back where they stood, with what has happened since", () => {
    const board = boardWith(3);
    const [first, second] = board.cases.map(({ id }) => id);
    board.remove(second!);
    expect(board.removed?.labels).toEqual(["Case 2"]);
    board.rename(first!, "Renamed");
    board.add({ patient, label: "Later" });
    board.undo();
    expect(labels(board)).toEqual(["Renamed", "Case 2", "Case 3", "Later"]);
    expect(board.removed).toBeNull();
  });

  it("are all brought back after all were removed", () => {
    const board = boardWith(3);
    board.clear();
    expect(labels(board)).toEqual([]);
    expect(board.removed?.labels).toHaveLength(3);
    board.undo();
    expect(labels(board)).toEqual(["Case 1", "Case 2", "Case 3"]);
    const empty = new BoardState(localHost());
    empty.clear();
    expect(empty.removed).toBeNull();
  });

  it("belong to the host for the whole sitting", () => {
    const host = localHost();
    boardOf(host).add({ patient });
    expect(boardOf(host).cases).toHaveLength(1);
    expect(boardOf(localHost()).cases).toHaveLength(0);
  });
});
