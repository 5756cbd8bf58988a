import type { Coefficient } from "./cox.ts";
import { Z95, linearPredictor } from "./cox.ts";
import { exp } from "./elementary.ts";
import type { Covariate, HazardRatio, TermLevel } from "./model.ts";
import type { PreparedModel } from "./prepared.ts";

/**
 * Where the hazard ratio between two versions comes from:
 * - `same`: the model gives both the same hazard; 1 by definition
 * - `published`: one level against its reference, as printed
 * - `reciprocal`: the reference against one level, so one over what is printed
 * - `calculated`: a multiple of one printed coefficient (years of age)
 * - `approximated`: several coefficients, whose covariances are unpublished
 */
export type HazardRatioOrigin = "same" | "published" | "reciprocal" | "calculated" | "approximated";

/** Hazard of b over hazard of a with its 95 % interval; no part of it is read from draws. */
export interface VersionHazardRatio {
  hazardRatio: number;
  lower: number;
  upper: number;
  origin: HazardRatioOrigin;
  /** the place of what it rests on */
  source: string;
}

/**
 * exp(step·β) with its interval. One level against its reference is quoted as printed. Anything else is the closed
 * form exp(Δ ± 1.96·SE), with the covariances that the draws have: 1/n of the reference between two levels of one
 * covariate, else 0. Quantiles of the draws would differ from it by simulation noise alone.
 *
 * @param step difference of two design rows, b − a, in the order of the model's coefficients
 */
export function contrastOf(prepared: PreparedModel, step: readonly number[]): VersionHazardRatio {
  const { model, coefficients, beta } = prepared;
  const moved = coefficients.flatMap((_, j) => (step[j] === 0 ? [] : [j]));
  const [only] = moved;
  if (only === undefined) {
    return { hazardRatio: 1, lower: 1, upper: 1, origin: "same", source: model.source.place };
  }
  const printed = moved.length === 1 ? levelOf(prepared, coefficients[only]!) : null;
  if (printed) {
    const source = printed.source.place;
    return step[only]! > 0
      ? { ...limitsOf(printed), origin: "published", source }
      : { ...reciprocalOf(printed), origin: "reciprocal", source };
  }
  const log = linearPredictor(step, beta);
  const reach = Z95 * Math.sqrt(varianceOf(prepared, step, moved));
  return {
    hazardRatio: exp(log),
    lower: exp(log - reach),
    upper: exp(log + reach),
    origin: moved.length === 1 ? "calculated" : "approximated",
    source: model.source.place,
  };
}

function levelOf({ model }: PreparedModel, { covariate, level }: Coefficient): TermLevel | null {
  const term = model.terms.find((each) => each.covariate === covariate);
  return term?.kind === "levels" ? (term.levels.find((each) => each.level === level) ?? null) : null;
}

type Limits = Pick<HazardRatio, "hazardRatio" | "lower" | "upper">;

const limitsOf = ({ hazardRatio, lower, upper }: HazardRatio): Limits => ({ hazardRatio, lower, upper });

const reciprocalOf = ({ hazardRatio, lower, upper }: HazardRatio): Limits => ({
  hazardRatio: 1 / hazardRatio,
  lower: 1 / upper,
  upper: 1 / lower,
});

/** Var(step·β) = Σj Σk stepj·stepk·Cov(βj, βk). */
function varianceOf(prepared: PreparedModel, step: readonly number[], moved: readonly number[]): number {
  const { coefficients } = prepared;
  const covariance = (j: number, k: number): number => {
    const [one, other] = [coefficients[j]!, coefficients[k]!];
    if (j === k) return one.standardError ** 2;
    return one.covariate === other.covariate ? 1 / referenceCount(prepared, one.covariate) : 0;
  };
  let variance = 0;
  for (const j of moved) for (const k of moved) variance += step[j]! * step[k]! * covariance(j, k);
  return variance;
}

/**
 * Patients in the reference level of a covariate: 1/n of them stands for the variance that two levels share. The
 * number of their events would be right, and is unpublished.
 *
 * @throws when the covariate has no levels in the model, or no counts of them are published
 */
export function referenceCount(
  { model, margins }: Pick<PreparedModel, "model" | "margins">,
  covariate: Covariate,
): number {
  const term = model.terms.find((each) => each.covariate === covariate);
  const count = term?.kind === "levels" ? margins.levels[term.covariate]?.counts[term.reference] : undefined;
  if (!count) throw new Error(`no number of patients in the reference level of ${covariate} for ${model.id}`);
  return count;
}
