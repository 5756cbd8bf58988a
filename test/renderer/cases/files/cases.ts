import fc from "fast-check";
import type { CaseContent } from "../../../../src-renderer/cases/content.ts";
import { emptyContent, LABEL_LENGTH } from "../../../../src-renderer/cases/content.ts";
import {
  BEST_RESPONSES,
  CGA_STAININGS,
  DEATH_CAUSES,
  FDG_UPTAKES,
  LDH_LEVELS,
  METASTATIC_SITES,
  MORPHOLOGIES,
  SRI_UPTAKES,
  SYMPTOM_GRADES,
  type FollowUp,
} from "../../../../src-renderer/cases/followUp/followUp.ts";
import { exportCases } from "../../../../src-renderer/cases/files/sealedFile.ts";
import type { ImportedCase } from "../../../../src-renderer/cases/files/importedCase.ts";
import { FileTrouble } from "../../../../src-renderer/cases/files/trouble.ts";
import type { CaseFileTrouble } from "../../../../src-main/words/caseFiles.ts";
import type { Bytes } from "../../../../src-renderer/cases/store/record.ts";
import { idOf } from "../../../support/cases.ts";

/** Synthetic cases, and what the tests of files share. */

export const SEED = 20260301;
export const MADE = Date.UTC(2026, 2, 1, 9, 30);
export const PASSPHRASE = "a passphrase of the tests only";
/** The cost stands in the file: a low one is as good for a test. */
export const ITERATIONS = 10;
export const ABOUT = { made: MADE, appVersion: "0.0.0" };

export { idOf };

export const syntheticCase = (n: number, content: Partial<CaseContent> = {}): ImportedCase => ({
  id: idOf(n),
  revision: n,
  changedAt: MADE + n,
  deletedAt: 0,
  content: { ...emptyContent(MADE), label: `Synthetic case ${n}`, ...content },
});

export const sealed = (cases: readonly ImportedCase[]): Promise<Bytes> =>
  exportCases(cases, PASSPHRASE, ABOUT, ITERATIONS);

export const bytesOfText = (text: string): Bytes => new TextEncoder().encode(text);
export const textOfBytes = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The trouble that something throws. */
export async function troubleOf(work: () => unknown): Promise<CaseFileTrouble> {
  try {
    await work();
  } catch (error) {
    if (error instanceof FileTrouble) return error.trouble;
    throw error;
  }
  throw new Error("nothing was refused");
}

const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength }),
    fc.string({
      unit: fc.constantFrom("'", "=", "-", '"', ",", ";", "\t", "\r", "\n", "|", "\\", "a"),
      maxLength,
    }),
    fc.constantFrom(
      "=1+1",
      "'x",
      "'=x",
      "''-1",
      "-3",
      "+4",
      "@a",
      "\uff1d1",
      "\ufeffx",
      " x ",
      "",
      "é\u00b5\ud83d\ude00",
    ),
  );
const anyTime = fc.integer({ min: 0, max: 8.64e15 });
const anyOf = <T>(...values: readonly T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...values);
const anyRequest = fc.dictionary(
  fc.string({ maxLength: 10 }).filter((name) => !["__proto__", "constructor", "prototype"].includes(name)),
  fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
  { noNullPrototype: true, maxKeys: 4 },
);
const anyKnown = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0));
const anyNumbers = fc.record({
  ...{ median: anyKnown, lower: anyKnown, upper: anyKnown, percentile: anyKnown },
  riskGroup: anyOf("lower", "higher"),
  survival: fc.array(
    fc.record({ months: fc.integer(), survival: anyKnown, lower: anyKnown, upper: anyKnown }),
    { maxLength: 3 },
  ),
});
const anyEstimate = fc.record({
  at: anyTime,
  kept: fc.boolean(),
  ...{ appVersion: anyText(10), modelVersion: anyText(10), study: anyText(10) },
  patient: anyRequest,
  notEstimated: fc.array(anyText(10), { maxLength: 2 }),
  ...{ os: fc.option(anyNumbers), pfs: fc.option(anyNumbers) },
});

const anyFollowUp: fc.Arbitrary<FollowUp> = fc.record({
  baseline: fc.record({
    ldh: anyOf(...LDH_LEVELS),
    metastaticSites: fc.array(fc.constantFrom(...METASTATIC_SITES), { maxLength: 4 }),
    sri: anyOf(...SRI_UPTAKES),
    fdg: anyOf(...FDG_UPTAKES),
    morphology: anyOf(...MORPHOLOGIES),
    cga: anyOf(...CGA_STAININGS),
    ...{
      pain: anyOf(...SYMPTOM_GRADES),
      weightLoss: anyOf(...SYMPTOM_GRADES),
      anorexia: anyOf(...SYMPTOM_GRADES),
    },
  }),
  ...{
    regimen: anyText(50),
    start: anyText(10),
    stop: anyText(10),
    progression: anyText(10),
    lastContact: anyText(10),
  },
  bestResponse: anyOf(...BEST_RESPONSES),
  stoppedForToxicity: anyOf(true, false),
  laterLines: fc.array(fc.record({ regimen: anyText(20), start: anyText(10), progression: anyText(10) }), {
    maxLength: 5,
  }),
  prrt: fc.option(fc.record({ start: anyText(10), end: anyText(10) })),
  death: fc.option(fc.record({ day: anyText(10), cause: fc.constantFrom(...DEATH_CAUSES) })),
});

export const anyContent: fc.Arbitrary<CaseContent> = fc.record({
  label: anyText(LABEL_LENGTH),
  tags: fc.array(
    anyText(20).filter((tag) => tag !== ""),
    { maxLength: 4 },
  ),
  note: anyText(200),
  draft: fc.record({
    tumour: anyOf("NEC", "NET_G3"),
    ...{ age: anyText(6), ki67: anyText(6), alpValue: anyText(6), alpLimit: anyText(6) },
    sex: anyOf("female", "male"),
    ecogPs: anyOf(...SYMPTOM_GRADES),
    alp: fc.constantFrom("normal", "elevated", "unknown", "measured"),
    alpUnit: fc.constantFrom("U/L", "\u00b5kat/L"),
    primarySite: anyOf("oesophagus", "small-intestine", "unknown", "appendix"),
    firstLine: anyOf("platinum-etoposide", "none"),
    setting: fc.constantFrom("advanced", "localised"),
    mixed: fc.boolean(),
  }),
  endpoint: fc.constantFrom("os", "pfs"),
  comparison: fc.option(fc.record({ a: anyRequest, b: anyRequest })),
  board: fc.option(
    fc.record({
      day: fc.constantFrom("2026-12-12", "2027-01-09"),
      place: fc.double({ noNaN: true, noDefaultInfinity: true }).map((place) => place + 0),
    }),
  ),
  created: anyTime,
  estimates: fc.array(anyEstimate, { maxLength: 3 }),
  followUp: fc.option(anyFollowUp),
});

/** Cases with ids from a small set, so that two sets of them have some in common. */
export const anyCases = (maxLength = 6, from = 0): fc.Arbitrary<ImportedCase[]> =>
  fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: from, max: from + 7 }).map(idOf),
      revision: fc.nat(),
      changedAt: anyTime,
      deletedAt: fc.oneof(fc.constant(0), anyTime),
      content: anyContent,
    }),
    { maxLength, selector: ({ id }) => id },
  );

/** What a CSV keeps of a case, see NOT_IN_CSV. */
export const asInCsv = (each: ImportedCase): ImportedCase => {
  const { draft } = each.content;
  const unused = draft.alp === "measured" ? {} : ({ alpValue: "", alpLimit: "", alpUnit: "U/L" } as const);
  return {
    ...each,
    revision: 0,
    content: { ...each.content, draft: { ...draft, ...unused }, comparison: null, estimates: [] },
  };
};
