import type { About, Study } from "../src-main/api/contract.ts";
import type { CasesState } from "./cases/casesState.svelte.ts";
import { EstimateState } from "./estimate/estimateState.svelte.ts";
import type { Host } from "./host/host.svelte.ts";
import type { CaseInForm } from "./patient/caseInForm.svelte.ts";
import { Navigation } from "./navigation.svelte.ts";

/** What all rooms share: the host, what the study says, the patient, the cases, and where the user is. */
export class AppState {
  readonly host: Host;
  readonly navigation = new Navigation();
  readonly estimate: EstimateState;
  study = $state.raw<Study | null>(null);
  about = $state.raw<About | null>(null);
  /** the stored cases; null until {@link loadCases} has fetched what they need */
  cases = $state.raw<CasesState | null>(null);
  /** the tie between the form and the case that is worked on; there with {@link cases} */
  caseInForm = $state.raw<CaseInForm | null>(null);
  /** the patient in the form is to be saved as soon as the store is open */
  wantsCase = $state(false);
  /** slides are shown to an audience: nothing may lock the window meanwhile */
  presenting = $state(false);
  #loading: Promise<CasesState> | null = null;

  constructor(host: Host) {
    this.host = host;
    this.estimate = new EstimateState(host);
  }

  /** Asks for what does not depend on a patient. */
  async load(): Promise<void> {
    this.estimate.warm();
    const [about, study] = await Promise.all([
      this.host.request("about", {}),
      this.host.request("study", {}),
    ]);
    if (about.ok) this.about = about.value;
    if (study.ok) this.study = study.value;
  }

  /** Fetches the database and looks what is stored: after the form, which is what the first second is for. */
  loadCases(): Promise<CasesState> {
    this.#loading ??= import("./cases/casesOf.svelte.ts").then(async ({ casesOf }) => {
      const cases = casesOf(this);
      this.cases = cases;
      await cases.start();
      return cases;
    });
    // What could not be fetched can be asked for again.
    this.#loading.catch(() => (this.#loading = null));
    return this.#loading;
  }
}
