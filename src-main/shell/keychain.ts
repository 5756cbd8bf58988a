import type { SafeStorage } from "electron";
import type { Failure, Result } from "../api/contract.ts";
import type { ShellHandlers } from "../api/shellEndpoints.ts";

export interface KeychainMeans {
  safeStorage: Pick<
    SafeStorage,
    "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync" | "getSelectedStorageBackend"
  >;
  platform?: NodeJS.Platform;
}

/** What Electron names where a Linux has no keychain: a password that stands in Chromium's source, or nothing. */
const NO_BACKENDS: readonly string[] = ["basic_text", "unknown"];
/** How Chromium marks what it has sealed with that password. On other systems the same mark is the keychain's own. */
const FIXED_PASSWORD = Buffer.from("v10");
const PROBE = "probe";

/** A key of 32 bytes as the text that the keychain holds: safeStorage takes text only. */
const KEY_TEXT = /^[A-Za-z0-9+/]{43}=$/;

/** The system's keychain, as far as it can be had: it seals a key for this user of this computer. */
export function createKeychain({
  safeStorage,
  platform = process.platform,
}: KeychainMeans): Pick<ShellHandlers, "keychain" | "wrapKey" | "unwrapKey"> {
  /**
   * SECURITY: the sealed bytes are the authority. Electron names a Linux keychain after the desktop, and seals with
   * Chromium's fixed password, without a word, when that keychain does not answer.
   */
  const isProtected = (sealed: Buffer): boolean =>
    platform !== "linux" || !sealed.subarray(0, FIXED_PASSWORD.length).equals(FIXED_PASSWORD);

  /** @throws where the keychain refuses, or only pretends */
  async function seal(text: string): Promise<Uint8Array<ArrayBuffer>> {
    const sealed = await safeStorage.encryptStringAsync(text);
    if (!isProtected(sealed)) throw new Error("the keychain does not answer");
    // SECURITY: a copy, because a buffer may be a part of memory that it shares with others, and cloning takes it all.
    return new Uint8Array(sealed);
  }

  async function isAvailable(): Promise<boolean> {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
      if (platform !== "linux") return true;
      if (NO_BACKENDS.includes(safeStorage.getSelectedStorageBackend())) return false;
      await seal(PROBE);
      return true;
    } catch {
      return false;
    }
  }

  return {
    async keychain() {
      const available = await isAvailable();
      return { ok: true, value: { available, reason: available ? null : "no-keychain" } };
    },

    wrapKey: ({ key }) =>
      orFailed(async () => {
        try {
          if (!(await isAvailable())) throw new Error("there is no keychain");
          return { wrapped: await seal(base64Of(key)) };
        } finally {
          // SECURITY: the request's own copy of the key; its text, as safeStorage wants it, cannot be wiped.
          key.fill(0);
        }
      }),

    unwrapKey: ({ wrapped }) =>
      orFailed(async () => {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
        // SECURITY: what the keychain holds is not told, not even in an error, unless it is a key.
        if (!KEY_TEXT.test(result)) throw new Error("the keychain holds no key of ours");
        return {
          key: bytesOf(result),
          // The key opens the store whether or not it could be sealed anew; then that is tried again next time.
          rewrapped: shouldReEncrypt ? await seal(result).catch(() => null) : null,
        };
      }),
  };
}

/** Of the bytes where they lie: a copy would have to be wiped. */
const base64Of = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const decoded = Buffer.from(base64, "base64");
  const bytes = new Uint8Array(decoded);
  // SECURITY: a decoded buffer is a part of memory that later ones share.
  decoded.fill(0);
  return bytes;
}

async function orFailed<T>(task: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, code: "keychain-failed", message } satisfies Failure;
  }
}
