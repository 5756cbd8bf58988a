import { exp, log } from "./elementary.ts";
import type { Covariate, HazardRatio, PublishedModel, Term } from "./model.ts";
import { normalQuantile } from "./normal.ts";

/** z of a two-sided 95 % interval as the field prints it; SE = (ln U − ln L)/3.92. */
export const Z95 = 1.96;

/** One coefficient of a Cox model: β = ln HR, with its standard error, both on the log hazard scale. */
export interface Coefficient {
  covariate: Covariate;
  /** null for a covariate that is linear in its number */
  level: string | null;
  beta: number;
  standardError: number;
}

function standardErrorOfInterval({ lower, upper }: HazardRatio): number {
  return (log(upper) - log(lower)) / (2 * Z95);
}

/** SE of ln HR from a two-sided Wald p-value: |ln HR| / z(1 − p/2). */
function standardErrorOfP({ hazardRatio, p }: HazardRatio): number {
  if (p?.relation !== "=") throw new Error("a standard error needs an exact p-value");
  return Math.abs(log(hazardRatio)) / normalQuantile(1 - p.value / 2);
}

function coefficientsOfTerm(term: Term): Coefficient[] {
  if (term.kind === "linear") {
    const standardError =
      term.standardErrorFrom === "p" ? standardErrorOfP(term) : standardErrorOfInterval(term);
    return [{ covariate: term.covariate, level: null, beta: log(term.hazardRatio), standardError }];
  }
  return term.levels.map((level) => ({
    covariate: term.covariate,
    level: level.level,
    beta: log(level.hazardRatio),
    standardError: standardErrorOfInterval(level),
  }));
}

/** The coefficients of a model in the one order that design rows and draws share (Table 3). */
export function coefficientsOf(model: PublishedModel): Coefficient[] {
  return model.terms.flatMap(coefficientsOfTerm);
}

/** What is known of each covariate of a model: a number for age, a level's name, or null for "average it". */
export type CovariateValues = Partial<Record<Covariate, number | string | null>>;

/** One term of the linear predictor for a patient; HR against the reference with its 95 % interval. */
export interface Contribution {
  covariate: Covariate;
  /** age in years, or the level's name */
  level: number | string;
  hazardRatio: number;
  lower: number;
  upper: number;
  logHazardRatio: number;
}

/**
 * Contribution of one known covariate: β·x (Table 3), x = age − centre or an indicator.
 * Age's interval is exp(x·(β ± 1.96·SE)); a level's is the printed one; the reference level is 1 by definition.
 *
 * @throws when the level is not one of the model's
 */
export function contributionOf(term: Term, value: number | string): Contribution {
  if (term.kind === "linear") {
    if (typeof value !== "number") throw new Error(`${term.covariate} must be a number, not ${value}`);
    const x = value - term.centre;
    const [{ beta, standardError }] = coefficientsOfTerm(term) as [Coefficient];
    const reach = Math.abs(x) * Z95 * standardError;
    return {
      covariate: term.covariate,
      level: value,
      hazardRatio: exp(beta * x),
      lower: exp(beta * x - reach),
      upper: exp(beta * x + reach),
      logHazardRatio: beta * x,
    };
  }
  if (value === term.reference) {
    return {
      covariate: term.covariate,
      level: value,
      hazardRatio: 1,
      lower: 1,
      upper: 1,
      logHazardRatio: 0,
    };
  }
  const known = term.levels.find(({ level }) => level === value);
  if (!known) throw new Error(`${term.covariate} has no level ${JSON.stringify(value)} in this model`);
  return {
    covariate: term.covariate,
    level: known.level,
    hazardRatio: known.hazardRatio,
    lower: known.lower,
    upper: known.upper,
    logHazardRatio: log(known.hazardRatio),
  };
}

/** A patient in the terms of one model: components of a mixture over what is unknown (one component when all is known). */
export interface Mixture {
  /** components, summing to 1 */
  weights: number[];
  /** components × coefficients */
  designs: number[][];
}

/**
 * The patient's design rows: one when every covariate is known; otherwise one per combination of the unknown
 * covariates' levels, weighted by the cohort's margins.
 *
 * @param shares the cohort's share of each level of a covariate
 * @throws when a level is not one of the model's
 */
export function mixtureOf(
  model: PublishedModel,
  values: CovariateValues,
  shares: (covariate: Covariate) => Map<string, number>,
): Mixture {
  let mixture: Mixture = { weights: [1], designs: [[]] };
  for (const term of model.terms) {
    const value = values[term.covariate];
    let options: { weight: number; design: number[] }[];
    if (term.kind === "linear") {
      if (typeof value !== "number") throw new Error(`${term.covariate} is required and must be a number`);
      options = [{ weight: 1, design: [value - term.centre] }];
    } else {
      const row = (level: string): number[] => term.levels.map((known) => (known.level === level ? 1 : 0));
      if (value === null) {
        options = [...shares(term.covariate)].map(([level, weight]) => ({ weight, design: row(level) }));
      } else {
        if (value !== term.reference && !term.levels.some(({ level }) => level === value)) {
          throw new Error(`${term.covariate} has no level ${JSON.stringify(value)} in ${model.id}`);
        }
        options = [{ weight: 1, design: row(value as string) }];
      }
    }
    mixture = {
      weights: mixture.weights.flatMap((weight) => options.map((option) => weight * option.weight)),
      designs: mixture.designs.flatMap((design) => options.map((option) => [...design, ...option.design])),
    };
  }
  return mixture;
}

/** LP = Σ β·x of one design row. */
export function linearPredictor(design: ArrayLike<number>, beta: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < beta.length; j++) sum += design[j]! * beta[j]!;
  return sum;
}
