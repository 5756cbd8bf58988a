/** The board as a file: saved, opened on another computer, dropped on the window; and what comes of other files. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violationsOn } from "../support/axe.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { goTo } from "../support/rooms.ts";
import type { OpenEdition } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Edition {
  name: "web" | "desktop";
  open: () => Promise<OpenEdition>;
  /** presses a button that saves a file, and lets it be saved there */
  save: (edition: OpenEdition, button: string, file: string) => Promise<void>;
  /** presses a button that asks for a file, and chooses one */
  choose: (edition: OpenEdition, button: string, file: string) => Promise<void>;
}

const EDITIONS: Edition[] = [
  {
    name: "web",
    open: openWeb,
    async save({ page }, button, file) {
      const arriving = page.waitForEvent("download");
      await page.getByRole("button", { name: button }).click();
      const download = await arriving;
      expect(download.suggestedFilename()).toMatch(/^Tumour board .*\.nenboard$/);
      await writeFile(file, await readFile(await download.path()));
    },
    async choose({ page }, button, file) {
      const asked = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: button }).click();
      await (await asked).setFiles(file);
    },
  },
  {
    name: "desktop",
    open: openDesktop,
    async save(edition, button, file) {
      await (edition as DesktopEdition).answerSaveDialog(file);
      await edition.page.getByRole("button", { name: button }).click();
      await edition.page.getByText(`Saved as ${file}`).waitFor();
    },
    async choose(edition, button, file) {
      const { standIn } = edition as DesktopEdition;
      // Nobody can answer that dialog of Electron itself: there, the file is dropped.
      if (!standIn) return drop(edition.page, [file]);
      await standIn.play({ kind: "answer-open-dialog", filePath: file });
      await edition.page.getByRole("button", { name: button }).click();
    },
  },
];

/** Drags files over the middle of the window and lets them go, as the system tells the browser of it. */
async function drop(page: Page, files: string[], meanwhile?: () => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const at = await page.evaluate(() => ({ x: Math.round(innerWidth / 2), y: Math.round(innerHeight / 2) }));
  for (const type of ["dragEnter", "dragOver"] as const)
    await session.send("Input.dispatchDragEvent", { type, ...at, data });
  await meanwhile?.();
  await session.send("Input.dispatchDragEvent", { type: "drop", ...at, data });
  await session.detach();
}

/** What the title slide says of each case, and how many slides there are. */
const deckOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...[...document.querySelectorAll<HTMLInputElement>(".cases li input")].map(({ value }) => value),
    ...[...document.querySelectorAll(".cases .facts")].map((each) => each.textContent.replace(/\s+/g, " ")),
    ...[...document.querySelectorAll('[aria-label^="Slide "]')].map((each) =>
      each.getAttribute("aria-label")!,
    ),
  ]);

describe.each(EDITIONS)("the $name edition", ({ open, save, choose }) => {
  let edition: OpenEdition;
  let page: Page;
  let folder: string;
  const at = (name: string): string => path.join(folder, name);

  const begin = async (): Promise<void> => {
    edition = await open();
    page = edition.page;
    await page.setViewportSize({ width: 1366, height: 768 });
    await goTo(page, "#/board");
    await page.getByRole("heading", { name: "Slides for a tumour board" }).waitFor();
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hg-nen-board-"));
    await writeFile(at("photo.png"), PICTURE);
    await writeFile(at("damaged.nenboard"), '{"format":"hg-nen-board","version":1,"cases":[]');
    await begin();
  });
  afterAll(async () => {
    await edition.close();
    await rm(folder, { recursive: true });
  });

  it("opens a saved board elsewhere: the same cases, in the same order, make the same slides", async () => {
    await page.getByRole("button", { name: "Add synthetic examples" }).click();
    await page.getByRole("button", { name: "Move Synthetic example 1 down" }).click();
    await page.getByLabel("Label of case 3").fill("Renamed before it was saved");
    await page.getByLabel("Label of case 3").press("Tab");
    await page.getByRole("button", { name: /Renamed before it was saved, estimate/ }).waitFor();
    const before = await deckOn(page);
    expect(before.length).toBeGreaterThan(20);
    await page.getByText("A saved file is not encrypted: anybody can read it.").waitFor();
    await save(edition, "Save as file…", at("Tuesday.nenboard"));
    await page.getByText(/^Saved /).waitFor();
    await edition.close();

    await begin();
    await choose(edition, "Open a board…", at("Tuesday.nenboard"));
    await page.getByText(/5.cases of the file are on the board/).waitFor();
    await page.getByRole("button", { name: /Renamed before it was saved, estimate/ }).waitFor();
    expect(await deckOn(page)).toEqual(before);
  });

  it("opens a board that is dropped, wherever: it asks, replaces, and takes that back", async () => {
    await goTo(page, "#/published");
    await drop(page, [at("Tuesday.nenboard")], async () => {
      await page.getByText("Drop the file to open it").waitFor();
    });
    const question = page.getByRole("dialog", { name: "Open “Tuesday.nenboard”?" });
    await question.getByText(/already has 5.cases; all 5 in the file are among them/).waitFor();
    // What would only bring copies is not what Enter does.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Cancel");
    for (const scheme of ["light", "dark"] as const) expect(await violationsOn(page, scheme)).toEqual([]);
    await page.getByRole("button", { name: /^Replace the 5.cases$/ }).click();
    await page.getByText(/5.cases of the file on the board in place of 5.cases/).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText(/5.cases of the file are on the board/).waitFor();
    await page.getByText("Undone: the board is as it was.").waitFor();
    // What was opened before can be taken back too.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Undo");
    expect(await page.evaluate(() => location.hash)).toBe("#/board");
  });

  it.each([
    ["photo.png", /“photo.png” is neither cases nor a board of this program: it is a picture/],
    ["damaged.nenboard", /“damaged.nenboard”: the file is damaged or incomplete/],
  ])("says what %s is, and stays as it is", async (name, said) => {
    const before = await deckOn(page);
    const address = page.url();
    await drop(page, [at(name)]);
    const notice = page.getByRole("alert").filter({ hasText: said });
    await notice.waitFor();
    // It covers nothing.
    const [above, below] = [await notice.boundingBox(), await page.locator("#result").boundingBox()];
    expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
    for (const scheme of ["light", "dark"] as const) expect(await violationsOn(page, scheme)).toEqual([]);
    await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
    await notice.waitFor({ state: "detached" });
    // The page is the one that was there: a browser would have shown the file in its place.
    expect([await deckOn(page), page.url()]).toEqual([before, address]);
  });

  it("opens one file at a time", async () => {
    await drop(page, [at("photo.png"), at("Tuesday.nenboard")]);
    await page
      .getByRole("alert")
      .filter({ hasText: /2.files were dropped/ })
      .waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
  });

  it("keeps a dropped board from the audience until the slides are closed", async () => {
    await page.getByRole("button", { name: "Present" }).click();
    const slides = page.getByRole("dialog", { name: "Slides, full screen" });
    await slides.waitFor();
    await drop(page, [at("Tuesday.nenboard")]);
    await page.keyboard.press("ArrowRight");
    expect(await slides.getByRole("status").textContent()).toContain("Slide 2 of ");
    expect(await page.getByText("Tuesday.nenboard").count()).toBe(0);
    await page.keyboard.press("Escape");
    await slides.waitFor({ state: "detached" });
  });

  it("shows the diagnostics that it copies, and axe knows nothing against it", async () => {
    await page.getByRole("button", { name: "Guide and keys" }).click();
    await page.getByRole("button", { name: "Diagnostics…" }).click();
    const area = page.getByRole("textbox", { name: "Text of the diagnostics" });
    await area.waitFor();
    await page.waitForFunction(
      (element) => (element as HTMLTextAreaElement | null)?.value !== "",
      await area.elementHandle(),
    );
    expect(await area.inputValue()).toContain("0.1.0");
    for (const scheme of ["light", "dark"] as const) expect(await violationsOn(page, scheme)).toEqual([]);
    await page.keyboard.press("Escape");
    await area.waitFor({ state: "detached" });
  });

  it("has asked for nothing but its own files, and its console is empty", () => {
    expect(
      edition.requests.filter((url) => !url.startsWith(edition.origin) && !url.startsWith("data:")),
    ).toEqual([]);
    expect(edition.consoleMessages).toEqual([]);
  });
});
