import type { Failure } from "../../src-main/api/contract.ts";
import type { Host } from "../host/host.svelte.ts";
import type { Bytes } from "./store/record.ts";
import { Timers } from "./timers.ts";

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

  /** What is waited for, at once. */
  async beforeShutting(): Promise<void> {
    if (this.#timers.isRunning("backup")) await this.now();
  }

  async now(): Promise<void> {
    this.#timers.cancel("backup");
    if (!this.#host.capabilities.backups) return;
    const at = this.#clock();
    this.#last = at;
    try {
      const written = await this.#host.writeBackup(await this.#make(), "rotating");
      this.latest = written.ok ? { at } : { failure: written };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.latest = { failure: { ok: false, code: "internal", message } };
    }
  }

  stop(): void {
    this.#timers.cancelAll();
  }
}
