import type { Study, Tumour } from "../../src-main/api/contract.ts";
import type { CellWords, TumourOrBoth } from "../../src-main/words/published.ts";
import { cellWords, measureOf, published, statementOf } from "../../src-main/words/published.ts";
import { asWords } from "./filter.ts";
import type { GroupId, GroupLayout, SectionId } from "./layout.ts";
import { LAYOUT } from "./layout.ts";

type Result = Study["results"][number];

/** A published value as the page shows it, with all that its details say. */
export interface Entry {
  /** its addresses; the first is its own, a second that of the other tumour where the value is of both together */
  ids: readonly [string, ...string[]];
  tumour: TumourOrBoth;
  cell: CellWords;
  /** "NEC, overall survival, PS 1" */
  title: string;
  /** "median 8.0 months (95 % CI 6.4–9.6), n = 195" */
  statement: string;
  place: string;
  quote: string | null;
  note: string | null;
  /** where the number of patients is from, where it is printed elsewhere */
  size: string | null;
  /** the value as it goes into another text */
  copy: string;
  /** what the filter looks in */
  words: string;
}

/** A row of a table: one value of both tumours together, or one of each; null where the article's text has none. */
export interface Row {
  key: string;
  label: string;
  /** what its values are, where that is not what its group's heading says */
  measure: string | null;
  pooled: Entry | null;
  cells: Record<Tumour, Entry | null>;
}

export interface Group {
  id: GroupId;
  title: string;
  /** what most of its values are */
  measure: string;
  rows: Row[];
}

export interface Section {
  id: SectionId;
  groups: Group[];
  /** the tumours of which the section has values */
  tumours: Tumour[];
}

/** The order of columns everywhere. */
const COLUMNS: readonly Tumour[] = ["NEC", "NET_G3"];

const keyOf = (id: string): string => id.slice(id.indexOf("/") + 1);

/** All results of the study in the sections and groups of the page, each in exactly one row. */
export function sectionsOf(study: Study): Section[] {
  const taken = new Set<string>();
  return LAYOUT.map(({ id, groups }): Section => {
    const built = groups.flatMap((layout): Group[] => {
      const results = study.results.filter(
        (result) => !taken.has(result.id) && layout.holds.test(keyOf(result.id)),
      );
      results.forEach((result) => taken.add(result.id));
      return results.length === 0 ? [] : [groupOf(layout, results, id, study)];
    });
    const held = built.flatMap(({ rows }) => rows);
    return {
      id,
      groups: built,
      tumours: COLUMNS.filter((tumour) =>
        held.some(({ pooled, cells }) => pooled !== null || cells[tumour] !== null),
      ),
    };
  });
}

export const entriesOfRow = ({ pooled, cells }: Row): Entry[] =>
  [pooled, cells.NEC, cells.NET_G3].filter((entry) => entry !== null);

export const entriesOf = (sections: readonly Section[]): Entry[] =>
  sections.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows.flatMap(entriesOfRow)));

function mostFrequent(texts: readonly string[]): string {
  const count = (text: string): number => texts.filter((other) => other === text).length;
  return texts.reduce((most, text) => (count(text) > count(most) ? text : most));
}

function groupOf(layout: GroupLayout, results: Result[], section: SectionId, study: Study): Group {
  const common = mostFrequent(results.map(measureOf));
  return {
    id: layout.id,
    title: published.groups[layout.id].title,
    measure: common,
    rows: [...new Set(results.map(({ id }) => keyOf(id)))].map((key) => {
      const ofRow = results.filter(({ id }) => keyOf(id) === key);
      const entry = (result: Result | undefined, also: Result[] = []): Entry | null =>
        result ? entryOf(result, also, layout, section, study) : null;
      const [pooled, ...also] = ofRow.filter((result) => result.pooled === true);
      const own = (tumour: Tumour): Result | undefined =>
        ofRow.find((result) => result.tumour === tumour && result.pooled !== true);
      const labels = ofRow.map(({ row }) => published.rowLabel(row, layout.said ?? null));
      return {
        key,
        label: published.rowOfBoth(labels[0]!, labels.at(-1)!),
        measure: measureOf(ofRow[0]!) === common ? null : measureOf(ofRow[0]!),
        pooled: entry(pooled, also),
        cells: { NEC: entry(own("NEC")), NET_G3: entry(own("NET_G3")) },
      };
    }),
  };
}

function entryOf(
  result: Result,
  also: Result[],
  layout: GroupLayout,
  section: SectionId,
  study: Study,
): Entry {
  const { source, nSource, n } = result;
  const tumour = result.pooled === true ? "both" : result.tumour;
  const label = published.rowLabel(result.row, layout.said ?? null);
  const title = published.details.title(tumour, published.groups[layout.id].subject, label);
  const statement = statementOf(result);
  return {
    ids: [result.id, ...also.map(({ id }) => id)],
    tumour,
    cell: cellWords(result),
    title,
    statement,
    place: source.place,
    quote: source.quote === undefined ? null : readable(source.quote),
    note: source.note ?? null,
    size:
      n === undefined || nSource === undefined
        ? null
        : published.details.sizeFrom(n, nSource.place, nSource.note ?? null),
    copy: published.copy.value(title, statement, study.citation, source.place, nSource?.place ?? null),
    words: asWords(
      title,
      statement,
      tableOf(source.place),
      published.sections[section],
      ...[result, ...also].map(({ id }) => id.replaceAll(/[/-]/g, " ")),
    ),
  };
}

/** A place without its row: whoever looks for "ALP elevated" does not look for what is missing in that row. */
const tableOf = (place: string): string => place.replace(/, rows? .*/, "");

/** The article's own words without the marks that its text copy carries for type and formulas. */
export function readable(quote: string): string {
  return quote
    .replaceAll(/ ?<\/?su[bp]>/g, "")
    .replaceAll(/\\text\{([^}]*)\}/g, "$1")
    .replaceAll(/\$ ?([^$]*?) ?\$/g, "$1")
    .replaceAll(/\*(\w+)\*/g, "$1");
}
