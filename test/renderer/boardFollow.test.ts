// First: Dexie looks for a database when it is loaded.
import "fake-indexeddb/auto";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import Dexie from "dexie";
import { IDBFactory } from "fake-indexeddb";
import { flushSync } from "svelte";
import type { MockInstance } from "vitest";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppState } from "../../src-renderer/appState.svelte.ts";
import BoardRoom from "../../src-renderer/board/BoardRoom.svelte";
import type { BoardState } from "../../src-renderer/board/boardState.svelte.ts";
import { boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import { toBoard } from "../../src-renderer/cases/agenda/toBoard.ts";
import type { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";
import type { CaseContent } from "../../src-renderer/cases/content.ts";
import type { CaseStore } from "../../src-renderer/cases/store/store.ts";
import { CaseDamaged } from "../../src-renderer/cases/store/store.ts";
import { Exports } from "../../src-renderer/export/exports.svelte.ts";
import type { PatientDraft } from "../../src-renderer/patient/draft.ts";
import { emptyDraft, patientOf } from "../../src-renderer/patient/draft.ts";
import { caseOf } from "../support/cases.ts";
import type { LocalHost } from "../support/host.ts";
import { localHost } from "../support/host.ts";

const user = userEvent.setup();
const DAY = "2026-12-12";
const A: PatientDraft = { ...emptyDraft(), tumour: "NEC", age: "67", ecogPs: 1 };
const B: PatientDraft = { ...emptyDraft(), tumour: "NET_G3", age: "54", ecogPs: 0, ki67: "35" };
const PAIR = { a: patientOf(A), b: { ...patientOf(A), ecogPs: 2 } };

let host: LocalHost;
let app: AppState;
let cases: CasesState;
let board: BoardState;

/** Each test has a computer of its own, with two cases on the agenda of a board. */
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  Dexie.dependencies.indexedDB = indexedDB;
  location.hash = "#/board";
  host = localHost();
  app = new AppState(host);
  await app.load();
  cases = await app.loadCases();
  await cases.createForSitting();
  board = boardOf(host);
  await put("a", { label: "A-17", draft: A, board: { day: DAY, place: 1 } });
  await put("b", { label: "B-4", draft: B, board: { day: DAY, place: 2 } });
});
afterEach(async () => {
  vi.restoreAllMocks();
  board.clear();
  await cases.erase();
  await cases.close();
});

async function put(id: string, content: Partial<CaseContent>): Promise<void> {
  await cases.apply("import", [{ id, content: caseOf("", content), deletedAt: 0 }]);
}
const change = (id: string, to: Partial<CaseContent>): Promise<void> =>
  cases.changeEach("edit", [id], ({ content }) => ({ content: { ...content, ...to } }));

/** Of both at once: whoever reads one alone afterwards is the board. */
const changeBoth = (to: (content: CaseContent) => Partial<CaseContent>): Promise<void> =>
  cases.changeEach("edit", ["a", "b"], ({ content }) => ({ content: { ...content, ...to(content) } }));

/** The board's own readings take until they are released. */
function heldReading(): { read: MockInstance<CaseStore["readMany"]>; release: () => void } {
  const original = cases.store.readMany.bind(cases.store);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const read = vi.spyOn(cases.store, "readMany").mockImplementation(async (ids) => {
    const found = await original(ids);
    if (ids.length === 1) await held;
    return found;
  });
  return { read, release };
}

/** Everything that follows from the latest change, until nothing follows any more. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    flushSync();
    await new Promise((resolve) => setTimeout(resolve));
  }
}
async function show(): Promise<() => void> {
  const { unmount } = render(BoardRoom, { app, place: "" });
  await settled();
  return unmount;
}
const labels = (): string[] => board.cases.map(({ label }) => label);
const ages = (): unknown[] => board.cases.map(({ patient }) => patient["ageYears"]);
const rowOf = (label: string): HTMLElement => screen.getByDisplayValue(label).closest("li")!;

describe("a board case that is stored", () => {
  beforeEach(() => toBoard(app, cases, DAY));

  it("is up to date when the room is shown again, says so, and can be read from the slides", async () => {
    (await show())();
    await change("a", { draft: { ...A, age: "70" }, endpoint: "pfs", comparison: PAIR });
    expect(ages()).toEqual([67, 54]);
    await show();
    expect(await screen.findByText("A-17 is up to date: it was changed in Cases.")).toBeVisible();
    expect(ages()).toEqual([70, 54]);
    expect(board.cases[0]).toMatchObject({ label: "A-17", endpoint: "pfs", compare: PAIR });
    expect(board.undoable).toMatchObject({ kind: "agenda" });
    await waitFor(() => expect(rowOf("A-17")).toHaveTextContent("70 years old"));
    await waitFor(() => expect(screen.getAllByText(/70 years old/).length).toBeGreaterThan(1));
  });

  it("follows its case through the form of Estimate", async () => {
    await show();
    await user.click(screen.getByRole("button", { name: "Open in Estimate: A-17" }));
    await waitFor(() => expect(location.hash).toBe("#/estimate"));
    await waitFor(() => expect(app.estimate.draft.age).toBe("67"));
    app.estimate.draft.age = "71";
    flushSync();
    await app.caseInForm!.close();
    expect(await screen.findByText("A-17 is up to date: it was changed in Cases.")).toBeVisible();
    expect(ages()).toEqual([71, 54]);
    expect(screen.queryByRole("button", { name: /^Replace/ })).toBeNull();
  });

  it("says nothing where only what the board does not show has changed, and reads it once", async () => {
    await show();
    const read = vi.spyOn(cases.store, "readMany");
    await settled();
    expect(read).not.toHaveBeenCalled();
    await changeBoth(() => ({ note: "a note" }));
    await settled();
    expect(read.mock.calls).toEqual([[["a", "b"]], [["a"]], [["b"]]]);
    await settled();
    expect(read).toHaveBeenCalledTimes(3);
    expect(document.body).not.toHaveTextContent("up to date");
    expect(board.cases[0]!.taken!.revision).toBe(cases.cases.find(({ id }) => id === "a")!.revision);
  });

  it("takes over a change that is taken back, and several at once in one sentence", async () => {
    await show();
    await changeBoth(({ draft }) => ({ draft: { ...draft, age: "60" } }));
    expect(await screen.findByText("A-17 and B-4 are up to date: they were changed in Cases.")).toBeVisible();
    await cases.undo();
    await waitFor(() => expect(ages()).toEqual([67, 54]));
  });

  it("comes up to date when a removal on the board is taken back", async () => {
    await show();
    await user.click(screen.getByRole("button", { name: "Remove A-17" }));
    await change("a", { label: "A-18", draft: { ...A, age: "70" } });
    await settled();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(labels()).toEqual(["A-18", "B-4"]));
    expect(ages()).toEqual([70, 54]);
  });

  it("stays on slides as it was when they began, and follows when they have ended", async () => {
    await show();
    await user.click(screen.getByRole("button", { name: "Present" }));
    const slides = await screen.findByRole("dialog", { name: "Slides, full screen" });
    const read = vi.spyOn(cases.store, "readMany");
    await change("b", { label: "B-5" });
    await settled();
    // the one reading is the change's own
    expect(read).toHaveBeenCalledTimes(1);
    expect(labels()).toEqual(["A-17", "B-4"]);
    expect(within(slides).getByText("B-4")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    expect(await screen.findByText("B-5 is up to date: it was changed in Cases.")).toBeVisible();
    expect(labels()).toEqual(["A-17", "B-5"]);
  });

  it("is on the slides as it is in Cases at the moment when they begin", async () => {
    await show();
    const { read, release } = heldReading();
    await changeBoth(({ label }) => ({ label: `${label}x` }));
    await waitFor(() => expect(read).toHaveBeenCalledWith(["a"]));
    await user.click(screen.getByRole("button", { name: "Present" }));
    await settled();
    expect(screen.queryByRole("dialog")).toBeNull();
    release();
    const slides = await screen.findByRole("dialog", { name: "Slides, full screen" });
    expect(within(slides).getByText("A-17x")).toBeInTheDocument();
    expect(within(slides).getByText("B-4x")).toBeInTheDocument();
  });

  it("in the bin stays on the board and says so; out of it, it follows again", async () => {
    await show();
    await cases.remove(["a"]);
    expect(await screen.findByText(/^A-17 is not in Cases any more/)).toBeVisible();
    expect(within(rowOf("A-17")).getByText("not in Cases any more")).toBeVisible();
    expect(within(rowOf("A-17")).queryByRole("link")).toBeNull();
    expect(within(rowOf("B-4")).getByRole("link")).toBeVisible();
    expect(board.cases[0]!.caseId).toBeNull();
    await cases.restore(["a"]);
    await change("a", { label: "A-18" });
    await waitFor(() => expect(labels()).toEqual(["A-18", "B-4"]));
    expect(board.cases[0]).toMatchObject({ caseId: "a" });
    expect(within(rowOf("A-18")).getByRole("link")).toBeVisible();
  });

  it("that cannot be read is said to be as it was, is not read again, and is in nobody's way", async () => {
    await show();
    const original = cases.store.readMany.bind(cases.store);
    const read = vi
      .spyOn(cases.store, "readMany")
      .mockImplementation((ids) =>
        ids.length === 1 && ids[0] === "a"
          ? Promise.reject(new CaseDamaged({ id: "a", reason: "tampered", label: null, field: null }))
          : original(ids),
      );
    await changeBoth(({ label }) => ({ label: `${label}x` }));
    expect(
      await screen.findByText(/A-17 cannot be read in Cases: the board shows it as it was\.$/),
    ).toBeVisible();
    expect(labels()).toEqual(["A-17", "B-4x"]);
    expect(board.cases[0]!.caseId).toBe("a");
    read.mockClear();
    await change("b", { label: "B-6" });
    await waitFor(() => expect(labels()).toEqual(["A-17", "B-6"]));
    expect(read.mock.calls.flat(2)).not.toContain("a");
  });

  it("leaves the board with its store; nothing is read afterwards, and nothing of it is said", async () => {
    await show();
    await change("a", { label: "A-18" });
    await screen.findByText(/^A-18 is up to date/);
    const { read, release } = heldReading();
    await changeBoth(({ label }) => ({ label: `${label}x` }));
    await waitFor(() => expect(read).toHaveBeenCalledWith(["a"]));
    await cases.erase();
    release();
    await settled();
    expect(read).not.toHaveBeenCalledWith(["b"]);
    expect(board.cases).toEqual([]);
    expect(document.body.innerHTML).not.toMatch(/A-1[78]|B-4/);
  });
});

describe("the label of a stored case, changed on the board", () => {
  beforeEach(() => toBoard(app, cases, DAY));
  const labelOf = async (id: string): Promise<string> => (await cases.store.read(id)).content.label;
  async function type(over: string, text: string): Promise<void> {
    const input = screen.getByDisplayValue(over);
    await user.clear(input);
    await user.type(input, `${text}{Tab}`);
    await settled();
  }

  it("is changed in the case, whether it is open or not, without telling the user what the user did", async () => {
    await cases.openCase("b");
    await show();
    await type("A-17", " A-18  new ");
    await waitFor(() => expect(labels()).toEqual(["A-18 new", "B-4"]));
    expect(await labelOf("a")).toBe("A-18 new");
    await type("B-4", "B-5");
    await waitFor(() => expect(labels()).toEqual(["A-18 new", "B-5"]));
    expect(cases.current!.content.label).toBe("B-5");
    expect(await labelOf("b")).toBe("B-5");
    expect(document.body).not.toHaveTextContent("up to date");
    expect(screen.getByRole("link", { name: "Case A-18 new →" })).toHaveAttribute("href", "#/cases/case/a");
  });

  it("stays as it was where it is empty", async () => {
    await show();
    await type("A-17", "  ");
    expect(screen.getByLabelText("Label of case 1")).toHaveValue("A-17");
    expect(await labelOf("a")).toBe("A-17");
  });

  it("comes back with the reason in words where it cannot be written", async () => {
    await cases.openCase("b");
    await settled();
    await cases.flush();
    await show();
    const refused = vi
      .spyOn(cases.store, "change")
      .mockRejectedValue(new DOMException("no room", "QuotaExceededError"));
    await type("A-17", "A-18");
    expect(await screen.findByRole("alert")).toHaveTextContent(/^“A-17” keeps its label\. .*no room$/);
    expect(screen.getByLabelText("Label of case 1")).toHaveValue("A-17");
    await type("B-4", "B-5");
    await waitFor(() =>
      expect(screen.getByRole("alert")).toHaveTextContent(/^“B-4” keeps its label\. .*no room$/),
    );
    expect(screen.getByLabelText("Label of case 2")).toHaveValue("B-4");
    expect(cases.current!.content.label).toBe("B-4");
    refused.mockRestore();
    expect([await labelOf("a"), await labelOf("b")]).toEqual(["A-17", "B-4"]);
    await type("A-17", "A-18");
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(await labelOf("a")).toBe("A-18");
  });
});

describe("the day of an agenda", () => {
  it("stands over the cases with a way back, on the title slide and in the names of files; then today counts", async () => {
    await toBoard(app, cases, DAY);
    await show();
    expect(screen.getByText("Board of 12 December 2026")).toBeVisible();
    expect(screen.getByRole("link", { name: "Agenda" })).toHaveAttribute("href", `#/cases/board/${DAY}`);
    await screen.findByText(/^Saturday,? 12 December 2026$/, { selector: ".preview .date" });
    await user.click(screen.getByRole("button", { name: "PDF 16:9" }));
    await waitFor(() => expect(host.savedPdfs).toEqual(["Tumour board 2026-12-12 16-9.pdf"]));
    await user.click(screen.getByRole("button", { name: "Remove all" }));
    expect(board.day).toBeNull();
    board.add({ patient: patientOf(A) });
    await waitFor(() => expect(screen.queryByText("Board of 12 December 2026")).toBeNull());
    await waitFor(() =>
      expect(document.querySelector(".preview .date")).not.toHaveTextContent("December 2026"),
    );
    await user.click(screen.getByRole("button", { name: "PDF 16:9" }));
    await waitFor(() => expect(host.savedPdfs).toHaveLength(2));
    expect(host.savedPdfs[1]).toMatch(/^Tumour board \d{4}-\d\d-\d\d 16-9\.pdf$/);
    expect(host.savedPdfs[1]).not.toContain(DAY);
  });
});

describe("a patient from the form", () => {
  it("of a case is the same from every room: its label, its comparison, and it follows", async () => {
    await put("c", { label: "C-9", draft: A, comparison: PAIR });
    await cases.openCase("c");
    await settled();
    await waitFor(() => expect(app.estimate.outcome.kind).toBe("answered"));
    await new Exports(app).addToBoard({
      ...{ patient: app.estimate.request, endpoint: "os", draft: app.estimate.draft },
    });
    await show();
    await user.click(screen.getByRole("button", { name: "Add the patient from Estimate" }));
    expect(screen.getByText(/The same patient is already on the board as “C-9”/)).toBeVisible();
    const [first, second] = board.cases;
    expect({ ...second, id: 0, label: "C-9" }).toEqual({ ...first, id: 0 });
    expect(first).toMatchObject({ caseId: "c", compare: PAIR, draft: A });
    expect(document.body).not.toHaveTextContent("up to date");
    await cases.closeCase();
    await change("c", { label: "C-10" });
    await waitFor(() => expect(labels()).toEqual(["C-10", "C-10 (2)"]));
  });

  it("that cannot be opened on the board is not opened, and the room says why", async () => {
    await toBoard(app, cases, DAY);
    await show();
    vi.spyOn(cases.store, "readMany").mockRejectedValue(
      new CaseDamaged({ id: "a", reason: "tampered", label: null, field: null }),
    );
    await user.click(screen.getByRole("button", { name: "Open in Estimate: A-17" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("This case cannot be opened");
    expect(location.hash).toBe("#/board");
    expect(cases.current).toBeNull();
  });
});
