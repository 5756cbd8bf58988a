import type { IpcMainInvokeEvent } from "electron";
import { describe, expect, it } from "vitest";
import { CHANNEL } from "../../src-main/api/contract.ts";
import { bindToElectron } from "../../src-main/api/electronBinding.ts";
import type { WorkerReply } from "../../src-main/api/workerBinding.ts";
import { bindToWorker } from "../../src-main/api/workerBinding.ts";
import { handlers } from "../support/host.ts";

const OWN = "app://hg-nen-prognosis/app.html";

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function bound(): (frame: object | null, ...args: unknown[]) => unknown {
  const registered = new Map<string, Listener>();
  const ipcMain = { handle: (channel: string, listener: Listener) => registered.set(channel, listener) };
  bindToElectron(ipcMain, handlers, (url) => url === OWN);
  expect([...registered.keys()]).toEqual([CHANNEL]);
  return (senderFrame, ...args) => registered.get(CHANNEL)!({ senderFrame } as IpcMainInvokeEvent, ...args);
}

describe("Electron: only the main frame of our own page is answered", () => {
  const invoke = bound();

  it("answers it", () => {
    expect(invoke({ url: OWN, parent: null }, "about", {})).toMatchObject({ ok: true });
  });

  it.each([
    ["a sub-frame of our own page", { url: OWN, parent: {} }],
    ["another page", { url: "https://example.org/", parent: null }],
    ["an empty address", { url: "", parent: null }],
    ["about:blank", { url: "about:blank", parent: null }],
    ["a look-alike host", { url: "app://hg-nen-prognosis.example/app.html", parent: null }],
    ["a frame that is gone", null],
  ])("refuses %s, before the request is looked at", (_name, frame) => {
    const request = new Proxy({}, { get: () => expect.unreachable("the request was read") });
    expect(invoke(frame, "estimate", request)).toMatchObject({ ok: false, code: "refused" });
  });

  it("answers a missing and a malformed request with values", () => {
    expect(invoke({ url: OWN, parent: null })).toMatchObject({ ok: false, code: "unknown-endpoint" });
    expect(invoke({ url: OWN, parent: null }, "estimate")).toMatchObject({
      ok: false,
      code: "invalid-request",
    });
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
