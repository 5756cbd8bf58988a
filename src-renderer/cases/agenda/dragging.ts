/**
 * The gap that something dropped at a height falls into: 0 is before the first row, the number of rows is after the
 * last. A row is passed at its middle.
 */
export function dropIndex(rows: readonly { top: number; height: number }[], y: number): number {
  const next = rows.findIndex(({ top, height }) => y < top + height / 2);
  return next < 0 ? rows.length : next;
}
