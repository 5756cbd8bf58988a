import type { ModelWorkings, Study } from "../../src-main/api/contract.ts";
import { covariateLabel } from "../../src-main/words/labels.ts";
import { modelRoom } from "../../src-main/words/modelRoom.ts";

type PublishedModel = Study["models"][number];
type Printed = PublishedModel["terms"][number] & { kind: "linear" };

/** A coefficient as the article prints it. */
export interface PrintedRow {
  label: string;
  printed: Pick<Printed, "hazardRatio" | "lower" | "upper">;
  /** as printed: "0.015", "< 0.001"; null where none is printed */
  p: string | null;
  /** from which printed figure the standard error is taken */
  from: "interval" | "p";
  place: string;
}

export interface CoefficientRow extends PrintedRow {
  id: string;
  beta: number;
  standardError: number;
}

const written = (p: Printed["p"]): string | null =>
  p === undefined ? null : modelRoom.coefficients.pValue(p.relation, p.value);

/** Table 3 of one model, in the order of its coefficients. */
export function printedRows(model: PublishedModel): PrintedRow[] {
  return model.terms.flatMap((term): PrintedRow[] =>
    term.kind === "linear"
      ? [
          {
            label: modelRoom.calculation.perYear(term.centre),
            printed: term,
            p: written(term.p),
            from: term.standardErrorFrom,
            place: term.source.place,
          },
        ]
      : term.levels.map((level) => ({
          label: modelRoom.coefficientLabel(term.covariate, level.level, term.reference),
          printed: level,
          p: written(level.p),
          from: "interval",
          place: level.source.place,
        })),
  );
}

/** The same with β and SE(β). */
export function coefficientRows(model: PublishedModel, { coefficients }: ModelWorkings): CoefficientRow[] {
  const rows = printedRows(model);
  return coefficients.map(({ covariate, level, beta, standardError }, j) => ({
    id: `${covariate}/${level ?? ""}`,
    beta,
    standardError,
    ...rows[j]!,
  }));
}

/** What the study's file notes about its models and their covariates, each with its model. */
export function notesOf(models: readonly PublishedModel[]): string[] {
  return models.flatMap((model) => {
    const name = modelRoom.modelShort(model.tumour, model.endpoint);
    const terms = model.terms.flatMap(({ covariate, source }) =>
      source.note === undefined
        ? []
        : [modelRoom.coefficients.note(name, covariateLabel(covariate), source.note)],
    );
    return [
      ...(model.source.note === undefined
        ? []
        : [modelRoom.coefficients.note(name, null, model.source.note)]),
      ...terms,
    ];
  });
}
