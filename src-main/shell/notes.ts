import type { Note } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import type { Log } from "./log.ts";

export interface NoteMeans {
  log: Log;
  /** ms since 1970 */
  now?: () => number;
}

/** The same is told of once within this time: a page tries again every few seconds. */
const PAUSE_MS = 60_000;
/** In all, from the start to the end. */
const MOST = 100;

/**
 * What the page wants to be in the log, so that who helps learns of a store that was lost.
 *
 * SECURITY: codes of the contract's list and nothing else, and no more of them than leave the other lines where they
 * are: a page that has been taken over could write the log full.
 */
export function createNotes({ log, now = Date.now }: NoteMeans): Pick<ShellHandlers, "note"> {
  const latest = new Map<Note, number>();
  let count = 0;
  return {
    note({ code }) {
      const at = now();
      const before = latest.get(code);
      if (count < MOST && (before === undefined || Math.abs(at - before) >= PAUSE_MS)) {
        count++;
        latest.set(code, at);
        log("page-note", { code });
      }
      return Promise.resolve({ ok: true, value: null });
    },
  };
}
