import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { build } from "vite";
import { serveWebEdition } from "../../src-main/start/webEdition.ts";

/** The page's own HTML, with its policy, starts another script instead of the program's. */
const startsWith = (script: string): Plugin => ({
  name: "starts-with",
  enforce: "pre",
  resolveId: (source, importer) =>
    importer?.endsWith("app.html") && source.endsWith("main.ts") ? script : undefined,
});

/**
 * Builds a script into the program's own page as the web edition is built, and serves it as any static host would:
 * without headers.
 *
 * @param script absolute path
 */
export async function serveOwnPage(script: string): Promise<{ address: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "hg-nen-own-page-"));
  await build({
    configFile: fileURLToPath(new URL("../../src-renderer/vite.config.ts", import.meta.url)),
    plugins: [startsWith(script)],
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
