import type { BrowserWindow, Display, Rectangle, Screen, Size } from "electron";
import type { Settings, SettingsStore, WindowPlace } from "./settings.ts";
import { MOST_PLACES } from "./settings.ts";

/** What is known of a display, in the system's common coordinates. */
export type DisplayFacts = Pick<Display, "bounds" | "scaleFactor" | "workArea">;

const DEFAULT_SIZE: Size = { width: 1366, height: 768 };
export const SMALLEST_SIZE: Size = { width: 1024, height: 600 };
/** The strip at the top of a window that a hand must find to move it, and how much of it must show. */
export const GRIP = { width: 200, height: 32 };

/**
 * What a display is known by. Systems give the same display another id after a restart, or two the same; where it lies,
 * its size and its scale are what a window's place depends on.
 */
export const displayKey = ({ bounds: { x, y, width, height }, scaleFactor }: DisplayFacts): string =>
  `${width}x${height}@${scaleFactor} ${x},${y}`;

/** Whether a hand can take a window by its title bar. */
export function isInReach({ x, y, width }: Rectangle, displays: readonly DisplayFacts[]): boolean {
  return displays.some(({ workArea }) => {
    const shown = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    const fromTop = y - workArea.y;
    return (
      shown >= Math.min(GRIP.width, workArea.width) &&
      fromTop >= 0 &&
      fromTop <= Math.max(0, workArea.height - GRIP.height)
    );
  });
}

/** Numbers of a damaged file may be anything, but each of them finite. */
const within = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(Math.round(value), high));

/** As large as it was, as far as the display has room, and no smaller than the program can be used. */
const sizeOn = ({ width, height }: Size, { workArea }: DisplayFacts): Size => ({
  width: within(width, Math.min(SMALLEST_SIZE.width, workArea.width), workArea.width),
  height: within(height, Math.min(SMALLEST_SIZE.height, workArea.height), workArea.height),
});

function centred(wanted: Size, display: DisplayFacts): Rectangle {
  const { workArea } = display;
  const size = sizeOn(wanted, display);
  return {
    x: workArea.x + Math.round((workArea.width - size.width) / 2),
    y: workArea.y + Math.round((workArea.height - size.height) / 2),
    ...size,
  };
}

/** Where a window lies that was at `bounds` on a display: there, if it can be reached, else as near as it is all shown. */
function fitted(bounds: Rectangle, display: DisplayFacts, all: readonly DisplayFacts[]): Rectangle {
  const size = sizeOn(bounds, display);
  const { workArea } = display;
  const there = { x: Math.round(bounds.x), y: Math.round(bounds.y), ...size };
  if (isInReach(there, all)) return there;
  return {
    x: within(bounds.x, workArea.x, workArea.x + workArea.width - size.width),
    y: within(bounds.y, workArea.y, workArea.y + workArea.height - size.height),
    ...size,
  };
}

/**
 * Where the window opens: on the display where it was last, as it was there; where that one is gone, on another that is
 * remembered; else on the main one, as large as it was.
 *
 * @param displays those that are there now, the main one first
 */
export function startPlace(
  { windows, lastDisplay }: Pick<Settings, "windows" | "lastDisplay">,
  displays: readonly DisplayFacts[],
): WindowPlace {
  const placeOf = (key: string): WindowPlace | undefined =>
    Object.hasOwn(windows, key) ? windows[key] : undefined;
  const last = displays.filter((display) => displayKey(display) === lastDisplay);
  for (const display of [...last, ...displays]) {
    const place = placeOf(displayKey(display));
    if (place) return { ...place, bounds: fitted(place.bounds, display, displays) };
  }
  const before = lastDisplay === null ? undefined : placeOf(lastDisplay);
  return {
    maximised: before?.maximised ?? false,
    fullScreen: before?.fullScreen ?? false,
    bounds: centred(before?.bounds ?? DEFAULT_SIZE, displays[0]!),
  };
}

/** Where a window must go that nobody can reach any more; null where it can stay, also across two displays. */
export function broughtBack(
  bounds: Rectangle,
  display: DisplayFacts,
  all: readonly DisplayFacts[],
): Rectangle | null {
  return isInReach(bounds, all) ? null : fitted(bounds, display, all);
}

/** The places with one more, the newest last; of too many, the oldest go. */
export function withPlace(
  windows: Settings["windows"],
  key: string,
  place: WindowPlace,
): Settings["windows"] {
  const others = Object.entries(windows).filter(([name]) => name !== key);
  return Object.fromEntries([...others.slice(-(MOST_PLACES - 1)), [key, place]]);
}

/** The displays, the main one first. */
export function displaysOf(screen: Pick<Screen, "getAllDisplays" | "getPrimaryDisplay">): Display[] {
  const primary = screen.getPrimaryDisplay();
  return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)];
}

export interface PlaceMeans {
  window: Pick<
    BrowserWindow,
    | "getBounds"
    | "getNormalBounds"
    | "isDestroyed"
    | "isFullScreen"
    | "isMaximized"
    | "isMinimized"
    | "isVisible"
    | "on"
    | "setBounds"
  >;
  screen: Pick<Screen, "getAllDisplays" | "getDisplayMatching" | "getPrimaryDisplay" | "on">;
  settings: SettingsStore;
  /** a display has gone, and the window with it until it was brought back */
  onBroughtBack: () => void;
  /** runs a task when the system has done what it does itself */
  later?: (task: () => void) => void;
}

/** Systems move windows of a display that goes by themselves, most of them, and in their own time. */
const SYSTEM_MS = 500;

/** Remembers where the window is, and brings it back when its display goes. */
export function keepPlace({
  window,
  screen,
  settings,
  onBroughtBack,
  later = (task) => void setTimeout(task, SYSTEM_MS),
}: PlaceMeans): void {
  /** slides fill the display because a page asks for it: no way of the user's to have the window */
  let byPage = false;

  function remember(): void {
    // One that is minimised is nowhere; before it is shown, it has been nowhere yet.
    if (window.isDestroyed() || window.isMinimized() || !window.isVisible()) return;
    const key = displayKey(screen.getDisplayMatching(window.getBounds()));
    const place = {
      bounds: window.getNormalBounds(),
      maximised: window.isMaximized(),
      fullScreen: window.isFullScreen() && !byPage,
    };
    settings.update({ windows: withPlace(settings.value.windows, key, place), lastDisplay: key });
  }

  function bringBack(): void {
    if (window.isDestroyed() || window.isMinimized() || window.isMaximized() || window.isFullScreen()) return;
    const bounds = window.getBounds();
    const back = broughtBack(bounds, screen.getDisplayMatching(bounds), displaysOf(screen));
    if (!back) return;
    window.setBounds(back);
    onBroughtBack();
  }

  // Listened to one by one, as Electron's types have them.
  window.on("move", remember);
  window.on("resize", remember);
  window.on("maximize", remember);
  window.on("unmaximize", remember);
  window.on("enter-full-screen", remember);
  window.on("leave-full-screen", remember);
  window.on("close", remember);
  window.on("enter-html-full-screen", () => {
    byPage = true;
    remember();
  });
  window.on("leave-html-full-screen", () => {
    byPage = false;
    remember();
  });

  // A window that was not to be moved at that moment is looked after when it is one again.
  window.on("restore", () => later(bringBack));
  window.on("unmaximize", () => later(bringBack));
  window.on("leave-full-screen", () => later(bringBack));
  screen.on("display-removed", () => later(bringBack));
  screen.on("display-metrics-changed", () => later(bringBack));
}
