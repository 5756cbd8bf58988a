/** What leaves the program, and what the audience sees: files, PDF and the second window, in both editions. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bridge, Result } from "../../src-main/api/contract.ts";
import { BRIDGE, CHANNEL } from "../../src-main/api/contract.ts";
import type { Host } from "../../src-renderer/host/host.svelte.ts";
import { launchOptions } from "../support/chromium.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { display } from "../support/electronStandIn/command.ts";
import { BINDING } from "../support/electronStandIn/preloadWorld.ts";
import { serveOwnPage } from "../support/ownPage.ts";
import { selectableCharacters } from "../support/pdf.ts";

/** Every byte, more than once, so that no text encoding on the way goes unseen. */
const SIZE = 300_000;
const expectedBytes = Buffer.from(Uint8Array.from({ length: SIZE }, (_, i) => i % 256));

describe("the desktop edition", () => {
  let edition: DesktopEdition;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hg-nen-exports-"));
    edition = await openDesktop();
    page = edition.page;
    await page.locator("main, [role=main], form").first().waitFor();
  });
  afterAll(async () => {
    await edition.close();
    await rm(folder, { recursive: true });
  });

  const ask = (endpoint: string, request: object): Promise<Result<unknown>> =>
    page.evaluate(
      ([name, endpoint, request]) =>
        (globalThis as unknown as Record<string, Bridge>)[name]!.invoke(endpoint, request),
      [BRIDGE, endpoint, request] as const,
    );
  const saveBytes = (name: string): Promise<Result<unknown>> =>
    page.evaluate(
      ([bridge, name, size]) =>
        (globalThis as unknown as Record<string, Bridge>)[bridge]!.invoke("saveFile", {
          name,
          bytes: Uint8Array.from({ length: size }, (_, i) => i % 256),
        }),
      [BRIDGE, name, SIZE] as const,
    );
  const dialogs = () => edition.standIn?.all("save-dialog").map(({ options }) => options) ?? [];

  it("saves a file where the user says, byte for byte", async () => {
    const target = path.join(folder, "picture.png");
    await edition.answerSaveDialog(target);
    expect(await saveBytes("../Survival: OS.png")).toEqual({
      ok: true,
      value: { saved: true, path: target },
    });
    expect((await readFile(target)).equals(expectedBytes)).toBe(true);
    expect(await readdir(folder)).toEqual(["picture.png"]);
    if (process.platform !== "win32") expect((await stat(target)).mode & 0o777).toBe(0o600);
    if (edition.standIn) {
      const { defaultPath, filters } = dialogs().at(-1)!;
      expect(path.basename(defaultPath!)).toBe("-Survival- OS.png");
      expect(path.basename(path.dirname(defaultPath!))).toBe("documents");
      expect(filters).toEqual([{ name: "PNG picture", extensions: ["png"] }]);
    }
    await rm(target);
  });

  it("saves nothing when the user cancels", async () => {
    await edition.answerSaveDialog(null);
    expect(await saveBytes("a.png")).toEqual({ ok: true, value: { saved: false } });
    expect(await readdir(folder)).toEqual([]);
  });

  it("says why it could not save, and leaves what was there", async () => {
    const gone = path.join(folder, "gone", "a.png");
    await edition.answerSaveDialog(gone);
    expect(await saveBytes("a.png")).toMatchObject({
      ok: false,
      code: "save-refused",
      reason: "no-folder",
      path: gone,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("lets the page suggest neither a program nor a place", async () => {
    const before = dialogs().length;
    const refused = [
      await saveBytes("a.exe"),
      await ask("savePdf", { name: "a", path: path.join(folder, "a.pdf") }),
      await ask("openProjector", { url: "https://example.org/" }),
    ];
    expect(refused.map((result) => !result.ok && result.code)).toEqual(Array(3).fill("invalid-request"));
    expect(dialogs()).toHaveLength(before);
  });

  it("makes a PDF whose text can be selected, with its fonts, tags and paper size", async () => {
    const target = path.join(folder, "estimate.pdf");
    await writeFile(target, "an older one");
    await page.evaluate(() => {
      const slides = new CSSStyleSheet();
      slides.replaceSync("@page { size: 10in 6in; margin: 0 }");
      document.adoptedStyleSheets = [slides];
    });
    await edition.answerSaveDialog(target);
    expect(await ask("savePdf", { name: "Estimate" })).toEqual({
      ok: true,
      value: { saved: true, path: target },
    });
    const pdf = await readFile(target, "latin1");
    expect(pdf.slice(0, 5)).toBe("%PDF-");
    expect(pdf.trimEnd().slice(-5)).toBe("%%EOF");
    // No font is left to the reader's computer: its shapes are in the file, as a font's file or drawn one by one.
    expect(pdf).toMatch(/\/FontFile[23]\b|\/CharProcs\b/);
    expect(pdf).not.toMatch(/\/Subtype\s*\/(?:Type1|TrueType)\b/);
    // And every letter says which it is, to whoever searches or copies.
    const selectable = selectableCharacters(await readFile(target));
    const shown = "HG-NEN Prognosis. Not a medical device. NORDIC NEC 2".split("");
    expect(shown.filter((letter) => !selectable.has(letter))).toEqual([]);
    expect(pdf).toMatch(/\/StructTreeRoot\b/);
    // In points, as the page's own styles say, and not as a printer would have it.
    expect(new Set(pdf.match(/\/MediaBox\s*\[[^\]]*\]/g))).toEqual(new Set(["/MediaBox [0 0 720 432]"]));
    await page.evaluate(() => void (document.adoptedStyleSheets = []));
    expect(await readdir(folder)).toEqual(["estimate.pdf"]);
  });

  it("may write to the clipboard and fill the display, and may not read the clipboard", async () => {
    const state = (name: string) =>
      page.evaluate(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        name,
      );
    expect([await state("clipboard-write"), await state("clipboard-read")]).toEqual(["granted", "denied"]);
    await page.evaluate(() => {
      const world = globalThis as { done?: Promise<string> };
      world.done = new Promise((resolve) =>
        addEventListener(
          "keydown",
          () => {
            const copied = navigator.clipboard.writeText("median");
            const filled = document.documentElement.requestFullscreen();
            Promise.all([copied, filled]).then(
              () => resolve("done"),
              (error: unknown) => resolve(String(error)),
            );
          },
          { once: true },
        ),
      );
    });
    await page.keyboard.press("Shift");
    expect(await page.evaluate(() => (globalThis as { done?: Promise<string> }).done)).toBe("done");
    await page.evaluate(() => document.exitFullscreen());
  });

  describe("with a projector beside it", () => {
    const laptop = display(1, { x: 0, internal: true });
    const beamer = display(2, { x: 1920, internal: false });
    let audience: Page;

    const placements = (window: number) =>
      edition.standIn!.all("placement").filter((placement) => placement.window === window);

    beforeAll(async () => {
      await edition.standIn?.play({ kind: "displays", displays: [laptop, beamer] });
      const opening = page.context().waitForEvent("page");
      expect(await ask("openProjector", {})).toEqual({ ok: true, value: null });
      audience = await opening;
      await audience.waitForLoadState();
    });

    it("shows the audience's place of the same page in a second window", () => {
      expect(new URL(audience.url()).hash).toBe("#/board/projector");
      expect(audience.url().split("#")[0]).toBe(page.url().split("#")[0]);
      expect(page.context().pages()).toHaveLength(2);
    });

    it("fills the projector's display with it", () => {
      if (!edition.standIn) return;
      expect(placements(1).at(-1)).toEqual({
        kind: "placement",
        window: 1,
        bounds: beamer.bounds,
        fullScreen: true,
      });
      expect(edition.standIn.all("focus").at(-1)).toEqual({ kind: "focus", window: 0 });
    });

    it("gives that window no bridge, and refuses one that gets hold of the channel", async () => {
      const [bridge, answers] = await audience.evaluate(
        async ([name, binding, channel]) => {
          const world = globalThis as unknown as Record<string, unknown>;
          const send = world[binding] as ((channel: string, args: unknown[]) => Promise<unknown>) | undefined;
          const asked = await send?.(channel, ["about", {}]);
          const ordered = await send?.(channel, ["savePdf", { name: "a" }]);
          return [typeof world[name], [asked, ordered]] as const;
        },
        [BRIDGE, BINDING, CHANNEL] as const,
      );
      expect(bridge).toBe("undefined");
      // Electron itself leaves such a window no channel; the stand-in leaves it one for this.
      if (edition.standIn) {
        const refused: unknown = expect.objectContaining({
          value: expect.objectContaining({ code: "refused" }) as unknown,
        });
        expect(answers).toEqual([refused, refused]);
      }
    });

    it("lets the main window's page reach it over a channel of their origin", async () => {
      await audience.evaluate(() => {
        const world = globalThis as { heard?: Promise<unknown> };
        world.heard = new Promise((resolve) => {
          new BroadcastChannel("exports-test").onmessage = ({ data }) => resolve(data);
        });
      });
      await page.evaluate(() => new BroadcastChannel("exports-test").postMessage("slide 1"));
      expect(await audience.evaluate(() => (globalThis as { heard?: Promise<unknown> }).heard)).toBe(
        "slide 1",
      );
    });

    it("opens no third one", async () => {
      expect(await ask("openProjector", {})).toEqual({ ok: true, value: null });
      expect(page.context().pages()).toHaveLength(2);
      if (edition.standIn) expect(edition.standIn.all("focus").at(-1)).toEqual({ kind: "focus", window: 1 });
    });

    it("keeps it as a window on the main display when the projector is unplugged", async () => {
      if (!edition.standIn) return;
      await edition.standIn.play({ kind: "displays", displays: [laptop] });
      await expect
        .poll(() => placements(1).at(-1))
        .toEqual({
          kind: "placement",
          window: 1,
          bounds: { x: 320, y: 160, width: 1280, height: 720 },
          fullScreen: false,
        });
      expect(await audience.evaluate(() => document.visibilityState)).toBe("visible");
    });

    it("goes on when only the audience's window is closed, and can open another", async () => {
      await audience.close();
      await expect.poll(() => page.context().pages().length).toBe(1);
      expect(await ask("about", {})).toMatchObject({ ok: true });
      expect(await ask("openProjector", {})).toEqual({ ok: true, value: null });
      await expect.poll(() => page.context().pages().length).toBe(2);
    });
  });
});

it("the desktop edition ends when its main window is closed, though the audience's is open", async () => {
  const edition = await openDesktop();
  const opened = await edition.page.evaluate(
    (name) => (globalThis as unknown as Record<string, Bridge>)[name]!.invoke("openProjector", {}),
    BRIDGE,
  );
  expect(opened).toEqual({ ok: true, value: null });
  if (edition.standIn) {
    await edition.standIn.play({ kind: "close-window", window: 0 });
    expect(await edition.standIn.ended).toBe(0);
    expect(edition.standIn.all("closed").map(({ window }) => window)).toEqual([0, 1]);
  }
  await edition.close();
});

describe("the web edition", () => {
  let web: Awaited<ReturnType<typeof serveOwnPage>>;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    web = await serveOwnPage(fileURLToPath(new URL("../support/hostPage.ts", import.meta.url)));
    browser = await chromium.launch(await launchOptions());
    page = await browser.newPage();
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(web.address);
    await page.locator("main").waitFor({ state: "attached" });
  });
  afterAll(async () => {
    await browser.close();
    await web.close();
  });

  it("says what it can do", async () => {
    expect(
      await page.evaluate(() => {
        const { name, capabilities } = (globalThis as unknown as { host: Host }).host;
        return { name, capabilities };
      }),
    ).toEqual({
      name: "web",
      capabilities: {
        ...{ pdf: "dialog", projector: "window", warnsOfLoss: true, backups: false },
        ...{ links: "tab", menu: false },
      },
    });
  });

  it("hands over a file as a download, byte for byte, within its own policy", async () => {
    const arriving = page.waitForEvent("download");
    const saved = await page.evaluate(
      (size) =>
        (globalThis as unknown as { host: Host }).host.saveFile({
          name: "Survival OS.png",
          mimeType: "image/png",
          bytes: Uint8Array.from({ length: size }, (_, i) => i % 256),
        }),
      SIZE,
    );
    expect(saved).toEqual({ ok: true, value: { saved: true, path: null } });
    const download = await arriving;
    expect(download.suggestedFilename()).toBe("Survival OS.png");
    expect((await readFile(await download.path())).equals(expectedBytes)).toBe(true);
    expect(await page.locator("a[download]").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it("opens the audience's place of the page in a pop-up, once", async () => {
    const openProjector = () =>
      page.evaluate(() => (globalThis as unknown as { host: Host }).host.openProjector());
    const opening = page.waitForEvent("popup");
    expect(await openProjector()).toEqual({ ok: true, value: null });
    const audience = await opening;
    expect(audience.url()).toBe(`${web.address}#/board/projector`);
    expect(await openProjector()).toEqual({ ok: true, value: null });
    expect(page.context().pages()).toHaveLength(2);
    await audience.close();
  });

  it("prints under the given title, which is the page's own again afterwards", async () => {
    const titles = await page.evaluate(async () => {
      const { host } = globalThis as unknown as { host: Host };
      const before = document.title;
      const printing = host.savePdf("Board 3 May.pdf");
      const during = document.title;
      // A browser without a head prints nothing and so never ends it.
      dispatchEvent(new Event("afterprint"));
      return { before, during, saved: await printing, after: document.title };
    });
    expect(titles).toEqual({
      before: "HG-NEN Prognosis",
      during: "Board 3 May",
      saved: { ok: true, value: { saved: null } },
      after: "HG-NEN Prognosis",
    });
  });
});
