import type { BrowserWindow, WebContents } from "electron";
import type { Happening, Result, ShellEvent } from "../api/contract.ts";
import { MOST_CASE_FILE_BYTES, MOST_HAPPENINGS_KEPT } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";

export interface EventsMeans {
  /** whose page is told */
  window: Pick<BrowserWindow, "once"> & { webContents: Pick<WebContents, "on"> };
}

export type Push = (event: Happening) => void;

export interface Events {
  push: Push;
  handlers: Pick<ShellHandlers, "nextEvent">;
}

/** The largest file of cases has room. */
const MOST_KEPT_BYTES = MOST_CASE_FILE_BYTES;

/**
 * Tells the page what happens around it, one event as the answer to one request that it has made before: the bridge
 * needs no second direction.
 *
 * What happens while no page asks is kept, in its order, until one does: a file is opened before the first page is
 * there, and a page that has crashed comes back. Beyond {@link MOST_HAPPENINGS_KEPT} nothing more is kept, and a file
 * beyond {@link MOST_KEPT_BYTES} is told of as refused; what has been kept stays. An event that is on its way to a page
 * at the moment of its crash is lost.
 *
 * SECURITY: a lock needs no room and goes before all others, so that no number of files holds it up. It is kept once,
 * however often the computer is locked: a page that comes back behind a locked screen must learn it, and learn it once.
 */
export function createEvents({ window }: EventsMeans): Events {
  const kept: Happening[] = [];
  let lock: Happening | null = null;
  let waiting: ((answer: Result<ShellEvent>) => void) | null = null;
  let closed = false;

  function answer(event: ShellEvent): void {
    waiting?.({ ok: true, value: event });
    waiting = null;
  }

  /** The request that waits is of a page that hears no more; what comes is for the one after it. */
  const end = (): void => answer({ kind: "ended" });

  function keep(event: Happening): void {
    if (event.kind === "lock") {
      lock ??= event;
      return;
    }
    if (kept.length === MOST_HAPPENINGS_KEPT) return;
    const fits = bytesOf(event) + kept.reduce((sum, each) => sum + bytesOf(each), 0) <= MOST_KEPT_BYTES;
    kept.push(fits ? event : refusalOf(event));
  }

  function takeKept(): Happening | undefined {
    if (!lock) return kept.shift();
    const first = lock;
    lock = null;
    return first;
  }

  const { webContents } = window;
  webContents.on("render-process-gone", end);
  // Loaded anew.
  webContents.on("did-navigate", end);
  window.once("closed", () => {
    closed = true;
    kept.length = 0;
    end();
  });

  return {
    push(event) {
      if (closed) return;
      if (waiting) answer(event);
      else keep(event);
    },
    handlers: {
      nextEvent: () => {
        // Of the page before this one.
        end();
        const next: ShellEvent | undefined = closed ? { kind: "ended" } : takeKept();
        if (next) return Promise.resolve({ ok: true, value: next });
        return new Promise((resolve) => (waiting = resolve));
      },
    },
  };
}

const bytesOf = (event: Happening): number => (event.kind === "file" ? event.bytes.length : 0);

function refusalOf(event: Happening): Happening {
  const name = event.kind === "file" ? event.name : "";
  return { kind: "file-refused", name, reason: "other", message: "too many files wait to be opened" };
}
