/** Points of a curve from 0 to the horizon, both included. */
export const CURVE_POINTS = 121;

/** Evenly spaced times from 0 to the horizon. */
export function curveTimes(horizon: number): number[] {
  return Array.from({ length: CURVE_POINTS }, (_, i) => (horizon * i) / (CURVE_POINTS - 1));
}
