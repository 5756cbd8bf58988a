/** `npm run package:checksums`, after `npm run package`: the sums of what is given to others, and what is inside. */
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packagedPrograms, readNames, RELEASE } from "./packaged.ts";
import { checksums, fileList } from "./sums.ts";

const sums = existsSync(RELEASE) ? await checksums(RELEASE) : "";
if (sums === "") {
  console.error("There is nothing to sum in the folder release: npm run package");
  process.exitCode = 1;
} else {
  writeFileSync(path.join(RELEASE, "SHA256SUMS"), sums);
  for (const { executable } of packagedPrograms(RELEASE, readNames())) {
    const [folder] = path.relative(RELEASE, executable).split(path.sep);
    writeFileSync(path.join(RELEASE, `FILES-${folder!}.txt`), await fileList(path.join(RELEASE, folder!)));
  }
  process.stdout.write(sums);
}
