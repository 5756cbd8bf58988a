import { FuseV1Options } from "@electron/fuses";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FUSES, fuseConfiguration, readFuses } from "../../src-main/packaging/fuses.ts";
import { packagedPrograms, readNames, ROOT } from "../../src-main/packaging/packaged.ts";
import { makeDistribution } from "../support/electronDistribution.ts";

const run = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fuses-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the script prints, and what it ends with. */
async function look(...files: string[]): Promise<{ code: number; text: string }> {
  const script = path.join(ROOT, "src-main/packaging/readFuses.ts");
  return run(process.execPath, [script, ...files]).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: unknown) => {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, text: stdout + stderr };
    },
  );
}

describe("the fuses", () => {
  it("are all that the library knows, each decided", () => {
    const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    expect(Object.keys(FUSES).sort()).toEqual(known.sort());
    expect(FUSES).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
  });

  it("are set with none left to Electron's default, today's or a later one", () => {
    for (const resign of [true, false]) {
      expect(fuseConfiguration(resign)).toMatchObject({
        strictlyRequireAllFuses: true,
        resetAdHocDarwinSignature: resign,
        [FuseV1Options.RunAsNode]: false,
        [FuseV1Options.OnlyLoadAppFromAsar]: true,
      });
    }
  });
});

describe("reading them back", () => {
  it("tells what Electron has open by default, and ends with 1", async () => {
    await makeDistribution(folder, "linux");
    const { code, text } = await look(path.join(folder, "electron"));
    expect(code).toBe(1);
    expect(text).toContain("RunAsNode: on, but decided: off");
    expect(text).toContain("EnableCookieEncryption: off, but decided: on");
    expect(text).toMatch(/WasmTrapHandlers: on$/m);
  });

  it("tells of a fuse that nobody has decided", async () => {
    await makeDistribution(folder, "linux", 1);
    const fuses = await readFuses(path.join(folder, "electron"));
    expect(fuses.at(-1)).toEqual({ name: "9", state: "on", wanted: undefined });
    expect((await look(path.join(folder, "electron"))).text).toContain("9: on, but decided: nothing");
  });

  it("tells of one that an older Electron does not have", async () => {
    const file = path.join(folder, "electron");
    await makeDistribution(folder, "linux");
    const text = await readFile(file, "latin1");
    await writeFile(file, text.replace("\u0001\u0009", "\u0001\u0008"), "latin1");
    expect((await look(file)).text).toContain("WasmTrapHandlers: unknown, but decided: on");
  });

  it.each(["package.json", "no such file"])("ends with 1 for what is no program: %s", async (file) => {
    expect((await look(file)).code).toBe(1);
  });
});

describe("the programs in a folder of releases", () => {
  it("are those of every system that are complete", async () => {
    const names = readNames();
    expect(names).toEqual({ product: "HG-NEN Prognosis", name: "hg-nen-prognosis" });
    await makeDistribution(path.join(folder, "linux-unpacked"), "linux");
    await writeFile(path.join(folder, "linux-unpacked", names.name), "");
    await makeDistribution(path.join(folder, "win-unpacked"), "win32");
    await writeFile(path.join(folder, "machine"), "");
    expect(packagedPrograms(folder, names)).toEqual([
      { executable: path.join(folder, "linux-unpacked", names.name), platform: "linux" },
    ]);
    expect(packagedPrograms(path.join(folder, "none"), names)).toEqual([]);
  });
});
