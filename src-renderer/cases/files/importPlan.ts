import type { Change } from "../store/change.ts";
import { LABEL_LENGTH } from "../content.ts";
import type { ImportedCase } from "./importedCase.ts";

/** The same case, here and in the file, and not the same. */
export interface Collision {
  id: string;
  mine: ImportedCase;
  theirs: ImportedCase;
  /** by the clocks of the computers they were changed on; mine where they agree */
  laterIs: "mine" | "theirs";
  /** theirs came in beside mine once already, under this id; null otherwise */
  copy: string | null;
}

/** What an import would do, before it does anything. Every list is in the order of ids, whatever the file's is. */
export interface ImportPlan {
  added: ImportedCase[];
  /** the same content, and in the bin both or neither: nothing to do */
  same: ImportedCase[];
  collisions: Collision[];
  /** mine that the file lacks and that are not in the bin: there they go where the file replaces everything */
  lacking: ImportedCase[];
  /** every label that is taken, here or in the file */
  labels: ReadonlySet<string>;
}

export type Choice = "mine" | "theirs" | "both";

export interface Resolution {
  /** "replace": afterwards the cases are the file's, and choices count for nothing */
  mode: "merge" | "replace";
  choices: ReadonlyMap<string, Choice>;
  /** for collisions without a choice of their own */
  otherwise: Choice | "later";
  /** milliseconds since 1970 */
  now: number;
  newId: () => string;
}

/** A change that never removes anything for good. */
export type ImportChange = Change & { content: NonNullable<Change["content"]> };

export function planImport(
  mine: ReadonlyMap<string, ImportedCase>,
  theirs: readonly ImportedCase[],
): ImportPlan {
  const added: ImportedCase[] = [];
  const same: ImportedCase[] = [];
  const colliding: [mine: ImportedCase, theirs: ImportedCase][] = [];
  for (const each of [...theirs].sort(byId)) {
    const here = mine.get(each.id);
    if (!here) added.push(each);
    else if (isBinned(here) === isBinned(each) && sameValue(here.content, each.content)) same.push(each);
    else colliding.push([here, each]);
  }
  const copyOf = copiesIn(mine);
  const ids = new Set(theirs.map(({ id }) => id));
  return {
    added,
    same,
    collisions: colliding.map(([here, there]) => ({
      id: here.id,
      mine: here,
      theirs: there,
      laterIs: there.changedAt > here.changedAt ? "theirs" : "mine",
      copy: copyOf(there),
    })),
    lacking: [...mine.values()].filter((each) => !ids.has(each.id) && !isBinned(each)).sort(byId),
    labels: new Set([...mine.values(), ...theirs].map(({ content }) => content.label)),
  };
}

/** The changes that carry a plan out: nothing of mine is lost but what was chosen to be replaced. */
export function changesOf(
  plan: ImportPlan,
  { mode, choices, otherwise, now, newId }: Resolution,
): ImportChange[] {
  const labels = new Set(plan.labels);
  // Time in the bin begins with the import: what the file has had there for long would be removed at once.
  const taken = ({ id, content, changedAt, deletedAt }: ImportedCase): ImportChange => ({
    ...{ id, content, changedAt },
    deletedAt: deletedAt === 0 ? 0 : now,
  });
  const beside = (theirs: ImportedCase): ImportChange => {
    const label = numbered(theirs.content.label, labels);
    labels.add(label);
    return { ...taken(theirs), id: newId(), content: { ...theirs.content, label } };
  };
  const chosen = ({ id, laterIs }: Collision): Choice => {
    if (mode === "replace") return "theirs";
    const choice = choices.get(id) ?? otherwise;
    return choice === "later" ? laterIs : choice;
  };
  return [
    ...plan.added.map(taken),
    ...plan.collisions.flatMap((collision) => {
      switch (chosen(collision)) {
        case "mine":
          return [];
        case "theirs":
          return [taken(collision.theirs)];
        case "both":
          return collision.copy === null ? [beside(collision.theirs)] : [];
      }
    }),
    ...(mode === "replace" ? plan.lacking.map(({ id, content }) => ({ id, content, deletedAt: now })) : []),
  ];
}

const byId = (a: ImportedCase, b: ImportedCase): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const isBinned = ({ deletedAt }: ImportedCase): boolean => deletedAt !== 0;

/** Finds a case of mine that is theirs but for its id and the number after its label. */
function copiesIn(mine: ReadonlyMap<string, ImportedCase>): (theirs: ImportedCase) => string | null {
  const alike = new Map<string, ImportedCase[]>();
  for (const each of [...mine.values()].sort(byId)) {
    if (!NUMBER_AT_END.test(each.content.label)) continue;
    const key = roughly(each, each.content.label.replace(NUMBER_AT_END, ""));
    const known = alike.get(key);
    if (known) known.push(each);
    else alike.set(key, [each]);
  }
  return (theirs) =>
    alike
      .get(roughly(theirs, theirs.content.label))
      ?.find(
        (here) =>
          here.id !== theirs.id &&
          isBinned(here) === isBinned(theirs) &&
          isNumbered(here.content.label, theirs.content.label) &&
          sameValue({ ...here.content, label: "" }, { ...theirs.content, label: "" }),
      )?.id ?? null;
}

/** What a case and its copy share at a glance: of a long label, what no number takes the place of. */
const roughly = ({ content }: ImportedCase, label: string): string =>
  `${content.created} ${label.slice(0, LABEL_LENGTH - 20).trimEnd()}`;
const NUMBER_AT_END = /\((\d{1,6})\)$/;

/** "Case (2)", or the next number that nobody has, as long as a label may be. */
export function numbered(label: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const candidate = withNumber(label, number);
    if (!taken.has(candidate)) return candidate;
  }
}

function withNumber(label: string, number: number): string {
  const end = `(${number})`;
  if (label === "") return end;
  const room = LABEL_LENGTH - end.length - 1;
  // A character of two halves is kept or cut whole.
  const kept = label.slice(0, room).replace(/[\ud800-\udbff]$/, "");
  return `${kept.trimEnd()} ${end}`;
}

function isNumbered(label: string, original: string): boolean {
  const number = NUMBER_AT_END.exec(label)?.[1];
  return number !== undefined && withNumber(original, Number(number)) === label;
}

/** Whether two values of JSON are the same, whatever the order of their names. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        sameValue((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
    )
  );
}
