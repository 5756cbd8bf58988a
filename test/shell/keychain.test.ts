import { describe, expect, it, vi } from "vitest";
import type { KeychainMeans } from "../../src-main/shell/keychain.ts";
import { createKeychain } from "../../src-main/shell/keychain.ts";

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 255 - i);
const KEY_TEXT = Buffer.from(KEY).toString("base64");

/** What a keychain seals is what was given, after its mark. */
function keychain(own: Partial<KeychainMeans["safeStorage"]> = {}, platform: NodeJS.Platform = "linux") {
  const safeStorage = {
    isAsyncEncryptionAvailable: vi.fn(() => Promise.resolve(true)),
    getSelectedStorageBackend: vi.fn(() => "gnome_libsecret" as const),
    encryptStringAsync: vi.fn((text: string) => Promise.resolve(Buffer.from(`v11${text}`))),
    decryptStringAsync: vi.fn((sealed: Buffer) =>
      Promise.resolve({ result: sealed.subarray(3).toString(), shouldReEncrypt: false }),
    ),
    ...own,
  };
  return { ...createKeychain({ safeStorage, platform }), safeStorage };
}

const fixedPassword = (text: string) => Promise.resolve(Buffer.from(`v10${text}`));
const rejects = () => Promise.reject(new Error("the wallet is closed"));

describe("a keychain", () => {
  it("is there when it answers", async () => {
    expect(await keychain().keychain({})).toEqual({ ok: true, value: { available: true, reason: null } });
  });

  it.each([
    ["is not available", { isAsyncEncryptionAvailable: () => Promise.resolve(false) }],
    ["fails when it is asked", { isAsyncEncryptionAvailable: rejects }],
    ["is a password in Chromium's source", { getSelectedStorageBackend: () => "basic_text" as const }],
    ["is not known", { getSelectedStorageBackend: () => "unknown" as const }],
    ["is named, but seals with that password", { encryptStringAsync: fixedPassword }],
    ["is named, but seals nothing", { encryptStringAsync: rejects }],
  ])("is not there when it %s: nothing is sealed", async (_case, own) => {
    const { keychain: ask, wrapKey } = keychain(own);
    expect(await ask({})).toEqual({ ok: true, value: { available: false, reason: "no-keychain" } });
    expect(await wrapKey({ key: KEY.slice() })).toEqual({
      ok: false,
      code: "keychain-failed",
      message: "there is no keychain",
    });
  });

  it.each(["win32", "darwin"] as const)(
    "of %s has the mark that elsewhere is that password's, and is asked for no name",
    async (platform) => {
      const getSelectedStorageBackend = () => expect.unreachable("only Linux has it");
      const { keychain: ask, wrapKey } = keychain(
        { encryptStringAsync: fixedPassword, getSelectedStorageBackend },
        platform,
      );
      expect(await ask({})).toMatchObject({ value: { available: true } });
      expect(await wrapKey({ key: KEY.slice() })).toMatchObject({ ok: true });
    },
  );
});

describe("a key", () => {
  it("is sealed as text, and comes back as it was", async () => {
    const { wrapKey, unwrapKey, safeStorage } = keychain();
    const wrapped = await wrapKey({ key: KEY.slice() });
    expect(safeStorage.encryptStringAsync).toHaveBeenLastCalledWith(KEY_TEXT);
    expect(wrapped).toEqual({
      ok: true,
      value: { wrapped: new Uint8Array(Buffer.from(`v11${KEY_TEXT}`)) },
    });
    if (!wrapped.ok) return;
    expect(await unwrapKey(wrapped.value)).toEqual({ ok: true, value: { key: KEY, rewrapped: null } });
  });

  it("lies alone in its memory: what is cloned to the page is the key and no more", async () => {
    const { wrapKey, unwrapKey } = keychain();
    const wrapped = await wrapKey({ key: KEY.slice() });
    if (!wrapped.ok) return expect.unreachable();
    expect(wrapped.value.wrapped.buffer.byteLength).toBe(wrapped.value.wrapped.length);
    const unwrapped = await unwrapKey(wrapped.value);
    if (!unwrapped.ok) return expect.unreachable();
    expect(unwrapped.value.key.buffer.byteLength).toBe(32);
  });

  it.each([
    ["sealed", {}],
    ["refused", { encryptStringAsync: rejects }],
  ])("is wiped from the request when it is %s", async (_case, own) => {
    const memory = new Uint8Array(34).fill(7);
    await keychain(own).wrapKey({ key: memory.subarray(1, 33) });
    expect([...memory]).toEqual([7, ...Array.from({ length: 32 }, () => 0), 7]);
  });

  it("is not sealed with the fixed password when the keychain goes silent after it was asked", async () => {
    const answers = [Buffer.from("v11probe"), Buffer.from(`v10${KEY_TEXT}`)];
    const { wrapKey } = keychain({ encryptStringAsync: () => Promise.resolve(answers.shift()!) });
    expect(await wrapKey({ key: KEY.slice() })).toMatchObject({ ok: false, code: "keychain-failed" });
    expect(answers).toEqual([]);
  });

  it("that the keychain does not give back is an error value with the keychain's words", async () => {
    const { unwrapKey } = keychain({ decryptStringAsync: rejects });
    expect(await unwrapKey({ wrapped: new Uint8Array([1]) })).toEqual({
      ok: false,
      code: "keychain-failed",
      message: "the wallet is closed",
    });
  });

  it.each([
    ["nothing", ""],
    ["another program's secret", "hunter2"],
    ["31 bytes", Buffer.alloc(31, 1).toString("base64")],
    ["33 bytes", Buffer.alloc(33, 1).toString("base64")],
    ["hexadecimal digits", Buffer.from(KEY).toString("hex")],
    ["more than a key", `${KEY_TEXT}\n`],
  ])("is no key when the keychain holds %s, and is not told", async (_case, result) => {
    const { unwrapKey } = keychain({
      decryptStringAsync: () => Promise.resolve({ result, shouldReEncrypt: false }),
    });
    expect(await unwrapKey({ wrapped: new Uint8Array([1]) })).toEqual({
      ok: false,
      code: "keychain-failed",
      message: "the keychain holds no key of ours",
    });
  });

  const stale = () => Promise.resolve({ result: KEY_TEXT, shouldReEncrypt: true });

  it("is sealed anew when the keychain asks for it", async () => {
    const { unwrapKey } = keychain({ decryptStringAsync: stale });
    expect(await unwrapKey({ wrapped: new Uint8Array([1]) })).toEqual({
      ok: true,
      value: { key: KEY, rewrapped: new Uint8Array(Buffer.from(`v11${KEY_TEXT}`)) },
    });
  });

  it.each([
    ["refuses", rejects],
    ["has only the fixed password", fixedPassword],
  ])("opens the store even when the keychain %s to seal it anew", async (_case, encryptStringAsync) => {
    const { unwrapKey } = keychain({ decryptStringAsync: stale, encryptStringAsync });
    expect(await unwrapKey({ wrapped: new Uint8Array([1]) })).toEqual({
      ok: true,
      value: { key: KEY, rewrapped: null },
    });
  });
});
