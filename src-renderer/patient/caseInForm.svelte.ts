import { tick, untrack } from "svelte";
import { cases as caseWords } from "../../src-main/words/cases.ts";
import { screen } from "../../src-main/words/screen.ts";
import type { AppState } from "../appState.svelte.ts";
import type { CasesState, OpenCase } from "../cases/casesState.svelte.ts";
import { NotSaved } from "../cases/casesState.svelte.ts";
import type { CaseContent } from "../cases/content.ts";
import type { EstimateState } from "../estimate/estimateState.svelte.ts";
import type { PatientDraft } from "./draft.ts";
import { emptyDraft, isEmptyDraft, patientOf, sameDraft } from "./draft.ts";

/** What form and case have in common. */
type Entered = Pick<CaseContent, "draft" | "endpoint">;

const same = (a: Entered, b: Entered): boolean => a.endpoint === b.endpoint && sameDraft(a.draft, b.draft);

const enteredIn = (estimate: EstimateState): Entered => ({
  draft: $state.snapshot(estimate.draft),
  endpoint: estimate.endpoint,
});

/**
 * Ties the form to the case that is worked on, whichever room is shown: what is entered in the one stands in the other.
 * A patient who is in no case steps aside while there is one, and comes back afterwards.
 */
export class CaseInForm {
  readonly #app: AppState;
  readonly #cases: CasesState;
  /** patients who were in the form, and in no case, when a case was opened; the latest last */
  #parked = $state.raw<readonly Entered[]>([]);
  /** what form and case last had in common; null: the form's patient is in no case */
  #agreed: (Entered & { id: string }) | null = null;
  /** the form's patient while no case was open */
  #loose: Entered;
  /** whoever has come back by themselves when a case was closed */
  #back = $state.raw<Entered | null>(null);
  /** the case that is being made of the form's patient */
  #saving = false;
  /** whether whoever stepped aside comes back when the case is closed */
  #comesBack = true;

  constructor(app: AppState, cases: CasesState) {
    this.#app = app;
    this.#cases = cases;
    this.#loose = enteredIn(app.estimate);
    $effect.root(() => {
      $effect(() => {
        const entered = enteredIn(app.estimate);
        const { current } = cases;
        untrack(() => this.#settle(entered, current));
      });
      // By itself: an effect that has put another patient into the form does not hear of what is typed there next.
      $effect(() => {
        const entered = enteredIn(app.estimate);
        if (!cases.current && !this.#agreed) this.#loose = entered;
      });
      $effect(() => this.#keepShown());
      $effect(() => this.#grant());
    });
  }

  /** Whoever can be brought back into the empty form, in words; null: nobody waits. */
  readonly waits = $derived.by(() => {
    const last = this.#parked.at(-1);
    return last ? inWords(last) : null;
  });
  /** Whoever has come back by themselves when a case was closed, in words, until something else is entered. */
  readonly cameBack = $derived.by(() => {
    const back = this.#back;
    if (!back || this.#cases.current || !same(back, enteredIn(this.#app.estimate))) return null;
    return inWords(back);
  });

  /** A new case of the patient in the form; it stays there. @throws NotSaved */
  async save(): Promise<string> {
    this.#saving = true;
    try {
      return await this.#cases.newCase(enteredIn(this.#app.estimate));
    } catch (error) {
      this.#saving = false;
      throw error;
    }
  }

  /**
   * Closes the case; the form is empty then, or has whoever was in it before.
   *
   * @param how.empty whoever was in the form before waits
   * @returns whether it could be closed: what is not saved stays
   */
  async close({ empty = false }: { empty?: boolean } = {}): Promise<boolean> {
    this.#comesBack = !empty;
    try {
      await this.#cases.closeCase();
    } catch (error) {
      this.#comesBack = true;
      if (error instanceof NotSaved) return false;
      throw error;
    }
    this.#leave();
    return true;
  }

  bringBack(): void {
    const back = this.#parked.at(-1);
    if (!back) return;
    this.#parked = this.#parked.slice(0, -1);
    this.#back = null;
    void this.#app.estimate.begin(back.draft, back.endpoint);
  }

  /** The store is shut: the case leaves the form at once. Whoever stepped aside was in no case, and waits. */
  shut(): void {
    if (!this.#agreed) return;
    this.#comesBack = false;
    this.#leave();
  }

  #leave(): void {
    if (!this.#agreed) return;
    this.#agreed = null;
    const back = this.#comesBack ? this.#parked.at(-1) : undefined;
    this.#comesBack = true;
    if (back) {
      this.bringBack();
      this.#back = back;
    } else void this.#app.estimate.begin(emptyDraft(), "os");
    this.#loose = enteredIn(this.#app.estimate);
  }

  /** Finds out which of the two has changed, and lets the other one follow. */
  #settle(entered: Entered, current: OpenCase | null): void {
    if (!current) {
      const left = this.#agreed?.id;
      const exists = this.#cases.cases.some(({ id }) => id === left);
      if (left !== undefined && exists) return this.#leave();
      // Taken back as a whole: the patient who was entered is there still, and not stored.
      this.#agreed = null;
      this.#loose = entered;
      return;
    }
    this.#back = null;
    const { estimate } = this.#app;
    const { id, content } = current;
    const stored: Entered = { draft: content.draft, endpoint: content.endpoint };
    const before = this.#agreed;
    if (before?.id !== id && !this.#saving) {
      if (!before && !isEmptyDraft(this.#loose.draft) && !sameDraft(this.#loose.draft, stored.draft))
        this.#parked = [...this.#parked, this.#loose];
      this.#agreed = { id, ...stored };
      if (!same(entered, stored)) void estimate.begin(stored.draft, stored.endpoint);
      return;
    }
    this.#saving = false;
    this.#agreed = { id, ...stored };
    if (same(entered, stored)) return;
    // A case that is being made has the form as it was a moment ago.
    if (before && !same(before, stored)) {
      // Undone, or replaced: the same draft as after any other change, so that what others have hung on it stays.
      Object.assign(estimate.draft, stored.draft);
      estimate.endpoint = stored.endpoint;
      return;
    }
    this.#cases.follow(entered.draft, entered.endpoint);
    this.#rebase(content, entered.draft);
    this.#agreed = { id, ...entered };
  }

  /** What the two versions of a kept comparison share is the patient's, and changes with the patient. */
  #rebase({ draft, comparison }: CaseContent, now: PatientDraft): void {
    if (!comparison) return;
    const [was, is] = [patientOf(draft), patientOf(now)];
    const names = Object.keys({ ...was, ...is }).filter((name) => !alike(was[name], is[name]));
    const follow = (version: Record<string, unknown>): Record<string, unknown> => {
      const shared = names.filter((name) => alike(version[name], was[name]));
      const changed = { ...version, ...Object.fromEntries(shared.map((name) => [name, is[name]])) };
      return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
    };
    if (names.length > 0)
      this.#cases.edit({ comparison: { a: follow(comparison.a), b: follow(comparison.b) } }, "draft", true);
  }

  /** An answer is kept with the case that it is of, and with no other. */
  #keepShown(): void {
    const { estimate, about } = this.#app;
    const { outcome, settled } = estimate;
    const draft = this.#cases.current?.content.draft;
    if (!draft || !about || !settled || outcome.kind !== "answered") return;
    if (sameDraft(draft, estimate.draft)) untrack(() => this.#cases.keepShown(outcome.answer));
  }

  #waited = false;
  /** The patient was to be saved when there was no open store: now there is one, or the user has gone elsewhere. */
  #grant(): void {
    const { wantsCase, navigation } = this.#app;
    const there = navigation.route.room === "cases";
    if (!wantsCase || (this.#waited && !there)) {
      this.#waited = false;
      this.#app.wantsCase = false;
      return;
    }
    this.#waited = there;
    if (this.#cases.phase.kind !== "open") return;
    this.#app.wantsCase = false;
    if (this.#cases.current) return;
    // Where it fails, the patient is in the form still, and not stored.
    void untrack(() => this.save()).then(
      async (id) => {
        navigation.go("cases", `case/${id}`);
        // What the new case wants first; the screen on which it was asked for is gone.
        await tick();
        document.getElementById("case-label")?.focus();
      },
      () => undefined,
    );
  }
}

const inWords = ({ draft }: Entered): string => caseWords.patient(draft) || screen.inCase.somebody;

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
