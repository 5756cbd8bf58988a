/** SECURITY.md keeps its word: its table names what is there, and what no single test shows is looked for in the sources. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** As Electron's security tutorial has them, in its order. */
const ITEMS = [
  "Only load secure content",
  "Do not enable Node.js integration for remote content",
  "Enable context isolation in all renderers",
  "Enable process sandboxing",
  "Handle session permission requests from remote content",
  "Do not disable webSecurity",
  "Define a Content Security Policy",
  "Do not enable allowRunningInsecureContent",
  "Do not enable experimental features",
  "Do not use enableBlinkFeatures",
  "Do not use allowpopups for WebViews",
  "Verify WebView options before creation",
  "Disable or limit navigation",
  "Disable or limit creation of new windows",
  "Do not use shell.openExternal with untrusted content",
  "Use a current version of Electron",
  "Validate the sender of all IPC messages",
  "Avoid usage of the file:// protocol and prefer usage of custom protocols",
  "Check which fuses you can change",
  "Do not expose Electron APIs to untrusted web content",
];

const section = /## Electron's checklist\n([\s\S]*?)\n## /.exec(read("SECURITY.md"))![1]!;
const rows = section
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [number = "", item = "", met = "", code = "", test = "", ...rest] = line
      .replace(/^\| | \|$/g, "")
      .split(" | ");
    return { number: Number(number), item, met, code, test, rest };
  });

describe("Electron's checklist in SECURITY.md", () => {
  it("has the twenty items in their order, each in five columns", () => {
    expect(rows.map(({ number, item }) => [number, item])).toEqual(ITEMS.map((item, i) => [i + 1, item]));
    for (const { rest, met } of rows) {
      expect(rest).toEqual([]);
      expect(met.length).toBeGreaterThan(10);
    }
  });

  it.each(rows)("$number, $item: names code that is there", ({ code }) => {
    const files = [...code.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
    // Nothing beside the names.
    expect(code.replace(/`[^`]+`/g, "").replace(/[, ]/g, "")).toBe("");
  });

  it.each(rows)("$number, $item: names a test that is there", ({ test }) => {
    const named = [...test.matchAll(/`(test\/[^`]+\.test\.ts)`: “([^”]+)”/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, file, title] of named) expect(read(file!), file).toContain(title);
    expect(test.replace(/`[^`]+`: “[^”]+”/g, "").replace(/[, ]/g, "")).toBe("");
  });
});

describe("Electron's networkAccess", () => {
  // Read here, so that the day it comes it is not overlooked: electron/electron#53183.
  it("is not in the pinned version; when this fails, set networkAccess: 'none' for every session in src-main/main.ts", () => {
    const types = read("node_modules/electron/electron.d.ts");
    expect(types).toContain("interface FromPartitionOptions");
    expect(types).not.toMatch(/\bnetworkAccess\b/);
  });
});

/** Without comments, in which anything may be said. */
const codeOf = (file: string): string =>
  read(file).replace(/\/\*[\s\S]*?\*\/|(?<![:"'])\/\/[^\n]*|<!--[\s\S]*?-->/g, "");
const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\.(?:ts|svelte|html)$/.test(file));

/** What is built into the desktop edition; the command line, the start from sources and the packaging are not. */
const MAIN = [
  ...["src-main/main.ts", "src-main/preload.ts"],
  ...["api", "prognosis", "shell", "study", "words"].flatMap((folder) => filesIn(`src-main/${folder}`)),
];
const PAGE = filesIn("src-renderer");
const found = (files: string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    [...codeOf(file).matchAll(new RegExp(pattern, "g"))].map(([text]) => `${file}: ${text}`),
  );

describe("the sources of the desktop edition", () => {
  it("are found", () => {
    expect(MAIN.length).toBeGreaterThan(50);
    expect(PAGE.length).toBeGreaterThan(100);
    expect(found(MAIN, /from "node:path"/).length).toBeGreaterThan(5);
  });

  it("the main process imports nothing that reaches a network or starts a program", () => {
    const modules = [
      "child_process",
      "cluster",
      "dgram",
      "dns",
      "http",
      "http2",
      "https",
      "inspector",
      "net",
    ];
    const pattern = `["'](?:node:)?(?:${[...modules, "repl", "tls", "vm", "wasi", "worker_threads"].join("|")})(?:/\\w+)?["']`;
    expect(found(MAIN, new RegExp(pattern))).toEqual([]);
    expect(found(MAIN, /\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b|\bEventSource\b/)).toEqual([]);
  });

  it("the main process takes nothing of Electron that asks, updates, reports or records", () => {
    const imported = /import \{([^}]*)\} from "electron";/.exec(codeOf("src-main/main.ts"))![1]!;
    const names = imported.split(",").map((name) => name.trim());
    expect(names).toContain("ipcMain");
    for (const name of ["autoUpdater", "crashReporter", "net", "contentTracing", "desktopCapturer", "netLog"])
      expect(names).not.toContain(name);
    expect(found(PAGE, /from ["']electron["']/)).toEqual([]);
  });

  it("the sandbox is switched on before anything else is done", () => {
    const statements = codeOf("src-main/main.ts")
      .replace(/import[\s\S]*?from "[^"]+";/g, "")
      .trim();
    expect(statements.split("\n")[0]).toBe("app.enableSandbox();");
  });

  it("no feature of Chromium is switched on, and no text becomes a program", () => {
    const features =
      /enableBlinkFeatures|enable-blink-features|enable-features|allowpopups|<webview|appendSwitch\("no-sandbox/;
    expect(found([...MAIN, ...PAGE], features)).toEqual([]);
    const programs =
      /\beval\(|new Function\(|executeJavaScript|insertAdjacentHTML|document\.write|\{@html|\bsrcdoc\b/;
    expect(found([...MAIN, ...PAGE], programs)).toEqual([]);
    expect(found([...MAIN, ...PAGE], /\.(?:inner|outer)HTML\s*=/)).toEqual([]);
  });

  it("one file opens addresses, and none opens files or folders with other programs", () => {
    const opening = found(MAIN, /\bopenExternal\b/).map((place) => place.split(":")[0]);
    expect([...new Set(opening)].filter((file) => file !== "src-main/main.ts")).toEqual([
      "src-main/shell/links.ts",
    ]);
    expect(found(MAIN, /\bopenPath\b|\bshowItemInFolder\b|\btrashItem\b/)).toEqual([]);
  });
});
