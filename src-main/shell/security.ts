import type { App, CommandLine, Event, PermissionRequest, Session } from "electron";
import type { Refused } from "./refusals.ts";
import { isOwnPage, SCHEME } from "./resourcePath.ts";

type LockableSession = Pick<
  Session,
  | "on"
  | "setDevicePermissionHandler"
  | "setPermissionCheckHandler"
  | "setPermissionRequestHandler"
  | "setProxy"
  | "setSpellCheckerDictionaryDownloadURL"
  | "setSpellCheckerEnabled"
> & { webRequest: Pick<Session["webRequest"], "onBeforeRequest"> };

/** Before the app is ready: what Chromium reads once, at its start. */
export function closeNetwork(commandLine: Pick<CommandLine, "appendSwitch">): void {
  // SECURITY: no host name is ever resolved, also by Chromium's own services, which no request filter sees.
  commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND");
}

/** What our own page may do without asking; everything else is refused. */
const PERMITTED: readonly string[] = [
  // SECURITY: the page puts a text or a picture that it has made onto the clipboard when told to, cleaned of scripts;
  // it reads nothing from there, which would be another permission.
  "clipboard-sanitized-write",
  // SECURITY: slides fill the display. The page shows nothing that could pass for the system, and Esc ends it.
  "fullscreen",
];

/** Before a window exists: nothing in, nothing out, no permission but {@link PERMITTED}. */
export async function lockSession(
  session: LockableSession,
  developer: boolean,
  refused: (what: Refused) => void = () => undefined,
): Promise<void> {
  // SECURITY: Electron grants every permission unless both handlers refuse; one answers queries, one requests (checklist, item 5).
  session.setPermissionCheckHandler((_contents, permission, _origin, details) =>
    isPermitted(permission, details),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const permitted = isPermitted(permission, details);
    if (!permitted) refused("permissions");
    callback(permitted);
  });
  // SECURITY: no USB, serial or HID device, also none that was once allowed.
  session.setDevicePermissionHandler(() => false);

  // SECURITY: a file leaves the page through the shell's save dialog, never as a download into a folder of the page's choice.
  session.on("will-download", (event) => event.preventDefault());

  // SECURITY: whatever else might ask for a network gets no answer; the CSP alone does not bind Chromium's own requests.
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const cancel = !isLocal(url, developer);
    if (cancel) refused("requests");
    callback({ cancel });
  });
  // SECURITY: a system's proxy settings may mean a look-up on the network (WPAD) before the first request.
  await session.setProxy({ mode: "direct" });

  // SECURITY: the spell checker downloads dictionaries, even when switched off late; this address leads nowhere.
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL("https://spelling.invalid/");
}

/** SECURITY: an address that is missing, a frame within the page or another page has no permission at all. */
function isPermitted(
  permission: string,
  { isMainFrame, requestingUrl }: Partial<Pick<PermissionRequest, "isMainFrame" | "requestingUrl">>,
): boolean {
  return (
    PERMITTED.includes(permission) &&
    isMainFrame === true &&
    requestingUrl !== undefined &&
    isOwnPage(requestingUrl)
  );
}

/** Our own files and images written out in the page; the developer tools are pages of their own, and not shipped. */
function isLocal(url: string, developer: boolean): boolean {
  const scheme = url.slice(0, url.indexOf(":"));
  return scheme === SCHEME || scheme === "data" || (developer && scheme === "devtools");
}

/** Holds for every window and whatever a page might put into one, now and later. */
export function lockContents(app: Pick<App, "on">, refused: (what: Refused) => void = () => undefined): void {
  const refuse = (event: Pick<Event, "preventDefault">): void => event.preventDefault();
  app.on("web-contents-created", (_event, contents) => {
    // SECURITY: the one page is loaded by us and never leaves, by link, script or redirect, in any frame (checklist, item 13).
    contents.on("will-navigate", refuse);
    contents.on("will-frame-navigate", (event) => {
      refuse(event);
      refused("navigations");
    });
    contents.on("will-redirect", refuse);
    // SECURITY: no other window; a page in it would share our bridge (checklist, item 14).
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    // SECURITY: a webview could ask for preload scripts and Node of its own (checklist, items 11 and 12).
    contents.on("will-attach-webview", refuse);
    // SECURITY: WebRTC opens sockets past CSP and request filter; this leaves it none without a proxy, and there is no proxy.
    contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
  });
}
