import { afterAll, beforeAll, describe, expect, it } from "vitest";
// First: Dexie looks for a database when it is loaded.
import { caseOf, changeTo, dumpOf, FEW, idOf, newDatabaseName } from "../../../support/cases.ts";
import type { RawDatabase } from "../../../support/cases.ts";
import { CasesState } from "../../../../src-renderer/cases/casesState.svelte.ts";
import { LIMITS } from "../../../../src-renderer/cases/files/trouble.ts";
import { Transfer } from "../../../../src-renderer/cases/kept/transfer.svelte.ts";
import type { Bytes } from "../../../../src-renderer/cases/store/record.ts";
import { damageWords, truncatedWords } from "../../../../src-main/words/caseFiles.ts";
import { localHost } from "../../../support/host.ts";
import { bytesOfText, MADE, PASSPHRASE } from "./cases.ts";
import type { Malformed } from "./malformed.ts";
import { CASE_FILES, CSV_FILES, joined, plain, PLAIN_FILES, WHOLE } from "./malformed.ts";

/** Every malformed file on the way of a user, over a store that holds cases of the same ids. */

const NAME = "file.any";
const isWhole = (fate: string): boolean => /^\d+ read$/.test(fate);
const fateOf = ({ fate, looked = fate }: Malformed): string => looked;
const FILES: [what: string, each: Malformed][] = (
  [
    ["encrypted", CASE_FILES],
    ["plain JSON", PLAIN_FILES],
    ["CSV", CSV_FILES],
  ] as const
).flatMap(([kind, files]) => files.map((each): [string, Malformed] => [`${kind}: ${each.what}`, each]));
const MALFORMED = FILES.filter(([, each]) => !isWhole(fateOf(each)));

let cases: CasesState;
let before: RawDatabase;
const now = (): Promise<RawDatabase> => dumpOf(cases.database);

beforeAll(async () => {
  cases = new CasesState({
    ...{ host: localHost(), about: () => null, clock: () => MADE },
    ...{ database: newDatabaseName(), iterations: FEW },
  });
  await cases.start();
  await cases.create("the store's own passphrase");
  await cases.apply("import", [
    changeTo(idOf(0), caseOf("mine, 0")),
    changeTo(idOf(1), caseOf("mine, 1", { note: "a synthetic note" })),
    changeTo(idOf(2), caseOf("mine, 2"), MADE),
    changeTo(idOf(9), caseOf("mine, 9")),
  ]);
  await cases.store.saveIndex();
  before = await now();
});
afterAll(() => cases.close());

/** Reads a file as the screen does, its passphrase where it asks for one. */
async function taken(bytes: Bytes, passphrase = PASSPHRASE): Promise<Transfer> {
  const transfer = new Transfer(cases);
  await transfer.readFile(new File([bytes], NAME));
  if (transfer.stage.kind === "passphrase") await transfer.open(passphrase);
  return transfer;
}

/** What the screen says of it. */
function said({ stage }: Transfer): string {
  if (stage.kind === "trouble") return stage.words;
  if (stage.kind === "passphrase") return stage.trouble ?? "";
  if (stage.kind !== "preview") return "";
  const { damaged, truncated, readable } = stage.preview;
  const words = damaged.map((each) => damageWords(each));
  return [...(truncated ? [truncatedWords(NAME, readable)] : []), ...words].join(" ");
}

/** Numbers and ids are of this file, and not of what is wrong with it. */
const general = (text: string): string => text.replace(/[0-9a-f-]{36}|\d+/g, "#");

/** What was said, in general, and of which fate. */
const fates = new Map<string, string>();
function toldApart(words: string, fate: string): void {
  expect(words).not.toBe("");
  const before = fates.get(general(words)) ?? general(fate);
  expect(general(fate), words).toBe(before);
  fates.set(general(words), before);
}

describe("a malformed file", () => {
  it("is any of more than fifty", () => {
    expect(MALFORMED.length).toBeGreaterThan(50);
    expect(new Set(MALFORMED.map(([what]) => what)).size).toBe(MALFORMED.length);
  });

  it.each(MALFORMED)("changes nothing, and says what it is: %s", async (_what, each) => {
    const transfer = await taken(await each.make());
    toldApart(said(transfer), fateOf(each));
    if (transfer.stage.kind === "preview") {
      expect(transfer).toMatchObject({ whole: false, ready: false });
      // A press all the same, of the one button and of the other.
      await transfer.apply();
      transfer.mode = "replace";
      await transfer.apply();
      expect(transfer.stage.kind).toBe("preview");
    } else {
      expect(transfer.stage.kind).toBe("trouble");
      await transfer.apply();
    }
    expect(await now()).toEqual(before);
  });

  it("under another passphrase, too", async () => {
    const transfer = await taken(WHOLE.file, "another passphrase");
    expect(transfer.stage.kind).toBe("passphrase");
    toldApart(said(transfer), "not-opened");
    expect(await now()).toEqual(before);
  });

  it("larger than may be, too", async () => {
    const huge = new File([WHOLE.file], NAME);
    Object.defineProperty(huge, "size", { value: LIMITS.bytes + 1 });
    const transfer = new Transfer(cases);
    await transfer.readFile(huge);
    toldApart(said(transfer), "too-large");
    const many = await taken(joined(`${WHOLE.first}\n`, bytesOfText("x\n".repeat(LIMITS.records + 3))));
    toldApart(said(many), "too-many");
    expect(await now()).toEqual(before);
  });
});

describe("a file that is whole", () => {
  it.each([
    ["an encrypted one", () => WHOLE.file],
    ["plain JSON", () => bytesOfText(plain())],
    ["a CSV", () => bytesOfText("label,tumour\nA,NEC\n")],
  ])("is looked at without a change, and says nothing of damage: %s", async (_what, make) => {
    const transfer = await taken(make());
    expect(said(transfer)).toBe("");
    expect(transfer).toMatchObject({ whole: true, ready: true });
    expect(await now()).toEqual(before);
  });

  it("is taken in: a change would have been seen above", async () => {
    const transfer = await taken(WHOLE.file);
    await transfer.apply();
    expect(transfer.stage.kind).toBe("done");
    expect(await now()).not.toEqual(before);
  });
});
