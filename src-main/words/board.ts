import type { Citation, Endpoint, Tumour } from "../prognosis/model.ts";
import { number } from "./format.ts";
import { ENDPOINT_SHORT, TUMOUR_LABEL } from "./labels.ts";
import { conjunction, LOCALE, plural } from "./locale.ts";

const NBSP = "\u00a0";
const counted = (count: number, one: string, other: string): string =>
  `${number(count)}${NBSP}${plural.select(count) === "one" ? one : other}`;

const longDate = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full" });
const boardDate = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long" });
const isoDay = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short" });
const time = new Intl.DateTimeFormat(LOCALE, { timeStyle: "short" });
const elapsed = new Intl.DateTimeFormat(LOCALE, {
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/** More labels than this are counted. */
const MOST_NAMED = 3;
const named = (labels: string[]): string =>
  labels.length > MOST_NAMED ? counted(labels.length, "case", "cases") : conjunction.format(labels);

/** What has become of stored cases since the board last looked, by their labels. */
interface Followed {
  changed: string[];
  left: string[];
  unread: string[];
}
/** Of each kind, how one says it and how several do. */
const FOLLOWED: Record<keyof Followed, Record<"one" | "other", (whom: string) => string>> = {
  changed: {
    one: (whom) => `${whom} is up to date: it was changed in Cases.`,
    other: (whom) => `${whom} are up to date: they were changed in Cases.`,
  },
  left: {
    one: (whom) => `${whom} is not in Cases any more; it stays on the board as it was.`,
    other: (whom) => `${whom} are not in Cases any more; they stay on the board as they were.`,
  },
  unread: {
    one: (whom) => `${whom} cannot be read in Cases: the board shows it as it was.`,
    other: (whom) => `${whom} cannot be read in Cases: the board shows them as they were.`,
  },
};

const withEndpoint = (text: string, endpoint: Endpoint): string =>
  endpoint === "os" ? text : `${text} (${ENDPOINT_SHORT[endpoint]})`;

/** What the Board room, its slides, the projector and the exports say. */
export const board = {
  caseLabel: (n: number) => `Case ${number(n)}`,
  numberedLabel: (label: string, n: number) => `${label} (${number(n)})`,
  longDate: (date: Date) => longDate.format(date),
  clock: (date: Date) => time.format(date),
  /** time since the slides were started, from milliseconds: "0:12:05" */
  elapsed: (milliseconds: number) => elapsed.format(new Date(milliseconds)),
  fileName: (date: Date, ending: string) => `Tumour board ${isoDay.format(date)}${ending}`,

  deck: {
    title: "Tumour board: high-grade digestive neuroendocrine neoplasms",
    source: (study: string) => `Published models of the ${study} study; reconstructed baseline`,
    sourceUnnamed: "Published models of one study; reconstructed baseline",
    method: "Method and limits",
    cases: "Cases",
    noCases: "No case chosen yet",
    moreCases: (count: number) => `and ${counted(count, "more case", "more cases")}`,
    page: (n: number, of: number) => `${number(n)}${NBSP}/${NBSP}${number(of)}`,
  },

  slide: {
    interval: (interval: string) => `95${NBSP}% CI of the estimate ${interval}`,
    intervalShort: (interval: string) => `95${NBSP}% CI ${interval}`,
    outcomes: "Outcomes of such patients, months",
    risk: (tumour: Tumour) => `Risk within ${TUMOUR_LABEL[tumour]}`,
    riskPlace: (group: string, place: string) => `${group}, ${place}`,
    shapeAssumed: "Shape of curve assumed",
    onlyMedian: "The shape of the model's curve is assumed: only the median is published.",
    band: `Shaded: 95${NBSP}% interval`,
    /** a remark with its severity before it, as it is measured */
    caution: (severity: string, short: string) => `${severity}  ${short}`,
    publishedBelow: (interval: string, group: string) => `${interval} ${group}`,
    moreCautions: (count: number) => `+ ${counted(count, "more remark", "more remarks")} in the notes`,
    moreNotes: (count: number) => `+ ${counted(count, "note", "notes")} in the presenter's notes`,
    ofOverallSurvival: (caution: string) => `${caution} (overall survival)`,
    facts: (facts: string[]) => facts.join(" · "),
    percentAt: `% at${NBSP}month`,
    keys: "A line before a group: drawn at the right.",
    evidence: "Model beside published, for the groups this patient belongs to",
    evidenceColumns: `median, months`,
    reconstructed: "Curves are reconstructed from published medians.",
    group: "group",
    /** the versions of a comparison, where their names are too long for the place */
    letter: { patient: "A", variant: "B" },
    lettered: (letter: string, name: string) => `${letter}: ${name}`,
  },
  notEstimated: {
    rows: (tumour: Tumour) =>
      `Other patients, ${TUMOUR_LABEL[tumour]} on chemotherapy: published median OS, months (95${NBSP}% CI)`,
    rowsNote: "They do not describe this patient.",
    moreReasons: (count: number) => `and ${counted(count, "more reason", "more reasons")}`,
  },
  failed: {
    title: "This case could not be computed",
    text: "The other cases are not affected. Enter the patient again in the Estimate room, or remove the case.",
    reason: (message: string) => `The program gave no answer: ${message}`,
  },
  method: {
    points: {
      models: {
        title: "What the numbers are",
        text: "The published Cox models of one study (Table 3 of the article), applied to each patient: advanced high-grade digestive neuroendocrine neoplasms, from the start of palliative first-line chemotherapy.",
        sized: (total: number) =>
          `The published Cox models of one study of ${number(total)} patients (Table 3 of the article), applied to each patient: advanced high-grade digestive neuroendocrine neoplasms, from the start of palliative first-line chemotherapy.`,
      },
      baseline: {
        title: "Reconstructed baseline",
        text: "The article prints no baseline hazard. It is solved from the published survival of the whole cohort, constant between the printed times. Curves of groups are reconstructed from medians; they are not Kaplan–Meier steps.",
      },
      spread: {
        title: "Two kinds of spread",
        text: "The interval says how sure the estimate is. Worst, middle and best outcomes say how far apart patients like this one fared. Neither is a forecast for one person.",
      },
      misses: {
        title: "Known misses and limits",
        text: "NEC with PS 3 fared worse than the model says; temozolomide regimens are not told apart; the shape of PFS is assumed. No C-index, calibration or validation is published. Risk thirds are this program's.",
      },
      treatment: {
        title: "Treatment",
        text: "Treatment was not randomised. Its coefficient describes who received what and how they fared. Nothing here is advice to give or to withhold a treatment.",
      },
      source: {
        title: "Source",
        text: ({ authors, journal, year, volume, pages, doi }: Citation) =>
          `${authors.split(",")[0]!} et al. ${journal} ${number(year)};${volume}:${pages.replace("–", "\u2060–\u2060")}. doi ${doi}. Data under CC BY 4.0, rearranged; this program is not the authors' work.`,
      },
    },
  },

  room: {
    cases: "Cases",
    count: (count: number) => counted(count, "case", "cases"),
    /** above the cases of an agenda, and the way back to it */
    agendaOf: (date: Date) => `Board of ${boardDate.format(date)}`,
    toAgenda: "Agenda",
    followed: (found: Followed) =>
      (["changed", "left", "unread"] as const)
        .filter((kind) => found[kind].length > 0)
        .map((kind) => FOLLOWED[kind][found[kind].length === 1 ? "one" : "other"](named(found[kind])))
        .join(" "),
    notRenamed: (label: string, why: string) => `“${label}” keeps its label. ${why}`,
    labelOf: (n: number) => `Label of case ${number(n)}`,
    privacy:
      "The label is the only free text. Names, dates of birth and record numbers of patients do not belong in it.",
    up: (label: string) => `Move ${label} up`,
    down: (label: string) => `Move ${label} down`,
    remove: (label: string) => `Remove ${label}`,
    moved: (label: string, place: number) => `${label} is now number ${number(place)}.`,
    clear: "Remove all",
    /** an agenda, in place of what was there */
    agenda: (gone: number) =>
      gone === 0
        ? "The agenda is on the board."
        : `The agenda is on the board in place of ${counted(gone, "case", "cases")}.`,
    /** the cases of a file, after what was there or in its place */
    fromFile: (shown: number, gone: number) =>
      gone === 0
        ? `${counted(shown, "case", "cases")} of the file ${plural.select(shown) === "one" ? "is" : "are"} on the board.`
        : `${counted(shown, "case", "cases")} of the file on the board in place of ${counted(gone, "case", "cases")}.`,
    replaced: (label: string) => `${label} has another patient now.`,
    removed: (labels: string[]) =>
      labels.length === 1 ? `${labels[0]!} removed.` : `${counted(labels.length, "case", "cases")} removed.`,
    undo: "Undo",
    addCurrent: "Add the patient from Estimate",
    added: (label: string) => `${label} added.`,
    addedAgain: (label: string, same: string) =>
      `${label} added. The same patient is already on the board as “${same}”.`,
    open: "Open in Estimate",
    notOpened: "The case that is open is not saved yet, so it stays in the form.",
    openLabel: (label: string) => `Open in Estimate: ${label}`,
    replace: "Replace with the patient from Estimate",
    replaceLabel: (label: string) => `Replace with the patient from Estimate: ${label}`,
    mark: (severity: string, short: string) => `${severity}: ${short}`,
    alwaysLight: "PDF is always light",
    compared: "with comparison",
    toEstimate: "Estimate",
    examples: "Add synthetic examples",
    examplesNote: "Five made-up patients, to try the slides. No real person stands behind any of them.",
    exampleLabel: (n: number) => `Synthetic example ${number(n)}`,
    emptyTitle: "Slides for a tumour board",
    emptyText: (files: boolean) =>
      `One slide with the estimate and one with the evidence per patient, one more where two versions are compared, a title and the method: to present here${files ? ", on a second display, or as PDF and PowerPoint" : " or on a second display"}.`,
    emptyHow: (room: string) => `Enter a patient in the room “${room}”, then add the patient to the board.`,
    gone: "The board itself is not stored: its order and its slides are gone when the window is closed, unless you save them as a file. Its cases are kept if they are in Cases.",
    /** a link to a case; it may have no label yet */
    toCase: (label: string) => (label === "" ? "Case without a label →" : `Case ${label} →`),
    left: "not in Cases any more",
    slides: "Slides",
    preview: "Preview",
    previous: "Previous slide",
    next: "Next slide",
    thumbnail: (n: number, name: string) => `Slide ${number(n)}: ${name}`,
    present: "Present",
    presentHint: "Full screen (F5)",
    projector: "Second display",
    projectorHint: "Slides on a second display, notes here",
    save: "Save the slides",
    pdfWide: "PDF 16:9",
    pdfA4: "PDF A4",
    pptx: "PowerPoint",
    scheme: "Colours of slides",
    light: "Light",
    dark: "Dark",
    making: (name: string) => `Making ${name} …`,
    failed: (message: string) => `The file could not be made: ${message}`,
  },

  /** the cases of the board as a file of their own */
  file: {
    title: "Board file",
    save: "Save as file…",
    open: "Open…",
    openBoard: "Open a board…",
    note: "A saved file is not encrypted: anybody can read it.",
    /** over another room, where a file has just been saved */
    savedNote: "The file is not encrypted: anybody can read it.",
    undone: "Undone: the board is as it was.",
    empty: "The board has no cases to save.",
  },

  kinds: {
    title: "title",
    estimate: (label: string, endpoint: Endpoint) => withEndpoint(`${label}, estimate`, endpoint),
    evidence: (label: string, endpoint: Endpoint) => withEndpoint(`${label}, evidence`, endpoint),
    comparison: (label: string, endpoint: Endpoint) => withEndpoint(`${label}, comparison`, endpoint),
    notEstimated: (label: string) => `${label}, no estimate`,
    method: "method and limits",
  },

  present: {
    label: "Slides, full screen",
    announce: (n: number, of: number, name: string) => `Slide ${number(n)} of ${number(of)}: ${name}`,
    blank: "Blank. Press B to go on.",
    hint: ["← →", "B blank", "N notes", "case number + Enter", "Esc ends"],
    typed: (digits: string, of: number) => `Go to case ${digits} of ${number(of)}: Enter`,
  },
  presenter: {
    title: "Presenter's view",
    now: "On the screen",
    next: "Next",
    last: "This is the last slide",
    notes: "Notes",
    noNotes: "No remarks to this slide.",
    groups: "Published groups of this patient, months",
    sitting: "Running",
    clock: "Clock",
    blank: "Blank (B)",
    showAgain: "Show again (B)",
    blanked: "The audience sees a blank screen.",
    end: "End",
    waiting: "The audience's window is opening.",
    closed: "The audience's window is closed.",
    again: "Open it again",
    row: (label: string, model: string, published: string) =>
      `${label}: model ${model}, published ${published}`,
  },
  remarks: {
    title: (label: string) => `Remarks: ${label}`,
    source: (place: string) => `[${place}]`,
  },
  projector: {
    title: "Slides for the audience",
    waiting: "Waiting for the slides",
    waitingText: "They appear when the presenter's window shows its Board.",
    ended: "The presentation has ended",
    move: "Move this window to the second display and press F for full screen.",
  },
} as const;
