import type { Rectangle } from "electron";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Settings, SettingsStore, WindowPlace } from "../../src-main/shell/settings.ts";
import { MOST_PLACES } from "../../src-main/shell/settings.ts";
import type { DisplayFacts } from "../../src-main/shell/windowPlace.ts";
import {
  broughtBack,
  displayKey,
  displaysOf,
  GRIP,
  isInReach,
  keepPlace,
  SMALLEST_SIZE,
  startPlace,
  withPlace,
} from "../../src-main/shell/windowPlace.ts";

const BAR = 40;
const display = (x: number, y = 0, width = 1920, height = 1080, scaleFactor = 1): DisplayFacts => ({
  bounds: { x, y, width, height },
  workArea: { x, y, width, height: height - BAR },
  scaleFactor,
});
const LAPTOP = display(0);
const BEAMER = display(1920, 0, 2560, 1440, 1.5);
const NOTHING = { windows: {}, lastDisplay: null };
const place = (bounds: Rectangle, how: Partial<WindowPlace> = {}): WindowPlace => ({
  ...{ bounds, maximised: false, fullScreen: false },
  ...how,
});
const remembered = (on: DisplayFacts, at: WindowPlace): Pick<Settings, "windows" | "lastDisplay"> => ({
  windows: { [displayKey(on)]: at },
  lastDisplay: displayKey(on),
});

/** One to four displays beside each other, of any size, the main one anywhere. */
const someDisplays = fc
  .array(
    fc.record({
      width: fc.integer({ min: 640, max: 7680 }),
      height: fc.integer({ min: 480, max: 4320 }),
      y: fc.integer({ min: -2000, max: 2000 }),
      scaleFactor: fc.constantFrom(1, 1.25, 1.5, 2),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((sizes) =>
    fc.integer({ min: 0, max: sizes.length - 1 }).map((main) => {
      let x = -sizes.slice(0, main).reduce((sum, { width }) => sum + width, 0);
      const all = sizes.map(({ width, height, y, scaleFactor }) => {
        const made = display(x, y, width, height, scaleFactor);
        x += width;
        return made;
      });
      return [all[main]!, ...all.filter((_each, i) => i !== main)];
    }),
  );
/** As a damaged or hostile file may hold them: any finite number. */
const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -10_000, max: 10_000 }),
  fc.constantFrom(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 31, -(2 ** 31), 0.5),
);
const anyPlace = fc.record({
  bounds: fc.record({ x: anyNumber, y: anyNumber, width: anyNumber, height: anyNumber }),
  maximised: fc.boolean(),
  fullScreen: fc.boolean(),
});
const sane = ({ x, y, width, height }: Rectangle): boolean =>
  [x, y, width, height].every((side) => Number.isSafeInteger(side));

describe("where the window opens", () => {
  it.each<[string, DisplayFacts, Rectangle]>([
    ["a usual display", LAPTOP, { x: 277, y: 136, width: 1366, height: 768 }],
    ["a small one", display(0, 0, 1280, 720), { x: 0, y: 0, width: 1280, height: 680 }],
    ["one smaller than the program needs", display(0, 0, 800, 600), { x: 0, y: 0, width: 800, height: 560 }],
  ])("the first time is the middle of %s", (_what, main, bounds) => {
    expect(startPlace(NOTHING, [main, BEAMER])).toEqual(place(bounds));
  });

  it("is where it was, as it was", () => {
    const last = place({ x: 2000, y: 300, width: 1500, height: 900 }, { maximised: true });
    expect(startPlace(remembered(BEAMER, last), [LAPTOP, BEAMER])).toEqual(last);
  });

  it("is the main display when the other one is gone, with the same size as far as there is room", () => {
    const last = place({ x: 2000, y: 300, width: 2400, height: 900 }, { maximised: true });
    const { bounds, maximised } = startPlace(remembered(BEAMER, last), [LAPTOP]);
    expect(bounds).toEqual({ x: 0, y: 70, width: 1920, height: 900 });
    expect(maximised).toBe(true);
  });

  it("is what is remembered of a display that is there, when the last one is gone", () => {
    const onLaptop = place({ x: 30, y: 40, width: 1100, height: 650 });
    const windows = { [displayKey(LAPTOP)]: onLaptop, [displayKey(BEAMER)]: place(BEAMER.workArea) };
    expect(startPlace({ windows, lastDisplay: displayKey(BEAMER) }, [LAPTOP])).toEqual(onLaptop);
    expect(startPlace({ windows, lastDisplay: displayKey(BEAMER) }, [LAPTOP, BEAMER]).bounds).toEqual(
      BEAMER.workArea,
    );
  });

  it("knows no display by what every object has", () => {
    expect(startPlace({ windows: {}, lastDisplay: "__proto__" }, [LAPTOP])).toEqual(
      startPlace(NOTHING, [LAPTOP]),
    );
  });

  it("is in reach and no larger than its display, whatever was saved and whatever displays are there", () => {
    fc.assert(
      fc.property(someDisplays, someDisplays, anyPlace, fc.boolean(), (before, now, at, same) => {
        const displays = same ? before : now;
        const { bounds } = startPlace(remembered(before.at(-1)!, at), displays);
        expect(sane(bounds)).toBe(true);
        expect(isInReach(bounds, displays)).toBe(true);
        const room = displays.some(
          ({ workArea }) => bounds.width <= workArea.width && bounds.height <= workArea.height,
        );
        expect(room).toBe(true);
        const smallest = Math.min(...displays.map(({ workArea }) => workArea.width), SMALLEST_SIZE.width);
        expect(bounds.width).toBeGreaterThanOrEqual(smallest);
      }),
      { numRuns: 2000 },
    );
  });

  it("is exactly where a user has left it, with the same displays", () => {
    const left = someDisplays.chain((displays) =>
      fc.nat(displays.length - 1).chain((which) => {
        const { workArea } = displays[which]!;
        const { width: mostWidth, height: mostHeight } = workArea;
        return fc
          .record({
            width: fc.integer({ min: Math.min(SMALLEST_SIZE.width, mostWidth), max: mostWidth }),
            height: fc.integer({ min: Math.min(SMALLEST_SIZE.height, mostHeight), max: mostHeight }),
            // Also over an edge, as far as its title bar can be taken.
            x: fc.integer({ min: workArea.x - 400, max: workArea.x + mostWidth - GRIP.width }),
            y: fc.integer({ min: workArea.y, max: workArea.y + mostHeight - GRIP.height }),
          })
          .map((bounds) => ({ displays, on: displays[which]!, bounds }));
      }),
    );
    fc.assert(
      fc.property(left, fc.boolean(), fc.boolean(), ({ displays, on, bounds }, maximised, fullScreen) => {
        const saved = place(bounds, { maximised, fullScreen });
        expect(startPlace(remembered(on, saved), displays)).toEqual(saved);
        expect(broughtBack(bounds, on, displays)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it("is not moved or made smaller where it can be reached, across two displays or snapped to an edge", () => {
    const two = [display(0), display(1920)];
    expect(broughtBack({ x: 100, y: 50, width: 3000, height: 900 }, two[0]!, two)).toBeNull();
    // Windows draws an invisible border around a window, also of one that fills the height.
    expect(broughtBack({ x: -7, y: 0, width: 1294, height: 1047 }, two[0]!, two)).toBeNull();
    expect(broughtBack({ x: 4000, y: 50, width: 3000, height: 900 }, two[0]!, two)).not.toBeNull();
  });

  it("stays the same from start to start", () => {
    fc.assert(
      fc.property(someDisplays, anyPlace, (displays, at) => {
        const first = startPlace(remembered(displays[0]!, at), displays);
        expect(startPlace(remembered(displays[0]!, first), displays)).toEqual(first);
      }),
    );
  });
});

describe("a window's title bar", () => {
  it.each<[boolean, string, Partial<Rectangle>]>([
    [true, "on the display", {}],
    [true, "half over its right edge", { x: 1300 }],
    [true, "at its right edge, with enough to take", { x: 1920 - GRIP.width }],
    [false, "over its right edge, with too little", { x: 1921 - GRIP.width }],
    [true, "over its left edge, with enough", { x: GRIP.width - 1200 }],
    [false, "over its left edge, with too little", { x: GRIP.width - 1201 }],
    [false, "above it", { y: -1 }],
    [true, "at its bottom", { y: 1080 - BAR - GRIP.height }],
    [false, "behind the task bar", { y: 1081 - BAR - GRIP.height }],
  ])("is in reach: %s, %s", (reach, _what, at) => {
    expect(isInReach({ x: 100, y: 100, width: 1200, height: 700, ...at }, [LAPTOP])).toBe(reach);
  });
});

describe("a display", () => {
  it("is known by its place, size and scale, and not by a number that changes", () => {
    const key = displayKey(LAPTOP);
    for (const other of [display(1), display(0, 1), display(0, 0, 1921), display(0, 0, 1920, 1080, 2)]) {
      expect(displayKey(other)).not.toBe(key);
    }
    expect(displayKey(Object.assign({ id: 7 }, LAPTOP))).toBe(key);
  });

  it("is forgotten when there have been many since", () => {
    let windows: Settings["windows"] = {};
    const at = place({ x: 0, y: 0, width: 1200, height: 700 });
    for (let i = 0; i < MOST_PLACES + 5; i++) windows = withPlace(windows, `display ${i}`, at);
    windows = withPlace(windows, "display 5", at);
    expect(Object.keys(windows)).toHaveLength(MOST_PLACES);
    expect(Object.keys(windows)[0]).toBe("display 6");
    expect(Object.keys(windows).at(-1)).toBe("display 5");
  });
});

/** A window on displays, moved by a user. */
function desk() {
  const listeners = new Map<string, (() => void)[]>();
  const on = ((event: string, listener: () => void) =>
    void listeners.set(event, [...(listeners.get(event) ?? []), listener])) as never;
  const state = {
    ...{ bounds: { x: 50, y: 60, width: 1200, height: 700 }, maximised: false, fullScreen: false },
    ...{ minimised: false, visible: true, destroyed: false },
    displays: [LAPTOP, BEAMER].map((facts, id) => ({ ...facts, id })),
  };
  const covered = (): Rectangle => (state.maximised ? LAPTOP.workArea : state.bounds);
  let value: Settings = { windows: {}, lastDisplay: null, recent: [] };
  const settings: SettingsStore = {
    get value() {
      return value;
    },
    update: (change) => void (value = { ...value, ...change }),
    flush: () => Promise.resolve(),
  };
  const tasks: (() => void)[] = [];
  const setBounds = vi.fn((bounds: Rectangle) => void (state.bounds = bounds));
  const onBroughtBack = vi.fn();
  keepPlace({
    window: {
      on,
      setBounds,
      getBounds: covered,
      getNormalBounds: () => state.bounds,
      isDestroyed: () => state.destroyed,
      isFullScreen: () => state.fullScreen,
      isMaximized: () => state.maximised,
      isMinimized: () => state.minimised,
      isVisible: () => state.visible,
    },
    screen: {
      on,
      getAllDisplays: () => state.displays as never,
      getPrimaryDisplay: () => state.displays[0] as never,
      getDisplayMatching: ({ x }) =>
        (state.displays.findLast(({ bounds }) => x >= bounds.x) ?? state.displays[0]) as never,
    },
    settings,
    onBroughtBack,
    later: (task) => void tasks.push(task),
  });
  return {
    state,
    settings,
    setBounds,
    onBroughtBack,
    happens: (event: string, change: Partial<typeof state> = {}): void => {
      Object.assign(state, change);
      for (const listener of listeners.get(event) ?? []) listener();
    },
    later: () => tasks.splice(0).forEach((task) => task()),
  };
}

describe("the window", () => {
  const bounds = { x: 300, y: 200, width: 1300, height: 800 };

  it.each([
    ["move", { bounds }, { bounds }],
    ["resize", { bounds }, { bounds }],
    [
      "maximize",
      { maximised: true },
      { maximised: true, bounds: { x: 50, y: 60, width: 1200, height: 700 } },
    ],
    ["enter-full-screen", { fullScreen: true }, { fullScreen: true }],
    ["leave-full-screen", { fullScreen: false }, { fullScreen: false }],
    ["unmaximize", { maximised: false }, { maximised: false }],
    ["close", {}, { bounds: { x: 50, y: 60, width: 1200, height: 700 } }],
  ])("is remembered at %s", (event, change, expected) => {
    const { happens, settings } = desk();
    happens(event, change);
    expect(settings.value.lastDisplay).toBe(displayKey(LAPTOP));
    expect(settings.value.windows[displayKey(LAPTOP)]).toMatchObject(expected);
  });

  it("has a place of its own on each display", () => {
    const { happens, settings } = desk();
    happens("move");
    happens("move", { bounds: { ...bounds, x: 2000 } });
    expect(settings.value.lastDisplay).toBe(displayKey(BEAMER));
    expect(Object.keys(settings.value.windows)).toEqual([displayKey(LAPTOP), displayKey(BEAMER)]);
  });

  it.each([{ minimised: true }, { visible: false }, { destroyed: true }])(
    "is not remembered: %o",
    (change) => {
      const { happens, settings } = desk();
      happens("close", change);
      expect(settings.value.windows).toEqual({});
    },
  );

  it("that a page fills the display with, for slides, is not remembered as full screen", () => {
    const { happens, settings } = desk();
    happens("enter-full-screen", { fullScreen: true });
    happens("enter-html-full-screen");
    happens("close");
    expect(settings.value.windows[displayKey(LAPTOP)]).toMatchObject({ fullScreen: false });
    happens("leave-html-full-screen");
    happens("close");
    expect(settings.value.windows[displayKey(LAPTOP)]).toMatchObject({ fullScreen: true });
  });

  it.each(["display-removed", "display-metrics-changed"])(
    "comes back at %s, when the system leaves it there",
    (event) => {
      const { happens, later, setBounds, onBroughtBack, state } = desk();
      state.bounds = { ...bounds, x: 3000 };
      happens(event, { displays: [{ ...LAPTOP, id: 0 }] });
      expect(setBounds).not.toHaveBeenCalled();
      later();
      expect(setBounds).toHaveBeenCalledExactlyOnceWith({ ...bounds, x: 620 });
      expect(onBroughtBack).toHaveBeenCalledOnce();
    },
  );

  it("is left where the system has brought it", () => {
    const { happens, later, setBounds, onBroughtBack } = desk();
    happens("display-removed", { displays: [{ ...LAPTOP, id: 0 }] });
    later();
    expect(setBounds).not.toHaveBeenCalled();
    expect(onBroughtBack).not.toHaveBeenCalled();
  });

  it.each([
    [{ minimised: true }, "restore", { minimised: false }],
    [{ maximised: true }, "unmaximize", { maximised: false }],
    [{ fullScreen: true }, "leave-full-screen", { fullScreen: false }],
  ])("comes back once it is a window again: %o, %s", (how, event, again) => {
    const { happens, later, setBounds, state } = desk();
    state.bounds = { ...bounds, x: 3000 };
    happens("display-removed", { displays: [{ ...LAPTOP, id: 0 }], ...how });
    later();
    expect(setBounds).not.toHaveBeenCalled();
    happens(event, again);
    later();
    expect(setBounds).toHaveBeenCalledOnce();
  });

  it("may be gone when it would be brought back", () => {
    const { happens, later, setBounds } = desk();
    happens("display-removed", { destroyed: true });
    later();
    expect(setBounds).not.toHaveBeenCalled();
  });
});

it("counts the main display first", () => {
  const displays = [{ id: 1 }, { id: 2 }, { id: 3 }] as never[];
  const found = displaysOf({ getAllDisplays: () => displays, getPrimaryDisplay: () => ({ id: 2 }) as never });
  expect(found.map(({ id }) => id)).toEqual([2, 1, 3]);
});
