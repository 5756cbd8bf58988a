import type { Host } from "../../host/host.svelte.ts";
import type { Result } from "../../../src-main/api/contract.ts";
import { writeCaseFile } from "../files/caseFile.ts";
import { DatabaseStorage } from "../store/database.ts";
import type { Bytes } from "../store/record.ts";

/** Where the locked store went; `name` is that of a backup, `path` of a file (null: the browser does not say). */
export type SetAside = { records: number } & ({ name: string } | { path: string | null });

/** The store as it lies on the disk, as a file: no key is needed, and only its passphrase opens it. */
export async function storedFile(
  database: string,
  about: { made: number; appVersion: string },
): Promise<{ bytes: Bytes; records: number }> {
  const storage = await DatabaseStorage.open(database);
  try {
    const header = await storage.readHeader();
    if (!header) throw new Error("there is no store");
    const stored = await storage.get(await storage.ids());
    const records = stored.filter((record) => record !== undefined);
    return {
      bytes: await writeCaseFile(header, records, { kind: "backup", ...about }),
      records: records.length,
    };
  } finally {
    storage.close();
  }
}

/** Saves the locked store where the host keeps backups, or where the user says; null: the user changed their mind. */
export async function setAside(
  host: Host,
  database: string,
  about: { made: number; appVersion: string; fileName: string },
): Promise<Result<SetAside | null>> {
  const { bytes, records } = await storedFile(database, about);
  if (host.capabilities.backups) {
    const written = await host.writeBackup(bytes, "set-aside");
    return written.ok ? { ok: true, value: { records, name: written.value.name } } : written;
  }
  const { fileName: name } = about;
  const saved = await host.saveFile({ name, mimeType: "application/octet-stream", bytes });
  if (!saved.ok) return saved;
  return { ok: true, value: saved.value.saved ? { records, path: saved.value.path } : null };
}
