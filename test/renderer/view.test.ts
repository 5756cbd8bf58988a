import { describe, expect, it } from "vitest";
import type { Answer, Endpoint } from "../../src-main/api/contract.ts";
import { cumulativeHazardAt, survivalAt } from "../../src-main/prognosis/baseline.ts";
import { modelOf } from "../../src-main/prognosis/prepared.ts";
import { TOKEN } from "../../src-renderer/chart/appearance.ts";
import type { ChartColours } from "../../src-renderer/chart/canvas.ts";
import { chartConfig } from "../../src-renderer/chart/canvas.ts";
import type { EstimateView } from "../../src-renderer/estimate/view.ts";
import { estimateView } from "../../src-renderer/estimate/view.ts";
import { handlers } from "../support/host.ts";
import { loadPrepared } from "../support/prognosis.ts";
import { NEC, NET } from "../support/patients.ts";

const modelFor = (tumour: string, endpoint: Endpoint) =>
  loadPrepared().study.models.find((model) => model.tumour === tumour && model.endpoint === endpoint)!;

function viewOf(
  patient: object,
  endpoint: Endpoint,
  ticked: string[] | null = null,
): { view: EstimateView; answer: Answer } {
  const answered = handlers.estimate({ patient });
  const groups = handlers.groups({ patient });
  if (!answered.ok || !groups.ok) throw new Error("not a valid patient");
  const answer = answered.value;
  const references = handlers.referenceCurves({ tumour: answer.patient.tumour, endpoint });
  if (!references.ok) throw new Error(references.message);
  const view = estimateView(
    answer,
    endpoint,
    groups.value[endpoint],
    references.value,
    modelFor(answer.patient.tumour, endpoint),
    ticked,
  );
  if (!view) throw new Error("not estimated");
  return { view, answer };
}

/** Each ink its own name as its colour. */
const COLOURS: ChartColours = {
  of: Object.fromEntries(Object.keys(TOKEN).map((ink) => [ink, ink])) as ChartColours["of"],
  font: "sans-serif",
  rem: 16,
};

describe("the view of a patient whose numbers the model description prints", () => {
  const { view } = viewOf(NEC, "os");

  it("has the median, its interval and the spread of outcomes in words", () => {
    expect(view.median).toEqual({ value: "5.4", interval: "4.2–7.1", label: "Median overall survival" });
    expect(view.outcomes).toEqual({ worst: "< 0.9", half: "2.3–10.6", best: "> 17" });
    expect(view.risk).toMatchObject({ group: "higher", ordinal: "80th" });
  });

  it("has the landmarks under their own ticks, patient beside whole cohort", () => {
    expect(view.landmarks.map(({ months, patient, cohort }) => [months, patient, cohort])).toEqual([
      [6, "47", "57"],
      [12, "21", "33"],
      [24, "4", "12"],
      [36, "<\u00a01", "5"],
    ]);
    for (const { months } of view.landmarks) expect(view.chart.ticks).toContain(months);
  });

  it("names what drives it and what stands at the reference", () => {
    expect(view.drivers.map(({ label, ratio }) => [label, ratio])).toEqual([
      ["Age 67 vs 68", "0.99"],
      ["PS 1 vs 0", "1.33"],
      ["Ki-67 ≥ 55\u00a0%", "1.44"],
      ["ALP elevated", "1.43"],
    ]);
    expect(view.atReference).toEqual(["male", "colorectal primary"]);
  });

  it("sets the model beside the published median of each of the patient's groups", () => {
    const rows = Object.fromEntries(
      view.beside
        .filter(({ belongs }) => belongs === true)
        .map(({ label, model, published }) => [label, [model, published]]),
    );
    expect(rows["PS 1"]).toEqual(["8.0", "8.0\u00a0(6.4–9.6)"]);
    expect(rows["ALP elevated"]).toEqual(["6.4", "6.3\u00a0(5.2–7.4)"]);
    expect(rows["PS 0"]).toBeUndefined();
  });

  it("marks the published group that the model misses", () => {
    const missed = viewOf({ ...NEC, ecogPs: 3 }, "os").view.beside.filter(
      ({ miss, belongs }) => miss && belongs === true,
    );
    expect(missed.map(({ label, model }) => [label, model])).toEqual([["PS 3", "2.9"]]);
  });
});

describe("published groups are drawn as ticked", () => {
  const drawn = (ticked: string[] | null): string[] =>
    viewOf(NEC, "os", ticked).view.chart.series.map(({ id }) => id);

  it("before a tick: the patient, the group of the patient's PS, the whole cohort", () => {
    expect(drawn(null)).toEqual(["patient", "nec/os/ps-1", "nec/os/all"]);
  });

  it("then what is ticked, in that order, each with dashes of its own and its published median marked", () => {
    const { view } = viewOf(NEC, "os", ["nec/os/alp-elevated", "nec/os/ps-3"]);
    expect(view.chart.series.map(({ id, style, mark }) => [id, style, mark])).toEqual([
      ["patient", 0, null],
      ["nec/os/alp-elevated", 0, { median: 6.3, lower: 5.2, upper: 7.4 }],
      ["nec/os/ps-3", 1, { median: 1.2, lower: 0.8, upper: 1.6 }],
    ]);
    expect(view.beside.filter(({ style }) => style !== null).map(({ id }) => id)).toEqual([
      "nec/os/alp-elevated",
      "nec/os/ps-3",
    ]);
  });

  it("nothing but the patient when every tick is taken away", () => {
    expect(drawn([])).toEqual(["patient"]);
  });

  it("the patient's own groups stand first, and each row knows its place in the article", () => {
    const belongs = viewOf(NEC, "os").view.beside.map((row) => row.belongs === true);
    expect(belongs.indexOf(false)).toBe(belongs.filter(Boolean).length);
    for (const { place } of viewOf(NEC, "os").view.beside) expect(place).toMatch(/Table|Results|Fig/);
  });
});

describe("one set of points", () => {
  for (const [name, patient, endpoint] of [
    ["NEC OS", NEC, "os"],
    ["NET G3 PFS", NET, "pfs"],
  ] as const) {
    it(`${name}: the chart draws S(t) of the core, in percent, and nothing else`, () => {
      const { view, answer } = viewOf(patient, endpoint);
      const estimate = answer.estimates[endpoint]!;
      const { model, baseline } = modelOf(loadPrepared(), answer.patient.tumour, endpoint);
      const risk = Math.exp(estimate.linearPredictor);
      const drawn = chartConfig({ view: view.chart, colours: COLOURS, reading: null }).data.datasets;
      const line = drawn.find(({ label }) => label === "patient")!.data;
      expect(line.length).toBeGreaterThan(50);
      for (const { x, y } of line) {
        const s = survivalAt(cumulativeHazardAt(baseline, x, model.horizonMonths), [1], [risk]);
        expect(Math.abs(y / 100 - s)).toBeLessThan(1e-12);
      }
      const cohort = drawn.find(({ borderColor }) => borderColor === "cohort")!.data;
      expect(cohort).toEqual(
        view.chart.series.at(-1)!.line.map(({ months: x, survival }) => ({ x, y: survival * 100 })),
      );
      expect(drawn.every(({ stepped }) => !stepped)).toBe(true);
    });
  }

  it("draws PFS, whose shape is assumed, in a visibly different line", () => {
    const dashOf = (endpoint: Endpoint): unknown =>
      chartConfig({
        view: viewOf(NEC, endpoint).view.chart,
        colours: COLOURS,
        reading: null,
      }).data.datasets.at(-1)!.borderDash;
    expect(dashOf("os")).toEqual([]);
    expect(dashOf("pfs")).not.toEqual([]);
  });

  it("never draws or ticks past the horizon, and shows the late months only where there is something to see", () => {
    expect(viewOf(NEC, "os").view.chart.maxMonths).toBe(36);
    expect(viewOf(NET, "os").view.chart.maxMonths).toBe(60);
    expect(viewOf(NEC, "pfs").view.chart.maxMonths).toBe(12);
    const { chart } = viewOf(NET, "pfs").view;
    expect(Math.max(...chart.series[0]!.line.map(({ months }) => months))).toBe(24);
    expect(Math.max(...chart.ticks)).toBe(24);
  });
});

describe("no estimate, no view", () => {
  it("is null where the models do not apply", () => {
    const answered = handlers.estimate({ patient: { ...NEC, ecogPs: 4 } });
    expect(answered.ok && estimateView(answered.value, "os", [], [])).toBeNull();
  });
});
