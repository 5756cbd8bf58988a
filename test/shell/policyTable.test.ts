import { describe, expect, it, vi } from "vitest";
import type { Policy, PolicyInForce, Result, ShellEndpointName } from "../../src-main/api/contract.ts";
import { STRICTEST, UNRESTRICTED, shellRequestSchemas } from "../../src-main/api/contract.ts";
import type { ShellHandlers } from "../../src-main/api/shellEndpoints.ts";
import { mayPrint, underPolicy } from "../../src-main/shell/policyTable.ts";
import { emptyContent } from "../../src-renderer/cases/content.ts";
import { exportCases } from "../../src-renderer/cases/files/sealedFile.ts";
import { sealedFile } from "../support/sealedFile.ts";

const ENDPOINTS = Object.keys(shellRequestSchemas) as ShellEndpointName[];
const SEALED = sealedFile();
const NAME = "cases-2026-01-01T00-00-00-000Z.hgnencases";

const requests: Record<ShellEndpointName, () => unknown> = {
  saveFile: () => ({ name: "Synthetic.csv", bytes: new Uint8Array([1]) }),
  savePdf: () => ({ name: "Synthetic.pdf" }),
  openProjector: () => ({}),
  keychain: () => ({}),
  wrapKey: () => ({ key: new Uint8Array(32).fill(7) }),
  unwrapKey: () => ({ wrapped: new Uint8Array([1]) }),
  writeBackup: () => ({ bytes: SEALED, kind: "rotating" }),
  listBackups: () => ({}),
  readBackup: () => ({ name: NAME }),
  deleteBackups: () => ({ names: [NAME] }),
  nextEvent: () => ({}),
  chooseFile: () => ({}),
  openLink: () => ({ link: "article" }),
  policy: () => ({}),
  diagnostics: () => ({}),
  note: () => ({ code: "store-lost" }),
};

function under(policy: Partial<Policy>) {
  const handlers = Object.fromEntries(
    ENDPOINTS.map((name) => [name, vi.fn(() => Promise.resolve({ ok: true, value: name }))]),
  );
  const inForce: PolicyInForce = { policy: { ...UNRESTRICTED, ...policy }, files: ["/a"], problems: [] };
  const table = underPolicy(handlers as unknown as ShellHandlers, inForce);
  const ask = (name: ShellEndpointName, request = requests[name]()): Promise<Result<unknown>> =>
    (table[name] as (request: unknown) => Promise<Result<unknown>>)(request);
  return { ask, handlers, inForce };
}

const STORED: ShellEndpointName[] = ["writeBackup", "listBackups", "readBackup", "deleteBackups"];
const KEYS: ShellEndpointName[] = ["wrapKey", "unwrapKey"];

const table: [title: string, policy: Partial<Policy>, forbidden: ShellEndpointName[]][] = [
  ["nothing", {}, []],
  ["no storage", { storage: false }, [...STORED, ...KEYS]],
  ["encrypted exports", { exports: "encrypted" }, ["saveFile", "savePdf"]],
  ["no exports", { exports: "none" }, ["saveFile", "savePdf"]],
  ["no keychain", { keychain: false }, KEYS],
  ["no links", { links: false }, ["openLink"]],
  ["an early lock", { lockAfterMinutes: 1 }, []],
  [
    "no storage and no exports",
    { storage: false, exports: "none" },
    [...STORED, ...KEYS, "saveFile", "savePdf"],
  ],
  ["everything", STRICTEST, [...STORED, ...KEYS, "saveFile", "savePdf", "openLink"]],
];

describe.each(table)("a policy that forbids %s", (_title, policy, forbidden) => {
  it.each(ENDPOINTS)("%s", async (name) => {
    const { ask, handlers, inForce } = under(policy);
    const answer = await ask(name);
    if (forbidden.includes(name)) {
      expect(answer).toMatchObject({ ok: false, code: "forbidden" });
      // Nothing is asked, opened or written before.
      expect(handlers[name]).not.toHaveBeenCalled();
    } else if (name === "policy") {
      expect(answer).toEqual({ ok: true, value: inForce });
    } else if (name === "keychain" && (policy.keychain === false || policy.storage === false)) {
      expect(answer).toEqual({ ok: true, value: { available: false, reason: "policy" } });
      expect(handlers[name]).not.toHaveBeenCalled();
    } else {
      expect(answer).toEqual({ ok: true, value: name });
      expect(handlers[name]).toHaveBeenCalledOnce();
    }
  });
});

describe("a key that is not sealed", () => {
  it("is wiped", async () => {
    const { ask } = under({ keychain: false });
    const key = new Uint8Array(32).fill(7);
    await ask("wrapKey", { key });
    expect([...key].every((byte) => byte === 0)).toBe(true);
  });
});

describe("where only encrypted files are exported", () => {
  const saves = async (name: string, bytes: Uint8Array, exports: Policy["exports"] = "encrypted") =>
    (await under({ exports }).ask("saveFile", { name, bytes })).ok;

  it("an encrypted file of cases is, whatever its ending's capitals", async () => {
    const times = { revision: 1, changedAt: 0, deletedAt: 0 };
    const cases = [{ id: crypto.randomUUID(), content: emptyContent(0), ...times }];
    const about = { made: 0, appVersion: "0.0.0" };
    const bytes = await exportCases(cases, "a synthetic passphrase", about);
    expect(await saves("Cases.hgnencases", bytes)).toBe(true);
    expect(await saves("Cases.HGNENCASES", bytes)).toBe(true);
    expect(await saves("Cases.hgnencases", bytes, "none")).toBe(false);
  });

  it.each([
    ["another ending", "Cases.json", SEALED],
    ["two endings", "Cases.hgnencases.csv", SEALED],
    ["a board", "Board.nenboard", SEALED],
    ["text by that name", "Cases.hgnencases", new TextEncoder().encode("label;age\nA;67")],
    [
      "plain cases",
      "Cases.hgnencases",
      new TextEncoder().encode('{"format":"hg-nen-cases-plain","version":1}'),
    ],
    ["a mark in front", "Cases.hgnencases", new Uint8Array([0xef, 0xbb, 0xbf, ...SEALED])],
    ["nothing", "Cases.hgnencases", new Uint8Array()],
    ["half a beginning", "Cases.hgnencases", SEALED.subarray(0, 10)],
    ["a beginning", "Cases.hgnencases", SEALED.subarray(0, 40)],
    [
      "text behind a beginning",
      "Cases.hgnencases",
      sealedFile({ records: ['{"label":"Synthetic","ageYears":67}'] }),
    ],
  ])("%s is not", async (_title, name, bytes) => {
    expect(await saves(name, bytes)).toBe(false);
    expect(await saves(name, bytes, "all")).toBe(true);
  });

  it("a part of a larger memory is judged by itself", async () => {
    const memory = new Uint8Array([1, 2, 3, ...SEALED]);
    expect(await saves("Cases.hgnencases", memory.subarray(3))).toBe(true);
    expect(await saves("Cases.hgnencases", memory)).toBe(false);
  });
});

describe("printing", () => {
  it("is saving a file by other means", () => {
    expect(
      (["all", "encrypted", "none"] as const).map((exports) => mayPrint({ ...UNRESTRICTED, exports })),
    ).toEqual([true, false, false]);
  });
});
