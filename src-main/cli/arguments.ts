import { parseArgs } from "node:util";
import { CommandError } from "./trouble.ts";

export const FORMATS = ["text", "json", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** What the user asked for. `format` and `out` are null when not given. */
export type Command =
  | { kind: "help" }
  | { kind: "version" }
  | { kind: "estimate"; file: string; format: Format | null; out: string | null };

/** Stands for standard input as FILE and for standard output after --out. */
export const STANDARD_STREAM = "-";

const OPTIONS = {
  format: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

/**
 * Reads the command line. `parseArgs` only cuts it into tokens: its own messages are for programmers, so the rules are
 * checked here. --help and --version win over anything else that is well-formed.
 *
 * @throws CommandError
 */
export function readArguments(args: readonly string[]): Command {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string>();
  const files: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const option = token.rawName;
    if (!Object.hasOwn(OPTIONS, token.name)) throw new CommandError({ code: "unknown-option", option });
    const wantsValue = OPTIONS[token.name as keyof typeof OPTIONS].type === "string";
    if (wantsValue && !hasValue(token)) throw new CommandError({ code: "option-without-value", option });
    if (!wantsValue && token.value !== undefined)
      throw new CommandError({ code: "option-with-value", option });
    if (given.has(token.name)) throw new CommandError({ code: "option-repeated", option });
    given.set(token.name, token.value ?? "");
  }
  if (given.has("help")) return { kind: "help" };
  if (given.has("version")) return { kind: "version" };

  const [file, extra] = files;
  if (file === undefined || file === "") throw new CommandError({ code: "no-file" });
  if (extra !== undefined) throw new CommandError({ code: "too-many-files", argument: extra });
  const out = given.get("out");
  return {
    kind: "estimate",
    file,
    format: readFormat(given.get("format")),
    out: out === undefined || out === STANDARD_STREAM ? null : out,
  };
}

/** `--out --format` is a forgotten value, not a file of that name; `--out=--format` means what it says. */
function hasValue({
  value,
  inlineValue,
}: {
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}): boolean {
  if (value === undefined || value === "") return false;
  return inlineValue === true || value === STANDARD_STREAM || !value.startsWith("-");
}

function readFormat(format: string | undefined): Format | null {
  if (format === undefined) return null;
  const known = FORMATS.find((candidate) => candidate === format);
  if (!known) throw new CommandError({ code: "unknown-format", format, allowed: FORMATS });
  return known;
}
