import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where `npm run package` puts what it makes; electron-builder.yml says so too. */
export const RELEASE = path.join(ROOT, "release");

/** What is shipped beside the archive, in the folder "legal" of the resources. */
export const LEGAL_FILES = ["LICENSE", "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json"] as const;

export interface Names {
  /** shown to people, and the executable's on Windows and macOS */
  product: string;
  /** of the package, and the executable's on Linux */
  name: string;
}

/** What the program and its executables are called. */
export function readNames(): Names {
  const { productName } = parse(readFileSync(path.join(ROOT, "electron-builder.yml"), "utf8")) as {
    productName: string;
  };
  const { name } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { name: string };
  return { product: productName, name };
}

/** The executable in a folder with an unpacked program. */
export function programIn(folder: string, platform: NodeJS.Platform, { product, name }: Names): string {
  if (platform === "win32") return path.join(folder, `${product}.exe`);
  return platform === "darwin"
    ? path.join(folder, `${product}.app/Contents/MacOS/${product}`)
    : path.join(folder, name);
}

/** electron-builder's folders: linux-unpacked, win-arm64-unpacked; mac, mac-arm64. */
const FOLDERS: readonly [RegExp, NodeJS.Platform][] = [
  [/^linux(-\w+)?-unpacked$/, "linux"],
  [/^win(-\w+)?-unpacked$/, "win32"],
  [/^mac(-\w+)?$/, "darwin"],
];

export interface PackagedProgram {
  executable: string;
  platform: NodeJS.Platform;
}

/** The programs that lie unpacked in a folder of releases, for whatever system. */
export function packagedPrograms(release: string, names: Names): PackagedProgram[] {
  const entries = statSync(release, { throwIfNoEntry: false }) ? readdirSync(release).sort() : [];
  return entries.flatMap((entry) => {
    const platform = FOLDERS.find(([pattern]) => pattern.test(entry))?.[1];
    if (!platform) return [];
    const executable = programIn(path.join(release, entry), platform, names);
    return statSync(executable, { throwIfNoEntry: false })?.isFile() ? [{ executable, platform }] : [];
  });
}
