/**
 * Cases as a user keeps them, in the built program: what is typed is there after a restart, nobody finds a word of it on
 * the disk, and whatever happens to the store underneath has a screen of its own.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cases as words } from "../../src-main/words/cases.ts";
import { store } from "../../src-main/words/store.ts";
import type { WebEdition } from "../../src-main/start/webEdition.ts";
import { launchOptions } from "../support/chromium.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { forgetKey } from "../support/electronStandIn/keychain.ts";
import { foundIn } from "../support/foundIn.ts";
import type { Killable } from "../support/killable.ts";
import { startKillable } from "../support/killable.ts";
import { NEC_PATIENT, enter } from "../support/rooms.ts";
import { serveBuilt } from "../support/web.ts";

const PASSPHRASE = "a synthetic passphrase of a test";
const SAVED = /^Saved \d\d:\d\d:\d\d$/;
/** For a screen to come. */
const PATIENCE_MS = 10_000;
const DATABASE = "hg-nen-prognosis";
/** Words that stand nowhere else on the disk. */
const secret = () => ({
  label: `Kvitebjorn ${randomUUID().slice(0, 8)}`,
  note: `A synthetic remark, ${randomUUID()}`,
  tag: `merkelapp-${randomUUID().slice(0, 8)}`,
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const toCases = (page: Page): Promise<void> => page.evaluate(() => void (location.hash = "#/cases"));

/** Begins a store in a browser, as a user would who wants it kept. */
async function setUp(page: Page): Promise<void> {
  await toCases(page);
  await page.getByLabel(store.setUp.keep).check();
  await page.getByLabel(store.passphrase.own, { exact: true }).check({ force: true });
  await page.getByLabel(store.passphrase.first, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(store.passphrase.again, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(store.passphrase.safe).check();
  await button(page, store.setUp.start).click();
  await heading(page, words.list.none.title).waitFor();
}

async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await toCases(page);
  await page.getByLabel(store.passphrase.label, { exact: true }).fill(passphrase);
  await button(page, store.lock.open).click();
}

/** Types a case with everything that is free text, and waits until the screen says that it is saved. */
async function typeCase(
  page: Page,
  { label, note, tag }: ReturnType<typeof secret>,
  status: string | RegExp = SAVED,
): Promise<void> {
  await page.getByRole("button", { name: words.list.new }).first().click();
  const labelField = page.getByLabel(words.one.label, { exact: true });
  // The case that was open stays on the screen until the new one is there.
  await expect.poll(() => labelField.inputValue(), { timeout: PATIENCE_MS }).toBe("");
  await labelField.fill(label);
  await page.getByLabel(words.one.note, { exact: true }).fill(note);
  await page.getByPlaceholder(words.one.tagAdd).fill(tag);
  await page.keyboard.press("Enter");
  await page.getByText(status).first().waitFor();
}

const saved = (page: Page): Promise<void> => page.getByText(SAVED).first().waitFor();
const row = (page: Page, label: string) => page.getByRole("row").filter({ hasText: label });

/** Puts a text into a database of its own, as the program would put a case that it did not encrypt. */
const plantInClear = (page: Page, text: string): Promise<void> =>
  page.evaluate(
    (text) =>
      new Promise<void>((resolve, reject) => {
        const asked = indexedDB.open("in clear", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("records", { keyPath: "id" });
        asked.onerror = () => reject(new Error("not opened"));
        asked.onsuccess = () => {
          const database = asked.result;
          const writing = database.transaction("records", "readwrite", { durability: "strict" });
          writing.objectStore("records").put({ id: crypto.randomUUID(), label: text });
          writing.onabort = () => reject(new Error("not written"));
          writing.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
    text,
  );

describe("in a browser", () => {
  let web: WebEdition;
  let profile: string;
  let context: BrowserContext | null = null;
  let killable: Killable | null = null;

  beforeAll(async () => {
    web = await serveBuilt();
  });
  afterAll(() => web.close());
  beforeEach(async () => {
    profile = await mkdtemp(path.join(tmpdir(), "hg-nen-cases-"));
  });
  afterEach(async () => {
    await context?.close();
    context = null;
    await killable?.kill();
    killable = null;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  async function open(): Promise<Page> {
    await context?.close();
    context = await chromium.launchPersistentContext(profile, {
      ...(await launchOptions()),
      viewport: { width: 1366, height: 768 },
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(web.address);
    await page.getByRole("form").waitFor();
    return page;
  }

  it("keeps what is typed, opens it with the passphrase only, and has no word of it on the disk", async () => {
    const typed = secret();
    let page = await open();
    await setUp(page);
    await typeCase(page, typed);
    // Something that does lie there in clear, and where the cases lie, shows that the search finds what is there.
    const control = `control-${randomUUID()}`;
    await plantInClear(page, control);

    page = await open();
    await unlock(page, "not the passphrase at all");
    await page.getByText(store.lock.wrong).waitFor();
    await unlock(page);
    await row(page, typed.label).click();
    await expect.poll(() => page.getByLabel(words.one.note, { exact: true }).inputValue()).toBe(typed.note);
    await page.getByRole("button", { name: words.one.tagRemove(typed.tag) }).waitFor();
    // A patient goes in through the form, and is the case's.
    await button(page, words.one.open).click();
    await enter(page, NEC_PATIENT);
    await saved(page);
    await context!.close();
    context = null;

    const wanted = [typed.label, typed.note, typed.tag, PASSPHRASE];
    expect(await foundIn(profile, wanted)).toEqual([]);
    const planted = await foundIn(profile, [control]);
    expect(planted.map((place) => place.includes("IndexedDB"))).toContain(true);

    page = await open();
    await unlock(page);
    await row(page, typed.label).filter({ hasText: "67" }).waitFor();
  });

  it("keeps what was saved when the browser is killed", async () => {
    const typed = secret();
    const first = await startKillable(profile);
    killable = first;
    await first.page.goto(web.address);
    await setUp(first.page);
    await typeCase(first.page, typed);
    await first.kill();
    const page = await open();
    await unlock(page);
    await row(page, typed.label).waitFor();
  });

  it("lets one window at a time work with them, and hands them over", async () => {
    const typed = secret();
    const first = await open();
    await setUp(first);
    await typeCase(first, typed);
    const second = await context!.newPage();
    await second.goto(web.address);
    await toCases(second);
    await heading(second, store.trouble.kinds.elsewhere.title).waitFor();
    await first.getByLabel(words.one.note, { exact: true }).fill("the last words of the first window");
    await button(second, store.trouble.takeOver).click();
    await heading(first, store.trouble.kinds.elsewhere.title).waitFor();
    await unlock(second);
    await row(second, typed.label).click();
    await expect
      .poll(() => second.getByLabel(words.one.note, { exact: true }).inputValue())
      .toBe("the last words of the first window");
  });

  it("says so when the store is deleted underneath, and still has the open case", async () => {
    const typed = secret();
    const page = await open();
    await setUp(page);
    await typeCase(page, typed);
    const devtools = await context!.newCDPSession(page);
    await devtools.send("Storage.clearDataForOrigin", {
      origin: new URL(web.address).origin,
      storageTypes: "indexeddb",
    });
    await heading(page, store.trouble.kinds.lost.title).waitFor();
    await page.getByText(typed.label).first().waitFor();
  });

  it("does not open, and does not touch, what a newer program has written", async () => {
    const page = await open();
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const asked = indexedDB.open(name, 990);
          asked.onupgradeneeded = () => asked.result.createObjectStore("of the future").put("kept", 1);
          asked.onsuccess = () => {
            asked.result.close();
            resolve();
          };
          asked.onerror = () => reject(new Error("not made"));
        }),
      DATABASE,
    );
    await page.reload();
    await toCases(page);
    await heading(page, store.trouble.kinds.newer.title).waitFor();
    const [version, kept] = await page.evaluate(
      (name) =>
        new Promise<[number, unknown]>((resolve) => {
          const asked = indexedDB.open(name);
          asked.onsuccess = () => {
            const database = asked.result;
            const read = database.transaction("of the future").objectStore("of the future").get(1);
            read.onsuccess = () => resolve([database.version, read.result]);
          };
        }),
      DATABASE,
    );
    expect([version, kept]).toEqual([990, "kept"]);
  });

  it("offers one sitting where the browser gives no storage", async () => {
    const page = await open();
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("storage is off", "SecurityError");
      };
    });
    await page.reload();
    await toCases(page);
    await heading(page, store.trouble.kinds.refused.title).waitFor();
    await button(page, store.trouble.sitting).click();
    const typed = secret();
    await typeCase(page, typed, words.saving.sitting);
    await row(page, typed.label).waitFor();
  });

  it("names a record that is damaged, and opens all others", async () => {
    const [whole, damaged] = [secret(), secret()];
    let page = await open();
    await setUp(page);
    await typeCase(page, damaged);
    await typeCase(page, whole);
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve) => {
          const asked = indexedDB.open(name);
          asked.onsuccess = () => {
            const database = asked.result;
            const transaction = database.transaction(["records", "meta"], "readwrite");
            const read = transaction.objectStore("records").getAll();
            read.onsuccess = () => {
              const [first] = (read.result as { revision: number; data: Uint8Array }[]).sort(
                (a, b) => a.revision - b.revision,
              );
              first!.data[40]! ^= 1;
              transaction.objectStore("records").put(first);
              // Without its list the store reads every record.
              transaction.objectStore("meta").delete("index");
            };
            transaction.oncomplete = () => {
              database.close();
              resolve();
            };
          };
        }),
      DATABASE,
    );
    page = await open();
    await unlock(page);
    await row(page, whole.label).waitFor();
    await page.getByText(words.damaged.title(1)).waitFor();
    await page.getByText(words.damaged.reasons.tampered()).waitFor();
  });

  it("says that the clock stands behind, and shows the times as they are, in their order", async () => {
    const [older, newer] = [secret(), secret()];
    let page = await open();
    await setUp(page);
    await typeCase(page, older);
    page = await open();
    await page.clock.setFixedTime("2020-01-01T08:00:00Z");
    await page.reload();
    await unlock(page);
    await page.getByText(words.notices.clockBehind).waitFor();
    await typeCase(page, newer);
    const labels = await page.getByRole("row").allInnerTexts();
    // The latest change says 2020, and stands where 2020 stands.
    expect(labels.findIndex((text) => text.includes(older.label))).toBeLessThan(
      labels.findIndex((text) => text.includes(newer.label)),
    );
  });

  it("leaves nothing behind when all is erased, and lists that", async () => {
    const page = await open();
    await setUp(page);
    await typeCase(page, secret());
    await page.evaluate(() => void (location.hash = "#/cases/settings"));
    await button(page, store.settings.erase.begin).click();
    await page.getByLabel(store.typedLabel(store.typed.erase)).fill(store.typed.erase);
    await button(page, store.settings.erase.go).click();
    await heading(page, store.erased.title).waitFor();
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual(
      [],
    );
  });
});

describe("on the desktop", () => {
  let profile: string;
  let edition: DesktopEdition | null = null;

  beforeEach(async () => {
    profile = await mkdtemp(path.join(tmpdir(), "hg-nen-cases-desktop-"));
  });
  afterEach(async () => {
    await edition?.close();
    edition = null;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  async function open(): Promise<Page> {
    await edition?.close();
    edition = await openDesktop({ profile });
    edition.page.setDefaultTimeout(PATIENCE_MS);
    await edition.page.getByRole("form").waitFor();
    return edition.page;
  }

  async function setUpWithKeychain(page: Page): Promise<string> {
    await toCases(page);
    const suggested = await page.locator("output").innerText();
    await page.getByLabel(store.passphrase.safe).check();
    await button(page, store.setUp.start).click();
    await heading(page, words.list.none.title).waitFor();
    return suggested;
  }

  it("opens by itself", async () => {
    const typed = secret();
    let page = await open();
    await setUpWithKeychain(page);
    await typeCase(page, typed);
    page = await open();
    await toCases(page);
    await row(page, typed.label).waitFor();
  });

  it("opens with the recovery passphrase where the keychain is another computer's", async (spec) => {
    const typed = secret();
    let page = await open();
    if (!edition?.standIn) return spec.skip("only the stand-in plays another computer's keychain");
    const passphrase = await setUpWithKeychain(page);
    await typeCase(page, typed);
    await edition.close();
    forgetKey(profile);
    page = await open();
    await toCases(page);
    await page.getByText(store.lock.why["keychain-failed"]).waitFor();
    // As it is typed from paper.
    await unlock(page, passphrase.toLowerCase().replaceAll("-", " "));
    await row(page, typed.label).waitFor();
  });

  it("writes backups without a clear word, and restores from one after everything was erased", async () => {
    const typed = secret();
    const page = await open();
    const passphrase = await setUpWithKeychain(page);
    await typeCase(page, typed);
    await page.evaluate(() => void (location.hash = "#/cases/backups"));
    await button(page, store.backups.now).click();
    const backups = path.join(profile, "backups");
    await expect.poll(async () => (await readdir(backups).catch(() => [])).length).toBeGreaterThan(0);
    expect(await foundIn(profile, [typed.label, typed.note, typed.tag, passphrase])).toEqual([]);
    await writeFile(path.join(backups, "control.txt"), typed.note);
    expect(await foundIn(backups, [typed.note])).toHaveLength(1);

    await page.evaluate(() => void (location.hash = "#/cases/settings"));
    await button(page, store.settings.erase.begin).click();
    await page.getByLabel(store.typedLabel(store.typed.erase)).fill(store.typed.erase);
    await button(page, store.settings.erase.go).click();
    // The backups were not asked for: they are listed as what is left.
    await heading(page, store.erased.partly).waitFor();
    await button(page, store.erased.close).click();
    await button(page, store.setUp.restore).click();
    await page.getByRole("button", { name: store.backups.restore }).first().click();
    await page.getByRole("textbox", { name: store.passphrase.label }).fill(passphrase);
    await button(page, store.transfer.open).click();
    await page.getByRole("button", { name: /^Start with/ }).click();
    await row(page, typed.label).waitFor();
  });
});
