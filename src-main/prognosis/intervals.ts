import { exp } from "./elementary.ts";
import { hazardAtSurvival, timeAtHazard } from "./baseline.ts";
import type { Mixture } from "./cox.ts";
import type { DerivedModel } from "./model.ts";
import type { CentralRanks } from "./quantile.ts";
import { between, centralRanks, selectCentral } from "./quantile.ts";

/**
 * The shipped draws of one model, column by column: each draw is a set of coefficients and the baseline that was
 * re-solved with them (holding the baseline fixed makes most intervals too wide, up to twice). Between two points of a draw
 * H0(t) = intercept + slope·t.
 */
export interface Draws {
  count: number;
  ranks: CentralRanks;
  /** coefficients, each `count` long */
  betas: Float64Array[];
  /** points of the baseline, each `count` long: the drawn median moves the first point's time */
  months: Float64Array[];
  hazards: Float64Array[];
  intercepts: Float64Array[];
  slopes: Float64Array[];
  /** before this month every draw is on its first segment, where H0 is proportional to time */
  earliestPoint: number;
}

export function drawsOf(derived: DerivedModel): Draws {
  const count = derived.draws.length;
  const p = derived.coefficients.length;
  const points = derived.baseline.length;
  const column = (j: number): Float64Array => Float64Array.from(derived.draws, (draw) => draw[j]!);
  const months = derived.baseline.map((_, i) => column(p + i));
  const hazards = derived.baseline.map((_, i) => column(p + points + i));
  const slopes = months.map((end, i) =>
    end.map((endTime, d) => {
      const startTime = i === 0 ? 0 : months[i - 1]![d]!;
      const startHazard = i === 0 ? 0 : hazards[i - 1]![d]!;
      return (hazards[i]![d]! - startHazard) / (endTime - startTime);
    }),
  );
  return {
    count,
    ranks: centralRanks(count),
    betas: derived.coefficients.map((_, j) => column(j)),
    months,
    hazards,
    intercepts: slopes.map((slope, i) =>
      // the first segment starts at (0, 0), exactly
      slope.map((rate, d) => (i === 0 ? 0 : hazards[i]![d]! - rate * months[i]![d]!)),
    ),
    slopes,
    earliestPoint: months.length === 1 ? Infinity : months[0]!.reduce((a, b) => Math.min(a, b)),
  };
}

/** The segment of a draw's baseline that a time lies on; the last one is prolonged to the horizon. */
function segmentOf(draws: Draws, draw: number, months: number): number {
  let segment = 0;
  while (segment < draws.months.length - 1 && months > draws.months[segment]![draw]!) segment++;
  return segment;
}

/** The month up to which a draw stays on a segment. */
function endOf(draws: Draws, draw: number, segment: number): number {
  return segment === draws.months.length - 1 ? Infinity : draws.months[segment]![draw]!;
}

/** 95 % interval of an estimate: 2.5th and 97.5th percentile over the draws (type 7). */
export interface Interval {
  lower: number;
  upper: number;
}

/** A patient in every draw: the hazard multiplier exp(LP) of each component of the mixture. */
export interface DrawnPatient {
  draws: Draws;
  weights: readonly number[];
  /** components, each `count` long */
  risks: Float64Array[];
}

export function drawPatient(draws: Draws, mixture: Mixture): DrawnPatient {
  const risks = mixture.designs.map((design) => {
    const predictor = new Float64Array(draws.count);
    design.forEach((x, j) => {
      if (x === 0) return;
      const beta = draws.betas[j]!;
      for (let d = 0; d < draws.count; d++) predictor[d]! += x * beta[d]!;
    });
    for (let d = 0; d < draws.count; d++) predictor[d] = exp(predictor[d]!);
    return predictor;
  });
  return { draws, weights: mixture.weights, risks };
}

/** The time at which survival falls to `survival` in each draw, months; Infinity past the horizon. */
export function drawnTimes(patient: DrawnPatient, survival: number, horizon: number): Float64Array {
  const { draws, weights, risks } = patient;
  const times = new Float64Array(draws.count);
  const drawRisks = new Float64Array(weights.length);
  let draw = 0;
  const monthsAt = (index: number): number => draws.months[index]![draw]!;
  const hazardAt = (index: number): number => draws.hazards[index]![draw]!;
  for (; draw < draws.count; draw++) {
    for (let k = 0; k < weights.length; k++) drawRisks[k] = risks[k]![draw]!;
    const h0 = hazardAtSurvival(survival, weights, drawRisks);
    times[draw] = timeAtHazard(draws.months.length, monthsAt, hazardAt, h0, horizon);
  }
  return times;
}

/** S(t|x) at one time in each draw. */
export function drawnSurvival(patient: DrawnPatient, months: number): Float64Array {
  const { draws, weights, risks } = patient;
  return Float64Array.from(risks[0]!, (_, draw) => {
    const segment = segmentOf(draws, draw, months);
    const h0 = draws.intercepts[segment]![draw]! + draws.slopes[segment]![draw]! * months;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * exp(-risks[k]![draw]! * h0);
    return sum;
  });
}

/** Interval of the time at which survival falls to `survival`; Infinity past the horizon. */
export function timeInterval(patient: DrawnPatient, survival: number, horizon: number): Interval {
  const { draws } = patient;
  const order = new Float64Array(4);
  selectCentral(drawnTimes(patient, survival, horizon), draws.ranks, order);
  return intervalOf(order, draws.ranks);
}

/** Intervals of S(t|x) at each time; times ascend from 0 to the horizon. */
export function survivalIntervals(patient: DrawnPatient, times: readonly number[]): Interval[] {
  return patient.weights.length === 1
    ? intervalsOfOne(patient.draws, patient.risks[0]!, times)
    : intervalsOfMixture(patient, times);
}

/**
 * One component: −Λ = −r·H0(t) orders as S does, so only four exponentials a time are needed; while every draw is on
 * its first segment, H0 is proportional to t and one ranking serves every time.
 */
function intervalsOfOne(draws: Draws, risks: Float64Array, times: readonly number[]): Interval[] {
  const { count, ranks, intercepts, slopes } = draws;
  const scratch = new Float64Array(count);
  const firstSlope = slopes[0]!;
  const perMonth = new Float64Array(4);
  for (let d = 0; d < count; d++) scratch[d] = -risks[d]! * firstSlope[d]!;
  selectCentral(scratch, ranks, perMonth);
  const order = new Float64Array(4);
  // −Λ of each draw as a line in t, renewed when the draw enters its next segment.
  const start = new Float64Array(count);
  const rate = new Float64Array(count);
  const until = new Float64Array(count).fill(-1);
  return times.map((months) => {
    if (months <= draws.earliestPoint) {
      for (let i = 0; i < 4; i++) order[i] = exp(months * perMonth[i]!);
      return intervalOf(order, ranks);
    }
    for (let d = 0; d < count; d++) {
      if (months > until[d]!) {
        const segment = segmentOf(draws, d, months);
        start[d] = -risks[d]! * intercepts[segment]![d]!;
        rate[d] = -risks[d]! * slopes[segment]![d]!;
        until[d] = endOf(draws, d, segment);
      }
      scratch[d] = start[d]! + rate[d]! * months;
    }
    selectCentral(scratch, ranks, order);
    for (let i = 0; i < 4; i++) order[i] = exp(order[i]!);
    return intervalOf(order, ranks);
  });
}

/**
 * Several components: S = Σ w·exp(−r·H0(t)) in each draw. On an even grid, within one segment, each exponential is the
 * one before times a constant, exp(−r·slope·step), which saves nearly all of them.
 *
 * Arrays are draws × components. `terms` holds w·exp(−r·H0), `factors` the constant of each draw's present segment.
 */
function intervalsOfMixture(patient: DrawnPatient, times: readonly number[]): Interval[] {
  const { draws, weights, risks } = patient;
  const { count, ranks, intercepts, slopes } = draws;
  const components = weights.length;
  const terms = new Float64Array(components * count);
  const factors = new Float64Array(components * count);
  const until = new Float64Array(count).fill(-1);
  const survival = new Float64Array(count);
  const order = new Float64Array(4);
  let step = NaN;

  /** Sets a draw's terms at a time by themselves, and the factors by which they go on from there. */
  const enter = (draw: number, months: number): void => {
    const segment = segmentOf(draws, draw, months);
    const slope = slopes[segment]![draw]!;
    const h0 = intercepts[segment]![draw]! + slope * months;
    let sum = 0;
    for (let k = 0; k < components; k++) {
      const risk = risks[k]![draw]!;
      const term = weights[k]! * exp(-risk * h0);
      terms[draw * components + k] = term;
      if (!Number.isNaN(step)) factors[draw * components + k] = exp(-risk * slope * step);
      sum += term;
    }
    survival[draw] = sum;
    until[draw] = endOf(draws, draw, segment);
  };

  return times.map((months, i) => {
    // The step that follows, where the one after it is the same: only then do its factors pay.
    const next = i + 2 < times.length ? times[i + 1]! - months : NaN;
    const evenAhead = Math.abs(times[i + 2]! - times[i + 1]! - next) <= 1e-9 * next;
    const stepHere = i === 0 ? NaN : months - times[i - 1]!;
    const goesOn = Math.abs(stepHere - step) <= 1e-9 * step;
    if (goesOn) {
      advance(terms, factors, survival);
    }
    const lastOfGrid = goesOn && i + 2 >= times.length;
    if (!lastOfGrid && !(Math.abs(next - step) <= 1e-9 * step)) {
      // The grid changes here: every draw starts afresh with the step that follows.
      step = evenAhead ? next : NaN;
      until.fill(-1);
    }
    for (let d = 0; d < count; d++) if (months > until[d]!) enter(d, months);
    selectCentral(survival, ranks, order);
    return months === 0 ? START : intervalOf(order, ranks);
  });
}

/** One step along the grid: each term times its factor, and their sum for each draw. Apart, so that it is compiled well. */
function advance(terms: Float64Array, factors: Float64Array, survival: Float64Array): void {
  const components = terms.length / survival.length;
  let i = 0;
  for (let d = 0; d < survival.length; d++) {
    let sum = 0;
    for (let k = 0; k < components; k++) {
      const term = terms[i]! * factors[i]!;
      terms[i] = term;
      sum += term;
      i++;
    }
    survival[d] = sum;
  }
}

/** Everyone is alive at the start, in every draw; weights sum to 1 but for rounding. */
const START: Interval = { lower: 1, upper: 1 };

function intervalOf(order: Float64Array, ranks: CentralRanks): Interval {
  return {
    lower: between(order[0]!, order[1]!, ranks.lower.fraction),
    upper: between(order[2]!, order[3]!, ranks.upper.fraction),
  };
}
