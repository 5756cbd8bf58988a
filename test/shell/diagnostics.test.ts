import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PolicyInForce } from "../../src-main/api/contract.ts";
import type { DiagnosticsSystem } from "../../src-main/shell/diagnostics.ts";
import { createDiagnostics, system, withoutPerson } from "../../src-main/shell/diagnostics.ts";
import type { Log } from "../../src-main/shell/log.ts";
import { countRefusals } from "../../src-main/shell/refusals.ts";
import { boxes } from "../../src-main/words/window.ts";

const words = boxes.diagnostics;

/** A user whose name is also a pattern, and a part of a word. */
const USER = "j.(ane)+$[x";
let home: string;
let folder: string;
beforeEach(async () => {
  const parent = await mkdtemp(path.join(tmpdir(), "hg-nen-diagnostics-"));
  home = path.join(parent, USER);
  folder = path.join(home, "data");
  await mkdir(path.join(folder, "backups"), { recursive: true });
});
afterEach(() => rm(path.dirname(home), { recursive: true, force: true }));

const FREE: PolicyInForce = {
  policy: { storage: true, exports: "all", keychain: true, links: true, lockAfterMinutes: null },
  files: [],
  problems: [],
};

async function text(policy = FREE, computer: Partial<DiagnosticsSystem> = {}): Promise<string> {
  const { diagnostics } = createDiagnostics({
    app: { getLocale: () => "nb-NO", getVersion: () => "1.2.3", isPackaged: true },
    screen: {
      getAllDisplays: () =>
        [
          { bounds: { x: 0, y: 0, width: 1920, height: 1080 }, scaleFactor: 1.5 },
          { bounds: { x: 1920, y: 0, width: 800, height: 600 }, scaleFactor: 1 },
        ] as never,
    },
    safeStorage: { getSelectedStorageBackend: () => "kwallet6" },
    modelVersion: "4.5.6",
    folder,
    policy,
    log: (most) => Promise.resolve([`the last ${most} lines`]),
    words,
    system: {
      ...system,
      ...{ platform: "linux", arch: "x64", osName: () => "Linux", osRelease: () => "6.1.0" },
      versions: { electron: "45.4.1", chrome: "153.0.1.2", node: "24.21.0" },
      ...{ home: () => home, user: () => USER },
      ...{ execPath: "/opt/HG-NEN Prognosis/hg-nen-prognosis", env: {} },
      statfs: () => Promise.resolve({ bavail: 1_234_567, bsize: 4096 }),
      ...computer,
    },
  });
  const answer = await diagnostics({});
  if (!answer.ok) throw new Error(answer.message);
  return answer.value.text;
}

describe("the report", () => {
  it("says what the program runs on", async () => {
    expect((await text()).split("\n")).toEqual([
      `${words.program}: 1.2.3`,
      `${words.model}: 4.5.6`,
      `${words.electron}: 45.4.1`,
      `${words.chromium}: 153.0.1.2`,
      `${words.node}: 24.21.0`,
      `${words.system}: Linux 6.1.0 x64`,
      `${words.packaged}: ${words.yes}`,
      `${words.runsFrom}: ${words.places["per-machine"]} /opt/HG-NEN Prognosis/hg-nen-prognosis`,
      `${words.language}: nb-NO`,
      `${words.display}: 1920×1080 @1.5`,
      `${words.display}: 800×600 @1`,
      `${words.keychain}: kwallet6`,
      `${words.policy}: storage=${words.yes} exports=all keychain=${words.yes} links=${words.yes} lockAfterMinutes=${words.none}`,
      `${words.dataFolder}: ~${path.sep}data`,
      `${words.writable}: ${words.yes}`,
      `${words.diskFree}: 5056`,
      `${words.store}: ${words.none}`,
      `${words.backups}: 0`,
      `${words.backupBytes}: 0`,
      "",
      `${words.log}:`,
      "the last 50 lines",
      "",
    ]);
  });

  it.each([
    ["darwin", "Keychain"],
    ["win32", "DPAPI"],
  ] as const)("names the keychain of %s: %s", async (platform, name) => {
    expect(await text(FREE, { platform })).toContain(`${words.keychain}: ${name}\n`);
  });

  it("says what an administrator has decided, and not what stands in a policy that is wrong", async () => {
    const told = await text({
      policy: { storage: false, exports: "encrypted", keychain: false, links: false, lockAfterMinutes: 5 },
      files: [path.join(home, "policy.json")],
      problems: [
        {
          file: path.join(home, "policy.json"),
          field: "x",
          value: "SECRET\u001b[2J",
          reason: "unknown-field",
        },
      ],
    });
    expect(told).toContain(
      `storage=${words.no} exports=encrypted keychain=${words.no} links=${words.no} lockAfterMinutes=5`,
    );
    expect(told).toContain(`${words.policyFile}: ~${path.sep}policy.json`);
    expect(told).toContain(`${words.policyProblem}: unknown-field ~${path.sep}policy.json`);
    expect(told).not.toContain("SECRET");
  });

  it("names the field of a policy that is wrong where it is one of the policy's own", async () => {
    const file = "/etc/policy.json";
    const told = await text({
      ...FREE,
      problems: [
        { file, field: "lockAfterMinutes", value: "SECRET", reason: "bad-value" },
        { file, field: "Jane Synthetic", value: "SECRET", reason: "unknown-field" },
        { file, field: null, value: "SECRET", reason: "not-json" },
      ],
    });
    expect(told.split("\n").filter((line) => line.startsWith(`${words.policyProblem}:`))).toEqual([
      `${words.policyProblem}: bad-value lockAfterMinutes ${file}`,
      `${words.policyProblem}: unknown-field ${file}`,
      `${words.policyProblem}: not-json ${file}`,
    ]);
    expect(told).not.toMatch(/SECRET|Jane/);
  });

  it("says that the data folder takes nothing, and that its disk is not to be asked", async () => {
    const refused = (code: string) => () => Promise.reject(Object.assign(new Error(home), { code }));
    const told = await text(FREE, { open: refused("EROFS"), statfs: refused("EIO") });
    expect(told).toContain(`${words.writable}: ${words.no} (EROFS)\n`);
    expect(told).toContain(`${words.diskFree}: ${words.unknown}\n`);
  });

  it("says from where a program of one user runs, and not which user's", async () => {
    const told = await text(FREE, { execPath: `${home}/apps/hg-nen-prognosis` });
    expect(told).toContain(`${words.runsFrom}: ${words.places["per-user"]} ~/apps/hg-nen-prognosis\n`);
    expect(told).not.toContain(USER);
  });

  it("says how much is stored, and not what or under which name", async () => {
    const store = path.join(folder, "IndexedDB", "app.leveldb");
    await mkdir(store, { recursive: true });
    await writeFile(path.join(store, "synthetic-name.ldb"), "x".repeat(300));
    await writeFile(path.join(store, "LOG"), "y".repeat(11));
    await writeFile(path.join(folder, "backups/cases-2026-11-21T15-40-12-123Z.hgnencases"), "z".repeat(77));
    await writeFile(path.join(folder, "backups/of somebody.txt"), "not ours");
    const told = await text();
    expect(told).toContain(`${words.store}: 311\n`);
    expect(told).toContain(`${words.backups}: 1\n`);
    expect(told).toContain(`${words.backupBytes}: 77\n`);
    expect(told).not.toContain("synthetic-name");
    expect(told).not.toContain("somebody");
  });

  it("does not call a folder empty that it cannot read", async () => {
    const readdir = (() => Promise.reject(Object.assign(new Error(), { code: "EACCES" }))) as never;
    const told = await text(FREE, { readdir });
    for (const what of [words.store, words.backups, words.backupBytes])
      expect(told).toContain(`${what}: ${words.unknown}\n`);
  });

  it("follows no link out of the folder", async (spec) => {
    if (process.platform === "win32") return spec.skip("links are an administrator's there");
    await writeFile(path.join(home, "large"), "x".repeat(5000));
    await symlink(home, path.join(folder, "IndexedDB"));
    await symlink(
      path.join(home, "large"),
      path.join(folder, "backups/cases-2026-11-21T15-40-12-123Z.hgnencases"),
    );
    expect(await text()).toContain(`${words.backupBytes}: 0\n`);
  });

  it("names neither the user nor his folder, also where a folder elsewhere is named after him", async () => {
    const files = [
      path.join(home, "a.json"),
      `/mnt/${USER}/b.json`,
      `/mnt/${USER}.hospital/c.json`,
      `${home}2/d.json`,
    ];
    const told = await text({ ...FREE, files });
    expect(told).not.toContain(USER);
    expect(told).not.toContain(home);
    expect(told).toContain(`${words.policyFile}: /mnt/<user>/b.json`);
  });

  it("is made for a user without a name, too", async () => {
    const user = () => {
      throw new Error("no such user");
    };
    expect(await text(FREE, { user })).toContain(`${words.dataFolder}: ~`);
  });

  it("has no line that somebody else has broken", async () => {
    const told = await text({ ...FREE, files: ["/etc/a\nProgram: 9.9.9\u2028x\u001b[31m"] });
    expect(told.split("\n").filter((line) => line.startsWith(`${words.program}:`))).toEqual([
      `${words.program}: 1.2.3`,
    ]);
    expect(told).not.toContain("\u001b");
  });
});

describe("a text without a person", () => {
  it.each([
    ["C:\\Users\\Jane", "Jane", "C:\\Users\\Jane\\AppData", "~\\AppData"],
    ["C:\\Users\\Jane", "Jane", "c:/users/jane/AppData", "~/AppData"],
    ["C:\\Users\\Jane", "Jane", "C:\\Users\\Jane", "~"],
    ["C:\\Users\\Jane", "Jane", "D:\\Data\\jane.HOSPITAL\\x", "D:\\Data\\<user>.HOSPITAL\\x"],
    ["/home/jo", "jo", "/home/jo/x /srv/jo/join", "~/x /srv/<user>/join"],
    ["/home/jo", "jo", "/home/joanna/x", "/home/joanna/x"],
    ["/root/", "root", "/root/x", "~/x"],
    ["/home/ünal", "ünal", "/HOME/ÜNAL/x", "~/x"],
    ["/", "a", "/var/a/x a", "/var/<user>/x a"],
    ["", "", "/var/x", "/var/x"],
  ])("home %s, user %s: %s", (home, user, given, expected) => {
    expect(withoutPerson(given, { home, user })).toBe(expected);
  });
});

describe("what is refused", () => {
  it("is counted and told of at the end, in numbers", () => {
    const { refused, tell } = countRefusals();
    const log = vi.fn();
    tell(log as Log);
    expect(log).not.toHaveBeenCalled();
    refused("requests");
    refused("requests");
    refused("permissions");
    tell(log as Log);
    expect(log.mock.calls).toEqual([["refused", { navigations: 0, permissions: 1, requests: 2 }]]);
  });
});
