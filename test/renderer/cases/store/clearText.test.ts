// @vitest-environment node
import { describe, expect, it } from "vitest";
import {
  caseOf,
  changeTo,
  dumpOf,
  FEW,
  idOf,
  newDatabaseName,
  openRaw,
  putRaw,
  rigOver,
} from "../../../support/cases.ts";
import { emptyFollowUp } from "../../../../src-renderer/cases/followUp/followUp.ts";
import { newKey } from "../../../../src-renderer/cases/store/crypto.ts";
import { DatabaseStorage } from "../../../../src-renderer/cases/store/database.ts";
import { makeHeader } from "../../../../src-renderer/cases/store/header.ts";
import { emptyDraft } from "../../../../src-renderer/patient/draft.ts";

/** Words that stand nowhere but in what was written. */
const SECRETS = {
  label: "Zwetschgenlabel \u00e5\u00f8",
  tag: "quitte-tag",
  note: "mirabelle note",
  age: "81,25",
  regimen: "holunder regimen",
  removed: "sanddorn removed",
  undone: "vogelbeere undone",
  passphrase: "hagebutte passphrase",
};

/** Every byte that lies in a database: text in each way in which it could, and bytes as they are. */
function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === "string") return Buffer.concat([Buffer.from(value), Buffer.from(value, "utf16le")]);
  if (Array.isArray(value)) return Buffer.concat(value.map(bytesOf));
  if (value !== null && typeof value === "object") {
    return Buffer.concat(Object.entries(value).flatMap(([name, each]) => [bytesOf(name), bytesOf(each)]));
  }
  return Buffer.from(String(value));
}

/** Which of the words are found, in any encoding that a program could have used. */
function found(haystack: Buffer, words: Record<string, string>): string[] {
  const inBase64 = (text: string): string => Buffer.from(text).toString("base64").slice(0, -4);
  return Object.entries(words)
    .filter(([, word]) =>
      [
        Buffer.from(word),
        Buffer.from(word, "utf16le"),
        Buffer.from(word, "utf16le").swap16(),
        Buffer.from(word, "latin1"),
        Buffer.from(Buffer.from(word).toString("hex")),
        Buffer.from(inBase64(word)),
      ].some((needle) => haystack.includes(needle)),
    )
    .map(([name]) => name);
}

async function written(): Promise<string> {
  const name = newDatabaseName();
  const storage = await DatabaseStorage.open(name);
  const key = newKey();
  const id = idOf(0xabc);
  await storage.writeHeader(
    await makeHeader(key, SECRETS.passphrase, { store: id, created: 0, iterations: FEW }),
  );
  const { store, clock } = await rigOver(storage);
  const content = caseOf(SECRETS.label, {
    tags: [SECRETS.tag],
    note: SECRETS.note,
    draft: { ...emptyDraft(), age: SECRETS.age },
    followUp: { ...emptyFollowUp(), regimen: SECRETS.regimen },
  });
  await store.change("create", [changeTo(idOf(1), content), changeTo(idOf(2), caseOf(SECRETS.removed))]);
  await store.change("edit", [changeTo(idOf(1), { ...content, note: SECRETS.undone })]);
  await store.undo();
  await store.change("delete", [changeTo(idOf(1), content, clock.now)]);
  await store.change("replace", [changeTo(idOf(2), null)]);
  await store.saveIndex();
  await storage.writeSettings({
    idleMinutes: 15,
    lockAsks: false,
    lastSeen: clock.now,
    dueSince: null,
    lastBackupFile: null,
  });
  // It is all there, for whoever has the key.
  expect((await store.read(idOf(1))).content).toEqual(content);
  await store.undo();
  expect((await store.read(idOf(2))).content.label).toBe(SECRETS.removed);
  storage.close();
  return name;
}

describe("what lies on the disk", () => {
  it("has no word of a case in it, in no table and no encoding", async () => {
    const dump = await dumpOf(await written());
    for (const table of ["meta", "records", "undo"]) {
      expect(dump.stores[table]!.rows.length, table).toBeGreaterThan(0);
    }
    expect(found(bytesOf(dump), SECRETS)).toEqual([]);
  });

  it("the search would find each of them, wherever and however it stood", async () => {
    const name = await written();
    for (const [secret, word] of Object.entries(SECRETS)) {
      const plants = [
        word,
        { deep: [{ [word]: 1 }] },
        new Uint8Array(Buffer.from(`before ${word} after`)),
        new Uint8Array(Buffer.from(word, "utf16le").swap16()),
        new Uint8Array(Buffer.from(word, "latin1")),
        Buffer.from(word).toString("hex"),
        Buffer.from(`${word} and more`).toString("base64"),
      ];
      for (const value of plants) {
        const raw = await openRaw(name);
        await putRaw(raw, "meta", { name: "planted", value });
        raw.close();
        expect(found(bytesOf(await dumpOf(name)), SECRETS)).toEqual([secret]);
      }
    }
  });

  it("says of a case only what order needs", async () => {
    const { stores } = await dumpOf(await written());
    const clear = ["changedAt", "data", "deletedAt", "id", "iv", "revision", "schema"];
    for (const row of stores["records"]!.rows) expect(Object.keys(row as object).sort()).toEqual(clear);
    for (const row of stores["undo"]!.rows) {
      expect(Object.keys(row as object).sort()).toEqual(["at", "before", "ids", "kind", "seq", "unread"]);
      for (const record of (row as { before: (object | null)[] }).before) {
        if (record) expect(Object.keys(record).sort()).toEqual(clear);
      }
    }
    const index = (stores["meta"]!.rows as { name: string; value: object }[]).find(
      (row) => row.name === "index",
    )!;
    expect(Object.keys(index.value).sort()).toEqual(["data", "iv", "revision"]);
  });
});
