import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import type { FolderSystem } from "../../src-main/shell/folders.ts";
import { APP_ID, placeData } from "../../src-main/shell/folders.ts";

const ROAMING = "/electron/default";

/** A computer, and what the program has asked of it in that order. */
function computer(given: Partial<FolderSystem> & { override?: boolean } = {}) {
  const { override = false, ...system } = given;
  const paths = new Map([["userData", ROAMING]]);
  const made: string[] = [];
  const setAppUserModelId = vi.fn();
  const folders = placeData(
    {
      commandLine: { hasSwitch: (name: string) => override && name === "user-data-dir" } as never,
      getPath: (name) => paths.get(name)!,
      setPath: (name, place) => {
        // As Electron does it.
        if (!made.includes(place)) throw new Error("there is no such folder");
        paths.set(name, place);
      },
      setAppLogsPath: (place) => void paths.set("logs", place!),
      setAppUserModelId,
    },
    { platform: "win32", env: {}, makeFolder: (place) => void made.push(place), ...system },
  );
  return { folders, paths, setAppUserModelId };
}

const LOCALAPPDATA = "C:\\Users\\jane\\AppData\\Local";

describe("data", () => {
  it("lie in the local profile on Windows, which no log-off copies to a server", () => {
    const { folders, paths } = computer({ env: { LOCALAPPDATA } });
    expect(folders.data).toBe("C:\\Users\\jane\\AppData\\Local\\HG-NEN Prognosis");
    expect(folders.logs).toBe(path.join(folders.data, "logs"));
    expect(paths.get("logs")).toBe(folders.logs);
  });

  it.each([
    undefined,
    "",
    "AppData",
    "..\\..\\x",
    "\\\\server\\share\\jane",
    "\\Users",
    "C:x",
    "%LOCALAPPDATA%",
  ])("lie where Electron puts them when Windows names no folder on a drive: %s", (LOCALAPPDATA) => {
    expect(computer({ env: { LOCALAPPDATA } }).folders.data).toBe(ROAMING);
  });

  it("lie where Electron puts them when the folder cannot be made", () => {
    const makeFolder = () => {
      throw new Error("EACCES");
    };
    expect(computer({ env: { LOCALAPPDATA }, makeFolder }).folders.data).toBe(ROAMING);
  });

  it("lie where a test or an administrator says", () => {
    expect(computer({ env: { LOCALAPPDATA }, override: true }).folders.data).toBe(ROAMING);
  });

  it.each(["linux", "darwin"] as const)("lie where Electron puts them on %s, with the logs", (platform) => {
    const { folders, setAppUserModelId } = computer({ platform, env: { LOCALAPPDATA } });
    expect(folders).toEqual({ data: ROAMING, logs: path.join(ROAMING, "logs") });
    expect(setAppUserModelId).not.toHaveBeenCalled();
  });
});

it("has the name on Windows' task bar that its installer gives it", () => {
  const builder = readFileSync(new URL("../../electron-builder.yml", import.meta.url), "utf8");
  expect((parse(builder) as { appId: string }).appId).toBe(APP_ID);
  expect(computer().setAppUserModelId).toHaveBeenCalledExactlyOnceWith(APP_ID);
});
