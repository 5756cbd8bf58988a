import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AST } from "svelte/compiler";
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";

/**
 * All words stand in one catalogue, `src-main/words`, so that a translation is a second one of the same type. What is
 * missing does not compile; what nobody says, and what is said past the catalogue, is found here.
 */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WORDS = path.join(ROOT, "src-main/words");

const filesUnder = (folder: string, endings: RegExp): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => endings.test(name))
    .map((name) => path.join(ROOT, folder, name));
const SOURCES = [...filesUnder("src-main", /\.ts$/), ...filesUnder("src-renderer", /\.(ts|svelte)$/)].map(
  (file) => ({ file, text: readFileSync(file, "utf8") }),
);

type Catalogue = Record<string, object>;

/** Every exported table of messages, by its name. */
async function catalogue(): Promise<Catalogue> {
  const tables: Catalogue = {};
  for (const name of readdirSync(WORDS)) {
    const module = (await import(path.join(WORDS, name))) as Record<string, unknown>;
    for (const [key, value] of Object.entries(module)) {
      if (typeof value === "object" && value !== null && /^[a-z]/.test(key)) tables[key] = value;
    }
  }
  return tables;
}

/** Paths of all messages of a table; a list of entries is one message. */
function messages(table: object, at: string[] = []): string[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? messages(value, [...at, key])
      : [[...at, key].join(".")],
  );
}

/**
 * The messages of a table that no source mentions. A mention is the whole path, with aliases followed, or a part of it
 * that is indexed or handed on.
 */
function unused(name: string, table: object, texts: readonly string[]): string[] {
  const mentions = texts.flatMap((text) => mentionsOf(name, text));
  return messages(table).filter(
    (message) =>
      !mentions.some(
        (mention) =>
          message === mention || message.startsWith(`${mention}.`) || mention.startsWith(`${message}.`),
      ),
  );
}

function mentionsOf(name: string, text: string): string[] {
  const aliases = new Map<string, string>([[name, ""]]);
  for (const [, alias] of text.matchAll(new RegExp(`\\b${name} as (\\w+)`, "g"))) aliases.set(alias!, "");
  // An alias of a part ("const words = screen.form;") says none of its messages; what is said through it does.
  let rest = text;
  for (let found = true; found;) {
    found = false;
    for (const [alias, prefix] of aliases) {
      const definition = new RegExp(`const (\\w+) = \\$?(?:derived\\()?${alias}((?:\\.\\w+)+)\\)?;`);
      const match = definition.exec(rest);
      if (!match || aliases.has(match[1]!)) continue;
      aliases.set(match[1]!, `${prefix}${match[2]!}`);
      rest = rest.replace(match[0], "");
      found = true;
    }
  }
  // "const { figures } = published;": a part goes on as an alias, a message is said where its name stands alone.
  const alone: string[] = [];
  for (const [alias, prefix] of [...aliases]) {
    const taken = new RegExp(`const \\{ ([\\w, ]+) \\} = ${alias}((?:\\.\\w+)*);`, "g");
    for (const [statement, names, tail] of rest.matchAll(taken)) {
      rest = rest.replace(statement, "");
      for (const name of names!.split(/, */)) {
        const path = `${prefix}${tail!}.${name}`;
        aliases.set(name, path);
        if (new RegExp(`(?<![\\w.])${name}(?!\\w|\\s*\\.)`).test(rest)) alone.push(path.slice(1));
      }
    }
  }
  const said = [...aliases].flatMap(([alias, prefix]) =>
    [...rest.matchAll(new RegExp(`(?<!\\w)(?<!(?<!\\.\\.)\\.)${alias}((?:\\s*\\.\\w+)+)`, "g"))].map(
      ([, tail]) => `${prefix}${tail!.replace(/\s+/g, "")}`.slice(1),
    ),
  );
  return [...alone, ...said];
}

describe("every message of the catalogue is said somewhere", async () => {
  const tables = await catalogue();

  it("finds the catalogue", () => {
    expect(Object.keys(tables)).toContain("screen");
    expect(messages(tables["screen"]!).length).toBeGreaterThan(100);
  });

  it.each(Object.keys(tables))("%s", (name) => {
    expect(
      unused(
        name,
        tables[name]!,
        SOURCES.map(({ text }) => text),
      ),
    ).toEqual([]);
  });

  it("and one that is not would be found", () => {
    const table = { form: { title: "Patient", clear: "Clear", of: { a: "A", b: "B" } }, alone: "Alone" };
    const source = "const words = t.form; show(words.title); show(t.form.of[key]);";
    expect(unused("t", table, [source])).toEqual(["form.clear", "alone"]);
  });
});

describe("every message says something", async () => {
  const tables = await catalogue();
  const walk = (value: unknown): unknown[] =>
    typeof value === "object" && value !== null ? Object.values(value).flatMap(walk) : [value];

  it.each(Object.keys(tables))("%s has no empty text", (name) => {
    for (const value of walk(tables[name])) {
      expect(["string", "function"]).toContain(typeof value);
      if (typeof value === "string") expect(value.trim()).not.toBe("");
    }
  });
});

const SPOKEN = new Set(["aria-label", "title", "placeholder", "alt", "label", "aria-valuetext"]);
const LETTERS = /\p{L}{2,}/u;
/** Letters that are no words: units of CSS in an expression, and names the field writes the same everywhere. */
const NO_WORDS = /^(?:px|rem|fr|calc|var)$/;

/** Words that a component says itself, in its markup or in spoken attributes. */
function ownWords(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) return node.forEach((each) => visit(each, attribute));
    if (typeof node !== "object" || node === null) return;
    const { type } = node as { type?: string };
    if (type === "Text") {
      const { data } = node as AST.Text;
      if (LETTERS.test(data) && (attribute === null || SPOKEN.has(attribute))) found.push(data.trim());
      return;
    }
    if (type === "TemplateElement" && (attribute === null || SPOKEN.has(attribute))) {
      const { cooked } = (node as { value: { cooked: string } }).value;
      const letters = LETTERS.exec(cooked)?.[0];
      if (letters && !NO_WORDS.test(letters)) found.push(cooked);
      return;
    }
    const inside =
      type === "Attribute"
        ? (node as AST.Attribute).name
        : type?.endsWith("Directive")
          ? "directive"
          : attribute;
    for (const [key, value] of Object.entries(node)) if (key !== "metadata") visit(value, inside);
  };
  visit(parse(source, { modern: true }).fragment, null);
  return found;
}

describe("components hold no words of their own", () => {
  it.each(
    SOURCES.filter(
      ({ file }) => file.endsWith(".svelte") && !file.includes(`${path.sep}gallery${path.sep}`),
    ).map(({ file, text }) => [path.relative(ROOT, file), text]),
  )("%s", (_name, text) => {
    expect(ownWords(text)).toEqual([]);
  });

  it("and one that did would be found", () => {
    const component = '<p class="wide">Hello {name}</p><b title={`n is ${n}`} style:left="{x}px">{x}</b>';
    expect(ownWords(component)).toEqual(["Hello", "n is "]);
  });
});
