/** How the desktop edition starts, ends and gives up, in the stand-in: the real runtime cannot be asked to fail. */
import { cp, mkdir, mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startStandIn } from "../support/desktop.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-start-"));
  await mkdir(path.join(folder, "app"));
  await cp(path.join(ROOT, "package.json"), path.join(folder, "app/package.json"));
  await cp(path.join(ROOT, "dist"), path.join(folder, "app/dist"), { recursive: true });
  await cp(path.join(ROOT, "assets"), path.join(folder, "app/assets"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

function start() {
  return startStandIn(path.join(folder, "app"), path.join(folder, "profile"));
}

it("needs nothing beside what is packaged", async () => {
  const app = start();
  await app.next("window");
  expect(await app.stop()).toBe(0);
});

it("ends when its window is closed", async () => {
  const app = start();
  const { endpoint } = await app.next("window");
  const browser = await chromium.connectOverCDP(endpoint);
  await browser.contexts()[0]!.pages()[0]!.close();
  expect(await app.ended).toBe(0);
  await browser.close();
});

it.each(["study.json", "baseline.json"])("with a damaged %s says so and ends", async (name) => {
  await truncate(path.join(folder, "app/assets/studies/nordic-nec-2", name), 1000);
  const app = start();
  const { title, content } = await app.next("error-box");
  expect(title).toBe("HG-NEN Prognosis cannot start");
  expect(content).toContain(name);
  expect(content).toContain("Install the program again");
  expect(await app.ended).toBe(1);
  expect(app.requests).toEqual([]);
});
