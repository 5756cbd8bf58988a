import * as v from "valibot";
import type { Caution, CautionCode, Facts, Severity } from "../prognosis/applicability.ts";
import type {
  Comparison,
  ComparisonCaution,
  ComparisonCode,
  EndpointComparison,
  MedianDifference,
  SurvivalDifference,
  VersionHazardRatio,
} from "../prognosis/compare.ts";
import type { Answer, Estimate, SurvivalPoint } from "../prognosis/estimate.ts";
import type { Citation, Covariate, Endpoint, Study, Tumour } from "../prognosis/model.ts";
import { ENDPOINTS, TUMOURS } from "../prognosis/model.ts";
import type { Allowed, Patient, PatientField, Problem } from "../prognosis/patient.ts";
import type { RiskGroup } from "../prognosis/riskGroup.ts";
import type { Membership, PublishedGroup, ReferenceCurve } from "../prognosis/publishedCurves.ts";
import type { BaselineSegment, Calculation, ModelWorkings, WorkedSurvival } from "../prognosis/workings.ts";

/**
 * The one contract between the program and whoever hosts it: Electron's main process, a Web Worker, the command line.
 * A request has named fields and is checked once, by {@link dispatch}; an error comes back as a value, because Electron
 * keeps nothing but the message of a thrown one.
 */
export interface Contract {
  /** a patient in, an estimate out */
  estimate: { request: { patient: unknown; intervals?: boolean; curve?: boolean }; answer: Answer };
  /** two versions of one patient, and their difference over the same draws; problems are of `a.` or `b.` */
  compare: { request: { a: unknown; b: unknown; curve?: boolean }; answer: Comparison };
  /** the published groups of the patient's tumour, model beside published, and which of them the patient belongs to */
  groups: { request: { patient: unknown }; answer: Record<Endpoint, GroupOfPatient[]> };
  /** the published groups of a tumour as reconstructed curves */
  referenceCurves: { request: { tumour: Tumour; endpoint: Endpoint }; answer: ReferenceCurve[] };
  /** how large the three risk groups of a tumour are in the study's case mix: thirds as far as ties allow */
  riskGroups: { request: { tumour: Tumour; endpoint: Endpoint }; answer: RiskGroupShares };
  /** what a model rests on whoever the patient is: coefficients, case mix, reconstructed baseline */
  baseline: { request: { tumour: Tumour; endpoint: Endpoint }; answer: ModelWorkings };
  /** a patient's estimate step by step; null where the models give none */
  calculation: { request: { patient: unknown }; answer: Record<Endpoint, Calculation | null> };
  /** everything published that the program uses, each value with its place */
  study: { request: Record<string, never>; answer: Study };
  /** what this program is: versions and citation */
  about: { request: Record<string, never>; answer: About };
}

/**
 * What only a desktop can do for its page: answered next to {@link Contract}, by a table of its own. The page names a
 * file and never a place: where it goes is decided in the system's own dialog.
 */
export interface ShellContract {
  /** saves a file where the user says, whole or not at all */
  saveFile: { request: { name: string; bytes: Uint8Array<ArrayBuffer> }; answer: Saved };
  /** makes a PDF of what the page's print styles lay out at this moment, and saves it where the user says */
  savePdf: { request: { name: string }; answer: Saved };
  /** shows the slides to the audience, on a second display where there is one */
  openProjector: { request: Record<string, never>; answer: null };
  /** whether the system's keychain can hold a key for this user */
  keychain: { request: Record<string, never>; answer: Keychain };
  /** a key, sealed so that only this user on this computer can have it back; "keychain-failed" where that fails */
  wrapKey: { request: { key: Uint8Array }; answer: { wrapped: Uint8Array<ArrayBuffer> } };
  /**
   * A key that {@link wrapKey} has sealed; "keychain-failed" where the keychain does not give it back, as after a move
   * to another computer. `rewrapped` replaces what was given, where the keychain wants it sealed anew.
   */
  unwrapKey: { request: { wrapped: Uint8Array }; answer: UnwrappedKey };
  /** stores an encrypted backup, whole or not at all, and lets the oldest go; each line must be one of such a file */
  writeBackup: { request: { bytes: Uint8Array; kind: BackupKind }; answer: BackupFile };
  /** the backups that are there, newest first */
  listBackups: { request: Record<string, never>; answer: BackupFile[] };
  /** the bytes of a backup; "no-backup" where there is none of that name */
  readBackup: { request: { name: string }; answer: { bytes: Uint8Array<ArrayBuffer> } };
  /** deletes the named backups, if the user says yes to a question in the system's own box, and tells which are left */
  deleteBackups: { request: { names: string[] }; answer: DeletedBackups };
  /** what happens around the page, in its order and one at a time; answered when something does */
  nextEvent: { request: Record<string, never>; answer: ShellEvent };
  /** shows the system's dialog for a file of cases or of a board; what is chosen comes as an event */
  chooseFile: { request: Record<string, never>; answer: null };
  /** opens one of two fixed addresses in the system's browser, if the user says yes to a question that shows it */
  openLink: { request: { link: Link }; answer: { opened: boolean } };
  /** what an administrator has decided for this computer */
  policy: { request: Record<string, never>; answer: PolicyInForce };
  /** what the program knows of itself and of its surroundings, for a report; nothing of any patient */
  diagnostics: { request: Record<string, never>; answer: { text: string } };
  /** what has befallen the page's store, for the program's log */
  note: { request: { code: Note }; answer: null };
}

export type ShellEndpointName = keyof ShellContract;
export type ShellRequest<K extends ShellEndpointName> = ShellContract[K]["request"];
export type ShellAnswerOf<K extends ShellEndpointName> = ShellContract[K]["answer"];

/**
 * What became of a file. `path` is null where the host does not know it (a browser's download folder); `saved` is null
 * where the host cannot know even that (a browser's print dialog tells nobody what it did).
 */
export type Saved = { saved: true; path: string | null } | { saved: false } | { saved: null };

/** The kinds of file that the page may ask to save, by their ending. */
export const FILE_ENDINGS = ["pdf", "pptx", "csv", "png", "txt", "json", "hgnencases", "nenboard"] as const;
export type FileEnding = (typeof FILE_ENDINGS)[number];

/** Why the system did not let a file be saved. */
export const SAVE_REFUSALS = ["read-only", "full", "no-permission", "no-folder", "in-use", "other"] as const;
export type SaveRefusal = (typeof SAVE_REFUSALS)[number];

/**
 * `reason` is null where there is a keychain; "not-here" where the host can have none, as in a browser; "policy" where an
 * administrator has decided against it.
 */
export interface Keychain {
  available: boolean;
  reason: null | "no-keychain" | "not-here" | "policy";
}

export interface UnwrappedKey {
  key: Uint8Array<ArrayBuffer>;
  rewrapped: Uint8Array<ArrayBuffer> | null;
}

/** How a computer is left: it is put to sleep, its screen is locked, another user has come to it. */
export type SystemLock = "suspend" | "lock-screen" | "other-user";

/** Files of ours that a user opens by double click, drag or dialog: encrypted cases, and the cases of a board. */
export const OPENED_ENDINGS = ["hgnencases", "nenboard"] as const;
export type OpenedEnding = (typeof OPENED_ENDINGS)[number];
/** The ending of a file of ours, however it is written, or null where it is another. */
export const openedEndingOf = (name: string): OpenedEnding | null =>
  OPENED_ENDINGS.find((ending) => name.toLowerCase().endsWith(`.${ending}`)) ?? null;

/**
 * Why a file was not opened: its name is not one of ours, it is no file, it is too large, the system refuses it, or it is
 * of another computer whose files the user has said no to.
 */
export type OpenRefusal =
  "ending" | "no-file" | "too-large" | "no-permission" | "in-use" | "declined" | "other";

/** What the native menu asks of the page. */
export const MENU_COMMANDS = [
  ...["estimate", "compare", "board", "cases", "published", "model"],
  ...["save-board", "lock", "keys", "diagnostics"],
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** What happens around the page. */
export type ShellEvent =
  | { kind: "lock"; reason: SystemLock }
  /** the user has opened a file; `name` is without its folder */
  | { kind: "file"; name: string; ending: OpenedEnding; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "file-refused"; name: string; reason: OpenRefusal; message: string }
  | { kind: "command"; command: MenuCommand }
  /** another page asks now, or the window is closed: nothing more comes to this one */
  | { kind: "ended" };

/** All of it but that a page is told nothing more. */
export type Happening = Exclude<ShellEvent, { kind: "ended" }>;
/** How many happenings wait for who hears them, on either side of the bridge: more than a user brings about at once. */
export const MOST_HAPPENINGS_KEPT = 20;

/** The only addresses that are ever opened outside of the program. */
export const LINKS = ["article", "project"] as const;
export type Link = (typeof LINKS)[number];

/** What a page may have written down: the store as {@link ShellContract.note} finds it, and never what is in it. */
export const NOTES = [
  ...["store-newer", "store-refused", "store-elsewhere", "store-full", "store-lost"],
  ...["store-header-damaged", "store-broken", "records-damaged", "saving-full", "saving-failed"],
] as const;
export type Note = (typeof NOTES)[number];

/** What may leave the program as a file: nothing, encrypted files of cases only, everything; the strictest first. */
export const EXPORTS = ["none", "encrypted", "all"] as const;

/** What an administrator may decide for all users of a computer. Everything is allowed where nothing is said. */
export interface Policy {
  /** cases may be stored; otherwise they last as long as the window */
  storage: boolean;
  exports: (typeof EXPORTS)[number];
  /** the system's keychain may open the cases; otherwise the passphrase is asked for */
  keychain: boolean;
  /** the two addresses may be opened in the system's browser */
  links: boolean;
  /** the longest time without use after which the cases lock, in minutes; null: as the user says */
  lockAfterMinutes: number | null;
}

/** Nobody has decided anything. */
export const UNRESTRICTED: Readonly<Policy> = {
  storage: true,
  exports: "all",
  keychain: true,
  links: true,
  lockAfterMinutes: null,
};
/** What is in force where something was decided that cannot be understood. */
export const STRICTEST: Readonly<Policy> = {
  storage: false,
  exports: "none",
  keychain: false,
  links: false,
  lockAfterMinutes: 5,
};

export interface PolicyInForce {
  policy: Policy;
  /** the files that it comes from, absolute; empty: nobody has decided anything */
  files: string[];
  /** what could not be understood: then everything is forbidden that can be */
  problems: PolicyProblem[];
}

export const NO_POLICY: PolicyInForce = { policy: UNRESTRICTED, files: [], problems: [] };

export interface PolicyProblem {
  file: string;
  /** null: the file as a whole */
  field: string | null;
  /** what stands there, or what the system says of a whole file, as text of at most 100 characters */
  value: string | null;
  reason: PolicyFlaw;
}

export type PolicyFlaw =
  /** the system does not give it, or it is no file */
  | "unreadable"
  | "too-large"
  | "not-json"
  | "unknown-field"
  /** which of the two was meant is nobody's to guess */
  | "field-twice"
  | "bad-value";

/** "rotating" ones give way to newer ones; one that was "set-aside" stays until the user deletes it. */
export const BACKUP_KINDS = ["rotating", "set-aside"] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** A backup in the host's own folder; the page knows its name and never its place. */
export interface BackupFile {
  /** of the form {@link BACKUP_NAME} */
  name: string;
  /** its size */
  bytes: number;
  /** when it was made, in ms since 1970, as its name says: a copied file has another time of its own */
  at: number;
  kind: BackupKind;
}

/** `deleted` is false where the user has chosen to keep them; `left` is newest first. */
export interface DeletedBackups {
  deleted: boolean;
  left: BackupFile[];
}

/** The time is in UTC, so that names order as times do. */
export const BACKUP_NAME =
  /^(cases|set-aside)-(\d{4})-(\d{2})-(\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.hgnencases$/;

export type EndpointName = keyof Contract;
export type Request<K extends EndpointName> = Contract[K]["request"];
export type AnswerOf<K extends EndpointName> = Contract[K]["answer"];

export interface GroupOfPatient extends PublishedGroup {
  belongs: boolean | null;
}

export type RiskGroupShares = Record<RiskGroup, number>;

export interface About {
  appVersion: string;
  modelVersion: string;
  study: string;
  studyName: string;
  citation: Citation;
}

export const ERROR_CODES = [
  "invalid-patient",
  "invalid-request",
  "unknown-endpoint",
  "refused",
  "save-refused",
  "pdf-failed",
  "projector-blocked",
  "projector-failed",
  "keychain-failed",
  "no-backup",
  "forbidden",
  "not-here",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as a value. `field`, `value` and `allowed` are those of the first problem; `problems` lists them all. */
export interface Failure {
  ok: false;
  code: ErrorCode;
  field?: string;
  value?: unknown;
  allowed?: Allowed;
  problems?: Problem[];
  /** of "save-refused": why, and which file or folder, in full where the user has named it; of a backup its name alone */
  reason?: SaveRefusal;
  path?: string;
  /** for logs and developers; what users read is made from the code and the facts */
  message: string;
}

export type Result<T> = { ok: true; value: T } | Failure;

/** The name under which the preload script shows the bridge to the page. */
export const BRIDGE = "hgNenPrognosis";
/** The one channel between Electron's renderer and main process. */
export const CHANNEL = "hg-nen-prognosis:invoke";

/** What a host must provide to the renderer: one request/response function and the name of the host. */
export interface Bridge {
  readonly host: "electron";
  invoke(endpoint: string, request: unknown): Promise<Result<unknown>>;
}

const anyPatient = v.custom<unknown>(() => true);
const nothing = v.strictObject({});

/** The shape of each request; an endpoint without one does not compile. `patient` is read by the core's own parser. */
export const requestSchemas = {
  estimate: v.strictObject({
    patient: anyPatient,
    intervals: v.optional(v.boolean()),
    curve: v.optional(v.boolean()),
  }),
  compare: v.strictObject({ a: anyPatient, b: anyPatient, curve: v.optional(v.boolean()) }),
  groups: v.strictObject({ patient: anyPatient }),
  referenceCurves: v.strictObject({ tumour: v.picklist(TUMOURS), endpoint: v.picklist(ENDPOINTS) }),
  riskGroups: v.strictObject({ tumour: v.picklist(TUMOURS), endpoint: v.picklist(ENDPOINTS) }),
  baseline: v.strictObject({ tumour: v.picklist(TUMOURS), endpoint: v.picklist(ENDPOINTS) }),
  calculation: v.strictObject({ patient: anyPatient }),
  study: nothing,
  about: nothing,
} satisfies Record<EndpointName, v.GenericSchema>;

/** Far beyond any file system's limit: a long label is shortened by the shell, not refused here. */
const LONGEST_NAME = 1024;
const fileName = v.pipe(v.string(), v.nonEmpty(), v.maxLength(LONGEST_NAME));
const ENDING = new RegExp(`\\.(?:${FILE_ENDINGS.join("|")})$`, "i");

/** Of AES-256. */
const KEY_BYTES = 32;
/** A keychain's seal adds tens or hundreds of bytes. */
const MOST_WRAPPED_BYTES = 64 * 1024;
/**
 * The largest file of cases, in bytes, that is written or read. 10,000 cases with five estimates each take about 100 MB;
 * a page gone wrong cannot fill the disk with one request.
 */
export const MOST_CASE_FILE_BYTES = 256 * 1024 * 1024;
/** The largest file that is opened, by its ending. The cases of a board are text for one meeting. */
export const MOST_OPENED_BYTES = {
  hgnencases: MOST_CASE_FILE_BYTES,
  nenboard: 8 * 1024 * 1024,
} satisfies Record<OpenedEnding, number>;
/** Far beyond what rotation leaves. */
const MOST_NAMES = 10_000;

const bytes = v.instance(Uint8Array);
// SECURITY: the page names a backup by a form that has no separator and no way up, so that it reaches no other file.
const backupName = v.pipe(v.string(), v.regex(BACKUP_NAME));

/** The shape of each request to the shell; an endpoint without one does not compile. */
export const shellRequestSchemas = {
  // SECURITY: documents, tables and pictures only; the page can suggest no program.
  saveFile: v.strictObject({ name: v.pipe(fileName, v.regex(ENDING)), bytes }),
  savePdf: v.strictObject({ name: fileName }),
  openProjector: nothing,
  keychain: nothing,
  wrapKey: v.strictObject({ key: v.pipe(bytes, v.length(KEY_BYTES)) }),
  unwrapKey: v.strictObject({ wrapped: v.pipe(bytes, v.minLength(1), v.maxLength(MOST_WRAPPED_BYTES)) }),
  writeBackup: v.strictObject({
    bytes: v.pipe(bytes, v.maxLength(MOST_CASE_FILE_BYTES)),
    kind: v.picklist(BACKUP_KINDS),
  }),
  listBackups: nothing,
  readBackup: v.strictObject({ name: backupName }),
  deleteBackups: v.strictObject({ names: v.pipe(v.array(backupName), v.maxLength(MOST_NAMES)) }),
  nextEvent: nothing,
  chooseFile: nothing,
  // SECURITY: the page names a link and never an address.
  openLink: v.strictObject({ link: v.picklist(LINKS) }),
  policy: nothing,
  diagnostics: nothing,
  // SECURITY: a word of a list: nothing that a page says becomes text of the log.
  note: v.strictObject({ code: v.picklist(NOTES) }),
} satisfies Record<ShellEndpointName, v.GenericSchema>;
export const SHELL_ENDPOINTS = Object.keys(shellRequestSchemas) as ShellEndpointName[];

export type {
  Allowed,
  Answer,
  BaselineSegment,
  Calculation,
  Caution,
  CautionCode,
  Citation,
  Comparison,
  ComparisonCaution,
  ComparisonCode,
  Covariate,
  Endpoint,
  EndpointComparison,
  Estimate,
  Facts,
  MedianDifference,
  Membership,
  ModelWorkings,
  Patient,
  PatientField,
  Problem,
  PublishedGroup,
  ReferenceCurve,
  RiskGroup,
  Severity,
  Study,
  SurvivalDifference,
  SurvivalPoint,
  Tumour,
  VersionHazardRatio,
  WorkedSurvival,
};
