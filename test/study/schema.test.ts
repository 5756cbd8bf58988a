import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src-main/prognosis/model.ts";
import { MODEL_IDS } from "../../src-main/prognosis/model.ts";
import { parseBaseline, parseStudy } from "../../src-main/study/schema.ts";

const file = new URL("../../assets/studies/nordic-nec-2/study.json", import.meta.url);
const study: unknown = JSON.parse(readFileSync(file, "utf8"));

/** A baseline small enough to see: two coefficients, two points, rows of 2 + 2 × 2. */
const baseline: Baseline = {
  formatVersion: 1,
  study: "nordic-nec-2",
  modelVersion: "1.0.0",
  inputSha256: "0123456789abcdef".repeat(4),
  seed: 1,
  drawCount: 2,
  ageSpread: { NEC: 9.5, NET_G3: 12.8 },
  models: MODEL_IDS.map((id) => ({
    id,
    coefficients: [
      { covariate: "ageYears", level: null },
      { covariate: "ecogPs", level: "1" },
    ],
    baseline: [
      { months: 7.4, cumulativeHazard: 0.35 },
      { months: 36, cumulativeHazard: 1.8 },
    ],
    draws: [
      [0.01, 0.3, 7.1, 36, 0.34, 1.7],
      [-0.01, 0.25, 7.6, 36, 0.36, 1.9],
    ],
  })),
};

type Node = Record<string, unknown>;

/**
 * Where something is: "results[nec/os/ps-1].conditions[0].in", an item of a list by its place or its id.
 *
 * @returns the path in the words of the messages, by places
 */
function locate(root: unknown, where: string): { parent: Node; key: string; path: string } {
  let parent = root as Node;
  let path = "";
  const keys = [...where.matchAll(/\[([^\]]+)\]|[^.[]+/g)].map(([whole, item]) => item ?? whole);
  for (const [i, name] of keys.entries()) {
    const inList = Array.isArray(parent);
    let key = name;
    if (inList && !/^\d+$/.test(name)) {
      key = String((parent as unknown as { id: string }[]).findIndex(({ id }) => id === name));
      if (key === "-1") throw new Error(`no ${name} in ${where}`);
    }
    path += inList ? `[${key}]` : path === "" ? key : `.${key}`;
    if (i === keys.length - 1) return { parent, key, path };
    parent = parent[key] as Node;
  }
  throw new Error(`no path in "${where}"`);
}

const at = (root: unknown, where: string): unknown => {
  const { parent, key } = locate(root, where);
  return parent[key];
};

interface Corruption {
  what: string;
  change: { where: string; to: unknown }[];
  /** where the message is to point, when not at the change itself */
  pointsTo?: string;
  says: string[];
}

const GONE = Symbol("gone");

/** One value put in the place of another (GONE: nothing), the path that the message must name, and what it must say. */
function corrupt(what: string, where: string, to: unknown, pointsTo = where, ...says: string[]): Corruption {
  return { what, change: [{ where, to }], pointsTo, says };
}

function expectRefusal(
  parse: (value: unknown) => unknown,
  name: string,
  good: unknown,
  corruption: Corruption,
): void {
  const copy = structuredClone(good);
  const { path } = locate(copy, corruption.pointsTo ?? "");
  for (const { where, to } of corruption.change) {
    const { parent, key } = locate(copy, where);
    if (to === GONE) Reflect.deleteProperty(parent, key);
    else parent[key] = structuredClone(to);
  }
  let message = "accepted";
  try {
    parse(copy);
  } catch (error) {
    message = (error as Error).message;
  }
  const line = message.split("\n").find((problem) => problem.startsWith(`${name}: ${path} is `));
  expect(line, message).toBeDefined();
  for (const part of corruption.says) expect(line).toContain(part);
}

const SAME = undefined;
const mirrored = (where: string): unknown[] => (at(study, where) as unknown[]).toReversed();
const shortened = (where: string): unknown[] => (at(study, where) as unknown[]).slice(0, -1);

describe("parseStudy", () => {
  it("reads the shipped file and changes nothing in it", () => {
    expect(parseStudy(study)).toEqual(study);
  });

  const corruptions: Corruption[] = [
    corrupt("a number in place of a list", "models", 3, SAME, "expected Array"),
    corrupt("another format", "formatVersion", 2, SAME, "expected 1"),
    corrupt("a name that is missing", "name", GONE, SAME, "missing"),
    corrupt("an unknown key at the root", "notes", "x", SAME, '"x"', "no such key"),
    corrupt("an unknown key deep inside", "models[0].terms[0].weight", 1, SAME, "no such key"),
    corrupt("a result without a source", "results[3].source", GONE, SAME, "missing"),
    corrupt("a source without a place", "results[3].source.place", "", SAME, "not empty"),
    corrupt("a term without a source", "models[1].terms[0].source", GONE, SAME, "missing"),
    corrupt("NaN", "results[0].value", NaN, SAME, "NaN", "expected number"),
    corrupt("infinity", "models[2].horizonMonths", Infinity, SAME, "Infinity", "finite"),
    corrupt("a number as text", "models[0].n", "420", SAME, '"420"', "expected number"),
    corrupt("a negative value", "results[0].value", -1, SAME, "0 or more"),
    corrupt("half a patient", "caseMix.NEC.levels.sex.counts.male", 1.5, SAME, "whole"),

    corrupt("a hazard ratio's limit of 0", "models[0].terms[0].lower", 0, SAME, "more than 0"),
    corrupt(
      "a linear hazard ratio outside its interval",
      "models[2].terms[0].hazardRatio",
      1.09,
      SAME,
      "1.02 to 1.08",
    ),
    corrupt(
      "a level's interval that misses its hazard ratio",
      "models[0].terms[3].levels[2].lower",
      3.8,
      "models[0].terms[3].levels[2].hazardRatio",
      "3.73",
      "3.8 to 6.03",
    ),
    {
      what: "an interval without width",
      change: [
        { where: "models[0].terms[1].levels[0].lower", to: 0.79 },
        { where: "models[0].terms[1].levels[0].upper", to: 0.79 },
      ],
      pointsTo: "models[0].terms[1].levels[0].upper",
      says: ["more than 0.79"],
    },
    corrupt("a p above 1", "models[0].terms[0].p.value", 1.5, SAME, "at most 1"),
    corrupt(
      "a standard error from a p that is only a bound",
      "models[2].terms[0].standardErrorFrom",
      "p",
      "models[2].terms[0].p",
      "exact p",
    ),
    corrupt("an unknown covariate", "models[0].terms[1].covariate", "ldh", SAME, '"sex"'),
    corrupt("an unknown level", "models[0].terms[3].levels[0].level", "5", SAME, "NEC: 0, 1, 2, 3"),
    corrupt("an unknown reference", "models[0].terms[1].reference", "men", SAME, "male, female"),
    corrupt(
      "the reference among the levels",
      "models[0].terms[1].levels[0].level",
      "male",
      SAME,
      "reference",
    ),
    corrupt("a level twice", "models[0].terms[3].levels[1].level", "1", SAME, "only once"),
    corrupt(
      "a level of the case mix without a hazard ratio",
      "models[0].terms[3].levels",
      shortened("models[0].terms[3].levels"),
      SAME,
      "a hazard ratio for 3",
    ),
    corrupt(
      "a covariate without a margin",
      "caseMix.NEC.levels.alp",
      GONE,
      "models[0].terms[5].covariate",
      "case mix of NEC",
    ),
    corrupt(
      "a covariate twice",
      "models[1].terms[1]",
      at(study, "models[1].terms[0]"),
      "models[1].terms[1].covariate",
      "only once",
    ),
    corrupt("a model under another's name", "models[0].tumour", "NET_G3", "models[0].id", "net-g3-os"),
    corrupt("a model twice", "models[4]", at(study, "models[0]"), "models[4].id", "only once"),
    corrupt("a model missing", "models", shortened("models"), SAME, "net-g3-pfs"),
    corrupt(
      "landmarks out of order",
      "models[1].landmarkMonths",
      mirrored("models[1].landmarkMonths"),
      "models[1].landmarkMonths[1]",
      "more than 12",
    ),
    corrupt("a landmark past the horizon", "models[1].landmarkMonths[2]", 24, SAME, "at most 12"),
    corrupt("anchors out of order", "models[0].anchors[1].months", 7, SAME, "more than 7.4"),
    corrupt("survival that rises", "models[0].anchors[2].survival", 0.06, SAME, "less than 0.05"),
    corrupt("no survival", "models[0].anchors[2].survival", 0, SAME, "more than 0"),
    corrupt(
      "an anchor past the horizon",
      "models[0].horizonMonths",
      48,
      "models[0].anchors[2].months",
      "at most 48",
    ),
    corrupt(
      "a median outside its interval",
      "models[3].anchors[0].upper",
      7,
      "models[3].anchors[0].months",
      "5.5 to 7",
    ),
    corrupt("a median at another survival", "models[3].anchors[0].survival", 0.4, SAME, "expected 0.5"),

    corrupt(
      "a centre outside the ages",
      "caseMix.NEC.ageYears.min",
      69,
      "caseMix.NEC.ageYears.centre",
      "69 to 89",
    ),
    corrupt("a tail of all patients", "caseMix.NEC.ageYears.tail.count", 427, SAME, "fewer than 427"),
    corrupt(
      "a margin of one level",
      "caseMix.NEC.levels.sex.counts.male",
      GONE,
      "caseMix.NEC.levels.sex.counts",
      "two",
    ),
    corrupt("a cut below what is high-grade", "populations.NEC.ki67Cut", 20, SAME, "more than 20"),
    corrupt("a slip twice", "slips[1].id", at(study, "slips[0].id"), SAME, "only once"),

    corrupt("a duplicate id", "results[nec/os/ps-1].id", "nec/os/ps-0", SAME, "only once"),
    corrupt(
      "an id of the other tumour",
      "results[nec/os/ps-1].tumour",
      "NET_G3",
      "results[nec/os/ps-1].id",
      "net-g3/os/<name>",
    ),
    corrupt(
      "an id without its topic",
      "results[nec/os/ps-1].topic",
      "pfs",
      "results[nec/os/ps-1].id",
      "nec/pfs/<name>",
    ),
    corrupt(
      "an interval that does not hold its value",
      "results[nec/os/ps-1].upper",
      7.9,
      "results[nec/os/ps-1].value",
      "6.4 to 7.9",
    ),
    corrupt("half an interval", "results[nec/os/ps-1].lower", GONE, SAME, "missing", "upper"),
    corrupt("the other half", "results[nec/os/ps-1].upper", GONE, SAME, "missing", "lower"),
    corrupt(
      "a range that does not hold its median",
      "results[nec/characteristics/age-median].rangeLow",
      70,
      "results[nec/characteristics/age-median].value",
      "70 to 89",
    ),
    corrupt(
      "more patients than there were",
      "results[nec/response/partial].n",
      100,
      "results[nec/response/partial].value",
      "at most n, 100",
    ),
    corrupt("part of a patient", "results[nec/response/partial].value", 1.5, SAME, "whole"),
    corrupt("more than all", "results[nec/response/response-rate].value", 101, SAME, "at most 100"),
    corrupt("the place of an n that is not there", "results[nec/os/ps-1].n", GONE, SAME, "nSource"),
    corrupt(
      "an unknown level in a condition",
      "results[nec/os/ps-1].conditions[0].in[0]",
      "1",
      SAME,
      "0, 1, 2, 3, 4",
    ),
    corrupt(
      "a band without limits",
      "results[nec/os/age-above-75].conditions[0].above",
      GONE,
      "results[nec/os/age-above-75].conditions[0]",
      "limit",
    ),
    corrupt("a group to draw without an endpoint", "results[nec/os/ps-1].endpoint", GONE, SAME, "missing"),
    corrupt(
      "a group to draw that is no median",
      "results[nec/os-3-years/all].conditions",
      [],
      "results[nec/os-3-years/all].measure",
      "median",
    ),
    corrupt(
      "a group to draw past the horizon",
      "results[nec/pfs/site-unknown].value",
      12,
      SAME,
      "horizon, 12",
    ),
    corrupt(
      "a whole cohort other than the model's",
      "results[nec/os/all].value",
      7.5,
      SAME,
      "the model, 7.4",
    ),
    corrupt(
      "a pooled result under one tumour only",
      "results[nec/cohort/registered].value",
      860,
      "results[nec/cohort/registered].pooled",
      "other tumour",
    ),
  ];

  it.each(corruptions)("refuses $what", (corruption) =>
    expectRefusal(parseStudy, "study", study, corruption),
  );

  it("names the first problems and counts the rest", () => {
    const copy = structuredClone(study) as { results: { value: number }[] };
    for (const result of copy.results) result.value = NaN;
    const rest = copy.results.length - 10;
    expect(() => parseStudy(copy)).toThrow(new RegExp(`^(study: results.*\\n){10}… and ${rest} more$`));
  });

  it.each([[null], [undefined], [[]], ["study"]])("refuses %j in place of a study", (value) => {
    expect(() => parseStudy(value)).toThrow(/^study: (the whole file|formatVersion) is/);
  });
});

describe("parseBaseline", () => {
  it("reads a good file and changes nothing in it", () => {
    expect(parseBaseline(baseline)).toEqual(baseline);
  });

  const row = baseline.models[0]!.draws[1]!;
  const corruptions: Corruption[] = [
    corrupt("another format", "formatVersion", 2, SAME, "expected 1"),
    corrupt("an unknown key", "models[0].note", "x", SAME, "no such key"),
    corrupt("a hash that is none", "inputSha256", "abc", SAME, "64"),
    corrupt("a tumour without its ages", "ageSpread.NEC", GONE, SAME, "missing"),
    corrupt("a spread of 0", "ageSpread.NEC", 0, SAME, "more than 0"),
    corrupt("NaN in a draw", "models[1].draws[0][2]", NaN, SAME, "NaN"),
    corrupt("infinity in a draw", "models[1].draws[1][0]", -Infinity, SAME, "finite"),
    corrupt("null in a draw", "models[1].draws[1][0]", null, SAME, "expected number"),
    corrupt("a short row", "models[0].draws[1]", row.slice(1), SAME, "is 5", "6 numbers"),
    corrupt("a long row", "models[0].draws[1]", [...row, 3], SAME, "is 7", "6 numbers"),
    corrupt("a row too few", "models[2].draws", [row], SAME, "is 1", "2 rows"),
    corrupt("points out of order", "models[0].baseline[1].months", 7, SAME, "more than 7.4"),
    corrupt("a hazard that falls", "models[0].baseline[1].cumulativeHazard", 0.3, SAME, "more than 0.35"),
    corrupt("a drawn time that falls", "models[0].draws[0][2]", 40, "models[0].draws[0][3]", "more than 40"),
    corrupt("a drawn hazard of 0", "models[0].draws[0][4]", 0, SAME, "more than 0"),
    corrupt("a drawn hazard that falls", "models[0].draws[0][5]", 0.3, SAME, "more than 0.34"),
    corrupt("an unknown covariate", "models[0].coefficients[1].covariate", "ldh", SAME, '"alp"'),
    corrupt("a model twice", "models[3].id", "nec-os", SAME, "only once"),
    corrupt("a model missing", "models[3].id", "nec-os", "models", "net-g3-pfs"),
  ];

  it.each(corruptions)("refuses $what", (corruption) =>
    expectRefusal(parseBaseline, "baseline", baseline, corruption),
  );
});
