import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { _electron, chromium } from "playwright-core";
import { electronEnvironment, findRuntime, noWindowHere } from "../../src-main/start/runtime.ts";
import type { Command } from "./electronStandIn/command.ts";
import { toApp } from "./electronStandIn/address.ts";
import type { Report } from "./electronStandIn/report.ts";
import { straceArguments, writeTracer } from "./strace.ts";
import type { OpenEdition, OpenOptions } from "./web.ts";
import { profileFolder, watch } from "./web.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RUN_STAND_IN = fileURLToPath(new URL("electronStandIn/run.ts", import.meta.url));

export interface DesktopEdition extends OpenEdition {
  runtime: "electron" | "stand-in";
  /** the stand-in itself, for what only it can play: displays, and what a user does to windows */
  standIn: StandIn | null;
  /** answers the next save dialog with a path, or cancels it with null */
  answerSaveDialog: (filePath: string | null) => Promise<void>;
}

interface DesktopOptions extends OpenOptions {
  /** a file into which strace writes what the program reaches for, absolute */
  trace?: string;
}

/** Opens the desktop edition: in Electron where its runtime is installed and can open a window, else in the stand-in. */
export async function openDesktop(options: DesktopOptions = {}): Promise<DesktopEdition> {
  const built = existsSync(path.join(ROOT, "dist/main/main.js"));
  if (!built) throw new Error("the app is not built: npm run build");
  const executable = usableRuntime();
  // Where the runtime is what is to be tested, nothing stands in for it unseen.
  if (!executable && process.env["REQUIRE_ELECTRON"])
    throw new Error("Electron's runtime cannot be used here");
  console.log(
    executable
      ? `Desktop edition in Electron: ${executable}`
      : "Desktop edition in the stand-in for Electron",
  );
  return executable ? openInElectron(executable, options) : openInStandIn(options);
}

function usableRuntime(): string | null {
  const { env, platform } = process;
  const packageFile = createRequire(import.meta.url).resolve("electron/package.json");
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
  if (noWindowHere(platform, env, process.getuid?.())) return null;
  return findRuntime({
    packageFolder: path.dirname(packageFile),
    version,
    platform,
    env,
    readText: (file) => (existsSync(file) ? readFileSync(file, "utf8") : null),
    isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  });
}

async function openInElectron(
  executablePath: string,
  { profile, policyFile, files = [], trace }: DesktopOptions,
): Promise<DesktopEdition> {
  const folder = await profileFolder(profile);
  const tracer = `${trace}.sh`;
  if (trace !== undefined) await writeTracer(tracer, executablePath, trace);
  const electron = await _electron.launch({
    executablePath: trace === undefined ? executablePath : tracer,
    args: [".", `--user-data-dir=${folder.path}`, ...switchesFor(policyFile), ...files],
    cwd: ROOT,
    env: electronEnvironment(process.env) as Record<string, string>,
    chromiumSandbox: true,
  });
  const page = await electron.firstWindow();
  await page.waitForLoadState();
  const { requests, consoleMessages } = watch(page);
  // Loaded once more, this time watched: the first time is over before anyone can listen.
  await page.reload();
  return {
    runtime: "electron",
    page,
    origin: "app://hg-nen-prognosis/",
    requests,
    consoleMessages,
    standIn: null,
    answerSaveDialog: (answer) =>
      electron.evaluate(({ dialog }, filePath) => {
        const asked = dialog.showSaveDialog.bind(dialog);
        dialog.showSaveDialog = () => {
          dialog.showSaveDialog = asked;
          return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? "" });
        };
      }, answer),
    async close() {
      // Nobody is there to be asked about what is not stored.
      await electron.evaluate(({ dialog }) => void (dialog.showMessageBoxSync = () => 1));
      await electron.close();
      await folder.remove();
    },
  };
}

async function openInStandIn({
  profile,
  policyFile,
  files = [],
  trace,
}: DesktopOptions): Promise<DesktopEdition> {
  const folder = await profileFolder(profile);
  const standIn = startStandIn(ROOT, folder.path, [...switchesFor(policyFile), ...files], trace);
  const end = async (): Promise<number | null> => {
    const code = await standIn.stop();
    await folder.remove();
    return code;
  };
  try {
    const { endpoint } = await standIn.next("window");
    const browser = await chromium.connectOverCDP(endpoint);
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error("the stand-in for Electron shows no page");
    // Playwright would answer what is the stand-in's to answer.
    page.on("dialog", () => undefined);
    return {
      runtime: "stand-in",
      page,
      origin: toApp(new URL("/", page.url()).href),
      requests: standIn.requests,
      consoleMessages: standIn.consoleMessages,
      standIn,
      answerSaveDialog: (filePath) => standIn.play({ kind: "answer-save-dialog", filePath }),
      async close() {
        await browser.close();
        const code = await end();
        if (code !== 0) throw new Error(`the stand-in for Electron ended with ${code ?? "a signal"}`);
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const switchesFor = (policyFile: string | undefined): string[] =>
  policyFile === undefined ? [] : [`--policy-file=${policyFile}`];

export interface StandIn {
  requests: string[];
  consoleMessages: string[];
  /** the first report of a kind, or a rejection when the stand-in ends without one */
  next<K extends Report["kind"]>(kind: K): Promise<Extract<Report, { kind: K }>>;
  /** the reports of a kind so far, in their order */
  all<K extends Report["kind"]>(kind: K): Extract<Report, { kind: K }>[];
  /** plays what a user or a cable does */
  play(command: Command): Promise<void>;
  /** a signal to the main process, as a system sends it; Windows has none */
  signal(name: "SIGTERM" | "SIGINT" | "SIGHUP"): void;
  /** resolves with the exit code */
  stop(): Promise<number | null>;
  /** resolves with the exit code, when the app ends by itself */
  ended: Promise<number | null>;
}

/** Starts an app's folder in the stand-in. It ends when told to, and when this process does. */
export function startStandIn(
  appFolder: string,
  profile: string,
  args: readonly string[] = [],
  trace?: string,
): StandIn {
  const [command, before] =
    trace === undefined ? [process.execPath, []] : ["strace", [...straceArguments(trace), process.execPath]];
  const child: ChildProcess = spawn(
    command,
    [...before, RUN_STAND_IN, appFolder, `--user-data-dir=${profile}`, ...args],
    {
      stdio: ["pipe", "inherit", "inherit", "ipc"],
    },
  );
  const requests: string[] = [];
  const consoleMessages: string[] = [];
  const reports: Report[] = [];
  child.on("message", (message) => {
    const report = message as Report;
    reports.push(report);
    if (report.kind === "request") requests.push(report.url);
    if (report.kind === "console") consoleMessages.push(report.text);
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    requests,
    consoleMessages,
    ended,
    async next(kind) {
      const found = () => reports.find((report) => report.kind === kind);
      while (!found()) {
        const code = await Promise.race([once(child, "message").then(() => undefined), ended]);
        if (code !== undefined && !found()) {
          const box = reports.find((report) => report.kind === "error-box");
          throw new Error(
            `the stand-in for Electron ended with ${code} before "${kind}": ${box?.content ?? "no reason"}`,
          );
        }
      }
      return found() as never;
    },
    all: (kind) => reports.filter((report) => report.kind === kind) as never,
    play: (command) =>
      new Promise((resolve, reject) => child.send(command, (error) => (error ? reject(error) : resolve()))),
    signal: (name) => void child.kill(name),
    stop() {
      child.stdin?.end();
      return ended;
    },
  };
}
