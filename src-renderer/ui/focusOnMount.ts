import { untrack } from "svelte";

/** An attachment: what is new on the screen is what is read, or typed in, next. */
export function focusOnMount(node: HTMLElement): void {
  // What hears of the focus is no reason to take it again.
  untrack(() => node.focus());
}
