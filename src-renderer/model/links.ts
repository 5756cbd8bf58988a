import type { Covariate, Study, Tumour } from "../../src-main/api/contract.ts";

type PublishedModel = Study["models"][number];
type Anchor = PublishedModel["anchors"][number];

/** The published result that a whole-cohort point of a model is, by its id; null where the study lists none. */
export function resultOfAnchor(study: Study, model: PublishedModel, anchor: Anchor): string | null {
  const found = study.results.find(
    (result) =>
      result.tumour === model.tumour &&
      result.endpoint === model.endpoint &&
      (anchor.kind === "median"
        ? result.conditions?.length === 0 && result.value === anchor.months
        : result.measure === "survival" && result.atMonths === anchor.months),
  );
  return found?.id ?? null;
}

/** How the ids of the study's results name a covariate's levels. */
const IN_IDS: Partial<Record<Covariate, string>> = { ecogPs: "ps", alp: "alp", ki67Percent: "ki67" };

/** The published result that a count of the case mix is; null where it was worked out from others. */
export function resultOfCount(
  study: Study,
  tumour: Tumour,
  covariate: Covariate,
  level: string,
  count: number,
): string | null {
  const ending = `/characteristics/${IN_IDS[covariate] ?? covariate}-${level}`;
  const found = study.results.find(
    (result) => result.tumour === tumour && result.id.endsWith(ending) && result.value === count,
  );
  return found?.id ?? null;
}
