/**
 * Runs something once no pointer is pressed. Leaving a field by a press must not move the page under that press: the
 * click would land on whatever has slid beneath it, or nowhere.
 */
let pressed = false;

if (typeof document !== "undefined") {
  const set = (value: boolean) => (): void => {
    pressed = value;
  };
  document.addEventListener("pointerdown", set(true), true);
  document.addEventListener("pointerup", set(false), true);
  document.addEventListener("pointercancel", set(false), true);
}

export function afterPress(run: () => void): void {
  if (!pressed) return run();
  // The click follows the release within the same task; a new task comes after it.
  document.addEventListener("pointerup", () => setTimeout(run), { once: true });
}
