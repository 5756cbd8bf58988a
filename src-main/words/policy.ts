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
  nothing: "Nothing is restricted.",
  from: (files: string[]) => `From: ${files.join("; ")}`,

  /** one sentence for each restriction */
  restrictions: {
    storage: "No cases are stored on this computer.",
    exports: {
      none: "No files are saved, and nothing is printed.",
      encrypted: "Only encrypted files of cases are saved, and nothing is printed.",
    },
    keychain: "The keychain of the system is not used: stored cases open with their passphrase.",
    links: "No addresses are opened in the browser.",
    lockAfterMinutes: (most: number) => `Cases lock after at most ${minutes(most)} without use.`,
  },

  /** why a button does nothing */
  forbidden: {
    none: "Your administrator has switched off saving files and printing on this computer.",
    encrypted: "Your administrator lets only encrypted files of cases be saved on this computer.",
  },
  /** in the settings */
  fixed: {
    storage: "Your administrator has switched off storing cases on this computer.",
    keychain: "Your administrator has switched off the keychain for this program on this computer.",
    lockAfterMinutes: (most: number) => `${minutes(most)} is the most that your administrator allows.`,
  },

  /** the Cases room where nothing may be stored */
  storageOff: {
    title: "No cases are stored on this computer",
    text: "Your administrator has switched it off. Estimates, comparisons and boards are not affected.",
    facts: [
      [
        "Now",
        "Cases can be kept in this window's memory, for this sitting only. Nothing is written to the disk.",
      ],
      ["Before", "Cases that were stored here earlier stay as they are. They are not opened and not shown."],
    ] as readonly (readonly [string, string])[],
    start: "Start for this sitting only",
    keep: {
      all: "Export the cases that you want to keep.",
      encrypted: "Export the cases that you want to keep, as an encrypted file.",
      none: "They are gone when the window is closed: saving files is switched off as well.",
    },
    erased: "The cases of this sitting are erased.",
  },

  /** where it cannot be saved, or its cases are not stored */
  boardGone: "The board itself is not stored: its order and its slides are gone when the window is closed.",

  /** a policy file that cannot be understood */
  banner: {
    title: "What your administrator has decided for this computer cannot be understood.",
    meanwhile: "Until that is mended, everything that can be switched off is. Estimates are not affected.",
    tell: "Please tell your administrator:",
    off: "Switched off until then:",
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

/** Why a file that anybody could read is not saved or printed; null: it is. */
export const plainForbidden = ({ exports }: Policy): string | null =>
  exports === "all" ? null : policy.forbidden[exports];

/** Why an encrypted file of cases is not saved; null: it is. */
export const sealedForbidden = ({ exports }: Policy): string | null =>
  exports === "none" ? policy.forbidden.none : null;

/** What is decided, as a row beside the versions; no row where nobody has decided anything. */
export function decidedRows({ policy: inForce, files, problems }: PolicyInForce): [string, string][] {
  if (files.length === 0 && problems.length === 0) return [];
  const lines = restrictionLines(inForce);
  const said = lines.length > 0 ? lines : [policy.nothing];
  return [[policy.decided, [...said, ...(files.length > 0 ? [policy.from(files)] : [])].join(" ")]];
}
