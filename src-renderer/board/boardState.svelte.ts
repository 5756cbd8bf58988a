import type { Endpoint } from "../../src-main/api/contract.ts";
import { board as words } from "../../src-main/words/board.ts";
import type { Host } from "../host/host.svelte.ts";
import type { Scheme } from "./deck.ts";
import { DeckBuilder } from "./buildDeck.ts";

/** A patient as a request to the core, as `patientOf(draft)` gives it. */
export type PatientRequest = Record<string, unknown>;

/** Two versions of one patient. */
export interface Pair {
  a: PatientRequest;
  b: PatientRequest;
}

/** One case on the board. The label is its only free text. */
export interface BoardCase {
  readonly id: number;
  label: string;
  readonly patient: PatientRequest;
  readonly compare: Pair | null;
  readonly endpoint: Endpoint;
}

/** What a case is added from. Without a label it is numbered; without an endpoint it is overall survival. */
export interface NewCase {
  patient: PatientRequest;
  compare?: Pair | null;
  endpoint?: Endpoint;
  label?: string;
}

/** What the last removal took away, and what stood there before. */
interface Removal {
  labels: string[];
  before: BoardCase[];
}

/** Longest label: two lines of a slide. */
export const LABEL_LENGTH = 80;

/** The cases chosen for a board meeting, for as long as the window is open. */
export class BoardState {
  cases = $state.raw<readonly BoardCase[]>([]);
  removed = $state.raw<Removal | null>(null);
  /** of the slides; independent of the system's */
  scheme = $state<Scheme>("dark");
  /** the slide that is looked at, from 0 */
  slide = $state(0);
  readonly builder: DeckBuilder;
  #nextId = 1;

  constructor(host: Host) {
    this.builder = new DeckBuilder(host);
  }

  add({ patient, compare = null, endpoint = "os", label }: NewCase): BoardCase {
    const added: BoardCase = {
      id: this.#nextId++,
      label: label === undefined ? this.#numbered() : this.#unique(label),
      // the form that it comes from goes on changing
      patient: $state.snapshot(patient),
      compare: $state.snapshot(compare),
      endpoint,
    };
    this.cases = [...this.cases, added];
    return added;
  }

  /** Gives a case another label. An empty one is refused: the case keeps the label that it had. */
  rename(id: number, label: string): void {
    const text = tidied(label);
    if (text === "") return;
    const unique = this.#unique(text, id);
    this.cases = this.cases.map((each) => (each.id === id ? { ...each, label: unique } : each));
  }

  remove(id: number): void {
    const gone = this.cases.find((each) => each.id === id);
    if (!gone) return;
    this.removed = { labels: [gone.label], before: [...this.cases] };
    this.cases = this.cases.filter((each) => each !== gone);
  }

  clear(): void {
    if (this.cases.length === 0) return;
    this.removed = { labels: this.cases.map(({ label }) => label), before: [...this.cases] };
    this.cases = [];
  }

  /** Brings back what the last removal took away, where it stood; what was added or renamed since then stays. */
  undo(): void {
    if (!this.removed) return;
    const { before } = this.removed;
    this.cases = [
      ...before.map((each) => this.cases.find(({ id }) => id === each.id) ?? each),
      ...this.cases.filter(({ id }) => !before.some((each) => each.id === id)),
    ];
    this.removed = null;
  }

  /** Moves a case by one place: -1 is up. */
  move(id: number, by: -1 | 1): void {
    const from = this.cases.findIndex((each) => each.id === id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.cases.length) return;
    const cases = [...this.cases];
    [cases[from], cases[to]] = [cases[to]!, cases[from]!];
    this.cases = cases;
  }

  /** "Case 3": the first number from the count on that no case has. */
  #numbered(): string {
    const taken = this.cases.map(({ label }) => label);
    let n = this.cases.length + 1;
    while (taken.includes(words.caseLabel(n))) n++;
    return words.caseLabel(n);
  }

  /** Two cases of one label could not be told apart in the room: the later one gets a number. */
  #unique(label: string, own?: number): string {
    const text = tidied(label) || this.#numbered();
    const taken = this.cases.filter(({ id }) => id !== own).map((each) => each.label);
    let unique = text;
    for (let n = 2; taken.includes(unique); n++) unique = words.numberedLabel(text, n);
    return unique;
  }
}

const tidied = (label: string): string => label.replace(/\s+/gu, " ").trim().slice(0, LABEL_LENGTH);

const boards = new WeakMap<Host, BoardState>();

/** The board of a host: one for the whole sitting, whoever asks. */
export function boardOf(host: Host): BoardState {
  const board = boards.get(host) ?? new BoardState(host);
  boards.set(host, board);
  return board;
}
