/**
 * `npm run package`: the built program → installers for this system, in the folder "release". With --dir the program
 * alone, unpacked, as it would be installed.
 */
import { build } from "electron-builder";
import type { Configuration } from "electron-builder";
import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { checkDistribution, homepage, pinnedDownload } from "./beforePackaging.ts";
import { fromEnvironment } from "./environment.ts";
import { RELEASE, ROOT } from "./packaged.ts";
import { plainly } from "./plainly.ts";
import { sourceTime } from "./sourceTime.ts";

const ELECTRON = path.join(ROOT, "node_modules/electron");

await plainly("npm run package", async () => {
  const { values } = parseArgs({ options: { dir: { type: "boolean", default: false } } });
  // electron-builder looks from here for the hooks that its configuration names.
  process.chdir(ROOT);
  // A workflow hands over a secret that is not there as an empty text, which electron-builder takes for a certificate.
  for (const [name, value] of Object.entries(process.env)) {
    if (value === "" && /^(WIN_)?CSC_|^APPLE_|^AZURE_/.test(name)) Reflect.deleteProperty(process.env, name);
  }
  const { configuration, variables, signing } = fromEnvironment(process.env, process.platform);
  checkDistribution(process.env, {
    packageFolder: ELECTRON,
    platform: process.platform,
    arch: process.arch,
  });
  const page = process.platform === "linux" && !values.dir ? homepage(ROOT, process.env) : undefined;
  Object.assign(process.env, variables);
  // The tools that write packages put this into them instead of the time of the build.
  process.env["SOURCE_DATE_EPOCH"] = String(sourceTime() ?? 0);
  console.log(`Signed with ${signing}. What is made lies in ${RELEASE}`);
  // What another version has left would be summed and given away with this one.
  await rm(RELEASE, { recursive: true, force: true });
  const config: Configuration = {
    ...configuration,
    electronDownload: pinnedDownload(ELECTRON),
    ...(page !== undefined && { extraMetadata: { homepage: page } }),
  };
  for (const file of await build({ projectDir: ROOT, dir: values.dir, publish: "never", config })) {
    console.log(file);
  }
});
