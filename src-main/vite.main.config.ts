import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { listShipped } from "./packaging/shipped.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Electron's main process: one ES module with every dependency inside it, so that no node_modules are shipped. */
export default defineConfig({
  root: here(".."),
  publicDir: false,
  plugins: [listShipped()],
  ssr: { noExternal: true },
  build: {
    ssr: here("main.ts"),
    outDir: here("../dist/main"),
    emptyOutDir: true,
    target: "node24",
    // Read by reviewers and in stack traces; its size matters to nobody.
    minify: false,
    rolldownOptions: {
      external: ["electron"],
      output: { format: "es", entryFileNames: "main.js", codeSplitting: false },
    },
  },
});
