/** The language of the catalogue, once: whatever depends on it goes through `Intl` and takes it from here. */
export const LOCALE = "en-GB";

/** "a, b and c" */
export const conjunction = new Intl.ListFormat(LOCALE, { type: "conjunction" });
/** "a, b or c" */
export const disjunction = new Intl.ListFormat(LOCALE, { type: "disjunction" });
export const plural = new Intl.PluralRules(LOCALE);
