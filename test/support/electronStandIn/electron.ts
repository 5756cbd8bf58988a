/**
 * Stands in for Electron where its runtime is not: the app's real built main process runs in Node, its real built
 * preload script and page in a real Chromium, which playwright-core drives.
 *
 * It implements what the app uses and throws on everything else. How it differs from the real thing:
 * - Chromium is a browser of its own, headless, and not the version inside Electron.
 * - A page's origin is https://hg-nen-prognosis.invalid instead of app://hg-nen-prognosis. Its requests reach the app's
 *   request filter and protocol handler with the address mapped back, as does the sender of a message; the page itself
 *   sees the https address, and cannot use one that begins with app:.
 * - The preload script runs in the page's own world. What it exposes is copied, frozen and cloned as Electron does it,
 *   but context isolation itself is not there, so nothing here proves it.
 * - Sandbox and web preferences are asked for and not enforced; fuses, asar archives, menus and screens do not exist.
 * - The app's switches are given to Chromium as they are. Its request filter sees the requests of pages, not those of
 *   the browser itself.
 * - A new window is opened by Chromium and closed at once, where Electron opens none: window.open may give an object.
 * - "will-navigate" comes for navigations that make a request, so not for about:blank. There are no redirects.
 * - Permissions are decided once per page, for the few that chromiumWindow.ts lists, and set in Chromium beforehand.
 * - There is one session, and one start at a time.
 */
import type {
  App,
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
  CommandLine,
  Dialog,
  Display,
  IpcMain,
  Menu as ElectronMenu,
  Protocol,
  Screen,
  Session,
  WebContents,
  WebRequest,
} from "electron";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { WindowSide } from "./chromiumWindow.ts";
import { debuggingEndpoint, launchChromium, loadPage, openPage } from "./chromiumWindow.ts";
import { Events, only, PreventableEvent } from "./only.ts";
import { report } from "./report.ts";
import { state } from "./state.ts";

/** How the app was started: the folder of its package.json, and that of the browser's data. */
interface Start {
  appFolder: string;
  profile: string;
}

let started: Start | undefined;
let context: BrowserContext | undefined;
const openWindows: StandInWindow[] = [];
const appEvents = new Events("app", ["second-instance", "window-all-closed", "web-contents-created"]);
let announceReady: () => void;
const whenReady = new Promise<void>((resolve) => (announceReady = resolve));

/** Before the app's main module runs. */
export function prepare(start: Start): void {
  started = start;
}

/** Once the app's main module has run, as in Electron. */
export async function becomeReady(): Promise<void> {
  if (!state.sandboxed) throw new Error("the stand-in for Electron plays a sandboxed app only");
  context = await launchChromium(theStart().profile, state.switches);
  context.on("close", () => process.exit());
  state.ready = true;
  announceReady();
}

/** Closes everything and ends the process. */
export async function shutDown(code: number): Promise<void> {
  process.exitCode = code;
  await context?.close();
  process.exit();
}

function theStart(): Start {
  if (!started) throw new Error("the stand-in for Electron has not been prepared");
  return started;
}

function onlyBeforeReady(what: string): void {
  if (state.ready) throw new Error(`${what} is for the time before the app is ready`);
}

function onlyWhenReady(what: string): void {
  if (!state.ready) throw new Error(`${what} is for the time when the app is ready`);
}

export const app = only<App>("app", {
  commandLine: only<CommandLine>("app.commandLine", {
    appendSwitch(name, value) {
      onlyBeforeReady("appendSwitch");
      state.switches.push(value === undefined ? `--${name}` : `--${name}=${value}`);
    },
  }),
  isPackaged: false,
  enableSandbox() {
    onlyBeforeReady("enableSandbox");
    state.sandboxed = true;
  },
  exit: (code = 0) => void shutDown(code),
  getAppPath: () => theStart().appFolder,
  getVersion() {
    const text = readFileSync(path.join(theStart().appFolder, "package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version;
  },
  on: ((event: string, listener: () => void) => appEvents.add(event, listener, false)) as never,
  quit: () => void shutDown(0),
  requestSingleInstanceLock: () => true,
  whenReady: () => whenReady,
});

export const protocol = only<Protocol>("protocol", {
  registerSchemesAsPrivileged(schemes) {
    onlyBeforeReady("registerSchemesAsPrivileged");
    state.schemes.push(...schemes);
  },
});

const defaultSession = only<Session>("session.defaultSession", {
  protocol: only<Protocol>("session.protocol", {
    handle(scheme, handler) {
      // Our https origin has all of this without asking; Electron gives an unregistered scheme no origin and no storage.
      const { standard, secure } = state.schemes.find((known) => known.scheme === scheme)?.privileges ?? {};
      if (!standard || !secure) throw new Error(`"${scheme}" is not registered as standard and secure`);
      state.resources = handler;
    },
  }),
  webRequest: only<WebRequest>("session.webRequest", {
    onBeforeRequest: ((filter: typeof state.requestFilter) => (state.requestFilter = filter)) as never,
  }),
  setDevicePermissionHandler: () => undefined,
  setPermissionCheckHandler: (handler) => (state.permissionCheck = handler),
  setPermissionRequestHandler: (handler) => (state.permissionRequest = handler),
  setProxy: () => Promise.resolve(),
  setSpellCheckerDictionaryDownloadURL: () => undefined,
  setSpellCheckerEnabled: () => undefined,
});

export const session = {
  get defaultSession(): Session {
    onlyWhenReady("session");
    return defaultSession;
  },
};

export const ipcMain = only<IpcMain>("ipcMain", {
  handle(channel, listener) {
    if (state.invokeHandlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
    state.invokeHandlers.set(channel, listener);
  },
});

export const screen = only<Screen>("screen", {
  getPrimaryDisplay() {
    onlyWhenReady("screen");
    return only<Display>("Display", { workAreaSize: { width: 1920, height: 1040 } });
  },
});

export const dialog = only<Dialog>("dialog", {
  showErrorBox: (title, content) => report({ kind: "error-box", title, content }),
});

export const Menu = only<typeof ElectronMenu>("Menu", {
  buildFromTemplate: () => only<ElectronMenu>("menu", {}),
  setApplicationMenu: () => undefined,
});

const PLAYED_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
};

/** The app's window; what it shows is a page in Chromium, made when something is loaded. */
class StandInWindow {
  readonly #events = new Events("BrowserWindow", ["ready-to-show"]);
  readonly #side: WindowSide;
  readonly #shownAtOnce: boolean;
  #page: Page | undefined;

  constructor({
    webPreferences = {},
    width = 800,
    height = 600,
    show = true,
  }: BrowserWindowConstructorOptions) {
    onlyWhenReady("BrowserWindow");
    const { preload } = webPreferences;
    for (const [name, value] of Object.entries(PLAYED_PREFERENCES)) {
      if (webPreferences[name as keyof typeof PLAYED_PREFERENCES] !== value) {
        throw new Error(`the stand-in for Electron plays windows with ${name}: ${value} only`);
      }
    }
    if (!preload || !path.isAbsolute(preload)) throw new Error("preload must be an absolute path");
    this.#shownAtOnce = show;
    this.#side = {
      preload,
      width,
      height,
      contentsEvents: new Events("webContents", [
        "will-attach-webview",
        "will-frame-navigate",
        "will-navigate",
        "will-redirect",
      ]),
      contents: only<WebContents>("webContents", {
        on: ((event: string, listener: () => void) =>
          this.#side.contentsEvents.add(event, listener, false)) as never,
        setWebRTCIPHandlingPolicy: () => undefined,
        setWindowOpenHandler: (handler) => {
          this.#side.mayOpen = (url) => handler({ url } as never).action === "allow";
        },
      }),
      // Electron's default.
      mayOpen: () => true,
      onClosed: () => {
        openWindows.splice(openWindows.indexOf(this), 1);
        if (openWindows.length === 0) appEvents.emit("window-all-closed");
      },
    };
    openWindows.push(this);
    appEvents.emit("web-contents-created", new PreventableEvent(), this.#side.contents);
  }

  static getAllWindows(): StandInWindow[] {
    return [...openWindows];
  }

  async loadURL(url: string): Promise<void> {
    if (!context) throw new Error("Chromium is not running");
    this.#page ??= await openPage(context, this.#side);
    await loadPage(this.#page, url);
    if (this.#shownAtOnce) this.show();
    else this.#events.emit("ready-to-show");
  }

  once(event: string, listener: () => void): void {
    this.#events.add(event, listener, true);
  }

  show(): void {
    void debuggingEndpoint(theStart().profile).then((endpoint) => report({ kind: "window", endpoint }));
  }

  isMinimized(): boolean {
    return false;
  }

  focus(): void {
    void this.#page?.bringToFront();
  }
}

export const BrowserWindow = only<typeof ElectronBrowserWindow>(
  "BrowserWindow",
  StandInWindow as unknown as typeof ElectronBrowserWindow,
);
