import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Policy, PolicyFlaw } from "../../src-main/api/contract.ts";
import { STRICTEST, UNRESTRICTED } from "../../src-main/api/contract.ts";
import type { PolicySystem } from "../../src-main/shell/policy.ts";
import {
  parsePolicy,
  policyFilesNamed,
  policyPlaces,
  readPolicy,
  stricter,
  system,
} from "../../src-main/shell/policy.ts";

const FILE = "/somewhere/policy.json";
type Flaw = [field: string | null, value: string | null, reason: PolicyFlaw];

const read = (content: string | Uint8Array) =>
  parsePolicy(FILE, typeof content === "string" ? Buffer.from(content) : content);
const flawsOf = (content: string | Uint8Array): Flaw[] =>
  read(content).problems.map(({ file, field, value, reason }) => {
    expect(file).toBe(FILE);
    return [field, value, reason];
  });

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

describe("a policy file that is understood", () => {
  const table: [title: string, content: string | Uint8Array, decided: Partial<Policy>][] = [
    ["an empty object", "{}", {}],
    ["storing off", '{"storage": false}', { storage: false }],
    ["storing on", '{"storage": true}', {}],
    ["no exports", '{"exports": "none"}', { exports: "none" }],
    ["encrypted exports", '{"exports": "encrypted"}', { exports: "encrypted" }],
    ["all exports", '{"exports": "all"}', {}],
    ["no keychain", '{"keychain": false}', { keychain: false }],
    ["no links", '{"links": false}', { links: false }],
    ["a lock", '{"lockAfterMinutes": 10}', { lockAfterMinutes: 10 }],
    ["the shortest lock", '{"lockAfterMinutes": 1}', { lockAfterMinutes: 1 }],
    ["the longest lock", '{"lockAfterMinutes": 1440}', { lockAfterMinutes: 1440 }],
    ["no lock of its own", '{"lockAfterMinutes": null}', {}],
    ["a whole number written otherwise", '{"lockAfterMinutes": 1e1}', { lockAfterMinutes: 10 }],
    ["a name that is written with an escape", '{"\\u0073torage": false}', { storage: false }],
    [
      "everything",
      '{"storage":false,"exports":"none","keychain":false,"links":false,"lockAfterMinutes":3}',
      { storage: false, exports: "none", keychain: false, links: false, lockAfterMinutes: 3 },
    ],
    ["white space and lines of Windows", '\r\n{\r\n\t"links" : false\r\n}\r\n', { links: false }],
    ["Notepad's mark in front", '\ufeff{"links": false}', { links: false }],
    ["PowerShell's UTF-16", utf16('{"links": false}'), { links: false }],
  ];
  it.each(table)("%s", (_title, content, decided) => {
    expect(read(content)).toEqual({ policy: { ...UNRESTRICTED, ...decided }, problems: [] });
  });
});

describe("a policy file that is not understood forbids everything, and is named with field and value", () => {
  const long = "x".repeat(300);
  const table: [title: string, content: string | Uint8Array, flaws: Flaw[]][] = [
    ["a misspelt field", '{"exportz": "none"}', [["exportz", '"none"', "unknown-field"]]],
    ["another case", '{"Storage": false}', [["Storage", "false", "unknown-field"]]],
    ["a comment as a field", '{"$schema": "policy"}', [["$schema", '"policy"', "unknown-field"]]],
    ["an empty name", '{"": false}', [["", "false", "unknown-field"]]],
    ["a blank in the name", '{"storage ": false}', [["storage ", "false", "unknown-field"]]],
    ["a prototype", '{"__proto__": {"storage": true}}', [["__proto__", '{"storage":true}', "unknown-field"]]],
    ["a constructor", '{"constructor": null}', [["constructor", "null", "unknown-field"]]],
    ["a method", '{"toString": 1}', [["toString", "1", "unknown-field"]]],
    ["a nested policy", '{"policy": {"storage": false}}', [["policy", '{"storage":false}', "unknown-field"]]],
    ["a word for no", '{"storage": "false"}', [["storage", '"false"', "bad-value"]]],
    ["a number for no", '{"keychain": 0}', [["keychain", "0", "bad-value"]]],
    ["nothing for no", '{"links": null}', [["links", "null", "bad-value"]]],
    ["an object for no", '{"storage": {}}', [["storage", "{}", "bad-value"]]],
    ["no for exports", '{"exports": false}', [["exports", "false", "bad-value"]]],
    ["another word", '{"exports": "some"}', [["exports", '"some"', "bad-value"]]],
    ["capitals", '{"exports": "None"}', [["exports", '"None"', "bad-value"]]],
    ["a list", '{"exports": ["none"]}', [["exports", '["none"]', "bad-value"]]],
    ["no minutes", '{"lockAfterMinutes": 0}', [["lockAfterMinutes", "0", "bad-value"]]],
    ["less than no minutes", '{"lockAfterMinutes": -5}', [["lockAfterMinutes", "-5", "bad-value"]]],
    ["half a minute", '{"lockAfterMinutes": 0.5}', [["lockAfterMinutes", "0.5", "bad-value"]]],
    ["minutes as text", '{"lockAfterMinutes": "5"}', [["lockAfterMinutes", '"5"', "bad-value"]]],
    ["more than a day", '{"lockAfterMinutes": 1441}', [["lockAfterMinutes", "1441", "bad-value"]]],
    ["more than there is", '{"lockAfterMinutes": 1e999}', [["lockAfterMinutes", "null", "bad-value"]]],
    ["minutes as yes", '{"lockAfterMinutes": true}', [["lockAfterMinutes", "true", "bad-value"]]],
    ["a field twice", '{"storage": false, "storage": true}', [["storage", "true", "field-twice"]]],
    ["twice the same", '{"links": true, "links": true}', [["links", "true", "field-twice"]]],
    ["twice, by an escape", '{"links": false, "l\\u0069nks": true}', [["links", "true", "field-twice"]]],
    [
      "two flaws",
      '{"storage": 1, "export": "none"}',
      [
        ["storage", "1", "bad-value"],
        ["export", '"none"', "unknown-field"],
      ],
    ],
    ["a long value", `{"exports": "${long}"}`, [["exports", `"${"x".repeat(98)}…`, "bad-value"]]],
    ["a long name", `{"${long}": 1}`, [[`${"x".repeat(99)}…`, "1", "unknown-field"]]],
    ["a list of policies", '[{"storage": false}]', [[null, '[{"storage":false}]', "bad-value"]]],
    ["a text", '"none"', [[null, '"none"', "bad-value"]]],
    ["a number", "5", [[null, "5", "bad-value"]]],
    ["null", "null", [[null, "null", "bad-value"]]],
  ];
  it.each(table)("%s", (_title, content, flaws) => {
    expect(flawsOf(content)).toEqual(flaws);
    expect(read(content).policy).toEqual(STRICTEST);
  });

  const notJson: [title: string, content: string | Uint8Array][] = [
    ["nothing", ""],
    ["white space", " \n"],
    ["a comment", '// off\n{"storage": false}'],
    ["a comma at the end", '{"storage": false,}'],
    ["single quotes", "{'storage': false}"],
    ["another format", "storage = false"],
    ["half a file", '{"storage": fal'],
    ["two objects", '{"storage": false}{"links": false}'],
    ["UTF-16 without its mark", Buffer.from('{"storage": false}', "utf16le")],
    ["UTF-16 that ends in the middle", utf16('{"links": false}').subarray(0, -1)],
    ["bytes of another code", latin1('{"storåge": false}')],
    ["zeros", new Uint8Array(40)],
    ["depth", "[".repeat(60_000)],
  ];
  it.each(notJson)("%s", (_title, content) => {
    const { policy, problems } = read(content);
    expect(policy).toEqual(STRICTEST);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: FILE, field: null, reason: "not-json" });
    expect(problems[0]!.value!.length).toBeLessThanOrEqual(100);
  });

  it("too large, however right", () => {
    const padded = (size: number): string => `{"links": false}${" ".repeat(size - 16)}`;
    expect(read(padded(64 * 1024)).problems).toEqual([]);
    expect(flawsOf(padded(64 * 1024 + 1))).toEqual([[null, null, "too-large"]]);
    expect(read(padded(64 * 1024 + 1)).policy).toEqual(STRICTEST);
  });

  it("and what is understood beside it counts where it is stricter", () => {
    const { policy } = read('{"lockAfterMinutes": 2, "exportz": "none"}');
    expect(policy).toEqual({ ...STRICTEST, lockAfterMinutes: 2 });
    expect(read('{"lockAfterMinutes": 60, "exportz": "none"}').policy).toEqual(STRICTEST);
  });

  it("names the first few of a thousand flaws", () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field ${i}`, i]));
    expect(flawsOf(JSON.stringify(many))).toHaveLength(8);
  });
});

describe("reading", () => {
  let folder: string;
  const place = (name: string): string => path.join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(place(name), content);
    return place(name);
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "hg-nen-policy-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("a missing file is no policy, nor is a missing folder", async () => {
    expect(await readPolicy([place("policy.json"), place("no/folder/policy.json")])).toEqual({
      policy: UNRESTRICTED,
      files: [],
      problems: [],
    });
  });

  it("of several files the stricter value holds, field by field", async () => {
    const a = write("a.json", '{"exports": "encrypted", "lockAfterMinutes": 30, "storage": true}');
    const b = write("b.json", '{"exports": "all", "lockAfterMinutes": 10, "links": false}');
    const decided = { ...UNRESTRICTED, exports: "encrypted", lockAfterMinutes: 10, links: false };
    expect(await readPolicy([a, place("missing.json"), b])).toEqual({
      policy: decided,
      files: [a, b],
      problems: [],
    });
  });

  it("a damaged file forbids, whatever the others allow", async () => {
    const a = write("a.json", '{"storage": true, "exports": "all", "keychain": true, "links": true}');
    const b = write("b.json", "{");
    const { policy, files, problems } = await readPolicy([a, b]);
    expect(policy).toEqual(STRICTEST);
    expect(files).toEqual([a, b]);
    expect(problems.map(({ file }) => file)).toEqual([b]);
  });

  const unreadable = async (file: string, value: RegExp): Promise<void> => {
    const { policy, problems } = await readPolicy([file]);
    expect(policy).toEqual(STRICTEST);
    expect(problems).toEqual([
      { file, field: null, value: expect.stringMatching(value) as string, reason: "unreadable" },
    ]);
  };

  it("a folder in its place is not passed over", async () => {
    mkdirSync(place("policy.json"));
    await unreadable(place("policy.json"), /not a file/);
  });

  it.skipIf(process.platform === "win32")("nor a file in the place of its folder", async () => {
    await unreadable(path.join(write("folder", "{}"), "policy.json"), /ENOTDIR/);
  });

  it.skipIf(process.platform === "win32")("nor a link that leads nowhere, or in a circle", async () => {
    symlinkSync(place("away"), place("a.json"));
    await unreadable(place("a.json"), /ENOENT/);
    symlinkSync(place("b.json"), place("b.json"));
    await unreadable(place("b.json"), /ELOOP/);
  });

  it.skipIf(process.platform === "win32")("nor a pipe, for whose writer nobody waits", async () => {
    execFileSync("mkfifo", [place("policy.json")]);
    await unreadable(place("policy.json"), /not a file/);
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "nor one without permission",
    async () => {
      chmodSync(write("policy.json", "{}"), 0);
      await unreadable(place("policy.json"), /EACCES/);
    },
  );

  it("nor one that the system refuses", async () => {
    const file = write("policy.json", "{}");
    const refused = Object.assign(new Error(`EACCES: permission denied, open '${file}'`), { code: "EACCES" });
    const fs = {
      ...system,
      open: () => Promise.reject(refused),
    };
    expect(await readPolicy([file], fs)).toMatchObject({
      policy: STRICTEST,
      problems: [{ reason: "unreadable", value: expect.stringContaining("EACCES") as string }],
    });
  });

  /** The system, but that what is read of an opened file is told and may be less. */
  const reading = (most: number, told: (bytes: number) => void): PolicySystem => ({
    ...system,
    open: async (...args: Parameters<PolicySystem["open"]>) => {
      const opened = await system.open(...args);
      const read = opened.read.bind(opened);
      opened.read = (async (bytes: Uint8Array, offset: number, length: number, position: null) => {
        const answer = await read(bytes, offset, Math.min(length, most), position);
        told(answer.bytesRead);
        return answer;
      }) as never;
      return opened;
    },
  });

  it("ten megabytes are not read to their end", async () => {
    const file = write("policy.json", Buffer.alloc(10 * 1024 * 1024, 0x20));
    let sum = 0;
    const { problems } = await readPolicy(
      [file],
      reading(Infinity, (bytes) => (sum += bytes)),
    );
    expect(problems).toMatchObject([{ reason: "too-large" }]);
    expect(sum).toBeLessThanOrEqual(64 * 1024 + 1);
  });

  it("a file that comes in pieces is read whole", async () => {
    const file = write("policy.json", '{"storage": false}');
    expect(
      await readPolicy(
        [file],
        reading(5, () => undefined),
      ),
    ).toMatchObject({ policy: { storage: false }, problems: [] });
  });
});

describe("where policies lie", () => {
  const WINDOWS = "C:\\Program Files\\HG-NEN Prognosis\\HG-NEN Prognosis.exe";
  const C = "C:\\ProgramData\\HG-NEN Prognosis\\policy.json";

  it("one place on Linux and macOS, whatever the environment says", () => {
    const env = { ProgramData: "C:\\ProgramData", HOME: "/home/user" };
    expect(policyPlaces("linux", "/opt/app", env)).toEqual(["/etc/hg-nen-prognosis/policy.json"]);
    expect(policyPlaces("darwin", "/Applications/app", env)).toEqual([
      "/Library/Application Support/HG-NEN Prognosis/policy.json",
    ]);
  });

  it.each([
    ["as Windows is", { ProgramData: "C:\\ProgramData" }, WINDOWS, [C]],
    ["without the variable", {}, WINDOWS, [C]],
    ["with an empty one", { ProgramData: "" }, WINDOWS, [C]],
    ["in other letters", { PROGRAMDATA: "c:/programdata/" }, WINDOWS, [C]],
    [
      "on another drive",
      { ProgramData: "D:\\ProgramData" },
      "D:\\Program Files\\app.exe",
      [C, "D:\\ProgramData\\HG-NEN Prognosis\\policy.json"],
    ],
    [
      "carried on a stick",
      { ProgramData: "C:\\ProgramData" },
      "E:\\app.exe",
      [C, "E:\\ProgramData\\HG-NEN Prognosis\\policy.json"],
    ],
    [
      "with a place of the user's: it is added, and takes none away",
      { ProgramData: "C:\\Users\\user\\empty" },
      WINDOWS,
      [C, "C:\\Users\\user\\empty\\HG-NEN Prognosis\\policy.json"],
    ],
    [
      "on another drive than C:, with the program on a third and a place of the user's",
      { SYSTEMDRIVE: "d:", ProgramData: "C:\\Users\\user\\empty" },
      WINDOWS,
      [
        C,
        "d:\\ProgramData\\HG-NEN Prognosis\\policy.json",
        "C:\\Users\\user\\empty\\HG-NEN Prognosis\\policy.json",
      ],
    ],
    ["with a drive that is a server", { SystemDrive: "\\\\server\\share" }, WINDOWS, [C]],
    ["with a server, which is not asked", { ProgramData: "\\\\server\\share" }, WINDOWS, [C]],
    ["with a server, written otherwise", { ProgramData: "//server/share" }, WINDOWS, [C]],
    ["with a device", { ProgramData: "\\\\?\\UNC\\server\\share" }, WINDOWS, [C]],
    ["with a place that is none", { ProgramData: "ProgramData" }, WINDOWS, [C]],
    ["started from a server", {}, "\\\\server\\share\\app.exe", [C]],
  ])("on Windows %s", (_title, env, execPath, places) => {
    expect(policyPlaces("win32", execPath, env)).toEqual(places);
  });

  it("and what the command line names", () => {
    expect(policyFilesNamed(["app", ".", "--policy-file=a/b.json", "--policy", "--policy-file"])).toEqual([
      path.resolve("a/b.json"),
    ]);
  });
});

describe("combining two policies", () => {
  const all: Policy[] = [true, false].flatMap((storage) =>
    (["all", "encrypted", "none"] as const).flatMap((exports) =>
      [true, false].flatMap((keychain) =>
        [true, false].flatMap((links) =>
          [null, 1, 5, 60].map((lockAfterMinutes) => ({
            ...{ storage, exports, keychain, links, lockAfterMinutes },
          })),
        ),
      ),
    ),
  );
  const RANK = { all: 0, encrypted: 1, none: 2 };
  const isAsStrict = (a: Policy, b: Policy): boolean =>
    (b.storage || !a.storage) &&
    (b.keychain || !a.keychain) &&
    (b.links || !a.links) &&
    RANK[a.exports] >= RANK[b.exports] &&
    (a.lockAfterMinutes ?? Infinity) <= (b.lockAfterMinutes ?? Infinity);

  it("never loosens, in whichever order, and twice is once: for all pairs", () => {
    expect(all).toHaveLength(96);
    for (const a of all) {
      expect(stricter(a, a)).toEqual(a);
      expect(stricter(a, UNRESTRICTED)).toEqual(a);
      for (const b of all) {
        const both = stricter(a, b);
        if (!isAsStrict(both, a) || !isAsStrict(both, b)) expect.fail(JSON.stringify([a, b, both]));
        expect(stricter(b, a)).toEqual(both);
        expect(stricter(both, a)).toEqual(both);
        // No stricter than it must be: every value is one of the two.
        for (const field of ["storage", "exports", "keychain", "links", "lockAfterMinutes"] as const)
          expect([a[field], b[field]]).toContain(both[field]);
      }
    }
  });

  it("of three, whichever are combined first", () => {
    const some = all.filter((_, i) => i % 5 === 0);
    for (const a of some)
      for (const b of some)
        for (const c of some) expect(stricter(stricter(a, b), c)).toEqual(stricter(a, stricter(b, c)));
  });
});
