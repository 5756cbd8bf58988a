/** Every room as its users meet it: by keyboard alone, judged by axe in light and dark, its charts held to their tables. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsOn } from "../support/axe.ts";
import { openDesktop } from "../support/desktop.ts";
import { cases } from "../../src-main/words/cases.ts";
import { store } from "../../src-main/words/store.ts";
import { NEC_PATIENT, NET_PATIENT, enter, goTo, settled } from "../support/rooms.ts";
import type { OpenEdition } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

const SIZE = { width: 1366, height: 768 };

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string, most = 90): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab never reaches ${selector}`);
}

/** Presses Tab until the focus is on a button or link of that name. */
async function tabToName(page: Page, name: RegExp, most = 120): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate(() => {
      const { activeElement: at } = document;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
    if (name.test(text.trim())) return;
    seen.push(text.trim().slice(0, 30));
  }
  throw new Error(`Tab never reaches ${String(name)}: ${seen.join(" | ")}`);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent.trim() ?? "");

/** "this patient 47 %, 95 % interval 37–56" of a reading, as name → what follows. */
function rowsOf(reading: string): string[] {
  return reading
    .replace(/^[\d.]+ months: /, "")
    .split("; ")
    .map((row) => row.replace(/\u00a0/g, " "));
}

describe.each<[name: string, open: () => Promise<OpenEdition>]>([
  ["web", openWeb],
  ["desktop", openDesktop],
])("the %s edition", (name, open) => {
  let edition: OpenEdition;
  let page: Page;

  beforeAll(async () => {
    edition = await open();
    page = edition.page;
    await page.setViewportSize(SIZE);
    await enter(page, NET_PATIENT);
    await page.locator(".hero").waitFor();
  });
  afterAll(() => edition.close());

  it("goes from room to room by keyboard, and keeps the patient", async () => {
    for (const [key, title] of [
      ["2", "Compare"],
      ["3", "Board"],
      ["4", "Cases"],
      ["5", "Published"],
      ["6", "Model"],
      ["1", "Estimate"],
    ] as const) {
      await page.keyboard.press(`Alt+${key}`);
      await page
        .getByRole("navigation")
        .getByRole("link", { name: title })
        .and(page.locator("[aria-current=page]"))
        .waitFor();
      await page.locator("main#result h2").first().waitFor();
      expect(await page.title()).toBe(`${title} · HG-NEN Prognosis`);
    }
    expect(await page.locator("#ageYears").inputValue()).toBe(NET_PATIENT.ageYears);
  });

  it("skips to the result without leaving the room", async () => {
    await goTo(page, "#/published");
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.locator("a.skip").focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("result");
    expect(await page.evaluate(() => location.hash)).toBe("#/published");
    await goTo(page, "#/estimate");
  });

  it("Estimate: ticks a group, reads a month and opens a source, by keyboard", async () => {
    await page.locator("body").press("Alt+o");
    await tabTo(page, ".beside input:not(:checked)");
    const name = await page.evaluate(() => document.activeElement!.closest("label")!.textContent.trim());
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+Tab");
    const slider = page.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("PageUp");
    const reading = (await slider.getAttribute("aria-valuetext"))!;
    expect(reading).toMatch(/^12 months: this patient/);
    expect(rowsOf(reading).some((row) => row.startsWith(name.replace(/\u00a0/g, " ").slice(0, 6)))).toBe(
      true,
    );
    await tabTo(page, ".beside .source-link");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/published\//);
    await page.goBack();
    await page.locator(".hero").waitFor();
  });

  it("Estimate: what the chart says to a screen reader is what its table says", async () => {
    for (const endpoint of ["KeyO", "KeyP"]) {
      await page.keyboard.press(`Alt+${endpoint}`);
      await settled(page);
      const slider = page.getByRole("slider");
      await slider.focus();
      const months = await page.locator(".landmarks thead th").allInnerTexts();
      const patient = await page
        .locator(".landmarks .patient td")
        .evaluateAll((cells) =>
          cells.map((cell) => [
            cell.querySelector("strong")!.textContent,
            cell.querySelector("small")!.textContent,
          ]),
        );
      const cohort = await page.locator(".landmarks .cohort td").allInnerTexts();
      const step = endpoint === "KeyO" ? 1 : 0.5;
      await page.keyboard.press("Home");
      let at = 0;
      for (const [i, label] of months.slice(1).entries()) {
        const month = parseInt(label);
        for (; at < month; at += step) await page.keyboard.press("ArrowRight");
        const rows = rowsOf((await slider.getAttribute("aria-valuetext"))!);
        const [survival, interval] = patient[i]!.map((text) => text.replace(/\u00a0/g, " ").trim());
        expect(rows[0]).toBe(`this patient ${survival} %, 95 % interval ${interval}`);
        expect(rows.at(-1)!.endsWith(` ${cohort[i]!.replace(/\u00a0/g, " ").trim()} %`)).toBe(true);
      }
    }
    await page.keyboard.press("Alt+KeyO");
  });

  it("Estimate: takes a change back, and clears and brings back, by keyboard", async () => {
    await page.check("input[name=ecogPs][value='2']", { force: true });
    await page.locator("input[name=ecogPs][value='2']").focus();
    await page.keyboard.press("Control+z");
    expect(await page.isChecked("input[name=ecogPs][value='1']")).toBe(true);
    await tabToName(page, /^Clear$/);
    await page.keyboard.press("Enter");
    await page.getByText("Still needed").waitFor();
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("Undo");
    await page.keyboard.press("Enter");
    await page.locator(".hero").waitFor();
    expect(await page.locator("#ageYears").inputValue()).toBe(NET_PATIENT.ageYears);
  });

  it("Compare: one better PS and another first line, by keyboard; the treatment caution stays in sight", async () => {
    await page.keyboard.press("Alt+2");
    await page.locator("main#result h2").first().waitFor();
    await tabToName(page, /^PS.1 now/);
    await page.keyboard.press("Enter");
    await page
      .getByText(/months longer/)
      .first()
      .waitFor();
    await tabToName(page, /^Platinum\/etoposide against other/i);
    await page.keyboard.press("Enter");
    const caution = page.getByRole("alert").filter({ hasText: "Not a basis for choosing treatment" });
    await caution.waitFor();
    const inSight = async (): Promise<boolean> => {
      const box = (await caution.boundingBox())!;
      return box.y >= 0 && box.y + box.height <= (page.viewportSize()?.height ?? 0);
    };
    for (const size of [SIZE, { width: 1024, height: 600 }, { width: 683, height: 384 }]) {
      await page.setViewportSize(size);
      await page.evaluate(() => {
        for (const element of [
          document.scrollingElement!,
          ...document.querySelectorAll(".result, .form-pane"),
        ])
          element.scrollTop = element.scrollHeight;
      });
      await settled(page);
      expect(await inSight(), `${size.width} × ${size.height}`).toBe(true);
    }
    await page.setViewportSize(SIZE);
  });

  it("Board: adds, presents, blanks and leaves, by keyboard", async () => {
    await goTo(page, "#/estimate");
    await page.locator(".headline").waitFor();
    await tabToName(page, /^Add to board$/);
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "is on the board" }).waitFor();
    await tabToName(page, /^Open the board$/);
    await page.keyboard.press("Enter");
    await page.getByText("1 case", { exact: true }).waitFor();
    await page.keyboard.press("F5");
    const announced = page.locator("[role=status], [aria-live]").filter({ hasText: /Slide \d of \d/ });
    await announced.filter({ hasText: "Slide 1 of 4" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await announced.filter({ hasText: "Slide 2 of 4" }).waitFor();
    await page.keyboard.press("End");
    await announced.filter({ hasText: "Slide 4 of 4" }).waitFor();
    await page.keyboard.press("b");
    await page.locator("[role=status], [aria-live]").filter({ hasText: "blank" }).waitFor();
    await page.keyboard.press("b");
    await announced.filter({ hasText: "Slide 4 of 4" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Present" }).waitFor();
  });

  it("Cases: sets up, opens, labels, bins and takes back, by keyboard", async () => {
    await page.keyboard.press("Alt+4");
    await page.getByRole("heading", { name: store.setUp.title }).waitFor();
    if (name === "web") {
      await tabTo(page, "input[name=way]");
      // Neither is chosen in silence: Space takes the one that has the focus, an arrow the other.
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
    } else {
      await tabTo(page, "input[type=checkbox]");
      await page.keyboard.press("Space");
    }
    await tabToName(page, new RegExp(`^${store.setUp.start}$`));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: cases.list.none.title }).waitFor();
    await tabToName(page, new RegExp(`^${cases.list.none.examples}$`));
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: cases.chosen.exampleLabel(5) }).waitFor();

    await page.keyboard.press("/");
    // In quotes it is one word: a 3 alone is in "NET G3" too.
    await page.keyboard.type('"example 3"');
    await page.getByText(cases.list.found(1, 5)).waitFor();
    await tabTo(page, "tbody a");
    await page.keyboard.press("Enter");
    await page.getByLabel(cases.one.label, { exact: true }).waitFor();
    await tabTo(page, "input[maxlength='80']");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Synthetic B-12");
    await page.getByRole("row", { name: "Synthetic B-12" }).waitFor({ state: "detached" });

    await page.keyboard.press("Shift+Tab");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press("/");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("B-12");
    await page.getByRole("row", { name: "Synthetic B-12" }).waitFor();
    await tabTo(page, "tbody a");
    await page.keyboard.press("Delete");
    await page.getByText(cases.list.nothing.title).waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("ControlOrMeta+z");
    await page.getByRole("row", { name: "Synthetic B-12" }).waitFor();
    expect(await page.getByRole("row", { name: "Synthetic B-12" }).count()).toBe(1);
    await page.keyboard.press("/");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.getByRole("row", { name: cases.chosen.exampleLabel(5) }).waitFor();
  });

  it("Published: filters, opens a value and copies it with its citation, by keyboard", async () => {
    await page
      .context()
      .grantPermissions(["clipboard-read", "clipboard-write"])
      .catch(() => undefined);
    await page.keyboard.press("Alt+5");
    await page.locator("main#result h2").first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("NEC OS PS 3");
    await page
      .getByText(/^Matching:/)
      .first()
      .waitFor();
    await tabToName(page, /1\.2/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /Copy with citation/ }).waitFor();
    await tabToName(page, /Copy with citation/);
    await page.keyboard.press("Enter");
    await page
      .getByRole("status")
      .filter({ hasText: /copied|clipboard/i })
      .first()
      .waitFor();
  });

  it("Model: goes to a section, by keyboard", async () => {
    await page.keyboard.press("Alt+6");
    await page.locator("main#result h2").first().waitFor();
    await tabToName(page, /^Consistency check$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/model\/check/);
    await page.getByText(/Of \d+ published medians/).waitFor();
  });

  const VIEWS: [name: string, show: () => Promise<void>][] = [
    ["Estimate", () => goTo(page, "#/estimate")],
    [
      "Estimate, one hundred people",
      async () => {
        await goTo(page, "#/estimate");
        await page.check("input[name=chartAs][value=icons]", { force: true });
      },
    ],
    [
      "Estimate, not covered",
      async () => {
        await goTo(page, "#/estimate");
        await enter(page, { ...NEC_PATIENT, ecogPs: "4" });
        await page.getByText("No estimate for this patient").waitFor();
      },
    ],
    [
      "Compare",
      async () => {
        await enter(page, NEC_PATIENT);
        await goTo(page, "#/compare");
        // A comparison made before is still there, once it has been computed again.
        const preset = page.getByRole("button", { name: /^PS.1 now/ });
        await page.locator(".comparison").or(preset).first().waitFor();
        await preset.click({ timeout: 1500 }).catch(() => undefined);
        await page.locator(".comparison").waitFor();
      },
    ],
    ["Board", () => goTo(page, "#/board")],
    [
      "Cases with a case open",
      async () => {
        await goTo(page, "#/cases");
        await page.getByRole("row", { name: cases.chosen.exampleLabel(2) }).click();
        await page.getByLabel(cases.one.note, { exact: true }).waitFor();
      },
    ],
    ["Cases: board agendas", () => goTo(page, "#/cases/board")],
    ["Cases: bin", () => goTo(page, "#/cases/bin")],
    ["Cases: import", () => goTo(page, "#/cases/import")],
    ["Cases: settings", () => goTo(page, "#/cases/settings")],
    ["Published", () => goTo(page, "#/published")],
    ["Model", () => goTo(page, "#/model")],
  ];
  describe.each(VIEWS)("%s", (_view, show) => {
    it.each(["light", "dark"] as const)("has no violation that axe knows of, %s", async (scheme) => {
      await show();
      expect(await violationsOn(page, scheme)).toEqual([]);
    });
  });

  it("never scrolls sideways, down to 200 % zoom of a clinic's screen", async () => {
    const wide: string[] = [];
    for (const size of [
      SIZE,
      { width: 1920, height: 1080 },
      { width: 1280, height: 720 },
      { width: 1024, height: 600 },
      { width: 683, height: 384 },
    ]) {
      await page.setViewportSize(size);
      for (const address of ["#/estimate", "#/compare", "#/board", "#/cases", "#/published", "#/model"]) {
        await goTo(page, address);
        await settled(page);
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 1) wide.push(`${address} at ${size.width}: ${over} px`);
      }
    }
    await page.setViewportSize(SIZE);
    expect(wide).toEqual([]);
  });

  it("says nothing on the console and asks nobody but itself, to the end", () => {
    expect(edition.consoleMessages).toEqual([]);
    expect(
      edition.requests.filter((url) => !url.startsWith(edition.origin) && !url.startsWith("blob:")),
    ).toEqual([]);
  });
});
