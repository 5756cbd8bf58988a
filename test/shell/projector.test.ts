import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from "electron";
import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { createProjector } from "../../src-main/shell/projector.ts";
import type { Place } from "../../src-main/shell/projectorPlacement.ts";
import { projectorPlacement } from "../../src-main/shell/projectorPlacement.ts";
import { display } from "../support/electronStandIn/command.ts";

const LAPTOP = display(1, { x: 0, internal: true });
const BEAMER = display(2, { x: 1920, internal: false });
const SECOND_BEAMER = display(3, { x: -1920, internal: false });
/** in the middle of the laptop's display, above its bar */
const WINDOWED = { x: 320, y: 160, width: 1280, height: 720 };

describe("where the slides go", () => {
  it.each<[string, Place[], own: Place, fills: number | null, bounds: Rectangle]>([
    ["one display: a window in its middle", [LAPTOP], LAPTOP, null, WINDOWED],
    ["a projector beside a laptop", [LAPTOP, BEAMER], LAPTOP, 2, BEAMER.bounds],
    ["the same, listed first", [BEAMER, LAPTOP], LAPTOP, 2, BEAMER.bounds],
    ["the main window on the projector", [LAPTOP, BEAMER], BEAMER, 1, LAPTOP.bounds],
    ["two monitors of a PC", [BEAMER, SECOND_BEAMER], BEAMER, 3, SECOND_BEAMER.bounds],
    [
      "the main window on one monitor of three: not the built-in one",
      [LAPTOP, BEAMER, SECOND_BEAMER],
      BEAMER,
      3,
      SECOND_BEAMER.bounds,
    ],
  ])("%s", (_name, displays, own, fills, bounds) => {
    expect(projectorPlacement(displays, own)).toEqual({ fills, bounds });
  });

  it("is no larger than a small display has room", () => {
    const workArea = { x: 100, y: 24, width: 1024, height: 576 };
    expect(projectorPlacement([], { ...LAPTOP, workArea })).toEqual({ fills: null, bounds: workArea });
  });
});

/** A window that leaves full screen in its own time, as systems do. */
class FakeWindow extends EventEmitter {
  readonly calls: string[] = [];
  readonly options: BrowserWindowConstructorOptions;
  bounds: Rectangle;
  fullScreen = false;
  destroyed = false;
  load: () => Promise<void> = () => Promise.resolve();

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 0, height = 0 } = options;
    this.bounds = { x, y, width, height };
  }
  getBounds = () => this.bounds;
  isDestroyed = () => this.destroyed;
  isFullScreen = () => this.fullScreen;
  isMinimized = () => this.calls.at(-1) === "minimise";
  restore = () => this.calls.push("restore");
  show = () => this.calls.push("show");
  focus = () => this.calls.push("focus");
  loadURL = (url: string) => {
    this.calls.push(url);
    return this.load();
  };
  setBounds = (bounds: Rectangle) => {
    expect(this.fullScreen).toBe(false);
    this.bounds = bounds;
  };
  setFullScreen = (on: boolean) => {
    this.calls.push(on ? "fill" : "leave");
    if (on) this.fullScreen = true;
  };
  /** what a system says when it is done */
  left = () => {
    this.fullScreen = false;
    this.emit("leave-full-screen");
  };
  destroy = () => {
    expect(this.destroyed).toBe(false);
    this.destroyed = true;
    this.emit("closed");
  };
}

function desk(displays: Place[]) {
  const state = { displays };
  const screen = new EventEmitter();
  const main = new FakeWindow({ x: 100, y: 100, width: 1366, height: 768 });
  const opened: FakeWindow[] = [];
  let load = (): Promise<void> => Promise.resolve();
  const { openProjector } = createProjector({
    main: main as unknown as BrowserWindow,
    screen: {
      getAllDisplays: () => state.displays as never,
      getDisplayMatching: ({ x }: Rectangle) =>
        (state.displays.find(({ bounds }) => x >= bounds.x && x < bounds.x + bounds.width) ??
          state.displays[0]!) as never,
      on: screen.on.bind(screen) as never,
    },
    createWindow: (options) => {
      const window = new FakeWindow(options);
      window.load = () => load();
      opened.push(window);
      return window as unknown as BrowserWindow;
    },
    developer: false,
  });
  return {
    open: () => openProjector({}),
    opened,
    main,
    plugIn: (display: Place) => void (state.displays = [...state.displays, display]),
    unplug: (display: Place) => {
      state.displays = state.displays.filter(({ id }) => id !== display.id);
      screen.emit("display-removed", {}, display);
    },
    failToLoad: () => void (load = () => Promise.reject(new Error("ERR_FAILED"))),
  };
}

describe("the audience's window", () => {
  it("fills the second display, and leaves the keys with the presenter", async () => {
    const { open, opened, main } = desk([LAPTOP, BEAMER]);
    expect(await open()).toEqual({ ok: true, value: null });
    expect(opened).toHaveLength(1);
    expect(opened[0]!.options).toMatchObject({ ...BEAMER.bounds, show: false, backgroundColor: "#000000" });
    expect(opened[0]!.options.webPreferences).not.toHaveProperty("preload");
    expect(opened[0]!.calls).toEqual(["show", "fill", "app://hg-nen-prognosis/#/board/projector"]);
    expect(main.calls).toEqual(["focus"]);
  });

  it("is an ordinary window where there is one display", async () => {
    const { open, opened, main } = desk([LAPTOP]);
    await open();
    expect(opened[0]!.bounds).toEqual(WINDOWED);
    expect(opened[0]!.calls).toEqual(["show", "app://hg-nen-prognosis/#/board/projector"]);
    expect(main.calls).toEqual([]);
  });

  it("is one at a time: a second call brings it to the front", async () => {
    const { open, opened } = desk([LAPTOP]);
    await open();
    opened[0]!.calls.push("minimise");
    expect(await open()).toEqual({ ok: true, value: null });
    expect(opened).toHaveLength(1);
    expect(opened[0]!.calls.slice(-3)).toEqual(["minimise", "restore", "focus"]);
    expect(opened[0]!.bounds).toEqual(WINDOWED);
  });

  it("opens anew when it has been closed", async () => {
    const { open, opened } = desk([LAPTOP]);
    await open();
    opened[0]!.destroy();
    await open();
    expect(opened).toHaveLength(2);
  });

  it("goes to a display that has come since, when asked for again", async () => {
    const { open, opened, plugIn } = desk([LAPTOP]);
    await open();
    plugIn(BEAMER);
    await open();
    expect(opened[0]!.bounds).toEqual(BEAMER.bounds);
    expect(opened[0]!.calls.slice(-2)).toEqual(["fill", "focus"]);
  });

  it("comes back as a window when its display is unplugged, once it has left full screen", async () => {
    const { open, opened, unplug } = desk([LAPTOP, BEAMER, SECOND_BEAMER]);
    await open();
    unplug(BEAMER);
    expect(opened[0]!.calls.at(-1)).toBe("leave");
    expect(opened[0]!.bounds).toEqual(BEAMER.bounds);
    opened[0]!.left();
    // On the main window's display, and not on another one in the room that nobody has chosen.
    expect(opened[0]!.bounds).toEqual(WINDOWED);
    expect(opened[0]!.destroyed).toBe(false);
  });

  it("comes back also when the system has already taken it out of full screen", async () => {
    const { open, opened, unplug } = desk([LAPTOP, BEAMER]);
    await open();
    opened[0]!.fullScreen = false;
    unplug(BEAMER);
    expect(opened[0]!.bounds).toEqual(WINDOWED);
  });

  it("does not cover the main window when that has lost its own display", async () => {
    const { open, opened, unplug } = desk([LAPTOP, BEAMER]);
    await open();
    unplug(LAPTOP);
    opened[0]!.left();
    expect(opened[0]!.bounds).toEqual({ ...WINDOWED, x: BEAMER.bounds.x + WINDOWED.x });
  });

  it("stays where it is when another display goes", async () => {
    const { open, opened, unplug } = desk([LAPTOP, BEAMER, SECOND_BEAMER]);
    await open();
    unplug(SECOND_BEAMER);
    expect(opened[0]!.calls).not.toContain("leave");
    expect(opened[0]!.fullScreen).toBe(true);
  });

  it("stays closed when its display goes after it", async () => {
    const { open, opened, unplug } = desk([LAPTOP, BEAMER]);
    await open();
    opened[0]!.destroy();
    unplug(BEAMER);
    expect(opened[0]!.calls).not.toContain("leave");
  });

  it("closes with the main window", async () => {
    const { open, opened, main } = desk([LAPTOP]);
    await open();
    main.emit("closed");
    expect(opened[0]!.destroyed).toBe(true);
  });

  it("need not be there when the main window closes", () => {
    expect(() => desk([LAPTOP]).main.emit("closed")).not.toThrow();
  });

  it("is gone when its page does not load, and that is an error value", async () => {
    const { open, opened, failToLoad } = desk([LAPTOP, BEAMER]);
    failToLoad();
    expect(await open()).toEqual({ ok: false, code: "projector-failed", message: "Error: ERR_FAILED" });
    expect(opened[0]!.destroyed).toBe(true);
    await open();
    expect(opened).toHaveLength(2);
  });

  it("may be closed while it loads", async () => {
    const { open, opened } = desk([LAPTOP]);
    const pending = open();
    opened[0]!.destroy();
    expect(await pending).toEqual({ ok: true, value: null });
  });
});
