import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const configuration = parse(
  readFileSync(new URL("../../electron-builder.yml", import.meta.url), "utf8"),
) as Record<string, unknown>;

describe("what is packaged", () => {
  it("is this list and nothing else", () => {
    expect(configuration["files"]).toEqual([
      "package.json",
      "dist/main/**",
      "dist/preload/**",
      "dist/renderer/**",
      "!dist/renderer/index.html",
      "!dist/renderer/assets/core.worker-*.js",
      "!dist/renderer/assets/{study,baseline}-*.json",
      "assets/studies/**",
      "!node_modules/**",
    ]);
    expect(configuration).not.toHaveProperty("extraFiles");
    expect(configuration).not.toHaveProperty("extraResources");
  });

  it("is one archive, with nothing unpacked, rebuilt or published", () => {
    expect(configuration).toMatchObject({ asar: true, npmRebuild: false, publish: null });
    expect(configuration).not.toHaveProperty("asarUnpack");
  });

  it("has every fuse decided", () => {
    expect(configuration["electronFuses"]).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe("how it is installed", () => {
  it("is where AppLocker lets programs run: per machine", () => {
    expect(configuration["win"]).toEqual({ target: ["nsis", "zip"] });
    expect(configuration["nsis"]).toMatchObject({ oneClick: false, perMachine: true });
  });

  it("is with the hardened runtime on macOS", () => {
    expect(configuration["mac"]).toMatchObject({ hardenedRuntime: true, target: ["dmg", "zip"] });
  });

  it("is as AppImage and deb on Linux", () => {
    expect(configuration["linux"]).toMatchObject({ target: ["AppImage", "deb"] });
  });
});
