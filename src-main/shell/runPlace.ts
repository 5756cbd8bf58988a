import path from "node:path";

export interface RunFacts {
  platform: NodeJS.Platform;
  packaged: boolean;
  /** of the program itself, absolute */
  execPath: string;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}
/** From where the program runs, as an administrator has put it there or a user. */
export type RunPlace = "unpackaged" | "portable" | "appimage" | "per-machine" | "per-user" | "elsewhere";

/** What only administrators write to. */
const PER_MACHINE: Partial<Record<NodeJS.Platform, RegExp>> = {
  win32: /^[a-z]:\\program files( \(x86\))?\\/i,
  darwin: /^\/Applications\//,
  linux: /^\/(?:opt|usr)\//,
};

export function runPlaceOf({ platform, packaged, execPath, env, home }: RunFacts): RunPlace {
  if (!packaged) return "unpackaged";
  const inside = (folder: string | undefined): boolean =>
    folder !== undefined && isInside(platform, execPath, folder);
  // The starter of the portable file says so.
  if (platform === "win32" && env["PORTABLE_EXECUTABLE_DIR"]) return "portable";
  // Other AppImages hand their variables on to what they start.
  if (platform === "linux" && env["APPIMAGE"] && inside(env["APPDIR"])) return "appimage";
  if (PER_MACHINE[platform]?.test(execPath)) return "per-machine";
  return inside(home) || (platform === "win32" && inside(env["LOCALAPPDATA"])) ? "per-user" : "elsewhere";
}

function isInside(platform: NodeJS.Platform, file: string, folder: string): boolean {
  const paths = platform === "win32" ? path.win32 : path.posix;
  // Nothing, or the root of a disk: everything lies in it.
  if (folder.length < 2) return false;
  const way = paths.relative(folder, file);
  return way !== "" && !way.startsWith("..") && !paths.isAbsolute(way);
}
