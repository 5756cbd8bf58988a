import type { Session, WebContents } from "electron";
import { describe, expect, it, vi } from "vitest";
import { closeNetwork, lockContents, lockSession } from "../../src-main/shell/security.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Listener = (...args: any[]) => unknown;

function fakeSession() {
  return {
    on: vi.fn(),
    setDevicePermissionHandler: vi.fn<Session["setDevicePermissionHandler"]>(),
    setPermissionCheckHandler: vi.fn<Session["setPermissionCheckHandler"]>(),
    setPermissionRequestHandler: vi.fn<Session["setPermissionRequestHandler"]>(),
    setProxy: vi.fn<Session["setProxy"]>(() => Promise.resolve()),
    setSpellCheckerDictionaryDownloadURL: vi.fn<Session["setSpellCheckerDictionaryDownloadURL"]>(),
    setSpellCheckerEnabled: vi.fn<Session["setSpellCheckerEnabled"]>(),
    webRequest: { onBeforeRequest: vi.fn() },
  };
}

describe("the command line", () => {
  it("lets no host name be resolved", () => {
    const appendSwitch = vi.fn();
    closeNetwork({ appendSwitch });
    expect(appendSwitch.mock.calls).toEqual([["host-resolver-rules", "MAP * ~NOTFOUND"]]);
  });
});

describe("the session", () => {
  const PAGE = "app://hg-nen-prognosis/";

  /** What both handlers say: one answers queries, one requests. */
  async function answers(permission: string, details: object): Promise<unknown[]> {
    const session = fakeSession();
    await lockSession(session, true);
    const check = session.setPermissionCheckHandler.mock.calls[0]![0]!;
    const request = session.setPermissionRequestHandler.mock.calls[0]![0]!;
    const callback = vi.fn();
    request({} as never, permission as never, callback, details as never);
    expect(callback).toHaveBeenCalledOnce();
    const [[requested]] = callback.mock.calls as [[unknown]];
    return [check(null, permission as never, PAGE, details as never), requested];
  }

  it.each([
    "geolocation",
    "media",
    "notifications",
    "midi",
    "midiSysex",
    "clipboard-read",
    "deprecated-sync-clipboard-read",
    "display-capture",
    "fileSystem",
    "automatic-fullscreen",
    "keyboardLock",
    "pointerLock",
    "openExternal",
    "window-management",
    "unknown",
    "Fullscreen",
    "",
  ])("gives our own page no permission to %s", async (permission) => {
    expect(await answers(permission, { isMainFrame: true, requestingUrl: PAGE })).toEqual([false, false]);
  });

  describe.each(["clipboard-sanitized-write", "fullscreen"])("gives the permission to %s", (permission) => {
    it.each([PAGE, `${PAGE}#/board`, `${PAGE}#/board/projector`, `${PAGE}?x=1`])(
      "to the main frame of our own page at %s",
      async (requestingUrl) => {
        expect(await answers(permission, { isMainFrame: true, requestingUrl })).toEqual([true, true]);
      },
    );

    it.each([
      ["a frame within it", { isMainFrame: false, requestingUrl: PAGE }],
      ["a frame of which nothing is said", { requestingUrl: PAGE }],
      ["a page without an address", { isMainFrame: true }],
      ["another page of our own scheme", { isMainFrame: true, requestingUrl: `${PAGE}assets/x.svg` }],
      ["a look-alike host", { isMainFrame: true, requestingUrl: "app://hg-nen-prognosis.example/" }],
      ["about:blank", { isMainFrame: true, requestingUrl: "about:blank" }],
      ["the web", { isMainFrame: true, requestingUrl: "https://example.org/#app://hg-nen-prognosis/" }],
    ])("but not to %s", async (_name, details) => {
      expect(await answers(permission, details)).toEqual([false, false]);
    });
  });

  it("downloads nothing: files leave the page through the save dialog", async () => {
    const session = fakeSession();
    await lockSession(session, true);
    const listeners = new Map(session.on.mock.calls as [string, Listener][]);
    expect([...listeners.keys()]).toEqual(["will-download"]);
    const preventDefault = vi.fn();
    listeners.get("will-download")!({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it("has no device", async () => {
    const session = fakeSession();
    await lockSession(session, true);
    expect(session.setDevicePermissionHandler.mock.calls[0]![0]!({} as never)).toBe(false);
  });

  describe.each([
    ["shipped", false],
    ["run by a developer", true],
  ])("of a program that is %s", (_name, developer) => {
    async function isCancelled(url: string): Promise<boolean> {
      const session = fakeSession();
      await lockSession(session, developer);
      // Called with a listener and no filter: for every address.
      const [listener, ...filter] = session.webRequest.onBeforeRequest.mock.calls[0] as [Listener];
      expect(filter).toEqual([]);
      const callback = vi.fn();
      listener({ url }, callback);
      return (callback.mock.calls[0]![0] as { cancel: boolean }).cancel;
    }

    it.each([
      ["app://hg-nen-prognosis/", false],
      ["data:image/png;base64,AA", false],
      ["devtools://devtools/bundled/inspector.html", !developer],
      ["https://example.com/app://hg-nen-prognosis/", true],
      ["http://127.0.0.1/", true],
      ["ws://example.com/", true],
      ["wss://example.com/", true],
      ["file:///etc/passwd", true],
      ["ftp://example.com/", true],
      ["blob:https://example.com/1", true],
      ["chrome://gpu", true],
      ["chrome-extension://abc/x.js", true],
      ["apps://hg-nen-prognosis/", true],
      ["", true],
    ])("asks for %j: cancelled %s", async (url, cancelled) => {
      expect(await isCancelled(url)).toBe(cancelled);
    });
  });

  it("asks neither a proxy nor the network for one", async () => {
    const session = fakeSession();
    await lockSession(session, false);
    expect(session.setProxy.mock.calls).toEqual([[{ mode: "direct" }]]);
  });

  it("fetches no dictionary", async () => {
    const session = fakeSession();
    await lockSession(session, false);
    expect(session.setSpellCheckerEnabled.mock.calls).toEqual([[false]]);
    const [[address]] = session.setSpellCheckerDictionaryDownloadURL.mock.calls as [[string]];
    expect(new URL(address).hostname).toMatch(/\.invalid$/);
  });
});

describe("the contents of every window", () => {
  function lockedContents() {
    const listeners = new Map<string, Listener>();
    const contents = {
      on: vi.fn((event: string, listener: Listener) => listeners.set(event, listener)),
      setWebRTCIPHandlingPolicy: vi.fn<WebContents["setWebRTCIPHandlingPolicy"]>(),
      setWindowOpenHandler: vi.fn<WebContents["setWindowOpenHandler"]>(),
    };
    lockContents({
      on: ((event: string, listener: Listener) => {
        expect(event).toBe("web-contents-created");
        listener({}, contents);
      }) as never,
    });
    return { contents, listeners };
  }

  it.each(["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"])(
    "refuse %s",
    (event) => {
      const preventDefault = vi.fn();
      lockedContents().listeners.get(event)!({ preventDefault });
      expect(preventDefault).toHaveBeenCalledOnce();
    },
  );

  it("open no window", () => {
    const [[handler]] = lockedContents().contents.setWindowOpenHandler.mock.calls as [
      Parameters<WebContents["setWindowOpenHandler"]>,
    ];
    expect(handler({} as never)).toEqual({ action: "deny" });
  });

  it("open no socket for WebRTC", () => {
    expect(lockedContents().contents.setWebRTCIPHandlingPolicy.mock.calls).toEqual([
      ["disable_non_proxied_udp"],
    ]);
  });
});
