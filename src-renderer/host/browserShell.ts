import type { AnswerOf, Failure, Link, Result, Saved, ShellAnswerOf } from "../../src-main/api/contract.ts";
import { UNRESTRICTED } from "../../src-main/api/contract.ts";
import { screen } from "../../src-main/words/screen.ts";
import { answered } from "./answered.ts";
import { askForFile } from "./fileInput.ts";
import type { FileToSave, HostShell } from "./host.svelte.ts";
import type { Page } from "./page.ts";
import { titleOf, withTitle } from "./page.ts";
import { createListening } from "./shellEvents.ts";

const PROJECTOR_HASH = "#/board/projector";
/** A name, so that a second call finds the first window. */
const PROJECTOR_WINDOW = "hg-nen-projector";
const PROJECTOR_FEATURES = "popup,width=1280,height=720";
/** Some browsers read the bytes only when they have asked where to put them. */
const READ_WITHIN_MS = 60_000;

/** No page of a browser reaches the system's keychain, or a folder without asking. */
const notHere = (): Promise<Failure> =>
  Promise.resolve({ ok: false, code: "not-here", message: "a browser has no keychain and keeps no backups" });

/**
 * A browser: files are downloads, a PDF comes of its print dialog, and the audience's window is a pop-up.
 *
 * @param about asks what this program is
 */
export function browserShell(page: Page, about: () => Promise<Result<AnswerOf<"about">>>): HostShell {
  // No page is told that the computer is locked: one that is not visible may just lie behind another.
  const { deliver, heard: _, ...listening } = createListening(() => undefined);
  return {
    capabilities: {
      ...{ pdf: "dialog", projector: "window", warnsOfLoss: true, backups: false },
      ...{ links: "tab", menu: false },
    },
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
    ...listening,
    chooseFile: () => answered(() => Promise.resolve(askForFile(page, deliver))),
    openLink: (link) => answered(() => openLink(page, link, about)),
    // Who decides for a browser decides on the sites that it may open.
    policy: () => Promise.resolve({ ok: true, value: { policy: UNRESTRICTED, files: [], problems: [] } }),
    diagnostics: () => answered(() => diagnostics(page, about)),
    // There is no log.
    note: () => Promise.resolve({ ok: true, value: null }),
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

/** A page of its own, that knows nothing of this one. The browser shows its address before and after. */
async function openLink(
  { open }: Page,
  link: Link,
  about: () => Promise<Result<AnswerOf<"about">>>,
): Promise<Result<ShellAnswerOf<"openLink">>> {
  // Whoever serves this edition has a page of his own; the project's is not known here.
  if (link !== "article")
    return { ok: false, code: "not-here", field: "link", value: link, message: NO_PAGE };
  const found = await about();
  if (!found.ok) return found;
  // SECURITY: the other page gets neither a handle on this one nor its address.
  open(`https://doi.org/${found.value.citation.doi}`, "_blank", "noopener,noreferrer");
  // No browser tells whether such a window was let open.
  return { ok: true, value: { opened: true } };
}

const NO_PAGE = "a browser knows no page of the project";

/** Of a browser a page knows its name and no more. */
async function diagnostics(
  { navigator }: Page,
  about: () => Promise<Result<AnswerOf<"about">>>,
): Promise<Result<ShellAnswerOf<"diagnostics">>> {
  const found = await about();
  if (!found.ok) return found;
  const { appVersion, modelVersion } = found.value;
  const text = `${screen.product} ${appVersion} (${modelVersion})\n${navigator.userAgent}\n`;
  return { ok: true, value: { text } };
}
