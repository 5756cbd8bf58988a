/** The link to the article in the desktop edition, from the page's button to the system's browser. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";

const ARTICLE = "https://doi.org/10.1038/s41416-025-03054-w";
const [OPEN, COPY, CANCEL] = [0, 1, 2];

let edition: DesktopEdition;
beforeAll(async () => void (edition = await openDesktop()));
afterAll(() => edition.close());

describe("the link to the article", () => {
  it.for<[name: string, button: number, opened: string[], copied: string[]]>([
    ["opens nothing when the user cancels", CANCEL, [], []],
    ["is copied when the user says so", COPY, [], [ARTICLE]],
    ["is opened when the user says so, and is the one that the question showed", OPEN, [ARTICLE], [ARTICLE]],
  ])("%s", async ([, button, opened, copied], spec) => {
    const { page, standIn } = edition;
    if (!standIn) return spec.skip("it would open a browser");
    await standIn.play({ kind: "answer-message-box", button });
    const before = standIn.all("message-box").length;
    await page.evaluate(() => (location.hash = "#/published"));
    await page.getByRole("button", { name: "Open the article…" }).click();
    await expect.poll(() => standIn.all("message-box").length).toBe(before + 1);
    expect(standIn.all("message-box").at(-1)!.options.detail!.split("\n")[0]).toBe(ARTICLE);
    await expect.poll(() => standIn.all("opened-outside").map(({ url }) => url)).toEqual(opened);
    await expect.poll(() => standIn.all("copied").map(({ text }) => text)).toEqual(copied);
  });

  it("leaves the page where it was, and asks for nothing of the network", () => {
    expect(
      edition.requests.filter((url) => !url.startsWith(edition.origin) && !url.startsWith("data:")),
    ).toEqual([]);
  });
});
