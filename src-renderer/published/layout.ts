import { published } from "../../src-main/words/published.ts";

export type SectionId = keyof typeof published.sections;
export type GroupId = keyof typeof published.groups;

export const SECTION_IDS = Object.keys(published.sections) as SectionId[];

/** The sections as they follow one another. Whoever filters looks for a number: figures then stand after the tables. */
export const sectionOrder = (filtered: boolean): readonly SectionId[] =>
  filtered
    ? [
        ...SECTION_IDS.filter((id) => id !== "figures" && id !== "inconsistencies"),
        "figures",
        "inconsistencies",
      ]
    : SECTION_IDS;

/** A heading within a table and the results that stand under it. */
export interface GroupLayout {
  id: GroupId;
  /** by the id without its tumour: "os/ps-1" */
  holds: RegExp;
  /** what the heading says already, and a row need not repeat */
  said?: RegExp;
}

export interface SectionLayout {
  id: SectionId;
  groups: readonly GroupLayout[];
}

const OUTCOME = /^(OS|PFS) /;

/** Where each result stands on the page: the first group that holds it. The last one takes what no other knows. */
export const LAYOUT: readonly SectionLayout[] = [
  {
    id: "patients",
    groups: [
      {
        id: "registry",
        holds:
          /^cohort\/(registered|excluded|digestive|reclassified|ki67|evaluated|hg-nen|ambiguous|identified)/,
      },
      { id: "advanced", holds: /^cohort\//, said: /, NEC and NET G3 together$/ },
    ],
  },
  {
    id: "table-1",
    groups: [
      { id: "patients", holds: /^characteristics\/(all|age-|male)/ },
      { id: "performance-status", holds: /^characteristics\/ps-/, said: /^ECOG / },
      { id: "primary-tumour", holds: /^characteristics\/site-/, said: /^Primary tumour: / },
      { id: "metastatic-site", holds: /^characteristics\/metastasis-/, said: /^Metastatic site: / },
      { id: "imaging", holds: /^characteristics\/(sri|fdg)-/ },
      { id: "pathology", holds: /^characteristics\/(ki67|cga|small-cell|large-cell)/ },
      { id: "laboratory", holds: /^characteristics\// },
      { id: "missing", holds: /^missing\//, said: /^Missing: / },
      { id: "text", holds: /^(characteristics-text|brain-metastases)\//, said: / \(text\)$/ },
    ],
  },
  {
    id: "table-2",
    groups: [
      { id: "regimens", holds: /^first-line\// },
      {
        id: "best-response",
        holds: /^response\/(complete|partial|stable|progressive|not-evaluable)/,
        said: /^Best response /,
      },
      { id: "pfs", holds: /^pfs\/all$/, said: OUTCOME },
      { id: "os", holds: /^os\/(all$|ps-|ki67-|age-|alp-)/, said: OUTCOME },
      { id: "os-at", holds: /^os-\d+-years\// },
    ],
  },
  { id: "table-3", groups: [] },
  {
    id: "further-groups",
    groups: [
      { id: "further-pfs", holds: /^pfs\//, said: OUTCOME },
      { id: "further-os", holds: /^os\/(?!response|untreated)/, said: OUTCOME },
    ],
  },
  {
    id: "response",
    groups: [
      { id: "rates", holds: /^response\// },
      { id: "os-by-response", holds: /^os\/response-/, said: OUTCOME },
      { id: "toxicity", holds: /^(toxicity|death)\//, said: /, NEC and NET G3 together$/ },
    ],
  },
  {
    id: "later-lines",
    groups: [
      { id: "second-line", holds: /^second-line\// },
      { id: "reintroduction", holds: /^reintroduction\// },
    ],
  },
  {
    id: "prrt",
    groups: [
      { id: "prrt-given", holds: /^prrt\/(treated|first-line|second-line)$/ },
      { id: "prrt", holds: /^prrt\// },
    ],
  },
  {
    id: "untreated",
    groups: [
      { id: "untreated-os", holds: /^os\/untreated$/, said: OUTCOME },
      { id: "reasons", holds: /^untreated\//, said: /^Main reason .*together: / },
    ],
  },
  { id: "other", groups: [{ id: "other", holds: /^/ }] },
];
