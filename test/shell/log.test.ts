import fc from "fast-check";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Log, LogEvent } from "../../src-main/shell/log.ts";
import { codeOf, lineOf, MOST_BYTES, openLog, system, versionOf, wordOf } from "../../src-main/shell/log.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-log-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const AT = Date.UTC(2026, 10, 21, 12);
const opened = (inside = folder) => openLog({ folder: inside, now: () => AT });
const current = () => readFile(path.join(folder, "main.log"), "utf8");
/** As a program that got past the compiler. */
type AnyLog = (event: string, facts?: object) => void;
/** Synthetic. */
const PATIENT_TEXT = "Jane Synthetic, 67, pancreas";

describe("the log", () => {
  it("says when, what, and facts", async () => {
    const { log, flush } = opened();
    log("window-shown", { ms: 812.4 });
    log("renderer-gone", { reason: "oom" });
    log("child-process-gone", { type: "Pepper Plugin Broker", reason: "crashed" });
    log("ready");
    await flush();
    expect(await current()).toBe(
      [
        "2026-11-21T12:00:00.000Z window-shown ms=812",
        "2026-11-21T12:00:00.000Z renderer-gone reason=oom",
        "2026-11-21T12:00:00.000Z child-process-gone type=Pepper-Plugin-Broker reason=crashed",
        "2026-11-21T12:00:00.000Z ready\n",
      ].join("\n"),
    );
  });

  it("takes no text about a patient, wherever somebody puts it", async () => {
    const { log, flush } = opened();
    const any = log as unknown as AnyLog;
    // @ts-expect-error -- no such word
    log("renderer-gone", { reason: PATIENT_TEXT });
    // @ts-expect-error -- no such event
    log(PATIENT_TEXT);
    // @ts-expect-error -- no such fact
    log("ready", { label: PATIENT_TEXT });
    // @ts-expect-error -- text where a number belongs
    log("window-shown", { ms: PATIENT_TEXT });
    // @ts-expect-error -- text behind a version
    log("start", { app: `1.0.0 ${PATIENT_TEXT}` });
    any("settings-damaged", { flaw: [PATIENT_TEXT], setAside: PATIENT_TEXT, [PATIENT_TEXT]: true });
    any("policy", { exports: { toString: () => PATIENT_TEXT }, toString: () => PATIENT_TEXT });
    any("settings-unwritable", { code: `EACCES ${PATIENT_TEXT}` });
    any("__proto__", { label: PATIENT_TEXT });
    any("constructor", { label: PATIENT_TEXT });
    await flush();
    const text = await current();
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => line.split(" ").slice(1).join(" ")),
    ).toEqual([
      "renderer-gone",
      "ready",
      "window-shown",
      "start",
      "settings-damaged",
      "policy",
      "settings-unwritable",
    ]);
    expect(text).not.toContain("Jane");
  });

  it("holds nothing but lines of one form, whatever it is given", () => {
    const events: LogEvent[] = ["start", "policy", "renderer-gone", "refused", "session-end", "quit"];
    const names = [
      "app",
      "reason",
      "ms",
      "exports",
      "how",
      "code",
      "requests",
      "packaged",
      "platform",
      "label",
    ];
    const facts = fc.dictionary(fc.constantFrom(...names), fc.anything({ withBigInt: true }));
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...events), fc.string()), facts, (event, given) => {
        const line = lineOf(AT, event, given);
        if (line === null) return;
        expect(line).toMatch(
          /^2026-11-21T12:00:00\.000Z [a-z-]+( [a-zA-Z]+=(true|false|-?[\d.]+(e\+\d+)?|[A-Za-z-]+))*$/,
        );
      }),
    );
  });

  it("keeps three files of bounded size, and the newest lines", async () => {
    const { log, flush, last } = opened();
    const line = Buffer.byteLength(`${lineOf(AT, "window-shown", { ms: 100_000 })!}\n`);
    const inFile = Math.floor(MOST_BYTES / line);
    for (let i = 0; i < 3 * inFile + 10; i++) log("window-shown", { ms: 100_000 + i });
    await flush();
    expect((await readdir(folder)).sort()).toEqual(["main.1.log", "main.2.log", "main.log"]);
    for (const name of await readdir(folder)) {
      expect((await stat(path.join(folder, name))).size).toBeLessThanOrEqual(MOST_BYTES);
    }
    expect((await last(20)).map((each) => Number(each.split("ms=")[1]))).toEqual(
      Array.from({ length: 20 }, (_, i) => 100_000 + 3 * inFile - 10 + i),
    );
  }, 60_000);

  it("goes on in the file of the last start", async () => {
    const first = opened();
    first.log("ready");
    await first.flush();
    const second = opened();
    second.log("quit", { code: 0 });
    expect(await second.last(50)).toHaveLength(2);
  });

  it("shows no line that it has not written itself", async () => {
    await writeFile(
      path.join(folder, "main.log"),
      `${PATIENT_TEXT}\n2026-11-21T12:00:00.000Z note=${PATIENT_TEXT}\n`,
    );
    const { log, last } = opened();
    log("ready");
    expect(await last(50)).toEqual(["2026-11-21T12:00:00.000Z ready"]);
  });

  it("is for its owner only", async () => {
    if (process.platform === "win32") return;
    const { log, flush } = opened(path.join(folder, "logs"));
    log("ready");
    await flush();
    expect((await stat(path.join(folder, "logs"))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, "logs/main.log"))).mode & 0o777).toBe(0o600);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a folder in the place of its file", () => mkdir(path.join(folder, "main.log"))],
    ["a file in the place of its folder", () => writeFile(path.join(folder, "logs"), "")],
    ["a link that leads in a circle", () => symlink("main.log", path.join(folder, "main.log"))],
  ])("is not there with %s, and nobody is disturbed", async (_what, prepare) => {
    await prepare();
    for (const inside of [folder, path.join(folder, "logs", "deep")]) {
      const { log, flush } = opened(inside);
      expect(() => log("ready")).not.toThrow();
      await expect(flush()).resolves.toBeUndefined();
    }
  });

  it("is written again when the disk is", async () => {
    let full = true;
    const fs = {
      ...system,
      appendFile: (async (...args: Parameters<typeof system.appendFile>) => {
        if (full) throw Object.assign(new Error("full"), { code: "ENOSPC" });
        await system.appendFile(...args);
      }) as typeof system.appendFile,
    };
    const { log, flush, last } = openLog({ folder, now: () => AT, fs });
    log("ready");
    await flush();
    full = false;
    log("quit", { code: 0 });
    expect(await last(50)).toEqual(["2026-11-21T12:00:00.000Z quit code=0"]);
  });

  it("is typed so that no fact is forgotten and none invented", () => {
    const log: Log = () => undefined;
    // @ts-expect-error -- facts are missing
    log("renderer-gone");
    // @ts-expect-error -- there are no facts
    log("ready", {});
    log("session-end", { how: "signal" });
  });
});

describe("what comes from outside", () => {
  it.each([
    [Object.assign(new Error(`EACCES: ${PATIENT_TEXT}`), { code: "EACCES" }), "EACCES"],
    [Object.assign(new Error("x"), { code: PATIENT_TEXT }), "other"],
    [new Error(PATIENT_TEXT), "other"],
    [PATIENT_TEXT, "other"],
    [null, "other"],
    [undefined, "other"],
  ])("is an error's code, and not its message: %s", (error, code) => {
    expect(codeOf(error)).toBe(code);
  });

  it.each([
    ["1.2.3", "1.2.3"],
    ["45.4.1-beta.2", "45.4.1"],
    ["153.0.7000.12", "153.0.7000"],
    [`1.2.3 ${PATIENT_TEXT}`, "0.0.0"],
    [PATIENT_TEXT, "0.0.0"],
    [undefined, "0.0.0"],
  ])("is the numbers of a version: %s", (text, version) => {
    expect(versionOf(text)).toBe(version);
  });

  it("is a word of a list, or other", () => {
    expect(wordOf(["a", "b"], "b")).toBe("b");
    expect(wordOf(["a", "b"], PATIENT_TEXT)).toBe("other");
  });
});
