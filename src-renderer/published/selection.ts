import type { Entry } from "./entries.ts";

/** What of the page is chosen, as its tables need it. */
export interface Selection {
  /** the value whose details are shown */
  readonly open: Entry | null;
  /** the values that the filter finds; null while nothing is typed */
  readonly found: ReadonlySet<Entry> | null;
  /** shows the details of a value, or puts them away where they are shown */
  choose(entry: Entry): void;
  /** goes to a value and shows its details */
  show(entry: Entry): void;
  close(): void;
}
