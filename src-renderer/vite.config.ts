import { svelte } from "@sveltejs/vite-plugin-svelte";
import { copyFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vite";
import { listShipped } from "../src-main/packaging/shipped.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here("../package.json"), "utf8")) as { version: string };

/** The day of this version's release, as the changelog's heading has it; null while it is not released. */
const released = /^\d{4}-\d{2}-\d{2}$/m.exec(
  (readFileSync(here("../CHANGELOG.md"), "utf8").split(`## ${version} — `)[1] ?? "").split("\n")[0]!,
);

/** Any static host opens index.html; the desktop opens app.html. The same page. */
const alsoAsIndex: Plugin = {
  name: "also-as-index",
  apply: "build",
  writeBundle: () => copyFileSync(here("../dist/renderer/app.html"), here("../dist/renderer/index.html")),
};

/** The renderer, which is also the whole web edition: relative addresses, so that it runs from any folder of any site. */
export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: false,
  plugins: [svelte({ compilerOptions: { runes: true } }), alsoAsIndex, listShipped()],
  define: { APP_VERSION: JSON.stringify(version), RELEASED: JSON.stringify(released?.[0] ?? null) },
  worker: { format: "es", plugins: () => [listShipped(".worker")] },
  build: {
    outDir: here("../dist/renderer"),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    // The study's data and the font stay files: data is not code, and a data: address would loosen the CSP.
    assetsInlineLimit: 0,
    // How long plugins take is no warning to a user of `npm start`.
    rolldownOptions: { input: here("app.html"), checks: { bundlerTimings: false } },
  },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
