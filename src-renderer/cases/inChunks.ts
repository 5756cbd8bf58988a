/** How much is done before the page may breathe. */
export const CHUNK = 200;

/** Does work for every item, in order, and lets the page answer its user in between. */
export async function inChunks<T, U>(
  items: readonly T[],
  work: (item: T, place: number) => U | Promise<U>,
): Promise<U[]> {
  const done: U[] = [];
  for (let at = 0; at < items.length; at += CHUNK) {
    if (at > 0) await breath();
    done.push(...(await Promise.all(items.slice(at, at + CHUNK).map((item, i) => work(item, at + i)))));
  }
  return done;
}

/** Lets the page draw and answer between two parts of long work. */
export const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
