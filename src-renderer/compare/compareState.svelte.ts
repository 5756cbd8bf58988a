import type {
  Comparison,
  Endpoint,
  Failure,
  Problem,
  ReferenceCurve,
  Tumour,
} from "../../src-main/api/contract.ts";
import type { AppState } from "../appState.svelte.ts";
import { draftOf } from "../board/draftOf.ts";
import type { EstimateState } from "../estimate/estimateState.svelte.ts";
import type { Host } from "../host/host.svelte.ts";
import type { PatientDraft } from "../patient/draft.ts";
import { patientOf } from "../patient/draft.ts";

/** Fields in which a second version may differ, in the order of the form. */
export const COMPARED_FIELDS = [
  "age",
  "sex",
  "ecogPs",
  "ki67",
  "alp",
  "primarySite",
  "firstLine",
] as const satisfies readonly (keyof PatientDraft)[];
export type ComparedField = (typeof COMPARED_FIELDS)[number];
type Compared = Pick<PatientDraft, ComparedField>;
export type Overrides = Partial<Compared>;

/** Where a problem of the core stands in the form. */
const FIELD_OF_REQUEST: Record<string, ComparedField> = { ageYears: "age", ki67Percent: "ki67" };

export interface Versions {
  a: Record<string, unknown>;
  b: Record<string, unknown>;
}

/** What the result pane shows. */
export type CompareOutcome =
  | { kind: "nothing" }
  | { kind: "invalid"; problems: Problem[] }
  | { kind: "failed"; failure: Failure }
  | { kind: "compared"; comparison: Comparison; references: Record<Endpoint, ReferenceCurve[]> };

/** How long a half-typed number may empty the result before the result is taken away. */
const PATIENCE_MS = 600;

/** Changes belong to the draft they were made for: another patient starts without any. */
interface Changes {
  draft: PatientDraft;
  overrides: Overrides;
  assumed: Overrides;
}

/** A second version of the Estimate room's patient: what differs in it, and the comparison that follows. */
export class CompareState {
  outcome = $state.raw<CompareOutcome>({ kind: "nothing" });
  /** what is shown is not what is typed any more: dimmed until it is settled */
  stale = $state(false);

  readonly #host: Host;
  readonly #estimate: EstimateState;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a cache nobody renders
  readonly #references = new Map<Tumour, Promise<Record<Endpoint, ReferenceCurve[]> | Failure>>();
  #changes = $state.raw<Changes | null>(null);
  #latest = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, estimate: EstimateState) {
    this.#host = host;
    this.#estimate = estimate;
  }

  /** Values of the second version, as they are typed, in the order in which they were chosen. */
  get overrides(): Overrides {
    return this.#own?.overrides ?? NONE;
  }

  set overrides(overrides: Overrides) {
    this.#changes = { draft: this.#estimate.draft, overrides, assumed: this.#own?.assumed ?? NONE };
  }

  /** Values of the first version where the form leaves a field open: for the comparison only. */
  get assumed(): Overrides {
    return this.#own?.assumed ?? NONE;
  }

  get #own(): Changes | null {
    return this.#changes?.draft === this.#estimate.draft ? this.#changes : null;
  }

  readonly fields = $derived(Object.keys(this.overrides) as ComparedField[]);

  /** The three values without which there is no estimate are there. */
  readonly ready = $derived.by(() => {
    const { tumour, age, ecogPs } = this.#estimate.draft;
    return tumour !== null && age.trim() !== "" && ecogPs !== null;
  });

  /** Whether the form leaves a field open, so that the first version may assume a value of it. */
  isOpen(field: ComparedField): boolean {
    const value = this.#estimate.draft[field];
    return value === null || value === "" || (field === "alp" && value === "unknown");
  }

  /** The first version as a draft: the form's, with what is assumed where the form leaves it open. */
  readonly first = $derived.by((): PatientDraft => {
    const draft = this.#estimate.draft;
    const assumed = Object.entries(this.assumed).filter(
      ([field]) => this.isOpen(field as ComparedField) && field in this.overrides,
    );
    return { ...draft, ...Object.fromEntries(assumed) };
  });

  readonly #requests = $derived.by((): Versions | null => {
    if (!this.ready || this.fields.length === 0) return null;
    const a = patientOf(this.first);
    const b = patientOf({ ...this.#estimate.draft, ...this.overrides });
    return JSON.stringify(a) === JSON.stringify(b) ? null : { a, b };
  });

  /** The two versions as patients for the core; null while nothing differs or the patient is not complete. */
  versions(): Versions | null {
    return this.#requests;
  }

  set<F extends ComparedField>(field: F, value: Compared[F]): void {
    this.overrides = { ...this.overrides, [field]: value };
  }

  /** Gives the first version a value that the form leaves open. */
  assume<F extends ComparedField>(field: F, value: Compared[F]): void {
    this.#changes = {
      draft: this.#estimate.draft,
      overrides: this.overrides,
      assumed: { ...this.assumed, [field]: value },
    };
  }

  remove(field: ComparedField): void {
    const without = (values: Overrides): Overrides =>
      Object.fromEntries(Object.entries(values).filter(([name]) => name !== field));
    this.#changes = {
      draft: this.#estimate.draft,
      overrides: without(this.overrides),
      assumed: without(this.assumed),
    };
  }

  clear(): void {
    this.#changes = null;
  }

  /** Has two versions again that were kept: what differs in the second one, and what the first one assumes. */
  restore({ a, b }: Versions): void {
    const [first, second] = [a, b].map((patient) => draftOf({ draft: null, patient })) as [
      PatientDraft,
      PatientDraft,
    ];
    const { draft } = this.#estimate;
    const differing = COMPARED_FIELDS.filter((field) => first[field] !== second[field]);
    const valuesOf = (values: PatientDraft, fields: readonly ComparedField[]): Overrides =>
      Object.fromEntries(fields.map((field) => [field, values[field]]));
    const assumed = differing.filter((field) => this.isOpen(field) && first[field] !== draft[field]);
    this.#changes = { draft, overrides: valuesOf(second, differing), assumed: valuesOf(first, assumed) };
  }

  /** Lets something replace the draft by one of the same patient, as undo does: the changes stay. */
  keepThrough(replace: () => void): void {
    const { overrides, assumed } = this;
    replace();
    this.#changes = { draft: this.#estimate.draft, overrides, assumed };
  }

  /** Adds a field with the value that most likely is meant: the other of two, one PS better; else the patient's own. */
  add(field: ComparedField): void {
    const { tumour, sex, ecogPs, alp, firstLine } = this.#estimate.draft;
    switch (field) {
      case "ecogPs":
        return this.set(field, oneBetter(ecogPs) ?? 1);
      case "sex":
        if (sex === null) this.assume(field, "male");
        return this.set(field, sex === "female" ? "male" : "female");
      case "alp":
        if (alp === "unknown") this.assume(field, "normal");
        return this.set(field, alp === "elevated" ? "normal" : "elevated");
      case "firstLine":
        return tumour === "NET_G3" ? this.#addTreatment() : this.set(field, firstLine);
      default:
        return this.set(field, this.#estimate.draft[field]);
    }
  }

  /** PS now against one better; null where PS is 0 or not given. */
  readonly betterPs = $derived.by((): { from: number; to: NonNullable<PatientDraft["ecogPs"]> } | null => {
    const { ecogPs } = this.#estimate.draft;
    const to = oneBetter(ecogPs);
    return ecogPs === null || to === null ? null : { from: ecogPs, to };
  });

  comparePs(): void {
    const better = this.betterPs;
    if (better) this.overrides = { ecogPs: better.to };
  }

  /** Platinum/etoposide against another first line: the one comparison of treatments that a model has (NET G3). */
  readonly offersTreatment = $derived.by(() => {
    const { tumour, firstLine } = this.#estimate.draft;
    return tumour === "NET_G3" && firstLine !== "none";
  });

  compareTreatment(): void {
    this.overrides = {};
    this.#addTreatment();
  }

  #addTreatment(): void {
    const { firstLine } = this.#estimate.draft;
    if (firstLine === null) this.assume("firstLine", "platinum-etoposide");
    this.set(
      "firstLine",
      firstLine === null || firstLine === "platinum-etoposide" ? "other" : "platinum-etoposide",
    );
  }

  /** The first problem of a field of the second version, named as the form names it. */
  problemOf(field: ComparedField): Problem | undefined {
    const { outcome } = this;
    if (outcome.kind !== "invalid") return undefined;
    return outcome.problems.find((problem) => {
      const [version, name = ""] = problem.field.split(".");
      return version === "b" && (FIELD_OF_REQUEST[name] ?? name) === field;
    });
  }

  /** Asks the host about two versions. An answer that a later question has overtaken is dropped. */
  async refresh(versions: Versions | null): Promise<void> {
    const ticket = ++this.#latest;
    const outcome = versions ? await this.#ask(versions) : ({ kind: "nothing" } as const);
    if (ticket !== this.#latest) return;
    clearTimeout(this.#pending);
    if (this.outcome.kind === "compared" && outcome.kind === "invalid") {
      this.stale = true;
      this.#pending = setTimeout(() => this.#show(outcome), PATIENCE_MS);
    } else this.#show(outcome);
  }

  #show(outcome: CompareOutcome): void {
    this.stale = false;
    this.outcome = outcome;
  }

  async #ask(versions: Versions): Promise<CompareOutcome> {
    const answer = await this.#host.request("compare", versions);
    if (!answer.ok) {
      return answer.code === "invalid-patient"
        ? { kind: "invalid", problems: answer.problems ?? [] }
        : { kind: "failed", failure: answer };
    }
    const references = await this.#referencesOf(answer.value.a.patient.tumour);
    return "ok" in references
      ? { kind: "failed", failure: references }
      : { kind: "compared", comparison: answer.value, references };
  }

  #referencesOf(tumour: Tumour): Promise<Record<Endpoint, ReferenceCurve[]> | Failure> {
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

const NONE: Overrides = {};

const oneBetter = (ps: PatientDraft["ecogPs"]): PatientDraft["ecogPs"] =>
  ps === null || ps === 0 ? null : ((ps - 1) as PatientDraft["ecogPs"]);

const states = new WeakMap<AppState, CompareState>();

/** The comparison of an app; it survives leaving the room. */
export function compareOf(app: AppState): CompareState {
  let state = states.get(app);
  if (!state) {
    // Its own root: what is derived in it must not end with the room that asked first.
    $effect.root(() => {
      state = new CompareState(app.host, app.estimate);
    });
    states.set(app, state!);
  }
  return state!;
}
