import type { About, PolicyInForce, Study } from "../src-main/api/contract.ts";
import { NO_POLICY, STRICTEST } from "../src-main/api/contract.ts";
import type { CasesState } from "./cases/casesState.svelte.ts";
import { EstimateState } from "./estimate/estimateState.svelte.ts";
import type { Host } from "./host/host.svelte.ts";
import type { CaseInForm } from "./patient/caseInForm.svelte.ts";
import { Navigation } from "./navigation.svelte.ts";
import type { Opened } from "./opened/opened.svelte.ts";

/** A file of cases that waits, and whether it is encrypted: then a store can begin with it. */
export interface FileForCases {
  file: File;
  sealed: boolean;
}

/** What all rooms share: the host, what the study says, the patient, the cases, and where the user is. */
export class AppState {
  readonly host: Host;
  readonly navigation = new Navigation();
  readonly estimate: EstimateState;
  study = $state.raw<Study | null>(null);
  about = $state.raw<About | null>(null);
  /** what an administrator has decided; nothing, until {@link loadPolicy} has asked */
  inForce = $state.raw<PolicyInForce>(NO_POLICY);
  readonly policy = $derived(this.inForce.policy);
  /** the stored cases; null until {@link loadCases} has fetched what they need */
  cases = $state.raw<CasesState | null>(null);
  /** the tie between the form and the case that is worked on; there with {@link cases} */
  caseInForm = $state.raw<CaseInForm | null>(null);
  /** the patient in the form is to be saved as soon as the store is open */
  wantsCase = $state(false);
  /** slides are shown to an audience: nothing may lock the window meanwhile */
  presenting = $state(false);
  /** a file of cases that the user has opened; it waits until the store is open and Cases takes it */
  fileForCases = $state.raw<FileForCases | null>(null);
  /** what comes from outside: files and commands of the menu; null until it is fetched */
  opened = $state.raw<Opened | null>(null);
  /** the dialog with the diagnostics is open */
  diagnosing = $state(false);
  #loading: Promise<CasesState> | null = null;
  #asking: Promise<void> | null = null;

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
      this.loadPolicy(),
    ]);
    if (about.ok) this.about = about.value;
    if (study.ok) this.study = study.value;
  }

  /** Asks what an administrator has decided, once. The host holds to it whatever the page makes of it. */
  loadPolicy(): Promise<void> {
    this.#asking ??= this.host.policy().then((asked) => {
      this.inForce = asked.ok ? asked.value : notKnown(asked.message);
    });
    return this.#asking;
  }

  /** Fetches the database and looks what is stored: after the form, which is what the first second is for. */
  loadCases(): Promise<CasesState> {
    const fetched = import("./cases/casesOf.svelte.ts");
    this.#loading ??= Promise.all([fetched, this.loadPolicy()]).then(async ([{ casesOf }]) => {
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

/** As where the file cannot be read: what nobody knows may be forbidden. */
const notKnown = (message: string): PolicyInForce => ({
  policy: STRICTEST,
  files: [],
  problems: [{ file: "policy.json", field: null, value: message, reason: "unreadable" }],
});
