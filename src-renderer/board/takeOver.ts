/**
 * Lifts an element above the whole page for as long as it is there: the rest cannot be reached or read meanwhile, and
 * the focus goes back to where it was. An attachment of Svelte.
 */
export function takeOver(node: HTMLElement): () => void {
  const before = document.activeElement;
  document.body.append(node);
  const others = [...document.body.children].filter(
    (each): each is HTMLElement => each instanceof HTMLElement && each !== node && !each.inert,
  );
  for (const each of others) each.inert = true;
  node.focus();
  return () => {
    for (const each of others) each.inert = false;
    node.remove();
    if (before instanceof HTMLElement) before.focus();
  };
}

/** Asks for the whole screen; where that is refused the element goes on filling the window. An attachment of Svelte. */
export function wholeScreen(onleave: () => void): (node: HTMLElement) => () => void {
  return (node) => {
    let entered = false;
    const changed = (): void => {
      if (document.fullscreenElement === node) entered = true;
      else if (entered) onleave();
    };
    document.addEventListener("fullscreenchange", changed);
    askForScreen(node);
    return () => {
      document.removeEventListener("fullscreenchange", changed);
      if (document.fullscreenElement === node) document.exitFullscreen().catch(ignored);
    };
  };
}

/** Whole screen where the browser can and allows it. */
export function askForScreen(node: HTMLElement): void {
  // not every browser, and no test environment, has it
  if ("requestFullscreen" in node) node.requestFullscreen().catch(ignored);
}

/** A refusal changes nothing: the slides fill the window instead. */
const ignored = (): void => undefined;
