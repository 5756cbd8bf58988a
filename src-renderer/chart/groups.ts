import type { GroupOfPatient, Tumour } from "../../src-main/api/contract.ts";
import { publishedInterval, publishedMonths } from "../../src-main/words/format.ts";
import { groupName } from "../../src-main/words/labels.ts";
import { screen } from "../../src-main/words/screen.ts";

type GroupName = Pick<GroupOfPatient, "row" | "n" | "wholeCohort">;

/** A published group's name alone: "PS 1", "all NEC". */
export const groupTitle = ({ row, wholeCohort }: Omit<GroupName, "n">, tumour: Tumour): string =>
  wholeCohort ? screen.chart.all(tumour) : groupName(row);

/** A group's name and size: "PS 1, n = 195". */
export function groupLabel(group: GroupName, tumour: Tumour): string {
  const name = groupTitle(group, tumour);
  return group.n === null ? name : screen.chart.sized(name, group.n);
}

/** A published median as printed: "8.0 (6.4–9.6)", months. */
export function publishedMedian({
  published: { median, lower, upper },
}: Pick<GroupOfPatient, "published">): string {
  return lower === null || upper === null
    ? publishedMonths(median)
    : screen.beside.medianWithInterval(publishedMonths(median), publishedInterval(lower, upper));
}
