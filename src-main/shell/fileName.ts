import type { FileEnding } from "../api/contract.ts";
import { FILE_ENDINGS } from "../api/contract.ts";

/** Bytes of UTF-8 that the part before the ending may have: file systems take 255, and users add " (2)". */
const LONGEST_STEM = 180;
/** What is left when nothing of a name can be used. */
const FALLBACK = "HG-NEN Prognosis";

/** Separators, and what else Windows refuses in a name; a colon would open a stream or a drive. */
const REFUSED = /[\\/:*?"<>|]+/g;
/** Control characters, halves of characters, and the marks that turn the direction of writing, which hide an ending. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]+/gu;
/** Windows opens a device for these names, whatever ending they are given. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

/** Whether Windows reads a name, with whatever ending, as a device's. */
export const isDeviceName = (name: string): boolean => DEVICE.test(name);

/**
 * A file name that every file system takes and that means a place in no folder: the wanted one as far as possible.
 *
 * SECURITY: the name comes from the page. What this returns has no separator, so that it cannot leave the folder it is
 * joined to, and exactly the ending that it is saved as.
 *
 * @param wanted with or without its ending
 */
export function safeFileName(wanted: string, ending: FileEnding): string {
  const tail = `.${ending}`;
  const stem = wanted.toLowerCase().endsWith(tail) ? wanted.slice(0, -tail.length) : wanted;
  const shown = stem.normalize("NFC").replace(/\s/g, " ").replace(INVISIBLE, "").replace(REFUSED, "-");
  const bounded = trimmed(shorten(trimmed(shown)));
  const plain = /[\p{L}\p{N}]/u.test(bounded) ? bounded : FALLBACK;
  return `${DEVICE.test(plain) ? "_" : ""}${plain}${tail}`;
}

/** The ending of a name that the contract has let through. */
export function endingOf(name: string): FileEnding {
  const found = FILE_ENDINGS.find((ending) => name.toLowerCase().endsWith(`.${ending}`));
  if (!found) throw new Error(`no known ending: ${name}`);
  return found;
}

/** A dot at the start hides a file, and Windows drops dots and spaces at the end. */
function trimmed(name: string): string {
  return name.replace(/^[\s.]+|[\s.]+$/g, "").replace(/ {2,}/g, " ");
}

/** Cut between what a reader sees as characters, never within one. */
function shorten(name: string): string {
  let kept = "";
  let length = 0;
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    length += Buffer.byteLength(segment);
    if (length > LONGEST_STEM) break;
    kept += segment;
  }
  return kept;
}
