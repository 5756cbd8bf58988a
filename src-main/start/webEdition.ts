import { preview } from "vite";
import { SECURITY_HEADERS } from "../shell/contentSecurityPolicy.ts";

/** Fixed, because a page's stored data belong to its port too; of our own, so that no other preview shares them. */
export const WEB_PORT = 47620;

export interface WebEdition {
  /** ends with a slash and shows the app */
  address: string;
  close(): Promise<void>;
}

/**
 * Serves the built renderer, which is the whole web edition, with Vite's own preview server.
 *
 * @param folder the built renderer, absolute
 * @param port where it is taken, the next free one is used; 0 for any
 * @param headers the page brings its own policy; the headers add what a page cannot say
 */
export async function serveWebEdition(
  folder: string,
  port: number,
  headers: Record<string, string> = SECURITY_HEADERS,
): Promise<WebEdition> {
  const server = await preview({
    configFile: false,
    envFile: false,
    root: folder,
    // An address that names no file is not found, instead of showing some page.
    appType: "mpa",
    logLevel: "error",
    build: { outDir: folder },
    preview: {
      // SECURITY: reached from this computer only, and read by no page of another origin.
      host: "127.0.0.1",
      cors: false,
      headers,
      port,
      open: false,
    },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (!address) throw new Error("the preview server has no address on this computer");
  return { address, close: () => server.close() };
}
