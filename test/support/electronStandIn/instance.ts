import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";

/** What a second start hands to the first. */
interface Start {
  argv: string[];
  workingDirectory: string;
}

/**
 * Whether this process is the first one of its profile. One that is not leaves its arguments to the first, in a file of
 * a folder that the first one watches. A process that was killed holds nothing.
 *
 * As Electron, it says the same where nobody is the first: nothing can be written to the profile, or Chromium's link in
 * it names a process of another computer.
 */
export function isFirstStart(profile: string, told: (start: Start) => void): boolean {
  const lock = path.join(profile, "stand-in.lock");
  const starts = path.join(profile, "stand-in-starts");
  const link = path.join(profile, "SingletonLock");
  if (isOfAnotherComputer(link)) return false;
  try {
    mkdirSync(starts, { recursive: true });
  } catch {
    return false;
  }
  while (!made(lock)) {
    if (!isAlive(Number(readFileSync(lock, "utf8")))) {
      rmSync(lock, { force: true });
      continue;
    }
    const start: Start = { argv: process.argv, workingDirectory: process.cwd() };
    // Whole when it is seen.
    const unfinished = path.join(profile, `stand-in-start-${process.pid}`);
    writeFileSync(unfinished, JSON.stringify(start));
    renameSync(unfinished, path.join(starts, `${process.pid}.json`));
    return false;
  }
  // Chromium puts its own in its place.
  const mine = `${os.hostname()}-${process.pid}`;
  if (process.platform !== "win32" && targetOf(link) === null) symlinkSync(mine, link);
  process.on("exit", () => {
    rmSync(lock, { force: true });
    if (targetOf(link) === mine) rmSync(link);
  });
  const take = (name: string): void => {
    const file = path.join(starts, name);
    if (!existsSync(file)) return;
    const start = JSON.parse(readFileSync(file, "utf8")) as Start;
    rmSync(file);
    told(start);
  };
  watch(starts, (_event, name) => take(name!)).unref();
  for (const name of readdirSync(starts)) take(name);
  return true;
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function isOfAnotherComputer(link: string): boolean {
  const target = targetOf(link);
  return target !== null && target.slice(0, target.lastIndexOf("-")) !== os.hostname();
}

function made(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** Of one that has made its file and not yet written in it the number is 0, which is somebody who lives. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
