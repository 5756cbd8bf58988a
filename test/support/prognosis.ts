import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { hazardAtSurvival, solveBaseline, timeOnBaseline } from "../../src-main/prognosis/baseline.ts";
import type { Restriction } from "../../src-main/prognosis/caseMix.ts";
import { caseMixOf, cellPredictors, solveAgeSpread } from "../../src-main/prognosis/caseMix.ts";
import { covariateValues } from "../../src-main/prognosis/covariates.ts";
import { coefficientsOf } from "../../src-main/prognosis/cox.ts";
import type { Estimate, EstimateOptions } from "../../src-main/prognosis/estimate.ts";
import { estimateOf } from "../../src-main/prognosis/estimate.ts";
import type { Baseline, Endpoint, ModelId, Study, Tumour } from "../../src-main/prognosis/model.ts";
import { TUMOURS } from "../../src-main/prognosis/model.ts";
import type { Patient } from "../../src-main/prognosis/patient.ts";
import { ALP_UNITS, FIRST_LINES, PRIMARY_SITES, SEXES } from "../../src-main/prognosis/patient.ts";
import type { PreparedModel, PreparedStudy } from "../../src-main/prognosis/prepared.ts";
import { modelOf, prepareStudy } from "../../src-main/prognosis/prepared.ts";
import { buildBaseline } from "../../src-main/study/buildBaseline.ts";

// A path, not a URL: component tests run with jsdom's own URL class, which fs does not take.
const STUDY_FOLDER = join(import.meta.dirname, "../../assets/studies/nordic-nec-2");

/** A fresh copy of study.json at each call: tests may alter theirs. */
export function readStudy(): Study {
  return JSON.parse(readFileSync(join(STUDY_FOLDER, "study.json"), "utf8")) as Study;
}

let cachedBaseline: Baseline | undefined;

/** baseline.json; where it has not been built yet, built here, once. */
export function readBaseline(): Baseline {
  const file = join(STUDY_FOLDER, "baseline.json");
  cachedBaseline ??= existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Baseline)
    : buildBaseline(readStudy(), "test");
  return cachedBaseline;
}

let cachedStudy: PreparedStudy | undefined;

/** The study as the program uses it. Shared: not to be altered. */
export function loadPrepared(): PreparedStudy {
  cachedStudy ??= prepareStudy(readStudy(), readBaseline());
  return cachedStudy;
}

/**
 * The point estimates of an altered study: σ of the ages and the baseline solved again, the shipped draws kept (put in
 * the order of the study's coefficients).
 */
export function prepareAltered(study: Study): PreparedStudy {
  const shipped = readBaseline();
  const ageSpread = Object.fromEntries(
    TUMOURS.map((tumour) => [tumour, solveAgeSpread(study.caseMix[tumour].ageYears)]),
  ) as Record<Tumour, number>;
  const models = study.models.map((model) => {
    const before = shipped.models.find(({ id }) => id === model.id)!;
    const coefficients = coefficientsOf(model);
    const columns = coefficients.map(({ covariate, level }) =>
      before.coefficients.findIndex((known) => known.covariate === covariate && known.level === level),
    );
    if (columns.includes(-1)) throw new Error(`the shipped draws of ${model.id} lack a coefficient`);
    const mix = caseMixOf(model, study.caseMix[model.tumour], ageSpread[model.tumour]);
    const risks = cellPredictors(
      mix,
      coefficients.map(({ beta }) => beta),
    ).map(Math.exp);
    return {
      id: model.id,
      coefficients: coefficients.map(({ covariate, level }) => ({ covariate, level })),
      baseline: solveBaseline(model.anchors, mix.weights, risks),
      draws: before.draws.map((draw) => [
        ...columns.map((column) => draw[column]!),
        ...draw.slice(before.coefficients.length),
      ]),
    };
  });
  return prepareStudy(study, { ...shipped, modelVersion: study.modelVersion, ageSpread, models });
}

/** The estimate of one endpoint for a patient, whatever the cautions. */
export function estimateFor(
  prepared: PreparedStudy,
  patient: Patient,
  endpoint: Endpoint,
  options: EstimateOptions = {},
): Estimate {
  const values = covariateValues(patient, prepared.study.populations[patient.tumour]);
  return estimateOf(modelOf(prepared, patient.tumour, endpoint), values, options);
}

/** A patient with every value known and nothing to be said against the models; changed by `changes`. */
export function necPatient(changes: Partial<Patient> = {}): Patient {
  return {
    tumour: "NEC",
    ageYears: 68,
    sex: "male",
    ecogPs: 1,
    ki67Percent: 90,
    alp: "normal",
    primarySite: "colon",
    firstLine: "platinum-etoposide",
    setting: "advanced",
    mixed: false,
    ...changes,
  };
}

/** The same for NET G3, where the treatment coefficient is a caution for everybody. */
export function netPatient(changes: Partial<Patient> = {}): Patient {
  return necPatient({
    tumour: "NET_G3",
    ageYears: 64,
    ki67Percent: 30,
    primarySite: "pancreas",
    firstLine: "other",
    ...changes,
  });
}

// ---- Random patients --------------------------------------------------------------------------------------------

/** One seed for every property: a failure today is a failure tomorrow. */
export const PROPERTY_SEED = 639;

export interface PatientChoice {
  tumour?: Tumour;
  /** null where a value may be unknown (default true) */
  unknowns?: boolean;
  ageYears?: fc.Arbitrary<number>;
}

/** Records as JSON and object literals make them, never without a prototype. */
const plainRecord = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true });

const alpArbitrary = (unknowns: boolean): fc.Arbitrary<Patient["alp"]> => {
  const level = (min: number, max: number): fc.Arbitrary<number> =>
    fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
  const measured = plainRecord({
    value: level(0.1, 3000),
    upperLimit: level(0.1, 400),
    unit: fc.constantFrom(...ALP_UNITS),
  });
  return fc.oneof(
    fc.constantFrom<Patient["alp"][]>("normal", "elevated", ...(unknowns ? ["unknown" as const] : [])),
    measured,
  );
};

/** Patients for whom the models give a number. Ki-67 of 0 to 20 and PS 4 are left to the tests of refusals. */
export function estimablePatient({
  tumour,
  unknowns = true,
  ageYears,
}: PatientChoice = {}): fc.Arbitrary<Patient> {
  const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
    unknowns ? fc.option(arbitrary, { freq: 2, nil: null }) : arbitrary;
  const of = (kind: Tumour): fc.Arbitrary<Patient> =>
    plainRecord<Patient>({
      tumour: fc.constant(kind),
      ageYears: ageYears ?? fc.integer({ min: 18, max: 110 }),
      sex: orNull(fc.constantFrom(...SEXES)),
      ecogPs: fc.constantFrom<Patient["ecogPs"][]>(0, 1, 2, ...(kind === "NEC" ? [3 as const] : [])),
      ki67Percent: orNull(
        fc.oneof(
          fc.constantFrom(20.1, 54.9, 55, 100),
          fc.double({ min: 20.1, max: 100, noNaN: true, noDefaultInfinity: true }),
        ),
      ),
      alp: alpArbitrary(unknowns),
      primarySite: orNull(fc.constantFrom(...PRIMARY_SITES.filter((site) => site !== "appendix"))),
      firstLine: orNull(fc.constantFrom(...FIRST_LINES.filter((line) => line !== "none"))),
      setting: fc.constant("advanced" as const),
      mixed: fc.constant(false),
    });
  return tumour ? of(tumour) : fc.oneof(...TUMOURS.map(of));
}

/** Any patient that the parser accepts, in the parser's own form. */
export function anyPatient(): fc.Arbitrary<Patient> {
  return plainRecord<Patient>({
    tumour: fc.constantFrom(...TUMOURS),
    ageYears: fc.integer({ min: 18, max: 110 }),
    sex: fc.constantFrom(...SEXES, null),
    ecogPs: fc.constantFrom<Patient["ecogPs"][]>(0, 1, 2, 3, 4),
    // −0 is left out: JSON has no such number.
    ki67Percent: fc.option(
      fc.double({ min: 0, max: 100, noNaN: true }).map((x) => x + 0),
      { nil: null },
    ),
    alp: alpArbitrary(true),
    primarySite: fc.constantFrom(...PRIMARY_SITES, null),
    firstLine: fc.constantFrom(...FIRST_LINES, null),
    setting: fc.constantFrom("advanced" as const, "localised" as const),
    mixed: fc.boolean(),
  });
}

// ---- Reference values made with R ---------------------------------------------------------------------------------

export type ReferenceEstimate = Pick<
  Estimate,
  "linearPredictor" | "relativeHazard" | "percentile" | "riskGroup" | "outcomes"
> & { median: number | null; landmarks: { months: number; survival: number }[] };

/** 95 % limits from 20,000 draws; `mcse1000`: the standard error of each limit when made from 1,000. */
export interface ReferenceInterval {
  lower: number | null;
  upper: number | null;
  mcse1000: { lower: number | null; upper: number | null };
}

export interface ReferenceIntervals {
  median: ReferenceInterval & { shareBeyondHorizon: number };
  landmarks: (ReferenceInterval & { months: number })[];
}

export interface Reference {
  baseline: Record<ModelId, { months: number; cumulativeHazard: number }[]>;
  cuts: Record<ModelId, [number, number]>;
  meanLinearPredictor: Record<ModelId, number>;
  ageSigma: Record<Tumour, number>;
  cIndexImplied: Record<ModelId, number>;
  cIndexImpliedTiesHalf: Record<ModelId, number>;
  heldOut: {
    model: ModelId;
    group: string;
    published: number;
    lower: number | null;
    upper: number | null;
    predicted: number;
  }[];
  patients: ({ id: string; input: Patient } & Record<Endpoint, ReferenceEstimate>)[];
  intervals: ({ patient: string } & Record<Endpoint, ReferenceIntervals>)[];
  referenceCurves: {
    model: ModelId;
    group: string;
    publishedMedian: number;
    factor: number;
    survival: { months: number; survival: number }[];
  }[];
}

export function readReference(): Reference {
  return JSON.parse(
    readFileSync(new URL("../reference/reference.json", import.meta.url), "utf8"),
  ) as Reference;
}

/** Reference values are printed with 15 digits and solved to 1e-14: a relative 1e-9 is far above their own error. */
export const REFERENCE_TOLERANCE = 1e-9;

/** Equal within the tolerance on both sides; a null (beyond the horizon) or a word only equals itself. */
export function agrees(
  actual: number | string | null,
  expected: number | string | null,
  tolerance = REFERENCE_TOLERANCE,
): boolean {
  if (typeof actual !== "number" || typeof expected !== "number") return actual === expected;
  return Math.abs(actual - expected) <= tolerance * Math.abs(expected) + 1e-14;
}

/** Every number in which a patient's estimate departs from the reference, in words; empty when none does. */
export function patientDifferences(
  actual: Estimate,
  expected: ReferenceEstimate,
): { field: string; actual: number | string | null; expected: number | string | null }[] {
  const pairs: [field: string, actual: number | string | null, expected: number | string | null][] = [
    ["linearPredictor", actual.linearPredictor, expected.linearPredictor],
    ["relativeHazard", actual.relativeHazard, expected.relativeHazard],
    ["percentile", actual.percentile, expected.percentile],
    ["riskGroup", actual.riskGroup, expected.riskGroup],
    ["median", actual.median.months, expected.median],
    ["worst10", actual.outcomes.worst10, expected.outcomes.worst10],
    ["lowerQuartile", actual.outcomes.lowerQuartile, expected.outcomes.lowerQuartile],
    ["upperQuartile", actual.outcomes.upperQuartile, expected.outcomes.upperQuartile],
    ["best10", actual.outcomes.best10, expected.outcomes.best10],
    ["landmarks", actual.landmarks.length, expected.landmarks.length],
    ...expected.landmarks.flatMap(({ months, survival }, i): typeof pairs => [
      [`month of landmark ${i}`, actual.landmarks[i]?.months ?? null, months],
      [`survival at ${months} months`, actual.landmarks[i]?.survival ?? null, survival],
    ]),
  ];
  return pairs
    .filter(([, a, e]) => !agrees(a, e))
    .map(([field, a, e]) => ({ field, actual: a, expected: e }));
}

/** What of a model departs from the reference before any patient is looked at. */
export function modelDifferences(prepared: PreparedStudy, reference: Reference, id: ModelId): string[] {
  const { baseline, scale, ageSpread, model } = prepared.models[id];
  const expected = reference.baseline[id];
  const pairs: [string, number | null, number | null][] = [
    ["points", baseline.length, expected.length],
    ...expected.flatMap((point, i): typeof pairs => [
      [`month of point ${i}`, baseline[i]?.months ?? null, point.months],
      [`H0 at ${point.months}`, baseline[i]?.cumulativeHazard ?? null, point.cumulativeHazard],
    ]),
    ["first cut", scale.cuts[0], reference.cuts[id][0]],
    ["second cut", scale.cuts[1], reference.cuts[id][1]],
    ["mean LP", scale.meanPredictor, reference.meanLinearPredictor[id]],
    ["age sigma", ageSpread, reference.ageSigma[model.tumour]],
  ];
  return pairs.filter(([, a, e]) => !agrees(a, e)).map(([field, a, e]) => `${field}: ${a}, not ${e}`);
}

// ---- Published groups ---------------------------------------------------------------------------------------------

/** A published group: its id in study.json, its name in the reference file, and its part of the case mix by hand. */
export interface GroupOfCaseMix {
  model: ModelId;
  reference: string;
  id: string;
  restriction: Restriction;
}

const group = (
  model: ModelId,
  reference: string,
  id: string,
  restriction: Restriction = {},
): GroupOfCaseMix => ({ model, reference, id, restriction });
const only = (covariate: keyof NonNullable<Restriction["levels"]>, level: string): Restriction => ({
  levels: { [covariate]: [level] },
});
const BELOW_70: Restriction = { ages: (age) => age < 70 };
const FROM_70_TO_75: Restriction = { ages: (age) => age >= 70 && age <= 75 };
const ABOVE_75: Restriction = { ages: (age) => age > 75 };
const PLATINUM = only("firstLine", "platinum-etoposide");
const NOT_PLATINUM = only("firstLine", "other");

/** Every group of the reference file. Both temozolomide regimens are "other than platinum/etoposide" to the model. */
export const GROUPS: readonly GroupOfCaseMix[] = [
  group("nec-os", "PS 0", "nec/os/ps-0", only("ecogPs", "0")),
  group("nec-os", "PS 1", "nec/os/ps-1", only("ecogPs", "1")),
  group("nec-os", "PS 2", "nec/os/ps-2", only("ecogPs", "2")),
  group("nec-os", "PS 3", "nec/os/ps-3", only("ecogPs", "3")),
  group("nec-os", "Ki-67 < 55 %", "nec/os/ki67-below-55", only("ki67Percent", "below-55")),
  group("nec-os", "Ki-67 >= 55 %", "nec/os/ki67-at-least-55", only("ki67Percent", "at-least-55")),
  group("nec-os", "age < 70", "nec/os/age-below-70", BELOW_70),
  group("nec-os", "age 70-75", "nec/os/age-70-75", FROM_70_TO_75),
  group("nec-os", "age > 75", "nec/os/age-above-75", ABOVE_75),
  group("nec-os", "ALP normal", "nec/os/alp-normal", only("alp", "normal")),
  group("nec-os", "ALP elevated", "nec/os/alp-elevated", only("alp", "elevated")),
  group("nec-os", "colorectal", "nec/os/site-colorectal", only("primarySite", "colorectal")),
  group("nec-pfs", "colorectal", "nec/pfs/site-colorectal", only("primarySite", "colorectal")),
  group("net-g3-os", "PS 0", "net-g3/os/ps-0", only("ecogPs", "0")),
  group("net-g3-os", "PS 1", "net-g3/os/ps-1", only("ecogPs", "1")),
  group("net-g3-os", "PS 2", "net-g3/os/ps-2", only("ecogPs", "2")),
  group("net-g3-os", "age < 70", "net-g3/os/age-below-70", BELOW_70),
  group("net-g3-os", "age 70-75", "net-g3/os/age-70-75", FROM_70_TO_75),
  group("net-g3-os", "age > 75", "net-g3/os/age-above-75", ABOVE_75),
  group("net-g3-os", "ALP normal", "net-g3/os/alp-normal", only("alp", "normal")),
  group("net-g3-os", "ALP elevated", "net-g3/os/alp-elevated", only("alp", "elevated")),
  group("net-g3-os", "platinum/etoposide", "net-g3/os/regimen-platinum-etoposide", PLATINUM),
  group("net-g3-os", "TEM/CAP", "net-g3/os/regimen-tem-cap", NOT_PLATINUM),
  group("net-g3-os", "TEM/EVE", "net-g3/os/regimen-tem-eve", NOT_PLATINUM),
  group("net-g3-os", "Ki-67 < 55 %", "net-g3/os/ki67-below-55"),
  group("net-g3-os", "Ki-67 >= 55 %", "net-g3/os/ki67-at-least-55"),
  group("net-g3-pfs", "platinum/etoposide", "net-g3/pfs/regimen-platinum-etoposide", PLATINUM),
  group("net-g3-pfs", "TEM/CAP", "net-g3/pfs/regimen-tem-cap", NOT_PLATINUM),
  group("net-g3-pfs", "TEM/EVE", "net-g3/pfs/regimen-tem-eve", NOT_PLATINUM),
];

/** A part of a model's case mix as weights and risks e^LP. */
export function mixtureOfGroup(
  { beta, model, margins, ageSpread }: PreparedModel,
  restriction: Restriction,
): { weights: Float64Array; risks: Float64Array } {
  const mix = caseMixOf(model, margins, ageSpread, restriction);
  return { weights: mix.weights, risks: cellPredictors(mix, beta).map(Math.exp) };
}

/** The median that a model predicts for a part of its case mix, in months; the held-out check. */
export function predictedMedian(prepared: PreparedModel, restriction: Restriction): number {
  const { weights, risks } = mixtureOfGroup(prepared, restriction);
  return timeOnBaseline(
    prepared.baseline,
    hazardAtSurvival(0.5, weights, risks),
    prepared.model.horizonMonths,
  );
}
