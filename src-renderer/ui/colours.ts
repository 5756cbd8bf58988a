/**
 * A design token as a colour the canvas understands. A custom property reads back as it was written (`light-dark(…)`),
 * so it is resolved through an element's own colour.
 */
export function resolveColour(token: string, within: HTMLElement): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  // In forced colours every text has the system's one colour; a chart needs its own.
  probe.style.setProperty("forced-color-adjust", "none");
  within.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
