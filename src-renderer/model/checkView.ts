import type { ReferenceCurve, Study } from "../../src-main/api/contract.ts";
import { number, publishedMonths } from "../../src-main/words/format.ts";
import { groupName } from "../../src-main/words/labels.ts";
import { DECIMALS, exact, modelRoom } from "../../src-main/words/modelRoom.ts";
import type { Axis } from "./axis.ts";
import { axisTo } from "./axis.ts";

const words = modelRoom.check;
/** of a panel's axis */
const MOST_STEPS = 6;
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

export interface CheckView {
  panels: CheckPanel[];
  summary: string;
  misses: { id: string; text: string }[];
  apart: string;
  inside: number;
  outside: number;
}

type Group = Omit<ReferenceCurve, "curve">;

/** @param groups the published groups of each model, in the order of `models` */
export function checkView(
  models: readonly PublishedModel[],
  groups: readonly (readonly Group[])[],
): CheckView {
  const panels = models.map((model, i) => panelOf(model, groups[i]!));
  const rows = panels.flatMap((panel) => panel.rows);
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const misses = panels.flatMap(({ rows: own }, i) =>
    own
      .filter(({ verdict }) => verdict === "outside")
      .map(({ id, name, publishedText, modelText }) => ({
        id,
        text: words.miss({
          model: modelRoom.modelShort(models[i]!.tumour, models[i]!.endpoint),
          group: name,
          published: publishedText,
          median: modelText,
        }),
      })),
  );
  return {
    panels,
    summary: words.summary(count("inside"), count("outside")),
    misses,
    apart: words.apart(count("fitted"), count("no-interval"), count("not-in-model")),
    inside: count("inside"),
    outside: count("outside"),
  };
}

function panelOf(model: PublishedModel, groups: readonly Group[]): CheckPanel {
  const rows = groups.map((group) => rowOf(model, group));
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

function rowOf(model: PublishedModel, group: Group): CheckRow {
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
  };
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A median past the horizon is above every printed interval: those end before it. */
export function verdictOf({ wholeCohort, inModel, modelMedian, published }: Group): Verdict {
  if (wholeCohort) return "fitted";
  if (!inModel) return "not-in-model";
  const { lower, upper } = published;
  if (lower === null || upper === null) return "no-interval";
  return modelMedian !== null && modelMedian >= lower && modelMedian <= upper ? "inside" : "outside";
}
