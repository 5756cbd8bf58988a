/** The one window that has the store: two writers would not know of each other's changes. */
export interface Hold {
  release: () => void;
}

const NAME = "hg-nen-prognosis cases";

/**
 * Takes the store for this window; null: another one has it.
 *
 * @param takeOver take it from the other window
 * @param onlost called when another window takes it over
 */
export function holdStore(onlost: () => void, takeOver = false): Promise<Hold | null> {
  // Browsers without locks, and pages that are not secure, have one window as far as anybody can know.
  const locks = (navigator as Partial<Navigator>).locks;
  if (!locks) return Promise.resolve({ release: () => undefined });
  return new Promise((resolve, reject) => {
    let held = false;
    let released = false;
    locks
      .request(NAME, takeOver ? { steal: true } : { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        held = true;
        return new Promise<void>((done) => {
          resolve({
            release: () => {
              released = true;
              done();
            },
          });
        });
      })
      .catch((error: unknown) => {
        if (!held) reject(error instanceof Error ? error : new Error(String(error)));
        else if (!released) onlost();
      });
  });
}
