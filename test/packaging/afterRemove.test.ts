/** The script that deb and rpm packages run when they go, in a shell that finds stand-ins for the system's tools. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../../src-main/packaging/packaged.ts";

const SCRIPT = "assets/packaging/after-remove.tpl";
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const own = read(SCRIPT);

let folder: string;
let calls: string;
/** where the script looks for the profile */
let profile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "hg-nen-removed-"));
  calls = path.join(folder, "calls");
  profile = path.join(folder, "apparmor.d/program");
  mkdirSync(path.join(folder, "tools"));
  for (const tool of ["update-alternatives", "apparmor_status", "apparmor_parser"]) {
    const file = path.join(folder, "tools", tool);
    writeFileSync(file, `#!/bin/sh\necho "${tool} $*" >>"${calls}"\n`);
    chmodSync(file, 0o755);
  }
  mkdirSync(path.dirname(profile));
  writeFileSync(profile, "profile");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As electron-builder fills it in, with a folder of the test's in place of the system's. */
function remove(argument: string): string[] {
  const script = path.join(folder, "script");
  writeFileSync(
    script,
    own
      .replaceAll("${executable}", "program")
      .replaceAll("${sanitizedProductName}", "Program")
      .replaceAll("/etc/", `${folder}/`)
      .replaceAll("/usr/bin/", `${folder}/bin/`),
  );
  execFileSync("/bin/sh", [script, argument], {
    env: { PATH: `${path.join(folder, "tools")}:${process.env["PATH"] ?? ""}` },
  });
  return existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
}

describe("the script after a removal", () => {
  it("is that of deb and rpm", () => {
    const { deb, rpm } = parse(read("electron-builder.yml")) as Record<string, { afterRemove?: string }>;
    expect([deb?.afterRemove, rpm?.afterRemove]).toEqual([SCRIPT, SCRIPT]);
  });

  it("is electron-builder's own but for the case of an upgrade", () => {
    const added = /# An upgrade [^]*?\nesac\n\n/;
    expect(own).toMatch(added);
    expect(own.replace(added, "").trimEnd()).toBe(
      read("node_modules/app-builder-lib/templates/linux/after-remove.tpl").trimEnd(),
    );
  });

  it.skipIf(process.platform === "win32").each(["1", "2", "upgrade", "failed-upgrade"])(
    "leaves link and profile to the version that stays, after %j",
    (argument) => {
      expect(remove(argument)).toEqual([]);
      expect(existsSync(profile)).toBe(true);
    },
  );

  it.skipIf(process.platform === "win32").each(["0", "remove", "purge"])(
    "takes away link and profile after %j",
    (argument) => {
      expect(remove(argument)).toEqual([
        "update-alternatives --remove program /opt/Program/program",
        "apparmor_status --enabled",
        `apparmor_parser --remove ${profile}`,
      ]);
      expect(existsSync(profile)).toBe(false);
    },
  );
});
