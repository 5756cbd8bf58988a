/** The program's own page with nothing in it but the stored cases, for specs of what the disk is left with. */
import { CasesState, isFull } from "../../src-renderer/cases/casesState.svelte.ts";
import type { CaseContent } from "../../src-renderer/cases/content.ts";
import { emptyContent } from "../../src-renderer/cases/content.ts";
import { matching, noFilters, Order } from "../../src-renderer/cases/list/list.ts";
import { newKey } from "../../src-renderer/cases/store/crypto.ts";
import { DatabaseStorage } from "../../src-renderer/cases/store/database.ts";
import { makeHeader, provenKey } from "../../src-renderer/cases/store/header.ts";
import { CaseStore } from "../../src-renderer/cases/store/store.ts";
import type { CaseSummary } from "../../src-renderer/cases/summary.ts";
import { connectHost } from "../../src-renderer/host/host.svelte.ts";

const PASSPHRASE = "synthetic passphrase of a test";
/** Dexie takes the function when it opens the database: it is watched from before then. */
const asked = new Set<string>();
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (...args: Parameters<typeof transaction>) {
  const made = transaction.apply(this, args);
  if (made.mode === "readwrite") asked.add(made.durability);
  return made;
};

const cases = new CasesState({ host: connectHost(), about: () => null, iterations: 1000 });

/** A case as a spec sees it: the number of the change that it stands at, and whether it is in the bin. */
export interface SeenCase {
  id: string;
  step: number;
  binned: boolean;
}

/** A content that says which change it is, and is as large as a real one. */
const contentOf = (step: number): CaseContent => ({
  ...emptyContent(0),
  label: `Step ${step}`,
  note: "A synthetic note. ".repeat(20 + (step % 60)),
  tags: ["synthetic"],
});

const unlessFull = <T>(change: Promise<T>): Promise<T | null> =>
  change.catch((error: unknown) => {
    if (isFull(error)) return null;
    throw error instanceof Error ? new Error(`${error.name}: ${error.message}`) : error;
  });
const done = async (change: Promise<void>): Promise<boolean> =>
  (await unlessFull(change.then(() => true))) === true;

/** What a spec drives the page with; what answers `false` or null was refused because the disk is full. */
export const driver = {
  /** opens the store, or makes it; the phase that it ends in */
  async open(): Promise<string> {
    await cases.start();
    if (cases.phase.kind === "new") await cases.create(PASSPHRASE);
    else if (cases.phase.kind === "locked") await cases.unlock(PASSPHRASE);
    return cases.phase.kind;
  },
  /** everything that can be read, through its encryption and not through the list; and how many cannot */
  async all(): Promise<{ cases: SeenCase[]; damaged: number; listed: number }> {
    const damaged = await cases.store.verify();
    const found = await cases.store.readMany([...cases.store.cases.keys()]);
    return {
      cases: found.map(({ id, content, deletedAt }) => ({
        id,
        step: Number(content.label.replace("Step ", "")),
        binned: deletedAt !== 0,
      })),
      damaged: damaged.length,
      listed: cases.cases.length,
    };
  },
  /** null: there was no room */
  create: (step: number): Promise<string | null> => unlessFull(cases.newCase(contentOf(step))),
  /** edits as typing does, and resolves once the screen would say "saved" */
  async edit(id: string, step: number): Promise<boolean> {
    if (cases.current?.id !== id) await cases.openCase(id);
    const { label, note } = contentOf(step);
    cases.edit({ label, note }, "label");
    const saved = await cases.flush();
    // A spec tries the next change; a user would be told, and the program would go on trying.
    if (!saved) cases.discard();
    return saved;
  },
  remove: (id: string): Promise<boolean> => done(cases.remove([id])),
  restore: (id: string): Promise<boolean> => done(cases.restore([id])),
  purge: (id: string): Promise<boolean> => done(cases.purge([id])),
  saveList: (): Promise<void> => cases.store.saveIndex(),
  /** how durable the browser was asked to make every change so far; each word once */
  durability: (): string[] => [...asked],

  /** fills another database with so many cases */
  async fill(name: string, count: number): Promise<void> {
    const storage = await DatabaseStorage.open(name);
    const key = newKey();
    const bytes = key.slice();
    const header = await makeHeader(key, PASSPHRASE, {
      store: crypto.randomUUID(),
      created: 0,
      iterations: 1,
    });
    await storage.writeHeader(header);
    const store = await CaseStore.open({ storage, store: header.store, key: await provenKey(header, key) });
    await store.change(
      "import",
      Array.from({ length: count }, (_, i) => ({
        id: crypto.randomUUID(),
        content: contentOf(i),
        deletedAt: 0,
      })),
    );
    await store.saveIndex();
    storage.close();
    kept.set(name, { header, bytes });
  },
  async openFilled(name: string): Promise<{ ms: number; count: number }> {
    const { header, bytes } = kept.get(name)!;
    const start = performance.now();
    const storage = await DatabaseStorage.open(name);
    const key = await provenKey(header, bytes.slice());
    const store = await CaseStore.open({ storage, store: header.store, key });
    filled = new Order().sorted([...store.cases.values()], { key: "changed", descending: true });
    const ms = performance.now() - start;
    storage.close();
    return { ms, count: store.cases.size };
  },
  /** how long each of some searches takes over what was opened last, the first one included; milliseconds */
  searchFilled(): number[] {
    return ["step 77", "9999 synthetic", "nothing like it", "tag:synth neuroendocrine", "s"].map((query) => {
      const start = performance.now();
      matching(filled, query, noFilters(), "2026-01-15");
      return performance.now() - start;
    });
  },
  /** from an edit to what the disk has, without the time that typing is waited for; milliseconds */
  async saveTimes(count: number): Promise<number[]> {
    await driver.open();
    await driver.create(0);
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      cases.edit({ label: `Step ${i}` }, "label");
      await cases.flush();
      times.push(performance.now() - start);
    }
    return times;
  },
};

let filled: readonly CaseSummary[] = [];

const kept = new Map<
  string,
  { header: Awaited<ReturnType<typeof makeHeader>>; bytes: Uint8Array<ArrayBuffer> }
>();

export type Driver = typeof driver;

Object.assign(globalThis, { driver });
document.querySelector("#app")!.append(document.createElement("main"));
