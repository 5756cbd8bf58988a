import { readFileSync } from "node:fs";
import path from "node:path";
import { noticesOf } from "./notices.ts";
import type { Part } from "./parts.ts";
import { electronPart, packageParts, studyPart } from "./parts.ts";
import { sbomOf } from "./sbom.ts";
import { readShipped } from "./shipped.ts";

interface Manifest {
  name: string;
  version: string;
  description: string;
  license: string;
  author: string;
  devDependencies: Record<string, string>;
}

/** What makes the bill of materials, besides this folder. */
const SBOM_LIBRARY = "@cyclonedx/cyclonedx-library";

/** Everything of others that a built project ships: Electron, the study's data, and the packages inside the bundles. */
export function shippedParts(project: string): Part[] {
  return [
    electronPart(path.join(project, "node_modules/electron")),
    studyPart(path.join(project, "assets/studies/nordic-nec-2")),
    ...packageParts(project, readShipped(path.join(project, "dist"))),
  ];
}

/**
 * What a copy of the program must bring along, by file name.
 *
 * @param project a folder in which `npm run build` has run
 * @param timestamp of the source; null where it is not known
 */
export function legalFiles(project: string, timestamp: Date | null): Record<string, string> {
  const read = (name: string): string => readFileSync(path.join(project, name), "utf8");
  const { name, version, description, license, author, devDependencies } = JSON.parse(
    read("package.json"),
  ) as Manifest;
  const parts = shippedParts(project);
  const usedByParts = new Set(parts.flatMap(({ uses }) => uses));
  const program = {
    name,
    version,
    description,
    licence: license,
    supplier: author,
    // Dependencies are pinned, so what is wanted is what is there.
    tools: [{ name: SBOM_LIBRARY, version: devDependencies[SBOM_LIBRARY]! }],
    uses: parts
      .filter((part) => part.name in devDependencies || !usedByParts.has(part.ref))
      .map(({ ref }) => ref),
  };
  return {
    "sbom.cdx.json": sbomOf(program, parts, timestamp),
    "THIRD-PARTY-NOTICES.txt": noticesOf(`HG-NEN Prognosis ${version}`, parts),
    LICENSE: read("LICENSE"),
  };
}
