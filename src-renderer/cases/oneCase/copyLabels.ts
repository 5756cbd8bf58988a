import { cases as words } from "../../../src-main/words/cases.ts";
import { LABEL_LENGTH } from "../content.ts";

/** Names copies one after the other: none gets a label that a case has already. What has no label gives a copy without one. */
export function copyLabels(labels: readonly string[]): (label: string) => string {
  const taken = new Set(labels);
  return (label) => {
    if (label === "") return "";
    for (let n = 1; ; n++) {
      const ending = words.one.copyEnding(n);
      const copy = `${label.slice(0, LABEL_LENGTH - ending.length)}${ending}`;
      if (taken.has(copy)) continue;
      taken.add(copy);
      return copy;
    }
  };
}
