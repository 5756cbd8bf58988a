import type { Covariate, Study, Tumour } from "../../src-main/api/contract.ts";
import { COVARIATE_ORDER } from "../../src-main/words/labels.ts";
import type { CellWords } from "../../src-main/words/published.ts";
import { hazardRatioWords, published } from "../../src-main/words/published.ts";
import type { Entry } from "./entries.ts";
import { readable } from "./entries.ts";
import { asWords } from "./filter.ts";

type Model = Study["models"][number];
type Term = Model["terms"][number];

/** A row of the table of models: one covariate or one of its levels, with a value of each model that contains it. */
export interface ModelRow {
  key: string;
  label: string;
  cells: (Entry | null)[];
}

export interface ModelTable {
  columns: { id: string; tumour: Tumour; title: string; n: number }[];
  rows: ModelRow[];
}

/** The published models side by side, a row for each level; a reference has a row where it stands against several. */
export function modelTableOf(study: Study): ModelTable {
  return {
    columns: study.models.map(({ id, tumour, endpoint, n }) => ({
      id,
      tumour,
      title: published.models.model(tumour, endpoint),
      n,
    })),
    rows: COVARIATE_ORDER.flatMap((covariate) => rowsOf(covariate, study)),
  };
}

export const entriesOfModels = ({ rows }: ModelTable): Entry[] =>
  rows.flatMap(({ cells }) => cells.filter((entry) => entry !== null));

function rowsOf(covariate: Covariate, study: Study): ModelRow[] {
  const terms = study.models.map((model) => model.terms.find((term) => term.covariate === covariate));
  const levels = new Set(terms.flatMap((term) => (term ? levelsOf(term) : [])));
  return [...levels].map((level) => ({
    key: `${covariate}/${level}`,
    label: terms.flatMap((term) => (term && levelsOf(term).includes(level) ? labelOf(term, level) : []))[0]!,
    cells: study.models.map((model, i) => {
      const term = terms[i];
      return term && levelsOf(term).includes(level) ? entryOf(model, term, level, study) : null;
    }),
  }));
}

const PER_YEAR = "per-year";

function levelsOf(term: Term): string[] {
  if (term.kind === "linear") return [PER_YEAR];
  const levels = term.levels.map(({ level }) => level);
  return levels.length > 1 ? [term.reference, ...levels] : levels;
}

function labelOf(term: Term, level: string): string {
  if (term.kind === "linear") return published.models.perYear(term.covariate);
  return term.levels.length > 1
    ? published.models.level(term.covariate, level)
    : published.models.against(term.covariate, level, term.reference);
}

function entryOf(model: Model, term: Term, level: string, study: Study): Entry {
  const printed = term.kind === "linear" ? term : term.levels.find((known) => known.level === level);
  const { source } = printed ?? term;
  const cell: CellWords = printed
    ? hazardRatioWords(printed)
    : { value: published.models.reference, bracket: null, size: jointP(model, term, study) };
  const title = published.details.title(
    model.tumour,
    published.models.subject(model.endpoint, model.n),
    labelOf(term, level),
  );
  const statement = printed
    ? published.models.statement(cell)
    : published.models.referenceStatement(cell.size);
  return {
    ids: [`table-3/${model.id}/${term.covariate}/${level}`],
    tumour: model.tumour,
    cell,
    title,
    statement,
    place: source.place,
    quote: source.quote === undefined ? null : readable(source.quote),
    note: source.note ?? null,
    size: null,
    copy: published.copy.value(title, statement, study.citation, source.place, null),
    words: asWords(title, statement, source.place, published.sections["table-3"], "HR"),
  };
}

/**
 * The p-value of a factor with several levels, which the article prints beside the reference, model after model:
 * "PS 0 Ref. <0.001 Ref. <0.001 …". Null where its words do not hold one for each model that contains the factor.
 */
function jointP(model: Model, term: Term, study: Study): string | null {
  const having = study.models.filter(({ terms }) =>
    terms.some(({ covariate }) => covariate === term.covariate),
  );
  const printed = [...(term.source.quote ?? "").matchAll(/Ref\. (<?\d[\d.]*)/g)].map(([, p]) => p!);
  return printed.length === having.length ? published.models.pValue(printed[having.indexOf(model)]!) : null;
}
