/** A good citizen of the desktop: its window, its settings, its log, and what it does when it or the computer ends. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BRIDGE } from "../../src-main/api/contract.ts";
import type { Bridge } from "../../src-main/api/contract.ts";
import { cases } from "../../src-main/words/cases.ts";
import { screen } from "../../src-main/words/screen.ts";
import { store } from "../../src-main/words/store.ts";
import { boxes } from "../../src-main/words/window.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { display } from "../support/electronStandIn/command.ts";
import { enter, goTo, NEC_PATIENT } from "../support/rooms.ts";

const STAND_IN_ONLY = "only the stand-in plays it";
const LAPTOP = display(1, { x: 0, internal: true });
const BESIDE = display(2, { x: 1920, internal: false });

let profile: string;
let edition: DesktopEdition;

beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), "hg-nen-citizen-"));
});
afterEach(async () => {
  // Where the start has failed there is none.
  await (edition as DesktopEdition | undefined)?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function start(): Promise<Page> {
  edition = await openDesktop({ profile });
  return edition.page;
}

const placement = () =>
  edition
    .standIn!.all("placement")
    .filter(({ window }) => window === 0)
    .at(-1);
const boxesShown = () => edition.standIn!.all("message-box").map(({ options }) => options);

/** Closes the window as a user does, and waits for the program to end. */
async function leave(): Promise<void> {
  await edition.standIn!.play({ kind: "close-window", window: 0 });
  expect(await edition.standIn!.ended).toBe(0);
}

/** The log's lines without their times. */
async function logLines(): Promise<string[]> {
  const text = await readFile(path.join(profile, "logs/main.log"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => line.split(" ").slice(1).join(" "));
}

describe("the window", () => {
  it("opens where it was left, as it was left", async (spec) => {
    await start();
    if (!edition.standIn) return spec.skip(STAND_IN_ONLY);
    const left = { x: 211, y: 97, width: 1301, height: 803 };
    await edition.standIn.play({ kind: "arrange", window: 0, to: left });
    await edition.standIn.play({ kind: "arrange", window: 0, to: "maximised" });
    await leave();
    await edition.close();

    await start();
    expect(placement()).toMatchObject({ bounds: left, maximised: true, fullScreen: false });
    await edition.standIn.play({ kind: "arrange", window: 0, to: "normal" });
    await edition.standIn.play({ kind: "arrange", window: 0, to: "minimised" });
    await leave();
    await edition.close();

    await start();
    expect(placement()).toEqual({ kind: "placement", window: 0, bounds: left, fullScreen: false });
  });

  it("comes back from a display that is gone, at once and at the next start", async (spec) => {
    await start();
    if (!edition.standIn) return spec.skip(STAND_IN_ONLY);
    const there = { x: 2500, y: 120, width: 1300, height: 800 };
    const back = { ...there, x: 1920 - 1300 };
    await edition.standIn.play({ kind: "displays", displays: [LAPTOP, BESIDE] });
    await edition.standIn.play({ kind: "arrange", window: 0, to: there });
    await edition.standIn.play({ kind: "displays", displays: [LAPTOP] });
    await expect.poll(() => placement()?.bounds).toEqual(back);

    await edition.standIn.play({ kind: "displays", displays: [LAPTOP, BESIDE] });
    await edition.standIn.play({ kind: "arrange", window: 0, to: there });
    await leave();
    await edition.close();
    expect(await logLines()).toContain("window-brought-back");

    await start();
    expect(placement()?.bounds).toEqual(back);
  });

  it("opens with defaults when its settings are damaged, and says so in the log", async () => {
    await writeFile(path.join(profile, "settings.json"), '{"version":1,"windows":');
    const page = await start();
    await page.getByRole("main").first().waitFor();
    if (edition.standIn) expect(placement()?.bounds).toEqual({ x: 277, y: 136, width: 1366, height: 768 });
    await expect
      .poll(async () => (await logLines()).filter((line) => line.startsWith("settings-damaged")))
      .toEqual(["settings-damaged flaw=not-json setAside=true"]);
    expect(await readFile(path.join(profile, "settings.damaged.json"), "utf8")).toBe(
      '{"version":1,"windows":',
    );
  });
});

/** Opens the cases of a new profile, and one new case. */
async function newCase(page: Page): Promise<void> {
  await page.evaluate(() => void (location.hash = "#/cases"));
  await page.getByLabel(store.passphrase.safe).check();
  await page.getByRole("button", { name: store.setUp.start, exact: true }).click();
  await page.getByRole("heading", { name: cases.list.none.title, exact: true }).waitFor();
  await page.getByRole("button", { name: cases.list.new }).first().click();
  await noteOf(page).waitFor();
}
const noteOf = (page: Page) => page.getByLabel(cases.one.note, { exact: true });

describe("a page that crashes", () => {
  it("is loaded again, and the second time if the user says so; what was stored stays", async (spec) => {
    const page = await start();
    if (!edition.standIn) return spec.skip(STAND_IN_ONLY);
    const { standIn } = edition;
    await newCase(page);
    await noteOf(page).fill("A synthetic note from before the crash");
    await page
      .getByText(/^Saved \d/)
      .first()
      .waitFor();
    const isMarked = () => page.evaluate(() => "mark" in globalThis).catch(() => true);
    const crash = async (): Promise<void> => {
      await page.evaluate(() => Object.assign(globalThis, { mark: 1 }));
      await standIn.play({ kind: "crash", window: 0, reason: "crashed" });
    };

    await crash();
    await expect.poll(isMarked).toBe(false);
    expect(boxesShown()).toEqual([]);

    await standIn.play({ kind: "answer-message-box", button: 0 });
    await crash();
    await expect.poll(isMarked).toBe(false);
    expect(boxesShown().map(({ message, buttons }) => [message, buttons])).toEqual([
      [boxes.crash.message, [boxes.crash.reload, boxes.crash.quit]],
    ]);
    await noteOf(page).waitFor();
    expect(await noteOf(page).inputValue()).toBe("A synthetic note from before the crash");

    await standIn.play({ kind: "answer-message-box", button: 1 });
    await crash();
    expect(await standIn.ended).toBe(0);
    expect((await logLines()).filter((line) => /^(renderer-gone|reloaded|quit)/.test(line))).toEqual([
      ...["renderer-gone reason=crashed", "reloaded", "renderer-gone reason=crashed", "reloaded"],
      ...["renderer-gone reason=crashed", "quit code=0"],
    ]);
  });
});

describe("when the computer is left", () => {
  it.for(["log-off", "shutdown", "SIGTERM"] as const)(
    "%s: what is typed is stored, nobody is asked, and nothing of it is in the log",
    async (how, spec) => {
      const page = await start();
      // What a spec of the real runtime would have to shut down is the computer that runs it.
      if (!edition.standIn || (how === "SIGTERM" && process.platform === "win32"))
        return spec.skip(STAND_IN_ONLY);
      const { standIn } = edition;
      await newCase(page);
      const label = "Synthetic label 4711";
      const note = `A synthetic note, typed at the moment of ${how}`;
      await page.getByLabel(cases.one.label, { exact: true }).fill(label);
      await noteOf(page).fill(note);
      if (how === "SIGTERM") standIn.signal(how);
      else await standIn.play({ kind: "session-end", how });
      expect(await standIn.ended).toBe(0);
      expect(boxesShown()).toEqual([]);
      await edition.close();

      const reopened = await start();
      await goTo(reopened, "#/cases").catch(() => undefined);
      await reopened.getByText(label).first().click();
      await noteOf(reopened).waitFor();
      expect(await noteOf(reopened).inputValue()).toBe(note);

      const lines = await logLines();
      // What the page was not let do is counted, where it has tried.
      const events = lines.map((line) => line.split(" ")[0]).filter((event) => event !== "refused");
      expect(events).toEqual([
        ...["start", "policy", "ready", "window-shown", "session-end", "quit"],
        ...["start", "policy", "ready", "window-shown"],
      ]);
      expect(lines).toContain(`session-end how=${how === "SIGTERM" ? "signal" : how}`);
      for (const name of await readdir(path.join(profile, "logs"))) {
        const text = await readFile(path.join(profile, "logs", name), "utf8");
        expect(text.toLowerCase()).not.toContain("synthetic");
        expect(text).not.toContain("4711");
      }
    },
  );
});

it("ends with the computer even with a case that is nowhere else: nobody is there to be asked", async (spec) => {
  const page = await start();
  if (!edition.standIn || process.platform === "win32") return spec.skip(STAND_IN_ONLY);
  await goTo(page, "#/estimate");
  await enter(page, NEC_PATIENT);
  await page.getByRole("button", { name: screen.actions.addToBoard, exact: true }).click();
  await goTo(page, "#/board");
  await expect.poll(() => page.getByRole("main").innerText()).toContain("Case 1");
  edition.standIn.signal("SIGTERM");
  expect(await edition.standIn.ended).toBe(0);
  expect(boxesShown()).toEqual([]);
  expect((await logLines()).slice(-1)).toEqual(["quit code=0"]);
});

it("reports on itself, and says nothing of a case, of the user or of his folders", async () => {
  const page = await start();
  await newCase(page);
  await noteOf(page).fill("A synthetic note");
  const answer = await page.evaluate(
    (name) => (globalThis as unknown as Record<string, Bridge>)[name]!.invoke("diagnostics", {}),
    BRIDGE,
  );
  if (!answer.ok) throw new Error(answer.message);
  const { text } = answer.value as { text: string };
  expect(text).toMatch(new RegExp(`^${boxes.diagnostics.program}: \\d+\\.\\d+\\.\\d+$`, "m"));
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT.+Z window-shown ms=\d+$/m);
  expect(text.toLowerCase()).not.toContain("synthetic");
  expect(text).not.toContain(homedir());
});
