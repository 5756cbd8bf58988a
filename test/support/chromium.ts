import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ChromiumChoice {
  executablePath: string;
  /** in words, for the line that says which browser a run has used */
  origin: string;
  /** added to the environment of the browser */
  env: Record<string, string>;
}

/** What playwright-core needs to start a browser; it adds --headless and, for root, --no-sandbox itself. */
export interface LaunchOptions {
  executablePath: string;
  headless: true;
  chromiumSandbox: boolean;
  args: string[];
  env: Record<string, string>;
}

let chosen: Promise<ChromiumChoice> | undefined;

/**
 * A Chromium to test in: CHROMIUM_PATH, else one that is installed, else the one of the npm package @sparticuz/chromium
 * (Linux on x64), unpacked once. Prints which it is.
 */
export function findChromium(): Promise<ChromiumChoice> {
  chosen ??= choose().then((choice) => {
    console.log(`Chromium: ${choice.executablePath} (${choice.origin})`);
    return choice;
  });
  return chosen;
}

export async function launchOptions(args: readonly string[] = []): Promise<LaunchOptions> {
  const { executablePath, env } = await findChromium();
  return {
    executablePath,
    headless: true,
    // Root, containers and systems that restrict user namespaces cannot have it, and the only page is ours.
    chromiumSandbox: false,
    args: [
      // The browser itself reaches nobody either; the rule would take addresses of loopback for names as well.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      // The same pixels wherever a run takes place.
      "--font-render-hinting=none",
      ...args,
    ],
    env: { ...definedOnly(process.env), ...env },
  };
}

async function choose(): Promise<ChromiumChoice> {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, where there is no file`);
    return { executablePath: named, origin: "CHROMIUM_PATH", env: {} };
  }
  for (const file of installedBrowsers(process.platform, process.env)) {
    if (await isUsable(file)) return { executablePath: file, origin: "installed", env: {} };
  }
  if (process.platform === "linux" && process.arch === "x64") return unpackFromPackage();
  throw new Error("no Chromium found: install one, or set CHROMIUM_PATH to its executable");
}

function installedBrowsers(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  if (platform === "win32") {
    const folders = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LocalAppData"]];
    const programs = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
    return programs.flatMap((program) =>
      folders.flatMap((folder) => (folder ? [path.join(folder, program)] : [])),
    );
  }
  if (platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const folders = ["/usr/bin", ...(env["PATH"] ?? "").split(path.delimiter)].filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** On Linux a file of that name can be a stub that asks for a snap, or a snap, which cannot see our profile folder. */
async function isUsable(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  if (process.platform !== "linux") return true;
  if (file.startsWith("/snap/")) return false;
  return run(file, ["--version"]).then(
    () => true,
    () => false,
  );
}

/**
 * The package unpacks into the temporary folder of the system, under fixed names, and takes whatever lies there,
 * finished or not. So it is given a folder of our own, which gets its final name only when everything is in it: two
 * runs at once never see each other's half, and no stranger's file is started.
 */
async function unpackFromPackage(): Promise<ChromiumChoice> {
  const entry = import.meta.resolve("@sparticuz/chromium");
  const manifest = await readFile(new URL("../package.json", entry), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
  const folder = path.join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(`${folder}-`);
    await run(process.execPath, ["--input-type=module", "--eval", UNPACK, entry], {
      env: { ...process.env, TMPDIR: unfinished },
    });
    await writeFile(path.join(unfinished, "fonts.conf"), fontConfiguration(folder));
    await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  const executablePath = path.join(folder, "chromium");
  return {
    executablePath,
    origin: "@sparticuz/chromium",
    env: await whatTheSystemLacks(executablePath, folder),
  };
}

/** Also unpacks the shared libraries that a bare machine lacks; by itself the package does so on AWS only. */
const UNPACK = `
  const [entry] = process.argv.slice(1);
  const { default: chromium, inflate } = await import(entry);
  const { fileURLToPath } = await import("node:url");
  await chromium.executablePath();
  await inflate(fileURLToPath(new URL("../bin/al2023.tar.br", entry)));
`;

/** The package's own file names fixed folders of AWS. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <dir>${path.join(folder, "fonts")}</dir>
  <cachedir>${path.join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

/** The package's libraries and font, only where the system has none: its own are newer and fit together. */
async function whatTheSystemLacks(executablePath: string, folder: string): Promise<Record<string, string>> {
  const { stdout } = await run("ldd", [executablePath]).catch(() => ({ stdout: "" }));
  const env: Record<string, string> = {};
  if (stdout.includes("not found")) {
    const known = process.env["LD_LIBRARY_PATH"];
    env["LD_LIBRARY_PATH"] = [path.join(folder, "al2023/lib"), ...(known ? [known] : [])].join(":");
  }
  if (!existsSync("/etc/fonts/fonts.conf")) env["FONTCONFIG_FILE"] = path.join(folder, "fonts.conf");
  return env;
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
