const MINUTE_MS = 60_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"];

/**
 * Calls when nobody has used the window for so long.
 *
 * @param busy something goes on that needs no hand, slides before an audience for one: the time begins anew
 * @returns ends the watch
 */
export function watchIdleness(minutes: number, busy: () => boolean, onidle: () => void): () => void {
  const watch = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  let latest = Date.now();
  /** A computer that sleeps runs no timers: the first sign after it would begin the time anew. */
  const sign = (): void => {
    const idle = Date.now() - latest;
    if (idle >= minutes * MINUTE_MS && !busy()) onidle();
    again();
  };
  const again = (): void => {
    latest = Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      // It is asked again: what could not be left at this moment may be left later.
      again();
      if (!busy()) onidle();
    }, minutes * MINUTE_MS);
  };
  for (const name of SIGNS) {
    addEventListener(name, sign, { signal: watch.signal, passive: true, capture: true });
  }
  again();
  return () => {
    watch.abort();
    clearTimeout(timer);
  };
}
