import type { Covariate, ModelWorkings, Study, Tumour } from "../../src-main/api/contract.ts";
import { resultOfCount } from "./links.ts";

export interface MarginRow {
  id: string;
  covariate: Covariate;
  level: string;
  count: number;
  of: number;
  share: number;
  place: string;
  /** the published result that the count is, where the study lists it */
  result: string | null;
}

/** The margins of a tumour's case mix, level by level; the shares are those that the models use. */
export function marginRows(study: Study, tumour: Tumour, workings: readonly ModelWorkings[]): MarginRow[] {
  const shares = workings.flatMap(({ caseMix }, i) =>
    study.models[i]!.tumour === tumour ? caseMix.shares : [],
  );
  return Object.entries(study.caseMix[tumour].levels).flatMap(([name, margin]) => {
    const covariate = name as Covariate;
    const counts = Object.entries(margin.counts);
    const of = counts.reduce((sum, [, count]) => sum + count, 0);
    return counts.flatMap(([level, count]) => {
      const used = shares.find((share) => share.covariate === covariate && share.level === level);
      return used
        ? [
            {
              id: `${covariate}/${level}`,
              covariate,
              level,
              count,
              of,
              share: used.share,
              place: margin.source.place,
              result: resultOfCount(study, tumour, covariate, level, count),
            },
          ]
        : [];
    });
  });
}
