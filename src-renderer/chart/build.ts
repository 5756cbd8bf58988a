import type { Endpoint, Estimate, ReferenceCurve, Tumour } from "../../src-main/api/contract.ts";
import { months, publishedInterval, publishedMonths } from "../../src-main/words/format.ts";
import { screen } from "../../src-main/words/screen.ts";
import type { ChartView, Series } from "./chartView.ts";
import { survivalAt, ticksTo } from "./chartView.ts";
import { groupLabel } from "./groups.ts";

/** One patient, or one version of a patient, in a chart. */
export interface Subject {
  kind: "patient" | "variant";
  name: string;
  estimate: Estimate;
}

/** Past this month nearly all curves of NEC are at the floor; the axis goes on only where there is something to see. */
const SHORT_AXIS = 36;
const WORTH_SHOWING = 0.1;

/**
 * The chart of one or two versions of a patient beside published groups.
 *
 * @param references the groups to draw, the patient's own first; survival 0–1, months
 */
export function chartOf(
  endpoint: Endpoint,
  tumour: Tumour,
  subjects: readonly [Subject, ...Subject[]],
  references: readonly ReferenceCurve[],
): ChartView {
  const maxMonths = axisEnd(subjects, references);
  const title = screen.chart.title[endpoint];
  const groups = references.filter(({ wholeCohort }) => !wholeCohort);
  return {
    endpoint,
    title,
    summary: screen.chart.label(
      title,
      subjects.map(({ name, estimate }) =>
        screen.chart.medianOf(name, months(estimate.median.months, estimate.horizonMonths)),
      ),
    ),
    maxMonths,
    ticks: ticksTo(maxMonths),
    assumedShape: endpoint === "pfs",
    series: [
      ...subjects.map((subject) => subjectSeries(subject, maxMonths)),
      ...groups.map((curve, i) => referenceSeries(curve, tumour, maxMonths, i)),
      ...references
        .filter(({ wholeCohort }) => wholeCohort)
        .map((curve) => referenceSeries(curve, tumour, maxMonths)),
    ],
  };
}

const within = <T extends { months: number }>(points: readonly T[], maxMonths: number): T[] =>
  points.filter((point) => point.months <= maxMonths + 1e-9);

function subjectSeries({ kind, name, estimate }: Subject, maxMonths: number): Series {
  const curve = within(estimate.curve, maxMonths);
  return {
    id: kind,
    kind,
    style: 0,
    name,
    labels: [name],
    line: curve,
    band: curve.flatMap(({ months, lower, upper }) =>
      lower === null || upper === null ? [] : [{ months, lower, upper }],
    ),
    median: estimate.median.months,
    mark: null,
  };
}

/** A published group or the whole cohort as a curve; `style` counts the groups of one chart. */
export function referenceSeries(curve: ReferenceCurve, tumour: Tumour, maxMonths: number, style = 0): Series {
  const { median, lower, upper } = curve.published;
  const name = groupLabel(curve, tumour);
  const published = screen.chart.published(
    publishedMonths(median),
    lower === null || upper === null ? null : publishedInterval(lower, upper),
  );
  return {
    id: curve.id,
    kind: curve.wholeCohort ? "cohort" : "published",
    style,
    name,
    labels: [screen.chart.group(name, published), curve.wholeCohort ? screen.chart.all(tumour) : name],
    line: within(curve.curve, maxMonths),
    band: [],
    median: null,
    // the whole cohort's median is a point of its own curve; a mark would say so twice
    mark: curve.wholeCohort ? null : { median, lower, upper },
  };
}

function axisEnd(subjects: readonly Subject[], references: readonly ReferenceCurve[]): number {
  const horizon = subjects[0]!.estimate.horizonMonths;
  if (horizon <= SHORT_AXIS) return horizon;
  const late = Math.max(
    ...subjects.map(({ estimate }) => survivalAt(estimate.curve, SHORT_AXIS)),
    ...references.map(({ curve }) => survivalAt(curve, SHORT_AXIS)),
  );
  return late >= WORTH_SHOWING ? horizon : SHORT_AXIS;
}
