import type { About, Answer, Estimate } from "../../../src-main/api/contract.ts";
import type { CaseContent, SavedEstimate, SavedNumbers } from "../content.ts";

/** More than anybody keeps of one case; the oldest that was not kept on purpose makes room. */
const MOST_ESTIMATES = 100;

/** An answer as it is saved with a case: inputs, numbers, and the versions that made them. */
export function savedEstimateOf(answer: Answer, about: About, at: number, kept: boolean): SavedEstimate {
  const { patient, modelVersion, study, estimates, status, cautions } = answer;
  return {
    at,
    kept,
    appVersion: about.appVersion,
    modelVersion,
    study,
    patient: { ...patient },
    notEstimated: status === "not-estimated" ? cautions.map(({ code }) => code) : [],
    os: numbersOf(estimates.os),
    pfs: numbersOf(estimates.pfs),
  };
}

function numbersOf(estimate: Estimate | null): SavedNumbers | null {
  if (!estimate) return null;
  const { median, riskGroup, percentile, landmarks } = estimate;
  return {
    median: median.months,
    lower: median.lower,
    upper: median.upper,
    riskGroup,
    percentile,
    survival: landmarks.map(({ months, survival, lower, upper }) => ({ months, survival, lower, upper })),
  };
}

/** What an estimate says, without when it was made. */
const said = ({ at: _at, kept: _kept, appVersion: _app, ...rest }: SavedEstimate): string =>
  JSON.stringify(rest);

/**
 * The estimates of a case after one was shown: it takes the place of the latest that was shown by the same model. One
 * that was kept on purpose, or shown by another model, stays. The same list where there is nothing new.
 */
export function withShown(
  estimates: CaseContent["estimates"],
  shown: SavedEstimate,
): CaseContent["estimates"] {
  const sameModel = (each: SavedEstimate): boolean =>
    !each.kept && each.modelVersion === shown.modelVersion && each.study === shown.study;
  const latest = estimates.find(sameModel);
  if (latest && said(latest) === said(shown)) return estimates;
  return limited([...estimates.filter((each) => !sameModel(each)), shown]);
}

/** The estimates of a case after one was kept on purpose. */
export const withKept = (
  estimates: CaseContent["estimates"],
  kept: SavedEstimate,
): CaseContent["estimates"] => limited([...estimates, { ...kept, kept: true }]);

function limited(estimates: SavedEstimate[]): SavedEstimate[] {
  if (estimates.length <= MOST_ESTIMATES) return estimates;
  const oldest = estimates.find(({ kept }) => !kept) ?? estimates[0];
  return estimates.filter((each) => each !== oldest);
}
