import { appendFile, mkdir, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { EXPORTS, NOTES, SAVE_REFUSALS, SHELL_ENDPOINTS } from "../api/contract.ts";

/** What is used of the system; tests put a failing disk in its place. */
export const system = { appendFile, mkdir, readFile, rename, stat };
export type LogSystem = typeof system;

/**
 * Reads a fact as the log may hold it, or refuses it with null. SECURITY: this is why no text from outside, no path and
 * no word about a patient gets into a log: a fact is a number, a yes or no, or a word of a list that stands in this
 * file. The compiler refuses anything else, and what comes past the compiler is dropped.
 */
type Fact<T> = (value: unknown) => T | null;

const count: Fact<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) ? Math.round(value) : null;
const yesNo: Fact<boolean> = (value) => (typeof value === "boolean" ? value : null);
const oneOf =
  <const T extends readonly string[]>(words: T): Fact<T[number]> =>
  (value) =>
    words.find((word) => word === value) ?? null;

export type Version = `${number}.${number}.${number}`;
const VERSION = /^\d{1,5}\.\d{1,5}\.\d{1,5}(?=\.|-|$)/;
const version: Fact<Version> = (value) =>
  typeof value === "string" && VERSION.exec(value)?.[0] === value ? (value as Version) : null;

/** The beginning of a version that the log may hold; what follows three numbers is left out. */
export const versionOf = (text: string | undefined): Version =>
  (VERSION.exec(text ?? "")?.[0] ?? "0.0.0") as Version;

/** What a system says of a file that it refuses. */
const SYSTEM_ERRORS = [
  ...["EACCES", "EBUSY", "EDQUOT", "EEXIST", "EINVAL", "EIO", "EISDIR", "ELOOP", "EMFILE", "ENAMETOOLONG"],
  ...["ENOENT", "ENOSPC", "ENOTDIR", "ENOTEMPTY", "EPERM", "EROFS", "ETXTBSY", "EXDEV", "other"],
] as const;
export type SystemError = (typeof SYSTEM_ERRORS)[number];

/** An error as the log may hold it: its message may name a folder, and with it a person. */
export const codeOf = (error: unknown): SystemError =>
  SYSTEM_ERRORS.find((code) => code === (error as NodeJS.ErrnoException | null)?.code) ?? "other";

/** A word of a list, or "other". */
export const wordOf = <T extends string>(words: readonly T[], value: string): T | "other" =>
  words.find((word) => word === value) ?? "other";

const SYSTEMS = ["aix", "android", "cygwin", "darwin", "freebsd", "haiku", "linux", "netbsd", "openbsd"];
export const PLATFORMS = [...SYSTEMS, "sunos", "win32"] as readonly NodeJS.Platform[];
export const EXIT_REASONS = [
  ...["clean-exit", "abnormal-exit", "killed", "crashed", "oom", "launch-failed", "integrity-failure"],
  ...["memory-eviction", "other"],
] as const;
export const PROCESS_TYPES = [
  ...["Utility", "Zygote", "Sandbox helper", "GPU", "Pepper Plugin", "Pepper Plugin Broker", "Unknown"],
  "other",
] as const;
export const SETTINGS_FLAWS = ["unreadable", "too-large", "not-json", "newer", "bad-shape"] as const;
export const SESSION_ENDS = ["log-off", "shutdown", "signal"] as const;
export const NOT_FIRST = ["full", "unwritable", "other-computer", "stale", "unknown"] as const;

/** Every event that is ever logged, and its facts. */
const EVENTS = {
  start: {
    app: version,
    electron: version,
    chromium: version,
    node: version,
    platform: oneOf(PLATFORMS),
    packaged: yesNo,
  },
  ready: {},
  "start-failed": { damagedFile: yesNo, code: oneOf(SYSTEM_ERRORS) },
  "window-shown": { ms: count },
  "renderer-gone": { reason: oneOf(EXIT_REASONS) },
  "child-process-gone": { type: oneOf(PROCESS_TYPES), reason: oneOf(EXIT_REASONS) },
  unresponsive: {},
  responsive: {},
  reloaded: {},
  "settings-damaged": { flaw: oneOf(SETTINGS_FLAWS), setAside: yesNo },
  "settings-unwritable": { code: oneOf(SYSTEM_ERRORS) },
  /** a change that the settings' own shape refuses: an error of ours */
  "settings-refused": {},
  /** what an administrator forbids; `lockAfterMinutes` is 0 where nothing is said */
  policy: {
    files: count,
    problems: count,
    storage: yesNo,
    exports: oneOf(EXPORTS),
    keychain: yesNo,
    links: yesNo,
    lockAfterMinutes: count,
  },
  /** a handler of the shell has thrown what it did not foresee: an error of ours, or of the system */
  unforeseen: { endpoint: oneOf(SHELL_ENDPOINTS), code: oneOf(SYSTEM_ERRORS) },
  "backup-failed": { reason: oneOf(SAVE_REFUSALS) },
  "second-start": {},
  /** no window: another start holds the data folder, and none can be shown */
  "not-first": { why: oneOf(NOT_FIRST) },
  /** the page says what has befallen its store */
  "page-note": { code: oneOf(NOTES) },
  /** what the page, or something in it, was not let do, from the start to the end */
  refused: { requests: count, navigations: count, permissions: count },
  /** the window lay on no display any more */
  "window-brought-back": {},
  "session-end": { how: oneOf(SESSION_ENDS) },
  /** a page that was not done at the end of a session was closed all the same */
  "let-go": {},
  quit: { code: count },
} as const satisfies Record<string, Record<string, Fact<number | boolean | string>>>;

export type LogEvent = keyof typeof EVENTS;
export type LogFacts = {
  [E in LogEvent]: {
    [F in keyof (typeof EVENTS)[E]]: (typeof EVENTS)[E][F] extends Fact<infer T> ? T : never;
  };
};
/** Notes that something has happened. Never throws, and nobody waits for it. */
export type Log = <E extends LogEvent>(
  event: E,
  ...facts: keyof LogFacts[E] extends never ? [] : [LogFacts[E]]
) => void;

/** A line of the log, or null where the event is not one of ours. */
export function lineOf(at: number, event: string, facts: object = {}): string | null {
  if (!Object.hasOwn(EVENTS, event)) return null;
  const known: Record<string, Fact<number | boolean | string>> = EVENTS[event as LogEvent];
  const parts = Object.entries(known).flatMap(([name, read]) => {
    const value = read((facts as Record<string, unknown>)[name]);
    return value === null ? [] : [`${name}=${String(value).replaceAll(" ", "-")}`];
  });
  return [new Date(at).toISOString(), event, ...parts].join(" ");
}

/** As {@link lineOf} makes them; nothing else that stands in the file is shown to anybody. */
const LINE =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [a-z-]{1,40}(?: [a-zA-Z]{1,40}=[A-Za-z0-9.-]{1,40}){0,20}$/;

/** Three files of this many bytes are kept. */
export const MOST_BYTES = 256 * 1024;
const FILES = { current: "main.log", newer: "main.1.log", oldest: "main.2.log" };

export interface LogMeans {
  /** absolute; made when the first line is written */
  folder: string;
  /** ms since 1970 */
  now?: () => number;
  fs?: LogSystem;
}

export interface LogFile {
  log: Log;
  /** resolves when all lines so far are written, or could not be */
  flush: () => Promise<void>;
  /** the last lines that are there, oldest first */
  last: (most: number) => Promise<string[]>;
}

/** Keeps the log. Where it cannot be written there is none, and nothing else is different. */
export function openLog({ folder, now = Date.now, fs = system }: LogMeans): LogFile {
  const current = path.join(folder, FILES.current);
  const newer = path.join(folder, FILES.newer);
  /** of the current file; null until it is known */
  let bytes: number | null = null;
  let written: Promise<void> = Promise.resolve();

  async function write(line: string): Promise<void> {
    if (bytes === null) {
      await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      bytes = await fs.stat(current).then(
        ({ size }) => size,
        () => 0,
      );
    }
    if (bytes + line.length > MOST_BYTES) {
      await rotate();
      bytes = 0;
    }
    await fs.appendFile(current, line, { mode: 0o600 });
    bytes += line.length;
  }

  async function rotate(): Promise<void> {
    await fs.rename(newer, path.join(folder, FILES.oldest)).catch(() => undefined);
    await fs.rename(current, newer);
  }

  const flush = (): Promise<void> => written;
  return {
    log(event, ...facts) {
      const line = lineOf(now(), event, ...facts);
      if (line !== null) written = written.then(() => write(`${line}\n`)).catch(() => undefined);
    },
    flush,
    async last(most) {
      await flush();
      const texts = await Promise.all(
        [newer, current].map((file) => fs.readFile(file, "utf8").catch(() => "")),
      );
      return texts
        .flatMap((text) => text.split("\n"))
        .filter((line) => LINE.test(line))
        .slice(-most);
    },
  };
}
