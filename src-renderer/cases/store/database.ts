import type { Table, Transaction } from "dexie";
import { Dexie } from "dexie";
import { messageOf } from "../../messageOf.ts";
import type { StoredHeader, StoreHeader } from "./header.ts";
import { isWhole, sum } from "./header.ts";
import type { StoredRecord } from "./record.ts";
import type { Batch, Storage, StoredIndex, StoreSettings, UndoEntry } from "./storage.ts";
import { HeaderDamaged, MOST_UNDO, WrittenElsewhere } from "./storage.ts";

/** Never changed: under another name every stored case would be out of sight. */
export const DATABASE = "hg-nen-prognosis";

/** Every version that was ever written stays declared, so that each can be opened, in order or in one leap. */
export function declareVersions(database: Dexie): void {
  // 1: the records, and what opens them
  database.version(1).stores({ records: "id, revision", meta: "name" });
  // 2: what can be taken back, also after a restart
  database.version(2).stores({ undo: "++seq" });
}
const NEWEST = 2;
/** Dexie counts in tenths. */
const NATIVE = 10;

/** What lies beside the records, each under its name. */
interface Meta {
  header: StoredHeader;
  "header-copy": StoredHeader;
  settings: StoreSettings;
  index: StoredIndex;
  counter: number;
}
interface MetaRow {
  name: keyof Meta;
  value: unknown;
}

/**
 * Whether the system had no room. That a page may store no more has a name of its own; of a disk that is full Chromium
 * says so in an error's text only, and closes the database.
 */
export function isFull(error: unknown): boolean {
  // Dexie wraps what the database threw.
  const errors = [error, (error as { inner?: unknown } | null)?.inner];
  return errors.some(
    (each) =>
      (each as { name?: string } | null | undefined)?.name === "QuotaExceededError" ||
      messageOf(each).includes("FILE_ERROR_NO_SPACE"),
  );
}

/** What lies under the name: nothing, a database of ours, or one of a newer program. */
export type Found = "absent" | "ours" | "newer";

/** Looks without changing or making anything: Dexie would open a newer database without a word. */
export function findDatabase(name = DATABASE, factory: IDBFactory = indexedDB): Promise<Found> {
  return new Promise((resolve, reject) => {
    const asked = factory.open(name);
    let absent = false;
    asked.onupgradeneeded = () => {
      // It is made at this moment: take that back.
      absent = true;
      asked.transaction!.abort();
    };
    asked.onsuccess = () => {
      const { result } = asked;
      const newer = result.version > NEWEST * NATIVE;
      result.close();
      resolve(newer ? "newer" : "ours");
    };
    asked.onerror = () => {
      if (absent) resolve("absent");
      else reject(asked.error ?? new Error("the database was not opened"));
    };
    asked.onblocked = () => reject(new Error("another window keeps the database"));
  });
}

/** Cases in IndexedDB. What is committed is on the disk: the durability is strict. */
export class DatabaseStorage implements Storage {
  readonly #db: Dexie;
  readonly #records: Table<StoredRecord, string>;
  readonly #meta: Table<MetaRow, string>;
  readonly #undo: Table<UndoEntry, number>;
  /** closed by ourselves: Dexie tells both with the same event */
  #leaving = false;

  private constructor(db: Dexie) {
    this.#db = db;
    this.#records = db.table("records");
    this.#meta = db.table("meta");
    this.#undo = db.table("undo");
  }

  /**
   * Opens the database, and makes it where there is none.
   *
   * @param onlost called when it is closed by somebody else: deleted, or taken by the browser; `full`: the disk had no
   * room for what was written last
   */
  static async open(
    name = DATABASE,
    onlost: (how: { full: boolean }) => void = () => undefined,
  ): Promise<DatabaseStorage> {
    const db = new Dexie(name, { chromeTransactionDurability: "strict", autoOpen: false });
    declareVersions(db);
    // Kept open while another window wants to delete or upgrade it: that one waits, and nothing is lost here.
    db.on("versionchange", () => false);
    await db.open();
    const storage = new DatabaseStorage(db);
    let full = false;
    // Why all writings are ended, before the database is closed for it. On the way down: Dexie lets nothing come up.
    db.backendDB().addEventListener(
      "abort",
      ({ target }) => (full = isFull((target as IDBTransaction).error)),
      true,
    );
    db.on("close", () => {
      if (!storage.#leaving) onlost({ full });
    });
    return storage;
  }

  async readHeader(): Promise<StoreHeader | null> {
    const copies = await Promise.all([this.#read("header"), this.#read("header-copy")]);
    if (copies.every((copy) => copy === undefined)) {
      // Records without a header are a damaged store, not a new one.
      if ((await this.#records.count()) > 0) throw new HeaderDamaged();
      return null;
    }
    for (const copy of copies) if (copy && (await isWhole(copy))) return copy.header;
    throw new HeaderDamaged();
  }

  async writeHeader(header: StoreHeader): Promise<void> {
    const value = await sum(header);
    await this.#meta.bulkPut([
      { name: "header", value },
      { name: "header-copy", value },
    ]);
  }

  async readSettings(): Promise<StoreSettings | null> {
    return (await this.#read("settings")) ?? null;
  }

  async writeSettings(value: StoreSettings): Promise<void> {
    await this.#meta.put({ name: "settings", value });
  }

  async readIndex(): Promise<StoredIndex | null> {
    return (await this.#read("index")) ?? null;
  }

  async writeIndex(value: StoredIndex): Promise<void> {
    await this.#meta.put({ name: "index", value });
  }

  async readCounter(): Promise<number> {
    return (await this.#read("counter")) ?? 0;
  }

  count(): Promise<number> {
    return this.#records.count();
  }

  ids(): Promise<string[]> {
    return this.#records.toCollection().primaryKeys();
  }

  changedSince(revision: number): Promise<StoredRecord[]> {
    return this.#records.where("revision").above(revision).toArray();
  }

  get(ids: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    return this.#records.bulkGet([...ids]);
  }

  async commit({ before, after, put, remove, remember, takesBack, forget, index }: Batch): Promise<void> {
    const begun: { transaction?: Transaction } = {};
    const tables = [this.#records, this.#meta, this.#undo];
    try {
      await this.#db.transaction("rw", tables, async (transaction) => {
        begun.transaction = transaction;
        if (((await this.#read("counter")) ?? 0) !== before) throw new WrittenElsewhere();
        if (remember) {
          const ids = [...put.map(({ id }) => id), ...remove];
          const stood = await this.#records.bulkGet(ids);
          await this.#undo.add({ ...remember, ids, before: stood.map((record) => record ?? null) });
          const kept = await this.#undo.count();
          if (kept > MOST_UNDO) await this.#undo.limit(kept - MOST_UNDO).delete();
        }
        if (put.length > 0) await this.#records.bulkPut([...put]);
        if (remove.length > 0) await this.#records.bulkDelete([...remove]);
        if (takesBack !== undefined) await this.#undo.delete(takesBack);
        if (forget) await this.#undo.clear();
        if (index) await this.#meta.put({ name: "index", value: index });
        await this.#meta.put({ name: "counter", value: after });
      });
    } catch (error) {
      // Dexie says what became of a request; why the browser ended them all, the transaction knows: a full disk for one.
      throw begun.transaction?.idbtrans.error ?? error;
    }
  }

  async latestUndo(): Promise<UndoEntry | null> {
    return (await this.#undo.orderBy("seq").last()) ?? null;
  }

  async erase(): Promise<void> {
    this.#leaving = true;
    await this.#db.delete({ disableAutoOpen: true });
  }

  close(): void {
    this.#leaving = true;
    this.#db.close();
  }

  async #read<N extends keyof Meta>(name: N): Promise<Meta[N] | undefined> {
    return (await this.#meta.get(name))?.value as Meta[N] | undefined;
  }
}
