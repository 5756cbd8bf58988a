import { LOCALE } from "./locale.ts";
/**
 * Numbers as a clinician reads them, the same on screen, paper and terminal (experience.md, "Words and numbers").
 * Locale-dependent parts go through `Intl`.
 */
const NBSP = "\u00a0";

const oneDecimal = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 6, useGrouping: false });

/** Months from here on are printed whole. */
const WHOLE_MONTHS_FROM = 12;

/** Months: one decimal below 12, whole from 12 on; null is past the horizon: "> 60". */
export function months(value: number | null, horizon?: number): string {
  if (value === null) return horizon === undefined ? "not reached" : `>${NBSP}${horizon}`;
  const rounded = Math.round(value * 10) / 10;
  return rounded < WHOLE_MONTHS_FROM ? oneDecimal.format(value) : whole.format(value);
}

/** Months that are a bound from below or above: rounded so that the bound still holds. */
export function monthsBound(value: number, round: "down" | "up"): string {
  const step = Math.round(value * 10) / 10 < WHOLE_MONTHS_FROM ? 10 : 1;
  // A rounding error of the last bit is no reason for another step.
  const steps = Number((value * step).toFixed(9));
  return months((round === "down" ? Math.floor(steps) : Math.ceil(steps)) / step);
}

/** Survival as whole percent without its sign: "47", "< 1" below one percent, "> 99" where rounding would promise 100. */
export function percentNumber(survival: number): string {
  if (survival === 1) return "100";
  const percent = survival * 100;
  if (percent < 1) return `<${NBSP}1`;
  return percent >= 99.5 ? `>${NBSP}99` : whole.format(percent);
}

/** Two ends: "4.2–7.1", "< 1 to 3" (a dash before a sign reads as an arrow), and once what is the same. */
function joined(low: string, high: string): string {
  if (low === high) return low;
  return /[<>]/.test(low + high) ? `${low} to ${high}` : `${low}–${high}`;
}

/** {@link percentNumber} with its sign: "47 %". */
export const percent = (survival: number): string => `${percentNumber(survival)}${NBSP}%`;

/** An interval of months: "4.2–7.1"; past the horizon "41 to > 60". */
export function monthsInterval(lower: number | null, upper: number | null, horizon?: number): string {
  return joined(months(lower, horizon), months(upper, horizon));
}

/** A median as the article prints it, to one decimal at every size: a quotation is not rounded. */
export const publishedMonths = (value: number | null): string =>
  value === null ? "not reached" : printed(value);

/** "6.4–9.6", as printed. */
export const publishedInterval = (lower: number, upper: number): string =>
  `${printed(lower)}–${printed(upper)}`;

const printed = (value: number): string => (value === 0 ? "0" : oneDecimal.format(value));

/** An interval of survival in percent without its sign: "38–55". */
export function percentInterval(lower: number, upper: number): string {
  const [low, high] = [percentNumber(lower), percentNumber(upper)];
  return joined(low, high);
}

/** A hazard ratio or multiplier: two decimals. */
export const ratio = (value: number): string => twoDecimals.format(value);

export const ratioInterval = (lower: number, upper: number): string => `${ratio(lower)}–${ratio(upper)}`;

/** A count or a number that the user gave: as short as it is. */
export const number = (value: number): string => plain.format(value);

/** "80th": position out of 100, never 0th or 100th. */
export function ordinalPercentile(percentile: number): string {
  const place = Math.min(99, Math.max(1, Math.round(percentile)));
  return `${place}${ORDINALS[ordinal.select(place)]}`;
}
const ordinal = new Intl.PluralRules(LOCALE, { type: "ordinal" });
const ORDINALS: Record<Intl.LDMLPluralRule, string> = {
  zero: "th",
  one: "st",
  two: "nd",
  few: "rd",
  many: "th",
  other: "th",
};

/** Date and time of a print or an export, local. */
export function dateTime(date: Date): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" }).format(date);
}
