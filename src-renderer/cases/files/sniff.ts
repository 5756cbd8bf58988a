import type { FoundInFile } from "../../../src-main/words/caseFiles.ts";

/** How much is looked at. */
const HEAD = 4096;

/** First bytes of what is chosen by mistake. */
const MAGIC: readonly [FoundInFile, ...number[]][] = [
  ["pdf", 0x25, 0x50, 0x44, 0x46],
  ["picture", 0x89, 0x50, 0x4e, 0x47],
  ["picture", 0xff, 0xd8, 0xff],
  ["picture", 0x47, 0x49, 0x46, 0x38],
  ["archive", 0x50, 0x4b, 0x03, 0x04],
  ["archive", 0x1f, 0x8b, 0x08],
  ["utf-16", 0xff, 0xfe],
  ["utf-16", 0xfe, 0xff],
];

/** What a file is by its first bytes, whatever its name says; chooses the reader of an import. */
export function whatIs(bytes: Uint8Array): FoundInFile {
  const magic = MAGIC.find(([, ...first]) => first.every((byte, i) => bytes[i] === byte));
  if (magic) return magic[0];
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD)).trimStart();
  if (/^[^\0]\0[^\0]\0|^\0[^\0]\0[^\0]/.test(head)) return "utf-16";
  if (head.includes("\0") && !isCsv(head)) return "binary";
  if (/^\{"format":"hg-nen-cases"/.test(head)) return "case-file";
  if (/^\{\s*"format"\s*:\s*"hg-nen-cases-plain"/.test(head)) return "plain-json";
  if (/^\{\s*"format"\s*:\s*"hg-nen-board"/.test(head)) return "board";
  if (/^[[{]/.test(head)) return "json";
  return isCsv(head) ? "csv" : "text";
}

/** A header with a column that every such table has. */
const isCsv = (head: string): boolean =>
  /(?:^|[,;\t"])(?:tumour|label)(?:[,;\t"]|$)/.test(head.split(/[\r\n]/, 1)[0]!);
