import type { Failure, Result, Saved } from "../../src-main/api/contract.ts";
import { answered } from "./answered.ts";
import type { FileToSave, HostShell } from "./host.svelte.ts";
import type { Page } from "./page.ts";
import { titleOf, withTitle } from "./page.ts";

const PROJECTOR_HASH = "#/board/projector";
/** A name, so that a second call finds the first window. */
const PROJECTOR_WINDOW = "hg-nen-projector";
const PROJECTOR_FEATURES = "popup,width=1280,height=720";
/** Some browsers read the bytes only when they have asked where to put them. */
const READ_WITHIN_MS = 60_000;

/** No page of a browser reaches the system's keychain, or a folder without asking. */
const notHere = (): Promise<Failure> =>
  Promise.resolve({ ok: false, code: "not-here", message: "a browser has no keychain and keeps no backups" });

/** A browser: files are downloads, a PDF comes of its print dialog, and the audience's window is a pop-up. */
export function browserShell(page: Page): HostShell {
  return {
    capabilities: { pdf: "dialog", projector: "window", warnsOfLoss: true, backups: false },
    saveFile: (file) => answered(() => Promise.resolve(download(page, file))),
    savePdf: (name) => answered(() => withTitle(page, titleOf(name), () => print(page))),
    openProjector: () => answered(() => Promise.resolve(openProjector(page))),
    keychain: () => Promise.resolve({ ok: true, value: { available: false, reason: "not-here" } }),
    wrapKey: notHere,
    unwrapKey: notHere,
    writeBackup: notHere,
    listBackups: notHere,
    readBackup: notHere,
    deleteBackups: notHere,
    // No page is told: one that is not visible may just lie behind another.
    onSystemLock: () => () => undefined,
  };
}

function download({ document, setTimeout, URL }: Page, { name, mimeType, bytes }: FileToSave): Result<Saved> {
  const address = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS);
  return { ok: true, value: { saved: true, path: null } };
}

/** What tells that the print dialog is closed: its own event, or, where a browser sends none, the next use of the page. */
const PRINTED = ["afterprint", "keydown", "pointerdown"];

/** Resolves when the print dialog is closed; what was chosen in it no page is told. */
async function print(page: Page): Promise<Result<Saved>> {
  const listening = new AbortController();
  const { signal } = listening;
  const seen = { begin: false };
  page.addEventListener("beforeprint", () => (seen.begin = true), { signal });
  const ended = new Promise<void>((resolve) => {
    for (const event of PRINTED) page.addEventListener(event, () => resolve(), { signal });
  });
  try {
    page.print();
    if (!seen.begin) return { ok: false, code: "pdf-failed", message: "the browser did not print" };
    await ended;
    return { ok: true, value: { saved: null } };
  } finally {
    listening.abort();
  }
}

function openProjector({ location, open, URL }: Page): Result<null> {
  const address = new URL(location.href);
  address.hash = PROJECTOR_HASH;
  const opened = open(address.href, PROJECTOR_WINDOW, PROJECTOR_FEATURES);
  if (!opened) return { ok: false, code: "projector-blocked", message: "the browser opened no window" };
  opened.focus();
  return { ok: true, value: null };
}
