import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import {
  focusWindow,
  followTheme,
  groundOf,
  projectorOptions,
  showPage,
  windowOptions,
} from "../../src-main/shell/window.ts";

const LARGE = { x: 100, y: 50, width: 1366, height: 768 };

describe("the window", () => {
  it("is sandboxed, isolated and without Node, and its pages obey every rule of the web", () => {
    expect(windowOptions("/app/preload.cjs", LARGE, false, false).webPreferences).toEqual({
      preload: "/app/preload.cjs",
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      webgl: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it("has developer tools when run from the sources", () => {
    expect(windowOptions("/app/preload.cjs", LARGE, false, true).webPreferences?.devTools).toBe(true);
  });

  it.each([
    [LARGE, { minWidth: 1024, minHeight: 600 }],
    [
      { x: 0, y: 0, width: 800, height: 560 },
      { minWidth: 800, minHeight: 560 },
    ],
  ])("opens where it is told to, %o, and is kept no larger than that had room", (bounds, smallest) => {
    expect(windowOptions("/app/preload.cjs", bounds, false, false)).toMatchObject({ ...bounds, ...smallest });
  });

  it.each([
    [{ maximised: false, fullScreen: false }, []],
    [{ maximised: true, fullScreen: false }, ["maximize"]],
    [{ maximised: false, fullScreen: true }, ["full screen"]],
  ])("is shown when it has something to show, as it was left: %o", async (left, expected) => {
    const events: string[] = [];
    let ready = (): void => undefined;
    const window: Parameters<typeof showPage>[0] = {
      once: ((event: string, listener: () => void) => {
        events.push(event);
        ready = listener;
      }) as never,
      loadURL: (url: string) => {
        events.push(url);
        return Promise.resolve();
      },
      show: () => events.push("show"),
      maximize: () => events.push("maximize"),
      setFullScreen: () => events.push("full screen"),
    };
    await showPage(window, left, () => events.push("shown"));
    expect(events.splice(0)).toEqual(["ready-to-show", "app://hg-nen-prognosis/"]);
    ready();
    expect(events.filter((event) => !["show", "shown"].includes(event))).toEqual(expected);
    expect(events.filter((event) => ["show", "shown"].includes(event))).toEqual(["show", "shown"]);
  });

  it.each([false, true])("has the page's own ground before there is a page, dark: %s", (dark) => {
    const tokens = readFileSync(new URL("../../src-renderer/ui/tokens.css", import.meta.url), "utf8");
    const [, light, night] = /--ground: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/.exec(tokens)!;
    expect(windowOptions("/app/preload.cjs", LARGE, dark, false)).toMatchObject({
      show: false,
      backgroundColor: dark ? night : light,
    });
  });

  it("follows the system's theme as long as it is there", () => {
    let updated = (): void => expect.unreachable();
    let dark = false;
    let destroyed = false;
    const setBackgroundColor = vi.fn();
    followTheme(
      {
        get shouldUseDarkColors() {
          return dark;
        },
        on: ((_event: string, listener: () => void) => (updated = listener)) as never,
      },
      { isDestroyed: () => destroyed, setBackgroundColor },
    );
    dark = true;
    updated();
    expect(setBackgroundColor).toHaveBeenLastCalledWith(groundOf(true));
    dark = false;
    updated();
    expect(setBackgroundColor).toHaveBeenLastCalledWith(groundOf(false));
    destroyed = true;
    updated();
    expect(setBackgroundColor).toHaveBeenCalledTimes(2);
  });

  it.each([
    [true, ["restore", "focus"]],
    [false, ["focus"]],
  ])("comes to the front at a second start, minimised: %s", (minimised, expected) => {
    const calls: string[] = [];
    focusWindow({
      isDestroyed: () => false,
      isMinimized: () => minimised,
      restore: () => calls.push("restore"),
      focus: () => calls.push("focus"),
    });
    expect(calls).toEqual(expected);
  });

  it("may be gone at a second start", () => {
    expect(() => focusWindow(undefined)).not.toThrow();
    // As Electron: one that is closed answers this and throws at all else.
    const gone = (): never => {
      throw new TypeError("Object has been destroyed");
    };
    const closed = { isDestroyed: () => true, isMinimized: gone, restore: gone, focus: gone };
    expect(() => focusWindow(closed)).not.toThrow();
  });
});

describe("the audience's window", () => {
  const bounds = { x: 1920, y: 0, width: 1280, height: 720 };

  it("is locked as the main window is, and has no preload script", () => {
    const { preload, ...locked } = windowOptions("/app/preload.cjs", LARGE, false, false).webPreferences!;
    expect(preload).toBeDefined();
    expect(projectorOptions(bounds, false).webPreferences).toEqual(locked);
  });

  it("opens where it is told to, hidden and black", () => {
    expect(projectorOptions(bounds, false)).toMatchObject({
      ...bounds,
      show: false,
      backgroundColor: "#000000",
    });
  });
});
