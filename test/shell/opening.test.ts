import type { MessageBoxOptions, OpenDialogOptions } from "electron";
import { describe, expect, it, vi } from "vitest";
import type { Happening, OpenRefusal } from "../../src-main/api/contract.ts";
import { createOpening } from "../../src-main/shell/opening.ts";
import { desktop } from "../../src-main/words/menu.ts";

const OPEN = 0;
const CANCEL = 1;

/** A computer with a file at every path but those that are refused. */
function computer(
  own: {
    platform?: NodeJS.Platform;
    refusals?: Record<string, OpenRefusal>;
    /** the buttons of the next boxes; nobody answers more */
    answers?: number[];
    links?: Record<string, string>;
  } = {},
) {
  const { platform = "linux", refusals = {}, answers = [], links = {} } = own;
  const calls: string[] = [];
  const chosen: (string | null)[] = [];
  const boxes: MessageBoxOptions[] = [];
  const dialogs: OpenDialogOptions[] = [];
  const pushed: Happening[] = [];
  const recent = { add: vi.fn<(file: string) => void>(), forget: vi.fn<(file: string) => void>() };
  const showMessageBox = (_window: unknown, options: MessageBoxOptions) => {
    boxes.push(options);
    calls.push("box");
    const response = answers.shift();
    return response === undefined ? Promise.reject(new Error("closed")) : Promise.resolve({ response });
  };
  const showOpenDialog = (_window: unknown, options: OpenDialogOptions) => {
    dialogs.push(options);
    const file = chosen.shift() ?? null;
    return Promise.resolve({ canceled: file === null, filePaths: file === null ? [] : [file] });
  };
  const opening = createOpening({
    dialog: { showMessageBox, showOpenDialog } as never,
    window: {} as never,
    platform,
    push: (event) => pushed.push(event),
    recent,
    words: desktop.opening,
    links: (file) => {
      const said = links[file];
      return said === undefined ? Promise.reject(new Error("EINVAL")) : Promise.resolve(said);
    },
    read: (file, name) => {
      calls.push(`read ${file}`);
      const reason = refusals[file];
      return Promise.resolve(
        reason
          ? { kind: "file-refused", name, reason, message: "" }
          : { kind: "file", name, ending: "nenboard", bytes: new Uint8Array() },
      );
    },
  });
  const names = () => pushed.map((event) => ("name" in event ? event.name : event.kind));
  return { ...opening, calls, chosen, boxes, dialogs, pushed, recent, names };
}

const found = (...files: string[]) => ({ files, left: [] });
const SHARE = "\\\\host\\share\\x.nenboard";

describe("files that are opened", () => {
  it("come to the page in their order, by their names alone, and are remembered", async () => {
    const { open, pushed, recent } = computer();
    await open(found("/a/1.nenboard", "/b/2.nenboard"));
    expect(pushed).toEqual([
      { kind: "file", name: "1.nenboard", ending: "nenboard", bytes: new Uint8Array() },
      { kind: "file", name: "2.nenboard", ending: "nenboard", bytes: new Uint8Array() },
    ]);
    expect(recent.add.mock.calls).toEqual([["/a/1.nenboard"], ["/b/2.nenboard"]]);
  });

  it("that are refused are told of; one that is gone is forgotten, the others stay remembered", async () => {
    const { open, pushed, recent } = computer({
      refusals: { "/gone.nenboard": "no-file", "/held.nenboard": "in-use" },
    });
    await open(found("/gone.nenboard", "/held.nenboard", "/there.nenboard"));
    expect(pushed).toMatchObject([
      { kind: "file-refused", name: "gone.nenboard", reason: "no-file" },
      { kind: "file-refused", name: "held.nenboard", reason: "in-use" },
      { kind: "file", name: "there.nenboard" },
    ]);
    expect(recent.forget.mock.calls).toEqual([["/gone.nenboard"]]);
    expect(recent.add.mock.calls).toEqual([["/there.nenboard"]]);
  });

  it("are so many at once, and it is said that there were more", async () => {
    const { open, pushed } = computer();
    await open({ files: ["/1.nenboard"], left: ["/2.nenboard", "/3.nenboard"] });
    const message = "2 left out: at most 10 files are opened at once";
    expect(pushed).toMatchObject([
      { kind: "file", name: "1.nenboard" },
      { kind: "file-refused", name: "2.nenboard", reason: "other", message },
    ]);
  });
});

describe("a file of another computer", () => {
  it("is not touched before the user says yes to a question that shows it whole", async () => {
    const { open, calls, boxes, names } = computer({ platform: "win32", answers: [OPEN] });
    await open(found(SHARE));
    expect(calls).toEqual(["box", `read ${SHARE}`]);
    expect(boxes[0]!.detail).toContain(SHARE);
    expect(names()).toEqual(["x.nenboard"]);
  });

  it("is not touched at all when the user says no, and nothing more is said of it", async () => {
    const { open, calls, pushed, recent } = computer({ platform: "win32", answers: [CANCEL] });
    await open(found(SHARE, "C:\\a.nenboard"));
    expect(calls).toEqual(["box", "read C:\\a.nenboard"]);
    expect(pushed).toHaveLength(1);
    expect(recent.add.mock.calls).toEqual([["C:\\a.nenboard"]]);
  });

  it("is not opened by Enter or Esc", async () => {
    const { open, boxes } = computer({ platform: "win32", answers: [CANCEL] });
    await open(found(SHARE));
    expect(boxes[0]).toMatchObject({ defaultId: CANCEL, cancelId: CANCEL });
    expect(boxes[0]!.buttons![CANCEL]).toBe(desktop.opening.network.cancel);
  });

  it("is asked for once for each folder that a computer shares", async () => {
    const { open, calls } = computer({ platform: "win32", answers: [OPEN, CANCEL] });
    await open(found(SHARE, "\\\\host\\share\\b\\y.nenboard", "\\\\host\\other\\z.nenboard"));
    expect(calls).toEqual(["box", `read ${SHARE}`, "read \\\\host\\share\\b\\y.nenboard", "box"]);
  });

  it("is not asked for again after a no, and that is said; the system's dialog is a yes", async () => {
    const { open, choose, chosen, calls, pushed } = computer({ platform: "win32", answers: [CANCEL] });
    await open(found(SHARE));
    expect(pushed).toEqual([]);
    await open(found("\\\\HOST\\share\\y.nenboard"));
    expect(calls).toEqual(["box"]);
    expect(pushed).toMatchObject([{ kind: "file-refused", name: "y.nenboard", reason: "declined" }]);
    chosen.push(SHARE);
    await choose();
    await open(found(SHARE));
    expect(calls).toEqual(["box", `read ${SHARE}`, `read ${SHARE}`]);
  });

  it("has one question at a time, whoever names it", async () => {
    const { open, calls, boxes } = computer({ platform: "win32", answers: [OPEN, OPEN] });
    const both = [open(found(SHARE)), open(found("\\\\other\\share\\y.nenboard"))];
    await Promise.all(both);
    expect(calls).toEqual(["box", `read ${SHARE}`, "box", "read \\\\other\\share\\y.nenboard"]);
    expect(boxes).toHaveLength(2);
  });

  it("waits with a few others and no more while a question is open; those beyond are told of", async () => {
    const { open, pushed, calls } = computer({ platform: "win32", answers: [OPEN] });
    const hundred = Array.from({ length: 100 }, (_, i) => open(found(`\\\\host\\share\\${i}.nenboard`)));
    await Promise.all(hundred);
    expect(calls.filter((call) => call.startsWith("read"))).toHaveLength(20);
    expect(pushed.filter(({ kind }) => kind === "file-refused")).toHaveLength(80);
    // There is room again.
    await open(found("\\\\host\\share\\again.nenboard"));
    expect(calls.at(-1)).toBe("read \\\\host\\share\\again.nenboard");
  });

  it("is one that a link leads to, and the question shows that; what is read is what was shown", async () => {
    const { open, calls, boxes, names } = computer({
      answers: [OPEN],
      links: { "/home/a/x.nenboard": "/net/evil/y.nenboard" },
    });
    await open(found("/home/a/x.nenboard"));
    expect(boxes[0]!.detail).toContain("/net/evil/y.nenboard");
    expect(calls).toEqual(["box", "read /net/evil/y.nenboard"]);
    expect(names()).toEqual(["x.nenboard"]);
  });

  it("is not touched when its question could not be answered", async () => {
    const { open, calls } = computer({ platform: "win32" });
    await open(found(SHARE));
    expect(calls).toEqual(["box"]);
  });

  it("that the user has chosen in the system's dialog is asked for no more", async () => {
    const { choose, open, chosen, calls } = computer({ platform: "win32" });
    chosen.push(SHARE);
    await choose();
    await open(found("\\\\HOST\\share\\y.nenboard"));
    expect(calls).toEqual([`read ${SHARE}`, "read \\\\HOST\\share\\y.nenboard"]);
  });

  it("that is a device is refused, and not touched either", async () => {
    const { open, calls, pushed } = computer({ platform: "win32", answers: [OPEN] });
    await open(found("\\\\.\\pipe\\x.nenboard", "C:\\a\\nul.nenboard"));
    expect(calls).toEqual([]);
    expect(pushed).toMatchObject([
      { kind: "file-refused", reason: "no-file" },
      { kind: "file-refused", reason: "no-file" },
    ]);
  });
});

describe("the dialog for a file", () => {
  it("shows files of ours, and writes nothing in the system's list of recent documents", async () => {
    const { handlers, dialogs, pushed } = computer();
    expect(await handlers.chooseFile({})).toEqual({ ok: true, value: null });
    expect(dialogs).toEqual([
      {
        filters: [
          { name: "Cases and boards", extensions: ["hgnencases", "nenboard"] },
          { name: desktop.opening.fileTypes.hgnencases, extensions: ["hgnencases"] },
          { name: desktop.opening.fileTypes.nenboard, extensions: ["nenboard"] },
        ],
        properties: ["openFile", "dontAddToRecent"],
      },
    ]);
    expect(pushed).toEqual([]);
  });

  it("hands over what is chosen, as an event", async () => {
    const { handlers, chosen, names } = computer();
    chosen.push("/a/b.nenboard");
    expect(await handlers.chooseFile({})).toEqual({ ok: true, value: null });
    expect(names()).toEqual(["b.nenboard"]);
  });

  it("is one at a time", async () => {
    const { choose, dialogs, chosen, names } = computer();
    chosen.push("/a.nenboard", "/b.nenboard");
    await Promise.all([choose(), choose()]);
    expect(dialogs).toHaveLength(1);
    expect(names()).toEqual(["a.nenboard"]);
    await choose();
    expect(names()).toEqual(["a.nenboard", "b.nenboard"]);
  });
});
