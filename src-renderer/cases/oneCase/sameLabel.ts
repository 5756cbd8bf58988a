import type { CaseSummary } from "../summary.ts";

/** Case and spaces do not tell two labels apart for whoever reads them out. */
const read = (label: string): string => label.replace(/\s+/gu, "").toLowerCase();

/** The label of another case that reads like this one's; null: there is none, or this one has no label yet. */
export function sameLabel(id: string, label: string, listed: readonly CaseSummary[]): string | null {
  const own = read(label);
  if (own === "") return null;
  return listed.find((other) => other.id !== id && read(other.label) === own)?.label ?? null;
}
