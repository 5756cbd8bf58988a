import type { Clipboard, Dialog, MessageBoxOptions, Shell, BrowserWindow } from "electron";
import type { Link } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";
import { messageOf } from "./wholeFile.ts";

/** What each link stands for; null: there is no such page. */
export type Addresses = Readonly<Record<Link, string | null>>;

export interface LinkMeans {
  dialog: Pick<Dialog, "showMessageBox">;
  /** whose box the question is */
  window: BrowserWindow;
  openExternal: Shell["openExternal"];
  clipboard: Pick<Clipboard, "writeText">;
  words: {
    title: string;
    message: string;
    detail: (address: string) => string;
    open: string;
    copy: string;
    cancel: string;
  };
  addresses: Addresses;
}

const OPEN = 0;
const COPY = 1;
const CANCEL = 2;

/**
 * The addresses of the two links. A wrong one in a program that is in use is worse than none: one that is not what it
 * should be is not there.
 *
 * @param doi of the article, as the study has it: "10.1038/…"
 * @param homepage what package.json names as the project's page; absent as long as it has none
 */
export const addressesOf = (doi: string, homepage: unknown): Addresses => ({
  article: safeAddress(`https://doi.org/${doi}`),
  project: safeAddress(homepage),
});

/** SECURITY: a page that is public and encrypted, with no user name that could make one host look like another. */
function safeAddress(text: unknown): string | null {
  if (typeof text !== "string" || !URL.canParse(text)) return null;
  const { protocol, username, password, port, href } = new URL(text);
  return protocol === "https:" && username === "" && password === "" && port === "" ? href : null;
}

/** Opens one of two fixed addresses in the system's browser, when the user has seen it and says yes. */
export function createLinks({
  dialog,
  window,
  openExternal,
  clipboard,
  words,
  addresses,
}: LinkMeans): Pick<ShellHandlers, "openLink"> {
  let asking = false;

  async function ask(address: string): Promise<number> {
    const { title, message, detail, open, copy, cancel } = words;
    const box: MessageBoxOptions = {
      type: "question",
      buttons: [open, copy, cancel],
      // Enter and Esc open nothing.
      defaultId: CANCEL,
      cancelId: CANCEL,
      noLink: true,
      title,
      message,
      // SECURITY: the address itself, whole, and not a name for it.
      detail: detail(address),
    };
    return (await dialog.showMessageBox(window, box)).response;
  }

  return {
    async openLink({ link }) {
      // SECURITY: the page names a link; the address is ours, and nothing that the page says becomes a part of it
      // (checklist, item 15).
      const address = addresses[link];
      if (address === null)
        return { ok: false, code: "not-here", field: "link", value: link, message: NO_PAGE };
      // A page could stack questions until one is answered by mistake.
      if (asking) return { ok: true, value: { opened: false } };
      asking = true;
      try {
        const answer = await ask(address);
        if (answer === COPY) await clipboard.writeText(address);
        if (answer !== OPEN) return { ok: true, value: { opened: false } };
        await openExternal(address);
        return { ok: true, value: { opened: true } };
      } catch (error) {
        // A system without a browser.
        return { ok: false, code: "internal", message: messageOf(error) };
      } finally {
        asking = false;
      }
    },
  };
}

const NO_PAGE = "the project has no public page";
