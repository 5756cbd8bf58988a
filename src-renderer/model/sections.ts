import { modelRoom } from "../../src-main/words/modelRoom.ts";

/** The sections of the room, in the order of its page; an address names one: `#/model/baseline`. */
export type SectionId = keyof typeof modelRoom.sections;
export const SECTIONS = Object.keys(modelRoom.sections) as SectionId[];

export const isSection = (place: string): place is SectionId =>
  (SECTIONS as readonly string[]).includes(place);

/** The element that an address brings into view. */
export const headingId = (id: SectionId): string => `model-${id}`;

/**
 * The section that is being read: the last one whose heading has passed the line.
 *
 * @param tops distance of each heading from the top of the view, in the order of {@link SECTIONS}
 */
export function sectionAt(tops: readonly number[], line: number): SectionId {
  const passed = tops.findLastIndex((top) => top <= line);
  return SECTIONS[Math.max(0, passed)]!;
}
