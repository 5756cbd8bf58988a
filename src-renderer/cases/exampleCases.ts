import { cases as words } from "../../src-main/words/cases.ts";
import { syntheticCases } from "../board/examples.ts";
import { draftOf } from "../board/draftOf.ts";
import type { CaseContent } from "./content.ts";
import { emptyContent } from "./content.ts";

/** Made-up patients, marked as such in label and tag. */
export const exampleCases = (now: number): CaseContent[] =>
  syntheticCases().map(({ patient, compare }, i) => ({
    ...emptyContent(now),
    label: words.chosen.exampleLabel(i + 1),
    tags: [words.chosen.exampleTag],
    draft: draftOf({ draft: null, patient }),
    comparison: compare ?? null,
  }));
