import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../src-main/api/contract.ts";
import { TOKEN, strokeOf } from "../../src-renderer/chart/appearance.ts";
import type { ChartColours } from "../../src-renderer/chart/canvas.ts";
import { chartConfig } from "../../src-renderer/chart/canvas.ts";
import type { ChartView } from "../../src-renderer/chart/chartView.ts";
import { movedReading, readingAt, readingStep } from "../../src-renderer/chart/reading.ts";
import { sceneOf } from "../../src-renderer/chart/scene.ts";
import { tableOf } from "../../src-renderer/chart/table.ts";
import { estimateView } from "../../src-renderer/estimate/view.ts";
import { csvOf } from "../../src-renderer/export/csv.ts";
import { handlers } from "../support/host.ts";

const PATIENT = { tumour: "NEC", ageYears: 67, sex: "male", ecogPs: 1, ki67Percent: 85, alp: "elevated" };

function chart(patient: object, endpoint: Endpoint, ticked: string[] | null = null): ChartView {
  const answered = handlers.estimate({ patient });
  const groups = handlers.groups({ patient });
  if (!answered.ok || !groups.ok) throw new Error("not a valid patient");
  const references = handlers.referenceCurves({ tumour: answered.value.patient.tumour, endpoint });
  if (!references.ok) throw new Error(references.message);
  return estimateView(answered.value, endpoint, groups.value[endpoint], references.value, null, ticked)!
    .chart;
}

const CHARTS: [string, ChartView][] = [
  ["NEC OS", chart(PATIENT, "os")],
  ["NEC PFS", chart(PATIENT, "pfs")],
  [
    "NET G3 OS with three groups",
    chart({ ...PATIENT, tumour: "NET_G3", alp: "normal" }, "os", [
      "net-g3/os/ps-0",
      "net-g3/os/alp-normal",
      "net-g3/os/all",
    ]),
  ],
];

const COLOURS: ChartColours = {
  of: Object.fromEntries(Object.keys(TOKEN).map((ink) => [ink, ink])) as ChartColours["of"],
  font: "sans-serif",
  rem: 16,
};

describe.each(CHARTS)("%s: every rendering carries the points of the one view", (_name, view) => {
  it("the canvas", () => {
    const { datasets } = chartConfig({ view, colours: COLOURS, reading: null }).data;
    for (const { id, line } of view.series) {
      expect(datasets.find(({ label }) => label === id)!.data).toEqual(
        line.map(({ months, survival }) => ({ x: months, y: survival * 100 })),
      );
    }
    const bands = view.series.filter(({ band }) => band.length > 0);
    expect(datasets).toHaveLength(view.series.length + 2 * bands.length);
  });

  it("the vector drawing of paper and slides, at any size", () => {
    for (const [width, height, labelSize] of [
      [480, 280, 12],
      [1200, 520, 24],
    ] as const) {
      const scene = sceneOf(view, {
        width,
        height,
        labelSize,
        measure: (text, size) => text.length * size * 0.5,
      });
      const { left, right, top, bottom } = scene.area;
      for (const { id, line } of view.series) {
        const shape = scene.shapes.find(
          (each) => each.kind === "line" && each.role === "curve" && each.series === id,
        );
        if (shape?.kind !== "line") throw new Error(`no curve of ${id}`);
        expect(shape.points).toHaveLength(line.length);
        shape.points.forEach(({ x, y }, i) => {
          expect(((x - left) / (right - left)) * view.maxMonths).toBeCloseTo(line[i]!.months, 9);
          expect((bottom - y) / (bottom - top)).toBeCloseTo(line[i]!.survival, 9);
        });
      }
    }
  });

  it("the table and the CSV, the one to the last digit, the other to the fifth", () => {
    const table = tableOf(view);
    view.series.forEach(({ line, band }, column) => {
      expect(table.rows.map(({ months }) => months)).toEqual(line.map(({ months }) => months));
      expect(table.rows.map(({ cells }) => cells[column]!.survival)).toEqual(
        line.map(({ survival }) => survival),
      );
      if (band.length > 0)
        expect(table.rows.map(({ cells }) => cells[column]!.lower)).toEqual(band.map(({ lower }) => lower));
    });
    const lines = csvOf(table, ["Not a medical device."]).split("\r\n");
    expect(lines[0]).toBe("# Not a medical device.");
    expect(lines[1]).toBe("curve,name,months,survival,lower95,upper95");
    const records = lines.slice(2, -1).map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    expect(records.map(([id, , months, survival]) => [id, Number(months), Number(survival)])).toEqual(
      view.series.flatMap(({ id, line }) =>
        line.map(({ months, survival }) => [id, months, Number(survival.toFixed(5))]),
      ),
    );
  });

  it("a reading at every month it can stand at, from the view's own point of that month", () => {
    const step = readingStep(view);
    for (let months = 0; months <= view.maxMonths; months += step) {
      const exact = view.series.map(({ line }) =>
        line.find((point) => Math.abs(point.months - months) < 1e-9),
      );
      expect(exact.every(Boolean)).toBe(true);
      const reading = readingAt(view, months);
      reading.rows.forEach(({ survival }, i) => {
        const percent = exact[i]!.survival * 100;
        if (survival === "100") expect(percent).toBe(100);
        else if (/^\d+$/.test(survival))
          expect(Math.abs(Number(survival) - percent)).toBeLessThanOrEqual(0.5);
        else expect(percent < 1 || percent >= 99.5).toBe(true);
      });
    }
  });
});

describe("reading by keyboard", () => {
  const [, view] = CHARTS[0]!;

  it("starts at zero and moves by a month, by six with the page keys, to the ends with Home and End", () => {
    expect(movedReading(view, null, "ArrowRight")).toBe(1);
    expect(movedReading(view, 12, "ArrowLeft")).toBe(11);
    expect(movedReading(view, 12, "PageUp")).toBe(18);
    expect(movedReading(view, 12, "Home")).toBe(0);
    expect(movedReading(view, 12, "End")).toBe(36);
    expect(movedReading(view, 12, "a")).toBeNull();
  });

  it("never leaves the axis", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End")),
        (keys) => {
          let at: number | null = null;
          for (const key of keys) at = movedReading(view, at, key) ?? at;
          return at === null || (at >= 0 && at <= view.maxMonths);
        },
      ),
      { seed: 1 },
    );
  });
});

describe("curves are told apart without colour", () => {
  it("no two kinds, and no two groups of one chart, share a line", () => {
    const lines = [
      { kind: "patient", style: 0 },
      { kind: "variant", style: 0 },
      { kind: "cohort", style: 0 },
      ...[0, 1, 2, 3].map((style) => ({ kind: "published", style }) as const),
    ] as const;
    for (const assumedShape of [true, false]) {
      const looks = lines.map((series) => {
        const { width, dash } = strokeOf(series, { assumedShape });
        return `${width} ${dash.join(" ")}`;
      });
      expect(new Set(looks).size).toBe(looks.length);
    }
  });
});
