import { isRealDay } from "../followUp/followUpDates.ts";

/**
 * SECURITY: identity numbers and dates of birth in free text. A label is a pseudonym and a note names nobody; this finds
 * what slips in: national identity numbers of Norway, Sweden, Denmark and Finland by their form and check digits, and
 * days that would make somebody an adult today. Names cannot be recognised.
 */
export type IdentifierKind = "norwegian" | "swedish" | "danish" | "finnish" | "birth-date";

export interface Finding {
  kind: IdentifierKind;
  text: string;
  at: number;
}

const YOUNGEST = 18;
const OLDEST = 110;
/** Below it, a date and a time of day in one go ("2103251430") is not read as somebody's number. */
const OLDEST_WITHOUT_CHECK = 99;

/** What people put between groups of digits. All quantifiers are bounded: the time stays linear in the text. */
const SPACE = "[ \\t\\u00a0\\u2009\\u202f]";
const DASH = "[-\\u2010-\\u2015\\u2212]";
const GAP = `(?:${SPACE}{0,2}(?:${DASH}|[./_])${SPACE}{0,2}|${SPACE}{1,2})?`;
const NOT_AFTER = "(?<![\\p{L}\\p{N}])";
/** A number may follow letters ("fnr010190…"), not digits. */
const NO_DIGIT_BEFORE = "(?<!\\d)";
const NO_DIGIT_AFTER = "(?!\\d)";
/** Two digits three times, with the same between them twice. */
const DATE_6 = `\\d{2}(?<between>${GAP})\\d{2}\\k<between>\\d{2}`;

const pattern = (source: string): RegExp => new RegExp(source, "giu");
const NORWEGIAN = pattern(`${NO_DIGIT_BEFORE}${DATE_6}${GAP}\\d{3}${GAP}\\d{2}${NO_DIGIT_AFTER}`);
const SWEDISH = pattern(
  `${NO_DIGIT_BEFORE}(?:(?:18|19|20)(?:${GAP}))?${DATE_6}(?:${SPACE}{0,2}\\+${SPACE}{0,2}|${GAP})\\d{4}${NO_DIGIT_AFTER}`,
);
const DANISH = pattern(`${NO_DIGIT_BEFORE}${DATE_6}(?<gap>${GAP})\\d{4}${NO_DIGIT_AFTER}`);
const FINNISH = pattern(
  `${NO_DIGIT_BEFORE}${DATE_6}${SPACE}?(?:${DASH}|[+A-FU-Y])${SPACE}?\\d{3}[\\dA-FHJ-NPR-Y](?![\\p{L}\\p{N}])`,
);

const digitsOf = (text: string): number[] => text.replace(/\D/g, "").split("").map(Number);
const weighted = (digits: number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * digits[at]!, 0);

/** A day of two-digit year, in whichever century it exists. */
const inSomeCentury = (year: number, month: number, day: number): boolean =>
  isRealDay(1900 + year, month, day) || isRealDay(2000 + year, month, day);

/**
 * Fødselsnummer, D-number (day + 40), H-number and synthetic numbers (month + 40, 65 or 80), FH-number (first digit 8
 * or 9, no date). The first control digit leaves 0, for numbers issued from 2032 on 0 to 3 (Skatteetaten, "Nytt
 * fødselsnummer 2032"); the second leaves 0.
 */
function isNorwegian(text: string): boolean {
  const digits = digitsOf(text);
  const first = weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11;
  const second = weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11;
  if (second !== 0) return false;
  if (digits[0]! >= 8) return first === 0;
  const [day, month, year] = [pair(digits, 0) % 40, pair(digits, 2), pair(digits, 4)];
  return first <= 3 && [0, 40, 65, 80].some((more) => inSomeCentury(year, month - more, day));
}

const pair = (digits: number[], at: number): number => digits[at]! * 10 + digits[at + 1]!;

/** Personnummer and samordningsnummer (day + 60), with the century or without; the last digit by Luhn over ten digits. */
function isSwedish(text: string): boolean {
  const digits = digitsOf(text).slice(-10);
  const doubled = digits.map((digit, at) => (at % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit));
  if (doubled.reduce((sum, digit) => sum + digit, 0) % 10 !== 0) return false;
  const day = pair(digits, 4);
  return inSomeCentury(pair(digits, 0), pair(digits, 2), day > 60 ? day - 60 : day);
}

const DANISH_WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/** The control digit of a CPR number: all had it until October 2007, most have it still. */
const hasDanishControl = (text: string): boolean => weighted(digitsOf(text), DANISH_WEIGHTS) % 11 === 0;

/** The year of birth by the seventh digit (cpr.dk, "Personnummeret i CPR-systemet"). */
function danishYear(year: number, seventh: number): number {
  if (seventh <= 3) return 1900 + year;
  if (seventh === 4 || seventh === 9) return (year <= 36 ? 2000 : 1900) + year;
  return (year <= 57 ? 2000 : 1800) + year;
}

/**
 * CPR number. Its control digit no longer tells: ten digits that are written in one go are taken for one where they
 * would make somebody an adult today, others where they start with a day.
 */
function isDanish(text: string, divided: boolean, today: Date): boolean {
  const digits = digitsOf(text);
  const [day, month, year] = [pair(digits, 0), pair(digits, 2), pair(digits, 4)];
  const born = danishYear(year, digits[6]!);
  // Replacement numbers of hospitals: day + 60.
  if (divided) return isRealDay(born, month, day > 60 ? day - 60 : day);
  return isAdult(born, month, day, today, hasDanishControl(text) ? OLDEST : OLDEST_WITHOUT_CHECK);
}

const FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY";

/** Henkilötunnus with all century signs, those of 2023 among them; the check character is the remainder by 31. */
function isFinnish(text: string): boolean {
  const check = text.at(-1)!.toUpperCase();
  const digits = digitsOf(text.slice(0, -1));
  if (FINNISH_CHECK[Number(digits.join("")) % 31] !== check) return false;
  return inSomeCentury(pair(digits, 4), pair(digits, 2), pair(digits, 0));
}

/** A day that makes somebody 18 to 110 years old today. */
function isAdult(year: number, month: number, day: number, today: Date, oldest = OLDEST): boolean {
  if (!isRealDay(year, month, day)) return false;
  const [thisYear, thisMonth, thisDay] = [today.getFullYear(), today.getMonth() + 1, today.getDate()];
  const birthdayToCome = month > thisMonth || (month === thisMonth && day > thisDay);
  const age = thisYear - year - (birthdayToCome ? 1 : 0);
  return age >= YOUNGEST && age <= oldest;
}

/** Months in English, Norwegian, Swedish, Danish and Finnish, with the usual short forms. */
const MONTHS = [
  "jan january januar januari tammikuu tammikuuta tammikuun",
  "feb february februar februari helmikuu helmikuuta helmikuun",
  "mar march mars marts maaliskuu maaliskuuta maaliskuun",
  "apr april huhtikuu huhtikuuta huhtikuun",
  "may mai maj toukokuu toukokuuta toukokuun",
  "jun june juni kesäkuu kesäkuuta kesäkuun",
  "jul july juli heinäkuu heinäkuuta heinäkuun",
  "aug august augusti elokuu elokuuta elokuun",
  "sep sept september syyskuu syyskuuta syyskuun",
  "oct okt october oktober lokakuu lokakuuta lokakuun",
  "nov november marraskuu marraskuuta marraskuun",
  "dec des december desember joulukuu joulukuuta joulukuun",
];
const MONTH_OF = new Map(
  MONTHS.flatMap((names, at) => names.split(" ").map((name): [string, number] => [name, at + 1])),
);
const MONTH_NAME = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join("|");

/** Between the parts of a date: the same sign twice. */
const PARTS = `(${SPACE}?(?:${DASH}|[./])${SPACE}?|${SPACE})`;
const YEAR = "((?:19|20)\\d{2})";

/** Words that make a date one of birth, in the same five languages. */
const BORN = [
  "f",
  "fd",
  "fdt",
  "fødd",
  "født",
  "född",
  "föd",
  "fødselsdato",
  "fødselsdag",
  "fødedato",
  "fødedag",
  "födelsedatum",
  "födelsedag",
  "s",
  "synt",
  "syntynyt",
  "syntymäaika",
  "syntymäpäivä",
  "b",
  "born",
  "dob",
  "d\\.o\\.b",
  "birth",
  "birthday",
  "birthdate",
].join("|");
const BORN_BEFORE = `(?<=${NOT_AFTER}(?:${BORN})[.]?${SPACE}{0,2}[:=]?${SPACE}{0,2}(?:(?:on|den|d\\.|is)${SPACE})?|\\*${SPACE}?)`;

type Reading = [year: number, month: number, day: number];
const two = (text: string | undefined): number => Number(text);
/** A two-digit year in both centuries. */
const bothCenturies = (year: number, month: number, day: number): Reading[] => [
  [1900 + year, month, day],
  [2000 + year, month, day],
];

/** How dates are written, and what each may mean. */
const DATES: readonly [form: RegExp, readings: (match: RegExpExecArray) => Reading[]][] = [
  [
    pattern(`${NO_DIGIT_BEFORE}(\\d{1,2})${PARTS}(\\d{1,2})\\2${YEAR}${NO_DIGIT_AFTER}`),
    ([, day, , month, year]) => [
      [two(year), two(month), two(day)],
      [two(year), two(day), two(month)],
    ],
  ],
  [
    pattern(`${NO_DIGIT_BEFORE}${YEAR}${PARTS}(\\d{1,2})\\2(\\d{1,2})${NO_DIGIT_AFTER}`),
    ([, year, , month, day]) => [[two(year), two(month), two(day)]],
  ],
  [
    pattern(
      `${NO_DIGIT_BEFORE}(\\d{1,2})(?:\\.|st|nd|rd|th|:e)?[- \\u00a0]{0,2}(${MONTH_NAME})\\.?,?[- \\u00a0]{0,2}${YEAR}${NO_DIGIT_AFTER}`,
    ),
    ([, day, month, year]) => [[two(year), MONTH_OF.get(month!.toLowerCase())!, two(day)]],
  ],
  [
    pattern(
      `${NOT_AFTER}(${MONTH_NAME})\\.?[- \\u00a0]{1,2}(\\d{1,2})(?:st|nd|rd|th)?,?[- \\u00a0]{1,2}${YEAR}${NO_DIGIT_AFTER}`,
    ),
    ([, month, day, year]) => [[two(year), MONTH_OF.get(month!.toLowerCase())!, two(day)]],
  ],
  // In one go, or with a year of two digits: only where a word says so.
  [
    pattern(`${BORN_BEFORE}(\\d{2})(\\d{2})${YEAR}${NO_DIGIT_AFTER}`),
    ([, day, month, year]) => [[two(year), two(month), two(day)]],
  ],
  [
    pattern(`${BORN_BEFORE}${YEAR}(\\d{2})(\\d{2})${NO_DIGIT_AFTER}`),
    ([, year, month, day]) => [[two(year), two(month), two(day)]],
  ],
  [
    pattern(`${BORN_BEFORE}(\\d{1,2})${PARTS}(\\d{1,2})\\2(\\d{2})${NO_DIGIT_AFTER}`),
    ([, first, , month, last]) => [
      ...bothCenturies(two(last), two(month), two(first)),
      ...bothCenturies(two(first), two(month), two(last)),
    ],
  ],
  [
    pattern(`${BORN_BEFORE}(\\d{2})(\\d{2})(\\d{2})${NO_DIGIT_AFTER}`),
    ([, first, month, last]) => [
      ...bothCenturies(two(last), two(month), two(first)),
      ...bothCenturies(two(first), two(month), two(last)),
    ],
  ],
];

/** Every identity number and date of birth in a text, in its order, none within another. */
export function identifiersIn(text: string, today: Date): Finding[] {
  const found: Finding[] = [];
  const take = (kind: IdentifierKind, match: RegExpExecArray): void => {
    const at = match.index;
    const end = at + match[0].length;
    if (found.some((other) => at < other.at + other.text.length && other.at < end)) return;
    found.push({ kind, text: match[0], at });
  };
  const search = (kind: IdentifierKind, form: RegExp, fits: (match: RegExpExecArray) => boolean): void => {
    form.lastIndex = 0;
    for (let match = form.exec(text); match; match = form.exec(text)) {
      if (fits(match)) take(kind, match);
      // What does not fit may hide what does: "12 010190-1234".
      else form.lastIndex = match.index + 1;
    }
  };
  // The check that chance passes least often comes first: ten digits can have the form of two countries.
  search("norwegian", NORWEGIAN, ([all]) => isNorwegian(all));
  search("finnish", FINNISH, ([all]) => isFinnish(all));
  const danish = ({ 0: all, groups }: RegExpExecArray): boolean =>
    isDanish(all, groups?.["gap"] !== "", today);
  search("danish", DANISH, (match) => danish(match) && hasDanishControl(match[0]));
  search("swedish", SWEDISH, ([all]) => isSwedish(all));
  search("danish", DANISH, danish);
  for (const [form, readings] of DATES) {
    search("birth-date", form, (match) => readings(match).some((reading) => isAdult(...reading, today)));
  }
  return found.sort((a, b) => a.at - b.at);
}
