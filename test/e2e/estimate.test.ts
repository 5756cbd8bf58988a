/** The Estimate screen as its users meet it, in both editions: by keyboard only, its numbers held against the core. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import AxeBuilder from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer, Result } from "../../src-main/api/contract.ts";
import { BRIDGE } from "../../src-main/api/contract.ts";
import { months, monthsInterval, percentNumber, ratio } from "../../src-main/words/format.ts";
import { openDesktop } from "../support/desktop.ts";
import { handlers } from "../support/host.ts";
import { readReference } from "../support/prognosis.ts";
import type { OpenEdition } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

const CLINIC_PC = { width: 1366, height: 768 };

const PATIENT = {
  tumour: "NEC",
  ageYears: 67,
  sex: "male",
  ecogPs: 1,
  ki67Percent: 54.9,
  alp: "elevated",
  primarySite: "colon",
  firstLine: "platinum-etoposide",
};

function answerTo(patient: object): Answer {
  const result = handlers.estimate({ patient });
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 90; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab never reaches ${selector}`);
}

async function fillByKeyboard(page: Page): Promise<void> {
  await tabTo(page, "[name=tumour]");
  await page.keyboard.press("Space");
  await tabTo(page, "#ageYears");
  await page.keyboard.type("67");
  await tabTo(page, "[name=sex]");
  await page.keyboard.press("ArrowLeft");
  await tabTo(page, "[name=ecogPs]");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await tabTo(page, "#ki67Percent");
  await page.keyboard.type("54,9");
  await tabTo(page, "[name=alp]");
  await page.keyboard.press("ArrowLeft");
  await tabTo(page, "#primarySite");
  await page.keyboard.type("Col");
  await tabTo(page, "#firstLine");
  await page.keyboard.type("Pla");
}

/** Resolves once the page has been laid out and painted again. */
const nextFrame = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** What is wider than its box, or reaches past the edge of the result. */
const cutWords = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const edge = document.querySelector(".result")!.getBoundingClientRect().right;
    return [...document.querySelectorAll<HTMLElement>("body, .result, .form-pane, .segment span, .result *")]
      .filter(
        (element) => element.checkVisibility() && !element.matches(".visually-hidden, .visually-hidden *"),
      )
      .filter(
        (element) =>
          (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) ||
          (element.closest(".result") !== null && element.getBoundingClientRect().right > edge + 1),
      )
      .map((element) => `${element.className || element.tagName}: ${element.innerText.slice(0, 40)}`);
  });

/** Every line of text that a person sees. */
const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).innerText();

describe.each<[name: string, open: () => Promise<OpenEdition>]>([
  ["web", openWeb],
  ["desktop", openDesktop],
])("the %s edition", (_name, open) => {
  let edition: OpenEdition;
  let page: Page;

  beforeAll(async () => {
    edition = await open();
    page = edition.page;
    await page.setViewportSize(CLINIC_PC);
    await page.getByRole("form").waitFor();
    await fillByKeyboard(page);
    await page.getByText("At the reference:").waitFor();
  });
  afterAll(() => edition.close());

  it("shows the core's numbers, filled in by keyboard only", async () => {
    const { median, outcomes, landmarks, contributions, horizonMonths } = answerTo(PATIENT).estimates.os!;
    const hero = await textOf(page, ".headline");
    expect(hero).toContain(months(median.months, horizonMonths));
    expect(hero).toContain(monthsInterval(median.lower, median.upper, horizonMonths));
    expect(hero).toContain(monthsInterval(outcomes.lowerQuartile, outcomes.upperQuartile, horizonMonths));
    const cells = await page.locator(".landmarks .patient td strong").allInnerTexts();
    expect(cells).toEqual(landmarks.map(({ survival }) => percentNumber(survival)));
    const ratios = await page.locator(".drivers td strong").allInnerTexts();
    expect(ratios).toEqual(contributions.filter((c) => c.hazardRatio !== 1).map((c) => ratio(c.hazardRatio)));
  });

  it("changes to PFS by keyboard, and its numbers with it", async () => {
    await tabTo(page, "[role=tab]");
    await page.keyboard.press("ArrowRight");
    const { median, horizonMonths } = answerTo(PATIENT).estimates.pfs!;
    const hero = await textOf(page, ".headline");
    expect(hero).toContain("Median progression-free survival");
    expect(hero).toContain(monthsInterval(median.lower, median.upper, horizonMonths));
    await page.keyboard.press("ArrowLeft");
    expect(await textOf(page, ".headline")).toContain("Median overall survival");
  });

  it("has a curve on the canvas, in the patient's colour", async () => {
    const drawn = await page.evaluate(() => {
      const canvas = document.querySelector("canvas")!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let teal = 0;
      for (let i = 0; i < data.length; i += 4) {
        const [r, g, b, a] = [data[i]!, data[i + 1]!, data[i + 2]!, data[i + 3]!];
        if (a > 250 && r < 30 && Math.abs(g - 98) < 12 && Math.abs(b - 101) < 12) teal++;
      }
      return teal;
    });
    expect(drawn).toBeGreaterThan(500);
  });

  it("opens and closes its help by keyboard, and gives the focus back", async () => {
    await tabTo(page, "[role=tab]");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("tab");
  });

  it.each(["light", "dark"] as const)(
    "has no accessibility violation that axe knows of, %s",
    async (colorScheme) => {
      // Without motion no colour is half-way when it is judged.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(AxeBuilder.source);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: typeof AxeBuilder };
        const results = await axe.run(document, { resultTypes: ["violations"] });
        return results.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`,
        );
      });
      await page.emulateMedia({ colorScheme: null, reducedMotion: null });
      expect(violations).toEqual([]);
    },
  );

  it.each([
    CLINIC_PC,
    { width: 1920, height: 1080 },
    { width: 1280, height: 720 },
    { width: 1024, height: 600 },
  ])("never scrolls sideways or cuts a word at $width × $height", async (size) => {
    await page.setViewportSize(size);
    const cut: string[] = [];
    for (const tumour of ["NET_G3", "NEC"]) {
      await page.check(`[name=tumour][value=${tumour}]`);
      await page.getByRole("heading", { name: `Risk within ${tumour.replace("_", " ")}` }).waitFor();
      await nextFrame(page);
      cut.push(...(await cutWords(page)));
    }
    await page.setViewportSize(CLINIC_PC);
    expect(cut).toEqual([]);
  });

  it("says nothing on the console and asks nobody but itself, to the end", () => {
    expect(edition.consoleMessages).toEqual([]);
    expect(edition.requests.filter((url) => !url.startsWith(edition.origin))).toEqual([]);
  });
});

describe("three hosts, one answer", () => {
  const patients: unknown[] = [
    ...readReference().patients.map(({ input }) => input),
    { ...PATIENT, ecogPs: 4 },
    { ...PATIENT, firstLine: "none", primarySite: "appendix", mixed: true, setting: "localised" },
  ];
  const asked = patients.map((patient) => handlers.estimate({ patient }));
  const expected = JSON.parse(JSON.stringify(asked)) as Result<Answer>[];

  it("web: the worker", async () => {
    const { page, requests, close } = await openWeb();
    try {
      await page.getByRole("form").waitFor();
      await page.getByText("Still needed").waitFor();
      const urlOf = (pattern: RegExp): string => requests.find((url) => pattern.test(url))!;
      const answers = await page.evaluate(
        async ({ worker, studyUrl, baselineUrl, patients: list }) => {
          const core = new Worker(worker, { type: "module" });
          core.postMessage({ studyUrl, baselineUrl });
          const replies: unknown[] = [];
          await new Promise<void>((resolve) => {
            core.addEventListener("message", ({ data }: MessageEvent<{ id: number; result: unknown }>) => {
              replies[data.id] = data.result;
              if (Object.keys(replies).length === list.length) resolve();
            });
            list.forEach((patient, id) =>
              core.postMessage({ id, endpoint: "estimate", request: { patient } }),
            );
          });
          return JSON.stringify(replies);
        },
        {
          worker: urlOf(/core\.worker/),
          studyUrl: urlOf(/study-[^/]*\.json/),
          baselineUrl: urlOf(/baseline-[^/]*\.json/),
          patients,
        },
      );
      expect(JSON.parse(answers)).toEqual(expected);
    } finally {
      await close();
    }
  });

  it("desktop: the main process, through preload and IPC", async () => {
    const { page, close } = await openDesktop();
    try {
      const answers = await page.evaluate(
        async ({ bridge, patients: list }) => {
          const { invoke } = (
            globalThis as unknown as Record<string, { invoke: (e: string, r: unknown) => unknown }>
          )[bridge]!;
          return JSON.stringify(await Promise.all(list.map((patient) => invoke("estimate", { patient }))));
        },
        { bridge: BRIDGE, patients },
      );
      expect(JSON.parse(answers)).toEqual(expected);
    } finally {
      await close();
    }
  });

  it("command line", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "hg-nen-prognosis-"));
    try {
      const file = path.join(folder, "patients.json");
      const out = path.join(folder, "answers.json");
      await writeFile(file, JSON.stringify(patients));
      const main = path.join(import.meta.dirname, "../../src-main/cli/main.ts");
      await promisify(execFile)(process.execPath, [main, file, "--format", "json", "--out", out]);
      const answers = JSON.parse(await readFile(out, "utf8")) as unknown[];
      expect(answers).toEqual(expected.map((result) => result.ok && result.value));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
