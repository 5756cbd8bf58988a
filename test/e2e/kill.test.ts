/**
 * The plug is pulled: a real Chromium with a profile that stays is killed at random moments while cases are written.
 * Whatever was said to be saved is there afterwards, and opens. What a kill cannot show is a disk that lies about
 * having written; that every change asks for strict durability is tested beside it.
 */
import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Driver, SeenCase } from "../support/casesPage.ts";
import type { Killable } from "../support/killable.ts";
import { startKillable } from "../support/killable.ts";
import { serveOwnPage } from "../support/ownPage.ts";

const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? 200);
/** Fewer need not meet a disk that is full. */
const FULL_ROUNDS = Math.max(12, Math.ceil(ROUNDS / 4));
/** A kill comes at any moment of this long after the store is open: some writings are then under way, some done. */
const LONGEST_MS = 350;
const SEED = 20_261_121;
/** Checksum, a length of 2,000, and that it is whole. */
const HEAD_OF_AN_ENTRY = Uint8Array.of(1, 2, 3, 4, 0xd0, 0x07, 1);

type Op = "create" | "edit" | "remove" | "restore" | "purge";
/** What a case was last told to be, and what it was last said to be. */
interface Known {
  acknowledged: SeenCase | "gone" | null;
  /** under way when the browser was killed: the disk may have it or not */
  issued: SeenCase | "gone" | null;
}

const same = (a: SeenCase | "gone" | null, b: SeenCase | "gone" | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

class Story {
  readonly random = xoroshiro128plus(SEED);
  readonly known = new Map<string, Known>();
  /** a creation whose id was not told before the kill */
  creating: number | null = null;
  step = 0;
  acknowledged = 0;
  refused = 0;

  upTo(most: number): number {
    return uniformInt(this.random, 0, most);
  }

  pick(binned: boolean): SeenCase | null {
    const there = [...this.known.values()]
      .map(({ acknowledged }) => acknowledged)
      .filter((seen): seen is SeenCase => seen !== null && seen !== "gone" && seen.binned === binned);
    return there.length === 0 ? null : there[this.upTo(there.length - 1)]!;
  }

  /** Holds what the disk has against what was said, and goes on from there. */
  check({ cases, damaged, listed }: Awaited<ReturnType<Driver["all"]>>): void {
    expect(damaged, "records that cannot be read").toBe(0);
    expect(listed, "cases in the list").toBe(cases.length);
    const found = new Map(cases.map((each) => [each.id, each]));
    const told = `of ${this.known.size} that were said to be saved ${found.size} are there; the last change was ${this.step}`;
    for (const [id, { acknowledged, issued }] of this.known) {
      const seen = found.get(id) ?? "gone";
      const may = issued === null ? [acknowledged] : [acknowledged, issued];
      expect(
        may.some((each) => same(each, seen)),
        `${JSON.stringify(seen)} is one of ${JSON.stringify(may)}; ${told}`,
      ).toBe(true);
      if (seen === "gone") this.known.delete(id);
      else this.known.set(id, { acknowledged: seen, issued: null });
      found.delete(id);
    }
    // What is left was being made when the browser was killed.
    expect([...found.values()].map(({ step }) => step)).toEqual(
      found.size === 0 ? [] : [this.creating ?? "nothing was being made"],
    );
    for (const [id, seen] of found) this.known.set(id, { acknowledged: seen, issued: null });
    this.creating = null;
  }

  /** Changes at random until the browser is gone. */
  async write(page: Page): Promise<void> {
    for (;;) {
      if (await this.#change(page)) this.acknowledged++;
      else {
        // Refused, and said so: none of it may be there.
        this.refused++;
        this.creating = null;
        for (const known of this.known.values()) known.issued = null;
      }
      if (this.upTo(9) === 0) await drive(page, "saveList").catch(() => undefined);
    }
  }

  /** One case more, and nothing else. */
  async create(page: Page): Promise<void> {
    const step = ++this.step;
    const id = await drive(page, "create", step);
    expect(id).not.toBeNull();
    this.known.set(id!, { acknowledged: { id: id!, step, binned: false }, issued: null });
  }

  /** @returns whether it is saved */
  async #change(page: Page): Promise<boolean> {
    const step = ++this.step;
    const op = this.#next();
    const target = this.pick(op === "restore" || op === "purge");
    if (op === "create" || !target) {
      this.creating = step;
      const id = await drive(page, "create", step);
      if (id === null) return false;
      this.known.set(id, { acknowledged: { id, step, binned: false }, issued: null });
      this.creating = null;
      return true;
    }
    const { id } = target;
    const wanted =
      op === "purge"
        ? ("gone" as const)
        : { id, step: op === "edit" ? step : target.step, binned: op === "remove" };
    this.known.set(id, { acknowledged: target, issued: wanted });
    if (!(await (op === "edit" ? drive(page, op, id, step) : drive(page, op, id)))) return false;
    if (wanted === "gone") this.known.delete(id);
    else this.known.set(id, { acknowledged: wanted, issued: null });
    return true;
  }

  #next(): Op {
    const at = this.upTo(99);
    if (this.known.size < 5 || at < 15) return "create";
    if (at < 75) return "edit";
    if (at < 85) return "remove";
    if (at < 92) return "restore";
    return "purge";
  }
}

function drive<K extends keyof Driver>(
  page: Page,
  name: K,
  ...args: Parameters<Driver[K]>
): Promise<Awaited<ReturnType<Driver[K]>>> {
  return page.evaluate(
    ([name, args]) =>
      (globalThis as unknown as { driver: Record<string, (...args: unknown[]) => unknown> }).driver[name]!(
        ...args,
      ),
    [name, args] as [string, unknown[]],
  ) as Promise<Awaited<ReturnType<Driver[K]>>>;
}

let web: Awaited<ReturnType<typeof serveOwnPage>>;
beforeAll(async () => {
  web = await serveOwnPage(fileURLToPath(new URL("../support/casesPage.ts", import.meta.url)));
});
afterAll(() => web.close());

describe("cases in a browser that is killed", () => {
  let profile: string;
  let story: Story;
  let browser: Killable | null = null;

  beforeAll(async () => {
    profile = await mkdtemp(path.join(tmpdir(), "hg-nen-kill-"));
    story = new Story();
  });
  afterAll(async () => {
    await browser?.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });

  /** what the browser has stored for the page, as it counts it */
  let used = 0;
  /** @param left bytes that the browser believes there is room for; undefined: as many as the disk has */
  async function open(left?: number): Promise<Killable> {
    const started = await startKillable(profile);
    browser = started;
    const devtools = await started.page.context().newCDPSession(started.page);
    const { origin } = new URL(web.address);
    // Before the page writes for the first time: Chromium looks how much is left once in a while only.
    if (left !== undefined) {
      await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: used + left });
    }
    await started.page.goto(web.address);
    await started.page.waitForFunction(() => "driver" in globalThis);
    expect(await drive(started.page, "open")).toBe("open");
    used = (await devtools.send("Storage.getUsageAndQuota", { origin })).usage;
    return started;
  }

  /** Writes until a moment comes at which everything is ended. */
  async function writeUntilKilled({ page, kill }: Killable): Promise<void> {
    const moment = story.upTo(LONGEST_MS);
    const writing = story.write(page).then(
      () => null,
      (error: unknown) => error,
    );
    await pause(moment);
    await kill();
    // The browser is gone in the middle of a call; anything else is an error.
    const error = await writing;
    if (!/closed|crashed|disconnected|destroyed/i.test(String(error))) throw error;
  }

  it(`has every acknowledged change, each of ${ROUNDS} times`, { timeout: 3_000_000 }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const running = await open();
      story.check(await drive(running.page, "all"));
      await writeUntilKilled(running);
    }
    const { page, kill } = await open();
    story.check(await drive(page, "all"));
    await kill();
    console.log(
      `${ROUNDS} kills: ${story.acknowledged} acknowledged changes, ${story.known.size} cases, none lost or unreadable`,
    );
    // A spec that wrote nothing would have shown nothing.
    expect(story.acknowledged).toBeGreaterThan(2 * ROUNDS);
    // There was room for everything: what was refused was refused without a reason.
    expect(story.refused).toBe(0);
  });

  it(`and with the disk's quota filled, each of ${FULL_ROUNDS} times`, { timeout: 900_000 }, async () => {
    story.refused = 0;
    for (let round = 0; round < FULL_ROUNDS; round++) {
      // Full already, or after some more changes.
      const running = await open(round % 3 === 0 ? 0 : story.upTo(300_000));
      story.check(await drive(running.page, "all"));
      await writeUntilKilled(running);
    }
    const { page, kill } = await open();
    story.check(await drive(page, "all"));
    // And there is room again: it goes on.
    await story.create(page);
    await kill();
    console.log(`${FULL_ROUNDS} kills with a full disk: ${story.refused} refused writings, none half done`);
    expect(story.refused).toBeGreaterThan(0);
  });

  it("has everything after a kill in the middle of an entry of the log, and what was saved behind it", async (spec) => {
    const folder = path.join(profile, "Default", "IndexedDB");
    const before = await open();
    await story.create(before.page);
    await before.kill();
    const logs = (await readdir(folder, { recursive: true })).filter((name) => /\d+\.log$/.test(name));
    if (logs.length === 0) return spec.skip("this Chromium keeps its databases without LevelDB's log");
    // The head of an entry, with its length, and nothing of what it announces: LevelDB writes them one after the other.
    for (const log of logs) await appendFile(path.join(folder, log), HEAD_OF_AN_ENTRY);
    for (let times = 0; times < 2; times++) {
      const { page, kill } = await open();
      story.check(await drive(page, "all"));
      await story.create(page);
      await kill();
    }
    const after = await open();
    story.check(await drive(after.page, "all"));
    await after.kill();
  });

  it("asks for strict durability with every change", async () => {
    const { page, kill } = await open();
    await drive(page, "create", ++story.step);
    expect(await drive(page, "durability")).toEqual(["strict"]);
    await kill();
  });
});
