/** Of our own, for as long as it takes. Chromium keeps all databases of an origin in one LevelDB, with one log. */
const NAME = "hg-nen-prognosis-log";
const ROWS = "rows";
/** More than the 4 MB that LevelDB gathers before it begins a new log; a row of more than 64 kB would be a file beside it. */
const COUNT = 110;
const BYTES = 48 * 1024;
/** Opening is not kept waiting by a browser in trouble: the store says so itself. */
const PATIENCE_MS = 2000;

/**
 * Makes Chromium begin a new log of its databases, before a change is said to be saved.
 *
 * A program that is killed in the middle of a writing leaves the head of an entry at the end of the log. The next start
 * goes on writing behind it, in the same file, and the one after that takes what follows for damage and throws away
 * every database of the origin: on the disk or not, all that was saved is gone (seen in Chromium 156; its sources say
 * why it no longer does so on ChromeOS: crbug.com/460568). So what is written behind such an end must not stay there:
 * this writes more than LevelDB gathers in one log, and deletes it.
 *
 * Never rejects: without room the log stays as it is.
 */
export async function beginNewLog(factory: IDBFactory = indexedDB): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([fill(factory).catch(() => undefined), late]);
  clearTimeout(timer);
}

async function fill(factory: IDBFactory): Promise<void> {
  try {
    const opening = factory.open(NAME);
    opening.onupgradeneeded = () => opening.result.createObjectStore(ROWS);
    const database = await answer(opening);
    try {
      const transaction = database.transaction(ROWS, "readwrite", { durability: "strict" });
      const rows = transaction.objectStore(ROWS);
      for (let i = 0; i < COUNT; i++) rows.put(new Uint8Array(BYTES), i);
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error("ended"));
      });
    } finally {
      database.close();
    }
  } finally {
    await answer(factory.deleteDatabase(NAME));
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("refused"));
  });
