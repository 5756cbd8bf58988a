import * as v from "valibot";

/**
 * A day of the calendar as `YYYY-MM-DD`, without time or zone; empty while it is not known. What is typed and is no day
 * yet stays as it was typed, so that nothing is lost: followUpDates.ts tells them apart.
 */
export type Day = string;
/** Longer than any way to write a day. */
export const DAY_LENGTH = 40;
export const REGIMEN_LENGTH = 200;

export const BEST_RESPONSES = ["CR", "PR", "SD", "PD", "not-evaluable"] as const;
/** Causes as far as the article tells them apart (Results, "Patient characteristics and treatment"). */
export const DEATH_CAUSES = ["disease", "treatment", "other", "unknown"] as const;
export const METASTATIC_SITES = [
  "liver",
  "lymph-nodes",
  "lung",
  "bone",
  "peritoneum",
  "brain",
  "other",
] as const;
export const MORPHOLOGIES = ["small-cell", "large-cell", "ambiguous"] as const;
export const LDH_LEVELS = ["normal", "elevated"] as const;
/** Somatostatin receptor imaging against the liver (Table 1: "SRI uptake ≥ liver"). */
export const SRI_UPTAKES = ["none", "below-liver", "liver-or-above"] as const;
export const FDG_UPTAKES = ["negative", "positive"] as const;
/** Chromogranin A staining (Table 1: "CgA staining Strong"). */
export const CGA_STAININGS = ["negative", "weak", "strong"] as const;
/** By the grading criteria of the National Cancer Institute, as the registry did (Methods). */
export const SYMPTOM_GRADES = [0, 1, 2, 3, 4] as const;

const day = v.pipe(v.string(), v.maxLength(DAY_LENGTH));
const grade = v.nullable(v.picklist(SYMPTOM_GRADES));
const text = v.pipe(v.string(), v.maxLength(REGIMEN_LENGTH));

/** After the first: what a CSV has columns for, and more than any patient is given. */
export const MOST_LATER_LINES = 98;

/** The variables of the article's registry that the form of an estimate does not have. null and "": not recorded. */
export const followUpSchema = v.strictObject({
  baseline: v.strictObject({
    ldh: v.nullable(v.picklist(LDH_LEVELS)),
    metastaticSites: v.array(v.picklist(METASTATIC_SITES)),
    sri: v.nullable(v.picklist(SRI_UPTAKES)),
    fdg: v.nullable(v.picklist(FDG_UPTAKES)),
    morphology: v.nullable(v.picklist(MORPHOLOGIES)),
    cga: v.nullable(v.picklist(CGA_STAININGS)),
    pain: grade,
    weightLoss: grade,
    anorexia: grade,
  }),
  /** first-line chemotherapy */
  regimen: text,
  start: day,
  bestResponse: v.nullable(v.picklist(BEST_RESPONSES)),
  stoppedForToxicity: v.nullable(v.boolean()),
  stop: day,
  progression: day,
  laterLines: v.pipe(
    v.array(v.strictObject({ regimen: text, start: day, progression: day })),
    v.maxLength(MOST_LATER_LINES),
  ),
  prrt: v.nullable(v.strictObject({ start: day, end: day })),
  death: v.nullable(v.strictObject({ day, cause: v.picklist(DEATH_CAUSES) })),
  lastContact: day,
});
export type FollowUp = v.InferOutput<typeof followUpSchema>;
export type LaterLine = FollowUp["laterLines"][number];

export const emptyFollowUp = (): FollowUp => ({
  baseline: {
    ldh: null,
    metastaticSites: [],
    sri: null,
    fdg: null,
    morphology: null,
    cga: null,
    pain: null,
    weightLoss: null,
    anorexia: null,
  },
  regimen: "",
  start: "",
  bestResponse: null,
  stoppedForToxicity: null,
  stop: "",
  progression: "",
  laterLines: [],
  prrt: null,
  death: null,
  lastContact: "",
});
