import type { FileToSave, Host, HostShell } from "../../src-renderer/host/host.svelte.ts";
import { createHandlers, dispatch } from "../../src-main/api/endpoints.ts";
import type { Result } from "../../src-main/api/contract.ts";
import { loadPrepared } from "./prognosis.ts";

export const APP_VERSION = "0.0.0-test";

/** The real handlers over the real study, answering in the same process. */
export const handlers = createHandlers(loadPrepared(), APP_VERSION);

/** What a test can see of what was asked of the host. */
export interface LocalHost extends Host {
  readonly savedFiles: FileToSave[];
  /** names of the PDF files */
  readonly savedPdfs: string[];
  /** how often the audience's window was asked for */
  readonly projections: () => number;
}

/**
 * A host that answers from {@link handlers}, through a structured clone as every real transport does, saves every file
 * and opens every window; `shell` answers differently.
 */
export function localHost(
  before?: (endpoint: string, request: unknown) => Promise<void> | undefined,
  shell: Partial<HostShell> = {},
): LocalHost {
  const savedFiles: FileToSave[] = [];
  const savedPdfs: string[] = [];
  let projections = 0;
  return {
    name: "web",
    capabilities: { pdf: "file", projector: "window", warnsOfLoss: true },
    savedFiles,
    savedPdfs,
    projections: () => projections,
    saveFile(file) {
      savedFiles.push(file);
      return Promise.resolve({ ok: true, value: { saved: true, path: `/documents/${file.name}` } });
    },
    savePdf(name) {
      savedPdfs.push(name);
      return Promise.resolve({ ok: true, value: { saved: true, path: `/documents/${name}` } });
    },
    openProjector() {
      projections++;
      return Promise.resolve({ ok: true, value: null });
    },
    ...shell,
    async request(endpoint, request) {
      const plain: unknown = JSON.parse(JSON.stringify(request));
      await before?.(endpoint, plain);
      return structuredClone(dispatch(handlers, endpoint, plain)) as Result<never>;
    },
  };
}
