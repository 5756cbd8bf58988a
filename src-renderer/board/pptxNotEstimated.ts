import { board } from "../../src-main/words/board.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import { screen } from "../../src-main/words/screen.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { PublishedRow } from "../estimate/view.ts";
import type { NotEstimatedSlide } from "./deck.ts";
import type { Cell, Page, Run } from "./pptxPage.ts";
import { BOTTOM, INNER, LEFT, RIGHT, TOP, drawHeading, drawLine, run } from "./pptxParts.ts";
import { LINE, fitted, linesIn, plain } from "./pptxType.ts";
import { SMALLEST } from "./slideLayout.ts";

const REPORT = 548;
const GAP = 44;
/** As many reasons as a slide holds; the notes hold them all. */
const MOST = 4;

export function drawNotEstimated(page: Page, slide: NotEstimatedSlide): void {
  const { heading, title, text, rowsTitle, rowsNote, reasons, rows } = slide;
  drawHeading(page, heading);
  const { object } = words;
  const width = rows.length > 0 ? INNER - REPORT - GAP : 980;
  const head = fitted(plain(title), width, 700, [38, 34, 30, 26, 24], 2);
  const headHeight = head.lines * head.size * LINE;
  page.text(object.subtitle, [run(page, head.text, head.size, "--ink", 700)], {
    left: LEFT,
    top: TOP,
    width,
    height: headHeight,
  });
  const textHeight = linesIn(plain(text), 23, 400, width) * 23 * LINE;
  const textTop = TOP + headHeight + 6;
  page.text(
    object.about,
    [run(page, text, 23, "--ink-2")],
    { left: LEFT, top: textTop, width, height: textHeight },
    { shrink: true },
  );
  drawReasons(page, reasons, textTop + textHeight + 20, width);
  if (rows.length > 0) drawReport(page, rowsTitle, rows, rowsNote);
}

function drawReasons(page: Page, reasons: readonly CautionLine[], from: number, width: number): void {
  const shown = reasons.slice(0, MOST);
  const explained = reasons.length <= 2;
  const bar = 6;
  const pad = 14;
  const inner = width - bar - 2 * pad;
  const textOf = ({ full }: CautionLine): string => (explained ? plain(full) : "");
  const heightOf = (reason: CautionLine, size: number): number => {
    const full = textOf(reason);
    return (
      (linesIn(plain(reason.short), size + 4, 700, inner) * (size + 4) +
        (full === "" ? 0 : linesIn(full, size, 400, inner) * size)) *
        LINE +
      24
    );
  };
  const rest = reasons.length - shown.length;
  const room = BOTTOM - from - (rest > 0 ? 34 : 0);
  const total = (size: number): number => shown.reduce((sum, reason) => sum + heightOf(reason, size) + 12, 0);
  const size = [21, SMALLEST, 19, 18, 17, 16, 15].find((each) => total(each) <= room) ?? 14;
  let top = from;
  for (const reason of shown) {
    const height = heightOf(reason, size);
    page.rectangle(
      words.object.cautionGround,
      { left: LEFT, top, width, height },
      page.of("--caution-ground"),
    );
    page.rectangle(
      words.object.cautionGround,
      { left: LEFT, top, width: bar, height },
      page.of("--caution-line"),
    );
    const full = textOf(reason);
    const runs: Run[] = [{ ...run(page, reason.short, size + 4, "--caution-ink", 700), end: full !== "" }];
    if (full !== "") runs.push(run(page, full, size, "--caution-ink"));
    const box = { left: LEFT + bar + pad, top, width: inner, height };
    page.text(words.object.cautions, runs, box, { valign: "middle", shrink: true });
    top += height + 12;
  }
  if (rest > 0) {
    const more = run(
      page,
      words.list([board.notEstimated.moreReasons(rest), words.inNotes]),
      SMALLEST,
      "--caution-ink",
    );
    drawLine(page, words.object.cautions, more, { left: LEFT, top, width });
  }
}

function drawReport(page: Page, title: string, rows: readonly PublishedRow[], note: string): void {
  const left = RIGHT - REPORT;
  const titleHeight = linesIn(plain(title), 21, 400, REPORT) * 21 * LINE;
  page.text(words.object.about, [run(page, title, 21, "--ink-2")], {
    left,
    top: TOP,
    width: REPORT,
    height: titleHeight,
  });
  const top = TOP + titleHeight + 6;
  const bottom = BOTTOM - 36;
  const head = 28;
  const height = Math.min(44, (bottom - top - head) / rows.length);
  const largest = Math.min(23, Math.floor(height / 1.3));
  const columns = [REPORT - 200, 200];
  const cell = (column: 0 | 1, text: string): Cell => {
    const weight = 400;
    const fit = fitted(plain(text), columns[column]! - 6, weight, [
      largest,
      largest - 2,
      largest - 4,
      16,
      14,
    ]);
    const paint = page.of(column === 0 ? "--ink" : "--published");
    return { text: fit.text, size: fit.size, weight, paint, align: column === 0 ? "left" : "right" };
  };
  const quiet = page.of("--ink-2");
  page.table(words.object.groups, {
    left,
    top,
    columns,
    heights: [head, ...rows.map(() => height)],
    rows: [
      [
        { text: words.group, size: 18, paint: quiet },
        { text: screen.beside.published, size: 18, paint: quiet, align: "right" },
      ],
      ...rows.map(({ label, published }) => [cell(0, label), cell(1, published)]),
    ],
    alt: plain(title),
  });
  const at = { left, top: top + head + height * rows.length + 8, width: REPORT };
  drawLine(page, words.object.about, run(page, note, 22, "--ink", 700), at);
}
