/**
 * Every room and the gallery of controls against stored pictures, at the three sizes of the clinic, light and dark.
 * A difference is no error by itself: look at both pictures, and store the new one if it is better (README, "Pictures").
 */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebEdition } from "../../src-main/start/webEdition.ts";
import { serveWebEdition } from "../../src-main/start/webEdition.ts";
import { cases } from "../../src-main/words/cases.ts";
import { store } from "../../src-main/words/store.ts";
import { launchOptions } from "../support/chromium.ts";
import { compare, differenceFrom } from "../support/pictures.ts";
import { NEC_PATIENT, NET_PATIENT, enter, goTo, settled } from "../support/rooms.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SIZES = [
  [1366, 768],
  [1920, 1080],
  [1280, 720],
] as const;
const SCHEMES = ["light", "dark"] as const;

let browser: Browser;
let tools: Page;
let app: WebEdition;
let gallery: WebEdition;

beforeAll(async () => {
  await build({
    configFile: here("../../src-renderer/vite.config.ts"),
    logLevel: "error",
    build: {
      outDir: here("../../dist/gallery"),
      rolldownOptions: { input: here("../../src-renderer/gallery/gallery.html") },
    },
  });
  app = await serveWebEdition(here("../../dist/renderer"), 0, {});
  gallery = await serveWebEdition(here("../../dist/gallery"), 0, {});
  browser = await chromium.launch(await launchOptions());
  tools = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await gallery.close();
});

const seen = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** Each room with a patient in it, and what stands there once everything that was asked for has been answered. */
const ROOMS: [name: string, show: (page: Page) => Promise<void>][] = [
  [
    "estimate-nec",
    async (page) => {
      await enter(page, NEC_PATIENT);
      await seen(page, "At the reference: male and colorectal primary.");
    },
  ],
  [
    "estimate-net-g3-people",
    async (page) => {
      await enter(page, NET_PATIENT);
      await seen(page, "At the reference: ALP normal.");
      await page.check("input[name=chartAs][value=icons]", { force: true });
      await page.locator(".icons").waitFor();
    },
  ],
  [
    "not-estimated",
    async (page) => {
      await enter(page, { ...NEC_PATIENT, ecogPs: "4" });
      await seen(page, "No estimate for this patient");
    },
  ],
  [
    "compare",
    async (page) => {
      await enter(page, NET_PATIENT);
      await seen(page, "At the reference: ALP normal.");
      await goTo(page, "#/compare");
      await page.getByRole("button", { name: /^Platinum\/etoposide against/i }).click();
      await page.locator(".comparison table").first().waitFor();
    },
  ],
  [
    "board",
    async (page) => {
      await goTo(page, "#/board");
      await page.getByRole("button", { name: /synthetic/i }).click();
      await seen(page, "5 cases");
      await page.getByRole("button", { name: "Next slide" }).click();
      await page.locator(".preview [data-series=patient]").waitFor();
    },
  ],
  [
    "cases-set-up",
    async (page) => {
      await goTo(page, "#/cases");
      await seen(page, store.setUp.choose);
    },
  ],
  [
    "cases",
    async (page) => {
      await goTo(page, "#/cases");
      await page.getByLabel(store.setUp.sitting).check();
      await page.getByRole("button", { name: store.setUp.start }).click();
      await page.getByRole("button", { name: cases.list.none.examples }).click();
      await page.getByRole("row", { name: cases.chosen.exampleLabel(2) }).click();
      await seen(page, cases.one.note);
      await seen(page, cases.estimates.latest);
    },
  ],
  [
    "published",
    async (page) => {
      await goTo(page, "#/published");
      await page.locator("main svg polyline").first().waitFor({ state: "attached", timeout: 8000 });
    },
  ],
  [
    "model",
    async (page) => {
      await enter(page, NEC_PATIENT);
      await seen(page, "At the reference: male and colorectal primary.");
      await goTo(page, "#/model");
      await seen(page, "The patient of the Estimate room.");
      await seen(page, /Of \d+ published medians/);
    },
  ],
];

/** A page of its own, at a time and place that are the same wherever a run takes place. */
async function open(
  address: string,
  [width, height]: readonly [number, number],
  colorScheme: "light" | "dark",
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: "en-GB",
    timezoneId: "Europe/Oslo",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.clock.setFixedTime("2026-01-15T09:00:00Z");
  await page.goto(address);
  return { page, close: () => context.close() };
}

// The stored ones were taken on Linux: each system draws letters its own way, and all of them would differ.
describe.runIf(process.platform === "linux").each(SIZES)("%i × %i", (width, height) => {
  describe.each(SCHEMES)("%s", (scheme) => {
    it.each(ROOMS)("%s", async (name, show) => {
      const { page, close } = await open(app.address, [width, height], scheme);
      // What the header says of the study is asked for, too.
      await page.locator("header .study").filter({ hasText: /\S/ }).waitFor();
      await show(page);
      await page.mouse.move(0, 0);
      await settled(page);
      const difference = await differenceFrom(`${name}-${width}x${height}-${scheme}`, page, tools);
      await close();
      expect(difference).toBeNull();
    });

    it("gallery", async () => {
      const address = `${gallery.address}gallery/gallery.html`;
      const { page, close } = await open(address, [width, height], scheme);
      await page.getByRole("heading", { name: "Numbers" }).waitFor();
      await settled(page);
      const difference = await differenceFrom(`gallery-${width}x${height}-${scheme}`, page, tools, true);
      await close();
      expect(difference).toBeNull();
    });
  });
});

describe("the comparison itself", () => {
  it("notices what an eye would: a box moved by six pixels, and another shade of it", async () => {
    const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
    const draw = async (left: number, colour: string, type: "png" | "jpeg") => {
      await page.setContent(
        `<body style="margin:0"><div style="position:absolute;left:${left}px;top:60px;width:200px;height:80px;background:${colour}"></div>`,
      );
      return page.screenshot({ type, ...(type === "jpeg" && { quality: 90 }) });
    };
    // The stored picture is half size: the same drawing in a window of half the size.
    const half = await browser.newPage({ viewport: { width: 320, height: 180 } });
    await half.setContent(
      `<body style="margin:0"><div style="position:absolute;left:50px;top:30px;width:100px;height:40px;background:#0b6265"></div>`,
    );
    const stored = await half.screenshot({ type: "jpeg", quality: 90 });
    const different = async (left: number, colour: string) =>
      (await compare(tools, await draw(left, colour, "png"), stored)).different;
    expect(await different(100, "#0b6265")).toBe(0);
    expect(await different(106, "#0b6265")).toBeGreaterThan(0.002);
    expect(await different(100, "#6b3f9e")).toBeGreaterThan(0.002);
    await page.close();
    await half.close();
  });
});
