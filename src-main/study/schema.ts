import * as v from "valibot";
import type {
  Baseline,
  CaseMixMargins,
  Condition,
  HazardRatio,
  PublishedModel,
  PublishedResult,
  Study,
  Tumour,
} from "../prognosis/model.ts";
import { COVARIATES, ENDPOINTS, MODEL_IDS, TUMOURS } from "../prognosis/model.ts";
import { ALP_LEVELS, ECOG_LEVELS, FIRST_LINES, PRIMARY_SITES, SEXES } from "../prognosis/patient.ts";

/*
 * What a study file and a baseline file may hold. Shape first (valibot, every object strict), then what no shape can
 * say: intervals that hold their estimate, levels that exist, points that rise and fall. Nothing is mended here; a file
 * that does not fit is refused with the path of the first things that are wrong.
 */

const text = v.pipe(v.string(), v.nonEmpty("expected a text that is not empty"));
const slug = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected words-with-hyphens"));
const version = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, "expected a version like 1.0.0"));
const number = v.pipe(v.number(), v.finite("expected a finite number"));
const notNegative = v.pipe(number, v.minValue(0, "expected 0 or more"));
const positive = v.pipe(number, v.gtValue(0, "expected more than 0"));
const percent = v.pipe(notNegative, v.maxValue(100, "expected at most 100"));
const count = v.pipe(notNegative, v.integer("expected a whole number"));
const patients = v.pipe(positive, v.integer("expected a whole number"));
/** Survival strictly between 0 and 1: ln(−ln S) must exist. */
const survival = v.pipe(positive, v.ltValue(1, "expected less than 1"));

const formatVersion = v.pipe(v.number(), v.value(1, "expected 1, the only format this program reads"));

const source = v.strictObject({
  place: text,
  quote: v.exactOptional(text),
  note: v.exactOptional(text),
});

const hazardRatio = {
  hazardRatio: positive,
  lower: positive,
  upper: positive,
  p: v.exactOptional(
    v.strictObject({
      relation: v.picklist(["=", "<"]),
      value: v.pipe(positive, v.maxValue(1, "expected at most 1")),
    }),
  ),
};

const levelCovariate = v.picklist(["sex", "primarySite", "ecogPs", "ki67Percent", "alp", "firstLine"]);

const term = v.variant("kind", [
  v.strictObject({
    covariate: v.literal("ageYears"),
    kind: v.literal("linear"),
    centre: number,
    ...hazardRatio,
    standardErrorFrom: v.picklist(["interval", "p"]),
    source,
  }),
  v.strictObject({
    covariate: levelCovariate,
    kind: v.literal("levels"),
    reference: text,
    levels: v.pipe(
      v.array(v.strictObject({ level: text, ...hazardRatio, source })),
      v.minLength(1, "expected at least one level"),
    ),
    source,
  }),
]);

const anchor = v.variant("kind", [
  v.strictObject({
    kind: v.literal("median"),
    months: positive,
    lower: positive,
    upper: positive,
    survival: v.pipe(survival, v.value(0.5, "expected 0.5")),
    source,
  }),
  v.strictObject({ kind: v.literal("survival"), months: positive, survival, n: patients, source }),
]);

const model = v.strictObject({
  id: v.picklist(MODEL_IDS),
  tumour: v.picklist(TUMOURS),
  endpoint: v.picklist(ENDPOINTS),
  n: patients,
  horizonMonths: positive,
  landmarkMonths: v.pipe(v.array(positive), v.minLength(1, "expected at least one time")),
  terms: v.pipe(v.array(term), v.minLength(1, "expected at least one term")),
  anchors: v.pipe(v.array(anchor), v.minLength(1, "expected at least one published point")),
  source,
});

const population = v.strictObject({
  n: patients,
  ki67NotHighGradeUpTo: percent,
  ki67Cut: percent,
  source,
});

const levelMargin = v.strictObject({ counts: v.record(v.string(), patients), source });

const caseMix = v.strictObject({
  ageYears: v.strictObject({
    centre: positive,
    min: count,
    max: count,
    tail: v.strictObject({ above: positive, count: patients, of: patients }),
    source,
  }),
  levels: v.strictObject({
    sex: v.exactOptional(levelMargin),
    primarySite: v.exactOptional(levelMargin),
    ecogPs: v.exactOptional(levelMargin),
    ki67Percent: v.exactOptional(levelMargin),
    alp: v.exactOptional(levelMargin),
    firstLine: v.exactOptional(levelMargin),
  }),
});

const condition = v.variant("covariate", [
  v.strictObject({
    covariate: v.picklist(["ecogPs", "sex", "alp", "primarySite"]),
    in: v.pipe(v.array(v.union([v.string(), v.number()])), v.minLength(1, "expected at least one level")),
  }),
  v.strictObject({
    covariate: v.literal("firstLine"),
    in: v.pipe(v.array(v.string()), v.minLength(1, "expected at least one level")),
    regimen: v.exactOptional(v.string()),
  }),
  v.strictObject({
    covariate: v.literal("ki67Percent"),
    from: v.exactOptional(percent),
    below: v.exactOptional(percent),
  }),
  v.strictObject({
    covariate: v.literal("ageYears"),
    from: v.exactOptional(notNegative),
    below: v.exactOptional(notNegative),
    to: v.exactOptional(notNegative),
    above: v.exactOptional(notNegative),
  }),
]);

const result = v.strictObject({
  id: text,
  tumour: v.picklist(TUMOURS),
  pooled: v.exactOptional(v.literal(true)),
  topic: slug,
  row: text,
  measure: slug,
  unit: v.picklist(["months", "percent", "patients", "years", "ratio"]),
  value: notNegative,
  lower: v.exactOptional(notNegative),
  upper: v.exactOptional(notNegative),
  rangeLow: v.exactOptional(notNegative),
  rangeHigh: v.exactOptional(notNegative),
  percent: v.exactOptional(percent),
  n: v.exactOptional(patients),
  nSource: v.exactOptional(source),
  atMonths: v.exactOptional(positive),
  endpoint: v.exactOptional(v.picklist(ENDPOINTS)),
  conditions: v.exactOptional(v.array(condition)),
  source,
});

const study = v.strictObject({
  formatVersion,
  id: slug,
  modelVersion: version,
  name: text,
  citation: v.strictObject({
    authors: text,
    title: text,
    journal: text,
    year: count,
    volume: text,
    pages: text,
    doi: text,
    licence: text,
    licenceUrl: v.pipe(v.string(), v.url("expected an address")),
    correction: text,
  }),
  timeZero: v.strictObject({ text, source }),
  slips: v.array(v.strictObject({ id: slug, text, source })),
  populations: v.strictObject({ NEC: population, NET_G3: population }),
  caseMix: v.strictObject({ NEC: caseMix, NET_G3: caseMix }),
  models: v.array(model),
  results: v.array(result),
});

const baseline = v.strictObject({
  formatVersion,
  study: slug,
  modelVersion: version,
  inputSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits")),
  seed: count,
  drawCount: patients,
  ageSpread: v.strictObject({ NEC: positive, NET_G3: positive }),
  models: v.array(
    v.strictObject({
      id: v.picklist(MODEL_IDS),
      coefficients: v.pipe(
        v.array(v.strictObject({ covariate: v.picklist(COVARIATES), level: v.nullable(text) })),
        v.minLength(1, "expected at least one coefficient"),
      ),
      baseline: v.pipe(
        v.array(v.strictObject({ months: positive, cumulativeHazard: positive })),
        v.minLength(1, "expected at least one point"),
      ),
      draws: v.array(v.array(number)),
    }),
  ),
});

/** Identity of types, optional marks included: mutual assignability would overlook a forgotten optional key. */
type Same<A, B> =
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- T puts the comparison off, which makes it exact
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
true satisfies Same<v.InferOutput<typeof study>, Study>;
true satisfies Same<v.InferOutput<typeof baseline>, Baseline>;

type Path = readonly (string | number)[];
/** Notes that the value at `path` is not what is expected there. */
type Report = (path: Path, value: unknown, expected: string) => void;

/** At most so many problems are named in one message. */
const NAMED_PROBLEMS = 10;

const written = (path: Path): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .replace(/^\./, "") || "the whole file";

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  // JSON would turn NaN and Infinity into null.
  const json = typeof value === "number" ? String(value) : JSON.stringify(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}

function read<S extends v.GenericSchema>(
  what: string,
  schema: S,
  value: unknown,
  check: (value: v.InferOutput<S>, report: Report) => void,
): v.InferOutput<S> {
  const problems: string[] = [];
  const report: Report = (path, found, expected) =>
    problems.push(`${what}: ${written(path)} is ${shown(found)}; ${expected}`);
  const parsed = v.safeParse(schema, value);
  if (parsed.success) check(parsed.output, report);
  else parsed.issues.forEach((issue) => reportIssue(issue, report));
  if (!parsed.success || problems.length > 0) {
    const more = problems.length - NAMED_PROBLEMS;
    throw new Error(
      [...problems.slice(0, NAMED_PROBLEMS), ...(more > 0 ? [`… and ${more} more`] : [])].join("\n"),
    );
  }
  return parsed.output;
}

function reportIssue(issue: v.BaseIssue<unknown>, report: Report): void {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  // A strict object's own word for a key that it does not have.
  if (issue.expected === "never") report(path, issue.path?.at(-1)?.value, "no such key is known");
  else if (issue.kind === "validation") report(path, issue.input, issue.message);
  else if (issue.input === undefined) report(path, undefined, "expected it to be given");
  else report(path, issue.input, `expected ${issue.expected ?? "another value"}`);
}

/**
 * Reads a study from parsed JSON.
 *
 * @throws Error naming the JSON path, the value found and what is expected there
 */
export function parseStudy(value: unknown): Study {
  return read("study", study, value, checkStudy);
}

/**
 * Reads a derived baseline from parsed JSON. Whether it belongs to a study is for `prepareStudy` to say.
 *
 * @throws Error naming the JSON path, the value found and what is expected there
 */
export function parseBaseline(value: unknown): Baseline {
  return read("baseline", baseline, value, checkBaseline);
}

function checkStudy(value: Study, report: Report): void {
  checkUnique(value.slips, ({ id }) => id, ["slips"], "id", report);
  for (const tumour of TUMOURS) {
    const { ki67NotHighGradeUpTo, ki67Cut } = value.populations[tumour];
    if (ki67Cut <= ki67NotHighGradeUpTo) {
      report(["populations", tumour, "ki67Cut"], ki67Cut, `expected more than ${ki67NotHighGradeUpTo}`);
    }
    checkCaseMix(value.caseMix[tumour], ["caseMix", tumour], report);
  }
  checkUnique(value.models, ({ id }) => id, ["models"], "id", report);
  for (const id of MODEL_IDS) {
    if (!value.models.some((known) => known.id === id))
      report(["models"], undefined, `expected the model ${id}`);
  }
  value.models.forEach((known, i) => checkModel(known, value.caseMix[known.tumour], ["models", i], report));
  checkUnique(value.results, ({ id }) => id, ["results"], "id", report);
  value.results.forEach((known, i) => checkResult(known, value, ["results", i], report));
}

function checkUnique<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
  path: Path,
  key: string,
  report: Report,
): void {
  const seen = new Set<string>();
  list.forEach((item, i) => {
    const found = keyOf(item);
    if (seen.has(found)) report([...path, i, key], found, "expected each only once");
    seen.add(found);
  });
}

function checkCaseMix({ ageYears, levels }: CaseMixMargins, path: Path, report: Report): void {
  const { centre, min, max, tail } = ageYears;
  const age = [...path, "ageYears"];
  if (centre < min || centre > max) report([...age, "centre"], centre, `expected ${min} to ${max}`);
  if (tail.above < min || tail.above >= max)
    report([...age, "tail", "above"], tail.above, `expected ${min} to ${max}`);
  if (tail.count >= tail.of) report([...age, "tail", "count"], tail.count, `expected fewer than ${tail.of}`);
  for (const [covariate, margin] of Object.entries(levels)) {
    const known = Object.keys(margin.counts);
    if (known.length < 2) {
      report([...path, "levels", covariate, "counts"], margin.counts, "expected at least two levels");
    }
  }
}

function checkHolds(
  { low, value, high }: { low: number; value: number; high: number },
  path: Path,
  key: string,
  report: Report,
): void {
  if (low > value || value > high) {
    report([...path, key], value, `expected within its own interval, ${low} to ${high}`);
  }
}

function checkHazardRatio(
  { hazardRatio: value, lower, upper }: HazardRatio,
  path: Path,
  report: Report,
): void {
  checkHolds({ low: lower, value, high: upper }, path, "hazardRatio", report);
  // Its width is the standard error, which may not be 0.
  if (lower >= upper) report([...path, "upper"], upper, `expected more than ${lower}`);
}

function checkModel(known: PublishedModel, mix: CaseMixMargins, path: Path, report: Report): void {
  const { id, tumour, endpoint, horizonMonths, landmarkMonths, terms, anchors } = known;
  const expectedId = `${SLUGS[tumour]}-${endpoint}`;
  if (id !== expectedId) report([...path, "id"], id, `expected ${expectedId} for ${tumour} and ${endpoint}`);

  landmarkMonths.forEach((months, i) => {
    if (months > horizonMonths)
      report([...path, "landmarkMonths", i], months, `expected at most ${horizonMonths}`);
    const before = landmarkMonths[i - 1];
    if (before !== undefined && months <= before) {
      report([...path, "landmarkMonths", i], months, `expected more than ${before}`);
    }
  });

  checkUnique(terms, ({ covariate }) => covariate, [...path, "terms"], "covariate", report);
  terms.forEach((part, i) => {
    const at = [...path, "terms", i];
    if (part.kind === "linear") {
      checkHazardRatio(part, at, report);
      if (part.standardErrorFrom === "p" && part.p?.relation !== "=") {
        report([...at, "p"], part.p, "expected an exact p, from which the standard error is to be taken");
      }
      return;
    }
    const margin = mix.levels[part.covariate];
    if (!margin) {
      report(
        [...at, "covariate"],
        part.covariate,
        `expected a covariate with counts in the case mix of ${tumour}`,
      );
      return;
    }
    const inMix = Object.keys(margin.counts);
    const expected = `expected a level of the case mix of ${tumour}: ${inMix.join(", ")}`;
    if (!inMix.includes(part.reference)) report([...at, "reference"], part.reference, expected);
    checkUnique(part.levels, ({ level }) => level, [...at, "levels"], "level", report);
    part.levels.forEach((level, j) => {
      checkHazardRatio(level, [...at, "levels", j], report);
      if (level.level === part.reference) {
        report([...at, "levels", j, "level"], level.level, "expected a level other than the reference");
      } else if (!inMix.includes(level.level)) report([...at, "levels", j, "level"], level.level, expected);
    });
    // A level without a coefficient would silently count as the reference.
    for (const level of inMix) {
      if (level !== part.reference && !part.levels.some((estimated) => estimated.level === level)) {
        report(
          [...at, "levels"],
          part.levels.map((estimated) => estimated.level),
          `expected a hazard ratio for ${level}`,
        );
      }
    }
  });

  anchors.forEach((point, i) => {
    const at = [...path, "anchors", i];
    if (point.kind === "median") {
      checkHolds({ low: point.lower, value: point.months, high: point.upper }, at, "months", report);
      if (point.lower >= point.upper)
        report([...at, "upper"], point.upper, `expected more than ${point.lower}`);
    }
    if (point.months > horizonMonths)
      report([...at, "months"], point.months, `expected at most ${horizonMonths}`);
    const before = anchors[i - 1];
    if (!before) return;
    if (point.months <= before.months)
      report([...at, "months"], point.months, `expected more than ${before.months}`);
    if (point.survival >= before.survival) {
      report([...at, "survival"], point.survival, `expected less than ${before.survival}`);
    }
  });
}

const SLUGS: Record<Tumour, string> = { NEC: "nec", NET_G3: "net-g3" };

const CONDITION_LEVELS: Record<string, readonly (string | number)[]> = {
  ecogPs: ECOG_LEVELS,
  sex: SEXES,
  alp: ALP_LEVELS.filter((level) => level !== "unknown"),
  primarySite: PRIMARY_SITES,
  firstLine: FIRST_LINES,
};

function checkResult(known: PublishedResult, all: Study, path: Path, report: Report): void {
  const { id, tumour, topic, unit, value, lower, upper, rangeLow, rangeHigh, n, endpoint, conditions } =
    known;
  const prefix = `${SLUGS[tumour]}/${topic}/`;
  if (!id.startsWith(prefix) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id.slice(prefix.length))) {
    report([...path, "id"], id, `expected ${prefix}<name>`);
  }
  if (unit === "percent" && value > 100) report([...path, "value"], value, "expected at most 100");
  if (unit === "patients" && !Number.isInteger(value))
    report([...path, "value"], value, "expected a whole number");
  if (unit === "patients" && n !== undefined && value > n) {
    report([...path, "value"], value, `expected at most n, ${n}`);
  }
  checkPair(["lower", lower], ["upper", upper], value, path, report);
  checkPair(["rangeLow", rangeLow], ["rangeHigh", rangeHigh], value, path, report);
  if (known.nSource && n === undefined) report([...path, "n"], n, "expected the n that nSource is for");

  if (known.pooled) {
    const twin = all.results.some(
      (other) =>
        other.pooled &&
        other.tumour !== tumour &&
        other.topic === topic &&
        other.row === known.row &&
        other.value === value,
    );
    if (!twin) report([...path, "pooled"], true, "expected the same result under the other tumour");
  }

  if (!conditions) return;
  conditions.forEach((part, i) => checkCondition(part, [...path, "conditions", i], report));
  const published = all.models.find(
    (candidate) => candidate.tumour === tumour && candidate.endpoint === endpoint,
  );
  if (!published) {
    report(
      [...path, "endpoint"],
      endpoint,
      "expected the endpoint of a model, for a group that can be drawn",
    );
    return;
  }
  if (unit !== "months" || known.measure !== "median") {
    report([...path, "measure"], known.measure, "expected a median in months, for a group that can be drawn");
  }
  if (value <= 0 || value >= published.horizonMonths) {
    report(
      [...path, "value"],
      value,
      `expected more than 0 and less than the horizon, ${published.horizonMonths}`,
    );
  }
  const median = published.anchors.find((point) => point.kind === "median");
  if (conditions.length === 0 && median && median.months !== value) {
    report([...path, "value"], value, `expected the whole cohort's median of the model, ${median.months}`);
  }
}

function checkPair(
  [lowKey, low]: [string, number | undefined],
  [highKey, high]: [string, number | undefined],
  value: number,
  path: Path,
  report: Report,
): void {
  if (low === undefined && high === undefined) return;
  if (low === undefined) report([...path, lowKey], low, `expected beside ${highKey}`);
  else if (high === undefined) report([...path, highKey], high, `expected beside ${lowKey}`);
  else checkHolds({ low, value, high }, path, "value", report);
}

function checkCondition(part: Condition, path: Path, report: Report): void {
  if ("in" in part) {
    const allowed = CONDITION_LEVELS[part.covariate]!;
    part.in.forEach((level, i) => {
      if (!allowed.includes(level)) {
        report([...path, "in", i], level, `expected one of ${allowed.map(shown).join(", ")}`);
      }
    });
  } else if (Object.keys(part).length < 2) report(path, part, "expected at least one limit");
}

function checkBaseline(value: Baseline, report: Report): void {
  checkUnique(value.models, ({ id }) => id, ["models"], "id", report);
  for (const id of MODEL_IDS) {
    if (!value.models.some((known) => known.id === id))
      report(["models"], undefined, `expected the model ${id}`);
  }
  value.models.forEach(({ coefficients, baseline: points, draws }, i) => {
    const path = ["models", i];
    points.forEach((point, j) => {
      const before = points[j - 1];
      for (const key of ["months", "cumulativeHazard"] as const) {
        if (before && point[key] <= before[key]) {
          report([...path, "baseline", j, key], point[key], `expected more than ${before[key]}`);
        }
      }
    });
    if (draws.length !== value.drawCount) {
      report([...path, "draws"], draws.length, `expected ${value.drawCount} rows`);
    }
    const length = coefficients.length + 2 * points.length;
    draws.forEach((row, j) => {
      if (row.length !== length) {
        report([...path, "draws", j], row.length, `expected a row of ${length} numbers`);
        return;
      }
      // Months, then hazards: each must rise from above 0, or the drawn curve would not fall.
      row.forEach((x, k) => {
        if (k < coefficients.length) return;
        const first = (k - coefficients.length) % points.length === 0;
        const before = first ? 0 : row[k - 1]!;
        if (x <= before) report([...path, "draws", j, k], x, `expected more than ${before}`);
      });
    });
  });
}
