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
import { LOCALE, conjunction, plural } from "./locale.ts";

/*
 * What the Model room says. In formulas `*x*` is a variable, `_{…}` stands below the line and `^{…}` above it; the
 * component Formula sets them.
 */

const NBSP = "\u00a0";
const MINUS = "\u2212";

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
  hazardInText: 4,
  share: 1,
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
  lead: "What is computed, from which numbers, and how far it agrees with the published ones. Given the baseline, every point estimate can be checked with a pocket calculator; the intervals cannot: they are read from the draws.",
  contents: "Sections of this page",
  loading: "Reading the model …",
  modelName,
  modelShort: (tumour: Tumour, endpoint: Endpoint) => `${TUMOUR_LABEL[tumour]} ${ENDPOINT_SHORT[endpoint]}`,
  coefficientLabel,
  entered,
  percent: (value: string) => `${value}${NBSP}%`,

  sections: {
    calculation: "The calculation",
    coefficients: "Coefficients",
    "case-mix": "Case mix",
    baseline: "Baseline",
    intervals: "Intervals",
    check: "Consistency check",
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
      `Not in this model, so without effect on this result: ${conjunction.format(covariates.map(covariateInText))}.`,
    referencePatient: (levels: string[]) =>
      `The reference patient, for whom LP = 0 and *S*(*t*) = exp(−*H*_{0}(*t*)): ${conjunction.format(levels.map(unbroken))}.`,
    referenceAge: (age: number) => `age ${number(age)}`,
    betaFromPrinted: "β is the natural logarithm of the printed hazard ratio; nothing was fitted again.",
    predictor: (products: string[], sum: string) =>
      `LP = ${products
        .map((product, i) =>
          i === 0 ? product : product.startsWith(MINUS) ? `− ${product.slice(1)}` : `+ ${product}`,
        )
        .join(" ")} = ${sum}`,
    mixture: (covariates: Covariate[], cells: number) =>
      `Not known: ${conjunction.format(covariates.map(covariateInText))}. There is then not one LP but a mixture of ${number(cells)} cells, one for each combination of the levels, weighted by the shares of the study’s patients (section Case mix; shares multiply, because the margins are taken as independent). The LP of a cell is the sum over what is known plus the β of its own levels. Survival is averaged over the cells, never the LP.`,
    cellName: (levels: string[]) => levels.join(", "),
    mixtureCheck: "Show the sum at",
    mixtureMonths: (months: number) => `${number(months)} months`,
    mixtureMedian: "the median",
    mixtureAt: (hazard: string) => `with *H*_{0} = ${hazard}`,
    total: (survival: string) => `${survival} %`,
    mean: (lp: string) =>
      `The mean of the cells’ LP, Σ *w* · LP = ${lp}, places the patient in a risk group. It is not used for survival.`,
    risk: (lp: string, risk: string) => `exp(LP) = exp(${lp}) = ${risk}`,
    riskMixture: "Each cell has its own exp(LP): the last column of the table in step 3.",
    relative: (mean: string, relative: string) =>
      `Against the average of the study’s patients (mean LP ${mean}): exp(LP − ${mean}) = ${relative}. The Estimate page’s place among 100 patients counts those with a smaller LP.`,
    cuts: (first: string, second: string, group: string) =>
      `Groups of the case mix by LP: lower up to ${first}, intermediate up to ${second}, higher above. This patient: ${group}.`,
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
    cells:
      "Cells and mean LP of each model, with the cuts of its risk groups and their shares of the case mix",
    cellColumns: {
      model: "Model",
      cells: "Cells",
      mean: "Mean LP",
      cuts: "Cuts of the groups, LP",
      shares: "Lower / intermediate / higher, %",
    },
    cuts: (first: string, second: string) => `${first} and ${second}`,
    shares: (lower: string, intermediate: string, higher: string) => `${lower} / ${intermediate} / ${higher}`,
    groups:
      "The cuts are the smallest LP at which a third and two thirds of the case mix are reached. Where few combinations of values exist, as for PFS, many patients share one LP, and the groups are no thirds. They are this program’s; the article has no risk groups.",
  },

  baseline: {
    text: "The article prints no baseline hazard. It prints the survival of the whole cohort at a few times, and at each of them *H*_{0} is solved so that the average over the case mix gives the printed figure:",
    equation: "Σ_{c} *w*_{c} · exp(−*H*_{0}(*t*) · exp(LP_{c})) = *S*(*t*)",
    average:
      "The average runs over the cells *c* of the case mix. Survival at the mean LP would not do: it is another number, and late in the course one that is too low.",
    between:
      "Between the times the hazard is constant, so *H*_{0} is a straight line from point to point, beginning at (0, 0). Its bends come from where a time happens to be printed.",
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
      `Cumulative baseline hazard of ${model}, straight from (0, 0) through ${conjunction.format(points)}.`,
    point: (months: string, hazard: string) => `${hazard} at ${months} months`,
    axis: "months",
    assumedShape: (horizon: number) => `assumed, to ${number(horizon)} months`,
  },

  intervals: {
    text: (draws: number) =>
      `The intervals of the estimate are the 2.5th and 97.5th percentiles over ${number(draws)} seeded draws for each model, made once and shipped with the program, so that they are the same on every computer.`,
    items: [
      "Coefficients: normal, with mean ln HR and the SE of section Coefficients.",
      "The levels of performance status are compared with one group, PS 0, so their estimates share its variance. It is taken as 1/*n*(PS 0). It should be about one over the number of events among patients with PS 0, which is not printed and cannot exceed *n*: the covariance is, if anything, too small. Every other correlation is unpublished and taken as 0.",
      "Whole-cohort median: log-normal, with the SE of its printed interval. Survival at a time: normal on ln(−ln *S*), with the binomial SE √(*S*(1 − *S*)/*n*).",
      "The whole-cohort points are drawn independently of one another, although they lie on one Kaplan–Meier curve and are positively correlated. A draw whose points do not fall one after another is discarded whole and made again.",
      "*H*_{0} is solved again in each draw, through the drawn points and with the drawn coefficients. Held fixed, it would not answer to them: the case mix would no longer meet the whole cohort’s survival, and intervals would be too wide for some patients and too narrow for others.",
      "Where a value is not known, the mixture is taken inside each draw.",
    ],
    generator: (seeds: { model: string; seed: number }[]) =>
      `Generator: xoroshiro128+ (package pure-rand), made normal by Φ^{−1}; one stream for each model, seeded with ${conjunction.format(seeds.map(({ model, seed }) => `${number(seed)} (${model})`))}.`,
    file: (study: string) =>
      `All draws, with the drawn coefficients and points of *H*_{0}: assets/studies/${study}/baseline.json in the program’s source, which both editions carry.`,
    leftOut: "What the intervals leave out",
    leftOutItems: [
      "the shape of the curve between the published points, and of PFS altogether",
      "hazards that are not proportional",
      "the correlations between coefficients, and between the points of one curve",
      "the independence of the margins, and the sampling of the margins themselves",
      "the choice of the factors, made on the same patients",
    ],
    tooNarrow: "For these reasons the true uncertainty is probably larger than the intervals show.",
    not: "The intervals hold the uncertainty of the estimate. The spread of outcomes of such patients (worst 10 %, middle half, best 10 %) is another thing; it is read off the curve.",
  },

  check: {
    text: "“Held-out” means here: no subgroup’s median was used to build the baseline. The model’s median for the subgroup’s own case mix stands beside the published one.",
    noValidation:
      "This is a check of consistency and no validation. The hazard ratios were estimated in these same patients, and the subgroups of a covariate together are the cohort whose median fixes the baseline: agreement is to be expected, and says nothing of other patients.",
    summary: (inside: number, outside: number) =>
      `Of ${number(inside + outside)} published ${plural.select(inside + outside) === "one" ? "median" : "medians"} with an interval, the model’s median lies inside the interval for ${number(inside)} and outside it for ${number(outside)}.`,
    benchmark: (facts: { cohortInside: number; of: number }) =>
      `For comparison: the whole cohort’s median, the same for every subgroup, lies inside ${number(facts.cohortInside)} of the same ${number(facts.of)}.`,
    errors: (facts: { mean: string; middle: string; cohortMean: string; cohortMiddle: string }) =>
      `Mean absolute difference from the published median, relative to it: ${facts.mean} for the model, ${facts.cohortMean} for the whole cohort’s median alone (middle one of the differences: ${facts.middle} and ${facts.cohortMiddle}).`,
    misses: "Outside:",
    miss: (facts: { model: string; group: string; published: string; median: string }) =>
      `${facts.model}, ${facts.group}: published ${facts.published}, model ${facts.median}${NBSP}months`,
    lenient: (limit: string) =>
      `The check is lenient where intervals are wide. Inside, though more than ${limit} off the published median:`,
    notCounted: "Not counted:",
    fitted: (count: number) =>
      `${number(count)} whole-cohort ${plural.select(count) === "one" ? "median" : "medians"} that the baseline was fitted to`,
    noInterval: (count: number) => `${number(count)} printed without an interval`,
    notInModel: (count: number) =>
      `${number(count)} of groups that the model has no covariate for, so that it gives them the whole cohort’s median`,
    caveat:
      "The published medians are themselves uncertain, and their intervals overlap: lying inside is a weak sign, lying outside a strong one.",
    figure: (model: string, inside: number, outside: number) =>
      `${model}: published medians with their intervals and the model’s medians, ${number(inside)} inside and ${number(outside)} outside the interval. The table below holds the numbers.`,
    legend: {
      published: "published median, 95\u00a0% CI",
      model: "model, inside",
      miss: "model, outside",
      hollow: "model, not counted",
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
      "The covariates of the case mix are independent of one another. At its extremes, combinations that few patients had, or none, the estimate extrapolates.",
      "Ages follow a bell curve around the printed median, cut at the printed range.",
      "The whole cohort’s printed survival belongs to the same patients as the models, although the models leave some of them out.",
      "The hazard is constant between the published times.",
      "OS and PFS of one patient come from two models fitted apart. Nothing makes PFS stay below OS.",
      `Progression-free survival has one published time. One constant hazard from the start to the horizon (${conjunction.format(horizons.map(({ tumour, months }) => `${number(months)} months in ${TUMOUR_LABEL[tumour]}`))}) is an assumption, and is drawn in another line.`,
      "Colon and rectum are colorectal. Every other primary, an unknown one included, is not.",
      "A value that is not known is averaged over the study’s shares, whatever else is known of the patient.",
      "Coefficients are uncorrelated, apart from the levels of performance status.",
      "Risk groups are this program’s; the article has none.",
      "The text copy of Table 3 from which the numbers were taken has cells out of place; it is read as the article’s Results confirm it.",
    ],
  },

  limits: {
    text: "What nobody can tell from the article, and therefore not from this program:",
    performance: (facts: { model: string; value: string }[]) =>
      `How well the models tell patients apart, and whether their survival figures hold. No C-index, calibration or validation, internal or external, is published. If the models were exactly right, their own case mix would allow a C-index of ${conjunction.format(facts.map(({ model, value }) => `${value} (${model})`))}: modest at best.`,
    ties: (facts: { model: string; value: string }[]) =>
      `Pairs of patients with the same LP count one half there; without them it would be ${conjunction.format(facts.map(({ model, value }) => `${value} (${model})`))}.`,
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
    weakTitle: "What is known to be weak",
    optimism: (facts: { model: string; n: number; coefficients: number }) =>
      `Optimism. Factors were taken into the models by a univariate p below 0.10 or their presumed clinical value (Methods, Statistics), and the final ones kept by their significance, on the same patients in whom the hazard ratios were then estimated; ${facts.model} has ${number(facts.coefficients)} coefficients on ${number(facts.n)} patients. Nothing was shrunk, in the article as far as its text says, nor here. Factors so selected look stronger than they are, and estimates for very good and very poor constellations are too extreme.`,
    weak: [
      "Multiple testing: many factors and subgroups were compared, without a correction that the text mentions. Some of the differences will be chance.",
      "Era: patients were included before NET G3 was an entity of its own, and many were treated as NEC. Treatment, and with it survival, may be another today.",
      "Proportional hazards: by the article’s own words Ki-67 does not act evenly over time. In NEC its groups were alike in short-time survival, in NET G3 in long-time survival.",
    ],
    kink: (facts: { model: string; months: number; before: string; after: string }) =>
      `Constant hazards between the printed times: the largest jump is in ${facts.model} at ${number(facts.months)} months, from ${facts.before} to ${facts.after} per month for the reference patient. The bend in the curve there comes from the few printed points and is no finding.`,
    extremes:
      "Extremes of the case mix: there the estimate multiplies ratios that few patients had together, or none.",
    incoherent: (shares: { tumour: Tumour; share: string }[]) =>
      `OS against PFS: survival without progression cannot exceed survival, but two models fitted apart can say so. Share of the case mix in which modelled PFS lies above modelled OS in some month: ${conjunction.format(shares.map(({ tumour, share }) => `${share} in ${TUMOUR_LABEL[tumour]}`))}. The PFS models lack factors that the OS models have. The Estimate page says so where the difference shows; nothing is corrected.`,
    endpoints:
      "Endpoints: OS counts death of any cause, so no other event competes with it; of death from the tumour it says nothing by itself. PFS is as the article defines it: from the start of first line to progression, death or last follow-up.",
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
        `NEC: ${conjunction.format(nec.map(covariateInText))}. NET G3: ${conjunction.format(netG3.map(covariateInText))}. Chosen by univariate analysis or for their clinical value.`,
      program: (cut: number) =>
        `The same, at the start of first line. ALP by value and upper limit; Ki-67 by the printed cut-off of ${number(cut)}${NBSP}%.`,
    },
    size: {
      article: (models: { model: string; n: number }[]) =>
        `${conjunction.format(models.map(({ model, n }) => `${model} ${number(n)}`))}. The number of events is not printed.`,
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
      program: (facts: { inside: number; outside: number; cohortInside: number }) =>
        `Consistency check against subgroup medians: ${number(facts.inside)} inside their interval, ${number(facts.outside)} outside; the whole cohort’s median alone would be inside ${number(facts.cohortInside)}. Same patients, so no validation.`,
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
        "Models survival as the numbers of one cohort imply it. It is not a forecast for one person and not advice on treatment.",
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
      `To show clinicians what survival the models of one published study of ${conjunction.format(tumours.map((tumour) => TUMOUR_NAME[tumour]))} imply for patients like theirs, how uncertain that is, and where each number is printed.`,
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
    notReleased: "not released yet",
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
    diagnostics: "Diagnostics…",
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
      runed: "Controls: helpers",
      floatingui: "Controls: placing",
      tabbable: "Controls: keyboard",
      clsx: "Controls: class names",
      styletoobject: "Controls: styles",
      inlinestyle: "Controls: styles",
      dexie: "Database of the cases",
      csv: "CSV files",
      buffer: "CSV files: bytes, copied into csv-parse and csv-stringify",
      base64: "CSV files: bytes, copied into csv-parse and csv-stringify",
      ieee754: "CSV files: bytes, copied into csv-parse and csv-stringify",
      lodash: "CSV files: one function, copied into csv-stringify",
      pptxgenjs: "Slides",
      officegen: "Slides: parts, copied into PptxGenJS",
      jszip: "Slides: packing",
      pako: "Slides: packing, copied into JSZip",
      lie: "Slides: packing, copied into JSZip",
      immediate: "Slides: packing, copied into JSZip",
      setimmediate: "Slides: packing, copied into JSZip",
      vite: "Loading of the program’s own files: a few lines of the build tool",
      rolldown: "Loading of the program’s own files: a few lines of the build tool",
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
