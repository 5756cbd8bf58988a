import type { Failure } from "../../../src-main/api/contract.ts";
import type { Host } from "../../host/host.svelte.ts";
import type { CasesState } from "../casesState.svelte.ts";

/** What can be found after everything is erased; null: this browser, or this edition, has no way to tell. */
export interface Remains {
  databases: string[] | null;
  /** names of backups that the host keeps; "not-here": it keeps none */
  backups: string[] | null | "not-here";
  /** names of values in the page's two small storages; the program writes none */
  local: string[] | null;
  caches: string[] | null;
}

/** Where a page can leave something; tests have their own. */
export type Places = Partial<
  Pick<typeof globalThis, "indexedDB" | "localStorage" | "sessionStorage" | "caches">
>;

export interface Erased {
  remains: Remains;
  /** the user was asked once more about the backups, and said no */
  kept: boolean;
  /** of the backups; the cases themselves are erased */
  failure: Failure | null;
}

/** Whether nothing of the cases is left where the program can look. */
export const isAllGone = ({ remains: { databases, backups }, failure }: Erased): boolean =>
  failure === null &&
  (databases === null || databases.length === 0) &&
  (backups === "not-here" || (backups !== null && backups.length === 0));

/** Looks, and changes nothing. */
export async function whatRemains(host: Host, places: Places = globalThis): Promise<Remains> {
  const backups = host.capabilities.backups ? await host.listBackups() : null;
  return {
    databases: await namesOf(async () => {
      const found = await (places.indexedDB as Partial<IDBFactory> | undefined)?.databases?.();
      return found?.map(({ name }) => name ?? "");
    }),
    backups: !backups ? "not-here" : backups.ok ? backups.value.map(({ name }) => name) : null,
    local: await namesOf(() => [...keysOf(places.localStorage), ...keysOf(places.sessionStorage)]),
    caches: await namesOf(async () => places.caches?.keys()),
  };
}

/** Erases the store and, where it is asked for, the backups; then looks what is left. @throws where nothing was erased */
export async function eraseEverything(
  cases: CasesState,
  { backups }: { backups: boolean },
  places: Places = globalThis,
): Promise<Erased> {
  const { host } = cases;
  await cases.erase();
  const deleted = backups ? await cases.deleteBackups({ setAside: true }) : null;
  const failure = deleted && !deleted.ok ? deleted : null;
  const kept = deleted?.ok === true && !deleted.value.deleted;
  return { remains: await whatRemains(host, places), kept, failure };
}

/** A browser may refuse even to be asked. */
async function namesOf(ask: () => string[] | Promise<string[] | undefined>): Promise<string[] | null> {
  try {
    return (await ask()) ?? null;
  } catch {
    return null;
  }
}

const keysOf = (storage: Storage | undefined): string[] =>
  Array.from({ length: storage?.length ?? 0 }, (_, i) => storage!.key(i)!);
