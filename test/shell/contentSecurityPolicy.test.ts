import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../src-main/shell/contentSecurityPolicy.ts";

/** As a browser reads it. What the policy does is proven in a browser, by the end-to-end specs. */
function parse(policy: string): Map<string, string[]> {
  return new Map(
    policy.split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

describe("the content security policy", () => {
  const policy = parse(CONTENT_SECURITY_POLICY);

  it("allows nothing by default", () => {
    expect(policy.get("default-src")).toEqual(["'none'"]);
  });

  it("knows no source but the app itself and images written out in the page", () => {
    const sources = new Set([...policy].flatMap(([, found]) => found));
    expect([...sources].sort()).toEqual(["'none'", "'self'", "data:"]);
    expect([...policy].filter(([, found]) => found.includes("data:")).map(([name]) => name)).toEqual([
      "img-src",
    ]);
  });

  it("closes what default-src does not cover", () => {
    for (const directive of ["base-uri", "form-action", "frame-ancestors"]) {
      expect(policy.get(directive)).toEqual(["'none'"]);
    }
  });

  it("is also in the page, but for what only a header can say, because a static host sends no header", () => {
    const page = readFileSync(new URL("../../src-renderer/app.html", import.meta.url), "utf8");
    const inPage = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? "";
    const covered = new Set(["frame-ancestors", "object-src"]);
    expect(parse(inPage)).toEqual(new Map([...policy].filter(([name]) => !covered.has(name))));
  });
});
