import type {
  Answer,
  CautionCode,
  Endpoint,
  Estimate,
  GroupOfPatient,
  ReferenceCurve,
  Tumour,
} from "../../src-main/api/contract.ts";
import {
  months,
  monthsInterval,
  ordinalPercentile,
  percentInterval,
  percentNumber,
  publishedInterval,
  publishedMonths,
  ratio,
} from "../../src-main/words/format.ts";
import { COVARIATE_ORDER, covariateInText, groupName, levelLabel } from "../../src-main/words/labels.ts";
import { screen } from "../../src-main/words/screen.ts";

/** A line of the survival chart; survival in 0–1. */
export interface Line {
  months: number;
  survival: number;
}

/** A published median on the 50 % line, with its interval where one is printed. */
export interface PublishedMark {
  median: number;
  lower: number | null;
  upper: number | null;
}

/** The survival chart as data, each curve with its label from full to short; the canvas, the table and later paper and slides draw the same object. */
export interface ChartView {
  endpoint: Endpoint;
  title: string;
  summary: string;
  /** right end of the axis and its ticks, months */
  maxMonths: number;
  ticks: number[];
  /** the shape between published points is assumed, not published: draw it as such */
  assumedShape: boolean;
  patient: {
    labels: string[];
    line: Line[];
    band: { months: number; lower: number; upper: number }[];
    median: number | null;
  };
  cohort: { labels: string[]; line: Line[] } | null;
  group: { labels: string[]; line: Line[]; mark: PublishedMark } | null;
}

export interface LandmarkView {
  months: number;
  patient: string;
  interval: string;
  cohort: string;
}

export interface DriverView {
  label: string;
  ratio: string;
  hazardRatio: number;
  lower: number;
  upper: number;
}

export interface BesideView {
  id: string;
  label: string;
  model: string;
  published: string;
  /** the model lies outside the published interval */
  miss: boolean;
  note: string;
}

/** Everything the Estimate screen shows for one endpoint, in words and numbers ready to print. */
export interface EstimateView {
  endpoint: Endpoint;
  median: { value: string; interval: string; label: string };
  /** "Published for PS 1: 8.0 months (6.4–9.6), n = 195"; `weighs` where a serious caution says to trust it first */
  published: { text: string; weighs: boolean } | null;
  risk: { group: Estimate["riskGroup"]; percentile: number; ordinal: string };
  outcomes: { worst: string; half: string; best: string };
  outcomeBar: { worst: number | null; lower: number | null; upper: number | null; best: number | null };
  chart: ChartView;
  landmarks: LandmarkView[];
  drivers: DriverView[];
  atReference: string[];
  averaged: string[];
  notInModel: string[];
  beside: BesideView[];
}

/** Past this month nearly all curves of NEC are at the floor; the axis goes on only where there is something to see. */
const SHORT_AXIS = 36;
const WORTH_SHOWING = 0.1;

/**
 * @param ageCentre the age against which the model counts, years
 * @returns null where the answer holds no estimate of the endpoint
 */
export function estimateView(
  answer: Answer,
  endpoint: Endpoint,
  groups: readonly GroupOfPatient[],
  references: readonly ReferenceCurve[],
  ageCentre: number | null = null,
): EstimateView | null {
  const estimate = answer.estimates[endpoint];
  if (!estimate) return null;
  const { tumour } = answer.patient;
  const horizon = estimate.horizonMonths;
  const { median, outcomes } = estimate;
  const cohort = references.find(({ wholeCohort }) => wholeCohort) ?? null;
  const telling = tellingGroup(answer, endpoint, groups);
  const group = references.find(({ id }) => id === telling?.group.id) ?? null;
  const medianText = months(median.months, horizon);
  const maxMonths = axisEnd(estimate, cohort);
  return {
    endpoint,
    median: {
      value: medianText,
      interval: monthsInterval(median.lower, median.upper, horizon),
      label: screen.median[endpoint],
    },
    published: telling && {
      text: screen.published.line(
        groupLabel(telling.group, tumour),
        screen.published.months(publishedMedian(telling.group)),
      ),
      weighs: telling.weighs,
    },
    risk: {
      group: estimate.riskGroup,
      percentile: estimate.percentile,
      ordinal: ordinalPercentile(estimate.percentile),
    },
    outcomes: {
      worst:
        outcomes.worst10 === null ? months(null, horizon) : screen.outcomes.less(months(outcomes.worst10)),
      half: monthsInterval(outcomes.lowerQuartile, outcomes.upperQuartile, horizon),
      best: outcomes.best10 === null ? months(null, horizon) : screen.outcomes.more(months(outcomes.best10)),
    },
    outcomeBar: {
      worst: outcomes.worst10,
      lower: outcomes.lowerQuartile,
      upper: outcomes.upperQuartile,
      best: outcomes.best10,
    },
    chart: chartView(estimate, endpoint, tumour, medianText, maxMonths, cohort, group),
    landmarks: estimate.landmarks
      .filter((point) => point.months <= maxMonths)
      .map((point) => ({
        months: point.months,
        patient: percentNumber(point.survival),
        interval: percentInterval(point.lower ?? 0, point.upper ?? 1),
        cohort: cohort ? percentNumber(survivalOn(cohort.curve, point.months)) : "",
      })),
    drivers: estimate.contributions
      .filter(({ hazardRatio }) => hazardRatio !== 1)
      .map((contribution) => ({
        label:
          contribution.covariate === "primarySite" && answer.patient.primarySite === "unknown"
            ? screen.drivers.unknownPrimary
            : driverLabel(contribution.covariate, contribution.level, ageCentre),
        ratio: ratio(contribution.hazardRatio),
        hazardRatio: contribution.hazardRatio,
        lower: contribution.lower,
        upper: contribution.upper,
      })),
    atReference: estimate.contributions
      .filter(({ hazardRatio }) => hazardRatio === 1)
      .map(({ covariate, level }) => levelLabel(covariate, level)),
    averaged: estimate.averaged.map(covariateInText),
    notInModel: COVARIATE_ORDER.filter(
      (covariate) =>
        !estimate.averaged.includes(covariate) &&
        !estimate.contributions.some((contribution) => contribution.covariate === covariate),
    ).map(covariateInText),
    beside: groups.filter(({ belongs }) => belongs === true).map((row) => besideView(row, tumour)),
  };
}

/** Cautions that are about a published group in which the model is known to be off; the group speaks louder then. */
const GROUP_OF_CAUTION: Partial<Record<CautionCode, string>> = {
  "net-g3-ki67-at-least-55": "/ki67-at-least-55",
  "nec-ps-3": "/ps-3",
  "net-g3-ps-2": "/ps-2",
};

/** The published group to show beside the patient: the one a serious caution is about, else the patient's PS. */
function tellingGroup(
  answer: Answer,
  endpoint: Endpoint,
  groups: readonly GroupOfPatient[],
): { group: GroupOfPatient; weighs: boolean } | null {
  const own = (ending: string): GroupOfPatient | undefined =>
    groups.find(({ belongs, id }) => belongs === true && id.includes(ending));
  for (const [code, ending] of Object.entries(GROUP_OF_CAUTION)) {
    const group = answer.cautions.some((caution) => caution.code === code) ? own(ending) : undefined;
    if (group) return { group, weighs: true };
  }
  const ps = endpoint === "os" ? own("/ps-") : undefined;
  return ps ? { group: ps, weighs: false } : null;
}

function axisEnd(estimate: Estimate, cohort: ReferenceCurve | null): number {
  const { horizonMonths, curve } = estimate;
  if (horizonMonths <= SHORT_AXIS) return horizonMonths;
  const late = Math.max(survivalOn(curve, SHORT_AXIS), cohort ? survivalOn(cohort.curve, SHORT_AXIS) : 0);
  return late >= WORTH_SHOWING ? horizonMonths : SHORT_AXIS;
}

/** Survival at a point of an evenly spaced curve; landmarks and axis ends fall on its points. */
function survivalOn(curve: readonly Line[], at: number): number {
  const last = curve.at(-1)!;
  const index = Math.round((at / last.months) * (curve.length - 1));
  return curve[Math.min(index, curve.length - 1)]!.survival;
}

function chartView(
  estimate: Estimate,
  endpoint: Endpoint,
  tumour: Tumour,
  medianText: string,
  maxMonths: number,
  cohort: ReferenceCurve | null,
  group: ReferenceCurve | null,
): ChartView {
  const within = <T extends { months: number }>(points: readonly T[]): T[] =>
    points.filter((point) => point.months <= maxMonths + 1e-9);
  const published = ({ published: { median, lower, upper } }: ReferenceCurve): string =>
    screen.chart.published(
      publishedMonths(median),
      lower === null || upper === null ? null : publishedInterval(lower, upper),
    );
  return {
    endpoint,
    title: screen.chart.title[endpoint],
    summary: screen.chart.label(screen.chart.title[endpoint], `${medianText} ${screen.months}`),
    maxMonths,
    ticks: ticksTo(maxMonths),
    assumedShape: endpoint === "pfs",
    patient: {
      labels: [screen.chart.patient],
      line: within(estimate.curve),
      band: within(estimate.curve).map((point) => ({
        months: point.months,
        lower: point.lower ?? point.survival,
        upper: point.upper ?? point.survival,
      })),
      median: estimate.median.months,
    },
    cohort: cohort && {
      labels: [screen.chart.group(groupLabel(cohort, tumour), published(cohort)), screen.chart.all(tumour)],
      line: within(cohort.curve),
    },
    group: group && {
      labels: [screen.chart.group(groupLabel(group, tumour), published(group)), groupLabel(group, tumour)],
      line: within(group.curve),
      mark: { ...group.published },
    },
  };
}

function ticksTo(maxMonths: number): number[] {
  const step = maxMonths <= 12 ? 3 : maxMonths <= 36 ? 6 : 12;
  const ticks = Array.from({ length: Math.floor(maxMonths / step) + 1 }, (_, i) => i * step);
  return maxMonths === 60 ? [0, 6, ...ticks.slice(1)] : ticks;
}

function driverLabel(
  covariate: Estimate["contributions"][number]["covariate"],
  level: string | number,
  ageCentre: number | null,
): string {
  if (covariate === "ecogPs") return screen.drivers.psAgainst(String(level));
  if (covariate === "ageYears" && ageCentre !== null)
    return screen.drivers.ageAgainst(String(level), ageCentre);
  // a long pair of drug names may break after its stroke
  return levelLabel(covariate, level).replaceAll("/", "/\u200b");
}

/** A published group as a row of a table: name, "8.0 (6.4–9.6)", and whether the patient is one of them. */
export interface PublishedRow {
  id: string;
  label: string;
  published: string;
  belongs: boolean;
}

export function publishedRows(groups: readonly GroupOfPatient[], tumour: Tumour): PublishedRow[] {
  return groups.map((group) => ({
    id: group.id,
    label: groupLabel(group, tumour),
    published: publishedMedian(group),
    belongs: group.belongs === true,
  }));
}

function publishedMedian({ published: { median, lower, upper } }: Pick<GroupOfPatient, "published">): string {
  return lower === null || upper === null
    ? publishedMonths(median)
    : screen.beside.medianWithInterval(publishedMonths(median), publishedInterval(lower, upper));
}

/** A group's name and size: "PS 1, n = 195". */
function groupLabel({ row, n, wholeCohort }: GroupName, tumour: Tumour): string {
  const name = wholeCohort ? screen.chart.all(tumour) : groupName(row);
  return n === null ? name : screen.chart.sized(name, n);
}

type GroupName = Pick<GroupOfPatient, "row" | "n" | "wholeCohort">;

function besideView(group: GroupOfPatient, tumour: Tumour): BesideView {
  const { lower, upper } = group.published;
  const miss =
    group.inModel &&
    !group.wholeCohort &&
    group.modelMedian !== null &&
    lower !== null &&
    upper !== null &&
    (group.modelMedian < lower || group.modelMedian > upper);
  return {
    id: group.id,
    label: group.wholeCohort ? screen.chart.all(tumour) : groupName(group.row),
    model: group.inModel ? publishedMonths(group.modelMedian) : "–",
    published: publishedMedian(group),
    miss,
    note: group.wholeCohort
      ? screen.beside.anchor
      : miss
        ? screen.beside.miss
        : !group.inModel
          ? screen.beside.notInModel
          : lower === null
            ? screen.beside.noInterval
            : "",
  };
}
