import type { Caution } from "../prognosis/applicability.ts";
import type { Contribution } from "../prognosis/cox.ts";
import type { Estimate, Status, SurvivalPoint } from "../prognosis/estimate.ts";
import type { Citation, Covariate, Endpoint, Study, Tumour } from "../prognosis/model.ts";
import type { Patient, PatientField, Problem } from "../prognosis/patient.ts";
import { ALLOWED, alpLevel } from "../prognosis/patient.ts";
import { cautionWords } from "./cautions.ts";
import {
  dateTime,
  months,
  monthsInterval,
  number,
  ordinalPercentile,
  percent,
  percentInterval,
  ratio,
  ratioInterval,
} from "./format.ts";
import {
  ALP_LABEL,
  ECOG_DEFINITION,
  ENDPOINT_LABEL,
  ENDPOINT_SHORT,
  FIRST_LINE_LABEL,
  RISK_LABEL,
  SETTING_LABEL,
  SEVERITY_LABEL,
  SEX_LABEL,
  SITE_LABEL,
  TUMOUR_LABEL,
  TUMOUR_NAME,
  covariateLabel,
  levelLabel,
} from "./labels.ts";
import { allowedWords, problemWords, valueWords } from "./problems.ts";
import { conjunction, disjunction } from "./locale.ts";

const NBSP = "\u00a0";
const PRODUCT = "HG-NEN Prognosis";
const CI = `95${NBSP}%${NBSP}CI`;
const NOT_KNOWN = "not known";

/** A label and what stands beside it. */
export type Labelled = [label: string, text: string];

const plural = (count: number, one: string, many: string): string =>
  `${number(count)}${NBSP}${count === 1 ? one : many}`;

const monthsWords = (value: number | null, horizon: number): string =>
  `${months(value, horizon)}${NBSP}months`;

function alpWords(alp: Patient["alp"]): string {
  if (typeof alp === "string") return ALP_LABEL[alp].toLowerCase();
  const { value, upperLimit, unit } = alp;
  return `${number(value)}${NBSP}${unit}, upper limit ${number(upperLimit)}${NBSP}${unit}: ${alpLevel(alp)!}`;
}

const lowerCase = (label: string | undefined): string => label?.toLowerCase() ?? NOT_KNOWN;

/** The report on one patient, as a clinician reads it in a terminal. */
export const report = {
  title: (study: Study): string => `${PRODUCT}: estimates from the ${study.name} models`,
  notForecast:
    "What the study's models give for patients like this one: an estimate for a cohort, not a forecast for one person.",

  heading: (place: number, line: number, id: string | null): string =>
    `Patient ${place}, line ${line}${id === null ? "" : `, ${id}`}`,
  patient: "Patient",
  patientRows: (patient: Patient): Labelled[] => [
    ["Tumour", `${TUMOUR_LABEL[patient.tumour]}, ${TUMOUR_NAME[patient.tumour]}`],
    ["Age", `${number(patient.ageYears)} years`],
    ["Sex", lowerCase(patient.sex === null ? undefined : SEX_LABEL[patient.sex])],
    ["ECOG PS", `${patient.ecogPs}: ${ECOG_DEFINITION[patient.ecogPs]}`],
    ["Ki-67", patient.ki67Percent === null ? NOT_KNOWN : `${number(patient.ki67Percent)}${NBSP}%`],
    ["ALP", alpWords(patient.alp)],
    ["Primary site", lowerCase(patient.primarySite === null ? undefined : SITE_LABEL[patient.primarySite])],
    ["First line", lowerCase(patient.firstLine === null ? undefined : FIRST_LINE_LABEL[patient.firstLine])],
    ["Setting", lowerCase(SETTING_LABEL[patient.setting])],
    ["MiNEN", patient.mixed ? "yes" : "no"],
  ],

  status: "Status",
  statusText: {
    estimated: "Estimated.",
    "estimated-with-cautions": "Estimated, with cautions: read them first.",
    "not-estimated": "Not estimated: the models do not cover this patient.",
  } satisfies Record<Status, string>,
  refused: (count: number): string =>
    `Refused: ${plural(count, "problem", "problems")}, reported on standard error.`,

  cautions: { estimated: "Cautions", notEstimated: "Why there is no estimate" },
  severity: ({ severity }: Caution): string => SEVERITY_LABEL[severity],
  caution: (caution: Caution): string => {
    const only = caution.endpoint ? `(${ENDPOINT_SHORT[caution.endpoint]} only) ` : "";
    // An averaged value is explained once more below the contributions.
    const { short, full } = cautionWords(caution);
    return `${only}${caution.code === "averaged-covariate" ? short : full}`;
  },
  cautionSource: ({ source }: Caution): string => `Source: ${source}.`,

  endpoint: (endpoint: Endpoint): string =>
    `${ENDPOINT_LABEL[endpoint]}, from the start of first-line chemotherapy`,
  assumedShape: ({ horizonMonths }: Estimate): string =>
    `Only the median is published: the shape around it is an assumption (one constant hazard), quoted up to ${number(horizonMonths)}${NBSP}months.`,
  median: "Median",
  medianText: ({ median, horizonMonths }: Estimate): string =>
    `${monthsWords(median.months, horizonMonths)} (${CI} of the estimate ${monthsInterval(median.lower, median.upper, horizonMonths)})`,
  risk: "Risk group",
  riskText: ({ riskGroup, percentile }: Estimate, tumour: Tumour): string =>
    `${RISK_LABEL[riskGroup]} risk group of the study's ${TUMOUR_LABEL[tumour]} by hazard, ${ordinalPercentile(percentile)} percentile (this program's grouping, not the article's)`,

  landmarks: {
    os: `Alive (${CI} of the estimate)`,
    pfs: `Alive without progression (${CI} of the estimate)`,
  } satisfies Record<Endpoint, string>,
  landmark: ({ months: month }: SurvivalPoint): string => `${number(month)} months`,
  landmarkText: ({ survival, lower, upper }: SurvivalPoint): string =>
    lower === null || upper === null
      ? percent(survival)
      : `${percent(survival)} (${percentInterval(lower, upper)})`,

  outcomes: "Spread of outcomes of such patients (not the uncertainty of the estimate)",
  outcomeRows: ({ outcomes, horizonMonths }: Estimate): Labelled[] => [
    [`worst 10${NBSP}%`, upTo(outcomes.worst10, horizonMonths)],
    [
      "middle half",
      `${monthsInterval(outcomes.lowerQuartile, outcomes.upperQuartile, horizonMonths)}${NBSP}months`,
    ],
    [`best 10${NBSP}%`, fromOn(outcomes.best10, horizonMonths)],
  ],

  contributions: `What drives it: hazard ratio (${CI})`,
  contribution: ({ covariate, level }: Contribution): string => levelLabel(covariate, level),
  contributionText: ({ logHazardRatio, hazardRatio, lower, upper }: Contribution): string =>
    logHazardRatio === 0 ? "reference" : `${ratio(hazardRatio)} (${ratioInterval(lower, upper)})`,
  averaged: "Averaged",
  averagedText: (covariates: readonly Covariate[]): string =>
    `${conjunction.format(covariates.map(covariateLabel))}: ${NOT_KNOWN}, averaged over the study's patients`,

  footer: (facts: { appVersion: string; study: Study; now: Date }): string[] => [
    "Not a medical device. For healthcare professionals. Reconstructed baseline.",
    `${PRODUCT} ${facts.appVersion}, model ${facts.study.modelVersion}, ${dateTime(facts.now)}.`,
    citation(facts.study.citation),
  ],
};

const upTo = (value: number | null, horizon: number): string =>
  value === null ? monthsWords(value, horizon) : `up to ${monthsWords(value, horizon)}`;

const fromOn = (value: number | null, horizon: number): string =>
  value === null ? monthsWords(value, horizon) : `${monthsWords(value, horizon)} or longer`;

function citation({ authors, title, journal, year, volume, pages, doi, licence }: Citation): string {
  const [first = authors] = authors.split(",");
  return `${first} et al. ${title}. ${journal} ${year};${volume}:${pages}. doi:${doi}. ${licence}.`;
}

export const STANDARD_INPUT = "standard input";
export const STANDARD_OUTPUT = "standard output";

/**
 * Why a command cannot be carried out, as a code and its facts. Lines count from 1;
 * `reason` is the operating system's code ("ENOENT").
 */
export type Trouble =
  | { code: "no-file" }
  | { code: "too-many-files"; argument: string }
  | { code: "unknown-option"; option: string }
  | { code: "option-without-value"; option: string }
  | { code: "option-with-value"; option: string }
  | { code: "option-repeated"; option: string }
  | { code: "unknown-format"; format: string; allowed: readonly string[] }
  | { code: "cannot-read"; file: string; reason: string }
  | { code: "cannot-write"; file: string; reason: string }
  | { code: "not-a-regular-file"; file: string }
  | { code: "empty"; file: string }
  | { code: "utf-16"; file: string }
  | { code: "binary"; file: string; line: number }
  | { code: "not-utf-8"; file: string; line: number }
  | { code: "not-what-its-name-says"; file: string; line: number; named: "json" | "csv" }
  | { code: "json-unexpected"; file: string; line: number; found: string }
  | { code: "json-trailing"; file: string; line: number; found: string }
  | { code: "json-unfinished"; file: string; line: number }
  | { code: "json-invalid"; file: string; line: number }
  | { code: "json-too-deep"; file: string; line: number; limit: number }
  | { code: "json-too-long"; file: string; line: number; limit: number }
  | { code: "csv-unclosed-quote"; file: string; line: number }
  | { code: "csv-stray-quote"; file: string; line: number }
  | { code: "csv-line-break"; file: string; line: number }
  | { code: "csv-too-long"; file: string; line: number; limit: number }
  | { code: "csv-ragged"; file: string; line: number; expected: number; found: number }
  | { code: "csv-unknown-column"; file: string; line: number; column: string; allowed: readonly string[] }
  | { code: "csv-duplicate-column"; file: string; line: number; column: string }
  | { code: "csv-missing-column"; file: string; line: number; column: string };

/** ALP given both as a level and as a measurement: only a CSV row can say both. */
export interface AlpTwice {
  code: "alp-twice";
  field: "alp";
  value: string;
}

export type RowProblem = Problem | AlpTwice;

const at = ({ file, line }: { file: string; line: number }): string => `${file}, line ${line}`;

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "there is no space left",
  ENAMETOOLONG: "its name is too long",
  EIO: "the device failed",
};
const reasonWords = (reason: string): string => REASONS[reason] ?? reason;
const SEE_HELP = "See --help.";

const TROUBLES: { [K in Trouble["code"]]: (trouble: Extract<Trouble, { code: K }>) => string } = {
  "no-file": () => `No FILE given; - is standard input. ${SEE_HELP}`,
  "too-many-files": ({ argument }) => `One FILE only: ${valueWords(argument)} is one too many. ${SEE_HELP}`,
  "unknown-option": ({ option }) => `There is no option ${option}. ${SEE_HELP}`,
  "option-without-value": ({ option }) => `${option} needs a value. ${SEE_HELP}`,
  "option-with-value": ({ option }) => `${option} takes no value. ${SEE_HELP}`,
  "option-repeated": ({ option }) => `${option} is given twice. ${SEE_HELP}`,
  "unknown-format": ({ format, allowed }) =>
    `--format cannot be ${valueWords(format)}; allowed: ${disjunction.format(allowed)}. ${SEE_HELP}`,
  "cannot-read": ({ file, reason }) => `${file} cannot be read: ${reasonWords(reason)}.`,
  "cannot-write": ({ file, reason }) => `${file} cannot be written: ${reasonWords(reason)}.`,
  "not-a-regular-file": ({ file }) => `${file} cannot be written: it is a folder or a device.`,
  empty: ({ file }) => `${file} is empty.`,
  "utf-16": ({ file }) => `${file} is UTF-16; save it as UTF-8.`,
  binary: (place) => `${at(place)}: not text; export a workbook as CSV in UTF-8.`,
  "not-utf-8": (place) => `${at(place)}: not UTF-8; save the file as UTF-8.`,
  "not-what-its-name-says": (place) =>
    place.named === "json"
      ? `${at(place)}: JSON must begin with { or [.`
      : `${at(place)}: this is JSON, not CSV, whatever the file's name says.`,
  "json-unexpected": (place) =>
    /^[\p{Cc}]/u.test(place.found)
      ? `${at(place)}: not JSON: a text in quotation marks does not end on its line.`
      : `${at(place)}: not JSON: ${valueWords(place.found)} cannot stand here.`,
  "json-trailing": (place) => `${at(place)}: not JSON: ${valueWords(place.found)} after its end.`,
  "json-unfinished": (place) => `${at(place)}: the JSON is cut off: the file ends before it does.`,
  "json-invalid": (place) => `${at(place)}: the patient that begins here is not JSON.`,
  "json-too-deep": (place) => `${at(place)}: nested more than ${place.limit} deep.`,
  "json-too-long": (place) =>
    `${at(place)}: the patient that begins here is longer than ${place.limit} characters.`,
  "csv-unclosed-quote": (place) => `${at(place)}: a quotation mark is opened here or below and never closed.`,
  "csv-stray-quote": (place) => `${at(place)}: a quotation mark inside a cell; inside quotes it is doubled.`,
  "csv-line-break": (place) => `${at(place)}: a line break inside a cell; is a quotation mark not closed?`,
  "csv-too-long": (place) =>
    `${at(place)}: the row is longer than ${place.limit} characters; is a quotation mark not closed?`,
  "csv-ragged": (place) =>
    `${at(place)}: ${plural(place.found, "cell", "cells")} where the row before has ${plural(place.expected, "cell", "cells")}.`,
  "csv-unknown-column": (place) =>
    `${at(place)}: ${valueWords(place.column)} is not a column; allowed: ${place.allowed.join(", ")}.`,
  "csv-duplicate-column": (place) => `${at(place)}: the column ${place.column} stands twice in the header.`,
  "csv-missing-column": (place) => `${at(place)}: the header has no column ${place.column}.`,
};

/** A trouble as one sentence, with its file and line where it has them. */
export const troubleWords = (trouble: Trouble): string =>
  (TROUBLES[trouble.code] as (trouble: Trouble) => string)(trouble);

/** A problem of a patient, with its place in the input; `column` is the field's name there. */
export function rowProblemWords(file: string, line: number, column: string, problem: RowProblem): string {
  const place = problem.field === "patient" ? at({ file, line }) : `${at({ file, line })}, ${column}`;
  return problem.code === "alp-twice"
    ? `${place}: ALP cannot be ${valueWords(problem.value)} beside a measured value; allowed: one of the two.`
    : `${place}: ${problemWords(problem)}`;
}

/** What the command says at its end when something was refused. */
export const refusedWords = (file: string, refused: number, total: number): string =>
  `${file}: ${number(refused)} of ${plural(total, "patient", "patients")} refused.`;

export const faultWords = (message: string): string =>
  `A fault of the program itself; please report it: ${message}`;

export const versionWords = (appVersion: string, study: Study): string =>
  `${PRODUCT} ${appVersion}, ${study.name} model ${study.modelVersion}`;

const COMMAND = "npm run -s estimate --";
const choice = (formats: readonly string[]): string => formats.join("|");

/** What --help says, in sections of paragraphs and of labelled lines. */
export const help = {
  usage: (formats: readonly string[]): string =>
    `Usage: ${COMMAND} FILE [--format ${choice(formats)}] [--out FILE]`,
  purpose: (study: Study): string =>
    `Estimates overall and progression-free survival of patients with advanced high-grade digestive neuroendocrine neoplasms on palliative first-line chemotherapy, from the published ${study.name} models. Not a medical device. For healthcare professionals. Reconstructed baseline.`,

  file: {
    title: "FILE",
    text: `A JSON patient, a JSON array of patients, a CSV file, or - for ${STANDARD_INPUT}; UTF-8. A file that begins with { or [ is JSON, any other is CSV.`,
  },
  options: {
    title: "Options",
    rows: (formats: readonly string[]): Labelled[] => [
      [
        `--format ${choice(formats)}`,
        "text is for reading, json and csv are for programs. Without it: text for a single JSON patient, json for an array, csv for CSV.",
      ],
      [
        "--out FILE",
        `Write to FILE instead of ${STANDARD_OUTPUT}: everything or, when the input turns out not to be readable, nothing. FILE may be the input. - is ${STANDARD_OUTPUT}.`,
      ],
      ["--help", "Print this."],
      ["--version", "Print the versions of the program and of the model."],
    ],
  },
  fields: {
    title: "Fields of a patient",
    allowed: (field: PatientField): string => allowedWords(ALLOWED[field]),
    required: (allowed: string): string => `required; ${allowed}`,
    optional: (allowed: string, absent: string | null): string =>
      `${allowed}; if absent: ${absent ?? NOT_KNOWN}`,
    text: "In JSON, a field that may be not given may also be null. What is not known is averaged over the study's patients where a model needs it, and the answer says so.",
  },
  csv: {
    title: "CSV input",
    text: (required: readonly string[]): string =>
      `The header names the fields above, in any order; ${conjunction.format(required)} must be there. The delimiter is a comma, a semicolon or a tab, as in the header. An empty cell is an absent field. Cells are read as they stand and nothing is trimmed: numbers are plain decimals with a point (67 or 54.9, not 067, 1e3, 54,9 or 55${NBSP}%), mixed is true or false in small letters. Blank lines are skipped; a line break inside a cell is refused. Further columns:`,
    rows: (units: readonly string[]): Labelled[] => [
      ["alpValue", "a measured ALP, above 0; alp is then empty, and the next two are given"],
      ["alpUpperLimit", "its upper limit of normal, above 0, in the same unit"],
      ["alpUnit", disjunction.format(units)],
      ["id", "anything; carried along unread"],
    ],
  },
  output: {
    title: "Output",
    rows: (names: { head: readonly string[]; os: readonly string[]; pfs: readonly string[] }): Labelled[] => [
      [
        "text",
        "Months with one decimal below 12 and whole above, survival in whole percent. A time past the last month that a model speaks about is shown as > that month.",
      ],
      [
        "json",
        `The answer of the program's core, all digits, with intervals and curves; one answer a line for several patients. Times are months, survival is a share of 1, null is past the horizon. A refused patient is an object with the status "refused", its line and its problems. Answers to a CSV with an id column begin with that id.`,
      ],
      [
        "csv",
        `The input's columns and rows as they came, then ${names.head.join(", ")}; then ${names.os.join(", ")}; then ${names.pfs.join(", ")}. All digits; times past the horizon are empty. cautions are codes, Averaged the fields that were averaged, each joined by blanks. A refused patient has the status refused and no results. JSON input gets the fields as columns.`,
      ],
    ],
  },
  exit: {
    title: "Exit status",
    rows: [
      ["0", "Every patient was read; one whom the models do not cover counts as answered."],
      ["2", "A patient was refused, and the rest computed; or the command, the input or the output failed."],
      ["1", "A fault of the program itself."],
    ] as Labelled[],
    text: `Problems are reported on standard error with file, line and field. Results printed on ${STANDARD_OUTPUT} before a file turns out to be broken stay there: use --out.`,
  },
  examples: {
    title: "Examples",
    lines: [
      `${COMMAND} assets/examples/nec.json`,
      `${COMMAND} assets/examples/clinic.json --format text`,
      `${COMMAND} assets/examples/cohort.csv --out results.csv`,
      `echo '{"tumour":"NEC","ageYears":67,"ecogPs":1}' | ${COMMAND} -`,
    ],
  },
};
