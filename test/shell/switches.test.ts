import { describe, expect, it } from "vitest";
import { refusedSwitches } from "../../src-main/shell/switches.ts";
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
    "no-sandbox",
    "single-process",
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
