/**
 * Runs a built app as `electron FOLDER --user-data-dir=PROFILE` would, with the stand-in: see electron.ts. Ends by
 * itself when its standard input does, so that it never outlives whoever has started it.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { becomeReady, play, prepare, shutDown } from "./electron.ts";

const STAND_IN = new URL("electron.ts", import.meta.url).href;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  // The app reads its own switches itself.
  options: { "user-data-dir": { type: "string" }, "policy-file": { type: "string" } },
});
const [folder] = positionals;
const profile = values["user-data-dir"];
if (!folder || !profile) throw new Error("usage: run.ts FOLDER --user-data-dir=PROFILE");
const appFolder = path.resolve(folder);

registerHooks({
  resolve: (specifier, resolveContext, next) =>
    specifier === "electron" ? { url: STAND_IN, shortCircuit: true } : next(specifier, resolveContext),
});
process.stdin.resume().once("end", () => void shutDown(0));
process.on("message", (command: Command) => play(command));

const { main } = JSON.parse(readFileSync(path.join(appFolder, "package.json"), "utf8")) as { main: string };
prepare({ appFolder, profile });
await import(pathToFileURL(path.join(appFolder, main)).href);
await becomeReady();
