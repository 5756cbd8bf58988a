import { layOut } from "../../report/printing.ts";
import { printFaces } from "../../ui/printFaces.ts";
import PassphrasePage from "./PassphrasePage.svelte";

/** What tells that the print dialog is closed: its own event, or, where none is sent, the next use of the page. */
const PRINTED = ["afterprint", "keydown", "pointerdown"];

/** Prints a page with a passphrase on it. SECURITY: the page is taken away as soon as the dialog is closed. */
export async function printPassphrase(passphrase: string, purpose: string): Promise<void> {
  await printFaces();
  const takeAway = layOut(PassphrasePage, { passphrase, purpose, made: Date.now() });
  const listening = new AbortController();
  const { signal } = listening;
  for (const event of PRINTED) {
    addEventListener(
      event,
      () => {
        listening.abort();
        takeAway();
      },
      { signal },
    );
  }
  print();
}
