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
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, Session } from "electron";
import path from "node:path";
import type { Link, PolicyInForce } from "./api/contract.ts";
import { LINKS } from "./api/contract.ts";
import { bindToElectron } from "./api/electronBinding.ts";
import { createHandlers } from "./api/endpoints.ts";
import type { ShellHandlers } from "./api/shellEndpoints.ts";
import type { BackupMeans } from "./shell/backups.ts";
import { logLostProcesses, reloadAfterCrash } from "./shell/crash.ts";
import type { DiagnosticsMeans } from "./shell/diagnostics.ts";
import { createEvents } from "./shell/events.ts";
import { whyNotFirst } from "./shell/firstInstance.ts";
import { placeData } from "./shell/folders.ts";
import type { Addresses, LinkMeans } from "./shell/links.ts";
import { addressesOf } from "./shell/links.ts";
import { codeOf, openLog, versionOf } from "./shell/log.ts";
import { menuTemplate } from "./shell/menu.ts";
import type { FoundFiles } from "./shell/openedPaths.ts";
import { createOpening } from "./shell/opening.ts";
import { policyFilesNamed, policyPlaces, readPolicy } from "./shell/policy.ts";
import { mayPrint } from "./shell/policyTable.ts";
import { PRIVILEGED_SCHEME, serveResources } from "./shell/protocol.ts";
import { createRecentFiles } from "./shell/recentFiles.ts";
import { countRefusals } from "./shell/refusals.ts";
import { isOwnPage } from "./shell/resourcePath.ts";
import { closeNetwork, lockContents, lockSession } from "./shell/security.ts";
import type { Unloading } from "./shell/sessionEnd.ts";
import { endWithSession, flushAtQuit } from "./shell/sessionEnd.ts";
import type { SettingsStore } from "./shell/settings.ts";
import { openSettings } from "./shell/settings.ts";
import { createShellHandlers } from "./shell/shellHandlers.ts";
import { describeStartUpFailure } from "./shell/startUpFailure.ts";
import { againOptions, collectStarts } from "./shell/starts.ts";
import { sureOfDeletion } from "./shell/sureOfDeletion.ts";
import { opensPort, refusedSwitches } from "./shell/switches.ts";
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

const appPath = app.getAppPath();
const preload = path.join(appPath, "dist/preload/preload.cjs");
const developer = !app.isPackaged;
const { title } = boxes;

/** The one that the user works in; a second may show slides to an audience. */
let window: BrowserWindow | undefined;
/** whether it may ask something, or the computer is shut down */
let unloading = (): Unloading => "ask";

// A developer's debugger is wanted.
const unwanted = developer ? [] : refusedSwitches(app.commandLine);
if (unwanted.length > 0) {
  void refuseToStart(unwanted);
} else if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => log("second-start"));
  const { argv, platform } = process;
  const toFront = (): void => focusWindow(window);
  const startAgain = (found: FoundFiles): boolean => {
    if (!window?.isDestroyed() || unloading() !== "ask") return false;
    app.relaunch(againOptions({ argv, platform, env: process.env, developer }, found));
    return true;
  };
  const openedBy = collectStarts({ app, argv, cwd: process.cwd(), platform, toFront, startAgain });
  app.on("window-all-closed", () => app.quit());
  logLostProcesses(app, log);
  app
    .whenReady()
    .then(() => start(openedBy))
    .catch(giveUp);
} else {
  void leave();
}

async function refuseToStart(switches: readonly string[]): Promise<void> {
  // Before that Linux shows no box. A debugger's port would be open by then, so that its user reads the terminal only.
  if (!switches.some(opensPort)) await app.whenReady();
  dialog.showErrorBox(boxes.startUp.title, boxes.startUp.switches(switches));
  app.exit(1);
}

/** The first one has been told of this start. Where there is none, a box says why there is no window. */
async function leave(): Promise<void> {
  const found = await whyNotFirst(folders.data);
  if (!found) return app.quit();
  const { why, place, computer } = found;
  log("not-first", { why });
  await logFile.flush();
  // Before that Linux shows no box.
  await app.whenReady();
  dialog.showErrorBox(boxes.startUp.title, boxes.startUp.notFirst[why](place, computer));
  app.exit(1);
}

async function start(openedBy: ReturnType<typeof collectStarts>): Promise<void> {
  noteStart();
  const study = loadStudy(appPath);
  const settings = await openSettings({ folder: folders.data, log });
  const endAtOnce = flushAtQuit({ app, flush: () => flush(settings) });
  const policy = await decide();
  const createWindow = windowsIn(await openPages(policy));

  const place = startPlace(settings.value, displaysOf(screen));
  const dark = nativeTheme.shouldUseDarkColors;
  const main = createWindow(windowOptions(preload, place.bounds, dark, developer));
  window = main;
  const events = createEvents({ window: main });
  pushSystemLocks(powerMonitor, events.push);
  watchOver(main, settings, () => events.push({ kind: "lock", reason: "suspend" }), endAtOnce);

  const recent = createRecentFiles({ settings, remember: policy.policy.storage, changed: () => showMenu() });
  const { platform } = process;
  const { push } = events;
  const opening = createOpening({ dialog, window: main, platform, push, recent, words: desktop.opening });
  const addresses = addressesOf(study.study.citation.doi, homepage());
  const shell = createShellHandlers({
    policy,
    saving: { dialog, window: main, folder: () => app.getPath("documents"), fileTypes: saving.fileTypes },
    projector: { main, screen, createWindow, developer },
    keychain: { safeStorage },
    backups: backupMeans(main),
    diagnostics: diagnosticMeans(policy, study.study.modelVersion),
    events,
    opening,
    links: linkMeans(main, addresses),
    notes: { log },
  });
  const core = createHandlers(study, app.getVersion());
  bindToElectron(ipcMain, { core, shell }, { contents: main.webContents, isOwnPage }, (endpoint, error) =>
    log("unforeseen", { endpoint, code: codeOf(error) }),
  );

  const menu = (): MenuItemConstructorOptions[] =>
    menuTemplate({
      platform,
      developer,
      labels: desktop.menu,
      recent: recent.list(),
      why: policy.problems.length > 0 ? "unread" : "decided",
      links: LINKS.filter((link) => addresses[link] !== null),
      open: () => void opening.choose().catch(sayNotDone),
      openRecent: (file) => void opening.open({ files: [file], left: [] }),
      clearRecent: () => recent.clear(),
      saves: policy.policy.exports === "all",
      print: mayPrint(policy.policy) ? () => main.webContents.print() : null,
      openLink: policy.policy.links ? (link) => void openFromMenu(shell, link) : null,
      command: (command) => push({ kind: "command", command }),
    });
  const showMenu = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menu()));
  showMenu();
  log("ready");
  await showPage(main, place, () => log("window-shown", { ms: performance.now() }));
  // A question about a file needs a window to belong to.
  openedBy((found) => void opening.open(found));
}

function noteStart(): void {
  log("start", {
    app: versionOf(app.getVersion()),
    electron: versionOf(process.versions["electron"]),
    chromium: versionOf(process.versions["chrome"]),
    node: versionOf(process.versions.node),
    platform: process.platform,
    packaged: app.isPackaged,
  });
}

/** The last writes of the main process. */
async function flush(settings: SettingsStore): Promise<void> {
  await settings.flush();
  refusals.tell(log);
  log("quit", { code: 0 });
  await logFile.flush();
}

/** What an administrator has decided, read once: a policy holds from the next start on. */
async function decide(): Promise<PolicyInForce> {
  const places = policyPlaces(process.platform, process.execPath, process.env);
  const policy = await readPolicy([...places, ...(developer ? policyFilesNamed(process.argv) : [])]);
  const { lockAfterMinutes, ...allowed } = policy.policy;
  log("policy", {
    files: policy.files.length,
    problems: policy.problems.length,
    ...allowed,
    lockAfterMinutes: lockAfterMinutes ?? 0,
  });
  return policy;
}

/** The session of our pages, locked and served, before any window is. */
async function openPages({ policy }: PolicyInForce): Promise<Session> {
  // SECURITY: where nothing may be stored, the page has a session without "persist:": Chromium keeps it in memory, and
  // what lies on the disk from before is neither seen nor touched.
  const pages = policy.storage ? session.defaultSession : session.fromPartition("sitting");
  for (const each of new Set([session.defaultSession, pages]))
    await lockSession(each, developer, refusals.refused);
  serveResources(pages.protocol, path.join(appPath, "dist/renderer"));
  return pages;
}

const windowsIn =
  (pages: Session) =>
  (options: BrowserWindowConstructorOptions): BrowserWindow =>
    new BrowserWindow({ ...options, webPreferences: { ...options.webPreferences, session: pages } });

/** What a window needs that is closed, crashes, hangs, is moved, or is left by its user. */
function watchOver(main: BrowserWindow, settings: SettingsStore, lock: () => void, end: () => void): void {
  const flush = (): void => void settings.flush();
  unloading = endWithSession({ app, window: main, powerMonitor, signals: process, flush, end, lock, log });
  askBeforeUnload({ dialog, window: main, words: { title, ...boxes.unload }, unloading });
  const quit = (): void => app.quit();
  const reload = reloadAfterCrash({ dialog, window: main, log, words: { title, ...boxes.crash }, quit });
  offerReload({ dialog, window: main, reload, log, words: { title, ...boxes.unresponsive } });
  keepPlace({ window: main, screen, settings, onBroughtBack: () => log("window-brought-back") });
  followTheme(nativeTheme, main);
}

const backupMeans = (main: BrowserWindow): BackupMeans => ({
  folder: path.join(folders.data, "backups"),
  sure: (count) => sureOfDeletion({ dialog, window: main, words: { title, ...boxes.deletion } }, count),
  onRefused: (reason) => log("backup-failed", { reason }),
});

const diagnosticMeans = (policy: PolicyInForce, modelVersion: string): DiagnosticsMeans => ({
  app,
  screen,
  safeStorage,
  policy,
  modelVersion,
  folder: folders.data,
  words: boxes.diagnostics,
  log: logFile.last,
});

const linkMeans = (main: BrowserWindow, addresses: Addresses): LinkMeans => ({
  dialog,
  window: main,
  clipboard,
  addresses,
  words: { title, ...boxes.link },
  openExternal: (address) => system.openExternal(address),
});

/** Of the project, which our package.json names once there is one. */
const homepage = (): unknown =>
  readProgramFile(path.join(appPath, "package.json"), (data) => (data as { homepage?: unknown }).homepage);

/** What the page would say of a refusal, where the native menu has asked. */
async function openFromMenu({ openLink }: ShellHandlers, link: Link): Promise<void> {
  const answer = await openLink({ link });
  if (!answer.ok) sayNotDone();
}

const sayNotDone = (): void => dialog.showErrorBox(title, boxes.notDone);

async function giveUp(error: unknown): Promise<void> {
  log("start-failed", { damagedFile: error instanceof DamagedFileError, code: codeOf(error) });
  await logFile.flush();
  const { title, content } = describeStartUpFailure(error, boxes.startUp, folders.logs);
  dialog.showErrorBox(title, content);
  app.exit(1);
}
