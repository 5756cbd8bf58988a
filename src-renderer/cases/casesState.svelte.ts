import type {
  About,
  Answer,
  DeletedBackups,
  Endpoint,
  Policy,
  PolicyInForce,
  Result,
} from "../../src-main/api/contract.ts";
import { NO_POLICY } from "../../src-main/api/contract.ts";
import type { Host } from "../host/host.svelte.ts";
import type { PatientDraft } from "../patient/draft.ts";
import { BackupKeeper } from "./backupKeeper.svelte.ts";
import type { CaseContent } from "./content.ts";
import { ContentError, emptyContent } from "./content.ts";
import { watchIdleness } from "./lock/idleness.ts";
import { savedEstimateOf, withKept, withShown } from "./oneCase/savedEstimate.ts";
import type { Change } from "./store/change.ts";
import { DATABASE, isFull } from "./store/database.ts";
import type { StoreHeader } from "./store/header.ts";
import type { Bytes, StoredRecord } from "./store/record.ts";
import type { ChangeKind, StoreSettings } from "./store/storage.ts";
import { WrittenElsewhere } from "./store/storage.ts";
import type { Case, CaseStore, DamagedCase, Undoable } from "./store/store.ts";
import { CaseDamaged, CaseGone } from "./store/store.ts";
import type { CaseSummary } from "./summary.ts";
import { Timers } from "./timers.ts";
import type { Phase } from "./lock/vault.svelte.ts";
import { Vault } from "./lock/vault.svelte.ts";
import { messageOf } from "../messageOf.ts";

/** Whether what stands on the screen is on the disk. */
export type Saving =
  | { kind: "saved"; at: number | null }
  | { kind: "saving" }
  /**
   * Kept in the window, and tried again: the disk is full, or refuses. With a field: no case can hold what is typed
   * there, and it is the user's to change.
   */
  | { kind: "failed"; full: boolean; field: string | null; message: string };

/** The case that is worked on, as it stands on the screen. */
export interface OpenCase {
  id: string;
  content: CaseContent;
}

export interface CasesMeans {
  host: Host;
  about: () => About | null;
  /** what an administrator has decided */
  inForce?: () => PolicyInForce;
  /** what must not be locked away, slides before an audience for one */
  busy?: () => boolean;
  /** the store is shut: whoever shows something of a case takes it off the screen */
  onshut?: () => void;
  /** cases were removed for good: they leave whatever shows them */
  onpurged?: (ids: readonly string[]) => void;
  clock?: () => number;
  /** the database's name; tests have their own */
  database?: string;
  /** rounds of the passphrase; tests take fewer */
  iterations?: number;
}

/** A change is on its way to the disk within this time of the first key. */
const SAVE_MS = 120;
const RETRY_MS = 3000;
const INDEX_MS = 4000;

/** What is to be written of the open case, and how it is taken back. */
interface Typed {
  group: string | null;
  quiet: boolean;
}

/** What is typed is not on the disk, and leaving the case would lose it. */
export class NotSaved extends Error {
  constructor() {
    super("the case is not saved yet");
    this.name = "NotSaved";
  }
}

/** The Cases room's state: the list, the case that is worked on, and whether it is saved; the lock is the vault's. */
export class CasesState {
  current = $state.raw<OpenCase | null>(null);
  saving = $state.raw<Saving>({ kind: "saved", at: null });
  undoable = $state.raw<Undoable | null>(null);
  /** every case, also those in the bin; replaced as a whole with each change */
  cases = $state.raw<readonly CaseSummary[]>([]);
  damaged = $state.raw<readonly DamagedCase[]>([]);
  readonly listed = $derived(this.cases.filter(({ deletedAt }) => deletedAt === 0));
  readonly binned = $derived(this.cases.filter(({ deletedAt }) => deletedAt !== 0));

  /** the database's name, for what works on a store that does not open */
  readonly database: string;

  /** what was taken back, the latest last; forgotten with the next change */
  #undone = $state.raw<readonly { what: Undoable; changes: readonly Change[] }[]>([]);
  readonly #means: Required<Omit<CasesMeans, "iterations" | "database">>;
  readonly #vault: Vault;
  readonly #backups: BackupKeeper;
  readonly #timers = new Timers<"save" | "index">();
  /** what is typed and not yet on its way */
  #pending: Typed | null = null;
  /** cases that are written under another id since another window has changed them too */
  readonly #movedTo: Record<string, string> = {};
  #flushing: Promise<boolean> = Promise.resolve(true);
  /** what was typed did not get onto the disk, and is pending again */
  #refused = false;
  /** how often something was typed */
  #edits = 0;
  /** a change other than by typing that is under way; never rejects */
  #changing: Promise<void> | null = null;
  /** what is typed while it is */
  #meanwhile: Partial<CaseContent> = {};
  #stopWatching: () => void = () => undefined;
  #locking: Promise<boolean> | null = null;

  constructor({ database = DATABASE, iterations, ...means }: CasesMeans) {
    const { clock = Date.now } = means;
    this.#means = {
      ...{ busy: () => false, onshut: () => undefined, onpurged: () => undefined },
      ...{ inForce: () => NO_POLICY, clock },
      ...means,
    };
    this.database = database;
    this.#vault = new Vault({
      ...{ host: means.host, clock, database, iterations, policy: () => this.policy },
      onopen: () => this.#opened(),
      ontaken: () => this.flush(),
      onshut: () => this.#shut(),
      onlost: () => {
        this.#undone = [];
        this.#stop();
      },
    });
    this.#backups = new BackupKeeper(means.host, () => this.backupBytes(), clock);
  }

  get host(): Host {
    return this.#means.host;
  }

  get phase(): Phase {
    return this.#vault.phase;
  }

  /** whether cases outlive this sitting */
  get durable(): boolean {
    return this.#vault.durable;
  }

  /** whether the store opens by the system's keychain */
  get keychain(): boolean {
    return this.#vault.keychain;
  }

  get settings(): StoreSettings {
    return this.#vault.settings;
  }

  /** what an administrator has decided */
  get inForce(): PolicyInForce {
    return this.#means.inForce();
  }

  get policy(): Policy {
    return this.inForce.policy;
  }

  /** After how many minutes without use the store locks; 0: never. An administrator's word is the last. */
  get idleMinutes(): number {
    const { lockAfterMinutes } = this.policy;
    const { idleMinutes } = this.settings;
    if (lockAfterMinutes === null) return idleMinutes;
    return idleMinutes === 0 ? lockAfterMinutes : Math.min(idleMinutes, lockAfterMinutes);
  }

  /** whether this computer's clock stands before the store's latest use */
  get clockBehind(): boolean {
    return this.#vault.clockBehind;
  }

  /** how many cases have left the bin for good at this opening */
  get removedExpired(): number {
    return this.#vault.removedExpired;
  }

  /** the latest backup that the host has made, or why there is none */
  get backup(): BackupKeeper["latest"] {
    return this.#backups.latest;
  }

  /** The open store, for what reads or writes many cases at once. @throws where it is not open */
  get store(): CaseStore {
    return this.#vault.store;
  }

  get header(): Vault["header"] {
    return this.#vault.header;
  }

  get key(): CryptoKey | null {
    return this.#vault.key;
  }

  now(): number {
    return this.#means.clock();
  }

  // ——— the lock; see vault.svelte.ts ———

  start(how: { takeOver?: boolean } = {}): Promise<void> {
    return this.#vault.start(how);
  }

  create(passphrase: string): Promise<void> {
    return this.#vault.create(passphrase);
  }

  createForSitting(): Promise<void> {
    return this.#vault.createForSitting();
  }

  unlock(passphrase: string): Promise<boolean> {
    return this.#vault.unlock(passphrase);
  }

  unlockByKeychain(): Promise<void> {
    return this.#vault.unlockByKeychain();
  }

  /** @returns false where something could not be saved: it would be lost */
  lock(why: "asked" | "idle" = "asked"): Promise<boolean> {
    this.#locking ??= this.#lockNow(why).finally(() => (this.#locking = null));
    return this.#locking;
  }

  async #lockNow(why: "asked" | "idle"): Promise<boolean> {
    if (!this.durable || this.phase.kind !== "open") return false;
    const { header, store } = this;
    try {
      await this.#leave();
      await store.saveIndex().catch(() => undefined);
      // A backup needs no key: it is written behind the lock, however long the disk takes.
      const records = this.#backups.isWaiting ? await store.stored() : null;
      await this.#leave();
      // Taken over, or gone, meanwhile.
      if (!this.#vault.isOpen) return false;
      await this.#vault.lock(why);
      if (records && header) void this.#backups.write(() => this.#fileOf(header, records));
      return true;
    } catch (error) {
      if (error instanceof NotSaved) return false;
      throw error;
    }
  }

  async changePassphrase(old: string, next: string): Promise<boolean> {
    const changed = await this.#vault.changePassphrase(old, next);
    if (changed) this.#backups.changed();
    return changed;
  }

  async changeSettings(change: Partial<StoreSettings>): Promise<void> {
    await this.#vault.changeSettings(change);
    this.#watchIdleness();
  }

  // ——— the case that is worked on ———

  /** A new case, opened. @throws NotSaved */
  async newCase(content: Partial<CaseContent> = {}): Promise<string> {
    await this.#leave();
    const id = crypto.randomUUID();
    const whole: CaseContent = { ...emptyContent(this.now()), ...$state.snapshot(content) };
    await this.#change("create", [{ id, content: whole, deletedAt: 0 }]);
    await this.#leave();
    if (this.phase.kind !== "open") throw new CaseGone(id);
    this.current = { id, content: whole };
    return id;
  }

  /** @throws CaseDamaged, CaseGone, NotSaved */
  async openCase(id: string): Promise<OpenCase> {
    await this.#leave();
    const { content } = await this.#readable(id);
    await this.#leave();
    // Locked meanwhile: nothing of it goes onto the screen.
    if (this.phase.kind !== "open") throw new CaseGone(id);
    if (this.current?.id === id) return this.current;
    // It was written under another id once: from here on it is itself.
    Reflect.deleteProperty(this.#movedTo, id);
    this.current = { id, content };
    return this.current;
  }

  /** @throws NotSaved */
  async closeCase(): Promise<void> {
    await this.#leave();
    this.#letGo();
  }

  /** Gives up what could not be saved. */
  discard(): void {
    this.#letGo();
  }

  /**
   * Changes the case that is worked on; on the disk within a moment.
   *
   * @param group what is changed, "note" for one: changes of one thing that follow one another are taken back as one
   */
  edit(change: Partial<CaseContent>, group: string, quiet = false): void {
    const { current } = this;
    if (!current) return;
    const name = `${current.id}:${group}`;
    // Another thing is typed: it is taken back by itself.
    if (!quiet && this.#pending?.group && this.#pending.group !== name) void this.flush();
    const typed: Partial<CaseContent> = $state.snapshot(change);
    this.current = { ...current, content: { ...current.content, ...typed } };
    this.#edits++;
    this.#meanwhile = { ...this.#meanwhile, ...typed };
    const pending = this.#pending;
    this.#pending = {
      group: quiet ? (pending?.group ?? null) : name,
      quiet: quiet && (pending?.quiet ?? true),
    };
    this.saving = { kind: "saving" };
    this.#timers.after("save", SAVE_MS, () => void this.flush(), { sooner: true });
  }

  /** The form has changed: so has the case that it shows. */
  follow(draft: PatientDraft, endpoint: Endpoint): void {
    const content = this.current?.content;
    if (!content) return;
    const changed = (Object.keys(draft) as (keyof PatientDraft)[]).filter(
      (field) => draft[field] !== content.draft[field],
    );
    if (changed.length === 0 && endpoint === content.endpoint) return;
    // The endpoint is a view: it is remembered, and nothing to take back.
    this.edit({ draft, endpoint }, `draft.${changed[0] ?? "endpoint"}`, changed.length === 0);
  }

  /** What the form has been answered with stays with the case. */
  keepShown(answer: Answer): void {
    const about = this.#means.about();
    const { current } = this;
    if (!current || !about) return;
    const shown = savedEstimateOf($state.snapshot(answer), about, this.now(), false);
    const estimates = withShown(current.content.estimates, shown);
    if (estimates !== current.content.estimates) this.edit({ estimates }, "estimates", true);
  }

  /** Keeps an estimate on purpose, as it is at this moment. @returns false where the case has no room for another */
  keepEstimate(answer: Answer): boolean {
    const about = this.#means.about();
    const { current } = this;
    if (!current || !about) return false;
    const kept = savedEstimateOf($state.snapshot(answer), about, this.now(), true);
    const estimates = withKept(current.content.estimates, kept);
    if (estimates) this.edit({ estimates }, `kept ${kept.at}`);
    return estimates !== null;
  }

  /** Writes what is typed; one writing waits for the other. @returns whether everything until now is on the disk */
  flush(): Promise<boolean> {
    this.#timers.cancel("save");
    // What the change makes of the open case is not known yet: what is typed is written over that, and not under it.
    if (this.#changing) return this.#changing.then(() => this.flush());
    const { current } = this;
    const pending = this.#pending;
    this.#pending = null;
    this.#flushing = this.#flushing.then(() =>
      pending && current
        ? this.#writeTyped({ ...current, id: this.#movedTo[current.id] ?? current.id }, pending)
        : !this.#refused,
    );
    return this.#flushing;
  }

  async #writeTyped({ id, content }: OpenCase, pending: Typed): Promise<boolean> {
    try {
      const stored = this.store.cases.get(id);
      const change: Change = { id, content, deletedAt: stored?.deletedAt ?? 0 };
      // What the program adds by itself, an estimate that was shown, is no change of the user's.
      const asBefore = pending.quiet && stored ? { changedAt: stored.changedAt } : {};
      await this.#change("edit", [{ ...change, ...asBefore }], pending);
      this.#refused = false;
      return true;
    } catch (error) {
      this.#refused = true;
      // What was typed meanwhile is newer, and will be written in its place.
      this.#pending ??= pending;
      this.#notSaved(error);
      return false;
    }
  }

  /** Everything that was typed so far, and while it is written, is on the disk. @throws NotSaved */
  async #leave(): Promise<void> {
    let seen: number;
    do {
      seen = this.#edits;
      if (!(await this.flush())) throw new NotSaved();
    } while (this.#pending || seen !== this.#edits);
  }

  /**
   * Changes cases other than by typing, one change after the other. What is typed is written first; what is typed
   * meanwhile stays on the screen, over what becomes of its case, and is written afterwards.
   *
   * @throws NotSaved
   */
  async #alone<T>(task: () => Promise<T>): Promise<T> {
    do await this.#leave();
    while (this.#changing);
    this.#meanwhile = {};
    // From here on, and not only when its first step is done.
    const run = Promise.resolve().then(task);
    this.#changing = run.then(
      () => void (this.#changing = null),
      () => void (this.#changing = null),
    );
    return run;
  }

  /** A case that turns out to be damaged joins the damaged ones in the list. */
  async #readable(id: string): Promise<Case> {
    try {
      return await this.store.read(id);
    } catch (error) {
      if (error instanceof CaseDamaged) void this.verify().catch(() => undefined);
      throw error;
    }
  }

  // ——— many cases ———

  /** Changes cases other than by typing; what is typed is written first. @throws where nothing was changed */
  apply(kind: ChangeKind, changes: readonly Change[]): Promise<void> {
    return this.#alone(() => this.#apply(kind, changes));
  }

  async #apply(kind: ChangeKind, changes: readonly Change[]): Promise<void> {
    // What is replaced and cannot be read must be known before: taken back, it is put back as it was.
    if (kind === "import" || kind === "replace") await this.store.verify();
    await this.#change(kind, changes);
    await this.#readCurrentAgain(changes.map(({ id }) => this.#movedTo[id] ?? id));
  }

  /** Reads cases, changes each, and writes them together. */
  changeEach(
    kind: ChangeKind,
    ids: readonly string[],
    change: (one: Case) => Partial<Change>,
  ): Promise<void> {
    return this.#alone(async () => {
      const cases = await this.store.readMany(ids);
      await this.#apply(
        kind,
        cases.map((one) => ({ id: one.id, content: one.content, deletedAt: one.deletedAt, ...change(one) })),
      );
    });
  }

  /** Into the bin, for thirty days. */
  async remove(ids: readonly string[]): Promise<void> {
    const now = this.now();
    await this.changeEach("delete", ids, () => ({ deletedAt: now }));
    if (this.current && ids.includes(this.current.id)) this.#letGo();
  }

  /** Out of the bin. */
  restore(ids: readonly string[]): Promise<void> {
    return this.changeEach("restore", ids, () => ({ deletedAt: 0 }));
  }

  /** @returns the ids of the copies */
  async duplicate(ids: readonly string[], labelOf: (label: string) => string): Promise<string[]> {
    await this.#leave();
    const cases = await this.store.readMany(ids);
    const now = this.now();
    const copies = cases.map(({ content }) => ({
      id: newId(),
      content: { ...content, label: labelOf(content.label), created: now, board: null },
      deletedAt: 0,
    }));
    await this.apply("duplicate", copies);
    return copies.map(({ id }) => id);
  }

  /** Takes the latest change back. @returns what it was; null: there was nothing */
  undo(): Promise<Undoable | null> {
    return this.#alone(async () => {
      const what = this.store.undoable;
      const again = await this.#asTheyStand(this.store.undoableIds);
      const ids = await this.store.undo().catch((error: unknown) => this.#lookAgain(error));
      if (!ids || !what) return null;
      this.#undone = [...this.#undone, { what, changes: again }];
      this.#changed();
      await this.#readCurrentAgain(ids);
      return what;
    });
  }

  /** Does again what was taken back last, as long as nothing else was changed since. */
  async redo(): Promise<Undoable | null> {
    await this.#leave();
    const undone = this.#undone.at(-1);
    if (!undone) return null;
    const left = this.#undone.slice(0, -1);
    await this.apply(undone.what.kind, undone.changes);
    this.#undone = left;
    return undone.what;
  }

  /** What {@link redo} would do again; null: nothing. */
  get redoable(): Undoable | null {
    return this.#undone.at(-1)?.what ?? null;
  }

  /** Cases as changes that would bring them back to where they are. What cannot be read is left out. */
  async #asTheyStand(ids: readonly string[]): Promise<Change[]> {
    const known = ids.filter((id) => this.store.cases.has(id));
    const read = await this.store.readMany(known);
    const gone = ids.filter((id) => !this.store.cases.has(id) && !this.store.damaged.has(id));
    return [
      ...read.map(({ id, content, deletedAt }) => ({ id, content, deletedAt })),
      ...gone.map((id) => ({ id, content: null, deletedAt: 0 })),
    ];
  }

  /** Out of the bin for good. */
  purge(ids: readonly string[]): Promise<void> {
    return this.#alone(async () => {
      await this.store.purge(ids).catch((error: unknown) => this.#lookAgain(error));
      this.#means.onpurged(ids);
      this.#undone = [];
      if (this.current && ids.includes(this.current.id)) this.#letGo();
      this.#changed();
    });
  }

  /** Cases as they stand, with what was typed a moment ago. @throws NotSaved, CaseDamaged, CaseGone */
  async readMany(ids: readonly string[]): Promise<Case[]> {
    await this.#leave();
    return this.store.readMany(ids);
  }

  /** Reads every case, and says which cannot be read. */
  async verify(): Promise<DamagedCase[]> {
    await this.#leave();
    const found = await this.store.verify();
    this.#refresh();
    return found;
  }

  /** Writes a backup now, where the host keeps them. */
  async backUpNow(): Promise<void> {
    await this.#leave();
    await this.#backups.now();
  }

  /** Makes the file of a backup: everything as it is stored. */
  async backupBytes(): Promise<Bytes> {
    const { header } = this;
    if (!header) throw new Error("the store is not open");
    return this.#fileOf(header, await this.store.stored());
  }

  async #fileOf(header: StoreHeader, records: readonly StoredRecord[]): Promise<Bytes> {
    const { writeCaseFile } = await import("./files/caseFile.ts");
    return writeCaseFile(header, records, {
      kind: "backup",
      made: this.now(),
      appVersion: this.#means.about()?.appVersion ?? "",
    });
  }

  /** Deletes the backups that the program makes by itself; what was set aside stays, unless it is asked for. */
  async deleteBackups({ setAside = false }: { setAside?: boolean } = {}): Promise<Result<DeletedBackups>> {
    const { host } = this.#means;
    await this.#backups.halt();
    const listed = await host.listBackups();
    if (!listed.ok) return listed;
    const chosen = listed.value.filter(({ kind }) => setAside || kind === "rotating");
    return host.deleteBackups(chosen.map(({ name }) => name));
  }

  /** Lets go of the store, for another use of this window: nothing is written afterwards. */
  async close(): Promise<void> {
    await this.flush();
    if (this.#vault.isOpen) await this.store.saveIndex().catch(() => undefined);
    this.#vault.close();
  }

  /** Removes the store from this computer; backups are the caller's. Afterwards there is none. */
  async erase(): Promise<void> {
    this.#letGo();
    // What is on its way would be there after everything was erased.
    await this.#backups.halt();
    await this.#vault.erase();
  }

  // ——— within ———

  #opened(): void {
    const { current } = this;
    const known = this.cases.find(({ id }) => id === current?.id)?.revision;
    this.#refresh();
    const latest = this.cases.reduce((time, { changedAt }) => Math.max(time, changedAt), 0);
    if (this.durable) void this.#backups.opened(latest);
    this.saving = { kind: "saved", at: null };
    const there = current && this.store.cases.get(current.id)?.revision;
    if (current && (this.#pending || there === undefined)) {
      // It stayed on the screen when the store went away, and may be nowhere else.
      this.#pending ??= { group: null, quiet: false };
      // Another window has changed it meanwhile: neither is lost.
      if (there !== undefined && there !== known) this.current = { ...current, id: newId() };
      this.saving = { kind: "saving" };
      void this.flush();
    } else if (current && there !== known) {
      void this.#alone(() => this.#readCurrentAgain([current.id])).catch(() => undefined);
    }
    this.#watchIdleness();
  }

  async #change(
    kind: ChangeKind,
    changes: readonly Change[],
    how: { group?: string | null; quiet?: boolean } = {},
  ): Promise<void> {
    await this.store.change(kind, changes, how).catch(async (error: unknown) => {
      if (!(error instanceof WrittenElsewhere)) throw error;
      await this.#changeBeside(kind, changes, how);
    });
    if (!how.quiet) this.#undone = [];
    this.#changed();
  }

  /**
   * Another window has written since this one read the list, one that slept for long while the other had the store, for
   * instance. Neither is lost: a case that was changed there too is written as another one here.
   */
  async #changeBeside(
    kind: ChangeKind,
    changes: readonly Change[],
    how: { group?: string | null; quiet?: boolean },
  ): Promise<void> {
    const known = Object.fromEntries(this.cases.map(({ id, revision }) => [id, revision]));
    const store = await this.#vault.reopen();
    const beside = changes.map((change) => {
      const there = store.cases.get(change.id)?.revision;
      return there === known[change.id] ? change : { ...change, id: newId() };
    });
    await store.change(kind, beside, how);
    const at = changes.findIndex(({ id }) => id === this.current?.id);
    changes.forEach(({ id }, i) => {
      if (beside[i]!.id !== id) this.#movedTo[id] = beside[i]!.id;
    });
    if (this.current && at >= 0) this.current = { ...this.current, id: beside[at]!.id };
  }

  /** Another window has written: what was meant here may be something else there. */
  async #lookAgain(error: unknown): Promise<never> {
    if (error instanceof WrittenElsewhere) {
      await this.#vault.reopen();
      this.#refresh();
    }
    throw error;
  }

  /** What is typed is not on the disk; it is tried again where that can help. */
  #notSaved(error: unknown): void {
    const field = error instanceof ContentError ? error.field : null;
    const message = messageOf(error);
    this.saving = { kind: "failed", full: isFull(error), field, message };
    // What no case can hold does not become right by waiting: it is the user's to change.
    if (error instanceof ContentError) return;
    this.#timers.after("save", RETRY_MS, () => void this.flush());
    // Where the store is gone, that is told of already.
    if (this.phase.kind === "open") void this.host.note(isFull(error) ? "saving-full" : "saving-failed");
  }

  /** The open case leaves the screen, and with it what could not be saved of it. */
  #letGo(): void {
    this.#timers.cancel("save");
    this.#refused = false;
    this.#pending = null;
    this.current = null;
    if (this.saving.kind !== "saved") this.saving = { kind: "saved", at: null };
  }

  /** Something is on the disk that was not. */
  #changed(): void {
    this.#refresh();
    if (this.#pending === null) this.saving = { kind: "saved", at: this.now() };
    if (this.durable) this.#backups.changed();
  }

  /** The list, as the store has it. */
  #refresh(): void {
    const { store } = this;
    if (store.damaged.size > this.damaged.length) void this.host.note("records-damaged");
    this.cases = [...store.cases.values()];
    this.damaged = [...store.damaged.values()];
    this.undoable = store.undoable;
    this.#timers.after("index", INDEX_MS, () => void store.saveIndex().catch(() => undefined));
  }

  async #readCurrentAgain(ids: readonly string[]): Promise<void> {
    const { current } = this;
    if (!current || !ids.includes(current.id)) return;
    const summary = this.store.cases.get(current.id);
    if (!summary || summary.deletedAt !== 0) return this.#letGo();
    const { content } = await this.store.read(current.id);
    // What is typed meanwhile counts; and what a lock has taken off the screen stays off it.
    if (this.current?.id === current.id) {
      this.current = { id: current.id, content: { ...content, ...this.#meanwhile } };
    }
  }

  #watchIdleness(): void {
    this.#stopWatching();
    const { idleMinutes } = this;
    if (!this.durable || idleMinutes === 0) return;
    this.#stopWatching = watchIdleness(
      idleMinutes,
      this.#means.busy,
      () => void this.lock("idle").catch(() => undefined),
    );
  }

  #stop(): void {
    this.#timers.cancelAll();
    this.#backups.stop();
    this.#stopWatching();
  }

  #shut(): void {
    this.#stop();
    this.#means.onshut();
    this.#letGo();
    this.cases = [];
    this.damaged = [];
    this.undoable = null;
    this.#undone = [];
    this.saving = { kind: "saved", at: null };
  }
}

const newId = (): string => crypto.randomUUID();
