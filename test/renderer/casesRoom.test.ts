import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { AppState } from "../../src-renderer/appState.svelte.ts";
import { boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import CasesRoom from "../../src-renderer/cases/CasesRoom.svelte";
import type { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";
import type { CaseContent } from "../../src-renderer/cases/content.ts";
import { emptyContent } from "../../src-renderer/cases/content.ts";
import { daysLater, timeOfDay } from "../../src-renderer/cases/days.ts";
import { emptyFollowUp } from "../../src-renderer/cases/followUp/followUp.ts";
import { readCaseFile } from "../../src-renderer/cases/files/caseFile.ts";
import { openCaseFile } from "../../src-renderer/cases/files/sealedFile.ts";
import type { Host } from "../../src-renderer/host/host.svelte.ts";
import { localHost } from "../support/host.ts";

const user = userEvent.setup();
/** Each test begins at its noon: none of them runs over midnight. */
const TODAY = "2026-11-21";
const NEXT = daysLater(TODAY, 5);
const LATER = daysLater(TODAY, 12);

/** What jsdom lacks: the modal dialog, as open or not with a word when it closes, and scrolling. */
beforeAll(() => {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
      this.querySelector<HTMLElement>("[autofocus]")?.focus();
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event("close"));
    },
  });
  Object.assign(Element.prototype, { scrollIntoView: () => undefined });
});

type Given = Partial<Omit<CaseContent, "draft">> & { draft?: Partial<CaseContent["draft"]> };
const contentOf = ({ draft, ...rest }: Given): CaseContent => {
  const empty = emptyContent(Date.now());
  return { ...empty, ...rest, draft: { ...empty.draft, ...draft } };
};

let app: AppState;
let cases: CasesState;
let rerender: ((place: string) => void) | null;

/** The room over a store in memory, its place following the address as in the program. */
async function room(given: readonly Given[], place = "", host: Host = localHost()): Promise<void> {
  location.hash = place === "" ? "#/cases" : `#/cases/${place}`;
  app = new AppState(host);
  await app.load();
  cases = await app.loadCases();
  await cases.createForSitting();
  if (given.length > 0) {
    await cases.apply(
      "import",
      given.map((each) => ({ id: crypto.randomUUID(), content: contentOf(each), deletedAt: 0 })),
    );
  }
  const view = render(CasesRoom, { app, place });
  rerender = (to) => void view.rerender({ app, place: to });
  addEventListener("hashchange", follow);
}
const follow = (): void => rerender?.(app.navigation.route.place);
beforeEach(() => {
  rerender = null;
  vi.useFakeTimers({ toFake: ["Date"], now: timeOfDay(TODAY), shouldAdvanceTime: true });
});
afterEach(() => {
  removeEventListener("hashchange", follow);
  vi.useRealTimers();
});

const press = (name: string | RegExp): Promise<void> => user.click(screen.getByRole("button", { name }));
const labels = (): string[] =>
  [...document.querySelectorAll("tbody th a")].map((link) => link.textContent.trim());
const idOf = (label: string): string => cases.cases.find((each) => each.label === label)!.id;
const read = async (label: string): Promise<CaseContent> => (await cases.store.read(idOf(label))).content;
const labelField = (): Promise<HTMLInputElement> => screen.findByRole("textbox", { name: "Label" });

const THREE: readonly Given[] = [
  { label: "A 2", tags: ["trial"], draft: { tumour: "NEC", age: "67", ecogPs: 1, primarySite: "colon" } },
  { label: "A 10", draft: { tumour: "NET_G3", age: "58", ecogPs: 0 }, followUp: emptyFollowUp() },
  { label: "B", draft: { tumour: "NEC", age: "71" }, board: { day: NEXT, place: 1 } },
];

describe("an empty room", () => {
  it("says what to do, and adds examples that are marked as made up", async () => {
    await room([]);
    expect(screen.getByRole("heading", { name: "No case yet" })).toBeVisible();
    expect(within(screen.getByRole("main")).getByRole("link", { name: "Estimate" })).toHaveAttribute(
      "href",
      "#/estimate",
    );
    await press("Add synthetic examples");
    expect(await screen.findByRole("link", { name: "Synthetic example 1" })).toBeVisible();
    expect(cases.listed.every(({ tags }) => tags.includes("synthetic"))).toBe(true);
  });

  it("begins a case by the key n, and the label is what is typed next", async () => {
    await room([]);
    await user.keyboard("n");
    const label = await labelField();
    await waitFor(() => expect(label).toHaveFocus());
    await user.keyboard("New one");
    await cases.flush();
    expect(cases.listed.map((each) => each.label)).toEqual(["New one"]);
  });
});

describe("the list", () => {
  it("is sorted by its headers, and says how", async () => {
    await room(THREE);
    expect(labels()).toEqual(["B", "A 10", "A 2"]);
    expect(screen.getByRole("columnheader", { name: /Changed/ })).toHaveAttribute("aria-sort", "descending");
    await press("Label");
    expect(labels()).toEqual(["A 2", "A 10", "B"]);
    expect(screen.getByRole("columnheader", { name: "Label" })).toHaveAttribute("aria-sort", "ascending");
    expect(screen.getByRole("columnheader", { name: /Changed/ })).not.toHaveAttribute("aria-sort");
    await press("Label");
    expect(labels()).toEqual(["B", "A 10", "A 2"]);
  });

  it("is searched from anywhere by /, narrowed, counted, and cleared", async () => {
    await room(THREE);
    expect(screen.getByText("3 cases", { selector: ".found" })).toBeVisible();
    await user.keyboard("/");
    const search = screen.getByRole("searchbox", { name: "Search cases" });
    expect(search).toHaveFocus();
    await user.keyboard("nec");
    expect(labels()).toEqual(["B", "A 2"]);
    expect(screen.getByText("2 of 3 cases")).toBeVisible();
    await user.selectOptions(screen.getByRole("combobox", { name: "Board" }), "upcoming");
    expect(labels()).toEqual(["B"]);
    await user.click(screen.getByRole("checkbox", { name: "With follow-up" }));
    expect(screen.getByRole("heading", { name: "No case matches" })).toBeVisible();
    await press("Clear search and filters");
    expect(labels()).toHaveLength(3);
    expect(search).toHaveFocus();
  });

  it("is walked, chosen from and emptied by keyboard, and undo brings all back", async () => {
    await room(THREE);
    screen.getByRole("link", { name: "B" }).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(screen.getByRole("link", { name: "A 2" })).toHaveFocus();
    await user.keyboard("{Home} {ArrowDown} ");
    expect(screen.getByRole("checkbox", { name: "Choose “B”" })).toBeChecked();
    expect(screen.getByText("2 chosen")).toBeVisible();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(labels()).toEqual(["A 2"]));
    await waitFor(() => expect(screen.getByRole("link", { name: "A 2" })).toHaveFocus());
    expect(screen.getByText(/^2\scases put into the bin$/, { selector: ".latest" })).toBeVisible();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(labels()).toHaveLength(3));
    const order = labels();
    const at = order.indexOf("A 10");
    screen.getByRole("link", { name: "A 10" }).focus();
    await user.keyboard("{Delete}");
    // The row that takes its place has the focus; the last one's is the one before.
    const left = order.toSpliced(at, 1);
    await waitFor(() => expect(labels()).toEqual(left));
    await waitFor(() =>
      expect(screen.getByRole("link", { name: left[Math.min(at, left.length - 1)]! })).toHaveFocus(),
    );
    expect(screen.getByText("Case “A 10” put into the bin", { selector: ".latest" })).toBeVisible();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(labels()).toHaveLength(3));
    expect(cases.binned).toEqual([]);
  });

  it("puts the chosen into the bin by Delete, wherever the focus is, and no other", async () => {
    await room(THREE);
    await user.click(screen.getByRole("checkbox", { name: "Choose “B”" }));
    screen.getByRole("link", { name: "A 2" }).focus();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(labels()).toEqual(["A 10", "A 2"]));
    expect(cases.binned.map(({ label }) => label)).toEqual(["B"]);
  });

  it("leaves Ctrl + Z to a field of text", async () => {
    await room(THREE);
    await cases.remove([idOf("B")]);
    await user.click(screen.getByRole("searchbox", { name: "Search cases" }));
    await user.keyboard("{Control>}z{/Control}");
    expect(cases.binned).toHaveLength(1);
  });

  it("draws a hundred rows, and more when asked", async () => {
    await room(Array.from({ length: 230 }, (_, i) => ({ label: `case ${i}` })));
    expect(labels()).toHaveLength(100);
    await press("Show 100 more");
    expect(labels()).toHaveLength(200);
    await press("Show 30 more");
    expect(labels()).toHaveLength(230);
    expect(screen.queryByRole("button", { name: /^Show/ })).toBeNull();
    screen.getByRole("link", { name: "case 229" }).focus();
    await user.keyboard("{End}");
    expect(await screen.findByRole("link", { name: "case 0" })).toHaveFocus();
  });

  it("puts the chosen on a board, tags and duplicates them, each as one change", async () => {
    await room(THREE);
    await user.click(screen.getByRole("checkbox", { name: "Choose all 3" }));
    await press("Tag…");
    await user.type(
      within(screen.getByRole("group", { name: "The chosen cases" })).getByRole("combobox"),
      "  May   board {Enter}",
    );
    await waitFor(() => expect(cases.listed.every(({ tags }) => tags.includes("May board"))).toBe(true));
    await press("Put on a board…");
    const day = screen.getByRole("textbox", { name: "Day of the board" });
    expect(day).toHaveValue(NEXT);
    await user.clear(day);
    await user.type(day, "31.2.2027");
    expect(screen.getByRole("button", { name: "Put on the board" })).toBeDisabled();
    await user.clear(day);
    await user.type(day, `${LATER}{Enter}`);
    await waitFor(() => expect(cases.listed.every(({ board }) => board?.day === LATER)).toBe(true));
    expect(new Set(cases.listed.map(({ board }) => board!.place)).size).toBe(3);
    await press("Undo");
    await waitFor(() => expect(cases.listed.filter(({ board }) => board !== null)).toHaveLength(1));
    await press("Duplicate");
    await waitFor(() => expect(cases.listed).toHaveLength(6));
    expect(labels()).toContain("A 2 (copy)");
    expect(cases.listed.find(({ label }) => label === "B (copy)")!.board).toBeNull();
  });
});

describe("an open case", () => {
  it("is what the address says, also in the form of Estimate, whose undo begins there", async () => {
    await room(THREE);
    app.estimate.draft.age = "33";
    app.estimate.remember();
    await user.click(screen.getByRole("link", { name: "A 2" }));
    expect(await labelField()).toHaveValue("A 2");
    expect(location.hash).toBe(`#/cases/case/${idOf("A 2")}`);
    expect(app.estimate.draft).toMatchObject({ age: "67", tumour: "NEC" });
    app.estimate.remember();
    expect(app.estimate.canUndo).toBe(false);
    expect(screen.getByText(/^NEC · Colon · 67 years · PS 1$/)).toBeVisible();
    await user.click(screen.getByRole("textbox", { name: "Note" }));
    await user.keyboard("{Escape}");
    expect(cases.current).not.toBeNull();
    screen.getByRole("link", { name: "A 2" }).focus();
    await user.keyboard("{Escape}");
    expect(await screen.findByText("Choose a case to see it here.")).toBeVisible();
    expect(cases.current).toBeNull();
    // Whoever was in the form, and in no case, comes back.
    await waitFor(() => expect(app.estimate.draft.age).toBe("33"));
    await waitFor(() => expect(screen.getByRole("link", { name: "A 2" })).toHaveFocus());
  });

  it("goes to Estimate with its endpoint", async () => {
    await room([{ label: "P", endpoint: "pfs", draft: { tumour: "NEC", age: "67", ecogPs: 1 } }]);
    await user.click(screen.getByRole("link", { name: "P" }));
    await labelField();
    await press("Open in Estimate");
    await waitFor(() => expect(location.hash).toBe("#/estimate"));
    expect(app.estimate.endpoint).toBe("pfs");
    expect(app.estimate.outcome.kind).toBe("answered");
  });

  it("is saved as it is typed, warns of what identifies, and is taken back", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "B" }));
    const label = await labelField();
    expect(label).toHaveAttribute("autocomplete", "off");
    expect(screen.getByText(/^A pseudonym that only your department/)).toBeVisible();
    await user.type(label, " born 12.03.1958");
    expect(screen.getByText(/This looks like somebody: “12\.03\.1958”/)).toBeVisible();
    const note = screen.getByRole("textbox", { name: "Note" });
    await user.type(note, "histology again");
    await cases.flush();
    expect(await read("B born 12.03.1958")).toMatchObject({ note: "histology again" });
    expect(screen.getByText(/^Case “B born 12\.03\.1958” changed$/)).toBeVisible();
    await user.type(note, " 12.03.1958");
    expect(screen.getByText(/may be a date of birth\)\. Leave it out of the note\./)).toBeVisible();
    expect(screen.getByText(/may be a date of birth\)\. Use a label/)).toBeVisible();
    await press("Undo");
    await waitFor(() => expect(note).toHaveValue(""));
    await press("Undo");
    await waitFor(() => expect(label).toHaveValue("B"));
  });

  it("says quietly that another case is called the same", async () => {
    await room([{ label: "A-17" }, { label: "B" }, { label: "" }]);
    await user.click(screen.getByRole("link", { name: "B" }));
    const label = await labelField();
    await user.clear(label);
    expect(screen.queryByText(/^Another case is called/)).toBeNull();
    await user.type(label, "a -17");
    expect(screen.getByText("Another case is called “A-17”.")).toBeVisible();
    expect(label).toHaveAccessibleDescription(/Another case is called “A-17”\./);
    await user.type(label, "b");
    expect(screen.queryByText(/^Another case is called/)).toBeNull();
    await user.type(label, "{Backspace}");
    expect(screen.getByText("Another case is called “A-17”.")).toBeVisible();
    await cases.remove([idOf("A-17")]);
    await waitFor(() => expect(screen.queryByText(/^Another case is called/)).toBeNull());
  });

  it("is left by Esc a step at a time, and nothing half-typed comes in by it", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "B" }));
    const label = await labelField();
    await user.type(label, "!{Enter}");
    expect(label).toHaveValue("B!");
    await user.keyboard("{Escape}");
    expect(label).not.toHaveFocus();
    const tag = screen.getByPlaceholderText("Add a tag");
    await user.type(tag, "half{Escape}");
    expect(tag).toHaveValue("");
    expect(tag).toHaveFocus();
    await user.keyboard("{Escape}");
    expect(tag).not.toHaveFocus();
    expect(cases.current).not.toBeNull();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(cases.current).toBeNull());
    expect(await read("B!")).toMatchObject({ tags: [] });
  });

  it("takes pasted tags apart at their commas, and keeps them whole", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "B" }));
    await labelField();
    await user.click(screen.getByPlaceholderText("Add a tag"));
    await user.paste("trial, second opinion\nthird");
    await user.paste("plain");
    expect(cases.current!.content.tags).toEqual(["trial", "second opinion", "third"]);
    expect(screen.getByPlaceholderText("Add a tag")).toHaveValue("plain");
  });

  it("is duplicated into a copy whose label is typed next", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "B" }));
    await labelField();
    await press("Duplicate");
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Label" })).toHaveValue("B (copy)"));
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Label" })).toHaveFocus());
  });

  it("goes on in the first field of a follow-up that is added", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "B" }));
    await labelField();
    await press("Add follow-up");
    const ldh = screen.getByRole("group", { name: "LDH" });
    await waitFor(() => expect(within(ldh).getByRole("radio", { name: "Not recorded" })).toHaveFocus());
  });

  it("has tags by keyboard, and a board", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "A 2" }));
    await labelField();
    await user.type(screen.getByPlaceholderText("Add a tag"), "one{Enter}two,trial{Enter}");
    await cases.flush();
    expect((await read("A 2")).tags).toEqual(["trial", "one", "two"]);
    await user.keyboard("{Backspace}");
    await press("Remove the tag trial");
    await cases.flush();
    expect((await read("A 2")).tags).toEqual(["one"]);
    await press(/^Next board/);
    await cases.flush();
    expect((await read("A 2")).board).toEqual({ day: NEXT, place: 2 });
    const day = screen.getByRole("textbox", { name: "Day of the board" });
    await user.type(day, "x");
    await user.tab();
    expect(
      await screen.findByText(`“${NEXT}x” is not a day yet: year, month and day, the year with four digits.`),
    ).toBeVisible();
    expect(screen.getByRole("link", { name: /^Still on the board of/ })).toHaveAttribute(
      "href",
      `#/cases/board/${NEXT}`,
    );
    await user.clear(day);
    await waitFor(() => expect(cases.current!.content.board).toBeNull());
    await press(/^Next board/);
    await user.clear(day);
    await press(/^Next board/);
    expect(screen.getByRole("link", { name: /^On the board of/ })).toBeVisible();
    await user.type(day, "{Control>}a{/Control}31.11.2026");
    await user.tab();
    expect(await screen.findByText("The calendar has no 31.11.2026.")).toBeVisible();
    expect(screen.getByRole("link", { name: /^Still on the board of/ })).toBeVisible();
    await cases.flush();
    expect((await read("A 2")).board?.day).toBe(NEXT);
    await press("Take off the board");
    await cases.flush();
    expect((await read("A 2")).board).toBeNull();
    expect(day).toHaveValue("");
  });

  it("folds its follow-up away, with one line of it", async () => {
    const followUp = {
      ...emptyFollowUp(),
      bestResponse: "CR" as const,
      progression: "2025-03-01",
      lastContact: "2025-06-01",
    };
    await room([{ label: "F", followUp }, { label: "G" }]);
    await user.click(screen.getByRole("link", { name: "F" }));
    expect(await screen.findByText("CR · progression 2025-03-01 · alive 2025-06-01")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Remove follow-up" })).toBeNull();
    await user.click(screen.getByRole("heading", { name: "Follow-up" }));
    await user.click(await screen.findByRole("button", { name: "Remove follow-up" }));
    await cases.flush();
    expect((await read("F")).followUp).toBeNull();
    await press("Undo");
    expect(await screen.findByText("CR · progression 2025-03-01 · alive 2025-06-01")).toBeVisible();
  });

  it("marks what in that line cannot be", async () => {
    const followUp = { ...emptyFollowUp(), start: "30.02.2026", bestResponse: "PR" as const };
    await room([{ label: "F", followUp }]);
    await user.click(screen.getByRole("link", { name: "F" }));
    const wrong = await screen.findByText("first line: no valid date");
    expect(within(wrong).getByRole("img", { name: "Caution" })).toBeVisible();
    expect(screen.queryByText(/30\.02\.2026/)).toBeNull();
    expect(screen.getAllByRole("img", { name: "Caution" })).toHaveLength(1);
  });

  it("shows an estimate of another model beside today's, and removes one, to be had back", async () => {
    await room([{ label: "E", draft: { tumour: "NEC", age: "67", ecogPs: 1 } }]);
    await user.click(screen.getByRole("link", { name: "E" }));
    await labelField();
    const answer = await app.host.request("estimate", {
      patient: { tumour: "NEC", ageYears: 67, ecogPs: 1 },
    });
    if (!answer.ok) throw new Error(answer.message);
    cases.keepEstimate(answer.value);
    const [kept] = cases.current!.content.estimates;
    const os = kept!.os!;
    const older = {
      ...kept!,
      modelVersion: "0.9.0",
      at: kept!.at - 1,
      os: { ...os, median: os.median! - 1 },
    };
    cases.edit({ estimates: [kept!, older] }, "test");
    await cases.flush();
    expect(await screen.findByText(/^Made by model 0\.9\.0; today's is/)).toBeVisible();
    expect(screen.getByText("1.0 months longer")).toBeVisible();
    expect(screen.getByText("the same")).toBeVisible();
    expect(screen.getAllByText(/^NEC · 67 years old · PS 1/).length).toBeGreaterThan(1);
    await press(/^Remove the estimate: Model 0\.9\.0/);
    await waitFor(() => expect(screen.queryByText(/^Made by model/)).toBeNull());
    await cases.flush();
    await press("Undo");
    expect(await screen.findByText(/^Made by model 0\.9\.0/)).toBeVisible();
  });

  it("says in words why there was no estimate, and leaves out a code that nobody knows", async () => {
    const none = {
      ...{ at: 1, kept: true, appVersion: "0.1.0", modelVersion: "0.9.0", study: "other-study" },
      ...{ patient: {}, os: null, pfs: null, notEstimated: ["minen", "__proto__", "averaged-covariate"] },
    };
    await room([{ label: "N", estimates: [none] }]);
    await user.click(screen.getByRole("link", { name: "N" }));
    expect(await screen.findByText("Not estimated: a mixed neoplasm (MiNEN).")).toBeVisible();
    expect(await screen.findByText(/^Made from another study \(other-study\)/)).toBeVisible();
  });

  it("that is in the bin, or nowhere, is said", async () => {
    await room(THREE);
    const id = idOf("B");
    await cases.remove([id]);
    app.navigation.go("cases", `case/${id}`);
    expect(await screen.findByText("This case is in the bin.")).toBeVisible();
    app.navigation.go("cases", "case/00000000-0000-4000-8000-000000000000");
    expect(await screen.findByText("There is no such case on this computer any more.")).toBeVisible();
  });

  it("that cannot be saved stays open, and says so", async () => {
    await room(THREE);
    await user.click(screen.getByRole("link", { name: "B" }));
    const label = await labelField();
    const refuse = vi
      .spyOn(cases.store, "change")
      .mockRejectedValue(new DOMException("no room", "QuotaExceededError"));
    await user.type(label, "!");
    expect(await screen.findByText(/^Not saved: the disk is full\./)).toBeVisible();
    await user.click(screen.getByRole("link", { name: "A 2" }));
    expect(await screen.findByText(/^The open case is not saved yet, so it stays open/)).toBeVisible();
    expect(label).toHaveValue("B!");
    await waitFor(() => expect(location.hash).toBe(`#/cases/case/${idOf("B")}`));
    refuse.mockRestore();
    await press("Try again");
    await waitFor(() => expect(screen.queryByText(/^Not saved/)).toBeNull());
    expect(await read("B!")).toMatchObject({ label: "B!" });
  });
});

describe("a case that the disk does not take", () => {
  it("is saved as an encrypted file that opens with the store's own key", async () => {
    const host = localHost();
    await room(THREE, "", host);
    vi.spyOn(cases, "durable", "get").mockReturnValue(true);
    await user.click(screen.getByRole("link", { name: "B" }));
    const refuse = vi.spyOn(cases.store, "change").mockRejectedValue(new Error("refused"));
    await user.type(await labelField(), " unsaved");
    await user.click(await screen.findByRole("button", { name: "Save as file" }));
    await waitFor(() => expect(host.savedFiles).toHaveLength(1));
    const [{ name, bytes }] = host.savedFiles as [(typeof host.savedFiles)[number]];
    expect(name).toMatch(/^Unsaved case .*\.hgnencases$/);
    expect(new TextDecoder().decode(bytes)).not.toContain("unsaved");
    const opened = await openCaseFile(await readCaseFile(bytes), { key: cases.key! });
    expect(opened.damaged).toEqual([]);
    expect(opened.cases.map(({ content }) => content.label)).toEqual(["B unsaved"]);
    refuse.mockRestore();
  });
});

describe("cases that cannot be read", () => {
  it("are named with their reason, leave the others alone, and are removed only after a question", async () => {
    await room(THREE);
    const id = idOf("B");
    Object.assign(cases, {
      damaged: [{ id, label: "B", reason: "tampered", field: null }],
      cases: cases.cases.filter((each) => each.id !== id),
    });
    expect(await screen.findByText("1 case cannot be read", { exact: false })).toBeInTheDocument();
    expect(screen.getByText(`B · ${id}`)).toBeInTheDocument();
    expect(screen.getByText(/^Its bytes are not those that were written/)).toBeInTheDocument();
    expect(labels()).toEqual(["A 10", "A 2"]);
    await press("Remove for good…");
    expect(screen.getByRole("dialog", { name: `Remove B · ${id} for good?` })).toBeVisible();
    expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();
    await press("Cancel");
    expect(cases.store.cases.has(id)).toBe(true);
    await press("Remove for good…");
    await press("Remove for good");
    await waitFor(() => expect(cases.store.cases.has(id)).toBe(false));
    expect(cases.damaged).toEqual([]);
  });
});

describe("an agenda", () => {
  const BOARD: readonly Given[] = [
    { label: "one", board: { day: NEXT, place: 1 }, draft: { tumour: "NEC", age: "67", ecogPs: 1 } },
    { label: "two", board: { day: NEXT, place: 2 }, endpoint: "pfs" },
    { label: "three", board: { day: NEXT, place: 3 } },
    { label: "free" },
    { label: "past", board: { day: daysLater(TODAY, -3), place: 1 } },
  ];
  const order = (): string[] =>
    [...document.querySelectorAll("li[data-case] a")].map((link) => link.textContent.trim());

  it("is ordered by buttons and by Alt and the arrow keys, with one written each time", async () => {
    await room(BOARD, "board");
    expect(order()).toEqual(["one", "two", "three"]);
    screen.getByRole("button", { name: "Move “three” up" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(order()).toEqual(["one", "three", "two"]));
    expect(await screen.findByText("“three” is now number 2 of 3.", { selector: ".said" })).toBeVisible();
    expect(cases.undoable).toMatchObject({ kind: "agenda", count: 1 });
    screen.getByRole("link", { name: "two" }).focus();
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await waitFor(() => expect(order()).toEqual(["one", "two", "three"]));
    await waitFor(() => expect(screen.getByRole("link", { name: "two" })).toHaveFocus());
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await waitFor(() => expect(order()).toEqual(["two", "one", "three"]));
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(order()).toEqual(["one", "two", "three"]));
  });

  it("moves as often as the keys are pressed, however long the disk takes, and undo waits its turn", async () => {
    await room(BOARD, "board");
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const change = cases.store.change.bind(cases.store);
    const written = vi.spyOn(cases.store, "change").mockImplementation(async (...what) => {
      await gate;
      return change(...what);
    });
    screen.getByRole("link", { name: "one" }).focus();
    await user.keyboard("{Alt>}{ArrowDown}{ArrowDown}{/Alt}");
    expect(order()).toEqual(["two", "three", "one"]);
    expect(screen.getByRole("link", { name: "one" })).toHaveFocus();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}{Control>}z{/Control}");
    expect(order()).toEqual(["two", "three", "one"]);
    open();
    await waitFor(() => expect(cases.redoable).toMatchObject({ kind: "agenda" }));
    await waitFor(() => expect(order()).toEqual(["two", "one", "three"]));
    expect(written).toHaveBeenCalledTimes(2);
    const stored = cases.listed.filter(({ board }) => board?.day === NEXT);
    expect(stored.sort((a, b) => a.board!.place - b.board!.place).map(({ label }) => label)).toEqual(order());
  });

  it("shows the order that the disk has where a move is refused", async () => {
    await room(BOARD, "board");
    const refuse = vi.spyOn(cases.store, "change").mockRejectedValueOnce(new Error("refused"));
    screen.getByRole("link", { name: "one" }).focus();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(await screen.findByText(/^That did not work, and nothing was changed: refused/)).toBeVisible();
    await waitFor(() => expect(order()).toEqual(["one", "two", "three"]));
    refuse.mockRestore();
  });

  it("takes cases, lets them go, and moves to another day", async () => {
    await room(BOARD, `board/${NEXT}`);
    await user.type(screen.getByRole("searchbox", { name: "Add a case to this board" }), "free{Enter}");
    await waitFor(() => expect(order()).toEqual(["one", "two", "three", "free"]));
    await press("Take “one” off the board");
    await waitFor(() => expect(order()).toEqual(["two", "three", "free"]));
    await waitFor(() => expect(screen.getByRole("link", { name: "two" })).toHaveFocus());
    await user.type(screen.getByRole("textbox", { name: "Move the board to another day" }), LATER);
    await press("Move all");
    await waitFor(() => expect(location.hash).toBe(`#/cases/board/${LATER}`));
    await waitFor(() => expect(order()).toEqual(["two", "three", "free"]));
    expect(cases.listed.some(({ board }) => board?.day === NEXT)).toBe(false);
  });

  it("feeds the Board in its order, and what was there can be had back", async () => {
    await room(BOARD, "board");
    const board = boardOf(app.host);
    board.add({ patient: { tumour: "NEC" }, label: "before" });
    await press("Show these on the Board");
    await waitFor(() => expect(location.hash).toBe("#/board"));
    expect(board.cases.map(({ label, endpoint }) => [label, endpoint])).toEqual([
      ["one", "os"],
      ["two", "pfs"],
      ["three", "os"],
    ]);
    expect(board.cases[0]!.patient).toMatchObject({ tumour: "NEC", ageYears: 67, ecogPs: 1 });
    expect(board.undoable).toMatchObject({ kind: "agenda", labels: ["before"] });
    expect(screen.getByText("3 cases now on the Board, in this order.")).toBeInTheDocument();
  });

  it("says what to do where there is none", async () => {
    await room([{ label: "free" }], "board");
    expect(screen.getByRole("heading", { name: "No board is planned" })).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Day of the board" })).toHaveValue(daysLater(TODAY, 7));
    await press("Show this day");
    expect(await screen.findByText(/^No case is on this board yet/)).toBeVisible();
  });
});

describe("the bin", () => {
  it("gives back, and removes for good only after a question that says what that means", async () => {
    await room(THREE, "bin");
    expect(screen.getByRole("heading", { name: "The bin is empty" })).toBeVisible();
    await cases.remove(cases.listed.map(({ id }) => id));
    await user.click(await screen.findByRole("button", { name: "Restore “B”" }));
    await waitFor(() => expect(cases.listed.map(({ label }) => label)).toEqual(["B"]));
    await press("Empty the bin…");
    const dialog = screen.getByRole("dialog", { name: "Remove 2\u00a0cases for good?" });
    expect(dialog).toHaveTextContent("Undo cannot bring them back");
    expect(within(dialog).queryByRole("checkbox")).toBeNull();
    await press("Cancel");
    expect(cases.binned).toHaveLength(2);
    await press("Remove for good: “A 2”");
    await press("Remove for good");
    await waitFor(() => expect(cases.binned.map(({ label }) => label)).toEqual(["A 10"]));
    expect(cases.undoable).toBeNull();
  });

  it("deletes the backups too, on request, where the host keeps them, and writes one of what is left", async () => {
    const host = localHost();
    await room(THREE, "bin", host);
    // A store for one sitting has no backups; this one is taken for another.
    vi.spyOn(cases, "durable", "get").mockReturnValue(true);
    await cases.backUpNow();
    const before = await host.listBackups();
    await cases.remove([idOf("B")]);
    await user.click(await screen.findByRole("button", { name: "Empty the bin…" }));
    await user.click(screen.getByRole("checkbox", { name: /^Also delete all backups/ }));
    await press("Remove for good");
    expect(await screen.findByText(/^1 case removed for good\. The backups were deleted\.$/)).toBeVisible();
    await waitFor(async () => {
      const after = await host.listBackups();
      if (!before.ok || !after.ok) throw new Error("no list");
      expect(before.value).toHaveLength(1);
      expect(after.value).toHaveLength(1);
      expect(after.value[0]!.name).not.toBe(before.value[0]!.name);
    });
  });
});
