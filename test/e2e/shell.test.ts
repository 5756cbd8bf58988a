/** What protects the page and the person before it, proven by its effect in a real Chromium, in both editions. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Bridge } from "../../src-main/api/contract.ts";
import { BRIDGE, CHANNEL } from "../../src-main/api/contract.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { BINDING } from "../support/electronStandIn/preloadWorld.ts";
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
