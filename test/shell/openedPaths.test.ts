import { describe, expect, it } from "vitest";
import { filesAmong, placeOf, shareOf, shownPath } from "../../src-main/shell/openedPaths.ts";

/** What a start may be given: the arguments as the system hands them over, and the files that are opened. */
describe("arguments of a start on Linux and macOS", () => {
  it.each<[what: string, argument: string, file: string | null]>([
    ["a board", "/home/a/x.nenboard", "/home/a/x.nenboard"],
    ["cases", "/home/a/x.hgnencases", "/home/a/x.hgnencases"],
    ["an ending in capitals", "/home/a/X.NENBOARD", "/home/a/X.NENBOARD"],
    ["a relative one", "x.nenboard", "/work/x.nenboard"],
    ["one in a folder above", "../y/x.nenboard", "/y/x.nenboard"],
    ["more steps up than there are folders", "../../../../x.nenboard", "/x.nenboard"],
    ["two separators in front, which here mean nothing", "//host/x.nenboard", "/host/x.nenboard"],
    ["a name with spaces and signs", "/a/Tuesday (2) & ä.nenboard", "/a/Tuesday (2) & ä.nenboard"],
    ["a name with a line break", "/a/b\n.nenboard", "/a/b\n.nenboard"],
    ["a backslash, which here is a letter", "/a/..\\x.nenboard", "/a/..\\x.nenboard"],
    ["a colon, which here is a letter", "mailto:x.nenboard", "/work/mailto:x.nenboard"],
    ["a name of nothing but its ending", "/a/.nenboard", "/a/.nenboard"],
    ["the address of a file", "file:///a/x%20y.nenboard", "/a/x y.nenboard"],
    ["the same of this computer, by name", "file://localhost/a/x.nenboard", "/a/x.nenboard"],
    ["the address of a file of another computer", "file://host/a/x.nenboard", null],
    ["an address with an escaped separator", "file:///a%2Fx.nenboard", null],
    ["an address with an escaped NUL", "file:///a/x%00.nenboard", null],
    ["an address that is none", "file://[/x.nenboard", null],
    ["our page's address", "app://hg-nen-prognosis/x.nenboard", null],
    ["an address of the web", "https://example.org/x.nenboard", null],
    ["a share's address", "smb://host/share/x.nenboard", null],
    ["the folder of the sources", ".", null],
    ["a folder above", "..", null],
    ["the program itself", "/opt/HG-NEN Prognosis/hg-nen-prognosis", null],
    ["nothing", "", null],
    ["a switch", "--no-sandbox", null],
    ["a switch with a file of ours", "--policy-file=/a/x.nenboard", null],
    ["a file whose name begins as a switch", "-x.nenboard", null],
    ["another program's file", "/a/x.json", null],
    ["an ending behind ours", "/a/x.nenboard.exe", null],
    ["an ending that only ends as ours", "/a/xnenboard", null],
    ["a dot behind it", "/a/x.nenboard.", null],
    ["a space behind it", "/a/x.nenboard ", null],
    ["a folder's sign behind it", "/a/x.nenboard/", null],
    ["a NUL", "/a/x\0.nenboard", null],
    ["a NUL before the ending", "/etc/passwd\0.nenboard", null],
    ["more than any system takes", `/${"a".repeat(32_768)}.nenboard`, null],
  ])("%s", (_what, argument, file) => {
    expect(filesAmong(["/usr/bin/program", argument], "/work", "linux")).toEqual({
      files: file === null ? [] : [file],
      left: [],
    });
  });
});

describe("arguments of a start on Windows", () => {
  it.each<[what: string, argument: string, file: string | null]>([
    ["a board", "C:\\a\\x.nenboard", "C:\\a\\x.nenboard"],
    ["with the other separator", "C:/a/x.nenboard", "C:\\a\\x.nenboard"],
    ["a relative one", "x.nenboard", "C:\\work\\x.nenboard"],
    ["one in a folder above", "..\\y\\x.nenboard", "C:\\y\\x.nenboard"],
    ["one of the drive", "\\x.nenboard", "C:\\x.nenboard"],
    ["one relative to a drive's folder", "C:x.nenboard", "C:\\work\\x.nenboard"],
    ["of another computer", "\\\\host\\share\\x.nenboard", "\\\\host\\share\\x.nenboard"],
    ["of another computer, slanted", "//host/share/x.nenboard", "\\\\host\\share\\x.nenboard"],
    ["of another computer, by its address", "file://host/share/x.nenboard", "\\\\host\\share\\x.nenboard"],
    ["a file's address", "file:///C:/a/x%20y.nenboard", "C:\\a\\x y.nenboard"],
    ["a file's address without a drive", "file:///a/x.nenboard", null],
    ["a switch", "--allow-file-access-from-files", null],
    ["a switch of Windows, whose ending is not ours", "/prefetch:1", null],
    ["an address of the web", "https://example.org/x.nenboard", null],
  ])("%s", (_what, argument, file) => {
    expect(filesAmong(["C:\\program.exe", argument], "C:\\work", "win32").files).toEqual(
      file === null ? [] : [file],
    );
  });

  it("are relative to a folder of another computer where the start was made there", () => {
    expect(filesAmong(["x.nenboard"], "\\\\host\\share", "win32").files).toEqual([
      "\\\\host\\share\\x.nenboard",
    ]);
  });
});

describe("the files of a start", () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `/a/${i}.nenboard`);

  it("are opened in their order, each once", () => {
    const argv = ["/a/2.nenboard", "--x", "/a/1.hgnencases", "/a/./2.nenboard"];
    expect(filesAmong(argv, "/", "linux").files).toEqual(["/a/2.nenboard", "/a/1.hgnencases"]);
  });

  it("are ten at most, and it is known which ones are left out", () => {
    expect(filesAmong(many(10), "/", "linux")).toEqual({ files: many(10), left: [] });
    expect(filesAmong(many(500), "/", "linux")).toEqual({ files: many(10), left: many(500).slice(10) });
  });

  it("are only those with a whole path where it is not told where the start was made", () => {
    for (const cwd of ["", ".", "work"]) {
      expect(filesAmong(["x.nenboard", "/a/x.nenboard"], cwd, "linux").files).toEqual(["/a/x.nenboard"]);
    }
  });
});

describe("where a path leads", () => {
  it.each<[file: string, place: "local" | "network" | "device"]>([
    ["C:\\a\\x.nenboard", "local"],
    ["Z:\\a\\x.nenboard", "local"],
    ["\\\\?\\C:\\a\\x.nenboard", "local"],
    ["\\\\host\\share\\x.nenboard", "network"],
    ["\\\\10.0.0.1\\c$\\x.nenboard", "network"],
    ["//host/share/x.nenboard", "network"],
    ["\\/host\\share/x.nenboard", "network"],
    ["/\\host\\share\\x.nenboard", "network"],
    ["\\\\host@SSL\\DavWWWRoot\\x.nenboard", "network"],
    ["\\\\?\\UNC\\host\\share\\x.nenboard", "network"],
    ["\\\\?\\unc\\host\\share\\x.nenboard", "network"],
    ["//?/UNC/host/share/x.nenboard", "network"],
    ["\\\\?\\C:\\..\\UNC\\host\\share\\x.nenboard", "network"],
    ["\\\\.\\pipe\\x.nenboard", "device"],
    ["//./pipe/x.nenboard", "device"],
    ["\\\\.\\UNC\\host\\share\\x.nenboard", "device"],
    ["\\\\?\\GLOBALROOT\\Device\\Mup\\host\\share\\x.nenboard", "device"],
    ["\\\\?\\Volume{00000000-0000-0000-0000-000000000000}\\x.nenboard", "device"],
    ["\\??\\UNC\\host\\share\\x.nenboard", "device"],
    ["C:\\a\\NUL.nenboard", "device"],
    ["C:\\a\\con .nenboard", "device"],
    ["C:\\aux\\x.nenboard", "device"],
    ["C:\\a\\photo.jpg:x.nenboard", "device"],
  ])("on Windows %s: %s", (file, place) => {
    expect(placeOf(file, "win32")).toBe(place);
  });

  it.each<[file: string, place: "local" | "network" | "device"]>([
    ["/home/a/x.nenboard", "local"],
    ["/net/host/export/x.nenboard", "network"],
    ["/network/x.nenboard", "local"],
    ["/home/a/con.nenboard", "local"],
    ["/home/a/\\\\host\\share\\x.nenboard", "local"],
  ])("elsewhere %s: %s", (file, place) => {
    expect(placeOf(file, "linux")).toBe(place);
    expect(placeOf(file, "darwin")).toBe(place);
  });

  it.each([
    ["\\\\Host\\Share\\a\\x.nenboard", "win32", "\\\\host\\share\\"],
    ["\\\\?\\UNC\\host\\share\\x.nenboard", "win32", "\\\\host\\share\\"],
    ["\\\\?\\UNC\\other\\share\\x.nenboard", "win32", "\\\\other\\share\\"],
    ["/net/host/export/x.nenboard", "linux", "/net/host"],
  ] as const)("the share of %s on %s is %s", (file, platform, share) => {
    expect(shareOf(file, platform)).toBe(share);
  });
});

describe("a path as it is shown", () => {
  it("is itself where nothing in it hides", () => {
    expect(shownPath("C:\\ä b\\x.nenboard", 100)).toBe("C:\\ä b\\x.nenboard");
  });

  it("shows that something hides: line breaks, marks that turn the writing, halves of characters", () => {
    expect(shownPath("/a\r\n/b\u202Egpj\u200B\ud800.nenboard", 100)).toBe(
      "/a\u{fffd}\u{fffd}/b\u{fffd}gpj\u{fffd}\u{fffd}.nenboard",
    );
  });

  it("keeps the computer and the name where it is too long", () => {
    const shown = shownPath(`\\\\host\\share\\${"a".repeat(1000)}\\x.nenboard`, 60);
    expect(shown.length).toBeLessThanOrEqual(60);
    expect(shown.startsWith("\\\\host\\share\\")).toBe(true);
    expect(shown.endsWith("\\x.nenboard")).toBe(true);
  });
});
