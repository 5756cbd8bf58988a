import { open } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { addAbortSignal } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer } from "../prognosis/estimate.ts";
import type { Patient } from "../prognosis/patient.ts";
import { parsePatient } from "../prognosis/patient.ts";
import type { PreparedStudy } from "../prognosis/prepared.ts";
import { loadStudy } from "../study/load.ts";
import {
  STANDARD_INPUT,
  STANDARD_OUTPUT,
  faultWords,
  refusedWords,
  rowProblemWords,
  troubleWords,
  versionWords,
} from "../words/cli.ts";
import type { Command, Format } from "./arguments.ts";
import { STANDARD_STREAM, readArguments } from "./arguments.ts";
import { writeCsv } from "./csvOutput.ts";
import { columnOfField } from "./csvRows.ts";
import type { Destination } from "./destination.ts";
import { fileDestination, streamDestination } from "./destination.ts";
import { createEstimator } from "./estimator.ts";
import { helpText } from "./help.ts";
import { writeJsonArray, writeOneJson } from "./jsonOutput.ts";
import { oneLine } from "./layout.ts";
import type { Patients } from "./patients.ts";
import { readPatients } from "./patients.ts";
import type { Outcome, Row, RowProblem } from "./row.ts";
import { openText } from "./textInput.ts";
import { writeText } from "./textReport.ts";
import { CommandError, systemCode } from "./trouble.ts";

/** What the command touches outside itself. */
export interface Surroundings {
  args: readonly string[];
  /** the folder that relative paths start from */
  folder: string;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  now: () => Date;
  /** aborted when the user interrupts */
  interrupted: AbortSignal;
}

/** The folder that holds this program's package.json and assets. */
const PROGRAM_FOLDER = join(import.meta.dirname, "../..");

/** Exit statuses, as --help explains them. */
const DONE = 0;
const FAULT = 1;
const REFUSED = 2;

const USUAL_FORMAT: Record<Patients["kind"], Format> = { patient: "text", json: "json", csv: "csv" };

type EstimateCommand = Extract<Command, { kind: "estimate" }>;
type Refuse = (row: Row, problems: readonly RowProblem[]) => Promise<void>;

function readAppVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PROGRAM_FOLDER, "package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

/** Runs the command and returns its exit status. Everything that goes wrong is reported here. */
export async function run(surroundings: Surroundings): Promise<number> {
  const say = (line: string): Promise<void> => print(surroundings.stderr, `${oneLine(line)}\n`);
  try {
    const command = readArguments(surroundings.args);
    if (command.kind === "estimate") return await estimateFile(command, surroundings, say);
    const { study } = loadStudy(PROGRAM_FOLDER);
    const text = command.kind === "help" ? helpText(study) : `${versionWords(readAppVersion(), study)}\n`;
    await print(surroundings.stdout, text);
    return DONE;
  } catch (error) {
    if (surroundings.interrupted.aborted) return FAULT;
    if (error instanceof CommandError) {
      await say(troubleWords(error.trouble));
      return REFUSED;
    }
    const [message, ...trace] = (error instanceof Error && error.stack ? error.stack : String(error)).split(
      "\n",
    );
    await say(faultWords(message!));
    for (const line of trace) await say(line);
    return FAULT;
  }
}

/** Writes and waits, so that a slow reader slows the command down instead of filling its memory. */
function print(stream: Writable, text: string): Promise<void> {
  return new Promise((done) => {
    stream.write(text, () => done());
  });
}

/** @throws CommandError when input or output fail as a whole; a file that was to be written is then as it was before */
async function estimateFile(
  command: EstimateCommand,
  surroundings: Surroundings,
  say: (line: string) => Promise<void>,
): Promise<number> {
  const { interrupted, folder } = surroundings;
  const file = command.file === STANDARD_STREAM ? STANDARD_INPUT : command.file;
  const source = await openSource(command.file, surroundings);
  try {
    const patients = await readPatients(await openText(source, file));
    const count = { total: 0, refused: 0 };
    const counted = async function* (): AsyncGenerator<Row> {
      for await (const row of patients.rows) {
        count.total++;
        yield row;
      }
    };
    const refuse: Refuse = async (row, problems) => {
      count.refused++;
      for (const problem of problems) {
        const column = row.cells ? columnOfField(problem.field) : problem.field;
        await say(rowProblemWords(file, row.line, column, problem));
      }
    };
    const program = {
      prepared: loadStudy(PROGRAM_FOLDER),
      appVersion: readAppVersion(),
      now: surroundings.now(),
    };
    const destination =
      command.out === null
        ? streamDestination(surroundings.stdout, STANDARD_OUTPUT)
        : await fileDestination(command.out, resolve(folder, command.out));
    const results = (): AsyncIterable<string> =>
      resultsOf(command, { ...patients, rows: counted() }, refuse, program);
    await deliver(results, destination, interrupted);
    if (count.refused > 0) await say(refusedWords(file, count.refused, count.total));
    return count.refused > 0 ? REFUSED : DONE;
  } finally {
    source.destroy();
  }
}

/** @throws CommandError when there is no such file or it may not be read */
async function openSource(file: string, { folder, stdin, interrupted }: Surroundings): Promise<Readable> {
  if (file === STANDARD_STREAM) return addAbortSignal(interrupted, stdin);
  try {
    const handle = await open(resolve(folder, file));
    return addAbortSignal(interrupted, handle.createReadStream());
  } catch (error) {
    const reason = systemCode(error);
    throw reason === null ? error : new CommandError({ code: "cannot-read", file, reason }, { cause: error });
  }
}

/** What the results are made with, and when. */
interface Program {
  prepared: PreparedStudy;
  appVersion: string;
  now: Date;
}

/** The text of all results, computed while it is being read. */
function resultsOf(
  { format }: EstimateCommand,
  { kind, columns, dialect, rows }: Patients,
  refuse: Refuse,
  { prepared, ...facts }: Program,
): AsyncIterable<string> {
  const { study } = prepared;
  const chosen = format ?? USUAL_FORMAT[kind];
  const outcomes = outcomesOf(rows, createEstimator(prepared, chosen === "json"), refuse);
  const single = kind === "patient";
  switch (chosen) {
    case "csv":
      return writeCsv(outcomes, columns, dialect, study);
    case "json":
      return single ? writeOneJson(outcomes) : writeJsonArray(outcomes);
    case "text":
      return writeText(outcomes, { ...facts, study }, single);
  }
}

async function* outcomesOf(
  rows: AsyncIterable<Row>,
  answerTo: (patient: Patient) => Answer,
  refuse: Refuse,
): AsyncGenerator<Outcome> {
  for await (const row of rows) {
    const parsed = parsePatient(row.patient);
    if (parsed.ok && row.problems.length === 0) {
      yield { row, answer: answerTo(parsed.value) };
      continue;
    }
    const problems = [...row.problems, ...(parsed.ok ? [] : parsed.problems)];
    await refuse(row, problems);
    yield { row, problems };
  }
}

/**
 * Brings the results to where they belong; no row is read before it is known that they can be written. A reader who has
 * had enough (`| head`) is no error.
 *
 * @throws CommandError of the results, or when they cannot be written
 */
async function deliver(
  results: () => AsyncIterable<string>,
  destination: Destination,
  interrupted: AbortSignal,
): Promise<void> {
  try {
    await pipeline(results(), destination.stream, { end: destination.ends, signal: interrupted });
    await destination.commit();
  } catch (error) {
    await destination.discard();
    const reason = systemCode(error);
    if (reason === null) throw error;
    if (reason === "EPIPE") return;
    throw new CommandError({ code: "cannot-write", file: destination.name, reason }, { cause: error });
  }
}
