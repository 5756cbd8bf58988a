import type { ChartView, Series, SeriesKind } from "./chartView.ts";

/** A colour by its meaning; the screen resolves it to a token, slides and paper to a palette. */
export type Ink =
  "ink" | "quiet" | "line" | "ground" | "caution" | SeriesKind | "patientBand" | "variantBand";

/** The design token of each meaning (ui/tokens.css). */
export const TOKEN: Record<Ink, string> = {
  ink: "--ink",
  quiet: "--ink-3",
  line: "--line",
  ground: "--panel",
  caution: "--caution-ink",
  patient: "--accent",
  variant: "--variant",
  published: "--published",
  cohort: "--cohort",
  patientBand: "--accent-band",
  variantBand: "--variant-band",
};

export interface Stroke {
  ink: Ink;
  width: number;
  /** lengths of dash and gap, in widths of a pixel at normal size; empty for a solid line */
  dash: readonly number[];
  cap: "round" | "butt";
}

/** Each published group its own dashes: colours alone are lost in greyscale and to some eyes. */
const PUBLISHED_DASHES = [
  [7, 4],
  [2.5, 3],
  [12, 3, 2.5, 3],
  [16, 5],
] as const;

/** As many published groups as can be told apart in one chart. */
export const MOST_GROUPS = PUBLISHED_DASHES.length;

/** A shape that is assumed, not published. */
const ASSUMED = [11, 4, 2.5, 4] as const;

/** How a curve is drawn: the same on screen, paper and slide. */
export function strokeOf(
  series: Pick<Series, "kind" | "style">,
  view: Pick<ChartView, "assumedShape">,
): Stroke {
  switch (series.kind) {
    case "patient":
      return { ink: "patient", width: 2.75, dash: view.assumedShape ? ASSUMED : [], cap: "round" };
    case "variant":
      return { ink: "variant", width: 2.75, dash: view.assumedShape ? [3, 4] : [9, 5], cap: "butt" };
    case "cohort":
      return { ink: "cohort", width: 2, dash: [1, 4.5], cap: "round" };
    case "published":
      return {
        ink: "published",
        width: 1.75,
        dash: PUBLISHED_DASHES[series.style % PUBLISHED_DASHES.length]!,
        cap: "butt",
      };
  }
}

export const bandInk = (kind: SeriesKind): Ink => (kind === "variant" ? "variantBand" : "patientBand");

/** Weight of the direct label: a patient's stands out. */
export const labelWeight = (kind: SeriesKind): number =>
  kind === "patient" || kind === "variant" ? 650 : 500;
