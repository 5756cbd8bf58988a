import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Driver } from "../support/casesPage.ts";
import { startKillable } from "../support/killable.ts";
import { serveOwnPage } from "../support/ownPage.ts";

/** Medians, in milliseconds, of a store with so many cases in headless Chromium. */
export async function cases(count: number): Promise<{
  /** database, key and list, until every case can be listed */
  open: number;
  /** the slowest of several searches, median of its runs */
  search: number;
  /** from a key to what the disk has, the time that typing is waited for left out */
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
      for (let i = 0; i < 9; i++) {
        const { ms, count: found } = await driver.openFilled("filled");
        if (found !== count) throw new Error(`${found} of ${count} cases`);
        opened.push(ms);
      }
      const search = Math.max(...driver.searchFilled());
      const save = median(await driver.saveTimes(31));
      return { open: median(opened), search, save };
    }, count);
  } finally {
    await kill();
    await web.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
