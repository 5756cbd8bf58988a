import type { Covariate, Endpoint, Tumour } from "../prognosis/model.ts";
import type { Patient } from "../prognosis/patient.ts";
import { number, publishedInterval, publishedMonths } from "./format.ts";
import {
  ALP_LABEL,
  ENDPOINT_LABEL,
  ENDPOINT_SHORT,
  FIRST_LINE_LABEL,
  SEX_LABEL,
  SITE_LABEL,
  TUMOUR_LABEL,
  TUMOUR_NAME,
  covariateInText,
  levelLabel,
} from "./labels.ts";

/*
 * What the Model room says. In formulas `*x*` is a variable, `_{…}` stands below the line and `^{…}` above it; the
 * component Formula sets them.
 */

const NBSP = "\u00a0";
const MINUS = "\u2212";
const LOCALE = "en-GB";
const list = new Intl.ListFormat(LOCALE, { type: "conjunction" });
const plural = new Intl.PluralRules(LOCALE);

const formats = new Map<number, Intl.NumberFormat>();

/** A number to check by hand: so many decimals, and a minus sign that is one. */
export function exact(value: number, decimals: number): string {
  let format = formats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: false,
      signDisplay: "negative",
    });
    formats.set(decimals, format);
  }
  return format.format(value).replace("-", MINUS);
}

/** Decimals of what is shown, chosen so that each number follows from the shown ones before it. */
export const DECIMALS = {
  logHazardRatio: 5,
  product: 5,
  predictor: 5,
  risk: 5,
  hazard: 8,
  cumulativeHazard: 6,
  exponent: 5,
  weight: 5,
  survival: 2,
  months: 3,
  standardError: 4,
  spread: 4,
  concordance: 2,
  difference: 1,
} as const;

/** "Ki-67 < 55 %" stays on one line. */
const unbroken = (level: string): string =>
  level.replace(/ ([<>≥]) /, `${NBSP}$1${NBSP}`).replace("Ki-67", "Ki\u201167");

const modelName = (tumour: Tumour, endpoint: Endpoint): string =>
  `${TUMOUR_LABEL[tumour]}, ${ENDPOINT_LABEL[endpoint].toLowerCase()}`;

/** "ECOG PS 1 against PS 0", "Age, per year above 68". */
function coefficientLabel(covariate: Covariate, level: string, reference: string): string {
  const against = levelLabel(covariate, reference);
  const name = levelLabel(covariate, level);
  const subject = covariate === "sex" ? `${name} sex` : name;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} against ${against}`;
}

/** A patient's value as it was entered; null where it is not known. */
function entered(covariate: Covariate, patient: Patient): string | null {
  switch (covariate) {
    case "ageYears":
      return `${number(patient.ageYears)} years`;
    case "ecogPs":
      return `PS ${number(patient.ecogPs)}`;
    case "sex":
      return patient.sex && SEX_LABEL[patient.sex];
    case "primarySite":
      return patient.primarySite && SITE_LABEL[patient.primarySite];
    case "ki67Percent":
      return patient.ki67Percent === null ? null : `${number(patient.ki67Percent)}${NBSP}%`;
    case "firstLine":
      return patient.firstLine && FIRST_LINE_LABEL[patient.firstLine];
    case "alp":
      return typeof patient.alp === "object"
        ? `${number(patient.alp.value)} ${patient.alp.unit}, upper limit ${number(patient.alp.upperLimit)}`
        : patient.alp === "unknown"
          ? null
          : ALP_LABEL[patient.alp];
  }
}

export const modelRoom = {
  title: "Model",
  lead: "What is computed, from which numbers, and how well it meets the published ones: enough to check every result with a pocket calculator.",
  contents: "Sections of this page",
  loading: "Reading the model …",
  modelName,
  modelShort: (tumour: Tumour, endpoint: Endpoint) => `${TUMOUR_LABEL[tumour]} ${ENDPOINT_SHORT[endpoint]}`,
  coefficientLabel,
  entered,

  sections: {
    calculation: "The calculation",
    coefficients: "Coefficients",
    "case-mix": "Case mix",
    baseline: "Baseline",
    intervals: "Intervals",
    check: "Held-out check",
    assumptions: "Assumptions",
    limits: "What is not known",
    reporting: "Reporting statement",
    use: "Intended use",
    label: "Product label",
    licences: "Licences",
  },

  calculation: {
    text: "The published Cox model with one patient’s numbers in it. Each number follows from those shown above it. Numbers are rounded for the page only, so the last digit of what is worked out from rounded ones may be off by one or two.",
    general: "*S*(*t* | *x*) = exp(−*H*_{0}(*t*) · exp(LP)),  LP = Σ β_{j} · *x*_{j},  β_{j} = ln HR_{j}",
    endpoint: "Endpoint",
    patient: "The patient of the Estimate room.",
    change: "Change the patient",
    exampleMark: "Example",
    example: "A synthetic patient, not one of yours: no patient has been entered.",
    exampleInstead:
      "A synthetic patient, not one of yours: the models do not cover the patient that was entered, so there is nothing to calculate.",
    enter: "Enter a patient",
    exampleTumour: "Example",
    failed: (message: string) => `The calculation could not be made. Technical reason: ${message}`,
    copy: "Copy the calculation",
    copied: "Copied as text with tabs: paste it into a spreadsheet or a note.",
    copyByHand: "The clipboard is closed here. The text is selected below: copy it with the keyboard.",
    copyLabel: "The calculation as text",
    steps: {
      values: "The patient’s values, coded",
      coefficients: "β = ln HR of each coefficient, times *x*",
      predictor: "Linear predictor: LP = Σ β · *x*",
      risk: "Hazard against the reference patient: exp(LP)",
      baseline: "Baseline cumulative hazard *H*_{0}(*t*)",
      survival: "Survival: *S*(*t*) = exp(−*H*_{0}(*t*) · exp(LP))",
      survivalMixture: "Survival: *S*(*t*) = Σ_{k} *w*_{k} · exp(−*H*_{0}(*t*) · exp(LP_{k}))",
      median: "Median: the time at which *S*(*t*) = ½",
    },
    columns: {
      covariate: "Covariate",
      entered: "Entered",
      coded: "Taken as",
      x: "*x*",
      coefficient: "Coefficient",
      ratio: "HR",
      interval: "95\u00a0% CI",
      beta: "β = ln HR",
      product: "β · *x*",
      place: "In the article",
      months: "*t*, months",
      from: "from *t*_{a}",
      fromHazard: "*H*_{0}(*t*_{a})",
      hazard: "λ per month",
      cumulative: "*H*_{0}(*t*)",
      exponent: "*H*_{0}(*t*) · exp(LP)",
      survival: "*S*(*t*)",
      shown: "On the Estimate page",
      cell: "Cell",
      weight: "*w*",
      predictor: "LP",
      risk: "exp(LP)",
      part: "*w* · exp(−*H*_{0} · exp(LP))",
    },
    captions: {
      values: "The patient’s values and how the model takes them",
      terms: "Coefficients, their values for the patient, and the products",
      baseline: "Baseline cumulative hazard at the landmarks",
      survival: "Survival at the landmarks",
      cells: "Cells of the mixture over the values that are not known",
    },
    notKnown: "not known",
    averaged: "averaged",
    averagedTerm: "in step 3",
    codedLevel: (level: string) => `${level}: *x* = 1`,
    codedReference: (level: string) => `${level}: the reference, *x* = 0`,
    codedAge: (age: number, centre: number, x: string) => `${number(age)} − ${number(centre)}: *x* = ${x}`,
    sum: "Sum",
    sumKnown: "Sum over what is known",
    perYear: (centre: number) => `Age, per year above ${number(centre)}`,
    notInModel: (covariates: Covariate[]) =>
      `Not in this model, so without effect on this result: ${list.format(covariates.map(covariateInText))}.`,
    referencePatient: (levels: string[]) =>
      `The reference patient, for whom LP = 0 and *S*(*t*) = exp(−*H*_{0}(*t*)): ${list.format(levels.map(unbroken))}.`,
    referenceAge: (age: number) => `age ${number(age)}`,
    betaFromPrinted: "β is the natural logarithm of the printed hazard ratio; nothing was fitted again.",
    predictor: (products: string[], sum: string) =>
      `LP = ${products
        .map((product, i) =>
          i === 0 ? product : product.startsWith(MINUS) ? `− ${product.slice(1)}` : `+ ${product}`,
        )
        .join(" ")} = ${sum}`,
    mixture: (covariates: Covariate[], cells: number) =>
      `Not known: ${list.format(covariates.map(covariateInText))}. There is then not one LP but a mixture of ${number(cells)} cells, one for each combination of the levels, weighted by the shares of the study’s patients (section Case mix; shares multiply, because the margins are taken as independent). The LP of a cell is the sum over what is known plus the β of its own levels. Survival is averaged over the cells, never the LP.`,
    cellName: (levels: string[]) => levels.join(", "),
    mixtureCheck: "Show the sum at",
    mixtureMonths: (months: number) => `${number(months)} months`,
    mixtureMedian: "the median",
    mixtureAt: (hazard: string) => `with *H*_{0} = ${hazard}`,
    total: (survival: string) => `${survival} %`,
    mean: (lp: string) =>
      `The mean of the cells’ LP, Σ *w* · LP = ${lp}, places the patient among the risk thirds. It is not used for survival.`,
    risk: (lp: string, risk: string) => `exp(LP) = exp(${lp}) = ${risk}`,
    riskMixture: "Each cell has its own exp(LP): the last column of the table in step 3.",
    relative: (mean: string, relative: string) =>
      `Against the average of the study’s patients (mean LP ${mean}): exp(LP − ${mean}) = ${relative}. The Estimate page’s place among 100 patients counts those with a smaller LP.`,
    cuts: (first: string, second: string, group: string) =>
      `Thirds of the case mix by LP: lower up to ${first}, intermediate up to ${second}, higher above. This patient: ${group}.`,
    baseline:
      "*H*_{0}(*t*) = *H*_{0}(*t*_{a}) + λ · (*t* − *t*_{a}), where *t*_{a} is the last published time before *t* and λ the constant hazard after it (section Baseline).",
    shownSurvival: (percent: string, interval: string | null) =>
      interval === null ? percent : `${percent} (${interval})`,
    median: {
      half: (risk: string, half: string) => `*H*_{0}(median) = ln 2 / exp(LP) = 0.693147 / ${risk} = ${half}`,
      halfMixture: (half: string) =>
        `With several cells there is no closed form: *H*_{0}(median) is the root of Σ_{k} *w*_{k} · exp(−*H*_{0} · exp(LP_{k})) = ½, which is ${half}. Choose “the median” above to check that the sum is one half.`,
      line: (facts: { from: string; fromHazard: string; hazard: string; half: string; months: string }) =>
        `*t* = ${facts.from} + (${facts.half} − ${facts.fromHazard}) / ${facts.hazard} = ${facts.months} months`,
      past: (half: string, end: string, horizon: number) =>
        `*H*_{0} reaches only ${end} by ${number(horizon)} months, less than ${half}: the median lies past ${number(horizon)} months, and nothing is quoted there.`,
      shown: (median: string, interval: string | null) =>
        interval === null
          ? `On the Estimate page: ${median} months.`
          : `On the Estimate page: ${median} months (95${NBSP}% CI ${interval}). The interval comes from the draws (section Intervals) and cannot be had by hand.`,
    },
  },

  coefficients: {
    text: "Table 3 of the article, read cell by cell, with the standard error that each interval implies. Every printed number is as printed.",
    caption: "Hazard ratios of the four models with β and its standard error",
    columns: {
      coefficient: "Coefficient",
      ratio: "HR",
      interval: "95\u00a0% CI",
      p: "*p*",
      beta: "β = ln HR",
      standardError: "SE(β)",
      from: "SE from",
      place: "Place",
    },
    model: (tumour: Tumour, endpoint: Endpoint, n: number) =>
      `${modelName(tumour, endpoint)}, n${NBSP}=${NBSP}${number(n)}`,
    from: { interval: "interval", p: "*p*" },
    noP: "–",
    pValue: (relation: "=" | "<", value: number) =>
      relation === "=" ? number(value) : `<${NBSP}${number(value)}`,
    note: (model: string, covariate: string | null, note: string) =>
      covariate === null ? `${model}: ${note}.` : `${model}, ${covariate}: ${note}.`,
    fromInterval: "From the interval: SE(β) = (ln *U* − ln *L*) / 3.92, *L* and *U* its printed ends.",
    fromP:
      "From *p*: SE(β) = |ln HR| / Φ^{−1}(1 − *p*/2). Used for age in NEC, whose interval is printed too coarsely to carry its SE.",
    notes: "Notes",
  },

  caseMix: {
    text: "The study’s patients as this program rebuilds them: the printed shares of each covariate, multiplied. That the covariates are independent of one another is an assumption; the article prints no cross tables.",
    caption: "Margins of the case mix",
    columns: { covariate: "Covariate", level: "Level", count: "Patients", share: "Share", place: "Place" },
    tumour: (tumour: Tumour, n: number) =>
      `${TUMOUR_LABEL[tumour]} on first-line chemotherapy, n${NBSP}=${NBSP}${number(n)}`,
    countOf: (count: number, of: number) => `${number(count)} of ${number(of)}`,
    countAbove: (above: number, count: number, of: number) =>
      `${number(count)} of ${number(of)} above ${number(above)}`,
    ages: (min: number, max: number) => `whole years ${number(min)} to ${number(max)}`,
    age: (facts: {
      tumour: Tumour;
      centre: number;
      above: number;
      count: number;
      of: number;
      spread: string;
    }) =>
      `Age in ${TUMOUR_LABEL[facts.tumour]}: weight ∝ exp(−(*a* − ${number(facts.centre)})^{2} / 2σ^{2}) for each whole year *a*, with σ = ${facts.spread} years, so that the share above ${number(facts.above)} years is the printed ${number(facts.count)} of ${number(facts.of)}.`,
    cells: "Cells and mean LP of each model",
    cellColumns: { model: "Model", cells: "Cells", mean: "Mean LP", cuts: "Cuts of the thirds" },
    cuts: (first: string, second: string) => `${first} and ${second}`,
  },

  baseline: {
    text: "The article prints no baseline hazard. It prints the survival of the whole cohort at a few times, and at each of them *H*_{0} is solved so that the average over the case mix gives the printed figure:",
    equation: "Σ_{c} *w*_{c} · exp(−*H*_{0}(*t*) · exp(LP_{c})) = *S*(*t*)",
    average:
      "The average runs over the cells *c* of the case mix. Survival at the mean LP would not do: it is another number, and late in the course one that is too low.",
    between:
      "Between the times the hazard is constant, so *H*_{0} is a straight line from point to point, beginning at (0, 0).",
    timeZero: (text: string) => `Time zero: ${text}.`,
    caption: "Baseline cumulative hazard at the published times, and the constant hazard up to each",
    columns: {
      months: "*t*, months",
      survival: "Whole cohort, *S*(*t*)",
      hazard: "λ before *t*, per month",
      cumulative: "*H*_{0}(*t*)",
      place: "Place",
    },
    survival: (survival: number) => `${number(survival * 100)}${NBSP}%`,
    notPublished: "not printed",
    assumed: "The same hazard, prolonged: an assumption",
    figure: (model: string, points: string[]) =>
      `Cumulative baseline hazard of ${model}, straight from (0, 0) through ${list.format(points)}.`,
    point: (months: string, hazard: string) => `${hazard} at ${months} months`,
    axis: "months",
    assumedShape: (horizon: number) => `assumed, to ${number(horizon)} months`,
  },

  intervals: {
    text: (draws: number) =>
      `The intervals of the estimate are the 2.5th and 97.5th percentiles over ${number(draws)} seeded draws, made once and shipped with the program, so that they are the same on every computer.`,
    items: [
      "Coefficients: normal, with mean ln HR and the SE of section Coefficients.",
      "The levels of performance status are compared with one group, PS 0: their covariance is 1/*n*(PS 0). Every other correlation is unpublished and taken as 0.",
      "Whole-cohort median: log-normal, with the SE of its printed interval. Survival at a time: normal on ln(−ln *S*), with the binomial SE √(*S*(1 − *S*)/*n*).",
      "*H*_{0} is solved again in each draw, through the drawn points and with the drawn coefficients. Held fixed, it would make the intervals about twice too wide.",
      "Where a value is not known, the mixture is taken inside each draw.",
    ],
    not: "The intervals hold the uncertainty of the estimate. The spread of outcomes of such patients (worst 10 %, middle half, best 10 %) is another thing; it is read off the curve.",
  },

  check: {
    text: "No subgroup’s median was used to build the baseline. Each is therefore a test of it: the model’s median for the subgroup’s own case mix beside the published one.",
    summary: (inside: number, outside: number) =>
      `Of ${number(inside + outside)} published ${plural.select(inside + outside) === "one" ? "median" : "medians"} with an interval, the model’s median lies inside the interval for ${number(inside)} and outside it for ${number(outside)}.`,
    misses: "Outside:",
    miss: (facts: { model: string; group: string; published: string; median: string }) =>
      `${facts.model}, ${facts.group}: published ${facts.published}, model ${facts.median}${NBSP}months`,
    apart: (fitted: number, noInterval: number, notInModel: number) =>
      `Not counted: ${number(fitted)} whole-cohort ${plural.select(fitted) === "one" ? "median" : "medians"} that the baseline was fitted to, ${number(noInterval)} printed without an interval, and ${number(notInModel)} of groups that the model has no covariate for.`,
    caveat:
      "The published medians are themselves uncertain, and their intervals overlap: lying inside is a weak test, lying outside a strong sign.",
    figure: (model: string, inside: number, outside: number) =>
      `${model}: published medians with their intervals and the model’s medians, ${number(inside)} inside and ${number(outside)} outside the interval. The table below holds the numbers.`,
    legend: {
      published: "published median, 95\u00a0% CI",
      model: "model, inside",
      miss: "model, outside",
      hollow: "model, not a test",
    },
    axis: "median, months",
    whole: (tumour: Tumour) => `all ${TUMOUR_LABEL[tumour]}`,
    verdict: {
      inside: "inside",
      outside: "outside",
      fitted: "fitted to this",
      "no-interval": "no interval printed",
      "not-in-model": "not in the model",
    },
    table: "The numbers behind the picture",
    caption: "Published and model medians in months",
    columns: {
      group: "Group",
      n: "n",
      published: "Published (95\u00a0% CI)",
      model: "Model",
      difference: "Difference",
      verdict: "Model is",
    },
    noN: "not printed",
    published: (median: number, lower: number | null, upper: number | null) =>
      lower === null || upper === null
        ? publishedMonths(median)
        : `${publishedMonths(median)} (${publishedInterval(lower, upper)})`,
    past: (horizon: number) => `> ${number(horizon)}`,
    signed: (difference: number, text: string) => (difference > 0 && Number(text) !== 0 ? `+${text}` : text),
  },

  assumptions: {
    text: "What this program takes to be so, and the article does not say:",
    items: (horizons: { tumour: Tumour; months: number }[]) => [
      "Hazards are proportional over the whole time: one hazard ratio holds from the first month to the last. NEC with PS 3 shows that this is not always so.",
      "Age acts evenly: every year multiplies the hazard by the same factor at every age.",
      "The covariates of the case mix are independent of one another.",
      "Ages follow a bell curve around the printed median, cut at the printed range.",
      "The whole cohort’s printed survival belongs to the same patients as the models, although the models leave some of them out.",
      "The hazard is constant between the published times.",
      `Progression-free survival has one published time. One constant hazard from the start to the horizon (${list.format(horizons.map(({ tumour, months }) => `${number(months)} months in ${TUMOUR_LABEL[tumour]}`))}) is an assumption, and is drawn in another line.`,
      "Colon and rectum are colorectal. Every other primary, an unknown one included, is not.",
      "A value that is not known is averaged over the study’s shares, whatever else is known of the patient.",
      "Coefficients are uncorrelated, apart from the levels of performance status.",
      "Risk thirds are this program’s; the article has no risk groups.",
      "The text copy of Table 3 from which the numbers were taken has cells out of place; it is read as the article’s Results confirm it.",
    ],
  },

  limits: {
    text: "What nobody can tell from the article, and therefore not from this program:",
    performance: (facts: { model: string; value: string }[]) =>
      `How well the models tell patients apart, and whether their survival figures hold. No C-index, calibration or validation, internal or external, is published. If the models were exactly right, their own case mix would allow a C-index of ${list.format(facts.map(({ model, value }) => `${value} (${model})`))}: modest at best.`,
    items: [
      "How the models do in other countries, other years and other hospitals.",
      "How many deaths and progressions stand behind each model, and how long patients were followed beyond the minimum.",
      "Whether proportional hazards were tested.",
      "How missing values were handled: the text does not say.",
      "How the coefficients are correlated.",
      "The shape of the survival curves between the printed times: the figures were not read.",
      "What another treatment would have done for the same patient. Treatment was not randomised: its coefficient says who received what and how they fared.",
      "How the temozolomide regimens differ: the models have one level for all first lines other than platinum/etoposide.",
      "What molecular findings would add: the study did not analyse them.",
    ],
    slips: (count: number) =>
      `${number(count)} ${plural.select(count) === "one" ? "slip" : "slips"} in the article’s own numbers, and what the program does with ${plural.select(count) === "one" ? "it" : "them"}`,
  },

  reporting: {
    text: "After the items of TRIPOD, the statement on reporting prediction models: what the article’s text says, and what this program adds. It is a guide to what is there, not a claim that every item is met.",
    caption: "Reporting items, article and program",
    columns: { item: "Item", article: "The article", program: "This program" },
    items: {
      source: "Source of data",
      participants: "Participants",
      outcome: "Outcome",
      predictors: "Predictors",
      size: "Sample size",
      missing: "Missing data",
      specification: "Model specification",
      performance: "Performance",
      limitations: "Limitations",
      interpretation: "Interpretation",
      supplement: "Supplement",
      funding: "Funding",
    },
    source: {
      article: (registered: number, total: number) =>
        `Prospective, population-based registry of Scandinavian hospitals that treat all patients of their region: ${number(registered)} registered, ${number(total)} with digestive high-grade disease after re-evaluation by pathologists.`,
      program: "The article’s text and tables. No data of single patients; nothing was refitted.",
    },
    participants: {
      article: (facts: { nec: number; netG3: number; minen: number }) =>
        `Advanced disease on palliative first-line chemotherapy: ${number(facts.nec)} NEC and ${number(facts.netG3)} NET G3. ${number(facts.minen)} MiNEN and appendix primaries were left out.`,
      program: (limit: number) =>
        `The same. Other patients get no number, and are told why: localised disease, MiNEN, appendix primary, Ki-67 up to ${number(limit)}${NBSP}%, no chemotherapy, performance status too rare to be modelled.`,
    },
    outcome: {
      article: (years: number) =>
        `OS: from the start of first-line chemotherapy to death or last follow-up. PFS: to progression, death or last follow-up. Followed for more than ${number(years)} years.`,
      program: (os: number) =>
        `The same two, each on its own. Nothing is quoted past ${number(os)} months of OS.`,
    },
    predictors: {
      article: (nec: Covariate[], netG3: Covariate[]) =>
        `NEC: ${list.format(nec.map(covariateInText))}. NET G3: ${list.format(netG3.map(covariateInText))}. Chosen by univariate analysis or for their clinical value.`,
      program: (cut: number) =>
        `The same, at the start of first line. ALP by value and upper limit; Ki-67 by the printed cut-off of ${number(cut)}${NBSP}%.`,
    },
    size: {
      article: (models: { model: string; n: number }[]) =>
        `${list.format(models.map(({ model, n }) => `${model} ${number(n)}`))}. The number of events is not printed.`,
      program: "No sample of its own.",
    },
    missing: {
      article: (facts: { ps: [number, number]; alp: [number, number] }) =>
        `PS missing in ${number(facts.ps[0])} NEC and ${number(facts.ps[1])} NET G3, ALP in ${number(facts.alp[0])} and ${number(facts.alp[1])}. How the models dealt with it is not said.`,
      program: "A value that is not known is averaged over the study’s patients, never set to the reference.",
    },
    specification: {
      article: "Multivariable Cox models. Hazard ratios with intervals in Table 3; no baseline hazard.",
      program:
        "All coefficients as printed; the baseline reconstructed. Both are given in full on this page.",
    },
    performance: {
      article: "Not reported: neither discrimination, nor calibration, nor validation.",
      program: (inside: number, outside: number) =>
        `Held-out check against subgroup medians: ${number(inside)} inside their interval, ${number(outside)} outside. They come from the same patients, so this is no validation.`,
    },
    limitations: {
      article:
        "Small subgroups; pathology of the time; an unknown number of eligible patients not included; treatment not randomised, selection bias not excluded; no molecular factors.",
      program: "Those, and the sections Assumptions and What is not known.",
    },
    interpretation: {
      article:
        "Survival shorter than expected, probably because elderly patients and those with poor PS were included. NEC and NET G3 are two diseases.",
      program:
        "Describes how such patients fared in one cohort. It is not a forecast for one person and not advice on treatment.",
    },
    supplement: {
      article: "Tables and figures of univariate analyses and further detail exist online.",
      program: (correction: string) => correction,
    },
    funding: {
      article:
        "Nordic Cancer Union, Norwegian Cancer Society, Western Norway Regional Health Authority, Novartis and Ipsen. One author declares a grant from Scandion Oncology.",
      program: "Not affiliated with the study’s authors or funders.",
    },
  },

  use: {
    purpose: "Purpose",
    purposeText: (tumours: Tumour[]) =>
      `To show clinicians what patients like theirs lived through in one published study of ${list.format(tumours.map((tumour) => TUMOUR_NAME[tumour]))}, how certain that is, and where each number is printed.`,
    users: "Users",
    usersItems: [
      "Oncologists and other physicians who treat these tumours.",
      "Members of a tumour board, with the treating physician present.",
      "People who read survival curves and confidence intervals as a matter of course.",
    ],
    patients: "Patients",
    patientsItems: (limit: number) => [
      "Adults with digestive NEC or NET G3, or an unknown primary with a digestive one suspected.",
      `Ki-67 above ${number(limit)}${NBSP}%, confirmed by pathology.`,
      "Advanced disease, at the start of palliative first-line chemotherapy.",
    ],
    notFor: "Not for",
    notForItems: (limit: number) => [
      "Choosing, giving or withholding a treatment.",
      "Telling a person how long they will live.",
      "Use by patients or relatives on their own.",
      "Telling NEC from NET G3: the diagnosis comes first.",
      `Localised disease, MiNEN, appendix primaries, Ki-67 up to ${number(limit)}${NBSP}%, and neuroendocrine carcinomas of the lung or other organs.`,
      "Later lines: time runs from the start of the first one.",
      "Patients without chemotherapy.",
      "Admission to trials, insurance, or any decision made without a clinician.",
    ],
  },

  label: {
    name: "Name",
    product: "HG-NEN Prognosis",
    appVersion: "Program version",
    modelVersion: "Model version",
    study: "Study",
    released: "Release date",
    releasedOn: (isoDate: string) =>
      new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" }).format(new Date(isoDate)),
    notRecorded: "not recorded in this build",
    maker: "Maker",
    makerName: "HG-NEN Prognosis project",
    status: "Regulatory status",
    statusText: "Not a medical device. No CE mark.",
    users: "For",
    usersText: "Healthcare professionals",
    runs: "Runs",
    runsText: "On this computer alone, without a network",
    source: "Source",
    citation: (facts: {
      authors: string;
      title: string;
      journal: string;
      year: number;
      volume: string;
      pages: string;
    }) =>
      `${facts.authors}. ${facts.title}. ${facts.journal} ${number(facts.year)};${facts.volume}:${facts.pages}.`,
    identifier: "doi",
    correction: "State of the source",
    unknown: "not known",
  },

  licences: {
    text: "What the program contains, whose it is and under which licence.",
    caption: "Parts of the program and their licences",
    columns: { name: "Part", licence: "Licence", holder: "Holder", use: "Used for" },
    use: {
      program: "The program itself",
      study:
        "Published figures, transcribed and rearranged with their places. Changes: reconstructed baseline, case mix and draws were derived by this project and are not the authors’ work",
      inter: "Typeface, unchanged",
      svelte: "Screen",
      chartjs: "Survival chart",
      color: "Colours of the chart",
      valibot: "Checking of requests and of the study’s files",
      bitsui: "Controls",
      floatingui: "Controls: placing",
      tabbable: "Controls: keyboard",
      internationalized: "Controls: dates",
      pptxgenjs: "Slides",
      jszip: "Slides: packing",
      pako: "Slides: packing",
      electron: "Desktop edition only: window and runtime",
      chromium: "Desktop edition only: inside Electron, with their own notices beside the program",
    },
    attribution: (study: string, source: { licence: string; licenceUrl: string; year: number }) =>
      `${study} © The Author(s) ${number(source.year)}, used under ${source.licence} (${source.licenceUrl}). Neither the authors nor the journal endorse this program.`,
    texts: "The licences in full",
    textOf: (name: string, licence: string) => `${name}: ${licence}`,
    textsFailed: (message: string) => `The texts could not be opened. Technical reason: ${message}`,
    ownNotices:
      "Electron, Chromium and Node.js bring their own notices, which lie beside the desktop program.",
  },
} as const;
