/** Bytes as WebCrypto and IndexedDB take them: in memory of their own, not shared. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A case as it lies on the disk. Clear is only what order needs, and nothing in it identifies: a random name, a
 * count, a version and two times. All of it is bound to the payload, so that a change of any byte is found.
 */
export interface StoredRecord {
  /** random; a UUID */
  id: string;
  /** the store's own count of changes, one higher with each: the order of changes, whatever the clock says */
  revision: number;
  /** milliseconds since 1970, by this computer's clock */
  changedAt: number;
  /** when it was put into the bin; 0: it is not there */
  deletedAt: number;
  /** version of the content, see content.ts */
  schema: number;
  /** 12 bytes, fresh with each writing */
  iv: Bytes;
  /** AES-256-GCM of the content as JSON, with its tag of 16 bytes */
  data: Bytes;
}

/** What stands clear in a record. */
export type RecordFacts = Omit<StoredRecord, "iv" | "data">;

export const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
