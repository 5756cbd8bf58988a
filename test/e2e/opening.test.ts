/** Files of ours, opened from outside of the window: with a start, with a second one, by the menu and by macOS. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bridge, ShellEvent } from "../../src-main/api/contract.ts";
import { BRIDGE } from "../../src-main/api/contract.ts";
import { desktop } from "../../src-main/words/menu.ts";
import { boardFileTroubleWords, opened } from "../../src-main/words/opened.ts";
import { writeBoardFile } from "../../src-renderer/board/boardFile.ts";
import { emptyDraft, patientOf } from "../../src-renderer/patient/draft.ts";
import type { DesktopEdition, StandIn } from "../support/desktop.ts";
import { openDesktop, startStandIn } from "../support/desktop.ts";
import type { Command } from "../support/electronStandIn/command.ts";
import { goTo } from "../support/rooms.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SKIPPED = "only the stand-in plays it";

/** A board with one synthetic case of this label. */
function boardWith(label: string): Uint8Array {
  const draft = { ...emptyDraft(), tumour: "NEC" as const, age: "67", ecogPs: 1 as const };
  const one = {
    ...{ id: 1, label, named: true, endpoint: "os" as const, compare: null, estimate: null },
    draft,
  };
  const about = { made: Date.UTC(2026, 10, 12, 9), appVersion: "0.1.0" };
  const cases = [{ ...one, patient: patientOf(draft) }] as never;
  return writeBoardFile({ day: null, scheme: "light", cases }, about);
}

describe("the desktop edition opens files of ours", () => {
  let folder: string;
  let edition: DesktopEdition | undefined;
  const file = (name: string): string => path.join(folder, name);
  const profile = (): string => file("profile");

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hg-nen-opening-"));
    await mkdir(profile());
    await writeFile(file("tuesday.nenboard"), boardWith("Synthetic case A"));
  });
  afterEach(async () => {
    await edition?.close();
    edition = undefined;
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  async function open(...files: string[]): Promise<{ page: Page; standIn: StandIn | null }> {
    edition = await openDesktop({ profile: profile(), files });
    await edition.page.getByRole("main").waitFor();
    return edition;
  }
  const play = (command: Command): Promise<void> => edition!.standIn!.play(command);
  const shown = (text: string): Promise<void> =>
    edition!.page.getByRole("main").getByText(text).first().waitFor();
  const menus = (): string[][][] => edition!.standIn!.all("menu").map(({ paths }) => paths);
  /** The files that the menu lists now. */
  const recent = (): string[] =>
    menus()
      .at(-1)!
      .filter(([menu, list, item]) => menu === "File" && list === "recent" && item?.startsWith("/"))
      .map(([, , item]) => item!);
  /** Begins to ask in the place of the page, which hears nothing from then on. @returns what comes next */
  async function listenInstead(): Promise<() => Promise<unknown>> {
    const asking = await edition!.page.evaluateHandle((name) => {
      const bridge = (globalThis as unknown as Record<string, Bridge>)[name]!;
      return { next: () => bridge.invoke("nextEvent", {}), asked: bridge.invoke("nextEvent", {}) };
    }, BRIDGE);
    return () =>
      asking.evaluate(async (asking) => {
        const next = async (): Promise<ShellEvent> => {
          const answer = await asking.asked;
          asking.asked = asking.next();
          if (!answer.ok) throw new Error(answer.message);
          return answer.value as ShellEvent;
        };
        let event = await next();
        // A part of the page that was still being fetched has asked meanwhile; it hears that it is asked elsewhere.
        while (event.kind === "ended") event = await next();
        return event.kind === "file" ? { ...event, bytes: event.bytes.length } : event;
      });
  }

  it("that its start names", async (spec) => {
    // A spec in Electron loads the page once more, and what was opened before goes.
    const { standIn } = await open(file("tuesday.nenboard"));
    if (!standIn) return spec.skip(SKIPPED);
    await shown("Synthetic case A");
  });

  it("that a second start names, which ends at once: it brings the window to the front", async (spec) => {
    const { standIn } = await open();
    if (!standIn) return spec.skip(SKIPPED);
    const before = standIn.all("focus").length;
    const second = startStandIn(ROOT, profile(), [file("tuesday.nenboard")]);
    expect(await second.ended).toBe(0);
    expect(second.all("window")).toEqual([]);
    await shown("Synthetic case A");
    expect(standIn.all("focus").length).toBeGreaterThan(before);
  });

  it("that macOS hands over, also while the page that crashed is not back yet", async (spec) => {
    const { standIn } = await open();
    if (!standIn) return spec.skip(SKIPPED);
    await play({ kind: "crash", window: 0, reason: "crashed" });
    await play({ kind: "open-file", path: file("tuesday.nenboard") });
    await shown("Synthetic case A");
  });

  it("that are chosen in the menu's dialog, and lists them until the list is cleared", async (spec) => {
    const { standIn } = await open();
    if (!standIn) return spec.skip(SKIPPED);
    expect(menus().at(-1)).toContainEqual(["File", "recent", desktop.menu.noRecent]);
    await play({ kind: "answer-open-dialog", filePath: file("tuesday.nenboard") });
    await play({ kind: "menu", path: ["File", "open"] });
    await shown("Synthetic case A");
    expect(standIn.all("open-dialog")[0]!.options).toMatchObject({
      properties: ["openFile", "dontAddToRecent"],
    });
    expect(recent()).toEqual([file("tuesday.nenboard")]);
    await play({ kind: "menu", path: ["File", "recent", "clear-recent"] });
    await expect.poll(recent).toEqual([]);
  });

  it("from the menu's list, which the next start has too; one that is gone leaves it", async (spec) => {
    const first = await open(file("tuesday.nenboard"));
    if (!first.standIn) return spec.skip(SKIPPED);
    await shown("Synthetic case A");
    // The page would be asked whether it wants to go, with a case that is nowhere else.
    await edition!.close();
    await open();
    expect(recent()).toEqual([file("tuesday.nenboard")]);
    const next = await listenInstead();
    await play({ kind: "menu", path: ["File", "recent", file("tuesday.nenboard")] });
    expect(await next()).toMatchObject({ kind: "file", name: "tuesday.nenboard", ending: "nenboard" });
    await rm(file("tuesday.nenboard"));
    await play({ kind: "menu", path: ["File", "recent", file("tuesday.nenboard")] });
    expect(await next()).toEqual({
      ...{ kind: "file-refused", name: "tuesday.nenboard", reason: "no-file", message: "ENOENT" },
    });
    await expect.poll(recent).toEqual([]);
  });

  it("of another computer only after a question that shows it", async (spec) => {
    const { standIn } = await open();
    if (!standIn) return spec.skip(SKIPPED);
    const CANCEL = 1;
    const elsewhere = "/net/hg-nen-host.invalid/x.nenboard";
    const next = await listenInstead();
    await play({ kind: "answer-message-box", button: CANCEL });
    await play({ kind: "open-file", path: elsewhere });
    await expect.poll(() => standIn.all("message-box").length).toBe(1);
    expect(standIn.all("message-box")[0]!.options.detail).toContain(elsewhere);
    await play({ kind: "open-file", path: file("tuesday.nenboard") });
    // Nothing of the first one comes before it.
    expect(await next()).toMatchObject({ kind: "file", name: "tuesday.nenboard" });
  });

  it("and the page says what is wrong with one that is none, or damaged", async (spec) => {
    const { page, standIn } = await open();
    if (!standIn) return spec.skip(SKIPPED);
    await writeFile(file("foreign.nenboard"), "%PDF-1.7\n");
    await writeFile(file("cut.nenboard"), boardWith("Synthetic case B").subarray(0, -10));
    await writeFile(file("large.nenboard"), new Uint8Array(8 * 1024 * 1024 + 1));
    for (const [name, text] of [
      ["foreign.nenboard", boardFileTroubleWords("foreign.nenboard", { code: "foreign", found: "pdf" })],
      [
        "cut.nenboard",
        boardFileTroubleWords("cut.nenboard", { code: "not-json", reason: "" }).split("Technical")[0]!,
      ],
      ["large.nenboard", opened.refused["too-large"]("large.nenboard")],
      ["gone.nenboard", opened.refused["no-file"]("gone.nenboard")],
      ["other.pdf", opened.refused.ending("other.pdf")],
    ] as const) {
      await play({ kind: "open-file", path: file(name) });
      await page.getByText(text).first().waitFor();
    }
  });

  it("and does what the menu asks for", async (spec) => {
    const { page, standIn } = await open();
    if (!standIn) return spec.skip(SKIPPED);
    for (const room of ["published", "model", "estimate"]) {
      await play({ kind: "menu", path: ["View", room] });
      await page.waitForURL((url) => url.hash === `#/${room}`);
    }
    await goTo(page, "#/compare");
    await play({ kind: "menu", path: ["File", "print"] });
    await standIn.next("print");
    expect(new URL(page.url()).hash).toBe("#/compare");
  });
});
