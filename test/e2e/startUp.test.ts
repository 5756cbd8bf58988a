/** How the desktop edition starts, ends and gives up, in the stand-in: the real runtime cannot be asked to fail. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { boxes } from "../../src-main/words/window.ts";
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

function start(profile = path.join(folder, "profile")) {
  return startStandIn(path.join(folder, "app"), profile);
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

it("says so where its data folder cannot be written to, and ends", async () => {
  // Also an administrator cannot make a folder in a file.
  await writeFile(path.join(folder, "file"), "");
  const profile = path.join(folder, "file", "profile");
  const app = start(profile);
  const { title, content } = await app.next("error-box");
  expect(title).toBe(boxes.startUp.title);
  expect(content).toBe(boxes.startUp.notFirst.unwritable(profile));
  expect(await app.ended).toBe(1);
  expect(app.all("window")).toEqual([]);
});

it("says which computer has its data, touches nothing and ends", async (spec) => {
  if (process.platform === "win32") return spec.skip("Windows has no such link");
  const profile = path.join(folder, "profile");
  const lock = path.join(profile, "SingletonLock");
  await mkdir(profile);
  await symlink("pathology-3.hospital.invalid-4711", lock);
  const app = start();
  const { content } = await app.next("error-box");
  expect(content).toBe(boxes.startUp.notFirst["other-computer"](lock, "pathology-3.hospital.invalid"));
  expect(await app.ended).toBe(1);
  expect((await readdir(profile)).sort()).toEqual(["SingletonLock", "logs"]);
  expect(await readFile(path.join(profile, "logs/main.log"), "utf8")).toMatch(
    /^\S+Z not-first why=other-computer\n$/,
  );
  // As the box says.
  await rm(lock);
  const again = start();
  await again.next("window");
  expect(await again.stop()).toBe(0);
});

it("beside one that runs says nothing, and ends", async () => {
  const first = start();
  await first.next("window");
  const second = start();
  expect(await second.ended).toBe(0);
  expect(second.all("error-box")).toEqual([]);
  expect(await first.stop()).toBe(0);
});
