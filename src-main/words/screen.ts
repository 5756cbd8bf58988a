import type { Citation, Endpoint, Tumour } from "../prognosis/model.ts";
import { number, percentNumber } from "./format.ts";
import { TUMOUR_LABEL } from "./labels.ts";
import { conjunction, plural } from "./locale.ts";

const NBSP = "\u00a0";

const cautionCount = (count: number): string =>
  count === 0
    ? "No caution."
    : `${number(count)} ${plural.select(count) === "one" ? "caution" : "cautions"}.`;

/** People out of a hundred: none left is never promised. */
const people = (count: number): string => (count === 0 ? `fewer than${NBSP}1` : number(count));
const about = (count: number): string => (count === 0 ? people(count) : `about${NBSP}${people(count)}`);
const peopleInterval = (least: number, most: number): string =>
  least === most ? people(most) : `${people(least)} to ${people(most)}`;

/** What the screen says. Components hold no text of their own. */
export const screen = {
  product: "HG-NEN Prognosis",
  list: (items: string[]) => conjunction.format(items),
  rooms: {
    title: "Rooms",
    names: {
      estimate: "Estimate",
      compare: "Compare",
      board: "Board",
      cases: "Cases",
      published: "Published",
      model: "Model",
    },
    purpose: {
      estimate: "One patient: what the models give",
      compare: "The same patient with something changed",
      board: "Slides of several patients",
      cases: "Patients kept on this computer, encrypted",
      published: "What the study reports, to look up",
      model: "What is computed, checked and not known",
    },
    shortcut: (purpose: string, key: number) => `${purpose} (Alt + ${number(key)})`,
    documentTitle: (room: string) => `${room} · HG-NEN Prognosis`,
  },
  study: (name: string, { journal, year, volume, pages }: Citation) =>
    `${name} · ${journal} ${number(year)};${volume}:${pages}`,
  skipToResult: "Skip to the result",

  form: {
    title: "Patient",
    clear: "Clear",
    tumour: "Tumour",
    tumourHint: {
      NEC: "poorly differentiated neuroendocrine carcinoma",
      NET_G3: "well differentiated neuroendocrine tumour, grade 3",
    } satisfies Record<Tumour, string>,
    age: "Age",
    ageUnit: "years",
    sex: "Sex",
    ecogPs: "ECOG performance status",
    ki67: "Ki-67",
    ki67Unit: "%",
    ki67Cut: (cut: number) => `cut-off ${number(cut)}${NBSP}%`,
    alp: "Alkaline phosphatase (ALP)",
    alpMeasured: "Value",
    alpValue: "ALP value",
    alpLimit: "Upper limit",
    alpUnit: "Unit",
    alpVerdict: { normal: "not above the limit: normal", elevated: "above the limit: elevated" },
    primarySite: "Primary site",
    firstLine: "First-line treatment",
    setting: "Setting",
    mixed: "MiNEN (mixed neoplasm)",
    notKnown: "Not known",
    unknown: "Unknown",
    notRecorded: "Not recorded",
    notInModel: "not in the model",
    decidesFit: {
      ki67: "not in the model; above 20 % only",
      firstLine: "not in the model",
    },
  },

  /** over the form: whether its patient is stored */
  inCase: {
    title: "Case of this patient",
    notStored: "Not stored",
    save: "Save as case",
    notMade: (reason: string) => `The case could not be made: ${reason}`,
    bringBack: (patient: string) => `Bring back ${patient}`,
    cameBack: (patient: string) => `Back in the form: ${patient}`,
    /** of whom too little is entered for a name */
    somebody: "the patient that was in the form",
    label: "Label of the case",
    placeholder: "Label",
    labelHint:
      "A label that only your department can resolve: no name, no date of birth, no record number of a patient",
    saved: "Saved",
    notSaved: "Not saved",
    sitting: "This sitting only",
    show: "Show this case in Cases",
    close: "Close case",
    closeHint: "Close case: it keeps its values, and leaves the form",
    staysOpen: "So the case stays open.",
    keep: "Keep estimate",
    keepHint: "Keeps this estimate with the case as it is now: inputs, numbers and versions",
    noRoom: "The case has no room for another estimate: remove one in Cases first.",
    keptEstimate: "This estimate is kept with the case.",
    keptComparison: "The two versions are kept with the case.",
    lock: "Lock the cases (Alt + L)",
    lockTitle: {
      keychain: "Lock the cases (Alt + L). Your sign-in opens them again.",
      passphrase: "Lock the cases (Alt + L). The passphrase opens them again.",
    },
    locked: "The cases are locked.",
  },

  empty: {
    title: "What the study's models give for a patient like this one",
    needed: (fields: string[]) => `Still needed: ${conjunction.format(fields)}.`,
    text: (total: number) =>
      `An estimate from the published models of the NORDIC NEC 2 study: ${number(total)} patients in nine Scandinavian hospitals with advanced high-grade digestive neuroendocrine neoplasms and palliative first-line chemotherapy, 2013–2017.`,
    rest: "Everything else may stay unknown: it is then averaged over the study's patients, and the screen says so.",
  },
  invalid: {
    title: "No estimate until this is right",
  },
  fileKind: { png: "PNG", csv: "CSV" },
  actions: {
    undo: "Undo",
    undoHint: "Take back the last change (Ctrl + Z)",
    addToBoard: "Add to board",
    export: "Copy or save",
    copyPicture: "Copy chart as picture",
    savePicture: "Save chart as picture",
    saveData: "Save data of the chart",
    report: "Report, one page A4",
    pdf: "PDF",
    print: "print",
    copied: "Chart copied.",
    notCopied: "The clipboard refused the picture: save it instead.",
    openBoard: "Open the board",
    added: (label: string) => `${label} is on the board.`,
    addedAgain: (label: string, same: string) =>
      `${label} is on the board. The same patient is already there as “${same}”.`,
  },
  failed: {
    title: "The program could not answer",
    text: (message: string) =>
      `Nothing was computed. Close and reopen the program; if this stays, reinstall it. Technical reason: ${message}`,
  },

  tabs: "Endpoint",
  status: (label: string, median: string, interval: string, cautions: number) =>
    `${label} ${median}, 95${NBSP}% CI ${interval}. ${cautionCount(cautions)}`,
  notForecast: "Cohort estimate, not a forecast for one person",
  cautions: {
    title: "Read this first",
    more: (count: number) => `${number(count)} more`,
    less: "Show fewer",
  },

  median: {
    os: "Median overall survival",
    pfs: "Median progression-free survival",
  } satisfies Record<Endpoint, string>,
  months: "months",
  interval: (interval: string) => `95${NBSP}% CI of the estimate ${interval}`,
  fromStart: "by the model, from the start of first-line chemotherapy",
  risk: {
    title: (tumour: Tumour) => `Risk within ${TUMOUR_LABEL[tumour]}`,
    percentile: (ordinal: string) => `${ordinal} of 100`,
    /** shares of the lower, intermediate and higher group, 0–1 */
    own: ([lower, intermediate, higher]: [number, number, number]) =>
      `Groups of ${percentNumber(lower)}, ${percentNumber(intermediate)} and ${percentNumber(higher)}${NBSP}% of the study's patients: thirds as far as ties allow; this program's, not the article's.`,
    aria: (group: string, ordinal: string) =>
      `${group} risk group, ${ordinal} of 100 patients of the study by hazard`,
  },
  outcomes: {
    title: "How outcomes of such patients spread",
    worst: "worst 1 in 10",
    half: "middle half",
    best: "best 1 in 10",
    less: (months: string) => `< ${months}`,
    more: (months: string) => `> ${months}`,
    spread: "spread",
    bar: "Spread: outcomes of the middle half (thick) and 8 in 10 (thin), not an interval of the estimate.",
  },

  chart: {
    title: { os: "Alive, %", pfs: "Alive without progression, %" } satisfies Record<Endpoint, string>,
    patient: "this patient",
    all: (tumour: Tumour) => `all ${TUMOUR_LABEL[tumour]}`,
    sized: (name: string, n: number) => `${name}, n${NBSP}=${NBSP}${number(n)}`,
    group: (row: string, median: string) => `${row}: ${median}`,
    published: (median: string, interval: string | null) =>
      interval === null ? `published ${median}` : `published ${median} (${interval})`,
    months: "months",
    reconstructed: "Study curves are reconstructed from published medians, not its Kaplan–Meier steps.",
    interpolated: (times: string) =>
      `Published at ${times} months only; the shape between is assumed (constant hazard) and in no interval.`,
    assumedShape: (horizon: number) =>
      `Only the median PFS is published: the shape of this curve is an assumption (one constant hazard), drawn to ${number(horizon)} months.`,
    band: `shaded: 95${NBSP}% interval of the estimate`,
    label: (what: string, medians: string[]) =>
      `${what} over time. ${conjunction.format(medians)}. A table holds the numbers.`,
    reading: {
      how: "Arrow keys read a month off the curves.",
      month: (months: string) => `${months} months`,
      percent: (survival: string) => `${survival}${NBSP}%`,
      row: (name: string, survival: string, interval: string | null) =>
        interval === null
          ? `${name} ${survival}${NBSP}%`
          : `${name} ${survival}${NBSP}%, 95${NBSP}% interval ${interval}`,
      spoken: (months: string, rows: string[]) => `${months} months: ${rows.join("; ")}`,
    },
    medianOf: (who: string, median: string) => `${who}: median ${median} months`,
  },
  landmarks: {
    caption: (what: string) => `${what}, percent, with 95${NBSP}% interval`,
    month: (m: number) => `${number(m)} months`,
    who: "group",
  },

  drivers: {
    title: "Factors in the model",
    column: "hazard ratio",
    reference: (levels: string[]) => `At the reference: ${conjunction.format(levels)}.`,
    averaged: (covariates: string[]) => `Averaged: ${conjunction.format(covariates)}.`,
    caption: `Factors of this patient with their hazard ratios and 95${NBSP}% CI`,
    axis: "ratio, log scale",
    effect: {
      higher: "higher hazard",
      lower: "lower hazard",
      unclear: "interval includes 1",
    },
    none: "Every known factor is at its reference level.",
    notInModel: (covariates: string[]) => `Not in this model: ${conjunction.format(covariates)}.`,
    unknownPrimary: "Unknown primary, as non-colorectal",
    ageAgainst: (years: string, centre: number) => `Age ${years} vs ${number(centre)}`,
    psAgainst: (level: string) => `PS ${level} vs 0`,
  },
  beside: {
    title: "Model beside paper",
    column: "group medians, months",
    tick: "in the chart",
    others: (count: number) => `Other groups of the study (${number(count)})`,
    fewer: "Only this patient's groups",
    full: (most: number) =>
      `At most ${number(most)} groups at once, so that each line can be told from the others.`,
    model: "model",
    notInModel: "not in the model",
    noInterval: "no CI",
    published: "published (95\u00a0% CI)",
    ownGroups: "Groups of the study, this patient's own first; a ticked group is drawn in the chart.",
    medianWithInterval: (median: string, interval: string) => `${median}${NBSP}(${interval})`,
    anchor: "fitted to this",
    miss: "outside the interval",
  },

  source: {
    title: (place: string) => `Source: ${place}`,
  },
  icons: {
    show: "100 people",
    curve: "Curve",
    view: "Show survival as",
    when: "After, months",
    sentence: {
      os: (months: number, people: number, least: number, most: number) =>
        `Alive after ${number(months)} months, of 100 such patients: ${about(people)} (95${NBSP}% interval of the estimate: ${peopleInterval(least, most)}).`,
      pfs: (months: number, people: number, least: number, most: number) =>
        `Alive without progression after ${number(months)} months, of 100 such patients: ${about(people)} (95${NBSP}% interval of the estimate: ${peopleInterval(least, most)}).`,
    } satisfies Record<Endpoint, unknown>,
    key: {
      os: {
        sure: "alive even at the lower end of the interval",
        estimated: "alive by the estimate",
        possible: "alive only at the upper end of the interval",
        none: "died",
      },
      pfs: {
        sure: "alive without progression even at the lower end of the interval",
        estimated: "alive without progression by the estimate",
        possible: "only at the upper end of the interval",
        none: "progressed or died",
      },
    } satisfies Record<Endpoint, unknown>,
    not: "Which of the hundred a patient will be, nobody can say.",
  },

  published: {
    /** over a published median that stands where the model's would otherwise */
    better: { os: "Published median overall survival", pfs: "Published median progression-free survival" },
    group: (name: string) => `for ${name}: describes such patients better`,
    interval: (interval: string) => `95${NBSP}% CI ${interval}`,
    model: (median: string, interval: string) =>
      `The model: ${median} months (95${NBSP}% CI of the estimate ${interval})`,
    // word joiners: the median and its interval stay on one line
    line: (name: string, median: string) =>
      `Published for ${name}: ${median.replaceAll("–", "\u2060–\u2060")}`,
    months: (median: string) => `${median}${NBSP}months`,
  },

  notEstimated: {
    title: "No estimate for this patient",
    text: "The published models do not cover this case, and the nearest number would be a guess.",
    others: "What the study reports for other patients",
    othersNote: (tumour: Tumour) =>
      `${TUMOUR_LABEL[tumour]}, advanced disease, on first-line chemotherapy: published medians in months with 95${NBSP}% CI. They do not describe this patient.`,
  },

  footer: {
    notDevice: "Not a medical device.",
    audience: "For healthcare professionals.",
    baseline: "Reconstructed baseline.",
    /** what the program is not, in one line: foot of the screen and of every export */
    disclaimer: "Not a medical device. For healthcare professionals. Reconstructed baseline.",
    made: (source: string, when: string) => `${source} · ${when}`,
    source: ({ authors, year, doi }: Citation, app: string, model: string) =>
      `${authors.split(" ")[0]!} et al. ${number(year)}, doi ${doi} · app ${app} · model ${model}`,
    versions: (app: string, model: string) => `app ${app} · model ${model}`,
  },

  picture: {
    title: (endpoint: string, axis: string) => `${endpoint}: ${axis.toLowerCase()}`,
    subtitle: (facts: string[], median: string, interval: string) =>
      `${facts.join(" · ")}. Median ${median} months (95${NBSP}% CI of the estimate ${interval}).`,
    columns: `Columns: months from the start of first-line chemotherapy; survival as a share from 0 to 1; lower95 and upper95 are the 95${NBSP}% interval of the estimate, not the spread of outcomes. Constant hazard between the published times.`,
    caution: (severity: string, text: string) => `${severity}: ${text}`,
    name: (endpoint: string) => `HG-NEN Prognosis ${endpoint}`,
    fileName: (name: string, ending: string) => `${name}.${ending}`,
  },
  report: {
    title: "Estimate from the models of the study",
    patient: "Patient",
    made: (when: string) => `Made ${when}`,
    fileName: "HG-NEN Prognosis report",
    cautions: "Read this first",
    outcomes: (worst: string, half: string, best: string) =>
      `Outcomes of such patients, months: worst 1 in 10 ${worst}; middle half ${half}; best 1 in 10 ${best}.`,
    risk: (tumour: Tumour, group: string, ordinal: string) =>
      `Risk within ${TUMOUR_LABEL[tumour]} of the study: ${group} group, ${ordinal} of 100 by hazard (this program's groups).`,
    survival: `survival, % (95${NBSP}% interval)`,
    method:
      "Cox models of Table 3 of the article, applied to the values above. The baseline hazard is not published: it is reconstructed from the whole cohort's published survival. Curves of groups are reconstructed from published medians, not the study's Kaplan–Meier steps. A cohort estimate, not a forecast for one person; associations only, no advice for or against a treatment. No discrimination, calibration or external validation of these models is published.",
  },

  articleLink: {
    open: { asks: "Open the article…", tab: "Open the article" },
    hint: {
      asks: () => "Opens your browser, after you have seen the address",
      tab: (doi: string) => `Opens doi.org/${doi} in a new tab`,
    },
    /** @param reason a sentence */
    forbidden: (doi: string, reason: string) => `The article is doi ${doi}. ${reason}`,
    failed: (doi: string) => `No browser could be opened. The article is doi ${doi}.`,
  },

  help: {
    open: "Guide and keys",
    title: "Guide and keys",
    close: "Close",
    shortcuts: "Keyboard",
    keys: [
      ["Tab, Shift + Tab", "next, previous field"],
      ["← → ↑ ↓", "choose within a row of choices; in the chart: month by month"],
      ["Alt + 1 … 6", "Estimate, Compare, Board, Cases, Published, Model"],
      ["Alt + O, Alt + P", "overall, progression-free survival"],
      ["Ctrl + Z", "take back the last change: of the patient; in Cases, of the cases"],
      ["Ctrl + P", "print; in Estimate: the one-page report"],
      ["Ctrl + O, Ctrl + S", "open cases or a board; save the board", "menu"],
      ["/", "Published, Cases: to the search"],
      ["n", "Cases: new case"],
      ["↑ ↓, Enter, Space, Delete", "Cases: move, open, choose, into the bin"],
      ["Alt + L", "lock the cases"],
      ["F5", "Board: present; then arrow keys, Home, End, B (blank), Esc"],
      ["?", "this page"],
      ["Esc", "close this page"],
    ] as [keys: string, meaning: string, onlyBy?: "menu"][],
    what: "What it computes",
    whatText:
      "The Cox models of Table 3 of the article, applied to one patient. The article prints no baseline hazard: it is reconstructed from the published survival of the whole cohort, and the reconstruction is checked against the medians of subgroups that were not used for it.",
    limits: "What it cannot know",
    limitsText:
      "The intervals come from the printed intervals of the hazard ratios and of the cohort's survival. They leave out the shape of the curve between published times, correlations that are not published, and the cohort's margins being taken as independent. Against published medians the model misses NEC with PS 3 and the two temozolomide regimens, which it does not tell apart; it also departs from them in NET G3 with Ki-67 ≥ 55 %, with PS 2, above 75 years and with small-intestinal primaries, and in NEC with Ki-67 < 55 % or an unknown primary. No discrimination (C-index), calibration or external validation of these models is published. The case mix implies modest discrimination. Treatment was not randomised. Nothing here is advice to give or withhold treatment.",
    source: "Source",
    diagnostics: "Diagnostics…",
    licences: "All licences",
    citation: ({ authors, title, journal, year, volume, pages, doi }: Citation) =>
      `${authors}. ${title}. ${journal} ${number(year)};${volume}:${pages}. doi ${doi}`,
    licence:
      "Study data under CC BY 4.0; program under the MIT licence; typeface Inter under the SIL Open Font License.",
    maker:
      "Made by the HG-NEN Prognosis project. Not a medical device, no CE mark. Nothing that you enter is stored unless you save it as a case: encrypted, on this computer.",
  },
} as const;
