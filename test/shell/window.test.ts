import { describe, expect, it } from "vitest";
import { menuTemplate } from "../../src-main/shell/menu.ts";
import { focusWindow, showPage, windowOptions } from "../../src-main/shell/window.ts";

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

describe.each(["linux", "win32", "darwin"] as const)("the menu on %s", (platform) => {
  const flat = (developer: boolean): object[] =>
    menuTemplate(platform, developer).flatMap(({ submenu, ...item }) => [
      item,
      ...(Array.isArray(submenu) ? submenu : []),
    ]);

  it("has roles only", () => {
    for (const item of flat(true)) expect(["role", "type"]).toContain(Object.keys(item).join());
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
