import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Result, ShellEvent } from "../../src-main/api/contract.ts";
import { UNRESTRICTED } from "../../src-main/api/contract.ts";
import { browserShell } from "../../src-renderer/host/browserShell.ts";
import { desktopShell } from "../../src-renderer/host/desktopShell.ts";
import { createHost } from "../../src-renderer/host/host.svelte.ts";
import type { Page } from "../../src-renderer/host/page.ts";
import { APP_VERSION, handlers, localHost, memoryBackups, memoryKeychain } from "../support/host.ts";
import { sealedFile } from "../support/sealedFile.ts";

const about = () => Promise.resolve(handlers.about({}));
const FILE = { name: "a.csv", mimeType: "text/csv", bytes: new Uint8Array([1, 2]) };

/** The real page, but for what jsdom does not have. */
function played(own: Partial<Page>): Page {
  return {
    addEventListener: window.addEventListener.bind(window),
    document,
    location,
    navigator,
    open: () => null,
    print: () => undefined,
    setTimeout: window.setTimeout.bind(window),
    URL,
    ...own,
  };
}

beforeEach(() => void (document.title = "Board · HG-NEN Prognosis"));
afterEach(() => void vi.useRealTimers());

describe("in a browser", () => {
  /** A browser whose print dialog stays open until it is told otherwise. */
  const printing = (own: Partial<Page> = {}) =>
    browserShell(played({ print: () => window.dispatchEvent(new Event("beforeprint")), ...own }), about);

  it.each(["afterprint", "pointerdown", "keydown"])(
    "a PDF is made by the print dialog, under its name, until %s",
    async (event) => {
      const pending = printing().savePdf("Board 3 May.pdf");
      expect(document.title).toBe("Board 3 May");
      window.dispatchEvent(new Event(event));
      expect(await pending).toEqual({ ok: true, value: { saved: null } });
      expect(document.title).toBe("Board · HG-NEN Prognosis");
    },
  );

  it("a dialog that is over before print returns is over", async () => {
    const shell = printing({
      print: () => {
        window.dispatchEvent(new Event("beforeprint"));
        window.dispatchEvent(new Event("afterprint"));
      },
    });
    expect(await shell.savePdf("a")).toEqual({ ok: true, value: { saved: null } });
  });

  it("leaves a title alone that a room has set meanwhile", async () => {
    const pending = printing().savePdf("a");
    document.title = "Model · HG-NEN Prognosis";
    window.dispatchEvent(new Event("afterprint"));
    await pending;
    expect(document.title).toBe("Model · HG-NEN Prognosis");
  });

  it("says so when the browser does not print", async () => {
    const shell = browserShell(played({ print: () => undefined }), about);
    expect(await shell.savePdf("a")).toMatchObject({ ok: false, code: "pdf-failed" });
    expect(document.title).toBe("Board · HG-NEN Prognosis");
  });

  it("a file is a download, whose address is given back later", async () => {
    vi.useFakeTimers();
    const clicked: [string, string][] = [];
    const listener = (event: Event): void => {
      event.preventDefault();
      const { href, download } = event.target as HTMLAnchorElement;
      clicked.push([href, download]);
    };
    document.addEventListener("click", listener);
    const given: Blob[] = [];
    const revokeObjectURL = vi.fn();
    const shell = browserShell(
      played({
        URL: Object.assign(class extends URL {}, {
          createObjectURL: (blob: Blob) => `blob:${given.push(blob)}`,
          revokeObjectURL,
        }),
      }),
      about,
    );
    expect(await shell.saveFile(FILE)).toEqual({ ok: true, value: { saved: true, path: null } });
    document.removeEventListener("click", listener);
    expect(clicked).toEqual([["blob:1", "a.csv"]]);
    expect([given[0]!.type, given[0]!.size]).toEqual(["text/csv", 2]);
    expect(document.querySelector("a")).toBeNull();
    expect(revokeObjectURL).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(revokeObjectURL.mock.calls).toEqual([["blob:1"]]);
  });

  it("the audience's window is a pop-up of the same page, always the same one", async () => {
    const focus = vi.fn();
    const open = vi.fn(() => ({ focus }) as unknown as Window);
    const page = played({ open, location: { href: "https://example.org/x/?y=1#/estimate" } as Location });
    expect(await browserShell(page, about).openProjector()).toEqual({ ok: true, value: null });
    expect(open.mock.calls).toEqual([
      ["https://example.org/x/?y=1#/board/projector", "hg-nen-projector", "popup,width=1280,height=720"],
    ]);
    expect(focus).toHaveBeenCalledOnce();
  });

  it("says so when the pop-up is blocked", async () => {
    expect(await browserShell(played({ open: () => null }), about).openProjector()).toMatchObject({
      ok: false,
      code: "projector-blocked",
    });
  });
});

it("in a browser there is no log: nothing is noted, and nothing is wrong", async () => {
  expect(await browserShell(played({}), about).note("store-lost")).toEqual({ ok: true, value: null });
});

describe("in a browser there is no keychain, and no folder for backups", () => {
  const shell = browserShell(played({}), about);

  it("and the keychain's answer says so", async () => {
    expect(shell.capabilities.backups).toBe(false);
    expect(await shell.keychain()).toEqual({ ok: true, value: { available: false, reason: "not-here" } });
  });

  it.each<[string, () => Promise<Result<unknown>>]>([
    ["wrapKey", () => shell.wrapKey(new Uint8Array(32))],
    ["unwrapKey", () => shell.unwrapKey(new Uint8Array(1))],
    ["writeBackup", () => shell.writeBackup(new Uint8Array(1), "rotating")],
    ["listBackups", () => shell.listBackups()],
    ["readBackup", () => shell.readBackup("a")],
    ["deleteBackups", () => shell.deleteBackups(["a"])],
  ])("%s is an error value", async (_name, ask) => {
    expect(await ask()).toMatchObject({ ok: false, code: "not-here" });
  });
});

describe("in a browser, a file of ours", () => {
  /** Chooses files in the dialog that the shell opens. */
  async function choosing(...files: object[]) {
    const inputs: HTMLInputElement[] = [];
    const create = vi.spyOn(document, "createElement");
    const shell = browserShell(played({}), about);
    const [opened, refused] = [vi.fn(), vi.fn()];
    shell.onFile(opened);
    shell.onFileRefused(refused);
    expect(await shell.chooseFile()).toEqual({ ok: true, value: null });
    inputs.push(...create.mock.results.map(({ value }) => value as HTMLInputElement));
    create.mockRestore();
    Object.defineProperty(inputs[0], "files", { value: files });
    inputs[0]!.dispatchEvent(new Event("change"));
    await vi.waitFor(() => {
      expect(opened.mock.calls.length + refused.mock.calls.length).toBe(files.length);
    });
    return { input: inputs[0]!, opened, refused };
  }
  const chosen = (name: string, size: number, read: () => Promise<ArrayBuffer>) => ({
    name,
    size,
    arrayBuffer: read,
  });
  const bytes = () => Promise.resolve(new Uint8Array([1, 2]).buffer);
  const unread = () => expect.unreachable("the file was read");

  it("is chosen in its dialog, which shows no others, and comes as it does on the desktop", async () => {
    const { input, opened } = await choosing(chosen("A.NenBoard", 2, bytes));
    expect([input.type, input.accept]).toEqual(["file", ".hgnencases,.nenboard"]);
    expect(opened.mock.calls).toEqual([
      [{ kind: "file", name: "A.NenBoard", ending: "nenboard", bytes: new Uint8Array([1, 2]) }],
    ]);
  });

  it("that is another one, or too large, is refused before it is read", async () => {
    const large = chosen("a.nenboard", 8 * 1024 * 1024 + 1, unread);
    const { refused } = await choosing(chosen("a.exe", 1, unread), large);
    expect(refused.mock.calls).toMatchObject([[{ reason: "ending" }], [{ reason: "too-large" }]]);
  });

  it.each([
    ["NotFoundError", "no-file"],
    ["NotReadableError", "no-permission"],
    ["AbortError", "other"],
  ])("that cannot be read (%s) is refused: %s", async (name, reason) => {
    const failing = () => Promise.reject(new DOMException("no", name));
    const { refused } = await choosing(chosen("a.nenboard", 1, failing));
    expect(refused.mock.calls).toMatchObject([[{ kind: "file-refused", name: "a.nenboard", reason }]]);
  });
});

describe("a browser", () => {
  it("opens the article in a page that knows nothing of this one", async () => {
    const open = vi.fn(() => null);
    const shell = browserShell(played({ open }), about);
    expect(await shell.openLink("article")).toEqual({ ok: true, value: { opened: true } });
    expect(open.mock.calls).toEqual([
      ["https://doi.org/10.1038/s41416-025-03054-w", "_blank", "noopener,noreferrer"],
    ]);
  });

  it("knows no page of the project", async () => {
    const open = vi.fn(() => null);
    const shell = browserShell(played({ open }), about);
    expect(await shell.openLink("project")).toMatchObject({ ok: false, code: "not-here", field: "link" });
    expect(open).not.toHaveBeenCalled();
  });

  it("has nobody who decides for all its users", async () => {
    expect(await browserShell(played({}), about).policy()).toEqual({
      ok: true,
      value: { policy: UNRESTRICTED, files: [], problems: [] },
    });
  });

  it("knows of itself its name, and of the program its versions", async () => {
    const answer = await browserShell(played({}), about).diagnostics();
    if (!answer.ok) return expect.unreachable();
    expect(answer.value.text).toContain(navigator.userAgent);
    expect(answer.value.text).toContain(APP_VERSION);
  });

  it("hands on that the program does not answer", async () => {
    const failure = { ok: false, code: "internal", message: "no worker" } as const;
    const shell = browserShell(played({}), () => Promise.resolve(failure));
    expect(await shell.diagnostics()).toEqual(failure);
    expect(await shell.openLink("article")).toEqual(failure);
  });
});

it("a browser tells no page that the computer is locked", () => {
  const heard = vi.fn();
  const end = browserShell(played({}), about).onSystemLock(heard);
  document.dispatchEvent(new Event("visibilitychange"));
  end();
  expect(heard).not.toHaveBeenCalled();
});

describe("on the desktop, what happens around the page", () => {
  /** A main process that answers the page's requests one after the other. */
  function waiting() {
    const requests: ((answer: Result<unknown>) => void)[] = [];
    const invoke = vi.fn(
      (_endpoint: string, _request: unknown) =>
        new Promise<Result<unknown>>((resolve) => void requests.push(resolve)),
    );
    const answer = async (event: ShellEvent): Promise<void> => {
      requests.shift()!({ ok: true, value: event });
      await turns();
    };
    return { shell: desktopShell(invoke, played({})), invoke, requests, answer };
  }
  /** Until what has been answered is done with. */
  const turns = () => new Promise((resolve) => setTimeout(resolve));
  const LOCK: ShellEvent = { kind: "lock", reason: "suspend" };
  const OPENED = {
    kind: "file",
    name: "a.nenboard",
    ending: "nenboard",
    bytes: new Uint8Array([1]),
  } as const;
  const REFUSED = { kind: "file-refused", name: "b.nenboard", reason: "in-use", message: "EBUSY" } as const;

  it("is told each time, by one request that waits", async () => {
    const { shell, invoke, requests, answer } = waiting();
    const heard = vi.fn();
    shell.onSystemLock(heard);
    expect(invoke.mock.calls).toEqual([["nextEvent", {}]]);
    for (const reason of ["suspend", "lock-screen"] as const) {
      await answer({ kind: "lock", reason });
      expect(requests).toHaveLength(1);
    }
    expect(heard.mock.calls).toEqual([["suspend"], ["lock-screen"]]);
  });

  it("is told to those who listen to its kind, with one request for all", async () => {
    const { shell, invoke, answer } = waiting();
    const heard = { locks: vi.fn(), files: vi.fn(), refusals: vi.fn(), commands: vi.fn() };
    shell.onSystemLock(heard.locks);
    shell.onFile(heard.files);
    shell.onFileRefused(heard.refusals);
    shell.onCommand(heard.commands);
    expect(invoke).toHaveBeenCalledOnce();
    for (const event of [OPENED, REFUSED, { kind: "command", command: "keys" } as const, LOCK]) {
      await answer(event);
    }
    expect(heard.locks.mock.calls).toEqual([["suspend"]]);
    expect(heard.files.mock.calls).toEqual([[OPENED]]);
    expect(heard.refusals.mock.calls).toEqual([[REFUSED]]);
    expect(heard.commands.mock.calls).toEqual([["keys"]]);
  });

  it("is told to all who listen, for as long as they do", async () => {
    const { shell, answer } = waiting();
    const [first, second] = [vi.fn(), vi.fn()];
    shell.onSystemLock(first);
    const end = shell.onSystemLock(second);
    await answer(LOCK);
    end();
    await answer(LOCK);
    expect(first).toHaveBeenCalledTimes(2);
    expect(second).toHaveBeenCalledOnce();
  });

  it("waits for somebody who listens to its kind, in its order; a lock does not, since nothing is open then", async () => {
    const { shell, answer } = waiting();
    shell.onCommand(() => undefined);
    for (const event of [OPENED, REFUSED, LOCK, { ...OPENED, name: "c.nenboard" }]) await answer(event);
    const order: string[] = [];
    const locks = vi.fn();
    shell.onSystemLock(locks);
    shell.onFile(({ name }) => order.push(name));
    expect(order).toEqual([]);
    await turns();
    expect(order).toEqual(["a.nenboard", "c.nenboard"]);
    shell.onFileRefused(({ name }) => order.push(name));
    await turns();
    expect(order).toEqual(["a.nenboard", "c.nenboard", "b.nenboard"]);
    expect(locks).not.toHaveBeenCalled();
    // Once.
    shell.onFile(({ name }) => order.push(name));
    await turns();
    expect(order).toHaveLength(3);
  });

  it("waits on when who listened has left before hearing of it", async () => {
    const { shell, answer } = waiting();
    shell.onCommand(() => undefined);
    await answer(OPENED);
    const [left, stays] = [vi.fn(), vi.fn()];
    shell.onFile(left)();
    await turns();
    expect(left).not.toHaveBeenCalled();
    shell.onFile(stays);
    await turns();
    expect(stays.mock.calls).toEqual([[OPENED]]);
  });

  it("is told to the others when one of those who listen fails", async () => {
    const uncaught = vi.fn((error: Error) => error.message);
    process.once("uncaughtException", uncaught);
    const { shell, answer, requests } = waiting();
    const heard = vi.fn();
    shell.onSystemLock(() => {
      throw new Error("a listener of a test");
    });
    shell.onSystemLock(heard);
    await answer(LOCK);
    expect(heard).toHaveBeenCalledOnce();
    expect(requests).toHaveLength(1);
    expect(uncaught.mock.results).toEqual([{ type: "return", value: "a listener of a test" }]);
  });

  it("is asked for no more when nobody listens, and again when somebody does", async () => {
    const { shell, invoke, answer } = waiting();
    const heard = vi.fn();
    shell.onSystemLock(heard)();
    await answer(LOCK);
    expect(heard).not.toHaveBeenCalled();
    expect(invoke).toHaveBeenCalledOnce();
    shell.onSystemLock(heard);
    await answer(LOCK);
    expect(heard).toHaveBeenCalledOnce();
  });

  it.each<[string, Result<unknown>]>([
    ["is another page's to hear", { ok: true, value: { kind: "ended" } }],
    ["cannot be asked for", { ok: false, code: "refused", message: "" }],
  ])("that %s is not asked for again and again", async (_case, answer) => {
    const { shell, invoke, requests } = waiting();
    const heard = vi.fn();
    shell.onSystemLock(heard);
    requests.shift()!(answer);
    await turns();
    expect(heard).not.toHaveBeenCalled();
    expect(invoke).toHaveBeenCalledOnce();
  });
});

describe("on the desktop", () => {
  const desktop = (answer: Result<unknown> | Error) => {
    const invoke = vi.fn((_endpoint: string, _request: unknown) =>
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer),
    );
    return { shell: desktopShell(invoke, played({})), invoke };
  };

  it("everything is asked of the main process, by name and never by place", async () => {
    const { shell, invoke } = desktop({ ok: true, value: null });
    await shell.saveFile(FILE);
    await shell.savePdf("Board.pdf");
    await shell.openProjector();
    await shell.keychain();
    await shell.wrapKey(FILE.bytes);
    await shell.unwrapKey(FILE.bytes);
    await shell.writeBackup(FILE.bytes, "set-aside");
    await shell.listBackups();
    await shell.readBackup("cases");
    await shell.deleteBackups(["cases"]);
    await shell.chooseFile();
    await shell.openLink("article");
    await shell.policy();
    await shell.diagnostics();
    await shell.note("store-lost");
    expect(invoke.mock.calls).toEqual([
      ["saveFile", { name: "a.csv", bytes: FILE.bytes }],
      ["savePdf", { name: "Board.pdf" }],
      ["openProjector", {}],
      ["keychain", {}],
      ["wrapKey", { key: FILE.bytes }],
      ["unwrapKey", { wrapped: FILE.bytes }],
      ["writeBackup", { bytes: FILE.bytes, kind: "set-aside" }],
      ["listBackups", {}],
      ["readBackup", { name: "cases" }],
      ["deleteBackups", { names: ["cases"] }],
      ["chooseFile", {}],
      ["openLink", { link: "article" }],
      ["policy", {}],
      ["diagnostics", {}],
      ["note", { code: "store-lost" }],
    ]);
  });

  it("names of backups are copied out of a room's state, which no transport can clone", async () => {
    const { shell, invoke } = desktop({ ok: true, value: { left: [] } });
    const names = new Proxy(["a", "b"], {});
    expect(() => structuredClone(names)).toThrow();
    await shell.deleteBackups(names);
    expect(structuredClone(invoke.mock.calls[0]![1])).toEqual({ names: ["a", "b"] });
  });

  it("a PDF has its name as its title", async () => {
    const { shell, invoke } = desktop({ ok: true, value: { saved: false } });
    const titles: string[] = [];
    invoke.mockImplementation(() => {
      titles.push(document.title);
      return Promise.resolve({ ok: true, value: { saved: false } });
    });
    expect(await shell.savePdf("Board.pdf")).toEqual({ ok: true, value: { saved: false } });
    expect(titles).toEqual(["Board"]);
    expect(document.title).toBe("Board · HG-NEN Prognosis");
  });

  it("a transport that fails is an error value", async () => {
    const { shell } = desktop(new Error("the window is gone"));
    const failure = { ok: false, code: "internal", message: "the window is gone" };
    expect(await shell.saveFile(FILE)).toEqual(failure);
    expect(await shell.savePdf("a")).toEqual(failure);
    expect(await shell.openProjector()).toEqual(failure);
    expect(await shell.unwrapKey(FILE.bytes)).toEqual(failure);
    expect(await shell.listBackups()).toEqual(failure);
    expect(document.title).toBe("Board · HG-NEN Prognosis");
  });
});

it("a host answers requests and has what its shell has", async () => {
  const invoke = vi.fn(() => Promise.resolve({ ok: true, value: null } as const));
  const host = createHost("electron", invoke, desktopShell(invoke, played({})));
  expect(host.capabilities).toEqual({
    pdf: "file",
    projector: "display",
    warnsOfLoss: true,
    backups: true,
    links: "asks",
    menu: true,
  });
  expect(await host.openProjector()).toEqual({ ok: true, value: null });
  await host.request("about", {});
  expect(invoke.mock.calls).toEqual([
    ["openProjector", {}],
    ["about", {}],
  ]);
});

describe("the host of tests", () => {
  const KEY = Uint8Array.from({ length: 32 }, (_, i) => i);

  it("has no keychain unless it is given one", async () => {
    const host = localHost();
    expect(await host.keychain()).toEqual({ ok: true, value: { available: false, reason: "no-keychain" } });
    expect(await host.wrapKey(KEY)).toMatchObject({ ok: false, code: "keychain-failed" });
  });

  it("has one that outlives it, renews its keys and loses them", async () => {
    const keychain = memoryKeychain();
    const wrapped = await localHost(undefined, keychain).wrapKey(KEY);
    if (!wrapped.ok) return expect.unreachable();
    const host = localHost(undefined, keychain);
    const unwrap = (sealed: Uint8Array) => host.unwrapKey(sealed);
    expect(await unwrap(wrapped.value.wrapped)).toEqual({ ok: true, value: { key: KEY, rewrapped: null } });
    keychain.renewKeys();
    const renewed = await unwrap(wrapped.value.wrapped);
    if (!renewed.ok || !renewed.value.rewrapped) return expect.unreachable();
    expect(await unwrap(renewed.value.rewrapped)).toEqual({ ok: true, value: { key: KEY, rewrapped: null } });
    keychain.loseKeys();
    expect(await unwrap(renewed.value.rewrapped)).toMatchObject({ ok: false, code: "keychain-failed" });
  });

  it("tells what a test lets happen", async () => {
    const host = localHost();
    const heard = vi.fn();
    host.happens({ kind: "command", command: "keys" });
    host.onCommand(heard);
    await Promise.resolve();
    expect(heard.mock.calls).toEqual([["keys"]]);
  });

  it("keeps backups that are whole, and no others", async () => {
    const backups = memoryBackups(() => 0);
    const host = localHost(undefined, backups);
    const whole = new Uint8Array(sealedFile());
    expect(await host.writeBackup(whole.slice(1), "rotating")).toMatchObject({ code: "invalid-request" });
    const first = await host.writeBackup(whole, "rotating");
    const second = await host.writeBackup(whole, "set-aside");
    const third = await host.writeBackup(whole, "rotating");
    if (!first.ok || !second.ok || !third.ok) return expect.unreachable();
    expect([...backups.stored.keys()]).toEqual([first.value.name, second.value.name, third.value.name]);
    const { name } = third.value;
    expect(await host.readBackup(name)).toEqual({ ok: true, value: { bytes: whole } });
    expect(await host.deleteBackups([name])).toEqual({
      ok: true,
      value: { deleted: true, left: [first.value, second.value] },
    });
    expect(await host.readBackup(name)).toMatchObject({ ok: false, code: "no-backup" });
    expect(await host.listBackups()).toEqual({ ok: true, value: [first.value, second.value] });
  });
});
