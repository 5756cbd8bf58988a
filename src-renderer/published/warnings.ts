import { published } from "../../src-main/words/published.ts";
import type { Entry } from "./entries.ts";
import type { SectionId } from "./layout.ts";

/**
 * What a section says before its values are compared: where time runs from one event and the groups are formed by a
 * later one, those who died in between belong to one group by construction.
 *
 * @throws when the study lacks a value that a warning is about: the warning would otherwise be lost with it
 */
export function warningsOf(entries: ReadonlyMap<string, Entry>): Partial<Record<SectionId, string[]>> {
  const value = (id: string): string => {
    const entry = entries.get(id);
    if (!entry) throw new Error(`the study has no result ${id}`);
    return entry.cell.value;
  };
  return {
    prrt: published.warnings.prrt({
      given: value("net-g3/prrt/os-given"),
      notGiven: value("net-g3/prrt/os-not-given"),
      secondPrrt: value("net-g3/prrt/os-from-second-line-prrt"),
      secondChemotherapy: value("net-g3/prrt/os-from-second-line-chemotherapy"),
    }),
    response: published.warnings.response({
      complete: value("nec/os/response-complete"),
      partial: value("nec/os/response-partial"),
      stable: value("nec/os/response-stable"),
    }),
  };
}
