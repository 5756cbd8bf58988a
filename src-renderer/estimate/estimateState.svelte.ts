import type {
  Answer,
  Endpoint,
  Failure,
  GroupOfPatient,
  Problem,
  ReferenceCurve,
  RiskGroupShares,
  Tumour,
} from "../../src-main/api/contract.ts";
import type { Host } from "../host/host.svelte.ts";
import type { PatientDraft } from "../patient/draft.ts";
import { changedFields, emptyDraft, patientOf } from "../patient/draft.ts";

/** What the result pane shows. */
export type Outcome =
  | { kind: "waiting"; missing: string[] }
  /** another patient has taken the form: nothing is shown until the answer is there */
  | { kind: "asking" }
  | { kind: "invalid"; problems: Problem[] }
  | { kind: "failed"; failure: Failure }
  | {
      kind: "answered";
      answer: Answer;
      groups: Record<Endpoint, GroupOfPatient[]>;
      references: Record<Endpoint, ReferenceCurve[]>;
      shares: Record<Endpoint, RiskGroupShares>;
    };

/** What the study says about a tumour, whoever the patient is. */
interface TumourFacts {
  references: Record<Endpoint, ReferenceCurve[]>;
  shares: Record<Endpoint, RiskGroupShares>;
}

/** How long a half-typed number may empty the result before the result is taken away: "6" on the way to "67". */
const PATIENCE_MS = 600;

/** How many changes can be taken back; nobody wants more, and a sitting may be long. */
const MOST_STEPS = 100;

/** The Estimate room: a draft that is typed, and the outcome that follows it. */
export class EstimateState {
  draft = $state(emptyDraft());
  endpoint = $state<Endpoint>("os");
  outcome = $state.raw<Outcome>(unanswered(emptyDraft()));
  /** what is shown is not what is typed any more: dimmed until it is settled */
  stale = $state(false);

  /** the published groups that the user has ticked for a tumour and endpoint; none ticked yet: null */
  #ticked = $state.raw<Record<string, string[]>>({});
  /** the request that the outcome is of, as text; empty: it is of none */
  #answered = $state.raw("");
  #history = $state.raw<PatientDraft[]>([]);
  #before: PatientDraft = emptyDraft();

  readonly #host: Host;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache nobody renders
  readonly #facts = new Map<Tumour, Promise<TumourFacts | Failure>>();
  #latest = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The draft as a request, read anew whenever a field changes. */
  readonly request = $derived(patientOf(this.draft));

  /** What is shown is of the patient who stands in the form. */
  readonly settled = $derived(!this.stale && this.#answered === JSON.stringify(this.request));

  problems = $derived(this.outcome.kind === "invalid" ? this.outcome.problems : []);

  /** The first problem of a field, for the words beside it. */
  problemOf(field: string): Problem | undefined {
    return this.problems.find((problem) => problem.field === field);
  }

  /**
   * Remembers what the draft was before its latest change. Typing in one field is one change, however many keys it
   * takes.
   */
  remember(): void {
    const now = $state.snapshot(this.draft);
    const changed = changedFields(this.#before, now);
    if (changed.length === 0) return;
    const last = this.#history.at(-1);
    const goesOn =
      last !== undefined &&
      changed.length === 1 &&
      isTyped(changed[0]!) &&
      onlyDiffersIn(last, this.#before, changed[0]!);
    if (!goesOn) this.#history = [...this.#history, this.#before].slice(-MOST_STEPS);
    this.#before = now;
  }

  readonly canUndo = $derived(this.#history.length > 0);

  /** Takes the latest change back, a cleared form too. */
  undo(): void {
    const last = this.#history.at(-1);
    if (!last) return;
    this.#history = this.#history.slice(0, -1);
    this.#before = last;
    // The same draft, as after any other change: what others have hung on it stays.
    Object.assign(this.draft, last);
  }

  /** Puts a patient into the form; the one that was there can be had back by undo. */
  show(draft: PatientDraft): void {
    this.draft = { ...draft };
  }

  /**
   * Another patient takes the form: nothing of the one before can be taken back into it, or is seen in the meantime.
   *
   * @returns when this one has been answered
   */
  begin(draft: PatientDraft, endpoint: Endpoint): Promise<void> {
    this.draft = { ...draft };
    this.endpoint = endpoint;
    this.#ticked = {};
    this.#history = [];
    this.#before = { ...draft };
    this.#showNothing();
    return this.refresh(this.request);
  }

  /** Back to an empty form and to overall survival: the next patient's first number must not be a PFS by chance. */
  clear(): void {
    this.draft = emptyDraft();
    this.endpoint = "os";
    this.#ticked = {};
    this.#showNothing();
  }

  #showNothing(): void {
    clearTimeout(this.#pending);
    this.stale = false;
    this.#answered = "";
    this.outcome = unanswered(this.draft);
  }

  /** The ticked groups of what is shown at present; null until a box is ticked: the view then chooses. */
  get ticked(): readonly string[] | null {
    return this.#ticked[this.#shownModel] ?? null;
  }

  /** @param drawn ids of the groups that are drawn at present */
  tick(drawn: readonly string[], id: string, on: boolean): void {
    const rest = drawn.filter((known) => known !== id);
    this.#ticked = { ...this.#ticked, [this.#shownModel]: on ? [...rest, id] : rest };
  }

  get #shownModel(): string {
    return `${this.draft.tumour}/${this.endpoint}`;
  }

  /** Asks the host about a patient. An answer that a later question has overtaken is dropped. */
  async refresh(patient: Record<string, unknown>): Promise<void> {
    const ticket = ++this.#latest;
    const asked = JSON.stringify(patient);
    const outcome = await this.#ask(patient);
    if (ticket !== this.#latest) return;
    clearTimeout(this.#pending);
    if (isEstimate(this.outcome) && mayBeHalfTyped(outcome)) {
      this.stale = true;
      this.#pending = setTimeout(() => this.#show(outcome, asked), PATIENCE_MS);
    } else this.#show(outcome, asked);
  }

  #show(outcome: Outcome, asked: string): void {
    this.stale = false;
    this.#answered = asked;
    this.outcome = outcome;
  }

  /** Asks for what does not depend on the patient ahead of the first one. */
  warm(): void {
    void this.#factsOf("NEC");
    void this.#factsOf("NET_G3");
  }

  async #ask(patient: Record<string, unknown>): Promise<Outcome> {
    const [answer, groups] = await Promise.all([
      this.#host.request("estimate", { patient }),
      this.#host.request("groups", { patient }),
    ]);
    if (!answer.ok) return outcomeOf(answer);
    if (!groups.ok) return { kind: "failed", failure: groups };
    const facts = await this.#factsOf(answer.value.patient.tumour);
    if ("ok" in facts) return { kind: "failed", failure: facts };
    return { kind: "answered", answer: answer.value, groups: groups.value, ...facts };
  }

  #factsOf(tumour: Tumour): Promise<TumourFacts | Failure> {
    let known = this.#facts.get(tumour);
    if (!known) {
      const host = this.#host;
      known = Promise.all([
        host.request("referenceCurves", { tumour, endpoint: "os" }),
        host.request("referenceCurves", { tumour, endpoint: "pfs" }),
        host.request("riskGroups", { tumour, endpoint: "os" }),
        host.request("riskGroups", { tumour, endpoint: "pfs" }),
      ]).then(([os, pfs, osShares, pfsShares]) => {
        if (!os.ok) return os;
        if (!pfs.ok) return pfs;
        if (!osShares.ok) return osShares;
        if (!pfsShares.ok) return pfsShares;
        return {
          references: { os: os.value, pfs: pfs.value },
          shares: { os: osShares.value, pfs: pfsShares.value },
        };
      });
      this.#facts.set(tumour, known);
    }
    return known;
  }
}

/** The required fields that are empty, by the core's names. */
const missingIn = ({ tumour, age, ecogPs }: PatientDraft): string[] => [
  ...(tumour === null ? ["tumour"] : []),
  ...(age.trim() === "" ? ["ageYears"] : []),
  ...(ecogPs === null ? ["ecogPs"] : []),
];

const TYPED = new Set<keyof PatientDraft>(["age", "ki67", "alpValue", "alpLimit"]);
const isTyped = (field: keyof PatientDraft): boolean => TYPED.has(field);

const onlyDiffersIn = (a: PatientDraft, b: PatientDraft, field: keyof PatientDraft): boolean =>
  changedFields(a, b).every((changed) => changed === field) && changedFields(a, b).length === 1;

/** What is shown before the core has been asked. */
function unanswered(draft: PatientDraft): Outcome {
  const missing = missingIn(draft);
  return missing.length > 0 ? { kind: "waiting", missing } : { kind: "asking" };
}

/** Not an answer yet, or one that the next key may change: "1" on the way to a Ki-67 of "15" and "150". */
function mayBeHalfTyped(outcome: Outcome): boolean {
  if (outcome.kind === "failed") return false;
  if (outcome.kind !== "answered") return true;
  const { status, cautions } = outcome.answer;
  return status === "not-estimated" && cautions.every(({ code }) => code === "ki67-not-high-grade");
}

const isEstimate = (outcome: Outcome): boolean =>
  outcome.kind === "answered" && outcome.answer.status !== "not-estimated";

/** Only required fields missing: the form is simply not filled in yet. Anything else is an error to be named. */
function outcomeOf(failure: Failure): Outcome {
  if (failure.code !== "invalid-patient") return { kind: "failed", failure };
  const problems = failure.problems ?? [];
  const wrong = problems.filter((problem) => problem.code !== "missing" || problem.field.startsWith("alp."));
  return wrong.length > 0
    ? { kind: "invalid", problems: wrong }
    : { kind: "waiting", missing: problems.map(({ field }) => field) };
}
