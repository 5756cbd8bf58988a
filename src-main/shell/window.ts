import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  Size,
  WebPreferences,
} from "electron";
import { PAGE_URL } from "./resourcePath.ts";

const DEFAULT_SIZE: Size = { width: 1366, height: 768 };
const SMALLEST_SIZE: Size = { width: 1024, height: 600 };
const SMALLEST_PROJECTION: Size = { width: 640, height: 360 };

/**
 * Options of the main window, opened hidden.
 *
 * @param preload the built preload script, absolute
 * @param workArea the display without its bars; the window is never larger
 * @param developer whether the app runs from its sources
 */
export function windowOptions(
  preload: string,
  workArea: Size,
  developer: boolean,
): BrowserWindowConstructorOptions {
  return {
    width: Math.min(DEFAULT_SIZE.width, workArea.width),
    height: Math.min(DEFAULT_SIZE.height, workArea.height),
    minWidth: SMALLEST_SIZE.width,
    minHeight: SMALLEST_SIZE.height,
    // Shown when painted, on the page's own colour: no white flash.
    show: false,
    backgroundColor: "#f4f6f5",
    webPreferences: { ...lockedPreferences(developer), preload },
  };
}

/**
 * Options of the audience's window, opened hidden: black until there is a slide, and without a menu bar in the way.
 *
 * SECURITY: it has no preload script and so no bridge; its slides come from the main window's page, over a channel that
 * only pages of one origin share. What asks for nothing is given nothing.
 */
export function projectorOptions(bounds: Rectangle, developer: boolean): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: SMALLEST_PROJECTION.width,
    minHeight: SMALLEST_PROJECTION.height,
    show: false,
    backgroundColor: "#000000",
    autoHideMenuBar: true,
    webPreferences: lockedPreferences(developer),
  };
}

function lockedPreferences(developer: boolean): WebPreferences {
  return {
    // SECURITY: the page has an operating-system sandbox, a world apart from the preload script, and no Node anywhere
    // (checklist, items 2, 3 and 4). All of it is the default; written out so that no default can change it.
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    // SECURITY: same-origin policy and CSP hold, nothing insecure or experimental is let in (items 6, 8, 9 and 11).
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    // SECURITY: a file dropped beside its target does not replace the page.
    navigateOnDragDrop: false,
    // SECURITY: the spell checker is off before a text field exists; it would fetch dictionaries.
    spellcheck: false,
    // SECURITY: a shipped program gives no console to whoever passes by an open computer.
    devTools: developer,
  };
}

/** Loads the page and shows the window when there is something to see. Rejects when the page does not load. */
export async function showPage(window: Pick<BrowserWindow, "loadURL" | "once" | "show">): Promise<void> {
  window.once("ready-to-show", () => window.show());
  await window.loadURL(PAGE_URL);
}

/** What a second start does: it brings the first one to the front. */
export function focusWindow(
  window: Pick<BrowserWindow, "focus" | "isMinimized" | "restore"> | undefined,
): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}
