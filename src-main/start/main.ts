/** `npm start`: builds the program and opens it in Electron, or, where there is no Electron to be had, in a browser. */
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { Refusal } from "./runtime.ts";
import {
  downloadHost,
  electronEnvironment,
  explain,
  findRuntime,
  install,
  notInstalled,
  noWindowHere,
} from "./runtime.ts";
import { serveWebEdition, WEB_PORT } from "./webEdition.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The same three as in `npm run build`, without three starts of npm. */
const BUILDS = [
  "src-renderer/vite.config.ts",
  "src-main/vite.main.config.ts",
  "src-main/vite.preload.config.ts",
];
/** With the time to start, to notice it and to say so, well below the 20 s that a dead network may cost. */
const STALL_LIMIT_MS = 16_000;
const MEGABYTE = 1_000_000;

const [, runtime] = await Promise.all([buildAll(), prepareRuntime()]);
if (typeof runtime === "string") {
  openElectron(runtime);
} else {
  console.error(explain(runtime));
  await openWebEdition();
}

async function buildAll(): Promise<void> {
  for (const configFile of BUILDS) {
    await build({ configFile: path.join(ROOT, configFile), logLevel: "warn" });
  }
}

/** The runtime's executable, downloaded where it is not there yet; or why there is none. */
async function prepareRuntime(): Promise<string | Refusal> {
  const { env, platform, arch } = process;
  const packageFile = createRequire(import.meta.url).resolve("electron/package.json");
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
  const packageFolder = path.dirname(packageFile);
  const find = (): string | null => findRuntime({ packageFolder, version, platform, env, readText, isFile });
  const refuse = (reason: string): Refusal => notInstalled(reason, version, platform, arch);

  let executable = find();
  if (!executable) {
    const override = env["ELECTRON_OVERRIDE_DIST_PATH"];
    if (override) return refuse(`there is none in ELECTRON_OVERRIDE_DIST_PATH, ${override}`);
    const host = downloadHost(env);
    console.log(`Downloading Electron ${version} from ${host}, once, about 120 MB …`);
    const result = await install({
      command: [process.execPath, path.join(packageFolder, "install.js")],
      env,
      target: path.join(packageFolder, "dist"),
      stallLimitMs: STALL_LIMIT_MS,
      pollMs: 500,
      ...(process.stdout.isTTY && { onProgress: showProgress }),
    });
    if (!result.ok) return refuse(`the download from ${host} failed, ${result.reason}`);
    executable = find();
    if (!executable) return refuse("its installer left no executable for this system");
  }
  return noWindowHere(platform, env, process.getuid?.()) ?? executable;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function showProgress(bytes: number): void {
  process.stdout.write(`\r${Math.round(bytes / MEGABYTE)} MB `);
}

function openElectron(executable: string): void {
  const child = spawn(executable, ["."], {
    cwd: ROOT,
    env: electronEnvironment(process.env),
    stdio: "inherit",
  });
  child.once("error", (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.once("close", (code) => (process.exitCode = code ?? 1));
  // The terminal sends Ctrl+C to Electron as well; a signal to this process alone is passed on.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
}

async function openWebEdition(): Promise<void> {
  const web = await serveWebEdition(path.join(ROOT, "dist/renderer"), WEB_PORT);
  console.log(`The web edition, the same program in a browser: ${web.address} (Ctrl+C stops it)`);
  if (new URL(web.address).port !== String(WEB_PORT)) {
    console.log(
      `Port ${WEB_PORT} is in use, so this is another place to the browser: what was saved there is not here.`,
    );
  }
  const stop = (): void => {
    process.exitCode = 0;
    void web.close().then(() => process.exit());
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
