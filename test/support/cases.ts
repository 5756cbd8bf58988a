// First: Dexie looks for a database when it is loaded.
import "fake-indexeddb/auto";
import fc from "fast-check";
import type { CaseContent, SavedNumbers } from "../../src-renderer/cases/content.ts";
import { emptyContent, LABEL_LENGTH, TAG_LENGTH } from "../../src-renderer/cases/content.ts";
import { emptyFollowUp } from "../../src-renderer/cases/followUp/followUp.ts";
import { importKey, newKey } from "../../src-renderer/cases/store/crypto.ts";
import { DatabaseStorage } from "../../src-renderer/cases/store/database.ts";
import { MemoryStorage } from "../../src-renderer/cases/store/memory.ts";
import type { Storage } from "../../src-renderer/cases/store/storage.ts";
import { CaseStore } from "../../src-renderer/cases/store/store.ts";
import { emptyDraft } from "../../src-renderer/patient/draft.ts";

export const CASES_SEED = 20_250_412;
export const T0 = Date.UTC(2025, 3, 12, 9);
export const DAY_MS = 86_400_000;
/** Rounds of a passphrase that cost nothing; what the real ones cost has its own test. */
export const FEW = 3;

/** A UUID that says which it is. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

/** A synthetic case. */
export const caseOf = (label: string, more: Partial<CaseContent> = {}): CaseContent => ({
  ...emptyContent(T0),
  label,
  ...more,
});

/** A case and where it stands, as the store takes it. */
export const changeTo = (
  id: string,
  content: CaseContent | null,
  deletedAt = 0,
): { id: string; content: CaseContent | null; deletedAt: number } => ({ id, content, deletedAt });

export interface Clock {
  now: number;
}

/** A store whose storage, key and clock are in the test's hand. */
export interface Rig {
  storage: Storage;
  store: CaseStore;
  key: CryptoKey;
  /** the store's id */
  id: string;
  clock: Clock;
}

export async function rigOver(storage: Storage, clock: Clock = { now: T0 }, id = idOf(0xabc)): Promise<Rig> {
  const key = await importKey(newKey());
  return {
    ...{ storage, key, id, clock },
    store: await CaseStore.open({ storage, store: id, key, clock: () => clock.now }),
  };
}

/** The same cases, as the next start of the program finds them. */
export const reopened = ({ storage, key, id, clock }: Rig): Promise<CaseStore> =>
  CaseStore.open({ storage, store: id, key, clock: () => clock.now });

let databases = 0;
/** A name that no other database of the test has. */
export const newDatabaseName = (): string => `cases-${++databases}`;

/** Both places where cases lie; `again` is what a restart finds there. */
export const STORAGES: readonly {
  kind: string;
  make: () => Promise<{ storage: Storage; again: () => Promise<Storage> }>;
}[] = [
  {
    kind: "memory",
    make: () => {
      const storage = new MemoryStorage();
      return Promise.resolve({ storage, again: () => Promise.resolve(storage) });
    },
  },
  {
    kind: "database",
    make: async () => {
      const name = newDatabaseName();
      let storage = await DatabaseStorage.open(name);
      const again = async (): Promise<Storage> => {
        storage.close();
        return (storage = await DatabaseStorage.open(name));
      };
      return { storage, again };
    },
  },
];

/** Letters that programs stumble over. */
const LETTERS = [
  ...["a", "Z", "7", " ", "-", '"', "\\", "/", "{", "<", "\0", "\n", "\t", "\u007f", "\u0085"],
  ...[
    "\u00e5",
    "e\u0301",
    "\u00b5",
    "\u2028",
    "\ufb01",
    "\ufeff",
    "\u05d0",
    "\u{1f9ec}",
    "\u{10ffff}",
    "\uffff",
  ],
];
/** Text as people and programs write it. */
export const anyText = (): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...LETTERS) });

/** What every screen may write into a case. */
export const anyCase = (): fc.Arbitrary<CaseContent> => {
  // Half of a pair, too: JSON keeps it.
  const text = (maxLength: number): fc.Arbitrary<string> =>
    fc
      .string({ unit: fc.constantFrom(...LETTERS, "\ud83d"), maxLength: 30 })
      .map((typed) => typed.slice(0, maxLength));
  const estimate = fc.record(
    {
      at: fc.nat(),
      kept: fc.boolean(),
      appVersion: fc.constant("0.1.0"),
      modelVersion: fc.constant("1"),
      study: fc.constant("synthetic"),
      patient: fc.constant({ tumour: "NEC", ageYears: 67, ki67Percent: null }),
      notEstimated: fc.constant<string[]>([]),
      os: fc.constantFrom<SavedNumbers | null>(null, {
        ...{ median: 11.5, lower: null, upper: 14, riskGroup: "middle", percentile: 50 },
        survival: [{ months: 12, survival: 0.5, lower: 0.4, upper: null }],
      }),
      pfs: fc.constant(null),
    },
    { noNullPrototype: true },
  );
  return fc.record(
    {
      label: text(LABEL_LENGTH),
      tags: fc.array(
        text(TAG_LENGTH).filter((tag) => tag !== ""),
        { maxLength: 3 },
      ),
      note: text(60),
      draft: fc.constantFrom(emptyDraft(), {
        ...emptyDraft(),
        ...{ tumour: "NEC" as const, age: "67", ecogPs: 1 as const, primarySite: "colon" as const },
      }),
      endpoint: fc.constantFrom("os", "pfs"),
      comparison: fc.constantFrom(null, { a: { tumour: "NEC" }, b: { tumour: "NEC", ecogPs: 2 } }),
      board: fc.constantFrom(null, { day: "2025-12-12", place: 1.5 }),
      created: fc.nat(),
      estimates: fc.array(estimate, { maxLength: 2 }),
      followUp: fc.constantFrom(null, { ...emptyFollowUp(), regimen: "synthetic", start: "2025-01-02" }),
    },
    { noNullPrototype: true },
  );
};

/** A value with one bit of it the other way; never the value itself. `bit` is taken modulo the value's bits. */
export function flipped<T extends Uint8Array | string | number>(value: T, bit: number): T;
export function flipped(value: Uint8Array | string | number, bit: number): Uint8Array | string | number {
  if (typeof value === "string") {
    const at = Math.floor(bit / 16) % value.length;
    const unit = value.charCodeAt(at) ^ (1 << (bit % 16));
    return value.slice(0, at) + String.fromCharCode(unit) + value.slice(at + 1);
  }
  if (typeof value === "number") {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    view.setUint8((bit >> 3) % 8, view.getUint8((bit >> 3) % 8) ^ (1 << (bit % 8)));
    const other = view.getFloat64(0);
    // Minus zero is zero.
    return other === value ? 1 : other;
  }
  const copy = value.slice();
  const at = (bit >> 3) % copy.length;
  copy[at]! ^= 1 << (bit % 8);
  return copy;
}

// ——— what lies on the disk, past the program ———

export interface RawStore {
  keyPath: string;
  autoIncrement: boolean;
  indexes: { name: string; keyPath: string; unique: boolean; multiEntry: boolean }[];
  rows: unknown[];
}
export interface RawDatabase {
  /** as IndexedDB counts; Dexie's 2 is 20 */
  version: number;
  stores: Record<string, RawStore>;
}

/** A connection past the program; close it before the program deletes or upgrades. */
export async function openRaw(
  name: string,
  version?: number,
  upgrade?: (db: IDBDatabase) => void,
): Promise<IDBDatabase> {
  const asked = indexedDB.open(name, version);
  asked.onupgradeneeded = () => upgrade?.(asked.result);
  return done(asked);
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("refused"));
  });
}

/** Everything in a database: its version, its tables and all their rows. */
export async function dumpOf(name: string): Promise<RawDatabase> {
  const db = await openRaw(name);
  const names = [...db.objectStoreNames].sort();
  const transaction = db.transaction(names);
  const stores: Record<string, RawStore> = {};
  for (const each of names) {
    const store = transaction.objectStore(each);
    const indexes = [...store.indexNames].map((index) => {
      const { name, keyPath, unique, multiEntry } = store.index(index);
      return { name, keyPath: keyPath as string, unique, multiEntry };
    });
    const rows = (await done(store.getAll())) as unknown[];
    stores[each] = { keyPath: store.keyPath as string, autoIncrement: store.autoIncrement, indexes, rows };
  }
  db.close();
  return { version: db.version, stores };
}

/** Makes a database as another version of the program has left it. */
export async function restoreRaw(name: string, { version, stores }: RawDatabase): Promise<void> {
  const db = await openRaw(name, version, (made) => {
    for (const [each, { keyPath, autoIncrement, indexes, rows }] of Object.entries(stores)) {
      const store = made.createObjectStore(each, { keyPath, autoIncrement });
      for (const index of indexes) store.createIndex(index.name, index.keyPath, index);
      for (const row of rows) store.put(row);
    }
  });
  db.close();
}

/** Changes rows past the program, as a failing disk does. */
export function putRaw(db: IDBDatabase, store: string, row: unknown, insteadOf?: IDBValidKey): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, "readwrite");
    if (insteadOf !== undefined) transaction.objectStore(store).delete(insteadOf);
    transaction.objectStore(store).put(row);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
}

export const getRaw = <T>(db: IDBDatabase, store: string, key: IDBValidKey): Promise<T> =>
  done(db.transaction(store).objectStore(store).get(key)) as Promise<T>;

export const deleteDatabase = async (name: string): Promise<void> => {
  await done(indexedDB.deleteDatabase(name));
};

// ——— databases as files ———

const BYTES = "bytes:";

/** JSON in which bytes are base64. */
export const toJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, each: unknown) => (each instanceof Uint8Array ? BYTES + Buffer.from(each).toString("base64") : each),
    2,
  );

export const fromJson = (text: string): unknown =>
  JSON.parse(text, (_, each: unknown) =>
    typeof each === "string" && each.startsWith(BYTES)
      ? new Uint8Array(Buffer.from(each.slice(BYTES.length), "base64"))
      : each,
  );
