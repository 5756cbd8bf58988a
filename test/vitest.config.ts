import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
/** No test may load Electron's package: requiring it starts the download of its runtime. */
const alias = { electron: fileURLToPath(new URL("support/noElectron.ts", import.meta.url)) };
/** It packages what has been built, so it runs with the specs of it. */
const NEEDS_BUILD = "test/packaging/directoryBuild.test.ts";

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        resolve: { alias },
        test: {
          name: "unit",
          testTimeout: 30_000,
          include: ["test/{prognosis,study,api,cli,shell,start,words,packaging,repository}/**/*.test.ts"],
          exclude: [NEEDS_BUILD],
        },
      },
      {
        root,
        plugins: [svelte(), svelteTesting()],
        define: { RELEASED: "null" },
        resolve: { alias },
        test: {
          name: "components",
          environment: "jsdom",
          // Far beyond what any takes: a busy machine is no failure.
          testTimeout: 30_000,
          setupFiles: ["test/support/components.ts"],
          include: ["test/renderer/**/*.test.ts"],
        },
      },
      {
        root,
        resolve: { alias },
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts", NEEDS_BUILD],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
