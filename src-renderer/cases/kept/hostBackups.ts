import type { BackupFile } from "../../../src-main/api/contract.ts";
import type { Host } from "../../host/host.svelte.ts";

/** Backups to choose from; where none are kept, or they cannot be listed, a file can be chosen. */
export async function hostBackups(host: Host): Promise<readonly BackupFile[]> {
  if (!host.capabilities.backups) return [];
  const listed = await host.listBackups();
  return listed.ok ? listed.value : [];
}
