import type {
  Citation,
  Covariate,
  Endpoint,
  PublishedModel,
  PublishedResult,
  Tumour,
} from "../prognosis/model.ts";
import { number, percent, publishedMonths } from "./format.ts";
import {
  ENDPOINT_LABEL,
  ENDPOINT_SHORT,
  TUMOUR_LABEL,
  TUMOUR_NAME,
  covariateLabel,
  groupName,
  levelLabel,
} from "./labels.ts";
import { conjunction, plural } from "./locale.ts";

const NBSP = "\u00a0";

/** A tumour, or both where the article prints one value for the two together. */
export type TumourOrBoth = Tumour | "both";

const counted = (count: number, one: string, other: string): string =>
  `${number(count)} ${plural.select(count) === "one" ? one : other}`;

/** Where a group of rows stands in a sentence ("primary tumour, Esophagus") and above its rows. */
interface GroupWords {
  title: string;
  subject: string;
}

/** A number with the decimals with which the article prints it: "8.0", but "14" where it prints "14 m". */
export function asPrinted(value: number, quote: string, decimals: number): string {
  for (let places = decimals; places > 0; places--) {
    const text = value.toFixed(places);
    if (new RegExp(`(?<![\\d.])${text.replace(".", "\\.")}(?!\\d)`).test(quote)) return text;
  }
  return number(value);
}

const DECIMALS_OF_MONTHS = 1;
const DECIMALS_OF_RATIOS = 2;

/** A share that the article prints as a fraction, "1/5"; as percent where it prints none. */
function fraction(share: number, quote: string): string {
  for (const [text, part, whole] of quote.matchAll(/(\d+)\/(\d+)/g)) {
    if (Math.abs(Number(part) / Number(whole) - share) < 1e-3) return text;
  }
  return percent(share);
}

/** What stands in the cell of a value: the value, what stands in brackets beside it, and the patients behind it. */
export interface CellWords {
  value: string;
  bracket: string | null;
  size: string | null;
}

const percentOf = (value: number): string => `${number(value)}${NBSP}%`;
const sized = (n: number): string => `n${NBSP}=${NBSP}${number(n)}`;

/** A result as the article prints it, in the unit that {@link measureOf} names. */
export function cellWords(result: PublishedResult): CellWords {
  const { unit, measure, value, lower, upper, rangeLow, rangeHigh, n } = result;
  const quote = result.source.quote ?? "";
  const months = (of: number): string => asPrinted(of, quote, DECIMALS_OF_MONTHS);
  const size = n === undefined ? null : sized(n);
  switch (unit) {
    case "months":
      return {
        value: months(value),
        bracket:
          lower === undefined || upper === undefined ? "(no CI)" : `(${months(lower)}–${months(upper)})`,
        size,
      };
    case "patients":
      return {
        value: number(value),
        bracket: result.percent === undefined ? null : `(${percentOf(result.percent)})`,
        size: n === undefined ? null : `of ${number(n)}`,
      };
    case "percent":
      return {
        value: measure === "more-than" ? `> ${percentOf(value)}` : percentOf(value),
        bracket: null,
        size,
      };
    case "years":
      return {
        value: measure === "more-than" ? `> ${number(value)} years` : number(value),
        bracket:
          rangeLow === undefined || rangeHigh === undefined
            ? null
            : `(${number(rangeLow)}–${number(rangeHigh)})`,
        size,
      };
    case "ratio":
      return { value: fraction(value, quote), bracket: null, size };
  }
}

/** What a value is: stands above or beside the rows, so that a cell can hold the numbers alone. */
export function measureOf({ unit, measure }: PublishedResult): string {
  switch (unit) {
    case "months":
      return "median, months (95\u00a0% CI)";
    case "patients":
      return "patients (%)";
    case "percent":
      return measure === "median" ? "median" : "share of patients";
    case "years":
      return "years";
    case "ratio":
      return "share of patients";
  }
}

/** A result in full: "median 8.0 months (95 % CI 6.4–9.6), n = 195". */
export function statementOf(result: PublishedResult): string {
  const { unit, measure, value, lower, n } = result;
  const cell = cellWords(result);
  const behind = n === undefined ? "" : `, ${sized(n)}`;
  switch (unit) {
    case "months":
      return lower === undefined
        ? `median ${cell.value}${NBSP}months (no CI printed)${behind}`
        : `median ${cell.value}${NBSP}months (95${NBSP}% CI ${cell.bracket!.slice(1)}${behind}`;
    case "patients": {
      const share = cell.bracket === null ? "" : ` ${cell.bracket}`;
      return n === undefined
        ? `${counted(value, "patient", "patients")}${share}`
        : `${number(value)} of ${counted(n, "patient", "patients")}${share}`;
    }
    case "percent":
      if (measure === "more-than") return `more than ${percentOf(value)}`;
      return measure === "median" ? `median ${cell.value}${behind}` : `${cell.value}${behind}`;
    case "years":
      if (measure === "more-than") return `more than ${counted(value, "year", "years")}`;
      return cell.bracket === null
        ? `median ${cell.value} years${behind}`
        : `median ${cell.value} years (range ${cell.bracket.slice(1)}${behind}`;
    case "ratio":
      return `${cell.value} of patients`;
  }
}

type ModelTerm = PublishedModel["terms"][number];
type HazardRatio = Pick<
  Extract<ModelTerm, { kind: "linear" }>,
  "hazardRatio" | "lower" | "upper" | "p" | "source"
>;

/** A hazard ratio as printed, with its interval and p. */
export function hazardRatioWords({ hazardRatio, lower, upper, p, source }: HazardRatio): CellWords {
  const printed = (value: number): string => asPrinted(value, source.quote ?? "", DECIMALS_OF_RATIOS);
  return {
    value: printed(hazardRatio),
    bracket: `(${printed(lower)}–${printed(upper)})`,
    size: p === undefined ? null : `p${NBSP}${p.relation}${NBSP}${number(p.value)}`,
  };
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A row of the article, without what the heading above it says already: "OS PS 1" is "PS 1". */
function rowLabel(row: string, said: RegExp | null): string {
  const rest = said === null ? row : row.replace(said, "");
  if (rest === "OS" || rest === "PFS") return "All patients";
  // "PFS of second line" keeps its outcome where the heading does not say it.
  const outcome = /^(?:OS|PFS) /.exec(rest)?.[0] ?? "";
  return upperFirst(outcome + groupName(rest.slice(outcome.length)));
}

const both = "All tumours together";
const tumourLabel = (tumour: TumourOrBoth): string => (tumour === "both" ? both : TUMOUR_LABEL[tumour]);

const firstAuthor = (authors: string): string => {
  const [first, ...others] = authors.split(", ");
  return others.length === 0 ? first! : `${first!}, et al`;
};
const source = ({ authors, journal, year, volume, pages }: Citation): string =>
  `${firstAuthor(authors)}. ${journal} ${number(year)};${volume}:${pages}`;

/** Text for other programs: their searches do not find a no-break space. */
const plain = (text: string): string =>
  text.replaceAll(NBSP, " ").replaceAll("\u200b", "").replaceAll("\u2011", "-");

/** The article's sentence on both its panels by Ki-67. */
const separated = (cut: number): { text: string; place: string } => ({
  text: `A Ki-67 value of ${number(cut)}% separated two prognostic groups within both NEC and NET G3 (Fig. 1c, d).`,
  place: "Results, Patient characteristics and treatment",
});

/** What the Published room says. */
export const published = {
  title: "Published",
  lead: "Every value that this program takes from the article, as the article prints it. Select a value for its place and the article’s words.",
  source: (citation: Citation) => `${source(citation)}. doi ${citation.doi}. ${citation.licence}.`,
  timeZero: (text: string) => `Times are months from the ${text}.`,
  tumourLabel,
  tumourName: (tumour: Tumour) => upperFirst(TUMOUR_NAME[tumour]),
  rowLabel,
  /** a row that the article names differently for the two tumours */
  rowOfBoth: (nec: string, netG3: string) => (nec === netG3 ? nec : `${nec} / ${netG3}`),
  notReported: "not in the article’s text",
  none: "–",
  unknownAddress: (place: string) =>
    `Nothing stands at the address “${place}”. The filter finds values by words and numbers.`,

  filter: {
    label: "Filter",
    hint: "words, tumour or number; press / to come here",
    placeholder: "e.g. NET G3 ALP",
    clear: "Clear",
    matching: (values: number, panels: number, slips: number) =>
      `Matching: ${conjunction.format(
        [
          values > 0 ? counted(values, "value", "values") : "",
          panels > 0 ? counted(panels, "figure panel", "figure panels") : "",
          slips > 0 ? counted(slips, "inconsistency", "inconsistencies") : "",
        ].filter((part) => part !== ""),
      )}.`,
    all: (values: number) => `${counted(values, "value", "values")}.`,
    noneTitle: (typed: string) => `Nothing matches “${typed}”`,
    noneText:
      "Try fewer letters: a tumour (NEC, NET G3), a factor (PS, Ki-67, ALP, colon), a treatment (PRRT, platinum), an outcome (OS, PFS, response) or a number as the article prints it.",
  },

  sectionsLabel: "Sections",
  /** beside a section's name while the filter is on */
  sectionMatches: (count: number) => number(count),
  sections: {
    figures: "Figures",
    patients: "Patients",
    "table-1": "Characteristics",
    "table-2": "Treatment and outcome",
    "table-3": "Multivariable models",
    "further-groups": "Further groups",
    response: "Response and toxicity",
    "later-lines": "Later lines",
    prrt: "PRRT",
    untreated: "Untreated",
    other: "Other values",
    inconsistencies: "Inconsistencies in the article",
  },
  /** where a section's values stand, beside its heading */
  sectionPlaces: {
    figures: "Fig. 1–3",
    patients: "Results",
    "table-1": "Table 1",
    "table-2": "Table 2",
    "table-3": "Table 3",
    "further-groups": "Results",
    response: "Table 2 and Results",
    "later-lines": "Results",
    prrt: "Results, NET G3",
    untreated: "Results",
    other: "Article",
    inconsistencies: "Article",
  },
  sectionLeads: {
    figures:
      "The article’s text carries medians, not curves. The medians are published; the lines are reconstructed from them and are not the study’s Kaplan–Meier steps. Numbers at risk and censoring are not in the text, and groups without a printed median are left out. One hazard ratio holds along a reconstructed pair of curves: they can neither cross nor part late. Where the article says that its curves do, none is drawn.",
    patients: "From the registry to the cohort, and follow-up.",
    "table-1":
      "Patients with advanced disease and first-line chemotherapy. Shares leave out missing values; “of” is the number with a known value, as this program works it out. The article prints NET G3 first.",
    "table-2":
      "First-line chemotherapy. The n beside a median is taken from Table 1 where Table 2 prints none; its source stands with the value.",
    "table-3":
      "Final Cox models: hazard ratio with 95\u00a0% CI and p. An empty cell is a factor that the model does not contain.",
    "further-groups": "Medians that stand in the text and not in Table 2.",
    response: "Rates, overall survival by response, toxicity and cause of death.",
    "later-lines": "Second line, and platinum/etoposide given again.",
    prrt: "Peptide receptor radionuclide therapy in NET G3. It was not allotted at random.",
    untreated: "Advanced disease without palliative chemotherapy. The models do not cover these patients.",
    other: "Values without a section of their own.",
    inconsistencies:
      "Where the article contradicts itself or its own arithmetic, and what the program does. Values concerned carry a note.",
  },

  /** what must be known before certain values of a section are compared */
  warnings: {
    prrt: (facts: { given: string; notGiven: string; secondPrrt: string; secondChemotherapy: string }) => [
      `Guarantee time (immortal time bias): ${facts.given} against ${facts.notGiven}${NBSP}months cannot be read as an effect of PRRT. OS runs from the start of first line, and PRRT came later, mainly in second line. Whoever was given it had survived until then; whoever died before counts among those without it. A difference would stand here even if PRRT did nothing.`,
      `Second line, ${facts.secondPrrt}${NBSP}months of OS from the start of PRRT against ${facts.secondChemotherapy} from the start of chemotherapy: time runs from each treatment’s own start, so none is guaranteed after it. But patients had to live, and to stay fit, until PRRT could begin, and were selected for it. This is no comparison of treatments either.`,
    ],
    response: (facts: { complete: string; partial: string; stable: string }) => [
      `Guarantee time (immortal time bias): OS of ${facts.complete}, ${facts.partial} and ${facts.stable}${NBSP}months after complete response, partial response and stable disease runs from the start of first line, but a response is known only later. Responders had lived until they were evaluated; patients who failed and died early, without an evaluation, count as progressive disease. The differences overstate what a response brings, and say nothing at the start of treatment.`,
    ],
  },

  abbreviations: {
    "table-1":
      "abd met: abdominal metastases, digestive primary suspected. SRI: somatostatin receptor imaging. CgA: chromogranin A. ALP: alkaline phosphatase. LDH: lactate dehydrogenase.",
    "table-2":
      "CR, PR: complete, partial response. SD: stable disease. PD: progressive disease. NA/NE: not accessed or not evaluable. Best response is of the evaluable patients.",
  } as Partial<Record<string, string>>,

  groups: {
    registry: { title: "Registry and reclassification", subject: "registry" },
    advanced: { title: "Advanced disease and follow-up", subject: "cohort" },
    patients: { title: "Patients", subject: "treated patients" },
    "performance-status": { title: "ECOG performance status", subject: "performance status" },
    "primary-tumour": { title: "Primary tumour", subject: "primary tumour" },
    "metastatic-site": { title: "Metastatic site", subject: "metastatic site" },
    imaging: { title: "Imaging", subject: "imaging" },
    pathology: { title: "Pathology", subject: "pathology" },
    laboratory: { title: "Laboratory", subject: "laboratory" },
    missing: { title: "Missing values", subject: "missing values" },
    text: { title: "The same in the text of the Results", subject: "text of the Results" },
    regimens: { title: "First-line chemotherapy", subject: "first-line chemotherapy" },
    "best-response": { title: "Best response", subject: "best response to first line" },
    pfs: { title: "Progression-free survival", subject: "progression-free survival" },
    os: { title: "Overall survival", subject: "overall survival" },
    "os-at": { title: "Alive after years", subject: "overall survival" },
    "further-pfs": { title: "Progression-free survival", subject: "progression-free survival" },
    "further-os": { title: "Overall survival", subject: "overall survival" },
    rates: { title: "Rates, first line", subject: "first line" },
    "os-by-response": { title: "Overall survival by response", subject: "overall survival" },
    toxicity: { title: "Toxicity and death", subject: "toxicity and death" },
    "second-line": { title: "Second line", subject: "second line" },
    reintroduction: {
      title: "Platinum/etoposide reintroduced",
      subject: "reintroduction of platinum/etoposide",
    },
    "prrt-given": { title: "PRRT given", subject: "PRRT" },
    prrt: { title: "Outcome", subject: "PRRT" },
    "untreated-os": { title: "Overall survival", subject: "overall survival" },
    reasons: { title: "Main reason for no chemotherapy", subject: "main reason for no chemotherapy" },
    other: { title: "Other values", subject: "other" },
  } satisfies Record<string, GroupWords>,

  table: {
    caption: (title: string, place: string) => `${title}: ${place}`,
    row: "Row of the article",
    hasNote: "has a note",
  },
  models: {
    caption: "Hazard ratios of the final multivariable models",
    characteristic: "Characteristic",
    model: (tumour: Tumour, endpoint: Endpoint) => `${TUMOUR_LABEL[tumour]} ${ENDPOINT_SHORT[endpoint]}`,
    n: sized,
    reference: "Ref.",
    /** `p` is printed beside the reference and is that of all its levels together */
    referenceStatement: (p: string | null) =>
      p === null ? "reference level" : `reference level; all levels together ${p}`,
    /** a p-value as the article prints it: "<0.001", "0.007" */
    pValue: (printed: string) =>
      printed.startsWith("<") ? `p${NBSP}<${NBSP}${printed.slice(1)}` : `p${NBSP}=${NBSP}${printed}`,
    notInModel: "not in the model",
    perYear: (covariate: Covariate) => `${covariateLabel(covariate)}, per year`,
    level: (covariate: Covariate, level: string) => upperFirst(levelLabel(covariate, level)),
    against: (covariate: Covariate, level: string, reference: string) =>
      `${upperFirst(levelLabel(covariate, level))}, against ${levelLabel(covariate, reference)}`,
    subject: (endpoint: Endpoint, n: number) =>
      `${ENDPOINT_LABEL[endpoint].toLowerCase()}, multivariable model (${sized(n)})`,
    statement: ({ value, bracket, size }: CellWords) =>
      `hazard ratio ${value} (95${NBSP}% CI ${bracket!.slice(1)}${size === null ? "" : `, ${size}`}`,
  },

  details: {
    label: "Where this value stands",
    title: (tumour: TumourOrBoth, subject: string, row: string) =>
      `${tumourLabel(tumour)}, ${subject}, ${row}`,
    place: "Place",
    quote: "The article’s words",
    note: "Note",
    size: "Patients",
    sizeFrom: (n: number, place: string, note: string | null) =>
      note === null ? `${number(n)}: ${place}` : `${number(n)}: ${place} (${note})`,
    close: "Close",
  },
  copy: {
    action: "Copy with citation",
    copied: "Copied with citation.",
    refused: "The clipboard refused. The text is selected: copy it with Ctrl + C.",
    text: "Value with citation",
    /** a value as it goes into another text; where n stands elsewhere, its place is named */
    value: (
      subject: string,
      statement: string,
      citation: Citation,
      place: string,
      sizePlace: string | null,
    ) =>
      plain(
        `${subject}: ${statement}. ${source(citation)}, ${
          sizePlace === null || sizePlace === place ? place : `${place}; n from ${sizePlace}`
        }. doi ${citation.doi}`,
      ),
  },

  figures: {
    number: (panel: string) => `Fig. ${panel}`,
    /** what the article's panels show, by its captions; `cut` is the study's Ki-67 line, percent */
    panels: {
      "1a": () => "PFS in NEC and NET G3",
      "1b": () => "OS in NEC and NET G3",
      "1c": () => "OS in NET G3 by Ki-67",
      "1d": () => "OS in NEC by Ki-67",
      "2a": () => "OS in NEC by performance status",
      "2b": (cut: number) => `OS in NEC with Ki-67 < ${percentOf(cut)} by first-line regimen`,
      "2c": () => "OS in NEC by ALP",
      "3a": (cut: number) => `OS in NET G3 with Ki-67 < ${percentOf(cut)} by first-line regimen`,
      "3b": (cut: number) => `PFS in NET G3 with Ki-67 < ${percentOf(cut)} by first-line regimen`,
      "3c": () => "OS in NET G3 by performance status",
      "3d": () => "OS in NET G3 by ALP",
    },
    published: "Published",
    reconstructed: "Reconstructed",
    medians: (groups: number) => `${counted(groups, "median", "medians")} with 95${NBSP}% CI.`,
    mediansAndSurvival: (groups: number, months: number[]) =>
      `${counted(groups, "median", "medians")} with 95${NBSP}% CI; survival at ${conjunction.format(months.map(number))} months.`,
    between: "The lines between these points: a constant baseline hazard in each interval.",
    scaled: "The lines: the model’s curve for each group, scaled to cross 50\u00a0% at the published median.",
    assumed: (ends: { tumour: Tumour; months: number }[]) =>
      `The lines. Nothing but the medians is published: the shape, one constant baseline hazard, is an assumption, drawn to ${conjunction.format(
        ends.map(({ tumour, months }) => `${number(months)} months in ${TUMOUR_LABEL[tumour]}`),
      )}.`,
    nothing:
      "No number. The text says that PFS and OS were similar with platinum/etoposide and with temozolomide-based regimens (Results, NEC).",
    noCurve: "Nothing: without a printed median no curve is drawn.",
    withheld: "Nothing. No curve is drawn: it would contradict the article.",
    /** panels whose curves, by the article's own words, are not of proportional hazards; `cut` as above */
    contradicted: {
      "1c": (cut: number) => ({
        reason:
          "No curve is drawn here. Scaled to their medians, the two curves would stay apart to the end, because one hazard ratio holds all along; the article says that they come together. The reconstruction cannot show that.",
        quotes: [
          separated(cut),
          {
            text: `… in contrast to NET G3 where Ki-67 < ${number(cut)}% had a better short-time survival but similar long-time survival.`,
            place: "Discussion, NEC",
          },
          {
            text: `NET G3 patients with Ki-67 ≥ ${number(cut)}% had a similar initial survival as NEC patients (Fig. S2).`,
            place: "Results, Patient characteristics and treatment",
          },
        ],
      }),
      "1d": (cut: number) => ({
        reason:
          "No curve is drawn here. Scaled to their medians, the two curves would all but coincide; the article says that short-time survival was similar and Ki-67 still prognostic, so that they part later. The reconstruction cannot show that.",
        quotes: [
          separated(cut),
          {
            text: `In our study Ki-67 < ${number(cut)}% was prognostic and predicted survival in NEC, however, short-time survival was similar.`,
            place: "Discussion, NEC",
          },
        ],
      }),
    },
    saidOfIt: "The article on this figure",
    mediansOnly: (title: string, groups: { name: string; statement: string }[]) =>
      `${title}, published medians only, no curve. ${conjunction.format(
        groups.map(({ name, statement }) => `${name}: ${statement}`),
      )}.`,
    medianAxis: "median, months",
    captionOfMedians: (number: string, title: string) => `${number}, ${title}: published medians`,
    caption: (number: string, title: string) =>
      `${number}, ${title}: published medians and reconstructed survival`,
    group: "Group",
    median: "published,\u00a0months (95\u00a0%\u00a0CI)",
    survival: "reconstructed, % at months",
    month: (months: number) => number(months),
    monthLabel: (months: number) => `${number(months)} months`,
    pastEnd: "past the end of the curve",
    chartTitle: { os: "Alive, %", pfs: "Alive without progression, %" } satisfies Record<Endpoint, string>,
    summary: (title: string, groups: { name: string; median: number }[]) =>
      `${title}, reconstructed. ${conjunction.format(
        groups.map(({ name, median }) => `${name}: published median ${publishedMonths(median)} months`),
      )}. The table beside it holds the numbers.`,
    /** a group's name under the title of its panel, which says the rest */
    inPanel: (row: string) => rowLabel(row, /^(OS|PFS) |, Ki-67.*$/g),
    failed: (message: string) => `The curves could not be computed: ${message}`,
  },
} as const;
