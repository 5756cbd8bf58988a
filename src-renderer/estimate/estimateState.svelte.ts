import type {
  Answer,
  Endpoint,
  Failure,
  GroupOfPatient,
  Patient,
  Problem,
  ReferenceCurve,
  Tumour,
} from "../../src-main/api/contract.ts";
import type { Host } from "../host/host.svelte.ts";
import { emptyDraft, patientOf } from "../patient/draft.ts";

/** What the result pane shows. */
export type Outcome =
  | { kind: "waiting"; missing: string[] }
  | { kind: "invalid"; problems: Problem[] }
  | { kind: "failed"; failure: Failure }
  | {
      kind: "answered";
      answer: Answer;
      groups: Record<Endpoint, GroupOfPatient[]>;
      references: Record<Endpoint, ReferenceCurve[]>;
    };

/** The Estimate room: a draft that is typed, and the outcome that follows it. */
export class EstimateState {
  draft = $state(emptyDraft());
  endpoint = $state<Endpoint>("os");
  outcome = $state.raw<Outcome>({ kind: "waiting", missing: ["tumour", "ageYears", "ecogPs"] });

  readonly #host: Host;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache nobody renders
  readonly #references = new Map<Tumour, Promise<Record<Endpoint, ReferenceCurve[]> | Failure>>();
  #latest = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The draft as a request, read anew whenever a field changes. */
  readonly request = $derived(patientOf(this.draft));

  problems = $derived(this.outcome.kind === "invalid" ? this.outcome.problems : []);

  /** The first problem of a field, for the words beside it. */
  problemOf(field: string): Problem | undefined {
    return this.problems.find((problem) => problem.field === field);
  }

  clear(): void {
    this.draft = emptyDraft();
  }

  /** Asks the host about a patient. An answer that a later question has overtaken is dropped. */
  async refresh(patient: Record<string, unknown>): Promise<void> {
    const ticket = ++this.#latest;
    const outcome = await this.#ask(patient);
    if (ticket === this.#latest) this.outcome = outcome;
  }

  async #ask(patient: Record<string, unknown>): Promise<Outcome> {
    const [answer, groups] = await Promise.all([
      this.#host.request("estimate", { patient }),
      this.#host.request("groups", { patient }),
    ]);
    if (!answer.ok) return outcomeOf(answer);
    if (!groups.ok) return { kind: "failed", failure: groups };
    const references = await this.#referencesOf(answer.value.patient);
    if ("ok" in references) return { kind: "failed", failure: references };
    return { kind: "answered", answer: answer.value, groups: groups.value, references };
  }

  /** Reference curves do not depend on the patient: one question per tumour. */
  #referencesOf({ tumour }: Patient): Promise<Record<Endpoint, ReferenceCurve[]> | Failure> {
    let known = this.#references.get(tumour);
    if (!known) {
      known = Promise.all([
        this.#host.request("referenceCurves", { tumour, endpoint: "os" }),
        this.#host.request("referenceCurves", { tumour, endpoint: "pfs" }),
      ]).then(([os, pfs]) => (!os.ok ? os : !pfs.ok ? pfs : { os: os.value, pfs: pfs.value }));
      this.#references.set(tumour, known);
    }
    return known;
  }
}

/** Only required fields missing: the form is simply not filled in yet. Anything else is an error to be named. */
function outcomeOf(failure: Failure): Outcome {
  if (failure.code !== "invalid-patient") return { kind: "failed", failure };
  const problems = failure.problems ?? [];
  const wrong = problems.filter((problem) => problem.code !== "missing" || problem.field.startsWith("alp."));
  return wrong.length > 0
    ? { kind: "invalid", problems: wrong }
    : { kind: "waiting", missing: problems.map(({ field }) => field) };
}
