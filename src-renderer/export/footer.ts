import type { About } from "../../src-main/api/contract.ts";
import { dateTime } from "../../src-main/words/format.ts";
import { screen } from "../../src-main/words/screen.ts";

/** The line that stands on everything that leaves the program. */
export interface FooterLine {
  left: string;
  right: string;
}

/** What it is not, where it comes from, which versions, and when. */
export function footerLine({ citation, appVersion, modelVersion }: About, now = new Date()): FooterLine {
  return {
    left: screen.footer.disclaimer,
    right: screen.footer.made(screen.footer.source(citation, appVersion, modelVersion), dateTime(now)),
  };
}
