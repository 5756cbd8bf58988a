import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Allowed, Patient, PatientField, ProblemCode } from "../../src-main/prognosis/patient.ts";
import {
  ALLOWED,
  ALP_LEVELS,
  FIRST_LINES,
  PATIENT_FIELDS,
  PRIMARY_SITES,
  SETTINGS,
  SEXES,
  alpLevel,
  parsePatient,
} from "../../src-main/prognosis/patient.ts";
import { PROPERTY_SEED, anyPatient, necPatient } from "../support/prognosis.ts";

const MEASURED = { value: 212, upperLimit: 115, unit: "U/L" };

/** A valid patient as a plain record, so that anything may be put into it. */
const valid = (): Record<string, unknown> => ({ ...necPatient() });

const without = (record: object, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

const FIELDS: Allowed = { kind: "fields", fields: PATIENT_FIELDS };
const ALP_FIELDS: Allowed = { kind: "fields", fields: ["value", "upperLimit", "unit"] };
const POSITIVE: Allowed = {
  kind: "number",
  min: 0,
  max: null,
  exclusiveMin: true,
  whole: false,
  orNull: false,
};
const UNITS: Allowed = { kind: "levels", levels: ["U/L", "\u00b5kat/L"], orNull: false };

const problemsOf = (input: unknown): unknown => {
  const parsed = parsePatient(input);
  return parsed.ok ? [] : parsed.problems;
};

describe("each field says what it allows, from the public interface and nothing else", () => {
  it.each<[PatientField, Allowed]>([
    ["tumour", { kind: "levels", levels: ["NEC", "NET_G3"], orNull: false }],
    ["ageYears", { kind: "number", min: 18, max: 110, exclusiveMin: false, whole: true, orNull: false }],
    ["sex", { kind: "levels", levels: ["female", "male"], orNull: true }],
    ["ecogPs", { kind: "levels", levels: [0, 1, 2, 3, 4], orNull: false }],
    ["ki67Percent", { kind: "number", min: 0, max: 100, exclusiveMin: false, whole: false, orNull: true }],
    [
      "alp",
      {
        kind: "alp",
        levels: ["normal", "elevated", "unknown"],
        measured: ["value", "upperLimit", "unit"],
        units: ["U/L", "\u00b5kat/L"],
        orNull: true,
      },
    ],
    [
      "primarySite",
      {
        kind: "levels",
        levels: [
          "oesophagus",
          "stomach",
          "pancreas",
          "biliary",
          "small-intestine",
          "colon",
          "rectum",
          "unknown",
          "other",
          "appendix",
        ],
        orNull: true,
      },
    ],
    [
      "firstLine",
      { kind: "levels", levels: ["platinum-etoposide", "temozolomide-based", "other", "none"], orNull: true },
    ],
    ["setting", { kind: "levels", levels: ["advanced", "localised"], orNull: false }],
    ["mixed", { kind: "levels", levels: [true, false], orNull: false }],
  ])("%s", (field, allowed) => {
    expect(ALLOWED[field]).toEqual(allowed);
  });

  it("has a rule for each field and for no other", () => {
    expect(Object.keys(ALLOWED).sort()).toEqual([...PATIENT_FIELDS].sort());
    expect([...PATIENT_FIELDS].sort()).toEqual(Object.keys(necPatient()).sort());
  });
});

describe("a value that a field does not allow is refused with the field, the value and what is allowed", () => {
  const NOT_A_NUMBER: [unknown, ProblemCode][] = [
    ["67", "wrong-type"],
    ["54,9", "wrong-type"],
    ["55%", "wrong-type"],
    ["", "wrong-type"],
    [true, "wrong-type"],
    [[67], "wrong-type"],
    [[], "wrong-type"],
    [{}, "wrong-type"],
    [67n, "wrong-type"],
    [NaN, "not-finite"],
    [Infinity, "not-finite"],
    [-Infinity, "not-finite"],
  ];
  const NOT_A_WORD: [unknown, ProblemCode][] = [
    ["", "unknown-level"],
    ["NEC ", "unknown-level"],
    ["toString", "unknown-level"],
    ["__proto__", "unknown-level"],
    [0, "wrong-type"],
    [1, "wrong-type"],
    [true, "wrong-type"],
    [["colon"], "wrong-type"],
    [[], "wrong-type"],
    [{}, "wrong-type"],
    [NaN, "not-finite"],
    [Infinity, "not-finite"],
    [-Infinity, "not-finite"],
  ];
  const REFUSED: Record<Exclude<PatientField, "alp">, [unknown, ProblemCode][]> = {
    tumour: [
      ...NOT_A_WORD,
      [null, "wrong-type"],
      ["nec", "unknown-level"],
      ["NET G3", "unknown-level"],
      ["unknown", "unknown-level"],
    ],
    ageYears: [
      ...NOT_A_NUMBER,
      [null, "wrong-type"],
      [17, "out-of-range"],
      [111, "out-of-range"],
      [0, "out-of-range"],
      [-67, "out-of-range"],
      [1e300, "out-of-range"],
      [17.999, "out-of-range"],
      [110.5, "out-of-range"],
      [67.5, "not-whole"],
      [18.000001, "not-whole"],
    ],
    sex: [...NOT_A_WORD, ["Female", "unknown-level"], ["f", "unknown-level"], ["unknown", "unknown-level"]],
    ecogPs: [
      [null, "wrong-type"],
      ["1", "wrong-type"],
      ["PS 1", "wrong-type"],
      [true, "wrong-type"],
      [[1], "wrong-type"],
      [{}, "wrong-type"],
      [5, "unknown-level"],
      [-1, "unknown-level"],
      [1.5, "unknown-level"],
      [NaN, "not-finite"],
      [Infinity, "not-finite"],
      [-Infinity, "not-finite"],
    ],
    ki67Percent: [
      ...NOT_A_NUMBER,
      [-0.1, "out-of-range"],
      [100.1, "out-of-range"],
      [-1, "out-of-range"],
      [5500, "out-of-range"],
    ],
    primarySite: [
      ...NOT_A_WORD,
      ["Colon", "unknown-level"],
      ["esophagus", "unknown-level"],
      ["colorectal", "unknown-level"],
    ],
    firstLine: [
      ...NOT_A_WORD,
      ["platinum", "unknown-level"],
      ["FOLFOX", "unknown-level"],
      ["unknown", "unknown-level"],
    ],
    setting: [...NOT_A_WORD, [null, "wrong-type"], ["metastatic", "unknown-level"]],
    mixed: [
      [null, "wrong-type"],
      ["true", "wrong-type"],
      ["no", "wrong-type"],
      [0, "wrong-type"],
      [1, "wrong-type"],
      [[], "wrong-type"],
      [{}, "wrong-type"],
      [NaN, "not-finite"],
      [Infinity, "not-finite"],
    ],
  };
  const rows = Object.entries(REFUSED).flatMap(([field, cases]) =>
    cases.map(([value, code]) => ({ field: field as PatientField, value, code })),
  );
  it.each(rows)("$field: $value is $code", ({ field, value, code }) => {
    expect(problemsOf({ ...valid(), [field]: value })).toEqual([
      { code, field, value, allowed: ALLOWED[field] },
    ]);
  });

  it.each<[unknown, ProblemCode]>([
    ["high", "unknown-level"],
    ["Normal", "unknown-level"],
    ["", "unknown-level"],
    ["212", "unknown-level"],
    [212, "wrong-type"],
    [true, "wrong-type"],
    [NaN, "wrong-type"],
    [Infinity, "wrong-type"],
    [[], "wrong-type"],
    [[MEASURED], "wrong-type"],
  ])("alp: %s is %s", (value, code) => {
    expect(problemsOf({ ...valid(), alp: value })).toEqual([
      { code, field: "alp", value, allowed: ALLOWED.alp },
    ]);
  });
});

describe("a measured ALP needs a positive value, a positive limit and one of two units", () => {
  const PROBLEMS: [unknown, ProblemCode][] = [
    [0, "out-of-range"],
    [-0, "out-of-range"],
    [-115, "out-of-range"],
    [NaN, "not-finite"],
    [Infinity, "not-finite"],
    [-Infinity, "not-finite"],
    ["115", "wrong-type"],
    ["1,9", "wrong-type"],
    [null, "wrong-type"],
    [[115], "wrong-type"],
    [{}, "wrong-type"],
    [undefined, "missing"],
  ];
  const numberRows = (["value", "upperLimit"] as const).flatMap((part) =>
    PROBLEMS.map(([value, code]) => ({ part, value, code })),
  );
  it.each(numberRows)("$part: $value is $code", ({ part, value, code }) => {
    expect(problemsOf({ ...valid(), alp: { ...MEASURED, [part]: value } })).toEqual([
      { code, field: `alp.${part}`, value, allowed: POSITIVE },
    ]);
  });

  it.each<[unknown, ProblemCode]>([
    ["U/l", "unknown-level"],
    ["IU/L", "unknown-level"],
    ["ukat/L", "unknown-level"],
    ["mkat/L", "unknown-level"],
    ["nkat/L", "unknown-level"],
    ["", "unknown-level"],
    ["\u03bckat/l", "unknown-level"],
    [1, "wrong-type"],
    [null, "wrong-type"],
    [["U/L"], "wrong-type"],
    [undefined, "missing"],
  ])("unit: %s is %s", (unit, code) => {
    expect(problemsOf({ ...valid(), alp: { ...MEASURED, unit } })).toEqual([
      { code, field: "alp.unit", value: unit, allowed: UNITS },
    ]);
  });

  it.each(["value", "upperLimit", "unit"] as const)("without %s it is missing", (part) => {
    const alp = without(MEASURED, part);
    expect(problemsOf({ ...valid(), alp })).toEqual([
      {
        code: "missing",
        field: `alp.${part}`,
        value: undefined,
        allowed: part === "unit" ? UNITS : POSITIVE,
      },
    ]);
  });

  it("an empty one misses all three", () => {
    expect(problemsOf({ ...valid(), alp: {} })).toEqual([
      { code: "missing", field: "alp.value", value: undefined, allowed: POSITIVE },
      { code: "missing", field: "alp.upperLimit", value: undefined, allowed: POSITIVE },
      { code: "missing", field: "alp.unit", value: undefined, allowed: UNITS },
    ]);
  });

  it("an extra field in it is refused, also one called __proto__", () => {
    const alp = { ...MEASURED, lowerLimit: 35 };
    expect(problemsOf({ ...valid(), alp })).toEqual([
      { code: "unknown-field", field: "alp.lowerLimit", value: 35, allowed: ALP_FIELDS },
    ]);
    const hostile: unknown = JSON.parse(
      '{"value":212,"upperLimit":115,"unit":"U/L","__proto__":{"unit":"U/L"}}',
    );
    expect(problemsOf({ ...valid(), alp: hostile })).toEqual([
      { code: "unknown-field", field: "alp.__proto__", value: { unit: "U/L" }, allowed: ALP_FIELDS },
    ]);
  });

  it("parts inherited from a prototype do not count", () => {
    const alp: unknown = Object.create(MEASURED);
    expect(problemsOf({ ...valid(), alp })).toMatchObject([
      { code: "missing", field: "alp.value" },
      { code: "missing", field: "alp.upperLimit" },
      { code: "missing", field: "alp.unit" },
    ]);
  });
});

describe("a field that is not one of the patient's is refused", () => {
  it.each(["stage", "age", "Tumour", "ageYears ", "alpValue", "", "constructor", "hasOwnProperty"])(
    "%j",
    (key) => {
      expect(problemsOf({ ...valid(), [key]: 3 })).toEqual([
        { code: "unknown-field", field: key, value: 3, allowed: FIELDS },
      ]);
    },
  );

  it("an own key __proto__, as JSON.parse makes one, is refused and sets no prototype", () => {
    const text = JSON.stringify(valid()).replace(/\}$/, ',"__proto__":{"ageYears":18}}');
    const hostile = JSON.parse(text) as object;
    expect(Object.hasOwn(hostile, "__proto__")).toBe(true);
    expect(problemsOf(hostile)).toEqual([
      { code: "unknown-field", field: "__proto__", value: { ageYears: 18 }, allowed: FIELDS },
    ]);
  });

  it("fields inherited from a prototype are not the patient's own", () => {
    expect(problemsOf(Object.create(valid()))).toMatchObject([
      { code: "missing", field: "tumour" },
      { code: "missing", field: "ageYears" },
      { code: "missing", field: "ecogPs" },
    ]);
  });
});

describe("a required field that is absent is missing; absent and undefined are the same", () => {
  it.each(["tumour", "ageYears", "ecogPs"] as const)("%s", (field) => {
    const expected = [{ code: "missing", field, value: undefined, allowed: ALLOWED[field] }];
    expect(problemsOf(without(valid(), field))).toEqual(expected);
    expect(problemsOf({ ...valid(), [field]: undefined })).toEqual(expected);
  });

  it("an empty record misses exactly these three", () => {
    expect(problemsOf({})).toEqual(
      (["tumour", "ageYears", "ecogPs"] as const).map((field) => ({
        code: "missing",
        field,
        value: undefined,
        allowed: ALLOWED[field],
      })),
    );
  });
});

describe("what is not a record is not a patient", () => {
  it.each([[null], [undefined], ["NEC"], [67], [NaN], [true], [[]], [[{ tumour: "NEC" }]], [() => 0]])(
    "%s",
    (input) => {
      expect(problemsOf(input)).toEqual([
        { code: "wrong-type", field: "patient", value: input, allowed: FIELDS },
      ]);
    },
  );
});

describe("all problems are reported at once", () => {
  it("one for each field that is wrong, in the order of the fields, extra ones last", () => {
    const input = {
      note: "x",
      tumour: "SCLC",
      ageYears: 67.5,
      sex: "f",
      ecogPs: 7,
      ki67Percent: "54,9",
      alp: { value: "high", upperLimit: 0, unit: "mmol/L", extra: 1 },
      primarySite: "lung",
      firstLine: 1,
      setting: null,
      mixed: "no",
      stage: 4,
    };
    const problems = problemsOf(input) as { code: string; field: string; value: unknown }[];
    expect(problems.map(({ code, field, value }) => [field, code, value])).toEqual([
      ["tumour", "unknown-level", "SCLC"],
      ["ageYears", "not-whole", 67.5],
      ["sex", "unknown-level", "f"],
      ["ecogPs", "unknown-level", 7],
      ["ki67Percent", "wrong-type", "54,9"],
      ["alp.extra", "unknown-field", 1],
      ["alp.value", "wrong-type", "high"],
      ["alp.upperLimit", "out-of-range", 0],
      ["alp.unit", "unknown-level", "mmol/L"],
      ["primarySite", "unknown-level", "lung"],
      ["firstLine", "wrong-type", 1],
      ["setting", "wrong-type", null],
      ["mixed", "wrong-type", "no"],
      ["note", "unknown-field", "x"],
      ["stage", "unknown-field", 4],
    ]);
  });
});

describe("the parser fills in what may be absent, and nothing else", () => {
  const MINIMAL = { tumour: "NET_G3", ageYears: 64, ecogPs: 0 };
  const FILLED: Patient = {
    tumour: "NET_G3",
    ageYears: 64,
    sex: null,
    ecogPs: 0,
    ki67Percent: null,
    alp: "unknown",
    primarySite: null,
    firstLine: null,
    setting: "advanced",
    mixed: false,
  };

  it("absent nullable fields are null, ALP is unknown, the setting advanced, not mixed", () => {
    expect(parsePatient(MINIMAL)).toStrictEqual({ ok: true, value: FILLED });
  });

  it("null means the same as absent wherever it is allowed", () => {
    const nulls = { sex: null, ki67Percent: null, alp: null, primarySite: null, firstLine: null };
    expect(parsePatient({ ...MINIMAL, ...nulls })).toStrictEqual({ ok: true, value: FILLED });
  });

  it("undefined means absent for every optional field", () => {
    const optional = PATIENT_FIELDS.filter((field) => !Object.hasOwn(MINIMAL, field));
    const input = { ...MINIMAL, ...Object.fromEntries(optional.map((field) => [field, undefined])) };
    expect(parsePatient(input)).toStrictEqual({ ok: true, value: FILLED });
  });

  it("an unknown primary is a finding and is kept apart from a site that was not recorded", () => {
    expect(parsePatient({ ...MINIMAL, primarySite: "unknown" })).toStrictEqual({
      ok: true,
      value: { ...FILLED, primarySite: "unknown" },
    });
  });

  it("Greek mu and the micro sign are one unit", () => {
    for (const mu of ["\u03bc", "\u00b5"]) {
      const alp = { value: 2.1, upperLimit: 1.9, unit: `${mu}kat/L` };
      expect(parsePatient({ ...MINIMAL, alp })).toStrictEqual({
        ok: true,
        value: { ...FILLED, alp: { value: 2.1, upperLimit: 1.9, unit: "\u00b5kat/L" } },
      });
    }
  });

  it("does not touch its input and does not share the measured ALP with it", () => {
    const input = Object.freeze({ ...MINIMAL, alp: Object.freeze({ ...MEASURED }) });
    const parsed = parsePatient(input);
    expect(parsed.ok && parsed.value.alp).toEqual(MEASURED);
    expect(parsed.ok && parsed.value.alp).not.toBe(input.alp);
  });
});

describe("every allowed value is accepted as it is, the limits included", () => {
  const ACCEPTED: Partial<Record<PatientField, readonly unknown[]>> = {
    tumour: ["NEC", "NET_G3"],
    ageYears: [18, 19, 67, 109, 110],
    sex: [...SEXES, null],
    ecogPs: [0, 1, 2, 3, 4],
    ki67Percent: [0, 0.1, 20, 20.1, 54.9, 55, 99.9, 100, null],
    alp: [
      ...ALP_LEVELS,
      MEASURED,
      { value: 5e-324, upperLimit: Number.MAX_VALUE, unit: "U/L" },
      { value: 1.9, upperLimit: 1.9, unit: "\u00b5kat/L" },
    ],
    primarySite: [...PRIMARY_SITES, null],
    firstLine: [...FIRST_LINES, null],
    setting: SETTINGS,
    mixed: [true, false],
  };
  const rows = Object.entries(ACCEPTED).flatMap(([field, values]) =>
    values.map((value) => ({ field, value })),
  );
  it.each(rows)("$field: $value", ({ field, value }) => {
    expect(parsePatient({ ...valid(), [field]: value })).toStrictEqual({
      ok: true,
      value: { ...valid(), [field]: value },
    });
  });
});

describe("ALP is elevated when its value is above its limit, not at it", () => {
  it.each<[Patient["alp"], "normal" | "elevated" | null]>([
    ["normal", "normal"],
    ["elevated", "elevated"],
    ["unknown", null],
    [{ value: 105, upperLimit: 105, unit: "U/L" }, "normal"],
    [{ value: 105.0001, upperLimit: 105, unit: "U/L" }, "elevated"],
    [{ value: 104.9999, upperLimit: 105, unit: "U/L" }, "normal"],
    [{ value: 1.91, upperLimit: 1.9, unit: "\u00b5kat/L" }, "elevated"],
  ])("%j is %s", (alp, level) => {
    expect(alpLevel(alp)).toBe(level);
  });
});

describe("properties of the parser", () => {
  it("a parsed patient parses to itself, also by way of JSON", () => {
    fc.assert(
      fc.property(anyPatient(), (patient) => {
        expect(parsePatient(patient)).toStrictEqual({ ok: true, value: patient });
        expect(parsePatient(JSON.parse(JSON.stringify(patient)))).toStrictEqual({ ok: true, value: patient });
      }),
      { seed: PROPERTY_SEED, numRuns: 500 },
    );
  });

  it("whatever it accepts has exactly the ten fields and parses to itself; whatever it refuses names a field", () => {
    const nearly = fc.record(
      Object.fromEntries(
        PATIENT_FIELDS.map((field) => [
          field,
          fc.oneof(
            { arbitrary: anyPatient().map((patient): unknown => patient[field]), weight: 6 },
            fc.anything(),
          ),
        ]),
      ),
      { requiredKeys: [] },
    );
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof(nearly, fc.anything()), (input) => {
        const parsed = parsePatient(input);
        if (parsed.ok) {
          seen.accepted++;
          expect(Object.keys(parsed.value)).toEqual([...PATIENT_FIELDS]);
          expect(parsePatient(parsed.value)).toStrictEqual(parsed);
        } else {
          seen.refused++;
          expect(parsed.problems.length).toBeGreaterThan(0);
          for (const problem of parsed.problems) {
            expect(Object.keys(problem).sort()).toEqual(["allowed", "code", "field", "value"]);
          }
        }
      }),
      { seed: PROPERTY_SEED, numRuns: 1000 },
    );
    // The generator reaches both sides.
    expect(seen.accepted).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(50);
  });

  it("one field spoiled is one field reported, whatever the rest", () => {
    const spoiled = fc.constantFrom<[PatientField, unknown]>(
      ["tumour", "MiNEN"],
      ["ageYears", 67.5],
      ["sex", "unknown"],
      ["ecogPs", "2"],
      ["ki67Percent", "55%"],
      ["alp", "raised"],
      ["primarySite", "bladder"],
      ["firstLine", "FOLFIRI"],
      ["setting", "adjuvant"],
      ["mixed", 0],
    );
    fc.assert(
      fc.property(anyPatient(), spoiled, (patient, [field, value]) => {
        const parsed = parsePatient({ ...patient, [field]: value });
        expect(parsed.ok).toBe(false);
        expect(!parsed.ok && parsed.problems.map((problem) => [problem.field, problem.value])).toEqual([
          [field, value],
        ]);
      }),
      { seed: PROPERTY_SEED, numRuns: 300 },
    );
  });
});
