import { expect, it, vi } from "vitest";
import type { SystemLock } from "../../src-main/api/contract.ts";
import { pushSystemLocks } from "../../src-main/shell/systemLock.ts";

it.each<[string, SystemLock]>([
  ["suspend", "suspend"],
  ["lock-screen", "lock-screen"],
  ["user-did-resign-active", "other-user"],
])("the page is told at %s, each time and not before", (event, reason) => {
  const listeners = new Map<string, () => void>();
  const on = ((event: string, listener: () => void) => void listeners.set(event, listener)) as never;
  const push = vi.fn();
  pushSystemLocks({ on }, push);
  expect(push).not.toHaveBeenCalled();
  listeners.get(event)!();
  listeners.get(event)!();
  expect(push.mock.calls).toEqual([[{ kind: "lock", reason }], [{ kind: "lock", reason }]]);
});
