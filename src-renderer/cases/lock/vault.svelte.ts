import type { Policy } from "../../../src-main/api/contract.ts";
import type { Host } from "../../host/host.svelte.ts";
import { newKey, NotOpened, wipe } from "../store/crypto.ts";
import { DatabaseStorage, findDatabase } from "../store/database.ts";
import { beginNewLog } from "../store/newLog.ts";
import type { StoreHeader } from "../store/header.ts";
import { keyByPassphrase, makeHeader, provenKey, withPassphrase } from "../store/header.ts";
import { MemoryStorage } from "../store/memory.ts";
import type { Bytes } from "../store/record.ts";
import type { Storage, StoreSettings } from "../store/storage.ts";
import { HeaderDamaged } from "../store/storage.ts";
import { CaseStore } from "../store/store.ts";
import { Timers } from "../timers.ts";
import type { Hold } from "./window.ts";
import { holdStore } from "./window.ts";
import { messageOf } from "../../messageOf.ts";

/** Why the store is locked: what the screen says above the field for the passphrase. */
export type LockReason =
  | "asked"
  | "idle"
  /** the desktop has no keychain that could be trusted */
  | "no-keychain"
  /** an administrator has decided against it */
  | "keychain-off"
  /** the keychain does not open it: another computer, or another account */
  | "keychain-failed"
  /** there is a keychain, and it was never given the key: the passphrase gives it */
  | "keychain-new"
  /** the keychain has not answered yet; it may be asking the user itself */
  | "keychain-waiting"
  /** a browser has no keychain for pages */
  | "passphrase-only";

/** What keeps the store shut, whatever is typed. */
export type Trouble =
  /** a newer program has written it */
  | { kind: "newer" }
  /** the browser gives no storage to this page */
  | { kind: "refused"; message: string }
  /** another window has it */
  | { kind: "elsewhere" }
  /** it was deleted, or closed by the browser, while it was open */
  | { kind: "lost" }
  /** it was closed by the browser since the disk is full */
  | { kind: "full" }
  | { kind: "header-damaged" }
  | { kind: "broken"; message: string };

export type Phase =
  | { kind: "starting" }
  /** nothing is stored: how shall cases be kept? */
  | { kind: "new" }
  /** `byKeychain`: a press opens it, without the passphrase */
  | { kind: "locked"; why: LockReason; byKeychain: boolean }
  | { kind: "open" }
  | { kind: "trouble"; trouble: Trouble };

export interface VaultMeans {
  host: Host;
  clock: () => number;
  /** what an administrator has decided */
  policy: () => Policy;
  /** the database's name; tests have their own */
  database: string;
  /** rounds of the passphrase; undefined: as many as are recommended */
  iterations: number | undefined;
  /** the store is open */
  onopen: (store: CaseStore) => void;
  /** another window takes the store: last words may be written */
  ontaken: () => Promise<boolean>;
  /** the store is shut: nothing of it may stay on the screen */
  onshut: () => void;
  /** the store went away underneath: what is typed stays on the screen */
  onlost: () => void;
}

const SETTINGS: StoreSettings = {
  idleMinutes: 15,
  lockAsks: false,
  lastSeen: 0,
  dueSince: null,
  lastBackupFile: null,
};
/** What a host says of its keychain, as the reason for the passphrase. */
const WHY_NOT = {
  "not-here": "passphrase-only",
  "no-keychain": "no-keychain",
  policy: "keychain-off",
} as const satisfies Record<string, LockReason>;
/** A keychain that asks its user something first is not waited for in silence. */
const KEYCHAIN_PATIENCE_MS = 1500;

/** The lock before the cases: finds the store, opens it with keychain or passphrase, and shuts it. */
export class Vault {
  phase = $state.raw<Phase>({ kind: "starting" });
  /** whether cases outlive this sitting */
  durable = $state(true);
  /** the store opens by the system's keychain */
  keychain = $state(false);
  settings = $state.raw<StoreSettings>(SETTINGS);
  /** this computer's clock stands before the store's latest use */
  clockBehind = $state(false);
  /** how many cases have left the bin for good at this opening */
  removedExpired = $state(0);

  readonly #means: VaultMeans;
  readonly #timers = new Timers<"keychain">();
  #storage: Storage | null = null;
  #header: StoreHeader | null = null;
  #key: CryptoKey | null = null;
  #store: CaseStore | null = null;
  #hold: Hold | null = null;
  #writing: Promise<void> = Promise.resolve();
  /** the disk was full when the store was open last */
  #wasFull = false;
  /** counts what makes an opening that is on its way out of date: another one, a lock, another window */
  #opening = 0;

  constructor(means: VaultMeans) {
    this.#means = means;
  }

  /** @throws where it is not open */
  get store(): CaseStore {
    if (!this.#store) throw new Error("the store is not open");
    return this.#store;
  }

  get header(): StoreHeader | null {
    return this.#header;
  }

  get key(): CryptoKey | null {
    return this.#key;
  }

  get isOpen(): boolean {
    return this.#store !== null;
  }

  /** Looks what is there, and opens it where the keychain can. */
  async start({ takeOver = false }: { takeOver?: boolean } = {}): Promise<void> {
    this.phase = { kind: "starting" };
    const { database, policy } = this.#means;
    // What was stored before is not looked at, and a sitting needs no other window's leave.
    if (!policy().storage) return void (this.phase = { kind: "new" });
    try {
      this.#hold ??= await holdStore(() => void this.#taken(), takeOver);
      if (!this.#hold) return this.#trouble({ kind: "elsewhere" });
      const found = await findDatabase(database).catch((error: unknown) => ({ error }));
      if (typeof found === "object") return this.#refused(found.error);
      this.#wasFull = false;
      if (found === "newer") return this.#trouble({ kind: "newer" });
      this.#header = found === "absent" ? null : await this.#openStorage();
      if (!this.#header) return void (this.phase = { kind: "new" });
      await this.unlockByKeychain();
    } catch (error) {
      this.#trouble(
        error instanceof HeaderDamaged
          ? { kind: "header-damaged" }
          : { kind: "broken", message: messageOf(error) },
      );
    }
  }

  /** A new store, under a passphrase and, where there is one, the system's keychain. */
  async create(passphrase: string): Promise<void> {
    try {
      await beginNewLog();
      this.#storage = await DatabaseStorage.open(this.#means.database, (how) => this.#lost(how));
      await this.#make(passphrase, this.#means.iterations);
      // Browsers clear what was not asked to stay when the disk runs short; the answer changes nothing here.
      void (navigator as Partial<Navigator>).storage?.persist().catch(() => false);
    } catch (error) {
      this.#storage?.close();
      this.#storage = null;
      this.#trouble({ kind: "refused", message: messageOf(error) });
    }
  }

  /** A store in memory: gone with the window. */
  async createForSitting(): Promise<void> {
    this.#storage = new MemoryStorage();
    this.durable = false;
    // It is this window's alone: another one may have the database.
    this.#hold?.release();
    this.#hold = null;
    await this.#make("", 1);
  }

  /** @returns whether it was the right passphrase */
  async unlock(passphrase: string): Promise<boolean> {
    const header = this.#header;
    if (!header || !this.#storage) return false;
    try {
      const key = await keyByPassphrase(header, passphrase);
      const forKeychain = key.slice();
      const proven = await provenKey(header, key).catch((error: unknown) => {
        wipe(forKeychain);
        throw error;
      });
      // Another window has taken the store meanwhile, which the screen says.
      if (this.phase.kind === "trouble") return true;
      this.#opening++;
      this.#key = proven;
      await this.#openStore({ ...header, locked: false }, forKeychain);
      return true;
    } catch (error) {
      if (error instanceof NotOpened) return false;
      this.#broken(error);
      return true;
    }
  }

  /** Opens a store by the system's keychain, where it is not locked on purpose. */
  async unlockByKeychain(): Promise<void> {
    const header = this.#header;
    if (!header) return;
    if (header.locked) return this.#locked("asked");
    this.#timers.after("keychain", KEYCHAIN_PATIENCE_MS, () => this.#locked("keychain-waiting"));
    const opening = ++this.#opening;
    try {
      const opened = await this.#askKeychain(header).finally(() => this.#timers.cancel("keychain"));
      // The passphrase was quicker, or the store was locked or taken meanwhile.
      if (opening !== this.#opening) return;
      if (typeof opened === "string") return this.#locked(opened);
      this.#key = opened.key;
      this.keychain = true;
      await this.#openStore(opened.header, null);
    } catch (error) {
      this.#broken(error);
    }
  }

  /** Takes everything off the screen. Where the passphrase is asked for, it is also after a restart. */
  async lock(why: "asked" | "idle"): Promise<void> {
    // A keychain opens it again for whoever is signed in to the computer: the passphrase may lie in a safe elsewhere.
    const asks = this.settings.lockAsks || !this.keychain;
    this.#opening++;
    // First off the screen: what is typed while the header is written would be lost.
    this.#shut();
    this.phase = { kind: "locked", why, byKeychain: !asks };
    if (!this.#header || !asks) return;
    // SECURITY: the keychain's copy goes too: it gives the key to any program of this user. The passphrase adds it again.
    this.#header = { ...this.#header, locked: true, keychain: null };
    // On a full disk it is forgotten by the next start that it was on purpose.
    await this.#writeHeader().catch(() => undefined);
  }

  /** @returns whether the old passphrase was right */
  async changePassphrase(old: string, next: string): Promise<boolean> {
    const header = this.#header;
    if (!header || !this.#storage) return false;
    try {
      const key = await keyByPassphrase(header, old);
      const { passphrase } = await withPassphrase(header, key, next, this.#means.iterations).finally(() =>
        wipe(key),
      );
      // Whatever else has changed meanwhile, a lock for one, stays.
      this.#header = { ...this.#header!, passphrase };
      await this.#writeHeader().catch((error: unknown) => {
        // The disk has the older one: a later writing must not bring the new one there, which nobody may have kept.
        this.#header = { ...this.#header!, passphrase: header.passphrase };
        throw error;
      });
      return true;
    } catch (error) {
      if (error instanceof NotOpened) return false;
      throw error;
    }
  }

  async changeSettings(change: Partial<StoreSettings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    await this.#storage?.writeSettings(this.settings);
  }

  /** Opens the store's list anew: another window has written meanwhile. */
  async reopen(): Promise<CaseStore> {
    this.#store = await CaseStore.open({
      storage: this.#storage!,
      store: this.#header!.store,
      key: this.#key!,
      clock: this.#means.clock,
    });
    return this.#store;
  }

  /** Lets go of the store, for another use of this window. */
  close(): void {
    this.#shut();
    this.#storage?.close();
    this.#storage = null;
    this.#hold?.release();
    this.#hold = null;
  }

  /** Removes the store from this computer. Afterwards there is none. */
  async erase(): Promise<void> {
    this.#shut();
    // Another window's connection, one that sleeps, can make it wait.
    this.phase = { kind: "starting" };
    this.#storage ??= await DatabaseStorage.open(this.#means.database);
    await this.#storage.erase();
    this.#storage = null;
    this.#header = null;
    this.keychain = false;
    this.durable = true;
    this.phase = { kind: "new" };
  }

  /** Opens the database; null: there is nothing in it. @throws HeaderDamaged */
  async #openStorage(): Promise<StoreHeader | null> {
    // One that is left over from an earlier attempt would keep the database from being erased.
    this.#storage?.close();
    await beginNewLog();
    this.#storage = await DatabaseStorage.open(this.#means.database, (how) => this.#lost(how));
    const header = await this.#storage.readHeader();
    if (header) return header;
    // The program ended while the store was being made.
    await this.#storage.erase();
    this.#storage = null;
    return null;
  }

  async #make(passphrase: string, iterations: number | undefined): Promise<void> {
    const key = newKey();
    const forKeychain = key.slice();
    // As unlocking takes it: one of one's own may look like a suggested one.
    const header = await makeHeader(key, passphrase, {
      store: crypto.randomUUID(),
      created: this.#means.clock(),
      ...(iterations !== undefined && { iterations }),
    });
    // A store is worth nothing without its header.
    await this.#storage!.writeHeader(header);
    this.#key = await provenKey(header, key);
    await this.#openStore(header, forKeychain);
  }

  async #askKeychain(header: StoreHeader): Promise<LockReason | { key: CryptoKey; header: StoreHeader }> {
    const { host } = this.#means;
    const keychain = await host.keychain();
    if (!keychain.ok || !keychain.value.available) {
      return WHY_NOT[keychain.ok ? (keychain.value.reason ?? "no-keychain") : "no-keychain"];
    }
    // A store from elsewhere, or from a time when there was none.
    if (!header.keychain) return "keychain-new";
    const opened = await host.unwrapKey(header.keychain);
    if (!opened.ok) return "keychain-failed";
    const { key, rewrapped } = opened.value;
    try {
      return {
        key: await provenKey(header, key),
        header: rewrapped ? { ...header, keychain: new Uint8Array(rewrapped) } : header,
      };
    } catch (error) {
      if (error instanceof NotOpened) return "keychain-failed";
      throw error;
    }
  }

  /** @param forKeychain the data key's bytes, to be wrapped by the keychain and wiped */
  async #openStore(header: StoreHeader, forKeychain: Bytes | null): Promise<void> {
    const storage = this.#storage!;
    const { host, clock, onopen, policy } = this.#means;
    let now = header;
    if (forKeychain && this.durable && !policy().keychain) {
      // SECURITY: a copy from before goes: the keychain would give the key to any program of this user.
      now = { ...header, keychain: null };
      this.keychain = false;
    } else if (forKeychain && this.durable) {
      // A keychain that does not answer must not keep out whoever has the passphrase.
      const wrapped = await within(KEYCHAIN_PATIENCE_MS, host.wrapKey(forKeychain));
      // Without one the passphrase remains. What another keychain has wrapped stays: it may be there again tomorrow.
      if (wrapped?.ok) now = { ...header, keychain: new Uint8Array(wrapped.value.wrapped) };
      this.keychain = wrapped?.ok === true;
    }
    forKeychain?.fill(0);
    if (now !== this.#header) {
      this.#header = now;
      // A store opens on a full disk too: what was not written is written at the next opening.
      await this.#writeHeader().catch(() => undefined);
    }
    const store = await this.reopen();
    const settings = await storage.readSettings();
    this.settings = { ...SETTINGS, ...settings };
    this.clockBehind = settings !== null && clock() < settings.lastSeen;
    const before = this.settings.dueSince;
    const { removed, dueSince } = await store
      .removeExpired(before)
      .catch(() => ({ removed: [], dueSince: before }));
    this.removedExpired = removed.length;
    await this.changeSettings({ lastSeen: clock(), dueSince }).catch(() => undefined);
    onopen(store);
    this.phase = { kind: "open" };
  }

  /** The header as it is when its turn comes: of two changes the later one is what stays. */
  #writeHeader(): Promise<void> {
    const storage = this.#storage;
    const run = this.#writing.then(() => storage?.writeHeader(this.#header!));
    this.#writing = run.catch(() => undefined);
    return run;
  }

  /** It does not open, though the key is right: the key is not kept for that. */
  #broken(error: unknown): void {
    this.#key = null;
    this.#store = null;
    this.#trouble({ kind: "broken", message: messageOf(error) });
  }

  #locked(why: LockReason): void {
    this.phase = { kind: "locked", why, byKeychain: false };
  }

  /** Drops the key and everything that was read with it. */
  #shut(): void {
    const wasOpen = this.isOpen;
    this.#store = null;
    this.#key = null;
    if (wasOpen) this.#means.onshut();
  }

  /** Another window has taken the store over. */
  async #taken(): Promise<void> {
    this.#hold = null;
    this.#opening++;
    const saved = !this.isOpen || (await this.#means.ontaken());
    if (saved) this.#shut();
    else {
      // As where the store went away: what is typed is nowhere else, and can be saved as a file.
      this.#store = null;
      this.#means.onlost();
    }
    this.#storage?.close();
    this.#storage = null;
    this.#trouble({ kind: "elsewhere" });
  }

  /** The database was closed by somebody else. */
  #lost({ full }: { full: boolean }): void {
    if (this.phase.kind !== "open" && this.phase.kind !== "locked") return;
    this.#wasFull = full;
    this.#store = null;
    this.#storage = null;
    this.#means.onlost();
    this.#trouble({ kind: full ? "full" : "lost" });
  }

  /** It is not opened. Chromium does not say why; what it said when it closed it holds. */
  #refused(error: unknown): void {
    this.#trouble(this.#wasFull ? { kind: "full" } : { kind: "refused", message: messageOf(error) });
  }

  #trouble(trouble: Trouble): void {
    this.phase = { kind: "trouble", trouble };
    void this.#means.host.note(`store-${trouble.kind}` as const);
  }
}

/** What a task gives within a time, and otherwise null. */
const within = <T>(ms: number, task: Promise<T>): Promise<T | null> =>
  Promise.race([task, new Promise<null>((resolve) => setTimeout(() => resolve(null), ms))]);
