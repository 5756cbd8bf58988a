import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const file = new URL("../../assets/studies/nordic-nec-2/study.json", import.meta.url);
const study = JSON.parse(readFileSync(file, "utf8")) as Record<string, Json>;

/** Numbers about the file itself and about the article as a publication, not from it. */
const EXEMPT = ["formatVersion", "citation"];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const isObject = (value: unknown): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const namesPlace = (source: unknown): boolean =>
  isObject(source) && typeof source["place"] === "string" && source["place"].trim() !== "";

/** Paths of the numbers under no object that says where it is printed. */
function unsourced(value: unknown, path: string[] = [], covered = false): string[] {
  if (typeof value === "number") return covered ? [] : [path.join(".")];
  if (Array.isArray(value)) return value.flatMap((item, i) => unsourced(item, [...path, String(i)], covered));
  if (!isObject(value)) return [];
  const here = covered || namesPlace(value["source"]);
  return Object.entries(value).flatMap(([key, item]) =>
    path.length === 0 && EXEMPT.includes(key) ? [] : unsourced(item, [...path, key], here),
  );
}

function numbersIn(value: unknown): number {
  if (typeof value === "number") return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + numbersIn(item), 0);
  return isObject(value) ? Object.values(value).reduce<number>((sum, item) => sum + numbersIn(item), 0) : 0;
}

describe("every number of study.json says where it is printed", () => {
  it("leaves none without a source", () => {
    expect(numbersIn(study)).toBeGreaterThan(500);
    expect(unsourced(study)).toEqual([]);
  });

  it("would notice a result, a margin, a population or a model that lost its source", () => {
    const changed = (path: string[], value?: Json): string[] => {
      const copy = structuredClone(study);
      let parent: Record<string, Json> = copy;
      for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, Json>;
      if (value === undefined) Reflect.deleteProperty(parent, path.at(-1)!);
      else parent[path.at(-1)!] = value;
      return unsourced(copy);
    };
    expect(changed(["results", "0", "source"])).toContain("results.0.value");
    expect(changed(["results", "0", "source", "place"], " ")).toContain("results.0.value");
    expect(changed(["populations", "NEC", "source"])).toContain("populations.NEC.n");
    expect(changed(["caseMix", "NEC", "levels", "sex", "source"])).toEqual([
      "caseMix.NEC.levels.sex.counts.male",
      "caseMix.NEC.levels.sex.counts.female",
    ]);
    expect(changed(["models", "0", "source"])).toContain("models.0.horizonMonths");
    expect(changed(["extra"], { value: 3 })).toEqual(["extra.value"]);
  });
});
