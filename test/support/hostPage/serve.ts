import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { build } from "vite";
import { serveWebEdition } from "../../../src-main/start/webEdition.ts";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The page's own HTML, with its policy, starts our script instead of the program's. */
const startsHost: Plugin = {
  name: "starts-host",
  enforce: "pre",
  resolveId: (source, importer) =>
    importer?.endsWith("app.html") && source.endsWith("main.ts") ? here("main.ts") : undefined,
};

/** Builds {@link here main.ts} as the web edition is built, and serves it as any static host would: without headers. */
export async function serveHostPage(): Promise<{ address: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "hg-nen-host-page-"));
  await build({
    configFile: here("../../../src-renderer/vite.config.ts"),
    plugins: [startsHost],
    build: { outDir: folder, emptyOutDir: true },
    logLevel: "error",
  });
  await copyFile(path.join(folder, "app.html"), path.join(folder, "index.html"));
  const web = await serveWebEdition(folder, 0, {});
  return {
    address: web.address,
    async close() {
      await web.close();
      await rm(folder, { recursive: true });
    },
  };
}
