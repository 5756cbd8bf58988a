import type { Result } from "../../src-main/api/contract.ts";
import type { WorkerReply, WorkerRequest } from "../../src-main/api/workerBinding.ts";
import baselineUrl from "../../assets/studies/nordic-nec-2/baseline.json?url";
import studyUrl from "../../assets/studies/nordic-nec-2/study.json?url";

/** Starts the worker of the web edition; requests are answered in any order and matched by their id. */
export function connectWorker(): (endpoint: string, request: unknown) => Promise<Result<unknown>> {
  const worker = new Worker(new URL("./core.worker.ts", import.meta.url), { type: "module" });
  const absolute = (url: string): string => new URL(url, document.baseURI).href;
  worker.postMessage({ studyUrl: absolute(studyUrl), baselineUrl: absolute(baselineUrl) });

  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let nextId = 1;
  let failure: Result<unknown> | null = null;
  worker.addEventListener("message", ({ data }: MessageEvent<WorkerReply>) => {
    waiting.get(data.id)?.(data.result);
    waiting.delete(data.id);
  });
  worker.addEventListener("error", (event) => {
    failure = { ok: false, code: "internal", message: event.message || "the worker did not start" };
    for (const settle of waiting.values()) settle(failure);
    waiting.clear();
  });
  return (endpoint, request) =>
    new Promise((resolve) => {
      if (failure) return resolve(failure);
      const id = nextId++;
      waiting.set(id, resolve);
      worker.postMessage({ id, endpoint, request } satisfies WorkerRequest);
    });
}
