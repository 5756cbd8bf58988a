import { months, number } from "./format.ts";
import { conjunction, plural } from "./locale.ts";

const NBSP = "\u00a0";

/** What a sentence about a date names: a field and its day, and the field and day it does not agree with. */
interface DateFacts {
  field: string;
  day: string;
  other: string;
  otherDay: string;
}

/** The fields of the follow-up that a sentence may name, inside a sentence; lines are counted from the first. */
const FIELDS: Record<string, string> = {
  start: "the start of first line",
  stop: "the stop of first line",
  progression: "progression on first line",
  bestResponse: "best response",
  stoppedForToxicity: "a stop for toxicity",
  "prrt.start": "the start of PRRT",
  "prrt.end": "the end of PRRT",
  "death.day": "death",
  lastContact: "last contact",
};
const LATER_FIELDS: Record<string, (line: number) => string> = {
  start: (line) => `the start of line ${number(line)}`,
  progression: (line) => `progression on line ${number(line)}`,
};

/** "the start of line 3" for "laterLines.1.start". */
function fieldInText(path: string): string {
  const later = /^laterLines\.(\d+)\.(\w+)$/.exec(path);
  return later ? LATER_FIELDS[later[2]!]!(Number(later[1]) + 2) : FIELDS[path]!;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const Field = (path: string): string => capital(fieldInText(path));

/** A day does not break at the end of a line. */
const inText = (day: string): string => day.replaceAll("-", "\u2011");

/** A sentence names both dates, so that the wrong one is seen at once. */
const before = ({ field, day, other, otherDay }: DateFacts): string =>
  `${Field(field)}, ${inText(day)}, is before ${fieldInText(other)}, ${inText(otherDay)}`;

/** What is said about the follow-up of a case. */
export const followUpWords = {
  title: "Follow-up",
  dateHint: "Days as 2026-11-21, 21.11.2026, 21/11/2026 or 21112026.",
  notRecorded: "Not recorded",

  baseline: {
    title: "At baseline",
    ldh: "LDH",
    metastaticSites: "Metastases",
    sri: "Uptake on SRI",
    fdg: "FDG-PET",
    morphology: "Morphology",
    cga: "Chromogranin A staining",
    pain: "Cancer pain",
    weightLoss: "Weight loss",
    anorexia: "Anorexia",
    gradeHint: "NCI grade",
  },
  firstLine: {
    title: "First line",
    regimen: "Regimen",
    start: "Date of start",
    stop: "Date of stop",
    progression: "Date of progression",
    bestResponse: "Best response",
    bestResponseNote:
      "By RECIST 1.1. A treatment ended for clinical progression within 2 months of the first course, without imaging, counts as PD (Methods).",
    stoppedForToxicity: "Stopped for toxicity",
  },
  laterLines: {
    title: "Later lines and PRRT",
    none: "None recorded.",
    line: (at: number) => `Line ${number(at)}`,
    add: "Add a line",
    addPrrt: "Add PRRT",
    prrt: "PRRT",
    end: "Date of end",
    remove: "Remove",
    removeOf: (name: string) => `Remove ${name}`,
    removed: (name: string) => `${name} was removed.`,
    putBack: "Put it back",
  },
  outcome: {
    title: "Outcome",
    status: "Status",
    noDeath: "No death recorded",
    died: "Died",
    death: "Date of death",
    cause: "Cause of death",
    lastContact: "Date of last contact",
  },

  levels: {
    ldh: { normal: "Normal", elevated: "Elevated" },
    sri: { none: "None", "below-liver": "Below liver", "liver-or-above": "Liver or above" },
    fdg: { negative: "Negative", positive: "Positive" },
    morphology: { "small-cell": "Small-cell", "large-cell": "Large-cell", ambiguous: "Ambiguous" },
    cga: { negative: "Negative", weak: "Weak", strong: "Strong" },
    metastaticSites: {
      liver: "Liver",
      "lymph-nodes": "Lymph nodes",
      lung: "Lung",
      bone: "Bone",
      peritoneum: "Peritoneum",
      brain: "Brain",
      other: "Other",
    },
    bestResponse: { CR: "CR", PR: "PR", SD: "SD", PD: "PD", "not-evaluable": "Not evaluable" },
    bestResponseLong: {
      CR: "complete response",
      PR: "partial response",
      SD: "stable disease",
      PD: "progressive disease",
      "not-evaluable": "not assessed or not evaluable",
    },
    stoppedForToxicity: { yes: "Yes", no: "No" },
    cause: {
      disease: "The disease",
      treatment: "Treatment toxicity",
      other: "Another cause",
      unknown: "Not known",
    },
    /** The grading of the National Cancer Institute in a word; a grade that it leaves out today stands alone. */
    pain: { 0: "0, none", 1: "1, mild", 2: "2, moderate", 3: "3, severe", 4: "4" },
    weightLoss: {
      0: "0, below 5 %",
      1: "1, 5 to below 10 %",
      2: "2, 10 to below 20 %",
      3: "3, 20 % or more",
      4: "4",
    },
    anorexia: {
      0: "0, none",
      1: "1, eats as before",
      2: "2, eats less",
      3: "3, weight loss or malnutrition",
      4: "4, life-threatening",
    },
  },

  /** As the article names them (Table 2 and Discussion); anything else may be typed. */
  regimens: [
    "Carboplatin/etoposide",
    "Cisplatin/etoposide",
    "Temozolomide/capecitabine",
    "Temozolomide/everolimus",
    "Temozolomide",
    "FOLFOX",
    "FOLFIRINOX",
    "Irinotecan/cisplatin",
    "Carboplatin/nab-paclitaxel",
    "Platinum/etoposide/nivolumab",
    "Etoposide",
    "Capecitabine",
  ],

  problems: {
    "not-a-date": ({ day }: DateFacts) =>
      `“${day}” is not a day yet: year, month and day, the year with four digits.`,
    "no-such-day": ({ day }: DateFacts) => `The calendar has no ${inText(day)}.`,
    "in-future": ({ field, day, otherDay }: DateFacts) =>
      `${Field(field)}, ${inText(day)}, is in the future: today is ${inText(otherDay)}.`,
    "long-ago": ({ field, day }: DateFacts) =>
      `${Field(field)}, ${inText(day)}, is long ago: is the year right?`,
    before: (facts: DateFacts) => `${before(facts)}.`,
    "later-lines-order": (facts: DateFacts) => `${before(facts)}: are the lines in order?`,
    "progression-after-next-line": (facts: DateFacts) => `${before(facts)}: is one of them wrong?`,
    "line-before-stop": (facts: DateFacts) => `${before(facts)}: is one of them wrong?`,
    "prrt-before-first-line": (facts: DateFacts) => `${before(facts)}: rare, but it happens.`,
    "before-last-event": (facts: DateFacts) => `${before(facts)}.`,
    "last-contact-not-death": (facts: DateFacts) => `${before(facts)}: the day of death counts.`,
    "without-start": ({ field, other }: DateFacts) =>
      `${Field(field)} is missing, although ${fieldInText(other)} is given.`,
    "pd-without-progression": () => "Best response is PD: its day is missing.",
  },

  intervals: {
    label: "By these dates",
    pfs: "PFS",
    os: "OS",
    missing: "not to be counted from these dates",
    /** why no time is counted from a date that cannot be */
    notCounted: (code: string, { field, other }: DateFacts) =>
      `not counted: ${fieldInText(field)} ${
        other !== ""
          ? `is before ${fieldInText(other)}`
          : code === "in-future"
            ? "is in the future"
            : "is no valid date"
      }`,
    check: "check the dates",
    months: (count: number) => `${months(count)}${NBSP}months`,
    end: {
      pfs: {
        progression: "until progression",
        death: "until death",
        "last-contact": "without progression at last contact",
      },
      os: { death: "until death", "last-contact": "alive at last contact" },
    },
    dates: (from: string, to: string) => `${inText(from)} to ${inText(to)}`,
  },
};

/** What is said about identity numbers and dates of birth in free text. */
export const identifierWords = {
  kinds: {
    norwegian: "a Norwegian identity number",
    swedish: "a Swedish personal identity number",
    danish: "a Danish CPR number",
    finnish: "a Finnish personal identity code",
    "birth-date": "may be a date of birth",
  },
  limits: "Names are not recognised: leave them out too.",
};

const NAMED = 2;

/** What to do about it, by where it stands: only a label can take its place. */
const ADVICE = {
  label: () => "Use a label that only your department can resolve.",
  note: (it: string) => `Leave ${it} out of the note.`,
  regimen: (it: string) => `Leave ${it} out of the regimen.`,
};
export type IdentifierPlace = keyof typeof ADVICE;

/** What was found, as one sentence, and what to do; null where nothing was. */
export function identifierWarning(
  findings: readonly { kind: keyof typeof identifierWords.kinds; text: string }[],
  place: IdentifierPlace,
): string | null {
  if (findings.length === 0) return null;
  const named = findings
    .slice(0, NAMED)
    .map(({ kind, text }) => `“${text.trim()}” (${identifierWords.kinds[kind]})`);
  const more = findings.length - named.length;
  const rest = more > 0 ? [`${number(more)} more`] : [];
  const isOne = plural.select(findings.length) === "one";
  const look = isOne ? "This looks like somebody" : "These look like somebody";
  return `${look}: ${conjunction.format([...named, ...rest])}. ${ADVICE[place](isOne ? "it" : "them")}`;
}
