import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeTheme,
  Rectangle,
  Size,
  WebPreferences,
} from "electron";
import { PAGE_URL } from "./resourcePath.ts";
import type { WindowPlace } from "./settings.ts";
import { SMALLEST_SIZE } from "./windowPlace.ts";

/** The page's own ground in both themes, as src-renderer/ui/tokens.css has it. */
export const groundOf = (dark: boolean): string => (dark ? "#0d1516" : "#f2f4f2");
const SMALLEST_PROJECTION: Size = { width: 640, height: 360 };

/**
 * Options of the main window, opened hidden.
 *
 * @param preload the built preload script, absolute
 * @param bounds as windowPlace.ts finds them
 * @param dark whether the system wants dark windows
 * @param developer whether the app runs from its sources
 */
export function windowOptions(
  preload: string,
  bounds: Rectangle,
  dark: boolean,
  developer: boolean,
): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: Math.min(SMALLEST_SIZE.width, bounds.width),
    minHeight: Math.min(SMALLEST_SIZE.height, bounds.height),
    // Shown when painted, on the page's own colour: no white flash.
    show: false,
    backgroundColor: groundOf(dark),
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
    // SECURITY: what nothing here uses is nobody's way in: plugins, the drivers of graphics cards, and boxes of a page
    // that look like the system's.
    plugins: false,
    webgl: false,
    disableDialogs: true,
    // SECURITY: a file dropped beside its target does not replace the page.
    navigateOnDragDrop: false,
    // SECURITY: the spell checker is off before a text field exists; it would fetch dictionaries.
    spellcheck: false,
    // SECURITY: a shipped program gives no console to whoever passes by an open computer.
    devTools: developer,
  };
}

/**
 * Loads the page and shows the window when there is something to see, as it was left. Rejects when the page does not load.
 */
export async function showPage(
  window: Pick<BrowserWindow, "loadURL" | "maximize" | "once" | "setFullScreen" | "show">,
  { maximised, fullScreen }: Pick<WindowPlace, "maximised" | "fullScreen">,
  onShown: () => void,
): Promise<void> {
  window.once("ready-to-show", () => {
    // Before it is shown, or the user sees it jump.
    if (maximised) window.maximize();
    window.show();
    if (fullScreen) window.setFullScreen(true);
    onShown();
  });
  await window.loadURL(PAGE_URL);
}

/** The page follows the system's theme by itself; this is what is seen before it has painted, and at its edges. */
export function followTheme(
  theme: Pick<NativeTheme, "on" | "shouldUseDarkColors">,
  window: Pick<BrowserWindow, "isDestroyed" | "setBackgroundColor">,
): void {
  theme.on("updated", () => {
    if (!window.isDestroyed()) window.setBackgroundColor(groundOf(theme.shouldUseDarkColors));
  });
}

/** What a second start does: it brings the first one to the front, unless that is about to end. */
export function focusWindow(
  window: Pick<BrowserWindow, "focus" | "isDestroyed" | "isMinimized" | "restore"> | undefined,
): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
