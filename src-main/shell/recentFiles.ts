import type { SettingsStore } from "./settings.ts";

/** As many as are told apart at a glance. */
const MOST = 8;

export interface RecentMeans {
  settings: Pick<SettingsStore, "value" | "update">;
  /** false where a policy lets nothing be stored: then nothing is remembered, and what was stays, unseen */
  remember: boolean;
  /** called when the list has become another */
  changed: () => void;
}

export interface RecentFiles {
  /** absolute, the last one first; null where nothing is remembered */
  list: () => readonly string[] | null;
  add: (file: string) => void;
  forget: (file: string) => void;
  clear: () => void;
}

/**
 * The files that were opened last: a list of the program's own.
 *
 * SECURITY: a file's name may be a case's label; the system's list of recent documents, which other programs and the
 * start menu show, never has it.
 */
export function createRecentFiles({ settings, remember, changed }: RecentMeans): RecentFiles {
  const others = (file: string): string[] => settings.value.recent.filter((each) => each !== file);

  function set(recent: string[]): void {
    if (!remember) return;
    const before = settings.value.recent;
    if (recent.length === before.length && recent.every((file, i) => file === before[i])) return;
    settings.update({ recent });
    changed();
  }

  return {
    list: () => (remember ? settings.value.recent.slice(0, MOST) : null),
    add: (file) => set([file, ...others(file)].slice(0, MOST)),
    forget: (file) => set(others(file)),
    clear: () => set([]),
  };
}
