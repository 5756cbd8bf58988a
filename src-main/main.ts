/** Composition root of the desktop edition. */
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session } from "electron";
import path from "node:path";
import { bindToElectron } from "./api/electronBinding.ts";
import { createHandlers } from "./api/endpoints.ts";
import { menuTemplate } from "./shell/menu.ts";
import { PRIVILEGED_SCHEME, serveResources } from "./shell/protocol.ts";
import { isOwnPage } from "./shell/resourcePath.ts";
import { closeNetwork, lockContents, lockSession } from "./shell/security.ts";
import { describeStartUpFailure } from "./shell/startUpFailure.ts";
import { focusWindow, showPage, windowOptions } from "./shell/window.ts";
import { loadStudy } from "./study/load.ts";

// SECURITY: every renderer is sandboxed, whatever a window's options say; first, because nothing must come before it.
app.enableSandbox();
closeNetwork(app.commandLine);
protocol.registerSchemesAsPrivileged([PRIVILEGED_SCHEME]);
lockContents(app);

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => focusWindow(BrowserWindow.getAllWindows()[0]));
  app.on("window-all-closed", () => app.quit());
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const appPath = app.getAppPath();
  const developer = !app.isPackaged;

  bindToElectron(ipcMain, createHandlers(loadStudy(appPath), app.getVersion()), isOwnPage);

  await lockSession(session.defaultSession, developer);
  serveResources(session.defaultSession.protocol, path.join(appPath, "dist/renderer"));

  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, developer)));
  const preload = path.join(appPath, "dist/preload/preload.cjs");
  const { workAreaSize } = screen.getPrimaryDisplay();
  await showPage(new BrowserWindow(windowOptions(preload, workAreaSize, developer)));
}

function giveUp(error: unknown): void {
  const { title, content } = describeStartUpFailure(error);
  dialog.showErrorBox(title, content);
  app.exit(1);
}
