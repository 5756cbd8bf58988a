/**
 * The two order statistics around a quantile and how to mix them: R's type 7, h = (n − 1)·p.
 *
 * Hyndman RJ, Fan Y. Sample quantiles in statistical packages. The American Statistician 1996;50:361–365.
 */
export interface Rank {
  below: number;
  fraction: number;
}

export function rankOf(p: number, n: number): Rank {
  const h = (n - 1) * p;
  const below = Math.min(Math.floor(h), Math.max(n - 2, 0));
  return { below, fraction: h - below };
}

/** Linear interpolation that keeps an infinite neighbour out unless it carries weight. */
export function between(low: number, high: number, fraction: number): number {
  if (fraction === 0 || low === high) return low;
  return low + fraction * (high - low);
}

/**
 * Rearranges `values` so that the k-th smallest stands at index k, smaller or equal ones before it and larger or equal
 * ones after it (Hoare's selection; O(n) on average).
 */
export function select(values: Float64Array, k: number, from = 0, to = values.length - 1): number {
  let left = from;
  let right = to;
  while (left < right) {
    const pivot = median3(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swap = values[i]!;
        values[i] = values[j]!;
        values[j] = swap;
        i++;
        j--;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k]!;
}

function median3(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** The tail share left out on each side of a 95 % interval. */
const TAIL = 0.025;

/** The four order statistics that a central 95 % interval of `n` values needs, in one pass over a scratch array. */
export interface CentralRanks {
  lower: Rank;
  upper: Rank;
}

export function centralRanks(n: number): CentralRanks {
  return { lower: rankOf(TAIL, n), upper: rankOf(1 - TAIL, n) };
}

/** Writes the order statistics [k, k+1] of the lower and [m, m+1] of the upper rank into `out`; reorders `values`. */
export function selectCentral(values: Float64Array, ranks: CentralRanks, out: Float64Array): void {
  const n = values.length;
  const low = ranks.lower.below;
  const high = ranks.upper.below;
  out[2] = select(values, high);
  let next = Infinity;
  for (let i = high + 1; i < n; i++) if (values[i]! < next) next = values[i]!;
  out[3] = next;
  out[1] = select(values, low + 1, 0, high);
  let previous = -Infinity;
  for (let i = 0; i <= low; i++) if (values[i]! > previous) previous = values[i]!;
  out[0] = previous;
}
