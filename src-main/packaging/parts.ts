/** The parts of others that the program ships, with their licences: what both the notices and the SBOM say. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseStudy } from "../study/schema.ts";
import { CODE_INSIDE } from "./inside.ts";

export interface Part {
  /** unique among the parts; a package URL where there is one */
  ref: string;
  kind: "library" | "framework" | "data" | "file";
  name: string;
  /** null where it is not known */
  version: string | null;
  /** an SPDX expression; null where its notices say it */
  licence: string | null;
  description?: string;
  purl?: string;
  /** by which lists of known flaws are searched */
  cpe?: string;
  hash?: { algorithm: "SHA-256" | "SHA-512"; hex: string };
  /** where it is published, and its files there with their SHA-256 */
  addresses: readonly { url: string; kind: "distribution" | "documentation"; sha256?: string }[];
  /** licences and notices, word by word; none where they lie elsewhere, which the description then says */
  texts: readonly string[];
  /** the refs of the shipped parts that it uses */
  uses: readonly string[];
  /** what is copied into it */
  inside: readonly Part[];
}

interface Locked {
  version: string;
  integrity?: string;
  license?: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Packages that forget to declare a licence and bring its text. */
const UNDECLARED: Readonly<Record<string, string>> = { "svelte-toolbelt": "MIT" };

/** Of the bundler's licence file the part about itself: the rest is about tools that are not shipped. */
const OWN_PART = /^[\s\S]*?(?=\n# Licenses of bundled dependencies)/;

/**
 * The licences and notices that a package brings.
 *
 * @throws when it brings none: nothing is shipped without
 */
export function licenceTexts(packageFolder: string): string[] {
  const files = readdirSync(packageFolder).filter((name) => /^(licen[cs]e|notice|copying)\b/i.test(name));
  const texts = files.sort().map((name) => readFileSync(path.join(packageFolder, name), "utf8"));
  if (texts.length === 0) throw new Error(`shipped without a licence text: ${packageFolder}`);
  return texts.map((text) => (OWN_PART.exec(text)?.[0] ?? text).trim());
}

/** The npm packages of these places with what they carry, for a project with its package-lock.json. */
export function packageParts(project: string, places: readonly string[]): Part[] {
  const lock = readJson(path.join(project, "package-lock.json")) as { packages: Record<string, Locked> };
  const shipped = new Set(places);

  const locked = (place: string): Locked => {
    const found = lock.packages[place];
    if (!found) throw new Error(`shipped, and not in package-lock.json: ${place}`);
    return found;
  };
  const nameOf = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + 13);
  const refOf = (place: string): string => packageUrl(nameOf(place), locked(place).version);

  /** Where a package finds another one: in its own folder, else in those above it. */
  const resolve = (from: string, name: string): string | null => {
    for (let folder = `${from}/`; ; folder = folder.slice(0, folder.lastIndexOf("node_modules/"))) {
      const place = `${folder}node_modules/${name}`;
      if (lock.packages[place]) return place;
      if (folder === "") return null;
    }
  };
  const part = (place: string): Part => {
    const name = nameOf(place);
    const { version, integrity, license, dependencies, peerDependencies } = locked(place);
    const licence = license ?? UNDECLARED[name];
    if (!licence) throw new Error(`shipped without a licence: ${place}`);
    const [algorithm, sum = ""] = (integrity ?? "").split("-");
    return {
      ref: refOf(place),
      kind: "library",
      name,
      version,
      licence,
      purl: packageUrl(name, version),
      ...(algorithm === "sha512" && {
        hash: { algorithm: "SHA-512" as const, hex: Buffer.from(sum, "base64").toString("hex") },
      }),
      addresses: [],
      texts: licenceTexts(path.join(project, place)),
      uses: Object.keys({ ...dependencies, ...peerDependencies })
        .map((used) => resolve(place, used))
        .filter((used) => used !== null && shipped.has(used))
        .map((used) => refOf(used!))
        .sort(),
      inside: (CODE_INSIDE[place] ?? []).map((code) =>
        code.licence === null
          ? { ...part(resolve(place, code.name)!), description: `copied into ${name}` }
          : copied(project, name, code.name, code.licence),
      ),
    };
  };
  return [...places].sort().map(part);
}

function copied(project: string, carrier: string, name: string, licence: string): Part {
  const file = path.join(project, `assets/licences/${name}.txt`);
  if (!existsSync(file)) throw new Error(`shipped without a licence text: ${name}, inside ${carrier}`);
  return {
    ref: `inside:${carrier}/${name}`,
    kind: "library",
    name,
    version: null,
    licence,
    description: `copied into ${carrier}; which version is not said there`,
    addresses: [],
    texts: [readFileSync(file, "utf8").trim()],
    uses: [],
    inside: [],
  };
}

/**
 * Electron's runtime. Its npm package says nothing of what is inside; another one has the version of Chromium by that of
 * Electron, and none has that of Node.js.
 *
 * @throws when the version of Chromium is not known
 */
export function electronPart(packageFolder: string): Part {
  const { version, license } = readJson(path.join(packageFolder, "package.json")) as {
    version: string;
    license: string;
  };
  const sums = readJson(path.join(packageFolder, "checksums.json")) as Record<string, string>;
  const runtime = new RegExp(
    `^electron-v${version.replaceAll(".", "\\.")}-(darwin|linux|win32)-(arm64|x64)\\.zip$`,
  );
  const known = readJson(path.join(packageFolder, "../electron-to-chromium/full-versions.json"));
  const chromium = (known as Record<string, string>)[version];
  if (!chromium) throw new Error(`electron-to-chromium does not know Electron ${version} yet: raise both`);
  const within = (name: string, more: Partial<Part>, description: string): Part => ({
    ref: `inside:electron/${name}`,
    kind: "framework",
    name,
    version: null,
    licence: null,
    ...more,
    description: `inside Electron ${version}${description}; notices: LICENSES.chromium.html beside the program`,
    addresses: [],
    texts: [],
    uses: [],
    inside: [],
  });
  return {
    ref: packageUrl("electron", version),
    kind: "framework",
    name: "electron",
    version,
    licence: license,
    description: "the desktop edition's runtime",
    purl: packageUrl("electron", version),
    addresses: Object.entries(sums)
      .filter(([name]) => runtime.test(name))
      .map(([name, sha256]) => ({
        url: `https://github.com/electron/electron/releases/download/v${version}/${name}`,
        kind: "distribution",
        sha256,
      })),
    texts: licenceTexts(packageFolder),
    uses: [],
    inside: [
      within(
        "Chromium",
        {
          version: chromium,
          purl: `pkg:generic/chromium@${chromium}`,
          cpe: `cpe:2.3:a:google:chrome:${chromium}:*:*:*:*:*:*:*`,
        },
        ", with changes of its own",
      ),
      within("Node.js", {}, ", whose release notes name its version"),
    ],
  };
}

/** The study's data: what is transcribed from the article, and what is derived from it. */
export function studyPart(folder: string): Part {
  const { id, name, modelVersion, citation } = parseStudy(readJson(path.join(folder, "study.json")));
  const licence = citation.licence.replaceAll(" ", "-");
  const file = (fileName: string): Part => ({
    ref: `data:${id}/${fileName}`,
    kind: "file",
    name: fileName,
    version: modelVersion,
    licence,
    hash: {
      algorithm: "SHA-256",
      hex: createHash("sha256")
        .update(readFileSync(path.join(folder, fileName)))
        .digest("hex"),
    },
    addresses: [],
    texts: [],
    uses: [],
    inside: [],
  });
  const { authors, title, journal, year, volume, pages, doi, licenceUrl } = citation;
  return {
    ref: `data:${id}`,
    kind: "data",
    name,
    version: modelVersion,
    licence,
    description:
      "published figures, transcribed and rearranged; baseline.json is derived from them by this project",
    addresses: [{ url: `https://doi.org/${doi}`, kind: "documentation" }],
    texts: [
      `${authors}. ${title}. ${journal} ${year};${volume}:${pages}. https://doi.org/${doi}\n` +
        `© The Author(s) ${year}, ${citation.licence}: ${licenceUrl}\n` +
        "Changes: transcribed and rearranged; reconstructed baseline, case mix and draws are derived by this\n" +
        "project and are not the authors’ work. Neither the authors nor the journal endorse this program.",
    ],
    uses: [],
    inside: [file("baseline.json"), file("study.json")],
  };
}

/** https://github.com/package-url/purl-spec, type npm */
function packageUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
