import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const ROOT = path.join(import.meta.dirname, "../..");
const MAIN = path.join(ROOT, "src-main/cli/main.ts");
/** Compiled once for all the processes that a test file starts. */
const COMPILED = mkdtempSync(path.join(tmpdir(), "hg-nen-cli-compiled-"));
afterAll(() => rmSync(COMPILED, { recursive: true }));
export const EXAMPLES = path.join(ROOT, "assets/examples");

export interface Finished {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Surroundings {
  /** the process's working folder; that of the examples when not given */
  folder?: string;
  env?: NodeJS.ProcessEnv;
}

/** Starts the real command. */
export function start(
  args: readonly string[],
  { folder = EXAMPLES, env = {} }: Surroundings = {},
): ChildProcessWithoutNullStreams {
  // The runner may itself be an npm script: the command must not take its folder for the user's.
  const inherited = { ...process.env, npm_lifecycle_event: "", NODE_COMPILE_CACHE: COMPILED };
  return spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { ...inherited, ...env } });
}

/** Runs the real command to its end. */
export function estimate(
  args: readonly string[],
  { input = "", ...surroundings }: Surroundings & { input?: string | Buffer } = {},
): Promise<Finished> {
  const child = start(args, surroundings);
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
    // A command that refuses its arguments never reads its input.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** A folder for this test file alone, gone at its end; `write` puts a file into it and returns its path. */
export function temporaryFolder(): {
  folder: string;
  write: (name: string, content: string | Buffer) => string;
} {
  const folder = mkdtempSync(path.join(tmpdir(), "hg-nen-cli-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    write(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
  };
}

/** The lines of a text, without the empty one after its last line feed. */
export const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** The trouble of a command error, for `toThrow`-like assertions on what is a value. */
export async function troubleOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error && "trouble" in error ? error.trouble : error;
  }
  return null;
}
