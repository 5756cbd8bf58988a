import type { ModelWorkings, Study } from "../../src-main/api/contract.ts";
import { resultOfAnchor } from "./links.ts";

type PublishedModel = Study["models"][number];

export interface BaselineRow {
  months: number;
  /** of the whole cohort, as printed; null where the curve is only prolonged to its horizon */
  survival: number | null;
  /** constant up to this time, per month */
  hazard: number;
  cumulativeHazard: number;
  place: string | null;
  result: string | null;
}

/** The points of a model's baseline: each published time, and the horizon where it lies past the last of them. */
export function baselineRows(
  study: Study,
  model: PublishedModel,
  { segments }: ModelWorkings,
): BaselineRow[] {
  return model.anchors.flatMap((anchor, i) => {
    const { from, to, hazard } = segments[i]!;
    const published: BaselineRow = {
      months: anchor.months,
      survival: anchor.survival,
      hazard,
      cumulativeHazard: from.cumulativeHazard + hazard * (anchor.months - from.months),
      place: anchor.source.place,
      result: resultOfAnchor(study, model, anchor),
    };
    return to.months > anchor.months
      ? [published, { ...to, survival: null, hazard, place: null, result: null }]
      : [published];
  });
}
