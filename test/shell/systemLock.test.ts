import { describe, expect, it } from "vitest";
import type { SystemLock } from "../../src-main/api/contract.ts";
import { createSystemLock } from "../../src-main/shell/systemLock.ts";

/** A computer and a window, with what is listened to. */
function computer() {
  const listeners = new Map<string, () => void>();
  const on = ((event: string, listener: () => void) => void listeners.set(event, listener)) as never;
  const { nextLock } = createSystemLock({ powerMonitor: { on }, window: { once: on } });
  return { nextLock: () => nextLock({}), happens: (event: string) => listeners.get(event)!() };
}

const told = (reason: SystemLock | null) => ({ ok: true, value: { reason } });
const nothingYet = Symbol("nothing yet");
/** What has been answered so far. */
const soFar = (answer: Promise<unknown>): Promise<unknown> =>
  Promise.race([answer, new Promise((resolve) => setImmediate(resolve, nothingYet))]);

describe("the next lock of the computer", () => {
  it.each<[string, SystemLock]>([
    ["suspend", "suspend"],
    ["lock-screen", "lock-screen"],
    ["user-did-resign-active", "other-user"],
  ])("is told at %s, and not before", async (event, reason) => {
    const { nextLock, happens } = computer();
    const next = nextLock();
    expect(await soFar(next)).toBe(nothingYet);
    happens(event);
    expect(await next).toEqual(told(reason));
  });

  it("is told once: the next request waits for the one after it", async () => {
    const { nextLock, happens } = computer();
    const first = nextLock();
    happens("lock-screen");
    happens("suspend");
    expect(await first).toEqual(told("lock-screen"));
    const second = nextLock();
    expect(await soFar(second)).toBe(nothingYet);
    happens("suspend");
    expect(await second).toEqual(told("suspend"));
  });

  it("may come when nobody asks", () => {
    expect(() => computer().happens("suspend")).not.toThrow();
  });

  it("is told to the page that has asked last: the one before it is not there any more", async () => {
    const { nextLock, happens } = computer();
    const before = nextLock();
    const after = nextLock();
    expect(await before).toEqual(told(null));
    expect(await soFar(after)).toBe(nothingYet);
    happens("suspend");
    expect(await after).toEqual(told("suspend"));
  });

  it("is waited for no longer than the window is there", async () => {
    const { nextLock, happens } = computer();
    const next = nextLock();
    happens("closed");
    expect(await next).toEqual(told(null));
  });
});
