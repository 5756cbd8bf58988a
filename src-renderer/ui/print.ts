/** Width of an A4 page on its side between margins of 10 mm, in CSS pixels. */
const PAPER_WIDTH = (277 / 25.4) * 96;

/** Before each print, says how large the screen is and by how much it must shrink to fit the paper (see tokens.css). */
export function fitPrintToScreen(): void {
  addEventListener("beforeprint", () => {
    const { style } = document.documentElement;
    style.setProperty("--print-width", `${innerWidth}px`);
    style.setProperty("--print-height", `${innerHeight}px`);
    style.setProperty("--print-zoom", String(Math.min(1, PAPER_WIDTH / innerWidth)));
  });
}
