import type { IpcMainInvokeEvent, WebContents } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ShellEndpointName } from "../../src-main/api/contract.ts";
import { CHANNEL } from "../../src-main/api/contract.ts";
import { bindToElectron } from "../../src-main/api/electronBinding.ts";
import type { WorkerReply } from "../../src-main/api/workerBinding.ts";
import { bindToWorker } from "../../src-main/api/workerBinding.ts";
import { handlers } from "../support/host.ts";
import { recordingShell } from "../support/ipc.ts";

const OWN = "app://hg-nen-prognosis/app.html";

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const MAIN = { window: "main" } as unknown as WebContents;
const PROJECTOR = { window: "projector" } as unknown as WebContents;

const shell = recordingShell();
const unforeseen = vi.fn();
beforeEach(() => void vi.clearAllMocks());

function bound(): (frame: object | null, ...args: unknown[]) => unknown {
  const registered = new Map<string, Listener>();
  const ipcMain = { handle: (channel: string, listener: Listener) => registered.set(channel, listener) };
  const page = { contents: MAIN, isOwnPage: (url: string) => url === OWN };
  bindToElectron(ipcMain, { core: handlers, shell }, page, unforeseen);
  expect([...registered.keys()]).toEqual([CHANNEL]);
  return (senderFrame, ...args) => {
    const sender = senderFrame && "of" in senderFrame ? senderFrame.of : MAIN;
    return registered.get(CHANNEL)!({ sender, senderFrame } as IpcMainInvokeEvent, ...args);
  };
}

describe("Electron: only the main frame of our own page in the main window is answered", () => {
  const invoke = bound();
  const page = { url: OWN, parent: null };

  it("answers it", () => {
    expect(invoke(page, "about", {})).toMatchObject({ ok: true });
  });

  it.each([
    ["a sub-frame of our own page", { url: OWN, parent: {} }],
    ["our own page in the audience's window", { url: OWN, parent: null, of: PROJECTOR }],
    ["another page", { url: "https://example.org/", parent: null }],
    ["an empty address", { url: "", parent: null }],
    ["about:blank", { url: "about:blank", parent: null }],
    ["a look-alike host", { url: "app://hg-nen-prognosis.example/app.html", parent: null }],
    ["a frame that is gone", null],
    [
      "a frame that goes while it is asked",
      {
        parent: null,
        get url(): string {
          throw new Error("Render frame was disposed before WebFrameMain could be accessed");
        },
      },
    ],
  ])("refuses %s, before the request is looked at", (_name, frame) => {
    const request = new Proxy({}, { get: () => expect.unreachable("the request was read") });
    for (const endpoint of ["estimate", "saveFile"]) {
      expect(invoke(frame, endpoint, request)).toMatchObject({ ok: false, code: "refused" });
    }
    expect(shell.saveFile).not.toHaveBeenCalled();
  });

  it("answers a missing and a malformed request with values", () => {
    expect(invoke(page)).toMatchObject({ ok: false, code: "unknown-endpoint" });
    expect(invoke(page, "estimate")).toMatchObject({ ok: false, code: "invalid-request" });
  });

  it("hands the shell what is meant for it", async () => {
    shell.openProjector.mockResolvedValueOnce({ ok: true, value: null as never });
    const bytes = new Uint8Array([1, 2]);
    expect(await invoke(page, "saveFile", { name: "a.csv", bytes })).toEqual({
      ok: true,
      value: { saved: false },
    });
    expect(await invoke(page, "savePdf", { name: "a" })).toMatchObject({ ok: true });
    expect(await invoke(page, "openProjector", {})).toEqual({ ok: true, value: null });
    expect(shell.saveFile.mock.calls).toEqual([[{ name: "a.csv", bytes }]]);
    expect(shell.savePdf.mock.calls).toEqual([[{ name: "a" }]]);
    expect(shell.openProjector.mock.calls).toEqual([[{}]]);
  });

  it.each<[endpoint: ShellEndpointName, request: unknown, field: string | undefined]>([
    ["saveFile", undefined, undefined],
    ["saveFile", [], undefined],
    ["saveFile", { bytes: new Uint8Array() }, "name"],
    ["saveFile", { name: 1, bytes: new Uint8Array() }, "name"],
    ["saveFile", { name: "", bytes: new Uint8Array() }, "name"],
    ["saveFile", { name: "a.exe", bytes: new Uint8Array() }, "name"],
    ["saveFile", { name: "a.csv.lnk", bytes: new Uint8Array() }, "name"],
    ["saveFile", { name: "csv", bytes: new Uint8Array() }, "name"],
    ["saveFile", { name: "a.csv" }, "bytes"],
    ["saveFile", { name: "a.csv", bytes: "text" }, "bytes"],
    ["saveFile", { name: "a.csv", bytes: [1] }, "bytes"],
    ["saveFile", { name: "a.csv", bytes: new Uint16Array(1) }, "bytes"],
    ["saveFile", { name: "a.csv", bytes: new Uint8Array(), path: "/etc/passwd" }, "path"],
    ["savePdf", {}, "name"],
    ["savePdf", { name: "x".repeat(1025) }, "name"],
    ["savePdf", { name: "a", options: {} }, "options"],
    ["openProjector", { url: "https://example.org/" }, "url"],
    ["openProjector", null, undefined],
  ])("refuses %s with %j", async (endpoint, request, field) => {
    const answer = await invoke(page, endpoint, request);
    expect(answer).toMatchObject({ ok: false, code: "invalid-request", ...(field && { field }) });
    expect(shell[endpoint]).not.toHaveBeenCalled();
  });

  it("answers what nobody has foreseen with a value that names its kind, and tells the host the rest", async () => {
    const error = Object.assign(new Error("no such file, open '/home/a synthetic user/x'"), {
      code: "ENOENT",
    });
    shell.savePdf.mockRejectedValueOnce(error);
    expect(await invoke(page, "savePdf", { name: "a" })).toEqual({
      ok: false,
      code: "internal",
      message: "Error ENOENT",
    });
    expect(unforeseen.mock.calls).toEqual([["savePdf", error]]);
  });
});

describe("worker: requests are matched by id and wait for the study", () => {
  function worker(ready: Promise<typeof handlers>) {
    const replies: WorkerReply[] = [];
    let listener: ((event: { data: unknown }) => void) | undefined;
    bindToWorker(
      {
        addEventListener: (_type, given) => (listener = given),
        postMessage: (reply) => replies.push(reply),
      },
      ready,
    );
    return { replies, ask: (data: unknown) => listener!({ data }) };
  }

  it("answers in the order of the questions once it is ready", async () => {
    let start: ((value: typeof handlers) => void) | undefined;
    const ready = new Promise<typeof handlers>((resolve) => (start = resolve));
    const { replies, ask } = worker(ready);
    ask({ id: 7, endpoint: "about", request: {} });
    ask({ id: 8, endpoint: "nothing", request: {} });
    expect(replies).toEqual([]);
    start!(handlers);
    await ready;
    await Promise.resolve();
    expect(replies.map(({ id, result }) => [id, result.ok])).toEqual([
      [7, true],
      [8, false],
    ]);
  });

  it("says so when the study cannot be read, for every question", async () => {
    const failed = Promise.reject(new Error("study.json: 404"));
    const { replies, ask } = worker(failed);
    ask({ id: 1, endpoint: "about", request: {} });
    await failed.catch(() => undefined);
    await Promise.resolve();
    expect(replies).toEqual([
      { id: 1, result: { ok: false, code: "internal", message: "Error: study.json: 404" } },
    ]);
  });
});
