import { exp, log } from "../prognosis/elementary.ts";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { hazardAtSurvival, solveBaseline } from "../prognosis/baseline.ts";
import type { CaseMix } from "../prognosis/caseMix.ts";
import { caseMixOf, cellPredictors, solveAgeSpread } from "../prognosis/caseMix.ts";
import type { Coefficient } from "../prognosis/cox.ts";
import { coefficientsOf } from "../prognosis/cox.ts";
import type { Anchor, Baseline, DerivedModel, PublishedModel, Study, Tumour } from "../prognosis/model.ts";
import { MODEL_IDS, TUMOURS } from "../prognosis/model.ts";
import { normalQuantile } from "../prognosis/normal.ts";

const FORMAT_VERSION = 1;
const SEED = 20250527;
const DRAW_COUNT = 1000;
/** Digits kept of a draw: far below what 1,000 draws resolve, and small enough to ship. */
const DRAW_DIGITS = 7;

/**
 * Derives everything that `study.json` implies and the article does not print: σ of the ages, H0 at the published
 * whole-cohort points, and the draws from which intervals are read. Pure: the same study gives the same result.
 *
 * @param inputSha256 hash of the study file, kept so that a stale result can be told
 */
export function buildBaseline(study: Study, inputSha256: string): Baseline {
  const ageSpread = Object.fromEntries(
    TUMOURS.map((tumour) => [tumour, solveAgeSpread(study.caseMix[tumour].ageYears)]),
  ) as Record<Tumour, number>;
  return {
    formatVersion: FORMAT_VERSION,
    study: study.id,
    modelVersion: study.modelVersion,
    inputSha256,
    seed: SEED,
    drawCount: DRAW_COUNT,
    ageSpread,
    models: study.models.map((model) => deriveModel(model, study, ageSpread[model.tumour])),
  };
}

function deriveModel(model: PublishedModel, study: Study, spread: number): DerivedModel {
  const coefficients = coefficientsOf(model);
  const mix = caseMixOf(model, study.caseMix[model.tumour], spread);
  const risks = cellPredictors(
    mix,
    coefficients.map(({ beta }) => beta),
  ).map(exp);
  return {
    id: model.id,
    coefficients: coefficients.map(({ covariate, level }) => ({ covariate, level })),
    baseline: solveBaseline(model.anchors, mix.weights, risks),
    draws: drawModel(model, coefficients, mix, sharedReferenceVariance(model, study)),
  };
}

/**
 * Levels of performance status are compared with one reference group, so their estimates share its variance:
 * Cov(PSj, PSk) = 1/n(PS 0). Every other correlation is unpublished and taken as 0.
 */
function sharedReferenceVariance(model: PublishedModel, study: Study): number {
  const reference = study.caseMix[model.tumour].levels.ecogPs?.counts["0"];
  if (!reference) throw new Error(`no number of patients with PS 0 for ${model.id}`);
  return 1 / reference;
}

function drawModel(
  model: PublishedModel,
  coefficients: readonly Coefficient[],
  mix: CaseMix,
  sharedVariance: number,
): number[][] {
  // Each model has its own stream, so that a change in one leaves the others' draws alone.
  const generator = xoroshiro128plus(SEED + MODEL_IDS.indexOf(model.id));
  const normal = (): number => {
    let u = 0;
    while (u === 0) u = uniformFloat64(generator);
    return normalQuantile(u);
  };
  const draws: number[][] = [];
  while (draws.length < DRAW_COUNT) {
    const shared = Math.sqrt(sharedVariance) * normal();
    const beta = coefficients.map(({ covariate, beta: mean, standardError }) =>
      covariate === "ecogPs"
        ? mean + shared + Math.sqrt(standardError * standardError - sharedVariance) * normal()
        : mean + standardError * normal(),
    );
    const points = model.anchors.map((anchor) => drawAnchor(anchor, normal()));
    if (!fallsStrictly(points)) continue;
    const risks = cellPredictors(mix, beta).map(exp);
    const hazards = points.map(({ survival }) => hazardAtSurvival(survival, mix.weights, risks));
    draws.push(
      [...beta, ...points.map(({ months }) => months), ...hazards].map((x) =>
        Number(x.toPrecision(DRAW_DIGITS)),
      ),
    );
  }
  return draws;
}

/**
 * A whole-cohort point as it might have been: the median log-normal with the SE of its printed interval; survival at
 * a time normal on ln(−ln S) with SE √(S(1 − S)/n)/(S·|ln S|), the binomial SE by the delta method.
 */
function drawAnchor(anchor: Anchor, z: number): { months: number; survival: number } {
  if (anchor.kind === "median") {
    const standardError = (log(anchor.upper) - log(anchor.lower)) / 3.92;
    return { months: anchor.months * exp(standardError * z), survival: anchor.survival };
  }
  const { survival, n } = anchor;
  const standardError = Math.sqrt((survival * (1 - survival)) / n) / (survival * Math.abs(log(survival)));
  const logLog = log(-log(survival)) + standardError * z;
  return { months: anchor.months, survival: exp(-exp(logLog)) };
}

function fallsStrictly(points: readonly { months: number; survival: number }[]): boolean {
  return points.every((point, i) => {
    const before = points[i - 1];
    return !before || (point.months > before.months && point.survival < before.survival);
  });
}

/** The file's text: one line per draw, so that a change shows as lines. */
export function serialiseBaseline(baseline: Baseline): string {
  const marker = "@draws";
  const models = baseline.models.map((model) => ({ ...model, draws: `${marker}${model.id}` }));
  let text = JSON.stringify({ ...baseline, models }, null, 2);
  for (const { id, draws } of baseline.models) {
    const lines = draws.map((draw) => `        [${draw.join(",")}]`).join(",\n");
    text = text.replace(`"${marker}${id}"`, () => `[\n${lines}\n      ]`);
  }
  return `${text}\n`;
}
