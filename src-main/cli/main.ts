/** `npm run -s estimate -- FILE`: the command-line host. `--help` says what it does. */
import { setFlagsFromString } from "node:v8";

// Left to itself, V8 lets the heap of a long stream grow to some 200 MB of garbage; a table of a million patients should
// need no more memory than a small one. Before anything else is loaded, because flags are for a young heap.
setFlagsFromString("--optimize-for-size");
const { run } = await import("./run.ts");

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => interruption.abort(signal));
}
// A closed pipe is met where the stream is written to; unheard, its error event would end the program.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

process.exitCode = await run({
  args: process.argv.slice(2),
  folder: callersFolder(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  interrupted: interruption.signal,
});
// Whoever started us learns of the signal as if it had not been caught: its handler is gone after the first time.
if (interruption.signal.aborted) process.kill(process.pid, interruption.signal.reason as NodeJS.Signals);

/** npm runs scripts in the package's folder and keeps in INIT_CWD where the user was. */
function callersFolder(): string {
  const { npm_lifecycle_event: script, INIT_CWD: startedIn } = process.env;
  return script === "estimate" && startedIn !== undefined ? startedIn : process.cwd();
}
