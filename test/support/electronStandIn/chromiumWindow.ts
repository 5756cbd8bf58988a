import type { IpcMainInvokeEvent, OnBeforeRequestListenerDetails, WebContents, WebFrameMain } from "electron";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { BrowserContext, Dialog, Frame, Page, Route } from "playwright-core";
import { chromium } from "playwright-core";
import { launchOptions } from "../chromium.ts";
import { isPageAddress, toApp, toPage } from "./address.ts";
import type { Events } from "./only.ts";
import { only, PreventableEvent } from "./only.ts";
import type { Invocation } from "./preloadWorld.ts";
import { BINDING, preloadScript } from "./preloadWorld.ts";
import { report } from "./report.ts";
import type { SessionSide } from "./state.ts";
import { state } from "./state.ts";

/** What a window of the app and its page in Chromium share. */
export interface WindowSide {
  /** null where the app gives the window none */
  preload: string | null;
  width: number;
  height: number;
  session: SessionSide;
  contents: WebContents;
  contentsEvents: Events;
  /** what the app has set for new windows */
  mayOpen: (url: string) => boolean;
  onClosed: () => void;
  /** its process is said to be gone: until it is loaded again, nobody asks it anything */
  gone: boolean;
  /** it does not want to be closed, and stays */
  onStays: () => void;
}

/** Electron's name of a permission, and Chromium's. */
const PERMISSIONS = [
  ["geolocation", "geolocation"],
  ["notifications", "notifications"],
  ["media", "camera"],
  ["media", "microphone"],
  ["midi", "midi"],
  ["clipboard-read", "clipboard-read"],
  ["clipboard-sanitized-write", "clipboard-write"],
] as const;

const windows = new Map<Page, WindowSide>();
/** The address that the app itself is loading in a page: no navigation of the page's own. */
const loading = new Map<Page, string>();

export async function launchChromium(profile: string, switches: readonly string[]): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    ...(await launchOptions(["--remote-debugging-port=0", ...switches])),
    // Playwright would let every page open windows.
    ignoreDefaultArgs: ["--disable-popup-blocking"],
    serviceWorkers: "block",
    viewport: null,
    // Signals are for the app; Playwright would close the browser beneath it.
    ...{ handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false },
  });
  await answerPagesOf(context);
  return context;
}

/** Pages that leave nothing on the disk, in the same browser, as Electron's session without "persist:". */
export async function openInMemory(context: BrowserContext): Promise<BrowserContext> {
  const inMemory = await context.browser()!.newContext({ serviceWorkers: "block", viewport: null });
  await answerPagesOf(inMemory);
  return inMemory;
}

async function answerPagesOf(context: BrowserContext): Promise<void> {
  await context.exposeBinding(BINDING, ({ frame, page }, channel: string, args: unknown[]) =>
    invoke(page, frame, channel, args),
  );
  await context.route("**/*", answerRequest);
  context.on("page", (page) => void closeNewWindow(page));
}

/** The address at which another process can drive the same browser. */
export async function debuggingEndpoint(profile: string): Promise<string> {
  const [port, target] = (await readFile(path.join(profile, "DevToolsActivePort"), "utf8")).split("\n");
  return `ws://127.0.0.1:${port}${target}`;
}

export async function openPage(context: BrowserContext, side: WindowSide): Promise<Page> {
  // Chromium starts with a page that belongs to nobody.
  const page = context.pages().find((blank) => !windows.has(blank)) ?? (await context.newPage());
  windows.set(page, side);
  page.on("console", (message) => report({ kind: "console", text: `${message.type()}: ${message.text()}` }));
  page.on("pageerror", (error) => report({ kind: "console", text: `uncaught: ${error.message}` }));
  page.on("dialog", (dialog) => void answerDialog(side, dialog));
  page.on("close", () => {
    windows.delete(page);
    side.onClosed();
  });
  await page.setViewportSize({ width: side.width, height: side.height });
  if (side.preload !== null) {
    await page.addInitScript({ content: preloadScript(await readFile(side.preload, "utf8")) });
  }
  return page;
}

export async function loadPage(page: Page, url: string): Promise<void> {
  await decidePermissions(page, url);
  // A request has no fragment.
  loading.set(page, toPage(url).split("#")[0]!);
  try {
    await page.goto(toPage(url));
  } catch (error) {
    throw new Error(`ERR_FAILED (-2) loading '${url}'`, { cause: error });
  } finally {
    loading.delete(page);
  }
}

/** By the app itself: no navigation that it is asked about. */
export async function reloadPage(page: Page): Promise<void> {
  loading.set(page, page.url().split("#")[0]!);
  try {
    await page.reload();
  } finally {
    loading.delete(page);
  }
}

async function decidePermissions(page: Page, url: string): Promise<void> {
  const side = windows.get(page)!;
  // Left attached: Chromium forgets what a session has set when it ends.
  const devtools = await page.context().newCDPSession(page);
  const { browserContextId } = (await devtools.send("Target.getTargetInfo")).targetInfo;
  for (const [electronName, name] of PERMISSIONS) {
    await devtools.send("Browser.setPermission", {
      ...(browserContextId !== undefined && { browserContextId }),
      permission: { name },
      setting: (await isGranted(side, electronName, url)) ? "granted" : "denied",
      origin: new URL(toPage(url)).origin,
    });
  }
  // Chromium asks nobody about this one; Electron does.
  if (!(await isGranted(side, "fullscreen", url))) await page.addInitScript(refuseFullscreen);
}

/** Runs in the page. */
function refuseFullscreen(): void {
  Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("Permissions check failed"));
}

/** Electron grants what no handler refuses. */
async function isGranted(
  { contents, session }: WindowSide,
  permission: "fullscreen" | (typeof PERMISSIONS)[number][0],
  url: string,
): Promise<boolean> {
  const { permissionCheck, permissionRequest } = session;
  const details = { isMainFrame: true, requestingUrl: url };
  const checked = permissionCheck?.(contents, permission, new URL(url).origin, details) ?? true;
  const requested = await new Promise<boolean>((resolve) => {
    if (!permissionRequest) resolve(true);
    else permissionRequest(contents, permission, resolve, details);
  });
  return checked && requested;
}

/** Electron's names of what Chromium's print to PDF is asked for. */
const PDF_OPTIONS = {
  generateDocumentOutline: "outline",
  generateTaggedPDF: "tagged",
  preferCSSPageSize: "preferCSSPageSize",
  printBackground: "printBackground",
} as const;

/** Of the page as it is, by its print styles. */
export function printToPdf(page: Page, options: object): Promise<Buffer> {
  const translated = Object.entries(options).map(([name, value]): [string, unknown] => {
    if (!Object.hasOwn(PDF_OPTIONS, name)) throw new Error(`the stand-in for Electron has no option ${name}`);
    return [PDF_OPTIONS[name as keyof typeof PDF_OPTIONS], value];
  });
  return page.pdf(Object.fromEntries(translated));
}

/** Playwright tells of a new window when it is there; Electron asks first. */
async function closeNewWindow(page: Page): Promise<void> {
  const side = windows.get((await page.opener())!);
  if (!side) return;
  if (side.mayOpen(toApp(page.url()))) {
    throw new Error("the stand-in for Electron opens no window for a page");
  }
  await page.close();
}

async function answerRequest(route: Route): Promise<void> {
  const request = route.request();
  const url = toApp(request.url());
  report({ kind: "request", url });

  const page = pageOf(route);
  const side = page && windows.get(page);
  if (!side) return route.abort("blockedbyclient");
  if (request.isNavigationRequest() && loading.get(page) !== request.url()) {
    if (isRefused(side, url, request.frame())) return route.abort("aborted");
  }
  if (await isCancelled(side.session, url, request.method())) return route.abort("blockedbyclient");
  if (!isPageAddress(request.url()) || !side.session.resources) return route.abort("addressunreachable");

  const response = await side.session.resources(
    new Request(url, { method: request.method(), headers: request.headers() }),
  );
  if (request.isNavigationRequest() && request.frame().parentFrame() === null) {
    side.contentsEvents.emit("did-navigate", new PreventableEvent(), url);
  }
  return route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** A page that does not want to go stays, unless the app prevents what it prevents. */
async function answerDialog(side: WindowSide, dialog: Dialog): Promise<void> {
  if (dialog.type() !== "beforeunload") return dialog.dismiss();
  if (side.gone) return dialog.accept();
  const event = new PreventableEvent();
  side.contentsEvents.emit("will-prevent-unload", event);
  if (event.defaultPrevented) return dialog.accept();
  await dialog.dismiss();
  side.onStays();
}

/** A new window's first request belongs to no frame yet. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    return null;
  }
}

function isRefused(side: WindowSide, url: string, frame: Frame): boolean {
  const isMainFrame = frame.parentFrame() === null;
  const event = Object.assign(new PreventableEvent(), { url, isMainFrame, isSameDocument: false });
  side.contentsEvents.emit("will-frame-navigate", event);
  if (isMainFrame) side.contentsEvents.emit("will-navigate", event, url);
  return event.defaultPrevented;
}

function isCancelled({ requestFilter }: SessionSide, url: string, method: string): Promise<boolean> {
  if (!requestFilter) return Promise.resolve(false);
  const details = only<OnBeforeRequestListenerDetails>("details of onBeforeRequest", { url, method });
  return new Promise((resolve) => requestFilter(details, ({ cancel }) => resolve(cancel === true)));
}

/** Electron's ipcMain: arguments and results are cloned, and of an error only the message arrives. */
async function invoke(page: Page, frame: Frame, channel: string, args: unknown[]): Promise<Invocation> {
  const handler = state.invokeHandlers.get(channel);
  try {
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const event = only<IpcMainInvokeEvent>("IpcMainInvokeEvent", {
      sender: windows.get(page)!.contents,
      senderFrame: senderOf(frame),
    });
    const value: unknown = await handler(event, ...args);
    return { ok: true, value: structuredClone(value) };
  } catch (error) {
    return { ok: false, message: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}

function senderOf(frame: Frame): WebFrameMain {
  const parent = frame.parentFrame();
  return only<WebFrameMain>("WebFrameMain", {
    url: toApp(frame.url()),
    parent: parent && senderOf(parent),
  });
}
