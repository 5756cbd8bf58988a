/** For browsers that do not tell when they are idle. */
const LATER_MS = 1000;
/** Idle or not, it is not put off for longer. */
const LATEST_MS = 3000;

/** Runs something once the page has nothing else to do. @returns how it is called off */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(run, { timeout: LATEST_MS });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(run, LATER_MS);
  return () => clearTimeout(timer);
}
