import type { App, SafeStorage, Screen } from "electron";
import { lstat, readdir, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Policy, PolicyInForce } from "../api/contract.ts";
import { BACKUP_NAME } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import { system as probeSystem, whyUnwritable } from "./folderProbe.ts";
import { codeOf } from "./log.ts";
import { POLICY_FIELDS } from "./policy.ts";
import type { RunPlace } from "./runPlace.ts";
import { runPlaceOf } from "./runPlace.ts";

/** What is used of the system; tests put another computer in its place. */
export const system = {
  ...probeSystem,
  lstat,
  readdir,
  statfs: (folder: string): Promise<{ bavail: number; bsize: number }> => statfs(folder),
  execPath: process.execPath,
  env: process.env as Readonly<Record<string, string | undefined>>,
  platform: process.platform,
  arch: process.arch,
  versions: process.versions as Readonly<Record<string, string | undefined>>,
  osName: os.type,
  osRelease: os.release,
  home: os.homedir,
  user: (): string => os.userInfo().username,
};
export type DiagnosticsSystem = typeof system;

type Label =
  | ("program" | "model" | "electron" | "chromium" | "node" | "system" | "packaged" | "language" | "display")
  | (
      | "keychain"
      | "policy"
      | "policyFile"
      | "policyProblem"
      | "runsFrom"
      | "dataFolder"
      | "writable"
      | "diskFree"
      | "store"
      | "backups"
      | "backupBytes"
    )
  | ("log" | "yes" | "no" | "none" | "unknown");
export type DiagnosticsWords = Readonly<Record<Label, string>> & {
  readonly places: Readonly<Record<RunPlace, string>>;
};

export interface DiagnosticsMeans {
  app: Pick<App, "getLocale" | "getVersion" | "isPackaged">;
  screen: Pick<Screen, "getAllDisplays">;
  safeStorage: Pick<SafeStorage, "getSelectedStorageBackend">;
  modelVersion: string;
  /** where the program keeps its data, absolute */
  folder: string;
  policy: PolicyInForce;
  /** the last lines of the log, oldest first */
  log: (most: number) => Promise<string[]>;
  words: DiagnosticsWords;
  system?: DiagnosticsSystem;
}

const LOG_LINES = 50;
/** A folder with more than these is told of as it is up to there. */
const MOST_FILES = 10_000;
/** Where Chromium keeps the pages' stores in the data folder. */
const STORE = "IndexedDB";
const BACKUPS = "backups";
const SHORTEST_NAME = 3;
const MEGABYTE = 1_000_000;

/**
 * What the program knows of itself, as text that a user can read before it is sent to anybody. SECURITY: it is put
 * together from facts about the computer, numbers and the log; no content of any case, and no file's name, is reached.
 */
export function createDiagnostics({
  app,
  screen,
  safeStorage,
  modelVersion,
  folder,
  policy,
  log,
  words,
  system: computer = system,
}: DiagnosticsMeans): Pick<ShellHandlers, "diagnostics"> {
  const yesNo = (value: boolean): string => (value ? words.yes : words.no);
  const orUnknown = (number: number | null): string => (number === null ? words.unknown : String(number));

  async function lines(): Promise<string[]> {
    const { versions } = computer;
    const backups = await filesIn(computer, path.join(folder, BACKUPS));
    const ours = backups && backups.filter(({ name }) => BACKUP_NAME.test(name));
    const store = await filesIn(computer, path.join(folder, STORE));
    const refusal = await whyUnwritable(folder, computer);
    const free = await megabytesFree(computer, folder);
    const { platform, execPath, env } = computer;
    const place = runPlaceOf({ packaged: app.isPackaged, home: computer.home(), platform, execPath, env });
    const facts: [label: string, value: string][] = [
      [words.program, app.getVersion()],
      [words.model, modelVersion],
      [words.electron, versions["electron"] ?? words.unknown],
      [words.chromium, versions["chrome"] ?? words.unknown],
      [words.node, versions["node"] ?? words.unknown],
      [words.system, `${computer.osName()} ${computer.osRelease()} ${computer.arch}`],
      [words.packaged, yesNo(app.isPackaged)],
      [words.runsFrom, `${words.places[place]} ${execPath}`],
      [words.language, app.getLocale()],
      ...screen
        .getAllDisplays()
        .map(({ bounds: { width, height }, scaleFactor }): [string, string] => [
          words.display,
          `${width}×${height} @${scaleFactor}`,
        ]),
      [words.keychain, keychainName(safeStorage, computer.platform)],
      [words.policy, policyText(policy.policy, yesNo, words.none)],
      ...policy.files.map((file): [string, string] => [words.policyFile, file]),
      // The values of a policy are text from outside, and so are names that it does not know; its file is there for who
      // may read it.
      ...policy.problems.map(({ file, field, reason }): [string, string] => [
        words.policyProblem,
        [reason, ...POLICY_FIELDS.filter((known) => known === field), file].join(" "),
      ]),
      [words.dataFolder, folder],
      [words.writable, refusal === null ? words.yes : `${words.no} (${refusal})`],
      [words.diskFree, free ?? words.unknown],
      [words.store, store?.length === 0 ? words.none : orUnknown(store && sum(store))],
      [words.backups, orUnknown(ours && ours.length)],
      [words.backupBytes, orUnknown(ours && sum(ours))],
    ];
    const text = facts.map(([label, value]) => `${label}: ${oneLine(value)}`);
    return [...text, "", `${words.log}:`, ...(await log(LOG_LINES))];
  }

  return {
    async diagnostics() {
      const text = (await lines()).join("\n");
      const person = { home: computer.home(), user: userOf(computer) };
      return { ok: true, value: { text: `${withoutPerson(text, person)}\n` } };
    },
  };
}

// eslint-disable-next-line no-control-regex -- what a terminal or an editor might obey
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ");

const sum = (files: readonly { bytes: number }[]): number =>
  files.reduce((bytes, file) => bytes + file.bytes, 0);

/** A user may have no name, as in a container. */
function userOf({ user }: DiagnosticsSystem): string {
  try {
    return user();
  } catch {
    return "";
  }
}

function keychainName(safeStorage: DiagnosticsMeans["safeStorage"], platform: NodeJS.Platform): string {
  if (platform === "linux") return safeStorage.getSelectedStorageBackend();
  return platform === "darwin" ? "Keychain" : "DPAPI";
}

const policyText = (policy: Policy, yesNo: (value: boolean) => string, none: string): string =>
  Object.entries(policy)
    .map(([field, value]: [string, Policy[keyof Policy]]) => {
      const shown = typeof value === "boolean" ? yesNo(value) : (value ?? none);
      return `${field}=${shown}`;
    })
    .join(" ");

/** In whole megabytes; null where nobody knows. */
const megabytesFree = ({ statfs: disk }: DiagnosticsSystem, folder: string): Promise<string | null> =>
  disk(folder).then(
    ({ bavail, bsize }) => String(Math.floor((bavail * bsize) / MEGABYTE)),
    () => null,
  );

/** The files of a folder and of those within, without following links; none where it is not there, null where it cannot be read. */
async function filesIn(
  { readdir: list, lstat: statOf }: DiagnosticsSystem,
  folder: string,
): Promise<{ name: string; bytes: number }[] | null> {
  try {
    const entries = await list(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).slice(0, MOST_FILES);
    return await Promise.all(
      files.map(async ({ name, parentPath }) => {
        const stats = await statOf(path.join(parentPath, name)).catch(() => null);
        return { name, bytes: stats?.size ?? 0 };
      }),
    );
  } catch (error) {
    return codeOf(error) === "ENOENT" ? [] : null;
  }
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/**
 * A text in which no path names a person: the home folder becomes "~", and a folder that is named after the user, as on
 * another drive, "<user>".
 */
export function withoutPerson(text: string, { home, user }: { home: string; user: string }): string {
  // Windows and macOS do not tell upper from lower case, and paths come with both kinds of separators.
  const separators = (name: string): string => literally(name).replace(/\\\\|\\\//g, "[\\\\/]");
  const trimmed = home.replace(/[\\/]+$/, "");
  const withoutHome =
    trimmed === "" ? text : text.replace(new RegExp(`${separators(trimmed)}(?=[\\\\/\\s]|$)`, "gimu"), "~");
  if (user === "") return withoutHome;
  // A short name is a part of many words: then it must be the whole of a folder's.
  const named =
    user.length < SHORTEST_NAME
      ? new RegExp(`(?<=[\\\\/])${literally(user)}(?=[\\\\/]|$)`, "gimu")
      : new RegExp(`(?<=[\\\\/][^\\\\/\\n]*)${literally(user)}`, "gimu");
  return withoutHome.replace(named, "<user>");
}
