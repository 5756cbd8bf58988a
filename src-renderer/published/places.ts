import type { Study } from "../../src-main/api/contract.ts";
import type { Entry } from "./entries.ts";
import type { PanelId } from "./figures.ts";
import { PANEL_IDS, panelAddress } from "./figures.ts";
import type { SectionId } from "./layout.ts";
import { SECTION_IDS } from "./layout.ts";

export type SlipId = Study["slips"][number]["id"];
/** The address of an inconsistency. */
export const slipAddress = (id: SlipId): string => `inconsistencies/${id}`;

/** What an address in this room stands for. */
export type Target =
  | { kind: "value"; entry: Entry }
  | { kind: "section"; id: SectionId }
  | { kind: "panel"; id: PanelId }
  | { kind: "slip"; id: SlipId }
  | { kind: "unknown"; place: string };

/**
 * Reads the rest of an address after `#/published/`: the id of a value, a section, a panel, an inconsistency, or the
 * beginning of a value's id, which is the first such value.
 */
export function targetOf(
  place: string,
  entries: ReadonlyMap<string, Entry>,
  slips: readonly SlipId[],
): Target | null {
  if (place === "") return null;
  const section = SECTION_IDS.find((id) => id === place);
  if (section) return { kind: "section", id: section };
  const panel = PANEL_IDS.find((id) => panelAddress(id) === place);
  if (panel) return { kind: "panel", id: panel };
  const slip = slips.find((id) => slipAddress(id) === place);
  if (slip !== undefined) return { kind: "slip", id: slip };
  const ids = [...entries.keys()];
  const id =
    ids.find((known) => known === place) ??
    ids.find((known) => known.startsWith(`${place.replace(/\/$/, "")}/`)) ??
    ids.find((known) => known.startsWith(place));
  return id === undefined ? { kind: "unknown", place } : { kind: "value", entry: entries.get(id)! };
}
