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
 * - Sandbox and web preferences are asked for and not enforced; fuses, asar archives and menus do not exist.
 * - Displays, the place of a window on them and full screen are played: a test says which displays there are, and is told
 *   where the app has put a window. Save dialogs and message boxes are answered by the test, the latter with no time
 *   passing, so that nothing shows that the main process waits. A PDF is Chromium's own of the real page.
 * - A user closes a window by the test's command, and its page may ask to stay ("will-prevent-unload") once somebody has
 *   used it, as in any Chromium. What the app itself ends, by quitting too, is not asked.
 * - A page that crashes stays so: "render-process-gone" never comes.
 * - The computer is put to sleep and locked by the test's command, with the events of every system.
 * - The app's switches are given to Chromium as they are. Its request filter sees the requests of pages, not those of
 *   the browser itself.
 * - A page's new window is opened by Chromium and closed at once, where Electron opens none: window.open may give an object.
 * - "will-navigate" comes for navigations that make a request, so not for about:blank. There are no redirects.
 * - Permissions are decided once per page, for the few that chromiumWindow.ts lists, and set in Chromium beforehand.
 * - A window without a preload script keeps the way to this process, as a subframe does, so that a spec can play a
 *   compromised one.
 * - The keychain is a file with a key in the profile's folder, which protects nothing; it says that it is a Linux's. As on
 *   a real Linux, one that does not answer is not told of: everything is sealed with a password that everybody knows.
 * - There is one session, and one start at a time.
 */
import type {
  App,
  BaseWindow,
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
  CommandLine,
  Dialog,
  Display,
  IpcMain,
  Menu as ElectronMenu,
  MessageBoxSyncOptions,
  PowerMonitor,
  Protocol,
  Rectangle,
  SafeStorage,
  SaveDialogOptions,
  Screen,
  Session,
  WebContents,
  WebRequest,
} from "electron";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { WindowSide } from "./chromiumWindow.ts";
import { debuggingEndpoint, launchChromium, loadPage, openPage, printToPdf } from "./chromiumWindow.ts";
import type { Command, ScriptedDisplay } from "./command.ts";
import { SYSTEM_EVENTS } from "./command.ts";
import { forgetKey, openSealed, seal } from "./keychain.ts";
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
let windowCount = 0;
const openWindows: StandInWindow[] = [];
const screenEvents = new Events("screen", ["display-removed"]);
const powerEvents = new Events("powerMonitor", SYSTEM_EVENTS);
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
  getPath(name) {
    if (name === "userData") return theStart().profile;
    if (name === "documents") return path.join(theStart().profile, "documents");
    throw new Error(`the stand-in for Electron knows no folder "${name}"`);
  },
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

const sessionEvents = new Events("session", ["will-download"]);
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
  // Nothing is downloaded here: what a page hands over goes through the shell.
  on: ((event: string, listener: () => void) => sessionEvents.add(event, listener, false)) as never,
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

const asDisplay = (facts: ScriptedDisplay): Display =>
  only<Display>("Display", {
    ...facts,
    workAreaSize: { width: facts.workArea.width, height: facts.workArea.height },
  });

/** What two rectangles share, in square pixels. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

export const screen = only<Screen>("screen", {
  getAllDisplays() {
    onlyWhenReady("screen");
    return state.displays.map(asDisplay);
  },
  getDisplayMatching(rectangle) {
    onlyWhenReady("screen");
    const shared = state.displays.map(({ bounds }) => overlap(bounds, rectangle));
    return asDisplay(state.displays[shared.indexOf(Math.max(...shared))]!);
  },
  getPrimaryDisplay() {
    onlyWhenReady("screen");
    return asDisplay(state.displays[0]!);
  },
  on: ((event: string, listener: () => void) => screenEvents.add(event, listener, false)) as never,
});

export const dialog = only<Dialog>("dialog", {
  showErrorBox: (title, content) => report({ kind: "error-box", title, content }),
  showMessageBoxSync: ((_window: BaseWindow, options: MessageBoxSyncOptions) => {
    report({ kind: "message-box", options });
    const answer = state.boxAnswers.shift();
    if (answer === undefined) throw new Error("nobody is there to answer the message box");
    return answer;
  }) as never,
  showSaveDialog: ((_window: BaseWindow, options: SaveDialogOptions) => {
    report({ kind: "save-dialog", options });
    const answer = state.dialogAnswers.shift();
    if (answer === undefined) return Promise.reject(new Error("nobody is there to answer the save dialog"));
    return Promise.resolve({ canceled: answer === null, filePath: answer ?? "" });
  }) as never,
});

export const powerMonitor = only<PowerMonitor>("powerMonitor", {
  on: ((event: string, listener: () => void) => powerEvents.add(event, listener, false)) as never,
});

export const safeStorage = only<SafeStorage>("safeStorage", {
  // True on a Linux without a keychain, too.
  isAsyncEncryptionAvailable: () => Promise.resolve(state.ready),
  getSelectedStorageBackend: () => (state.ready ? "gnome_libsecret" : "unknown"),
  encryptStringAsync: (plainText) =>
    new Promise((resolve) => {
      onlyWhenReady("safeStorage");
      resolve(seal(theStart().profile, plainText, state.keychainAnswers));
    }),
  decryptStringAsync: (encrypted) =>
    new Promise((resolve) => {
      onlyWhenReady("safeStorage");
      const result = openSealed(theStart().profile, encrypted, state.keychainAnswers);
      resolve({ result, shouldReEncrypt: false });
    }),
});

/** Plays what a user or a cable does. */
export function play(command: Command): void {
  switch (command.kind) {
    case "answer-save-dialog":
      state.dialogAnswers.push(command.filePath);
      break;
    case "answer-message-box":
      state.boxAnswers.push(command.button);
      break;
    case "displays": {
      const removed = state.displays.filter(({ id }) => !command.displays.some((left) => left.id === id));
      state.displays = command.displays;
      for (const gone of removed)
        screenEvents.emit("display-removed", new PreventableEvent(), asDisplay(gone));
      break;
    }
    case "close-window":
      openWindows.find(({ number }) => number === command.window)!.close();
      break;
    case "keychain":
      state.keychainAnswers = command.is !== "silent";
      if (command.is === "another") forgetKey(theStart().profile);
      break;
    case "system":
      powerEvents.emit(command.event);
  }
}

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

/** A window of the app; what it shows is a page in Chromium, made when something is loaded. */
class StandInWindow {
  readonly number = windowCount++;
  readonly #events = new Events("BrowserWindow", ["ready-to-show", "closed", "leave-full-screen"]);
  readonly #side: WindowSide;
  readonly #shownAtOnce: boolean;
  #page: Page | undefined;
  #bounds: Rectangle;
  #fullScreen = false;
  #shown = false;
  #destroyed = false;

  constructor({
    webPreferences = {},
    x,
    y,
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
    if (preload !== undefined && !path.isAbsolute(preload))
      throw new Error("preload must be an absolute path");
    this.#shownAtOnce = show;
    const { workArea } = state.displays[0]!;
    this.#bounds = {
      x: x ?? workArea.x + Math.round((workArea.width - width) / 2),
      y: y ?? workArea.y + Math.round((workArea.height - height) / 2),
      width,
      height,
    };
    this.#side = {
      preload: preload ?? null,
      width,
      height,
      contentsEvents: new Events("webContents", [
        "render-process-gone",
        "will-attach-webview",
        "will-frame-navigate",
        "will-navigate",
        "will-prevent-unload",
        "will-redirect",
      ]),
      contents: only<WebContents>("webContents", {
        on: ((event: string, listener: () => void) =>
          this.#side.contentsEvents.add(event, listener, false)) as never,
        print: () => report({ kind: "print", window: this.number }),
        printToPDF: (options) => {
          if (!this.#page) return Promise.reject(new Error("nothing is loaded"));
          return printToPdf(this.#page, options);
        },
        setWebRTCIPHandlingPolicy: () => undefined,
        setWindowOpenHandler: (handler) => {
          this.#side.mayOpen = (url) => handler({ url } as never).action === "allow";
        },
      }),
      // Electron's default.
      mayOpen: () => true,
      onClosed: () => this.#onClosed(),
    };
    openWindows.push(this);
    appEvents.emit("web-contents-created", new PreventableEvent(), this.#side.contents);
  }

  static getAllWindows(): StandInWindow[] {
    return [...openWindows];
  }

  get webContents(): WebContents {
    this.#onlyWhileThere();
    return this.#side.contents;
  }

  async loadURL(url: string): Promise<void> {
    this.#onlyWhileThere();
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
    this.#onlyWhileThere();
    this.#shown = true;
    this.#reportPlacement();
    void debuggingEndpoint(theStart().profile).then((endpoint) => report({ kind: "window", endpoint }));
  }

  getBounds(): Rectangle {
    this.#onlyWhileThere();
    return { ...this.#bounds };
  }

  setBounds(bounds: Rectangle): void {
    this.#onlyWhileThere();
    // As systems do.
    if (this.#fullScreen) throw new Error("a window that fills its display has no bounds to set");
    this.#bounds = { ...bounds };
    this.#reportPlacement();
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  setFullScreen(fullScreen: boolean): void {
    this.#onlyWhileThere();
    const left = this.#fullScreen && !fullScreen;
    this.#fullScreen = fullScreen;
    this.#reportPlacement();
    if (left) setTimeout(() => this.#events.emit("leave-full-screen"));
  }

  isMinimized(): boolean {
    return false;
  }

  focus(): void {
    this.#onlyWhileThere();
    report({ kind: "focus", window: this.number });
    void this.#page?.bringToFront();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** As a user does it: the page is asked. */
  close(): void {
    this.#onlyWhileThere();
    if (this.#page) void this.#page.close({ runBeforeUnload: true });
    else this.#onClosed();
  }

  destroy(): void {
    this.#onlyWhileThere();
    if (this.#page) void this.#page.close();
    else this.#onClosed();
  }

  #onlyWhileThere(): void {
    if (this.#destroyed) throw new TypeError("Object has been destroyed");
  }

  #reportPlacement(): void {
    if (!this.#shown) return;
    report({
      kind: "placement",
      window: this.number,
      bounds: this.#bounds,
      fullScreen: this.#fullScreen,
    });
  }

  #onClosed(): void {
    this.#destroyed = true;
    openWindows.splice(openWindows.indexOf(this), 1);
    report({ kind: "closed", window: this.number });
    this.#events.emit("closed");
    if (openWindows.length === 0) appEvents.emit("window-all-closed");
  }
}

export const BrowserWindow = only<typeof ElectronBrowserWindow>(
  "BrowserWindow",
  StandInWindow as unknown as typeof ElectronBrowserWindow,
);
