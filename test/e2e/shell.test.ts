/** What protects the page and the person before it, proven by its effect in a real Chromium, in both editions. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Bridge, Keychain, Result } from "../../src-main/api/contract.ts";
import { BRIDGE, CHANNEL } from "../../src-main/api/contract.ts";
import { cases } from "../../src-main/words/cases.ts";
import { screen } from "../../src-main/words/screen.ts";
import { store } from "../../src-main/words/store.ts";
import { boxes } from "../../src-main/words/window.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import type { SystemEvent } from "../support/electronStandIn/command.ts";
import { BINDING } from "../support/electronStandIn/preloadWorld.ts";
import { NEC_PATIENT, enter, goTo } from "../support/rooms.ts";
import { recordLine, sealedFile } from "../support/sealedFile.ts";
import type { OpenEdition } from "../support/web.ts";
import { openWeb } from "../support/web.ts";

/** Another origin, on this computer, that writes down what reaches it. */
let elsewhere: { url: string; connections: number; visits: string[]; close(): void };

beforeAll(async () => {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? "");
    response.setHeader("Access-Control-Allow-Origin", "*").end("reached");
  });
  server.on("connection", () => elsewhere.connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  elsewhere = { url: `http://127.0.0.1:${port}/`, connections: 0, visits, close: () => server.close() };
});
beforeEach(() => {
  elsewhere.visits.length = 0;
  elsewhere.connections = 0;
});
afterAll(() => elsewhere.close());

it("the other origin can be reached, just not by a page", async () => {
  expect(await (await fetch(`${elsewhere.url}test`)).text()).toBe("reached");
  expect(elsewhere.visits).toEqual(["/test"]);
  expect(elsewhere.connections).toBe(1);
});

describe.each<[name: string, open: () => Promise<OpenEdition>]>([
  ["web", openWeb],
  ["desktop", openDesktop],
])("the %s edition", (_name, open) => {
  let edition: OpenEdition;
  let page: Page;

  beforeAll(async () => {
    edition = await open();
    page = edition.page;
  });
  afterAll(() => edition.close());

  it("shows its page without a word on the console, and asks nobody but itself", async () => {
    await page.locator("main, [role=main], form").first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.title()).toMatch(/\bHG-NEN Prognosis$/);
    expect(edition.consoleMessages).toEqual([]);
    expect(edition.requests.length).toBeGreaterThan(0);
    expect(edition.requests.filter((url) => !url.startsWith(edition.origin))).toEqual([]);
  });

  it("is a secure context with storage", async () => {
    const stored = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open("shell-test");
          opening.onsuccess = () => {
            opening.result.close();
            indexedDB.deleteDatabase("shell-test");
            resolve(isSecureContext);
          };
          opening.onerror = () => reject(opening.error!);
        }),
    );
    expect(stored).toBe(true);
  });

  it("runs no script that is written into the page", async () => {
    const ran = await page.evaluate(async () => {
      const world = globalThis as { ran?: string[] };
      world.ran = [];
      const script = document.createElement("script");
      script.textContent = "ran.push('script')";
      const button = document.createElement("button");
      button.setAttribute("onclick", "ran.push('handler')");
      const image = document.createElement("div");
      image.innerHTML = `<img src="data:," onerror="ran.push('image')">`;
      const link = document.createElement("a");
      link.href = "javascript:ran.push('link')";
      document.body.append(script, button, image, link);
      button.click();
      link.click();
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const element of [script, button, image, link]) element.remove();
      return world.ran;
    });
    expect(ran).toEqual([]);
  });

  it("makes no script out of a text", async () => {
    // In a task of its own: what a debugger evaluates is let through.
    const outcomes = await page.evaluate(() => {
      const world = globalThis as unknown as Record<"eval" | "Function", (text: string) => unknown>;
      const attempts = [() => world.eval("1"), () => world.Function("return 1")];
      const outcome = (attempt: () => unknown): unknown => {
        try {
          return attempt();
        } catch (error) {
          return (error as Error).name;
        }
      };
      return new Promise((resolve) => setTimeout(() => resolve(attempts.map(outcome))));
    });
    expect(outcomes).toEqual(["EvalError", "EvalError"]);
  });

  it("reaches no other origin", async () => {
    const outcomes = await page.evaluate(async (url) => {
      const settled = (element: HTMLElement): Promise<string> =>
        new Promise((resolve) => {
          element.onload = () => resolve("reached");
          element.onerror = () => resolve("refused");
          setTimeout(() => resolve("nothing"), 1000);
          document.body.append(element);
        });
      const create = <K extends keyof HTMLElementTagNameMap>(
        name: K,
        properties: Partial<HTMLElementTagNameMap[K]>,
      ): HTMLElement => Object.assign(document.createElement(name), properties);
      const fetched = fetch(`${url}fetch`).then(
        () => "reached",
        () => "refused",
      );
      const socket = new Promise((resolve) => {
        try {
          const opened = new WebSocket(url.replace("http", "ws"));
          opened.onopen = () => resolve("reached");
          opened.onerror = () => resolve("refused");
        } catch {
          resolve("refused");
        }
      });
      navigator.sendBeacon(`${url}beacon`);
      const elements = [
        create("img", { src: `${url}image` }),
        create("script", { src: `${url}script` }),
        create("link", { rel: "stylesheet", href: `${url}style` }),
        create("iframe", { src: `${url}frame` }),
        create("video", { src: `${url}video` }),
        create("object", { data: `${url}object` }),
      ];
      const form = create("form", { action: `${url}form`, method: "post" }) as HTMLFormElement;
      document.body.append(form);
      form.submit();
      const all = await Promise.all([fetched, socket, ...elements.map(settled)]);
      for (const element of [...elements, form]) element.remove();
      return all;
    }, elsewhere.url);
    expect(outcomes.slice(0, 5)).toEqual(["refused", "refused", "refused", "refused", "refused"]);
    expect(elsewhere.visits).toEqual([]);
  });
});

describe("the desktop edition, beyond what a browser can promise,", () => {
  let edition: DesktopEdition;
  let page: Page;

  beforeAll(async () => {
    edition = await openDesktop();
    page = edition.page;
  });
  afterAll(() => edition.close());

  it("gives the page one frozen object and nothing of Node or Electron", async () => {
    const found = await page.evaluate((name) => {
      const world = globalThis as unknown as Record<string, unknown>;
      const { writable, configurable } = Object.getOwnPropertyDescriptor(world, name)!;
      return {
        keys: Object.keys(world[name] as object).sort(),
        frozen: Object.isFrozen(world[name]) && !writable && !configurable,
        node: ["require", "process", "module", "Buffer", "global", "electron"].filter(
          (global) => global in world,
        ),
      };
    }, BRIDGE);
    expect(found).toEqual({ keys: ["host", "invoke"], frozen: true, node: [] });
  });

  it("does not even connect to another place, which no policy of a page prevents", async () => {
    await page.evaluate((url) => {
      const form = Object.assign(document.createElement("form"), { action: url, method: "post" });
      document.body.append(form);
      form.submit();
      form.remove();
      const hints = ["preconnect", "dns-prefetch"].map((rel) =>
        Object.assign(document.createElement("link"), { rel, href: url }),
      );
      document.head.append(...hints);
      setTimeout(() => hints.forEach((hint) => hint.remove()), 1000);
    }, elsewhere.url);
    await page.waitForTimeout(1000);
    expect(elsewhere.connections).toBe(0);
  });

  it("opens no other window", async () => {
    await page.evaluate((url) => void window.open(`${url}window`), elsewhere.url);
    await page.evaluate((url) => {
      const link = Object.assign(document.createElement("a"), { href: `${url}blank`, target: "_blank" });
      document.body.append(link);
      link.click();
      link.remove();
    }, elsewhere.url);
    await page.waitForTimeout(500);
    expect(page.context().pages()).toEqual([page]);
    expect(elsewhere.visits).toEqual([]);
  });

  it("stays on its page", async () => {
    const before = page.url();
    await page.evaluate(() => Object.assign(globalThis, { mark: 1 }));
    await page.evaluate((url) => location.assign(`${url}assign`), elsewhere.url);
    await page.evaluate((url) => {
      const link = Object.assign(document.createElement("a"), { href: `${url}link` });
      document.body.append(link);
      link.click();
      link.remove();
    }, elsewhere.url);
    await page.evaluate(() => location.assign("app.html"));
    await page.waitForTimeout(500);
    expect(page.url()).toBe(before);
    expect(await page.evaluate(() => (globalThis as { mark?: number }).mark)).toBe(1);
    expect(elsewhere.visits).toEqual([]);
  });

  it("has no permission", async () => {
    const answers = await page.evaluate(async () => {
      const state = async (name: string) =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      const position = new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve("found"),
          ({ code }) => resolve(code),
          { timeout: 1000 },
        ),
      );
      return {
        geolocation: await state("geolocation"),
        camera: await state("camera"),
        microphone: await state("microphone"),
        notifications: await Notification.requestPermission(),
        position: await position,
      };
    });
    expect(answers).toEqual({
      geolocation: "denied",
      camera: "denied",
      microphone: "denied",
      notifications: "denied",
      // PERMISSION_DENIED
      position: 1,
    });
  });

  it("answers an unknown endpoint and a malformed request with errors as values", async () => {
    const answers = await page.evaluate(async (name) => {
      const bridge = (globalThis as unknown as Record<string, Bridge>)[name]!;
      // As a page's script could call it, whatever the types say.
      const invoke = (...args: unknown[]) =>
        (bridge.invoke as (...args: unknown[]) => ReturnType<Bridge["invoke"]>)(...args);
      return Promise.all([
        invoke("nothing", {}),
        invoke("__proto__", {}),
        invoke("estimate", null),
        invoke("estimate", {}),
        invoke("estimate", { patient: {}, more: 1 }),
        invoke("estimate", { patient: "x" }),
        invoke(1, {}),
        invoke(),
      ]);
    }, BRIDGE);
    expect(answers.map((answer) => !answer.ok && answer.code)).toEqual([
      "unknown-endpoint",
      "unknown-endpoint",
      "invalid-request",
      "invalid-request",
      "invalid-request",
      "invalid-patient",
      "unknown-endpoint",
      "unknown-endpoint",
    ]);
  });

  it("answers a valid request", async () => {
    const answer = await page.evaluate(
      (name) => (globalThis as unknown as Record<string, Bridge>)[name]!.invoke("about", {}),
      BRIDGE,
    );
    expect(answer).toMatchObject({ ok: true, value: { study: "nordic-nec-2" } });
  });

  it("gives a subframe no bridge, and refuses one that gets hold of the channel", async () => {
    const [bridge, answer] = await page.evaluate(
      async ([name, binding, channel]) => {
        const frame = document.createElement("iframe");
        document.body.append(frame);
        const world = frame.contentWindow as unknown as Record<string, unknown>;
        const send = world[binding] as ((channel: string, args: unknown[]) => Promise<unknown>) | undefined;
        const found = [typeof world[name], await send?.(channel, ["about", {}])] as const;
        frame.remove();
        return found;
      },
      [BRIDGE, BINDING, CHANNEL] as const,
    );
    expect(bridge).toBe("undefined");
    // Electron itself leaves a subframe no channel; the stand-in leaves it one for this.
    if (edition.runtime === "stand-in")
      expect(answer).toMatchObject({ value: { ok: false, code: "refused" } });
  });
});

describe("the desktop edition keeps keys and backups", () => {
  let profile: string;
  let edition: DesktopEdition;
  const folder = (): string => path.join(profile, "backups");

  beforeAll(async () => {
    profile = await mkdtemp(path.join(tmpdir(), "hg-nen-shell-"));
    edition = await openDesktop({ profile });
  });
  afterAll(async () => {
    await edition.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  /** Bytes go to and fro as lists of numbers, so that a spec can write and read them. */
  const ask = (endpoint: string, request: Record<string, unknown> = {}): Promise<Result<unknown>> =>
    edition.page.evaluate(
      async ([name, endpoint, request]) => {
        const given = Object.entries(request).map(([key, value]): [string, unknown] => [
          key,
          Array.isArray(value) && key !== "names" ? Uint8Array.from(value as number[]) : value,
        ]);
        const bridge = (globalThis as unknown as Record<string, Bridge>)[name]!;
        const answer = await bridge.invoke(endpoint, Object.fromEntries(given));
        const plain = (_key: string, value: unknown): unknown =>
          value instanceof Uint8Array ? [...value] : value;
        return JSON.parse(JSON.stringify(answer, plain)) as Result<unknown>;
      },
      [BRIDGE, endpoint, request] as const,
    );
  const valueOf = async <T>(answer: Promise<Result<unknown>>): Promise<T> => {
    const result = await answer;
    if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
    return result.value as T;
  };

  const KEY = Array.from({ length: 32 }, (_, i) => 8 * i);
  /** By its shape; sealed with nothing. Synthetic. */
  const backup = (content: string): number[] => [...sealedFile({ records: [recordLine(content)] })];

  it("seals a key in the system's keychain, and has it back", async (spec) => {
    const { available } = await valueOf<Keychain>(ask("keychain"));
    // The stand-in has one; on other machines that is as it may be.
    if (edition.standIn) expect(available).toBe(true);
    if (!available) return spec.skip("this system has no keychain");
    const { wrapped } = await valueOf<{ wrapped: number[] }>(ask("wrapKey", { key: KEY }));
    expect(Buffer.from(wrapped).includes(Buffer.from(KEY))).toBe(false);
    expect(Buffer.from(wrapped).includes(Buffer.from(KEY).toString("base64"))).toBe(false);
    expect(await valueOf(ask("unwrapKey", { wrapped }))).toMatchObject({ key: KEY });
    wrapped[wrapped.length - 1]! ^= 1;
    expect(await ask("unwrapKey", { wrapped })).toMatchObject({ ok: false, code: "keychain-failed" });
  });

  it("says that there is no keychain when what is named as one does not answer, and seals nothing", async (spec) => {
    if (!edition.standIn) return spec.skip("only the stand-in plays it");
    const { wrapped } = await valueOf<{ wrapped: number[] }>(ask("wrapKey", { key: KEY }));
    await edition.standIn.play({ kind: "keychain", is: "silent" });
    expect(await valueOf(ask("keychain"))).toEqual({ available: false, reason: "no-keychain" });
    expect(await ask("wrapKey", { key: KEY })).toMatchObject({ ok: false, code: "keychain-failed" });
    expect(await ask("unwrapKey", { wrapped })).toMatchObject({ ok: false, code: "keychain-failed" });
    await edition.standIn.play({ kind: "keychain", is: "there" });
    expect(await valueOf(ask("unwrapKey", { wrapped }))).toEqual({ key: KEY, rewrapped: null });
  });

  it("does not open what another computer's keychain has sealed", async (spec) => {
    if (!edition.standIn) return spec.skip("only the stand-in plays it");
    const { wrapped } = await valueOf<{ wrapped: number[] }>(ask("wrapKey", { key: KEY }));
    await edition.standIn.play({ kind: "keychain", is: "another" });
    expect(await ask("unwrapKey", { wrapped })).toMatchObject({ ok: false, code: "keychain-failed" });
    expect(await valueOf(ask("keychain"))).toEqual({ available: true, reason: null });
  });

  it("writes a backup, lists it and gives it back byte for byte", async () => {
    expect(await valueOf(ask("listBackups"))).toEqual([]);
    const bytes = backup("synthetic ü");
    const written = await valueOf<{ name: string; at: number }>(
      ask("writeBackup", { bytes, kind: "rotating" }),
    );
    const { name, at } = written;
    expect(written).toEqual({ name, bytes: bytes.length, at, kind: "rotating" });
    expect(await valueOf(ask("listBackups"))).toEqual([written]);
    expect(await valueOf(ask("readBackup", { name }))).toEqual({ bytes });
    expect(await readdir(folder())).toEqual([name]);
    expect([...(await readFile(path.join(folder(), name)))]).toEqual(bytes);
    if (process.platform !== "win32") {
      expect((await stat(folder())).mode & 0o777).toBe(0o700);
      expect((await stat(path.join(folder(), name))).mode & 0o777).toBe(0o600);
    }
    await rm(path.join(folder(), name));
    expect(await ask("readBackup", { name })).toMatchObject({ ok: false, code: "no-backup" });
  });

  it("deletes backups when the user says yes in a box of the system, and not before", async (spec) => {
    if (!edition.standIn) return spec.skip("the system's boxes are answered by the stand-in only");
    const { standIn } = edition;
    const bytes = backup("synthetic");
    const { name } = await valueOf<{ name: string }>(ask("writeBackup", { bytes, kind: "set-aside" }));
    await standIn.play({ kind: "answer-message-box", button: 0 });
    expect(await valueOf(ask("deleteBackups", { names: [name] }))).toMatchObject({
      ...{ deleted: false, left: [{ name }] },
    });
    const box = standIn.all("message-box").at(-1)!.options;
    expect(box).toMatchObject({ message: boxes.deletion.message(1), defaultId: 0, cancelId: 0 });
    expect(box.buttons![0]).toBe(boxes.deletion.keep);
    await standIn.play({ kind: "answer-message-box", button: 1 });
    expect(await valueOf(ask("deleteBackups", { names: [name] }))).toEqual({ deleted: true, left: [] });
    expect(await readdir(folder())).toEqual([]);
    // Of nothing nothing is asked.
    expect(await valueOf(ask("deleteBackups", { names: [name] }))).toEqual({ deleted: true, left: [] });
  });

  it("takes nothing that anybody could read for a backup", async () => {
    const bytes = [...sealedFile({ records: ['{"label":"Synthetic","ageYears":67}'] })];
    expect(await ask("writeBackup", { bytes, kind: "rotating" })).toMatchObject({ code: "invalid-request" });
    expect(await valueOf(ask("listBackups"))).toEqual([]);
  });

  it("refuses a backup that is not whole", async () => {
    const bytes = backup("synthetic");
    bytes[30]! ^= 1;
    expect(await ask("writeBackup", { bytes, kind: "rotating" })).toMatchObject({
      ok: false,
      code: "invalid-request",
      field: "bytes",
    });
    expect(await valueOf(ask("listBackups"))).toEqual([]);
  });

  it("reaches no file but its own", async () => {
    const outside = path.join(profile, "outside.hgnencases");
    await writeFile(outside, "synthetic");
    const name = "cases-2026-11-21T15-40-12-123Z.hgnencases";
    const requests: [string, Record<string, unknown>][] = [
      ["wrapKey", { key: KEY.slice(1) }],
      ["wrapKey", { key: "a".repeat(32) }],
      ["unwrapKey", { wrapped: [] }],
      ["readBackup", { name: "../outside.hgnencases" }],
      ["readBackup", { name: `../${name}` }],
      ["readBackup", { name: `sub/${name}` }],
      ["readBackup", { name: outside }],
      ["deleteBackups", { names: ["../outside.hgnencases"] }],
      ["deleteBackups", { names: [name, outside] }],
      ["writeBackup", { bytes: backup("synthetic"), kind: "rotating", name: "../outside.hgnencases" }],
      ["writeBackup", { bytes: backup("synthetic"), kind: "../outside" }],
    ];
    for (const [endpoint, request] of requests) {
      expect(await ask(endpoint, request)).toMatchObject({ ok: false, code: "invalid-request" });
    }
    expect(await readFile(outside, "utf8")).toBe("synthetic");
    expect(await valueOf(ask("listBackups"))).toEqual([]);
  });
});

/** Closing a window and locking a computer are a user's doing, which only the stand-in can play. */
describe("the desktop edition, when it is left,", () => {
  let edition: DesktopEdition;
  let page: Page;

  beforeEach(async () => {
    edition = await openDesktop();
    page = edition.page;
    await goTo(page, "#/estimate");
  });
  afterEach(() => edition.close());

  const asked = () => edition.standIn!.all("message-box").map(({ options }) => options);
  const closed = () => edition.standIn!.all("closed").map(({ window }) => window);
  const close = () => edition.standIn!.play({ kind: "close-window", window: 0 });
  const STAY = 0;
  const LEAVE = 1;
  const answer = (button: number) => edition.standIn!.play({ kind: "answer-message-box", button });
  const onBoard = () => page.getByRole("button", { name: screen.actions.addToBoard, exact: true });

  it("closes without a word where nothing would be lost", async (spec) => {
    if (!edition.standIn) return spec.skip("only the stand-in plays it");
    await enter(page, NEC_PATIENT);
    await close();
    expect(await edition.standIn.ended).toBe(0);
    expect(asked()).toEqual([]);
  });

  it("asks before a case goes that is nowhere else: who stays has it still, who leaves is let go", async (spec) => {
    if (!edition.standIn) return spec.skip("only the stand-in plays it");
    await enter(page, NEC_PATIENT);
    await onBoard().click();
    await goTo(page, "#/board");
    const board = page.getByRole("main");
    await expect.poll(() => board.innerText()).toContain("Case 1");
    await answer(STAY);
    await close();
    await expect.poll(() => asked().length).toBe(1);
    expect(asked()[0]).toMatchObject({ message: boxes.unload.message, defaultId: STAY, cancelId: STAY });
    expect(asked()[0]!.buttons).toEqual([boxes.unload.stay, boxes.unload.leave]);
    await goTo(page, "#/estimate");
    expect(await page.inputValue("#ageYears")).toBe(NEC_PATIENT.ageYears);
    await goTo(page, "#/board");
    expect(await board.innerText()).toContain("Case 1");
    expect(closed()).toEqual([]);

    await answer(LEAVE);
    await close();
    expect(await edition.standIn.ended).toBe(0);
    expect(asked()).toHaveLength(2);
    expect(closed()).toEqual([0]);
  });

  it("locks the cases each time that the computer is locked, and keeps what was being typed", async (spec) => {
    if (!edition.standIn) return spec.skip("only the stand-in plays it");
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    await page.evaluate(() => void (location.hash = "#/cases"));
    await page.getByLabel(store.passphrase.safe).check();
    await button(store.setUp.start).click();
    await page.getByRole("heading", { name: cases.list.none.title, exact: true }).waitFor();
    await page.getByRole("button", { name: cases.list.new }).first().click();
    const note = page.getByLabel(cases.one.note, { exact: true });
    const locked = page.getByRole("heading", { name: store.lock.title, exact: true });
    for (const event of ["suspend", "lock-screen", "user-did-resign-active"] satisfies SystemEvent[]) {
      const typed = `A synthetic note before ${event}`;
      await note.fill(typed);
      expect(await locked.count()).toBe(0);
      await edition.standIn.play({ kind: "system", event });
      await locked.waitFor();
      expect(await page.getByText(typed).count()).toBe(0);
      expect(await note.count()).toBe(0);
      await button(store.lock.open).click();
      await note.waitFor();
      expect(await note.inputValue()).toBe(typed);
    }
  });
});
