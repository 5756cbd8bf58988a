import type { CasesState } from "../cases/casesState.svelte.ts";
import type { BoardCase, BoardState, Taken } from "./boardState.svelte.ts";
import { tidied } from "./boardState.svelte.ts";
import { takenOf } from "./newCase.ts";

/** What has become of stored cases since the board last looked, by their labels. */
export interface Followed {
  /** they show something else now */
  changed: string[];
  /** they are in the bin, or removed */
  left: string[];
  /** they cannot be read: the board shows them as they were */
  unread: string[];
}

export interface FollowMeans {
  board: BoardState;
  /** null: nothing is stored yet, or not looked at */
  cases: () => CasesState | null;
  /** whether the board may change: not while its slides are before an audience */
  mayChange: () => boolean;
}

/** What a board case is to its stored one. */
type Standing = "same" | "behind" | "left" | "back";

/** Of a case that the list does not have because its record cannot be read. */
const DAMAGED = -1;

/**
 * Keeps the board's cases as they are in Cases, and the labels of those in Cases as they are on the board. One thing is
 * done after the other: what is being renamed is not read meanwhile.
 */
export class CaseFollower {
  readonly #means: FollowMeans;
  /** cases that could not be read, and the revision at which that was tried */
  readonly #unread = new Map<string, number>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(means: FollowMeans) {
    this.#means = means;
  }

  /** Whether there is something to {@link follow}; asks the list only. */
  isBehind(): boolean {
    const cases = this.#open();
    if (!cases || !this.#means.mayChange()) return false;
    const standing = standings(cases, this.#unread);
    return this.#means.board.cases.some((each) => standing(each) !== "same");
  }

  /** Brings the board up to date. It never rejects. @returns null: there was nothing to tell */
  follow(): Promise<Followed | null> {
    return this.#next(() => this.#follow());
  }

  /** Gives a case another label; a stored one has it in Cases then. @returns why it keeps the one it had; null: it does not */
  rename(one: BoardCase, label: string): Promise<string | null> {
    const { board } = this.#means;
    if (one.caseId !== null) return this.#next(() => this.#renameStored(one.id, label));
    board.rename(one.id, label);
    return Promise.resolve(null);
  }

  async #follow(): Promise<Followed | null> {
    const { board } = this.#means;
    const cases = this.#open();
    if (!cases || !this.isBehind()) return null;
    const { store } = cases;
    // SECURITY: what was read must not come onto the board after the store is shut.
    const mayGoOn = (): boolean => this.#open()?.store === store && this.#means.mayChange();
    const labels = (ids: readonly string[]): string[] =>
      board.cases.filter(({ caseId, left }) => ids.includes(caseId ?? left ?? "")).map(({ label }) => label);

    const gone = this.#idsThat("left", cases);
    board.findAgain(this.#idsThat("back", cases));
    const behind = this.#idsThat("behind", cases);
    // What is typed and cannot be written is not in the store: the board waits for it.
    const current = cases.current?.id;
    const typed = current !== undefined && behind.includes(current) && !(await cases.flush());
    const read = new Map<string, Taken>();
    const unread: string[] = [];
    for (const id of typed ? behind.filter((each) => each !== current) : behind) {
      const revision = revisionOf(cases, id);
      // One by one: one that is damaged is in nobody's way.
      const found = await store.read(id).catch(() => null);
      if (!mayGoOn()) return null;
      if (found && found.deletedAt === 0) read.set(id, takenOf(found.content, found.revision));
      else if (!found && revision !== null) {
        this.#unread.set(id, revision);
        unread.push(id);
      }
    }
    if (!mayGoOn()) return null;
    board.letGo(gone);
    const changed = board.takeOver(read).map(({ label }) => label);
    const followed = { changed, left: labels(gone), unread: labels(unread) };
    return Object.values(followed).some((each) => each.length > 0) ? followed : null;
  }

  async #renameStored(id: number, label: string): Promise<string | null> {
    const { board } = this.#means;
    const one = board.cases.find((each) => each.id === id);
    const cases = this.#open();
    const text = tidied(label);
    if (!one || !cases || text === "" || text === one.label || text === one.taken?.label) return null;
    if (one.caseId !== null) {
      try {
        await cases.changeEach("edit", [one.caseId], ({ content }) => ({
          content: { ...content, label: text },
        }));
      } catch (error) {
        return troubleOf(error);
      }
    }
    board.rename(id, text);
    return null;
  }

  #idsThat(wanted: Standing, cases: CasesState): string[] {
    const standing = standings(cases, this.#unread);
    const ids = this.#means.board.cases
      .filter((each) => standing(each) === wanted)
      .map(({ caseId, left }) => caseId ?? left!);
    return [...new Set(ids)];
  }

  #open(): CasesState | null {
    const cases = this.#means.cases();
    return cases?.phase.kind === "open" ? cases : null;
  }

  #next<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(task);
    this.#queue = run.catch(() => undefined);
    return run;
  }
}

/** How board cases stand to the list of cases. */
function standings(cases: CasesState, unread: ReadonlyMap<string, number>): (one: BoardCase) => Standing {
  const listed = new Map(cases.listed.map(({ id, revision }) => [id, revision]));
  for (const { id } of cases.damaged) listed.set(id, DAMAGED);
  return ({ caseId, left, taken }) => {
    if (caseId === null) return left !== undefined && listed.has(left) ? "back" : "same";
    const revision = listed.get(caseId);
    if (revision === undefined) return "left";
    return revision === taken?.revision || revision === unread.get(caseId) ? "same" : "behind";
  };
}

function revisionOf(cases: CasesState, id: string): number | null {
  const listed = cases.listed.find((each) => each.id === id);
  if (listed) return listed.revision;
  return cases.damaged.some((each) => each.id === id) ? DAMAGED : null;
}

/** Why something was refused, in words that are fetched when they are needed. */
export async function troubleOf(error: unknown): Promise<string> {
  const { troubleOf: inWords } = await import("../cases/roomState.svelte.ts");
  return inWords(error);
}
