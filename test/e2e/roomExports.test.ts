/** What the rooms save, in the desktop edition, through the menus that users press: picture, data, report, slides. */
import { chmod, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { handlers } from "../support/host.ts";
import { selectableCharacters } from "../support/pdf.ts";
import { NEC_PATIENT, enter, goTo } from "../support/rooms.ts";

let edition: DesktopEdition;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-rooms-"));
  edition = await openDesktop();
  page = edition.page;
  await page.setViewportSize({ width: 1366, height: 768 });
  await enter(page, NEC_PATIENT);
  await page.locator(".headline").waitFor();
});
afterAll(async () => {
  await edition.close();
  await rm(folder, { recursive: true });
});

/** Chooses an entry of the menu "Copy or save", and where to save. */
async function save(entry: string, name: string): Promise<string> {
  const target = path.join(folder, name);
  await edition.answerSaveDialog(target);
  await page.getByRole("button", { name: "Copy or save" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
  return target;
}

const notice = (text: string): Promise<void> =>
  page.getByRole("status").filter({ hasText: text }).first().waitFor();

/** Pages of a PDF and their sizes in points. */
function pagesOf(pdf: Buffer): string[] {
  return [...pdf.toString("latin1").matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))} × ${Math.round(Number(height))}`,
  );
}

describe("Estimate", () => {
  it("saves its chart as a picture of twice the size on screen", async () => {
    const file = await save("Save chart as picture", "chart.png");
    await notice(`Saved as ${file}`);
    const png = await readFile(file);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(1920);
    expect(png.readUInt32BE(20)).toBeGreaterThan(1100);
  });

  it("saves its data with what must be read with them, the core's own numbers", async () => {
    const file = await save("Save data of the chart", "data.csv");
    await notice(`Saved as ${file}`);
    const lines = (await readFile(file, "utf8")).replace("\ufeff", "").trimEnd().split("\r\n");
    const remarks = lines.filter((line) => line.startsWith("# ")).join("\n");
    for (const words of [
      "Not a medical device. For healthcare professionals. Reconstructed baseline.",
      "Cohort estimate, not a forecast for one person",
      "NEC · Colon · 67-year-old man · PS 1",
      "doi 10.1038/s41416-025-03054-w",
    ])
      expect(remarks).toContain(words);
    const answer = handlers.estimate({
      patient: { ...NEC_PATIENT, ageYears: 67, ecogPs: 1, ki67Percent: 85 },
    });
    if (!answer.ok) throw new Error(answer.message);
    const rows = lines.filter((line) => line.startsWith("patient,")).map((line) => line.split(","));
    const { curve } = answer.value.estimates.os!;
    expect(rows.map((row) => row.slice(2).map(Number))).toEqual(
      curve
        .slice(0, rows.length)
        .map(({ months, survival, lower, upper }) => [
          months,
          ...[survival, lower!, upper!].map((share) => Number(share.toFixed(5))),
        ]),
    );
    expect(Number(rows.at(-1)![2])).toBe(36);
  });

  it("saves its report as one page of A4 with text to select, whatever the patient", async () => {
    for (const [name, patient] of [
      ["known.pdf", NEC_PATIENT],
      ["unknown.pdf", { ...NEC_PATIENT, tumour: "NET_G3", ecogPs: "2", ageYears: "85", ki67Percent: "70" }],
    ] as const) {
      await enter(page, patient);
      await page.locator(".result:not(.stale) .headline").waitFor();
      const file = await save("Report, one page A4", name);
      await notice(`Saved as ${file}`);
      const pdf = await readFile(file);
      expect(pagesOf(pdf)).toEqual(["595 × 842"]);
      expect(pdf.toString("latin1")).toMatch(/\/FontFile2/);
      const shown = "HG-NEN Prognosis. Not a medical device. Reconstructed baseline.".split("");
      expect(shown.filter((character) => !selectableCharacters(pdf).has(character))).toEqual([]);
    }
    await enter(page, NEC_PATIENT);
    await page.locator(".result:not(.stale) .headline").waitFor();
  });

  it("says why a file could not be saved, and leaves nothing half-written", async () => {
    const closed = await mkdtemp(path.join(folder, "closed-"));
    await chmod(closed, 0o500);
    // Root may write anywhere, and on Windows the mode says nothing: there, a folder that is gone stands for a closed one.
    const closes = Boolean(process.getuid?.());
    if (!closes) await rm(closed, { recursive: true });
    await save("Save data of the chart", path.join(path.basename(closed), "data.csv"));
    await notice("“data.csv” was not saved");
    if (closes) {
      expect(await readdir(closed)).toEqual([]);
      await chmod(closed, 0o700);
    }
  });
});

describe("Board", () => {
  const SLIDES = 11;

  beforeAll(async () => {
    await goTo(page, "#/board");
    await page.getByRole("button", { name: /synthetic/i }).click();
    await page.getByText("5 cases").waitFor();
  });

  it.each([
    ["PDF 16:9", "960 × 540"],
    ["PDF A4", "842 × 595"],
  ])("saves its slides as %s, a page each, in that size", async (button, size) => {
    const file = path.join(folder, `${button.replace(":", "-")}.pdf`);
    await edition.answerSaveDialog(file);
    await page.getByRole("button", { name: button }).click();
    await notice(`Saved as ${file}`);
    const pdf = await readFile(file);
    const pages = pagesOf(pdf);
    expect(pages.length).toBeGreaterThanOrEqual(SLIDES);
    expect(new Set(pages)).toEqual(new Set([size]));
    const shown = "Not a medical device. For healthcare professionals.".split("");
    expect(shown.filter((character) => !selectableCharacters(pdf).has(character))).toEqual([]);
  });

  it("saves its slides for PowerPoint", async () => {
    const file = path.join(folder, "board.pptx");
    await edition.answerSaveDialog(file);
    await page.getByRole("button", { name: "PowerPoint" }).click();
    await notice(`Saved as ${file}`);
    const bytes = await readFile(file);
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    expect(bytes.includes("ppt/slides/slide11.xml")).toBe(true);
  });

  it("has left nothing but the files that were asked for", async () => {
    expect((await readdir(folder)).filter((name) => /tmp|part|~/.test(name))).toEqual([]);
  });
});
