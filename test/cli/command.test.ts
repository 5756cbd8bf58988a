import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it, vi } from "vitest";
import { COLUMNS } from "../../src-main/cli/csvRows.ts";
import type { Answer, Estimate } from "../../src-main/prognosis/estimate.ts";
import { estimate } from "../../src-main/prognosis/estimate.ts";
import { ENDPOINTS } from "../../src-main/prognosis/model.ts";
import type { EstimateOptions } from "../../src-main/prognosis/estimate.ts";
import { ALLOWED, ALP_UNITS, PATIENT_FIELDS, parsePatient } from "../../src-main/prognosis/patient.ts";
import { months, monthsInterval, percent } from "../../src-main/words/format.ts";
import { loadPrepared } from "../support/prognosis.ts";
import { EXAMPLES, linesOf, start, estimate as run, temporaryFolder } from "./support.ts";

// Each test starts a process or several: the limit is for one that hangs, whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000 });

const prepared = loadPrepared();
const { folder, write } = temporaryFolder();
const posix = process.platform !== "win32";

/** The core's own answer, as JSON carries it. */
function coreAnswer(patient: unknown, options: EstimateOptions = {}): Answer {
  const parsed = parsePatient(patient);
  if (!parsed.ok) throw new Error("the test's patient is not valid");
  return JSON.parse(JSON.stringify(estimate(prepared, parsed.value, options))) as Answer;
}

const example = (name: string): string => readFileSync(path.join(EXAMPLES, name), "utf8");
const records = (text: string, delimiter = ","): Record<string, string>[] =>
  parse(text, { columns: true, delimiter, bom: true });
const widest = (text: string): number => Math.max(...linesOf(text).map(({ length }) => length));
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

/** A folder of its own for one test, so that whatever is left behind shows. */
function ownFolder(name: string): string {
  const own = path.join(folder, name);
  mkdirSync(own);
  return own;
}

const HEADER = "tumour,ageYears,ecogPs";
const ROW = "NEC,67,1";
const PATIENT = { tumour: "NEC", ageYears: 67, ecogPs: 1 };

describe.concurrent("the examples", () => {
  it.each(["nec.json", "net-g3.json"])("%s is read as a report", async (name) => {
    const { status, stdout, stderr } = await run([name]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    const { estimates, cautions } = coreAnswer(JSON.parse(example(name)));
    for (const { median, landmarks, horizonMonths } of [estimates.os!, estimates.pfs!]) {
      const interval = monthsInterval(median.lower, median.upper, horizonMonths);
      expect(stdout).toContain(
        plain(`${months(median.months)} months (95 % CI of the estimate ${interval})`),
      );
      for (const { survival } of landmarks) expect(stdout).toContain(plain(percent(survival)));
    }
    expect(stdout.match(/Source: /g) ?? []).toHaveLength(cautions.length);
    expect(stdout).toContain("Not a medical device. For healthcare professionals. Reconstructed baseline.");
    expect(stdout).toContain(prepared.study.citation.doi);
  });

  it("clinic.json is an array of the core's own answers, one a line", async () => {
    const { status, stdout, stderr } = await run(["clinic.json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const patients = JSON.parse(example("clinic.json")) as unknown[];
    expect(JSON.parse(stdout)).toEqual(patients.map((patient) => coreAnswer(patient)));
    expect(linesOf(stdout)).toHaveLength(patients.length + 2);
  });

  it("clinic.json as text has a heading for each patient, and reasons instead of numbers for two", async () => {
    const { stdout } = await run(["clinic.json", "--format", "text"]);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout.match(/^Patient \d, line \d+$/gm)).toHaveLength(6);
    expect(stdout.match(/^Why there is no estimate$/gm)).toHaveLength(2);
    expect(stdout.match(/Not a medical device/g)).toHaveLength(1);
  });

  it("cohort.csv keeps its columns and rows and gets the core's numbers to the last digit", async () => {
    const { status, stdout, stderr } = await run(["cohort.csv"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const given = linesOf(example("cohort.csv"));
    const results = linesOf(stdout);
    expect(results).toHaveLength(given.length);
    results.forEach((line, i) => expect(line.startsWith(`${given[i]!},`)).toBe(true));
    for (const row of records(stdout)) expect(row).toMatchObject(expectedResults(row));
  });

  it("are the same numbers from CSV and from JSON, as JSON and as CSV", async () => {
    const fromCsv = await run(["cohort.csv", "--format", "json"]);
    const answers = JSON.parse(fromCsv.stdout) as (Answer & { id: string })[];
    expect(answers.map(({ id }) => id)).toEqual(records(example("cohort.csv")).map(({ id }) => id));
    const patients = answers.map(({ patient }) => patient);
    expect(answers.map(({ id: _id, ...answer }) => answer)).toEqual(patients.map((each) => coreAnswer(each)));

    const input = JSON.stringify(patients);
    const fromJson = await run(["-"], { input });
    expect(JSON.parse(fromJson.stdout)).toEqual(patients.map((each) => coreAnswer(each)));

    const asCsv = records((await run(["-", "--format", "csv"], { input })).stdout);
    const csv = records((await run(["cohort.csv"])).stdout);
    const results = (row: Record<string, string>) =>
      Object.entries(row).filter(([column]) => !COLUMNS.includes(column));
    expect(asCsv.map(results)).toEqual(csv.map(results));
  });
});

/** The results of a CSV row as the core has them: read back from a row's own cells. */
function expectedResults(row: Record<string, string>): Record<string, string> {
  const { alpValue, alpUpperLimit, alpUnit: unit, mixed, id: _id, ...cells } = row;
  const patient = Object.fromEntries(
    Object.entries(cells)
      .filter(([field, text]) => PATIENT_FIELDS.some((known) => known === field) && text !== "")
      .map(([field, text]) => [field, /^\d/.test(text) ? Number(text) : text]),
  );
  const alp = alpValue ? { alp: { value: Number(alpValue), upperLimit: Number(alpUpperLimit), unit } } : {};
  const answer = coreAnswer({ ...patient, ...alp, mixed: mixed === "true" }, { curve: false });
  return {
    status: answer.status,
    modelVersion: answer.modelVersion,
    ...Object.assign({}, ...ENDPOINTS.map((endpoint) => expectedOf(endpoint, answer.estimates[endpoint]))),
  } as Record<string, string>;
}

function expectedOf(endpoint: string, estimate: Estimate | null): Record<string, string> {
  if (estimate === null) return { [`${endpoint}Median`]: "", [`${endpoint}RiskGroup`]: "" };
  const { median, outcomes } = estimate;
  const values: Record<string, number | string | null> = {
    Median: median.months,
    MedianLower: median.lower,
    MedianUpper: median.upper,
    HorizonMonths: estimate.horizonMonths,
    Worst10: outcomes.worst10,
    LowerQuartile: outcomes.lowerQuartile,
    UpperQuartile: outcomes.upperQuartile,
    Best10: outcomes.best10,
    RiskGroup: estimate.riskGroup,
    Percentile: estimate.percentile,
    LinearPredictor: estimate.linearPredictor,
    RelativeHazard: estimate.relativeHazard,
    Averaged: estimate.averaged.join(" "),
  };
  for (const { months: month, survival, lower, upper } of estimate.landmarks) {
    Object.assign(values, {
      [`Survival${month}`]: survival,
      [`Survival${month}Lower`]: lower,
      [`Survival${month}Upper`]: upper,
    });
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${endpoint}${name}`, String(value ?? "")]),
  );
}

describe.concurrent("what is written", () => {
  it("is one indented answer for one patient", async () => {
    const { stdout } = await run(["-", "--format", "json"], { input: JSON.stringify(PATIENT) });
    expect(JSON.parse(stdout)).toEqual(coreAnswer(PATIENT));
  });

  it("follows the input's delimiter, line ending and byte order mark", async () => {
    const input = `\ufeff${HEADER.replaceAll(",", ";")};id\r\n${ROW.replaceAll(",", ";")};"a;b"\r\n`;
    const { stdout } = await run(["-"], { input });
    expect(stdout.startsWith("\ufefftumour;ageYears;ecogPs;id;modelVersion;status;")).toBe(true);
    expect(stdout.endsWith("\r\n")).toBe(true);
    expect(records(stdout, ";")[0]).toMatchObject({ id: "a;b", status: "estimated-with-cautions" });
  });

  it("is a header without rows, or an empty array, where there is no patient", async () => {
    const csv = await run(["-"], { input: HEADER });
    expect([csv.status, linesOf(csv.stdout).length]).toEqual([0, 1]);
    expect(await run(["-"], { input: " [ ] " })).toMatchObject({ status: 0, stdout: "[]\n" });
  });

  it("comes while the input is still being written", async () => {
    const child = start(["-"]);
    child.stdin.write(`${HEADER}\n${`${ROW}\n`.repeat(3)}`);
    let text = "";
    while (!text.includes("\nNEC,67,1,")) text += String((await once(child.stdout, "data"))[0]);
    child.stdin.end();
    child.stdout.resume();
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("does not let a row's name move the cursor of a terminal", async () => {
    const input = `${HEADER},id\n${ROW},a\u001b[2Jb\n${ROW},${"x".repeat(200)}\n`;
    const { stdout } = await run(["-", "--format", "text"], { input });
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("Patient 1, line 2, a\\u001b[2Jb\n");
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });
});

describe.concurrent("a patient who is refused", () => {
  const CSV = [
    "id,tumour,ageYears,ecogPs,ki67Percent,alp,alpValue,alpUpperLimit,alpUnit",
    "a,NEC,67.5,1,,,,,",
    "b,NEC,67,1,80,,,,",
    'c,NEC,,5,"54,9",,80,0,g/L',
    "d,NEC,67,1,55%,normal,80,105,U/L",
    "",
  ].join("\n");

  it("keeps the place in a CSV, is reported line by line, and the rest is computed", async () => {
    const file = write("bad-rows.csv", CSV);
    const { status, stdout, stderr } = await run([file]);
    expect(status).toBe(2);
    const rows = records(stdout);
    expect(rows.map(({ id, status }) => [id, status])).toEqual([
      ["a", "refused"],
      ["b", "estimated-with-cautions"],
      ["c", "refused"],
      ["d", "refused"],
    ]);
    const { id: _id, status: _status, ...rest } = rows[2]!;
    expect(Object.entries(rest).filter(([column, cell]) => !COLUMNS.includes(column) && cell !== "")).toEqual(
      [],
    );
    const said = [
      ["line 2, ageYears", "67.5"],
      ["line 4, ageYears", "missing"],
      ["line 4, ecogPs", "5"],
      ["line 4, ki67Percent", '"54,9"'],
      ["line 4, alpUpperLimit", "0"],
      ["line 4, alpUnit", '"g/L"'],
      ["line 5, alp", '"normal"'],
      ["line 5, ki67Percent", '"55%"'],
    ] as const;
    const problems = linesOf(stderr).slice(0, -1);
    expect(problems).toHaveLength(said.length);
    said.forEach(([place, value], i) => {
      expect(problems[i]).toContain(`${file}, ${place}: `);
      expect(problems[i]).toMatch(/allowed: .+\.$/);
      expect(problems[i]!.split("; allowed: ")[0]).toContain(value);
    });
    expect(stderr).toContain(`${file}: 3 of 4 patients refused.`);
  });

  it("keeps the place in a JSON array, with the problems as data", async () => {
    const patients = [{ ...PATIENT, ageYears: 200, extra: 1 }, PATIENT, 5];
    const { status, stdout, stderr } = await run(["-"], {
      input: `[\n${patients.map((each) => JSON.stringify(each)).join(",\n")}]`,
    });
    expect(status).toBe(2);
    const { problems } = parsePatient(patients[0]) as { problems: unknown[] };
    expect(JSON.parse(stdout)).toMatchObject([
      { status: "refused", line: 2, problems },
      coreAnswer(PATIENT),
      { status: "refused", line: 4 },
    ]);
    expect(stderr).toMatch(/^standard input, line 2, ageYears: .*200.*allowed: .*110/m);
    expect(stderr).toMatch(/^standard input, line 2, extra: .*allowed: .*tumour/m);
    expect(stderr).toMatch(/^standard input, line 4: .*5/m);
  });

  it("gets a CSV row from JSON, and a report that says so", async () => {
    const input = JSON.stringify({ ...PATIENT, sex: "F", alp: { value: 1 } });
    const csv = await run(["-", "--format", "csv"], { input });
    expect(csv.status).toBe(2);
    expect(records(csv.stdout)).toMatchObject([
      { sex: "F", alp: "", alpValue: "1", alpUnit: "", status: "refused" },
    ]);
    const text = await run(["-"], { input });
    expect(text.status).toBe(2);
    expect(text.stdout).toContain("Refused: 3 problems");
  });
});

const BAD_FILES: [what: string, name: string, content: string | Buffer, said: RegExp][] = [
  ["nothing", "empty.csv", "", / is empty/],
  ["blanks", "blank.json", " \n\n", / is empty/],
  ["UTF-16", "utf16.csv", Buffer.from(`\ufeff${HEADER}\n${ROW}\n`, "utf16le"), /UTF-16/],
  ["a picture", "picture.csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /, line 1: /],
  ["a workbook", "book.csv", Buffer.from("PK\u0003\u0004\u0014\0\u0006\0"), /, line 1: not text/],
  [
    "Latin-1",
    "latin1.csv",
    Buffer.from(`${HEADER},alpUnit\n${ROW},U/L\n${ROW},\xb5kat/L\n`, "latin1"),
    /, line 3: not UTF-8/,
  ],
  ["JSON called CSV", "json.csv", `[${JSON.stringify(PATIENT)}]`, /, line 1: .*JSON/],
  ["CSV called JSON", "csv.json", `\n${HEADER}\n${ROW}\n`, /, line 2: JSON must begin/],
  ["a bare word", "word.json", "tumour", /, line 1: JSON must begin/],
  ["a truncated array", "cut.json", `[${JSON.stringify(PATIENT)},\n{"tumour": "N`, /, line 2: .*cut off/],
  ["a truncated object", "cut-object.json", '{"tumour": "NEC",\n', /, line 2: .*cut off/],
  ["text after the end", "tail.json", `${JSON.stringify(PATIENT)}\nx`, /, line 2: .*"x"/],
  ["NaN", "nan.json", '[{"tumour": "NEC",\n"ageYears": NaN, "ecogPs": 1}]', /, line 2: .*"NaN"/],
  ["Infinity", "infinity.json", '{"ageYears": -Infinity}', /, line 1: .*"Infinity"/],
  ["a forgotten comma", "comma.json", '[\n\n{"tumour": "NEC" "ageYears": 1}]', /, line 3: .*not JSON/],
  [
    "an unclosed quotation mark",
    "quote.csv",
    `${HEADER}\n${ROW}\n"NEC,67,1\n${ROW}\n`,
    /, line 3: .*never closed/,
  ],
  ["a ragged row", "ragged.csv", `${HEADER}\n${ROW}\n${ROW},\n`, /, line 3: 4 cells .* 3 cells/],
  [
    "an unknown column",
    "column.csv",
    `${HEADER},stage\n${ROW},IV\n`,
    /, line 1: "stage" is not a column; allowed: id, tumour/,
  ],
  ["a column twice", "twice.csv", `${HEADER},tumour\n${ROW},NEC\n`, /, line 1: .*tumour.*twice/],
  ["a missing column", "missing.csv", `tumour,ecogPs\nNEC,1\n`, /, line 1: .*no column ageYears/],
  ["numbers only", "numbers.csv", "1,2,3\n", /, line 1: "1" is not a column/],
];

describe.concurrent("a file that is not what it should be", () => {
  it.each(BAD_FILES)("%s: one line, exit status 2, nothing written", async (_what, name, content, said) => {
    const own = ownFolder(`bad-${name}`);
    const file = write(`bad-${name}/${name}`, content);
    const { status, stdout, stderr } = await run([file, "--out", path.join(own, "results")]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(linesOf(stderr)).toHaveLength(1);
    expect(stderr.startsWith(file)).toBe(true);
    expect(stderr.slice(file.length)).toMatch(said);
    expect(readdirSync(own)).toEqual([name]);
  });

  it("is named when it is not there or is a folder", async () => {
    const missing = await run(["no-such-file.json"]);
    expect(missing).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^no-such-file\.json cannot be read: there is no such file/) as unknown,
    });
    const directory = await run([folder]);
    expect(directory).toMatchObject({
      status: 2,
      stdout: "",
      stderr: `${folder} cannot be read: it is a folder.\n`,
    });
    expect(await run(["-"], { input: "" })).toMatchObject({
      status: 2,
      stderr: "standard input is empty.\n",
    });
  });

  it("leaves the results of before as they were", async () => {
    const own = ownFolder("kept");
    const out = write("kept/results.csv", "of before");
    const file = write("kept/ragged.csv", `${HEADER}\n${`${ROW}\n`.repeat(5000)}${ROW},\n`);
    const { status } = await run([file, "--out", out]);
    expect(status).toBe(2);
    expect(readFileSync(out, "utf8")).toBe("of before");
    expect(readdirSync(own).sort()).toEqual(["ragged.csv", "results.csv"]);
  });
});

describe.concurrent("--out", () => {
  it("writes what standard output would have got, and nothing else", async () => {
    const own = ownFolder("out");
    const { status, stdout, stderr } = await run(["cohort.csv", "--out", path.join(own, "results.csv")]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(own)).toEqual(["results.csv"]);
    expect(readFileSync(path.join(own, "results.csv"), "utf8")).toBe((await run(["cohort.csv"])).stdout);
  });

  it("writes although a patient was refused", async () => {
    const own = ownFolder("refused");
    const { status } = await run(["-", "--out", "r.csv"], {
      folder: own,
      input: `${HEADER}\n${ROW}\nNEC,6,1\n`,
    });
    expect(status).toBe(2);
    expect(records(readFileSync(path.join(own, "r.csv"), "utf8")).map(({ status }) => status)).toEqual([
      "estimated-with-cautions",
      "refused",
    ]);
  });

  it("may be the input", async () => {
    const own = ownFolder("same");
    const file = write("same/cohort.csv", example("cohort.csv"));
    expect(await run([file, "--out", file])).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(file, "utf8")).toBe((await run(["cohort.csv"])).stdout);
    expect(readdirSync(own)).toEqual(["cohort.csv"]);
  });

  it.runIf(posix)("follows a link and keeps the permissions", async () => {
    const own = ownFolder("link");
    const target = write("link/target.json", "");
    chmodSync(target, 0o600);
    symlinkSync("target.json", path.join(own, "link.json"));
    await run(["nec.json", "--format", "json", "--out", path.join(own, "link.json")]);
    expect(lstatSync(path.join(own, "link.json")).isSymbolicLink()).toBe(true);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(target, "utf8"))).toEqual(coreAnswer(JSON.parse(example("nec.json"))));
  });

  it("is refused in words where nothing can be written", async () => {
    const own = ownFolder("refusals");
    write("refusals/file", "");
    const said = async (out: string): Promise<string> => {
      const { status, stdout, stderr } = await run(["nec.json", "--out", out]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      return stderr;
    };
    const nowhere = path.join(own, "no", "such");
    expect(await said(nowhere)).toBe(`${nowhere} cannot be written: there is no such file or folder.\n`);
    expect(await said(own)).toBe(`${own} cannot be written: it is a folder or a device.\n`);
    if (posix) {
      const below = path.join(own, "file", "below");
      expect(await said(below)).toBe(`${below} cannot be written: a part of its path is not a folder.\n`);
      expect(await said("/dev/null")).toBe("/dev/null cannot be written: it is a folder or a device.\n");
      expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    }
    expect(readdirSync(own)).toEqual(["file"]);
  });

  it.runIf(posix)("leaves nothing behind when interrupted", async () => {
    const own = ownFolder("interrupted");
    const child = start(["-", "--out", "results.csv"], { folder: own });
    // The report on a bad row tells that rows are being read, and so that the file beside is open.
    child.stdin.write(`${HEADER}\nNEC,6,1\n${`${ROW}\n`.repeat(10)}`);
    await once(child.stderr, "data");
    expect(readdirSync(own)).toHaveLength(1);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([null, "SIGINT"]);
    expect(readdirSync(own)).toEqual([]);
  });
});

describe.concurrent("standard output", () => {
  it.runIf(posix)("may be closed early, as by head", async () => {
    const child = start(["-"]);
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${HEADER}\n${`${ROW}\n`.repeat(20_000)}`);
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await once(child, "close")).toEqual([0, null]);
    expect(stderr).toBe("");
  });

  it.runIf(existsSync("/dev/full"))("is named when there is no space left", () => {
    const full = openSync("/dev/full", "w");
    const main = path.join(import.meta.dirname, "../../src-main/cli/main.ts");
    const { status, stderr } = spawnSync(process.execPath, [main, "nec.json"], {
      cwd: EXAMPLES,
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "standard output cannot be written: there is no space left.\n",
    });
  });
});

describe.concurrent("the command itself", () => {
  it("lists every field, level, unit and column in --help, on 80 columns", async () => {
    const { status, stdout, stderr } = await run(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    for (const column of COLUMNS) expect(stdout).toMatch(new RegExp(`^  ${column} +\\S`, "m"));
    const levels = Object.values(ALLOWED).flatMap((allowed) => ("levels" in allowed ? allowed.levels : []));
    const header = linesOf((await run(["cohort.csv"])).stdout)[0]!.split(",");
    const options = ["--format", "--out", "--help", "--version"];
    for (const word of [...levels.map(String), ...ALP_UNITS, ...header, ...options]) {
      expect(stdout.split(/[\s,;:.]+/)).toContain(word);
    }
  });

  it("finds FILE from the folder in which npm was called", async () => {
    const env = { npm_lifecycle_event: "estimate", INIT_CWD: EXAMPLES };
    expect(await run(["nec.json"], { folder, env })).toMatchObject({ status: 0, stderr: "" });
  });

  it("tells its versions", async () => {
    const { version } = JSON.parse(readFileSync(path.join(EXAMPLES, "../../package.json"), "utf8")) as {
      version: string;
    };
    const { status, stdout } = await run(["--version"]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `HG-NEN Prognosis ${version}, ${prepared.study.name} model ${prepared.study.modelVersion}\n`,
    });
  });

  it.each([
    [[], /^No FILE given/],
    [["nec.json", "clinic.json"], /"clinic\.json" is one too many/],
    [["nec.json", "--foo"], /^There is no option --foo/],
    [["nec.json", "--format", "xml"], /^--format cannot be "xml"; allowed: text, json or csv/],
    [["nec.json", "--out"], /^--out needs a value/],
  ])("refuses %j in one line with exit status 2", async (args, said) => {
    const { status, stdout, stderr } = await run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(linesOf(stderr)).toHaveLength(1);
    expect(stderr).toMatch(said);
  });
});
