import path from "node:path";
import { describe, expect, it } from "vitest";
import { isOwnPage, PAGE_URL, resolveResource } from "../../src-main/shell/resourcePath.ts";

const SYSTEMS = [
  { system: "posix", api: path.posix, base: "/opt/app/dist/renderer" },
  { system: "win32", api: path.win32, base: "C:\\Program Files\\App\\dist\\renderer" },
  { system: "win32, from a share", api: path.win32, base: "\\\\server\\share\\App\\dist\\renderer" },
];

const SERVED: [url: string, ...names: string[]][] = [
  ["app://hg-nen-prognosis/", "app.html"],
  ["app://hg-nen-prognosis/app.html", "app.html"],
  ["app://hg-nen-prognosis/assets/app-Bv2XLyIc.js", "assets", "app-Bv2XLyIc.js"],
  ["app://hg-nen-prognosis/assets/core.worker-DK_-D8tN.js", "assets", "core.worker-DK_-D8tN.js"],
  ["app://hg-nen-prognosis/app.html?x=../../y#/../z", "app.html"],
  ["app://hg-nen-prognosis/?../../etc/passwd", "app.html"],
  ["app://hg-nen-prognosis/#\\..\\..\\secret", "app.html"],
  // A name that differs in its letters only is another name; where a file system thinks otherwise it is the same file.
  ["app://hg-nen-prognosis/APP.HTML", "APP.HTML"],
  // No parent, only dots within a name.
  ["app://hg-nen-prognosis/a..b/c.js", "a..b", "c.js"],
];

const HOSTILE = [
  // other schemes, hosts and ways to write them
  "",
  "/",
  "app.html",
  "app:",
  "app:/",
  "app://",
  "app:///app.html",
  "app:app.html",
  "app://hg-nen-prognosis",
  "app://hg-nen-prognosis.evil/app.html",
  "app://evil/app.html",
  "app://evil/app://hg-nen-prognosis/app.html",
  "app://hg-nen-prognosis@evil/app.html",
  "app://user@hg-nen-prognosis/app.html",
  "app://user:secret@hg-nen-prognosis/app.html",
  "app://hg-nen-prognosis:80/app.html",
  "app://hg-nen-prognosis:/app.html",
  "app://HG-NEN-PROGNOSIS/app.html",
  "APP://hg-nen-prognosis/app.html",
  "app://hg-nen-prognosis%2e/app.html",
  "app://hg-nen-prognosis./app.html",
  "app://hg-nen-pr\u043egnosis/app.html",
  "app://hg\u2010nen\u2010prognosis/app.html",
  "app://hg-nen-prognosis\u3002evil/app.html",
  "app://xn--hg-nen-prgnosis-jlh/app.html",
  "app://[::1]/app.html",
  "app://127.0.0.1/app.html",
  "app://localhost/app.html",
  "app:////hg-nen-prognosis/app.html",
  "app:/hg-nen-prognosis/app.html",
  "app:\t//hg-nen-prognosis/app.html",
  "ap\np://hg-nen-prognosis/app.html",
  "app://hg-nen-prognosis?/app.html",
  "app://hg-nen-prognosis#/app.html",
  "app://hg-nen-prognosis\\app.html",
  "app%3A//hg-nen-prognosis/app.html",
  "view-source:app://hg-nen-prognosis/app.html",
  "blob:app://hg-nen-prognosis/00000000-0000-4000-8000-000000000000",
  "filesystem:app://hg-nen-prognosis/temporary/x",
  "javascript:app://hg-nen-prognosis/",
  "app:\\\\hg-nen-prognosis\\app.html",
  " app://hg-nen-prognosis/app.html",
  "file:///etc/passwd",
  "file://hg-nen-prognosis/app.html",
  "https://hg-nen-prognosis/app.html",
  "apps://hg-nen-prognosis/app.html",
  // traversal, plain and encoded once, twice and in other ways
  "app://hg-nen-prognosis/..",
  "app://hg-nen-prognosis/../main/main.js",
  "app://hg-nen-prognosis/assets/../../main/main.js",
  "app://hg-nen-prognosis/assets/..",
  "app://hg-nen-prognosis/./app.html",
  "app://hg-nen-prognosis/.../app.html",
  "app://hg-nen-prognosis/%2e%2e/main/main.js",
  "app://hg-nen-prognosis/%2E%2E/main/main.js",
  "app://hg-nen-prognosis/.%2e/main/main.js",
  "app://hg-nen-prognosis/%2e%2e%2fmain%2fmain.js",
  "app://hg-nen-prognosis/..%2fmain/main.js",
  "app://hg-nen-prognosis/..%5cmain/main.js",
  "app://hg-nen-prognosis/%252e%252e/main/main.js",
  "app://hg-nen-prognosis/%25252e%25252e/main/main.js",
  "app://hg-nen-prognosis/%2e%2e%5cmain%5cmain.js",
  "app://hg-nen-prognosis/..%252fmain/main.js",
  "app://hg-nen-prognosis/..;/main/main.js",
  "app://hg-nen-prognosis/assets/%2e%2e/%2e%2e/main/main.js",
  "app://hg-nen-prognosis/assets/.%00./main/main.js",
  "app://hg-nen-prognosis/.. /main/main.js",
  "app://hg-nen-prognosis/. ./main/main.js",
  "app://hg-nen-prognosis/..%20/main/main.js",
  "app://hg-nen-prognosis/%c0%ae%c0%ae/main/main.js",
  "app://hg-nen-prognosis/..%c0%afmain/main.js",
  "app://hg-nen-prognosis/..%c1%9cmain/main.js",
  "app://hg-nen-prognosis/%e0%80%ae%e0%80%ae/main/main.js",
  "app://hg-nen-prognosis/%f0%80%80%ae%f0%80%80%ae/main/main.js",
  "app://hg-nen-prognosis/%ff/main.js",
  "app://hg-nen-prognosis/\u2024\u2024/main/main.js",
  "app://hg-nen-prognosis/\u2025/main/main.js",
  "app://hg-nen-prognosis/..\uff0fmain\uff0fmain.js",
  "app://hg-nen-prognosis/..\u2215main\u2044main.js",
  "app://hg-nen-prognosis/..\uff3cmain/main.js",
  "app://hg-nen-prognosis/.\u200b./main/main.js",
  "app://hg-nen-prognosis/\uff0e\uff0e/main/main.js",
  "app://hg-nen-prognosis/%u002e%u002e/main/main.js",
  // separators of the other system
  "app://hg-nen-prognosis/..\\main\\main.js",
  "app://hg-nen-prognosis/assets\\app.js",
  "app://hg-nen-prognosis/\\..\\..\\Windows\\win.ini",
  // absolute places, drives, shares, streams and devices
  "app://hg-nen-prognosis//etc/passwd",
  "app://hg-nen-prognosis///etc/passwd",
  "app://hg-nen-prognosis//server/share/file",
  "app://hg-nen-prognosis/\\\\server\\share\\file",
  "app://hg-nen-prognosis/%5c%5cserver%5cshare",
  "app://hg-nen-prognosis/\\\\?\\C:\\Windows\\win.ini",
  "app://hg-nen-prognosis/\\\\.\\PhysicalDrive0",
  "app://hg-nen-prognosis//?/C:/Windows/win.ini",
  "app://hg-nen-prognosis//./pipe/x",
  "app://hg-nen-prognosis/\\??\\C:\\Windows",
  "app://hg-nen-prognosis/C:/Windows/win.ini",
  "app://hg-nen-prognosis/c:",
  "app://hg-nen-prognosis/C%3A/Windows/win.ini",
  "app://hg-nen-prognosis/C|/Windows/win.ini",
  "app://hg-nen-prognosis/app.html::$DATA",
  "app://hg-nen-prognosis/app.html:stream",
  "app://hg-nen-prognosis/nul",
  "app://hg-nen-prognosis/CON",
  "app://hg-nen-prognosis/assets/aux.js",
  "app://hg-nen-prognosis/assets/aux",
  "app://hg-nen-prognosis/Prn.html",
  "app://hg-nen-prognosis/nul.tar.gz",
  "app://hg-nen-prognosis/lpt9.js",
  "app://hg-nen-prognosis/com\u00b9.txt",
  "app://hg-nen-prognosis/CONIN$",
  "app://hg-nen-prognosis/CLOCK$",
  "app://hg-nen-prognosis/app.html::$INDEX_ALLOCATION",
  "app://hg-nen-prognosis/assets:x/app.js",
  "app://hg-nen-prognosis/assets./app.js",
  "app://hg-nen-prognosis/assets /app.js",
  "app://hg-nen-prognosis/app.html...",
  "app://hg-nen-prognosis/app.html. .",
  "app://hg-nen-prognosis/app.html%2e",
  "app://hg-nen-prognosis/app.html%2500",
  "app://hg-nen-prognosis/app.html\r\nX-Header: 1",
  "app://hg-nen-prognosis/\u0430pp.html",
  "app://hg-nen-prognosis/app.html\u00a0",
  "app://hg-nen-prognosis/app\ufe52html",
  "app://hg-nen-prognosis/COM1.txt",
  "app://hg-nen-prognosis/PROGRA~1/x.js",
  "app://hg-nen-prognosis/app.html.",
  "app://hg-nen-prognosis/app.html ",
  "app://hg-nen-prognosis/app.html%20",
  // control characters and odd names
  "app://hg-nen-prognosis/app.html\0",
  "app://hg-nen-prognosis/app.html%00.png",
  "app://hg-nen-prognosis/\0/../app.html",
  "app://hg-nen-prognosis/app.html\n",
  "app://hg-nen-prognosis/assets/",
  "app://hg-nen-prognosis/assets//app.js",
  "app://hg-nen-prognosis/.git/config",
  "app://hg-nen-prognosis/app.html;v=1",
  "app://hg-nen-prognosis/*",
  "app://hg-nen-prognosis/~/x",
  "app://hg-nen-prognosis/$HOME/x",
  "app://hg-nen-prognosis/\u202egnp.js",
  // very long, as a path and behind a harmless one
  `app://hg-nen-prognosis/${"a".repeat(5_000)}`,
  `app://hg-nen-prognosis/${"a/".repeat(5_000)}a`,
  `app://hg-nen-prognosis/app.html?${"a".repeat(5_000_000)}`,
];

describe.each(SYSTEMS)("an address of the app on $system", ({ api, base }) => {
  it.each(SERVED)("%s is a file of the page", (url, ...names) => {
    expect(resolveResource(url, api, base)).toBe([base, ...names].join(api.sep));
  });

  it.each(HOSTILE.map((url) => [url.length > 100 ? `${url.slice(0, 60)}… (${url.length})` : url, url]))(
    "%j is none",
    (_shown, url) => {
      expect(resolveResource(url, api, base)).toBeNull();
    },
  );

  it("never lies outside, whatever a browser makes of a hostile address", () => {
    for (const url of HOSTILE.filter((candidate) => URL.canParse(candidate))) {
      const file = resolveResource(new URL(url).href, api, base);
      if (file !== null) expect(api.relative(base, file)).not.toMatch(/^\.\.|^[\\/]|:/);
    }
  });
});

describe("the app's own page", () => {
  it.each([PAGE_URL, `${PAGE_URL}?a=b`, `${PAGE_URL}#/estimate`])("is %s", (url) => {
    expect(isOwnPage(url)).toBe(true);
  });

  it.each([
    "",
    "about:blank",
    "about:srcdoc",
    "data:text/html,x",
    "app://hg-nen-prognosis",
    "app://hg-nen-prognosis/other.html",
    "app://hg-nen-prognosis.evil/",
    "app://evil/?app://hg-nen-prognosis/",
    "https://hg-nen-prognosis/",
    "devtools://devtools/bundled/inspector.html",
  ])("is not %j", (url) => {
    expect(isOwnPage(url)).toBe(false);
  });
});
