import { describe, expect, it, vi } from "vitest";
import { menuTemplate } from "../../src-main/shell/menu.ts";
import { focusWindow, projectorOptions, showPage, windowOptions } from "../../src-main/shell/window.ts";

const LARGE = { width: 2560, height: 1400 };

describe("the window", () => {
  it("is sandboxed, isolated and without Node, and its pages obey every rule of the web", () => {
    expect(windowOptions("/app/preload.cjs", LARGE, false).webPreferences).toEqual({
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
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it("has developer tools when run from the sources", () => {
    expect(windowOptions("/app/preload.cjs", LARGE, true).webPreferences?.devTools).toBe(true);
  });

  it.each([
    [LARGE, { width: 1366, height: 768 }],
    [
      { width: 1280, height: 680 },
      { width: 1280, height: 680 },
    ],
  ])("on a work area of %o measures %o", (workArea, size) => {
    expect(windowOptions("/app/preload.cjs", workArea, false)).toMatchObject({
      ...size,
      minWidth: 1024,
      minHeight: 600,
    });
  });

  it("is shown when it has something to show, on the page's colour", async () => {
    const events: string[] = [];
    let ready = (): void => undefined;
    await showPage({
      once: ((event: string, listener: () => void) => {
        events.push(event);
        ready = listener;
      }) as never,
      loadURL: (url) => {
        events.push(url);
        return Promise.resolve();
      },
      show: () => events.push("show"),
    });
    ready();
    expect(events).toEqual(["ready-to-show", "app://hg-nen-prognosis/", "show"]);
    expect(windowOptions("/app/preload.cjs", LARGE, false)).toMatchObject({
      show: false,
      backgroundColor: "#f4f6f5",
    });
  });

  it.each([
    [true, ["restore", "focus"]],
    [false, ["focus"]],
  ])("comes to the front at a second start, minimised: %s", (minimised, expected) => {
    const calls: string[] = [];
    focusWindow({
      isMinimized: () => minimised,
      restore: () => calls.push("restore"),
      focus: () => calls.push("focus"),
    });
    expect(calls).toEqual(expected);
  });

  it("may be gone at a second start", () => {
    expect(() => focusWindow(undefined)).not.toThrow();
  });
});

describe("the audience's window", () => {
  const bounds = { x: 1920, y: 0, width: 1280, height: 720 };

  it("is locked as the main window is, and has no preload script", () => {
    const { preload, ...locked } = windowOptions("/app/preload.cjs", LARGE, false).webPreferences!;
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

describe.each(["linux", "win32", "darwin"] as const)("the menu on %s", (platform) => {
  const print = vi.fn();
  const flat = (developer: boolean): object[] =>
    menuTemplate(platform, developer, { label: "Print…", click: print }).flatMap(({ submenu, ...item }) => [
      item,
      ...(Array.isArray(submenu) ? submenu : []),
    ]);

  it("has roles only, but for what has no role: printing", () => {
    const others = flat(true).filter((item) => !("role" in item) && !("type" in item));
    expect(others).toEqual([
      { label: "Print…", accelerator: "CommandOrControl+P", click: expect.any(Function) as unknown },
    ]);
    (others[0] as { click: () => void }).click();
    expect(print).toHaveBeenCalledOnce();
  });

  it("ends the program, or closes its window, from the file menu", () => {
    const roles = flat(false).map((item) => (item as { role?: string }).role);
    expect(roles).toContain(platform === "darwin" ? "close" : "quit");
  });

  it("reloads and inspects for developers only", () => {
    const roles = (developer: boolean) => flat(developer).map((item) => (item as { role?: string }).role);
    expect(roles(true)).toEqual(expect.arrayContaining(["reload", "toggleDevTools"]));
    expect(roles(false)).not.toContain("reload");
    expect(roles(false)).not.toContain("toggleDevTools");
  });

  it("shows what the program is", () => {
    const roles = flat(false).map((item) => (item as { role?: string }).role);
    expect(roles).toContain(platform === "darwin" ? "appMenu" : "about");
  });
});
