import { describe, expect, it } from "vitest";
import type { ModelId, Study, Term, Tumour } from "../../src-main/prognosis/model.ts";
import { MODEL_IDS, TUMOURS } from "../../src-main/prognosis/model.ts";
import type { PreparedStudy } from "../../src-main/prognosis/prepared.ts";
import {
  estimateFor,
  modelDifferences,
  patientDifferences,
  prepareAltered,
  readReference,
  readStudy,
} from "../support/prognosis.ts";

/*
 * The comparison with the reference is worth what it would catch. Each number behind a point estimate is moved by one
 * per cent, the study is solved again, and the comparison that reference.test.ts makes, with its tolerance, must fail
 * in every place where that number counts, and nowhere else.
 */

const reference = readReference();

interface Verdict {
  /** differences before any patient: H0, cuts, mean LP, σ */
  model: string[];
  /** patients with at least one number off, of those of the model's tumour */
  patients: number;
  fields: Set<string>;
}

function verdict(prepared: PreparedStudy, id: ModelId): Verdict {
  const { tumour, endpoint } = prepared.models[id].model;
  const fields = new Set<string>();
  let patients = 0;
  for (const patient of reference.patients) {
    if (patient.input.tumour !== tumour) continue;
    const estimate = estimateFor(prepared, patient.input, endpoint, { intervals: false, curve: false });
    const differences = patientDifferences(estimate, patient[endpoint]);
    if (differences.length > 0) patients++;
    for (const { field } of differences) fields.add(field);
  }
  return { model: modelDifferences(prepared, reference, id), patients, fields };
}

/** A study with one number changed. */
function altered(change: (study: Study) => void): PreparedStudy {
  const study = readStudy();
  change(study);
  return prepareAltered(study);
}

function expectUntouched(prepared: PreparedStudy, ids: readonly ModelId[]): void {
  for (const id of ids)
    expect(verdict(prepared, id), id).toEqual({ model: [], patients: 0, fields: new Set() });
}

const others = (id: ModelId): ModelId[] => MODEL_IDS.filter((other) => other !== id);
const patientsOf = (tumour: Tumour): number =>
  reference.patients.filter(({ input }) => input.tumour === tumour).length;
const study = readStudy();
const modelIn = (of: Study, id: ModelId): Study["models"][number] =>
  of.models.find((model) => model.id === id)!;
/** A difference that starts like this. */
const containing = (text: string): unknown => expect.stringContaining(text);
const FACTORS = [1.01, 0.99];

describe("unaltered, the study solved again agrees with the reference", () => {
  it("in every model and for every patient", () => {
    expectUntouched(prepareAltered(readStudy()), MODEL_IDS);
  });
});

describe("one per cent in any coefficient is noticed in its own model and in no other", () => {
  const rows = MODEL_IDS.flatMap((id) =>
    modelIn(study, id).terms.flatMap((term) =>
      (term.kind === "linear" ? [null] : term.levels.map(({ level }) => level)).flatMap((level) =>
        FACTORS.map((factor) => ({ id, covariate: term.covariate, level, factor })),
      ),
    ),
  );
  const ratioOf = (terms: Term[], covariate: string, level: string | null): { hazardRatio: number } => {
    const term = terms.find((candidate) => candidate.covariate === covariate)!;
    return term.kind === "linear" ? term : term.levels.find((candidate) => candidate.level === level)!;
  };

  it("there are twenty coefficients", () => {
    expect(rows).toHaveLength(20 * FACTORS.length);
  });

  it.each(rows)("$id, $covariate $level: ln HR × $factor", ({ id, covariate, level, factor }) => {
    const prepared = altered((copy) => {
      const ratio = ratioOf(modelIn(copy, id).terms, covariate, level);
      ratio.hazardRatio = Math.exp(factor * Math.log(ratio.hazardRatio));
    });
    const { model, patients, fields } = verdict(prepared, id);
    // H0 at every published time moves with the case mix.
    const points = reference.baseline[id].map(({ months }) => containing(`H0 at ${months}:`));
    expect(model).toEqual(expect.arrayContaining([...points, containing("mean LP:")]));
    // Through the baseline every patient of the model is off, not only those who have the level.
    expect(patients).toBe(patientsOf(modelIn(study, id).tumour));
    for (const field of ["linearPredictor", "relativeHazard", "median", "worst10", "lowerQuartile"]) {
      expect(fields).toContain(field);
    }
    for (const months of modelIn(study, id).landmarkMonths) {
      expect(fields).toContain(`survival at ${months} months`);
    }
    expectUntouched(prepared, others(id));
  });
});

describe("one per cent in any margin of the case mix is noticed in the models that have it", () => {
  const rows = TUMOURS.flatMap((tumour) =>
    Object.entries(study.caseMix[tumour].levels).flatMap(([covariate, margin]) =>
      Object.keys(margin.counts).map((level) => ({ tumour, covariate, level })),
    ),
  );

  it.each(rows)("$tumour, $covariate $level: count × 1.01", ({ tumour, covariate, level }) => {
    const prepared = altered((copy) => {
      const margin = Object.entries(copy.caseMix[tumour].levels).find(([name]) => name === covariate)![1];
      margin.counts[level]! *= 1.01;
    });
    const concerned = MODEL_IDS.filter(
      (id) =>
        modelIn(study, id).tumour === tumour &&
        modelIn(study, id).terms.some((term) => term.covariate === covariate),
    );
    expect(concerned.length).toBeGreaterThan(0);
    for (const id of concerned) {
      const { model, patients, fields } = verdict(prepared, id);
      const points = reference.baseline[id].map(({ months }) => containing(`H0 at ${months}:`));
      expect(model).toEqual(expect.arrayContaining([...points, containing("mean LP:")]));
      expect(patients).toBe(patientsOf(tumour));
      for (const field of ["relativeHazard", "percentile", "median"]) expect(fields).toContain(field);
    }
    expectUntouched(
      prepared,
      MODEL_IDS.filter((id) => !concerned.includes(id)),
    );
  });

  it.each(TUMOURS.flatMap((tumour) => (["count", "of"] as const).map((part) => ({ tumour, part }))))(
    "$tumour, age above 75: $part × 1.01",
    ({ tumour, part }) => {
      const prepared = altered((copy) => {
        copy.caseMix[tumour].ageYears.tail[part] *= 1.01;
      });
      const os = tumour === "NEC" ? "nec-os" : "net-g3-os";
      const { model, patients, fields } = verdict(prepared, os);
      const points = reference.baseline[os].map(({ months }) => containing(`H0 at ${months}:`));
      expect(model).toEqual(expect.arrayContaining([...points, containing("age sigma:")]));
      expect(patients).toBe(patientsOf(tumour));
      expect(fields).toContain("median");
      // PFS has no age: σ is off, nothing else.
      const pfs = verdict(prepared, tumour === "NEC" ? "nec-pfs" : "net-g3-pfs");
      expect(pfs.model).toEqual([containing("age sigma:")]);
      expect(pfs.patients).toBe(0);
      expectUntouched(
        prepared,
        MODEL_IDS.filter((id) => modelIn(study, id).tumour !== tumour),
      );
    },
  );

  it.each(
    TUMOURS.flatMap((tumour) =>
      (["min", "max"] as const).flatMap((part) => [-1, 1].map((years) => ({ tumour, part, years }))),
    ),
  )("$tumour, $part of the ages: $years year", ({ tumour, part, years }) => {
    const prepared = altered((copy) => {
      copy.caseMix[tumour].ageYears[part] += years;
    });
    const { model, patients } = verdict(prepared, tumour === "NEC" ? "nec-os" : "net-g3-os");
    expect(model).toEqual(expect.arrayContaining([containing("age sigma:"), containing("H0 at 36:")]));
    expect(patients).toBe(patientsOf(tumour));
  });
});

describe("one per cent in any published point of the whole cohort is noticed in its own model and in no other", () => {
  const rows = MODEL_IDS.flatMap((id) =>
    modelIn(study, id).anchors.flatMap((anchor, index) =>
      (["months", "survival"] as const).flatMap((part) =>
        FACTORS.map((factor) => ({ id, index, at: anchor.months, part, factor })),
      ),
    ),
  );

  it("there are eight points", () => {
    expect(rows).toHaveLength(8 * 2 * FACTORS.length);
  });

  it.each(rows)("$id at $at months: $part × $factor", ({ id, index, at, part, factor }) => {
    const prepared = altered((copy) => {
      const { anchors, horizonMonths } = modelIn(copy, id);
      anchors[index]![part] *= factor;
      // The horizon stays where it is: a point moved past it still makes the last segment's slope.
      expect(horizonMonths).toBe(modelIn(study, id).horizonMonths);
    });
    const { model, patients, fields } = verdict(prepared, id);
    // The point itself, and only that point.
    expect(model).toEqual([containing(part === "months" ? `month of point ${index}:` : `H0 at ${at}:`)]);
    // Survival between the neighbouring points is off; OS landmarks end at 36 months, the last segment is seen in times.
    expect(patients).toBeGreaterThan(0);
    const seenInTimes = ["worst10", "lowerQuartile", "median", "upperQuartile", "best10"];
    expect([...fields].some((field) => seenInTimes.includes(field) || field.startsWith("survival at"))).toBe(
      true,
    );
    expect(fields).not.toContain("linearPredictor");
    if (index === 0) {
      expect(patients).toBe(patientsOf(modelIn(study, id).tumour));
      for (const field of ["worst10", "lowerQuartile", "median"]) expect(fields).toContain(field);
    }
    expectUntouched(prepared, others(id));
  });
});

describe("the centre of the ages is an origin only: it moves the baseline and no estimate", () => {
  it.each(["nec-os", "net-g3-os"] as const)("%s", (id) => {
    const prepared = altered((copy) => {
      const term = modelIn(copy, id).terms.find((candidate) => candidate.kind === "linear")!;
      term.centre += 10;
    });
    const { model, fields } = verdict(prepared, id);
    expect(model.length).toBeGreaterThan(0);
    expect([...fields]).toEqual(["linearPredictor"]);
  });
});
