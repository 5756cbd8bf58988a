import { describe, expect, it, vi } from "vitest";
import { createRecentFiles } from "../../src-main/shell/recentFiles.ts";
import type { Settings } from "../../src-main/shell/settings.ts";

function recentFiles(before: string[] = [], remember = true) {
  const value: Settings = { windows: {}, lastDisplay: null, recent: before };
  const update = vi.fn((change: Partial<Settings>) => void Object.assign(value, change));
  const changed = vi.fn();
  return { ...createRecentFiles({ settings: { value, update }, remember, changed }), value, update, changed };
}

describe("the files that were opened last", () => {
  it("are eight, the last one first", () => {
    const { add, list } = recentFiles();
    for (let i = 0; i < 12; i++) add(`/${i}`);
    expect(list()).toEqual(["/11", "/10", "/9", "/8", "/7", "/6", "/5", "/4"]);
  });

  it("are those of the last sitting", () => {
    expect(recentFiles(["/a", "/b"]).list()).toEqual(["/a", "/b"]);
  });

  it("have each file once, and a file that is opened again first", () => {
    const { add, list } = recentFiles(["/a", "/b", "/c"]);
    add("/b");
    expect(list()).toEqual(["/b", "/a", "/c"]);
  });

  it("forget a file, and all", () => {
    const { forget, clear, value } = recentFiles(["/a", "/b", "/c"]);
    forget("/b");
    expect(value.recent).toEqual(["/a", "/c"]);
    clear();
    expect(value.recent).toEqual([]);
  });

  it("tell of each change, and of nothing else", () => {
    const { add, forget, clear, changed, update } = recentFiles(["/a"]);
    add("/a");
    forget("/b");
    expect(changed).not.toHaveBeenCalled();
    expect(update).not.toHaveBeenCalled();
    add("/b");
    forget("/a");
    clear();
    clear();
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it("are not remembered where nothing may be stored, and what was stays for the day that the policy goes", () => {
    const { list, add, forget, clear, value, update } = recentFiles(["/a"], false);
    add("/b");
    forget("/a");
    clear();
    expect(value.recent).toEqual(["/a"]);
    expect(update).not.toHaveBeenCalled();
    expect(list()).toBeNull();
  });
});
