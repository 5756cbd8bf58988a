import type { CaseContent } from "../content.ts";
import { CONTENT_VERSION, ContentError, parseJson, readContent } from "../content.ts";
import type { CaseSummary } from "../summary.ts";
import { summaryOf } from "../summary.ts";
import { breath, CHUNK, inChunks } from "../inChunks.ts";
import type { Change } from "./change.ts";
import { boundTo, NotOpened, open, seal } from "./crypto.ts";
import type { RecordFacts, StoredRecord } from "./record.ts";
import type { Batch, ChangeKind, Storage, StoredIndex, UndoEntry } from "./storage.ts";

/** Of the stored list; one of another version is not read, but made anew of the records. */
const LIST_VERSION = 1;
/** How long a case stays in the bin. */
export const BIN_DAYS = 30;
const DAY_MS = 86_400_000;
/** When a case that was put into the bin has been there for its time. */
export const goesAt = (deletedAt: number): number => deletedAt + BIN_DAYS * DAY_MS;

/** Why a record gives no case. */
export type DamageReason = "tampered" | "newer" | "not-json" | "hostile" | "shape";
export interface DamagedCase {
  id: string;
  reason: DamageReason;
  /** as the list knew it before; null: it was never read */
  label: string | null;
  field: string | null;
}

/** A case that cannot be read; it stays where it is. */
export class CaseDamaged extends Error {
  readonly damage: DamagedCase;
  constructor(damage: DamagedCase) {
    super(`record ${damage.id} cannot be read: ${damage.reason}`);
    this.name = "CaseDamaged";
    this.damage = damage;
  }
}

/** No such case: it was removed for good. */
export class CaseGone extends Error {
  constructor(id: string) {
    super(`there is no case ${id}`);
    this.name = "CaseGone";
  }
}

/** What the stored list holds. */
interface List {
  cases: CaseSummary[];
  damaged: DamagedCase[];
}

/** A case as it stands in the store. */
export interface Case extends RecordFacts {
  content: CaseContent;
}

/** What undo would take back. */
export interface Undoable {
  kind: ChangeKind;
  count: number;
  /** of a single case that is still known; null otherwise */
  label: string | null;
}

export interface StoreMeans {
  storage: Storage;
  /** the store's id, that everything in it is bound to */
  store: string;
  key: CryptoKey;
  clock?: () => number;
}

/**
 * The cases behind an open lock: reads and writes them one change after the other, and knows the list of them all.
 * Every method that changes something resolves once it is durable, and otherwise rejects and has changed nothing.
 */
export class CaseStore {
  readonly #storage: Storage;
  readonly #store: string;
  readonly #key: CryptoKey;
  readonly #clock: () => number;
  readonly #cases = new Map<string, CaseSummary>();
  readonly #damaged = new Map<string, DamagedCase>();
  #counter = 0;
  /** the revision that the stored list is of */
  #indexed = -1;
  #undoable: (UndoEntry & { seq: number }) | null = null;
  /** edits of one case that follow one another are one change, as long as nothing comes between */
  #group: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor({ storage, store, key, clock = Date.now }: StoreMeans) {
    this.#storage = storage;
    this.#store = store;
    this.#key = key;
    this.#clock = clock;
  }

  /** Opens a store whose key is proven, and reads its list. */
  static async open(means: StoreMeans): Promise<CaseStore> {
    const store = new CaseStore(means);
    await store.#load();
    return store;
  }

  /** Every case that can be read, those in the bin too. */
  get cases(): ReadonlyMap<string, CaseSummary> {
    return this.#cases;
  }

  get damaged(): ReadonlyMap<string, DamagedCase> {
    return this.#damaged;
  }

  get undoable(): Undoable | null {
    if (!this.#undoable) return null;
    const { kind, ids } = this.#undoable;
    const [only] = ids;
    return {
      kind,
      count: ids.length,
      label: ids.length === 1 ? (this.#cases.get(only!)?.label ?? null) : null,
    };
  }

  /** The cases that undo would change. */
  get undoableIds(): readonly string[] {
    return this.#undoable?.ids ?? [];
  }

  /** @throws CaseDamaged, CaseGone */
  async read(id: string): Promise<Case> {
    const [found] = await this.readMany([id]);
    return found!;
  }

  /** In the order that was asked for. @throws CaseDamaged, CaseGone */
  async readMany(ids: readonly string[]): Promise<Case[]> {
    const records = await this.#storage.get(ids);
    return inChunks(records, (record, i) => {
      if (!record) throw new CaseGone(ids[i]!);
      return this.#openCase(record);
    });
  }

  /**
   * Writes cases, all or none.
   *
   * @param how.group edits with the same name that follow one another are taken back as one
   * @param how.quiet nothing that a user did: there is nothing to take back
   * @throws ContentError where a content is none that could be read again
   * @throws CaseDamaged where a newer program has written one of them: what only that one knows would be lost
   */
  change(
    kind: ChangeKind,
    changes: readonly Change[],
    { group = null, quiet = false }: { group?: string | null; quiet?: boolean } = {},
  ): Promise<void> {
    return this.#oneAfterAnother(async () => {
      const real = changes.filter(({ id, content }) => content !== null || this.#knows(id));
      if (real.length === 0) return;
      const unread = real.map(({ id }) => this.#damaged.get(id)).filter((damage) => damage !== undefined);
      const newer = unread.find(({ reason }) => reason === "newer");
      if (newer) throw new CaseDamaged(newer);
      const goesOn = quiet || (group !== null && group === this.#group && this.#remembers(real));
      const entry = { kind, at: this.#clock(), unread: unread.map(({ id }) => id) };
      await this.#write(real, { remember: goesOn ? null : entry });
      if (!quiet) this.#group = group;
    });
  }

  /** Takes the latest change back, and says which cases stand differently now; null: there was nothing. */
  undo(): Promise<string[] | null> {
    return this.#oneAfterAnother(async () => {
      const entry = this.#undoable;
      if (!entry) return null;
      const asTheyWere: StoredRecord[] = [];
      const before = await inChunks(entry.before, async (record, i): Promise<Change | null> => {
        const id = entry.ids[i]!;
        // The entry itself is not sealed: what does not fit to the store or to its records is not its own.
        if (record ? record.id !== id : !this.#knows(id)) {
          throw new CaseDamaged({ id, reason: "tampered", label: this.#labelOf(id), field: null });
        }
        if (!record) return { id, content: null, deletedAt: 0 };
        if (entry.unread.includes(id)) {
          asTheyWere.push(record);
          return null;
        }
        const { content, deletedAt } = await this.#openCase(record);
        return { id, content, deletedAt };
      });
      await this.#write(
        before.filter((change) => change !== null),
        { remember: null, takesBack: entry.seq, asTheyWere },
      );
      this.#group = null;
      return entry.ids;
    });
  }

  /**
   * Removes cases for good, damaged ones too, and all that could be taken back with them. The list on the disk is made
   * anew with it: it would still name them.
   */
  purge(ids: readonly string[]): Promise<void> {
    return this.#oneAfterAnother(async () => {
      if (ids.length > 0) await this.#remove(ids);
    });
  }

  /** Cases whose time in the bin is over. */
  expired(now = this.#clock()): string[] {
    return this.binned()
      .filter(({ deletedAt }) => now > goesAt(deletedAt))
      .map(({ id }) => id);
  }

  binned(): CaseSummary[] {
    return [...this.#cases.values()].filter(({ deletedAt }) => deletedAt !== 0);
  }

  /**
   * Removes what has been in the bin for its time, at an opening that is at least a day after one at which it was due
   * already: a clock that is set wrong for a day removes nothing.
   *
   * @param dueSince at which opening something was first found due, as the last call said; null: nothing was
   */
  removeExpired(dueSince: number | null): Promise<{ removed: string[]; dueSince: number | null }> {
    return this.#oneAfterAnother(async () => {
      const now = this.#clock();
      if (this.expired(now).length === 0) return { removed: [], dueSince: null };
      if (dueSince === null || now < dueSince) return { removed: [], dueSince: now };
      if (now - dueSince < DAY_MS) return { removed: [], dueSince };
      const removed = this.expired(dueSince);
      if (removed.length > 0) await this.#remove(removed);
      return { removed, dueSince: this.expired(now).length === 0 ? null : now };
    });
  }

  /** Writes the list, if it has changed: opening is quicker then. */
  saveIndex(): Promise<void> {
    return this.#oneAfterAnother(() =>
      this.#indexed === this.#counter ? Promise.resolve() : this.#writeIndex(),
    );
  }

  /** Reads every record, and says which cannot be read. */
  async verify(): Promise<DamagedCase[]> {
    const ids = await this.#oneAfterAnother(async () => {
      const there = await this.#storage.ids();
      dropMissing(this.#damaged, new Set(there));
      return there;
    });
    for (let at = 0; at < ids.length; at += CHUNK) {
      const part = ids.slice(at, at + CHUNK);
      // Between two changes, never during one: a record that is on its way out would come back into the list.
      await this.#oneAfterAnother(() => this.#admitIds(part));
      await breath();
    }
    return [...this.#damaged.values()];
  }

  /** The records as they are stored, for a backup. */
  async stored(): Promise<StoredRecord[]> {
    const records = await this.#storage.get(await this.#storage.ids());
    return records.filter((record) => record !== undefined);
  }

  /** Resolves when everything that was asked for is done. */
  async settled(): Promise<void> {
    await this.#queue.catch(() => undefined);
  }

  async #load(): Promise<void> {
    this.#counter = await this.#storage.readCounter();
    const known = await this.#readIndex();
    for (const each of known.cases) this.#cases.set(each.id, each);
    for (const each of known.damaged) this.#damaged.set(each.id, each);
    const there = new Set(await this.#storage.ids());
    // Records that were removed after the list was written are in it still.
    dropMissing(this.#cases, there);
    dropMissing(this.#damaged, there);
    const changed = await this.#storage.changedSince(known.revision);
    await this.#admit(changed);
    // What is there and not in the list is read, or said to be unreadable: nothing may be out of sight.
    const fresh = new Set(changed.map(({ id }) => id));
    const unlisted = [...there].filter((id) => !this.#cases.has(id) && !fresh.has(id));
    await this.#admitIds(unlisted);
    this.#indexed = changed.length + unlisted.length === 0 ? known.revision : -1;
    await this.#readUndo();
  }

  async #readUndo(): Promise<void> {
    this.#undoable = (await this.#storage.latestUndo()) as (UndoEntry & { seq: number }) | null;
  }

  /** The stored list; nothing where there is none, or it cannot be read: the records themselves are read then. */
  async #readIndex(): Promise<List & { revision: number }> {
    const none = { revision: -1, cases: [], damaged: [] };
    try {
      const stored = await this.#storage.readIndex();
      // A count that stands before the list's own is not the store's: changes under it would be taken for known.
      if (!stored || stored.revision > this.#counter) return none;
      const text = await open(this.#key, stored, this.#boundIndex(stored.revision));
      return { revision: stored.revision, ...(JSON.parse(text) as List) };
    } catch {
      return none;
    }
  }

  async #writeIndex(): Promise<void> {
    const index = await this.#sealedIndex(this.#counter);
    await this.#storage.writeIndex(index);
    this.#indexed = index.revision;
  }

  async #sealedIndex(revision: number, without: ReadonlySet<string> = new Set()): Promise<StoredIndex> {
    const [cases, damaged] = [[...this.#cases.values()], [...this.#damaged.values()]];
    const list: List = {
      cases: cases.filter(({ id }) => !without.has(id)),
      damaged: damaged.filter(({ id }) => !without.has(id)),
    };
    return { revision, ...(await seal(this.#key, JSON.stringify(list), this.#boundIndex(revision))) };
  }

  #boundIndex(revision: number): string {
    return `hg-nen list ${LIST_VERSION}\n${this.#store}\n${revision}`;
  }

  /** Takes records into the list, or among the damaged ones, in their order: the same with each opening. */
  async #admit(records: readonly StoredRecord[]): Promise<void> {
    const read = await inChunks(records, (record) =>
      this.#openCase(record).catch((error: unknown) => {
        if (error instanceof CaseDamaged) return error.damage;
        throw error;
      }),
    );
    for (const each of read) {
      if ("content" in each) {
        this.#damaged.delete(each.id);
        this.#cases.set(each.id, summaryOf(each, each.content));
      } else {
        this.#damaged.set(each.id, each);
        this.#cases.delete(each.id);
        // The stored list has it among those that can be read.
        this.#indexed = -1;
      }
    }
  }

  async #admitIds(ids: readonly string[]): Promise<void> {
    const records = await this.#storage.get(ids);
    await this.#admit(records.filter((record) => record !== undefined));
  }

  /** Whether the latest entry takes these cases back: one that it does not know would not come back with it. */
  #remembers(changes: readonly Change[]): boolean {
    return changes.every(({ id }) => this.#undoable?.ids.includes(id));
  }

  #knows(id: string): boolean {
    return this.#cases.has(id) || this.#damaged.has(id);
  }

  #labelOf(id: string): string | null {
    return this.#cases.get(id)?.label ?? this.#damaged.get(id)?.label ?? null;
  }

  /** @throws CaseDamaged */
  async #openCase(record: StoredRecord): Promise<Case> {
    const { iv, data, ...facts } = record;
    try {
      const text = await open(this.#key, { iv, data }, boundTo(this.#store, facts));
      return { ...facts, content: readContent(parseJson(text), facts.schema) };
    } catch (error) {
      throw new CaseDamaged({
        id: record.id,
        label: this.#labelOf(record.id),
        ...damageOf(error),
      });
    }
  }

  async #write(
    changes: readonly Change[],
    { asTheyWere = [], ...how }: Pick<Batch, "remember" | "takesBack"> & { asTheyWere?: StoredRecord[] },
  ): Promise<void> {
    const before = this.#counter;
    const now = this.#clock();
    const written = changes.filter((change) => change.content !== null);
    const removed = changes.filter((change) => change.content === null).map(({ id }) => id);
    const sealed = await inChunks(written, async ({ id, content, deletedAt, changedAt = now }, i) => {
      const facts: RecordFacts = {
        ...{ id, deletedAt },
        revision: before + 1 + i,
        changedAt,
        schema: CONTENT_VERSION,
      };
      const text = JSON.stringify(content);
      // Read as it will be: nothing is written that could not be opened again.
      const kept = readContent(parseJson(text), CONTENT_VERSION);
      const record: StoredRecord = {
        ...facts,
        ...(await seal(this.#key, text, boundTo(this.#store, facts))),
      };
      return { record, summary: summaryOf(facts, kept) };
    });
    const after = before + changes.length + asTheyWere.length;
    await this.#storage.commit({
      before,
      after,
      put: [...sealed.map(({ record }) => record), ...asTheyWere],
      remove: removed,
      ...how,
    });
    this.#counter = after;
    for (const { summary } of sealed) {
      this.#damaged.delete(summary.id);
      this.#cases.set(summary.id, summary);
    }
    for (const id of removed) {
      this.#damaged.delete(id);
      this.#cases.delete(id);
    }
    await this.#admit(asTheyWere);
    if (!how.remember && how.takesBack === undefined) return;
    // The change is durable: that it cannot be taken back for now does not undo it.
    await this.#readUndo().catch(() => (this.#undoable = null));
  }

  /** Removes for good; the list of all others goes with it, in one. */
  async #remove(ids: readonly string[]): Promise<void> {
    const before = this.#counter;
    const after = before + ids.length;
    const index = await this.#sealedIndex(after, new Set(ids));
    await this.#storage.commit({ before, after, put: [], remove: ids, remember: null, forget: true, index });
    this.#counter = this.#indexed = after;
    for (const id of ids) {
      this.#damaged.delete(id);
      this.#cases.delete(id);
    }
    this.#undoable = null;
    this.#group = null;
  }

  /** Changes wait for one another; one that fails does not stop the next. */
  #oneAfterAnother<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(task, task);
    this.#queue = run.catch(() => undefined);
    return run;
  }
}

function dropMissing(list: Map<string, unknown>, there: ReadonlySet<string>): void {
  for (const id of list.keys()) if (!there.has(id)) list.delete(id);
}

function damageOf(error: unknown): { reason: DamageReason; field: string | null } {
  if (error instanceof NotOpened) return { reason: "tampered", field: null };
  if (error instanceof ContentError) return { reason: error.code, field: error.field };
  return { reason: "shape", field: null };
}
