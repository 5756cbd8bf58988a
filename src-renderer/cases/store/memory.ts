import type { StoreHeader } from "./header.ts";
import type { StoredRecord } from "./record.ts";
import type { Batch, Storage, StoredIndex, StoreSettings, UndoEntry } from "./storage.ts";
import { MOST_UNDO, WrittenElsewhere } from "./storage.ts";

/** A storage for one sitting: nothing is written anywhere. */
export class MemoryStorage implements Storage {
  #header: StoreHeader | null = null;
  #settings: StoreSettings | null = null;
  #index: StoredIndex | null = null;
  #counter = 0;
  #records = new Map<string, StoredRecord>();
  #undo: (UndoEntry & { seq: number })[] = [];
  #nextSeq = 1;

  readHeader(): Promise<StoreHeader | null> {
    return Promise.resolve(this.#header);
  }

  writeHeader(header: StoreHeader): Promise<void> {
    this.#header = header;
    return Promise.resolve();
  }

  readSettings(): Promise<StoreSettings | null> {
    return Promise.resolve(this.#settings);
  }

  writeSettings(settings: StoreSettings): Promise<void> {
    this.#settings = settings;
    return Promise.resolve();
  }

  readIndex(): Promise<StoredIndex | null> {
    return Promise.resolve(this.#index);
  }

  writeIndex(index: StoredIndex): Promise<void> {
    this.#index = index;
    return Promise.resolve();
  }

  readCounter(): Promise<number> {
    return Promise.resolve(this.#counter);
  }

  count(): Promise<number> {
    return Promise.resolve(this.#records.size);
  }

  ids(): Promise<string[]> {
    return Promise.resolve([...this.#records.keys()]);
  }

  changedSince(revision: number): Promise<StoredRecord[]> {
    return Promise.resolve([...this.#records.values()].filter((record) => record.revision > revision));
  }

  get(ids: readonly string[]): Promise<(StoredRecord | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.#records.get(id)));
  }

  commit({ before, after, put, remove, remember, takesBack, forget, index }: Batch): Promise<void> {
    if (this.#counter !== before) return Promise.reject(new WrittenElsewhere());
    if (remember) {
      const ids = [...put.map(({ id }) => id), ...remove];
      const entry = { ...remember, ids, before: ids.map((id) => this.#records.get(id) ?? null) };
      this.#undo = [...this.#undo, { ...entry, seq: this.#nextSeq++ }].slice(-MOST_UNDO);
    }
    for (const record of put) this.#records.set(record.id, record);
    for (const id of remove) this.#records.delete(id);
    if (takesBack !== undefined) this.#undo = this.#undo.filter(({ seq }) => seq !== takesBack);
    if (forget) this.#undo = [];
    if (index) this.#index = index;
    this.#counter = after;
    return Promise.resolve();
  }

  latestUndo(): Promise<UndoEntry | null> {
    return Promise.resolve(this.#undo.at(-1) ?? null);
  }

  erase(): Promise<void> {
    this.#header = null;
    this.#settings = null;
    this.#index = null;
    this.#counter = 0;
    this.#records.clear();
    this.#undo = [];
    return Promise.resolve();
  }

  close(): void {
    // Memory needs no closing.
  }
}
