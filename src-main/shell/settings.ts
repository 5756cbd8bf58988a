import { open, rename, stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import type { Log, SETTINGS_FLAWS } from "./log.ts";
import { codeOf } from "./log.ts";
import { readRegular } from "./regularFile.ts";
import { writeWhole } from "./wholeFile.ts";

/** What is used of the system; tests put a failing disk in its place. */
export const system = { open, rename, stat, writeWhole };
export type SettingsSystem = typeof system;

const FILE = "settings.json";
const DAMAGED = "settings.damaged.json";
/** A later form of the file gets a later number, and an older program leaves it alone: it remembers nothing then. */
const VERSION = 1;
/** Far beyond what the schema lets in. */
const MOST_BYTES = 128 * 1024;
/** How many displays a place is remembered for. */
export const MOST_PLACES = 20;
/** How many files may be remembered, and how long the path of each may be. */
const MOST_RECENT = 20;
const LONGEST_PATH = 4096;

const pixels = v.pipe(v.number(), v.finite());
const place = v.strictObject({
  bounds: v.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels }),
  maximised: v.boolean(),
  fullScreen: v.boolean(),
});
const key = v.pipe(v.string(), v.maxLength(100));
const settings = v.strictObject({
  windows: v.pipe(v.record(key, place), v.maxEntries(MOST_PLACES)),
  lastDisplay: v.nullable(key),
  recent: v.pipe(v.array(v.pipe(v.string(), v.maxLength(LONGEST_PATH))), v.maxLength(MOST_RECENT)),
});
const file = v.strictObject({ version: v.literal(VERSION), ...settings.entries });
const newer = v.object({ version: v.pipe(v.number(), v.gtValue(VERSION)) });

/** Where a window is: as large as it is when it is neither maximised nor full screen, in the system's common coordinates. */
export type WindowPlace = v.InferOutput<typeof place>;
/**
 * What the main process remembers between starts: a small file in the program's data folder, in clear. `windows` is
 * by display, as windowPlace.ts names them; `recent` are paths, the last one first, and all that may say something of a
 * patient, by the name that a user has given a file.
 */
export type Settings = v.InferOutput<typeof settings>;

export interface SettingsStore {
  readonly value: Readonly<Settings>;
  /** written soon, whole or not at all; never throws */
  update: (change: Partial<Settings>) => void;
  /** resolves when all is written, or could not be; never rejects */
  flush: () => Promise<void>;
}

export interface SettingsMeans {
  /** absolute, and there */
  folder: string;
  log: Log;
  /** how long further changes are waited for before all are written */
  pauseMs?: number;
  fs?: SettingsSystem;
}

const defaults = (): Settings => ({ windows: {}, lastDisplay: null, recent: [] });

/**
 * Reads the settings; a file that cannot be used is set aside, and the program starts as it did the first time. So it does
 * beside the file of a newer program, which stays as it is: then nothing is written.
 */
export async function openSettings({
  folder,
  log,
  pauseMs = 500,
  fs = system,
}: SettingsMeans): Promise<SettingsStore> {
  const target = path.join(folder, FILE);
  let newerIsThere = false;
  let value = await readOrSetAside();
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<void> = Promise.resolve();
  let complained = false;

  async function readOrSetAside(): Promise<Settings> {
    const found = await read(fs, target);
    if (typeof found !== "string") return found;
    newerIsThere = found === "newer";
    const setAside =
      !newerIsThere &&
      (await fs.rename(target, path.join(folder, DAMAGED)).then(
        () => true,
        () => false,
      ));
    log("settings-damaged", { flaw: found, setAside });
    return defaults();
  }

  /** A disk that takes nothing disturbs nobody: the next start is then as the last one was. */
  async function write(): Promise<void> {
    if (newerIsThere) return;
    try {
      const text = `${JSON.stringify({ version: VERSION, ...value }, null, 2)}\n`;
      await fs.writeWhole(target, new TextEncoder().encode(text));
    } catch (error) {
      if (!complained) log("settings-unwritable", { code: codeOf(error) });
      complained = true;
    }
  }

  function flush(): Promise<void> {
    if (timer !== undefined) {
      clearTimeout(timer);
      timer = undefined;
      written = written.then(write);
    }
    return written;
  }

  return {
    get value() {
      return value;
    },
    update(change) {
      // What the next start could not read is not taken now.
      const next = v.safeParse(settings, { ...value, ...change });
      if (!next.success) return log("settings-refused");
      if (JSON.stringify(next.output) === JSON.stringify(value)) return;
      value = next.output;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), pauseMs);
    },
    flush,
  };
}

/** The settings, or what is wrong with their file. */
async function read(fs: SettingsSystem, target: string): Promise<Settings | (typeof SETTINGS_FLAWS)[number]> {
  let text: string;
  try {
    const bytes = await readRegular(target, MOST_BYTES, fs);
    if (bytes === "too-large") return bytes;
    if (bytes === "no-file") return "unreadable";
    text = new TextDecoder().decode(bytes);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? defaults() : "unreadable";
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return "not-json";
  }
  const result = v.safeParse(file, parsed);
  if (!result.success) return v.is(newer, parsed) ? "newer" : "bad-shape";
  const { version: _, ...found } = result.output;
  return found;
}
