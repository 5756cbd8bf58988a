/** `npm run build:model`: study.json → baseline.json beside it. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { buildBaseline, serialiseBaseline } from "./buildBaseline.ts";
import { parseStudy } from "./schema.ts";

const folder = new URL("../../assets/studies/nordic-nec-2/", import.meta.url);
const started = performance.now();
const input = readFileSync(new URL("study.json", folder), "utf8");
const sha256 = createHash("sha256").update(input).digest("hex");
const text = serialiseBaseline(buildBaseline(parseStudy(JSON.parse(input)), sha256));
writeFileSync(new URL("baseline.json", folder), text);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `baseline.json: ${(text.length / 1000).toFixed(0)} kB in ${seconds} s, input ${sha256.slice(0, 12)}`,
);
