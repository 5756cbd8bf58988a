import { createHash } from "node:crypto";
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
  name?: string;
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

/** RFC 9562, version 5. */
function uuidOf(namespace: string, name: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name);
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

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
    // The folder that folders.ts chooses, of the user and never of all, and only where the switch is given. The other one
    // is the copy of the installer, and goes only when it is empty.
    const script = read("assets/packaging/installer.nsh");
    const removed = [...script.matchAll(/RMDir.*/g)].map(([line]) => line);
    expect(removed).toEqual([
      'RMDir "$LOCALAPPDATA\\${APP_PACKAGE_NAME}-updater"',
      'RMDir /r "$LOCALAPPDATA\\${PRODUCT_FILENAME}"',
    ]);
    expect(script).toMatch(/--delete-app-data[^]*ifNot[^]*SetShellVarContext current\n\s*RMDir/);
    expect(read("src-main/shell/folders.ts")).toContain(`"${String(configuration["productName"])}"`);
  });

  it("leaves no copy of the installer for an updater, at the place where electron-builder puts it", () => {
    const template = read("node_modules/app-builder-lib/templates/nsis/include/installer.nsh");
    expect(template).toContain('copyFile "$EXEPATH" "$LOCALAPPDATA\\${APP_INSTALLER_STORE_FILE}"');
    const script = read("assets/packaging/installer.nsh");
    const macro = /!macro deleteInstallerCopy\n([^]*?)!macroend/.exec(script)![1]!;
    expect(macro).toMatch(
      /SetShellVarContext current\n\s*Delete "\$LOCALAPPDATA\\\$\{APP_INSTALLER_STORE_FILE\}"/,
    );
    for (const custom of ["customInstall", "customUnInstall"])
      expect(script).toMatch(
        new RegExp(`!macro ${custom}\\n(?:(?!!macroend)[^])*!insertmacro deleteInstallerCopy`),
      );
  });

  it("unpacks the portable file into a folder of its own at each start", () => {
    expect(configuration["portable"]).toMatchObject({ unpackDirName: true });
    // What is said of `false` is not what is done: no name is what makes the script take a folder of this start alone.
    expect(read("node_modules/app-builder-lib/out/targets/nsis/NsisTarget.js")).toContain(
      'if (typeof unpackDirName === "string" || !unpackDirName) {\n                defines.UNPACK_DIR_NAME =',
    );
    expect(read("node_modules/app-builder-lib/templates/nsis/portable.nsi")).toContain(
      'StrCpy $INSTDIR "$PLUGINSDIR\\app"\n  !ifdef UNPACK_DIR_NAME',
    );
  });

  it("is known to administrators by the codes that stand in the README", () => {
    const readme = read("README.md");
    // How electron-builder makes them of the appId: UUID version 5 in a namespace of its own for each.
    const appId = String(configuration["appId"]);
    const codes = [
      `Uninstall\\${uuidOf("50e065bc-3134-11e6-9bab-38c9862bdaf3", appId)}`,
      `{${uuidOf("d752fe43-5d44-44d5-9fc9-6dd1bf19d5cc", appId).toUpperCase()}}`,
    ];
    for (const code of codes) expect(readme.includes(code), code).toBe(true);
    const targets = "node_modules/app-builder-lib/out/targets/";
    expect(read(`${targets}nsis/NsisTarget.js`)).toContain('"50e065bc-3134-11e6-9bab-38c9862bdaf3"');
    expect(read(`${targets}MsiTarget.js`)).toContain('"d752fe43-5d44-44d5-9fc9-6dd1bf19d5cc"');
  });

  it("is as AppImage, deb and rpm on Linux", () => {
    expect(targets("linux")).toEqual(["AppImage", "deb", "rpm"]);
    // SECURITY: none of them is started without its sandbox by an entry of ours.
    expect(read("electron-builder.yml")).not.toMatch(/no-sandbox|executableArgs/);
  });

  it("needs on Linux the packages that the README names", () => {
    const fpm = read("node_modules/app-builder-lib/out/targets/FpmTarget.js");
    const needed = ["deb", "rpm"].flatMap((target) => {
      const [, list] = new RegExp(`case "${target}":\\s*return \\[([^\\]]*)\\]`).exec(fpm)!;
      return [...list!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!);
    });
    expect(needed.length).toBeGreaterThan(10);
    const readme = read("README.md");
    for (const name of needed.flatMap((either) => either.match(/[\w.-]+/g)!.filter((word) => word !== "or")))
      expect(readme.includes(name), name).toBe(true);
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

  it("are on Windows not kept among the recent ones, and opened by a command in quotes", () => {
    const script = read("assets/packaging/installer.nsh");
    const classes = configuration.win.fileAssociations.map(({ name }) => name);
    const named = [...script.matchAll(/!insertmacro openedFile "(.+)"/g)].map(([, name]) => name);
    expect(named).toEqual(classes);
    expect(script).toContain(
      'WriteRegDWORD SHELL_CONTEXT "Software\\Classes\\${CLASS}" "EditFlags" 0x00100000',
    );
    expect(script).toContain('"Software\\Classes\\${CLASS}\\shell\\open\\command" "" \'"$appExe" "%1"\'');
    // Ours is written after electron-builder's.
    expect(read("node_modules/app-builder-lib/templates/nsis/installSection.nsh")).toMatch(
      /!insertmacro registerFileAssociations[^]*!insertmacro customInstall/,
    );
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
