import { describe, expect, it } from "vitest";
import type { Happening, ShellEvent } from "../../src-main/api/contract.ts";
import { createEvents } from "../../src-main/shell/events.ts";

/** A window, with what is listened to. */
function page() {
  const listeners = new Map<string, () => void>();
  const listen = ((event: string, listener: () => void) => void listeners.set(event, listener)) as never;
  const { push, handlers } = createEvents({ window: { once: listen, webContents: { on: listen } } });
  return {
    push,
    next: async (): Promise<ShellEvent> => {
      const answer = await handlers.nextEvent({});
      if (!answer.ok) return expect.unreachable();
      return answer.value;
    },
    happens: (event: string) => listeners.get(event)!(),
  };
}

const LOCK: Happening = { kind: "lock", reason: "suspend" };
const KEYS: Happening = { kind: "command", command: "keys" };
const ENDED = { kind: "ended" };
const MB = 1024 * 1024;
const file = (name: string, length = 1): Happening => {
  // Has a length, and no memory behind it that counts.
  const bytes = Object.defineProperty(new Uint8Array(), "length", { value: length });
  return { kind: "file", name, ending: "nenboard", bytes };
};
const nothingYet = Symbol("nothing yet");
/** What has been answered so far. */
const soFar = (answer: Promise<unknown>): Promise<unknown> =>
  Promise.race([answer, new Promise((resolve) => setImmediate(resolve, nothingYet))]);

describe("what happens around a page", () => {
  it("is told to the request that waits for it, and not before", async () => {
    const { push, next } = page();
    const asked = next();
    expect(await soFar(asked)).toBe(nothingYet);
    push(LOCK);
    expect(await asked).toEqual(LOCK);
  });

  it("is told once: the next request waits for what comes after it", async () => {
    const { push, next } = page();
    const first = next();
    push(KEYS);
    expect(await first).toEqual(KEYS);
    const second = next();
    expect(await soFar(second)).toBe(nothingYet);
    push(LOCK);
    expect(await second).toEqual(LOCK);
  });

  it("is kept while nobody asks, and told in its order", async () => {
    const { push, next } = page();
    for (const event of [file("a"), KEYS, file("b")]) push(event);
    expect([await next(), await next(), await next()]).toEqual([file("a"), KEYS, file("b")]);
    expect(await soFar(next())).toBe(nothingYet);
  });

  it("is told to the page that has asked last: the one before it is not there any more", async () => {
    const { push, next } = page();
    const before = next();
    const after = next();
    expect(await before).toEqual(ENDED);
    expect(await soFar(after)).toBe(nothingYet);
    push(KEYS);
    expect(await after).toEqual(KEYS);
  });

  it.each(["render-process-gone", "did-navigate"])(
    "between %s and the next page's first request is kept for that one",
    async (gone) => {
      const { push, next, happens } = page();
      const before = next();
      happens(gone);
      expect(await before).toEqual(ENDED);
      push(file("a"));
      push(LOCK);
      expect([await next(), await next()]).toEqual([LOCK, file("a")]);
    },
  );

  it("is waited for no longer than the window is there", async () => {
    const { push, next, happens } = page();
    const asked = next();
    happens("closed");
    expect(await asked).toEqual(ENDED);
    push(KEYS);
    expect(await next()).toEqual(ENDED);
  });
});

describe("what is kept", () => {
  it("has a lock once, however often the computer is locked meanwhile", async () => {
    const { push, next } = page();
    for (const event of [LOCK, KEYS, LOCK, { kind: "lock", reason: "lock-screen" } as const]) push(event);
    expect([await next(), await next()]).toEqual([LOCK, KEYS]);
    expect(await soFar(next())).toBe(nothingYet);
  });

  it("has a lock before everything else, and room for it when there is none", async () => {
    const { push, next } = page();
    for (let i = 0; i < 25; i++) push(file(`${i}`));
    push(LOCK);
    expect([await next(), await next()]).toEqual([LOCK, file("0")]);
    // It has been told; the next one is another.
    push(LOCK);
    expect([await next(), await next()]).toEqual([LOCK, file("1")]);
  });

  it("is at most twenty events; the first ones stay", async () => {
    const { push, next } = page();
    for (let i = 0; i < 25; i++) push(file(`${i}`));
    for (let i = 0; i < 20; i++) expect(await next()).toEqual(file(`${i}`));
    expect(await soFar(next())).toBe(nothingYet);
  });

  it("is at most what the largest file has; one beyond that is told of as refused", async () => {
    const { push, next } = page();
    push(file("large", 200 * MB));
    push(file("fits", 56 * MB));
    push(file("does not", 1));
    push(KEYS);
    expect(await next()).toMatchObject({ kind: "file", name: "large" });
    expect(await next()).toMatchObject({ kind: "file", name: "fits" });
    expect(await next()).toMatchObject({ kind: "file-refused", name: "does not", reason: "other" });
    expect(await next()).toEqual(KEYS);
    push(file("again", 256 * MB));
    expect(await next()).toMatchObject({ kind: "file", name: "again" });
  });
});
