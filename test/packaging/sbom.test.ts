import { Ajv } from "ajv";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CODE_INSIDE } from "../../src-main/packaging/inside.ts";
import { noticesOf } from "../../src-main/packaging/notices.ts";
import type { Part } from "../../src-main/packaging/parts.ts";
import { electronPart, packageParts, studyPart } from "../../src-main/packaging/parts.ts";
import { sbomOf } from "../../src-main/packaging/sbom.ts";
import { BUILDS, placeOf, readShipped } from "../../src-main/packaging/shipped.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** CycloneDX's own schema, as its library ships it. */
const schema = (name: string): object =>
  JSON.parse(
    readFileSync(
      path.join(
        path.dirname(createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json")),
        `res/schema/${name}.SNAPSHOT.schema.json`,
      ),
      "utf8",
    ),
  ) as object;
const validate = new Ajv({
  strict: false,
  schemas: Object.fromEntries(
    ["spdx", "jsf-0.82", "cryptography-defs"].map((name) => [
      `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
      schema(name),
    ]),
  ),
  formats: {
    "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
    "idn-email": /@/,
    "iri-reference": /^\S*$/,
    uri: /^\w+:\S+$/,
  },
}).compile(schema("bom-1.6"));

describe("where a module comes from", () => {
  it.each([
    ["/home/x/node_modules/chart.js/dist/chart.js", "node_modules/chart.js"],
    ["/x/node_modules/@a/b/index.js?v=1", "node_modules/@a/b"],
    ["/x/node_modules/a/node_modules/b/b.js", "node_modules/a/node_modules/b"],
    ["../node_modules/inter-ui/web/Inter-Bold.woff2", "node_modules/inter-ui"],
    ["node_modules/svelte/internal.js", "node_modules/svelte"],
    ["C:\\x\\node_modules\\jszip\\lib.js", "node_modules/jszip"],
    ["\0vite/preload-helper.js", "node_modules/vite"],
    ["\0rolldown/runtime.js", "node_modules/rolldown"],
    // a licence that is shown is not the package; what nobody knows is refused later, by this name
    ["/x/node_modules/electron/LICENSE?raw", null],
    ["/x/src-renderer/main.ts", null],
    ["\0unheard-of.js", "unheard-of.js"],
  ])("%j: %j", (id, place) => expect(placeOf(id)).toBe(place));
});

describe("the lists of the builds", () => {
  it("are one list, and none is forgotten", () => {
    const dist = mkdtempSync(path.join(tmpdir(), "hg-nen-dist-"));
    try {
      expect(() => readShipped(dist)).toThrow(
        "not built: main, preload, renderer, renderer.worker; npm run build",
      );
      mkdirSync(path.join(dist, "shipped"));
      for (const name of BUILDS.slice(1))
        writeFileSync(path.join(dist, `shipped/${name}.json`), `["node_modules/${name}", "node_modules/a"]`);
      expect(() => readShipped(dist)).toThrow("not built: main;");
      writeFileSync(path.join(dist, "shipped/main.json"), "[]");
      expect(readShipped(dist)).toEqual([
        "node_modules/a",
        "node_modules/preload",
        "node_modules/renderer",
        "node_modules/renderer.worker",
      ]);
    } finally {
      rmSync(dist, { recursive: true });
    }
  });
});

describe("what has been copied into packages", () => {
  it.each(Object.entries(CODE_INSIDE).flatMap(([place, all]) => all.map((code) => ({ place, ...code }))))(
    "$name is still in $place",
    ({ place, mark }) => {
      expect(readFileSync(path.join(ROOT, place, mark.file), "utf8")).toContain(mark.words);
    },
  );
});

describe("a project's parts", () => {
  let project: string;
  const put = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  };
  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "hg-nen-parts-"));
    const sha512 = Buffer.from("00ff".repeat(32), "hex").toString("base64");
    const packages = {
      "node_modules/a": {
        version: "1.0.0",
        license: "MIT",
        integrity: `sha512-${sha512}`,
        dependencies: { "@s/b": "^2.0.0", tool: "^1.0.0" },
      },
      "node_modules/@s/b": { version: "1.5.0", license: "MIT" },
      "node_modules/a/node_modules/@s/b": { version: "2.0.0", license: "(MIT OR Apache-2.0)" },
      "node_modules/tool": { version: "1.0.0", license: "ISC" },
      "node_modules/bare": { version: "1.0.0", license: "MIT" },
    };
    put("package-lock.json", JSON.stringify({ packages }));
    put("node_modules/a/LICENSE", "licence of a");
    put("node_modules/a/NOTICE.txt", "notice of a");
    put("node_modules/a/node_modules/@s/b/license.md", "licence of b");
    put("node_modules/bare/README.md", "nothing about licences");
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it("are the shipped packages with version, sum, licence, texts and what they use of each other", () => {
    const parts = packageParts(project, ["node_modules/a/node_modules/@s/b", "node_modules/a"]);
    expect(parts).toMatchObject([
      {
        ref: "pkg:npm/a@1.0.0",
        version: "1.0.0",
        licence: "MIT",
        hash: { algorithm: "SHA-512", hex: "00ff".repeat(32) },
        texts: ["licence of a", "notice of a"],
        uses: ["pkg:npm/%40s/b@2.0.0"],
      },
      { ref: "pkg:npm/%40s/b@2.0.0", licence: "(MIT OR Apache-2.0)", texts: ["licence of b"], uses: [] },
    ]);
    const notices = noticesOf("Program 1.0.0", parts);
    for (const text of ["a 1.0.0 (MIT)", "notice of a", "@s/b 2.0.0 (MIT OR Apache-2.0)", "licence of b"])
      expect(notices).toContain(text);
  });

  it.each([
    ["brings no licence text", "node_modules/bare", /without a licence text: .*bare/],
    ["is not locked", "node_modules/unheard-of", /not in package-lock.json: node_modules\/unheard-of/],
    ["is the bundler's and unknown", "vite-of-tomorrow", /not in package-lock.json: vite-of-tomorrow/],
  ])("are refused when one %s", (_what, place, message) => {
    expect(() => packageParts(project, ["node_modules/a", place])).toThrow(message);
  });
});

describe("the bill of materials", () => {
  const parts: Part[] = [
    electronPart(path.join(ROOT, "node_modules/electron")),
    studyPart(path.join(ROOT, "assets/studies/nordic-nec-2")),
    ...packageParts(ROOT, ["node_modules/jszip", "node_modules/pptxgenjs"]),
  ];
  const program = {
    name: "program",
    version: "1.0.0",
    description: "a program",
    licence: "MIT",
    supplier: "who made it",
    tools: [{ name: "a tool", version: "2.0.0" }],
    uses: parts.map(({ ref }) => ref),
  };
  type Bom = { serialNumber: string; metadata: { timestamp?: string }; components: { name: string }[] };
  const bom = (...rest: Parameters<typeof sbomOf>): Bom => JSON.parse(sbomOf(...rest)) as Bom;

  it("is CycloneDX 1.6, by its own schema, which finds mistakes", () => {
    const made = bom(program, parts, new Date(0));
    expect(validate(made), JSON.stringify(validate.errors)).toBe(true);
    expect(made).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
    expect(validate({ ...made, specVersion: "1.x", components: [{ type: "nothing" }] })).toBe(false);
  });

  it("is the same to the byte for the same contents, in whatever order, and another one for others", () => {
    const text = sbomOf(program, parts, null);
    expect(sbomOf({ ...program, uses: program.uses.toReversed() }, parts.toReversed(), null)).toBe(text);
    const other = bom({ ...program, version: "1.0.1" }, parts, null);
    expect(other.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(other.serialNumber).not.toBe((JSON.parse(text) as Bom).serialNumber);
  });

  it("has the source's time or none, never the clock's", () => {
    expect(bom(program, parts, null).metadata.timestamp).toBeUndefined();
    expect(bom(program, parts, new Date(1_700_000_000_000)).metadata.timestamp).toBe(
      "2023-11-14T22:13:20.000Z",
    );
  });

  it("says who supplies the program, and what made the list", () => {
    expect(bom(program, parts, null).metadata).toMatchObject({
      supplier: { name: "who made it" },
      tools: { components: [{ name: "a tool", version: "2.0.0" }] },
      component: { name: "program", supplier: { name: "who made it" } },
    });
  });

  it("is refused for an Electron whose Chromium nobody knows", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "hg-nen-electron-"));
    try {
      for (const name of ["electron", "electron-to-chromium"]) mkdirSync(path.join(folder, name));
      const put = (name: string, value: object): void =>
        writeFileSync(path.join(folder, name), JSON.stringify(value));
      put("electron/package.json", { version: "99.0.0", license: "MIT" });
      put("electron/checksums.json", {});
      put("electron-to-chromium/full-versions.json", { "98.0.0": "1.2.3.4" });
      expect(() => electronPart(path.join(folder, "electron"))).toThrow(
        "electron-to-chromium does not know Electron 99.0.0 yet: raise both",
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names Electron with the sums of its downloads, the study with its licence, and what is copied", () => {
    const { version } = JSON.parse(
      readFileSync(path.join(ROOT, "node_modules/electron/package.json"), "utf8"),
    ) as { version: string };
    const found = (name: string): unknown =>
      bom(program, parts, null).components.find((component) => component.name === name);
    expect(found("electron")).toMatchObject({
      version,
      purl: `pkg:npm/electron@${version}`,
      components: [{ name: "Chromium" }, { name: "Node.js" }],
    });
    const { components } = found("electron") as { components: Record<string, string>[] };
    expect(components[0]!["version"]).toMatch(/^\d{3}\.0\.\d{4}\.\d+$/);
    expect(components[0]!["cpe"]).toBe(`cpe:2.3:a:google:chrome:${components[0]!["version"]}:*:*:*:*:*:*:*`);
    // No package knows it, and none is made up.
    expect(components[1]).not.toHaveProperty("version");
    const { externalReferences } = found("electron") as {
      externalReferences: { url: string; hashes: { alg: string; content: string }[] }[];
    };
    expect(externalReferences.map(({ url }) => /-((?:darwin|linux|win32)-\w+)\.zip$/.exec(url)?.[1])).toEqual(
      ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-arm64", "win32-x64"],
    );
    for (const { hashes } of externalReferences)
      expect(hashes).toEqual([
        { alg: "SHA-256", content: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      ]);
    expect(found("NORDIC NEC 2")).toMatchObject({
      type: "data",
      licenses: [{ license: { id: "CC-BY-4.0" } }],
      components: [{ name: "baseline.json" }, { name: "study.json" }],
    });
    expect(found("jszip")).toMatchObject({
      licenses: [{ expression: "(MIT OR GPL-3.0-or-later)" }],
      components: [{ name: "immediate" }, { name: "lie" }, { name: "pako" }, { name: "setimmediate" }],
    });
  });
});
