/** One weight of each file of the typeface for paper (tokens.css). */
const WEIGHTS = [400, 500, 600, 700];

/** Resolves once the typeface for paper is there; printing itself waits for no font. */
export async function printFaces(): Promise<void> {
  // Where there is no font loading (tests without a browser), there is nothing to wait for.
  if (typeof FontFace === "undefined") return;
  await Promise.all(WEIGHTS.map((weight) => document.fonts.load(`${weight} 12px "Inter Print"`)));
}
