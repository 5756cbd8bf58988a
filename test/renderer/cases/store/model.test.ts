// @vitest-environment node
import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  CASES_SEED,
  STORAGES,
  anyCase,
  caseOf,
  changeTo,
  DAY_MS,
  idOf,
  reopened,
  rigOver,
} from "../../../support/cases.ts";
import type { Rig } from "../../../support/cases.ts";
import type { CaseContent } from "../../../../src-renderer/cases/content.ts";
import { ContentError, CONTENT_VERSION } from "../../../../src-renderer/cases/content.ts";
import type { Change } from "../../../../src-renderer/cases/store/change.ts";
import type { ChangeKind, Storage } from "../../../../src-renderer/cases/store/storage.ts";
import { MOST_UNDO } from "../../../../src-renderer/cases/store/storage.ts";
import { BIN_DAYS } from "../../../../src-renderer/cases/store/store.ts";
import { summaryOf } from "../../../../src-renderer/cases/summary.ts";

// Hundreds of random histories: room for a slow machine.
vi.setConfig({ testTimeout: 120_000 });

/** A case as the model has it. */
interface ModelCase {
  content: CaseContent;
  deletedAt: number;
  revision: number;
  changedAt: number;
}

/** What the store should hold: a plain map, and the maps before it. */
class Model {
  cases = new Map<string, ModelCase>();
  past: { kind: ChangeKind; before: Map<string, ModelCase | undefined> }[] = [];
  group: string | null = null;
  counter = 0;
  nextId = 1;
  /** cases that must be in no list and no table */
  purged = new Set<string>();

  get ids(): string[] {
    return [...this.cases.keys()];
  }

  write(changes: readonly Change[], now: number): void {
    const written = changes.filter(({ content }) => content !== null);
    written.forEach(({ id, content, deletedAt }, i) => {
      const revision = this.counter + 1 + i;
      this.cases.set(id, { content: content!, deletedAt, revision, changedAt: now });
    });
    for (const { id, content } of changes) if (content === null) this.cases.delete(id);
    this.counter += changes.length;
  }

  change(
    kind: ChangeKind,
    changes: readonly Change[],
    now: number,
    group: string | null,
    quiet: boolean,
  ): void {
    if (changes.length === 0) return;
    const latest = this.past.at(-1);
    const goesOn =
      group !== null && group === this.group && changes.every(({ id }) => latest?.before.has(id));
    if (!quiet && !goesOn) {
      // In the order of a batch: what is written, then what is removed.
      const ordered = [
        ...changes.filter(({ content }) => content !== null),
        ...changes.filter(({ content }) => content === null),
      ];
      this.past.push({ kind, before: new Map(ordered.map(({ id }) => [id, this.cases.get(id)])) });
      this.past = this.past.slice(-MOST_UNDO);
    }
    this.write(changes, now);
    if (!quiet) this.group = group;
  }

  undo(now: number): string[] | null {
    const entry = this.past.pop();
    if (!entry) return null;
    const changes = [...entry.before].map(([id, was]) =>
      changeTo(id, was?.content ?? null, was?.deletedAt ?? 0),
    );
    this.write(changes, now);
    this.group = null;
    return changes.map(({ id }) => id);
  }

  purge(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) {
      this.cases.delete(id);
      this.purged.add(id);
    }
    this.counter += ids.length;
    this.past = [];
    this.group = null;
  }
}

interface Real extends Rig {
  again: () => Promise<Storage>;
}

type Step = fc.AsyncCommand<Model, Real>;
/** Picks of what is there, by numbers that fit any number of cases. */
const pick = (ids: readonly string[], numbers: readonly number[]): string[] =>
  ids.length === 0 ? [] : [...new Set(numbers.map((n) => ids[n % ids.length]!))];

function sameAs(model: Model, real: Real): void {
  const expected = new Map(
    [...model.cases].map(([id, { content, ...facts }]) => [
      id,
      summaryOf({ id, schema: CONTENT_VERSION, ...facts }, content),
    ]),
  );
  const { cases, damaged, undoable } = real.store;
  deepStrictEqual(new Map(cases), expected);
  deepStrictEqual([...damaged], []);
  const latest = model.past.at(-1);
  deepStrictEqual(
    undoable && { kind: undoable.kind, count: undoable.count },
    latest ? { kind: latest.kind, count: latest.before.size } : null,
  );
}

/** Everything that can be read, as it is in the model; in this opening and in the next one, with the list and without. */
async function sameToTheLast(model: Model, real: Real): Promise<void> {
  sameAs(model, real);
  const ids = model.ids;
  const expected = ids.map((id) => ({ id, schema: CONTENT_VERSION, ...model.cases.get(id)! }));
  deepStrictEqual(await real.store.readMany(ids), expected);
  deepStrictEqual((await real.storage.ids()).sort(), [...ids].sort());
  deepStrictEqual(await real.storage.readCounter(), model.counter);
  deepStrictEqual(await real.store.verify(), []);
  const next = await reopened(real);
  sameAs(model, { ...real, store: next });
  deepStrictEqual(await next.readMany(ids), expected);
  for (const id of model.purged) {
    if (model.cases.has(id)) continue;
    await expect(next.read(id)).rejects.toThrow(`there is no case ${id}`);
  }
}

/** How often each kind of step was taken. */
const taken = new Map<string, number>();

const command = (
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Step => ({
  check,
  run: async (model, real) => {
    const [verb] = name.split(" ");
    taken.set(verb!, (taken.get(verb!) ?? 0) + 1);
    await run(model, real);
    sameAs(model, real);
    real.clock.now += 1000;
  },
  toString: () => name,
});

const some = (model: Model): boolean => model.cases.size > 0;

/** A change in both. */
async function both(
  model: Model,
  real: Real,
  kind: ChangeKind,
  changes: readonly Change[],
  { group = null, quiet = false }: { group?: string | null; quiet?: boolean } = {},
): Promise<void> {
  model.change(kind, changes, real.clock.now, group, quiet);
  await real.store.change(kind, changes, { group, quiet });
}

const fresh = (model: Model): string => idOf(model.nextId++);
const numbers = fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 });
const contents = anyCase();

const steps: fc.Arbitrary<Step>[] = [
  contents.map((content) =>
    command("create", (model, real) => both(model, real, "create", [changeTo(fresh(model), content)])),
  ),
  fc
    .record({
      number: fc.nat(1000),
      content: contents,
      group: fc.constantFrom(null, "label", "note", "shared"),
      quiet: fc.boolean(),
    })
    .map(({ number, content, group, quiet }) =>
      command(
        `edit ${number} in ${group}${quiet ? " quietly" : ""}`,
        (model, real) => {
          const [id] = pick(model.ids, [number]);
          const { deletedAt } = model.cases.get(id!)!;
          // One group that several cases have: what was typed into another must come back, too.
          const name = group && (group === "shared" ? group : `${id}:${group}`);
          return both(model, real, "edit", [changeTo(id!, content, deletedAt)], { group: name, quiet });
        },
        some,
      ),
    ),
  numbers.map((picks) =>
    command(
      `duplicate ${picks.join()}`,
      (model, real) => {
        const copies = pick(model.ids, picks).map((id) =>
          changeTo(fresh(model), model.cases.get(id)!.content),
        );
        return both(model, real, "duplicate", copies);
      },
      some,
    ),
  ),
  ...(["delete", "restore"] as const).map((kind) =>
    numbers.map((picks) =>
      command(
        `${kind} ${picks.join()}`,
        (model, real) => {
          const deletedAt = kind === "delete" ? real.clock.now : 0;
          const changes = pick(model.ids, picks).map((id) =>
            changeTo(id, model.cases.get(id)!.content, deletedAt),
          );
          return both(model, real, kind, changes);
        },
        some,
      ),
    ),
  ),
  fc.constant(
    command("undo", async (model, real) => {
      const ids = model.undo(real.clock.now);
      expect((await real.store.undo())?.sort()).toEqual(ids?.sort());
    }),
  ),
  numbers.map((picks) =>
    command(
      `purge ${picks.join()}`,
      async (model, real) => {
        const ids = pick(model.ids, picks);
        model.purge(ids);
        await real.store.purge(ids);
      },
      some,
    ),
  ),
  fc
    .record({ picks: numbers, content: contents, news: fc.array(contents, { maxLength: 3 }) })
    .map(({ picks, content, news }) =>
      command(`merge over ${picks.join()}, with ${news.length} new`, (model, real) =>
        both(model, real, "import", [
          ...pick(model.ids, picks).map((id) => changeTo(id, content)),
          ...news.map((each) => changeTo(fresh(model), each)),
        ]),
      ),
    ),
  fc
    .record({ picks: numbers, content: contents, news: fc.array(contents, { maxLength: 3 }) })
    .map(({ picks, content, news }) =>
      command(`replace all but ${picks.join()}, with ${news.length} new`, (model, real) => {
        const kept = pick(model.ids, picks);
        return both(model, real, "replace", [
          ...model.ids.filter((id) => !kept.includes(id)).map((id) => changeTo(id, null)),
          ...kept.map((id) => changeTo(id, content)),
          ...news.map((each) => changeTo(fresh(model), each)),
        ]);
      }),
    ),
  fc.record({ saved: fc.boolean(), verified: fc.boolean() }).map(({ saved, verified }) =>
    command(`reopen ${saved ? "with" : "without"} the list`, async (model, real) => {
      if (saved) await real.store.saveIndex();
      if (verified) expect(await real.store.verify()).toEqual([]);
      real.storage = await real.again();
      real.store = await reopened(real);
      // Typing after a restart is a change of its own.
      model.group = null;
    }),
  ),
  fc.constant(
    command("save the list", async (_, real) => {
      await real.store.saveIndex();
    }),
  ),
  fc.nat({ max: BIN_DAYS + 2 }).map((days) =>
    command(`${days} days later`, async (model, real) => {
      // The program was open every day: what was due yesterday goes today.
      real.clock.now += days * DAY_MS;
      const yesterday = real.clock.now - DAY_MS;
      const due = [...model.cases].filter(
        ([, { deletedAt }]) => deletedAt !== 0 && yesterday - deletedAt > BIN_DAYS * DAY_MS,
      );
      model.purge(due.map(([id]) => id));
      const { removed } = await real.store.removeExpired(yesterday);
      expect(removed.sort()).toEqual(due.map(([id]) => id).sort());
    }),
  ),
  fc.nat(1000).map((number) =>
    command(
      `a content that is none, into ${number}`,
      async (model, real) => {
        const [id] = pick(model.ids, [number]);
        const changes = [changeTo(fresh(model), caseOf("fits")), changeTo(id!, caseOf("x".repeat(81)))];
        await expect(real.store.change("edit", changes)).rejects.toThrow(ContentError);
      },
      some,
    ),
  ),
  fc.record({ number: fc.nat(1000), first: contents, second: contents }).map(({ number, first, second }) =>
    command(
      `four at once with ${number}`,
      async (model, real) => {
        const [id] = pick(model.ids, [number]);
        const made = fresh(model);
        await Promise.all([
          both(model, real, "edit", [changeTo(id!, first)]),
          both(model, real, "create", [changeTo(made, second)]),
          real.store.undo(),
          real.store.saveIndex(),
          real.store.verify(),
        ]);
        model.undo(real.clock.now);
      },
      some,
    ),
  ),
];

describe.each(STORAGES)("cases in a $kind", ({ kind, make }) => {
  it("end as a plain model says, after any history", async () => {
    taken.clear();
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { size: "medium", maxCommands: 30 }), async (commands) => {
        let setup: { model: Model; real: Real } | null = null;
        await fc.asyncModelRun(async () => {
          const { storage, again } = await make();
          setup = { model: new Model(), real: { ...(await rigOver(storage)), again } };
          return setup;
        }, commands);
        const { model, real } = setup!;
        await sameToTheLast(model, real);
        real.storage.close();
        changes += model.counter;
      }),
      { seed: CASES_SEED, numRuns: kind === "memory" ? 250 : 50 },
    );
    // The histories were histories: each kind of step was taken, and much was changed.
    for (const verb of [
      "create",
      "edit",
      "undo",
      "purge",
      "merge",
      "replace",
      "reopen",
      "delete",
      "restore",
    ]) {
      expect(taken.get(verb) ?? 0, verb).toBeGreaterThan(10);
    }
    expect(changes).toBeGreaterThan(500);
  });

  it(`takes back the latest ${MOST_UNDO} changes, also after a restart, and no more`, async () => {
    const { storage, again } = await make();
    const rig = await rigOver(storage);
    for (let n = 0; n < MOST_UNDO + 3; n++) {
      await rig.store.change("create", [changeTo(idOf(n), caseOf(`synthetic ${n}`))]);
    }
    rig.storage = await again();
    const store = await reopened(rig);
    for (let n = MOST_UNDO + 2; n >= 3; n--) expect(await store.undo()).toEqual([idOf(n)]);
    expect(await store.undo()).toBeNull();
    expect(store.undoable).toBeNull();
    expect([...store.cases.keys()]).toEqual([0, 1, 2].map(idOf));
    rig.storage.close();
  });

  it("typing is one change until something comes between", async () => {
    const rig = await rigOver((await make()).storage);
    const { store } = rig;
    const labels = async (): Promise<string[]> =>
      (await store.readMany([...store.cases.keys()])).map((c) => c.content.label);
    const type = (id: string, label: string, group: string | null): Promise<void> =>
      store.change("edit", [changeTo(id, caseOf(label))], { group });
    await store.change("create", [changeTo(idOf(1), caseOf("A")), changeTo(idOf(2), caseOf("B"))]);
    await type(idOf(1), "A1", "g");
    await type(idOf(1), "A12", "g");
    // The same name for another case is another change: it would not come back otherwise.
    await type(idOf(2), "B1", "g");
    await type(idOf(2), "B12", "g");
    expect(await labels()).toEqual(["A12", "B12"]);
    expect(store.undoable).toEqual({ kind: "edit", count: 1, label: "B12" });
    await store.undo();
    expect(await labels()).toEqual(["A12", "B"]);
    await type(idOf(1), "A123", "g");
    await store.undo();
    expect(await labels()).toEqual(["A12", "B"]);
    await store.undo();
    expect(await labels()).toEqual(["A", "B"]);
    await store.undo();
    expect(store.cases.size).toBe(0);
    rig.storage.close();
  });

  it("what the program does quietly is no change to take back, and parts no typing in two", async () => {
    const rig = await rigOver((await make()).storage);
    const { store } = rig;
    const write = (label: string, how: { group?: string; quiet?: boolean }): Promise<void> =>
      store.change("edit", [changeTo(idOf(1), caseOf(label))], how);
    await store.change("create", [changeTo(idOf(1), caseOf("A"))]);
    await write("A1", { group: "g" });
    await write("A1, quietly", { quiet: true });
    await write("A12", { group: "g" });
    expect(store.undoable).toEqual({ kind: "edit", count: 1, label: "A12" });
    await store.undo();
    expect(store.cases.get(idOf(1))).toMatchObject({ label: "A" });
    // Nor is it the beginning of typing.
    await write("A2", { group: "g" });
    await write("A2, quietly", { group: "h", quiet: true });
    await write("A3", { group: "h" });
    await store.undo();
    expect((await store.read(idOf(1))).content.label).toBe("A2, quietly");
    await store.undo();
    expect((await store.read(idOf(1))).content.label).toBe("A");
    rig.storage.close();
  });

  it("what goes wrong in one change does not stop the next, and each is told its own", async () => {
    const rig = await rigOver((await make()).storage);
    const results = await Promise.allSettled([
      rig.store.change("create", [changeTo(idOf(1), caseOf("A"))]),
      rig.store.change("create", [changeTo(idOf(2), caseOf("x".repeat(81)))]),
      rig.store.read(idOf(9)),
      rig.store.change("create", [changeTo(idOf(3), caseOf("C"))]),
      rig.store.settled(),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({
      name: "ContentError",
      field: "label",
    });
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({ name: "CaseGone" });
    expect([...rig.store.cases.values()].map(({ label }) => label)).toEqual(["A", "C"]);
    rig.storage.close();
  });

  it("the list is the store's own: what the caller does with its objects later is not in it", async () => {
    const rig = await rigOver((await make()).storage);
    const content = caseOf("A", { tags: ["one"], board: { day: "2025-12-12", place: 1 } });
    await rig.store.change("create", [changeTo(idOf(1), content)]);
    content.tags.push("two");
    content.board!.place = 2;
    expect(rig.store.cases.get(idOf(1))).toMatchObject({ tags: ["one"], board: { place: 1 } });
    expect((await rig.store.read(idOf(1))).content).toMatchObject({ tags: ["one"], board: { place: 1 } });
    rig.storage.close();
  });
});
