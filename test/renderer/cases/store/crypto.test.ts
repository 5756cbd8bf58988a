// @vitest-environment node
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { WrappedKey } from "../../../../src-renderer/cases/store/crypto.ts";
import {
  boundTo,
  importKey,
  ITERATIONS,
  newKey,
  NotOpened,
  open,
  randomBytes,
  seal,
  sha256,
  unwrapWith,
  wipe,
  wrapUnder,
} from "../../../../src-renderer/cases/store/crypto.ts";
import type { StoreHeader } from "../../../../src-renderer/cases/store/header.ts";
import {
  isWhole,
  keyByPassphrase,
  makeHeader,
  provenKey,
  sum,
  withPassphrase,
} from "../../../../src-renderer/cases/store/header.ts";
import { meant, SHORTEST, suggestPassphrase } from "../../../../src-renderer/cases/store/passphrase.ts";
import { anyText, CASES_SEED, FEW, flipped, idOf, T0 } from "../../../support/cases.ts";

vi.setConfig({ testTimeout: 60_000 });

const STORE = idOf(1);
const PASSPHRASE = "a synthetic passphrase";
const TAG = 16;

describe("a sealed text", () => {
  it("opens to what it was, whatever is in it", async () => {
    const key = await importKey(newKey());
    await fc.assert(
      fc.asyncProperty(anyText(), anyText(), async (text, bound) => {
        expect(await open(key, await seal(key, text, bound), bound)).toBe(text);
      }),
      { seed: CASES_SEED, numRuns: 100, examples: [["\uFEFFa byte order mark", ""]] },
    );
  });

  it("does not open with any bit of IV, ciphertext, tag or bound text the other way", async () => {
    const key = await importKey(newKey());
    const bound = "bound";
    const sealed = await seal(key, "synthetic", bound);
    const attempts = [
      ...Array.from({ length: 8 * sealed.iv.length }, (_, bit) => ({
        sealed: { ...sealed, iv: flipped(sealed.iv, bit) },
        bound,
      })),
      ...Array.from({ length: 8 * sealed.data.length }, (_, bit) => ({
        sealed: { ...sealed, data: flipped(sealed.data, bit) },
        bound,
      })),
      ...Array.from({ length: 16 * bound.length }, (_, bit) => ({ sealed, bound: flipped(bound, bit) })),
      ...Array.from({ length: sealed.data.length }, (_, length) => ({
        sealed: { ...sealed, data: sealed.data.slice(0, length) },
        bound,
      })),
    ];
    for (const attempt of attempts) {
      await expect(open(key, attempt.sealed, attempt.bound)).rejects.toThrow(NotOpened);
    }
    await expect(open(await importKey(newKey()), sealed, bound)).rejects.toThrow(NotOpened);
    expect(await open(key, sealed, bound)).toBe("synthetic");
  });

  it("has another IV each time, also for the same text", async () => {
    const key = await importKey(newKey());
    const sealed = await Promise.all(Array.from({ length: 5000 }, () => seal(key, "the same", "")));
    expect(new Set(sealed.map(({ iv }) => Buffer.from(iv).toString("hex"))).size).toBe(5000);
    expect(new Set(sealed.map(({ data }) => Buffer.from(data).toString("hex"))).size).toBe(5000);
    for (const { iv, data } of sealed.slice(0, 5)) {
      expect([iv.length, data.length]).toEqual([12, "the same".length + TAG]);
    }
  });

  it("is AES-256-GCM as another implementation knows it, in both directions", async () => {
    const bytes = newKey();
    const key = await importKey(bytes);
    const { iv, data } = await seal(key, "synthetic \u00b5", "bound \u00b5");
    const decipher = createDecipheriv("aes-256-gcm", bytes, iv).setAAD(Buffer.from("bound \u00b5"));
    decipher.setAuthTag(data.slice(-TAG));
    const text = Buffer.concat([decipher.update(data.slice(0, -TAG)), decipher.final()]);
    expect(text.toString("utf8")).toBe("synthetic \u00b5");

    const theirs = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", bytes, theirs).setAAD(Buffer.from("bound"));
    const written = Buffer.concat([cipher.update("from elsewhere"), cipher.final(), cipher.getAuthTag()]);
    expect(await open(key, { iv: theirs, data: new Uint8Array(written) }, "bound")).toBe("from elsewhere");
  });

  it("is bound to every fact of its record, and no two records have the same bound text", () => {
    const facts = { id: idOf(7), revision: 3, changedAt: T0, deletedAt: 0, schema: 1 };
    const others = [
      { ...facts, id: idOf(8) },
      { ...facts, revision: 4 },
      { ...facts, changedAt: T0 + 1 },
      { ...facts, deletedAt: 1 },
      { ...facts, schema: 2 },
      { ...facts, revision: 0, deletedAt: 3 },
    ].map((other) => boundTo(STORE, other));
    expect(new Set([boundTo(STORE, facts), boundTo(idOf(2), facts), ...others]).size).toBe(8);
  });

  it("needs a key of 256 bits that no script can read out", async () => {
    await expect(importKey(randomBytes(16))).rejects.toThrow(NotOpened);
    const key = await importKey(newKey());
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
    const bytes = newKey();
    expect(bytes.some((byte) => byte !== 0)).toBe(true);
    wipe(bytes);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it("sums as SHA-256 of another implementation", async () => {
    for (const text of ["", "synthetic \u00b5"]) {
      const expected = createHash("sha256").update(text).digest("hex");
      expect(await sha256(text)).toBe(expected);
      expect(await sha256(new TextEncoder().encode(text))).toBe(expected);
    }
  });
});

describe("a key under a passphrase", () => {
  it("opens with the passphrase for what it belongs to, and with nothing else", async () => {
    const key = newKey();
    const wrapped = await wrapUnder(PASSPHRASE, key, "bound", FEW);
    expect(await unwrapWith(PASSPHRASE, wrapped, "bound")).toEqual(key);
    for (const passphrase of ["", "a synthetic passphras", "A synthetic passphrase", `${PASSPHRASE}.`]) {
      await expect(unwrapWith(passphrase, wrapped, "bound")).rejects.toThrow(NotOpened);
    }
    await expect(unwrapWith(PASSPHRASE, wrapped, "other")).rejects.toThrow(NotOpened);
  });

  it("does not open with any bit of it the other way", async () => {
    const wrapped = await wrapUnder(PASSPHRASE, newKey(), "bound", FEW);
    for (const field of ["salt", "iv", "data"] as const) {
      for (let bit = 0; bit < 8 * wrapped[field].length; bit++) {
        const changed: WrappedKey = { ...wrapped, [field]: flipped(wrapped[field], bit) };
        await expect(unwrapWith(PASSPHRASE, changed, "bound"), `${field} ${bit}`).rejects.toThrow(NotOpened);
      }
    }
    for (let bit = 0; bit < 16 * wrapped.kdf.length; bit++) {
      const changed = { ...wrapped, kdf: flipped<string>(wrapped.kdf, bit) } as WrappedKey;
      await expect(unwrapWith(PASSPHRASE, changed, "bound")).rejects.toThrow(NotOpened);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, 20_000_001])(
    "a cost of %d is refused before it is tried",
    async (iterations) => {
      const wrapped = await wrapUnder(PASSPHRASE, newKey(), "bound", FEW);
      const opening = unwrapWith(PASSPHRASE, { ...wrapped, iterations }, "bound");
      await expect(opening).rejects.toThrow("a key that asks for another cost does not open");
      await expect(opening).rejects.toThrow(NotOpened);
    },
  );

  it("does not open at another cost than its own", async () => {
    const wrapped = await wrapUnder(PASSPHRASE, newKey(), "bound", FEW);
    const opening = unwrapWith(PASSPHRASE, { ...wrapped, iterations: FEW + 1 }, "bound");
    await expect(opening).rejects.toThrow(NotOpened);
  });

  it("has a salt and an IV of its own each time", async () => {
    const key = newKey();
    const wrapped = await Promise.all(
      Array.from({ length: 200 }, () => wrapUnder(PASSPHRASE, key, "bound", 1)),
    );
    for (const field of ["salt", "iv", "data"] as const) {
      expect(new Set(wrapped.map((each) => Buffer.from(each[field]).toString("hex"))).size).toBe(200);
    }
    expect(wrapped[0]!.salt).toHaveLength(16);
  });

  it("costs 600,000 rounds of PBKDF2-HMAC-SHA-256, as another implementation reckons them", async () => {
    expect(ITERATIONS).toBe(600_000);
    const key = newKey();
    const header = await makeHeader(key, PASSPHRASE, { store: STORE, created: T0 });
    const { kdf, iterations, salt, iv, data } = header.passphrase;
    expect({ kdf, iterations }).toEqual({ kdf: "PBKDF2-HMAC-SHA-256", iterations: 600_000 });
    const derived = pbkdf2Sync(PASSPHRASE, salt, 600_000, 32, "sha256");
    const decipher = createDecipheriv("aes-256-gcm", derived, iv).setAAD(Buffer.from(`hg-nen key\n${STORE}`));
    decipher.setAuthTag(data.slice(-TAG));
    const opened = Buffer.concat([decipher.update(data.slice(0, -TAG)), decipher.final()]);
    expect(new Uint8Array(opened)).toEqual(key);
  });

  it("is reckoned from the passphrase in NFKC, without spaces at its ends", async () => {
    const key = newKey();
    const wrapped = await wrapUnder("  \u00c5ngstr\u00f6m \ufb01ve words ", key, "bound", FEW);
    const derived = pbkdf2Sync("\u00c5ngstr\u00f6m five words", wrapped.salt, FEW, 32, "sha256");
    const decipher = createDecipheriv("aes-256-gcm", derived, wrapped.iv).setAAD(Buffer.from("bound"));
    decipher.setAuthTag(wrapped.data.slice(-TAG));
    const opened = Buffer.concat([decipher.update(wrapped.data.slice(0, -TAG)), decipher.final()]);
    expect(new Uint8Array(opened)).toEqual(key);
    // Decomposed letters, the sign for \u00e5ngstr\u00f6m, and no ligature: typed on another computer.
    for (const typed of ["A\u030angstro\u0308m five words", "\u212bngstr\u00f6m five words"]) {
      expect(await unwrapWith(typed, wrapped, "bound")).toEqual(key);
    }
    await expect(unwrapWith("Angstrom five words", wrapped, "bound")).rejects.toThrow(NotOpened);
  });

  it("opens however one types what was suggested, and also what merely looks like it", async () => {
    const key = newKey();
    const suggested = suggestPassphrase();
    const wrapped = await wrapUnder(suggested, key, "bound", FEW);
    for (const typed of [
      suggested.toLowerCase(),
      suggested.replaceAll("-", ""),
      suggested.replaceAll("-", " "),
    ]) {
      expect(await unwrapWith(typed, wrapped, "bound")).toEqual(key);
    }
    // Twenty-five letters of one's own, without a u.
    const own = "abcdefghij klmnopqrst vwxyz";
    expect(await unwrapWith(own, await wrapUnder(own, key, "bound", FEW), "bound")).toEqual(key);
    expect(await unwrapWith(meant(own), await wrapUnder(own, key, "bound", FEW), "bound")).toEqual(key);
    expect(await unwrapWith(own, await wrapUnder(meant(own), key, "bound", FEW), "bound")).toEqual(key);
  });
});

describe("a suggested passphrase", () => {
  const suggestions = Array.from({ length: 400 }, suggestPassphrase);

  it("is long enough, different each time, and uses every letter evenly", () => {
    expect(new Set(suggestions).size).toBe(suggestions.length);
    const counts = new Map<string, number>();
    for (const suggestion of suggestions) {
      expect(suggestion).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
      expect(suggestion.length).toBeGreaterThanOrEqual(SHORTEST);
      for (const letter of suggestion.replaceAll("-", "")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    // 10,000 letters: 312.5 of each, give or take 17; eight of those are beyond chance.
    for (const [letter, count] of counts) expect(Math.abs(count - 312.5), letter).toBeLessThan(8 * 17.4);
  });

  it("is understood as people type it", () => {
    for (const suggestion of suggestions) {
      const confused = suggestion.replaceAll("0", "O").replaceAll("1", "l");
      for (const typed of [
        suggestion,
        suggestion.toLowerCase(),
        suggestion.replaceAll("-", ""),
        ` ${suggestion.replaceAll("-", " ")}\n`,
        suggestion.replaceAll("-", "\u2013"),
        suggestion.replaceAll("-", "\u2011"),
        confused,
        confused.replaceAll("l", "I").toLowerCase(),
      ]) {
        expect(meant(typed), typed).toBe(suggestion);
      }
    }
  });

  it.each([
    "correct horse battery staple",
    " own, with spaces ",
    "O0Il1",
    "00000-00000-00000-00000-0000",
    "00000-00000-00000-00000-000000",
    // U is not in the alphabet
    "00000-00000-00000-00000-0000U",
    "",
  ])("a passphrase of one's own stays as it is: %j", (own) => expect(meant(own)).toBe(own));

  it("understanding twice is understanding once", () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("a", "O", "0", "l", "I", "1", "u", "-", "\u2013", " ", "z"),
          maxLength: 30,
        }),
        (typed) => {
          expect(meant(meant(typed))).toBe(meant(typed));
        },
      ),
      { seed: CASES_SEED },
    ));
});

describe("the header of a store", () => {
  const made = async (): Promise<{ header: StoreHeader; key: Uint8Array }> => {
    const key = newKey();
    const header = await makeHeader(key, PASSPHRASE, { store: STORE, created: T0, iterations: FEW });
    return { header: { ...header, keychain: randomBytes(40) }, key };
  };

  it("gives its key for the passphrase, proves it, and wipes the bytes", async () => {
    const { header, key } = await made();
    const opened = await keyByPassphrase(header, PASSPHRASE);
    expect(opened).toEqual(key);
    const proven = await provenKey(header, opened);
    expect(opened.every((byte) => byte === 0)).toBe(true);
    expect(proven.extractable).toBe(false);
  });

  it("knows a wrong passphrase, a wrong key and another store's", async () => {
    const { header } = await made();
    await expect(keyByPassphrase(header, "another passphrase")).rejects.toThrow(NotOpened);
    await expect(keyByPassphrase({ ...header, store: idOf(2) }, PASSPHRASE)).rejects.toThrow(NotOpened);
    const wrong = newKey();
    await expect(provenKey(header, wrong)).rejects.toThrow(NotOpened);
    expect(wrong.every((byte) => byte === 0)).toBe(true);
    await expect(provenKey(header, randomBytes(31))).rejects.toThrow(NotOpened);
    const opened = await keyByPassphrase(header, PASSPHRASE);
    await expect(provenKey({ ...header, store: idOf(2) }, opened)).rejects.toThrow(NotOpened);
  });

  it("takes another passphrase, and then only that one", async () => {
    const { header, key } = await made();
    const next = await withPassphrase(header, await keyByPassphrase(header, PASSPHRASE), "the next one", FEW);
    expect(await keyByPassphrase(next, "the next one")).toEqual(key);
    await expect(keyByPassphrase(next, PASSPHRASE)).rejects.toThrow(NotOpened);
    const { passphrase: _, ...kept } = next;
    expect(header).toMatchObject(kept);
  });

  it("is whole as it was written, and not with any field another", async () => {
    const { header } = await made();
    const stored = await sum(header);
    expect(await isWhole(stored)).toBe(true);
    expect(await isWhole(structuredClone(stored))).toBe(true);
    expect(await isWhole(await sum({ ...header, keychain: null }))).toBe(true);
    const { passphrase, check } = header;
    const changed: Record<string, Partial<Record<keyof StoreHeader, unknown>>> = {
      format: { format: 2 },
      store: { store: idOf(2) },
      created: { created: T0 + 1 },
      kdf: { passphrase: { ...passphrase, kdf: "PBKDF2-HMAC-SHA-1" } },
      iterations: { passphrase: { ...passphrase, iterations: FEW - 1 } },
      salt: { passphrase: { ...passphrase, salt: flipped(passphrase.salt, 5) } },
      iv: { passphrase: { ...passphrase, iv: flipped(passphrase.iv, 5) } },
      data: { passphrase: { ...passphrase, data: flipped(passphrase.data, 5) } },
      keychain: { keychain: flipped(header.keychain!, 5) },
      "no keychain": { keychain: null },
      "check's iv": { check: { ...check, iv: flipped(check.iv, 5) } },
      "check's data": { check: { ...check, data: flipped(check.data, 5) } },
      locked: { locked: true },
    };
    for (const [field, change] of Object.entries(changed)) {
      expect(await isWhole({ ...stored, header: { ...header, ...change } }), field).toBe(false);
    }
    expect(await isWhole({ ...stored, sha256: flipped(stored.sha256, 3) })).toBe(false);
    // No field may be added to the header and left out of its sum.
    const all = new Set(
      Object.keys(header).flatMap((key) => (key === "passphrase" ? Object.keys(passphrase) : [key])),
    );
    const tried = Object.keys(changed).map((field) => field.replace(/^no |'s .*$/g, ""));
    expect([...all].filter((field) => !tried.includes(field))).toEqual([]);
  });

  it.each([undefined, null, 7, "text", [], {}, { header: null, sha256: "" }, { header: {}, sha256: "" }])(
    "%j is no header",
    async (stored) => expect(await isWhole(stored)).toBe(false),
  );
});
