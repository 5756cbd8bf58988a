import { tick } from "svelte";

/** The case that is open, the search over the list, or whatever a part of the room begins with. */
const FIRST = [
  "#case-label",
  "#case-search",
  "#result :is(a[href], button, input, select, textarea):not(:disabled, [tabindex='-1'])",
  "#result",
];

/** What had the focus went with the screen before the room: the room's first control takes it. */
export async function focusRoom(): Promise<void> {
  await tick();
  if (document.activeElement !== document.body) return;
  for (const selector of FIRST) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found.focus();
  }
}
