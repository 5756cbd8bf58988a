import type { Host } from "../../src-renderer/host/host.svelte.ts";
import { createHandlers, dispatch } from "../../src-main/api/endpoints.ts";
import type { Result } from "../../src-main/api/contract.ts";
import { loadPrepared } from "./prognosis.ts";

export const APP_VERSION = "0.0.0-test";

/** The real handlers over the real study, answering in the same process. */
export const handlers = createHandlers(loadPrepared(), APP_VERSION);

/** A host that answers from {@link handlers}, through a structured clone as every real transport does. */
export function localHost(before?: (endpoint: string, request: unknown) => Promise<void> | undefined): Host {
  return {
    name: "web",
    async request(endpoint, request) {
      const plain: unknown = JSON.parse(JSON.stringify(request));
      await before?.(endpoint, plain);
      return structuredClone(dispatch(handlers, endpoint, plain)) as Result<never>;
    },
  };
}
