import type { Endpoint } from "../../src-main/api/contract.ts";
import { board as words } from "../../src-main/words/board.ts";
import type { CaseContent } from "../cases/content.ts";
import { LABEL_LENGTH } from "../cases/content.ts";
import type { Day } from "../cases/followUp/followUp.ts";
import type { Host } from "../host/host.svelte.ts";
import type { PatientDraft } from "../patient/draft.ts";
import { patientOf, sameDraft } from "../patient/draft.ts";
import type { Scheme } from "./deck.ts";
import { DeckBuilder } from "./buildDeck.ts";

/** A patient as a request to the core, as `patientOf(draft)` gives it. */
export type PatientRequest = Record<string, unknown>;

/** Two versions of one patient. */
export interface Pair {
  a: PatientRequest;
  b: PatientRequest;
}

/** A stored case, as far as the board shows it, at the time when the board took it over. */
export interface Taken extends Pick<CaseContent, "label" | "draft" | "endpoint" | "comparison"> {
  /** that of the store's list; null: not known, so that it is looked at again */
  revision: number | null;
}

/** One case on the board. The label is its only free text. */
export interface BoardCase {
  readonly id: number;
  readonly label: string;
  /** the user gave the label; otherwise it follows the place of the case */
  readonly named: boolean;
  readonly patient: PatientRequest;
  readonly compare: Pair | null;
  readonly endpoint: Endpoint;
  /** as it was typed, to be corrected; null: only the request is known */
  readonly draft: PatientDraft | null;
  /** of the stored case that it comes from, and follows; null: it is nowhere but here */
  readonly caseId: string | null;
  /** what it has of that case; absent: everything is to be looked at */
  readonly taken?: Taken | undefined;
  /** of the stored case that it came from, which is in the bin now, or removed */
  readonly left?: string | undefined;
}

/** What a case is added from. Without a label it is numbered; without an endpoint it is overall survival. */
export interface NewCase {
  patient: PatientRequest;
  compare?: Pair | null;
  endpoint?: Endpoint;
  label?: string;
  draft?: PatientDraft | null;
  caseId?: string | null;
  taken?: Taken;
}

/** The cases of a board that were saved as a file (boardFile.ts). */
export interface BoardCases {
  /** of the board that was prepared; null: none was */
  day: Day | null;
  scheme: Scheme;
  cases: readonly NewCase[];
}

/** The agenda that was put on the board. */
interface ShownAgenda {
  day: Day;
  /** of the cases that came with it */
  ids: readonly number[];
}

/** A change that can be taken back. */
type Change =
  /** `gone`, of those that stood there before */
  | { kind: "removed"; gone: readonly BoardCase[]; before: readonly BoardCase[] }
  /** another patient has taken the place of one */
  | { kind: "replaced"; gone: readonly [BoardCase] }
  /** an agenda, with these ids, has taken the place of all, and of the agenda before it */
  | { kind: "agenda"; gone: readonly BoardCase[]; shown: readonly number[]; before: ShownAgenda | null }
  /** the cases of a file, with these ids, have taken the place of all, or have come after them: then none is gone */
  | {
      kind: "file";
      gone: readonly BoardCase[];
      shown: readonly number[];
      before: ShownAgenda | null;
      /** null: it is not another one */
      scheme: Scheme | null;
    };

/** The cases chosen for a board meeting, for as long as the window is open. */
export class BoardState {
  cases = $state.raw<readonly BoardCase[]>([]);
  #agenda = $state.raw<ShownAgenda | null>(null);
  /** the day of the board that is prepared, for as long as a case of its agenda is there; null: none is */
  readonly day = $derived(
    this.#agenda && this.cases.some(({ id }) => this.#agenda?.ids.includes(id)) ? this.#agenda.day : null,
  );
  /** the latest last */
  #changes = $state.raw<readonly Change[]>([]);
  /** id of the case that was opened in Estimate to be corrected */
  opened = $state<number | null>(null);
  /** of the slides; independent of the system's */
  scheme = $state<Scheme>("dark");
  /** the slide that is looked at, from 0 */
  slide = $state(0);
  readonly builder: DeckBuilder;
  #nextId = 1;

  constructor(host: Host) {
    this.builder = new DeckBuilder(host);
  }

  /** What undo would take back; null: nothing. */
  readonly undoable = $derived.by(() => {
    const change = this.#changes.at(-1);
    if (!change) return null;
    const shown = change.kind === "file" ? change.shown.length : undefined;
    return { kind: change.kind, labels: change.gone.map(({ label }) => label), shown };
  });

  add(one: NewCase): BoardCase {
    const text = tidied(one.label ?? "");
    const id = this.#nextId++;
    const added: BoardCase = {
      id,
      label: this.#unique(text === "" ? words.caseLabel(this.cases.length + 1) : text, id),
      named: text !== "",
      ...contentOf(one),
    };
    this.cases = [...this.cases, added];
    return added;
  }

  /** Shows the cases of an agenda in place of those that are there. */
  showAgenda(day: Day, agenda: readonly NewCase[]): void {
    const [gone, before] = [this.cases, this.#agenda];
    this.cases = [];
    const shown = agenda.map((one) => this.add(one).id);
    this.#agenda = { day, ids: shown };
    this.opened = null;
    this.slide = 0;
    this.#changes = [...this.#changes, { kind: "agenda", gone, shown, before }];
  }

  /** Shows the cases of a file after those that are there, or in their place; then also its day and its colours. */
  openFile({ day, scheme, cases }: BoardCases, how: "add" | "replace"): void {
    const before = this.#agenda;
    const gone = how === "replace" ? this.cases : [];
    if (how === "replace") this.cases = [];
    const whole = this.cases.length === 0;
    const given = this.cases.filter(({ named }) => named).map(({ label }) => label);
    const added = cases.map((one): BoardCase => {
      const text = tidied(one.label ?? "");
      const named = text !== "";
      const label = named ? freeOf(text, given) : "";
      if (named) given.push(label);
      return { id: this.#nextId++, label, named, ...contentOf(one) };
    });
    this.#arrange([...this.cases, ...added]);
    const shown = added.map(({ id }) => id);
    this.#changes = [
      ...this.#changes,
      { kind: "file", gone, shown, before, scheme: whole ? this.scheme : null },
    ];
    if (!whole) return;
    this.#agenda = day === null ? null : { day, ids: shown };
    this.scheme = scheme;
    this.opened = null;
    this.slide = 0;
  }

  /**
   * Cases take over what has changed in the stored cases that they come from; there is nothing to undo. What a board
   * case has for itself stays, a comparison from Compare for one, unless the patient is another one now.
   *
   * @param stored by their ids, as they stand in the store
   * @returns those that show something else than before
   */
  takeOver(stored: ReadonlyMap<string, Taken>): BoardCase[] {
    const before = this.cases;
    const followed = before.map((was) => following(was, stored.get(was.caseId ?? "")));
    if (followed.every((each, i) => each === before[i])) return [];
    // Two may have exchanged their labels: none of those that are given anew is in the way of another.
    const given = followed.filter(({ named, label }) => named && label !== "").map(({ label }) => label);
    this.#arrange(
      followed.map((each) => {
        if (each.label !== "" || !each.named) return each;
        const label = freeOf(tidied(each.taken!.label), given);
        given.push(label);
        return { ...each, label };
      }),
    );
    return this.cases.filter((each, i) => each.taken !== before[i]!.taken && !looksLike(each, before[i]!));
  }

  /** Stored cases are in the bin, or removed: what the board shows of them is nowhere but here now. */
  letGo(caseIds: readonly string[]): void {
    this.cases = this.cases.map((each) =>
      each.caseId !== null && caseIds.includes(each.caseId)
        ? { ...each, caseId: null, left: each.caseId }
        : each,
    );
  }

  /** They are out of the bin again, or their removal was taken back. */
  findAgain(caseIds: readonly string[]): void {
    this.cases = this.cases.map((each) =>
      each.left !== undefined && caseIds.includes(each.left)
        ? { ...each, caseId: each.left, left: undefined }
        : each,
    );
  }

  /**
   * Stored cases leave the board, and whatever could bring them back: their store is shut. The others stay as they are.
   * SECURITY: a case in the bin is in the store still, and one that was removed must not outlive an erasing here.
   *
   * @param which those that were removed for good; undefined: all that are stored
   */
  leaveStored(which?: readonly string[]): void {
    const isLoose = ({ caseId, left }: BoardCase): boolean => {
      const stored = caseId ?? left;
      return stored === undefined || (which !== undefined && !which.includes(stored));
    };
    if (this.cases.every(isLoose) && this.#changes.every(({ gone }) => gone.every(isLoose))) return;
    this.#changes = this.#changes.flatMap((change): Change[] => {
      const gone = change.gone.filter(isLoose);
      if (change.kind === "replaced") return gone.length > 0 ? [change] : [];
      // What came from a file is loose: it can still be taken back where nothing was in its place.
      if (gone.length === 0 && (change.kind !== "file" || change.gone.length > 0)) return [];
      return change.kind === "removed"
        ? [{ ...change, gone, before: change.before.filter(isLoose) }]
        : [{ ...change, gone }];
    });
    this.#arrange(this.cases.filter(isLoose));
    if (!this.cases.some(({ id }) => id === this.opened)) this.opened = null;
  }

  /** The first case of the same patient; comparisons count. */
  sameAs({ patient, compare = null, endpoint = "os" }: NewCase): BoardCase | undefined {
    const content = (one: Pick<BoardCase, "patient" | "compare" | "endpoint">): string =>
      JSON.stringify([one.patient, one.compare, one.endpoint]);
    const wanted = content({ patient, compare, endpoint });
    return this.cases.find((each) => content(each) === wanted);
  }

  /**
   * Puts another patient in the place of a case; its label stays, unless the patient is of a stored case that has its
   * own. A comparison was with the patient before: it goes.
   */
  replace(id: number, one: NewCase): void {
    const was = this.cases.find((each) => each.id === id);
    if (!was) return;
    const content = contentOf(one);
    const text = content.caseId === null ? null : tidied(one.label ?? "");
    const label = text === null ? {} : { label: this.#unique(text, id), named: text !== "" };
    this.#changes = [...this.#changes, { kind: "replaced", gone: [was] }];
    this.#arrange(this.cases.map((each) => (each === was ? { ...was, ...content, ...label } : each)));
    if (this.opened === id) this.opened = null;
  }

  /**
   * Gives a case another label; one that is stored has got it already (followCases.ts). An empty one is refused: the
   * case keeps the label that it had.
   */
  rename(id: number, label: string): void {
    const text = tidied(label);
    if (text === "") return;
    const was = this.cases.find((each) => each.id === id);
    if (!was || text === was.label) return;
    const taken = was.taken && { ...was.taken, label: text };
    const now = { ...was, label: this.#unique(text, id), named: true, taken };
    this.#arrange(this.cases.map((each) => (each === was ? now : each)));
  }

  remove(id: number): void {
    const gone = this.cases.find((each) => each.id === id);
    if (!gone) return;
    this.#changes = [...this.#changes, { kind: "removed", gone: [gone], before: this.cases }];
    this.#arrange(this.cases.filter((each) => each !== gone));
  }

  clear(): void {
    if (this.cases.length === 0) return;
    this.#changes = [...this.#changes, { kind: "removed", gone: this.cases, before: this.cases }];
    this.cases = [];
  }

  /** Takes the latest change back, one after the other; what was added or renamed since then stays. */
  undo(): void {
    const change = this.#changes.at(-1);
    if (!change) return;
    this.#changes = this.#changes.slice(0, -1);
    if (change.kind === "replaced") {
      const [was] = change.gone;
      this.#arrange(this.cases.map((each) => (each.id === was.id ? asBefore(was, each) : each)));
      return;
    }
    const [before, leaving] = change.kind === "removed" ? [change.before, []] : [change.gone, change.shown];
    if (change.kind !== "removed") this.#agenda = change.before;
    if (change.kind === "file" && change.scheme !== null) this.scheme = change.scheme;
    this.#arrange([
      ...before.map((each) => this.cases.find(({ id }) => id === each.id) ?? each),
      ...this.cases.filter(({ id }) => !leaving.includes(id) && !before.some((each) => each.id === id)),
    ]);
  }

  /** Moves a case by one place: -1 is up. */
  move(id: number, by: -1 | 1): void {
    const from = this.cases.findIndex((each) => each.id === id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.cases.length) return;
    const cases = [...this.cases];
    [cases[from], cases[to]] = [cases[to]!, cases[from]!];
    this.#arrange(cases);
  }

  /** Cases that nobody has named are numbered by their places: what is called out in the room is what stands there. */
  #arrange(cases: readonly BoardCase[]): void {
    const given = cases.filter(({ named }) => named).map(({ label }) => label);
    this.cases = cases.map((each, i) => {
      if (each.named) return each;
      const label = freeOf(words.caseLabel(i + 1), given);
      return label === each.label ? each : { ...each, label };
    });
  }

  /** Two cases of one label could not be told apart in the room: the later one gets a number. */
  #unique(label: string, own: number): string {
    return freeOf(
      label,
      this.cases.filter(({ id }) => id !== own).map((each) => each.label),
    );
  }
}

/** What undo would take back, in words. */
export function undoText({ kind, labels, shown }: NonNullable<BoardState["undoable"]>): string {
  if (kind === "file") return words.room.fromFile(shown!, labels.length);
  if (kind === "agenda") return words.room.agenda(labels.length);
  return kind === "replaced" ? words.room.replaced(labels[0]!) : words.room.removed(labels);
}

/** What a case shows; the form that it comes from goes on changing. */
const contentOf = ({ patient, compare, endpoint, draft, caseId, taken }: NewCase) => ({
  patient: $state.snapshot(patient),
  compare: $state.snapshot(compare) ?? null,
  endpoint: endpoint ?? "os",
  draft: $state.snapshot(draft) ?? null,
  caseId: caseId ?? null,
  taken: $state.snapshot(taken),
  left: undefined,
});

/** A patient who was replaced comes back. The label was the stored case's, if one of the two is stored. */
function asBefore(was: BoardCase, { label, named, caseId }: BoardCase): BoardCase {
  if (caseId === null && was.caseId === null) return { ...was, label, named };
  return { ...was, taken: was.taken && { ...was.taken, revision: null } };
}

/** A case with what has changed in its stored one; where that has another label, it is still to be given (""). */
function following(was: BoardCase, now: Taken | undefined): BoardCase {
  const { taken } = was;
  if (!now || taken?.revision === now.revision) return was;
  const samePatient = taken !== undefined && sameDraft(taken.draft, now.draft);
  const sameComparison = samePatient && alike(taken.comparison, now.comparison);
  const text = tidied(now.label);
  return {
    ...was,
    ...(tidied(taken?.label ?? was.label) === text ? {} : { label: "", named: text !== "" }),
    ...(samePatient ? {} : { patient: same(was.patient, patientOf(now.draft)), draft: now.draft }),
    ...(sameComparison ? {} : { compare: same(was.compare, now.comparison) }),
    ...(taken?.endpoint === now.endpoint ? {} : { endpoint: now.endpoint }),
    taken: now,
  };
}

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** The object that was there, where the new one says the same: what was answered for it is known. */
const same = <T>(was: T, now: T): T => (alike(was, now) ? was : now);
const looksLike = (a: BoardCase, b: BoardCase): boolean =>
  a.label === b.label && a.patient === b.patient && a.compare === b.compare && a.endpoint === b.endpoint;

function freeOf(label: string, taken: readonly string[]): string {
  let free = label;
  for (let n = 2; taken.includes(free); n++) {
    // With its number, too, it is no longer than a case can hold.
    const room = LABEL_LENGTH - words.numberedLabel("", n).length;
    free = words.numberedLabel(label.slice(0, room).trimEnd(), n);
  }
  return free;
}

/** A label as the board has it: in one line, and no longer than a case can hold. */
export const tidied = (label: string): string =>
  label.replace(/\s+/gu, " ").trim().slice(0, LABEL_LENGTH).trimEnd();

const boards = new WeakMap<Host, BoardState>();

/** The board of a host: one for the whole sitting, whoever asks. */
export function boardOf(host: Host): BoardState {
  const board = boards.get(host) ?? newBoard(host);
  if (!boards.has(host)) keepCases(board, host.capabilities.warnsOfLoss);
  boards.set(host, board);
  return board;
}

/** Not a part of the room that asks for it first: what it derives must not end when that room is left. */
function newBoard(host: Host): BoardState {
  let made: BoardState;
  $effect.root(() => {
    made = new BoardState(host);
  });
  return made!;
}

/**
 * Cases that are not stored are nowhere but in this window: no key reloads it while there are any, and closing it asks
 * where it may ask.
 */
function keepCases(board: BoardState, warns: boolean): void {
  const wouldLose = (): boolean => board.cases.some(({ caseId }) => caseId === null);
  addEventListener("keydown", (event) => {
    if (event.key === "F5" && wouldLose()) event.preventDefault();
  });
  if (!warns) return;
  addEventListener("beforeunload", (event) => {
    if (wouldLose()) event.preventDefault();
  });
}
