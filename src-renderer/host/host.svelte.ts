import type { AnswerOf, Bridge, EndpointName, Request, Result } from "../../src-main/api/contract.ts";
import { BRIDGE } from "../../src-main/api/contract.ts";
import { connectWorker } from "./worker.ts";

/** Whoever answers the page. Nothing outside this folder knows, or asks, which it is. */
export interface Host {
  readonly name: "electron" | "web";
  request<K extends EndpointName>(endpoint: K, request: Request<K>): Promise<Result<AnswerOf<K>>>;
}

type Invoke = (endpoint: string, request: unknown) => Promise<Result<unknown>>;

/** Chooses the host, once: the desktop's preload bridge where there is one, a worker of our own otherwise. */
export function connectHost(): Host {
  const bridge = (globalThis as Record<string, unknown>)[BRIDGE] as Bridge | undefined;
  return bridge
    ? createHost("electron", (endpoint, request) => bridge.invoke(endpoint, request))
    : createHost("web", connectWorker());
}

/** Wraps a transport: snapshots Svelte's proxies, which no structured clone accepts, and turns rejections into values. */
export function createHost(name: Host["name"], invoke: Invoke): Host {
  return {
    name,
    async request(endpoint, request) {
      try {
        return (await invoke(endpoint, $state.snapshot(request))) as Result<AnswerOf<typeof endpoint>>;
      } catch (error) {
        return {
          ok: false,
          code: "internal",
          message: error instanceof Error ? error.message : String(error),
        };
      }
    },
  };
}
