import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { chromium } from "playwright-core";
import { launchOptions } from "./chromium.ts";

/** A browser that can be ended as a crash or a power cut ends it: at once, with all its processes. */
export interface Killable {
  page: Page;
  /** resolves when nothing of it runs any more */
  kill: () => Promise<void>;
}

/** Starts Chromium on a profile folder that stays, with one empty page. */
export async function startKillable(profile: string): Promise<Killable> {
  const { executablePath, args, env } = await launchOptions();
  const portFile = path.join(profile, "DevToolsActivePort");
  await rm(portFile, { force: true });
  const child = spawn(
    executablePath,
    [
      ...["--headless=new", "--no-sandbox", "--remote-debugging-port=0", `--user-data-dir=${profile}`],
      ...["--no-first-run", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      ...args,
      "about:blank",
    ],
    // A group of its own, so that its helpers die with it.
    { env, stdio: "ignore", detached: true },
  );
  const ended = once(child, "exit");
  const kill = async (): Promise<void> => {
    try {
      // Windows has no groups that a signal reaches, and a tool for the whole tree instead.
      if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
      else process.kill(-child.pid!, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await ended;
  };
  try {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(portFile)}`);
    const page = browser.contexts()[0]!.pages()[0] ?? (await browser.contexts()[0]!.newPage());
    return { page, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Chromium writes the port that it has taken into its profile, when it is ready. */
async function portOf(file: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const text = await readFile(file, "utf8").catch(() => "");
    const [port] = text.split("\n");
    if (port && text.includes("\n")) return port;
    await pause(25);
  }
  throw new Error("Chromium did not start within 15 seconds");
}
