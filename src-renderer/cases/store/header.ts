import type { Sealed, WrappedKey } from "./crypto.ts";
import { hex, importKey, open, seal, sha256, unwrapWith, wipe, wrapUnder } from "./crypto.ts";
import type { Bytes } from "./record.ts";

/** What opens a store: nothing in it is secret, and without it nothing opens. */
export interface StoreHeader {
  format: 1;
  /** random; a UUID. Keys and records are bound to it */
  store: string;
  created: number;
  passphrase: WrappedKey;
  /** the data key as the operating system's keychain wrapped it; null: there is none */
  keychain: Bytes | null;
  /** a known text under the data key: a wrong key is known before a record is tried */
  check: Sealed;
  /** opened by the passphrase only, until that is done once: locked by the user, or by time */
  locked: boolean;
}

/** The header as it is stored, twice, with the sum that tells a damaged one from a wrong passphrase. */
export interface StoredHeader {
  header: StoreHeader;
  sha256: string;
}

const CHECK = "the key opens this store";
const boundCheck = (store: string): string => `hg-nen check\n${store}`;
const boundKey = (store: string): string => `hg-nen key\n${store}`;

/** A new header around a data key. */
export async function makeHeader(
  key: Bytes,
  passphrase: string,
  { store, created, iterations }: { store: string; created: number; iterations?: number },
): Promise<StoreHeader> {
  const usable = await importKey(key);
  return {
    format: 1,
    store,
    created,
    passphrase: await wrapUnder(passphrase, key, boundKey(store), iterations),
    keychain: null,
    check: await seal(usable, CHECK, boundCheck(store)),
    locked: false,
  };
}

/** The data key of a header, as bytes. @throws NotOpened */
export const keyByPassphrase = (header: StoreHeader, passphrase: string): Promise<Bytes> =>
  unwrapWith(passphrase, header.passphrase, boundKey(header.store));

/** The same data key under another passphrase. */
export async function withPassphrase(
  header: StoreHeader,
  key: Bytes,
  passphrase: string,
  iterations?: number,
): Promise<StoreHeader> {
  return { ...header, passphrase: await wrapUnder(passphrase, key, boundKey(header.store), iterations) };
}

/** Imports a data key once it is proven to be this store's, and wipes its bytes. @throws NotOpened */
export async function provenKey(header: StoreHeader, key: Bytes): Promise<CryptoKey> {
  try {
    const usable = await importKey(key);
    await open(usable, header.check, boundCheck(header.store));
    return usable;
  } finally {
    wipe(key);
  }
}

/** With the sum over all of it. */
export async function sum(header: StoreHeader): Promise<StoredHeader> {
  return { header, sha256: await sha256(inOneOrder(header)) };
}

/** Whether a stored header is whole. Never throws: what is read from a disk may be anything. */
export async function isWhole(stored: unknown): Promise<boolean> {
  try {
    const { header, sha256: expected } = stored as StoredHeader;
    return (header.format as number) >= 1 && (await sha256(inOneOrder(header))) === expected;
  } catch {
    return false;
  }
}

/** Every value, bytes as hexadecimal digits. */
function inOneOrder(header: StoreHeader): string {
  const { format, store, created, passphrase, keychain, check, locked } = header;
  const { kdf, iterations, salt, iv, data } = passphrase;
  const key = [kdf, iterations, hex(salt), hex(iv), hex(data)];
  return JSON.stringify([
    format,
    store,
    created,
    key,
    keychain && hex(keychain),
    [hex(check.iv), hex(check.data)],
    locked,
  ]);
}
