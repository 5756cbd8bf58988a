import type { CommandLine } from "electron";

/**
 * Switches of Chromium with which the installed program does not start. No fuse takes them away (electron/fuses#2), and
 * Electron acts on them only after our main module has run.
 *
 * Whoever can start a program with switches can do all that its user can, so this protects no user from themselves. It
 * protects them from the others on a computer that many share, to whom a debugger's port is open, and from a starter
 * that takes the sandbox away without a word.
 */
const REFUSED = [
  // SECURITY: a door to the page, with all that it shows and may ask, for every user and program of this computer.
  "remote-debugging-port",
  "remote-debugging-pipe",
  "remote-debugging-address",
  // SECURITY: another program is started in the place of, or around, the sandboxed one.
  "browser-subprocess-path",
  "gpu-launcher",
  "renderer-cmd-prefix",
  "utility-cmd-prefix",
  "zygote-cmd-prefix",
  // SECURITY: pages without the operating system's sandbox. They act before any of our code, but no page is there yet.
  // The starter of an AppImage adds the first by itself where the system restricts user namespaces.
  "no-sandbox",
  "single-process",
  // SECURITY: the same for some processes, or in some layers of it.
  "no-zygote-sandbox",
  "disable-gpu-sandbox",
  "disable-namespace-sandbox",
  "disable-seccomp-filter-sandbox",
  "disable-setuid-sandbox",
  "allow-sandbox-debugging",
  // SECURITY: pages of other origins are read, and policies fall.
  "disable-web-security",
  "disable-site-isolation-trials",
] as const;

/** Those of the refused switches that the program was started with. */
export function refusedSwitches(commandLine: Pick<CommandLine, "hasSwitch">): string[] {
  return REFUSED.filter((name) => commandLine.hasSwitch(name));
}

/** Whether one of them opens a door as soon as Electron is ready. */
export const opensPort = (name: string): boolean => name.startsWith("remote-debugging");
