/** `npm start` where there is no Electron to be had. Its runtime is looked for in an empty folder: nothing is downloaded. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../src-main/shell/contentSecurityPolicy.ts";

const START = fileURLToPath(new URL("../../src-main/start/main.ts", import.meta.url));
let empty: string;

beforeEach(async () => {
  empty = await mkdtemp(path.join(tmpdir(), "hg-nen-no-electron-"));
});
afterEach(() => rm(empty, { recursive: true }));

it("says why in two lines, serves the web edition on loopback and ends when told to", async () => {
  // Without the test runner's NODE_ENV, with which Vite would build something else than what is shipped.
  const { NODE_ENV: _test, ...env } = process.env;
  const child = spawn(process.execPath, [START], {
    env: { ...env, ELECTRON_OVERRIDE_DIST_PATH: empty },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const ended = once(child, "close");
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    let output = "";
    for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
      output += text as string;
      if (/http:\S+/.test(output)) break;
    }
    const [address = ""] = /http:\S+/.exec(output) ?? [];
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);

    const lines = errors.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(empty);
    expect(lines[1]).toContain("ELECTRON_OVERRIDE_DIST_PATH");

    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
    expect(page.headers.get("access-control-allow-origin")).toBeNull();
    expect(await page.text()).toContain("<title>HG-NEN Prognosis</title>");
    expect((await fetch(`${address}nothing`)).status).toBe(404);
    expect((await fetch(`${address}..%2f..%2fpackage.json`)).status).not.toBe(200);

    child.kill("SIGTERM");
    // Windows knows no signals: there it is ended at once.
    if (process.platform !== "win32") expect((await ended)[0]).toBe(0);
  } finally {
    child.kill("SIGKILL");
  }
});
