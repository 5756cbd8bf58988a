/** The program's own page with nothing in it but the stored cases, for specs of what the disk is left with. */
import { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";
import type { CaseContent, SavedEstimate, SavedNumbers } from "../../src-renderer/cases/content.ts";
import { emptyContent } from "../../src-renderer/cases/content.ts";
import { emptyFollowUp } from "../../src-renderer/cases/followUp/followUp.ts";
import { matching, noFilters, Order } from "../../src-renderer/cases/list/list.ts";
import { isFull } from "../../src-renderer/cases/store/database.ts";
import type { CaseSummary } from "../../src-renderer/cases/summary.ts";
import { connectHost } from "../../src-renderer/host/host.svelte.ts";
import { whenSaved } from "./whenSaved.svelte.ts";

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

const ROUNDS = 1000;
const host = connectHost();
const cases = new CasesState({ host, about: () => null, iterations: ROUNDS });
/** The same, over a database of its own. */
const casesIn = (database: string): CasesState =>
  new CasesState({ host, about: () => null, database, iterations: ROUNDS });
/** Lets go of a store, and of the one window's right to it, before the next one is asked for. */
async function close(state: CasesState): Promise<void> {
  await state.close();
  await new Promise((resolve) => setTimeout(resolve));
}

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

const SITES = ["pancreas", "colon", "rectum", "stomach", "oesophagus", "unknown"] as const;
const numbers = (median: number): SavedNumbers => ({
  ...{ median, lower: median - 2, upper: median + 3, riskGroup: "middle", percentile: 50 },
  survival: [6, 12, 24, 36, 60].map((months) => ({ months, survival: 0.5, lower: 0.4, upper: 0.6 })),
});
/** A synthetic case with everything that a user may keep of one. */
function fullCase(i: number): CaseContent {
  const typed = contentOf(i);
  const patient = {
    ...{ tumour: i % 4 === 0 ? ("NET_G3" as const) : ("NEC" as const), sex: "female" as const },
    ...{ ecogPs: (i % 3) as 0 | 1 | 2, alp: "elevated" as const, primarySite: SITES[i % SITES.length]! },
    firstLine: "platinum-etoposide" as const,
  };
  const estimate = (at: number, kept: boolean): SavedEstimate => ({
    ...{ at, kept, appVersion: "0.1.0", modelVersion: "1.0.0", study: "synthetic", notEstimated: [] },
    patient: { ...patient, ageYears: 40 + (i % 45), ki67Percent: 21 + (i % 80) },
    ...{ os: numbers(8 + (i % 20)), pfs: numbers(4 + (i % 10)) },
  });
  return {
    ...typed,
    tags: ["synthetic", `tag ${i % 40}`],
    draft: { ...typed.draft, ...patient, age: String(40 + (i % 45)), ki67: String(21 + (i % 80)) },
    board: i % 10 === 0 ? { day: `2026-${i % 20 === 0 ? "01" : "02"}-12`, place: i } : null,
    estimates: [estimate(1, true), estimate(2, false)],
    followUp: {
      ...emptyFollowUp(),
      ...{ regimen: "cisplatin and etoposide", start: "2025-01-14", stop: "2025-05-20" },
      ...{ bestResponse: "PR", stoppedForToxicity: false, progression: "2025-08-02" },
      laterLines: [{ regimen: "FOLFIRI", start: "2025-08-20", progression: "2025-11-03" }],
      lastContact: "2025-12-01",
    },
  };
}

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

  /** fills another database with so many cases, as large as they become in use, and closes it */
  async fill(name: string, count: number): Promise<void> {
    const state = casesIn(name);
    await state.start();
    await state.create(PASSPHRASE);
    await state.apply(
      "import",
      Array.from({ length: count }, (_, i) => ({
        id: crypto.randomUUID(),
        content: fullCase(i),
        deletedAt: 0,
      })),
    );
    // As the program leaves it: with its list.
    await close(state);
  },
  /**
   * Opens it as a start of the program does, header, passphrase, settings and list, until all of it can be shown in its
   * order. The passphrase has few rounds: what the real ones cost is nobody's to make quicker.
   */
  async openFilled(name: string): Promise<{ ms: number; count: number }> {
    const start = performance.now();
    const state = casesIn(name);
    await state.start();
    const opened = await state.unlock(PASSPHRASE);
    filled = new Order().sorted(state.listed, { key: "changed", descending: true });
    const ms = performance.now() - start;
    const { kind } = state.phase;
    if (!opened || kind !== "open") throw new Error(`the store is ${kind}`);
    await close(state);
    return { ms, count: filled.length };
  },
  /**
   * Each of some searches over what was opened last, so many times: how long each took, by its words. The first run of
   * the first one is the first search after opening.
   */
  searchFilled(times: number): Record<string, number[]> {
    const queries = ["step 77", "9999 synthetic", "nothing like it", "tag:synth neuroendocrine", "s"];
    const taken = queries.map((query) => {
      const runs = Array.from({ length: times }, () => {
        const start = performance.now();
        matching(filled, query, noFilters(), "2026-01-15");
        return performance.now() - start;
      });
      return [query, runs] as const;
    });
    return Object.fromEntries(taken);
  },
  /** from an edit, as typing makes it, to when the screen says "saved", the wait for more typing included; milliseconds */
  async saveTimes(count: number): Promise<number[]> {
    await driver.open();
    await driver.create(0);
    await cases.flush();
    const times: number[] = [];
    for (let i = 1; i <= count; i++) {
      const start = performance.now();
      cases.edit({ label: `Step ${i}` }, "label");
      await whenSaved(cases);
      times.push(performance.now() - start);
      if (cases.store.cases.get(cases.current!.id)?.label !== `Step ${i}`) {
        throw new Error(`change ${i} was said to be saved, and is not`);
      }
    }
    return times;
  },
};

let filled: readonly CaseSummary[] = [];

export type Driver = typeof driver;

Object.assign(globalThis, { driver });
document.querySelector("#app")!.append(document.createElement("main"));
