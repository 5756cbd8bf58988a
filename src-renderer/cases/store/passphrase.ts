/**
 * As short as a passphrase may be: NIST SP 800-63B-4 asks for 15 characters where nothing else protects. Nothing is
 * asked of its letters.
 */
export const SHORTEST = 15;

/** Crockford's 32 letters and digits: none is taken for another on paper. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 5;
const GROUP = 5;

/** A passphrase to be written down: five groups of five, 125 bits. */
export function suggestPassphrase(): string {
  // 256 is a multiple of 32: each letter is as likely as another.
  const random = crypto.getRandomValues(new Uint8Array(GROUPS * GROUP));
  const letters = Array.from(random, (byte) => LETTERS[byte % LETTERS.length]!);
  return Array.from({ length: GROUPS }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join("")).join(
    "-",
  );
}

/**
 * One that we suggested, typed as people type it: small letters, O for 0, I or L for 1, and between the groups any
 * dash, spaces or nothing. Within a group there is none: "correct horse battery staple" has 25 letters, too.
 */
const SUGGESTED = new RegExp(`^(?:[${LETTERS}]{${GROUP}}[\\s\\p{Pd}]*){${GROUPS}}$`, "u");

/** What is typed, as it was meant; a passphrase of one's own stays as it is. */
export function meant(typed: string): string {
  const letters = typed.trim().toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  if (!SUGGESTED.test(letters)) return typed;
  return letters
    .replace(/[\s\p{Pd}]/gu, "")
    .match(/.{5}/g)!
    .join("-");
}
