import { lstat } from "node:fs/promises";
import path from "node:path";
import type { Policy, PolicyFlaw, PolicyInForce, PolicyProblem } from "../api/contract.ts";
import { EXPORTS, STRICTEST, UNRESTRICTED } from "../api/contract.ts";
import { readRegular, system as regularSystem } from "./regularFile.ts";
import { messageOf } from "./wholeFile.ts";

/** What an administrator has decided for a computer: read once at the start, from places that users cannot write to. */
const FILE = "policy.json";
const WINDOWS_FOLDER = "HG-NEN Prognosis";
/** For developers and tests: another file, on the command line of a program that is not packaged. */
const SWITCH = "--policy-file=";

/** Far beyond five fields. */
const MOST_BYTES = 64 * 1024;
/** A day: whoever wants more says nothing. */
const MOST_MINUTES = 24 * 60;
/** What of a file is shown. */
const MOST_CHARACTERS = 100;
/** Of one file: the first few say enough of a file that is something else. */
const MOST_PROBLEMS = 8;

const isBoolean = (value: unknown): boolean => typeof value === "boolean";
/** What may stand in a file; a field of the policy without a line here does not compile. */
const ALLOWED: Readonly<Record<keyof Policy, (value: unknown) => boolean>> = {
  storage: isBoolean,
  exports: (value) => (EXPORTS as readonly unknown[]).includes(value),
  keychain: isBoolean,
  links: isBoolean,
  lockAfterMinutes: (value) =>
    value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_MINUTES),
};
export const POLICY_FIELDS = Object.keys(ALLOWED) as (keyof Policy)[];

/** Where policy files lie. All that are there hold: the stricter one wins. */
export function policyPlaces(
  platform: NodeJS.Platform,
  execPath: string,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  if (platform === "darwin") return [`/Library/Application Support/${WINDOWS_FOLDER}/${FILE}`];
  if (platform !== "win32") return [`/etc/hg-nen-prognosis/${FILE}`];
  const windows = path.win32;
  const folders = [
    "C:\\ProgramData",
    windows.join(windows.parse(execPath).root, "ProgramData"),
    windows.join(variable(env, "SystemDrive"), "\\ProgramData"),
    windows.normalize(variable(env, "ProgramData")),
  ]
    // SECURITY: a drive, never a server by its name: asking one would be the network, and would greet it by the user's name.
    .filter((folder) => /^[a-z]:\\/i.test(folder))
    .map((folder) => windows.join(folder, WINDOWS_FOLDER, FILE));
  return folders.filter(
    (folder, i) => folders.findIndex((other) => other.toLowerCase() === folder.toLowerCase()) === i,
  );
}

/**
 * SECURITY: a user can change variables of his own environment. These add places, and take none away: with them a user
 * can forbid himself something, and allow nothing.
 */
function variable(env: Readonly<Record<string, string | undefined>>, wanted: string): string {
  // Windows does not tell capitals apart in names of variables; of a plain object only Node's own does so.
  const name = Object.keys(env).find((each) => each.toLowerCase() === wanted.toLowerCase());
  return (name === undefined ? undefined : env[name]) ?? "";
}

/** The files that a command line names. SECURITY: they too are added to the others, and can only forbid. */
export function policyFilesNamed(argv: readonly string[]): string[] {
  return argv
    .filter((each) => each.startsWith(SWITCH))
    .map((each) => path.resolve(each.slice(SWITCH.length)));
}

/** What is forbidden in either. */
export function stricter(a: Readonly<Policy>, b: Readonly<Policy>): Policy {
  const minutes = [a.lockAfterMinutes, b.lockAfterMinutes].filter((each) => each !== null);
  return {
    storage: a.storage && b.storage,
    exports: EXPORTS.find((each) => a.exports === each || b.exports === each)!,
    keychain: a.keychain && b.keychain,
    links: a.links && b.links,
    lockAfterMinutes: minutes.length === 0 ? null : Math.min(...minutes),
  };
}

/** What is used of the system; tests put a failing disk in its place. */
export const system = { ...regularSystem, lstat };
export type PolicySystem = typeof system;

/**
 * What all policy files together decide. A missing file decides nothing; one that cannot be understood, in whole or in
 * part, forbids everything: whoever wrote it meant to forbid something.
 */
export async function readPolicy(
  places: readonly string[],
  fs: PolicySystem = system,
): Promise<PolicyInForce> {
  const all = await Promise.all(places.map(async (file) => ({ file, read: await readFile(file, fs) })));
  const found = all.flatMap(({ file, read }) => (read ? [{ file, ...read }] : []));
  return {
    policy: found.reduce((sum, { policy }) => stricter(sum, policy), { ...UNRESTRICTED }),
    files: found.map(({ file }) => file),
    problems: found.flatMap(({ problems }) => problems),
  };
}

type Read = Pick<PolicyInForce, "policy" | "problems">;

/** Null: there is none. */
async function readFile(file: string, fs: PolicySystem): Promise<Read | null> {
  const whole = (reason: PolicyFlaw, value: string | null): Read =>
    forbidding({ file, field: null, value, reason });
  try {
    // The link itself: one that leads nowhere was meant to lead to a policy.
    if (!(await isThere(file, fs))) return null;
    const bytes = await readRegular(file, MOST_BYTES, fs);
    if (bytes === "no-file") return whole("unreadable", "it is not a file");
    return bytes === "too-large" ? whole("too-large", null) : parsePolicy(file, bytes);
  } catch (error) {
    return whole("unreadable", shortened(messageOf(error)));
  }
}

async function isThere(file: string, fs: PolicySystem): Promise<boolean> {
  try {
    await fs.lstat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Reads the bytes of a policy file. */
export function parsePolicy(file: string, bytes: Uint8Array): Read {
  const whole = (reason: PolicyFlaw, value: string | null): Read =>
    forbidding({ file, field: null, value, reason });
  if (bytes.length > MOST_BYTES) return whole("too-large", null);
  let text: string;
  let parsed: unknown;
  try {
    text = textOf(bytes);
    parsed = JSON.parse(text);
  } catch (error) {
    return whole("not-json", shortened(messageOf(error)));
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return whole("bad-value", valueText(parsed));
  }
  return policyOf(file, parsed, namesTwice(text));
}

/** Of the fields that can be understood, with everything else forbidden where some cannot. */
function policyOf(file: string, parsed: object, twice: ReadonlySet<string>): Read {
  const policy = new Map<keyof Policy, unknown>();
  const problems: PolicyProblem[] = [];
  for (const [name, value] of Object.entries(parsed)) {
    // SECURITY: own names only, so that "constructor" is as unknown as any other.
    const field = POLICY_FIELDS.find((known) => known === name);
    const reason: PolicyFlaw | null = !field
      ? "unknown-field"
      : twice.has(name)
        ? "field-twice"
        : ALLOWED[field](value)
          ? null
          : "bad-value";
    if (reason) problems.push({ file, field: shortened(name), value: valueText(value), reason });
    else policy.set(field!, value);
  }
  const understood: Policy = { ...UNRESTRICTED, ...(Object.fromEntries(policy) as Partial<Policy>) };
  return {
    policy: problems.length === 0 ? understood : stricter(understood, STRICTEST),
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

const forbidding = (problem: PolicyProblem): Read => ({ policy: { ...STRICTEST }, problems: [problem] });

/** How programs of Windows write text: Notepad with a mark in front, PowerShell's Out-File in UTF-16. @throws on other bytes */
function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** JSON's tokens, and whatever else stands between them; only of text that JSON.parse has taken. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** The outermost names that stand there more than once: JSON.parse keeps the last one of them, without a word. */
function namesTwice(text: string): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && token.startsWith('"') && before !== ":") {
      const name = JSON.parse(token) as string;
      (seen.has(name) ? twice : seen).add(name);
    }
    before = token;
  }
  return twice;
}

/** As it stands in the file, without its white space. */
const valueText = (value: unknown): string => shortened(JSON.stringify(value));

const shortened = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
