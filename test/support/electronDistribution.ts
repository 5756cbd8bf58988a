/**
 * A stand-in for Electron's distribution, the folder that its zip unpacks to, for tests that package the program where
 * there is no Electron and no network.
 *
 * It has the layout that electron-builder expects, with few and small files, and nothing of Electron in it. How it
 * differs from the real thing:
 * - The executable is a script for Node with a wire of fuses in it, in the place and format that @electron/fuses reads,
 *   with Electron's own defaults; on Windows an executable without code, with the resources that electron-builder edits.
 * - Started, the script honours its fuses for ELECTRON_RUN_AS_NODE, NODE_OPTIONS and --inspect, and else plays no more of
 *   the program than its log: "window-shown" after its start, "quit" after SIGTERM. So it tests those who look at a
 *   packaged program, never the program.
 * - It has no sandbox, no Chromium and no signature.
 */
import { FuseV1Options } from "@electron/fuses";
import { readFileSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { findRuntime } from "../../src-main/start/runtime.ts";

export type Target = "linux" | "win32" | "darwin";

/** As electron/build/fuses/fuses.json5 has them. */
const DEFAULTS: Record<keyof typeof FuseV1Options, boolean> = {
  RunAsNode: true,
  EnableCookieEncryption: false,
  EnableNodeOptionsEnvironmentVariable: true,
  EnableNodeCliInspectArguments: true,
  EnableEmbeddedAsarIntegrityValidation: false,
  OnlyLoadAppFromAsar: false,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: true,
  WasmTrapHandlers: true,
};

const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** @param more fuses that nobody knows yet, as a newer Electron might have */
function fuseWire(more: number): string {
  const names = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];
  const states = names
    .sort((one, other) => FuseV1Options[one] - FuseV1Options[other])
    .map((name) => (DEFAULTS[name] ? "1" : "0"));
  const wire = states.join("") + "1".repeat(more);
  return `${SENTINEL}\u0001${String.fromCharCode(wire.length)}${wire}`;
}

const VERSION = (
  JSON.parse(readFileSync(new URL("../../node_modules/electron/package.json", import.meta.url), "utf8")) as {
    version: string;
  }
).version;

/** The languages whose texts lie in the distribution; the real one has 55. */
const LANGUAGES = ["de", "en-GB", "en-US", "nb"];

/** Electron's own distribution for this system where it is installed, or null. */
export function installedDistribution(target: Target): string | null {
  const packageFolder = fileURLToPath(new URL("../../node_modules/electron", import.meta.url));
  if (target !== process.platform) return null;
  const executable = findRuntime({
    packageFolder,
    version: VERSION,
    platform: process.platform,
    env: process.env,
    readText: (file) => readIf(file),
    isFile: (file) => readIf(file) !== null,
  });
  if (!executable) return null;
  return process.env["ELECTRON_OVERRIDE_DIST_PATH"] || path.join(packageFolder, "dist");
}

function readIf(file: string): string | null {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return null;
  }
}

/** Makes the stand-in in a folder that is there and empty. */
export async function makeDistribution(folder: string, target: Target, moreFuses = 0): Promise<void> {
  const wire = fuseWire(moreFuses);
  const put = (name: string, content: string | Uint8Array): Promise<void> => putInto(folder, name, content);
  await put("LICENSE", "The stand-in's licence of Electron.\n");
  await put("LICENSES.chromium.html", "<p>The stand-in's licences of Chromium.</p>\n");
  await put("version", VERSION);
  if (target === "darwin") {
    await makeMacApp(path.join(folder, "Electron.app/Contents"), wire);
    return;
  }
  await put("resources/default_app.asar", "Electron's own app, which must not be shipped");
  for (const language of LANGUAGES) await put(`locales/${language}.pak`, language);
  for (const file of ["icudtl.dat", "resources.pak", "v8_context_snapshot.bin"]) await put(file, file);
  if (target === "win32") {
    await put("electron.exe", windowsExecutable(wire));
    await put("vulkan-1.dll", "a library");
    return;
  }
  await put("electron", program(wire));
  await put("chrome-sandbox", "");
  await chmod(path.join(folder, "electron"), 0o755);
}

async function putInto(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

const HELPERS = ["", " (GPU)", " (Plugin)", " (Renderer)"].map((suffix) => `Electron Helper${suffix}`);

async function makeMacApp(contents: string, wire: string): Promise<void> {
  const framework = "Frameworks/Electron Framework.framework";
  const put = (name: string, content: string): Promise<void> => putInto(contents, name, content);
  await put("Info.plist", infoPlist("Electron", "com.github.Electron"));
  await put("MacOS/Electron", "an executable");
  await put("Resources/electron.icns", "Electron's icon");
  await put("Resources/default_app.asar", "Electron's own app, which must not be shipped");
  await put(`${framework}/Versions/A/Electron Framework`, wire);
  for (const language of ["de", "en", "en_GB", "nb"]) {
    await mkdir(path.join(contents, `Resources/${language}.lproj`), { recursive: true });
    await put(`${framework}/Versions/A/Resources/${language}.lproj/locale.pak`, language);
  }
  await symlink("A", path.join(contents, framework, "Versions/Current"));
  for (const name of ["Electron Framework", "Resources"]) {
    await symlink(`Versions/Current/${name}`, path.join(contents, framework, name));
  }
  for (const helper of HELPERS) {
    await put(
      `Frameworks/${helper}.app/Contents/Info.plist`,
      infoPlist(helper, "com.github.Electron.helper"),
    );
    await put(`Frameworks/${helper}.app/Contents/MacOS/${helper}`, "an executable");
  }
}

const infoPlist = (name: string, id: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
  <dict>
    <key>CFBundleExecutable</key><string>${name}</string>
    <key>CFBundleIdentifier</key><string>${id}</string>
    <key>CFBundleName</key><string>${name}</string>
    <key>CFBundleIconFile</key><string>electron.icns</string>
    <key>CFBundleVersion</key><string>${VERSION}</string>
  </dict>
</plist>
`;

/** An executable without code, with what electron-builder looks for in one: who made it, in one language. */
function windowsExecutable(wire: string): Uint8Array {
  const executable = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(executable);
  const about = Resource.VersionInfo.createEmpty();
  about.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: "Electron" });
  about.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  executable.setExtraData(Buffer.from(wire, "latin1"));
  return new Uint8Array(executable.generate());
}

/** The script keeps its wire in its first comment, and the wire's beginning nowhere else; it runs as either kind of module. Node itself must not see NODE_OPTIONS. */
const program = (
  wire: string,
): string => `#!/usr/bin/env -S sh -c 'STAND_IN_OPTIONS="$NODE_OPTIONS" NODE_OPTIONS= exec node "$0" "$@"'
/* ${wire} */
const { appendFileSync, mkdirSync, readFileSync } = process.getBuiltinModule("node:fs");
const path = process.getBuiltinModule("node:path");
const inspector = process.getBuiltinModule("node:inspector");
const { createRequire } = process.getBuiltinModule("node:module");
const text = readFileSync(process.argv[1], "latin1");
const wire = text.indexOf("/*") + ${"/* ".length + SENTINEL.length + 2};
const fuse = (place) => text[wire + place] === "1";
const value = (name) => process.argv.find((word) => word.startsWith(name + "="))?.slice(name.length + 1);
if (fuse(${FuseV1Options.RunAsNode}) && process.env.ELECTRON_RUN_AS_NODE) process.exit(9);
const required = /--require[= ](\\S+)/.exec(process.env.STAND_IN_OPTIONS ?? "")?.[1];
if (fuse(${FuseV1Options.EnableNodeOptionsEnvironmentVariable}) && required) createRequire(process.argv[1])(required);
const [host, port] = (value("--inspect") ?? "").split(":");
if (fuse(${FuseV1Options.EnableNodeCliInspectArguments}) && port) inspector.open(Number(port), host);
const logs = path.join(value("--user-data-dir"), "logs");
const log = (line) => appendFileSync(path.join(logs, "main.log"), new Date().toISOString() + " " + line + "\\n");
mkdirSync(logs, { recursive: true });
log("start");
const alive = setInterval(() => undefined, 1000);
process.once("SIGTERM", () => {
  log("quit code=0");
  clearInterval(alive);
  process.exit(0);
});
log("window-shown ms=1");
`;
