import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box, LabelledCurve } from "../../src-renderer/chart/labels.ts";
import { placeLabels } from "../../src-renderer/chart/labels.ts";

const plot: Box = { left: 40, top: 8, width: 560, height: 300 };

/** An exponential survival curve in pixels. */
const curve = (rate: number, widths: number[], preferred: number): LabelledCurve => ({
  points: Array.from({ length: 121 }, (_, i) => ({
    x: plot.left + (plot.width * i) / 120,
    y: plot.top + plot.height * (1 - Math.exp((-rate * i) / 120)),
  })),
  widths,
  height: 14,
  preferred,
});

const meets = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

describe("direct labels", () => {
  it("stay inside the plot and off one another, whatever the curves", () =>
    fc.assert(
      fc.property(
        fc.tuple(...[0.1, 0.5, 0.7].map(() => fc.double({ min: 0.05, max: 60, noNaN: true }))),
        (rates) => {
          const boxes = placeLabels(
            [
              curve(rates[0]!, [70], 0.12),
              curve(rates[1]!, [230, 60], 0.5),
              curve(rates[2]!, [240, 50], 0.72),
            ],
            plot,
          );
          expect(boxes).toHaveLength(3);
          for (const box of boxes) {
            expect(box.left).toBeGreaterThanOrEqual(plot.left);
            expect(box.top).toBeGreaterThanOrEqual(plot.top);
            expect(box.left + box.width).toBeLessThanOrEqual(plot.left + plot.width);
            expect(box.top + box.height).toBeLessThanOrEqual(plot.top + plot.height);
          }
          for (const [i, a] of boxes.entries()) {
            for (const b of boxes.slice(i + 1)) expect(meets(a, b)).toBe(false);
          }
        },
      ),
      { seed: 3, numRuns: 200 },
    ));

  it("cross no curve where there is room, and fall back to the short wording where there is not", () => {
    const apart = placeLabels([curve(6, [70], 0.12), curve(1, [200, 50], 0.6)], plot);
    expect(apart.map(({ wording }) => wording)).toEqual([0, 0]);
    const narrow: Box = { ...plot, width: 150 };
    const squeezed = placeLabels([{ ...curve(1, [200, 50], 0.6) }], narrow);
    expect(squeezed[0]!.wording).toBe(1);
  });
});
