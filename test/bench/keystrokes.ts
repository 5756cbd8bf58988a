import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { openWeb } from "../support/web.ts";

const builtFile = (url: string): string =>
  path.join(import.meta.dirname, "../../dist/renderer", new URL(url).pathname);

/** Milliseconds from the browser's time stamp of a key to the frame in which the new result has been painted. */
export async function keystrokes(): Promise<{
  /** from the page's request to its first paint, and to a form that can be typed into */
  painted: number;
  usable: number;
  /** gzipped bytes of every script that had been asked for by then */
  scriptBytes: number;
  p50: number;
  p95: number;
  count: number;
}> {
  const { page, requests, close } = await openWeb();
  try {
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.locator("#ageYears").waitFor();
    requests.length = 0;
    await page.reload();
    await page.locator("#ageYears").waitFor();
    const usable = await page.evaluate(() => performance.now());
    const painted = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    );
    const scriptBytes = [...new Set(requests)]
      .filter((url) => url.endsWith(".js"))
      .reduce((sum, url) => sum + gzipSync(readFileSync(builtFile(url))).length, 0);
    await page.check("input[name=tumour][value=NEC]");
    await page.check("input[name=sex][value=male]");
    await page.check("input[name=alp][value=elevated]");
    await page.fill("#ki67Percent", "85");
    await page.selectOption("#primarySite", "colon");
    await page.fill("#ageYears", "67");
    await page.check('input[name=ecogPs][value="0"]');
    await page.locator(".hero").waitFor();
    await page.evaluate(() => {
      const scope = window as unknown as { painted: number[]; pressed: number };
      scope.painted = [];
      addEventListener("keydown", (event) => (scope.pressed = event.timeStamp), true);
      const afterPaint = (run: () => void): void => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = run;
          channel.port2.postMessage(null);
        });
      };
      new MutationObserver(() => {
        const pressed = scope.pressed;
        scope.pressed = NaN;
        if (!Number.isNaN(pressed)) afterPaint(() => scope.painted.push(performance.now() - pressed));
      }).observe(document.querySelector(".headline")!, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
    await page.focus('input[name=ecogPs][value="0"]');
    const count = 200;
    for (let i = 0; i < count; i++) {
      // 0 → 1 → 2 → 3 → 2 → 1 → 0: each press is another patient, and the median on screen changes with it.
      await page.keyboard.press(i % 6 < 3 ? "ArrowRight" : "ArrowLeft");
      await page.waitForFunction((n) => (window as unknown as { painted: number[] }).painted.length > n, i);
    }
    const times = await page.evaluate(() => (window as unknown as { painted: number[] }).painted);
    times.sort((a, b) => a - b);
    return {
      painted,
      usable,
      scriptBytes,
      p50: times[count >> 1]!,
      p95: times[Math.floor(count * 0.95)]!,
      count,
    };
  } finally {
    await close();
  }
}
