import type { BrowserWindow, MessageBoxSyncOptions } from "electron";
import { describe, expect, it, vi } from "vitest";
import type { Unloading } from "../../src-main/shell/sessionEnd.ts";
import { askBeforeUnload } from "../../src-main/shell/unload.ts";
import { boxes } from "../../src-main/words/window.ts";

const words = { title: boxes.title, ...boxes.unload };
const [STAY, LEAVE] = [0, 1];

/** A window whose page prevents that it goes, and a user who answers. */
function prevented(answer: number, minimised = false, what: Unloading = "ask") {
  const steps: string[] = [];
  let prevent = (_event: { preventDefault: () => void }): void => expect.unreachable();
  const window = {
    isDestroyed: () => false,
    isMinimized: () => minimised,
    restore: () => steps.push("restore"),
    focus: () => steps.push("focus"),
    webContents: {
      on(event: string, listener: typeof prevent) {
        expect(event).toBe("will-prevent-unload");
        prevent = listener;
      },
    },
  } as unknown as BrowserWindow;
  const asked = vi.fn((_window: unknown, _options: MessageBoxSyncOptions) => {
    steps.push("ask");
    return answer;
  });
  askBeforeUnload({ dialog: { showMessageBoxSync: asked as never }, window, words, unloading: () => what });
  expect(asked).not.toHaveBeenCalled();
  const preventDefault = vi.fn();
  prevent({ preventDefault });
  return { asked, preventDefault, steps, window };
}

describe("a page that does not want to go", () => {
  it("stays when the user stays: what Electron does by itself", () => {
    expect(prevented(STAY).preventDefault).not.toHaveBeenCalled();
  });

  it("goes when the user leaves", () => {
    expect(prevented(LEAVE).preventDefault).toHaveBeenCalledOnce();
  });

  it("is asked about once, in a box of its window in which Enter and Esc lose nothing", () => {
    const { asked, window } = prevented(STAY);
    expect(asked).toHaveBeenCalledExactlyOnceWith(window, {
      type: "warning",
      buttons: [words.stay, words.leave],
      defaultId: STAY,
      cancelId: STAY,
      noLink: true,
      title: words.title,
      message: words.message,
      detail: words.detail,
    });
  });

  it.each<[Unloading, number]>([
    ["wait", 0],
    ["go", 1],
  ])("is not asked about while the computer is left: %s", (what, gone) => {
    const { asked, preventDefault, steps } = prevented(STAY, true, what);
    expect(asked).not.toHaveBeenCalled();
    expect(steps).toEqual([]);
    expect(preventDefault).toHaveBeenCalledTimes(gone);
  });

  it.each([
    [true, ["restore", "focus", "ask"]],
    [false, ["focus", "ask"]],
  ])("is brought to the front before, minimised: %s", (minimised, steps) => {
    expect(prevented(STAY, minimised).steps).toEqual(steps);
  });
});
