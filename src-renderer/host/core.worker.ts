/** Composition root of the web edition: the same core and the same handler table as on the desktop, in a worker. */
import { createHandlers } from "../../src-main/api/endpoints.ts";
import type { WorkerScope } from "../../src-main/api/workerBinding.ts";
import { bindToWorker } from "../../src-main/api/workerBinding.ts";
import { prepareStudy } from "../../src-main/prognosis/prepared.ts";
import { parseBaseline, parseStudy } from "../../src-main/study/schema.ts";

interface Start {
  studyUrl: string;
  baselineUrl: string;
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

const started = new Promise<Start>((resolve) => {
  addEventListener("message", ({ data }: MessageEvent<Start>) => resolve(data), { once: true });
});

const handlers = started.then(async ({ studyUrl, baselineUrl }) => {
  const [study, baseline] = await Promise.all([readJson(studyUrl), readJson(baselineUrl)]);
  return createHandlers(prepareStudy(parseStudy(study), parseBaseline(baseline)), APP_VERSION);
});

// The first message is the start; requests follow it, so the binding listens from the second one on.
void started.then(() => bindToWorker(self as unknown as WorkerScope, handlers));
