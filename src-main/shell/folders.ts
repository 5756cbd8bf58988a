import type { App } from "electron";
import { mkdirSync } from "node:fs";
import path from "node:path";

/** What is used of the system; tests put another one in its place. */
export const system = {
  platform: process.platform,
  env: process.env as Readonly<Record<string, string | undefined>>,
  makeFolder: (folder: string): void => void mkdirSync(folder, { recursive: true }),
};
export type FolderSystem = typeof system;

export interface Folders {
  /** everything that the program keeps for its user */
  data: string;
  logs: string;
}

/** Of the data folder on Windows; what an installer makes for the program itself lies elsewhere. */
const FOLDER = "HG-NEN Prognosis";
/** As electron-builder.yml has it: with another one, a pinned icon starts the program beside itself. */
export const APP_ID = "org.hg-nen-prognosis.desktop";
/** The switch of Chromium with which a test or an administrator puts the data elsewhere. */
const OVERRIDE = "user-data-dir";
/** On a drive of this computer. */
const LOCAL = /^[A-Za-z]:[\\/]/;

/** Says where data lie, before anything reads it. */
export function placeData(
  app: Pick<App, "commandLine" | "getPath" | "setAppLogsPath" | "setAppUserModelId" | "setPath">,
  { platform, env, makeFolder }: FolderSystem = system,
): Folders {
  if (platform === "win32") {
    app.setAppUserModelId(APP_ID);
    // SECURITY: Electron's default is the roaming profile, which a hospital copies to a server at each log-off: cases
    // stay on this computer.
    const local = env["LOCALAPPDATA"] ?? "";
    if (!app.commandLine.hasSwitch(OVERRIDE) && LOCAL.test(local)) {
      const folder = path.win32.join(local, FOLDER);
      try {
        makeFolder(folder);
        app.setPath("userData", folder);
      } catch {
        // A folder that cannot be made: Electron's default is better than no program.
      }
    }
  }
  const data = app.getPath("userData");
  const logs = path.join(data, "logs");
  app.setAppLogsPath(logs);
  return { data, logs };
}
