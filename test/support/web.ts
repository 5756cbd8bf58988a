import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { chromium } from "playwright-core";
import type { WebEdition } from "../../src-main/start/webEdition.ts";
import { serveWebEdition } from "../../src-main/start/webEdition.ts";
import { launchOptions } from "./chromium.ts";

/** One of the two editions, opened for a spec. */
export interface OpenEdition {
  page: Page;
  /** what every address of the app's own begins with */
  origin: string;
  /** the addresses of all requests so far, from the first one on */
  requests: string[];
  /** everything that the page has written to the console so far, and its uncaught errors */
  consoleMessages: string[];
  close: () => Promise<void>;
}

export interface OpenOptions {
  /** a folder for the browser's data, kept; without it a new one, removed afterwards */
  profile?: string;
  /** a policy file, absolute; of the desktop edition */
  policyFile?: string;
  /** what the start is given beside its switches; of the desktop edition */
  files?: readonly string[];
}

/**
 * Opens the web edition as `npm start` serves it, on any free port, but without the headers that only our own server
 * sends: on any other host the page must protect itself.
 */
export async function openWeb({ profile }: OpenOptions = {}): Promise<OpenEdition> {
  const web = await serveBuilt();
  const folder = await profileFolder(profile);
  const context = await chromium.launchPersistentContext(folder.path, {
    ...(await launchOptions()),
    viewport: null,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const { requests, consoleMessages } = watch(page);
  await page.goto(web.address);
  return {
    page,
    origin: web.address,
    requests,
    consoleMessages,
    async close() {
      await context.close();
      await web.close();
      await folder.remove();
    },
  };
}

/** Serves the built renderer on any free port, without headers. */
export const serveBuilt = (): Promise<WebEdition> => serveWebEdition(builtRenderer(), 0, {});

/** Begins to collect what a page asks for and says. */
export function watch(page: Page): Pick<OpenEdition, "requests" | "consoleMessages"> {
  const requests: string[] = [];
  const consoleMessages: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => consoleMessages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => consoleMessages.push(`uncaught: ${error.message}`));
  return { requests, consoleMessages };
}

export async function profileFolder(given?: string): Promise<{ path: string; remove: () => Promise<void> }> {
  if (given !== undefined) return { path: given, remove: () => Promise.resolve() };
  const made = await mkdtemp(path.join(tmpdir(), "hg-nen-prognosis-"));
  // A browser that has just ended may still hold a file for a moment.
  return {
    path: made,
    remove: () => rm(made, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

function builtRenderer(): string {
  const folder = fileURLToPath(new URL("../../dist/renderer", import.meta.url));
  if (!existsSync(path.join(folder, "app.html"))) throw new Error("the renderer is not built: npm run build");
  return folder;
}
