export const RISK_GROUPS = ["lower", "intermediate", "higher"] as const;
export type RiskGroup = (typeof RISK_GROUPS)[number];

/** Linear predictors closer than this are the same patient type. */
const TIE = 1e-9;

/**
 * The case mix ordered by linear predictor, for cuts and percentiles. The grouping into thirds is this program's own:
 * the article publishes no risk groups.
 */
export interface RiskScale {
  /** distinct linear predictors, ascending */
  predictors: Float64Array;
  /** cumulative weight up to and including each; last is 1 */
  cumulative: Float64Array;
  meanPredictor: number;
  /** smallest LP at which the cumulative weight reaches 1/3 and 2/3 */
  cuts: [number, number];
}

/** Orders the cells by LP, joining ties, and finds the two cuts. */
export function riskScaleOf(weights: Float64Array, cellLp: Float64Array): RiskScale {
  const order = Uint32Array.from(cellLp.keys()).sort((a, b) => cellLp[a]! - cellLp[b]!);
  const predictors: number[] = [];
  const cumulative: number[] = [];
  let total = 0;
  let mean = 0;
  for (const cell of order) {
    const lp = cellLp[cell]!;
    total += weights[cell]!;
    mean += weights[cell]! * lp;
    if (predictors.length > 0 && lp - predictors.at(-1)! <= TIE) cumulative[cumulative.length - 1] = total;
    else {
      predictors.push(lp);
      cumulative.push(total);
    }
  }
  cumulative[cumulative.length - 1] = 1;
  const cutAt = (share: number): number =>
    predictors[cumulative.findIndex((weight) => weight >= share - TIE)]!;
  return {
    predictors: Float64Array.from(predictors),
    cumulative: Float64Array.from(cumulative),
    meanPredictor: mean,
    cuts: [cutAt(1 / 3), cutAt(2 / 3)],
  };
}

/** The share of the case mix in each group, in the order of {@link RISK_GROUPS}; thirds as far as ties allow. */
export function groupShares({ predictors, cumulative, cuts }: RiskScale): [number, number, number] {
  const upTo = (cut: number): number => {
    const count = countBelow(predictors, cut + TIE);
    return count === 0 ? 0 : cumulative[count - 1]!;
  };
  const [first, second] = [upTo(cuts[0]), upTo(cuts[1])];
  return [first, second - first, 1 - second];
}

/** The third of the case mix that an LP falls into; equal to a cut (within 1e-9) counts as below it. */
export function riskGroupOf(scale: RiskScale, lp: number): RiskGroup {
  if (lp <= scale.cuts[0] + TIE) return "lower";
  return lp <= scale.cuts[1] + TIE ? "intermediate" : "higher";
}

/** Percentile, 0–100: weight of the case mix with smaller LP plus half the weight of ties. */
export function percentileOf(scale: RiskScale, lp: number): number {
  const { predictors, cumulative } = scale;
  const below = countBelow(predictors, lp - TIE);
  const atOrBelow = countBelow(predictors, lp + TIE);
  const smaller = below === 0 ? 0 : cumulative[below - 1]!;
  const ties = (atOrBelow === 0 ? 0 : cumulative[atOrBelow - 1]!) - smaller;
  return Math.min(100, 100 * (smaller + ties / 2));
}

/** How many of the ascending values are ≤ limit. */
function countBelow(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
