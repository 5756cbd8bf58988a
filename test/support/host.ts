import type { BackupFile, FileToSave, Host, HostShell } from "../../src-renderer/host/host.svelte.ts";
import { createListening } from "../../src-renderer/host/shellEvents.ts";
import { createHandlers, dispatch } from "../../src-main/api/endpoints.ts";
import type { Failure, Happening, Note, Result } from "../../src-main/api/contract.ts";
import { UNRESTRICTED } from "../../src-main/api/contract.ts";
import { backupName } from "../../src-main/shell/backupRotation.ts";
import { flawOf } from "../../src-main/shell/sealedFlaw.ts";
import { loadPrepared } from "./prognosis.ts";

export const APP_VERSION = "0.0.0-test";

/** The real handlers over the real study, answering in the same process. */
export const handlers = createHandlers(loadPrepared(), APP_VERSION);

/** What a test can see of what was asked of the host. */
export interface LocalHost extends Host {
  readonly savedFiles: FileToSave[];
  /** names of the PDF files */
  readonly savedPdfs: string[];
  /** how often the audience's window was asked for */
  readonly projections: () => number;
  /** what the log would have been told */
  readonly notes: Note[];
  /** something happens around the page */
  readonly happens: (event: Happening) => void;
}

type HostKeychain = Pick<HostShell, "keychain" | "wrapKey" | "unwrapKey">;
type HostBackups = Pick<HostShell, "writeBackup" | "listBackups" | "readBackup" | "deleteBackups">;

const KEYCHAIN_FAILED: Failure = {
  ok: false,
  code: "keychain-failed",
  message: "the keychain has not got it",
};
/** As on a Linux without one. */
const NO_KEYCHAIN: HostKeychain = {
  keychain: () => Promise.resolve({ ok: true, value: { available: false, reason: "no-keychain" } }),
  wrapKey: () => Promise.resolve(KEYCHAIN_FAILED),
  unwrapKey: () => Promise.resolve(KEYCHAIN_FAILED),
};

/** A keychain that forgets what it is told to; one of them in two hosts is one computer, started twice. */
export interface MemoryKeychain extends HostKeychain {
  /** from now on nothing opens that was sealed before, as after a move to another computer */
  loseKeys: () => void;
  /** from now on what was sealed before opens, and comes back sealed anew */
  renewKeys: () => void;
}

/** In place of the one that {@link localHost} does not have: `localHost(undefined, memoryKeychain())`. */
export function memoryKeychain(): MemoryKeychain {
  const sealed = new Map<string, Uint8Array>();
  let sealedSoFar = 0;
  let current = 0;
  const seal = (key: Uint8Array): Uint8Array<ArrayBuffer> => {
    const wrapped = new Uint8Array(new TextEncoder().encode(`sealed ${sealedSoFar++}`));
    sealed.set(String(wrapped), new Uint8Array(key));
    return wrapped;
  };
  return {
    loseKeys: () => sealed.clear(),
    renewKeys: () => void (current = sealedSoFar),
    keychain: () => Promise.resolve({ ok: true, value: { available: true, reason: null } }),
    wrapKey: (key) => Promise.resolve({ ok: true, value: { wrapped: seal(key) } }),
    unwrapKey(wrapped) {
      const found = sealed.get(String(wrapped));
      if (!found) return Promise.resolve(KEYCHAIN_FAILED);
      const number = Number(new TextDecoder().decode(wrapped).split(" ")[1]);
      const rewrapped = number < current ? seal(found) : null;
      return Promise.resolve({ ok: true, value: { key: new Uint8Array(found), rewrapped } });
    },
  };
}

/** Backups that are kept until the test ends. */
export interface MemoryBackups extends HostBackups {
  /** by their names, oldest first; a test may damage them */
  readonly stored: Map<string, Uint8Array<ArrayBuffer>>;
}

/** Refuses what the desktop refuses, and keeps all; one of them in two hosts is one computer, started twice. */
export function memoryBackups(now: () => number = Date.now): MemoryBackups {
  const files = new Map<string, BackupFile>();
  const stored = new Map<string, Uint8Array<ArrayBuffer>>();
  const list = (): BackupFile[] => [...files.values()].sort((a, b) => b.at - a.at);
  return {
    stored,
    async writeBackup(bytes, kind) {
      const flaw = await flawOf(bytes, "backup");
      if (flaw !== null) return { ok: false, code: "invalid-request", field: "bytes", message: flaw };
      let at = now();
      while (files.has(backupName(kind, at))) at++;
      const file: BackupFile = { name: backupName(kind, at), bytes: bytes.length, at, kind };
      files.set(file.name, file);
      stored.set(file.name, new Uint8Array(bytes));
      return { ok: true, value: file };
    },
    listBackups: () => Promise.resolve({ ok: true, value: list() }),
    readBackup(name) {
      const bytes = stored.get(name);
      return Promise.resolve(
        bytes
          ? { ok: true, value: { bytes: new Uint8Array(bytes) } }
          : {
              ok: false,
              code: "no-backup",
              field: "name",
              value: name,
              message: `there is no backup ${name}`,
            },
      );
    },
    deleteBackups(names) {
      for (const name of names) {
        files.delete(name);
        stored.delete(name);
      }
      return Promise.resolve({ ok: true, value: { deleted: true, left: list() } });
    },
  };
}

/**
 * A host that answers from {@link handlers}, through a structured clone as every real transport does, saves every file,
 * opens every window and link, keeps backups in memory, has no keychain and no policy; `shell` answers differently.
 */
export function localHost(
  before?: (endpoint: string, request: unknown) => Promise<void> | undefined,
  shell: Partial<HostShell> = {},
): LocalHost {
  const savedFiles: FileToSave[] = [];
  const savedPdfs: string[] = [];
  const notes: Note[] = [];
  let projections = 0;
  const { deliver, heard: _, ...listening } = createListening(() => undefined);
  return {
    name: "web",
    capabilities: {
      ...{ pdf: "file", projector: "window", warnsOfLoss: true, backups: true },
      ...{ links: "asks", menu: true },
    },
    savedFiles,
    savedPdfs,
    notes,
    projections: () => projections,
    happens: deliver,
    saveFile(file) {
      savedFiles.push(file);
      return Promise.resolve({ ok: true, value: { saved: true, path: `/documents/${file.name}` } });
    },
    savePdf(name) {
      savedPdfs.push(name);
      return Promise.resolve({ ok: true, value: { saved: true, path: `/documents/${name}` } });
    },
    openProjector() {
      projections++;
      return Promise.resolve({ ok: true, value: null });
    },
    ...NO_KEYCHAIN,
    ...memoryBackups(),
    ...listening,
    chooseFile: () => Promise.resolve({ ok: true, value: null }),
    openLink: () => Promise.resolve({ ok: true, value: { opened: true } }),
    policy: () => Promise.resolve({ ok: true, value: { policy: UNRESTRICTED, files: [], problems: [] } }),
    diagnostics: () => Promise.resolve({ ok: true, value: { text: `HG-NEN Prognosis ${APP_VERSION}\n` } }),
    note(code) {
      notes.push(code);
      return Promise.resolve({ ok: true, value: null });
    },
    ...shell,
    async request(endpoint, request) {
      const plain: unknown = JSON.parse(JSON.stringify(request));
      await before?.(endpoint, plain);
      return structuredClone(dispatch(handlers, endpoint, plain)) as Result<never>;
    },
  };
}
