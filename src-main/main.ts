/** Composition root of the desktop edition. */
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell as system,
} from "electron";
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from "electron";
import path from "node:path";
import { LINKS } from "./api/contract.ts";
import { bindToElectron } from "./api/electronBinding.ts";
import { createHandlers } from "./api/endpoints.ts";
import { logLostProcesses, reloadAfterCrash } from "./shell/crash.ts";
import { createEvents } from "./shell/events.ts";
import { placeData } from "./shell/folders.ts";
import { addressesOf } from "./shell/links.ts";
import { codeOf, openLog, versionOf } from "./shell/log.ts";
import { menuTemplate } from "./shell/menu.ts";
import { createOpening } from "./shell/opening.ts";
import { policyFilesNamed, policyPlaces, readPolicy } from "./shell/policy.ts";
import { mayPrint } from "./shell/policyTable.ts";
import { PRIVILEGED_SCHEME, serveResources } from "./shell/protocol.ts";
import { createRecentFiles } from "./shell/recentFiles.ts";
import { countRefusals } from "./shell/refusals.ts";
import { isOwnPage } from "./shell/resourcePath.ts";
import { closeNetwork, lockContents, lockSession } from "./shell/security.ts";
import { endWithSession, flushAtQuit } from "./shell/sessionEnd.ts";
import { openSettings } from "./shell/settings.ts";
import { createShellHandlers } from "./shell/shellHandlers.ts";
import { describeStartUpFailure } from "./shell/startUpFailure.ts";
import { collectStarts } from "./shell/starts.ts";
import { refusedSwitches } from "./shell/switches.ts";
import { pushSystemLocks } from "./shell/systemLock.ts";
import { askBeforeUnload } from "./shell/unload.ts";
import { offerReload } from "./shell/unresponsive.ts";
import { focusWindow, followTheme, showPage, windowOptions } from "./shell/window.ts";
import { displaysOf, keepPlace, startPlace } from "./shell/windowPlace.ts";
import { loadStudy } from "./study/load.ts";
import { DamagedFileError, readProgramFile } from "./study/programFile.ts";
import { desktop } from "./words/menu.ts";
import { saving } from "./words/saving.ts";
import { boxes } from "./words/window.ts";

// SECURITY: every renderer is sandboxed, whatever a window's options say; first, because nothing must come before it.
app.enableSandbox();
closeNetwork(app.commandLine);
protocol.registerSchemesAsPrivileged([PRIVILEGED_SCHEME]);
const refusals = countRefusals();
lockContents(app, refusals.refused);
const folders = placeData(app);
const logFile = openLog({ folder: folders.logs });
const { log } = logFile;

/** The one that the user works in; a second may show slides to an audience. */
let window: BrowserWindow | undefined;

// A developer's debugger is wanted.
const unwanted = app.isPackaged ? refusedSwitches(app.commandLine) : [];
if (unwanted.length > 0) {
  dialog.showErrorBox(boxes.startUp.title, boxes.startUp.switches(unwanted));
  app.exit(1);
} else if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => log("second-start"));
  const { argv, platform } = process;
  const toFront = (): void => focusWindow(window);
  const openedBy = collectStarts({ app, argv, cwd: process.cwd(), platform, toFront });
  app.on("window-all-closed", () => app.quit());
  logLostProcesses(app, log);
  app
    .whenReady()
    .then(() => start(openedBy))
    .catch(giveUp);
} else {
  app.quit();
}

async function start(openedBy: ReturnType<typeof collectStarts>): Promise<void> {
  const appPath = app.getAppPath();
  const developer = !app.isPackaged;
  log("start", {
    app: versionOf(app.getVersion()),
    electron: versionOf(process.versions["electron"]),
    chromium: versionOf(process.versions["chrome"]),
    node: versionOf(process.versions.node),
    platform: process.platform,
    packaged: app.isPackaged,
  });
  const study = loadStudy(appPath);
  const core = createHandlers(study, app.getVersion());
  const settings = await openSettings({ folder: folders.data, log });
  flushAtQuit({
    app,
    flush: async () => {
      await settings.flush();
      refusals.tell(log);
      log("quit", { code: 0 });
      await logFile.flush();
    },
  });

  const places = policyPlaces(process.platform, process.execPath, process.env);
  const policy = readPolicy([...places, ...(developer ? policyFilesNamed(process.argv) : [])]);
  const { lockAfterMinutes, ...allowed } = policy.policy;
  log("policy", {
    files: policy.files.length,
    problems: policy.problems.length,
    ...allowed,
    lockAfterMinutes: lockAfterMinutes ?? 0,
  });
  // SECURITY: where nothing may be stored, the page has a session without "persist:": Chromium keeps it in memory, and
  // what lies on the disk from before is neither seen nor touched.
  const pages = policy.policy.storage ? session.defaultSession : session.fromPartition("sitting");
  for (const each of new Set([session.defaultSession, pages]))
    await lockSession(each, developer, refusals.refused);
  serveResources(pages.protocol, path.join(appPath, "dist/renderer"));

  const preload = path.join(appPath, "dist/preload/preload.cjs");
  const createWindow = (options: BrowserWindowConstructorOptions): BrowserWindow =>
    new BrowserWindow({ ...options, webPreferences: { ...options.webPreferences, session: pages } });
  const place = startPlace(settings.value, displaysOf(screen));
  const main = createWindow(windowOptions(preload, place.bounds, nativeTheme.shouldUseDarkColors, developer));
  window = main;
  const { webContents } = main;

  const folder = (): string => app.getPath("documents");
  const events = createEvents({ window: main });
  pushSystemLocks(powerMonitor, events.push);
  const recent = createRecentFiles({ settings, remember: policy.policy.storage, changed: () => showMenu() });
  const opening = createOpening({
    ...{ dialog, window: main, platform: process.platform, push: events.push, recent },
    words: desktop.opening,
  });
  const { homepage } = readProgramFile(
    path.join(appPath, "package.json"),
    (data) => data as { homepage?: unknown },
  );
  const addresses = addressesOf(study.study.citation.doi, homepage);
  const shell = createShellHandlers({
    policy,
    saving: { dialog, window: main, folder, fileTypes: saving.fileTypes },
    projector: { main, screen, createWindow, developer },
    keychain: { safeStorage },
    backups: {
      folder: path.join(folders.data, "backups"),
      onRefused: (reason) => log("backup-failed", { reason }),
    },
    diagnostics: {
      ...{ app, screen, safeStorage, policy, folder: folders.data, words: boxes.diagnostics },
      modelVersion: study.study.modelVersion,
      log: logFile.last,
    },
    events,
    opening,
    links: {
      ...{ dialog, window: main, clipboard, addresses, words: { title: boxes.title, ...boxes.link } },
      openExternal: (address) => system.openExternal(address),
    },
  });
  bindToElectron(ipcMain, { core, shell }, { contents: webContents, isOwnPage }, (endpoint, error) =>
    log("unforeseen", { endpoint, code: codeOf(error) }),
  );
  const { title } = boxes;
  const unloading = endWithSession({
    ...{ app, window: main, powerMonitor, log },
    signals: process,
    flush: () => void settings.flush(),
    lock: () => events.push({ kind: "lock", reason: "suspend" }),
  });
  askBeforeUnload({ dialog, window: main, words: { title, ...boxes.unload }, unloading });
  const reload = reloadAfterCrash({
    ...{ dialog, window: main, log, words: { title, ...boxes.crash } },
    quit: () => app.quit(),
  });
  offerReload({ dialog, window: main, reload, log, words: { title, ...boxes.unresponsive } });
  keepPlace({ window: main, screen, settings, onBroughtBack: () => log("window-brought-back") });
  followTheme(nativeTheme, main);

  const menu = (): MenuItemConstructorOptions[] =>
    menuTemplate({
      ...{ platform: process.platform, developer, labels: desktop.menu, recent: recent.list() },
      links: policy.policy.links ? LINKS.filter((link) => addresses[link] !== null) : [],
      open: () => void opening.choose().catch(() => undefined),
      openRecent: (file) => void opening.open({ files: [file], left: [] }),
      clearRecent: () => recent.clear(),
      print: mayPrint(policy.policy) ? () => webContents.print() : null,
      openLink: (link) => void shell.openLink({ link }),
      command: (command) => events.push({ kind: "command", command }),
    });
  const showMenu = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menu()));
  showMenu();
  log("ready");
  await showPage(main, place, () => log("window-shown", { ms: performance.now() }));
  // A question about a file needs a window to belong to.
  openedBy((found) => void opening.open(found));
}

async function giveUp(error: unknown): Promise<void> {
  log("start-failed", { damagedFile: error instanceof DamagedFileError, code: codeOf(error) });
  await logFile.flush();
  const { title, content } = describeStartUpFailure(error, boxes.startUp, folders.logs);
  dialog.showErrorBox(title, content);
  app.exit(1);
}
