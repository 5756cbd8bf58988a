/**
 * `npm run package:smoke`: starts the packaged program of this system, as it lies in the folder "release", and looks
 * whether it opens its window and ends as it should. Ends with 1 where it does not, or where there is none.
 */
import { packagedPrograms, readNames, RELEASE } from "./packaged.ts";
import { smokeTest } from "./smokeTest.ts";

const LIMIT_MS = 120_000;
const IS_ARM = process.arch === "arm64";

const programs = packagedPrograms(RELEASE, readNames()).filter(
  // A Mac's folder without a name of a processor is for Intel's, which a newer Mac may not be able to start.
  ({ executable, platform }) =>
    platform === process.platform && (platform !== "darwin" || executable.includes("arm64") === IS_ARM),
);
if (programs.length === 0) {
  console.error("There is no packaged program of this system in the folder release: npm run package:dir");
  process.exitCode = 1;
}
for (const { executable } of programs) {
  console.log(executable);
  const faults = await smokeTest({ executable, platform: process.platform, limitMs: LIMIT_MS });
  if (faults.length > 0) process.exitCode = 1;
  console.log(faults.length > 0 ? faults.map((fault) => `  ${fault}`).join("\n") : "  starts and ends well");
}
