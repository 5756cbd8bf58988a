import type { BackupFile, BackupKind } from "../api/contract.ts";
import { BACKUP_NAME } from "../api/contract.ts";

const LATEST = 10;
const DAYS = 30;

const STEMS: Readonly<Record<BackupKind, string>> = { rotating: "cases", "set-aside": "set-aside" };

/** `cases-2026-11-21T15-40-12-123Z.hgnencases`: a time that every file system takes as a name. */
export function backupName(kind: BackupKind, at: number): string {
  return `${STEMS[kind]}-${new Date(at).toISOString().replace(/[:.]/g, "-")}.hgnencases`;
}

/** Kind and time of a backup, from its name; null where a file is none of ours. */
export function readBackupName(name: string): Pick<BackupFile, "kind" | "at"> | null {
  const [, stem, ...fields] = BACKUP_NAME.exec(name) ?? [];
  if (stem === undefined) return null;
  const [year, month, day, hours, minutes, seconds, ms] = fields.map(Number) as [
    ...Parameters<typeof Date.UTC>,
  ];
  const at = Date.UTC(year, month! - 1, day, hours, minutes, seconds, ms);
  const kind = stem === STEMS.rotating ? "rotating" : "set-aside";
  // No 30th of February.
  return backupName(kind, at) === name ? { kind, at } : null;
}

/**
 * The backups that may go: all but the ten latest, and the last one of each of the thirty latest days that have any. So
 * thirty days in a row have one each, and who comes back after a long holiday still finds those from before it.
 *
 * One that was set aside stays. So does one from the future: the clock has been set back, and is no judge of its age.
 *
 * @param now ms since 1970; days are those of this computer's calendar
 * @returns their names
 */
export function outdatedBackups(files: readonly BackupFile[], now: number): string[] {
  const judged = files.filter(({ kind, at }) => kind === "rotating" && at <= now).sort((a, b) => b.at - a.at);
  const lastOfDays = new Map<string, BackupFile>();
  for (const file of judged) {
    const day = new Date(file.at).toDateString();
    if (!lastOfDays.has(day)) lastOfDays.set(day, file);
  }
  const kept = new Set([...judged.slice(0, LATEST), ...[...lastOfDays.values()].slice(0, DAYS)]);
  return judged.filter((file) => !kept.has(file)).map(({ name }) => name);
}
