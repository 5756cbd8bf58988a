import type { Result, Saved } from "../../../src-main/api/contract.ts";
import { cases as words } from "../../../src-main/words/cases.ts";
import type { CasesState } from "../casesState.svelte.ts";
import { writeCaseFile } from "../files/caseFile.ts";
import { CONTENT_VERSION } from "../content.ts";
import { boundTo, seal } from "../store/crypto.ts";
import { dayOf } from "../days.ts";

/**
 * Saves the case that the store does not take as a file of its own, where the user says. It is encrypted as the store
 * is and opens with the store's passphrase; Import takes it back. A store of this sitting has none: null.
 */
export async function saveUnsaved(cases: CasesState): Promise<Result<Saved> | null> {
  const { current, header, key } = cases;
  // SECURITY: a sitting's key is wrapped by an empty passphrase.
  if (!current || !header || !key || !cases.durable) return null;
  const made = cases.now();
  const facts = { id: current.id, revision: 1, changedAt: made, deletedAt: 0, schema: CONTENT_VERSION };
  const sealed = await seal(key, JSON.stringify(current.content), boundTo(header.store, facts));
  const about = await cases.host.request("about", {});
  const bytes = await writeCaseFile(header, [{ ...facts, ...sealed }], {
    kind: "export",
    made,
    appVersion: about.ok ? about.value.appVersion : "",
  });
  return cases.host.saveFile({
    name: words.saving.fileName(dayOf(made)),
    mimeType: "application/octet-stream",
    bytes,
  });
}
