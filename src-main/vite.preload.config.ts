import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { listShipped } from "./packaging/shipped.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The preload script: one CommonJS file, because a sandboxed preload script has a `require` that knows "electron" and
 * no other file.
 */
export default defineConfig({
  root: here(".."),
  publicDir: false,
  plugins: [listShipped()],
  build: {
    lib: { entry: here("preload.ts"), formats: ["cjs"], fileName: () => "preload.cjs" },
    outDir: here("../dist/preload"),
    emptyOutDir: true,
    target: "chrome140",
    minify: false,
    rolldownOptions: { external: ["electron"], output: { codeSplitting: false } },
  },
});
