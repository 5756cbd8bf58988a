// First: Dexie looks for a database when it is loaded.
import { caseOf, idOf } from "../support/cases.ts";
import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import Dexie from "dexie";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { MenuCommand } from "../../src-main/api/contract.ts";
import App from "../../src-renderer/App.svelte";
import { writeBoardFile } from "../../src-renderer/board/boardFile.ts";
import { BoardState, boardOf } from "../../src-renderer/board/boardState.svelte.ts";
import { writePlainJson } from "../../src-renderer/cases/files/plainJson.ts";
import { exportCases } from "../../src-renderer/cases/files/sealedFile.ts";
import { emptyDraft, patientOf } from "../../src-renderer/patient/draft.ts";
import type { LocalHost } from "../support/host.ts";
import { localHost } from "../support/host.ts";

const user = userEvent.setup();
const ABOUT = { made: Date.UTC(2026, 10, 12, 9), appVersion: "0.1.0" };
const PASSPHRASE = "a sentence that nobody guesses";
const draft = { ...emptyDraft(), tumour: "NEC" as const, age: "67", ecogPs: 1 as const };
const newCase = (label: string) => ({ draft, patient: patientOf(draft), label });
type Bytes = Uint8Array<ArrayBuffer>;

function boardBytes(...labels: string[]): Bytes {
  const board = new BoardState(localHost());
  for (const label of labels) board.add(newCase(label));
  return writeBoardFile(board, ABOUT);
}
const imported = {
  ...{ id: idOf(1), revision: 1, changedAt: ABOUT.made, deletedAt: 0 },
  content: caseOf("From a file"),
};
const casesBytes = (): Promise<Bytes> => exportCases([imported], PASSPHRASE, ABOUT, 500);

/** What jsdom lacks: the modal dialog, as open or not with a word when it closes. */
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
});
/** Each test has a computer of its own. */
beforeEach(() => {
  location.hash = "#/estimate";
  globalThis.indexedDB = new IDBFactory();
  Dexie.dependencies.indexedDB = indexedDB;
});
afterEach(() => {
  for (const dialog of document.querySelectorAll("dialog[open]")) (dialog as HTMLDialogElement).close();
});

/** The whole program, once it listens to what comes from outside. */
async function start(shell: Parameters<typeof localHost>[1] = {}): Promise<LocalHost> {
  const host = localHost(undefined, shell);
  render(App, { host });
  await screen.findByRole("form");
  return host;
}
const openFile = (host: LocalHost, name: string, bytes: Bytes): void =>
  host.happens({
    ...{ kind: "file", name, bytes },
    ending: name.endsWith(".hgnencases") ? "hgnencases" : "nenboard",
  });
const command = (host: LocalHost, command: MenuCommand): void => host.happens({ kind: "command", command });
const labels = (host: LocalHost): string[] => boardOf(host).cases.map(({ label }) => label);
const press = (name: string | RegExp): Promise<void> => user.click(screen.getByRole("button", { name }));

/** What a browser hands over when something is let go over the window. */
function dragged(
  type: "dragover" | "drop",
  files: File[],
  more: { folder?: boolean; types?: string[] } = {},
): DragEvent {
  const { folder = false, types = ["Files"] } = more;
  const event = new Event(type, { bubbles: true, cancelable: true });
  const items = files.map(() => ({ kind: "file", webkitGetAsEntry: () => ({ isDirectory: folder }) }));
  return Object.assign(event, {
    dataTransfer: { types, files, items, dropEffect: "none" },
  }) as unknown as DragEvent;
}
function drag(
  type: "dragover" | "drop",
  files: File[],
  more: Parameters<typeof dragged>[2] & { on?: Element } = {},
) {
  const event = dragged(type, files, more);
  (more.on ?? document.body).dispatchEvent(event);
  return { prevented: event.defaultPrevented, effect: event.dataTransfer!.dropEffect };
}

describe("a board that is opened from outside", () => {
  it("is on the board at once, where that is empty", async () => {
    const host = await start();
    openFile(host, "Tuesday.nenboard", boardBytes("A", "B"));
    expect(await screen.findByText(/2.cases of the file are on the board/, undefined, SLOW)).toBeVisible();
    expect(labels(host)).toEqual(["A", "B"]);
    expect(location.hash).toBe("#/board");
  });

  it("was opened before the page listened, and is not lost", async () => {
    const host = localHost();
    openFile(host, "Tuesday.nenboard", boardBytes("A"));
    render(App, { host });
    await waitFor(() => expect(labels(host)).toEqual(["A"]), SLOW);
  });

  it.each([
    ["Add to the board", ["mine", "A", "B"]],
    ["Replace the 1 case", ["A", "B"]],
    ["Cancel", ["mine"]],
  ])("asks where the board has cases: %s", async (button, expected) => {
    const host = await start();
    boardOf(host).add(newCase("mine"));
    openFile(host, "Tuesday.nenboard", boardBytes("A", "B"));
    const dialog = await screen.findByRole("dialog", { name: "Open “Tuesday.nenboard”?" }, SLOW);
    expect(dialog).toHaveTextContent(
      /It has 2.cases; saved 12 November 2026.*already has 1.case; all 2 .* are/,
    );
    expect(labels(host)).toEqual(["mine"]);
    await press(new RegExp(`^${button.replaceAll(" ", "\\s")}$`));
    await waitFor(() => expect(labels(host)).toEqual(expected));
    expect(screen.queryByRole("dialog", { name: /Tuesday/ })).toBeNull();
    if (button === "Cancel") return expect(location.hash).toBe("#/estimate");
    expect(location.hash).toBe("#/board");
    await user.click(await screen.findByRole("button", { name: "Undo" }, SLOW));
    expect(labels(host)).toEqual(["mine"]);
  });

  it("changes nothing when it is damaged, and says which file, what and where", async () => {
    const host = await start();
    boardOf(host).add(newCase("mine"));
    const text = new TextDecoder()
      .decode(boardBytes("A", "B"))
      .replace(/("label": "B"[^]*?"sex": )null/, '$1"x"');
    openFile(host, "Tuesday.nenboard", new TextEncoder().encode(text));
    const alert = await screen.findByRole("alert", undefined, SLOW);
    expect(alert).toHaveTextContent('“Tuesday.nenboard”: Sex of case 2 cannot be "x" (female or male)');
    expect([labels(host), location.hash]).toEqual([["mine"], "#/estimate"]);
    await press("Close");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is said to be on the board already, and a press of Enter does not add it again", async () => {
    const host = await start();
    for (const label of ["A", "mine"]) boardOf(host).add(newCase(label));
    boardOf(host).rename(1, "another name");
    openFile(host, "Tuesday.nenboard", boardBytes("A"));
    const dialog = await screen.findByRole("dialog", { name: "Open “Tuesday.nenboard”?" }, SLOW);
    expect(dialog).toHaveTextContent(/already has 2.cases; the one in the file is among them/);
    expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(labels(host)).toEqual(["another name", "mine"]);
  });

  it("is asked about with its day, and adding is what Enter does where it has something new", async () => {
    const host = await start();
    boardOf(host).add({ ...newCase("mine"), endpoint: "pfs" });
    const board = new BoardState(localHost());
    board.showAgenda("2026-11-24", [newCase("A"), { ...newCase("B"), endpoint: "pfs" }]);
    openFile(host, "Tuesday.nenboard", writeBoardFile(board, ABOUT));
    const dialog = await screen.findByRole("dialog", { name: "Open “Tuesday.nenboard”?" }, SLOW);
    expect(dialog).toHaveTextContent(/2.cases, for the board of 24 November 2026; saved 12 November 2026/);
    expect(dialog).toHaveTextContent(/already has 1.case; 1 of the 2 in the file is among them/);
    expect(dialog).toHaveTextContent("Replacing also takes over its date and colours.");
    expect(screen.getByRole("button", { name: "Add to the board" })).toHaveFocus();
    await press("Cancel");
  });

  it("is taken back with the focus on “Open…”, and it is said", async () => {
    const host = await start();
    boardOf(host).add(newCase("mine"));
    openFile(host, "Tuesday.nenboard", boardBytes("A"));
    await user.click(await screen.findByRole("button", { name: "Add to the board" }, SLOW));
    await screen.findByText(/1.case of the file is on the board/, undefined, SLOW);
    screen.getByRole("button", { name: "Undo" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByRole("button", { name: "Open…" })).toHaveFocus());
    expect(screen.getByText("Undone: the board is as it was.")).toHaveAttribute("role", "status");
    boardOf(host).add(newCase("another"));
    await waitFor(() => expect(screen.queryByText("Undone: the board is as it was.")).toBeNull());
  });

  it("is taken back from a board that was empty", async () => {
    const host = await start();
    openFile(host, "Tuesday.nenboard", boardBytes("A"));
    await screen.findByText(/1.case of the file is on the board/, undefined, SLOW);
    screen.getByRole("button", { name: "Undo" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByRole("button", { name: "Open a board…" })).toHaveFocus());
    expect(screen.getByText("Undone: the board is as it was.")).toBeVisible();
  });

  it("comes after the one that is asked about", async () => {
    const host = await start();
    boardOf(host).add(newCase("mine"));
    openFile(host, "1.nenboard", boardBytes("A"));
    openFile(host, "2.nenboard", boardBytes("B"));
    await screen.findByRole("dialog", { name: "Open “1.nenboard”?" }, SLOW);
    expect(screen.queryByRole("dialog", { name: "Open “2.nenboard”?" })).toBeNull();
    await press("Add to the board");
    await screen.findByRole("dialog", { name: "Open “2.nenboard”?" }, SLOW);
    expect(labels(host)).toEqual(["mine", "A"]);
    await press("Cancel");
    await waitFor(() => expect(screen.queryByRole("dialog", { name: /nenboard/ })).toBeNull());
  });
});

describe("what is said of a file", () => {
  const refuse = async (host: LocalHost): Promise<HTMLElement> => {
    host.happens({ kind: "file-refused", name: "letter.pdf", reason: "ending", message: "" });
    return screen.findByText("Nothing was opened", undefined, SLOW);
  };

  it("stands before the room, and Esc closes it wherever the focus is", async () => {
    const host = await start();
    const said = await refuse(host);
    const room = document.getElementById("result")!;
    expect(said.compareDocumentPosition(room)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    const field = document.querySelector<HTMLElement>("#ageYears")!;
    field.focus();
    await user.keyboard("{Escape}");
    expect(screen.queryByText("Nothing was opened")).toBeNull();
    expect(field).toHaveFocus();
  });

  it("gives the focus back where it came from", async () => {
    const host = await start();
    await refuse(host);
    const field = document.querySelector<HTMLElement>("#ageYears")!;
    field.focus();
    screen.getByRole("button", { name: "Close" }).focus();
    await user.keyboard("{Enter}");
    expect(screen.queryByText("Nothing was opened")).toBeNull();
    expect(field).toHaveFocus();
  });

  it("does not go along to another room", async () => {
    const host = await start();
    await refuse(host);
    command(host, "compare");
    await waitFor(() => expect(screen.queryByText("Nothing was opened")).toBeNull());
  });
});

describe("while slides are shown", () => {
  it("a file waits, the presenter is told, the slides go on; then it is opened", async () => {
    const host = await start();
    boardOf(host).add(newCase("mine"));
    location.hash = "#/board";
    await user.click(await screen.findByRole("button", { name: "Second display" }, SLOW));
    const view = await screen.findByRole("dialog", { name: "Presenter's view" }, SLOW);
    openFile(host, "A-17.nenboard", boardBytes("A"));
    host.happens({ kind: "file-refused", name: "letter.pdf", reason: "ending", message: "" });
    for (const each of ["estimate", "save-board", "keys", "diagnostics"] as const) command(host, each);
    expect(await within(view).findByText(/waits until you end the slides/)).toBeVisible();
    // The name of a file may be the label of a case.
    expect(document.body).not.toHaveTextContent("A-17");
    expect(screen.queryByRole("alert")).toBeNull();
    expect([location.hash, labels(host), host.savedFiles]).toEqual(["#/board", ["mine"], []]);
    expect(drag("dragover", [new File(["x"], "b.nenboard")])).toEqual({ prevented: true, effect: "none" });
    await user.click(within(view).getByRole("button", { name: "End" }));
    await screen.findByRole("dialog", { name: "Open “A-17.nenboard”?" }, SLOW);
    await press("Cancel");
    expect(await screen.findByRole("alert")).toHaveTextContent("“letter.pdf” is not a file of this program");
  });
});

describe("a file of cases that is opened from outside", () => {
  it("waits for the store, says so, and asks for its passphrase as soon as that is open", async () => {
    const host = await start();
    openFile(host, "clinic.hgnencases", await casesBytes());
    expect(await screen.findByText(/“clinic.hgnencases” is ready/, undefined, SLOW)).toBeVisible();
    expect(location.hash).toBe("#/cases/import");
    await user.click(await screen.findByLabelText("I have put it in a safe place", undefined, SLOW));
    await press("Start");
    const field = await screen.findByLabelText(/clinic/, { selector: "input" }, SLOW);
    await user.type(field, `${PASSPHRASE}{Enter}`);
    expect(await screen.findByText("From a file", undefined, SLOW)).toBeVisible();
  });

  it("is not thrown away by another one: not while it waits, and not while it is looked at", async () => {
    const host = await start();
    openFile(host, "clinic.hgnencases", await casesBytes());
    await screen.findByText(/“clinic.hgnencases” is ready/, undefined, SLOW);
    openFile(host, "other.hgnencases", await casesBytes());
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "“other.hgnencases” was left: “clinic.hgnencases” is still waiting.",
    );
    await user.click(await screen.findByLabelText("I have put it in a safe place", undefined, SLOW));
    await press("Start");
    const field = await screen.findByLabelText(/clinic/, { selector: "input" }, SLOW);
    openFile(host, "other.hgnencases", await casesBytes());
    expect(await screen.findByText("“other.hgnencases” waits to be imported.")).toBeVisible();
    await user.type(field, `${PASSPHRASE}{Enter}`);
    expect(await screen.findByText("From a file", undefined, SLOW)).toBeVisible();
    await press("Cancel");
    expect(await screen.findByLabelText(/other/, { selector: "input" }, SLOW)).toBeVisible();
    expect(screen.queryByText(/waits to be imported/)).toBeNull();
  });

  it("need not be opened after all", async () => {
    const host = await start();
    openFile(host, "clinic.hgnencases", await casesBytes());
    await user.click(await screen.findByRole("button", { name: "Do not open it" }, SLOW));
    expect(screen.queryByText(/clinic.hgnencases/)).toBeNull();
  });
});

describe("a file of cases, on a computer without any", () => {
  const waiting = () => screen.queryByText(/“clinic.hgnencases” (is ready|waits)/);

  it("can be what the store begins with, without being asked for again, and is not offered again", async () => {
    const host = await start();
    openFile(host, "clinic.hgnencases", await casesBytes());
    await user.click(await screen.findByRole("button", { name: "Restore it here" }, SLOW));
    await screen.findByLabelText(/Passphrase of “clinic/, { selector: "input" }, SLOW);
    expect(waiting()).toBeNull();
    await press("Back");
    expect(waiting()).toBeVisible();
    await press("Restore from a file or backup");
    const field = await screen.findByLabelText(/Passphrase of “clinic/, { selector: "input" }, SLOW);
    await user.type(field, `${PASSPHRASE}{Enter}`);
    await user.click(await screen.findByRole("button", { name: /^Start with 1.case$/ }, SLOW));
    expect((await screen.findAllByText("From a file", undefined, SLOW))[0]).toBeVisible();
    expect(waiting()).toBeNull();
    expect(screen.queryByText("Import it")).toBeNull();
  });

  it("is no beginning of a store where it is not encrypted", async () => {
    await start();
    drag("drop", [new File([writePlainJson([imported], ABOUT)], "plain.json")]);
    expect(
      await screen.findByText("“plain.json” waits until the cases are open.", undefined, SLOW),
    ).toBeVisible();
    expect(screen.queryByRole("button", { name: "Restore it here" })).toBeNull();
    await press("Do not open it");
  });
});

describe("a file that is dropped", () => {
  it("is shown where it may go, and opened by what is in it, whatever its name is", async () => {
    const host = await start();
    await waitForListening(host);
    const file = new File([boardBytes("A")], "letter.txt");
    expect(drag("dragover", [file])).toEqual({ prevented: true, effect: "copy" });
    expect(await screen.findByText("Drop the file to open it")).toBeInTheDocument();
    expect(drag("drop", [file]).prevented).toBe(true);
    await waitFor(() => expect(labels(host)).toEqual(["A"]), SLOW);
    expect(screen.queryByText("Drop the file to open it")).toBeNull();
  });

  it("with plain cases goes to the import", async () => {
    await start();
    drag("drop", [new File([writePlainJson([imported], ABOUT)], "cases.json")]);
    await waitFor(() => expect(location.hash).toBe("#/cases/import"), SLOW);
  });

  it.each<[string, () => File[], { folder?: boolean }, RegExp]>([
    [
      "several",
      () => [new File(["a"], "a.nenboard"), new File(["b"], "b.nenboard")],
      {},
      /2.files were dropped/,
    ],
    ["a folder", () => [new File([], "boards")], { folder: true }, /“boards” is a folder/],
    ["nothing that is a file", () => [], {}, /no file of this computer/],
    [
      "a picture",
      () => [new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], "a.png")],
      {},
      /“a.png” .* a picture/,
    ],
    ["another program's JSON", () => [new File(["{}"], "a.json")], {}, /“a.json” .* JSON of another program/],
    ["an empty file", () => [new File([], "a.txt")], {}, /“a.txt” is empty/],
    ["an empty board", () => [new File([], "a.nenboard")], {}, /“a.nenboard”: the file is empty/],
    [
      "a board's name with a picture in it",
      () => [new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], "a.nenboard")],
      {},
      /“a.nenboard”: no board can be read from this file: it is a picture/,
    ],
  ])("%s is answered in words, and changes nothing", async (_name, files, more, said) => {
    const host = await start();
    expect(drag("drop", files(), more).prevented).toBe(true);
    expect(await screen.findByRole("alert", undefined, SLOW)).toHaveTextContent(said);
    expect([labels(host), location.hash]).toEqual([[], "#/estimate"]);
  });

  it("that cannot be read is said to be so", async () => {
    await start();
    const gone = Object.assign(new File(["x"], "gone.nenboard"), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error("NotFoundError")) }),
    });
    drag("drop", [gone]);
    expect(await screen.findByRole("alert", undefined, SLOW)).toHaveTextContent(
      /“gone.nenboard” cannot be read.*NotFoundError/,
    );
  });

  it("never takes the place of the page: links and text go nowhere but into a field for text", async () => {
    await start();
    for (const types of [["text/uri-list", "text/plain"], ["text/plain"], ["text/html"]]) {
      expect(drag("dragover", [], { types })).toEqual({ prevented: true, effect: "none" });
      expect(drag("drop", [], { types }).prevented).toBe(true);
    }
    const field = document.querySelector("#ageYears")!;
    expect(drag("dragover", [], { types: ["text/plain"], on: field }).prevented).toBe(false);
    expect(drag("drop", [], { types: ["text/plain"], on: field }).prevented).toBe(false);
    // A file on a field is a file all the same.
    expect(drag("dragover", [new File(["x"], "a")], { on: field })).toEqual({
      prevented: true,
      effect: "copy",
    });
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("the native menu", () => {
  it("goes to rooms, saves the board, and shows help and diagnostics", async () => {
    const host = await start();
    await waitForListening(host);
    command(host, "compare");
    await waitFor(() => expect(location.hash).toBe("#/compare"));
    command(host, "save-board");
    expect(await screen.findByRole("alert", undefined, SLOW)).toHaveTextContent(
      "The board has no cases to save",
    );
    boardOf(host).add(newCase("A"));
    command(host, "save-board");
    expect(await screen.findByText(/^Saved as .*nenboard$/, undefined, SLOW)).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("The file is not encrypted: anybody can read it.");
    expect(host.savedFiles[0]!.name).toMatch(/^Tumour board .*\.nenboard$/);
    command(host, "keys");
    expect(await screen.findByRole("dialog", { name: "Guide and keys" })).toBeVisible();
    command(host, "estimate");
    expect(location.hash).toBe("#/compare");
    await press("Diagnostics…");
    expect(await screen.findByRole("dialog", { name: "Diagnostics" }, SLOW)).toBeVisible();
  });
});

describe("saving the board from the menu", () => {
  it("says nothing to whoever cancels it, and takes away what was said before", async () => {
    const answers = [true, false];
    const saveFile = vi.fn(() =>
      Promise.resolve({
        ok: true as const,
        value: answers.shift() ? { saved: true as const, path: "/b.nenboard" } : { saved: false as const },
      }),
    );
    const host = await start({ saveFile });
    await waitForListening(host);
    boardOf(host).add(newCase("A"));
    command(host, "save-board");
    expect(await screen.findByText("Saved as /b.nenboard", undefined, SLOW)).toBeVisible();
    command(host, "save-board");
    await waitFor(() => expect(saveFile).toHaveBeenCalledTimes(2));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(document.body).not.toHaveTextContent("not encrypted");
  });
});

describe("an empty board", () => {
  it("says why no file could be asked for", async () => {
    await start({ chooseFile: () => Promise.resolve({ ok: false, code: "internal", message: "no dialog" }) });
    location.hash = "#/board";
    await user.click(await screen.findByRole("button", { name: "Open a board…" }, SLOW));
    expect(await screen.findByRole("alert")).toHaveTextContent(/No file could be asked for.*no dialog/);
  });
});

describe("the guide", () => {
  it("names the keys of a menu where the host has one", async () => {
    const { capabilities } = localHost();
    await start();
    await press("Guide and keys");
    expect(await screen.findByText("Ctrl + O, Ctrl + S")).toBeVisible();
    expect(await screen.findByText(/“Save as file…” keeps the board itself/)).toBeVisible();
    cleanup();
    await start({ capabilities: { ...capabilities, menu: false } });
    await press("Guide and keys");
    expect(await screen.findByText("Ctrl + P")).toBeVisible();
    expect(screen.queryByText("Ctrl + O, Ctrl + S")).toBeNull();
  });
});

describe("diagnostics", () => {
  it("have the focus on what copies them, also before they are there", async () => {
    let answer: (text: string) => void = () => undefined;
    const asked = new Promise<string>((resolve) => (answer = resolve));
    const host = await start({
      diagnostics: async () => ({ ok: true, value: { text: await asked } }),
    });
    await waitForListening(host);
    command(host, "diagnostics");
    const copy = await screen.findByRole("button", { name: "Copy" }, SLOW);
    expect(copy).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(screen.queryByText("Copied.")).toBeNull();
    answer("Program: 0.1.0");
    await waitFor(() => expect(copy).toHaveAttribute("aria-disabled", "false"));
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Copied.")).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe("Program: 0.1.0");
  });

  it("show the text that is copied, whole, and copy it when told to", async () => {
    const text = "Program: 0.1.0\nSystem: a test\n";
    const host = await start({ diagnostics: () => Promise.resolve({ ok: true, value: { text } }) });
    await waitForListening(host);
    command(host, "diagnostics");
    const area = await screen.findByRole("textbox", { name: "Text of the diagnostics" }, SLOW);
    await waitFor(() => expect(area).toHaveValue(text));
    expect(area).toHaveAttribute("readonly");
    await navigator.clipboard.writeText("before");
    expect(screen.queryByText("Copied.")).toBeNull();
    await press("Copy");
    expect(await screen.findByText("Copied.")).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(text);
  });

  it("that cannot be had say why", async () => {
    const host = await start({
      diagnostics: () => Promise.resolve({ ok: false, code: "internal", message: "no answer" }),
    });
    await waitForListening(host);
    command(host, "diagnostics");
    expect(await screen.findByText(/There are no diagnostics.*no answer/, undefined, SLOW)).toBeVisible();
    expect(screen.getByRole("button", { name: "Copy" })).toHaveAttribute("aria-disabled", "true");
  });
});

describe("the link to the article", () => {
  it("says what the host does with it", async () => {
    const { capabilities } = localHost();
    await start();
    await press("Guide and keys");
    expect(screen.getByRole("button", { name: "Open the article…" })).toHaveAttribute(
      "title",
      "Opens your browser, after you have seen the address",
    );
    cleanup();
    await start({ capabilities: { ...capabilities, links: "tab" } });
    await press("Guide and keys");
    expect(screen.getByRole("button", { name: "Open the article" })).toHaveAttribute(
      "title",
      "Opens doi.org/10.1038/s41416-025-03054-w in a new tab",
    );
  });

  it("is the host's to open, and a refusal is said with the identifier", async () => {
    const asked: string[] = [];
    await start({
      openLink(link) {
        asked.push(link);
        return Promise.resolve({ ok: false, code: "forbidden", message: "" });
      },
    });
    await press("Guide and keys");
    await press("Open the article…");
    expect(asked).toEqual(["article"]);
    expect(await screen.findByText(/doi 10\.1038.* administrator/)).toBeVisible();
  });
});

/** Parts that are fetched when they are needed take their time on a busy machine. */
const SLOW = { timeout: 20_000 };

/** A command is kept until somebody listens: the first one is answered when all is there. */
async function waitForListening(host: LocalHost): Promise<void> {
  command(host, "compare");
  await waitFor(() => expect(location.hash).toBe("#/compare"), SLOW);
  command(host, "estimate");
  await waitFor(() => expect(location.hash).toBe("#/estimate"));
}
