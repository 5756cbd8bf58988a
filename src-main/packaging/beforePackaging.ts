/** What a build needs and electron-builder would miss late, or only in its own words. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { findRuntime } from "../start/runtime.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The address that deb and rpm packages must name, where the environment gives one; undefined where electron-builder
 * finds it by itself.
 *
 * @throws where there is none
 */
export function homepage(project: string, env: Environment): string | undefined {
  const given = env["PROJECT_HOMEPAGE"];
  if (given) {
    if (!/^https:\/\/[^\s/]+/.test(given))
      throw new Error(`PROJECT_HOMEPAGE is not an https address: ${given}`);
    return given;
  }
  const manifest = JSON.parse(textOf(path.join(project, "package.json"))) as { homepage?: string };
  // As electron-builder reads it, which asks no git: not in a worktree, and the remote "origin" alone.
  const [, origin = ""] =
    /\[remote "origin"\]\r?\n([^[]*)/.exec(textOf(path.join(project, ".git/config"))) ?? [];
  if (manifest.homepage || /^\s*url = .*\bgithub\.com[/:]/m.test(origin)) return undefined;
  throw new Error(
    "deb and rpm packages must name the project's page: set PROJECT_HOMEPAGE to its address, or package.json's homepage",
  );
}

interface Wanted {
  /** the folder of the npm package "electron" */
  packageFolder: string;
  platform: NodeJS.Platform;
  arch: string;
}

/** @throws where ELECTRON_OVERRIDE_DIST_PATH names no Electron, or another version of it */
export function checkDistribution(env: Environment, { packageFolder, platform, arch }: Wanted): void {
  const folder = env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (!folder) return;
  const { version } = JSON.parse(textOf(path.join(packageFolder, "package.json"))) as { version: string };
  const zip = `electron-v${version}-${platform}-${arch}.zip`;
  if (path.basename(folder) === zip ? existsSync(folder) : existsSync(path.join(folder, zip))) return;
  const executable = findRuntime({
    packageFolder,
    version,
    platform,
    env,
    readText: textOf,
    isFile: existsSync,
  });
  if (!executable) {
    throw new Error(`there is no Electron in ELECTRON_OVERRIDE_DIST_PATH, ${folder}: unpack ${zip} there`);
  }
  const found = textOf(path.join(folder, "version")).trim().replace(/^v/, "");
  if (found !== version) {
    throw new Error(
      `ELECTRON_OVERRIDE_DIST_PATH, ${folder}, has Electron ${found || "of a version that it does not say"}, not ${version}`,
    );
  }
}

/**
 * SECURITY: the sums of Electron's downloads, as its npm package has them, which package-lock.json pins. Without them the
 * server that the download comes from is also asked what its sum is.
 */
export function pinnedDownload(packageFolder: string): { checksums: Record<string, string> } {
  return {
    checksums: JSON.parse(textOf(path.join(packageFolder, "checksums.json"))) as Record<string, string>,
  };
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
