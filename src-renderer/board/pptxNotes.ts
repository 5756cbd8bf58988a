import type { CautionLine } from "../../src-main/words/cautions.ts";
import { SEVERITY_LABEL } from "../../src-main/words/labels.ts";
import { slides as words } from "../../src-main/words/slides.ts";
import type { BesideView, EstimateView } from "../estimate/view.ts";
import type { CaseHeading, Deck, Slide } from "./deck.ts";
import { plain } from "./pptxType.ts";

/** The speaker's notes of a slide, paragraph by paragraph: what the slide is too small for. */
export function notesOf(slide: Slide, { left, right }: Deck["footer"]): string[] {
  return [...ofSlide(slide), words.notes.source, left, right].map(plain);
}

function ofSlide(slide: Slide): string[] {
  switch (slide.kind) {
    case "title":
      return [slide.title, ...slide.cases.flatMap(headingOf)];
    case "estimate":
      return [
        ...headingOf(slide.heading),
        medianOf(slide.view),
        ...cautionsOf(slide.cautions),
        ...groupsOf(slide.view.beside.filter(({ belongs }) => belongs === true)),
      ];
    case "evidence":
      return [
        ...headingOf(slide.heading),
        medianOf(slide.view),
        ...cautionsOf(slide.cautions),
        ...groupsOf(slide.rows),
      ];
    case "comparison":
      return [
        ...headingOf(slide.heading),
        ...slide.view.versions.map(({ name, median }) =>
          words.notes.version(name, median.value, median.interval),
        ),
        ...(slide.view.differences.length > 0 ? [words.notes.differences, ...slide.view.differences] : []),
        ...cautionsOf(slide.view.cautions),
      ];
    case "not-estimated":
      return [
        ...headingOf(slide.heading),
        ...under(words.notes.reasons, slide.reasons.map(cautionOf)),
        ...under(
          words.notes.published,
          slide.rows.map(({ label, published }) => words.notes.publishedGroup(label, published)),
        ),
      ];
    case "method":
      return slide.points.flatMap(({ title, text }) => [title, text]);
  }
}

const under = (title: string, lines: string[]): string[] => (lines.length > 0 ? [title, ...lines] : []);

const headingOf = ({ label, facts }: CaseHeading): string[] => [label, words.list(facts)];

const medianOf = ({ median: { label, value, interval } }: EstimateView): string =>
  words.notes.median(label, value, interval);

/** In full; a case that could not be computed has a short reason only. */
const cautionOf = ({ severity, short, full, source }: CautionLine): string =>
  words.notes.caution(SEVERITY_LABEL[severity], full === "" ? short : full, source);

const cautionsOf = (cautions: readonly CautionLine[]): string[] =>
  under(words.notes.cautions, cautions.map(cautionOf));

const groupsOf = (rows: readonly BesideView[]): string[] =>
  under(
    words.notes.groups,
    rows.map(({ label, published, model, place }) => words.notes.group(label, published, model, place)),
  );
