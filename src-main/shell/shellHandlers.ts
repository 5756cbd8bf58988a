import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { BackupMeans } from "./backups.ts";
import { createBackups } from "./backups.ts";
import type { KeychainMeans } from "./keychain.ts";
import { createKeychain } from "./keychain.ts";
import type { ProjectorMeans } from "./projector.ts";
import { createProjector } from "./projector.ts";
import type { SavingMeans } from "./saving.ts";
import { createSaving } from "./saving.ts";
import type { SystemLockMeans } from "./systemLock.ts";
import { createSystemLock } from "./systemLock.ts";

export interface ShellMeans {
  saving: SavingMeans;
  projector: ProjectorMeans;
  keychain: KeychainMeans;
  backups: BackupMeans;
  systemLock: SystemLockMeans;
}

/** The desktop's own handler table; a missing endpoint is a compile error. */
export function createShellHandlers({
  saving,
  projector,
  keychain,
  backups,
  systemLock,
}: ShellMeans): ShellHandlers {
  return {
    ...createSaving(saving),
    ...createProjector(projector),
    ...createKeychain(keychain),
    ...createBackups(backups),
    ...createSystemLock(systemLock),
  };
}
