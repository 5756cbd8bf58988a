/**
 * `npm run package`: the built program → installers for this system, in the folder "release". With --dir the program
 * alone, unpacked, as it would be installed.
 */
import { build } from "electron-builder";
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { fromEnvironment } from "./environment.ts";
import { RELEASE, ROOT } from "./packaged.ts";

const { values } = parseArgs({ options: { dir: { type: "boolean", default: false } } });
// electron-builder looks from here for the hooks that its configuration names.
process.chdir(ROOT);
// A workflow hands over a secret that is not there as an empty text, which electron-builder takes for a certificate.
for (const [name, value] of Object.entries(process.env)) {
  if (value === "" && /^(WIN_)?CSC_|^APPLE_|^AZURE_/.test(name)) Reflect.deleteProperty(process.env, name);
}
const { configuration, variables, signing } = fromEnvironment(process.env, process.platform);
Object.assign(process.env, variables);
// The tools that write packages put this into them instead of the time of the build: of the last change to the source.
process.env["SOURCE_DATE_EPOCH"] ??= lastChange();
console.log(`Signed with ${signing}. What is made lies in ${RELEASE}`);
for (const file of await build({
  projectDir: ROOT,
  dir: values.dir,
  publish: "never",
  config: configuration,
})) {
  console.log(file);
}

/** Seconds since 1970; 0 where the source is not in a repository. */
function lastChange(): string {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { encoding: "utf8" }).trim();
  } catch {
    return "0";
  }
}
