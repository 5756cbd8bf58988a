import type { Endpoint, ReferenceCurve, Study, Tumour } from "../../src-main/api/contract.ts";
import { percentNumber } from "../../src-main/words/format.ts";
import { TUMOUR_LABEL } from "../../src-main/words/labels.ts";
import { published } from "../../src-main/words/published.ts";
import type { ChartView, PublishedMark, Series, SeriesKind } from "../chart/chartView.ts";
import { survivalAt, ticksTo } from "../chart/chartView.ts";
import type { Entry } from "./entries.ts";
import { asWords } from "./filter.ts";

type Model = Study["models"][number];
export type PanelId = keyof typeof published.figures.panels;

/**
 * What each panel of the article's figures shows, by the results from which its lines are drawn; none: no number. Those
 * that `published.figures.contradicted` names are given as medians only: by the article's own words their curves meet or
 * part late, which curves of proportional hazards, scaled to one median each, cannot do.
 */
const PANELS: Record<
  PanelId,
  { endpoint: Endpoint; tumours: readonly Tumour[]; results: readonly string[] }
> = {
  "1a": { endpoint: "pfs", tumours: ["NEC", "NET_G3"], results: ["nec/pfs/all", "net-g3/pfs/all"] },
  "1b": { endpoint: "os", tumours: ["NEC", "NET_G3"], results: ["nec/os/all", "net-g3/os/all"] },
  "1c": {
    endpoint: "os",
    tumours: ["NET_G3"],
    results: ["net-g3/os/ki67-below-55", "net-g3/os/ki67-at-least-55"],
  },
  "1d": { endpoint: "os", tumours: ["NEC"], results: ["nec/os/ki67-below-55", "nec/os/ki67-at-least-55"] },
  "2a": {
    endpoint: "os",
    tumours: ["NEC"],
    results: ["nec/os/ps-0", "nec/os/ps-1", "nec/os/ps-2", "nec/os/ps-3"],
  },
  "2b": { endpoint: "os", tumours: ["NEC"], results: [] },
  "2c": { endpoint: "os", tumours: ["NEC"], results: ["nec/os/alp-normal", "nec/os/alp-elevated"] },
  "3a": {
    endpoint: "os",
    tumours: ["NET_G3"],
    results: [
      "net-g3/os/regimen-platinum-etoposide",
      "net-g3/os/regimen-tem-cap",
      "net-g3/os/regimen-tem-eve",
    ],
  },
  "3b": {
    endpoint: "pfs",
    tumours: ["NET_G3"],
    results: [
      "net-g3/pfs/regimen-platinum-etoposide",
      "net-g3/pfs/regimen-tem-cap",
      "net-g3/pfs/regimen-tem-eve",
    ],
  },
  "3c": {
    endpoint: "os",
    tumours: ["NET_G3"],
    results: ["net-g3/os/ps-0", "net-g3/os/ps-1", "net-g3/os/ps-2"],
  },
  "3d": { endpoint: "os", tumours: ["NET_G3"], results: ["net-g3/os/alp-normal", "net-g3/os/alp-elevated"] },
};

export const PANEL_IDS = Object.keys(PANELS) as PanelId[];
/** The address of a panel. */
export const panelAddress = (id: PanelId): string => `figures/${id}`;

type ContradictedId = keyof typeof published.figures.contradicted;
/** Why a panel has no curves, and what the article says of its own. */
export type Contradiction = ReturnType<(typeof published.figures.contradicted)[ContradictedId]>;

const contradictionOf = (id: PanelId, cut: number): Contradiction | null =>
  id in published.figures.contradicted ? published.figures.contradicted[id as ContradictedId](cut) : null;

/** A line of a panel: its group, the published median, and reconstructed survival in percent at the landmarks. */
export interface PanelRow {
  id: string;
  name: string;
  kind: SeriesKind;
  style: number;
  entry: Entry;
  /** months */
  published: PublishedMark;
  /** in the order of the panel's landmarks; null past the end of the curve; empty until the curve is known */
  survival: (string | null)[];
}

export interface Panel {
  id: PanelId;
  number: string;
  title: string;
  /** whether the article's text carries anything of it */
  published: string;
  reconstructed: string;
  /** what its vertical axis counts */
  axis: string;
  assumedShape: boolean;
  /** months */
  landmarks: number[];
  rows: PanelRow[];
  /** null until its curves are known, and for a panel without any */
  view: ChartView | null;
  /** where curves would contradict the article: medians only */
  contradiction: Contradiction | null;
  words: string;
}

/** The panels in the order of the article. Rows stand before their curves are known, so that nothing moves later. */
export function panelsOf(
  study: Study,
  entries: ReadonlyMap<string, Entry>,
  curves: ReadonlyMap<string, ReferenceCurve>,
): Panel[] {
  return PANEL_IDS.map((id) => panelOf(id, study, entries, curves));
}

function panelOf(
  id: PanelId,
  study: Study,
  entries: ReadonlyMap<string, Entry>,
  curves: ReadonlyMap<string, ReferenceCurve>,
): Panel {
  const { endpoint, tumours, results } = PANELS[id];
  const models = study.models.filter(
    (model) => model.endpoint === endpoint && tumours.includes(model.tumour),
  );
  const cut = study.populations[tumours[0]!].ki67Cut;
  const title = published.figures.panels[id](cut);
  const contradiction = contradictionOf(id, cut);
  const known = results.flatMap((result) => curves.get(result) ?? []);
  const complete = results.length > 0 && known.length === results.length;
  const maxMonths = axisEnd(endpoint, models, known);
  const landmarks = contradiction
    ? []
    : [...new Set(models.flatMap(({ landmarkMonths }) => landmarkMonths))]
        .filter((months) => months <= maxMonths)
        .sort((a, b) => a - b);
  const rows = results.flatMap((result, style): PanelRow[] => {
    const found = study.results.find((known) => known.id === result);
    const entry = entries.get(result);
    if (!found || !entry) return [];
    const name =
      found.conditions?.length === 0 ? TUMOUR_LABEL[found.tumour] : published.figures.inPanel(found.row);
    const curve = curves.get(result);
    return [
      {
        id: result,
        name,
        kind: "published",
        style,
        entry,
        published: { median: found.value, lower: found.lower ?? null, upper: found.upper ?? null },
        survival: curve
          ? landmarks.map((months) =>
              months > curve.horizonMonths ? null : percentNumber(survivalAt(curve.curve, months)),
            )
          : [],
      },
    ];
  });
  return {
    id,
    number: published.figures.number(id),
    title,
    published: publishedOf(rows, models),
    reconstructed: contradiction ? published.figures.withheld : reconstructedOf(rows, models, endpoint),
    axis: published.figures.chartTitle[endpoint],
    assumedShape: endpoint === "pfs",
    landmarks,
    rows,
    view: complete && !contradiction ? viewOf(endpoint, known, rows, maxMonths) : null,
    contradiction,
    words: asWords(
      published.figures.number(id),
      title,
      ...rows.map(({ name }) => name),
      published.sections.figures,
    ),
  };
}

const isWholeCohort = (rows: readonly PanelRow[], models: readonly Model[]): boolean =>
  rows.length > 0 && models.length > 1;

function publishedOf(rows: readonly PanelRow[], models: readonly Model[]): string {
  if (rows.length === 0) return published.figures.nothing;
  const months = new Set(
    models.flatMap(({ anchors }) =>
      anchors.flatMap((anchor) => (anchor.kind === "survival" ? [anchor.months] : [])),
    ),
  );
  return isWholeCohort(rows, models) && months.size > 0
    ? published.figures.mediansAndSurvival(rows.length, [...months])
    : published.figures.medians(rows.length);
}

function reconstructedOf(rows: readonly PanelRow[], models: readonly Model[], endpoint: Endpoint): string {
  if (rows.length === 0) return published.figures.noCurve;
  if (endpoint === "pfs") {
    return published.figures.assumed(
      models.map(({ tumour, horizonMonths }) => ({ tumour, months: horizonMonths })),
    );
  }
  return isWholeCohort(rows, models) ? published.figures.between : published.figures.scaled;
}

/** Past this month nearly all curves of NEC are at the floor; the axis goes on where there is something to see. */
const SHORT_AXIS = 36;
const WORTH_SHOWING = 0.1;

function axisEnd(endpoint: Endpoint, models: readonly Model[], curves: readonly ReferenceCurve[]): number {
  const horizon = Math.max(...models.map(({ horizonMonths }) => horizonMonths));
  if (endpoint === "pfs" || horizon <= SHORT_AXIS || curves.length === 0) return horizon;
  return curves.some(({ curve }) => survivalAt(curve, SHORT_AXIS) >= WORTH_SHOWING) ? horizon : SHORT_AXIS;
}

function viewOf(
  endpoint: Endpoint,
  curves: readonly ReferenceCurve[],
  rows: readonly PanelRow[],
  maxMonths: number,
): ChartView {
  const title = published.figures.chartTitle[endpoint];
  return {
    endpoint,
    title,
    summary: published.figures.summary(
      title,
      rows.map(({ name }, i) => ({ name, median: curves[i]!.published.median })),
    ),
    maxMonths,
    ticks: ticksTo(maxMonths),
    assumedShape: endpoint === "pfs",
    series: rows.map(({ id, name, kind, style }, i): Series => {
      const { curve, published: mark } = curves[i]!;
      return {
        id,
        kind,
        style,
        name,
        labels: [name],
        line: curve.filter(({ months }) => months <= maxMonths),
        band: [],
        median: null,
        mark,
      };
    }),
  };
}
