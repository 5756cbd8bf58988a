import { describe, expect, it } from "vitest";
import { filesAmong, followLinks, placeOf, shareOf, shownPath } from "../../src-main/shell/openedPaths.ts";

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
    ["/home/../net/host/export/x.nenboard", "network"],
    ["//net//host/export/x.nenboard", "network"],
    ["/./net/./host/x.nenboard", "network"],
    ["/afs/cell.example/x.nenboard", "network"],
    ["/smb/host/share/x.nenboard", "network"],
    ["/dev/fd/3/x.nenboard", "device"],
    ["/network/x.nenboard", "local"],
    ["/net/../home/a/x.nenboard", "local"],
    ["/home/a/con.nenboard", "local"],
    ["/home/a/\\\\host\\share\\x.nenboard", "local"],
  ])("elsewhere %s: %s", (file, place) => {
    expect(placeOf(file, "linux")).toBe(place);
    expect(placeOf(file, "darwin")).toBe(place);
  });

  it.each<[file: string, linux: string, darwin: string]>([
    ["/NET/host/x.nenboard", "local", "network"],
    ["/System/Volumes/Data/Net/host/x.nenboard", "local", "network"],
    ["/.nofollow/net/host/x.nenboard", "local", "device"],
    ["/.vol/1/2/x.nenboard", "local", "device"],
    ["/proc/self/root/net/host/x.nenboard", "device", "local"],
    ["/home/../proc/1/cwd/x.nenboard", "device", "local"],
    ["/sys/x.nenboard", "device", "local"],
  ])("%s is %s on Linux and %s on macOS", (file, linux, darwin) => {
    expect([placeOf(file, "linux"), placeOf(file, "darwin")]).toEqual([linux, darwin]);
  });

  it.each([
    ["\\\\Host\\Share\\a\\x.nenboard", "win32", "\\\\host\\share\\"],
    ["\\\\?\\UNC\\host\\share\\x.nenboard", "win32", "\\\\host\\share\\"],
    ["\\\\?\\UNC\\other\\share\\x.nenboard", "win32", "\\\\other\\share\\"],
    ["/net/host/export/x.nenboard", "linux", "/net/host"],
    ["//net/./host/export/x.nenboard", "linux", "/net/host"],
    ["/Net/Host/export/x.nenboard", "darwin", "/net/host"],
  ] as const)("the share of %s on %s is %s", (file, platform, share) => {
    expect(shareOf(file, platform)).toBe(share);
  });
});

describe("links on the way", () => {
  /** A computer with nothing but these links, and what was touched of it. */
  async function followed(links: Record<string, string>, file: string, platform: NodeJS.Platform = "linux") {
    const touched: string[] = [];
    const found = await followLinks(file, platform, (step) => {
      touched.push(step);
      const said = links[step];
      return said === undefined ? Promise.reject(new Error("EINVAL")) : Promise.resolve(said);
    });
    return { ...found, touched };
  }

  it.each<[what: string, links: Record<string, string>, file: string, meant: string, place: string]>([
    ["none", {}, "/a/x.nenboard", "/a/x.nenboard", "local"],
    ["the file itself", { "/a/x.nenboard": "b/y" }, "/a/x.nenboard", "/a/b/y", "local"],
    ["a folder", { "/a": "/b/c" }, "/a/d/x.nenboard", "/b/c/d/x.nenboard", "local"],
    ["one to another", { "/a": "b", "/b": "../../c" }, "/a/x.nenboard", "/c/x.nenboard", "local"],
    [
      "one to another computer",
      { "/a/x.nenboard": "/net/host/x" },
      "/a/x.nenboard",
      "/net/host/x",
      "network",
    ],
    [
      "a folder of another computer",
      { "/a": "../net/host" },
      "/a/x.nenboard",
      "/net/host/x.nenboard",
      "network",
    ],
    [
      "one round about",
      { "/a": "/proc/self/root" },
      "/a/net/x.nenboard",
      "/proc/self/root/net/x.nenboard",
      "device",
    ],
    ["in a circle", { "/a": "b", "/b": "a" }, "/a/x.nenboard", expect.any(String) as never, "device"],
    ["of no whole path", {}, "a/x.nenboard", "a/x.nenboard", "device"],
    ["of a path with a NUL", {}, "/a\0/x.nenboard", "/a\0/x.nenboard", "device"],
  ])("%s", async (_what, links, file, meant, place) => {
    expect(await followed(links, file)).toMatchObject({ file: meant, place });
  });

  it("of Windows to another computer", async () => {
    const links = { "C:\\a": "\\\\host\\share" };
    expect(await followed(links, "C:\\a\\x.nenboard", "win32")).toEqual({
      ...{ file: "\\\\host\\share\\x.nenboard", place: "network" },
      touched: ["C:\\a"],
    });
  });

  it("are followed without a touch of what lies elsewhere", async () => {
    const { touched } = await followed({ "/a/b": "/net/host/c" }, "/a/b/x.nenboard");
    expect(touched).toEqual(["/a", "/a/b"]);
    for (const file of ["/x/../net/host/x.nenboard", "/proc/self/cwd/x.nenboard", "a.nenboard"])
      expect((await followed({}, file)).touched).toEqual([]);
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

  it.each([
    ["a line", "\u2028"],
    ["a paragraph", "\u2029"],
    ["a turn of the writing", "\u2067"],
    ["Braille's empty sign", "\u2800"],
    ["Hangul's empty letter", "\u3164"],
    ["its half", "\uffa0"],
    ["a mark for the letter before", "\ufe0f"],
  ])("shows %s", (_what, sign) => {
    expect(shownPath(`/a${sign}b`, 100)).toBe("/a\u{fffd}b");
  });

  it("keeps the computer and the name where it is too long", () => {
    const shown = shownPath(`\\\\host\\share\\${"a".repeat(1000)}\\x.nenboard`, 60);
    expect(shown.length).toBeLessThanOrEqual(60);
    expect(shown.startsWith("\\\\host\\share\\")).toBe(true);
    expect(shown.endsWith("\\x.nenboard")).toBe(true);
  });
});
