/** Runs electron-builder, and looks at what it has made: in Electron's distribution where it is, in a stand-in elsewhere. */
import { extractFile, getRawHeader, listPackage, statFile } from "@electron/asar";
import { Arch, build, Platform } from "electron-builder";
import type { Configuration, FileSet } from "electron-builder";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse, stringify } from "yaml";
import { FUSES, readFuses } from "../../src-main/packaging/fuses.ts";
import { LEGAL_FILES, packagedPrograms, readNames, ROOT } from "../../src-main/packaging/packaged.ts";
import { smokeTest } from "../../src-main/packaging/smokeTest.ts";
import type { Target } from "../support/electronDistribution.ts";
import { installedDistribution, makeDistribution } from "../support/electronDistribution.ts";

// Two cores may be shared with others.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let folder: string;
/** Takes every request that electron-builder makes; there must be none. */
let mirror: Server;
const requests: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "directory-build-"));
  mirror = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => mirror.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`;
  // Nothing that happens to lie in a cache, and nobody but us to ask for more.
  for (const name of ["ELECTRON_MIRROR", "ELECTRON_BUILDER_BINARIES_MIRROR", "NPM_CONFIG_REGISTRY"])
    vi.stubEnv(name, address);
  for (const name of ["ELECTRON_BUILDER_CACHE", "electron_config_cache"])
    vi.stubEnv(name, path.join(folder, "cache"));
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"]) vi.stubEnv(name, address);
  vi.stubEnv("CSC_IDENTITY_AUTO_DISCOVERY", "false");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  mirror.close();
  await rm(folder, { recursive: true, force: true });
});

const PLATFORMS = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC };

interface Built {
  /** what an installer would install */
  folder: string;
  resources: string;
  executable: string;
  standIn: boolean;
}

interface How {
  standIn?: boolean;
  /** fuses that nobody knows */
  moreFuses?: number;
  /** the folder with the licences */
  legal?: string;
  /** laid over electron-builder.yml */
  more?: Configuration;
}

/** @param name of the folder that it is built into */
async function buildDirectory(
  target: Target,
  name: string,
  {
    standIn = !installedDistribution(target),
    moreFuses = 0,
    legal = path.join(folder, "legal"),
    more = {},
  }: How = {},
): Promise<Built> {
  let electronDist = installedDistribution(target);
  if (standIn || !electronDist) {
    electronDist = path.join(folder, `${name}-electron`);
    await makeDistribution(electronDist, target, moreFuses);
  }
  await mkdir(path.join(folder, "legal"), { recursive: true });
  for (const file of LEGAL_FILES) await writeFile(path.join(folder, "legal", file), `${file} of the test\n`);
  const output = path.join(folder, name);
  // A list that is handed over would be added to the one in the file: so it is the file with these changed.
  const file = path.join(folder, `${name}.yml`);
  const own = parse(readFileSync(path.join(ROOT, "electron-builder.yml"), "utf8")) as Configuration;
  const changed: Configuration = {
    ...own,
    ...more,
    directories: { ...own.directories, output },
    electronDist,
    // The project's own may not have been made; what is asked here is whether they get there.
    extraResources: [{ ...(own.extraResources as FileSet[])[0], from: legal }],
  };
  await writeFile(file, stringify(changed));
  await build({
    projectDir: ROOT,
    targets: PLATFORMS[target].createTarget("dir", Arch.x64),
    publish: "never",
    config: file,
  });
  const found = packagedPrograms(output, readNames());
  expect(found).toHaveLength(1);
  const { executable } = found[0]!;
  const resources =
    target === "darwin"
      ? path.resolve(executable, "../../Resources")
      : path.join(path.dirname(executable), "resources");
  return { folder: path.join(output, readdirOnly(output)), resources, executable, standIn };
}

const readdirOnly = (output: string): string =>
  readdirSync(output, { withFileTypes: true }).find(
    (entry) => entry.isDirectory() && !entry.name.startsWith("."),
  )!.name;

const posix = (name: string): string => name.split(path.sep).join("/").replace(/^\//, "");

/** The files in an archive, without its folders. */
function filesIn(archive: string): string[] {
  return listPackage(archive, { isPack: false })
    .map(posix)
    .filter((name) => !("files" in statFile(archive, path.normalize(name))))
    .sort();
}

function filesBelow(start: string): string[] {
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => posix(path.relative(start, path.join(entry.parentPath, entry.name))))
    .sort();
}

const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** What of the repository belongs into the archive, worked out without electron-builder's patterns. */
function expectedFiles(): string[] {
  const webOnly =
    /^dist\/renderer\/(index\.html|assets\/(core\.worker-[^/]*\.js|(study|baseline)-[^/]*\.json))$/;
  const built = ["dist/main", "dist/preload", "dist/renderer", "assets/studies"].flatMap((start) =>
    filesBelow(path.join(ROOT, start)).map((file) => `${start}/${file}`),
  );
  return ["package.json", ...built.filter((file) => !webOnly.test(file))].sort();
}

/** A Mac signs what is changed, which a stand-in cannot be; Windows makes the links in it for administrators alone. */
const noStandInForMac = process.platform !== "linux" && !installedDistribution("darwin");

describe.each(["linux", "win32", "darwin"] as const)("packaged for %s", (target) => {
  if (target === "darwin" && noStandInForMac) {
    it.skip("not here: the stand-in for a Mac's distribution is for Linux", () => undefined);
    return;
  }
  let built: Built;
  let archive: string;
  beforeAll(async () => {
    built = await buildDirectory(target, target);
    archive = path.join(built.resources, "app.asar");
    console.log(`${target}: ${built.standIn ? "a stand-in for Electron" : "Electron's own"} distribution`);
  });

  it("holds the built program, the studies and package.json, and nothing else", () => {
    const files = filesIn(archive);
    expect(files).toEqual(expectedFiles());
    expect(files.length).toBeGreaterThan(20);
    // What the list of the repository itself would not show.
    expect(
      files.filter((file) => /\.map$|\.test\.|node_modules|(^|\/)\.|\.ts$|\.svelte$/.test(file)),
    ).toEqual([]);
  });

  it("holds each file as it was built, within the archive", () => {
    for (const file of expectedFiles().filter((name) => name !== "package.json")) {
      expect(statFile(archive, path.normalize(file)), file).not.toHaveProperty("unpacked");
      expect(
        extractFile(archive, path.normalize(file)).equals(readFileSync(path.join(ROOT, file))),
        file,
      ).toBe(true);
    }
    expect(existsSync(`${archive}.unpacked`)).toBe(false);
  });

  it("says of itself what a program needs to start, no script and no dependency", () => {
    const inside = JSON.parse(extractFile(archive, "package.json").toString("utf8")) as Record<
      string,
      unknown
    >;
    const own = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Record<string, unknown>;
    for (const name of ["name", "version", "type", "main"]) expect(inside[name]).toBe(own[name]);
    for (const name of ["scripts", "dependencies", "devDependencies", "build"])
      expect(inside).not.toHaveProperty([name]);
  });

  it("lies beside the licences and the list of what is in it, and beside no other code", () => {
    for (const file of LEGAL_FILES) {
      expect(readFileSync(path.join(built.resources, "legal", file), "utf8")).toBe(`${file} of the test\n`);
    }
    const asars = readdirSync(built.resources).filter((name) => name === "app" || name.includes(".asar"));
    expect(asars).toEqual(["app.asar"]);
    const electrons = target === "darwin" ? built.resources : built.folder;
    expect(readdirSync(electrons)).toEqual(
      expect.arrayContaining(["LICENSE.electron.txt", "LICENSES.chromium.html"]),
    );
  });

  it("has the texts of one language", () => {
    const languages = filesBelow(built.folder).flatMap(
      (file) => /(?:locales\/|\/)([\w-]+)(?:\.lproj\/.*|\.pak)$/.exec(file)?.slice(1) ?? [],
    );
    const texts = languages.filter((name) => /^[a-z]{2,3}(?:[-_]|$)/.test(name));
    expect(texts).not.toEqual([]);
    for (const name of texts) expect(name).toMatch(/^en(?:[-_]US.*)?$/);
  });

  it("has every fuse as decided", async () => {
    const fuses = await readFuses(built.executable);
    expect(fuses.map(({ name }) => name).sort()).toEqual(Object.keys(FUSES).sort());
    for (const { name, state, wanted } of fuses) expect(state, name).toBe(wanted);
  });

  it.skipIf(target === "linux")("is told in its executable what its archive has to be", () => {
    const hash = createHash("sha256").update(getRawHeader(archive).headerString).digest("hex");
    if (target === "darwin") {
      const plist = readFileSync(path.resolve(built.executable, "../../Info.plist"), "utf8");
      expect(plist).toContain("<key>ElectronAsarIntegrity</key>");
      expect(plist).toContain("<key>Resources/app.asar</key>");
      expect(plist).toContain(hash);
      return;
    }
    const entry = NtExecutableResource.from(
      NtExecutable.from(readFileSync(built.executable), { ignoreCert: true }),
    ).entries.find(({ type, id }) => type === "INTEGRITY" && id === "ELECTRONASAR");
    expect(JSON.parse(Buffer.from(entry!.bin).toString("utf8"))).toEqual([
      { file: String.raw`resources\app.asar`, alg: "SHA256", value: hash },
    ]);
  });

  it.skipIf(target === "linux")("shows its name and its icon", () => {
    if (target === "darwin") {
      const plist = readFileSync(path.resolve(built.executable, "../../Info.plist"), "utf8");
      expect(plist).toContain("<string>org.hg-nen-prognosis.desktop</string>");
      for (const words of ["hgnencases", "nenboard", "HG-NEN Prognosis cases", "Owner"])
        expect(plist).toContain(`<string>${words}</string>`);
      for (const icon of ["icon", "hgnencases", "nenboard"]) {
        const shipped = readFileSync(path.join(built.resources, `${icon}.icns`));
        expect(shipped.equals(readFileSync(path.join(ROOT, `assets/icons/${icon}.icns`)))).toBe(true);
      }
      return;
    }
    const { entries } = NtExecutableResource.from(
      NtExecutable.from(readFileSync(built.executable), { ignoreCert: true }),
    );
    const about = Resource.VersionInfo.fromEntries(entries)[0]!;
    const values = about.getStringValues(about.getAllLanguagesForStringValues()[0]!);
    expect(values).toMatchObject({ ProductName: "HG-NEN Prognosis", FileDescription: "HG-NEN Prognosis" });
    expect(Resource.IconGroupEntry.fromEntries(entries)[0]!.icons.length).toBe(6);
  });
});

describe("a build", () => {
  it("gives the same files and the same archive a second time", async () => {
    const first = await buildDirectory("linux", "once");
    const second = await buildDirectory("linux", "again");
    expect(filesBelow(second.folder)).toEqual(filesBelow(first.folder));
    for (const file of filesBelow(first.folder)) {
      expect(sha256(path.join(second.folder, file)), file).toBe(sha256(path.join(first.folder, file)));
    }
  });

  it("fails where Electron has a fuse that nobody has decided", async () => {
    const building = buildDirectory("linux", "newer", { standIn: true, moreFuses: 1 });
    await expect(building).rejects.toThrow(/strictlyRequireAllFuses/);
  });

  it("fails where the licences are not there", async () => {
    const legal = path.join(folder, "no-legal");
    await mkdir(legal);
    const building = buildDirectory("linux", "unlicensed", { standIn: true, legal });
    await expect(building).rejects.toThrow(
      /not in dist\/legal: LICENSE, THIRD-PARTY-NOTICES.txt, sbom.cdx.json/,
    );
  });

  it("asks the network for nothing, which would be heard", async () => {
    expect(requests).toEqual([]);
    // A drawing needs a tool that electron-builder downloads.
    const building = buildDirectory("win32", "drawing", {
      standIn: true,
      more: { win: { icon: "assets/icons/icon.svg" } },
    });
    await expect(building).rejects.toThrow();
    expect(requests).not.toEqual([]);
  });
});

// The stand-in's executable is a script, which Windows does not start.
describe.skipIf(process.platform === "win32")("the look at a packaged program that runs", () => {
  const look = (executable: string): Promise<string[]> =>
    smokeTest({ executable, platform: process.platform, limitMs: 60_000 });

  it("finds nothing wrong with a stand-in whose fuses are set", async () => {
    const { executable } = await buildDirectory("linux", "smoke", { standIn: true });
    expect(await look(executable)).toEqual([]);
  });

  it("finds the doors that Electron leaves open", async () => {
    const distribution = path.join(folder, "unfused");
    await makeDistribution(distribution, "linux");
    const faults = await look(path.join(distribution, "electron"));
    expect(faults).toEqual([expect.stringMatching(/^with ELECTRON_RUN_AS_NODE.*: no window, ended with 9/)]);
  });

  it.each([
    ["opens a debugger", 3, "--inspect opened a debugger"],
    ["takes options from the environment", 2, "NODE_OPTIONS had a script run in it"],
  ])("finds one that %s", async (_what, place, fault) => {
    const source = path.join(folder, "smoke/linux-unpacked");
    const copy = path.join(folder, `door-${place}`);
    await cp(source, copy, { recursive: true });
    const executable = path.join(copy, readNames().name);
    const text = readFileSync(executable, "latin1");
    const wire = text.indexOf("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX") + 34 + place;
    await writeFile(executable, `${text.slice(0, wire)}1${text.slice(wire + 1)}`, "latin1");
    expect(await look(executable)).toEqual([fault]);
  });

  it("finds one that ends at once", async () => {
    const faults = await look(process.execPath);
    expect(faults[0]).toMatch(/^no window, ended with 9/);
  });
});
