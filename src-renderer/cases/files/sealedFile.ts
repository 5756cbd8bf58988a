import type { DamagedLine } from "../../../src-main/words/caseFiles.ts";
import { CONTENT_VERSION, readContent } from "../content.ts";
import { boundTo, importKey, newKey, NotOpened, open, seal, wipe } from "../store/crypto.ts";
import { keyByPassphrase, makeHeader, provenKey } from "../store/header.ts";
import type { Bytes, RecordFacts, StoredRecord } from "../store/record.ts";
import type { AboutFile, CaseFile } from "./caseFile.ts";
import { reasonOf, writeCaseFile } from "./caseFile.ts";
import type { ImportedCase } from "./importedCase.ts";
import { inChunks } from "../inChunks.ts";
import { parseOutside } from "./parseOutside.ts";

/** A passphrase, or the data key of the store that a backup was made of. */
export type FileKey = { passphrase: string } | { key: CryptoKey };

export interface OpenedFile {
  cases: ImportedCase[];
  /** everything that could not be read, found now or before, in the order of lines */
  damaged: DamagedLine[];
}

/**
 * Opens every record of a file that opens.
 *
 * @throws NotOpened where the key is not this file's
 */
export async function openCaseFile(file: CaseFile, by: FileKey): Promise<OpenedFile> {
  const { header, records } = file;
  const key = "key" in by ? by.key : await provenKey(header, await keyByPassphrase(header, by.passphrase));
  const opened = await inChunks(records, (record) => openRecord(file, key, record));
  const cases = opened.filter((each) => "content" in each);
  const flaws = opened.filter((each) => "reason" in each);
  // A store's own key is not proven by a passphrase: where nothing at all opens, it is another store's.
  if ("key" in by && records.length > 0 && flaws.every(({ reason }) => reason === "tampered")) {
    if (cases.length === 0) throw new NotOpened("the key");
  }
  return { cases, damaged: [...file.damaged, ...flaws].sort((a, b) => a.line - b.line) };
}

async function openRecord(
  { header, lines }: CaseFile,
  key: CryptoKey,
  record: StoredRecord,
): Promise<ImportedCase | DamagedLine> {
  const { iv, data, ...facts } = record;
  const { id, revision, changedAt, deletedAt, schema } = facts;
  try {
    const text = await open(key, { iv, data }, boundTo(header.store, facts));
    return { id, revision, changedAt, deletedAt, content: readContent(parseOutside(text), schema) };
  } catch (error) {
    const line = lines.get(id)!;
    if (error instanceof NotOpened) return { line, id, reason: "tampered", field: null };
    return { line, id, ...reasonOf(error) };
  }
}

/**
 * Chosen cases as a file of their own, under a key of its own: it tells nothing of the store.
 *
 * @param iterations for tests; the recommended cost otherwise
 */
export async function exportCases(
  cases: readonly ImportedCase[],
  passphrase: string,
  { made, appVersion }: Omit<AboutFile, "kind">,
  iterations?: number,
): Promise<Bytes> {
  const store = crypto.randomUUID();
  const bytes = newKey();
  try {
    const header = await makeHeader(bytes, passphrase, {
      ...{ store, created: made },
      ...(iterations === undefined ? {} : { iterations }),
    });
    const key = await importKey(bytes);
    const records = await inChunks(cases, async ({ id, revision, changedAt, deletedAt, content }) => {
      const facts: RecordFacts = { id, revision, changedAt, deletedAt, schema: CONTENT_VERSION };
      return { ...facts, ...(await seal(key, JSON.stringify(content), boundTo(store, facts))) };
    });
    return await writeCaseFile(header, records, { kind: "export", made, appVersion });
  } finally {
    wipe(bytes);
  }
}
