/** How much is done before the page may breathe. */
const CHUNK = 200;

/** Does work for every item, in order, and lets the page answer its user in between. */
export async function inChunks<T, U>(
  items: readonly T[],
  work: (item: T, place: number) => U | Promise<U>,
): Promise<U[]> {
  const done: U[] = [];
  for (let at = 0; at < items.length; at += CHUNK) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve));
    done.push(...(await Promise.all(items.slice(at, at + CHUNK).map((item, i) => work(item, at + i)))));
  }
  return done;
}
