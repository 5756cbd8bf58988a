import type { ModelWorkings, Study, Tumour } from "../../src-main/api/contract.ts";
import { DECIMALS, exact, modelRoom } from "../../src-main/words/modelRoom.ts";

/** Weak points of the models that have a number. */
export interface Weaknesses {
  /** the model with the fewest patients for each coefficient */
  fewestPatients: { model: string; n: number; coefficients: number };
  /** the largest jump, up or down, of any baseline's hazard between two published times; null where no model has two */
  kink: { model: string; months: number; before: string; after: string } | null;
  /** share of each tumour's case mix whose modelled PFS lies above its modelled OS */
  incoherent: { tumour: Tumour; share: string }[];
}

/** @param workings in the order of the study's models */
export function weaknessesOf({ models }: Study, workings: readonly ModelWorkings[]): Weaknesses {
  const sized = models.map((model, i) => ({
    model: modelRoom.modelShort(model.tumour, model.endpoint),
    n: model.n,
    coefficients: workings[i]!.coefficients.length,
  }));
  const jumps = models.flatMap((model, i) => {
    const { segments } = workings[i]!;
    return segments.slice(1).map(({ from, hazard }, k) => ({
      model: modelRoom.modelShort(model.tumour, model.endpoint),
      months: from.months,
      before: segments[k]!.hazard,
      after: hazard,
    }));
  });
  const size = ({ before, after }: (typeof jumps)[number]): number => Math.abs(Math.log(after / before));
  const kink = jumps.toSorted((a, b) => size(b) - size(a))[0];
  const tumours = [...new Set(models.map(({ tumour }) => tumour))];
  return {
    fewestPatients: sized.toSorted((a, b) => a.n / a.coefficients - b.n / b.coefficients)[0]!,
    kink: kink
      ? {
          ...kink,
          before: exact(kink.before, DECIMALS.hazardInText),
          after: exact(kink.after, DECIMALS.hazardInText),
        }
      : null,
    incoherent: tumours.map((tumour) => ({
      tumour,
      share: modelRoom.percent(
        exact(
          100 * workings[models.findIndex((model) => model.tumour === tumour)]!.pfsAboveOs,
          DECIMALS.share,
        ),
      ),
    })),
  };
}
