import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FILE_ENDINGS } from "../../src-main/api/contract.ts";

const root = new URL("../../", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), "utf8");

interface Association {
  ext: string;
  icon?: string;
  mimeType?: string;
  description?: string;
  role?: string;
  rank?: string;
}
interface ForSystem {
  target: { target: string; arch: string | string[] }[];
  fileAssociations: Association[];
  icon: string;
}
const configuration = parse(read("electron-builder.yml")) as Record<string, unknown> &
  Record<"win" | "linux" | "mac", ForSystem & Record<string, unknown>>;
const SYSTEMS = ["win", "linux", "mac"] as const;

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
    expect(configuration["extraResources"]).toEqual([
      { from: "dist/legal", to: "legal", filter: ["LICENSE", "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json"] },
    ]);
    expect(configuration).not.toHaveProperty("extraFiles");
    // Nor does a system add any of its own.
    for (const system of SYSTEMS)
      for (const list of ["files", "extraFiles", "extraResources", "asar", "asarUnpack"])
        expect(configuration[system]).not.toHaveProperty(list);
  });

  it("is one archive that its executable knows, with nothing unpacked, rebuilt or published", () => {
    expect(configuration).toMatchObject({
      asar: true,
      disableAsarIntegrity: false,
      npmRebuild: false,
      publish: null,
    });
    expect(configuration).not.toHaveProperty("asarUnpack");
  });

  it("has its fuses set by the hook, and by no older library beside it", () => {
    expect(configuration).not.toHaveProperty("electronFuses");
    for (const hook of ["afterExtract", "afterPack"] as const) {
      expect(configuration[hook]).toBe("./src-main/packaging/hooks.ts");
      expect(read("src-main/packaging/hooks.ts")).toMatch(
        new RegExp(`^export async function ${hook}\\(`, "m"),
      );
    }
  });

  it("is signed where the environment says so, not by what stands in the file", () => {
    expect(read("electron-builder.yml")).not.toMatch(
      /cscLink|identity|azureSign|certificate|forceCodeSigning/,
    );
  });
});

describe("how it is installed", () => {
  const targets = (system: (typeof SYSTEMS)[number]): string[] =>
    configuration[system].target.map(({ target }) => target);

  it("is on Windows per machine where AppLocker lets programs run, and per user where it has to be", () => {
    expect(targets("win")).toEqual(["nsis", "msi", "portable", "zip"]);
    expect(configuration["nsis"]).toMatchObject({
      oneClick: false,
      perMachine: false,
      selectPerMachineByDefault: true,
      allowToChangeInstallationDirectory: false,
      packElevateHelper: false,
    });
    expect(configuration["msi"]).toMatchObject({ perMachine: true, runAfterFinish: false });
  });

  it("is removed without what its users have stored", () => {
    expect(configuration["nsis"]).toMatchObject({
      deleteAppDataOnUninstall: false,
      include: "assets/packaging/installer.nsh",
    });
    // The folder that folders.ts chooses, of the user and never of all, and only where the switch is given.
    const script = read("assets/packaging/installer.nsh");
    const removed = [...script.matchAll(/RMDir.*/g)].map(([line]) => line);
    expect(removed).toEqual(['RMDir /r "$LOCALAPPDATA\\${PRODUCT_FILENAME}"']);
    expect(script).toMatch(/--delete-app-data[^]*ifNot[^]*SetShellVarContext current\n\s*RMDir/);
    expect(read("src-main/shell/folders.ts")).toContain(`"${String(configuration["productName"])}"`);
  });

  it("is as AppImage, deb and rpm on Linux", () => {
    expect(targets("linux")).toEqual(["AppImage", "deb", "rpm"]);
    // SECURITY: none of them is started without its sandbox by an entry of ours.
    expect(read("electron-builder.yml")).not.toMatch(/no-sandbox|executableArgs/);
  });

  it("is on macOS for both processors, with the hardened runtime and one exception from it", () => {
    expect(configuration.mac.target).toEqual([
      { target: "dmg", arch: ["arm64", "x64"] },
      { target: "zip", arch: ["arm64", "x64"] },
    ]);
    expect(configuration.mac).toMatchObject({
      hardenedRuntime: true,
      entitlements: "assets/packaging/entitlements.mac.plist",
      entitlementsInherit: "assets/packaging/entitlements.mac.plist",
    });
    const keys = read("assets/packaging/entitlements.mac.plist").matchAll(/<key>([^<]+)<\/key>/g);
    expect([...keys].map(([, key]) => key)).toEqual(["com.apple.security.cs.allow-jit"]);
  });

  it("gives each kind of installer a name of its own", () => {
    const nameOf = (section: string): unknown =>
      (configuration[section] as { artifactName?: string } | undefined)?.artifactName ??
      configuration["artifactName"];
    const names = SYSTEMS.flatMap((system) =>
      targets(system).map((target) => {
        const ext = ["nsis", "portable"].includes(target) ? "exe" : target;
        return String(nameOf(target)).replace("${ext}", ext).replace("${os}", system);
      }),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^\$\{name\}-\$\{version\}-(win|linux|mac)-\$\{arch\}/);
  });
});

describe("the files that it opens", () => {
  const KINDS = ["hgnencases", "nenboard"] as const satisfies readonly (typeof FILE_ENDINGS)[number][];

  it.each(SYSTEMS)("are both kinds of its own, on %s", (system) => {
    const { fileAssociations } = configuration[system];
    expect(fileAssociations.map(({ ext }) => ext)).toEqual(KINDS);
    for (const { icon } of [configuration[system], ...fileAssociations]) {
      if (icon !== undefined) expect(existsSync(new URL(icon, root)), icon).toBe(true);
    }
  });

  it("have what each system asks for", () => {
    for (const { icon, description } of configuration.win.fileAssociations) {
      expect(icon).toMatch(/\.ico$/);
      expect(description).toMatch(/^HG-NEN Prognosis /);
    }
    for (const { mimeType } of configuration.linux.fileAssociations)
      expect(mimeType).toMatch(/^application\/x-/);
    for (const { icon, role, rank } of configuration.mac.fileAssociations) {
      expect(icon).toMatch(/\.icns$/);
      expect([role, rank]).toEqual(["Editor", "Owner"]);
    }
  });
});
