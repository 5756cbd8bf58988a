import * as v from "valibot";
import { MOST_OPENED_BYTES } from "../../src-main/api/contract.ts";
import type { AllowedInFile, BoardFileTrouble } from "../../src-main/words/opened.ts";
import { ContentError, draftSchema, LABEL_LENGTH, LATEST_TIME, TYPED_LENGTH } from "../cases/content.ts";
import { isDay } from "../cases/followUp/followUpDates.ts";
import { DEEPEST, parseOutside, TooDeep } from "../cases/files/parseOutside.ts";
import { readText } from "../cases/files/readText.ts";
import { whatIs } from "../cases/files/sniff.ts";
import { FileTrouble } from "../cases/files/trouble.ts";
import type { Bytes } from "../cases/store/record.ts";
import { patientOf } from "../patient/draft.ts";
import type { BoardCase, BoardCases, NewCase } from "./boardState.svelte.ts";
import { draftOf } from "./draftOf.ts";
import { repeatedName } from "./repeatedName.ts";

/**
 * The cases of a board as a file, to be taken to another computer or to the next meeting: plain JSON, which anybody can
 * read. It has what was entered and nothing of what was estimated, which is computed anew, and no id of a stored case.
 */
export const BOARD_VERSION = 1;
const FORMAT = "hg-nen-board";

/** What a file may hold before it is refused. */
const MOST_BYTES = MOST_OPENED_BYTES.nenboard;
export const MOST_BOARD_CASES = 200;

/** Why nothing of a file comes onto the board: a code and its facts, put into words by `boardFileTroubleWords`. */
export class NoBoard extends Error {
  readonly trouble: BoardFileTrouble;
  constructor(trouble: BoardFileTrouble) {
    super(`${trouble.code}: ${JSON.stringify(trouble)}`);
    this.name = "NoBoard";
    this.trouble = trouble;
  }
}

const text = v.pipe(v.string(), v.maxLength(TYPED_LENGTH));
/** A field of a request, as `patientOf` writes it: what is no number yet is what was typed. The core judges it. */
const typed = v.union([v.null(), v.boolean(), v.pipe(v.number(), v.finite()), text]);
const requestSchema = v.strictObject({
  ...{ tumour: v.optional(typed), ageYears: v.optional(typed), sex: v.optional(typed) },
  ...{ ecogPs: v.optional(typed), ki67Percent: v.optional(typed) },
  alp: v.optional(
    v.union([
      typed,
      v.strictObject({ value: v.optional(typed), upperLimit: v.optional(typed), unit: v.optional(typed) }),
    ]),
  ),
  ...{ primarySite: v.optional(typed), firstLine: v.optional(typed) },
  ...{ setting: v.optional(typed), mixed: v.optional(typed) },
});

const schema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(BOARD_VERSION),
  made: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LATEST_TIME)),
  appVersion: text,
  day: v.nullable(v.pipe(v.string(), v.check(isDay))),
  scheme: v.picklist(["light", "dark"]),
  cases: v.array(
    v.strictObject({
      /** null: numbered by its place */
      label: v.nullable(v.pipe(v.string(), v.maxLength(LABEL_LENGTH))),
      draft: draftSchema,
      endpoint: v.picklist(["os", "pfs"]),
      comparison: v.nullable(v.strictObject({ a: requestSchema, b: requestSchema })),
    }),
  ),
});
type FileOfBoard = v.InferInput<typeof schema>;
type FileCase = FileOfBoard["cases"][number];

/** What the board holds. */
export type BoardToSave = Omit<BoardCases, "cases"> & { cases: readonly BoardCase[] };
/** What a file holds, and what it says of itself. */
export interface BoardFile extends BoardCases {
  made: number;
  appVersion: string;
}

/** @throws NoBoard where the file could not be read again: there are too many cases, or something too long is typed */
export function writeBoardFile(
  { day, scheme, cases }: BoardToSave,
  { made, appVersion }: { made: number; appVersion: string },
): Bytes {
  if (cases.length > MOST_BOARD_CASES) throw tooMany(cases.length);
  const file: FileOfBoard = {
    ...{ format: FORMAT, version: BOARD_VERSION, made, appVersion },
    ...{ day, scheme, cases: cases.map(toFile) },
  };
  const checked = v.safeParse(schema, file, { abortEarly: true });
  if (!checked.success) throw new NoBoard(fieldTrouble(checked.issues[0]));
  return new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);
}

const toFile = (one: BoardCase): FileCase => ({
  label: one.named ? one.label : null,
  draft: draftOf(one),
  endpoint: one.endpoint,
  comparison: one.compare,
});

/**
 * Reads all cases of a file, or none.
 *
 * @throws NoBoard
 */
export function readBoardFile(bytes: Bytes): BoardFile {
  if (bytes.length === 0) throw new NoBoard({ code: "empty" });
  if (bytes.length > MOST_BYTES) throw tooLarge(bytes.length);
  const found = whatIs(bytes);
  if (found !== "board" && found !== "json") throw new NoBoard({ code: "foreign", found });
  const read = parse(bytes);
  const { format, version, cases: listed } = read as Record<"format" | "version" | "cases", unknown>;
  if (format !== FORMAT) throw new NoBoard({ code: "foreign", found: "json" });
  if (Number.isSafeInteger(version) && (version as number) > BOARD_VERSION) {
    throw new NoBoard({ code: "newer", version: version as number, newest: BOARD_VERSION });
  }
  // Before each of them is looked at.
  if (Array.isArray(listed) && listed.length > MOST_BOARD_CASES) throw tooMany(listed.length);
  const checked = v.safeParse(schema, read, { abortEarly: true });
  if (!checked.success) throw new NoBoard(fieldTrouble(checked.issues[0]));
  const { made, appVersion, day, scheme, cases } = checked.output;
  if (cases.length === 0) throw new NoBoard({ code: "no-cases" });
  return {
    ...{ made, appVersion, day, scheme },
    cases: cases.map(({ label, draft, endpoint, comparison }) => ({
      ...{ label: label ?? "", endpoint },
      ...{ draft, patient: patientOf(draft), compare: comparison },
    })),
  };
}

export const tooLarge = (bytes: number): NoBoard =>
  new NoBoard({ code: "too-large", bytes, limit: MOST_BYTES });
const tooMany = (cases: number): NoBoard => new NoBoard({ code: "too-many", cases, limit: MOST_BOARD_CASES });

/** @throws NoBoard */
function parse(bytes: Bytes): unknown {
  try {
    const text = readText(bytes);
    const parsed = parseOutside(text);
    const twice = repeatedName(text);
    // Of two values one would be taken in silence; which one, no reader of the file could know.
    if (twice) throw new NoBoard({ code: "twice", ...placeIn(twice) });
    return parsed;
  } catch (error) {
    if (error instanceof TooDeep) throw new NoBoard({ code: "too-deep", limit: DEEPEST });
    if (error instanceof FileTrouble) throw new NoBoard({ code: "not-utf-8" });
    if (!(error instanceof ContentError)) throw error;
    throw new NoBoard(
      error.code === "hostile"
        ? { code: "hostile", name: error.field! }
        : { code: "not-json", reason: error.message },
    );
  }
}

/** "cases", 2, "draft", "age" is the field draft.age of the third case. */
function placeIn(path: readonly (string | number)[]): { field: string; place: number | null } {
  const [list, index, ...rest] = path;
  return list === "cases" && typeof index === "number" && rest.length > 0
    ? { field: rest.join("."), place: index + 1 }
    : { field: path.join("."), place: null };
}

function fieldTrouble(issue: v.InferIssue<typeof schema>): BoardFileTrouble {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  if (path.length === 0) return { code: "foreign", found: "json" };
  const where = placeIn(path);
  if (issue.expected === "never") return { code: "unknown-field", ...where };
  if (issue.input === undefined) return { code: "missing", ...where };
  if (issue.type === "max_length") {
    return { code: "too-long", ...where, length: issue.input.length, longest: issue.requirement };
  }
  return { code: "field", ...where, value: issue.input, allowed: allowedBy(issue) };
}

/** Of a list of values Valibot tells no more than their text: `("U/L" | "µkat/L")`. */
function allowedBy({ type, expected }: v.InferIssue<typeof schema>): AllowedInFile {
  if (type === "string") return "text";
  if (type === "boolean") return "yes-or-no";
  if (type !== "picklist" && type !== "literal") return null;
  return [...expected.matchAll(/"[^"]*"|\d+/g)].map(([value]) => JSON.parse(value) as string | number);
}

/** How many cases of a file are on a board already, whatever their labels are. */
export function alreadyOn(cases: readonly BoardCase[], file: BoardFile): number {
  type Content = Pick<NewCase, "patient" | "compare" | "endpoint" | "draft">;
  const content = ({ patient, draft = null, compare = null, endpoint = "os" }: Content): string =>
    JSON.stringify([draftOf({ patient, draft }), compare, endpoint], inOrder);
  const here = new Set(cases.map(content));
  return file.cases.filter((one) => here.has(content(one))).length;
}

/** What is read has its fields in another order than what was entered. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
