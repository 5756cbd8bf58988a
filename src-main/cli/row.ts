import type { Answer } from "../prognosis/estimate.ts";
import type { AlpTwice, RowProblem } from "../words/cli.ts";

export type { AlpTwice, RowProblem };

/** One patient as it stands in the input. */
export interface Row {
  /** line of the file on which it begins, from 1 */
  line: number;
  /** as {@link parsePatient} reads it: not checked yet */
  patient: unknown;
  /** what is wrong with the row beyond what {@link parsePatient} can see */
  problems: AlpTwice[];
  /** the row's cells as given, in the order of the input's columns; null when the input is JSON */
  cells: readonly string[] | null;
  /** the user's own name of the row, carried along unread */
  id: string | null;
}

/** A row with what came of it: an answer, or the problems for which it was refused. */
export type Outcome = { row: Row } & ({ answer: Answer } | { problems: RowProblem[] });
