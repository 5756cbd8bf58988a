import "fake-indexeddb/auto";
import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import Dexie from "dexie";
import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppState } from "../../src-renderer/appState.svelte.ts";
import BinView from "../../src-renderer/cases/BinView.svelte";
import CasesRoom from "../../src-renderer/cases/CasesRoom.svelte";
import BackupsView from "../../src-renderer/cases/kept/BackupsView.svelte";
import { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";
import { timeOfDay } from "../../src-renderer/cases/days.ts";
import type { Erased } from "../../src-renderer/cases/kept/erase.ts";
import ErasedProof from "../../src-renderer/cases/kept/ErasedProof.svelte";
import { whatRemains } from "../../src-renderer/cases/kept/erase.ts";
import ExportPanel from "../../src-renderer/cases/kept/ExportPanel.svelte";
import { readCaseFile } from "../../src-renderer/cases/files/caseFile.ts";
import { readPlainCsv } from "../../src-renderer/cases/files/plainCsv.ts";
import { readPlainJson } from "../../src-renderer/cases/files/plainJson.ts";
import { exportCases, openCaseFile } from "../../src-renderer/cases/files/sealedFile.ts";
import ImportView from "../../src-renderer/cases/kept/ImportView.svelte";
import LockScreen from "../../src-renderer/cases/kept/LockScreen.svelte";
import { repairStore } from "../../src-renderer/cases/kept/repair.ts";
import { saveUnsaved } from "../../src-renderer/cases/kept/saveUnsaved.ts";
import SettingsView from "../../src-renderer/cases/kept/SettingsView.svelte";
import SetUp from "../../src-renderer/cases/kept/SetUp.svelte";
import { roomOf } from "../../src-renderer/cases/roomState.svelte.ts";
import { DatabaseStorage } from "../../src-renderer/cases/store/database.ts";
import TroubleScreen from "../../src-renderer/cases/kept/TroubleScreen.svelte";
import type { DeletedBackups, Result, Saved } from "../../src-main/api/contract.ts";
import type { HostShell } from "../../src-renderer/host/host.svelte.ts";
import { caseOf, changeTo, idOf } from "../support/cases.ts";
import type { LocalHost } from "../support/host.ts";
import { localHost, memoryBackups, memoryKeychain } from "../support/host.ts";

const user = userEvent.setup();
const PASSPHRASE = "a sentence that nobody guesses";
/** Noon where the test runs: it is this day in every zone. */
const NOW = timeOfDay("2026-11-21");
const IN_BROWSER: Partial<HostShell> = {
  capabilities: {
    ...{ pdf: "dialog", projector: "window", warnsOfLoss: true, backups: false },
    ...{ links: "tab", menu: false },
  },
  keychain: () => Promise.resolve({ ok: true, value: { available: false, reason: "not-here" } }),
};

let databases = 0;
interface Kept {
  app: AppState;
  cases: CasesState;
  host: LocalHost;
}
const opened: CasesState[] = [];
/** The cases of one computer as a start of the program finds them. */
async function startOf(host: LocalHost, database = `kept ${++databases}`): Promise<Kept> {
  const app = new AppState(host);
  const cases = new CasesState({ host, about: () => null, clock: () => NOW, database, iterations: 500 });
  opened.push(cases);
  await cases.start();
  return { app, cases, host };
}
async function openWith(labels: string[], host: LocalHost = localHost()): Promise<Kept> {
  const kept = await startOf(host);
  await kept.cases.create(PASSPHRASE);
  await addTo(kept.cases, labels);
  return kept;
}
const addTo = (cases: CasesState, labels: string[]): Promise<void> =>
  cases.apply(
    "import",
    labels.map((label, i) => changeTo(idOf(i + 1), caseOf(label))),
  );
const labelsOf = (cases: CasesState): string[] => cases.listed.map(({ label }) => label).sort();

afterEach(async () => {
  for (const cases of opened.splice(0)) await cases.close();
});
// jsdom knows no dialogs.
beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
});
const press = (name: string | RegExp): Promise<void> => user.click(screen.getByRole("button", { name }));
const button = (name: string | RegExp): HTMLElement => screen.getByRole("button", { name });
const chooseFile = async (bytes: Uint8Array<ArrayBuffer>, name: string): Promise<void> => {
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  await user.upload(input!, new File([bytes], name));
};

/** As Chromium does it where the system has no room for the next writing; resolves when it has closed the database. */
function closeOnFullDisk(): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object
  const { put } = IDBObjectStore.prototype;
  return new Promise((resolve) => {
    const spy = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      ...given: Parameters<typeof put>
    ) {
      spy.mockRestore();
      const request = put.apply(this, given);
      const { transaction } = this;
      transaction.abort();
      const text = "Connection is closing because of: IO error: .../000003.log: FILE_ERROR_NO_SPACE (3::8)";
      Object.defineProperty(transaction, "error", { value: new DOMException(text, "UnknownError") });
      transaction.addEventListener("abort", () =>
        setTimeout(() => {
          forceCloseDatabase(transaction.db as unknown as typeof IDBDatabase);
          resolve();
        }),
      );
      return request;
    });
  });
}

describe("setting up", () => {
  it("on a desktop with a keychain: a suggested passphrase, to be kept before one can start", async () => {
    const { app, cases } = await startOf(localHost(undefined, memoryKeychain()));
    render(SetUp, { app, cases });
    await screen.findByLabelText("I have put it in a safe place");
    const passphrase = document.querySelector("output")!.textContent;
    expect(passphrase).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(button("Start")).toBeDisabled();
    await user.click(screen.getByLabelText("I have put it in a safe place"));
    await press("Start");
    await waitFor(() => expect(cases.phase.kind).toBe("open"));
    expect(cases.keychain).toBe(true);
    await cases.lock();
    expect(await cases.unlock(passphrase)).toBe(true);
  });

  it("copies it, or says that the clipboard was refused", async () => {
    const { app, cases } = await startOf(localHost());
    render(SetUp, { app, cases });
    await screen.findByLabelText("I have put it in a safe place");
    await press("Copy");
    expect(await navigator.clipboard.readText()).toBe(document.querySelector("output")!.textContent);
    expect(screen.getByText(/^Copied\./)).toBeVisible();
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValueOnce(new Error("refused"));
    await press("Copy");
    expect(await screen.findByText(/refused the clipboard/)).toBeVisible();
  });

  it("prints a page with it, and takes the page away when the dialog is closed", async () => {
    const { app, cases } = await startOf(localHost());
    render(SetUp, { app, cases });
    await screen.findByLabelText("I have put it in a safe place");
    const passphrase = document.querySelector("output")!.textContent;
    const printed = vi.spyOn(window, "print").mockImplementation(() => undefined);
    await press("Print…");
    await waitFor(() => expect(printed).toHaveBeenCalledOnce());
    expect(document.querySelector(".print-page")).toHaveTextContent(passphrase);
    dispatchEvent(new Event("afterprint"));
    expect(document.querySelector(".print-page")).toBeNull();
    printed.mockRestore();
  });

  it("another suggestion is another thing to keep", async () => {
    const { app, cases } = await startOf(localHost(undefined, memoryKeychain()));
    render(SetUp, { app, cases });
    await user.click(await screen.findByLabelText("I have put it in a safe place"));
    const first = document.querySelector("output")!.textContent;
    await press("Another one");
    expect(document.querySelector("output")!.textContent).not.toBe(first);
    expect(screen.getByLabelText("I have put it in a safe place")).not.toBeChecked();
    expect(button("Start")).toBeDisabled();
  });

  it("a passphrase of one's own is long enough and typed twice, and says what is missing", async () => {
    const { app, cases } = await startOf(localHost());
    render(SetUp, { app, cases });
    expect(await screen.findByText(/This system has no keychain/)).toBeVisible();
    await user.click(screen.getByLabelText("One of my own"));
    await user.click(screen.getByLabelText("I have put it in a safe place"));
    await user.type(screen.getByLabelText("New passphrase"), "short{Tab}{Tab}");
    expect(await screen.findByText(/This one has 5.characters; at least 15/)).toBeVisible();
    await user.clear(screen.getByLabelText("New passphrase"));
    await user.type(screen.getByLabelText("New passphrase"), PASSPHRASE);
    await user.type(screen.getByLabelText("The same again"), "a sentence that nobody guessed{Tab}{Tab}");
    expect(await screen.findByText("The two are not the same.")).toBeVisible();
    expect(button("Start")).toBeDisabled();
    await user.clear(screen.getByLabelText("The same again"));
    await user.type(screen.getByLabelText("The same again"), `${PASSPHRASE}{Enter}`);
    await waitFor(() => expect(cases.phase.kind).toBe("open"));
    await cases.lock();
    expect(await cases.unlock(PASSPHRASE)).toBe(true);
  });

  it("one of one's own that looks like a suggested one opens as it was typed", async () => {
    const own = "theseletters25withinthisx";
    const { app, cases } = await startOf(localHost());
    render(SetUp, { app, cases });
    await user.click(await screen.findByLabelText("One of my own"));
    await user.type(screen.getByLabelText("New passphrase"), own);
    await user.type(screen.getByLabelText("The same again"), own);
    await user.click(screen.getByLabelText("I have put it in a safe place"));
    await press("Start");
    await waitFor(() => expect(cases.phase.kind).toBe("open"));
    await cases.lock();
    expect(await cases.unlock(own)).toBe(true);
  });

  it("in a browser: kept or this sitting only, neither in silence", async () => {
    const { app, cases } = await startOf(localHost(undefined, IN_BROWSER));
    render(SetUp, { app, cases });
    const keep = await screen.findByLabelText(/On this computer, encrypted/);
    expect(keep).not.toBeChecked();
    const sitting = screen.getByLabelText(/This sitting only/);
    expect(sitting).not.toBeChecked();
    expect(screen.queryByRole("button", { name: "Start" })).toBeNull();
    await user.click(keep);
    expect(screen.getByLabelText("I have put it in a safe place")).toBeVisible();
    await user.click(sitting);
    expect(screen.queryByLabelText("I have put it in a safe place")).toBeNull();
    expect(screen.getByText(/nothing is written to the disk/)).toBeVisible();
    await press("Start");
    await waitFor(() => expect(cases.phase.kind).toBe("open"));
    expect(cases.durable).toBe(false);
  });

  it("starts with a backup that is on this computer, under its passphrase", async () => {
    const backups = memoryBackups(() => NOW);
    const before = await openWith(["A", "B"], localHost(undefined, backups));
    await before.cases.backUpNow();
    const { app, cases } = await startOf(localHost(undefined, { ...backups, ...memoryKeychain() }));
    render(SetUp, { app, cases });
    await user.click(await screen.findByRole("button", { name: "Restore from a file or backup" }));
    await user.click(await screen.findByRole("button", { name: /^Restore…/ }));
    await user.type(await screen.findByLabelText(/^Passphrase of/), "not the one{Enter}");
    expect(await screen.findByText(/passphrase does not open the file/)).toBeVisible();
    expect(screen.getByLabelText(/^Passphrase of/)).toHaveValue("");
    await user.type(screen.getByLabelText(/^Passphrase of/), `${PASSPHRASE}{Enter}`);
    await user.click(await screen.findByRole("button", { name: /^Start with 2.cases$/ }));
    await waitFor(() => expect(labelsOf(cases)).toEqual(["A", "B"]));
    await cases.lock();
    expect(await cases.unlock(PASSPHRASE)).toBe(true);
  });

  it("starts within the room without reading what has gone with the screen, and says who knows the passphrase", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const before = await openWith(["A"]);
    const [bytes, exported] = [
      await before.cases.backupBytes(),
      await exportCases(await before.cases.store.readMany([idOf(1)]), PASSPHRASE, {
        ...{ made: NOW, appVersion: "" },
      }),
    ];
    const { app, cases } = await startOf(localHost());
    app.cases = cases;
    vi.spyOn(app, "loadCases").mockResolvedValue(cases);
    render(CasesRoom, { app, place: "" });
    await user.click(await screen.findByRole("button", { name: "Restore from a file or backup" }));
    await chooseFile(bytes, "mine.hgnencases");
    await user.type(await screen.findByLabelText(/^Passphrase of/), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByRole("button", { name: /^Start with 1.case$/ })).toBeEnabled();
    expect(screen.queryByText(/Whoever made this file knows it/)).toBeNull();
    await press("Choose another file");
    await chooseFile(exported, "theirs.hgnencases");
    await user.type(await screen.findByLabelText(/^Passphrase of/), `${PASSPHRASE}{Enter}`);
    const start = await screen.findByRole("button", { name: /^Start with 1.case$/ }, { timeout: 10_000 });
    expect(screen.getByText(/Whoever made this file knows it/)).toBeVisible();
    await user.click(start);
    await waitFor(() => expect(labelsOf(cases)).toEqual(["A"]));
    await waitFor(() => expect(document.body).not.toHaveFocus());
    expect(warned.mock.calls.flat().filter((said) => String(said).includes("derived_inert"))).toEqual([]);
    warned.mockRestore();
  });

  it("says that the patient in the form is waiting, where one is", async () => {
    const { app, cases } = await startOf(localHost());
    render(SetUp, { app, cases });
    expect(screen.queryByText(/is waiting to be saved/)).toBeNull();
    app.wantsCase = true;
    expect(await screen.findByText(/is waiting to be saved/)).toBeVisible();
  });

  it("does not begin with a plain file, and says why", async () => {
    const { app, cases } = await startOf(localHost());
    render(SetUp, { app, cases });
    await user.click(await screen.findByRole("button", { name: "Restore from a file or backup" }));
    await chooseFile(new TextEncoder().encode("label,tumour,age\nA,NEC,67\n"), "table.csv");
    expect(await screen.findByRole("alert")).toHaveTextContent(/“table.csv”/);
    expect(cases.phase.kind).toBe("new");
  });
});

describe("locked", () => {
  async function locked(host: LocalHost = localHost()): Promise<Kept> {
    const kept = await openWith(["A"], host);
    await kept.cases.lock();
    render(LockScreen, { app: kept.app, cases: kept.cases });
    return kept;
  }

  it("the field has the focus; a wrong passphrase is said beside it and changes nothing; Enter opens", async () => {
    const { cases } = await locked();
    const field = screen.getByLabelText("Passphrase");
    expect(field).toHaveFocus();
    expect(field).toHaveAttribute("type", "password");
    expect(field).toHaveAttribute("autocomplete", "off");
    expect(button("Open")).toBeDisabled();
    await user.keyboard("wrong{Enter}");
    expect(await screen.findByText(/^This passphrase does not open the store/)).toBeVisible();
    expect(field).toHaveAccessibleDescription(/Nothing was changed or deleted/);
    await user.clear(field);
    await user.type(field, PASSPHRASE);
    await user.click(button("Show: Passphrase"));
    expect(field).toHaveAttribute("type", "text");
    await user.type(field, "{Enter}");
    await waitFor(() => expect(cases.phase.kind).toBe("open"));
    expect(labelsOf(cases)).toEqual(["A"]);
  });

  it("takes every letter: none of them is a shortcut of the program instead", async () => {
    await locked();
    const pressed: string[] = [];
    const onkeydown = ({ key }: KeyboardEvent): void => void pressed.push(key);
    addEventListener("keydown", onkeydown);
    await user.keyboard("why? n/{Escape}");
    removeEventListener("keydown", onkeydown);
    expect(screen.getByLabelText("Passphrase")).toHaveValue("why? n/");
    expect(pressed.filter((key) => key.length === 1)).toEqual([]);
    expect(pressed).toContain("Escape");
  });

  it("opened, the focus is in the room", async () => {
    const { app, cases } = await openWith(["A"]);
    await cases.lock();
    app.cases = cases;
    vi.spyOn(app, "loadCases").mockResolvedValue(cases);
    render(CasesRoom, { app, place: "" });
    expect(screen.getByLabelText("Passphrase")).toHaveFocus();
    await user.keyboard(`${PASSPHRASE}{Enter}`);
    await waitFor(() => expect(screen.getByRole("searchbox")).toHaveFocus());
  });

  it("says that Caps Lock is on", async () => {
    await locked();
    await user.keyboard("{CapsLock}a");
    expect(screen.getByText("Caps Lock is on.")).toBeVisible();
    await user.keyboard("{CapsLock}a");
    expect(screen.queryByText("Caps Lock is on.")).toBeNull();
  });

  it("by time, with a keychain: one press opens", async () => {
    const kept = await openWith(["A"], localHost(undefined, memoryKeychain()));
    await kept.cases.lock("idle");
    render(LockScreen, { app: kept.app, cases: kept.cases });
    expect(screen.queryByLabelText("Passphrase")).toBeNull();
    expect(button("Open")).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(kept.cases.phase.kind).toBe("open"));
  });

  it("by time, with a keychain that has lost the key: the passphrase is asked for", async () => {
    const keychain = memoryKeychain();
    const kept = await openWith(["A"], localHost(undefined, keychain));
    await kept.cases.lock("idle");
    render(LockScreen, { app: kept.app, cases: kept.cases });
    keychain.loseKeys();
    await press("Open");
    expect(await screen.findByLabelText("Passphrase")).toBeVisible();
    expect(screen.getByText(/another computer, a moved profile/)).toBeVisible();
  });

  it("a lost passphrase: only after the locked store is saved, and a word is typed, one can start anew", async () => {
    const backups = memoryBackups(() => NOW);
    const { cases } = await locked(localHost(undefined, backups));
    await user.click(screen.getByText("Passphrase lost?"));
    expect(screen.queryByLabelText("Type ANEW to confirm")).toBeNull();
    await press("Save the locked cases as a file");
    await user.type(await screen.findByLabelText("Type ANEW to confirm"), "ane");
    expect(button("Start anew")).toBeDisabled();
    await user.type(screen.getByLabelText("Type ANEW to confirm"), "w");
    await press("Start anew");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
    const [, bytes] = [...backups.stored].find(([name]) => name.startsWith("set-aside-"))!;
    const file = await readCaseFile(bytes);
    expect((await openCaseFile(file, { passphrase: PASSPHRASE })).cases).toMatchObject([
      { content: { label: "A" } },
    ]);
  });

  it("where it could not be saved, nothing can be started anew", async () => {
    const refused = {
      ok: false,
      code: "save-refused",
      reason: "full",
      path: "/backups",
      message: "",
    } as const;
    const { cases } = await locked(localHost(undefined, { writeBackup: () => Promise.resolve(refused) }));
    await user.click(screen.getByText("Passphrase lost?"));
    await press("Save the locked cases as a file");
    expect(await screen.findByRole("alert")).toHaveTextContent(/the disk is full/);
    expect(screen.queryByLabelText("Type ANEW to confirm")).toBeNull();
    expect(await cases.unlock(PASSPHRASE)).toBe(true);
  });

  it("in a browser the user looks whether the file is there", async () => {
    const host = localHost(undefined, {
      ...IN_BROWSER,
      saveFile: () => Promise.resolve({ ok: true, value: { saved: true, path: null } }),
    });
    const { cases } = await locked(host);
    await user.click(screen.getByText("Passphrase lost?"));
    await press("Save the locked cases as a file");
    await user.type(await screen.findByLabelText("Type ANEW to confirm"), "ANEW");
    expect(button("Start anew")).toBeDisabled();
    await user.click(screen.getByLabelText("I have looked: the file is there"));
    await press("Start anew");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
  });
});

describe("trouble", () => {
  it("without storage: this sitting only", async () => {
    const open = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new Error("not allowed here");
    });
    const { app, cases } = await startOf(localHost());
    open.mockRestore();
    render(TroubleScreen, { app, cases });
    expect(screen.getByText(/not allowed here/)).toBeVisible();
    await press("This sitting only");
    await waitFor(() => expect(cases.phase.kind).toBe("open"));
    expect(cases.durable).toBe(false);
  });

  it("a store of a newer program is not opened, and nothing is offered that would change it", async () => {
    const database = `kept ${++databases}`;
    await new Promise<void>((resolve, reject) => {
      const asked = indexedDB.open(database, 990);
      asked.onsuccess = () => resolve(asked.result.close());
      asked.onerror = () => reject(new Error("not made"));
    });
    const { app, cases } = await startOf(localHost(), database);
    render(TroubleScreen, { app, cases });
    expect(screen.getByRole("heading", { name: /written by a newer version/ })).toHaveFocus();
    expect(screen.getByText(/^Nothing was opened or changed/)).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("a store that went away underneath: what is open can still be saved as a file", async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    const { app, cases, host } = await openWith(["A"]);
    const connections = new Set(transaction.mock.contexts);
    transaction.mockRestore();
    await cases.openCase(idOf(1));
    // As when the data of a site are cleared while it is open.
    for (const connection of connections) forceCloseDatabase(connection as typeof IDBDatabase);
    await waitFor(() => expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "lost" } }));
    render(TroubleScreen, { app, cases });
    expect(screen.getByText(/The open case is still in this window: A\./)).toBeVisible();
    await press("Save the open case as a file…");
    await waitFor(() => expect(host.savedFiles).toHaveLength(1));
    const file = await readCaseFile(host.savedFiles[0]!.bytes);
    expect((await openCaseFile(file, { passphrase: PASSPHRASE })).cases).toMatchObject([
      { id: idOf(1), content: { label: "A" } },
    ]);
    await press("Look again");
    await waitFor(() => expect(cases.phase.kind).toBe("locked"));
  });

  it("a disk that is full: it says so, what is typed can be saved as a file, and is written when there is room", async () => {
    const { app, cases, host } = await openWith(["A"]);
    await cases.openCase(idOf(1));
    const closed = closeOnFullDisk();
    cases.edit({ label: "B" }, "label");
    await closed;
    await waitFor(() => expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "full" } }));
    expect(cases.saving).toMatchObject({ kind: "failed", full: true });
    render(TroubleScreen, { app, cases });
    expect(screen.getByRole("heading", { name: "The disk is full" })).toHaveFocus();
    expect(screen.getByText(/The open case is still in this window: B\./)).toBeVisible();

    // Chromium does not say why it does not open now.
    const open = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("Internal error opening backing store for indexedDB.open.", "UnknownError");
    });
    await press("Look again");
    await waitFor(() => expect(open).toHaveBeenCalled());
    await waitFor(() => expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "full" } }));
    open.mockRestore();
    await press("Save the open case as a file…");
    await waitFor(() => expect(host.savedFiles).toHaveLength(1));
    const file = await readCaseFile(host.savedFiles[0]!.bytes);
    expect((await openCaseFile(file, { passphrase: PASSPHRASE })).cases).toMatchObject([
      { id: idOf(1), content: { label: "B" } },
    ]);
    expect(host.notes).toEqual(["saving-full", "store-full", "store-full"]);

    await press("Look again");
    await waitFor(() => expect(cases.phase.kind).toBe("locked"));
    await cases.unlock(PASSPHRASE);
    expect(await cases.flush()).toBe(true);
    expect((await cases.store.read(idOf(1))).content.label).toBe("B");
  });

  it("a disk that was full and a store that is deleted later are told apart", async () => {
    const { cases, host } = await openWith(["A"]);
    await cases.openCase(idOf(1));
    const closed = closeOnFullDisk();
    cases.edit({ label: "B" }, "label");
    await closed;
    await waitFor(() => expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "full" } }));
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    await cases.start();
    await cases.unlock(PASSPHRASE);
    const connections = new Set(transaction.mock.contexts);
    transaction.mockRestore();
    await cases.flush();
    for (const connection of connections) forceCloseDatabase(connection as typeof IDBDatabase);
    await waitFor(() => expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "lost" } }));
    expect(host.notes).toEqual(["saving-full", "store-full", "store-lost"]);
  });

  it("of a sitting no file is made: it would open for everybody", async () => {
    const { cases, host } = await startOf(localHost(undefined, IN_BROWSER));
    await cases.createForSitting();
    await cases.newCase({ label: "A" });
    expect(await saveUnsaved(cases)).toBeNull();
    expect(host.savedFiles).toEqual([]);
  });

  async function damaged(): Promise<{ kept: Kept; backup: Uint8Array<ArrayBuffer> }> {
    const before = await openWith(["A", "B"]);
    const { database } = before.cases;
    const backup = await before.cases.backupBytes();
    await before.cases.close();
    const storage = await DatabaseStorage.open(database);
    const header = (await storage.readHeader())!;
    const whole = crypto.subtle.digest.bind(crypto.subtle);
    // A sum over something else: both copies are damaged.
    const sum = vi
      .spyOn(crypto.subtle, "digest")
      .mockImplementation((name) => whole(name, new Uint8Array(1)));
    await storage.writeHeader(header);
    sum.mockRestore();
    storage.close();
    return { kept: await startOf(localHost(), database), backup };
  }

  it("a damaged key is put back from a backup of the same store, and only from that", async () => {
    const { kept, backup } = await damaged();
    const { app, cases } = kept;
    expect(cases.phase).toEqual({ kind: "trouble", trouble: { kind: "header-damaged" } });
    render(TroubleScreen, { app, cases });
    const other = await openWith(["C"]);
    await chooseFile(await other.cases.backupBytes(), "other.hgnencases");
    await user.type(await screen.findByLabelText(/^Passphrase of/), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByText(/This backup is of another store/)).toBeVisible();
    await press("Choose another file");
    await chooseFile(backup, "mine.hgnencases");
    await user.type(await screen.findByLabelText(/^Passphrase of/), "wrong{Enter}");
    expect(await screen.findByText(/passphrase does not open the file/)).toBeVisible();
    await user.clear(screen.getByLabelText(/^Passphrase of/));
    await user.type(screen.getByLabelText(/^Passphrase of/), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByText(/The key opens 2.records/)).toBeVisible();
    await press("Open");
    await waitFor(() => expect(cases.phase.kind).toBe("locked"));
    expect(await cases.unlock(PASSPHRASE)).toBe(true);
    expect(labelsOf(cases)).toEqual(["A", "B"]);
  });

  it("one starts anew only by the word", async () => {
    const { app, cases } = (await damaged()).kept;
    render(TroubleScreen, { app, cases });
    expect(button("Start anew")).toBeDisabled();
    await user.type(screen.getByLabelText("Type ANEW to confirm"), "ANEW");
    await press("Start anew");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
  });

  it("an empty store has nothing to repair", async () => {
    const { cases } = await openWith([]);
    const file = await readCaseFile(await cases.backupBytes());
    expect(await repairStore(cases.database, file, PASSPHRASE)).toEqual({ kind: "nothing-stored" });
  });
});

describe("backups", () => {
  it("writes one now, lists it, and restores what was changed since, with undo", async () => {
    const { app, cases } = await openWith(
      ["A"],
      localHost(
        undefined,
        memoryBackups(() => NOW),
      ),
    );
    render(BackupsView, { app, cases });
    expect(await screen.findByText(/There is no backup yet/)).toBeVisible();
    await press("Back up now");
    expect(await screen.findByText(/^Latest backup: just now/)).toBeVisible();
    await cases.remove([idOf(1)]);
    await user.click(await screen.findByRole("button", { name: /^Restore…/ }));
    expect(await screen.findByText("bin")).toBeVisible();
    await user.selectOptions(screen.getByLabelText("For all of them"), "theirs");
    await press(/^Take in 1.case$/);
    expect(await screen.findByText("1 replaced.")).toBeVisible();
    expect(labelsOf(cases)).toEqual(["A"]);
    await press("Undo");
    expect(await screen.findByText(/^Taken back/)).toBeVisible();
    expect(labelsOf(cases)).toEqual([]);
  });

  it("says why the latest was not written", async () => {
    const refused = {
      ok: false,
      code: "save-refused",
      reason: "full",
      path: "/backups",
      message: "",
    } as const;
    const { app, cases } = await openWith(
      ["A"],
      localHost(undefined, { writeBackup: () => Promise.resolve(refused) }),
    );
    render(BackupsView, { app, cases });
    await press("Back up now");
    expect(await screen.findByRole("alert")).toHaveTextContent(/was not written.*the disk is full/);
  });

  it("in a browser a file is saved, and opens with the passphrase", async () => {
    const { app, cases, host } = await openWith(["A"], localHost(undefined, IN_BROWSER));
    render(BackupsView, { app, cases });
    await press("Save a backup file");
    await waitFor(() => expect(host.savedFiles).toHaveLength(1));
    expect(host.savedFiles[0]!.name).toBe("HG-NEN cases 2026-11-21.hgnencases");
    const file = await readCaseFile(host.savedFiles[0]!.bytes);
    expect((await openCaseFile(file, { passphrase: PASSPHRASE })).cases).toHaveLength(1);
  });

  it("of a sitting there is none: its key has no passphrase, so cases are exported instead", async () => {
    const { app, cases } = await startOf(localHost(undefined, IN_BROWSER));
    await cases.createForSitting();
    render(BackupsView, { app, cases });
    expect(screen.queryByRole("button", { name: "Save a backup file" })).toBeNull();
    expect(button("Export all cases…")).toBeDisabled();
    await addTo(cases, ["A"]);
    await waitFor(() => expect(button("Export all cases…")).toBeEnabled());
  });

  it("the latest backup is one of these cases, not what was set aside", async () => {
    const backups = memoryBackups(() => NOW);
    const { app, cases } = await openWith(["A"], localHost(undefined, backups));
    await backups.writeBackup(await cases.backupBytes(), "set-aside");
    const { unmount } = render(BackupsView, { app, cases });
    expect(await screen.findByRole("table")).toBeVisible();
    expect(screen.queryByText(/^Latest backup/)).toBeNull();
    expect(screen.getByText(/There is no backup yet/)).toBeVisible();
    unmount();
    await cases.backUpNow();
    render(BackupsView, { app, cases });
    expect(await screen.findByText(/^Latest backup: just now/)).toBeVisible();
  });

  it("in a browser: when a file was saved last, and after two weeks with changes that it is time", async () => {
    const shell: Partial<HostShell> = { ...IN_BROWSER };
    let result: Saved = { saved: false };
    shell.saveFile = () => Promise.resolve({ ok: true, value: result });
    const { app, cases } = await openWith(["A"], localHost(undefined, shell));
    let now = NOW;
    vi.spyOn(cases, "now").mockImplementation(() => now);
    const first = render(BackupsView, { app, cases });
    expect(screen.getByText("Last backup file: never")).toBeVisible();
    expect(screen.queryByText(/^For two weeks/)).toBeNull();
    await press("Save a backup file");
    expect(await screen.findByText("Nothing was saved.")).toBeVisible();
    expect(cases.settings.lastBackupFile).toBeNull();
    result = { saved: true, path: null };
    await press("Save a backup file");
    expect(await screen.findByText(/^Last backup file: just now/)).toBeVisible();
    first.unmount();

    now = NOW + 15 * 86_400_000;
    const unchanged = render(BackupsView, { app, cases });
    expect(screen.getByText(/^Last backup file: 15 days ago/)).toBeVisible();
    expect(screen.queryByText(/^For two weeks/)).toBeNull();
    unchanged.unmount();
    await cases.changeSettings({ lastBackupFile: NOW - 1 });
    render(BackupsView, { app, cases });
    expect(screen.getByText(/^For two weeks/)).toBeVisible();
    const storage = await DatabaseStorage.open(cases.database);
    expect(await storage.readSettings()).toMatchObject({ lastBackupFile: NOW - 1 });
    storage.close();
  });

  it("deletes what was set aside, after a second press", async () => {
    const backups = memoryBackups(() => NOW);
    const { app, cases } = await openWith(["A"], localHost(undefined, backups));
    await backups.writeBackup(await cases.backupBytes(), "set-aside");
    render(BackupsView, { app, cases });
    await user.click(await screen.findByRole("button", { name: /^Delete…/ }));
    expect(backups.stored.size).toBe(1);
    await press("Delete for good");
    await waitFor(() => expect(screen.queryByRole("table")).toBeNull());
    expect(backups.stored.size).toBe(0);
  });

  it("keeps what was set aside when the user says no after all, and says so", async () => {
    const backups = memoryBackups(() => NOW);
    const kept: Result<DeletedBackups> = { ok: true, value: { deleted: false, left: [] } };
    const host = localHost(undefined, { ...backups, deleteBackups: () => Promise.resolve(kept) });
    const { app, cases } = await openWith(["A"], host);
    await backups.writeBackup(await cases.backupBytes(), "set-aside");
    render(BackupsView, { app, cases });
    await user.click(await screen.findByRole("button", { name: /^Delete…/ }));
    await press("Delete for good");
    expect(await screen.findByText("The backup was kept.")).toBeVisible();
    expect(screen.getByRole("table")).toBeVisible();
  });
});

describe("import", () => {
  it("shows what would change before it does, and each case that differs has its own choice", async () => {
    const { app, cases } = await openWith(["A", "B"]);
    const file = await cases.backupBytes();
    await cases.openCase(idOf(1));
    cases.edit({ note: "mine" }, "note");
    await cases.flush();
    render(ImportView, { app, cases });
    await chooseFile(file, "export.hgnencases");
    const table = await screen.findByRole("table");
    expect(within(table).getByText("note")).toBeVisible();
    expect(screen.getByText(/Yours is kept of every case/)).toBeVisible();
    await user.selectOptions(screen.getByLabelText("Keep of A"), "both");
    await press(/^Take in 1.case$/);
    expect(await screen.findByText(/^1.case added\.$/)).toBeVisible();
    expect(labelsOf(cases)).toEqual(["A", "A (2)", "B"]);
  });

  it("replaces after it has said what goes into the bin", async () => {
    const { app, cases } = await openWith(["A"]);
    const file = await cases.backupBytes();
    await cases.newCase({ label: "New" });
    render(ImportView, { app, cases });
    await chooseFile(file, "export.hgnencases");
    await user.click(await screen.findByLabelText(/Replace/));
    expect(screen.getByText(/1.case that it lacks goes into the bin/)).toBeVisible();
    await press(/^Replace: 1.change$/);
    expect(await screen.findByText("1 put into the bin.")).toBeVisible();
    expect(labelsOf(cases)).toEqual(["A"]);
  });

  it("a damaged file cannot replace, and is taken in only knowingly", async () => {
    const from = await openWith(["A", "B"]);
    const file = await from.cases.backupBytes();
    const text = new TextDecoder().decode(file);
    file[text.indexOf('"data":"', text.indexOf(idOf(1))) + 20]! ^= 1;
    const { app, cases } = await openWith([]);
    await cases.newCase({ label: "Mine" });
    render(ImportView, { app, cases });
    await chooseFile(file, "f.hgnencases");
    await user.type(await screen.findByLabelText(/^Passphrase of/), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByText(new RegExp(`record ${idOf(1)} is damaged`))).toBeVisible();
    expect(screen.getByLabelText(/Replace/)).toBeDisabled();
    expect(button(/^Take in/)).toBeDisabled();
    await user.click(screen.getByLabelText("Take in the rest without these"));
    await press(/^Take in 1.case$/);
    await waitFor(() => expect(labelsOf(cases)).toEqual(["B", "Mine"]));
  });

  it("a file of another program is refused in words, and another can be chosen", async () => {
    const { app, cases } = await openWith(["A"]);
    render(ImportView, { app, cases });
    await chooseFile(new TextEncoder().encode("%PDF-1.7"), "letter.pdf");
    expect(await screen.findByRole("alert")).toHaveTextContent(/“letter.pdf”.*PDF/);
    expect(button("Choose a file…")).toBeVisible();
  });
});

describe("export", () => {
  async function exporting(): Promise<Kept & { closed: () => number }> {
    const kept = await openWith(["A", "B"]);
    const onclose = vi.fn();
    render(ExportPanel, { app: kept.app, cases: kept.cases, ids: [idOf(1)], onclose });
    return { ...kept, closed: () => onclose.mock.calls.length };
  }

  it("encrypted, under a passphrase of its own, with only what was chosen", async () => {
    const { host, closed } = await exporting();
    expect(screen.getByLabelText(/Encrypted file/)).toBeChecked();
    const passphrase = document.querySelector("output")!.textContent;
    expect(button("Save…")).toBeDisabled();
    await user.click(screen.getByLabelText("I have noted it"));
    await press("Save…");
    await waitFor(() => expect(host.savedFiles).toHaveLength(1), { timeout: 10_000 });
    const [{ name, bytes }] = host.savedFiles as [LocalHost["savedFiles"][number]];
    expect(name).toBe("HG-NEN cases 2026-11-21.hgnencases");
    const read = await openCaseFile(await readCaseFile(bytes), { passphrase });
    expect(read.cases.map(({ content }) => content.label)).toEqual(["A"]);
    expect(await screen.findByText(/^Saved as/)).toBeVisible();
    await press("Close");
    expect(closed()).toBe(1);
  });

  it.each([
    [/Plain JSON/, ".json", (bytes: Uint8Array<ArrayBuffer>) => readPlainJson(bytes)],
    [
      /Plain CSV/,
      ".csv",
      (bytes: Uint8Array<ArrayBuffer>) => readPlainCsv(bytes, { now: NOW, newId: () => idOf(9) }),
    ],
  ])("%s only after the warning is confirmed", async (kind, ending, read) => {
    const { host } = await exporting();
    await user.click(screen.getByLabelText(kind));
    expect(screen.getByText("Anybody who gets this file can read it.")).toBeVisible();
    expect(button("Save…")).toBeDisabled();
    await user.click(screen.getByLabelText("I want the file unencrypted"));
    await press("Save…");
    await waitFor(() => expect(host.savedFiles).toHaveLength(1));
    expect(host.savedFiles[0]!.name).toBe(`HG-NEN cases 2026-11-21${ending}`);
    expect((await read(host.savedFiles[0]!.bytes)).map(({ content }) => content.label)).toEqual(["A"]);
  });

  it("the confirmation of one kind does not count for another; a CSV names what it cannot carry", async () => {
    await exporting();
    await user.click(screen.getByLabelText(/Plain JSON/));
    await user.click(screen.getByLabelText("I want the file unencrypted"));
    expect(screen.queryByText(/A CSV does not hold saved estimates/)).toBeNull();
    await user.click(screen.getByLabelText(/Plain CSV/));
    expect(screen.getByText(/A CSV does not hold saved estimates/)).toBeVisible();
    expect(screen.getByLabelText("I want the file unencrypted")).not.toBeChecked();
    expect(button("Save…")).toBeDisabled();
  });
});

describe("the bin", () => {
  async function binned(labels: string[], host?: LocalHost): Promise<Kept> {
    const kept = await openWith(labels, host);
    await kept.cases.remove(labels.map((_, i) => idOf(i + 1)));
    render(BinView, { cases: kept.cases, room: roomOf(kept.cases) });
    return kept;
  }

  it("says when the backups were kept after all", async () => {
    const kept: Result<DeletedBackups> = { ok: true, value: { deleted: false, left: [] } };
    const host = localHost(undefined, { ...memoryBackups(), deleteBackups: () => Promise.resolve(kept) });
    await binned(["A"], host);
    await press("Empty the bin…");
    await user.click(screen.getByLabelText(/^Also delete all backups/));
    await press("Remove for good");
    expect(await screen.findByText(/^1 case removed for good\. You chose to keep the backups/)).toBeVisible();
  });

  it("deletes the program's backups on request, and leaves what was set aside", async () => {
    const backups = memoryBackups(() => NOW);
    const { cases } = await binned(["A"], localHost(undefined, backups));
    await cases.backUpNow();
    const { value: aside } = (await backups.writeBackup(await cases.backupBytes(), "set-aside")) as {
      value: { name: string };
    };
    await press("Empty the bin…");
    await user.click(screen.getByLabelText(/^Also delete all backups/));
    await press("Remove for good");
    expect(await screen.findByText(/The backups were deleted/)).toBeVisible();
    await waitFor(() => expect(backups.stored.size).toBe(2));
    expect([...backups.stored.keys()]).toContain(aside.name);
    const others = [...backups.stored].filter(([name]) => name !== aside.name);
    const left = await openCaseFile(await readCaseFile(others[0]![1]), { passphrase: PASSPHRASE });
    expect(left.cases).toEqual([]);
  });

  it("after a case is restored, the focus is at the next one, and at last at the title", async () => {
    await binned(["A", "B", "C"]);
    const order = screen.getAllByRole("button", { name: /^Restore / }).map((each) => each.ariaLabel!);
    await press(order[1]!);
    await waitFor(() => expect(button(order[2]!)).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(button(order[0]!)).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByRole("heading", { name: "The bin is empty" })).toHaveFocus());
  });
});

describe("settings", () => {
  it("change the passphrase: the old one proves who asks", async () => {
    const { app, cases } = await openWith(["A"]);
    render(SettingsView, { app, cases });
    await press("Change the passphrase…");
    await user.click(screen.getByLabelText("One of my own"));
    await user.type(screen.getByLabelText("Present passphrase"), "not this one");
    await user.type(screen.getByLabelText("New passphrase"), "another sentence of mine");
    await user.type(screen.getByLabelText("The same again"), "another sentence of mine");
    await user.click(screen.getByLabelText("I have put it in a safe place"));
    await press("Change");
    expect(await screen.findByText(/This is not the present passphrase/)).toBeVisible();
    await user.clear(screen.getByLabelText("Present passphrase"));
    await user.type(screen.getByLabelText("Present passphrase"), `${PASSPHRASE}{Enter}`);
    expect(await screen.findByText(/^The passphrase is changed/)).toBeVisible();
    expect(screen.queryByLabelText("Present passphrase")).toBeNull();
    await cases.lock();
    expect(await cases.unlock(PASSPHRASE)).toBe(false);
    expect(await cases.unlock("another sentence of mine")).toBe(true);
  });

  it("lock: after how long, and whether the passphrase is asked for then", async () => {
    const { app, cases } = await openWith([], localHost(undefined, memoryKeychain()));
    render(SettingsView, { app, cases });
    await user.selectOptions(screen.getByLabelText("Lock when not used for"), "5");
    await waitFor(() => expect(cases.settings.idleMinutes).toBe(5));
    await user.click(screen.getByLabelText("A lock asks for the passphrase"));
    await waitFor(() => expect(cases.settings.lockAsks).toBe(true));
    expect(screen.getByText(/the passphrase opens them again, also after a restart/)).toBeVisible();
    await user.click(screen.getByLabelText("A lock asks for the passphrase"));
    expect(await screen.findByText(/your sign-in to this computer opens them again/)).toBeVisible();
    await press("Lock now");
    await waitFor(() => expect(cases.phase.kind).toBe("locked"));
  });

  it("check all cases: in order, or named", async () => {
    const { app, cases } = await openWith(["A", "B"]);
    render(SettingsView, { app, cases });
    await press("Check now");
    expect(await screen.findByText(/^2.cases read, all in order\.$/)).toBeVisible();
    const storage = await DatabaseStorage.open(cases.database);
    const [record] = await storage.get([idOf(2)]);
    record!.data[3]! ^= 1;
    const before = await storage.readCounter();
    await storage.commit({ before, after: before, put: [record!], remove: [], remember: null });
    storage.close();
    await press("Check now");
    expect(await screen.findByText(/^1 of 2.cases cannot be read:$/)).toBeVisible();
    expect(screen.getByText(/^B: Its bytes are not those that were written/)).toBeVisible();
  });

  it("of a sitting there is no passphrase and no lock", async () => {
    const { app, cases } = await startOf(localHost(undefined, IN_BROWSER));
    await cases.createForSitting();
    render(SettingsView, { app, cases });
    expect(screen.getByText(/for this sitting only/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Change the passphrase…" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Lock now" })).toBeNull();
  });
});

describe("erasing everything", () => {
  // What is found afterwards is of this test alone.
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
    Dexie.dependencies.indexedDB = indexedDB;
  });

  it.each<[string, Partial<Erased["remains"]>, string, string | RegExp]>([
    ["no backups", { backups: [] }, "Everything is erased", "none"],
    [
      "an edition without backups",
      { backups: "not-here" },
      "Everything is erased",
      "this edition keeps none",
    ],
    ["a list that fails", { backups: null }, "The cases are erased, and not everything else", /could not/],
    ["a backup", { backups: ["b"] }, "The cases are erased, and not everything else", "b"],
    ["a database", { databases: ["d"] }, "The cases are erased, and not everything else", "none"],
  ])("with %s: says what was found, and no more than that", (_what, found, title, backups) => {
    const remains = { databases: [], backups: [], local: [], caches: [], ...found };
    render(ErasedProof, { erased: { remains, failure: null }, onclose: () => undefined });
    expect(screen.getByRole("heading", { level: 2 })).toHaveTextContent(title);
    const kept = screen.getByText("Backups on this computer").nextElementSibling!;
    expect(kept.textContent.trim()).toMatch(backups);
  });

  it("begins at the word, without which nothing goes", async () => {
    const { app, cases } = await openWith(["A"]);
    render(SettingsView, { app, cases });
    await press("Erase everything…");
    expect(await screen.findByLabelText("Type ERASE to confirm")).toHaveFocus();
  });

  it("asks for the word, goes, and proves it by what is left; backups go on request", async () => {
    const backups = memoryBackups(() => NOW);
    const { app, cases } = await openWith(["A", "B"], localHost(undefined, backups));
    await cases.backUpNow();
    const { unmount } = render(SettingsView, { app, cases });
    await press("Erase everything…");
    expect(screen.getByText(/This removes 2.cases for good/)).toBeVisible();
    await user.click(await screen.findByLabelText(/Also the 1.backup/));
    await user.type(screen.getByLabelText("Type ERASE to confirm"), "ERASURE{Enter}");
    expect(cases.phase.kind).toBe("open");
    await user.clear(screen.getByLabelText("Type ERASE to confirm"));
    await user.type(screen.getByLabelText("Type ERASE to confirm"), "erase{Enter}");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
    await waitFor(() => expect(backups.stored.size).toBe(0));
    unmount();
    render(SetUp, { app, cases });
    const proof = (await screen.findByRole("heading", { name: "Everything is erased" })).closest("section")!;
    const found = within(proof).getByText("Databases at this address").nextElementSibling!;
    expect(found).not.toHaveTextContent(cases.database);
    expect(within(proof).getByText("Backups on this computer").nextElementSibling).toHaveTextContent("none");
    expect(within(proof).getByText(/files that you exported/)).toBeVisible();
    await user.click(within(proof).getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("heading", { name: "Everything is erased" })).toBeNull();
  });

  it("backups stay unless they are asked for, and are listed", async () => {
    const backups = memoryBackups(() => NOW);
    const { app, cases } = await openWith(["A"], localHost(undefined, backups));
    await cases.backUpNow();
    const { unmount } = render(SettingsView, { app, cases });
    await press("Erase everything…");
    await user.type(screen.getByLabelText("Type ERASE to confirm"), "ERASE{Enter}");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
    unmount();
    render(SetUp, { app, cases });
    expect(await screen.findByText([...backups.stored.keys()][0]!)).toBeVisible();
    expect(screen.getByRole("heading", { name: /^The cases are erased, and not/ })).toHaveFocus();
  });

  it("says when the user has kept the backups after all", async () => {
    const backups = memoryBackups(() => NOW);
    const keeping: typeof backups.deleteBackups = async () => {
      const listed = await backups.listBackups();
      return listed.ok ? { ok: true, value: { deleted: false, left: listed.value } } : listed;
    };
    const { app, cases } = await openWith(
      ["A"],
      localHost(undefined, { ...backups, deleteBackups: keeping }),
    );
    await cases.backUpNow();
    const { unmount } = render(SettingsView, { app, cases });
    await press("Erase everything…");
    await user.click(await screen.findByLabelText(/Also the 1.backup/));
    await user.type(screen.getByLabelText("Type ERASE to confirm"), "ERASE{Enter}");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
    unmount();
    render(SetUp, { app, cases });
    expect(await screen.findByText(/^You chose to keep the backups/)).toBeVisible();
    expect(screen.getByRole("heading", { name: /^The cases are erased, and not/ })).toHaveFocus();
    expect(screen.getByText([...backups.stored.keys()][0]!)).toBeVisible();
  });

  it("says when backups could not be deleted", async () => {
    const failure = { ok: false, code: "internal", message: "in use" } as const;
    const host = localHost(undefined, { ...memoryBackups(), deleteBackups: () => Promise.resolve(failure) });
    const { app, cases } = await openWith(["A"], host);
    await cases.backUpNow();
    const { unmount } = render(SettingsView, { app, cases });
    await press("Erase everything…");
    await user.click(await screen.findByLabelText(/Also the 1.backup/));
    await user.type(screen.getByLabelText("Type ERASE to confirm"), "ERASE{Enter}");
    await waitFor(() => expect(cases.phase.kind).toBe("new"));
    unmount();
    render(SetUp, { app, cases });
    expect(await screen.findByRole("alert")).toHaveTextContent(/in use/);
  });
});

describe("what remains", () => {
  const storage = (names: string[]): Storage =>
    ({ length: names.length, key: (i: number) => names[i] ?? null }) as Storage;

  it("lists everything that can be found", async () => {
    const host = localHost(
      undefined,
      memoryBackups(() => NOW),
    );
    const remains = await whatRemains(host, {
      indexedDB: { databases: () => Promise.resolve([{ name: "one", version: 1 }]) } as unknown as IDBFactory,
      localStorage: storage(["a"]),
      sessionStorage: storage(["b"]),
      caches: { keys: () => Promise.resolve(["c"]) } as unknown as CacheStorage,
    });
    expect(remains).toEqual({ databases: ["one"], backups: [], local: ["a", "b"], caches: ["c"] });
  });

  it("tells what cannot be known from what is not there", async () => {
    const places = Object.defineProperty({}, "localStorage", {
      get: () => {
        throw new Error("refused");
      },
    });
    const remains = await whatRemains(localHost(undefined, IN_BROWSER), places);
    expect(remains).toEqual({ databases: null, backups: "not-here", local: null, caches: null });
  });
});
