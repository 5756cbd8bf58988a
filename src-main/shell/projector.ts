import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, Screen } from "electron";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { Place, Placement } from "./projectorPlacement.ts";
import { projectorPlacement, windowOn } from "./projectorPlacement.ts";
import { PROJECTOR_URL } from "./resourcePath.ts";
import { projectorOptions } from "./window.ts";

export interface ProjectorMeans {
  /** the window that the slides are steered from; the projector's closes with it */
  main: BrowserWindow;
  screen: Pick<Screen, "getAllDisplays" | "getDisplayMatching" | "on">;
  createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  developer: boolean;
}

/** The audience's window: one at a time, on a display of its own where there is one. */
export function createProjector({
  main,
  screen,
  createWindow,
  developer,
}: ProjectorMeans): Pick<ShellHandlers, "openProjector"> {
  let window: BrowserWindow | null = null;
  /** the display that it fills */
  let filled: number | null = null;

  const ownDisplay = (): Place => screen.getDisplayMatching(main.getBounds());

  function open(): BrowserWindow {
    const { fills, bounds } = projectorPlacement(screen.getAllDisplays(), ownDisplay());
    const opened = createWindow(projectorOptions(bounds, developer));
    opened.once("closed", () => {
      window = null;
      filled = null;
    });
    window = opened;
    opened.show();
    // Only when it is shown, or it fills the display on which the system would have opened it.
    if (fills !== null) fill(opened, fills);
    return opened;
  }

  function fill(shown: BrowserWindow, display: number): void {
    filled = display;
    shown.setFullScreen(true);
  }

  /** Onto a display that has come since; a window that is where the user has put it stays there otherwise. */
  function focus(opened: BrowserWindow, { fills, bounds }: Placement): void {
    if (fills !== null && filled === null) {
      opened.setBounds(bounds);
      fill(opened, fills);
    }
    if (opened.isMinimized()) opened.restore();
    opened.focus();
  }

  screen.on("display-removed", (_event, { id }) => {
    if (!window || filled === null) return;
    const own = ownDisplay();
    // Its display is gone, or the main window has lost its own and now lies beneath it.
    if (id !== filled && own.id !== filled) return;
    filled = null;
    leaveFullScreen(window, windowOn(own).bounds);
  });
  main.once("closed", () => window?.destroy());

  return {
    async openProjector() {
      if (window) {
        focus(window, projectorPlacement(screen.getAllDisplays(), ownDisplay()));
        return { ok: true, value: null };
      }
      const opened = open();
      try {
        await opened.loadURL(PROJECTOR_URL);
        // The keys that turn the slides are the presenter's.
        if (filled !== null) main.focus();
        return { ok: true, value: null };
      } catch (error) {
        if (!opened.isDestroyed()) opened.destroy();
        return { ok: false, code: "projector-failed", message: String(error) };
      }
    },
  };
}

/** Systems leave full screen in their own time, and place a window only when it is left. */
function leaveFullScreen(window: BrowserWindow, bounds: Rectangle): void {
  if (!window.isFullScreen()) return window.setBounds(bounds);
  window.once("leave-full-screen", () => window.setBounds(bounds));
  window.setFullScreen(false);
}
