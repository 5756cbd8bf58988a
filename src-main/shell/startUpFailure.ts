import { DamagedFileError } from "../study/programFile.ts";

export interface StartUpWords {
  title: string;
  /** what to do where a file of the program is damaged, and otherwise */
  damaged: (detail: string) => string;
  other: (detail: string) => string;
  /** where more is written down, for who is asked for help */
  log: (folder: string) => string;
}

/**
 * What the user reads when the program cannot start.
 *
 * @param logs the folder of the log; null where there is none yet
 */
export function describeStartUpFailure(
  error: unknown,
  words: StartUpWords,
  logs: string | null = null,
): { title: string; content: string } {
  const detail = error instanceof Error ? error.message : String(error);
  const content = error instanceof DamagedFileError ? words.damaged(detail) : words.other(detail);
  return {
    title: words.title,
    content: logs === null ? content : `${content}\n\n${words.log(logs)}`,
  };
}
