/**
 * The desktop edition reaches nobody: what strace sees of all its processes while it is used. In Electron, that is the
 * program as it is shipped but for its package. In the stand-in it is our main process and our page in a real Chromium,
 * which playwright-core has told to keep its own services quiet, so that nothing is proven of those.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Bridge } from "../../src-main/api/contract.ts";
import { BRIDGE } from "../../src-main/api/contract.ts";
import { openDesktop } from "../support/desktop.ts";
import { NEC_PATIENT, enter, goTo } from "../support/rooms.ts";
import type { Reach } from "../support/strace.ts";
import { leavesTheComputer, noTraceHere, readTrace, straceArguments } from "../support/strace.ts";

const reason = noTraceHere();
let folder: string;
let trace: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hg-nen-silent-"));
  trace = path.join(folder, "trace.txt");
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

const reaches = async (): Promise<Reach[]> => readTrace(await readFile(trace, "utf8"));

it("strace sees a program that does reach for another", async (spec) => {
  if (reason !== null) return spec.skip(reason);
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const connect = `require("node:net").connect(${port}, "127.0.0.1").on("connect", () => process.exit())`;
  spawnSync("strace", [...straceArguments(trace), process.execPath, "-e", connect]);
  server.close();
  expect((await reaches()).filter(leavesTheComputer).map(({ socket }) => socket)).toEqual(["tcp"]);
});

it("from its start to its end, in every room, nothing leaves the computer", async (spec) => {
  if (reason !== null) return spec.skip(reason);
  const edition = await openDesktop({ trace });
  const { page } = edition;
  await goTo(page, "#/estimate");
  await enter(page, NEC_PATIENT);
  await page.locator(".hero").waitFor();
  for (const room of ["compare", "board", "cases", "published", "model"]) await goTo(page, `#/${room}`);
  // What a text field might ask for: a dictionary, and words that it is to complete.
  await goTo(page, "#/estimate");
  await page.locator("#ageYears").pressSequentially("1");
  const answer = await page.evaluate(
    (name) => (globalThis as unknown as Record<string, Bridge>)[name]!.invoke("listBackups", {}),
    BRIDGE,
  );
  expect(answer.ok).toBe(true);
  await edition.close();

  const found = await reaches();
  // Its processes have spoken with each other, so it was traced.
  expect(found.filter(({ socket }) => socket === "unix").length).toBeGreaterThan(10);
  expect(found.filter(leavesTheComputer).map(({ line }) => line)).toEqual([]);
});
