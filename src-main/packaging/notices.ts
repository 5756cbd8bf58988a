import type { Part } from "./parts.ts";

/** The licences of all parts in one text, as most of them ask to be passed on with every copy. */
export function noticesOf(program: string, parts: readonly Part[]): string {
  const head =
    `Parts of others in ${program}, and their licences\n\n` +
    "The program's own licence is in LICENSE. What Chromium and Node.js, which are inside Electron, contain\n" +
    "is named in LICENSES.chromium.html beside the desktop program.\n";
  const withInside = parts.flatMap((part) => [
    { part, title: titleOf(part) },
    ...part.inside.map((inner) => ({ part: inner, title: `${titleOf(inner)}, inside ${part.name}` })),
  ]);
  const sections = withInside
    .filter(({ part }) => part.texts.length > 0)
    .map(
      ({ part, title }) => `${"=".repeat(78)}\n${title}\n${"=".repeat(78)}\n\n${part.texts.join("\n\n")}\n`,
    );
  return [head, ...sections].join("\n").replaceAll("\r\n", "\n");
}

function titleOf({ name, version, licence }: Part): string {
  return [name, version, licence && `(${licence.replace(/^\((.*)\)$/, "$1")})`].filter(Boolean).join(" ");
}
