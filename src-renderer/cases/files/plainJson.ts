import * as v from "valibot";
import { CONTENT_VERSION, ContentError, LATEST_TIME, readContent } from "../content.ts";
import type { Bytes } from "../store/record.ts";
import { ID } from "../store/record.ts";
import type { ImportedCase } from "./importedCase.ts";
import { inChunks } from "../inChunks.ts";
import { DEEPEST, parseOutside, TooDeep } from "./parseOutside.ts";
import { readText } from "./readText.ts";
import { whatIs } from "./sniff.ts";
import type { Limits } from "./trouble.ts";
import { checkCount, checkSize, FileTrouble, LIMITS } from "./trouble.ts";

/** Cases in clear text, for other programs: everything that a case holds. */
export const PLAIN_VERSION = 1;
const FORMAT = "hg-nen-cases-plain";

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LATEST_TIME));
const schema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(PLAIN_VERSION),
  made: time,
  appVersion: v.pipe(v.string(), v.maxLength(40)),
  cases: v.array(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(ID)),
      changedAt: time,
      deletedAt: time,
      schema: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      content: v.unknown(),
    }),
  ),
});
type PlainCase = v.InferOutput<typeof schema>["cases"][number];

export function writePlainJson(
  cases: readonly ImportedCase[],
  { made, appVersion }: { made: number; appVersion: string },
): Bytes {
  const plain = {
    ...{ format: FORMAT, version: PLAIN_VERSION, made, appVersion },
    cases: cases.map(({ id, changedAt, deletedAt, content }): PlainCase => ({
      ...{ id, changedAt, deletedAt },
      ...{ schema: CONTENT_VERSION, content },
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(plain, null, 2)}\n`);
}

/**
 * Reads all cases of a file, or none.
 *
 * @throws FileTrouble
 */
export async function readPlainJson(bytes: Bytes, limits: Limits = LIMITS): Promise<ImportedCase[]> {
  checkSize(bytes, limits);
  const found = whatIs(bytes);
  if (found !== "plain-json" && found !== "json") throw new FileTrouble({ code: "foreign", found });
  const parsed = parse(readText(bytes));
  const { format, version } = parsed as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw new FileTrouble({ code: "foreign", found: "json" });
  if (Number.isSafeInteger(version) && (version as number) > PLAIN_VERSION) {
    throw new FileTrouble({ code: "newer", version: version as number, newest: PLAIN_VERSION });
  }
  const { cases: listed } = parsed as { cases?: unknown };
  // Before each of them is looked at.
  if (Array.isArray(listed)) checkCount(listed.length, limits);
  const read = v.safeParse(schema, parsed, { abortEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    const value = issue.path?.at(-1)?.value;
    throw new FileTrouble({ code: "json-field", field: v.getDotPath(issue) ?? "format", value });
  }
  const { cases } = read.output;
  checkIds(cases);
  return inChunks(cases, readCase);
}

/** @throws FileTrouble */
function parse(text: string): unknown {
  try {
    return parseOutside(text);
  } catch (error) {
    if (error instanceof TooDeep) throw new FileTrouble({ code: "json-too-deep", limit: DEEPEST });
    if (!(error instanceof ContentError)) throw error;
    throw new FileTrouble(
      error.code === "hostile"
        ? { code: "json-hostile", name: error.field! }
        : { code: "json-invalid", reason: error.message },
    );
  }
}

function checkIds(cases: readonly PlainCase[]): void {
  const places = new Map<string, number>();
  cases.forEach(({ id }, i) => {
    const first = places.get(id);
    if (first !== undefined) throw new FileTrouble({ code: "duplicate-case", id, place: i + 1, first });
    places.set(id, i + 1);
  });
}

function readCase({ id, changedAt, deletedAt, schema, content }: PlainCase, i: number): ImportedCase {
  try {
    return { id, revision: 0, changedAt, deletedAt, content: readContent(content, schema) };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const place = i + 1;
    throw new FileTrouble(
      error.code === "newer"
        ? { code: "json-case-newer", place, id, version: schema, newest: CONTENT_VERSION }
        : { code: "json-case", place, id, field: error.field },
    );
  }
}
