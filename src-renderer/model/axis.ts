/** An axis from 0 to a round number, with its ticks. */
export interface Axis {
  end: number;
  ticks: number[];
}

/** Steps that people count in. */
const STEPS = [0.5, 1, 2, 3, 5, 6, 10, 12, 20];

/** Ticks from 0 to exactly `end`, in at most so many equal steps. */
export function evenTicks(end: number, mostSteps: number): number[] {
  const step = STEPS.find((candidate) => end / candidate <= mostSteps && end % candidate === 0) ?? end;
  return Array.from({ length: end / step + 1 }, (_, i) => i * step);
}

/** An axis from 0 to a round number at or above `largest`, in at most so many steps. */
export function axisTo(largest: number, mostSteps: number): Axis {
  const step = STEPS.find((candidate) => largest / candidate <= mostSteps) ?? STEPS.at(-1)!;
  const steps = Math.ceil(largest / step);
  return { end: steps * step, ticks: Array.from({ length: steps + 1 }, (_, i) => i * step) };
}
