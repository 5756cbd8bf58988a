import type { Failure } from "../../src-main/api/contract.ts";
import type { Host } from "../host/host.svelte.ts";
import type { Bytes } from "./store/record.ts";
import { Timers } from "./timers.ts";

/** After the last change, and no oftener than the second. */
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
    // A clock that is set back must not put it off for days.
    this.#timers.after("backup", Math.min(wait, EVERY_MS), () => void this.now());
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
