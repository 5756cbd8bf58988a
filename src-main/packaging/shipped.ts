/** Which npm packages are inside what is built: every build writes its list, of which notices and SBOM are made. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

/** The builds that are shipped. The worker is the web edition's core, in the renderer's folder. */
export const BUILDS = ["main", "preload", "renderer", "renderer.worker"] as const;

/**
 * The package that a module or an asset comes from, by its place in package-lock.json: `node_modules/a`, or
 * `node_modules/a/node_modules/b`. Null for what is the program's own, and for a text that is only shown (`?raw`).
 * The bundler's own helpers have names that begin with \0.
 */
export function placeOf(source: string): string | null {
  if (source.startsWith("\0")) {
    const [, tool] = /^\0(vite|rolldown)\//.exec(source) ?? [];
    // An unknown one stands for itself and is refused where the notices are made: it could be anybody's code.
    return tool ? `node_modules/${tool}` : source.slice(1);
  }
  const [file, query = ""] = source.split("?");
  if (/(^|&)raw\b/.test(query)) return null;
  const names = `/${file!.replaceAll("\\", "/")}`.split("/node_modules/").slice(1);
  const places = names.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
  return places.length === 0 ? null : places.map((name) => `node_modules/${name}`).join("/");
}

/**
 * Writes the list of a build to `shipped/` beside its folder. It errs on the side of too many: a module of which the
 * minifier leaves nothing is in it.
 */
export function listShipped(part = ""): Plugin {
  let folder = "";
  return {
    name: "list-shipped",
    apply: "build",
    configResolved: ({ root, build }) => void (folder = path.resolve(root, build.outDir)),
    generateBundle(_options, bundle) {
      const sources = Object.values(bundle).flatMap((output) =>
        output.type === "asset"
          ? output.originalFileNames
          : Object.entries(output.modules)
              .filter(([, { renderedLength }]) => renderedLength > 0)
              .map(([id]) => id),
      );
      const places = [...new Set(sources.map(placeOf).filter((place) => place !== null))].sort();
      const lists = path.join(folder, "../shipped");
      mkdirSync(lists, { recursive: true });
      const file = path.join(lists, `${path.basename(folder)}${part}.json`);
      writeFileSync(file, `${JSON.stringify(places, null, 2)}\n`);
    },
  };
}

/**
 * The places of all packages that are shipped.
 *
 * @throws when a build has left no list
 */
export function readShipped(distFolder: string): string[] {
  const fileOf = (name: string): string => path.join(distFolder, "shipped", `${name}.json`);
  const missing = BUILDS.filter((name) => !existsSync(fileOf(name)));
  if (missing.length > 0) throw new Error(`not built: ${missing.join(", ")}; npm run build`);
  const places = BUILDS.flatMap((name) => JSON.parse(readFileSync(fileOf(name), "utf8")) as string[]);
  return [...new Set(places)].sort();
}
