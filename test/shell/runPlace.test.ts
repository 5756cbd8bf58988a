import { expect, it } from "vitest";
import type { RunFacts } from "../../src-main/shell/runPlace.ts";
import { runPlaceOf } from "../../src-main/shell/runPlace.ts";

const WINDOWS = { platform: "win32", home: "C:\\Users\\jane" } as const;
const LINUX = { platform: "linux", home: "/home/jane" } as const;
const MAC = { platform: "darwin", home: "/Users/jane" } as const;
const LOCAL = { LOCALAPPDATA: "D:\\Profiles\\jane\\Local" };
const IMAGE = { APPIMAGE: "/home/jane/HG-NEN.AppImage", APPDIR: "/tmp/.mount_HG1" };

it.each<[Omit<RunFacts, "packaged" | "env"> & Partial<RunFacts>, string]>([
  [{ ...WINDOWS, execPath: "C:\\Program Files\\HG-NEN Prognosis\\a.exe" }, "per-machine"],
  [{ ...WINDOWS, execPath: "d:\\program files (x86)\\HG-NEN Prognosis\\a.exe" }, "per-machine"],
  [{ ...WINDOWS, execPath: "C:\\Program Files of jane\\a.exe" }, "elsewhere"],
  [{ ...WINDOWS, execPath: "C:\\Users\\jane\\AppData\\Local\\Programs\\x\\a.exe" }, "per-user"],
  [{ ...WINDOWS, execPath: "c:\\users\\JANE\\a.exe" }, "per-user"],
  [{ ...WINDOWS, execPath: "C:\\Users\\janet\\a.exe" }, "elsewhere"],
  [{ ...WINDOWS, execPath: "D:\\Profiles\\jane\\Local\\Programs\\x\\a.exe", env: LOCAL }, "per-user"],
  [{ ...WINDOWS, execPath: "\\\\server\\share\\a.exe" }, "elsewhere"],
  [
    {
      ...WINDOWS,
      execPath: "C:\\Users\\jane\\AppData\\Local\\Temp\\hg-nen-prognosis\\a.exe",
      env: { PORTABLE_EXECUTABLE_DIR: "E:\\" },
    },
    "portable",
  ],
  [{ ...LINUX, execPath: "/opt/HG-NEN Prognosis/a" }, "per-machine"],
  [{ ...LINUX, execPath: "/usr/lib/a" }, "per-machine"],
  [{ ...LINUX, execPath: "/home/jane/apps/a" }, "per-user"],
  [{ ...LINUX, execPath: "/home/janet/a" }, "elsewhere"],
  [{ ...LINUX, execPath: "/tmp/.mount_HG1/a", env: IMAGE }, "appimage"],
  // Another AppImage, a file manager for one, has started it.
  [{ ...LINUX, execPath: "/opt/HG-NEN Prognosis/a", env: IMAGE }, "per-machine"],
  [{ ...LINUX, execPath: "/tmp/a", env: { APPIMAGE: "/a", APPDIR: "" } }, "elsewhere"],
  [{ ...LINUX, home: "/", execPath: "/srv/a" }, "elsewhere"],
  [{ ...MAC, execPath: "/Applications/HG-NEN Prognosis.app/Contents/MacOS/a" }, "per-machine"],
  [{ ...MAC, execPath: "/Users/jane/Applications/a.app/Contents/MacOS/a" }, "per-user"],
  [{ ...MAC, execPath: "/Volumes/HG-NEN Prognosis/a.app/Contents/MacOS/a" }, "elsewhere"],
  [{ ...MAC, execPath: "/Users/jane/a", packaged: false }, "unpackaged"],
])("%j: %s", (facts, expected) => {
  expect(runPlaceOf({ packaged: true, env: {}, ...facts })).toBe(expected);
});
