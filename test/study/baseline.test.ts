import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HazardRatio } from "../../src-main/prognosis/model.ts";
import { buildBaseline, serialiseBaseline } from "../../src-main/study/buildBaseline.ts";
import { parseBaseline, parseStudy } from "../../src-main/study/schema.ts";

const FOLDER = join(import.meta.dirname, "../../assets/studies/nordic-nec-2");
const input = readFileSync(join(FOLDER, "study.json"), "utf8");
const shipped = readFileSync(join(FOLDER, "baseline.json"), "utf8");
const sha256 = createHash("sha256").update(input).digest("hex");

describe("baseline.json is what study.json implies", () => {
  it("is not stale, and is the same bytes wherever it is built (npm run build:model)", () => {
    const { inputSha256 } = parseBaseline(JSON.parse(shipped));
    expect(inputSha256).toBe(sha256);
    const built = serialiseBaseline(buildBaseline(parseStudy(JSON.parse(input)), sha256));
    expect(createHash("sha256").update(built).digest("hex")).toBe(
      createHash("sha256").update(shipped).digest("hex"),
    );
  });
});

describe("the draws", () => {
  const baseline = parseBaseline(JSON.parse(shipped));
  const study = parseStudy(JSON.parse(input));

  it.each(baseline.models.map((model) => [model.id, model] as const))(
    "%s: 1,000, centred on the published ratios with the published spread",
    (id, { draws, coefficients }) => {
      expect(draws).toHaveLength(1000);
      const terms = study.models.find((model) => model.id === id)!.terms;
      const printed = terms.flatMap((term): HazardRatio[] => (term.kind === "linear" ? [term] : term.levels));
      coefficients.forEach((_, j) => {
        const column = draws.map((draw) => draw[j]!);
        const mean = column.reduce((a, b) => a + b) / column.length;
        const sd = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (column.length - 1));
        const { hazardRatio, lower, upper } = printed[j]!;
        // NEC age: its interval is too coarse, so its spread follows p = 0.015, z = 2.432.
        const expected =
          id === "nec-os" && j === 0 ? Math.log(hazardRatio) / 2.4324 : Math.log(upper / lower) / 3.92;
        expect(Math.abs(mean - Math.log(hazardRatio))).toBeLessThan(4 * (expected / Math.sqrt(1000)));
        expect(Math.abs(sd / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * 1000));
      });
    },
  );

  it.each([
    ["nec-os", 110],
    ["net-g3-os", 49],
  ] as const)("%s: levels of PS share the variance of their reference, 1/%d", (id, n) => {
    const { draws, coefficients } = baseline.models.find((model) => model.id === id)!;
    const [a, b] = coefficients.flatMap(({ covariate }, j) => (covariate === "ecogPs" ? [j] : [])) as [
      number,
      number,
    ];
    const mean = (j: number): number => draws.reduce((sum, draw) => sum + draw[j]!, 0) / draws.length;
    const covariance =
      draws.reduce((sum, draw) => sum + (draw[a]! - mean(a)) * (draw[b]! - mean(b)), 0) / (draws.length - 1);
    const variance = (j: number): number =>
      draws.reduce((sum, draw) => sum + (draw[j]! - mean(j)) ** 2, 0) / (draws.length - 1);
    const standardError = Math.sqrt((variance(a) * variance(b) + covariance ** 2) / draws.length);
    expect(Math.abs(covariance - 1 / n)).toBeLessThan(4 * standardError);
  });

  it("every draw's points rise in time and in cumulative hazard", () => {
    for (const { draws, coefficients, baseline: points } of baseline.models) {
      for (const draw of draws) {
        const months = draw.slice(coefficients.length, coefficients.length + points.length);
        const hazards = draw.slice(coefficients.length + points.length);
        for (let i = 1; i < points.length; i++) {
          expect(months[i]).toBeGreaterThan(months[i - 1]!);
          expect(hazards[i]).toBeGreaterThan(hazards[i - 1]!);
        }
      }
    }
  });
});
