import { afterEach, beforeEach, describe, expect, it } from "vitest";
// First: Dexie looks for a database when it is loaded.
import { caseOf, changeTo, idOf } from "../../support/cases.ts";
import { dayOf } from "../../../src-renderer/cases/days.ts";
import { CasesState } from "../../../src-renderer/cases/casesState.svelte.ts";
import type { CaseContent } from "../../../src-renderer/cases/content.ts";
import { differences } from "../../../src-renderer/cases/kept/differences.ts";
import type { ImportedCase } from "../../../src-renderer/cases/files/importedCase.ts";
import { writePlainCsv } from "../../../src-renderer/cases/files/plainCsv.ts";
import { writePlainJson } from "../../../src-renderer/cases/files/plainJson.ts";
import { exportCases } from "../../../src-renderer/cases/files/sealedFile.ts";
import type { Bytes } from "../../../src-renderer/cases/store/record.ts";
import { DatabaseStorage } from "../../../src-renderer/cases/store/database.ts";
import type { Preview, Stage } from "../../../src-renderer/cases/kept/transfer.svelte.ts";
import { Transfer } from "../../../src-renderer/cases/kept/transfer.svelte.ts";
import type { LocalHost } from "../../support/host.ts";
import { localHost } from "../../support/host.ts";

const ROUNDS = 1000;
const PASSPHRASE = "a sentence that nobody guesses";
const ABOUT = { made: Date.UTC(2026, 10, 12, 9), appVersion: "0.1.0" };
const NOW = Date.UTC(2026, 10, 21, 9);

let databases = 0;
const opened: CasesState[] = [];
function newState(host: LocalHost = localHost(), database = `transfer ${++databases}`): CasesState {
  const cases = new CasesState({ host, about: () => null, clock: () => NOW, database, iterations: ROUNDS });
  opened.push(cases);
  return cases;
}
async function openStore(host?: LocalHost, database?: string): Promise<CasesState> {
  const cases = newState(host, database);
  await cases.start();
  await cases.create(PASSPHRASE);
  expect(cases.phase.kind).toBe("open");
  return cases;
}
afterEach(async () => {
  for (const cases of opened.splice(0)) await cases.close();
});

const one = (n: number, label: string, change: Partial<CaseContent> = {}): ImportedCase => ({
  ...{ id: idOf(n), revision: n, changedAt: ABOUT.made + n, deletedAt: 0 },
  content: caseOf(label, change),
});
const file = (name: string, bytes: Bytes): File => new File([bytes], name);
const sealed = (cases: ImportedCase[], passphrase = PASSPHRASE): Promise<Bytes> =>
  exportCases(cases, passphrase, ABOUT, ROUNDS);

function previewOf({ stage }: Transfer): Preview {
  if (stage.kind !== "preview") throw new Error(`no preview but ${JSON.stringify(stage)}`);
  return stage.preview;
}
const troubleOf = ({ stage }: Transfer): string => (stage.kind === "trouble" ? stage.words : "");
const labels = (cases: CasesState): string[] => cases.listed.map(({ label }) => label).sort();
const kindOf = ({ stage }: Transfer): Stage["kind"] => stage.kind;

describe("a file is told apart by what is in it", () => {
  let cases: CasesState;
  beforeEach(async () => {
    cases = await openStore();
  });

  it("an encrypted one, whatever it is called, asks for its passphrase; a wrong one is said and changes nothing", async () => {
    const transfer = new Transfer(cases);
    await transfer.readFile(file("letter.pdf", await sealed([one(1, "A"), one(2, "B")])));
    expect(transfer.stage).toMatchObject({
      kind: "passphrase",
      file: { kind: "export", made: ABOUT.made, appVersion: "0.1.0" },
      trouble: null,
    });
    await transfer.open("another sentence");
    expect(transfer.stage).toMatchObject({
      kind: "passphrase",
      trouble: expect.stringMatching(/passphrase/) as unknown,
    });
    expect(cases.cases).toEqual([]);
    await transfer.open(` ${PASSPHRASE} `);
    expect(previewOf(transfer).plan.added.map(({ content }) => content.label)).toEqual(["A", "B"]);
    expect(cases.cases).toEqual([]);
  });

  it("a suggested passphrase opens as people type it", async () => {
    const transfer = new Transfer(cases);
    await transfer.readFile(
      file("a.hgnencases", await sealed([one(1, "A")], "AB0DE-FGH1J-KMNPQ-RSTVW-XYZ00")),
    );
    await transfer.open("abode fghij kmnpq rstvw xyzoo");
    expect(previewOf(transfer).readable).toBe(1);
  });

  it("plain JSON and CSV need none", async () => {
    const transfer = new Transfer(cases);
    await transfer.readFile(file("x.txt", writePlainJson([one(1, "A")], ABOUT)));
    expect(previewOf(transfer)).toMatchObject({ file: { kind: "json" }, readable: 1 });
    await transfer.readFile(file("x.txt", writePlainCsv([one(1, "A"), one(2, "B")])));
    expect(previewOf(transfer)).toMatchObject({ file: { kind: "csv" }, readable: 2 });
    expect(transfer.hasPassphrase).toBe(false);
  });

  it.each([
    ["2026-12-12", "2026-12-12"],
    ["12.12.2026", "2026-12-12"],
    ["1.2.2027", "2027-02-01"],
    ["12/12/2026", "2026-12-12"],
  ])("a day of the board may stand in a CSV as %s", async (cell, day) => {
    const transfer = new Transfer(cases);
    const csv = `label,boardDay,created,start\nA,${cell},${cell},${cell}\n`;
    await transfer.readFile(file("x.csv", new TextEncoder().encode(csv)));
    const [added] = previewOf(transfer).plan.added;
    expect(added?.content.board).toEqual({ day, place: 0 });
    expect(dayOf(added!.content.created)).toBe(day);
    expect(added?.content.followUp?.start).toBe(cell);
  });

  it.each(["31.02.2026", "12.12.26", "12. December"])("%s is no day of the board", async (cell) => {
    const transfer = new Transfer(cases);
    await transfer.readFile(file("x.csv", new TextEncoder().encode(`label,boardDay\nA,${cell}\n`)));
    expect(troubleOf(transfer)).toMatch(/Line 2, boardDay/);
  });

  it.each([
    ["a PDF", "%PDF-1.7", /PDF/],
    ["text", "Dear colleague,", /text/],
    ["nothing", "", /empty/],
    ["JSON of another program", '{"a":1}', /JSON of another program/],
  ])("%s is refused by name", async (_what, text, said) => {
    const transfer = new Transfer(cases);
    await transfer.readFile(file("found.bin", new TextEncoder().encode(text)));
    expect(troubleOf(transfer)).toMatch(said);
    expect(troubleOf(transfer)).toContain("“found.bin”");
  });

  it("one that is too large is refused before it is read", async () => {
    const transfer = new Transfer(cases);
    const huge = Object.defineProperty(file("huge.csv", new Uint8Array(1)), "size", { value: 2 ** 40 });
    await transfer.readFile(huge);
    expect(troubleOf(transfer)).toMatch(/MB/);
  });

  it("a backup of this very store opens by the store's own key", async () => {
    await cases.apply("import", [changeTo(idOf(1), caseOf("A"))]);
    const transfer = new Transfer(cases);
    await transfer.readFile(file("b.hgnencases", await cases.backupBytes()));
    expect(previewOf(transfer).plan.same).toHaveLength(1);
    const other = await openStore();
    await transfer.readFile(file("b.hgnencases", await other.backupBytes()));
    expect(kindOf(transfer)).toBe("passphrase");
  });

  it("a backup that the host keeps is read by its name; one that is gone is said", async () => {
    await cases.backUpNow();
    const listed = await cases.host.listBackups();
    if (!listed.ok) throw new Error(listed.message);
    const [backup] = listed.value;
    const transfer = new Transfer(cases);
    await transfer.readBackup(backup!);
    expect(previewOf(transfer).file.name).toBe(backup!.name);
    await cases.host.deleteBackups([backup!.name]);
    await transfer.readBackup(backup!);
    expect(troubleOf(transfer)).toContain(backup!.name);
  });
});

describe("what is taken in", () => {
  let cases: CasesState;
  /** mine: 1 A, 2 B (as changed here later than in the file), 3 C; the file: 1 A, 2 B with a note, 4 D */
  beforeEach(async () => {
    cases = await openStore();
    await cases.apply("import", [
      changeTo(idOf(1), caseOf("A")),
      changeTo(idOf(2), caseOf("B")),
      changeTo(idOf(3), caseOf("C")),
    ]);
  });
  const theirs = [one(1, "A"), one(2, "B", { note: "theirs" }), one(4, "D")];
  async function ready(): Promise<Transfer> {
    const transfer = new Transfer(cases);
    await transfer.readFile(file("f.hgnencases", await sealed(theirs)));
    await transfer.open(PASSPHRASE);
    return transfer;
  }
  const noteOf2 = async (): Promise<string> => (await cases.store.read(idOf(2))).content.note;

  it("merges: adds, keeps what is the same, takes the later of two; undo takes all of it back", async () => {
    const transfer = await ready();
    const { plan } = previewOf(transfer);
    expect([plan.added.length, plan.same.length, plan.collisions.length]).toEqual([1, 1, 1]);
    expect(plan.collisions[0]).toMatchObject({ laterIs: "mine" });
    expect(transfer.changes).toHaveLength(1);
    await transfer.apply();
    expect(transfer.stage).toMatchObject({ kind: "done", outcome: { added: 1, replaced: 0, binned: 0 } });
    expect(labels(cases)).toEqual(["A", "B", "C", "D"]);
    expect(await noteOf2()).toBe("");
    expect(transfer.undoable).toBe(true);
    await transfer.undo();
    expect(labels(cases)).toEqual(["A", "B", "C"]);
    expect(transfer).toMatchObject({ undoable: false, stage: { undone: true } });
  });

  it("a choice of one's own goes before that for all, and can be taken back", async () => {
    const transfer = await ready();
    transfer.choose(idOf(2), "theirs");
    expect(transfer.changes).toHaveLength(2);
    transfer.choose(idOf(2), null);
    expect(transfer.changes).toHaveLength(1);
    transfer.choose(idOf(2), "theirs");
    await transfer.apply();
    expect(transfer.stage).toMatchObject({ outcome: { added: 1, replaced: 1, binned: 0 } });
    expect(await noteOf2()).toBe("theirs");
  });

  it("both: theirs comes in beside mine under a label of its own", async () => {
    const transfer = await ready();
    transfer.otherwise = "both";
    await transfer.apply();
    expect(labels(cases)).toEqual(["A", "B", "B (2)", "C", "D"]);
    expect(transfer.stage).toMatchObject({ outcome: { added: 2, replaced: 0, binned: 0 } });
  });

  it("replaces: afterwards there is what the file has, and mine is in the bin; undo brings it back", async () => {
    const transfer = await ready();
    transfer.mode = "replace";
    await transfer.apply();
    expect(transfer.stage).toMatchObject({ outcome: { added: 1, replaced: 1, binned: 1 } });
    expect(labels(cases)).toEqual(["A", "B", "D"]);
    expect(cases.binned.map(({ label }) => label)).toEqual(["C"]);
    expect(await noteOf2()).toBe("theirs");
    await transfer.undo();
    expect(labels(cases)).toEqual(["A", "B", "C"]);
    expect(await noteOf2()).toBe("");
  });

  it("is not taken back by this button once something else was changed", async () => {
    const transfer = await ready();
    await transfer.apply();
    await cases.newCase({ label: "E" });
    expect(transfer.undoable).toBe(false);
  });

  it("a second time there is nothing to take in", async () => {
    await (await ready()).apply();
    const again = await ready();
    again.otherwise = "mine";
    expect(again.changes).toEqual([]);
    expect(again.ready).toBe(false);
  });

  it("nothing at all, where the store does not take it", async () => {
    const transfer = await ready();
    await cases.lock();
    await transfer.apply();
    expect(troubleOf(transfer)).toMatch(/^Nothing was taken in/);
    await cases.unlock(PASSPHRASE);
    expect(labels(cases)).toEqual(["A", "B", "C"]);
  });
});

describe("a file that is damaged", () => {
  it("is taken in without what cannot be read, once that is acknowledged, and replaces nothing", async () => {
    const cases = await openStore();
    const bytes = await sealed([one(1, "A"), one(2, "B")]);
    const text = new TextDecoder().decode(bytes);
    // within the data of the first record
    bytes[text.indexOf('"data":"', text.indexOf(idOf(1))) + 20]! ^= 1;
    const transfer = new Transfer(cases);
    await transfer.readFile(file("f.hgnencases", bytes));
    await transfer.open(PASSPHRASE);
    expect(previewOf(transfer).damaged).toMatchObject([{ id: idOf(1), reason: "bytes" }]);
    expect(transfer).toMatchObject({ whole: false, ready: false });
    await transfer.apply();
    expect(kindOf(transfer)).toBe("preview");
    transfer.acknowledged = true;
    await transfer.apply();
    expect(labels(cases)).toEqual(["B"]);
  });

  it("a truncated one says so", async () => {
    const cases = await openStore();
    const bytes = await sealed([one(1, "A"), one(2, "B")]);
    const text = new TextDecoder().decode(bytes);
    const transfer = new Transfer(cases);
    await transfer.readFile(file("f.hgnencases", bytes.slice(0, text.indexOf(idOf(2)) + 60)));
    await transfer.open(PASSPHRASE);
    expect(previewOf(transfer)).toMatchObject({ truncated: true, readable: 1 });
    expect(transfer.whole).toBe(false);
  });
});

describe("cases of mine that cannot be read", () => {
  it("are made whole again by the file's copies, and do not keep the others from being compared", async () => {
    const cases = await openStore();
    await cases.apply("import", [changeTo(idOf(1), caseOf("A")), changeTo(idOf(2), caseOf("B"))]);
    const backup = await cases.backupBytes();
    const storage = await DatabaseStorage.open(cases.database);
    const [record] = await storage.get([idOf(1)]);
    record!.data[0]! ^= 1;
    const before = await storage.readCounter();
    await storage.commit({ before, after: before, put: [record!], remove: [], remember: null });
    storage.close();
    const transfer = new Transfer(cases);
    await transfer.readFile(file("b.hgnencases", backup));
    expect(previewOf(transfer)).toMatchObject({ repairs: 1, plan: { added: [{ id: idOf(1) }] } });
    expect(previewOf(transfer).plan.same.map(({ id }) => id)).toEqual([idOf(2)]);
    await transfer.apply();
    expect((await cases.store.read(idOf(1))).content.label).toBe("A");
    // What stood there before cannot be read, and is put back as it was: nothing is lost that another program may read.
    await transfer.undo();
    expect(transfer.stage).toMatchObject({ kind: "done", undone: true, trouble: null });
    expect(cases.damaged).toMatchObject([{ id: idOf(1), reason: "tampered" }]);
    expect(labels(cases)).toEqual(["B"]);
  });
});

describe("a new store from a file", () => {
  it("is kept under the passphrase that opened the file", async () => {
    const cases = newState();
    await cases.start();
    expect(cases.phase.kind).toBe("new");
    const transfer = new Transfer(cases);
    await transfer.readFile(
      file("f.hgnencases", await sealed([one(1, "A"), one(2, "B")], "a passphrase of the file")),
    );
    await transfer.open("a passphrase of the file");
    expect(transfer.hasPassphrase).toBe(true);
    await transfer.startWith();
    expect(transfer.stage).toMatchObject({ kind: "done", outcome: { added: 2 } });
    expect(labels(cases)).toEqual(["A", "B"]);
    await cases.lock();
    expect(await cases.unlock(PASSPHRASE)).toBe(false);
    expect(await cases.unlock("a passphrase of the file")).toBe(true);
  });

  it("is not made from a plain file: it has no passphrase", async () => {
    const cases = newState();
    await cases.start();
    const transfer = new Transfer(cases);
    await transfer.readFile(file("f.json", writePlainJson([one(1, "A")], ABOUT)));
    await transfer.startWith();
    expect(cases.phase.kind).toBe("new");
  });
});

describe("what differs between two versions of a case", () => {
  it("is named by what a user knows as one thing", () => {
    const a = one(1, "A");
    expect(differences(a, a)).toEqual([]);
    expect(differences(a, { ...a, changedAt: 1, revision: 9 })).toEqual([]);
    expect(differences(a, { ...one(1, "B", { note: "n", tags: ["t"] }), deletedAt: 5 })).toEqual([
      "label",
      "tags",
      "note",
      "bin",
    ]);
    expect(differences(a, one(1, "A", { endpoint: "pfs" }))).toEqual(["patient"]);
  });
});
