import { openWeb } from "../support/web.ts";

/** Milliseconds from the browser's time stamp of a key to the frame in which the new result has been painted. */
export async function keystrokes(): Promise<{ first: number; p50: number; p95: number; count: number }> {
  const { page, close } = await openWeb();
  try {
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.reload();
    await page.locator("#ageYears").waitFor();
    const first = await page.evaluate(() => performance.now());
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
      }).observe(document.querySelector(".hero")!, { characterData: true, childList: true, subtree: true });
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
    return { first, p50: times[count >> 1]!, p95: times[Math.floor(count * 0.95)]!, count };
  } finally {
    await close();
  }
}
