import type { PlatformPath } from "node:path";
import { posix, win32 } from "node:path";
import { fileURLToPath } from "node:url";
import { openedEndingOf } from "../api/contract.ts";
import { isDeviceName } from "./fileName.ts";

/** How many files one start opens. */
export const MOST_FILES = 10;
/** Windows takes no longer path, and no other system one as long. */
const LONGEST_PATH = 32_767;

/** An address, and no drive of Windows, which has one letter. */
const ADDRESS = /^[a-z][a-z\d+.-]+:\/\//i;

/** Files of ours, absolute, each once; `left` are those beyond {@link MOST_FILES}, which are not opened. */
export interface FoundFiles {
  files: string[];
  left: string[];
}

/**
 * The files of ours among the arguments of a start, the program's own first one included. Everything else is ignored:
 * switches, also those that Electron and Chromium add, the folder of the sources, files of other kinds, addresses.
 * A file's address ("file:///…") is its path: Linux desktops hand files over so.
 *
 * @param cwd the folder that the start was made from; what is relative is relative to it
 */
export function filesAmong(argv: readonly string[], cwd: string, platform: NodeJS.Platform): FoundFiles {
  const files = [...new Set(argv.flatMap((argument) => fileOf(argument, cwd, platform) ?? []))];
  return { files: files.slice(0, MOST_FILES), left: files.slice(MOST_FILES) };
}

function fileOf(argument: string, cwd: string, platform: NodeJS.Platform): string | null {
  const api = pathOf(platform);
  if (argument.length > LONGEST_PATH || argument.startsWith("-")) return null;
  const named = ADDRESS.test(argument) ? pathOfAddress(argument, platform) : argument;
  if (named === null || named.includes("\0") || !openedEndingOf(named)) return null;
  // A start that does not tell where it was made from names nothing that is relative.
  if (!api.isAbsolute(named) && !api.isAbsolute(cwd)) return null;
  return api.resolve(cwd, named);
}

function pathOfAddress(address: string, platform: NodeJS.Platform): string | null {
  if (!/^file:/i.test(address)) return null;
  try {
    return fileURLToPath(address, { windows: platform === "win32" });
  } catch {
    // Of another computer, on a system whose paths have none; or with an escaped separator in a name.
    return null;
  }
}

/** "network": to another computer; "device": to no file, or round about where no file of a user lies. */
export type Place = "local" | "network" | "device";

/** Folders that connect to the computer, or the cell, that the name within them says: automounters and AFS. */
const CONNECTING = /^\/(?:net|afs|cifs|smb)\//;
/** What the system makes up; each has a way round to any other path: "/proc/self/root/net/host". */
const MADE_UP: Partial<Record<NodeJS.Platform, RegExp>> = {
  linux: /^\/(?:proc|sys|dev)\//,
  darwin: /^\/(?:dev|\.vol|\.file|\.nofollow|\.resolve)\//,
};
/** Where macOS has the root once more. */
const FIRMLINKED = /^\/system\/volumes\/data(?=\/)/;

/** As the system reads it: no "." and "..", no separator twice, and on macOS whatever its capitals. */
function posixPlain(file: string, platform: NodeJS.Platform): string {
  const plain = posix.normalize(file);
  return platform === "darwin" ? plain.normalize("NFC").toLowerCase().replace(FIRMLINKED, "") : plain;
}

/**
 * Where a path leads, by what it says. Another computer learns who asks, and on Windows is sent a proof of the user's
 * password that it can try to guess, as soon as the path is touched.
 *
 * @param file absolute
 */
export function placeOf(file: string, platform: NodeJS.Platform): Place {
  if (platform !== "win32") {
    const plain = posixPlain(file, platform);
    if (MADE_UP[platform]?.test(plain)) return "device";
    // SECURITY: "/net/host" connects to a host that is named by whoever has made the path.
    return CONNECTING.test(plain) ? "network" : "local";
  }
  // SECURITY: read as Windows does, which takes both separators and drops "." and "..".
  const plain = win32.normalize(file);
  const names = plain.split("\\").filter((name) => name !== "");
  if (/^\\\\\?\\UNC\\/i.test(plain)) return "network";
  const rest = /^\\\\\?\\([a-z]:\\.*)$/is.exec(plain)?.[1] ?? plain;
  if (/^\\\\[.?]\\|^\\\?\?\\/.test(rest) || names.some(isDeviceName)) return "device";
  if (rest.startsWith("\\\\")) return "network";
  // A second colon opens a stream within a file, whose name may be anything.
  return rest.indexOf(":", 2) === -1 ? "local" : "device";
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** What a link says, or an error where it is none. */
export type ReadLink = (file: string) => Promise<string>;

/**
 * Where a path leads when the links in it are followed, with the path that is then meant.
 *
 * SECURITY: each step is judged by what it says before it is touched; asking the system for the real path would be at the
 * other computer before anybody could say no. What lies behind a link to one is not looked at.
 *
 * @param file as it was given
 */
export async function followLinks(
  file: string,
  platform: NodeJS.Platform,
  readlink: ReadLink,
): Promise<{ file: string; place: Place }> {
  const api = pathOf(platform);
  // What a start gives is absolute; what stood in a file of settings may be anything.
  if (!api.isAbsolute(file) || file.includes("\0")) return { file, place: "device" };
  let whole = api.normalize(file);
  for (let links = 0; links <= MOST_LINKS; links++) {
    const place = placeOf(whole, platform);
    if (place !== "local") return { file: whole, place };
    const target = await firstLink(whole, api, readlink);
    if (target === null) return { file: whole, place };
    whole = target;
  }
  return { file: whole, place: "device" };
}

/** The path with the first link in it replaced by what that says; null: there is none. */
async function firstLink(file: string, api: PlatformPath, readlink: ReadLink): Promise<string | null> {
  const { root } = api.parse(file);
  const names = file.slice(root.length).split(api.sep);
  let folder = root;
  for (const [i, name] of names.entries()) {
    const step = api.join(folder, name);
    // It is no link, or is not there; or reading it will say what is wrong.
    const said = await readlink(step).catch(() => null);
    if (said !== null) return api.resolve(folder, said, ...names.slice(i + 1));
    folder = step;
  }
  return null;
}

/** What a path of a network has in common with all others of the same folder that a computer shares: `\\host\share\`. */
export function shareOf(file: string, platform: NodeJS.Platform): string {
  if (platform !== "win32") return posixPlain(file, platform).split("/").slice(0, 3).join("/");
  const plain = win32.normalize(file).replace(/^\\\\\?\\UNC\\/i, "\\\\");
  return win32.parse(plain).root.toLowerCase();
}

export const nameOf = (file: string, platform: NodeJS.Platform): string => pathOf(platform).basename(file);

const pathOf = (platform: NodeJS.Platform): PlatformPath => (platform === "win32" ? win32 : posix);

/**
 * Control characters, halves of characters, breaks of lines and paragraphs, the marks that turn the direction of writing,
 * and letters that are as empty as a space: Braille's and Hangul's.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** A path as it is shown: on one line, in the order in which it is read, and without its middle where it is too long. */
export function shownPath(file: string, longest: number): string {
  const visible = file.replace(INVISIBLE, "\u{fffd}");
  if (visible.length <= longest) return visible;
  // The computer that it leads to stands first, its name last.
  const half = Math.floor((longest - 1) / 2);
  return `${visible.slice(0, half)}…${visible.slice(-half)}`;
}
