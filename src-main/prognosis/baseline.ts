import { exp, log } from "./elementary.ts";
import type { BaselinePoint } from "./model.ts";

/**
 * Survival of a mixture at a baseline cumulative hazard: S = Σ w·exp(−H0·r), r = exp(LP).
 * With one component this is the Cox model's S(t|x) = exp(−H0(t)·exp(LP)).
 */
export function survivalAt(h0: number, weights: ArrayLike<number>, risks: ArrayLike<number>): number {
  // Weights sum to 1 but for rounding; at the start everyone is alive.
  if (h0 === 0) return 1;
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k]! * exp(-h0 * risks[k]!);
  return sum;
}

/**
 * The H0 at which a mixture's survival is `survival`: the root of Σ w·exp(−H0·r) = S.
 *
 * The left side is convex and falls, so Newton's steps from the left (H0 = −ln S / mean r, where it is still ≥ S by Jensen's inequality)
 * never overshoot; they stop when a step no longer changes the result.
 *
 * @param survival in (0, 1]
 * @throws RangeError outside (0, 1]
 */
export function hazardAtSurvival(
  survival: number,
  weights: ArrayLike<number>,
  risks: ArrayLike<number>,
): number {
  if (!(survival > 0 && survival <= 1)) throw new RangeError(`survival must lie in (0, 1], not ${survival}`);
  const n = weights.length;
  if (survival === 1) return 0;
  if (n === 1) return -log(survival) / risks[0]!;
  let mean = 0;
  for (let k = 0; k < n; k++) mean += weights[k]! * risks[k]!;
  let h = -log(survival) / mean;
  for (let i = 0; i < 100; i++) {
    let value = -survival;
    let slope = 0;
    for (let k = 0; k < n; k++) {
      const part = weights[k]! * exp(-h * risks[k]!);
      value += part;
      slope += part * risks[k]!;
    }
    const next = h + value / slope;
    if (!(Math.abs(next - h) > 1e-15 * Math.abs(next))) return next;
    h = next;
  }
  return h;
}

/**
 * H0(t), piecewise linear through (0, 0) and the points: the hazard is constant between published times. Past the last
 * point the last segment is prolonged to the horizon: one point is all that PFS has.
 *
 * @param months 0 … horizon
 * @throws RangeError outside: nothing is known there
 */
export function cumulativeHazardAt(
  points: readonly BaselinePoint[],
  months: number,
  horizon: number,
): number {
  if (!(months >= 0 && months <= horizon)) {
    throw new RangeError(`time must lie in 0…${horizon} months, not ${months}`);
  }
  let index = 0;
  while (index < points.length - 1 && months > points[index]!.months) index++;
  const { months: endTime, cumulativeHazard: endHazard } = points[index]!;
  const start = index === 0 ? ORIGIN : points[index - 1]!;
  const weight = (months - start.months) / (endTime - start.months);
  return start.cumulativeHazard + weight * (endHazard - start.cumulativeHazard);
}

const ORIGIN: BaselinePoint = { months: 0, cumulativeHazard: 0 };

/**
 * The time at which H0 reaches `cumulativeHazard`; Infinity when that lies past the horizon.
 *
 * @param points how many, and the month and H0 of each by index
 */
export function timeAtHazard(
  count: number,
  monthsAt: (index: number) => number,
  hazardAt: (index: number) => number,
  cumulativeHazard: number,
  horizon: number,
): number {
  let index = 0;
  while (index < count - 1 && cumulativeHazard > hazardAt(index)) index++;
  const startTime = index === 0 ? 0 : monthsAt(index - 1);
  const startHazard = index === 0 ? 0 : hazardAt(index - 1);
  const months =
    startTime +
    ((cumulativeHazard - startHazard) / (hazardAt(index) - startHazard)) * (monthsAt(index) - startTime);
  // Equality with the horizon must survive the rounding of the interpolation.
  return months <= horizon * (1 + 1e-12) ? Math.min(months, horizon) : Infinity;
}

/** {@link timeAtHazard} on a baseline. */
export function timeOnBaseline(
  points: readonly BaselinePoint[],
  cumulativeHazard: number,
  horizon: number,
): number {
  return timeAtHazard(
    points.length,
    (index) => points[index]!.months,
    (index) => points[index]!.cumulativeHazard,
    cumulativeHazard,
    horizon,
  );
}

/** Reconstructs H0 at each published whole-cohort point: the population average, never "the patient with mean LP". */
export function solveBaseline(
  anchors: readonly { months: number; survival: number }[],
  weights: ArrayLike<number>,
  risks: ArrayLike<number>,
): BaselinePoint[] {
  return anchors.map(({ months, survival }) => ({
    months,
    cumulativeHazard: hazardAtSurvival(survival, weights, risks),
  }));
}
