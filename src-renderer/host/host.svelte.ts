import type {
  AnswerOf,
  BackupFile,
  BackupKind,
  Bridge,
  EndpointName,
  Keychain,
  Link,
  Note,
  PolicyInForce,
  Request,
  Result,
  Saved,
  ShellAnswerOf,
  SystemLock,
} from "../../src-main/api/contract.ts";
import { BRIDGE } from "../../src-main/api/contract.ts";
import { answered } from "./answered.ts";
import { browserShell } from "./browserShell.ts";
import { desktopShell } from "./desktopShell.ts";
import { inBrowser } from "./page.ts";
import type { Listening, OpenedFile, RefusedFile } from "./shellEvents.ts";
import { connectWorker } from "./worker.ts";

export type {
  BackupFile,
  BackupKind,
  Keychain,
  Link,
  Note,
  OpenedFile,
  PolicyInForce,
  RefusedFile,
  Saved,
  SystemLock,
};

/** A file that the user asked for. */
export interface FileToSave {
  /** with its ending; characters that a file system refuses are replaced by the host */
  name: string;
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What differs between hosts and what a room may ask for; nobody asks for the host's name. */
export interface Capabilities {
  /** "file": a PDF is written where the user says; "dialog": the browser's print dialog makes it */
  readonly pdf: "file" | "dialog";
  /** "display": slides open full screen on a second display by themselves; "window": in a window to be moved there */
  readonly projector: "display" | "window";
  /** the page may ask before it is closed with something in it that is nowhere else */
  readonly warnsOfLoss: boolean;
  /** the host keeps encrypted backups by itself; elsewhere a user saves a file where he says */
  readonly backups: boolean;
  /** "asks": the host shows an address, and asks, before it opens it; "tab": it is open in a new tab at once */
  readonly links: "asks" | "tab";
  /** the host has a menu with keys of its own, which opens files and saves the board */
  readonly menu: boolean;
}

/** What a host does around the core's endpoints. Nothing here rejects. */
export interface HostShell extends Listening {
  readonly capabilities: Capabilities;
  /** Saves a file whole or not at all; a refusal (read-only, full, no permission) comes back as an error value. */
  saveFile(file: FileToSave): Promise<Result<Saved>>;
  /**
   * Makes a PDF of what the page's print styles lay out, in the page size that they name. The layout must hold until
   * this resolves: the user chooses a place first. The name becomes the document's title.
   */
  savePdf(name: string): Promise<Result<Saved>>;
  /** Shows `#/board/projector` to the audience: a second window of this program, one at a time. */
  openProjector(): Promise<Result<null>>;
  /** Whether the system's keychain can hold a key, and if not, why. */
  keychain(): Promise<Result<Keychain>>;
  /** Seals a key of 32 bytes for this user of this computer. The bytes stay the caller's, to wipe. */
  wrapKey(key: Uint8Array): Promise<Result<ShellAnswerOf<"wrapKey">>>;
  /** A key that {@link wrapKey} has sealed; store `rewrapped`, where it is given, in place of what was given. */
  unwrapKey(wrapped: Uint8Array): Promise<Result<ShellAnswerOf<"unwrapKey">>>;
  /** Stores an encrypted file whose last line proves it whole; rotating ones give way to newer ones. */
  writeBackup(bytes: Uint8Array, kind: BackupKind): Promise<Result<BackupFile>>;
  /** Newest first. */
  listBackups(): Promise<Result<BackupFile[]>>;
  /** "no-backup" where there is none of that name. */
  readBackup(name: string): Promise<Result<ShellAnswerOf<"readBackup">>>;
  /** Deletes the named ones if the user says yes, and tells which are left; of a failure, those that could be deleted are. */
  deleteBackups(names: readonly string[]): Promise<Result<ShellAnswerOf<"deleteBackups">>>;
  /** Asks the user for a file of ours; what is chosen comes to those who listen to files. */
  chooseFile(): Promise<Result<null>>;
  /** Opens one of two fixed addresses outside of the program; "not-here" where there is no such page. */
  openLink(link: Link): Promise<Result<ShellAnswerOf<"openLink">>>;
  /** What an administrator has decided for this computer. */
  policy(): Promise<Result<PolicyInForce>>;
  /** What the program knows of itself and of its surroundings; nothing of any patient. */
  diagnostics(): Promise<Result<ShellAnswerOf<"diagnostics">>>;
  /** What has befallen the store, for the host's log, where it keeps one. */
  note(code: Note): Promise<Result<null>>;
}

/** Whoever answers the page. Nothing outside this folder knows, or asks, which it is. */
export interface Host extends HostShell {
  readonly name: "electron" | "web";
  request<K extends EndpointName>(endpoint: K, request: Request<K>): Promise<Result<AnswerOf<K>>>;
}

/** A transport to whoever computes. */
export type Invoke = (endpoint: string, request: unknown) => Promise<Result<unknown>>;

/** Chooses the host, once: the desktop's preload bridge where there is one, a worker of our own otherwise. */
export function connectHost(): Host {
  const bridge = (globalThis as Record<string, unknown>)[BRIDGE] as Bridge | undefined;
  if (!bridge) {
    const worker = connectWorker();
    return createHost(
      "web",
      worker,
      browserShell(inBrowser, () => aboutFrom(worker)),
    );
  }
  const invoke: Invoke = (endpoint, request) => bridge.invoke(endpoint, request);
  return createHost("electron", invoke, desktopShell(invoke, inBrowser));
}

async function aboutFrom(invoke: Invoke): Promise<Result<AnswerOf<"about">>> {
  return (await invoke("about", {})) as Result<AnswerOf<"about">>;
}

/** Wraps a transport: snapshots Svelte's proxies, which no structured clone accepts, and turns rejections into values. */
export function createHost(name: Host["name"], invoke: Invoke, shell: HostShell): Host {
  return {
    name,
    ...shell,
    request: (endpoint, request) =>
      answered(
        async () => (await invoke(endpoint, $state.snapshot(request))) as Result<AnswerOf<typeof endpoint>>,
      ),
  };
}
