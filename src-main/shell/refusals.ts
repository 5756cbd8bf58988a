import type { Log } from "./log.ts";

/** What a page is not let do. */
export type Refused = "navigations" | "permissions" | "requests";

/** Counts what is refused: a log of each could be filled by a page gone wrong, and an address could say anything. */
export function countRefusals(): { refused: (what: Refused) => void; tell: (log: Log) => void } {
  const counts: Record<Refused, number> = { navigations: 0, permissions: 0, requests: 0 };
  return {
    refused(what) {
      counts[what]++;
    },
    tell(log) {
      if (Object.values(counts).some((count) => count > 0)) log("refused", counts);
    },
  };
}
