import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { FoundFiles } from "../../src-main/shell/openedPaths.ts";
import { againOptions, collectStarts } from "../../src-main/shell/starts.ts";

function started(...argv: string[]) {
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const steps: string[] = [];
  const toFront = vi.fn(() => void steps.push("to the front"));
  const again: FoundFiles[] = [];
  let ending = false;
  const openedBy = collectStarts({
    app: { on: ((event: string, listener: () => void) => void listeners.set(event, listener)) as never },
    argv: ["/usr/bin/program", ...argv],
    cwd: "/work",
    platform: "linux",
    toFront,
    startAgain(found) {
      if (ending) again.push(found);
      return ending;
    },
  });
  const open = vi.fn<(found: FoundFiles) => void>(() => void steps.push("open"));
  return {
    toFront,
    open,
    steps,
    again,
    end: () => (ending = true),
    begin: () => openedBy(open),
    second: (argv: string[], cwd: string) => listeners.get("second-instance")!({}, argv, cwd, {}),
    openFile: (file: string) => {
      const preventDefault = vi.fn();
      listeners.get("open-file")!({ preventDefault }, file);
      return preventDefault;
    },
    files: () => open.mock.calls.flatMap(([{ files }]) => files),
  };
}

describe("what the system hands over", () => {
  it("with the first start is opened when there is somebody to open it", () => {
    const { begin, files, toFront } = started("a.nenboard", "--x");
    expect(files()).toEqual([]);
    begin();
    expect(files()).toEqual(["/work/a.nenboard"]);
    expect(toFront).not.toHaveBeenCalled();
  });

  it("with a second start is relative to that one's folder, and brings the window to the front", () => {
    const { begin, second, files, toFront } = started();
    begin();
    second(["/usr/bin/program", "b.nenboard", "c.hgnencases"], path.join("/elsewhere"));
    expect(files()).toEqual(["/elsewhere/b.nenboard", "/elsewhere/c.hgnencases"]);
    expect(toFront).toHaveBeenCalledOnce();
  });

  it("with a second start that names nothing is the wish to see the window", () => {
    const { begin, second, files, toFront } = started();
    begin();
    second(["/usr/bin/program"], "/");
    expect(files()).toEqual([]);
    expect(toFront).toHaveBeenCalledOnce();
  });

  it("by macOS's own event waits until the app is ready, and is taken from the system", () => {
    const { begin, openFile, files } = started("a.nenboard");
    expect(openFile("/b.nenboard")).toHaveBeenCalledOnce();
    begin();
    openFile("/c.nenboard");
    expect(files()).toEqual(["/work/a.nenboard", "/b.nenboard", "/c.nenboard"]);
  });

  it("before the app is ready is no more than one would open", () => {
    const { begin, openFile, files } = started();
    for (let i = 0; i < 100; i++) openFile(`/${i}.nenboard`);
    begin();
    expect(files().length).toBeLessThanOrEqual(10);
    expect(files()[0]).toBe("/0.nenboard");
  });

  it("is taken before anything is done to the window", () => {
    const { begin, second, steps, toFront, files } = started();
    begin();
    toFront.mockImplementationOnce(() => {
      throw new TypeError("Object has been destroyed");
    });
    expect(() => second(["/usr/bin/program", "/b.nenboard"], "/")).toThrow();
    expect(files()).toEqual(["/b.nenboard"]);
    second(["/usr/bin/program", "/c.nenboard"], "/");
    expect(steps.slice(-2)).toEqual(["open", "to the front"]);
  });

  it("while the program ends is for the next one, which is started when this one has ended", () => {
    const { begin, second, openFile, end, again, files, toFront } = started();
    begin();
    end();
    second(["/usr/bin/program", "/b.nenboard"], "/");
    expect(openFile("/c.nenboard")).toHaveBeenCalledOnce();
    expect(again).toEqual([
      { files: ["/b.nenboard"], left: [] },
      { files: ["/c.nenboard"], left: [] },
    ]);
    expect(files()).toEqual([]);
    expect(toFront).not.toHaveBeenCalled();
  });
});

describe("the program that is started again", () => {
  const found = { files: ["/b.nenboard"], left: ["/c.nenboard"] };
  const means = { platform: "linux" as const, env: {}, developer: false };

  it("has the switches of this one, and its own files", () => {
    const argv = ["/opt/program", "--user-data-dir=/data", "/a.nenboard", "--lang=no"];
    expect(againOptions({ ...means, argv }, found)).toEqual({
      args: ["--user-data-dir=/data", "--lang=no", "/b.nenboard", "/c.nenboard"],
    });
  });

  it("has the folder of the sources where there is one", () => {
    const argv = ["/bin/electron", ".", "--x", "/a.nenboard"];
    expect(againOptions({ ...means, argv, developer: true }, found).args).toEqual([
      ...[".", "--x", "/b.nenboard", "/c.nenboard"],
    ]);
  });

  it.each([
    ["linux", "APPIMAGE"],
    ["win32", "PORTABLE_EXECUTABLE_FILE"],
  ] as const)("is on %s the file that had unpacked this one", (platform, name) => {
    const argv = ["/tmp/unpacked/program"];
    expect(againOptions({ ...means, argv, platform, env: { [name]: "/home/a/file" } }, found)).toMatchObject({
      execPath: "/home/a/file",
    });
  });
});
