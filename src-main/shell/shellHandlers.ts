import type { PolicyInForce } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { BackupMeans } from "./backups.ts";
import { createBackups } from "./backups.ts";
import type { Events } from "./events.ts";
import type { DiagnosticsMeans } from "./diagnostics.ts";
import { createDiagnostics } from "./diagnostics.ts";
import type { KeychainMeans } from "./keychain.ts";
import { createKeychain } from "./keychain.ts";
import type { LinkMeans } from "./links.ts";
import { createLinks } from "./links.ts";
import type { NoteMeans } from "./notes.ts";
import { createNotes } from "./notes.ts";
import type { Opening } from "./opening.ts";
import { underPolicy } from "./policyTable.ts";
import type { ProjectorMeans } from "./projector.ts";
import { createProjector } from "./projector.ts";
import type { SavingMeans } from "./saving.ts";
import { createSaving } from "./saving.ts";

export interface ShellMeans {
  /** what an administrator has decided: it stands before all others */
  policy: PolicyInForce;
  saving: SavingMeans;
  projector: ProjectorMeans;
  keychain: KeychainMeans;
  backups: BackupMeans;
  diagnostics: DiagnosticsMeans;
  events: Events;
  opening: Opening;
  links: LinkMeans;
  notes: NoteMeans;
}

/** The desktop's own handler table; a missing endpoint is a compile error. */
export function createShellHandlers({
  policy,
  saving,
  projector,
  keychain,
  backups,
  diagnostics,
  events,
  opening,
  links,
  notes,
}: ShellMeans): ShellHandlers {
  const handlers: Omit<ShellHandlers, "policy"> = {
    ...createSaving(saving),
    ...createProjector(projector),
    ...createKeychain(keychain),
    ...createBackups(backups),
    ...createDiagnostics(diagnostics),
    ...events.handlers,
    ...opening.handlers,
    ...createLinks(links),
    ...createNotes(notes),
  };
  return underPolicy(handlers, policy);
}
