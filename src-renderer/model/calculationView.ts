import type {
  Calculation,
  Covariate,
  Endpoint,
  Estimate,
  Patient,
  Study,
  WorkedSurvival,
} from "../../src-main/api/contract.ts";
import {
  months,
  monthsInterval,
  number,
  percent,
  percentInterval,
  ratio,
  ratioInterval,
} from "../../src-main/words/format.ts";
import { COVARIATE_ORDER, RISK_LABEL, levelLabel } from "../../src-main/words/labels.ts";
import { DECIMALS, exact, modelRoom } from "../../src-main/words/modelRoom.ts";
import { printedRows } from "./coefficientRows.ts";

const words = modelRoom.calculation;
type PublishedModel = Study["models"][number];

export interface ValueRow {
  covariate: Covariate;
  /** null where it is not known */
  entered: string | null;
  /** how the model takes it, with its x; null where it is averaged */
  coded: string | null;
}

export interface TermRow {
  id: string;
  label: string;
  ratio: string;
  interval: string;
  beta: string;
  /** null where the covariate is averaged */
  x: string | null;
  product: string | null;
  place: string;
}

export interface CellRow {
  name: string;
  weight: string;
  predictor: string;
  risk: string;
}

/** A time at which the sum over the cells may be looked at; `months` null is the median. */
export interface SumView {
  id: string;
  label: string;
  hazard: string;
  parts: string[];
  total: string;
}

export interface HazardRow {
  months: string;
  from: string;
  fromHazard: string;
  hazard: string;
  cumulative: string;
}

export interface SurvivalRow {
  months: string;
  cumulative: string;
  /** H0 · exp(LP); null in a mixture, where each cell has its own */
  exponent: string | null;
  survival: string;
  /** as the Estimate page prints it */
  shown: string;
}

/** A patient's calculation in words and numbers: the page and the copied text draw the same object. */
export interface CalculationView {
  name: string;
  values: ValueRow[];
  notInModel: string | null;
  reference: string;
  terms: TermRow[];
  /** of what is known: with nothing averaged it is the LP */
  sum: string;
  predictor: string;
  mixture: { text: string; mean: string; cells: CellRow[]; sums: SumView[] } | null;
  risk: string;
  relative: string;
  cuts: string;
  baseline: HazardRow[];
  survival: SurvivalRow[];
  median: { half: string; line: string; shown: string };
}

/** @param estimate the same endpoint's estimate: what the Estimate page shows */
export function calculationView(
  model: PublishedModel,
  endpoint: Endpoint,
  patient: Patient,
  calculation: Calculation,
  estimate: Estimate,
  riskCuts: readonly [number, number],
): CalculationView {
  const { components, averaged, horizonMonths } = calculation;
  const mixed = averaged.length > 0;
  const known = calculation.terms.reduce((sum, { product }) => sum + (product ?? 0), 0);
  const lp = exact(calculation.linearPredictor, DECIMALS.predictor);
  const risk = exact(components[0]!.risk, DECIMALS.risk);
  const products = calculation.terms.flatMap(({ product }) =>
    product === null ? [] : [exact(product, DECIMALS.product)],
  );
  const mean = exact(calculation.meanPredictor, DECIMALS.predictor);
  const missing = COVARIATE_ORDER.filter((name) => !model.terms.some(({ covariate }) => covariate === name));
  return {
    name: modelRoom.modelName(model.tumour, endpoint),
    values: valueRows(model, patient, calculation),
    notInModel: missing.length > 0 ? words.notInModel(missing) : null,
    reference: words.referencePatient(
      model.terms.map((term) =>
        term.kind === "linear" ? words.referenceAge(term.centre) : levelLabel(term.covariate, term.reference),
      ),
    ),
    terms: termRows(model, calculation),
    sum: exact(known, DECIMALS.predictor),
    predictor: words.predictor(products, exact(known, DECIMALS.predictor)),
    mixture: mixed
      ? {
          text: words.mixture(averaged, components.length),
          mean: words.mean(lp),
          cells: components.map(({ levels, weight, linearPredictor, risk: own }) => ({
            name: words.cellName(levels.map(({ covariate, level }) => levelLabel(covariate, level))),
            weight: exact(weight, DECIMALS.weight),
            predictor: exact(linearPredictor, DECIMALS.predictor),
            risk: exact(own, DECIMALS.risk),
          })),
          sums: [...calculation.landmarks, calculation.median].map((at, i, all) =>
            sumView(at, i === all.length - 1),
          ),
        }
      : null,
    risk: mixed ? words.riskMixture : words.risk(lp, risk),
    relative: words.relative(mean, exact(calculation.relativeHazard, DECIMALS.risk)),
    cuts: words.cuts(
      exact(riskCuts[0], DECIMALS.predictor),
      exact(riskCuts[1], DECIMALS.predictor),
      RISK_LABEL[estimate.riskGroup],
    ),
    baseline: calculation.landmarks.map(hazardRow),
    survival: calculation.landmarks.map((at, i) =>
      survivalRow(at, mixed ? null : components[0]!.risk, estimate.landmarks[i]!),
    ),
    median: medianView(calculation.median, mixed ? null : risk, horizonMonths, estimate),
  };
}

function valueRows(model: PublishedModel, patient: Patient, { terms, averaged }: Calculation): ValueRow[] {
  return model.terms.map((term) => {
    const { covariate } = term;
    const entered = modelRoom.entered(covariate, patient);
    if (averaged.includes(covariate)) return { covariate, entered, coded: null };
    const own = terms.filter((known) => known.covariate === covariate);
    if (term.kind === "linear") {
      return {
        covariate,
        entered,
        coded: words.codedAge(patient.ageYears, term.centre, exact(own[0]!.x!, 0)),
      };
    }
    const level = own.find(({ x }) => x === 1)?.level ?? null;
    const coded =
      level === null
        ? words.codedReference(levelLabel(covariate, term.reference))
        : words.codedLevel(levelLabel(covariate, level));
    return { covariate, entered, coded };
  });
}

function termRows(model: PublishedModel, { terms }: Calculation): TermRow[] {
  const rows = printedRows(model);
  return terms.map(({ covariate, level, beta, x, product }, j) => {
    const { label, printed, place } = rows[j]!;
    return {
      id: `${covariate}/${level ?? ""}`,
      label,
      ratio: ratio(printed.hazardRatio),
      interval: ratioInterval(printed.lower, printed.upper),
      beta: exact(beta, DECIMALS.logHazardRatio),
      x: x === null ? null : exact(x, 0),
      product: product === null ? null : exact(product, DECIMALS.product),
      place,
    };
  });
}

const inPercent = (survival: number): string => words.total(exact(survival * 100, DECIMALS.survival));
const hazardText = (hazard: number): string => exact(hazard, DECIMALS.cumulativeHazard);

function sumView(at: WorkedSurvival, isMedian: boolean): SumView {
  return {
    id: isMedian ? "median" : String(at.months),
    label: isMedian ? words.mixtureMedian : words.mixtureMonths(at.months ?? 0),
    hazard: words.mixtureAt(hazardText(at.cumulativeHazard)),
    parts: at.parts.map((part) => exact(part, DECIMALS.weight)),
    total: inPercent(at.survival),
  };
}

function hazardRow({ months: time, segment, cumulativeHazard }: WorkedSurvival): HazardRow {
  return {
    months: number(time ?? 0),
    from: number(segment.from.months),
    fromHazard: hazardText(segment.from.cumulativeHazard),
    hazard: exact(segment.hazard, DECIMALS.hazard),
    cumulative: hazardText(cumulativeHazard),
  };
}

function survivalRow(
  at: WorkedSurvival,
  risk: number | null,
  { lower, upper }: Estimate["landmarks"][number],
): SurvivalRow {
  return {
    months: number(at.months ?? 0),
    cumulative: hazardText(at.cumulativeHazard),
    exponent: risk === null ? null : exact(at.cumulativeHazard * risk, DECIMALS.exponent),
    survival: inPercent(at.survival),
    shown: words.shownSurvival(
      percent(at.survival),
      lower === null || upper === null ? null : percentInterval(lower, upper),
    ),
  };
}

function medianView(
  median: WorkedSurvival,
  risk: string | null,
  horizon: number,
  estimate: Estimate,
): CalculationView["median"] {
  const half = hazardText(median.cumulativeHazard);
  const { from, to, hazard } = median.segment;
  const { lower, upper } = estimate.median;
  return {
    half: risk === null ? words.median.halfMixture(half) : words.median.half(risk, half),
    line:
      median.months === null
        ? words.median.past(half, hazardText(to.cumulativeHazard), horizon)
        : words.median.line({
            from: number(from.months),
            fromHazard: hazardText(from.cumulativeHazard),
            hazard: exact(hazard, DECIMALS.hazard),
            half,
            months: exact(median.months, DECIMALS.months),
          }),
    shown: words.median.shown(
      months(estimate.median.months, horizon),
      lower === null && upper === null && estimate.median.months === null
        ? null
        : monthsInterval(lower, upper, horizon),
    ),
  };
}
