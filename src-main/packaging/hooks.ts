/** What electron-builder calls at two moments of each build; electron-builder.yml names this file. */
import { flipFuses } from "@electron/fuses";
import type { AfterPackContext } from "electron-builder";
import { existsSync } from "node:fs";
import { copyFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fuseConfiguration } from "./fuses.ts";
import { LEGAL_FILES, programIn } from "./packaged.ts";

const isMac = ({ electronPlatformName }: AfterPackContext): boolean => electronPlatformName === "darwin";

/** Of Electron and of Chromium; they have to go with the program. */
const RUNTIME_LICENCES = {
  LICENSE: "LICENSE.electron.txt",
  "LICENSES.chromium.html": "LICENSES.chromium.html",
};

/** Electron is in place, the program not yet. */
export async function afterExtract(context: AfterPackContext): Promise<void> {
  const { appOutDir, packager } = context;
  const resources = path.join(appOutDir, isMac(context) ? "Electron.app/Contents/Resources" : "resources");
  // SECURITY: Electron's own small app goes, which is started where there is no other. electron-builder removes it from
  // what it has downloaded, but not from a distribution that it was given.
  await rm(path.join(resources, "default_app.asar"), { force: true });
  await rm(path.join(appOutDir, "version"), { force: true });

  // Of such a distribution for macOS it takes the application alone, and not the licences beside it.
  const { electronDist } = packager.config;
  if (!isMac(context) || typeof electronDist !== "string") return;
  for (const [name, shipped] of Object.entries(RUNTIME_LICENCES)) {
    const file = path.join(electronDist, name);
    if (existsSync(file)) await copyFile(file, path.join(resources, shipped));
  }
}

/** Everything is in place, and nothing signed. Throws where the program must not be shipped so. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const resources = context.packager.getResourcesDir(context.appOutDir);
  const missing = LEGAL_FILES.filter((file) => !existsSync(path.join(resources, "legal", file)));
  // electron-builder only warns.
  if (missing.length > 0) throw new Error(`not in dist/legal: ${missing.join(", ")}; npm run build:legal`);
  const beside = isMac(context) ? resources : context.appOutDir;
  const unlicensed = Object.values(RUNTIME_LICENCES).filter((file) => !existsSync(path.join(beside, file)));
  if (unlicensed.length > 0) throw new Error(`Electron came without ${unlicensed.join(", ")}`);
  // SECURITY: the integrity of the archive does not cover what lies unpacked beside it.
  const loose = (await readdir(resources)).filter(
    (name) => name === "app" || (name.includes(".asar") && name !== "app.asar"),
  );
  if (loose.length > 0) throw new Error(`code beside the archive: ${loose.join(", ")}`);

  const { appInfo } = context.packager;
  const executable = programIn(context.appOutDir, context.electronPlatformName as NodeJS.Platform, {
    product: appInfo.productFilename,
    name: appInfo.name,
  });
  // The tool that signs is a Mac's own; electron-builder signs again where it has something to sign with.
  await flipFuses(executable, fuseConfiguration(isMac(context) && process.platform === "darwin"));
}
