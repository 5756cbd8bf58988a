import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ShellEndpointName } from "../../src-main/api/contract.ts";
import type { ShellHandlers } from "../../src-main/api/shellEndpoints.ts";
import { dispatchShell } from "../../src-main/api/shellEndpoints.ts";

/** What a page gone wrong may ask of keychain and backups: refused before anything is done. */
const handler = vi.fn(() => Promise.resolve({ ok: true, value: null }));
const handlers = new Proxy({}, { get: () => handler }) as ShellHandlers;
const NAME = "cases-2026-11-21T15-40-12-123Z.hgnencases";
const MB = 1024 * 1024;
/** Has a length, and no memory behind it that counts. */
const ofLength = (length: number): Uint8Array =>
  Object.defineProperty(new Uint8Array(), "length", { value: length });

beforeEach(() => void handler.mockClear());

describe("a request to keychain and backups", () => {
  it.each<[ShellEndpointName, object]>([
    ["keychain", {}],
    ["wrapKey", { key: new Uint8Array(32) }],
    ["unwrapKey", { wrapped: new Uint8Array(1) }],
    ["unwrapKey", { wrapped: new Uint8Array(64 * 1024) }],
    ["writeBackup", { bytes: new Uint8Array(1), kind: "rotating" }],
    ["writeBackup", { bytes: ofLength(256 * MB), kind: "set-aside" }],
    ["listBackups", {}],
    ["readBackup", { name: NAME }],
    ["readBackup", { name: `set-aside-${NAME.slice(6)}` }],
    ["deleteBackups", { names: [] }],
    ["deleteBackups", { names: [NAME, NAME] }],
    ["nextEvent", {}],
    ["note", { code: "store-lost" }],
  ])("%s goes through: %#", async (endpoint, request) => {
    expect(await dispatchShell(handlers, endpoint, request)).toEqual({ ok: true, value: null });
    expect(handler).toHaveBeenCalledExactlyOnceWith(request);
  });

  it.each<[ShellEndpointName, object, string]>([
    ["keychain", { setUsePlainTextEncryption: true }, "setUsePlainTextEncryption"],
    ["wrapKey", {}, "key"],
    ["wrapKey", { key: "a".repeat(32) }, "key"],
    ["wrapKey", { key: Array.from({ length: 32 }, () => 0) }, "key"],
    ["wrapKey", { key: new Uint16Array(32) }, "key"],
    ["wrapKey", { key: new Uint8Array(31) }, "key"],
    ["wrapKey", { key: new Uint8Array(33) }, "key"],
    ["unwrapKey", { wrapped: new Uint8Array() }, "wrapped"],
    ["unwrapKey", { wrapped: new Uint8Array(64 * 1024 + 1) }, "wrapped"],
    ["writeBackup", { bytes: new Uint8Array(1) }, "kind"],
    ["writeBackup", { bytes: new Uint8Array(1), kind: "../rotating" }, "kind"],
    ["writeBackup", { bytes: "text", kind: "rotating" }, "bytes"],
    ["writeBackup", { bytes: ofLength(256 * MB + 1), kind: "rotating" }, "bytes"],
    ["writeBackup", { bytes: new Uint8Array(1), kind: "rotating", name: NAME }, "name"],
    ["listBackups", { folder: "/" }, "folder"],
    ["nextEvent", { reason: "suspend" }, "reason"],
    ["readBackup", {}, "name"],
    ["readBackup", { name: `../${NAME}` }, "name"],
    ["readBackup", { name: `..\\${NAME}` }, "name"],
    ["readBackup", { name: `/tmp/${NAME}` }, "name"],
    ["readBackup", { name: `${NAME}/../../x` }, "name"],
    ["readBackup", { name: `${NAME}\0.txt` }, "name"],
    ["readBackup", { name: `${NAME}\n` }, "name"],
    ["readBackup", { name: `${NAME}:stream` }, "name"],
    ["readBackup", { name: ".." }, "name"],
    ["readBackup", { name: "Local State" }, "name"],
    ["readBackup", { name: [NAME] }, "name"],
    ["deleteBackups", { names: NAME }, "names"],
    ["deleteBackups", { names: [NAME, `x/${NAME}`] }, "names.1"],
    ["deleteBackups", { names: Array.from({ length: 10_001 }, () => NAME) }, "names"],
  ])("%s is refused: %#", async (endpoint, request, field) => {
    expect(await dispatchShell(handlers, endpoint, request)).toMatchObject({
      ok: false,
      code: "invalid-request",
      field,
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it("that has a key of the wrong length is refused without telling the key", async () => {
    const answer = await dispatchShell(handlers, "wrapKey", { key: new Uint8Array(31).fill(7) });
    expect(answer).toEqual({
      ok: false,
      code: "invalid-request",
      field: "key",
      value: "31",
      message: "Invalid length: Expected 32 but received 31",
    });
  });
});
