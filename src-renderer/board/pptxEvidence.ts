import { board } from "../../src-main/words/board.ts";
import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import { strokeOf } from "../chart/appearance.ts";
import type { BesideView } from "../estimate/view.ts";
import type { EvidenceSlide } from "./deck.ts";
import { drawChart } from "./pptxChart.ts";
import type { Cell, Page } from "./pptxPage.ts";
import { LEFT, RIGHT, TOP, drawCautions, drawHeading, drawLine, run } from "./pptxParts.ts";
import { LINE, fitted, linesIn, plain } from "./pptxType.ts";
import type { EvidenceLayout } from "./estimateLayout.ts";
import { EVIDENCE, evidenceLayout } from "./estimateLayout.ts";
import { SMALLEST } from "./slideLayout.ts";

const { title: TITLE, table: TABLE, key: KEY, head: HEAD, chartTitle: CHART_TITLE, gap: GAP } = EVIDENCE;
const CHART_LEFT = LEFT + TABLE + GAP;

export function drawEvidence(page: Page, { heading, view, rows, cautions }: EvidenceSlide): void {
  drawHeading(page, heading);
  const notes = [
    board.slide.keys,
    board.slide.reconstructed,
    ...(view.chart.assumedShape ? [board.slide.onlyMedian] : []),
  ];
  const layout = evidenceLayout(cautions, rows, notes);
  const bottom = drawCautions(page, layout.strip);
  const { object } = words;
  const title = fitted(board.slide.evidence, RIGHT - LEFT, 700, [26, 24, 22]);
  drawLine(page, object.subtitle, run(page, title.text, title.size, "--ink", 700), {
    left: LEFT,
    top: TOP,
    width: RIGHT - LEFT,
  });
  const top = TOP + TITLE;
  const noteHeight = notes.reduce(
    (sum, text) => sum + linesIn(text, SMALLEST, 400, TABLE) * SMALLEST * LINE,
    0,
  );
  drawTable(page, view.chart, rows, top, layout);
  const noteBox = { left: LEFT, top: bottom - noteHeight, width: TABLE, height: noteHeight };
  const runs = notes.map((text, i) => ({
    ...run(page, text, SMALLEST, "--ink-2"),
    end: i < notes.length - 1,
  }));
  page.text(object.chartNote, runs, noteBox);
  drawLine(page, object.chartTitle, run(page, view.chart.title, 22, "--ink", 700), {
    left: CHART_LEFT,
    top,
    width: RIGHT - CHART_LEFT,
  });
  drawChart(page, view.chart, {
    left: CHART_LEFT,
    top: top + CHART_TITLE,
    width: RIGHT - CHART_LEFT,
    height: layout.chart.height,
  });
}

function drawTable(
  page: Page,
  chart: EvidenceSlide["view"]["chart"],
  rows: readonly BesideView[],
  top: number,
  { rows: heights, size: largest }: EvidenceLayout,
): void {
  const columns = [TABLE - 80 - 196, 80, 196];
  const nameRoom = columns[0]! - KEY - 8;
  const quiet = page.of("--ink-2");
  const cell = (column: number, text: string, weight: number, paint: Cell["paint"]): Cell => {
    const most = column === 0 ? linesIn(plain(text), 21, 700, nameRoom) : 1;
    const room = column === 0 ? nameRoom : columns[column]! - 8;
    const { size, text: shown } = fitted(
      plain(text),
      room,
      weight,
      [largest, largest - 2, 21, SMALLEST, 18, 16],
      most,
    );
    return {
      text: shown,
      size,
      weight,
      paint,
      ...(column === 0 ? { left: KEY } : { align: "right" as const }),
    };
  };
  const head = (text: string, align: Cell["align"] = "left"): Cell => {
    const size = fitted(plain(text), 186, 400, [SMALLEST, 19, 18]).size;
    return { text, size, paint: quiet, align };
  };
  page.table(words.object.groups, {
    left: LEFT,
    top,
    columns,
    heights: [HEAD, ...heights],
    rows: [
      [
        head(board.slide.evidenceColumns),
        head(screen.beside.model, "right"),
        head(screen.beside.published, "right"),
      ],
      ...rows.map((row) => {
        const { label, model, published, note, miss } = row;
        const whole = chart.series.find(({ id }) => id === row.id)?.kind === "cohort";
        const noteSize = Math.min(SMALLEST, largest);
        return [
          {
            ...cell(0, label, 600, page.of("--ink")),
            ...(note !== "" && {
              note: {
                text: note,
                size: noteSize,
                weight: miss ? 700 : 400,
                paint: miss ? page.of("--caution-ink") : quiet,
              },
            }),
          },
          cell(1, model, 700, page.of(miss ? "--caution-ink" : "--ink")),
          cell(2, published, 700, whole ? quiet : page.of("--published")),
        ];
      }),
    ],
    alt: board.slide.evidence,
  });
  let y = top + HEAD;
  rows.forEach((row, i) => {
    const series = chart.series.find(({ id }) => id === row.id);
    const middle = y + heights[i]! / 2;
    if (series) {
      const { ink, ...stroke } = strokeOf(series, chart);
      const scale = 1.5;
      page.path(
        words.object.key(series.name),
        [
          { x: LEFT, y: middle },
          { x: LEFT + KEY - 12, y: middle },
        ],
        {
          stroke: {
            ...stroke,
            width: stroke.width * scale,
            dash: stroke.dash.map((length) => length * scale),
            paint: page.palette.ink(ink),
          },
        },
      );
    }
    y += heights[i]!;
  });
}
