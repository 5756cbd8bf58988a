import type { PlatformPath } from "node:path";

export const SCHEME = "app";
/** Fixed for good: a page's stored data belong to its scheme and host, and another origin would not find them. */
export const ORIGIN = `${SCHEME}://hg-nen-prognosis`;
/** The address of the main window, and of the program's one page. */
export const PAGE_URL = `${ORIGIN}/`;
/** The address of the audience's window: the same page, at a place that shows nothing but the slide. */
export const PROJECTOR_URL = `${PAGE_URL}#/board/projector`;
const PAGE_FILE = "app.html";

const MAX_URL_LENGTH = 1024;
/** What our own build calls its files. It starts with no dot and ends with none, since Windows drops a dot at the end. */
const FILE_NAME = /^[\w-](?:[\w.-]*[\w-])?$/;
/** Windows opens a device for these names, whatever folder or extension they are given. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The file that an address of our own scheme stands for, or null where it stands for none.
 *
 * SECURITY: names are allowed, not forbidden. Every file is one that our build has named, so nothing needs an escape:
 * a percent sign, a backslash, a colon, an empty name or a name of dots is refused as it stands, before anything could
 * decode it once or twice. Scheme and host are compared as text, which leaves no room for user, port or another host.
 *
 * @param pathApi `node:path`, or one of its two kinds in tests
 * @param baseDir the folder of the built page, absolute
 */
export function resolveResource(
  url: string,
  pathApi: Pick<PlatformPath, "join" | "relative" | "isAbsolute">,
  baseDir: string,
): string | null {
  if (url.length > MAX_URL_LENGTH || !url.startsWith(PAGE_URL)) return null;
  const [path = ""] = url.slice(PAGE_URL.length).split(/[?#]/, 1);
  const names = path === "" ? [PAGE_FILE] : path.split("/");
  if (!names.every((name) => FILE_NAME.test(name) && !DEVICE_NAME.test(name))) return null;
  const file = pathApi.join(baseDir, ...names);
  // SECURITY: the same again in terms of the file system, should the rule above ever be loosened.
  const inside = pathApi.relative(baseDir, file);
  return inside.startsWith("..") || pathApi.isAbsolute(inside) ? null : file;
}

/** Whether an address is the app's one page, with whatever query or fragment. */
export function isOwnPage(url: string): boolean {
  return url.split(/[?#]/, 1)[0] === PAGE_URL;
}
