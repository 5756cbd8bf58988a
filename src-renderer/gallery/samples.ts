import type { Caution } from "../../src-main/api/contract.ts";
import type { ChartView, Point } from "../chart/chartView.ts";
import { ticksTo } from "../chart/chartView.ts";

/** Made-up data for the gallery: curves of constant hazard, and one caution of each severity. */
const curve = (median: number): Point[] =>
  Array.from({ length: 73 }, (_, i) => ({ months: i / 2, survival: 0.5 ** (i / 2 / median) }));

export const CHART: ChartView = {
  endpoint: "os",
  title: "Alive, %",
  summary: "A made-up chart",
  maxMonths: 36,
  ticks: ticksTo(36),
  assumedShape: false,
  series: [
    {
      id: "patient",
      kind: "patient",
      style: 0,
      name: "this patient",
      labels: ["this patient"],
      line: curve(6),
      band: curve(6).map(({ months, survival }) => ({
        months,
        lower: survival ** 1.3,
        upper: survival ** 0.75,
      })),
      median: 6,
      mark: null,
    },
    {
      id: "variant",
      kind: "variant",
      style: 0,
      name: "with something changed",
      labels: ["with something changed"],
      line: curve(12),
      band: [],
      median: 12,
      mark: null,
    },
    {
      id: "group",
      kind: "published",
      style: 0,
      name: "a group",
      labels: ["a group: published 9.0 (7.0–14.0)", "a group"],
      line: curve(9),
      band: [],
      median: null,
      mark: { median: 9, lower: 7, upper: 14 },
    },
    {
      id: "all",
      kind: "cohort",
      style: 0,
      name: "everyone",
      labels: ["everyone"],
      line: curve(17),
      band: [],
      median: null,
      mark: null,
    },
  ],
};

export const CAUTIONS: Caution[] = [
  {
    code: "nec-ps-3",
    severity: "serious",
    source: "Table 2",
    facts: { publishedMedian: 1.2, publishedLower: 0.8, publishedUpper: 1.6, n: 23, modelMedian: 2.9 },
  },
  { code: "treatment-association", severity: "caution", source: "Discussion", facts: {} },
  {
    code: "averaged-covariate",
    severity: "note",
    source: "model",
    facts: { covariate: "alp" },
  },
];
