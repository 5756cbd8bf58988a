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
      shares: Record<Endpoint, RiskGroupShares>;
    };

/** What the study says about a tumour, whoever the patient is. */
interface TumourFacts {
  references: Record<Endpoint, ReferenceCurve[]>;
  shares: Record<Endpoint, RiskGroupShares>;
}

/** How long a half-typed number may empty the result before the result is taken away: "6" on the way to "67". */
const PATIENCE_MS = 600;

/** The Estimate room: a draft that is typed, and the outcome that follows it. */
export class EstimateState {
  draft = $state(emptyDraft());
  endpoint = $state<Endpoint>("os");
  outcome = $state.raw<Outcome>({ kind: "waiting", missing: ["tumour", "ageYears", "ecogPs"] });
  /** what is shown is not what is typed any more: dimmed until it is settled */
  stale = $state(false);

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

  problems = $derived(this.outcome.kind === "invalid" ? this.outcome.problems : []);

  /** The first problem of a field, for the words beside it. */
  problemOf(field: string): Problem | undefined {
    return this.problems.find((problem) => problem.field === field);
  }

  /** Back to an empty form and to overall survival: the next patient's first number must not be a PFS by chance. */
  clear(): void {
    this.draft = emptyDraft();
    this.endpoint = "os";
    this.outcome = { kind: "waiting", missing: ["tumour", "ageYears", "ecogPs"] };
  }

  /** Asks the host about a patient. An answer that a later question has overtaken is dropped. */
  async refresh(patient: Record<string, unknown>): Promise<void> {
    const ticket = ++this.#latest;
    const outcome = await this.#ask(patient);
    if (ticket !== this.#latest) return;
    clearTimeout(this.#pending);
    if (isEstimate(this.outcome) && !isEstimate(outcome)) {
      this.stale = true;
      this.#pending = setTimeout(() => this.#show(outcome), PATIENCE_MS);
    } else this.#show(outcome);
  }

  #show(outcome: Outcome): void {
    this.stale = false;
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
