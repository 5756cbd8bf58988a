import type { BackupFile } from "../../../src-main/api/contract.ts";
import type { DamagedLine, FoundInFile } from "../../../src-main/words/caseFiles.ts";
import { caseFileTroubleWords } from "../../../src-main/words/caseFiles.ts";
import { store as words } from "../../../src-main/words/store.ts";
import type { CasesState } from "../casesState.svelte.ts";
import type { CaseFile } from "../files/caseFile.ts";
import { readCaseFile } from "../files/caseFile.ts";
import type { Choice, ImportChange, ImportPlan } from "../files/importPlan.ts";
import { changesOf, planImport } from "../files/importPlan.ts";
import type { ImportedCase } from "../files/importedCase.ts";
import { readPlainCsv } from "../files/plainCsv.ts";
import { readPlainJson } from "../files/plainJson.ts";
import type { Mine, Outcome } from "./importing.ts";
import { NO_CHOICES, NOTHING, outcomeOf, readMine, withChoice, withWhatCsvLacks } from "./importing.ts";
import type { FileKey } from "../files/sealedFile.ts";
import { openCaseFile } from "../files/sealedFile.ts";
import { FileTrouble, LIMITS } from "../files/trouble.ts";
import { NotOpened } from "../store/crypto.ts";
import type { Bytes } from "../store/record.ts";
import { messageOf } from "../../messageOf.ts";

/** What a file says of itself. */
export interface FileFacts {
  name: string;
  kind: "backup" | "export" | "json" | "csv";
  /** null where it does not say */
  made: number | null;
  appVersion: string;
}

/** What taking in a file would do; nothing is done yet. */
export interface Preview {
  file: FileFacts;
  plan: ImportPlan;
  /** how many cases of the file can be read */
  readable: number;
  damaged: readonly DamagedLine[];
  truncated: boolean;
  /** cases that are added and stand here already, unreadable */
  repairs: number;
}

export type Stage =
  | { kind: "choose" }
  | { kind: "reading" }
  /** the file asks for its passphrase; `trouble` says that the one typed was wrong */
  | { kind: "passphrase"; file: FileFacts; trouble: string | null }
  | { kind: "preview"; preview: Preview }
  | { kind: "applying"; preview: Preview }
  | { kind: "done"; outcome: Outcome; undone: boolean; trouble: string | null }
  | { kind: "trouble"; words: string };

/** A file on its way in: read, opened where it is encrypted, looked at, and taken in as a whole or not at all. */
export class Transfer {
  stage = $state.raw<Stage>({ kind: "choose" });
  mode = $state<"merge" | "replace">("merge");
  otherwise = $state<Choice | "later">("later");
  choices = $state.raw<ReadonlyMap<string, Choice>>(NO_CHOICES);
  /** what cannot be read stays behind, and the user knows */
  acknowledged = $state(false);

  readonly preview = $derived(
    this.stage.kind === "preview" || this.stage.kind === "applying" ? this.stage.preview : null,
  );
  /** A file that is not whole says nothing of what it lacks: it replaces nothing. */
  readonly whole = $derived(
    this.preview !== null && this.preview.damaged.length === 0 && !this.preview.truncated,
  );
  readonly changes = $derived.by((): ImportChange[] => {
    if (!this.preview) return [];
    const { mode, choices, otherwise } = this;
    const now = this.#cases.now();
    return changesOf(this.preview.plan, { mode, choices, otherwise, now, newId: () => crypto.randomUUID() });
  });
  readonly ready = $derived(this.changes.length > 0 && (this.whole || this.acknowledged));

  readonly #cases: CasesState;
  #file: CaseFile | null = null;
  /** under which the file was opened: a store that is restored from it keeps it */
  #passphrase = $state.raw<string | null>(null);

  constructor(cases: CasesState) {
    this.#cases = cases;
  }

  /** Whether what was read can be the beginning of a store: it was opened by a passphrase. */
  get hasPassphrase(): boolean {
    return this.#passphrase !== null;
  }

  reset(): void {
    this.#file = null;
    this.#passphrase = null;
    this.stage = { kind: "choose" };
    this.#forgetChoices();
  }

  /** Reads a file that the user has chosen. */
  async readFile(file: File): Promise<void> {
    if (file.size > LIMITS.bytes) {
      const trouble = { code: "too-large" as const, bytes: file.size, limit: LIMITS.bytes };
      this.stage = { kind: "trouble", words: caseFileTroubleWords(file.name, trouble) };
      return;
    }
    await this.#guarded(file.name, async () =>
      this.#read(file.name, new Uint8Array(await file.arrayBuffer())),
    );
  }

  /** Reads a backup that the host keeps. */
  async readBackup({ name }: BackupFile): Promise<void> {
    await this.#guarded(name, async () => {
      const read = await this.#cases.host.readBackup(name);
      if (!read.ok) throw new Error(read.message);
      await this.#read(name, read.value.bytes);
    });
  }

  /** Opens an encrypted file by its passphrase. */
  async open(passphrase: string): Promise<void> {
    const file = this.#file;
    if (!file || this.stage.kind !== "passphrase") return;
    const { file: facts } = this.stage;
    await this.#guarded(facts.name, async () => {
      try {
        await this.#openFile(facts, file, { passphrase });
        this.#passphrase = passphrase;
      } catch (error) {
        if (!(error instanceof NotOpened)) throw error;
        const trouble = caseFileTroubleWords(facts.name, { code: "not-opened" });
        this.stage = { kind: "passphrase", file: facts, trouble };
      }
    });
  }

  choose(id: string, choice: Choice | null): void {
    this.choices = withChoice(this.choices, id, choice);
  }

  /** Takes in what the preview shows: all of it, or nothing. */
  async apply(): Promise<void> {
    const { preview, changes, mode, ready } = this;
    if (!preview || !ready || this.stage.kind !== "preview") return;
    await this.#take(preview, changes, mode);
  }

  async #take(preview: Preview, changes: readonly ImportChange[], mode: "merge" | "replace"): Promise<void> {
    this.stage = { kind: "applying", preview };
    try {
      await this.#cases.apply(mode === "replace" ? "replace" : "import", changes);
    } catch (error) {
      this.stage = { kind: "trouble", words: words.transfer.notApplied(messageOf(error)) };
      return;
    }
    this.stage = {
      kind: "done",
      outcome: outcomeOf(preview.plan, changes, mode),
      undone: false,
      trouble: null,
    };
    this.#forgetChoices();
  }

  /** Makes the store that is not there yet, under the file's passphrase, and takes the file in. */
  async startWith(): Promise<void> {
    // Read at once: the screen that shows them goes as soon as there is a store.
    const { preview, changes, mode, ready } = this;
    const passphrase = this.#passphrase;
    if (!preview || !ready || passphrase === null || this.stage.kind !== "preview") return;
    this.stage = { kind: "applying", preview };
    await this.#cases.create(passphrase);
    this.#passphrase = null;
    // What kept the store from being made is on the screen by now.
    if (this.#cases.phase.kind !== "open") return;
    await this.#take(preview, changes, mode);
  }

  /** Takes back what was taken in, as long as nothing was changed since. */
  async undo(): Promise<void> {
    if (this.stage.kind !== "done") return;
    try {
      await this.#cases.undo();
      this.stage = { ...this.stage, undone: true };
    } catch (error) {
      this.stage = { ...this.stage, trouble: words.transfer.notUndone(messageOf(error)) };
    }
  }

  /** Whether what would be taken back is what was taken in. */
  get undoable(): boolean {
    const kind = this.#cases.undoable?.kind;
    return this.stage.kind === "done" && !this.stage.undone && (kind === "import" || kind === "replace");
  }

  /** Told apart by what is in it, whatever it is called. */
  async #read(name: string, bytes: Bytes): Promise<void> {
    this.#passphrase = null;
    const plain = (kind: "json" | "csv"): FileFacts => ({ name, kind, made: null, appVersion: "" });
    const found = await readCaseFile(bytes).catch((error: unknown): FoundInFile => {
      if (error instanceof FileTrouble && error.trouble.code === "foreign") return error.trouble.found;
      throw error;
    });
    if (found === "plain-json" || found === "json") {
      return this.#show(plain("json"), { cases: await readPlainJson(bytes), damaged: [] });
    }
    if (found === "csv" || found === "text") {
      const now = this.#cases.now();
      const read = await readPlainCsv(bytes, { now, newId: () => crypto.randomUUID() });
      const { mine } = await this.#mine();
      const whole = read.map((one) => withWhatCsvLacks(one, mine.get(one.id)));
      return this.#show(plain("csv"), { cases: whole, damaged: [] });
    }
    if (typeof found === "string") throw new FileTrouble({ code: "foreign", found });
    this.#file = found;
    const { kind, made, appVersion } = found;
    const facts: FileFacts = { name, kind, made, appVersion };
    const { header, key } = this.#cases;
    // A backup of this very store opens by the key that is here.
    const own = key && header?.store === found.header.store ? key : null;
    try {
      if (own) return await this.#openFile(facts, found, { key: own });
    } catch (error) {
      if (!(error instanceof NotOpened)) throw error;
    }
    this.stage = { kind: "passphrase", file: facts, trouble: null };
  }

  async #openFile(facts: FileFacts, file: CaseFile, by: FileKey): Promise<void> {
    await this.#show(facts, await openCaseFile(file, by), file.truncated);
  }

  async #show(
    file: FileFacts,
    { cases, damaged }: { cases: ImportedCase[]; damaged: DamagedLine[] },
    truncated = false,
  ): Promise<void> {
    const { mine, unreadable } = await this.#mine();
    const plan = planImport(mine, cases);
    const repairs = plan.added.filter(({ id }) => unreadable.has(id)).length;
    this.#forgetChoices();
    this.stage = {
      kind: "preview",
      preview: { file, plan, damaged, truncated, repairs, readable: cases.length },
    };
  }

  async #mine(): Promise<Mine> {
    if (this.#cases.phase.kind !== "open") return NOTHING;
    await this.#cases.flush();
    return readMine(this.#cases.store);
  }

  async #guarded(name: string, task: () => Promise<void>): Promise<void> {
    this.stage = { kind: "reading" };
    try {
      await task();
    } catch (error) {
      const said =
        error instanceof FileTrouble
          ? caseFileTroubleWords(name, error.trouble)
          : words.transfer.notRead(name, messageOf(error));
      this.stage = { kind: "trouble", words: said };
    }
  }

  #forgetChoices(): void {
    this.mode = "merge";
    this.otherwise = "later";
    this.choices = NO_CHOICES;
    this.acknowledged = false;
  }
}
