// First: Dexie looks for a database when it is loaded.
import "fake-indexeddb/auto";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import Dexie from "dexie";
import { IDBFactory } from "fake-indexeddb";
import { flushSync } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "../../src-renderer/App.svelte";
import { AppState } from "../../src-renderer/appState.svelte.ts";
import BoardRoom from "../../src-renderer/board/BoardRoom.svelte";
import { boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import CasesRoom from "../../src-renderer/cases/CasesRoom.svelte";
import type { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";
import type { CaseContent } from "../../src-renderer/cases/content.ts";
import CompareRoom from "../../src-renderer/compare/CompareRoom.svelte";
import EstimateRoom from "../../src-renderer/estimate/EstimateRoom.svelte";
import type { Host } from "../../src-renderer/host/host.svelte.ts";
import type { PatientDraft } from "../../src-renderer/patient/draft.ts";
import { emptyDraft, patientOf } from "../../src-renderer/patient/draft.ts";
import { localHost, memoryKeychain } from "../support/host.ts";

/** jsdom has no canvas: what is drawn is tested elsewhere. */
vi.mock("../../src-renderer/chart/canvas.ts", async (original) => ({
  ...(await original<object>()),
  Chart: class {
    data: unknown;
    options: unknown;
    update(): void {
      // nothing to draw on
    }
    draw(): void {
      // nothing to draw on
    }
    destroy(): void {
      // nothing was drawn
    }
  },
}));

beforeAll(() => {
  Object.defineProperty(document, "fonts", { value: { ready: Promise.resolve() } });
  window.matchMedia = () => new EventTarget() as MediaQueryList;
});

const user = userEvent.setup();
const PASSPHRASE = "synthetic words for a test only";
const A: PatientDraft = { ...emptyDraft(), tumour: "NEC", age: "67", ecogPs: 1 };
const B: PatientDraft = { ...emptyDraft(), tumour: "NET_G3", age: "54", ecogPs: 0, ki67: "35" };

let app: AppState;
let cases: CasesState;
const opened: AppState[] = [];

/** An app with an open store: in memory, or encrypted on the disk. */
async function open(where: "memory" | "disk" = "memory", host: Host = localHost()): Promise<void> {
  location.hash = "#/estimate";
  app = new AppState(host);
  opened.push(app);
  await app.load();
  cases = await app.loadCases();
  expect(cases.phase.kind).toBe("new");
  if (where === "memory") await cases.createForSitting();
  else await cases.create(PASSPHRASE);
  expect(cases.phase.kind).toBe("open");
}

/** Each test has a computer of its own. */
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  Dexie.dependencies.indexedDB = indexedDB;
});
afterEach(async () => {
  for (const each of opened.splice(0)) {
    const theirs = await each.loadCases();
    boardOf(each.host).clear();
    await theirs.erase();
    await theirs.close();
  }
});

/** Everything that follows from the latest change, until nothing follows any more. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    flushSync();
    await new Promise((resolve) => setTimeout(resolve));
  }
  await cases.flush();
  flushSync();
}

/** A case in the store, and closed. */
async function stored(label: string, draft: PatientDraft, more: Partial<CaseContent> = {}): Promise<string> {
  const id = crypto.randomUUID();
  const content = { ...(await import("../../src-renderer/cases/content.ts")).emptyContent(0), ...more };
  await cases.apply("import", [{ id, content: { ...content, label, draft }, deletedAt: 0 }]);
  return id;
}
const onDisk = async (id: string): Promise<CaseContent> => (await cases.store.read(id)).content;
const revisionOf = (id: string): number => cases.cases.find((each) => each.id === id)!.revision;
const form = (): PatientDraft => $snapshot(app.estimate.draft);
const $snapshot = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const strip = () => within(screen.getByRole("region", { name: "Case of this patient" }));

const saidBack = (): string => strip().getAllByRole("status")[0]!.textContent;

describe("the form and the case that is open", () => {
  beforeEach(() => open());

  it("are one: what is typed goes into the case, and to the disk", async () => {
    const id = await stored("A-17", A);
    await cases.openCase(id);
    await settled();
    expect(form()).toEqual(A);
    app.estimate.draft.age = "70";
    app.estimate.endpoint = "pfs";
    await settled();
    expect(await onDisk(id)).toMatchObject({ draft: { ...A, age: "70" }, endpoint: "pfs" });
  });

  it("opening writes nothing by itself, but the estimate that is then shown, once", async () => {
    const id = await stored("A-17", A);
    const before = revisionOf(id);
    await cases.openCase(id);
    flushSync();
    await cases.flush();
    const withoutAnswer = await onDisk(id);
    expect(withoutAnswer.draft).toEqual(A);
    await settled();
    const [shown, ...more] = (await onDisk(id)).estimates;
    expect(shown).toMatchObject({ kept: false, patient: { tumour: "NEC", ageYears: 67 } });
    expect(more).toEqual([]);
    const after = revisionOf(id);
    expect(after).toBe(before + 1);
    await cases.closeCase();
    await cases.openCase(id);
    await settled();
    expect(revisionOf(id)).toBe(after);
  });

  it("undo of the case is shown in the form, and is not written back as another change", async () => {
    const id = await stored("A-17", A);
    await cases.openCase(id);
    await settled();
    app.estimate.draft.age = "70";
    await settled();
    const sameDraft = app.estimate.draft;
    await cases.undo();
    await settled();
    expect(form()).toEqual(A);
    expect((await onDisk(id)).draft).toEqual(A);
    expect(app.estimate.draft).toBe(sameDraft);
    app.estimate.draft.age = "71";
    await settled();
    expect((await onDisk(id)).draft.age).toBe("71");
  });

  it("an answer is kept with the case that it is of, with no other", async () => {
    const [a, b] = [await stored("A", A), await stored("B", B)];
    await cases.openCase(a);
    await settled();
    await cases.openCase(b);
    await settled();
    await cases.openCase(a);
    await settled();
    expect((await onDisk(a)).estimates.map(({ patient }) => patient["tumour"])).toEqual(["NEC"]);
    expect((await onDisk(b)).estimates.map(({ patient }) => patient["tumour"])).toEqual(["NET_G3"]);
    expect((await onDisk(a)).draft).toEqual(A);
    expect((await onDisk(b)).draft).toEqual(B);
  });

  it("undo of the form never brings another patient into the case", async () => {
    render(EstimateRoom, { app });
    app.estimate.draft.tumour = "NEC";
    app.estimate.draft.age = "80";
    await settled();
    expect(app.estimate.canUndo).toBe(true);
    const id = await stored("B", B);
    await cases.openCase(id);
    await settled();
    expect(app.estimate.canUndo).toBe(false);
    app.estimate.undo();
    await settled();
    expect((await onDisk(id)).draft).toEqual(B);
  });

  it("two versions that were kept change with the patient in what they share", async () => {
    const comparison = { a: patientOf(A), b: { ...patientOf(A), ecogPs: 0 } };
    const id = await stored("A", A, { comparison });
    await cases.openCase(id);
    await settled();
    app.estimate.draft.age = "70";
    app.estimate.draft.ecogPs = 2;
    await settled();
    expect((await onDisk(id)).comparison).toMatchObject({
      a: { ageYears: 70, ecogPs: 2 },
      b: { ageYears: 70, ecogPs: 0 },
    });
  });
});

describe("a patient who is in no case", () => {
  beforeEach(() => open());

  it("steps aside for a case, and comes back when it is closed", async () => {
    const id = await stored("B", B);
    Object.assign(app.estimate.draft, A);
    app.estimate.endpoint = "pfs";
    await settled();
    await cases.openCase(id);
    await settled();
    expect(form()).toEqual(B);
    await app.caseInForm!.close();
    await settled();
    expect(form()).toEqual(A);
    expect(app.estimate.endpoint).toBe("pfs");
    expect((await onDisk(id)).draft).toEqual(B);
  });

  it("waits where the form is cleared, and is brought back by a press", async () => {
    const id = await stored("B", B);
    Object.assign(app.estimate.draft, A);
    await settled();
    await cases.openCase(id);
    render(EstimateRoom, { app });
    await settled();
    await user.click(screen.getByRole("button", { name: "Clear" }));
    await settled();
    expect(form()).toEqual(emptyDraft());
    expect(cases.current).toBeNull();
    expect((await onDisk(id)).draft).toEqual(B);
    await user.click(strip().getByRole("button", { name: /^Bring back NEC · 67.years · PS.1$/ }));
    await settled();
    expect(form()).toEqual(A);
    expect(saidBack()).toBe("");
    expect(strip().getByText("Not stored")).toBeVisible();
  });

  it("who comes back by themselves is named once, until something else is entered", async () => {
    const id = await stored("B", B);
    Object.assign(app.estimate.draft, A);
    await settled();
    await cases.openCase(id);
    render(EstimateRoom, { app });
    await settled();
    expect(saidBack()).toBe("");
    await user.click(await strip().findByRole("button", { name: "Close case" }));
    await settled();
    expect(saidBack()).toMatch(/^Back in the form: NEC · 67.years · PS.1$/);
    app.estimate.draft.age = "68";
    await settled();
    expect(saidBack()).toBe("");
    expect(strip().getByText("Not stored")).toBeVisible();
    await cases.openCase(id);
    await settled();
    await app.caseInForm!.close();
    await settled();
    expect(form()).toEqual({ ...A, age: "68" });
  });

  it("of whom nothing tells who it is has words too", async () => {
    const id = await stored("B", B);
    app.estimate.draft.sex = "female";
    await settled();
    await cases.openCase(id);
    await settled();
    expect(app.caseInForm!.waits).toBe("the patient that was in the form");
  });

  it("is in the form still when the case that was made of it is taken back", async () => {
    Object.assign(app.estimate.draft, A);
    await settled();
    await app.caseInForm!.save();
    await cases.undo();
    await settled();
    expect(cases.current).toBeNull();
    expect(form()).toEqual(A);
  });

  it("what is typed while its case is being made is in the case too", async () => {
    Object.assign(app.estimate.draft, A);
    await settled();
    const saving = app.caseInForm!.save();
    app.estimate.draft.age = "71";
    const id = await saving;
    await settled();
    expect(form().age).toBe("71");
    expect((await onDisk(id)).draft.age).toBe("71");
  });
});

describe("the strip over the form", () => {
  it("saves the patient as a case, asks for its label, and says when it is saved", async () => {
    await open("disk");
    render(EstimateRoom, { app });
    const save = strip().getByRole("button", { name: "Save as case" });
    expect(save).toBeDisabled();
    Object.assign(app.estimate.draft, A);
    await settled();
    await user.click(save);
    const label = await strip().findByLabelText("Label of the case");
    expect(label).toHaveFocus();
    await user.type(label, "01019012345 A-17");
    expect(await strip().findByText(/Saved \d\d:\d\d:\d\d/)).toBeVisible();
    const id = cases.current!.id;
    expect(await onDisk(id)).toMatchObject({ label: "01019012345 A-17", draft: A });
    expect(strip().getByRole("link", { name: "Show this case in Cases" })).toHaveAttribute(
      "href",
      `#/cases/case/${id}`,
    );
    await user.click(strip().getByRole("button", { name: "Close case" }));
    await settled();
    expect(strip().getByText("Not stored")).toBeVisible();
    expect(form()).toEqual(emptyDraft());
  });

  it("warns of an identity number in the label", async () => {
    await open();
    await cases.openCase(await stored("born 12.03.1957", A));
    render(EstimateRoom, { app });
    expect(await strip().findByText(/“12\.03\.1957” \(may be a date of birth\)/)).toBeVisible();
  });

  it("goes to Cases where nothing is set up, and saves the patient afterwards; not if the user has left", async () => {
    location.hash = "#/estimate";
    app = new AppState(localHost());
    opened.push(app);
    await app.load();
    cases = await app.loadCases();
    render(EstimateRoom, { app });
    Object.assign(app.estimate.draft, A);
    const wish = async (): Promise<void> => {
      await user.click(await strip().findByRole("button", { name: "Save as case" }));
      await waitFor(() => expect(app.navigation.route.room).toBe("cases"));
    };
    await wish();
    app.navigation.go("estimate");
    await waitFor(() => expect(app.wantsCase).toBe(false));
    await wish();
    await cases.createForSitting();
    await waitFor(() => expect(cases.current?.content.draft).toEqual(A));
    await waitFor(() => expect(app.navigation.route.place).toBe(`case/${cases.current!.id}`));
    expect(app.wantsCase).toBe(false);
  });

  it("after setting up, the focus is at the label of the case that was waiting", async () => {
    location.hash = "#/cases";
    app = new AppState(localHost());
    opened.push(app);
    await app.load();
    cases = await app.loadCases();
    Object.assign(app.estimate.draft, A);
    app.wantsCase = true;
    render(CasesRoom, { app, place: "" });
    await settled();
    await cases.createForSitting();
    const label = await screen.findByLabelText("Label");
    await waitFor(() => expect(label).toHaveFocus());
  });

  it("says what is not saved, keeps the case open, and tries again", async () => {
    await open();
    const id = await stored("A", A);
    await cases.openCase(id);
    render(EstimateRoom, { app });
    await settled();
    const full = vi
      .spyOn(cases.store, "change")
      .mockRejectedValue(new DOMException("", "QuotaExceededError"));
    await user.type(screen.getByLabelText("Age"), "{Backspace}9");
    expect(await strip().findByText(/the disk is full/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(cases.current?.id).toBe(id);
    expect(form().age).toBe("69");
    const leaving = new Event("beforeunload", { cancelable: true });
    expect(dispatchEvent(leaving)).toBe(false);
    full.mockRestore();
    await user.click(strip().getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(strip().queryByText(/disk is full/)).toBeNull());
    expect((await onDisk(id)).draft.age).toBe("69");
  });

  it("stands over the form of Compare too; what is kept there is there again", async () => {
    await open();
    const id = await stored("A", A);
    await cases.openCase(id);
    const first = render(CompareRoom, { app });
    await settled();
    expect(await strip().findByLabelText("Label of the case")).toHaveValue("A");
    await user.click(await screen.findByRole("button", { name: /^PS\s1 now/ }));
    await user.click(await screen.findByRole("button", { name: "Keep with the case" }));
    expect(screen.getByText("The two versions are kept with the case.")).toBeVisible();
    await settled();
    expect((await onDisk(id)).comparison).toMatchObject({ a: { ecogPs: 1 }, b: { ecogPs: 0 } });
    first.unmount();
    await app.caseInForm!.close();
    await cases.openCase(id);
    await settled();
    render(CompareRoom, { app });
    expect(await screen.findByRole("button", { name: "Remove ECOG performance status" })).toBeVisible();
  });
});

describe("an estimate is kept on purpose", () => {
  it("with the case, as it is at this moment", async () => {
    await open();
    render(EstimateRoom, { app });
    Object.assign(app.estimate.draft, A);
    expect(await screen.findByText(/CI of the estimate/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Keep estimate" })).toBeNull();
    const id = await app.caseInForm!.save();
    await user.click(await screen.findByRole("button", { name: "Keep estimate" }));
    expect(screen.getByText("This estimate is kept with the case.")).toBeVisible();
    app.estimate.draft.age = "75";
    await settled();
    const kept = (await onDisk(id)).estimates.filter((each) => each.kept);
    expect(kept.map(({ patient }) => patient["ageYears"])).toEqual([67]);
  });
});

describe("locking", () => {
  it("takes the case off form and board, with all that could bring it back; the rest stays", async () => {
    await open("disk");
    const id = await stored("A-17", A);
    const board = boardOf(app.host);
    board.add({ patient: patientOf(B), label: "Loose" });
    await cases.openCase(id);
    render(BoardRoom, { app, place: "" });
    await settled();
    await user.click(screen.getByRole("button", { name: "Add the patient from Estimate" }));
    expect(await screen.findByDisplayValue("A-17")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Remove A-17" }));
    board.undo();
    board.remove(board.cases[1]!.id);
    board.add({ patient: patientOf(A), label: "A-17 again", caseId: id });
    await cases.lock();
    await waitFor(() => expect(board.cases.map(({ label }) => label)).toEqual(["Loose"]));
    expect(board.undoable).toBeNull();
    expect(form()).toEqual(emptyDraft());
    expect(app.estimate.canUndo).toBe(false);
    await waitFor(() => expect(document.body.innerHTML).not.toContain("A-17"));
  });

  it("leaves a patient alone who is in no case", async () => {
    await open("disk");
    Object.assign(app.estimate.draft, A);
    await settled();
    await cases.lock();
    await settled();
    expect(form()).toEqual(A);
  });

  it("waits for the audience to take their slides away", async () => {
    await open("disk");
    const board = boardOf(app.host);
    board.add({ patient: patientOf(A), label: "A-17", caseId: await stored("A-17", A) });
    render(BoardRoom, { app, place: "" });
    await user.click(await screen.findByRole("button", { name: "Present" }));
    await screen.findByRole("dialog", { name: "Slides, full screen" });
    expect(app.presenting).toBe(true);
    await cases.lock();
    await settled();
    expect(board.cases).toHaveLength(1);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(board.cases).toHaveLength(0));
    expect(app.presenting).toBe(false);
  });

  it("from every room, by the padlock or Alt + L, where there is something to lock", async () => {
    const host = localHost(undefined, memoryKeychain());
    await open("disk", host);
    await cases.close();
    opened.splice(0);
    vi.stubGlobal("requestIdleCallback", (run: () => void) => setTimeout(run));
    vi.stubGlobal("cancelIdleCallback", clearTimeout);
    try {
      const { unmount } = render(App, { host });
      const padlock = screen.getByRole("button", { name: "Lock the cases (Alt + L)" });
      expect(padlock).toBeDisabled();
      await waitFor(() => expect(padlock).toBeEnabled());
      await user.keyboard("{Alt>}[KeyL]{/Alt}");
      expect(await screen.findByText("The cases are locked.")).toBeInTheDocument();
      expect(padlock).toBeDisabled();
      unmount();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("the padlock", () => {
  it.each<[string, boolean, RegExp]>([
    ["the sign-in", false, /Your sign-in opens them again/],
    ["the passphrase, where a lock asks for it", true, /The passphrase opens them again/],
  ])("says what opens again: %s", async (_what, lockAsks, says) => {
    const host = localHost(undefined, memoryKeychain());
    await open("disk", host);
    await cases.changeSettings({ lockAsks });
    await cases.close();
    opened.splice(0);
    vi.stubGlobal("requestIdleCallback", (run: () => void) => setTimeout(run));
    vi.stubGlobal("cancelIdleCallback", clearTimeout);
    try {
      const { unmount } = render(App, { host });
      const padlock = screen.getByRole("button", { name: "Lock the cases (Alt + L)" });
      await waitFor(() => expect(padlock).toBeEnabled());
      expect(padlock).toHaveAttribute("title", expect.stringMatching(says));
      unmount();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("closing the window", () => {
  const asks = (): boolean => !dispatchEvent(new Event("beforeunload", { cancelable: true }));

  it("asks for what is nowhere else: cases of this sitting, and board cases that are not stored", async () => {
    await open();
    expect(asks()).toBe(false);
    const id = await stored("A", A);
    expect(asks()).toBe(true);
    await cases.remove([id]);
    expect(asks()).toBe(false);
  });

  it("does not ask for cases that are on the disk", async () => {
    await open("disk");
    const board = boardOf(app.host);
    board.add({ patient: patientOf(A), caseId: await stored("A", A) });
    expect(asks()).toBe(false);
    const loose = board.add({ patient: patientOf(B) });
    expect(asks()).toBe(true);
    board.remove(loose.id);
    expect(asks()).toBe(false);
  });
});

describe("a board case that is stored", () => {
  it("is opened where it is kept; another one never gets into the case that is open", async () => {
    await open();
    const [a, b] = [await stored("A", A), await stored("B", B)];
    const board = boardOf(app.host);
    board.add({ patient: patientOf(A), label: "A", caseId: a });
    board.add({ patient: { tumour: "NEC", ageYears: 80, ecogPs: 2 }, label: "Loose" });
    await cases.openCase(b);
    render(BoardRoom, { app, place: "" });
    await user.click(await screen.findByRole("button", { name: "Open in Estimate: Loose" }));
    await waitFor(() => expect(form()).toMatchObject({ age: "80", ecogPs: 2 }));
    expect(cases.current).toBeNull();
    expect((await onDisk(b)).draft).toEqual(B);
    await user.click(await screen.findByRole("button", { name: "Open in Estimate: A" }));
    await waitFor(() => expect(cases.current?.id).toBe(a));
    await settled();
    expect(form()).toEqual(A);
  });
});
