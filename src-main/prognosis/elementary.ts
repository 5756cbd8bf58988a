/**
 * exp and ln from IEEE 754 operations alone.
 *
 * ECMAScript leaves the last bit of Math.exp and Math.log to the engine, and engines differ: Chromium's answers were
 * seen to part from Node's in the sixteenth digit. Additions, multiplications and divisions are the same everywhere,
 * so these are, and with them every number of every edition.
 */

/** ln 2 in two parts, the first with trailing zero bits, so that k·LN2_HIGH is exact. */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;

/** 2^k for k = −1074 … 1023; each is exact. */
const POWERS_OF_TWO = powersOfTwo();
const SMALLEST_POWER = -1074;

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(1023 - -1074 + 1);
  powers[1074] = 1;
  for (let k = 1; k <= 1023; k++) powers[1074 + k] = 2 * powers[1074 + k - 1]!;
  for (let k = -1; k >= -1074; k--) powers[1074 + k] = powers[1074 + k + 1]! / 2;
  return powers;
}

/**
 * e^x, within 1 unit in the last place.
 *
 * x = k·ln 2 + r with |r| ≤ ln 2/2; e^r = 1 + 2r/(R − r), R = r·(e^r + 1)/(e^r − 1) ≈ 2 + P1·r² + … + P5·r¹⁰, the
 * minimax polynomial of the fdlibm library (e_exp.c, error below 2⁻⁵⁹); e^x = 2^k·e^r.
 */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  if (Number.isNaN(x)) return NaN;
  const k = Math.round(x * INVERSE_LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rr = r * r;
  const c =
    r -
    rr *
      (1.66666666666666019037e-1 +
        rr *
          (-2.77777777770155933842e-3 +
            rr *
              (6.61375632143793436117e-5 +
                rr * (-1.6533902205465251539e-6 + rr * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1023) return y * 2 * POWERS_OF_TWO[1022 - SMALLEST_POWER]! * 2;
  // Below the normal range the result is scaled in two steps, so that it is rounded once.
  if (k < -1021)
    return y * POWERS_OF_TWO[k + 1000 - SMALLEST_POWER]! * POWERS_OF_TWO[-1000 - SMALLEST_POWER]!;
  return y * POWERS_OF_TWO[k - SMALLEST_POWER]!;
}

/**
 * ln x, within 1 unit in the last place.
 *
 * x = 2^k·(1 + f) with √½ < 1 + f < √2; ln(1 + f) = f − f²/2 + s·(f²/2 + R), s = f/(2 + f), R the minimax polynomial in
 * s² of the fdlibm library (e_log.c, error below 2⁻⁵⁸); ln x = k·ln 2 + ln(1 + f).
 */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x === Infinity) return Infinity;
  let k = 0;
  let m = x;
  while (m < Math.SQRT1_2) {
    m *= 2;
    k--;
  }
  while (m >= Math.SQRT2) {
    m /= 2;
    k++;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}
