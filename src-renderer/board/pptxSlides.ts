import { board } from "../../src-main/words/board.ts";
import { ENDPOINT_SHORT } from "../../src-main/words/labels.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { CaseHeading, MethodSlide, Slide, TitleSlide } from "./deck.ts";
import { drawComparison } from "./pptxComparison.ts";
import { drawEstimate } from "./pptxEstimate.ts";
import { drawEvidence } from "./pptxEvidence.ts";
import { drawNotEstimated } from "./pptxNotEstimated.ts";
import type { Cell, Page, Run } from "./pptxPage.ts";
import { BOTTOM, INNER, LEFT, TOP, drawLine, drawTitle, run } from "./pptxParts.ts";
import { LINE, fitted, linesIn, plain } from "./pptxType.ts";
import { SMALLEST } from "./slideLayout.ts";

export function drawSlide(page: Page, slide: Slide): void {
  switch (slide.kind) {
    case "title":
      return drawTitleSlide(page, slide);
    case "estimate":
      return drawEstimate(page, slide);
    case "comparison":
      return drawComparison(page, slide);
    case "evidence":
      return drawEvidence(page, slide);
    case "not-estimated":
      return drawNotEstimated(page, slide);
    case "method":
      return drawMethod(page, slide);
  }
}

/** As many cases as a title slide holds, and as many as stand in one column with what they were estimated from. */
const MOST_CASES = 20;
const ONE_COLUMN = 6;

function drawTitleSlide(page: Page, { title, date, lines, cases }: TitleSlide): void {
  const { object } = words;
  const width = INNER - 120;
  const many = cases.length > 10;
  const { text, size, lines: rows } = fitted(plain(title), width, 700, many ? [34, 30] : [52, 46, 40], 2);
  const height = rows * size * LINE;
  let top = 44;
  page.title(object.title, run(page, text, size, "--ink", 700), { left: LEFT, top, width, height }, {});
  top += height + 4;
  drawLine(page, object.date, run(page, date, 26, "--ink-2"), { left: LEFT, top, width: INNER });
  top += 26 * LINE + (many ? 12 : 22);

  const rest = cases.length - MOST_CASES;
  const foot = [...(rest > 0 ? [board.deck.moreCases(rest)] : []), ...lines]
    .map(plain)
    .filter((line) => line !== "");
  const footSize = many ? SMALLEST : 21;
  const footHeight = foot.reduce(
    (sum, line) => sum + linesIn(line, footSize, 400, INNER) * footSize * LINE,
    0,
  );
  const footTop = BOTTOM - footHeight - 2;
  if (foot.length > 0) {
    const runs = foot.map((line): Run => ({ ...run(page, line, footSize, "--ink-2"), end: true }));
    page.text(
      object.about,
      runs,
      { left: LEFT, top: footTop, width: INNER, height: footHeight },
      { shrink: true },
    );
  }
  if (cases.length > 0) drawCases(page, cases.slice(0, MOST_CASES), top, footTop - 12);
  else
    drawLine(page, object.cases, run(page, board.deck.noCases, 24, "--ink-2"), {
      left: LEFT,
      top: top + 12,
      width: INNER,
    });
}

function drawCases(page: Page, cases: readonly CaseHeading[], top: number, bottom: number): void {
  const columns = cases.length > ONE_COLUMN ? 2 : 1;
  const gap = 44;
  const width = (INNER - gap * (columns - 1)) / columns;
  const rows = Math.ceil(cases.length / columns);
  const head = 26;
  const height = Math.min(columns === 1 ? 64 : rows <= 5 ? 72 : 46, (bottom - top - head) / rows);
  /** what a case was estimated from stands under its label where there is room */
  const described = columns === 1 || height >= 60;
  const place = 52;
  const room = width - place - 6;
  for (let column = 0; column < columns; column++) {
    const mine = cases.slice(column * rows, (column + 1) * rows);
    const heads = [words.cases.place, words.cases.label].map((text): Cell => ({
      text,
      size: 16,
      paint: page.of("--ink-2"),
    }));
    page.table(words.object.cases, {
      left: LEFT + column * (width + gap),
      top,
      columns: [place, width - place],
      heights: [head, ...mine.map(() => height)],
      rows: [
        heads,
        ...mine.map(({ place: number, label, endpoint, facts }): Cell[] => {
          const largest = described ? (columns === 1 ? 26 : 22) : Math.min(22, Math.floor(height / 1.5));
          const one = fitted(plain(label), room, 700, [largest, largest - 2]);
          const lines = Math.floor(height / (16 * LINE)) - (described ? 1 : 0);
          const name =
            one.text === plain(label)
              ? one
              : fitted(plain(label), room, 700, [18, 17, 16], Math.max(1, lines));
          const about = plain(words.list([...(endpoint ? [ENDPOINT_SHORT[endpoint]] : []), ...facts]));
          const note = fitted(about, room, 400, [SMALLEST, 19, 18, 17, 16]);
          return [
            { text: String(number), size: 22, weight: 700, paint: page.of("--accent") },
            {
              text: name.text,
              size: name.size,
              weight: 700,
              paint: page.of("--ink"),
              ...(described && about !== "" && { note: { ...note, paint: page.of("--ink-2") } }),
            },
          ];
        }),
      ],
      alt: board.deck.cases,
    });
  }
}

function drawMethod(page: Page, { title, points }: MethodSlide): void {
  drawTitle(page, title);
  const gap = 48;
  const width = (INNER - gap) / 2;
  const rows = Array.from({ length: Math.ceil(points.length / 2) }, (_, row) =>
    points.slice(2 * row, 2 * row + 2),
  );
  const heightOf = (point: MethodSlide["points"][number], size: number): number =>
    (linesIn(plain(point.title), size + 3, 700, width) * (size + 3) +
      linesIn(plain(point.text), size, 400, width) * size) *
      LINE +
    8;
  const heightsAt = (size: number): number[] =>
    rows.map((row) => Math.max(...row.map((point) => heightOf(point, size))));
  const total = (heights: number[]): number => heights.reduce((sum, height) => sum + height, 0);
  const least = 10;
  const room = BOTTOM - TOP;
  const size =
    [22, 21, 20, 19, 18, 17, 16, 15, 14].find(
      (each) => total(heightsAt(each)) + least * (rows.length - 1) <= room,
    ) ?? 13;
  const heights = heightsAt(size);
  const between = rows.length > 1 ? Math.min(40, (room - total(heights)) / (rows.length - 1)) : 0;
  let top: number = TOP;
  rows.forEach((row, i) => {
    row.forEach(({ title: head, text }, column) => {
      page.text(
        words.object.point(head),
        [{ ...run(page, head, size + 3, "--accent", 700), end: true }, run(page, text, size)],
        { left: LEFT + column * (width + gap), top, width, height: heights[i]! },
        { shrink: true },
      );
    });
    top += heights[i]! + between;
  });
}
