import type { Study } from "../../src-main/api/contract.ts";
import { modelRoom } from "../../src-main/words/modelRoom.ts";

/** The seed of the first model's stream, as `baseline.json` records it; each model after it has the next number. */
export const SEED = 20250527;

export const seedsOf = (models: Study["models"]): { model: string; seed: number }[] =>
  models.map(({ tumour, endpoint }, i) => ({
    model: modelRoom.modelShort(tumour, endpoint),
    seed: SEED + i,
  }));
