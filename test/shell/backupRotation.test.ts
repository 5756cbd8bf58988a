import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { BackupFile, BackupKind } from "../../src-main/api/contract.ts";
import { backupName, outdatedBackups, readBackupName } from "../../src-main/shell/backupRotation.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Noon of a day, and no clock on earth has changed in the forty days before. */
const NOW = new Date(2026, 0, 21, 12).getTime();

const file = (at: number, kind: BackupKind = "rotating"): BackupFile => ({
  name: backupName(kind, at),
  bytes: 1,
  at,
  kind,
});
const files = (...times: number[]): BackupFile[] => times.map((at) => file(at));
const times = (count: number, step: number, from = NOW): number[] =>
  Array.from({ length: count }, (_, i) => from - i * step);
const keptOf = (all: BackupFile[], now = NOW): BackupFile[] => {
  const names = new Set(outdatedBackups(all, now));
  return all.filter(({ name }) => !names.has(name));
};

afterEach(() => void vi.unstubAllEnvs());

describe("the name of a backup", () => {
  it("says its kind and its time, in UTC", () => {
    const at = Date.UTC(2026, 10, 21, 15, 40, 12, 123);
    expect(backupName("rotating", at)).toBe("cases-2026-11-21T15-40-12-123Z.hgnencases");
    expect(backupName("set-aside", at)).toBe("set-aside-2026-11-21T15-40-12-123Z.hgnencases");
  });

  it("is read back", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<BackupKind>("rotating", "set-aside"),
        fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }),
        (kind, at) => {
          expect(readBackupName(backupName(kind, at))).toEqual({ kind, at });
        },
      ),
      { seed: 1 },
    );
  });

  it.each([
    "",
    "notes.txt",
    "cases.hgnencases",
    "cases-2026-11-21T15-40-12-123Z.hgnencases.tmp",
    "Cases-2026-11-21T15-40-12-123Z.hgnencases",
    "../cases-2026-11-21T15-40-12-123Z.hgnencases",
    "x/cases-2026-11-21T15-40-12-123Z.hgnencases",
    "cases-2026-11-21T15-40-12-123Z.hgnencases\n",
    "cases-2026-11-21T15:40:12.123Z.hgnencases",
    "cases-2026-02-30T15-40-12-123Z.hgnencases",
    "cases-2026-13-01T15-40-12-123Z.hgnencases",
    "cases-2026-11-21T24-00-00-000Z.hgnencases",
  ])("is not %j", (name) => {
    expect(readBackupName(name)).toBeNull();
  });
});

describe("rotation", () => {
  it("deletes nothing of ten backups, and the oldest of eleven in one day", () => {
    const all = files(...times(11, 60_000));
    expect(outdatedBackups(all.slice(0, 10), NOW)).toEqual([]);
    expect(outdatedBackups(all, NOW)).toEqual([all[10]!.name]);
  });

  it("keeps the last one of each of thirty days beside the ten latest", () => {
    // Every six hours, from noon: four a day.
    const kept = keptOf(files(...times(40 * 4, 6 * HOUR)));
    const hours = kept.map(({ at }) => new Date(at).getHours());
    // 12, 6, 0 of today, then 18, 12, 6, 0 of yesterday, then 18, 12, 6: ten; their days are three.
    expect(hours.slice(0, 10)).toEqual([12, 6, 0, 18, 12, 6, 0, 18, 12, 6]);
    expect(hours.slice(10)).toEqual(Array.from({ length: 27 }, () => 18));
  });

  it("goes by the days of this computer's calendar", () => {
    const dayOf = (zone: string): string[] => {
      vi.stubEnv("TZ", zone);
      // Ten of noon, and two in the night: of one day in London, of two in Oslo.
      const noon = Date.UTC(2026, 0, 20, 12);
      const night = files(Date.UTC(2026, 0, 10, 23, 30), Date.UTC(2026, 0, 10, 22, 30));
      return outdatedBackups([...files(...times(10, 60_000, noon)), ...night], noon);
    };
    expect(dayOf("Europe/London")).toEqual(["cases-2026-01-10T22-30-00-000Z.hgnencases"]);
    expect(dayOf("Europe/Oslo")).toEqual([]);
  });

  it("keeps thirty days that have backups, however long nobody was there", () => {
    const before = times(30, DAY, NOW - 400 * DAY);
    expect(outdatedBackups(files(NOW, ...before.slice(0, 29)), NOW)).toEqual([]);
    expect(outdatedBackups(files(NOW, ...before), NOW)).toEqual([backupName("rotating", before[29]!)]);
  });

  it("leaves what was set aside, and takes no place for it", () => {
    const aside = times(50, DAY).map((at) => file(at, "set-aside"));
    const latest = files(...times(11, 60_000));
    expect(outdatedBackups([...aside, ...latest], NOW)).toEqual([latest[10]!.name]);
  });

  it("after a clock was set back, takes away neither what is from the future nor what is new", () => {
    const future = files(...times(60, 60_000, NOW + 5 * DAY));
    const past = files(...times(10, 60_000));
    expect(outdatedBackups([...future, ...past], NOW)).toEqual([]);
  });

  const anyFiles = fc
    .uniqueArray(fc.integer({ min: NOW - 90 * DAY, max: NOW + 5 * DAY }), { maxLength: 150 })
    .chain((all) =>
      fc
        .array(fc.boolean(), { minLength: all.length, maxLength: all.length })
        .map((rotating) => all.map((at, i) => file(at, rotating[i] ? "rotating" : "set-aside"))),
    );
  const newestFirst = (all: BackupFile[]): BackupFile[] => [...all].sort((a, b) => b.at - a.at);

  it("never deletes the ten newest, the newest by any clock, or the last of one of the last thirty days", () => {
    fc.assert(
      fc.property(anyFiles, (all) => {
        const gone = new Set(outdatedBackups(all, NOW));
        const rotating = newestFirst(all.filter(({ kind }) => kind === "rotating"));
        const past = rotating.filter(({ at }) => at <= NOW);
        for (const each of [...rotating.slice(0, 10), ...past.slice(0, 10)]) {
          expect(gone).not.toContain(each.name);
        }
        for (let back = 0; back < 30; back++) {
          const from = new Date(2026, 0, 21 - back).getTime();
          const to = new Date(2026, 0, 22 - back).getTime();
          const last = past.find(({ at }) => at >= from && at < to);
          if (last) expect(gone).not.toContain(last.name);
        }
      }),
      { seed: 1 },
    );
  });

  it("leaves forty at most of those from the past, none twice, and then nothing to delete", () => {
    fc.assert(
      fc.property(anyFiles, (all) => {
        const gone = outdatedBackups(all, NOW);
        expect(new Set(gone).size).toBe(gone.length);
        const kept = keptOf(all);
        expect(all.length - kept.length).toBe(gone.length);
        const past = kept.filter(({ kind, at }) => kind === "rotating" && at <= NOW);
        expect(past.length).toBeLessThanOrEqual(40);
        expect(outdatedBackups(kept, NOW)).toEqual([]);
      }),
      { seed: 1 },
    );
  });

  it("asks for no order and changes nothing", () => {
    fc.assert(
      fc.property(anyFiles, (all) => {
        const given = Object.freeze([...all]);
        expect(outdatedBackups(given, NOW).sort()).toEqual(
          outdatedBackups(newestFirst(all).reverse(), NOW).sort(),
        );
      }),
      { seed: 1 },
    );
  });
});
