import type { About, Answer, Estimate } from "../../../src-main/api/contract.ts";
import type { CaseContent, SavedEstimate, SavedNumbers } from "../content.ts";
import { MOST_ESTIMATES } from "../content.ts";

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
  const others = estimates.filter((each) => !sameModel(each));
  if (others.length < MOST_ESTIMATES) return [...others, shown];
  // What was kept on purpose stays; of what was only shown the oldest makes room.
  const oldest = others.find(({ kept }) => !kept);
  return oldest ? [...others.filter((each) => each !== oldest), shown] : estimates;
}

/** The estimates of a case after one was kept on purpose; null: there is no room, and nothing makes any by itself. */
export function withKept(
  estimates: CaseContent["estimates"],
  kept: SavedEstimate,
): CaseContent["estimates"] | null {
  return estimates.length < MOST_ESTIMATES ? [...estimates, { ...kept, kept: true }] : null;
}
