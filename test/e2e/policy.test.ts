/**
 * What an administrator decides for a computer, in the built desktop edition: nothing is stored where nothing may be, the
 * main process refuses what the page was told not to ask, and a file that cannot be understood is said so on every screen.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Policy } from "../../src-main/api/contract.ts";
import { BRIDGE } from "../../src-main/api/contract.ts";
import { board } from "../../src-main/words/board.ts";
import { cases as words } from "../../src-main/words/cases.ts";
import { policy as said } from "../../src-main/words/policy.ts";
import { screen } from "../../src-main/words/screen.ts";
import { store } from "../../src-main/words/store.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { foundIn } from "../support/foundIn.ts";
import { NEC_PATIENT, enter } from "../support/rooms.ts";

/** For a screen to come. */
const PATIENCE_MS = 10_000;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const go = (page: Page, room: string): Promise<void> =>
  page.evaluate((room) => void (location.hash = `#/${room}`), room);

/** Calls the bridge by hand, as a page that was taken over could. */
const invoke = (page: Page, endpoint: string, request: object): Promise<{ ok: boolean; code?: string }> =>
  page.evaluate(
    ([bridge, endpoint, request]) =>
      (globalThis as unknown as Record<string, { invoke: (...args: unknown[]) => Promise<never> }>)[
        bridge
      ]!.invoke(endpoint, "bytes" in request ? { ...request, bytes: new Uint8Array(8) } : request),
    [BRIDGE, endpoint, request] as const,
  );

let folder: string;
let profile: string;
let edition: DesktopEdition | null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-policy-"));
  profile = path.join(folder, "profile");
  edition = null;
});
afterEach(async () => {
  await edition?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function open(policy: Partial<Policy> | string | null): Promise<Page> {
  await edition?.close();
  edition = null;
  const policyFile = path.join(folder, "policy.json");
  if (policy !== null) {
    await writeFile(policyFile, typeof policy === "string" ? policy : JSON.stringify(policy));
  }
  edition = await openDesktop({ profile, ...(policy !== null && { policyFile }) });
  return edition.page;
}

/** A case in the present store or sitting, with text that stands nowhere else on the disk. */
async function typeCase(page: Page, label: string, note: string): Promise<void> {
  await page.getByRole("button", { name: words.list.new }).first().click();
  await page.getByLabel(words.one.label, { exact: true }).fill(label);
  await page.getByLabel(words.one.note, { exact: true }).fill(note);
}

/** Puts a text wherever a page can put one. */
const plant = (page: Page, text: string): Promise<void> =>
  page.evaluate(async (text) => {
    localStorage.setItem("planted", text);
    const cache = await caches.open("planted");
    await cache.put(new URL("planted", location.href), new Response(text));
    await new Promise((resolve, reject) => {
      const asked = indexedDB.open("planted", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("all").put(text, "planted");
      asked.onerror = () => reject(new Error("not opened"));
      asked.onsuccess = () => {
        asked.result.close();
        resolve(undefined);
      };
    });
  }, text);

describe("where nothing may be stored", () => {
  it("not a byte of what is typed is in the profile, and cases from before are neither seen nor touched", async () => {
    // Before: a case that is stored, under a passphrase.
    const passphrase = "a synthetic passphrase of a test";
    let page = await open({ keychain: false });
    await go(page, "cases");
    await page.getByText(store.setUp.keychainOff).waitFor();
    await page.getByLabel(store.passphrase.own, { exact: true }).check({ force: true });
    await page.getByLabel(store.passphrase.first, { exact: true }).fill(passphrase);
    await page.getByLabel(store.passphrase.again, { exact: true }).fill(passphrase);
    await page.getByLabel(store.passphrase.safe).check();
    await button(page, store.setUp.start).click();
    const before = `Synthetic ${randomUUID()}`;
    await typeCase(page, before, "from before");
    await page
      .getByText(/^Saved \d\d:\d\d:\d\d$/)
      .first()
      .waitFor();

    page = await open({ storage: false });
    await go(page, "cases");
    await heading(page, said.storageOff.title).waitFor();
    // Nothing is offered that would store something.
    expect(await page.getByText(store.setUp.restore).count()).toBe(0);
    await button(page, said.storageOff.start).click();
    await heading(page, words.list.none.title).waitFor();
    const secret = { label: `Kvitebjorn ${randomUUID()}`, note: `A synthetic remark, ${randomUUID()}` };
    await typeCase(page, secret.label, secret.note);
    await page.getByText(words.saving.sitting).first().waitFor();
    await expect.poll(() => page.getByRole("row").filter({ hasText: secret.label }).count()).toBe(1);
    // Whatever else the page might keep: it has storage like any other, and it is not on the disk.
    const planted = `planted ${randomUUID()}`;
    await plant(page, planted);
    const wanted = [secret.label, secret.note, planted];
    expect(await foundIn(profile, wanted)).toEqual([]);
    await edition!.close();
    edition = null;
    expect(await foundIn(profile, wanted)).toEqual([]);
    // The search itself would find it.
    await writeFile(path.join(profile, "control.txt"), secret.note);
    expect(await foundIn(profile, wanted)).toHaveLength(1);

    // Afterwards, without the policy: what was there is there.
    page = await open(null);
    await go(page, "cases");
    await page.getByLabel(store.passphrase.label, { exact: true }).fill(passphrase);
    await button(page, store.lock.open).click();
    await page.getByRole("row").filter({ hasText: before }).waitFor();
    expect(await page.getByText(secret.label).count()).toBe(0);
    // And here the same does lie on the disk.
    await plant(page, planted);
    await edition!.close();
    edition = null;
    expect((await foundIn(profile, [planted])).length).toBeGreaterThan(0);
  });

  it("backups and the keychain are refused to the raw bridge", async () => {
    const page = await open({ storage: false });
    await heading(page, screen.empty.title).waitFor();
    const refused = { ok: false, code: "forbidden" };
    expect(await invoke(page, "writeBackup", { bytes: null, kind: "rotating" })).toMatchObject(refused);
    expect(await invoke(page, "listBackups", {})).toMatchObject(refused);
    expect(await invoke(page, "deleteBackups", { names: [] })).toMatchObject(refused);
    expect(await invoke(page, "keychain", {})).toEqual({
      ok: true,
      value: { available: false, reason: "policy" },
    });
    expect(await readdir(profile)).not.toContain("backups");
  });
});

describe("where nothing may be exported", () => {
  it("buttons say why by keyboard, and the raw bridge is refused before any dialog", async () => {
    const page = await open({ exports: "none", links: false });
    await enter(page, NEC_PATIENT);
    const exporting = button(page, screen.actions.export);
    await exporting.waitFor();
    expect(await exporting.getAttribute("aria-disabled")).toBe("true");
    const reason = page.getByRole("tooltip").filter({ hasText: said.forbidden.none });
    expect(await reason.isVisible()).toBe(false);
    // By Tab, as a user comes to it.
    await button(page, screen.actions.addToBoard).focus();
    await page.keyboard.press("Tab");
    expect(await exporting.evaluate((node) => node === document.activeElement)).toBe(true);
    await reason.waitFor();
    await page.keyboard.press("Escape");
    await reason.waitFor({ state: "hidden" });
    expect(
      await exporting.evaluate(
        (node) => document.getElementById(node.getAttribute("aria-describedby")!)!.textContent,
      ),
    ).toBe(said.forbidden.none);

    await button(page, screen.actions.addToBoard).click();
    await page.getByRole("link", { name: screen.actions.openBoard }).click();
    await button(page, board.room.save).waitFor();
    expect(await button(page, board.room.pptx).count()).toBe(0);

    const refused = { ok: false, code: "forbidden" };
    // Nobody is there to answer a dialog: one that was shown would be another answer.
    expect(await invoke(page, "saveFile", { name: "a.csv", bytes: null })).toMatchObject(refused);
    expect(await invoke(page, "saveFile", { name: "a.hgnencases", bytes: null })).toMatchObject(refused);
    expect(await invoke(page, "savePdf", { name: "a.pdf" })).toMatchObject(refused);
    expect(await invoke(page, "openLink", { link: "article" })).toMatchObject(refused);
    expect(edition!.standIn?.all("save-dialog") ?? []).toEqual([]);
  });
});

describe("a policy file that cannot be understood", () => {
  it("is named on every screen with field and value, forbids everything, and estimates go on", async () => {
    const page = await open('{"storage": true, "exports": "sometimes"}');
    const banner = page.getByRole("alert").filter({ hasText: said.banner.title });
    await banner.waitFor();
    // In a window that is not high it is a line until it is asked.
    const details = banner.getByRole("group");
    if ((await details.getAttribute("open")) === null) await banner.getByText(said.banner.more).click();
    await banner.getByText("exports", { exact: true }).waitFor();
    await banner.getByText('"sometimes"', { exact: true }).waitFor();
    await banner.getByText(path.join(folder, "policy.json"), { exact: true }).waitFor();
    await banner.getByText(said.restrictions.storage).waitFor();

    await enter(page, NEC_PATIENT);
    await button(page, screen.actions.export).waitFor();
    expect(await button(page, screen.actions.export).getAttribute("aria-disabled")).toBe("true");
    // Folded up it stays a line.
    await banner.getByText(said.banner.title).click();
    await banner.getByText(said.restrictions.storage).waitFor({ state: "hidden" });
    await go(page, "cases");
    await heading(page, said.storageOff.title).waitFor({ timeout: PATIENCE_MS });
    await banner.getByText(said.banner.title).waitFor();
    expect(await invoke(page, "savePdf", { name: "a.pdf" })).toMatchObject({ code: "forbidden" });
    expect(edition!.consoleMessages).toEqual([]);
  });
});
