/**
 * The bill of materials, CycloneDX 1.6. Made by the project's own library, whose list sorting makes it the same for the
 * same contents; `npm sbom` would list the tools of the build instead of what is inside it.
 */
import { Enums, Models, Serialize, SPDX, Spec } from "@cyclonedx/cyclonedx-library";
import { createHash } from "node:crypto";
import type { Part } from "./parts.ts";

export interface Program {
  name: string;
  version: string;
  description: string;
  licence: string;
  /** who gives it to others */
  supplier: string;
  /** what the list is made with: names and versions of packages */
  tools: readonly { name: string; version: string }[];
  /** what the program itself imports, by ref */
  uses: readonly string[];
}

const KINDS = {
  library: Enums.ComponentType.Library,
  framework: Enums.ComponentType.Framework,
  data: Enums.ComponentType.Data,
  file: Enums.ComponentType.File,
};

/**
 * @param timestamp of the source, not of the build; null leaves it out
 * @returns JSON, the same bytes for the same arguments
 */
export function sbomOf(program: Program, parts: readonly Part[], timestamp: Date | null): string {
  const components = new Map<string, Models.Component>();
  const component = (part: Part): Models.Component => {
    const { description, purl, cpe, hash, addresses, inside } = part;
    const made = new Models.Component(KINDS[part.kind], part.name, {
      bomRef: part.ref,
      ...(part.version !== null && { version: part.version }),
      ...(description !== undefined && { description }),
      ...(purl !== undefined && { purl }),
      ...(cpe !== undefined && { cpe }),
      ...(hash && { hashes: new Models.HashDictionary([[Enums.HashAlgorithm[hash.algorithm], hash.hex]]) }),
      licenses: new Models.LicenseRepository(part.licence === null ? [] : [licence(part.licence)]),
      externalReferences: new Models.ExternalReferenceRepository(addresses.map(reference)),
      components: new Models.ComponentRepository(inside.map(component)),
    });
    components.set(part.ref, made);
    return made;
  };

  const supplier = new Models.OrganizationalEntity({ name: program.supplier });
  const top = new Models.Component(Enums.ComponentType.Application, program.name, {
    bomRef: `${program.name}@${program.version}`,
    version: program.version,
    description: program.description,
    licenses: new Models.LicenseRepository([licence(program.licence)]),
    supplier,
  });
  const tools = program.tools.map(
    ({ name, version }) => new Models.Component(Enums.ComponentType.Application, name, { version }),
  );
  const bom = new Models.Bom({
    metadata: new Models.Metadata({
      component: top,
      supplier,
      tools: new Models.Tools({ components: new Models.ComponentRepository(tools) }),
      ...(timestamp && { timestamp }),
    }),
    components: new Models.ComponentRepository(parts.map(component)),
  });
  const connect = (from: Models.Component, refs: readonly string[]): void => {
    for (const ref of refs) from.dependencies.add(components.get(ref)!.bomRef);
  };
  connect(top, program.uses);
  for (const part of parts) connect(components.get(part.ref)!, part.uses);

  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  const serialize = (): string => serializer.serialize(bom, { sortLists: true, space: 2 });
  bom.serialNumber = serialNumberOf(serialize());
  return `${serialize()}\n`;
}

/** A number of the contents: a random one would be another at each build. */
function serialNumberOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  // UUID version 8, RFC 9562: bits of one's own choice
  const variant = "89ab"[parseInt(hex[16]!, 16) % 4]!;
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function licence(expression: string): Models.License {
  return SPDX.isSupportedSpdxId(expression)
    ? new Models.SpdxLicense(expression)
    : new Models.LicenseExpression(expression);
}

function reference({ url, kind, sha256 }: Part["addresses"][number]): Models.ExternalReference {
  const type = {
    distribution: Enums.ExternalReferenceType.Distribution,
    documentation: Enums.ExternalReferenceType.Documentation,
  }[kind];
  return new Models.ExternalReference(url, type, {
    ...(sha256 !== undefined && {
      hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-256"], sha256]]),
    }),
  });
}
