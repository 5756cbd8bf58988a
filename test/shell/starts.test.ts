import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { FoundFiles } from "../../src-main/shell/openedPaths.ts";
import { collectStarts } from "../../src-main/shell/starts.ts";

function started(...argv: string[]) {
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const toFront = vi.fn();
  const openedBy = collectStarts({
    app: { on: ((event: string, listener: () => void) => void listeners.set(event, listener)) as never },
    argv: ["/usr/bin/program", ...argv],
    cwd: "/work",
    platform: "linux",
    toFront,
  });
  const open = vi.fn<(found: FoundFiles) => void>();
  return {
    toFront,
    open,
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
});
