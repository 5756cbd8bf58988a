/**
 * Places labels beside the curves they name. Pixels; a curve is its points from left to right.
 *
 * Each label tries places along its own curve, above-right and below-left of it, and takes the one that crosses the
 * fewest curves and labels; ties go to the place nearest its preferred share of the width.
 */
export interface Point {
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface LabelledCurve {
  points: Point[];
  /** widths of the label's wordings, the fullest first; a shorter one is used where the full one finds no room */
  widths: number[];
  height: number;
  /** where along the plot the label would like to be, 0–1 */
  preferred: number;
}

const GAP = 7;
const CLOSE = 12;
/** Places are tried at every second point: finer than anyone sees, and half the work of a keystroke. */
const STRIDE = 2;
const SHORTER = 3;
const OVERLAP = 10_000;

/** A label that stands nearer to another curve than to its own names the wrong one: only a corner is better. */
const MISNAMED = 2000;

/** Distance from a label to a curve, pixels: from the ends and the middle of its text. */
function distance(points: readonly Point[], box: Box): number {
  const y = box.top + box.height / 2;
  let least = Infinity;
  for (let i = 0; i < points.length; i += STRIDE) {
    const point = points[i]!;
    // the nearest place of the text's line to the point
    const dx = Math.max(box.left - point.x, 0, point.x - box.left - box.width);
    const dy = point.y - y;
    least = Math.min(least, dx * dx + dy * dy);
  }
  return least;
}

/** Vertical distance from a point to a curve at the same place, pixels. */
function nearest(points: readonly Point[], to: Point): number {
  const at = points.find(({ x }) => x >= to.x);
  return at ? Math.abs(at.y - to.y) : Infinity;
}

/** A label's place and which of its wordings stands there. */
export interface PlacedLabel extends Box {
  wording: number;
  /** stands away from its curve, in a corner: it needs a piece of its line to be told */
  detached: boolean;
}

export function placeLabels(
  curves: readonly LabelledCurve[],
  plot: Box,
  obstacles: readonly Box[] = [],
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const curve of curves) {
    let best: PlacedLabel | null = null;
    let bestCost = Infinity;
    for (const [wording, width] of curve.widths.entries()) {
      for (let i = 0; i < curve.points.length; i += STRIDE) {
        const point = curve.points[i]!;
        for (const corner of [
          { left: point.x + GAP, top: point.y - GAP - curve.height },
          { left: point.x - GAP - width, top: point.y + GAP },
        ]) {
          const candidate: PlacedLabel = { ...corner, width, height: curve.height, wording, detached: false };
          if (!inside(candidate, plot)) continue;
          const shorter = SHORTER * wording;
          const cost = shorter + costOf(candidate, point, curve, bestCost - shorter);
          if (cost < bestCost) {
            best = candidate;
            bestCost = cost;
          }
        }
      }
    }
    placed.push(best && bestCost < MISNAMED ? best : inCorner(curve));
  }
  return placed;

  /** What a place costs; no more is counted than is needed to see that it costs `most` or more. */
  function costOf(candidate: Box, point: Point, curve: LabelledCurve, most: number): number {
    const centre = (candidate.left + candidate.width / 2 - plot.left) / plot.width;
    let cost = Math.abs(centre - curve.preferred);
    for (const box of obstacles) if (overlap(box, candidate)) cost += 60;
    for (const box of placed) if (overlap(box, candidate)) cost += OVERLAP;
    for (const other of curves) {
      if (cost >= most) return cost;
      cost += 12 * crossings(other.points, candidate);
      // Where two curves run together, a label beside them names neither.
      if (other !== curve && nearest(other.points, point) < CLOSE) cost += 4;
    }
    if (cost >= most) return cost;
    // A label belongs to the curve it stands nearest to.
    const own = distance(curve.points, candidate);
    if (curves.some((other) => other !== curve && distance(other.points, candidate) < own)) cost += MISNAMED;
    return cost;
  }

  /** Where no place along the curve is free: the corner above all survival curves, in the first row that is. */
  function inCorner({ widths, height }: LabelledCurve): PlacedLabel {
    const width = widths.at(-1)!;
    const left = plot.left + plot.width - width;
    let top = plot.top;
    const atRow = (): PlacedLabel => ({
      left,
      top,
      width,
      height,
      wording: widths.length - 1,
      detached: true,
    });
    while (placed.some((box) => overlap(box, atRow()))) top += height + GAP;
    return atRow();
  }
}

function inside(box: Box, plot: Box): boolean {
  return (
    box.left >= plot.left &&
    box.top >= plot.top &&
    box.left + box.width <= plot.left + plot.width &&
    box.top + box.height <= plot.top + plot.height
  );
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width + 4 &&
    b.left < a.left + a.width + 4 &&
    a.top < b.top + b.height + 2 &&
    b.top < a.top + a.height + 2
  );
}

/** How many segments of a curve pass through a box grown by a small margin. */
function crossings(points: readonly Point[], box: Box): number {
  let count = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!;
    const b = points[i]!;
    if (b.x < box.left - 3 || a.x > box.left + box.width + 3) continue;
    const high = Math.min(a.y, b.y);
    const low = Math.max(a.y, b.y);
    if (low >= box.top - 2 && high <= box.top + box.height + 2) count++;
  }
  return count;
}
