import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { axisTo, evenTicks } from "../../src-renderer/model/axis.ts";
import { verdictOf } from "../../src-renderer/model/checkView.ts";
import { piecesOf, plainFormula } from "../../src-renderer/model/formula.ts";
import { LICENCES } from "../../src-renderer/model/licences.ts";
import { SECTIONS, sectionAt } from "../../src-renderer/model/sections.ts";

describe("formulas", () => {
  it("takes variables, indices and powers apart", () => {
    expect(piecesOf("*H*_{0}(*t*) = e^{LP}")).toEqual([
      { text: "H", kind: "variable" },
      { text: "0", kind: "below" },
      { text: "(", kind: "plain" },
      { text: "t", kind: "variable" },
      { text: ") = e", kind: "plain" },
      { text: "LP", kind: "above" },
    ]);
    expect(plainFormula("*H*_{0}(*t*) = e^{LP}")).toBe("H_0(t) = e^(LP)");
    expect(piecesOf("no marks")).toEqual([{ text: "no marks", kind: "plain" }]);
  });
});

describe("verdicts", () => {
  const group = {
    id: "x",
    endpoint: "os" as const,
    row: "OS x",
    wholeCohort: false,
    n: null,
    inModel: true,
    hazardScale: 1,
    horizonMonths: 60,
    modelMedian: 8,
    published: { median: 8, lower: 6, upper: 10, source: "" },
  };
  it.each([
    ["inside", {}],
    ["inside", { modelMedian: 6 }],
    ["inside", { modelMedian: 10 }],
    ["outside", { modelMedian: 5.99 }],
    ["outside", { modelMedian: 10.01 }],
    ["outside", { modelMedian: null }],
    ["fitted", { wholeCohort: true }],
    ["not-in-model", { inModel: false, modelMedian: 99 }],
    ["no-interval", { published: { median: 8, lower: null, upper: null, source: "" } }],
  ])("%s: %j", (verdict, change) => {
    expect(verdictOf({ ...group, ...change })).toBe(verdict);
  });
});

describe("axes", () => {
  it("ends at or above the largest value, in few round steps", () => {
    for (const largest of [0.99, 3.9, 13.4, 17.5, 48.1]) {
      const { end, ticks } = axisTo(largest, 6);
      expect(end).toBeGreaterThanOrEqual(largest);
      expect(ticks.at(-1)).toBe(end);
      expect(ticks.length).toBeLessThanOrEqual(7);
    }
    expect(evenTicks(24, 6)).toEqual([0, 6, 12, 18, 24]);
    expect(evenTicks(60, 6)).toEqual([0, 10, 20, 30, 40, 50, 60]);
  });
});

describe("the section that is read", () => {
  it("is the last whose heading has passed the line", () => {
    const tops = SECTIONS.map((_, i) => i * 500 - 900);
    expect(sectionAt(tops, 100)).toBe(SECTIONS[2]);
    expect(
      sectionAt(
        SECTIONS.map((_, i) => 200 + i),
        100,
      ),
    ).toBe(SECTIONS[0]);
  });
});

describe("licences", () => {
  const root = join(import.meta.dirname, "../..");
  // Vite puts the texts in at the build; here only where they come from can be read.
  const shownTexts = readFileSync(join(root, "src-renderer/model/licenceTexts.ts"), "utf8");
  const files = (name: string, pattern = /^licen[cs]e/i): string[] =>
    readdirSync(join(root, "node_modules", name)).filter((entry) => pattern.test(entry));
  const textOf = (name: string): string =>
    readFileSync(join(root, "node_modules", name, files(name)[0]!), "utf8");

  it.each(LICENCES.filter(({ packages }) => packages !== undefined))(
    "$name: $licence, $holder, as its package says",
    ({ id, packages, holder, licence }) => {
      const [first, ...others] = packages!;
      const notices = files(first!, /^notice/i).map((file) =>
        readFileSync(join(root, "node_modules", first!, file), "utf8"),
      );
      const text = [textOf(first!), ...notices].join("\n");
      for (const part of holder.split(/, (?!Inc)| and /)) expect(text).toContain(part);
      // the text that is shown is this very file, and that of all of them
      if (id === "vite") {
        const shown = readFileSync(join(root, "assets/licences/vite.txt"), "utf8");
        expect(shown.trim()).toBe(text.split("\n# Licenses of bundled dependencies")[0]!.trim());
      } else {
        for (const file of files(first!, /^(licen[cs]e|notice)/i))
          expect(shownTexts).toContain(`from "../../node_modules/${first!}/${file}?raw";`);
      }
      for (const other of others) expect(textOf(other)).toBe(textOf(first!));
      const { license } = JSON.parse(
        readFileSync(join(root, "node_modules", first!, "package.json"), "utf8"),
      ) as { license: string };
      for (const part of licence.replace("SIL OFL 1.1", "OFL-1.1").split(/ or | and /)) {
        expect(license).toContain(part);
      }
    },
  );

  it.each(LICENCES.filter(({ copied }) => copied !== undefined))(
    "$name: $holder, as the text beside the study says",
    ({ id, copied, holder }) => {
      expect(readFileSync(join(root, `assets/licences/${copied!}.txt`), "utf8")).toContain(holder);
      expect(shownTexts).toContain(`import ${id} from "../../assets/licences/${copied!}.txt?raw";`);
    },
  );

  it("the program's own is that of its LICENSE", () => {
    const { holder } = LICENCES.find(({ id }) => id === "program")!;
    expect(readFileSync(join(root, "LICENSE"), "utf8")).toContain(holder);
    expect(shownTexts).toContain('import program from "../../LICENSE?raw";');
  });
});
