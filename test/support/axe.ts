import AxeBuilder from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong with a page in one of the two colour schemes, each with the elements that it concerns. */
export async function violationsOn(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // No colour is half-way when it is judged; what had begun to change before goes on, with or without motion.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  await page.evaluate(AxeBuilder.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof AxeBuilder };
    const results = await axe.run(document, { resultTypes: ["violations"] });
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return violations;
}
