/** Composition root of the desktop edition. */
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
} from "electron";
import type { BrowserWindowConstructorOptions } from "electron";
import path from "node:path";
import { bindToElectron } from "./api/electronBinding.ts";
import { createHandlers } from "./api/endpoints.ts";
import { reloadAfterCrash } from "./shell/crash.ts";
import { menuTemplate } from "./shell/menu.ts";
import { PRIVILEGED_SCHEME, serveResources } from "./shell/protocol.ts";
import { isOwnPage } from "./shell/resourcePath.ts";
import { closeNetwork, lockContents, lockSession } from "./shell/security.ts";
import { createShellHandlers } from "./shell/shellHandlers.ts";
import { describeStartUpFailure } from "./shell/startUpFailure.ts";
import { askBeforeUnload } from "./shell/unload.ts";
import { focusWindow, showPage, windowOptions } from "./shell/window.ts";
import { loadStudy } from "./study/load.ts";
import { saving } from "./words/saving.ts";
import { boxes } from "./words/window.ts";

// SECURITY: every renderer is sandboxed, whatever a window's options say; first, because nothing must come before it.
app.enableSandbox();
closeNetwork(app.commandLine);
protocol.registerSchemesAsPrivileged([PRIVILEGED_SCHEME]);
lockContents(app);

/** The one that the user works in; a second may show slides to an audience. */
let window: BrowserWindow | undefined;

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => focusWindow(window));
  app.on("window-all-closed", () => app.quit());
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const appPath = app.getAppPath();
  const developer = !app.isPackaged;
  const core = createHandlers(loadStudy(appPath), app.getVersion());

  await lockSession(session.defaultSession, developer);
  serveResources(session.defaultSession.protocol, path.join(appPath, "dist/renderer"));

  const preload = path.join(appPath, "dist/preload/preload.cjs");
  const main = new BrowserWindow(windowOptions(preload, screen.getPrimaryDisplay().workAreaSize, developer));
  window = main;
  const { webContents } = main;

  const folder = (): string => app.getPath("documents");
  const createWindow = (options: BrowserWindowConstructorOptions): BrowserWindow =>
    new BrowserWindow(options);
  const shell = createShellHandlers({
    saving: { dialog, window: main, folder, fileTypes: saving.fileTypes },
    projector: { main, screen, createWindow, developer },
    keychain: { safeStorage },
    backups: { folder: path.join(app.getPath("userData"), "backups") },
    systemLock: { powerMonitor, window: main },
  });
  bindToElectron(ipcMain, { core, shell }, { contents: webContents, isOwnPage });
  askBeforeUnload({ dialog, window: main, words: { title: boxes.title, ...boxes.unload } });
  reloadAfterCrash({ contents: webContents, giveUp: () => end(boxes.title, boxes.crash) });

  const print = { label: saving.print, click: () => webContents.print() };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, developer, print)));
  await showPage(main);
}

function giveUp(error: unknown): void {
  const { title, content } = describeStartUpFailure(error);
  end(title, content);
}

function end(title: string, content: string): void {
  dialog.showErrorBox(title, content);
  app.exit(1);
}
