/** A place for words that outlive the room they were said in; it is there before them, so that they are read out. */
let region: HTMLElement | null = null;

/** Tells a screen reader what has happened where the user is taken somewhere else by it. */
export function announce(text: string): void {
  if (!region?.isConnected) {
    region = document.createElement("div");
    region.setAttribute("role", "status");
    region.className = "visually-hidden";
    document.body.append(region);
  }
  region.textContent = text;
}
