import { stringify } from "csv-stringify/browser/esm/sync";
import type { ChartTable } from "../chart/table.ts";

/** Digits after the point: far below what the estimate knows, and enough to draw the same curve. */
const DIGITS = 5;
const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toFixed(DIGITS));

/**
 * A chart's points as CSV, one row for each curve and time; survival and its 95 % interval in 0–1, time in months. What the file is and is not stands in front, in lines that begin with "#".
 *
 * @param remarks whole lines, without the sign
 */
export function csvOf(table: ChartTable, remarks: readonly string[]): string {
  const records = table.columns.flatMap(({ id, name }, i) =>
    table.rows.map(({ months, cells }) => {
      const { survival, lower, upper } = cells[i]!;
      return {
        curve: id,
        name: inCell(name),
        months,
        survival: rounded(survival),
        lower95: rounded(lower),
        upper95: rounded(upper),
      };
    }),
  );
  const lines = remarks.map((remark) => `# ${remark.replace(/\s+/g, " ")}\r\n`).join("");
  return lines + stringify(records, { header: true, record_delimiter: "windows", escape_formulas: true });
}

/** Spaces that do not break are for the eye; a program that reads the file wants plain ones. */
const inCell = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");

/** The byte order mark is what makes Excel read UTF-8. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`\ufeff${text}`);
