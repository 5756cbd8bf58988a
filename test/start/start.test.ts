import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

it("npm start builds what npm run build builds, in the same order", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...scripts["build"]!.matchAll(/build:\w+/g)].map(([name]) => name);
  const configurations = named.map((name) => /--config (\S+)/.exec(scripts[name]!)?.[1]);

  const [, list = ""] = /const BUILDS = \[(.*?)\]/s.exec(read("src-main/start/main.ts")) ?? [];
  expect([...list.matchAll(/"([^"]+)"/g)].map(([, file]) => file)).toEqual(configurations);
});
