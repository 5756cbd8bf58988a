import type { CustomScheme, Protocol } from "electron";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { SECURITY_HEADERS } from "./contentSecurityPolicy.ts";
import { resolveResource, SCHEME } from "./resourcePath.ts";

/**
 * SECURITY: a scheme of our own instead of file:, whose pages may read any file (checklist, item 18). "standard" gives
 * it an origin, without which there is no storage; "secure" makes that origin a secure context; CSP and CORS hold.
 */
export const PRIVILEGED_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/**
 * Serves the built page from a folder, as the only thing that a session can load. Links within the folder are followed:
 * it is an archive that nobody can add to, or a developer's own build, where who can place a link can replace the file.
 */
export function serveResources(protocol: Pick<Protocol, "handle">, baseDir: string): void {
  protocol.handle(SCHEME, createResourceHandler(baseDir));
}

/** Answers requests with files of `baseDir`; never rejects, whatever the address. */
export function createResourceHandler(
  baseDir: string,
  read: (file: string) => Promise<Uint8Array<ArrayBuffer>> = readFile,
): (request: Pick<Request, "method" | "url">) => Promise<Response> {
  return async ({ method, url }) => {
    if (method !== "GET" && method !== "HEAD") return refuse(405, "Method not allowed");
    const file = resolveResource(url, path, baseDir);
    if (file === null) return refuse(404, "Not found");
    try {
      // Read whole, and not through net.fetch("file:…"): the files are small, and no request but our own scheme's is let through.
      const content = await read(file);
      const type = MEDIA_TYPES[path.extname(file).toLowerCase()] ?? "application/octet-stream";
      return new Response(method === "HEAD" ? null : content, { headers: headersFor(type) });
    } catch {
      return refuse(404, "Not found");
    }
  };
}

function refuse(status: number, text: string): Response {
  return new Response(text, { status, headers: headersFor("text/plain; charset=utf-8") });
}

function headersFor(contentType: string): Record<string, string> {
  return { ...SECURITY_HEADERS, "Content-Type": contentType };
}
