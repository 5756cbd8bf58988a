/** `npm run build:legal`, after `npm run build`: licences and bill of materials of what was built, into dist/legal. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { legalFiles } from "./legalFiles.ts";
import { ROOT } from "./packaged.ts";
import { plainly } from "./plainly.ts";
import { sourceTime } from "./sourceTime.ts";

await plainly("npm run build:legal", () => {
  const folder = path.join(ROOT, "dist/legal");
  const seconds = sourceTime();
  const files = legalFiles(ROOT, seconds === null ? null : new Date(seconds * 1000));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
    console.log(`dist/legal/${name}: ${(Buffer.byteLength(text) / 1000).toFixed(0)} kB`);
  }
});
