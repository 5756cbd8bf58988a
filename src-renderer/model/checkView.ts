import type { ReferenceCurve, Study } from "../../src-main/api/contract.ts";
import { number, percent, publishedMonths } from "../../src-main/words/format.ts";
import { groupName } from "../../src-main/words/labels.ts";
import { DECIMALS, exact, modelRoom } from "../../src-main/words/modelRoom.ts";
import type { Axis } from "./axis.ts";
import { axisTo } from "./axis.ts";

const words = modelRoom.check;
/** of a panel's axis */
const MOST_STEPS = 6;
/** Relative difference from which a model's median inside its interval is listed all the same. */
const LENIENT = 0.25;
/**
 * Medians of groups known at the start of treatment of which no curve is drawn, because the case mix has no margin for
 * them: in the list of what is not counted, and in no picture.
 */
const NO_CURVE = /\/sri-uptake$/;
type PublishedModel = Study["models"][number];

/** How the model's median stands to a published one. Only `inside` and `outside` are tests of the model. */
export type Verdict = keyof typeof words.verdict;

export interface CheckRow {
  id: string;
  /** inside a sentence */
  name: string;
  /** at the start of a row */
  label: string;
  n: string;
  published: { median: number; lower: number | null; upper: number | null };
  /** months; null past the horizon */
  model: number | null;
  verdict: Verdict;
  publishedText: string;
  modelText: string;
  differenceText: string;
  /** the whole cohort's published median, months */
  cohort: number;
}

/** One model's groups and the axis they share, months. */
export interface CheckPanel {
  id: PublishedModel["id"];
  name: string;
  rows: CheckRow[];
  axis: Axis;
  inside: number;
  outside: number;
}

/** A group with its published and its model's median in words. */
interface Listed {
  id: string;
  text: string;
}

export interface CheckView {
  panels: CheckPanel[];
  summary: string;
  /** how the whole cohort's median alone would do */
  benchmark: string;
  errors: string;
  misses: Listed[];
  /** inside an interval so wide that it says little */
  lenient: Listed[];
  lenientText: string;
  /** by reason; the whole cohorts are the panels' first rows and need no list */
  notCounted: { id: Verdict; text: string; groups: Listed[] }[];
  inside: number;
  outside: number;
  /** published intervals that hold the whole cohort's median */
  cohortInside: number;
}

type Group = Omit<ReferenceCurve, "curve">;

/** @param groups the published groups of each model, in the order of `study.models` */
export function checkView(
  study: Pick<Study, "models" | "results">,
  groups: readonly (readonly Group[])[],
): CheckView {
  const { models } = study;
  const panels = models.map((model, i) => panelOf(model, groups[i]!));
  const rows = panels.flatMap((panel) => panel.rows);
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const listed = (which: (row: CheckRow) => boolean): Listed[] =>
    panels.flatMap((panel, i) => panel.rows.filter(which).map((row) => listedOf(models[i]!, row)));
  const tests = rows.filter(({ verdict }) => verdict === "inside" || verdict === "outside");
  const cohortInside = tests.filter(({ published, cohort }) => isInside(cohort, published)).length;
  const off = tests.flatMap(({ published, model }) => (model === null ? [] : [relative(model, published)]));
  const cohortOff = tests.map(({ published, cohort }) => relative(cohort, published));
  const noInterval = listed(({ verdict }) => verdict === "no-interval");
  const notInModel = [...listed(({ verdict }) => verdict === "not-in-model"), ...withoutCurve(study, panels)];
  return {
    panels,
    summary: words.summary(count("inside"), count("outside")),
    benchmark: words.benchmark({ cohortInside, of: tests.length }),
    errors: words.errors({
      mean: percent(mean(off)),
      middle: percent(median(off)),
      cohortMean: percent(mean(cohortOff)),
      cohortMiddle: percent(median(cohortOff)),
    }),
    misses: listed(({ verdict }) => verdict === "outside"),
    lenient: listed(
      ({ verdict, model, published }) =>
        verdict === "inside" && model !== null && relative(model, published) > LENIENT,
    ),
    lenientText: words.lenient(percent(LENIENT)),
    notCounted: [
      { id: "fitted", text: words.fitted(count("fitted")), groups: [] },
      { id: "no-interval", text: words.noInterval(noInterval.length), groups: noInterval },
      { id: "not-in-model", text: words.notInModel(notInModel.length), groups: notInModel },
    ],
    inside: count("inside"),
    outside: count("outside"),
    cohortInside,
  };
}

const listedOf = (
  model: PublishedModel,
  row: Pick<CheckRow, "id" | "name" | "publishedText" | "modelText">,
): Listed => ({
  id: row.id,
  text: words.miss({
    model: modelRoom.modelShort(model.tumour, model.endpoint),
    group: row.name,
    published: row.publishedText,
    median: row.modelText,
  }),
});

/** Groups that have a median but no curve: the model gives them what it gives the whole cohort. */
function withoutCurve(
  { models, results }: Pick<Study, "models" | "results">,
  panels: CheckPanel[],
): Listed[] {
  return models.flatMap((model, i) => {
    const whole = panels[i]!.rows.find(({ verdict }) => verdict === "fitted");
    return results
      .filter(
        ({ id, unit, tumour, endpoint, conditions }) =>
          NO_CURVE.test(id) &&
          unit === "months" &&
          tumour === model.tumour &&
          endpoint === model.endpoint &&
          conditions === undefined,
      )
      .flatMap(({ id, row, value, lower, upper }) =>
        whole
          ? [
              listedOf(model, {
                id,
                name: groupName(row),
                publishedText: words.published(value, lower ?? null, upper ?? null),
                modelText: whole.modelText,
              }),
            ]
          : [],
      );
  });
}

const isInside = (months: number, { lower, upper }: CheckRow["published"]): boolean =>
  lower !== null && upper !== null && months >= lower && months <= upper;

const relative = (months: number, { median: of }: CheckRow["published"]): number =>
  Math.abs(months - of) / of;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function panelOf(model: PublishedModel, groups: readonly Group[]): CheckPanel {
  const whole = groups.find(({ wholeCohort }) => wholeCohort);
  if (!whole) throw new Error(`no whole cohort among the groups of ${model.id}`);
  const rows = groups.map((group) => rowOf(model, group, whole.published.median));
  const ends = rows.flatMap(({ published, model: own }) => [published.upper ?? published.median, own ?? 0]);
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  return {
    id: model.id,
    name: modelRoom.modelName(model.tumour, model.endpoint),
    rows,
    axis: axisTo(Math.max(...ends), MOST_STEPS),
    inside: count("inside"),
    outside: count("outside"),
  };
}

function rowOf(model: PublishedModel, group: Group, cohort: number): CheckRow {
  const { median, lower, upper } = group.published;
  const own = group.modelMedian;
  const name = group.wholeCohort ? words.whole(model.tumour) : groupName(group.row);
  const modelText = own === null ? words.past(model.horizonMonths) : publishedMonths(own);
  // from the numbers as they are shown, so that a reader's subtraction agrees
  const difference = own === null ? null : Number(modelText) - median;
  return {
    id: group.id,
    name,
    label: capitalised(name),
    n: group.n === null ? words.noN : number(group.n),
    published: { median, lower, upper },
    model: own,
    verdict: verdictOf(group),
    publishedText: words.published(median, lower, upper),
    modelText,
    differenceText:
      difference === null ? "" : words.signed(difference, exact(difference, DECIMALS.difference)),
    cohort,
  };
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A median past the horizon is above every printed interval: those end before it. */
export function verdictOf({ wholeCohort, inModel, modelMedian, published }: Group): Verdict {
  if (wholeCohort) return "fitted";
  if (!inModel) return "not-in-model";
  const { lower, upper } = published;
  if (lower === null || upper === null) return "no-interval";
  return modelMedian !== null && isInside(modelMedian, published) ? "inside" : "outside";
}
