import type { PowerMonitor } from "electron";
import type { Push } from "./events.ts";

/** Tells the page each time that the computer is locked or put to sleep. */
export function pushSystemLocks(powerMonitor: Pick<PowerMonitor, "on">, push: Push): void {
  powerMonitor.on("suspend", () => push({ kind: "lock", reason: "suspend" }));
  // Windows and macOS. Linux has no such event; there the time without use decides.
  powerMonitor.on("lock-screen", () => push({ kind: "lock", reason: "lock-screen" }));
  // macOS: another user has come to the screen.
  powerMonitor.on("user-did-resign-active", () => push({ kind: "lock", reason: "other-user" }));
}
