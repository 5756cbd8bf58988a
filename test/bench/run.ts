/**
 * `npm run bench`: figures of speed, memory and size, medians over enough runs, with the machine they were taken on.
 * `npm run bench -- --rows 1000000` adds a CSV of that many rows, and `--only core,screen,pptx,cases,desktop,csv` measures
 * a part. Timing belongs here and not in the tests.
 */
import { spawn } from "node:child_process";
import { createWriteStream, readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { cpus, platform, release, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { estimate } from "../../src-main/prognosis/estimate.ts";
import { parsePatient } from "../../src-main/prognosis/patient.ts";
import { prepareStudy } from "../../src-main/prognosis/prepared.ts";
import { buildBaseline } from "../../src-main/study/buildBaseline.ts";
import { parseBaseline, parseStudy } from "../../src-main/study/schema.ts";
import { cases } from "./cases.ts";
import type { Memory } from "./desktop.ts";
import { busyHour, coldStart } from "./desktop.ts";
import { keystrokes } from "./keystrokes.ts";
import { pptx } from "./pptx.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const { values } = parseArgs({ options: { rows: { type: "string" }, only: { type: "string" } } });
const PARTS = ["core", "screen", "pptx", "cases", "desktop", "csv"] as const;
const only = values.only?.split(",");
const unknownPart = only?.find((part) => !(PARTS as readonly string[]).includes(part));
if (unknownPart !== undefined) throw new Error(`no part ${unknownPart}: ${PARTS.join(", ")}`);
const wanted = (part: (typeof PARTS)[number]): boolean => only?.includes(part) ?? true;

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;
const row = (what: string, figure: string, goal: string): void =>
  console.log(`${what.padEnd(64)}${figure.padStart(14)}   ${goal}`);

/** Median milliseconds of one call, over batches, after a warm-up. */
function time(call: () => unknown, batch: number, batches = 25): number {
  for (let i = 0; i < batch * 3; i++) call();
  const each = Array.from({ length: batches }, () => {
    const start = performance.now();
    for (let i = 0; i < batch; i++) call();
    return (performance.now() - start) / batch;
  });
  return median(each);
}

function readAsset(name: string): unknown {
  return JSON.parse(readFileSync(path.join(ROOT, "assets/studies/nordic-nec-2", name), "utf8"));
}

const known = {
  tumour: "NEC",
  ageYears: 67,
  sex: "male",
  ecogPs: 1,
  ki67Percent: 85,
  alp: "elevated",
  primarySite: "colon",
  firstLine: "platinum-etoposide",
};
const unknown = { tumour: "NEC", ageYears: 67, ecogPs: 1 };

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB,`,
);
console.log(`${platform()} ${release()}, Node ${process.versions.node}\n`);

if (wanted("core")) {
  const study = parseStudy(readAsset("study.json"));
  const started = performance.now();
  buildBaseline(study, "bench");
  row(
    "baseline with 1,000 draws for four models",
    `${((performance.now() - started) / 1000).toFixed(1)} s`,
    "< 10 s",
  );

  const prepared = prepareStudy(study, parseBaseline(readAsset("baseline.json")));
  for (const [name, input] of [
    ["all known", known],
    ["all averaged", unknown],
  ] as const) {
    const parsed = parsePatient(input);
    if (!parsed.ok) throw new Error("the bench's patient is not valid");
    const patient = parsed.value;
    const full = time(() => estimate(prepared, patient), 20);
    row(`OS and PFS with intervals and 121-point curves, ${name}`, `${full.toFixed(2)} ms`, "≤ 5 ms");
    const point = time(() => estimate(prepared, patient, { intervals: false }), 500);
    row(`OS and PFS without intervals, with curves, ${name}`, `${(point * 1000).toFixed(0)} µs`, "≤ 50 µs");
  }
}

if (wanted("screen")) {
  const { painted, usable, scriptBytes, p50, p95, count } = await keystrokes();
  row(
    "JavaScript for the first paint, worker included, gzipped",
    `${(scriptBytes / 1000).toFixed(0)} kB`,
    "≤ 160 kB",
  );
  row("page asked for to first paint, headless Chromium", `${painted.toFixed(0)} ms`, "");
  row("page asked for to usable form", `${usable.toFixed(0)} ms`, "");
  row("first paint to usable form", `${Math.max(0, usable - painted).toFixed(0)} ms`, "≤ 400 ms");
  row(`keystroke to painted result, median of ${count}`, `${p50.toFixed(0)} ms`, "");
  row("keystroke to painted result, 95th percentile", `${p95.toFixed(0)} ms`, "≤ 50 ms");
}

if (wanted("pptx")) {
  const deck = await pptx();
  row(
    `PPTX of ${deck.patients} patients, first export, library included`,
    `${(deck.first / 1000).toFixed(1)} s`,
    "≤ 3 s",
  );
  row(
    `PPTX of ${deck.patients} patients, median of further ones`,
    `${(deck.median / 1000).toFixed(1)} s`,
    "≤ 3 s",
  );
}

if (wanted("cases")) {
  const stored = await cases(10_000);
  row(
    "10,000 stored cases: passphrase (1,000 rounds) to all listed",
    `${stored.open.toFixed(0)} ms`,
    "≤ 300 ms",
  );
  row("10,000 stored cases: the first search after that", `${stored.firstSearch.toFixed(0)} ms`, "≤ 50 ms");
  row(
    `10,000 stored cases: the slowest of five, “${stored.search.query}”, median`,
    `${stored.search.ms.toFixed(1)} ms`,
    "≤ 50 ms",
  );
  row(
    "a typed letter to “saved”, on the disk, the wait for more included",
    `${stored.save.toFixed(0)} ms`,
    "≤ 300 ms",
  );
}

if (wanted("desktop")) {
  const { asked, painted, runs } = await coldStart();
  row(
    `desktop, in the stand-in: start to the page asked for, median of ${runs}`,
    `${asked.toFixed(0)} ms`,
    "",
  );
  row(`desktop, in the stand-in: start to first paint, median of ${runs}`, `${painted.toFixed(0)} ms`, "");
  const { start, half, end, seconds } = await busyHour();
  const course = (of: (memory: Memory) => number): string =>
    [start, half, end].map((memory) => (of(memory) / 1e6).toFixed(1)).join(" → ");
  row(
    `a busy hour, done in ${seconds.toFixed(0)} s: the page's heap, MB`,
    course(({ heap }) => heap),
    "flat",
  );
  row("  its nodes", [start, half, end].map(({ nodes }) => nodes).join(" → "), "flat");
  row(
    "  heap of the main process and the stand-in, MB",
    course(({ mainHeap }) => mainHeap),
    "flat",
  );
  row(
    "  all that this process holds, MB",
    course(({ mainResident }) => mainResident),
    "",
  );
}

let folder = "";
if (wanted("csv")) {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-bench-"));
  try {
    for (const rows of [1000, 100_000, ...(values.rows ? [Number(values.rows)] : [])]) {
      const { seconds, megabytes } = await commandLine(rows);
      const goal =
        rows === 1000 ? "" : rows === 100_000 ? "≤ 60 s, ≤ 150 MB" : "no more memory than 100,000 rows";
      row(`CSV of ${rows} rows, medians and landmarks with intervals`, `${seconds.toFixed(1)} s`, goal);
      row("  peak resident memory", `${megabytes.toFixed(0)} MB`, "");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A synthetic cohort: every level in turn, a fifth of the optional values empty. */
async function commandLine(rows: number): Promise<{ seconds: number; megabytes: number }> {
  const file = path.join(folder, `cohort-${rows}.csv`);
  const stream = createWriteStream(file);
  stream.write("tumour,ageYears,sex,ecogPs,ki67Percent,alp,primarySite,firstLine\n");
  let state = 12345;
  const next = (n: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % n;
  const maybe = (value: string): string => (next(5000) < 1000 ? "" : value);
  const sites = ["oesophagus", "stomach", "pancreas", "small-intestine", "colon", "rectum", "unknown"];
  for (let i = 0; i < rows; i++) {
    const nec = next(1000) < 785;
    const line = [
      nec ? "NEC" : "NET_G3",
      String(30 + next(53)),
      maybe(next(2000) < 1000 ? "female" : "male"),
      String(next(nec ? 4 : 3)),
      maybe(String(21 + next(80))),
      maybe(next(2000) < 1100 ? "elevated" : "normal"),
      maybe(sites[next(sites.length)]!),
      maybe(["platinum-etoposide", "temozolomide-based", "other"][next(3)]!),
    ];
    if (!stream.write(`${line.join(",")}\n`)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");

  const report = "process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))";
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(report)}`,
      "src-main/cli/main.ts",
      file,
      "--out",
      `${file}.out`,
    ],
    { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  const peak = /peak (\d+)/.exec(said);
  if (code !== 0 || !peak) throw new Error(`the command line ended with ${code}: ${said}`);
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(peak[1]) / 1000 };
}
