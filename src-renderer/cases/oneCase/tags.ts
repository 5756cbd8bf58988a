import { MOST_TAGS, TAG_LENGTH } from "../content.ts";

/** One line, no space around it. */
export const tidyTag = (text: string): string =>
  text.replace(/\s+/gu, " ").trim().slice(0, TAG_LENGTH).trim();

/** The tags with another one; the same list where it is there already, or there is no room. */
export const withTag = (tags: string[], tag: string): string[] =>
  tag === "" || tags.includes(tag) || tags.length >= MOST_TAGS ? tags : [...tags, tag];
