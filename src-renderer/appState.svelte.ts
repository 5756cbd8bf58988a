import type { About, Study } from "../src-main/api/contract.ts";
import { EstimateState } from "./estimate/estimateState.svelte.ts";
import type { Host } from "./host/host.svelte.ts";
import { Navigation } from "./navigation.svelte.ts";

/** What all rooms share: the host, what the study says, the patient, and where the user is. */
export class AppState {
  readonly host: Host;
  readonly navigation = new Navigation();
  readonly estimate: EstimateState;
  study = $state.raw<Study | null>(null);
  about = $state.raw<About | null>(null);

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
}
