/** `npm run build:legal`, after `npm run build`: licences and bill of materials of what was built, into dist/legal. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { legalFiles } from "./legalFiles.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = path.join(ROOT, "dist/legal");
// The build machine's clock says nothing about the contents: only the source's own time is written.
const epoch = process.env["SOURCE_DATE_EPOCH"];

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(legalFiles(ROOT, epoch ? new Date(Number(epoch) * 1000) : null))) {
  writeFileSync(path.join(folder, name), text);
  console.log(`dist/legal/${name}: ${(Buffer.byteLength(text) / 1000).toFixed(0)} kB`);
}
