import type { App, RelaunchOptions } from "electron";
import type { FoundFiles } from "./openedPaths.ts";
import { filesAmong, MOST_FILES } from "./openedPaths.ts";

export interface StartsMeans {
  app: Pick<App, "on">;
  /** of this start */
  argv: readonly string[];
  /** the folder that it was made from */
  cwd: string;
  platform: NodeJS.Platform;
  /** shows the window that is there already */
  toFront: () => void;
  /** starts the program once more when it has ended, where it is about to; false: it stays, and opens the files itself */
  startAgain: (found: FoundFiles) => boolean;
}

/**
 * The files that the system hands over: with this start, with a second one, which gives its arguments to this one and
 * ends, and on macOS by an event of its own, which may come before the app is ready.
 *
 * @returns says who opens them from now on; what came before waits for that
 */
export function collectStarts({
  app,
  argv,
  cwd,
  platform,
  toFront,
  startAgain,
}: StartsMeans): (open: (found: FoundFiles) => void) => void {
  const before: FoundFiles[] = [];
  /** The files first: nothing that happens to a window loses them. */
  function takeOver(found: FoundFiles): void {
    if (startAgain(found)) return;
    take(found);
    toFront();
  }
  let take = (found: FoundFiles): void => {
    if (before.length < MOST_FILES) before.push(found);
  };

  app.on("open-file", (event, file) => {
    // The system would say that nobody opens it.
    event.preventDefault();
    takeOver({ files: [file], left: [] });
  });
  app.on("second-instance", (_event, arguments_, folder) => {
    takeOver(filesAmong(arguments_, folder, platform));
  });
  take(filesAmong(argv, cwd, platform));

  return (open) => {
    take = open;
    for (const found of before.splice(0)) open(found);
  };
}

/**
 * How the program is started once more with the files of a start that came too late for this one: with the switches that
 * this one was given, and not with its files.
 */
export function againOptions(
  {
    argv,
    platform,
    env,
    developer,
  }: {
    argv: readonly string[];
    platform: NodeJS.Platform;
    env: Readonly<Record<string, string | undefined>>;
    /** the first argument is the folder of the sources */
    developer: boolean;
  },
  { files, left }: FoundFiles,
): RelaunchOptions {
  const [, ...given] = argv;
  const kept = given.filter((each, i) => each.startsWith("-") || (developer && i === 0));
  // Both unpack themselves for as long as they run: what is to be started is the file that the user has.
  const portable = platform === "win32" ? env["PORTABLE_EXECUTABLE_FILE"] : env["APPIMAGE"];
  return { args: [...kept, ...files, ...left], ...(portable && { execPath: portable }) };
}
