import { covariateLabel } from "../../src-main/words/labels.ts";
import { modelRoom } from "../../src-main/words/modelRoom.ts";
import type { CalculationView } from "./calculationView.ts";
import { plainFormula } from "./formula.ts";

const { steps, columns, ...words } = modelRoom.calculation;

/** The calculation as text with tabs: a spreadsheet reads its columns, and its minus signs as minus signs. */
export function calculationText(view: CalculationView, origin: string): string {
  const { mixture } = view;
  const heads = (...names: (keyof typeof columns)[]): string[] => names.map((name) => columns[name]);
  const lines: string[][] = [
    [view.name],
    [origin],
    [words.general],
    [],
    [steps.values],
    heads("covariate", "entered", "coded"),
    ...view.values.map(({ covariate, entered, coded }) => [
      covariateLabel(covariate),
      entered ?? words.notKnown,
      coded ?? words.averaged,
    ]),
    [],
    [steps.coefficients],
    heads("coefficient", "ratio", "interval", "beta", "x", "product", "place"),
    ...view.terms.map(({ label, ratio, interval, beta, x, product, place }) => [
      label,
      ratio,
      interval,
      beta,
      x ?? words.averaged,
      product ?? words.averagedTerm,
      place,
    ]),
    [],
    [steps.predictor],
    [view.predictor],
    ...(mixture
      ? [
          [mixture.text],
          heads("cell", "weight", "predictor", "risk"),
          ...mixture.cells.map(({ name, weight, predictor, risk }) => [name, weight, predictor, risk]),
          [mixture.mean],
        ]
      : []),
    [],
    [steps.risk],
    [view.risk],
    [],
    [steps.baseline],
    heads("months", "from", "fromHazard", "hazard", "cumulative"),
    ...view.baseline.map(({ months, from, fromHazard, hazard, cumulative }) => [
      months,
      from,
      fromHazard,
      hazard,
      cumulative,
    ]),
    [],
    [mixture ? steps.survivalMixture : steps.survival],
    mixture
      ? heads("months", "cumulative", "survival", "shown")
      : heads("months", "cumulative", "exponent", "survival", "shown"),
    ...view.survival.map(({ months, cumulative, exponent, survival, shown }) => [
      months,
      cumulative,
      ...(exponent === null ? [] : [exponent]),
      survival,
      shown,
    ]),
    [],
    [steps.median],
    [view.median.half],
    [view.median.line],
    [view.median.shown],
  ];
  return lines
    .map((cells) =>
      cells.map((cell) => plainFormula(cell).replaceAll("\u2212", "-").replaceAll("\u00a0", " ")),
    )
    .map((cells) => cells.join("\t"))
    .join("\n");
}
