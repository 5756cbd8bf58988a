import type {
  Answer,
  CautionCode,
  Endpoint,
  Estimate,
  GroupOfPatient,
  ReferenceCurve,
  Study,
  Tumour,
} from "../../src-main/api/contract.ts";
import {
  months,
  monthsBound,
  monthsInterval,
  ordinalPercentile,
  percentInterval,
  percentNumber,
  publishedInterval,
  publishedMonths,
  ratio,
} from "../../src-main/words/format.ts";
import { COVARIATE_ORDER, covariateInText, levelLabel } from "../../src-main/words/labels.ts";
import { screen } from "../../src-main/words/screen.ts";
import { chartOf } from "../chart/build.ts";
import type { ChartView } from "../chart/chartView.ts";
import { survivalAt } from "../chart/chartView.ts";
import { groupLabel, groupTitle, publishedMedian } from "../chart/groups.ts";

export interface LandmarkView {
  months: number;
  /** survival and its interval, 0–1 */
  survival: number;
  lower: number | null;
  upper: number | null;
  patient: string;
  interval: string;
  cohort: string;
}

export interface DriverView {
  label: string;
  effect: "higher" | "lower" | "unclear";
  /** where the article prints the hazard ratio, and the address of that in the Published room */
  place: string;
  address: string;
  ratio: string;
  hazardRatio: number;
  lower: number;
  upper: number;
}

/** A published group beside the model's value for it. */
export interface BesideView {
  /** id of the published result, which is also its address in the Published room */
  id: string;
  label: string;
  model: string;
  published: string;
  /** where the article prints it */
  place: string;
  wholeCohort: boolean;
  /** whether the patient is one of the group; null where a value that decides it is not known */
  belongs: boolean | null;
  /** drawn in the chart, in the dashes of this style; null: not drawn */
  style: number | null;
  /** the model lies outside the published interval */
  miss: boolean;
  note: string;
}

/** Everything the Estimate screen shows for one endpoint, in words and numbers ready to print. */
export interface EstimateView {
  endpoint: Endpoint;
  median: { value: string; interval: string; label: string };
  /** "Published for PS 1: 8.0 months (6.4–9.6), n = 195"; `weighs` where a serious caution says to trust it first */
  published: {
    text: string;
    /** id of the result, its address in the Published room */
    place: string;
    /** a serious caution says that this describes such patients better than the model: it stands first */
    weighs: boolean;
    median: string;
    interval: string | null;
    group: string;
  } | null;
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

export type PublishedModel = Study["models"][number];

/**
 * @param model the published model behind the estimate, for the places of its coefficients; null: not known yet
 * @param ticked ids of the published groups to draw; null: the whole cohort and the group that tells most about the patient
 * @returns null where the answer holds no estimate of the endpoint
 */
export function estimateView(
  answer: Answer,
  endpoint: Endpoint,
  groups: readonly GroupOfPatient[],
  references: readonly ReferenceCurve[],
  model: PublishedModel | null = null,
  ticked: readonly string[] | null = null,
): EstimateView | null {
  const estimate = answer.estimates[endpoint];
  if (!estimate) return null;
  const { tumour } = answer.patient;
  const horizon = estimate.horizonMonths;
  const { median, outcomes } = estimate;
  const cohort = references.find(({ wholeCohort }) => wholeCohort) ?? null;
  const telling = tellingGroup(answer, endpoint, groups);
  const shown = ticked ?? defaultGroups(references, telling?.group.id);
  const drawn = inOrderOf(shown, references);
  const chart = chartOf(endpoint, tumour, [{ kind: "patient", name: screen.chart.patient, estimate }], drawn);
  return {
    endpoint,
    median: {
      value: months(median.months, horizon),
      interval: monthsInterval(median.lower, median.upper, horizon),
      label: screen.median[endpoint],
    },
    published: telling && {
      text: screen.published.line(
        groupLabel(telling.group, tumour),
        screen.published.months(publishedMedian(telling.group)),
      ),
      place: telling.group.id,
      weighs: telling.weighs,
      median: publishedMonths(telling.group.published.median),
      interval: intervalOf(telling.group),
      group: groupLabel(telling.group, tumour),
    },
    risk: {
      group: estimate.riskGroup,
      percentile: estimate.percentile,
      ordinal: ordinalPercentile(estimate.percentile),
    },
    outcomes: {
      worst:
        outcomes.worst10 === null
          ? months(null, horizon)
          : screen.outcomes.less(monthsBound(outcomes.worst10, "up")),
      half: monthsInterval(outcomes.lowerQuartile, outcomes.upperQuartile, horizon),
      best:
        outcomes.best10 === null
          ? months(null, horizon)
          : screen.outcomes.more(monthsBound(outcomes.best10, "down")),
    },
    outcomeBar: {
      worst: outcomes.worst10,
      lower: outcomes.lowerQuartile,
      upper: outcomes.upperQuartile,
      best: outcomes.best10,
    },
    chart,
    landmarks: estimate.landmarks
      .filter((point) => point.months <= chart.maxMonths)
      .map((point) => ({
        months: point.months,
        survival: point.survival,
        lower: point.lower,
        upper: point.upper,
        patient: percentNumber(point.survival),
        interval: percentInterval(point.lower ?? 0, point.upper ?? 1),
        cohort: cohort ? percentNumber(survivalAt(cohort.curve, point.months)) : "",
      })),
    drivers: estimate.contributions
      .filter(({ hazardRatio }) => hazardRatio !== 1)
      .map((contribution) => ({
        label:
          contribution.covariate === "primarySite" && answer.patient.primarySite === "unknown"
            ? screen.drivers.unknownPrimary
            : driverLabel(contribution.covariate, contribution.level, model),
        effect: effectOf(contribution),
        place: placeOf(contribution, model),
        address: addressOfRatio(contribution, estimate.model),
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
    beside: groups
      .map((row) => besideView(row, tumour, chart))
      .sort((a, b) => Number(b.belongs === true) - Number(a.belongs === true)),
  };
}

/** The whole cohort, and the group that tells most about the patient. */
function defaultGroups(references: readonly ReferenceCurve[], telling: string | undefined): string[] {
  return references.filter(({ id, wholeCohort }) => wholeCohort || id === telling).map(({ id }) => id);
}

/** Curves in the order in which they were ticked, so that a further tick changes no other curve's dashes. */
function inOrderOf(ids: readonly string[], references: readonly ReferenceCurve[]): ReferenceCurve[] {
  return ids.flatMap((id) => references.find((curve) => curve.id === id) ?? []);
}

function intervalOf({ published: { lower, upper } }: GroupOfPatient): string | null {
  return lower === null || upper === null ? null : publishedInterval(lower, upper);
}

/** Cautions that are about a published group in which the model is known to be off; the group speaks louder then. */
const GROUP_OF_CAUTION: Partial<Record<CautionCode, string>> = {
  "net-g3-ki67-at-least-55": "/ki67-at-least-55",
  "nec-ps-3": "/ps-3",
  "net-g3-ps-2": "/ps-2",
  "nec-ki67-below-55": "/ki67-below-55",
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
    const caution = answer.cautions.find((each) => each.code === code);
    const group = caution && own(ending);
    if (group) return { group, weighs: caution.severity === "serious" };
  }
  const ps = endpoint === "os" ? own("/ps-") : undefined;
  return ps ? { group: ps, weighs: false } : null;
}

type Contribution = Estimate["contributions"][number];

/** The place of a hazard ratio in the Published room; a covariate without levels has the one row "per-year". */
const addressOfRatio = ({ covariate, level }: Contribution, model: string): string =>
  `table-3/${model}/${covariate}/${typeof level === "number" ? "per-year" : level}`;

function driverLabel(
  covariate: Contribution["covariate"],
  level: string | number,
  model: PublishedModel | null,
): string {
  if (covariate === "ecogPs") return screen.drivers.psAgainst(String(level));
  const age = model?.terms.find((term) => term.kind === "linear");
  if (covariate === "ageYears" && age) return screen.drivers.ageAgainst(String(level), age.centre);
  // a long pair of drug names may break after its stroke
  return levelLabel(covariate, level).replaceAll("/", "/\u200b");
}

/** Which way a factor points, and whether its interval leaves that open. */
function effectOf({ hazardRatio, lower, upper }: Contribution): DriverView["effect"] {
  const [low, high] = lower <= upper ? [lower, upper] : [upper, lower];
  if (low <= 1 && high >= 1) return "unclear";
  return hazardRatio > 1 ? "higher" : "lower";
}

function placeOf({ covariate, level }: Contribution, model: PublishedModel | null): string {
  const term = model?.terms.find((known) => known.covariate === covariate);
  if (!term) return "";
  const row = term.kind === "levels" ? term.levels.find((known) => known.level === level) : undefined;
  return (row ?? term).source.place;
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

function besideView(group: GroupOfPatient, tumour: Tumour, chart: ChartView): BesideView {
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
    label: groupTitle(group, tumour),
    place: group.published.source,
    wholeCohort: group.wholeCohort,
    belongs: group.belongs,
    style: chart.series.find(({ id }) => id === group.id)?.style ?? null,
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
