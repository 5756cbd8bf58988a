import type { CaseMix } from "./caseMix.ts";
import { caseMixOf, cellPredictors, levelShares } from "./caseMix.ts";
import type { Coefficient } from "./cox.ts";
import { coefficientsOf } from "./cox.ts";
import type { Draws } from "./intervals.ts";
import { drawsOf } from "./intervals.ts";
import type {
  Baseline,
  BaselinePoint,
  CaseMixMargins,
  Covariate,
  Endpoint,
  ModelId,
  PublishedModel,
  PublishedResult,
  Study,
  Tumour,
} from "./model.ts";
import type { RiskScale } from "./riskGroup.ts";
import { riskScaleOf } from "./riskGroup.ts";

/** One model with everything that does not depend on the patient worked out once. */
export interface PreparedModel {
  model: PublishedModel;
  margins: CaseMixMargins;
  ageSpread: number;
  coefficients: Coefficient[];
  beta: Float64Array;
  baseline: BaselinePoint[];
  caseMix: CaseMix;
  scale: RiskScale;
  shares: (covariate: Covariate) => Map<string, number>;
  draws: Draws;
}

export interface PreparedStudy {
  study: Study;
  models: Record<ModelId, PreparedModel>;
  results: ReadonlyMap<string, PublishedResult>;
}

/**
 * Joins a study with its derived baseline.
 *
 * @throws when the two do not belong together: other study, other model version, other coefficients
 */
export function prepareStudy(study: Study, baseline: Baseline): PreparedStudy {
  if (baseline.study !== study.id || baseline.modelVersion !== study.modelVersion) {
    throw new Error(
      `the baseline belongs to ${baseline.study} ${baseline.modelVersion}, not to ${study.id} ${study.modelVersion}`,
    );
  }
  const models = Object.fromEntries(
    study.models.map((model) => [model.id, prepareModel(model, study, baseline)]),
  ) as Record<ModelId, PreparedModel>;
  return { study, models, results: new Map(study.results.map((result) => [result.id, result])) };
}

function prepareModel(model: PublishedModel, study: Study, baseline: Baseline): PreparedModel {
  const derived = baseline.models.find(({ id }) => id === model.id);
  const coefficients = coefficientsOf(model);
  const same =
    derived?.coefficients.length === coefficients.length &&
    coefficients.every(({ covariate, level }, j) => {
      const known = derived.coefficients[j]!;
      return known.covariate === covariate && known.level === level;
    });
  if (!derived || !same) throw new Error(`the baseline does not carry the coefficients of ${model.id}`);

  const margins = study.caseMix[model.tumour];
  const ageSpread = baseline.ageSpread[model.tumour];
  const beta = Float64Array.from(coefficients, (coefficient) => coefficient.beta);
  const caseMix = caseMixOf(model, margins, ageSpread);
  const shares = new Map(
    model.terms
      .filter((term) => term.kind === "levels")
      .map((term) => [term.covariate as Covariate, levelShares(margins, term.covariate)]),
  );
  return {
    model,
    margins,
    ageSpread,
    coefficients,
    beta,
    baseline: derived.baseline,
    caseMix,
    scale: riskScaleOf(caseMix.weights, cellPredictors(caseMix, beta)),
    shares: (covariate) => {
      const known = shares.get(covariate);
      if (!known) throw new Error(`${model.id} has no levels of ${covariate}`);
      return known;
    },
    draws: drawsOf(derived),
  };
}

/** The model of a tumour and an endpoint. */
export function modelOf(prepared: PreparedStudy, tumour: Tumour, endpoint: Endpoint): PreparedModel {
  const found = Object.values(prepared.models).find(
    ({ model }) => model.tumour === tumour && model.endpoint === endpoint,
  );
  if (!found) throw new Error(`the study has no model of ${endpoint} in ${tumour}`);
  return found;
}

/** A published result by its id. @throws when study.json has none */
export function resultOf(prepared: PreparedStudy, id: string): PublishedResult {
  const found = prepared.results.get(id);
  if (!found) throw new Error(`the study has no result ${id}`);
  return found;
}
