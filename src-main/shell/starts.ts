import type { App } from "electron";
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
}: StartsMeans): (open: (found: FoundFiles) => void) => void {
  const before: FoundFiles[] = [];
  let take = (found: FoundFiles): void => {
    if (before.length < MOST_FILES) before.push(found);
  };

  app.on("open-file", (event, file) => {
    // The system would say that nobody opens it.
    event.preventDefault();
    toFront();
    take({ files: [file], left: [] });
  });
  app.on("second-instance", (_event, arguments_, folder) => {
    toFront();
    take(filesAmong(arguments_, folder, platform));
  });
  take(filesAmong(argv, cwd, platform));

  return (open) => {
    take = open;
    for (const found of before.splice(0)) open(found);
  };
}
