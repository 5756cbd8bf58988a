import { meant } from "./passphrase.ts";
import type { Bytes, RecordFacts } from "./record.ts";

/**
 * Encryption at rest, by WebCrypto alone: AES-256-GCM under a random data key, and the data key wrapped by a key that is
 * derived from a passphrase (PBKDF2-HMAC-SHA-256).
 *
 * SECURITY: PBKDF2 rather than Argon2id, because Argon2id would need WebAssembly and so a looser content security
 * policy; 600,000 rounds is OWASP's figure for it (Password Storage Cheat Sheet, 2023 and since).
 */
export const ITERATIONS = 600_000;
/** A file can name its own cost; one beyond this is not ours, and would only keep the computer busy. */
export const MOST_ITERATIONS = 20_000_000;
const KDF = "PBKDF2-HMAC-SHA-256";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const SALT_BYTES = 16;

/** A sealed text: a fresh IV, and the ciphertext with its tag. */
export interface Sealed {
  iv: Bytes;
  data: Bytes;
}

/** A data key under a passphrase. */
export interface WrappedKey extends Sealed {
  kdf: typeof KDF;
  iterations: number;
  salt: Bytes;
}

/** The passphrase, the key or the bytes are not the right ones; which of them, no cipher can tell. */
export class NotOpened extends Error {
  constructor(what: string) {
    super(`${what} does not open`);
    this.name = "NotOpened";
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** A new data key, as bytes: to be wrapped, imported, and wiped. */
export const newKey = (): Bytes => randomBytes(KEY_BYTES);

/** SECURITY: what is imported cannot be read out again by any script. */
export async function importKey(bytes: Bytes): Promise<CryptoKey> {
  if (bytes.length !== KEY_BYTES) throw new NotOpened("a key of another length");
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Overwrites a key's bytes; copies that the engine may have made are out of reach. */
export const wipe = (bytes: Bytes): void => void bytes.fill(0);

/** Encrypts a text. `bound` is not hidden, but belongs to it: another one does not open it. */
export async function seal(key: CryptoKey, text: string, bound: string): Promise<Sealed> {
  const iv = randomBytes(IV_BYTES);
  const data = await crypto.subtle.encrypt(gcm(iv, bound), key, encoder.encode(text));
  return { iv, data: new Uint8Array(data) };
}

/** @throws NotOpened where key, bytes or `bound` are not what they were */
export async function open(key: CryptoKey, { iv, data }: Sealed, bound: string): Promise<string> {
  try {
    return decoder.decode(await crypto.subtle.decrypt(gcm(iv, bound), key, data));
  } catch {
    throw new NotOpened("the data");
  }
}

/**
 * Wraps a data key under a passphrase.
 *
 * @param bound what the key belongs to: a store's or a file's id
 */
export async function wrapUnder(
  passphrase: string,
  key: Bytes,
  bound: string,
  iterations = ITERATIONS,
): Promise<WrappedKey> {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(IV_BYTES);
  const wrapping = await derive(passphrase, salt, iterations);
  const data = await crypto.subtle.encrypt(gcm(iv, bound), wrapping, key);
  return { kdf: KDF, iterations, salt, iv, data: new Uint8Array(data) };
}

/** @throws NotOpened where it is another passphrase, or the bytes are damaged */
export async function unwrapWith(passphrase: string, wrapped: WrappedKey, bound: string): Promise<Bytes> {
  const { kdf, iterations, salt, iv, data } = wrapped;
  if ((kdf as string) !== KDF) throw new NotOpened("a key of another kind");
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MOST_ITERATIONS) {
    throw new NotOpened("a key that asks for another cost");
  }
  const wrapping = await derive(passphrase, salt, iterations);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(iv, bound), wrapping, data));
  } catch {
    throw new NotOpened("the key");
  }
}

/** The clear part of a record, in one order: what its payload is bound to. */
export const boundTo = (store: string, { id, revision, changedAt, deletedAt, schema }: RecordFacts): string =>
  ["hg-nen case", store, id, revision, changedAt, deletedAt, schema].join("\n");

const gcm = (iv: Bytes, bound: string): AesGcmParams => ({
  name: "AES-GCM",
  iv,
  additionalData: encoder.encode(bound),
  tagLength: 128,
});

/**
 * The same passphrase is the same on every keyboard: NFKC, without spaces at its ends, and one that we suggested as it
 * was meant. Done here, where no caller can forget it: a key that was wrapped without it would never open again.
 */
export const normal = (passphrase: string): string => meant(passphrase.normalize("NFKC").trim());

async function derive(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", encoder.encode(normal(passphrase)), "PBKDF2", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    { name: "AES-GCM", length: 8 * KEY_BYTES },
    false,
    ["encrypt", "decrypt"],
  );
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 as 64 hexadecimal digits. */
export async function sha256(bytes: Bytes | string): Promise<string> {
  const data = typeof bytes === "string" ? encoder.encode(bytes) : bytes;
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data)));
}
