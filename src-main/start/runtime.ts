/** Electron's runtime: where it is, how it is fetched once, and what to say when it cannot be used. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

export interface RuntimePlace {
  /** the folder of the npm package "electron" */
  packageFolder: string;
  /** the version of that package */
  version: string;
  platform: NodeJS.Platform;
  env: Environment;
  /** a file's text, null where there is no such file */
  readText: (file: string) => string | null;
  isFile: (file: string) => boolean;
}

/**
 * The runtime's executable, or null. Asks the files and never requires "electron", whose index.js would start the
 * download.
 *
 * A folder of the user's own (ELECTRON_OVERRIDE_DIST_PATH) is taken as it is, with the executable that each system
 * has in it. The package's own is complete when its installer has written path.txt, which it does last.
 */
export function findRuntime({
  packageFolder,
  version,
  platform,
  env,
  readText,
  isFile,
}: RuntimePlace): string | null {
  const override = env["ELECTRON_OVERRIDE_DIST_PATH"];
  const name = executableName(platform);
  const complete =
    override ||
    (readText(path.join(packageFolder, "path.txt")) === name &&
      readText(path.join(packageFolder, "dist/version"))?.trim().replace(/^v/, "") === version);
  const executable = path.join(override || path.join(packageFolder, "dist"), name);
  return complete && isFile(executable) ? executable : null;
}

function executableName(platform: NodeJS.Platform): string {
  if (platform === "win32") return "electron.exe";
  return platform === "darwin" ? "Electron.app/Contents/MacOS/Electron" : "electron";
}

/** What Electron is started with: as an app, also from the terminal of an editor that is itself an Electron app. */
export function electronEnvironment(env: Environment): Record<string, string | undefined> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...rest } = env;
  return rest;
}

/** Two lines for whoever started the program: what failed, and what can be done. */
export interface Refusal {
  failed: string;
  remedy: string;
}

export function explain({ failed, remedy }: Refusal): string {
  return [failed, remedy].map((line) => line.replace(/\s+/g, " ").trim()).join("\n");
}

/** A runtime that is neither there nor to be had from the network. */
export function notInstalled(
  reason: string,
  version: string,
  platform: NodeJS.Platform,
  arch: string,
): Refusal {
  return {
    failed: `Electron ${version} is not installed: ${reason}.`,
    remedy:
      `To install it offline, unpack electron-v${version}-${platform}-${arch}.zip of ` +
      `https://github.com/electron/electron/releases/tag/v${version} into a folder ` +
      `and set ELECTRON_OVERRIDE_DIST_PATH to that folder.`,
  };
}

/** A runtime that is there and yet could open no window here, or null. */
export function noWindowHere(
  platform: NodeJS.Platform,
  env: Environment,
  userId: number | undefined,
): Refusal | null {
  if (platform !== "linux") return null;
  if (userId === 0) {
    return {
      failed: "Electron does not run as root: its sandbox needs an ordinary user.",
      remedy: "To open a window, start again as an ordinary user.",
    };
  }
  if (env["DISPLAY"] || env["WAYLAND_DISPLAY"]) return null;
  return {
    failed: "Electron has no display here: neither DISPLAY nor WAYLAND_DISPLAY is set.",
    remedy: "To open a window, start again in a desktop session.",
  };
}

/** Where the installer of "electron" downloads from, for messages: its mirror setting in the order it looks. */
export function downloadHost(env: Environment): string {
  const mirror =
    env["npm_config_electron_mirror"] || env["NPM_CONFIG_ELECTRON_MIRROR"] || env["ELECTRON_MIRROR"];
  return mirror && URL.canParse(mirror) ? new URL(mirror).host : "github.com";
}

/** Tells a download that waits from one that moves: `true` once nothing has changed for longer than the limit. */
export function createStallWatch(limitMs: number): (nowMs: number, bytes: number) => boolean {
  let last: { bytes: number; at: number } | null = null;
  return (nowMs, bytes) => {
    if (last?.bytes !== bytes) last = { bytes, at: nowMs };
    return nowMs - last.at > limitMs;
  };
}

export interface Installation {
  /** an executable and its arguments; electron's own installer */
  command: readonly [string, ...string[]];
  env: Environment;
  /** the folder that the installer unpacks into */
  target: string;
  /** nothing may stand still for longer than this; below 20 s together with the time to notice */
  stallLimitMs: number;
  pollMs: number;
  /** told now and then how many bytes are there */
  onProgress?: (bytes: number) => void;
}

export type InstallationResult = { ok: true } | { ok: false; reason: string };

/**
 * Runs electron's installer, and ends it when it stands still: on a network that swallows connections it would wait
 * for minutes. Bytes are counted rather than seconds, so that a slow download may take its time: the installer is given
 * a temporary folder of its own, and what grows there and in `target` is progress.
 */
export async function install(installation: Installation): Promise<InstallationResult> {
  const { command, env, target, stallLimitMs, pollMs, onProgress } = installation;
  const scratch = await mkdtemp(path.join(tmpdir(), "electron-install-"));
  const [executable, ...args] = command;
  const giveUp = new AbortController();
  const child = spawn(executable, args, {
    env: { ...env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    stdio: ["ignore", "ignore", "pipe"],
    signal: giveUp.signal,
    killSignal: "SIGKILL",
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(0, 4000)));
  child.once("error", (error) => (errors = error.message));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));

  const isStalled = createStallWatch(stallLimitMs);
  const look = async (): Promise<void> => {
    const bytes = (await bytesIn(scratch)) + (await bytesIn(target));
    onProgress?.(bytes);
    if (isStalled(performance.now(), bytes)) giveUp.abort();
  };
  const timer = setInterval(() => void look(), pollMs);
  try {
    const code = await ended;
    if (code === 0) return { ok: true };
    const stalled = `nothing came for ${Math.round(stallLimitMs / 1000)} s`;
    return { ok: false, reason: giveUp.signal.aborted ? stalled : firstError(errors) };
  } finally {
    clearInterval(timer);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The first line of a printed stack that names the error, without the name of its class. */
function firstError(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const line =
    lines.find((candidate) => /^\w*Error\b/.test(candidate)) ?? lines.find((candidate) => candidate);
  return line?.replace(/^\w*Error: /, "").replace(/\.$/, "") ?? "the installer ended without a word";
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      stat(path.join(folder, entry)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
