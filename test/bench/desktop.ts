import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { CDPSession, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { board } from "../../src-main/words/board.ts";
import { cases as words } from "../../src-main/words/cases.ts";
import { screen } from "../../src-main/words/screen.ts";
import { store } from "../../src-main/words/store.ts";
import type { StandIn } from "../support/desktop.ts";
import { startStandIn } from "../support/desktop.ts";
import { enter, goTo, NEC_PATIENT } from "../support/rooms.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built main and preload in the stand-in for Electron, with a new profile. */
async function inStandIn<T>(use: (standIn: StandIn, page: Page) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(path.join(tmpdir(), "hg-nen-bench-desktop-"));
  const standIn = startStandIn(ROOT, profile);
  try {
    const { endpoint } = await standIn.next("window");
    const browser = await chromium.connectOverCDP(endpoint);
    const page = browser.contexts()[0]!.pages()[0]!;
    // The stand-in answers.
    page.on("dialog", () => undefined);
    const result = await use(standIn, page);
    await browser.close();
    return result;
  } finally {
    await standIn.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1]!;

/**
 * Medians in milliseconds, from the start of the process: until the page is asked for, and until something of it is
 * painted. Of the stand-in, so with Node and a whole Chromium to start where Electron starts itself.
 */
export async function coldStart(runs = 9): Promise<{ asked: number; painted: number; runs: number }> {
  const asked: number[] = [];
  const painted: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = Date.now();
    await inStandIn(async (_standIn, page) => {
      await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
      const { origin, paint } = await page.evaluate(() => ({
        origin: performance.timeOrigin,
        paint: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
      }));
      asked.push(origin - started);
      painted.push(origin + paint - started);
    });
  }
  return { asked: median(asked), painted: median(painted), runs };
}

/** What a busy hour is; synthetic. */
export const HOUR = { patients: 60, comparisons: 30, presentations: 10, slides: 20, edits: 40, searches: 20 };
const HALF = Object.fromEntries(
  Object.entries(HOUR).map(([what, count]) => [what, count / 2]),
) as typeof HOUR;
/** One of each, so that everything is loaded that the hour will use. */
const ONCE = { patients: 1, comparisons: 1, presentations: 1, slides: HOUR.slides, edits: 1, searches: 1 };

export interface Memory {
  /** bytes of the page's JavaScript heap after a collection of garbage */
  heap: number;
  /** elements and texts that the page holds, in sight or not */
  nodes: number;
  /** bytes of the heap of the main process, with the stand-in and playwright-core in it, after a collection */
  mainHeap: number;
  /** bytes of memory that it holds */
  mainResident: number;
}

/**
 * Memory after one of everything, after half of {@link HOUR} and after all of it, at the speed of the machine.
 */
export function busyHour(): Promise<{ start: Memory; half: Memory; end: Memory; seconds: number }> {
  return inStandIn(async (standIn, page) => {
    page.setDefaultTimeout(30_000);
    const devtools = await page.context().newCDPSession(page);
    await prepare(page);
    await work(page, ONCE, 0);
    const started = performance.now();
    const start = await measure(devtools, standIn);
    await work(page, { ...HALF, slides: HOUR.slides }, 1);
    const half = await measure(devtools, standIn);
    await work(page, { ...HALF, slides: HOUR.slides }, 2);
    const end = await measure(devtools, standIn);
    return { start, half, end, seconds: (performance.now() - started) / 1000 };
  });
}

async function measure(devtools: CDPSession, standIn: StandIn): Promise<Memory> {
  // What a finalizer lets go is gone with the next one only.
  for (let i = 0; i < 3; i++) await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes } = await devtools.send("Memory.getDOMCounters");
  const before = standIn.all("memory").length;
  await standIn.play({ kind: "measure-memory" });
  while (standIn.all("memory").length === before) await setTimeout(10);
  const { heap, resident } = standIn.all("memory").at(-1)!;
  return { heap: usedSize, nodes, mainHeap: heap, mainResident: resident };
}

/** The synthetic cases that the program itself offers. */
const EXAMPLES = 5;
const labelOf = (number: number): string => words.chosen.exampleLabel(1 + (number % EXAMPLES));
const row = (page: Page, number: number) => page.getByRole("row", { name: labelOf(number) });

/** A store with the program's examples, and a board with five patients. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => void (location.hash = "#/cases"));
  await page.getByLabel(store.passphrase.safe).check();
  await page.getByRole("button", { name: store.setUp.start, exact: true }).click();
  await page.getByRole("heading", { name: words.list.none.title, exact: true }).waitFor();
  await page.getByRole("button", { name: words.list.none.examples, exact: true }).click();
  await row(page, EXAMPLES - 1).waitFor();
  await goTo(page, "#/estimate");
  for (let i = 0; i < 5; i++) {
    await patient(page, i);
    await page.getByRole("button", { name: screen.actions.addToBoard, exact: true }).click();
    await page.getByRole("status").filter({ hasText: "is on the board" }).waitFor();
  }
}

/** Another patient than the one before, and the result of it. */
async function patient(page: Page, number: number): Promise<void> {
  await enter(page, {
    ...NEC_PATIENT,
    ageYears: String(40 + (number % 40)),
    ki67Percent: String(30 + (number % 60)),
    ecogPs: "1",
  });
  await page.locator(".hero").waitFor();
}

async function work(
  page: Page,
  { patients, comparisons, presentations, slides, edits, searches }: typeof HOUR,
  part: number,
): Promise<void> {
  await goTo(page, "#/estimate");
  for (let i = 0; i < patients; i++) await patient(page, 31 * part + i);
  for (let i = 0; i < comparisons; i++) {
    await goTo(page, "#/estimate");
    await patient(page, 17 * part + i);
    await goTo(page, "#/compare");
    await page.locator("main#result h2").first().waitFor();
    // What is changed stays changed from one patient to the next.
    const change = page.getByRole("button", { name: /^PS.1 now/ });
    if (await change.count()) await change.first().click();
    await page
      .getByText(/months longer/)
      .first()
      .waitFor();
  }
  await goTo(page, "#/board");
  for (let i = 0; i < presentations; i++) {
    await page.getByRole("button", { name: board.room.present, exact: true }).first().click();
    const announced = page.locator("[role=status], [aria-live]");
    const shown = announced.filter({ hasText: /Slide \d+ of \d+/ });
    await shown.waitFor();
    // It goes on with the slide that was shown last; after the end of a short deck comes its start.
    const [at, total] = /(\d+) of (\d+)/
      .exec((await shown.textContent()) ?? "")!
      .slice(1)
      .map(Number) as [number, number];
    for (let turned = at; turned < at + slides; turned++) {
      await page.keyboard.press(turned % total === 0 ? "Home" : "ArrowRight");
      await announced.filter({ hasText: `Slide ${(turned % total) + 1} of ` }).waitFor();
    }
    await page.keyboard.press("Escape");
  }
  await page.evaluate(() => void (location.hash = "#/cases"));
  for (let i = 0; i < edits; i++) {
    await row(page, i).click();
    await page.waitForFunction(
      (label) => [...document.querySelectorAll("input")].some(({ value }) => value === label),
      labelOf(i),
    );
    await page.getByLabel(words.one.note, { exact: true }).fill(`A synthetic note, ${part}, ${i}`);
    const saved = page.getByText(/^Saved \d\d:\d\d:\d\d$/);
    await saved.first().waitFor();
  }
  const search = page.getByLabel(words.list.search);
  for (let i = 0; i < searches; i++) {
    await search.fill(`"${labelOf(i)}"`);
    await row(page, i + 1).waitFor({ state: "detached" });
    await search.fill("");
    await row(page, i + 1).waitFor();
  }
}
