import type { Verdict } from "./checkView.ts";

/** The shape that a verdict has in the picture: a miss is told by its shape, not its colour. */
export type MarkShape = "dot" | "cross" | "ring";

export const shapeOf = (verdict: Verdict): MarkShape =>
  verdict === "inside" ? "dot" : verdict === "outside" ? "cross" : "ring";
