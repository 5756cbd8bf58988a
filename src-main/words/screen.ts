import type { Endpoint, Tumour } from "../prognosis/model.ts";
import { number } from "./format.ts";
import { TUMOUR_LABEL } from "./labels.ts";

const NBSP = "\u00a0";
const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

const plural = new Intl.PluralRules("en-GB");
const cautionCount = (count: number): string =>
  count === 0
    ? "No caution."
    : `${number(count)} ${plural.select(count) === "one" ? "caution" : "cautions"}.`;

/** What the screen says. Components hold no text of their own. */
export const screen = {
  product: "HG-NEN Prognosis",
  list: (items: string[]) => list.format(items),
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
    decidesFit: "decides if the model applies",
  },

  empty: {
    title: "What the study's models give for a patient like this one",
    needed: (fields: string[]) => `Still needed: ${list.format(fields)}.`,
    text: (total: number) =>
      `An estimate from the published models of the NORDIC NEC 2 study: ${number(total)} patients in nine Scandinavian hospitals with advanced high-grade digestive neuroendocrine neoplasms and palliative first-line chemotherapy, 2013–2017.`,
    rest: "Everything else may stay unknown: it is then averaged over the study's patients, and the screen says so.",
  },
  invalid: {
    title: "No estimate until this is right",
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
  fromStart: "from the start of first-line chemotherapy",
  risk: {
    title: (tumour: Tumour) => `Risk within ${TUMOUR_LABEL[tumour]}`,
    percentile: (ordinal: string) => `${ordinal} of 100`,
    own: "Thirds of the study's patients, as far as ties allow; this program's groups.",
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
    bar: "Bar: outcomes of the middle half (thick) and 8 in 10 (thin).",
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
      `Published at ${times} months, constant hazard between (not covered by the interval).`,
    assumedShape: (horizon: number) =>
      `Only the median PFS is published: the shape of this curve is an assumption (one constant hazard), drawn to ${number(horizon)} months.`,
    band: `shaded: 95${NBSP}% interval of the estimate`,
    label: (what: string, median: string) =>
      `${what} over time. Median ${median}. The table below holds the numbers.`,
  },
  landmarks: {
    caption: (what: string) => `${what}, percent, with 95${NBSP}% interval`,
    month: (m: number) => `${number(m)} months`,
    who: "group",
  },

  drivers: {
    title: "What drives it",
    column: "hazard ratio",
    reference: (levels: string[]) => `At the reference: ${list.format(levels)}.`,
    averaged: (covariates: string[]) => `Averaged: ${list.format(covariates)}.`,
    none: "Every known factor is at its reference level.",
    notInModel: (covariates: string[]) => `Not in this model: ${list.format(covariates)}.`,
    unknownPrimary: "Unknown primary, as non-colorectal",
    ageAgainst: (years: string, centre: number) => `Age ${years} vs ${number(centre)}`,
    psAgainst: (level: string) => `PS ${level} vs 0`,
  },
  beside: {
    title: "Model beside paper",
    column: "group medians, months",
    group: "group",
    model: "model",
    notInModel: "not in the model",
    noInterval: "no CI",
    published: "published (95\u00a0% CI)",
    ownGroups: "Groups of the study this patient belongs to.",
    medianWithInterval: (median: string, interval: string) => `${median}${NBSP}(${interval})`,
    anchor: "fitted to this",
    miss: "outside the interval",
  },

  published: {
    // word joiners: the median and its interval stay on one line
    line: (name: string, median: string) =>
      `Published for ${name}: ${median.replaceAll("–", "\u2060–\u2060")}`,
    months: (median: string) => `${median}${NBSP}months`,
  },

  notEstimated: {
    title: "No estimate for this patient",
    text: "The published models do not cover this case, and the nearest number would be a guess.",
    reports: "What the study does report",
    others: "What the study reports for other patients",
    othersNote: (tumour: Tumour) =>
      `${TUMOUR_LABEL[tumour]}, advanced disease, on first-line chemotherapy: published medians in months with 95${NBSP}% CI. They do not describe this patient.`,
    groups: (tumour: Tumour) =>
      `${TUMOUR_LABEL[tumour]} on first-line chemotherapy: published medians in months with 95${NBSP}% CI. Bold: groups this patient belongs to.`,
  },

  footer: {
    notDevice: "Not a medical device.",
    audience: "For healthcare professionals.",
    baseline: "Reconstructed baseline.",
    versions: (app: string, model: string) => `app ${app} · model ${model}`,
  },

  help: {
    open: "About and shortcuts",
    title: "About this program",
    close: "Close",
    shortcuts: "Keyboard",
    keys: [
      ["Tab, Shift + Tab", "next, previous field"],
      ["← → ↑ ↓", "choose within a row of choices"],
      ["Alt + 1, Alt + 2", "overall, progression-free survival"],
      ["?", "this page"],
      ["Esc", "close this page"],
    ] as [string, string][],
    what: "What it computes",
    whatText:
      "The Cox models of Table 3 of the article, applied to one patient. The article prints no baseline hazard: it is reconstructed from the published survival of the whole cohort, and the reconstruction is checked against the medians of subgroups that were not used for it.",
    limits: "What it cannot know",
    limitsText:
      "The intervals come from the printed intervals of the hazard ratios and of the cohort's survival. They leave out the shape of the curve between published times, correlations that are not published, and the cohort's margins being taken as independent. Against published medians the model misses NEC with PS 3 and the two temozolomide regimens, which it does not tell apart. No discrimination (C-index), calibration or external validation of these models is published. The case mix implies modest discrimination. Treatment was not randomised. Nothing here is advice to give or withhold treatment.",
    source: "Source",
    licence:
      "Study data under CC BY 4.0; program under the MIT licence; typeface Inter under the SIL Open Font License.",
    maker:
      "Made by the HG-NEN Prognosis project. Not a medical device, no CE mark. Patient data stay in this window and are not stored.",
  },
} as const;
