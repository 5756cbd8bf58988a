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
 * - Sandbox and web preferences are asked for and not enforced; fuses and asar archives do not exist. A menu is not
 *   drawn: what a user chooses in it is the test's command, and its accelerators and roles do nothing.
 * - "did-navigate" comes when the document is about to arrive, before its first script as in Electron.
 * - Displays, the place of a window on them and full screen are played: a test says which displays there are, and is told
 *   where the app has put a window. Save dialogs and message boxes are answered by the test, the latter with no time
 *   passing, so that nothing shows that the main process waits; one that need not
 *   be waited for stays open without an answer until the app closes it. A PDF is Chromium's own of the real page.
 * - What a user does to a window (moving, maximising, closing) is the test's command. Systems move a window away from a
 *   display that goes; here it stays where it was.
 * - A page may ask to stay ("will-prevent-unload") once somebody has used it, as in any Chromium, when its window is
 *   closed or the app quits. What the app destroys is not asked, nor are pages when the test itself stops the stand-in.
 * - A crash is played: the page lives on, unseen, until the app loads it again, and is not asked then. So is a hang.
 * - A log-off is told of as Windows does it and a shutdown as Linux does it, on every system, and then nobody kills the
 *   app. Signals are real ones; without a listener of the app they end it at once, where Electron quits.
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
 * - No address is opened outside, and the system's clipboard is not written by the main process: the test is told of both.
 * - There is the default session and one without "persist:", which is an off-the-record profile of the same browser; a
 *   page of it is the only one then.
 * - An app that does not get the one lock of its profile becomes ready without a browser, and can open no window. The lock
 *   is refused where another one runs, where nothing can be written, and where Chromium's own link names another computer.
 * - A second start is a second process of the stand-in with the same profile. It tells the first one by a file, and hands
 *   its arguments over as they are, where Electron may reorder them and add its own. Nothing is started once more: the test
 *   is told of it.
 */
import type {
  App,
  BaseWindow,
  BrowserWindow as ElectronBrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  CommandLine,
  Dialog,
  Display,
  IpcMain,
  Menu as ElectronMenu,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxSyncOptions,
  NativeTheme,
  OpenDialogOptions,
  PowerMonitor,
  Protocol,
  Rectangle,
  SafeStorage,
  SaveDialogOptions,
  Screen,
  Session,
  Shell,
  WebContents,
  WebRequest,
} from "electron";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isDeepStrictEqual } from "node:util";
import type { BrowserContext, Page } from "playwright-core";
import type { WindowSide } from "./chromiumWindow.ts";
import {
  debuggingEndpoint,
  launchChromium,
  loadPage,
  openInMemory,
  openPage,
  printToPdf,
  reloadPage,
} from "./chromiumWindow.ts";
import type { Arrangement, Command, ScriptedDisplay } from "./command.ts";
import { SYSTEM_EVENTS } from "./command.ts";
import { isFirstStart } from "./instance.ts";
import { forgetKey, openSealed, seal } from "./keychain.ts";
import { choose, pathsOf } from "./menu.ts";
import { Events, only, PreventableEvent } from "./only.ts";
import { report } from "./report.ts";
import type { RequestFilter, SessionSide } from "./state.ts";
import { state } from "./state.ts";

/** How the app was started: the folder of its package.json, and that of the browser's data. */
interface Start {
  appFolder: string;
  profile: string;
}

let started: Start | undefined;
let isFirst = true;
let context: BrowserContext | undefined;
let memory: BrowserContext | undefined;
let logs: string | undefined;
let windowCount = 0;
const openWindows: StandInWindow[] = [];
const screenEvents = new Events("screen", ["display-metrics-changed", "display-removed"]);
const powerEvents = new Events("powerMonitor", [...SYSTEM_EVENTS, "shutdown"]);
const themeEvents = new Events("nativeTheme", ["updated"]);
const appEvents = new Events("app", [
  ...["open-file", "second-instance", "window-all-closed", "web-contents-created"],
  ...["before-quit", "will-quit", "child-process-gone"],
]);
let announceReady: () => void;
const whenReady = new Promise<void>((resolve) => (announceReady = resolve));

/** Before the app's main module runs. */
export function prepare(start: Start): void {
  started = start;
}

/** Once the app's main module has run, as in Electron. */
export async function becomeReady(): Promise<void> {
  if (!state.sandboxed) throw new Error("the stand-in for Electron plays a sandboxed app only");
  if (isFirst) {
    context = await launchChromium(theStart().profile, state.switches);
    context.on("close", () => {
      if (!leaving) process.exit();
    });
  }
  state.ready = true;
  announceReady();
}

/** Where the pages of a session are. */
async function contextOf({ inMemory }: SessionSide): Promise<BrowserContext> {
  if (!context) throw new Error("Chromium is not running");
  if (!inMemory) return context;
  if (!memory) {
    memory = await openInMemory(context);
    // The page that Chromium starts with is not one of the app's; it goes once there is another.
    const [blank] = context.pages();
    memory.once("page", () => void blank?.close());
  }
  return memory;
}

/** The app has been told to quit, and its windows are closing. */
let quitting = false;
/** All windows are closed, and the app does its last work. */
let leaving = false;

/** As Electron: each window may stay, and then there is no quit. */
function quit(): void {
  if (quitting) return;
  const event = new PreventableEvent();
  appEvents.emit("before-quit", event);
  if (event.defaultPrevented) return;
  quitting = true;
  if (openWindows.length === 0) willQuit();
  for (const window of [...openWindows]) if (!window.isDestroyed()) window.close();
}

function willQuit(): void {
  leaving = true;
  const event = new PreventableEvent();
  appEvents.emit("will-quit", event);
  if (!event.defaultPrevented) void shutDown(0);
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
    hasSwitch: (name) => name === "user-data-dir",
  }),
  isPackaged: false,
  enableSandbox() {
    onlyBeforeReady("enableSandbox");
    state.sandboxed = true;
  },
  exit: (code = 0) => void shutDown(code),
  getAppPath: () => theStart().appFolder,
  getLocale: () => "en-GB",
  getPath(name) {
    if (name === "userData") return theStart().profile;
    if (name === "documents") return path.join(theStart().profile, "documents");
    if (name === "logs" && logs !== undefined) return logs;
    throw new Error(`the stand-in for Electron knows no folder "${name}"`);
  },
  getVersion() {
    const text = readFileSync(path.join(theStart().appFolder, "package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version;
  },
  on: ((event: string, listener: () => void) => appEvents.add(event, listener, false)) as never,
  quit,
  relaunch: (options) => report({ kind: "relaunch", args: options?.args ?? [] }),
  requestSingleInstanceLock: () =>
    (isFirst = isFirstStart(theStart().profile, ({ argv, workingDirectory }) =>
      appEvents.emit("second-instance", new PreventableEvent(), argv, workingDirectory, null),
    )),
  setAppLogsPath: (folder) => (logs = folder),
  setAppUserModelId: () => undefined,
  whenReady: () => whenReady,
});

export const nativeTheme = only<NativeTheme>("nativeTheme", {
  shouldUseDarkColors: false,
  on: ((event: string, listener: () => void) => themeEvents.add(event, listener, false)) as never,
});

export const protocol = only<Protocol>("protocol", {
  registerSchemesAsPrivileged(schemes) {
    onlyBeforeReady("registerSchemesAsPrivileged");
    state.schemes.push(...schemes);
  },
});

const sides = new Map<Session, SessionSide>();
function makeSession(inMemory: boolean): Session {
  const events = new Events("session", ["will-download"]);
  const side: SessionSide = {
    inMemory,
    resources: null,
    requestFilter: null,
    permissionCheck: null,
    permissionRequest: null,
  };
  const made = only<Session>("session", {
    protocol: only<Protocol>("session.protocol", {
      handle(scheme, handler) {
        // Our https origin has all of this without asking; Electron gives an unregistered scheme no origin and no storage.
        const { standard, secure } = state.schemes.find((known) => known.scheme === scheme)?.privileges ?? {};
        if (!standard || !secure) throw new Error(`"${scheme}" is not registered as standard and secure`);
        side.resources = handler;
      },
    }),
    webRequest: only<WebRequest>("session.webRequest", {
      onBeforeRequest: ((filter: RequestFilter) => (side.requestFilter = filter)) as never,
    }),
    // Nothing is downloaded here: what a page hands over goes through the shell.
    on: ((event: string, listener: () => void) => events.add(event, listener, false)) as never,
    setDevicePermissionHandler: () => undefined,
    setPermissionCheckHandler: (handler) => (side.permissionCheck = handler),
    setPermissionRequestHandler: (handler) => (side.permissionRequest = handler),
    setProxy: () => Promise.resolve(),
    setSpellCheckerDictionaryDownloadURL: () => undefined,
    setSpellCheckerEnabled: () => undefined,
  });
  sides.set(made, side);
  return made;
}
const defaultSession = makeSession(false);
const inMemorySessions = new Map<string, Session>();
export const session = {
  get defaultSession(): Session {
    onlyWhenReady("session");
    return defaultSession;
  },
  fromPartition(partition: string): Session {
    onlyWhenReady("session");
    if (partition === "" || partition.startsWith("persist:")) {
      throw new Error("the stand-in for Electron keeps the default session on the disk and no other");
    }
    const known = inMemorySessions.get(partition) ?? makeSession(true);
    inMemorySessions.set(partition, known);
    return known;
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
  showErrorBox(title, content) {
    // As in Electron: there is no box before.
    if (process.platform === "linux" && !state.ready) process.stderr.write(`${title}\n${content}\n`);
    else report({ kind: "error-box", title, content });
  },
  showMessageBoxSync: ((_window: BaseWindow, options: MessageBoxSyncOptions) => {
    report({ kind: "message-box", options });
    const answer = state.boxAnswers.shift();
    if (answer === undefined) throw new Error("nobody is there to answer the message box");
    return answer;
  }) as never,
  showMessageBox: ((_window: BaseWindow, options: MessageBoxOptions) => {
    const { signal, ...shown } = options;
    report({ kind: "message-box", options: shown });
    const answer = state.boxAnswers.shift();
    const cancelled = { response: options.cancelId ?? 0, checkboxChecked: false };
    if (answer !== undefined) return Promise.resolve({ ...cancelled, response: answer });
    // Nobody answers: it is open until the app closes it.
    return new Promise((resolve) =>
      signal?.addEventListener("abort", () => {
        report({ kind: "message-box-closed" });
        resolve(cancelled);
      }),
    );
  }) as never,
  showOpenDialog: ((_window: BaseWindow, options: OpenDialogOptions) => {
    report({ kind: "open-dialog", options });
    const answer = state.openAnswers.shift();
    if (answer === undefined) return Promise.reject(new Error("nobody is there to answer the open dialog"));
    return Promise.resolve({ canceled: answer === null, filePaths: answer === null ? [] : [answer] });
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

/** Nothing is opened, and no clipboard written: the test is told. */
export const shell = only<Shell>("shell", {
  openExternal: (url) => Promise.resolve(report({ kind: "opened-outside", url })),
});

export const clipboard = only<Clipboard>("clipboard", {
  writeText: (text) => Promise.resolve(report({ kind: "copied", text })),
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

const openWindow = (number: number): StandInWindow => openWindows.find((window) => window.number === number)!;

function measureMemory(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  report({ kind: "memory", heap: heapUsed, resident: rss });
}

/** Plays what a user or a cable does. */
export function play(command: Command): void {
  switch (command.kind) {
    case "answer-save-dialog":
      state.dialogAnswers.push(command.filePath);
      break;
    case "answer-open-dialog":
      state.openAnswers.push(command.filePath);
      break;
    case "menu":
      choose(state.menu, command.path);
      break;
    case "open-file":
      appEvents.emit("open-file", new PreventableEvent(), command.path);
      break;
    case "answer-message-box":
      state.boxAnswers.push(command.button);
      break;
    case "displays": {
      const removed = state.displays.filter(({ id }) => !command.displays.some((left) => left.id === id));
      const changed = command.displays.filter((now) =>
        state.displays.some((before) => before.id === now.id && !isDeepStrictEqual(before, now)),
      );
      state.displays = command.displays;
      for (const display of changed)
        screenEvents.emit("display-metrics-changed", new PreventableEvent(), asDisplay(display), []);
      for (const gone of removed)
        screenEvents.emit("display-removed", new PreventableEvent(), asDisplay(gone));
      break;
    }
    case "measure-memory":
      measureMemory();
      break;
    case "close-window":
      openWindow(command.window).close();
      break;
    case "arrange":
      openWindow(command.window).arrange(command.to);
      break;
    case "crash":
      openWindow(command.window).crash(command.reason);
      break;
    case "hang":
      openWindow(command.window).hang(command.hangs);
      break;
    case "session-end":
      if (command.how === "shutdown") powerEvents.emit("shutdown", new PreventableEvent());
      else for (const window of [...openWindows]) window.endSession();
      break;
    case "keychain":
      state.keychainAnswers = command.is !== "silent";
      if (command.is === "another") forgetKey(theStart().profile);
      break;
    case "system":
      powerEvents.emit(command.event);
  }
}

const templates = new Map<unknown, MenuItemConstructorOptions[]>();
export const Menu = only<typeof ElectronMenu>("Menu", {
  buildFromTemplate(template) {
    const built = only<ElectronMenu>("menu", {});
    templates.set(built, template as MenuItemConstructorOptions[]);
    return built;
  },
  setApplicationMenu(menu) {
    onlyWhenReady("setApplicationMenu");
    state.menu = templates.get(menu)!;
    report({ kind: "menu", paths: pathsOf(state.menu) });
  },
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
  readonly #events = new Events("BrowserWindow", [
    ...[
      "ready-to-show",
      "close",
      "closed",
      "move",
      "resize",
      "maximize",
      "unmaximize",
      "minimize",
      "restore",
    ],
    ...["enter-full-screen", "leave-full-screen", "enter-html-full-screen", "leave-html-full-screen"],
    ...["unresponsive", "responsive", "query-session-end", "session-end"],
  ]);
  readonly #side: WindowSide;
  readonly #shownAtOnce: boolean;
  #page: Page | undefined;
  /** as it is when it is neither maximised nor full screen */
  #bounds: Rectangle;
  #fullScreen = false;
  #maximised = false;
  #minimised = false;
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
    const { preload, session: given = defaultSession } = webPreferences;
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
      session: sides.get(given)!,
      contentsEvents: new Events("webContents", [
        "did-navigate",
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
        forcefullyCrashRenderer: () => setImmediate(() => this.crash("killed")),
        print: () => report({ kind: "print", window: this.number }),
        reload: () => void this.#reload(),
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
      gone: false,
      onStays: () => (quitting = false),
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
    this.#page ??= await openPage(await contextOf(this.#side.session), this.#side);
    await loadPage(this.#page, url);
    if (this.#shownAtOnce) this.show();
    else this.#events.emit("ready-to-show");
  }

  once(event: string, listener: () => void): void {
    this.#events.add(event, listener, true);
  }

  on(event: string, listener: () => void): void {
    this.#events.add(event, listener, false);
  }

  async #reload(): Promise<void> {
    if (this.#page) await reloadPage(this.#page);
    this.#side.gone = false;
  }

  /** As a user puts it. */
  arrange(to: Rectangle | Arrangement): void {
    if (to === "maximised") this.maximize();
    else if (to === "full-screen") this.setFullScreen(true);
    else if (to === "minimised") {
      this.#minimised = true;
      this.#events.emit("minimize");
    } else if (to === "normal") {
      if (this.#minimised) this.restore();
      else if (this.#fullScreen) this.setFullScreen(false);
      else this.unmaximize();
    } else this.setBounds(to);
  }

  crash(reason: string): void {
    this.#side.gone = true;
    this.#side.contentsEvents.emit("render-process-gone", new PreventableEvent(), { reason, exitCode: 1 });
  }

  hang(hangs: boolean): void {
    this.#events.emit(hangs ? "unresponsive" : "responsive");
  }

  endSession(): void {
    const event = Object.assign(new PreventableEvent(), { reasons: ["logoff"] });
    this.#events.emit("query-session-end", event);
    if (!event.defaultPrevented) this.#events.emit("session-end", event);
  }

  show(): void {
    this.#onlyWhileThere();
    this.#shown = true;
    this.#reportPlacement();
    void debuggingEndpoint(theStart().profile).then((endpoint) => report({ kind: "window", endpoint }));
  }

  getBounds(): Rectangle {
    this.#onlyWhileThere();
    if (!this.#fullScreen && !this.#maximised) return { ...this.#bounds };
    const { bounds, workArea } = screen.getDisplayMatching(this.#bounds);
    return { ...(this.#fullScreen ? bounds : workArea) };
  }

  getNormalBounds(): Rectangle {
    this.#onlyWhileThere();
    return { ...this.#bounds };
  }

  setBounds(bounds: Rectangle): void {
    this.#onlyWhileThere();
    // As systems do.
    if (this.#fullScreen) throw new Error("a window that fills its display has no bounds to set");
    this.#bounds = { ...bounds };
    this.#reportPlacement();
    this.#events.emit("move");
    this.#events.emit("resize");
  }

  setBackgroundColor(): void {
    this.#onlyWhileThere();
  }

  isVisible(): boolean {
    return this.#shown && !this.#minimised;
  }

  isMaximized(): boolean {
    return this.#maximised;
  }

  maximize(): void {
    this.#onlyWhileThere();
    this.#maximised = true;
    this.#reportPlacement();
    this.#events.emit("maximize");
  }

  unmaximize(): void {
    this.#onlyWhileThere();
    this.#maximised = false;
    this.#reportPlacement();
    this.#events.emit("unmaximize");
  }

  restore(): void {
    this.#onlyWhileThere();
    this.#minimised = false;
    this.#events.emit("restore");
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
    else if (fullScreen) setTimeout(() => this.#events.emit("enter-full-screen"));
  }

  isMinimized(): boolean {
    return this.#minimised;
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
    this.#events.emit("close", new PreventableEvent());
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
      ...(this.#maximised && { maximised: true as const }),
    });
  }

  #onClosed(): void {
    this.#destroyed = true;
    openWindows.splice(openWindows.indexOf(this), 1);
    report({ kind: "closed", window: this.number });
    this.#events.emit("closed");
    if (openWindows.length > 0) return;
    if (quitting) willQuit();
    else appEvents.emit("window-all-closed");
  }
}

export const BrowserWindow = only<typeof ElectronBrowserWindow>(
  "BrowserWindow",
  StandInWindow as unknown as typeof ElectronBrowserWindow,
);
