import type { RefusalCode } from "../prognosis/applicability.ts";
import type { Patient } from "../prognosis/patient.ts";
import type { RiskGroup } from "../prognosis/riskGroup.ts";
import { dateTime, months, monthsInterval, number, ordinalPercentile } from "./format.ts";
import { followUpWords } from "./followUp.ts";
import {
  ALP_LABEL,
  FIRST_LINE_LABEL,
  RISK_LABEL,
  SETTING_LABEL,
  SITE_LABEL,
  TUMOUR_LABEL,
} from "./labels.ts";
import { LOCALE, plural } from "./locale.ts";

const NBSP = "\u00a0";
const grouped = new Intl.NumberFormat(LOCALE);
const count = (n: number): string => grouped.format(n);
const counted = (n: number, one: string, other: string): string =>
  `${count(n)}${NBSP}${plural.select(n) === "one" ? one : other}`;
const caseCount = (n: number): string => counted(n, "case", "cases");
const isOne = (n: number): boolean => plural.select(n) === "one";

const longDay = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const mediumDay = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium" });
const weekDay = new Intl.DateTimeFormat(LOCALE, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const hour = new Intl.DateTimeFormat(LOCALE, { timeStyle: "short" });
const clock = new Intl.DateTimeFormat(LOCALE, { timeStyle: "medium" });
/** Noon: no zone moves it to another day. */
const dateOf = (day: string): Date => new Date(`${day}T12:00`);
const dayLong = (day: string): string => longDay.format(dateOf(day));
const dayShort = (day: string): string => mediumDay.format(dateOf(day));
const joined = (parts: string[]): string => parts.join(" · ");
const quoted = (label: string): string => (label === "" ? "without a label" : `“${label}”`);

/** The changes that can be taken back, as the sentence that offers it: "case “A-17” put into the bin", "3 cases added". */
const DONE = {
  create: (whom: string) => `${whom} added`,
  edit: (whom: string) => `${whom} changed`,
  duplicate: (whom: string) => `${whom} duplicated`,
  delete: (whom: string) => `${whom} put into the bin`,
  restore: (whom: string) => `${whom} taken out of the bin`,
  agenda: (whom: string) => `board of ${whom} changed`,
  tag: (whom: string) => `tags of ${whom} changed`,
  import: (whom: string) => `${whom} imported`,
  replace: (whom: string) => `${whom} replaced`,
};
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A form as it is typed; see patient/draft.ts of the screen. */
interface TypedPatient {
  tumour: Patient["tumour"] | null;
  age: string;
  ecogPs: Patient["ecogPs"] | null;
  primarySite: Patient["primarySite"];
}
interface TypedForm extends TypedPatient {
  sex: Patient["sex"];
  ki67: string;
  alp: "normal" | "elevated" | "unknown" | "measured";
  alpValue: string;
  alpLimit: string;
  alpUnit: string;
  firstLine: Patient["firstLine"];
  setting: Patient["setting"];
  mixed: boolean;
}

/** What can be said of a patient whose form may be half filled in, in a few words each. */
function typedFacts(form: TypedForm): string[] {
  const { sex, ki67, alp, alpValue, alpLimit, alpUnit, firstLine, setting, mixed } = form;
  const measured = `ALP ${alpValue.trim()} (limit ${alpLimit.trim()}) ${alpUnit}`;
  return [
    ...patientParts(form).flatMap((part) => part ?? []),
    ...(sex ? [{ female: "woman", male: "man" }[sex]] : []),
    ...(ki67.trim() === "" ? [] : [`Ki\u201167 ${ki67.trim()}${NBSP}%`]),
    ...(alp === "unknown" ? [] : [alp === "measured" ? measured : `ALP ${ALP_LABEL[alp].toLowerCase()}`]),
    ...(firstLine ? [FIRST_LINE_LABEL[firstLine]] : []),
    ...(setting === "localised" ? [SETTING_LABEL[setting]] : []),
    ...(mixed ? ["MiNEN"] : []),
  ];
}

/** Tumour, site, age and performance status; null where one is not filled in. */
function patientParts({ tumour, age, ecogPs, primarySite }: TypedPatient): (string | null)[] {
  return [
    tumour ? TUMOUR_LABEL[tumour] : null,
    primarySite ? siteShort(primarySite) : null,
    age.trim() === "" ? null : `${age.trim()}${NBSP}years`,
    ecogPs === null ? null : `PS${NBSP}${number(ecogPs)}`,
  ];
}

/** Sites whose names are longer than their column. */
const SITE_IN_ROW: Partial<typeof SITE_LABEL> = {
  unknown: "Unknown",
  biliary: "Biliary tract",
  other: "Other digestive",
};
const siteShort = (site: NonNullable<Patient["primarySite"]>): string =>
  site === "unknown" ? "Unknown primary" : SITE_LABEL[site];

/** Why there was no estimate; the numbers behind it are the patient's own and stand beside it. */
const REFUSED: Record<RefusalCode, string> = {
  "not-advanced": "localised disease",
  minen: "a mixed neoplasm (MiNEN)",
  "appendix-primary": "an appendix primary",
  "ki67-not-high-grade": "a Ki\u201167 that is not high-grade",
  "ecog-ps-not-modelled": "a performance status that is not in the model",
  "no-first-line-chemotherapy": "no first-line chemotherapy",
};

interface Median {
  median: number | null;
  lower: number | null;
  upper: number | null;
}

/** What the Cases room says: the list, a case, the agendas, the bin. */
export const cases = {
  dayShort,
  dayHint: "As 2026-12-12 or 12.12.2026.",
  unlabelled: "(no label yet)",
  labelOrNone: (label: string) => (label === "" ? "(no label yet)" : label),
  close: "Close",
  cancel: "Cancel",

  rooms: {
    bar: "Cases room",
    title: "Parts of the Cases room",
    list: "Cases",
    board: "Board agendas",
    bin: "Bin",
    backups: "Backups",
    import: "Import",
    settings: "Settings",
    counted: (n: number) => count(n),
    countedAs: { bin: (n: number) => `${caseCount(n)} in the bin` },
    opening: "Opening the cases…",
  },

  saving: {
    never: "All changes are saved as you type",
    saved: (time: number) => `Saved ${clock.format(time)}`,
    saving: "Saving…",
    sitting: "For this sitting only: gone when the window is closed",
    full: "Not saved: the disk is full. Everything stays in this window and is tried again every few seconds. Free some space.",
    failed: (reason: string) =>
      `Not saved: the storage refused it (${reason}). Everything stays in this window and is tried again every few seconds.`,
    notACase: (field: string, reason: string) =>
      `Not saved: what stands in “${field}” is more than a case can hold (${reason}). Change it; everything else stays in this window until then.`,
    again: "Try again",
    discard: "Discard the change",
    discardHint: "Closes the case; it stays as it was saved last",
    asFile: "Save as file",
    asFileHint: "Encrypted; opens with the passphrase of these cases, in Import",
    fileName: (day: string) => `Unsaved case ${day}.hgnencases`,
  },

  notices: {
    clockBehind:
      "This computer's clock stands before the time of the latest use: the times of changes may be wrong. Check the date before you rely on days and on the bin.",
    removedExpired: (n: number) =>
      isOne(n)
        ? "1 case had been in the bin for 30 days and was removed for good."
        : `${caseCount(n)} had been in the bin for 30 days and were removed for good.`,
    noBackup: "The latest backup could not be written.",
    toBackups: "Backups",
  },

  undo: {
    button: "Undo",
    done: (kind: keyof typeof DONE, n: number, label: string | null) =>
      capital(DONE[kind](label === null ? caseCount(n) : `case ${quoted(label)}`)),
    undone: (kind: keyof typeof DONE, n: number, label: string | null) =>
      `Taken back: ${DONE[kind](label === null ? caseCount(n) : `case ${quoted(label)}`)}.`,
    next: (kind: keyof typeof DONE, n: number, label: string | null) =>
      `Before that: ${DONE[kind](label === null ? caseCount(n) : `case ${quoted(label)}`)}`,
    redo: "Redo",
    redone: (kind: keyof typeof DONE, n: number, label: string | null) =>
      `Done again: ${DONE[kind](label === null ? caseCount(n) : `case ${quoted(label)}`)}.`,
  },

  list: {
    title: "Cases",
    search: "Search cases",
    placeholder: "Label, tag, site, tumour",
    searchHint: "All words must be found; tag:NAME looks in tags only",
    clear: "Clear",
    new: "New case",
    newHint: "New case (n)",
    filters: "Narrow the list",
    tumour: "Tumour",
    anyTumour: "All tumours",
    site: "Primary site",
    anySite: "All sites",
    notGiven: "Not given",
    tag: "Tag",
    anyTag: "All tags",
    board: "Board",
    anyBoard: "Any board",
    boards: { upcoming: "Upcoming board", none: "On no board" },
    followUp: "With follow-up",
    siteShort,
    /** under the column's header, and in its width */
    siteInRow: (site: NonNullable<Patient["primarySite"]>) => SITE_IN_ROW[site] ?? SITE_LABEL[site],
    found: (n: number, of: number) => (n === of ? caseCount(of) : `${count(n)} of ${caseCount(of)}`),
    more: (n: number) => `Show ${count(n)} more`,
    caption:
      "Cases; Enter opens the row, the arrow keys move, Space chooses, Delete puts the row, or all that are chosen, into the bin",
    columns: {
      choose: "Choose",
      label: "Label",
      tumour: "Tumour",
      site: "Site",
      age: "Age",
      ps: "PS",
      tags: "Tags",
      board: "Board",
      changed: "Changed",
    },
    ps: (ps: number | null) => (ps === null ? "" : number(ps)),
    chooseAll: (n: number) => `Choose all ${count(n)}`,
    choose: (label: string) => `Choose ${quoted(label)}`,
    tagsMore: (n: number) => `+${count(n)}`,
    /** the hour of what was changed today, the day of the rest */
    changed: (time: number, now: number) =>
      mediumDay.format(time) === mediumDay.format(now) ? hour.format(time) : mediumDay.format(time),
    changedLong: (time: number) => dateTime(new Date(time)),
    past: (day: string) => `${dayShort(day)}, past`,
    none: {
      title: "No case yet",
      text: "A case keeps a patient under a label of your own: the form, estimates, a note, the board it is on, its follow-up.",
      durable: "Everything is saved as you type, encrypted on this computer.",
      sitting: "Cases are kept for this sitting only, in this window's memory.",
      how: (estimate: string) =>
        `Enter a patient in the room “${estimate}” and keep it as a case, or begin here with an empty one.`,
      examples: "Add synthetic examples",
      examplesNote:
        "Made-up patients, labelled as such. They can be removed together: all have the tag “synthetic”.",
      inBin: (n: number) => `${caseCount(n)} in the bin.`,
    },
    nothing: {
      title: "No case matches",
      text: "All words of the search must be found in label, tags, site or tumour.",
      clear: "Clear search and filters",
    },
    chooseOne: "Choose a case to see it here.",
    keys: [
      ["↑ ↓, Home, End", "move in the list"],
      ["Enter", "open the case"],
      ["Space", "choose it, for what is done with several"],
      ["Delete", "put it, or all that are chosen, into the bin"],
      ["/", "search"],
      ["n", "new case"],
      ["Ctrl + Z, Ctrl + Y", "take back the latest change, do it again"],
    ] as [string, string][],
  },

  chosen: {
    title: "The chosen cases",
    count: (n: number) => `${count(n)} chosen`,
    clear: "Choose none",
    board: "Put on a board…",
    tag: "Tag…",
    duplicate: "Duplicate",
    export: "Export…",
    remove: "Into the bin",
    day: "Day of the board",
    putOn: (day: string) => `Put on ${day}`,
    put: "Put on the board",
    tagName: "Tag",
    addTag: "Add",
    removeTag: "Remove",
    boarded: (n: number, day: string) => `${caseCount(n)} on the board of ${dayLong(day)}.`,
    exampleTag: "synthetic",
    exampleLabel: (n: number) => `Synthetic example ${number(n)}`,
  },

  one: {
    pane: "The open case",
    label: "Label",
    labelHint: "A pseudonym that only your department can resolve. No name, date of birth or record number.",
    labelPlaceholder: "For example A-17",
    sameLabel: (label: string) => `Another case is called ${quoted(label)}.`,
    back: "All cases",
    closeHint: "Close the case (Esc)",
    actions: "What can be done with this case",
    open: "Open in Estimate",
    duplicate: "Duplicate",
    export: "Export…",
    remove: "Into the bin",
    patient: "Patient",
    patientNone: "Nothing is entered yet. Open the case in Estimate.",
    facts: joined,
    compared: "with a comparison",
    tags: "Tags",
    tagAdd: "Add a tag",
    tagRemove: (tag: string) => `Remove the tag ${tag}`,
    tagAdded: (tag: string) => `Tag ${tag} added.`,
    tagRemoved: (tag: string) => `Tag ${tag} removed.`,
    board: "Board",
    boardDay: "Day of the board",
    boardNext: (day: string) => `Next board: ${dayShort(day)}`,
    boardTo: (day: string) => `On the board of ${dayLong(day)}`,
    /** while what is typed is no day */
    boardStill: (day: string) => `Still on the board of ${dayLong(day)}`,
    boardRemove: "Take off the board",
    note: "Note",
    notePlaceholder: "Free text. No names, dates of birth or record numbers.",
    created: (created: number, changed: number) =>
      `Created ${dateTime(new Date(created))} · changed ${dateTime(new Date(changed))}`,
    /** after the label of a copy */
    copyEnding: (n: number) => (n === 1 ? " (copy)" : ` (copy ${number(n)})`),
    copied: (n: number) => (isOne(n) ? "1 copy added." : `${count(n)} copies added.`),
    binned: "This case is in the bin.",
    toBin: "Open the bin",
    gone: "There is no such case on this computer any more.",
    notSaved:
      "The open case is not saved yet, so it stays open. Save it as a file, or try again; then choose the other one.",
    failed: (reason: string) => `That did not work, and nothing was changed: ${reason}`,
    damaged: (reason: string) => `This case cannot be opened: ${reason}`,
  },

  followUp: {
    add: "Add follow-up",
    remove: "Remove follow-up",
    empty: "nothing recorded yet",
    between: " · ",
    since: (day: string) => `first line ${day}`,
    progression: (day: string) => `progression ${day}`,
    died: (day: string) => (day === "" ? "died" : `died ${day}`),
    alive: (day: string) => `alive ${day}`,
    noDay: {
      start: "first line: no valid date",
      progression: "progression: no valid date",
      died: "died: no valid date",
      alive: "last contact: no valid date",
    },
    inFuture: ", in the future",
    contradicted: ", check the dates",
    response: followUpWords.levels.bestResponse,
  },

  estimates: {
    title: "Estimates of this case",
    none: "None yet. What the Estimate room shows for this case is kept here, with its inputs and the versions that made it.",
    latest: "Latest shown",
    kept: "Kept",
    made: (at: number, model: string, app: string) =>
      `Model ${model} · ${dateTime(new Date(at))} · app ${app}`,
    /** word joiners: the interval stays on one line */
    median: ({ median, lower, upper }: Median) =>
      `${months(median)}${median === null ? "" : `${NBSP}months`} (${monthsInterval(lower, upper).replaceAll("–", "\u2060–\u2060")})`,
    intervals: `Median with 95${NBSP}% CI of the estimate`,
    /** a group that this program does not know is named as it was written */
    risk: (group: string, percentile: number | null) => {
      const name = Object.hasOwn(RISK_LABEL, group) ? RISK_LABEL[group as RiskGroup] : group;
      return percentile === null ? `${name} risk` : `${name} risk, ${ordinalPercentile(percentile)} of 100`;
    },
    notEstimated: "not estimated",
    /** a code that this program does not know was written by another one; it says nothing to a reader */
    reasons: (codes: readonly string[]) =>
      codes.flatMap((code) => (Object.hasOwn(REFUSED, code) ? [REFUSED[code as RefusalCode]] : [])),
    notEstimatedFor: (reasons: string[]) =>
      reasons.length === 0 ? "Not estimated." : `Not estimated: ${reasons.join("; ")}.`,
    today: (model: string) => `Today, model ${model}`,
    then: (model: string) => `Then, model ${model}`,
    differs: (saved: string, today: string) =>
      `Made by model ${saved}; today's is ${today}. The same inputs give today:`,
    otherStudy: (study: string) => `Made from another study (${study}); not computed again.`,
    same: "the same",
    longer: (by: number) => `${months(by)}${NBSP}months longer`,
    shorter: (by: number) => `${months(by)}${NBSP}months shorter`,
    notComparable: "not to be compared in months",
    todayRefuses: (problem: string) => `Today's program does not take these inputs. ${problem}`,
    inputs: (facts: string[]) => joined(facts),
    remove: "Remove",
    removeOf: (made: string) => `Remove the estimate: ${made}`,
    all: (n: number) => `Show all ${count(n)}`,
  },

  damaged: {
    title: (n: number) => (isOne(n) ? "1 case cannot be read" : `${caseCount(n)} cannot be read`),
    calm: "All other cases are not affected, and nothing was deleted. A backup may hold these whole; restoring one shows first what it would bring.",
    named: (label: string | null, id: string) =>
      `${label === null || label === "" ? "Label not known" : label} · ${id}`,
    reasons: {
      tampered: () =>
        "Its bytes are not those that were written: a fault of the disk, or somebody changed them.",
      newer: () => "A newer version of this program wrote it. Open it with that version.",
      "not-json": () => "It opens, but what is in it is not complete.",
      hostile: () => "It opens, but holds what no case of this program has.",
      shape: (field: string | null) =>
        field === null
          ? "It opens, but is not a case as this program knows it."
          : `It opens, but is not a case as this program knows it: field ${field}.`,
    },
    restore: "Restore from a backup",
    remove: "Remove for good…",
    confirm: (name: string) => `Remove ${name} for good?`,
    confirmText:
      "It cannot be read now, but a backup or a newer program might still bring it back. Afterwards only a backup can.",
    confirmButton: "Remove for good",
  },

  agenda: {
    upcoming: "Upcoming",
    past: (n: number) => `Past (${count(n)})`,
    pastMark: "past",
    days: "Boards by day",
    day: (day: string) => weekDay.format(dateOf(day)),
    none: {
      title: "No board is planned",
      text: "Open a case and give it the day of its board, or choose several in the list and put them on one. Or plan one here and add cases to it.",
      toList: "To the cases",
    },
    plan: "Plan another day",
    planDay: "Day of the board",
    planButton: "Show this day",
    board: (day: string) => `Board of ${dayLong(day)}`,
    count: caseCount,
    emptyDay: "No case is on this board yet. Add one below.",
    show: "Show these on the Board",
    showHint: "Replaces the cases in the Board room; undo there brings them back",
    shown: (n: number) => `${caseCount(n)} now on the Board, in this order.`,
    order: "Cases in the order of the agenda",
    howToMove: "Drag by the handle, or press Alt + ↑ or ↓ in a row.",
    handle: (label: string) => `Drag ${quoted(label)}`,
    up: (label: string) => `Move ${quoted(label)} up`,
    down: (label: string) => `Move ${quoted(label)} down`,
    moved: (label: string, place: number, of: number) =>
      `${quoted(label)} is now number ${number(place)} of ${number(of)}.`,
    remove: (label: string) => `Take ${quoted(label)} off the board`,
    removed: (label: string) => `${quoted(label)} is off the board.`,
    add: "Add a case to this board",
    addPlaceholder: "Search by label, tag, site, tumour",
    addThis: (label: string, facts: string) => `Add ${quoted(label)}: ${facts}`,
    addButton: "Add",
    addNone: "No other case matches.",
    addMore: (n: number) => `and ${caseCount(n)} more: type to narrow`,
    added: (label: string) => `${quoted(label)} is on the board.`,
    onOther: (day: string) => `on ${dayShort(day)}`,
    changeDay: "Move the board to another day",
    changeDayButton: "Move all",
    dayChanged: (n: number, day: string) => `${caseCount(n)} now on ${dayLong(day)}.`,
  },

  bin: {
    title: "Bin",
    note: (days: number) =>
      `Cases stay here for ${number(days)} days and then go for good. Until then they can be restored as they were.`,
    none: {
      title: "The bin is empty",
      text: (days: number) => `Cases that are put into it stay for ${number(days)} days.`,
    },
    columns: { label: "Label", patient: "Patient", deleted: "Into the bin", goes: "Goes for good" },
    deleted: (time: number) => dateTime(new Date(time)),
    /** at the first opening after it */
    goes: (time: number) => `after ${mediumDay.format(time)}`,
    caption: "Cases in the bin",
    restore: "Restore",
    restoreOf: (label: string) => `Restore ${quoted(label)}`,
    restoreChosen: (n: number) => `Restore ${count(n)}`,
    restored: (n: number) => (isOne(n) ? "1 case restored." : `${caseCount(n)} restored.`),
    remove: "Remove for good…",
    removeOf: (label: string) => `Remove for good: ${quoted(label)}`,
    removeChosen: (n: number) => `Remove ${count(n)} for good…`,
    empty: "Empty the bin…",
    confirm: (n: number) => (isOne(n) ? "Remove 1 case for good?" : `Remove ${caseCount(n)} for good?`),
    confirmText: "Undo cannot bring them back, nor anything else that could have been taken back until now.",
    confirmBackups:
      "Backups made before still hold them: those by the program until newer ones take their place, those that were set aside until you delete them.",
    confirmNoBackups: "A file that you have saved or exported still holds what was in it.",
    withBackups:
      "Also delete all backups that the program made, and write a new one of what is left; those set aside stay",
    confirmButton: "Remove for good",
    removed: (n: number) => (isOne(n) ? "1 case removed for good." : `${caseCount(n)} removed for good.`),
    backupsDeleted: "The backups were deleted.",
    backupsKept: "You chose to keep the backups; they still hold what was removed.",
    backupsFailed: (reason: string) => `The cases are gone, but the backups could not be deleted: ${reason}`,
  },

  /** a patient in the list, on an agenda, in the bin */
  patient: (typed: TypedPatient) => joined(patientParts(typed).flatMap((part) => part ?? [])),
  patientNone: "nothing entered",
  facts: typedFacts,
};
