import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Driver } from "../support/casesPage.ts";
import { startKillable } from "../support/killable.ts";
import { serveOwnPage } from "../support/ownPage.ts";

/** Medians, in milliseconds, of a store with so many cases in headless Chromium. */
export async function cases(count: number): Promise<{
  /** the start of the room, header, passphrase of few rounds, settings and list, until every case can be listed */
  open: number;
  /** a first search after opening, which folds the words of every case; the room begins to do that before */
  firstSearch: number;
  /** of several searches the one whose median is the slowest, and that median */
  search: { query: string; ms: number };
  /** from a typed letter to "saved" on the screen, with the wait for more letters */
  save: number;
}> {
  const web = await serveOwnPage(fileURLToPath(new URL("../support/casesPage.ts", import.meta.url)));
  const profile = await mkdtemp(path.join(tmpdir(), "hg-nen-bench-cases-"));
  const { page, kill } = await startKillable(profile);
  try {
    await page.goto(web.address);
    await page.waitForFunction(() => "driver" in globalThis);
    return await page.evaluate(async (count) => {
      const { driver } = globalThis as unknown as { driver: Driver };
      const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;
      await driver.fill("filled", count);
      const opened: number[] = [];
      const firstSearches: number[] = [];
      for (let i = 0; i < 9; i++) {
        const { ms, count: found } = await driver.openFilled("filled");
        if (found !== count) throw new Error(`${found} of ${count} cases`);
        opened.push(ms);
        firstSearches.push(Object.values(driver.searchFilled(1))[0]![0]!);
      }
      const runs = Object.entries(driver.searchFilled(25));
      const searches = runs.map(([query, times]) => ({ query, ms: median(times) }));
      const search = searches.reduce((slowest, each) => (each.ms > slowest.ms ? each : slowest));
      const save = median(await driver.saveTimes(31));
      return { open: median(opened), firstSearch: median(firstSearches), search, save };
    }, count);
  } finally {
    await kill();
    await web.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
