import { SITE_LABEL, TUMOUR_LABEL, TUMOUR_NAME } from "../../../src-main/words/labels.ts";
import { LOCALE } from "../../../src-main/words/locale.ts";
import type { Day } from "../followUp/followUp.ts";
import type { CaseSummary } from "../summary.ts";

export const SORT_KEYS = ["label", "tumour", "site", "age", "ps", "board", "changed"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export interface Sorting {
  key: SortKey;
  descending: boolean;
}

type Patient = CaseSummary["patient"];
/** What the list is narrowed to; null: not by this. "unset": where the field is not filled in. */
export interface Filters {
  tumour: NonNullable<Patient["tumour"]> | "unset" | null;
  site: NonNullable<Patient["primarySite"]> | "unset" | null;
  tag: string | null;
  board: "upcoming" | "none" | null;
  followUp: boolean;
}
export const noFilters = (): Filters => ({
  tumour: null,
  site: null,
  tag: null,
  board: null,
  followUp: false,
});

/** Case and diacritics do not tell words apart in a search: "Øst" is found by "ost", "Müller" by "muller". */
export function folded(text: string): string {
  // Most labels are plain, and ten thousand of them are folded before the first search.
  if (IS_PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[øœæßłđð]/g, (letter) => PLAIN[letter]!);
}
const IS_PLAIN = /^[ -~]*$/;
/** Letters that Unicode does not take apart. */
const PLAIN: Record<string, string> = { ø: "o", œ: "oe", æ: "ae", ß: "ss", ł: "l", đ: "d", ð: "d" };

type Tumour = NonNullable<Patient["tumour"]>;
type Site = NonNullable<Patient["primarySite"]>;
const SITES = Object.keys(SITE_LABEL) as Site[];
/** Codes and words by which a tumour or site is found. */
const TUMOUR_WORDS = new Map(
  (Object.keys(TUMOUR_LABEL) as Tumour[]).map((tumour) => [
    tumour,
    [tumour, TUMOUR_LABEL[tumour], TUMOUR_NAME[tumour]].map(folded).join("\n"),
  ]),
);
const SITE_WORDS = new Map(SITES.map((site) => [site, `${folded(site)}\n${folded(SITE_LABEL[site])}`]));

interface Searched {
  all: string;
  /** label and tags without what stands between their parts: "B-22" is found by "b22" too */
  bare: string;
  tags: string[];
  bareTags: string[];
}
const bareOf = (text: string): string => text.replace(/[-_./ ]+/g, "");
/** A summary is replaced when its case changes, so what was folded for it stays true. */
const searched = new WeakMap<CaseSummary, Searched>();

function searchedOf(summary: CaseSummary): Searched {
  const known = searched.get(summary);
  if (known) return known;
  const { label, tags, patient } = summary;
  const { tumour, primarySite } = patient;
  const [foldedLabel, foldedTags] = [folded(label), tags.map(folded)];
  const bareTags = foldedTags.map(bareOf);
  const fold = { all: "", bare: [bareOf(foldedLabel), ...bareTags].join("\n"), tags: foldedTags, bareTags };
  // A separator that nobody types: no word is found across two fields.
  fold.all = [
    foldedLabel,
    ...foldedTags,
    ...(tumour ? [TUMOUR_WORDS.get(tumour)] : []),
    ...(primarySite ? [SITE_WORDS.get(primarySite)] : []),
  ].join("\n");
  searched.set(summary, fold);
  return fold;
}

/** Folds some of the list ahead of the first search. @returns how many of it are done; call again while it is less */
export function prepareSearch(summaries: readonly CaseSummary[], from: number, count: number): number {
  const until = Math.min(from + count, summaries.length);
  for (let at = from; at < until; at++) searchedOf(summaries[at]!);
  return until;
}

interface Token {
  text: string;
  tagsOnly: boolean;
}

/** Words of a search; what stands in quotes is one. */
export function tokensOf(query: string): Token[] {
  return [...query.matchAll(/(tag:)?(?:"([^"]*)"?|(\S+))/gi)].flatMap(([, tag, quoted, word]) => {
    const text = folded(quoted ?? word ?? "");
    return text === "" || (!tag && text === "tag:") ? [] : [{ text, tagsOnly: tag !== undefined }];
  });
}

/** The cases in which every word is found and that pass every filter, in the order in which they were. */
export function matching(
  summaries: readonly CaseSummary[],
  query: string,
  filters: Filters,
  today: Day,
): readonly CaseSummary[] {
  const tokens = tokensOf(query);
  if (tokens.length === 0 && !isFiltered(filters)) return summaries;
  return summaries.filter((summary) => {
    if (!passes(summary, filters, today)) return false;
    if (tokens.length === 0) return true;
    const { all, bare, tags, bareTags } = searchedOf(summary);
    return tokens.every(({ text, tagsOnly }) =>
      tagsOnly
        ? tags.some((tag, at) => tag.includes(text) || bareTags[at]!.includes(text))
        : all.includes(text) || bare.includes(text),
    );
  });
}

export const isFiltered = ({ tumour, site, tag, board, followUp }: Filters): boolean =>
  followUp || [tumour, site, tag, board].some((by) => by !== null);

function passes(summary: CaseSummary, { tumour, site, tag, board, followUp }: Filters, today: Day): boolean {
  const { patient } = summary;
  if (tumour !== null && (patient.tumour ?? "unset") !== tumour) return false;
  if (site !== null && (patient.primarySite ?? "unset") !== site) return false;
  if (tag !== null && !summary.tags.includes(tag)) return false;
  if (board === "none" && summary.board !== null) return false;
  if (board === "upcoming" && (summary.board === null || summary.board.day < today)) return false;
  return !followUp || summary.hasFollowUp;
}

/** "A 2" stands before "A 10"; making one of these is dear, so there is one. */
const collator = new Intl.Collator(LOCALE, { numeric: true, sensitivity: "base" });
export const compareLabels = (a: string, b: string): number => collator.compare(a, b);

type Compare = (a: CaseSummary, b: CaseSummary) => number;

/** Orders by a text or number; what is not filled in stands last in both directions. */
function by<T extends string | number>(
  value: (summary: CaseSummary) => T | null,
  compare: (a: T, b: T) => number,
  descending: boolean,
): Compare {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * compare(x, y);
  };
}

/** Ten words that are compared a hundred thousand times: once. */
const SITE_RANK = new Map(
  SITES.toSorted((a, b) => compareLabels(SITE_LABEL[a], SITE_LABEL[b])).map((site, rank) => [site, rank]),
);

const numbers = (a: number, b: number): number => a - b;
/** ISO days order as text; the collator would be slower. */
const plain = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const typedAge = (text: string): number | null =>
  text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;

const COMPARE: Record<SortKey, (descending: boolean) => Compare> = {
  label: (down) => by(({ label }) => (label === "" ? null : label), compareLabels, down),
  tumour: (down) => by(({ patient }) => patient.tumour, plain, down),
  site: (down) =>
    by(({ patient: { primarySite: site } }) => (site ? SITE_RANK.get(site)! : null), numbers, down),
  age: (down) => by(({ patient }) => typedAge(patient.age), numbers, down),
  ps: (down) => by(({ patient }) => patient.ecogPs, numbers, down),
  // The days in either order, the cases of each as they are discussed.
  board: (down) => {
    const byDay = by(({ board }) => board?.day ?? null, plain, down);
    return (a, b) =>
      byDay(a, b) ||
      (a.board && b.board ? a.board.place - b.board.place || compareLabels(a.label, b.label) : 0);
  },
  // By the time that is shown, right or wrong: a list must be in the order of what stands in it.
  changed: (down) => (a, b) =>
    (down ? -1 : 1) * (a.changedAt - b.changedAt || a.created - b.created || compareLabels(a.label, b.label)),
};

/** Ten thousand labels take a while to order, and a change moves one of them: the last order is where sorting starts. */
export class Order {
  #sorting: Sorting | null = null;
  #last: readonly CaseSummary[] = [];

  sorted(summaries: readonly CaseSummary[], sorting: Sorting): readonly CaseSummary[] {
    const { key, descending } = sorting;
    const same = this.#sorting?.key === key && this.#sorting.descending === descending;
    const compare = COMPARE[key](descending);
    const latest = COMPARE.changed(true);
    this.#last = (same ? this.#asBefore(summaries) : summaries).toSorted(
      (a, b) => compare(a, b) || latest(a, b),
    );
    this.#sorting = { key, descending };
    return this.#last;
  }

  #asBefore(summaries: readonly CaseSummary[]): readonly CaseSummary[] {
    const now = new Map(summaries.map((each) => [each.id, each]));
    const known = this.#last.flatMap(({ id }) => {
      const summary = now.get(id);
      now.delete(id);
      return summary ?? [];
    });
    return [...known, ...now.values()];
  }
}

/** Every tag that is in use, in the order of the alphabet, those used most not first: one finds them where they were. */
export const tagsOf = (summaries: readonly CaseSummary[]): string[] =>
  [...new Set(summaries.flatMap(({ tags }) => tags))].sort(compareLabels);
