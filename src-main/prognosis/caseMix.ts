import { exp } from "./elementary.ts";
import type { AgeMargin, CaseMixMargins, Covariate, PublishedModel } from "./model.ts";

/**
 * The cohort as the product of its published margins: one cell per combination of the model's covariates.
 * Independence of the margins is an assumption of this program; the article prints no cross tables.
 */
export interface CaseMix {
  /** cells, summing to 1 */
  weights: Float64Array;
  /** cells × coefficients, row by row: age above its centre in years, indicators for the levels */
  design: Float64Array;
}

/** Keeps part of the case mix: a band of ages, some levels of a covariate. Covariates not named keep their margin. */
export interface Restriction {
  ages?: (ageYears: number) => boolean;
  levels?: Partial<Record<Covariate, readonly string[]>>;
}

/** Weight of each whole year of age: ∝ exp(−(a − centre)²/2σ²) on min…max, as a list of [age, weight] summing to 1. */
export function ageDistribution(margin: AgeMargin, spread: number): [ageYears: number, weight: number][] {
  const ages: [number, number][] = [];
  let total = 0;
  for (let age = margin.min; age <= margin.max; age++) {
    const weight = exp(-((age - margin.centre) * (age - margin.centre)) / (2 * spread * spread));
    ages.push([age, weight]);
    total += weight;
  }
  return ages.map(([age, weight]) => [age, weight / total]);
}

/**
 * σ of the age margin, in years, such that the share above `tail.above` is the published one (Table 1).
 * Bisection: the share grows with σ.
 */
export function solveAgeSpread(margin: AgeMargin): number {
  const target = margin.tail.count / margin.tail.of;
  const share = (spread: number): number =>
    ageDistribution(margin, spread).reduce(
      (sum, [age, weight]) => (age > margin.tail.above ? sum + weight : sum),
      0,
    );
  let low = 0.5;
  let high = 100;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    if (share(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Share of each level of a covariate in the cohort, in the order of the study's counts. */
export function levelShares(margins: CaseMixMargins, covariate: Covariate): Map<string, number> {
  const margin = covariate === "ageYears" ? undefined : margins.levels[covariate];
  if (!margin) throw new Error(`the case mix has no margin for ${covariate}`);
  const entries = Object.entries(margin.counts);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  return new Map(entries.map(([level, count]) => [level, count / total]));
}

/**
 * The case mix of a model's covariates.
 *
 * @param spread σ of the age margin, years
 * @returns weights (cells) and design (cells × coefficients, in the order of {@link coefficientsOf})
 * @throws when the restriction leaves nothing
 */
export function caseMixOf(
  model: PublishedModel,
  margins: CaseMixMargins,
  spread: number,
  restriction: Restriction = {},
): CaseMix {
  let rows: { weight: number; design: number[] }[] = [{ weight: 1, design: [] }];
  for (const term of model.terms) {
    const options: { weight: number; design: number[] }[] =
      term.kind === "linear"
        ? ageDistribution(margins.ageYears, spread)
            .filter(([age]) => restriction.ages?.(age) ?? true)
            .map(([age, weight]) => ({ weight, design: [age - term.centre] }))
        : [...levelShares(margins, term.covariate)]
            .filter(([level]) => restriction.levels?.[term.covariate]?.includes(level) ?? true)
            .map(([level, weight]) => ({
              weight,
              design: term.levels.map((known) => (known.level === level ? 1 : 0)),
            }));
    rows = rows.flatMap((row) =>
      options.map((option) => ({
        weight: row.weight * option.weight,
        design: [...row.design, ...option.design],
      })),
    );
  }
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  if (!(total > 0)) throw new Error(`the restriction leaves no part of the case mix of ${model.id}`);
  return {
    weights: Float64Array.from(rows, (row) => row.weight / total),
    design: Float64Array.from(rows.flatMap((row) => row.design)),
  };
}

/** Linear predictor of every cell: design × coefficients. */
export function cellPredictors(mix: CaseMix, beta: ArrayLike<number>): Float64Array {
  const p = beta.length;
  const cells = mix.weights.length;
  const predictors = new Float64Array(cells);
  for (let i = 0; i < cells; i++) {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += mix.design[i * p + j]! * beta[j]!;
    predictors[i] = sum;
  }
  return predictors;
}
