import type {
  Comparison,
  ComparisonCaution,
  Endpoint,
  Estimate,
  MedianDifference,
  ReferenceCurve,
  Tumour,
} from "../../src-main/api/contract.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import { cautionLines } from "../../src-main/words/cautions.ts";
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
  /** "Median 31 against 43 months." and further differences, each a whole sentence */
  differences: string[];
  /** difference of survival, second minus first version, percentage points: "+12", "+5 to +19" */
  landmarks: { months: number; difference: string; interval: string }[];
  /** cautions of the comparison itself come first; treatment's is always among them when treatment differs */
  cautions: ComparedCaution[];
  /** treatment is what differs: its caution must not be scrolled away */
  treatmentDiffers: boolean;
  /** what the article prints for regimens, where treatment is what differs: "8.0 (6.4–9.6)", months */
  regimens: { id: string; label: string; published: string; place: string }[];
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
  const same = difference.hazardRatio?.lower === 1 && difference.hazardRatio.upper === 1;
  const treatmentDiffers = changed.includes("firstLine");
  return {
    endpoint,
    tumour,
    versions: [
      versionView("patient", names.a, ofA, chart.maxMonths),
      versionView("variant", names.b, ofB, chart.maxMonths),
    ],
    chart,
    differences: [
      medianSentence({
        endpoint,
        a: ofA.median.months,
        b: ofB.median.months,
        horizon: ofA.horizonMonths,
        difference: difference.median,
        comparison,
        same,
      }),
      ...(isOpen(difference.median) ? [openEndSentence(ofA.horizonMonths)] : []),
      ...(same || spoken < 0
        ? []
        : [
            survivalSentence({
              endpoint,
              ...landmarks[spoken]!,
              a: ofA.landmarks[spoken]!.survival,
              b: ofB.landmarks[spoken]!.survival,
            }),
          ]),
      ...(same || !difference.hazardRatio ? [] : [hazardRatioSentence(difference.hazardRatio, comparison)]),
    ],
    landmarks: landmarks.map((point) => ({
      months: point.months,
      difference: pointsDifference(point.difference),
      interval: same ? "" : pointsInterval(point.lower, point.upper),
    })),
    cautions: comparedCautions(comparison, endpoint),
    treatmentDiffers,
    regimens: treatmentDiffers ? regimensOf(references, tumour) : [],
  };
}

/** One end of the interval is open; where both are, nothing was claimed that had to be explained. */
const isOpen = ({ lower, upper }: MedianDifference): boolean => (lower === null) !== (upper === null);

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

/** Of the comparison, then of both versions, then of one; each in its own order. */
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
  ];
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
