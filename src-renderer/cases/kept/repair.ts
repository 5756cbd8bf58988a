import type { CaseFile } from "../files/caseFile.ts";
import { boundTo, NotOpened, open } from "../store/crypto.ts";
import { DatabaseStorage } from "../store/database.ts";
import { keyByPassphrase, provenKey } from "../store/header.ts";

export type Repair =
  | { kind: "repaired"; opened: number }
  | { kind: "wrong-passphrase" }
  /** the backup's key opens none of the records that are stored here */
  | { kind: "another-store" }
  | { kind: "nothing-stored" };

/**
 * Gives a store whose header is damaged the header of a backup, once that is proven to open what is stored. Records stay
 * as they are.
 */
export async function repairStore(
  database: string,
  { header }: Pick<CaseFile, "header">,
  typed: string,
): Promise<Repair> {
  const key = await keyOf(header, typed);
  if (!key) return { kind: "wrong-passphrase" };
  const storage = await DatabaseStorage.open(database);
  try {
    const records = await storage.get(await storage.ids());
    let opened = 0;
    for (const record of records) {
      if (!record) continue;
      const { iv, data, ...facts } = record;
      const text = await open(key, { iv, data }, boundTo(header.store, facts)).catch(() => null);
      if (text !== null) opened++;
    }
    if (records.length === 0) return { kind: "nothing-stored" };
    if (opened === 0) return { kind: "another-store" };
    await storage.writeHeader(header);
    return { kind: "repaired", opened };
  } finally {
    storage.close();
  }
}

async function keyOf(header: CaseFile["header"], passphrase: string): Promise<CryptoKey | null> {
  try {
    return await provenKey(header, await keyByPassphrase(header, passphrase));
  } catch (error) {
    if (error instanceof NotOpened) return null;
    throw error;
  }
}
