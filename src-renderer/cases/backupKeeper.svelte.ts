import type { Failure } from "../../src-main/api/contract.ts";
import type { Host } from "../host/host.svelte.ts";
import type { Bytes } from "./store/record.ts";
import { Timers } from "./timers.ts";
import { messageOf } from "../messageOf.ts";

/** A backup comes this long after a change, and this long after the backup before it. */
const AFTER_MS = 10_000;
const EVERY_MS = 60_000;

/** Makes a backup after changes, where the host keeps them. */
export class BackupKeeper {
  /** the latest backup of this sitting, or why there is none */
  latest = $state.raw<{ at: number } | { failure: Failure } | null>(null);
  readonly #host: Host;
  readonly #make: () => Promise<Bytes>;
  readonly #clock: () => number;
  readonly #timers = new Timers<"backup">();
  #last = 0;
  #running: Promise<void> = Promise.resolve();
  /** how often it was told to halt */
  #halted = 0;

  constructor(host: Host, make: () => Promise<Bytes>, clock: () => number) {
    this.#host = host;
    this.#make = make;
    this.#clock = clock;
  }

  /** Something has changed. */
  changed(): void {
    if (!this.#host.capabilities.backups) return;
    const wait = Math.max(AFTER_MS, this.#last + EVERY_MS - this.#clock());
    // A clock that is set back must not put it off for days, nor somebody who never stops typing.
    this.#timers.after("backup", Math.min(wait, EVERY_MS), () => void this.now(), { sooner: true });
  }

  /**
   * The store is open: what was changed shortly before the program ended is in no backup yet.
   *
   * @param latestChange of any case; 0: there is none
   */
  async opened(latestChange: number): Promise<void> {
    if (!this.#host.capabilities.backups || latestChange === 0) return;
    const listed = await this.#host.listBackups();
    const latest = listed.ok ? listed.value.find(({ kind }) => kind === "rotating") : undefined;
    if (!latest || latest.at < latestChange) this.changed();
  }

  /** Whether a change is in no backup yet. */
  get isWaiting(): boolean {
    return this.#timers.isRunning("backup");
  }

  async now(): Promise<void> {
    if (!this.#host.capabilities.backups) return;
    const halted = this.#halted;
    await this.write(() => (halted === this.#halted ? this.#make() : Promise.resolve(null)));
  }

  /** @param make the file; null: it is not wanted any more */
  write(make: () => Promise<Bytes | null>): Promise<void> {
    this.#timers.cancel("backup");
    this.#running = this.#running.then(() => this.#write(make));
    return this.#running;
  }

  async #write(make: () => Promise<Bytes | null>): Promise<void> {
    const at = this.#clock();
    const halted = this.#halted;
    this.#last = at;
    try {
      const bytes = await make();
      if (!bytes || halted !== this.#halted) return;
      const written = await this.#host.writeBackup(bytes, "rotating");
      this.latest = written.ok ? { at } : { failure: written };
    } catch (error) {
      const message = messageOf(error);
      this.latest = { failure: { ok: false, code: "internal", message } };
    }
  }

  /** Resolves when nothing more comes: what was on its way is done, or dropped. */
  async halt(): Promise<void> {
    this.#halted++;
    this.stop();
    await this.#running;
  }

  stop(): void {
    this.#timers.cancelAll();
  }
}
