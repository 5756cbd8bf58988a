import type {
  About,
  Answer,
  Caution,
  Comparison,
  Endpoint,
  Failure,
  GroupOfPatient,
  ReferenceCurve,
  Result,
  RiskGroupShares,
  Study,
  Tumour,
} from "../../src-main/api/contract.ts";
import { board as words } from "../../src-main/words/board.ts";
import type { CautionLine } from "../../src-main/words/cautions.ts";
import { bySeverity, cautionLines } from "../../src-main/words/cautions.ts";
import { dateTime } from "../../src-main/words/format.ts";
import { patientFacts } from "../../src-main/words/patient.ts";
import { problemWords } from "../../src-main/words/problems.ts";
import { screen } from "../../src-main/words/screen.ts";
import type { ChartView } from "../chart/chartView.ts";
import type { VersionView } from "../compare/compareView.ts";
import { compareView } from "../compare/compareView.ts";
import { timeOfDay } from "../cases/days.ts";
import type { Day } from "../cases/followUp/followUp.ts";
import type { EstimateView } from "../estimate/view.ts";
import { estimateView, publishedRows } from "../estimate/view.ts";
import { footerLine } from "../export/footer.ts";
import type { Host } from "../host/host.svelte.ts";
import type { BoardCase, Pair, PatientRequest } from "./boardState.svelte.ts";
import type { CaseHeading, Deck, EstimateSlide, EvidenceSlide, NotEstimatedSlide, Slide } from "./deck.ts";
import { messageOf } from "../messageOf.ts";

/** What a deck holds besides its cases. */
export interface DeckContext {
  about: About | null;
  study: Study | null;
  now: Date;
  /** of the board that it is for; absent: it is today's */
  day?: Day | null;
}

/** The date that a deck carries, and the names of its files. */
export const dateOf = (day: Day | null | undefined, now: Date): Date =>
  day ? new Date(timeOfDay(day)) : now;

/** What the program says about one patient. */
interface Answered {
  ok: true;
  answer: Answer;
  groups: Record<Endpoint, GroupOfPatient[]>;
}

interface TumourFacts {
  ok: true;
  references: ReferenceCurve[];
  shares: RiskGroupShares;
}

/** Makes decks of cases. What the host has answered is kept, so that a rename or a move asks nothing anew. */
export class DeckBuilder {
  readonly #host: Host;
  readonly #answers = new WeakMap<PatientRequest, Promise<Answered | Failure>>();
  readonly #comparisons = new WeakMap<Pair, Promise<Result<Comparison>>>();
  readonly #facts = new Map<string, Promise<TumourFacts | Failure>>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** The deck in the order of the cases. It never rejects: a case that fails becomes a slide that says so. */
  async build(cases: readonly BoardCase[], { about, study, now, day }: DeckContext): Promise<Deck> {
    const built = await Promise.all(cases.map((each, i) => this.#slidesOf(each, i + 1)));
    const { deck } = words;
    return {
      title: deck.title,
      slides: [
        {
          kind: "title",
          title: deck.title,
          date: words.longDate(dateOf(day, now)),
          lines: [study ? deck.source(study.name) : deck.sourceUnnamed, screen.notForecast],
          cases: built.map(({ heading }) => heading),
        },
        ...built.flatMap(({ slides }) => slides),
        { kind: "method", title: deck.method, points: methodPoints(about, study) },
      ],
      footer: about ? footerLine(about, now) : { left: screen.footer.disclaimer, right: dateTime(now) },
    };
  }

  async #slidesOf(one: BoardCase, place: number): Promise<{ heading: CaseHeading; slides: Slide[] }> {
    const heading: CaseHeading = { place, label: one.label, endpoint: null, facts: [] };
    try {
      const answered = await this.#answersOf(one.patient);
      if (!answered.ok) return { heading, slides: [failedSlide(heading, answered)] };
      heading.facts = patientFacts(answered.answer.patient);
      return { heading, slides: await this.#estimated(one, heading, answered) };
    } catch (error) {
      const message = messageOf(error);
      return { heading, slides: [failedSlide(heading, { ok: false, code: "internal", message })] };
    }
  }

  async #estimated(one: BoardCase, heading: CaseHeading, { answer, groups }: Answered): Promise<Slide[]> {
    const { endpoint } = one;
    const { tumour } = answer.patient;
    const facts = await this.#factsOf(tumour, endpoint);
    if (!facts.ok) return [failedSlide(heading, facts)];
    const estimate = estimateSlide(heading, answer, endpoint, groups[endpoint], facts);
    if (!estimate) return [notEstimatedSlide(heading, answer, groups.os)];
    heading.endpoint = endpoint;
    const comparison = await this.#comparison(one, heading, facts.references);
    return [
      ...(endpoint === "os" ? [] : await this.#overallSurvival(heading, { answer, groups })),
      estimate,
      evidenceSlide(estimate, answer, groups[endpoint], facts.references),
      ...(comparison ? [comparison] : []),
    ];
  }

  /** Before every other endpoint: a progression-free survival alone is soon taken for the survival of the patient. */
  async #overallSurvival(
    heading: CaseHeading,
    { answer, groups }: Pick<Answered, "answer" | "groups">,
  ): Promise<Slide[]> {
    const facts = await this.#factsOf(answer.patient.tumour, "os");
    const slide = facts.ok
      ? estimateSlide({ ...heading, endpoint: "os" }, answer, "os", groups.os, facts)
      : null;
    return slide ? [slide] : [];
  }

  /** Null where nothing is compared, or where the versions do not differ or one of them is not estimated. */
  async #comparison(
    { compare, endpoint }: BoardCase,
    heading: CaseHeading,
    references: readonly ReferenceCurve[],
  ): Promise<Slide | null> {
    if (!compare) return null;
    const compared = await remembered(this.#comparisons, compare, () =>
      this.#host.request("compare", compare),
    );
    const view = compared.ok ? compareView(compared.value, endpoint, references) : null;
    if (!view) return null;
    const { maxMonths } = view.chart;
    const shortened = (version: VersionView): VersionView => ({
      ...version,
      landmarks: version.landmarks.filter(({ months }) => hasRoom(months, maxMonths)),
    });
    return {
      kind: "comparison",
      heading,
      view: {
        ...view,
        chart: withFewTicks(view.chart),
        versions: [shortened(view.versions[0]), shortened(view.versions[1])],
      },
    };
  }

  #answersOf(patient: PatientRequest): Promise<Answered | Failure> {
    return remembered(this.#answers, patient, async () => {
      const [answer, groups] = await Promise.all([
        this.#host.request("estimate", { patient }),
        this.#host.request("groups", { patient }),
      ]);
      if (!answer.ok) return answer;
      if (!groups.ok) return groups;
      return { ok: true, answer: answer.value, groups: groups.value };
    });
  }

  #factsOf(tumour: Tumour, endpoint: Endpoint): Promise<TumourFacts | Failure> {
    return remembered(this.#facts, `${tumour} ${endpoint}`, async () => {
      const [references, shares] = await Promise.all([
        this.#host.request("referenceCurves", { tumour, endpoint }),
        this.#host.request("riskGroups", { tumour, endpoint }),
      ]);
      if (!references.ok) return references;
      if (!shares.ok) return shares;
      return { ok: true, references: references.value, shares: shares.value };
    });
  }
}

interface Cache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
  delete(key: Key): unknown;
}

/** Asks once. What failed is asked again the next time. */
function remembered<Key, T extends { ok: boolean }>(
  cache: Cache<Key, Promise<T | Failure>>,
  key: Key,
  ask: () => Promise<T | Failure>,
): Promise<T | Failure> {
  const known = cache.get(key);
  if (known) return known;
  const asked = ask().then(
    (answer) => {
      if (!answer.ok) cache.delete(key);
      return answer;
    },
    (error: unknown) => {
      cache.delete(key);
      throw error;
    },
  );
  cache.set(key, asked);
  return asked;
}

/** The estimate of one endpoint; null where the models give none. */
function estimateSlide(
  heading: CaseHeading,
  answer: Answer,
  endpoint: Endpoint,
  groups: readonly GroupOfPatient[],
  { references, shares }: TumourFacts,
): EstimateSlide | null {
  const view = estimateView(answer, endpoint, groups, references);
  if (!view) return null;
  const { tumour } = answer.patient;
  return {
    kind: "estimate",
    heading,
    tumour,
    view: {
      ...view,
      chart: withFewTicks(view.chart),
      landmarks: view.landmarks.filter(({ months }) => hasRoom(months, view.chart.maxMonths)),
    },
    shares,
    cautions: cautionsOf(answer, endpoint),
  };
}

/** Whether a caution sets a published number against the model's: that may change what is read off the slide. */
const compares = ({ facts }: Caution): boolean =>
  Object.keys(facts).some((key) => key === "modelMedian" || key.endsWith("Median"));

/**
 * What must be said of an endpoint, the worst first, and within a severity what compares published with model. A
 * caution that is about overall survival says so where another endpoint is shown.
 */
function cautionsOf(answer: Answer, endpoint: Endpoint): CautionLine[] {
  const mine = answer.cautions.filter((caution) => !caution.endpoint || caution.endpoint === endpoint);
  const sorted = mine.toSorted((a, b) => bySeverity(a, b) || Number(compares(b)) - Number(compares(a)));
  const lines = cautionLines(sorted);
  if (endpoint === "os") return lines;
  const ofSurvival = new Set(
    cautionLines(sorted.filter((caution) => !caution.endpoint && compares(caution))).map(({ key }) => key),
  );
  return lines.map((line) =>
    ofSurvival.has(line.key) ? { ...line, short: words.slide.ofOverallSurvival(line.short) } : line,
  );
}

/** On a long axis the first half year stands too near to the first year for both to be printed. */
const LONG_AXIS = 36;
const hasRoom = (months: number, maxMonths: number): boolean => months !== 6 || maxMonths <= LONG_AXIS;

/** The months at which survival is printed, and years; the axis has its own name before its end: at the size of a slide more would run together. */
function withFewTicks(chart: ChartView): ChartView {
  const { maxMonths, ticks } = chart;
  if (maxMonths <= 24) return chart;
  return {
    ...chart,
    ticks: ticks.filter(
      (tick) =>
        (tick === 6 || tick % 12 === 0) &&
        hasRoom(tick, maxMonths) &&
        !(tick > LONG_AXIS && tick < maxMonths),
    ),
  };
}

/** Curves of more groups than this run together at the size of a slide. */
const MOST_DRAWN = 3;

/** The groups the patient belongs to, the whole cohort last, with the curves of those that differ most. */
function evidenceSlide(
  { heading, tumour, view: plain, cautions }: EstimateSlide,
  answer: Answer,
  groups: readonly GroupOfPatient[],
  references: readonly ReferenceCurve[],
): EvidenceSlide {
  const { endpoint } = plain;
  const mine = groups.filter(({ belongs }) => belongs === true);
  // The group that tells most comes first: it keeps the dashes that it has on the slide before.
  const telling = plain.published?.place;
  const parts = mine
    .filter(({ wholeCohort }) => !wholeCohort)
    .sort((a, b) => Number(b.id === telling) - Number(a.id === telling));
  const first = parts[0]?.published.median ?? 0;
  const far = (group: GroupOfPatient): number => Math.abs(group.published.median - first);
  const drawn = [...parts.slice(0, 1), ...parts.slice(1).sort((a, b) => far(b) - far(a))].slice(
    0,
    MOST_DRAWN,
  );
  const cohort = references.filter(({ wholeCohort }) => wholeCohort);
  const made = estimateView(
    answer,
    endpoint,
    groups,
    references,
    null,
    [...drawn, ...cohort].map(({ id }) => id),
  )!;
  const view: EstimateView = {
    ...made,
    // the table beside it holds the medians
    chart: {
      ...withFewTicks(made.chart),
      series: made.chart.series.map((series) => ({ ...series, labels: series.labels.slice(-1) })),
    },
  };
  const rank = ({ id }: { id: string }): number => {
    const place = drawn.findIndex((group) => group.id === id);
    if (place >= 0) return place;
    return cohort.some((group) => group.id === id) ? groups.length + 1 : groups.length;
  };
  return {
    kind: "evidence",
    heading,
    endpoint,
    tumour,
    view,
    rows: view.beside.filter(({ belongs }) => belongs === true).sort((a, b) => rank(a) - rank(b)),
    cautions,
  };
}

/** As many rows of published groups as a slide shows at a readable size. */
const MOST_ROWS = 9;

function notEstimatedSlide(
  heading: CaseHeading,
  answer: Answer,
  groups: readonly GroupOfPatient[],
): NotEstimatedSlide {
  const { tumour } = answer.patient;
  // None of them is marked as the patient's: that would hand back the guess that the models refuse.
  const rows = publishedRows(groups, tumour);
  return {
    kind: "not-estimated",
    heading,
    title: screen.notEstimated.title,
    text: screen.notEstimated.text,
    rowsTitle: words.notEstimated.rows(tumour),
    tumour,
    // whatever else would have to be said of an estimate is of no use where there is none
    reasons: cautionLines(answer.cautions),
    rows: rows.slice(0, MOST_ROWS),
    rowsNote: words.notEstimated.rowsNote,
  };
}

/** A case that could not be computed still has its slide, so that nobody in the room wonders where it is. */
function failedSlide(heading: CaseHeading, failure: Failure): NotEstimatedSlide {
  const problems = failure.problems ?? [];
  const reason = (short: string, full: string): CautionLine => ({
    key: short,
    severity: "serious",
    source: "",
    short,
    full,
  });
  return {
    kind: "not-estimated",
    heading,
    title: words.failed.title,
    text: words.failed.text,
    rowsTitle: "",
    tumour: "NEC",
    reasons:
      problems.length > 0
        ? problems.map((problem) => reason(problemWords(problem), ""))
        : [reason(words.failed.reason(failure.message), "")],
    rows: [],
    rowsNote: "",
  };
}

function methodPoints(about: About | null, study: Study | null): { title: string; text: string }[] {
  const { points } = words.method;
  const total = study ? study.populations.NEC.n + study.populations.NET_G3.n : null;
  return [
    {
      title: points.models.title,
      text: total === null ? points.models.text : points.models.sized(total),
    },
    points.baseline,
    points.spread,
    points.misses,
    points.treatment,
    ...(about ? [{ title: points.source.title, text: points.source.text(about.citation) }] : []),
  ];
}
