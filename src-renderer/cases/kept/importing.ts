import type { Choice, ImportChange, ImportPlan } from "../files/importPlan.ts";
import type { ImportedCase } from "../files/importedCase.ts";
import type { CaseStore } from "../store/store.ts";
import { CaseDamaged, CaseGone } from "../store/store.ts";

/** What stands here before an import. */
export interface Mine {
  mine: ReadonlyMap<string, ImportedCase>;
  /** ids of what is stored and cannot be read */
  unreadable: ReadonlySet<string>;
}
export const NOTHING: Mine = { mine: new Map(), unreadable: new Set() };

/** What an import has done, in numbers. */
export interface Outcome {
  added: number;
  replaced: number;
  binned: number;
}

export type Choices = ReadonlyMap<string, Choice>;
export const NO_CHOICES: Choices = new Map();

/** @param choice null: as it is for all */
export function withChoice(choices: Choices, id: string, choice: Choice | null): Choices {
  const changed = new Map(choices);
  if (choice === null) changed.delete(id);
  else changed.set(id, choice);
  return changed;
}

export function outcomeOf(
  plan: ImportPlan,
  changes: readonly ImportChange[],
  mode: "merge" | "replace",
): Outcome {
  const here = new Set(plan.collisions.map(({ id }) => id));
  const replaced = changes.filter(({ id }) => here.has(id)).length;
  const binned = mode === "replace" ? plan.lacking.length : 0;
  return { replaced, binned, added: changes.length - replaced - binned };
}

/** How many are read at once: one that cannot be read costs the others of its part a second reading. */
const PART = 200;

/** Reads every case that can be read; one that cannot does not keep the others from being compared. */
export async function readMine(store: CaseStore): Promise<Mine> {
  const ids = [...store.cases.keys()];
  const mine = new Map<string, ImportedCase>();
  const unreadable = new Set(store.damaged.keys());
  const skipped = (error: unknown): null => {
    if (error instanceof CaseDamaged || error instanceof CaseGone) return null;
    throw error;
  };
  for (let at = 0; at < ids.length; at += PART) {
    const part = ids.slice(at, at + PART);
    const whole = await store.readMany(part).catch(skipped);
    for (const id of whole ? [] : part) {
      const one = await store.read(id).catch(skipped);
      if (one) mine.set(id, one);
      else unreadable.add(id);
    }
    for (const one of whole ?? []) mine.set(one.id, one);
  }
  return { mine, unreadable };
}

/** A case from a CSV with what no CSV carries, as it stands here: it is neither different nor lost. */
export function withWhatCsvLacks(theirs: ImportedCase, mine: ImportedCase | undefined): ImportedCase {
  if (!mine) return theirs;
  const { estimates, comparison, draft } = mine.content;
  const { alp } = theirs.content.draft;
  const measured = alp === "measured" ? theirs.content.draft : draft;
  const { alpValue, alpLimit, alpUnit } = measured;
  return {
    ...theirs,
    content: {
      ...theirs.content,
      ...{ estimates, comparison },
      draft: { ...theirs.content.draft, alpValue, alpLimit, alpUnit },
    },
  };
}
