import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { electronEnvironment } from "../start/runtime.ts";

export interface SmokeMeans {
  /** of the packaged program, for this system */
  executable: string;
  platform: NodeJS.Platform;
  /** for the window to come, and again for the program to end */
  limitMs: number;
}

const POLL_MS = 200;
/** How the program's log says that its window is there; no other way in is left open. */
const WINDOW_SHOWN = " window-shown";

/**
 * Starts the program twice, each time in a profile of its own that is removed again: as a user would, and as somebody
 * would who wants to get at its inside. Both times it has to open its window and to end with 0 when asked.
 *
 * @returns what was wrong, in words; nothing where all was well
 */
export async function smokeTest(means: SmokeMeans): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "packaged-"));
  try {
    const plain = await startOnce(means, path.join(folder, "plain"), [], {});

    const trace = path.join(folder, "trace");
    const script = path.join(folder, "intruder.cjs");
    await writeFile(script, `require("node:fs").writeFileSync(${JSON.stringify(trace)}, "");`);
    const port = await freePort();
    const found = { debugger: false };
    // SECURITY: each of these opens an ordinary Electron; the fuses have to have shut them.
    const env = { ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: `--require ${script}` };
    const intruded = await startOnce(
      means,
      path.join(folder, "intruded"),
      [`--inspect=127.0.0.1:${port}`],
      env,
      async () => {
        found.debugger = await answers(port);
      },
    );
    return [
      ...plain,
      ...intruded.map((fault) => `with ELECTRON_RUN_AS_NODE, NODE_OPTIONS and --inspect: ${fault}`),
      ...(existsSync(trace) ? ["NODE_OPTIONS had a script run in it"] : []),
      ...(found.debugger ? ["--inspect opened a debugger"] : []),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function startOnce(
  { executable, platform, limitMs }: SmokeMeans,
  profile: string,
  args: readonly string[],
  env: Record<string, string>,
  whileOpen: () => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const child = spawn(executable, [`--user-data-dir=${profile}`, ...args], {
    env: { ...electronEnvironment(process.env), ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2000)));
  /** its exit code, the signal that ended it, or why it did not start */
  const end: { how: string | null } = { how: null };
  child.once("error", (error) => (end.how = error.message));
  child.once("close", (code, signal) => (end.how ??= String(code ?? signal)));
  const until = async (condition: () => boolean | Promise<boolean>): Promise<boolean> => {
    const limit = performance.now() + limitMs;
    for (;;) {
      if (await condition()) return true;
      if (end.how !== null || performance.now() > limit) return false;
      await sleep(POLL_MS);
    }
  };

  try {
    if (!(await until(async () => (await logOf(profile)).includes(WINDOW_SHOWN)))) {
      const how = end.how === null ? "" : `, ended with ${end.how}`;
      return [`no window${how}${said && `; it said: ${said.trim()}`}`];
    }
    await whileOpen();
    if (child.pid !== undefined) await askToEnd(child.pid, platform);
    await until(() => end.how !== null);
    if (end.how === "0") return [];
    return [end.how === null ? "did not end when asked" : `ended with ${end.how} instead of 0`];
  } finally {
    if (end.how === null) child.kill("SIGKILL");
  }
}

/** As the system does when its user signs off: Windows closes the windows, the others send a signal. */
async function askToEnd(pid: number, platform: NodeJS.Platform): Promise<void> {
  if (platform !== "win32") {
    process.kill(pid, "SIGTERM");
    return;
  }
  await new Promise<void>((resolve) => execFile("taskkill", ["/PID", String(pid)], () => resolve()));
}

/** The program's log, wherever in the profile it lies; empty as long as there is none. */
async function logOf(profile: string): Promise<string> {
  const files = await readdir(profile, { recursive: true }).catch(() => []);
  const log = files.find((file) => path.basename(file) === "main.log");
  return log === undefined ? "" : readFile(path.join(profile, log), "utf8").catch(() => "");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
