/**
 * `npm run package:fuses -- [FILE…]`: prints the fuses of packaged executables, those in the folder "release" where none
 * is named. Ends with 1 where one is not as decided in fuses.ts, or nothing is found to read.
 */
import { parseArgs } from "node:util";
import { readFuses } from "./fuses.ts";
import { packagedPrograms, readNames, RELEASE } from "./packaged.ts";
import { plainly } from "./plainly.ts";

await plainly("npm run package:fuses", async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const found =
    positionals.length > 0
      ? positionals
      : packagedPrograms(RELEASE, readNames()).map(({ executable }) => executable);
  if (found.length === 0) {
    throw new Error("there is no packaged program in the folder release: npm run package:dir");
  }
  for (const executable of found) {
    console.log(executable);
    try {
      for (const { name, state, wanted } of await readFuses(executable)) {
        const fits = state === wanted;
        console.log(`  ${name}: ${state}${fits ? "" : `, but decided: ${wanted ?? "nothing"}`}`);
        if (!fits) process.exitCode = 1;
      }
    } catch (error) {
      console.error(`  ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
});
