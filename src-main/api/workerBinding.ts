import type { Result } from "./contract.ts";
import type { Handlers } from "./endpoints.ts";
import { dispatch } from "./endpoints.ts";

export interface WorkerRequest {
  id: number;
  endpoint: unknown;
  request: unknown;
}

export interface WorkerReply {
  id: number;
  result: Result<unknown>;
}

export interface WorkerScope {
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  postMessage(message: WorkerReply): void;
}

/**
 * Answers the page from a Web Worker, in the order of the requests; requests that arrive while the study is still
 * being read wait for it.
 */
export function bindToWorker(scope: WorkerScope, handlers: Promise<Handlers>): void {
  scope.addEventListener("message", ({ data }) => {
    const { id, endpoint, request } = data as WorkerRequest;
    handlers.then(
      (ready) => scope.postMessage({ id, result: dispatch(ready, endpoint, request) }),
      (error: unknown) =>
        scope.postMessage({ id, result: { ok: false, code: "internal", message: String(error) } }),
    );
  });
}
