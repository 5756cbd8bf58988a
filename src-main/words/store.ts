import { number } from "./format.ts";
import { conjunction, LOCALE, plural } from "./locale.ts";

const NBSP = "\u00a0";

const counted = (count: number, one: string, many: string): string =>
  `${number(count)}${NBSP}${plural.select(count) === "one" ? one : many}`;
const cases = (count: number): string => counted(count, "case", "cases");
const backups = (count: number): string => counted(count, "backup", "backups");

const dayAndTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const isoDay = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short" });
const ago = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
const size = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const when = (time: number): string => dayAndTime.format(time);

/** "12 minutes ago"; a clock that was set back gives "now". */
function age(milliseconds: number): string {
  if (milliseconds < MINUTE) return "just now";
  if (milliseconds < HOUR) return ago.format(-Math.floor(milliseconds / MINUTE), "minute");
  if (milliseconds < DAY) return ago.format(-Math.floor(milliseconds / HOUR), "hour");
  return ago.format(-Math.floor(milliseconds / DAY), "day");
}

/** "812 kB"; never 0 for what is there. */
const bytes = (count: number): string =>
  count < 1_000_000
    ? `${number(Math.max(1, Math.round(count / 1000)))}${NBSP}kB`
    : `${size.format(count / 1_000_000)}${NBSP}MB`;

/** What is said about how cases are kept: set-up, lock, recovery, backups, import, export and erasing. */
export const store = {
  day: when,
  size: bytes,
  product: "HG-NEN Prognosis",
  cancel: "Cancel",
  close: "Close",
  back: "Back",
  /** what a user types to confirm, in capitals */
  typed: { erase: "ERASE", anew: "ANEW" },
  typedLabel: (word: string) => `Type ${word} to confirm`,
  failed: (reason: string) => `That did not work, and nothing was changed. Technical reason: ${reason}`,

  passphrase: {
    label: "Passphrase",
    show: "Show",
    hide: "Hide",
    showLong: (label: string) => `Show: ${label}`,
    hideLong: (label: string) => `Hide: ${label}`,
    capsLock: "Caps Lock is on.",
    ways: "Where it comes from",
    suggested: "Suggested",
    own: "One of my own",
    suggestedNote:
      "Made at random on this computer. Small letters, spaces and the letter O for the digit 0 are understood too.",
    ownNote: (least: number) =>
      `At least ${number(least)} characters; a sentence of several words is good. No letter or sign is demanded.`,
    another: "Another one",
    copy: "Copy",
    copied: "Copied. The clipboard keeps it until something else is copied.",
    notCopied: "The system refused the clipboard. Write the passphrase down, or print it.",
    print: "Print…",
    first: "New passphrase",
    again: "The same again",
    tooShort: (length: number, least: number) =>
      `This one has ${counted(length, "character", "characters")}; at least ${number(least)} are needed.`,
    tooPlain: "The same few signs over and over are guessed first. Take several words.",
    different: "The two are not the same.",
    safe: "I have put it in a safe place",
  },

  paper: {
    title: "Recovery passphrase",
    forStore: "Opens the cases of HG-NEN Prognosis on this computer, and every backup of them.",
    forFile: "Opens a file of cases that was exported from HG-NEN Prognosis.",
    care: "Whoever has this page and the computer or a file can read the cases. Nobody can replace a lost passphrase. Keep it locked away, apart from the computer.",
    made: (time: number) => `Printed ${when(time)}`,
  },

  setUp: {
    title: "Keep your cases",
    facts: [
      ["What", "The cases you add: label, patient's values, note, follow-up, saved estimates."],
      ["Where", "On this computer only, encrypted."],
      ["Who is told", "Nobody. There is no account, and nothing is sent."],
    ] as readonly (readonly [string, string])[],
    sittingFacts: "In this window's memory, for this sitting: nothing is written to the disk.",
    passphraseTitle: { keychain: "Recovery passphrase", none: "Passphrase" },
    why: {
      keychain:
        "Cases open by themselves for whoever is signed in to this computer as you. The passphrase opens them when that fails: on a new computer, after a move of your profile, and from a backup.",
      none: "The passphrase opens your cases and their backups. Without it nobody can: not this program, and not its makers.",
    },
    noKeychain:
      "This system has no keychain in which a key could be kept. So the passphrase is asked for at every start. Nothing is ever stored unencrypted instead.",
    keychainOff:
      "Your administrator has switched off the keychain for this program. So the passphrase is asked for at every start.",
    start: "Start",
    starting: "Encrypting…",
    choose: "How are cases kept?",
    keep: "On this computer, encrypted, with a passphrase",
    keepNote:
      "The browser keeps them. It can clear its storage: with its history, in a private window, or when the disk is full. Save backup files; they are the copy that is yours.",
    sitting: "This sitting only",
    sittingNote:
      "Only until this window is closed: nothing is stored. Export the cases that you want to keep.",
    restoreTitle: "You have cases already?",
    restoreText: "From another computer, or from before: a backup or an encrypted export brings them here.",
    restore: "Restore from a file or backup",
    waiting: "The patient in the form is waiting to be saved, and becomes your first case.",
  },

  restore: {
    title: "Restore from a file or backup",
    here: "Backups on this computer",
    file: "A file from elsewhere",
    start: (count: number) => `Start with ${cases(count)}`,
    samePassphrase: "The cases are kept under the passphrase that you have just typed.",
    senderKnows: "Whoever made this file knows it: change it under Settings.",
    onlyEncrypted: (file: string) =>
      `“${file}” is a plain file of cases. Start first, then take it in under “Import”.`,
  },

  lock: {
    title: "Your cases are locked",
    why: {
      asked: "Your passphrase opens them.",
      idle: "They were not used for a while, or this computer was locked. Your passphrase opens them.",
      "no-keychain": "This system has no keychain, so your passphrase is asked for at every start.",
      "keychain-off":
        "Your administrator has switched off the keychain for this program, so your passphrase is asked for at every start.",
      "keychain-failed":
        "The sign-in of this computer does not open them: it is another computer, a moved profile, or a password that was reset. Your recovery passphrase opens them, and is then not needed here again.",
      "keychain-new": "Your passphrase opens them, once: from then on your sign-in to this computer does.",
      "keychain-waiting":
        "This computer's keychain has not answered yet: look whether it asks you something. Your passphrase opens them too.",
      "passphrase-only": "Your passphrase opens them.",
    },
    byKeychain: "Your sign-in to this computer opens them.",
    open: "Open",
    opening: "Opening…",
    wrong: "This passphrase does not open the store. Nothing was changed or deleted.",
    stillWrong: "This one does not open it either. Nothing was changed or deleted.",
    keychainNot: "Your sign-in does not open them. Enter the passphrase.",
    lost: "Passphrase lost?",
    lostText:
      "Nobody can open the cases without it. It is not stored anywhere, and there is no second way in: otherwise others would have it too.",
    search: "Look for it",
    searchText:
      "In the safe place of the printed page, in a password manager, under the date on which the cases were begun. A suggested one has five groups of five letters and digits.",
    aside: "Set the locked cases aside and start anew",
    asideText:
      "They are saved as a file, still encrypted: the passphrase opens it whenever it is found. Then you can start with a backup whose passphrase you know, or with no cases.",
  },

  aside: {
    save: "Save the locked cases as a file",
    fileName: (time: number) => `HG-NEN cases set aside ${isoDay.format(time)}.hgnencases`,
    kept: (count: number, name: string) =>
      `${counted(count, "record", "records")} set aside as “${name}”, among the backups on this computer. It stays until you delete it.`,
    saved: (count: number, where: string) => `${counted(count, "record", "records")} set aside. ${where}`,
    there: "I have looked: the file is there",
    anew: "Start anew",
  },

  trouble: {
    kinds: {
      newer: {
        title: "These cases were written by a newer version",
        text: "This program is older than the store and does not open it, because it could not keep what it does not know.",
        untouched:
          "Nothing was opened or changed. Install the newer version again; the cases are as you left them.",
      },
      refused: {
        title: "There is no place to keep cases",
        text: (reason: string) =>
          `No storage is given to this program: the disk is full, or, in a browser, the window is private or its settings forbid it. Technical reason: ${reason}`,
        untouched: "Nothing was stored, and nothing that was stored before was changed.",
      },
      elsewhere: {
        title: "Your cases are open in another window",
        text: "One window at a time works with them, so that no change overwrites another.",
        untouched: "What is typed over there is saved before it moves here.",
      },
      lost: {
        title: "The store was closed or deleted underneath",
        text: "The disk is full, or the system or somebody at this computer has closed or removed the stored cases while they were open.",
        untouched: "Backups and exported files are not touched.",
      },
      full: {
        title: "The disk is full",
        text: "There was no room for what was to be saved, and the system has closed the stored cases. Free some space on this computer’s disk, then look again.",
        untouched: "What was saved before stays as it was; backups and exported files are not touched.",
      },
      "header-damaged": {
        title: "The key of the store is damaged",
        text: "Both copies of what the passphrase opens are damaged on the disk. The cases themselves may be whole; a backup of them has the key too.",
        untouched: "Nothing was changed or deleted.",
      },
      broken: {
        title: "The store does not open",
        text: (reason: string) => `Technical reason: ${reason}`,
        untouched:
          "Nothing was changed or deleted. Restarting the program or the computer may help; backups are not touched.",
      },
    },
    unsaved: {
      inWindow: (label: string) => `The open case is still in this window: ${label}.`,
      saveFirst: "Save it as a file first.",
      save: "Save the open case as a file…",
    },
    unnamed: "without a label",
    again: "Look again",
    takeOver: "Use it here",
    sitting: "This sitting only",
    repair: {
      title: "Repair with a backup",
      text: "Choose a backup of these cases and type its passphrase. Its key is tried on the stored cases; only where it opens them is it put back.",
      another:
        "This backup is of another store: its key does not open what is stored here. Nothing was changed.",
      nothing: "There are no records to repair. Nothing was changed.",
      use: "Use…",
      useLong: (time: number) => `Use… ${when(time)}`,
      go: "Repair",
      done: (count: number) => `The key opens ${counted(count, "record", "records")}. The store is repaired.`,
    },
    anew: {
      title: "Start anew",
      text: "Removes the damaged store from this computer. Without its key nobody can open it. Then start with a backup, or with no cases.",
    },
  },

  backups: {
    title: "Backups",
    text: "Written by the program itself after changes, encrypted with your passphrase. The ten latest are kept, and the last one of each of the thirty latest days that have any.",
    where: "They lie in the program's data folder on this computer.",
    elsewhere: "To be safe from the loss of the computer, save one elsewhere.",
    latest: (time: number, now: number) => `Latest backup: ${age(now - time)} (${when(time)})`,
    none: "There is no backup yet. The first is written a moment after the first change.",
    now: "Back up now",
    working: "Writing…",
    failure: (reason: string) => `The latest backup was not written. ${reason}`,
    notRead: (reason: string) => `The list of backups could not be read. Technical reason: ${reason}`,
    list: "Backups, newest first",
    columns: { made: "Made", size: "Size", kind: "Kind", actions: "Actions" },
    kind: { rotating: "by the program", "set-aside": "set aside" },
    restore: "Restore…",
    restoreLong: (time: number) => `Restore… ${when(time)}`,
    save: "Save as file…",
    saveLong: (time: number) => `Save as file… ${when(time)}`,
    remove: "Delete…",
    removeLong: (time: number) => `Delete… ${when(time)}`,
    removeSure: "Delete for good",
    removeKept: "The backup was kept.",
    fileTitle: "Backup from elsewhere",
    web: {
      text: "A browser writes no backups by itself and can clear its storage. Save a file now and then, and keep it elsewhere.",
      save: "Save a backup file",
      passphrase: "It holds every case, encrypted with your present passphrase.",
      last: (time: number | null, now: number) =>
        `Last backup file: ${time === null ? "never" : `${age(now - time)} (${when(time)})`}`,
      overdue: "For two weeks no file was saved, and cases were changed since. Save one now.",
    },
    sitting: {
      text: "These cases are kept for this sitting only, so there are no backups of them.",
      export: "Export what you want to keep.",
      save: "Export all cases…",
      nothing: "There are no cases yet.",
    },
    fileName: (time: number) => `HG-NEN cases ${isoDay.format(time)}.hgnencases`,
  },

  file: {
    choose: "Choose a file…",
    drop: "or drop it here",
    kinds: "Encrypted cases (.hgnencases), plain JSON or CSV of this program",
    kindsEncrypted: "Encrypted cases (.hgnencases)",
  },

  transfer: {
    importTitle: "Import",
    importText:
      "Takes in a backup, an export or a table. You see first what would change; then all of it is taken in, or nothing.",
    reading: "Reading…",
    applying: "Taking in…",
    passphrase: (file: string) => `Passphrase of “${file}”`,
    passphraseNote: "The one under which the file was made. It may be an older one.",
    open: "Open",
    other: "Choose another file",
    source: {
      backup: (time: number, version: string) => `Backup of ${when(time)}, version ${version}`,
      export: (time: number, version: string) => `Encrypted export of ${when(time)}, version ${version}`,
      json: "Plain JSON",
      csv: "CSV table",
    },
    counts: {
      added: "to add",
      same: "the same here",
      differ: "differ",
      unread: "not readable",
    },
    nothing: "Everything in this file is here already. There is nothing to take in.",
    keptMine: "Yours is kept of every case: there is nothing to take in.",
    empty: "This file holds no cases.",
    mode: "How",
    merge: "Merge",
    mergeNote: "Adds what is new. Nothing of yours is removed; for cases that differ you choose.",
    replace: "Replace",
    replaceNote: (theirs: number, mine: number) =>
      [
        `Afterwards there is exactly what the file has: ${cases(theirs)}.`,
        ...(mine > 0
          ? [
              `Of yours, ${cases(mine)} that it lacks ${plural.select(mine) === "one" ? "goes" : "go"} into the bin, for thirty days.`,
            ]
          : []),
      ].join(" "),
    replaceNot: "Replacing needs a file that is whole: what cannot be read in it would go into the bin here.",
    addedTitle: "To add",
    unlabelled: "(no label)",
    inBin: "in the bin",
    more: (count: number) => `and ${number(count)} more`,
    showMore: (count: number) => `Show ${number(count)} more`,
    repairs: (count: number) =>
      `${cases(count)} that cannot be read here ${plural.select(count) === "one" ? "is" : "are"} replaced by the file's whole ${plural.select(count) === "one" ? "copy" : "copies"}.`,
    collisionsTitle: "Cases that differ",
    collisionsText: "The same case stands here and in the file, with different content.",
    collisionsReplaced: "They are taken as the file has them.",
    columns: { mine: "Yours", theirs: "The file's", fields: "What differs", choice: "Keep" },
    changed: (time: number) => `changed ${when(time)}`,
    later: "later",
    forAll: "For all of them",
    choices: {
      later: "The later one of each",
      mine: "Mine",
      theirs: "The file's",
      both: "Both",
    },
    asAbove: (choice: string) => `As above: ${choice}`,
    result: { mine: "mine", theirs: "the file's", both: "both" },
    choiceFor: (label: string) => `Keep of ${label}`,
    bothNote: "Both: the file's version comes in as a case of its own, with a number after its label.",
    fields: {
      label: "label",
      tags: "tags",
      note: "note",
      patient: "patient's values",
      comparison: "comparison",
      board: "board day",
      estimates: "saved estimates",
      followUp: "follow-up",
      created: "day of creation",
      bin: "bin",
    },
    fieldList: (fields: string[]) => conjunction.format(fields),
    damagedTitle: "What cannot be read",
    damagedText: "Everything else in the file is whole.",
    acknowledge: "Take in the rest without these",
    apply: (count: number) => `Take in ${cases(count)}`,
    applyReplace: (count: number) => `Replace: ${counted(count, "change", "changes")}`,
    done: (added: number, replaced: number, binned: number) =>
      `${conjunction.format([
        ...(added > 0 ? [`${cases(added)} added`] : []),
        ...(replaced > 0 ? [`${number(replaced)} replaced`] : []),
        ...(binned > 0 ? [`${number(binned)} put into the bin`] : []),
      ])}.`,
    undo: "Undo",
    undone: "Taken back: the cases are as they were before.",
    notUndone: (reason: string) =>
      `It could not be taken back: what stood here before cannot be read. Technical reason: ${reason}`,
    show: "Show the cases",
    another: "Import another file",
    notApplied: (reason: string) => `Nothing was taken in. Technical reason: ${reason}`,
    notRead: (file: string, reason: string) => `“${file}” could not be read. Technical reason: ${reason}`,
  },

  export: {
    title: (count: number) => `Export ${cases(count)}`,
    as: "As",
    encrypted: "Encrypted file",
    encryptedNote: "For another computer or another user of this program. Only the passphrase opens it.",
    json: "Plain JSON",
    jsonNote: "Everything the cases hold, readable by other programs.",
    csv: "Plain CSV",
    csvNote: "A row for each case, for spreadsheets.",
    passphraseTitle: "Passphrase of the file",
    passphraseNote: "It belongs to this file alone. Send it by another way than the file.",
    noted: "I have noted it",
    warning: "Anybody who gets this file can read it.",
    warningText: "Also from a backup of the disk, an e-mail, or a memory stick that is lost.",
    confirm: "I want the file unencrypted",
    save: "Save…",
    saving: "Saving…",
    unread: (reason: string) => `Nothing was exported. A case could not be read. Technical reason: ${reason}`,
    fileName: (time: number, ending: string) => `HG-NEN cases ${isoDay.format(time)}${ending}`,
  },

  settings: {
    title: "Settings",
    kept: {
      title: "How cases are kept",
      keychain: "On this computer, encrypted. Your sign-in to this computer opens them, or your passphrase.",
      passphrase: "On this computer, encrypted. Your passphrase opens them at every start.",
      browser: "In this browser on this computer, encrypted. Your passphrase opens them.",
      sitting: "In this window's memory, for this sitting only. They are gone with the window.",
    },
    lock: {
      title: "Lock",
      after: "Lock when not used for",
      never: "Never",
      minutes: (count: number) => counted(count, "minute", "minutes"),
      asks: "A lock asks for the passphrase",
      asksNote: "Otherwise a press on “Open” is enough for whoever is signed in to this computer as you.",
      now: "Lock now",
      nowNote: {
        keychain: "Cases leave the screen; your sign-in to this computer opens them again.",
        passphrase: "Cases leave the screen; the passphrase opens them again, also after a restart.",
      },
    },
    change: {
      title: "Change the passphrase",
      begin: "Change the passphrase…",
      old: "Present passphrase",
      note: "Backups that exist already keep the older passphrase.",
      go: "Change",
      wrong: "This is not the present passphrase. Nothing was changed.",
      done: "The passphrase is changed. Backups from before open with the older one.",
    },
    check: {
      title: "Check all cases",
      text: "Reads and decrypts every stored case, and says which cannot be read.",
      sittingText: "Reads every case of this sitting, and says which cannot be read.",
      go: "Check now",
      working: "Reading…",
      fine: (count: number) => `${cases(count)} read, all in order.`,
      damaged: (count: number, all: number) => `${number(count)} of ${cases(all)} cannot be read:`,
      entry: (label: string, reason: string) => `${label}: ${reason}`,
      advice: "The others are not affected. A backup may still have them whole.",
    },
    erase: {
      title: "Erase everything",
      text: "Removes every case, those in the bin too, with everything that could be taken back, the passphrase's key, and these settings. Nobody can bring them back.",
      sittingText:
        "Removes every case of this sitting, those in the bin too, with everything that could be taken back. Nobody can bring them back.",
      begin: "Erase everything…",
      count: (count: number) => `This removes ${cases(count)} for good.`,
      backups: (count: number) => `Also the ${backups(count)} on this computer`,
      backupsStay: "Otherwise the backups stay, and the passphrase opens them.",
      go: "Erase everything",
      working: "Erasing…",
    },
  },

  erased: {
    title: "Everything is erased",
    partly: "The cases are erased, and not everything else",
    text: "This is what was found afterwards, where the program can look:",
    databases: "Databases at this address",
    backups: "Backups on this computer",
    local: "Values stored at this address",
    caches: "Caches at this address",
    nothing: "none",
    notKnown: "could not be looked up",
    notHere: "this edition keeps none",
    cannotTitle: "What the program cannot know",
    cannot: [
      "files that you exported or saved, also in the browser's download folder",
      "copies of the disk that others make, such as the clinic's own backups",
      "remnants on the disk until they are overwritten; they are encrypted as they were",
    ] as readonly string[],
    close: "Close",
    kept: "You chose to keep the backups; the passphrase opens them.",
    failure: (reason: string) => `The backups could not all be deleted. Technical reason: ${reason}`,
  },
} as const;
