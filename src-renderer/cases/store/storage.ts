import type { StoreHeader } from "./header.ts";
import type { Bytes, StoredRecord } from "./record.ts";

/** What a change of the store was, for the words that offer to take it back. */
export const CHANGE_KINDS = [
  "create",
  "edit",
  "duplicate",
  "delete",
  "restore",
  "agenda",
  "tag",
  "import",
  "replace",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A change that can be taken back: what stood there before it, still encrypted. */
export interface UndoEntry {
  /** given by the storage; higher is later */
  seq?: number;
  at: number;
  kind: ChangeKind;
  ids: string[];
  /** in the order of `ids`; null: there was none */
  before: (StoredRecord | null)[];
  /** those of `ids` that could not be read even then; they go back as they are */
  unread: string[];
}

/** The list of all cases, encrypted, as of a revision: so that opening need not decrypt every record. */
export interface StoredIndex {
  revision: number;
  iv: Bytes;
  data: Bytes;
}

/** What is remembered beside the cases; nothing in it is about a patient. */
export interface StoreSettings {
  /** minutes without use until the store locks itself; 0: never */
  idleMinutes: number;
  /** a lock asks for the passphrase also where the keychain could open it again */
  lockAsks: boolean;
  /** the latest time at which the store was open, by this computer's clock */
  lastSeen: number;
  /** the opening at which something in the bin was first found due; null: nothing was */
  dueSince: number | null;
  /** when a backup was last saved as a file, where the host keeps none; null: never, as far as a store knows */
  lastBackupFile: number | null;
}

/** One change of the store: all of it happens, or nothing. */
export interface Batch {
  /** the store's count of changes before and after it; another count before means that somebody else has written */
  before: number;
  after: number;
  put: readonly StoredRecord[];
  remove: readonly string[];
  /** to be remembered for undo, with what stands there now; null: it goes on from the latest entry, or is one itself */
  remember: Pick<UndoEntry, "kind" | "at" | "unread"> | null;
  /** the entry that this change takes back, and drops */
  takesBack?: number;
  /** forget everything that could be taken back: what was removed for good must not come back */
  forget?: boolean;
  /** the list as it stands after the change, where the one that is stored must not outlive it */
  index?: StoredIndex;
}

/** Where records lie: a database on the disk, or memory for one sitting. */
export interface Storage {
  /** null: there is no store. @throws HeaderDamaged */
  readHeader(): Promise<StoreHeader | null>;
  writeHeader(header: StoreHeader): Promise<void>;
  readSettings(): Promise<StoreSettings | null>;
  writeSettings(settings: StoreSettings): Promise<void>;
  readIndex(): Promise<StoredIndex | null>;
  writeIndex(index: StoredIndex): Promise<void>;
  /** the store's count of changes */
  readCounter(): Promise<number>;
  count(): Promise<number>;
  ids(): Promise<string[]>;
  /** records of a higher revision */
  changedSince(revision: number): Promise<StoredRecord[]>;
  get(ids: readonly string[]): Promise<(StoredRecord | undefined)[]>;
  /** @throws WrittenElsewhere where the count is not what the batch says */
  commit(batch: Batch): Promise<void>;
  latestUndo(): Promise<UndoEntry | null>;
  /** removes everything; afterwards there is no store */
  erase(): Promise<void>;
  close(): void;
}

/** Both copies of the header are damaged: no key can be tried. */
export class HeaderDamaged extends Error {
  constructor() {
    super("both copies of the header are damaged");
    this.name = "HeaderDamaged";
  }
}

/** Somebody else has written to the store meanwhile: nothing was written by us. */
export class WrittenElsewhere extends Error {
  constructor() {
    super("the store was changed by another window");
    this.name = "WrittenElsewhere";
  }
}

/** How many changes can be taken back. */
export const MOST_UNDO = 200;
