import { mount, unmount } from "svelte";
import type { Component } from "svelte";

/** Says to the print styles that a page of its own is printed, and not the screen (tokens.css). */
const PRINTING = "printing-page";

let shown: (() => void) | null = null;

/**
 * Puts a page for printing beside the app, which the print styles then hide.
 *
 * @returns takes it away again
 */
export function layOut<Props extends Record<string, unknown>>(
  page: Component<Props>,
  props: Props,
): () => void {
  shown?.();
  const target = document.createElement("div");
  target.className = "print-page";
  target.inert = true;
  document.body.append(target);
  document.documentElement.classList.add(PRINTING);
  const component = mount(page, { target, props });
  const takeAway = (): void => {
    if (shown !== takeAway) return;
    shown = null;
    document.documentElement.classList.remove(PRINTING);
    void unmount(component);
    target.remove();
  };
  shown = takeAway;
  return takeAway;
}

/** Whether a page is laid out already, by whoever asked for a PDF of it. */
export const isLaidOut = (): boolean => shown !== null;
