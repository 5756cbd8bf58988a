import { execFileSync } from "node:child_process";
import { ROOT } from "./packaged.ts";

/**
 * When the source was last changed, in seconds since 1970, for everything that is made of it: the build machine's clock
 * says nothing about the contents. SOURCE_DATE_EPOCH, else the last commit; null where neither is known.
 */
export function sourceTime(
  given = process.env["SOURCE_DATE_EPOCH"],
  lastCommit: () => string = readLastCommit,
): number | null {
  const seconds = given || lastCommit();
  if (seconds === "") return null;
  if (!/^\d{1,11}$/.test(seconds))
    throw new Error(`SOURCE_DATE_EPOCH is not a number of seconds: ${seconds}`);
  return Number(seconds);
}

function readLastCommit(): string {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "";
  }
}
