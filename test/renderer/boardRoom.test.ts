import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AppState } from "../../src-renderer/appState.svelte.ts";
import BoardRoom from "../../src-renderer/board/BoardRoom.svelte";
import { boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import type { Message } from "../../src-renderer/board/projectorLink.ts";
import type { LocalHost } from "../support/host.ts";
import { localHost } from "../support/host.ts";

const user = userEvent.setup();
const NEC = { tumour: "NEC", ageYears: 67, ecogPs: 1 };

async function boardOfTwo(host: LocalHost = localHost()): Promise<LocalHost> {
  const app = new AppState(host);
  for (const ageYears of [67, 70]) boardOf(host).add({ patient: { ...NEC, ageYears } });
  render(BoardRoom, { app, place: "" });
  await app.load();
  await screen.findByText("1 / 6", { selector: ".steps span" });
  return host;
}
const press = (name: string | RegExp): Promise<void> => user.click(screen.getByRole("button", { name }));
const announced = (within_: HTMLElement): HTMLElement => within(within_).getByRole("status");

describe("an empty board", () => {
  it("says what to do, links to the form and offers examples that are marked as made up", async () => {
    const app = new AppState(localHost());
    render(BoardRoom, { app, place: "" });
    expect(screen.getByText(/Enter a patient in the room “Estimate”/)).toBeVisible();
    expect(screen.getByRole("link", { name: "Estimate" })).toHaveAttribute("href", "#/estimate");
    await press("Add synthetic examples");
    expect(await screen.findByDisplayValue("Synthetic example 1")).toBeVisible();
  });
});

describe("the board", () => {
  it("goes on when the room that asked for it first is left, and another one shows it", async () => {
    const host = localHost();
    const app = new AppState(host);
    const first = render(BoardRoom, { app, place: "" });
    await app.load();
    await press("Add synthetic examples");
    first.unmount();
    boardOf(host).clear();
    expect(boardOf(host).undoable!.labels).toHaveLength(5);
    boardOf(host).undo();
    expect(boardOf(host).undoable).toBeNull();
  });
});

describe("the list of cases", () => {
  it("renames, moves and removes by keyboard, says so, and undoes", async () => {
    await boardOfTwo();
    expect(screen.getByText(/Names, dates of birth and record numbers/)).toBeVisible();
    const label = screen.getByLabelText("Label of case 1");
    await user.clear(label);
    await user.type(label, "Colon{Tab}");
    expect(await screen.findByRole("button", { name: "Slide 2: Colon, estimate" })).toBeInTheDocument();
    screen.getByRole("button", { name: "Move Colon down" }).focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Colon is now number 2.")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Move Colon up" })).toHaveFocus();
    await press("Remove Colon");
    expect(screen.getByText("Colon removed.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Undo" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(screen.getByLabelText("Label of case 2")).toHaveValue("Colon");
  });

  it("opens a case in Estimate, and takes the corrected patient back in its place, with undo", async () => {
    const host = localHost();
    const app = new AppState(host);
    boardOf(host).add({ patient: { ...NEC, ageYears: 110 } });
    render(BoardRoom, { app, place: "" });
    await app.load();
    expect(await screen.findByText(/^Important: Age 110 is outside the study/)).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Replace/ })).toBeNull();
    await press("Open in Estimate: Case 1");
    expect(location.hash).toBe("#/estimate");
    expect(app.estimate.draft).toMatchObject({ tumour: "NEC", age: "110", ecogPs: 1 });
    app.estimate.draft.age = "70";
    await app.estimate.refresh(app.estimate.request);
    await user.click(
      await screen.findByRole("button", { name: "Replace with the patient from Estimate: Case 1" }),
    );
    await waitFor(() => expect(screen.queryByText(/outside the study/)).toBeNull());
    await press("Add the patient from Estimate");
    expect(
      screen.getByText("Case 2 added. The same patient is already on the board as “Case 1”."),
    ).toBeVisible();
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText(/^Important: Age 110 is outside the study/)).toBeVisible();
  });
});

describe("presenting", () => {
  it("follows the keys, announces each slide, and gives the focus back", async () => {
    await boardOfTwo();
    screen.getByRole("button", { name: "Present" }).focus();
    await user.keyboard("{F5}");
    const slides = await screen.findByRole("dialog", { name: "Slides, full screen" });
    expect(slides).toHaveFocus();
    expect(announced(slides)).toHaveTextContent("Slide 1 of 6: title");
    await user.keyboard("{ArrowRight}{PageDown} ");
    expect(announced(slides)).toHaveTextContent("Slide 4 of 6: Case 2, estimate");
    await user.keyboard("1{Enter}");
    expect(announced(slides)).toHaveTextContent("Slide 2 of 6: Case 1, estimate");
    await user.keyboard("n");
    expect(within(slides).getByRole("region", { name: "Notes" })).toHaveTextContent("PS 1: model 8.0");
    await user.keyboard("n");
    expect(slides.querySelector(".slide")).toHaveTextContent("Median overall survival");
    await user.keyboard("b");
    expect(slides.querySelector(".slide")).toBeNull();
    expect(announced(slides)).toHaveTextContent("Blank");
    await user.keyboard("b{End}{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("button", { name: "Present" })).toHaveFocus();
    expect(screen.getByText("6 / 6", { selector: ".steps span" })).toBeVisible();
  });

  it("goes on by a press on the right half and back on the left", async () => {
    await boardOfTwo();
    await press("Present");
    const slides = await screen.findByRole("dialog");
    await user.pointer({ keys: "[MouseLeft]", target: slides, coords: { clientX: innerWidth - 5 } });
    expect(announced(slides)).toHaveTextContent("Slide 2 of 6");
    await user.pointer({ keys: "[MouseLeft]", target: slides, coords: { clientX: 5 } });
    expect(announced(slides)).toHaveTextContent("Slide 1 of 6");
  });
});

describe("exports", () => {
  it("lay the deck out for paper while the file is made, and say where it is", async () => {
    const seen: [string, number, boolean][] = [];
    const host = localHost(undefined, {
      savePdf(name) {
        const pages = document.querySelectorAll(".print-deck.wide .slide.light").length;
        seen.push([name, pages, document.documentElement.classList.contains("printing-deck")]);
        return Promise.resolve({ ok: true, value: { saved: true, path: `/documents/${name}` } });
      },
    });
    await boardOfTwo(host);
    await press("PDF 16:9");
    expect(await screen.findByText(/^Saved as \/documents\/Tumour board .* 16-9\.pdf$/)).toBeVisible();
    expect(seen.map(([name, ...rest]) => [name.endsWith(".pdf"), ...rest])).toEqual([[true, 6, true]]);
    expect(document.querySelector(".print-deck")).toBeNull();
    expect(document.documentElement).not.toHaveClass("printing-deck");
  });

  it("say in words what went wrong, and leave nothing behind", async () => {
    const host = localHost(undefined, {
      savePdf: () => Promise.resolve({ ok: false, code: "pdf-failed", message: "no printer" }),
    });
    await boardOfTwo(host);
    await press("PDF A4");
    expect(await screen.findByText(/No PDF could be made.*no printer/)).toBeVisible();
    expect(document.querySelector(".print-deck")).toBeNull();
  });

  it("prints the deck on A4 by the browser's own command", async () => {
    await boardOfTwo();
    dispatchEvent(new Event("beforeprint"));
    expect(document.querySelectorAll(".print-deck.a4 .slide")).toHaveLength(6);
    dispatchEvent(new Event("afterprint"));
    await waitFor(() => expect(document.querySelector(".print-deck")).toBeNull());
  });
});

describe("a second display", () => {
  let channel: BroadcastChannel | undefined;
  afterEach(() => channel?.close());

  it("gets the slides from the presenter's view, and sends the keys that it hears", async () => {
    const heard: Message[] = [];
    channel = new BroadcastChannel("hg-nen-board");
    channel.addEventListener("message", ({ data }: MessageEvent<Message>) => heard.push(data));
    const host = await boardOfTwo();
    await press("Second display");
    expect(host.projections()).toBe(1);
    const view = await screen.findByRole("dialog", { name: "Presenter's view" });
    channel.postMessage({ kind: "hello" } satisfies Message);
    await waitFor(() => expect(heard.filter(({ kind }) => kind === "deck").length).toBeGreaterThan(0));
    await user.keyboard("{ArrowRight}");
    await waitFor(() =>
      expect(heard.at(-1)).toEqual({ kind: "step", index: 1, blank: false, scheme: "dark" }),
    );
    expect(within(view).getByRole("region", { name: "Notes" })).toHaveTextContent(
      "PS 1: model 8.0, published 8.0",
    );
    channel.postMessage({ kind: "key", key: "PageDown" } satisfies Message);
    await waitFor(() => expect(announced(view)).toHaveTextContent("Slide 3 of 6"));
    channel.postMessage({ kind: "bye" } satisfies Message);
    expect(await within(view).findByText(/audience's window is closed/)).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect(heard.at(-1)).toEqual({ kind: "end" }));
  });

  it("that cannot be opened is explained, and the room stays", async () => {
    const host = localHost(undefined, {
      openProjector: () => Promise.resolve({ ok: false, code: "projector-blocked", message: "" }),
    });
    await boardOfTwo(host);
    await press("Second display");
    expect(await screen.findByText(/browser blocked the window/)).toBeVisible();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("waits calmly, says hello, and shows what it is sent", async () => {
    const heard: Message[] = [];
    channel = new BroadcastChannel("hg-nen-board");
    channel.addEventListener("message", ({ data }: MessageEvent<Message>) => heard.push(data));
    const host = localHost();
    render(BoardRoom, { app: new AppState(host), place: "projector" });
    expect(await screen.findByText("Waiting for the slides")).toBeVisible();
    await waitFor(() => expect(heard).toContainEqual({ kind: "hello" }));
    const board = boardOf(host);
    board.add({ patient: NEC });
    const deck = await board.builder.build(board.cases, { about: null, study: null, now: new Date() });
    channel.postMessage({
      kind: "deck",
      shown: { deck, index: 1, blank: false, scheme: "light" },
    } satisfies Message);
    expect(await screen.findByText("Slide 2 of 4: Case 1, estimate")).toBeInTheDocument();
    channel.postMessage({ kind: "step", index: 1, blank: true, scheme: "light" } satisfies Message);
    await waitFor(() => expect(document.querySelector(".projector .slide")).toBeNull());
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(heard).toContainEqual({ kind: "key", key: "ArrowLeft" }));
    channel.postMessage({ kind: "end" } satisfies Message);
    expect(await screen.findByText("The presentation has ended")).toBeVisible();
  });

  /** `waitFor` looks again by an interval, which that test holds still; this one by a timeout. */
  async function until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(condition()).toBe(true);
  }

  it("goes blank when the presenter's window no longer answers, and asks for the slides when it does", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const heard: Message[] = [];
      channel = new BroadcastChannel("hg-nen-board");
      channel.addEventListener("message", ({ data }: MessageEvent<Message>) => heard.push(data));
      const host = localHost();
      render(BoardRoom, { app: new AppState(host), place: "projector" });
      const board = boardOf(host);
      board.add({ patient: NEC });
      const deck = await board.builder.build(board.cases, { about: null, study: null, now: new Date() });
      const shown = { deck, index: 1, blank: false, scheme: "light" as const };
      channel.postMessage({ kind: "deck", shown } satisfies Message);
      await screen.findByText("Slide 2 of 4: Case 1, estimate");
      vi.advanceTimersByTime(1600);
      await until(() => heard.filter(({ kind }) => kind === "ping").length === 2);
      expect(document.querySelector(".projector .slide")).not.toBeNull();
      vi.advanceTimersByTime(1600);
      expect(await screen.findByText("Waiting for the slides")).toBeVisible();
      const before = heard.filter(({ kind }) => kind === "hello").length;
      channel.postMessage({ kind: "alive" } satisfies Message);
      await until(() => heard.filter(({ kind }) => kind === "hello").length === before + 1);
    } finally {
      vi.useRealTimers();
    }
  });
});
