import { describe, expect, it } from "vitest";
import { opensPort, refusedSwitches } from "../../src-main/shell/switches.ts";
import { boxes } from "../../src-main/words/window.ts";

const commandLine = (...given: string[]) => ({ hasSwitch: (name: string) => given.includes(name) });

describe("the installed program does not start with", () => {
  it.each([
    "remote-debugging-port",
    "remote-debugging-pipe",
    "remote-debugging-address",
    "browser-subprocess-path",
    "gpu-launcher",
    "renderer-cmd-prefix",
    "utility-cmd-prefix",
    "zygote-cmd-prefix",
    "no-sandbox",
    "single-process",
    "no-zygote-sandbox",
    "disable-gpu-sandbox",
    "disable-namespace-sandbox",
    "disable-seccomp-filter-sandbox",
    "disable-setuid-sandbox",
    "allow-sandbox-debugging",
    "disable-web-security",
    "disable-site-isolation-trials",
  ])("--%s, and says so", (name) => {
    const refused = refusedSwitches(commandLine("force-device-scale-factor", name));
    expect(refused).toEqual([name]);
    expect(boxes.startUp.switches(refused)).toContain(`--${name}`);
  });
});

it.each(["user-data-dir", "force-device-scale-factor", "disable-gpu", "lang"])(
  "the installed program starts with --%s",
  (name) => {
    expect(refusedSwitches(commandLine(name))).toEqual([]);
  },
);

it("tells who has an AppImage what to install instead", () => {
  expect(boxes.startUp.switches(["no-sandbox"])).toContain("deb or rpm package");
  expect(boxes.startUp.switches(["remote-debugging-port"])).not.toContain("package");
});

it("knows a debugger's port, which must not be open while a box is shown", () => {
  expect(["remote-debugging-port", "no-sandbox"].map(opensPort)).toEqual([true, false]);
});
