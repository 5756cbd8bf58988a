import * as v from "valibot";
import type { Endpoint } from "../../src-main/api/contract.ts";
import type { PatientDraft } from "../patient/draft.ts";
import { emptyDraft } from "../patient/draft.ts";
import { followUpSchema } from "./followUp/followUp.ts";
import { messageOf } from "../messageOf.ts";

/**
 * What a case holds: the payload of a stored record, before it is encrypted. A change of its shape is a new version
 * with an upgrade in {@link UPGRADES}; every version that was ever written stays readable.
 */
export const CONTENT_VERSION = 1;

/** Two lines of a slide. */
export const LABEL_LENGTH = 80;
export const TAG_LENGTH = 40;
export const NOTE_LENGTH = 20_000;
/** Of one case, shown and kept together. */
export const MOST_ESTIMATES = 200;
export const MOST_TAGS = 50;
/** A number as it is typed. */
export const TYPED_LENGTH = 40;
/** The latest time that a calendar knows, in milliseconds since 1970. */
export const LATEST_TIME = 8.64e15;

const short = v.pipe(v.string(), v.maxLength(TYPED_LENGTH));
/** Milliseconds since 1970; a later one no calendar knows. */
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LATEST_TIME));
const finite = v.pipe(v.number(), v.finite());
/** A time or survival that may lie beyond what is known. */
const known = v.nullable(finite);

/** The form as it is typed; see patient/draft.ts. */
export const draftSchema = v.strictObject({
  tumour: v.nullable(v.picklist(["NEC", "NET_G3"])),
  age: short,
  sex: v.nullable(v.picklist(["female", "male"])),
  ecogPs: v.nullable(v.picklist([0, 1, 2, 3, 4])),
  ki67: short,
  alp: v.picklist(["normal", "elevated", "unknown", "measured"]),
  alpValue: short,
  alpLimit: short,
  alpUnit: v.picklist(["U/L", "\u00b5kat/L"]),
  primarySite: v.nullable(
    v.picklist([
      "oesophagus",
      "stomach",
      "pancreas",
      "biliary",
      "small-intestine",
      "colon",
      "rectum",
      "unknown",
      "other",
      "appendix",
    ]),
  ),
  firstLine: v.nullable(v.picklist(["platinum-etoposide", "temozolomide-based", "other", "none"])),
  setting: v.picklist(["advanced", "localised"]),
  mixed: v.boolean(),
}) satisfies v.GenericSchema<unknown, PatientDraft>;
/** A level that the form has and the schema lacks does not compile. */
export type EveryDraftFits = PatientDraft extends v.InferOutput<typeof draftSchema> ? true : never;
true satisfies EveryDraftFits;

const request = v.record(short, v.unknown());

const numbersSchema = v.strictObject({
  /** months; null: not reached within what is published */
  median: known,
  lower: known,
  upper: known,
  riskGroup: v.nullable(short),
  /** of the study's patients by hazard, 0–100 */
  percentile: known,
  /** survival and its 95 % interval as shares, at the landmarks in months */
  survival: v.array(v.strictObject({ months: finite, survival: known, lower: known, upper: known })),
});
/** What an estimate said of one endpoint. */
export type SavedNumbers = v.InferOutput<typeof numbersSchema>;

const savedEstimateSchema = v.strictObject({
  at: time,
  /** kept by the user; otherwise the latest that was shown, replaced by the next one of the same model */
  kept: v.boolean(),
  appVersion: short,
  modelVersion: short,
  study: short,
  /** the request that was answered */
  patient: request,
  /** codes of why there is no estimate; empty where there is one */
  notEstimated: v.array(v.pipe(v.string(), v.maxLength(80))),
  os: v.nullable(numbersSchema),
  pfs: v.nullable(numbersSchema),
});
/** An estimate as it was: its inputs, its numbers, and the versions that made them. */
export type SavedEstimate = v.InferOutput<typeof savedEstimateSchema>;

const contentSchema = v.strictObject({
  /** a pseudonym; may be empty while it is typed */
  label: v.pipe(v.string(), v.maxLength(LABEL_LENGTH)),
  tags: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(TAG_LENGTH))), v.maxLength(MOST_TAGS)),
  note: v.pipe(v.string(), v.maxLength(NOTE_LENGTH)),
  draft: draftSchema,
  endpoint: v.picklist(["os", "pfs"]),
  /** two versions of the patient, as the Compare room had them */
  comparison: v.nullable(v.strictObject({ a: request, b: request })),
  /** the board it is on: a day, and a place in its agenda (any number; smaller is earlier) */
  board: v.nullable(
    v.strictObject({ day: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)), place: finite }),
  ),
  created: time,
  estimates: v.pipe(v.array(savedEstimateSchema), v.maxLength(MOST_ESTIMATES)),
  followUp: v.nullable(followUpSchema),
});
export type CaseContent = v.InferOutput<typeof contentSchema>;

export const emptyContent = (now: number): CaseContent => ({
  label: "",
  tags: [],
  note: "",
  draft: emptyDraft(),
  endpoint: "os" satisfies Endpoint,
  comparison: null,
  board: null,
  created: now,
  estimates: [],
  followUp: null,
});

/** From each version to the next: `UPGRADES[1]` makes version 2 of version 1. */
const UPGRADES: Readonly<Record<number, (content: unknown) => unknown>> = {};

/** Why a payload is no case of this program. */
export class ContentError extends Error {
  readonly code: "newer" | "not-json" | "hostile" | "shape";
  /** where in the content, as "followUp.start" */
  readonly field: string | null;
  constructor(code: ContentError["code"], message: string, field: string | null = null) {
    super(message);
    this.name = "ContentError";
    this.code = code;
    this.field = field;
  }
}

/** Names that would reach an object's prototype. */
const HOSTILE = new Set(["__proto__", "constructor", "prototype"]);

const SUSPICIOUS = /\\u|__proto__|constructor|prototype/;

/** JSON from outside, without names that could change an object's prototype. */
export function parseJson(text: string): unknown {
  try {
    // Asking about every name is dear; a name can be written with escapes, too.
    if (!SUSPICIOUS.test(text)) return JSON.parse(text) as unknown;
    return JSON.parse(text, (key, value: unknown) => {
      if (HOSTILE.has(key)) throw new ContentError("hostile", `the name ${key} is not allowed`, key);
      return value;
    }) as unknown;
  } catch (error) {
    if (error instanceof ContentError) throw error;
    throw new ContentError("not-json", messageOf(error));
  }
}

/**
 * Reads a payload of any version that was ever written.
 *
 * @throws ContentError where it is newer than this program, or not a case
 */
export function readContent(
  value: unknown,
  version: number,
  upgrades: typeof UPGRADES = UPGRADES,
  newest = CONTENT_VERSION,
): CaseContent {
  if (!Number.isInteger(version)) throw new ContentError("shape", `${version} is no version`);
  if (version > newest) throw new ContentError("newer", `version ${version} is newer than ${newest}`);
  let upgraded = value;
  for (let at = version; at < newest; at++) {
    const upgrade = upgrades[at];
    if (!upgrade) throw new ContentError("shape", `there is no version ${at}`);
    upgraded = upgrade(upgraded);
  }
  const read = v.safeParse(contentSchema, upgraded, { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new ContentError("shape", issue.message, v.getDotPath(issue));
}
