import type { Covariate, Study, Tumour } from "../../src-main/api/contract.ts";
import { modelRoom } from "../../src-main/words/modelRoom.ts";
import type { CheckView } from "./checkView.ts";

const words = modelRoom.reporting;

export interface ReportingRow {
  item: string;
  article: string;
  program: string;
}

/** The reporting statement; every published figure in it comes from the study. */
export function reportingRows(
  study: Study,
  check: Pick<CheckView, "inside" | "outside" | "cohortInside">,
): ReportingRow[] {
  const { NEC, NET_G3 } = study.populations;
  const row = (item: keyof typeof words.items, article: string, program: string): ReportingRow => ({
    item: words.items[item],
    article,
    program,
  });
  const value = (id: string): number => valueOf(study, id);
  return [
    row(
      "source",
      words.source.article(value("nec/cohort/registered"), value("nec/cohort/hg-nen-after-reclassification")),
      words.source.program,
    ),
    row(
      "participants",
      words.participants.article({ nec: NEC.n, netG3: NET_G3.n, minen: value("nec/cohort/excluded-minen") }),
      words.participants.program(NEC.ki67NotHighGradeUpTo),
    ),
    row(
      "outcome",
      words.outcome.article(value("nec/cohort/minimum-follow-up")),
      words.outcome.program(
        Math.max(
          ...study.models
            .filter(({ endpoint }) => endpoint === "os")
            .map(({ horizonMonths }) => horizonMonths),
        ),
      ),
    ),
    row(
      "predictors",
      words.predictors.article(covariatesOf(study, "NEC"), covariatesOf(study, "NET_G3")),
      words.predictors.program(NEC.ki67Cut),
    ),
    row(
      "size",
      words.size.article(
        study.models.map(({ tumour, endpoint, n }) => ({ model: modelRoom.modelShort(tumour, endpoint), n })),
      ),
      words.size.program,
    ),
    row(
      "missing",
      words.missing.article({
        ps: [value("nec/missing/ps"), value("net-g3/missing/ps")],
        alp: [value("nec/missing/alp"), value("net-g3/missing/alp")],
      }),
      words.missing.program,
    ),
    row("specification", words.specification.article, words.specification.program),
    row("performance", words.performance.article, words.performance.program(check)),
    row("limitations", words.limitations.article, words.limitations.program),
    row("interpretation", words.interpretation.article, words.interpretation.program),
    row("supplement", words.supplement.article, words.supplement.program(study.citation.correction)),
    row("funding", words.funding.article, words.funding.program),
  ];
}

function covariatesOf(study: Study, tumour: Tumour): Covariate[] {
  const all = study.models
    .filter((model) => model.tumour === tumour)
    .flatMap(({ terms }) => terms.map(({ covariate }) => covariate));
  return [...new Set(all)];
}

/** @throws when the study has no such result: the statement would otherwise say less than it seems to */
function valueOf(study: Study, id: string): number {
  const found = study.results.find((result) => result.id === id);
  if (!found) throw new Error(`the study has no result ${id}`);
  return found.value;
}
