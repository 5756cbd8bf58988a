import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** As Chromium marks what a Linux keychain's key has sealed, and what the password in its source has. */
const MARKS = { keychain: "v11", everybody: "v10" } as const;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const EVERYBODYS_KEY = Buffer.alloc(32, "peanuts");

const keyFile = (profile: string): string => path.join(profile, "stand-in-keychain.key");

/** The keychain's key; made when it is first used. */
function keychainsKey(profile: string): Buffer {
  const file = keyFile(profile);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32));
  return readFileSync(file);
}

export function forgetKey(profile: string): void {
  rmSync(keyFile(profile), { force: true });
}

/** With the keychain's key, or with everybody's where the keychain does not answer. */
export function seal(profile: string, text: string, answers: boolean): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", answers ? keychainsKey(profile) : EVERYBODYS_KEY, iv);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  const mark = answers ? MARKS.keychain : MARKS.everybody;
  return Buffer.concat([Buffer.from(mark), iv, cipher.getAuthTag(), sealed]);
}

/** @throws where no key opens it, in Electron's words */
export function openSealed(profile: string, sealed: Buffer, answers: boolean): string {
  const from = MARKS.keychain.length;
  const mark = sealed.subarray(0, from).toString();
  const key = { [MARKS.everybody]: EVERYBODYS_KEY, [MARKS.keychain]: answers && keychainsKey(profile) }[mark];
  try {
    if (!key) throw new Error(`no key for ${mark}`);
    const tagFrom = from + IV_BYTES;
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(from, tagFrom));
    decipher.setAuthTag(sealed.subarray(tagFrom, tagFrom + TAG_BYTES));
    return decipher.update(sealed.subarray(tagFrom + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new Error("Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.", {
      cause,
    });
  }
}
