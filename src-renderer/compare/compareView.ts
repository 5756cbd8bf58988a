import type {
  Comparison,
  ComparisonCaution,
  Endpoint,
  EndpointComparison,
  Estimate,
  ReferenceCurve,
  SurvivalDifference,
  Tumour,
} from "../../src-main/api/contract.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import { bySeverity, cautionLines } from "../../src-main/words/cautions.ts";
import {
  compare,
  comparisonCautionWords,
  hazardRatioSentence,
  medianSentence,
  openEndSentence,
  pointsDifference,
  pointsInterval,
  survivalSentence,
  versionName,
} from "../../src-main/words/compare.ts";
import { months, monthsInterval, percentInterval, percentNumber } from "../../src-main/words/format.ts";
import { screen } from "../../src-main/words/screen.ts";
import type { Subject } from "../chart/build.ts";
import { chartOf } from "../chart/build.ts";
import type { ChartView, SeriesKind } from "../chart/chartView.ts";
import { groupLabel, publishedMedian } from "../chart/groups.ts";

/** One of the two versions of a patient, ready to print. */
export interface VersionView {
  kind: SeriesKind & ("patient" | "variant");
  /** what sets it apart: "PS 1", "platinum/etoposide" */
  name: string;
  median: { value: string; interval: string };
  landmarks: { months: number; survival: string; interval: string }[];
}

/** A caution and whose it is: of comparing, of both versions, or of one. */
export interface ComparedCaution extends CautionLine {
  of: "comparison" | "both" | VersionView["kind"];
}

/** Two versions of a patient for one endpoint: what screen, slide and paper show. */
export interface CompareView {
  endpoint: Endpoint;
  tumour: Tumour;
  versions: [VersionView, VersionView];
  chart: ChartView;
  /**
   * The difference of the medians with its paired interval; where that is not known, a difference that has one follows.
   * Wherever the two medians stand, this stands: two intervals that overlap are no test of a difference.
   */
  lead: string[];
  /** all differences, each a whole sentence: what leads, then the others */
  differences: string[];
  /** difference of survival, second minus first version, percentage points: "+12", "+5 to +19" */
  landmarks: { months: number; difference: string; interval: string }[];
  /** the most serious first, and among equals those of the comparison itself: treatment's, when treatment differs */
  cautions: ComparedCaution[];
  /** treatment is what differs: its caution must not be scrolled away */
  treatmentDiffers: boolean;
  /** what the article prints for regimens, where treatment is what differs: "8.0 (6.4–9.6)", months */
  regimens: { id: string; label: string; published: string; place: string }[];
  /** the regimens' patients are known to differ from this one: the article gives them for Ki-67 below its cut only */
  regimensOfOthers: boolean;
}

/** More than this many changes no longer fit beside a curve: the chart then counts them. */
const MOST_IN_LABEL = 2;

/** A survival sentence is made for this month, or the last landmark before it. */
const SENTENCE_MONTH = 12;

/**
 * @param references the published groups of the tumour and endpoint
 * @returns null where the versions do not differ or either is not estimated
 */
export function compareView(
  comparison: Comparison,
  endpoint: Endpoint,
  references: readonly ReferenceCurve[],
): CompareView | null {
  const { a, b, changed } = comparison;
  const [ofA, ofB] = [a.estimates[endpoint], b.estimates[endpoint]];
  const difference = comparison.differences[endpoint];
  if (!ofA || !ofB || !difference || changed.length === 0) return null;
  const { tumour } = a.patient;
  const names = namesOf(comparison);
  const chart = chartOf(
    endpoint,
    tumour,
    [
      { kind: "patient", name: names.inChart.a, estimate: ofA },
      { kind: "variant", name: names.inChart.b, estimate: ofB },
    ],
    references.filter(({ wholeCohort }) => wholeCohort),
  );
  const landmarks = difference.landmarks.filter((point) => point.months <= chart.maxMonths);
  const spoken = landmarks.findLastIndex((point) => point.months <= SENTENCE_MONTH);
  const { lead, further } = sentencesOf(comparison, endpoint, difference, landmarks[spoken]);
  const treatmentDiffers = changed.includes("firstLine");
  return {
    endpoint,
    tumour,
    versions: [
      versionView("patient", names.a, ofA, chart.maxMonths),
      versionView("variant", names.b, ofB, chart.maxMonths),
    ],
    chart,
    lead,
    differences: [...lead, ...further],
    landmarks: landmarks.map((point) => ({
      months: point.months,
      difference: pointsDifference(point.difference),
      interval: difference.differing.length === 0 ? "" : pointsInterval(point.lower, point.upper),
    })),
    cautions: comparedCautions(comparison, endpoint),
    treatmentDiffers,
    regimens: treatmentDiffers ? regimensOf(references, tumour) : [],
    regimensOfOthers: a.cautions.some(({ code }) => code === "net-g3-ki67-at-least-55"),
  };
}

/** The differences in words: what leads, and what follows. */
function sentencesOf(
  comparison: Comparison,
  endpoint: Endpoint,
  { median, hazardRatio, horizonMonths: horizon, differing }: EndpointComparison,
  spoken: SurvivalDifference | undefined,
): Record<"lead" | "further", string[]> {
  const contrast = { comparison, differing };
  const [ofA, ofB] = [comparison.a.estimates[endpoint]!, comparison.b.estimates[endpoint]!];
  const [a, b] = [ofA.median.months, ofB.median.months];
  const ofMedians = medianSentence({ endpoint, a, b, horizon, difference: median, ...contrast });
  if (differing.length === 0) return { lead: [ofMedians], further: [] };
  const survivalAt = (from: Estimate): number | undefined =>
    from.landmarks.find(({ months: at }) => at === spoken?.months)?.survival;
  const ofSurvival = spoken
    ? [
        survivalSentence({
          endpoint,
          ...spoken,
          a: survivalAt(ofA)!,
          b: survivalAt(ofB)!,
          ...contrast,
        }),
      ]
    : [];
  const ofHazard = hazardRatio && hazardRatioSentence(hazardRatio, contrast);
  const open = [median.lower, median.upper].filter((end) => end === null).length;
  const bothPast = a === null && b === null;
  return {
    lead: [ofMedians, ...(open > 0 ? ofSurvival : [])],
    further: [
      // Where both medians lie past the horizon, nothing was said of their difference that had to be explained.
      ...(open > 0 && !bothPast
        ? [openEndSentence(horizon, open === 2 ? "both" : "one", ofHazard !== null)]
        : []),
      ...(open > 0 ? [] : ofSurvival),
      ...(ofHazard === null ? [] : [ofHazard]),
    ],
  };
}

/** The chart of the one version that is estimated, where the other one is not. */
export function singleChart(
  comparison: Comparison,
  which: "a" | "b",
  endpoint: Endpoint,
  references: readonly ReferenceCurve[],
): { version: VersionView; chart: ChartView } | null {
  const estimate = comparison[which].estimates[endpoint];
  if (!estimate) return null;
  const kind = which === "a" ? "patient" : "variant";
  const names = namesOf(comparison);
  const subject: Subject = { kind, name: names.inChart[which], estimate };
  const cohort = references.filter(({ wholeCohort }) => wholeCohort);
  const chart = chartOf(endpoint, comparison.a.patient.tumour, [subject], cohort);
  return { version: versionView(kind, names[which], estimate, chart.maxMonths), chart };
}

/** What sets the versions apart, in full and as it stands beside a curve. */
export function namesOf({ a, b, changed }: Comparison): {
  a: string;
  b: string;
  inChart: { a: string; b: string };
} {
  const full = { a: versionName(a.patient, changed), b: versionName(b.patient, changed) };
  const fits = changed.length <= MOST_IN_LABEL;
  return {
    ...full,
    inChart: fits ? full : { a: screen.chart.patient, b: compare.changed(changed.length) },
  };
}

function versionView(
  kind: VersionView["kind"],
  name: string,
  { median, landmarks, horizonMonths }: Estimate,
  maxMonths: number,
): VersionView {
  return {
    kind,
    name,
    median: {
      value: months(median.months, horizonMonths),
      interval: monthsInterval(median.lower, median.upper, horizonMonths),
    },
    landmarks: landmarks
      .filter((point) => point.months <= maxMonths)
      .map((point) => ({
        months: point.months,
        survival: percentNumber(point.survival),
        interval: percentInterval(point.lower ?? 0, point.upper ?? 1),
      })),
  };
}

/** The caution of comparing treatments, which is shown apart. */
export const treatmentCaution = (comparison: Comparison): CautionLine | null =>
  comparison.cautions
    .filter(({ code }) => code === "treatment-compared" || code === "treatment-not-in-model")
    .map(comparisonLine)[0] ?? null;

function comparisonLine(caution: ComparisonCaution): CautionLine {
  const { code, severity, source, facts } = caution;
  return { key: `${code} ${JSON.stringify(facts)}`, severity, source, ...comparisonCautionWords(caution) };
}

/** By severity; among equals those of the comparison, then of both versions, then of one. */
function comparedCautions(comparison: Comparison, endpoint: Endpoint): ComparedCaution[] {
  const here = <T extends { endpoint?: Endpoint }>(cautions: readonly T[]): T[] =>
    cautions.filter((caution) => caution.endpoint === undefined || caution.endpoint === endpoint);
  // Treatment is warned of by the comparison's own caution where treatment is what differs.
  const treatment = treatmentCaution(comparison) !== null;
  const linesOf = (which: "a" | "b"): CautionLine[] =>
    cautionLines(
      here(comparison[which].cautions).filter(({ code }) => !(treatment && code === "treatment-association")),
    );
  const [ofA, ofB] = [linesOf("a"), linesOf("b")];
  const inBoth = ofA.filter(({ key }) => ofB.some((other) => other.key === key));
  const shared = new Set(inBoth.map(({ key }) => key));
  const only = (lines: CautionLine[], of: VersionView["kind"]): ComparedCaution[] =>
    lines.filter(({ key }) => !shared.has(key)).map((line) => ({ ...line, key: `${of} ${line.key}`, of }));
  return [
    ...here(comparison.cautions).map((caution) => ({
      ...comparisonLine(caution),
      of: "comparison" as const,
    })),
    ...inBoth.map((line) => ({ ...line, of: "both" as const })),
    ...only(ofA, "patient"),
    ...only(ofB, "variant"),
  ].toSorted(bySeverity);
}

/** Published medians of first-line regimens; their ids name them. */
function regimensOf(references: readonly ReferenceCurve[], tumour: Tumour): CompareView["regimens"] {
  return references
    .filter(({ id }) => id.includes("/regimen-"))
    .map((curve) => ({
      id: curve.id,
      label: groupLabel(curve, tumour),
      published: publishedMedian(curve),
      place: curve.published.source,
    }));
}
