const NO_TEXT = new Set(["checkbox", "radio", "button", "submit", "file", "range", "color"]);

/** Keys that mean something in the room mean letters in a field of text, and its undo is its own. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return target instanceof HTMLElement && target.matches("textarea, select, [contenteditable]");
}
