import type { Policy, PolicyFlaw, PolicyInForce, PolicyProblem } from "../api/contract.ts";
import { number } from "./format.ts";
import { plural } from "./locale.ts";

const NBSP = "\u00a0";
const minutes = (count: number): string =>
  `${number(count)}${NBSP}${plural.select(count) === "one" ? "minute" : "minutes"}`;

/** What is said about what an administrator has decided for a computer. */
export const policy = {
  /** beside the versions */
  decided: "Decided by your administrator",
  decidedUnread: "Until your administrator's settings file can be read",
  nothing: "Nothing is restricted.",
  from: (files: string[]) => `From: ${files.join("; ")}`,

  /** one sentence for each restriction */
  restrictions: {
    storage: "Cases cannot be stored, and stored ones cannot be opened.",
    exports: {
      none: "No files are saved, no charts are copied, and nothing is printed.",
      encrypted: "Only encrypted files of cases are saved, no charts are copied, and nothing is printed.",
    },
    keychain: "The keychain of the system is not used: stored cases open with their passphrase.",
    links: "No addresses are opened in the browser.",
    lockAfterMinutes: (most: number) => `Cases lock after at most ${minutes(most)} without use.`,
  },

  /** why a button does nothing */
  forbidden: {
    none: "Your administrator has switched off saving, copying charts and printing.",
    encrypted: "Your administrator allows only encrypted files of cases: no chart copies, no printing.",
    links: "Your administrator has switched off opening links.",
  },
  /** instead, where nobody has decided it */
  unread: {
    exports: "Switched off until your administrator's settings file can be read.",
    links: "No links are opened until your administrator's settings file can be read.",
    storage: "No cases are stored until your administrator's settings file can be read.",
  },
  /** where backups are made */
  backups: "Backups go on. Copies cannot be saved elsewhere: your administrator has switched that off.",
  /** in the settings */
  fixed: {
    storage: "Your administrator has switched off storing cases on this computer.",
    keychain: "Your administrator has switched off the keychain for this program on this computer.",
    lockAfterMinutes: (most: number) => `${minutes(most)} is the most that your administrator allows.`,
  },

  /** the Cases room where nothing may be stored */
  storageOff: {
    title: "Storing cases is switched off on this computer",
    decided: "Your administrator has decided so. Estimates, comparisons and boards are not affected.",
    unread:
      "It is off until your administrator's settings file can be read. Estimates, comparisons and boards are not affected.",
    facts: [
      [
        "Stored cases",
        "Cases stored here earlier are still here, untouched; they cannot be opened until storing is switched on again.",
      ],
      [
        "New cases",
        "They can be kept in this window's memory, for this sitting only. Nothing is written to the disk.",
      ],
    ] as readonly (readonly [string, string])[],
    start: "Start for this sitting only",
    keep: {
      all: "They are gone when the window is closed; export those that you want to keep.",
      encrypted:
        "They are gone when the window is closed; export those that you want to keep, as an encrypted file.",
      none: "They are gone when the window is closed: saving files is switched off as well.",
    },
    erased: "The cases of this sitting are erased.",
  },

  /** where it cannot be saved, or its cases are not stored */
  boardGone: "The board itself is not stored: its order and its slides are gone when the window is closed.",

  /** a policy file that cannot be understood */
  banner: {
    title: "The settings your administrator made for this computer cannot be read.",
    meanwhile: "Until they can, everything that can be switched off is off. Estimates are not affected.",
    more: "What is wrong",
    tell: "Please tell your administrator:",
    off: "Until then:",
  },
  flaws: {
    unreadable: "the file cannot be read",
    "too-large": "the file is too large for a policy file",
    "not-json": "the file is not valid JSON",
    "unknown-field": "there is no such field",
    "field-twice": "the field stands there more than once",
    "bad-value": "the value is not allowed",
  } satisfies Record<PolicyFlaw, string>,
  notAnObject: "the file is JSON, and not an object with fields",
  field: "field",
  value: "value",
  between: ",",
  colon: ":",
} as const;

/** What is wrong with a policy file, without the file's name. */
export function flawWords({ reason, field }: PolicyProblem): string {
  return reason === "bad-value" && field === null ? policy.notAnObject : policy.flaws[reason];
}

/** Everything that is restricted, a sentence each. */
export function restrictionLines({ storage, exports, keychain, links, lockAfterMinutes }: Policy): string[] {
  const words = policy.restrictions;
  return [
    ...(storage ? [] : [words.storage]),
    ...(exports === "all" ? [] : [words.exports[exports]]),
    // Where no cases are stored, there is nothing that opens or locks.
    ...(keychain || !storage ? [] : [words.keychain]),
    ...(links ? [] : [words.links]),
    ...(lockAfterMinutes === null || !storage ? [] : [words.lockAfterMinutes(lockAfterMinutes)]),
  ];
}

/** Nobody has decided what follows from a file that cannot be understood, and nobody is named for it. */
const because = ({ problems }: PolicyInForce, decided: string, unread: string): string =>
  problems.length > 0 ? unread : decided;

/** Why a file that anybody could read is not saved, copied or printed; null: it is. */
export function plainForbidden(inForce: PolicyInForce): string | null {
  const { exports } = inForce.policy;
  return exports === "all" ? null : because(inForce, policy.forbidden[exports], policy.unread.exports);
}

/** Why an encrypted file of cases is not saved; null: it is. */
export const sealedForbidden = (inForce: PolicyInForce): string | null =>
  inForce.policy.exports === "none" ? because(inForce, policy.forbidden.none, policy.unread.exports) : null;

/** Why no address is opened; null: it is. */
export const linksForbidden = (inForce: PolicyInForce): string | null =>
  inForce.policy.links ? null : because(inForce, policy.forbidden.links, policy.unread.links);

/** Why no case is stored; null: they are. */
export const storageForbidden = (inForce: PolicyInForce): string | null =>
  inForce.policy.storage ? null : because(inForce, policy.fixed.storage, policy.unread.storage);

/** What is decided, as a row beside the versions; no row where nobody has decided anything. */
export function decidedRows({ policy: inForce, files, problems }: PolicyInForce): [string, string][] {
  if (files.length === 0 && problems.length === 0) return [];
  const lines = restrictionLines(inForce);
  const said = lines.length > 0 ? lines : [policy.nothing];
  const title = problems.length > 0 ? policy.decidedUnread : policy.decided;
  return [[title, [...said, ...(files.length > 0 ? [policy.from(files)] : [])].join(" ")]];
}
