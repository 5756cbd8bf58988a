import type { MenuCommand } from "../../src-main/api/contract.ts";
import { MOST_OPENED_BYTES } from "../../src-main/api/contract.ts";
import { board as boardWords } from "../../src-main/words/board.ts";
import { boardFileTroubleWords, opened as words } from "../../src-main/words/opened.ts";
import type { AppState } from "../appState.svelte.ts";
import type { BoardFile } from "../board/boardFile.ts";
import { whatIs } from "../cases/files/sniff.ts";
import { messageOf } from "../messageOf.ts";
import type { Room } from "../navigation.svelte.ts";
import { ROOMS } from "../navigation.svelte.ts";
import type { Dropped } from "./dropping.svelte.ts";

/** What is said over whichever room is open. */
export interface Notice {
  title: string;
  text: string;
  wrong: boolean;
  /** where it was said: it does not go along to another room */
  room: Room;
}

/** A board that was read, while the board has cases already. */
export interface Question {
  name: string;
  file: BoardFile;
  /** how many cases the board has */
  here: number;
  /** how many of the file's cases are on the board */
  same: number;
}

/** What only the page around the rooms can do. */
export interface Means {
  app: AppState;
  lock: () => void;
  help: () => void;
}

/** How much of a file says what it is. */
const HEAD = 4096;

/**
 * What the user opens from outside, by double click, by dragging, by a dialog or the native menu. One thing is opened at
 * a time. While slides are shown or a dialog is open, it waits: nothing comes between a presenter and the audience.
 */
export class Opened {
  notice = $state.raw<Notice | null>(null);
  question = $state.raw<Question | null>(null);
  /** something waits until the slides, or a dialog, are closed */
  waits = $state(false);
  readonly #means: Means;
  readonly #queue: (() => Promise<void> | void)[] = [];
  #busy = false;

  constructor(means: Means) {
    this.#means = means;
  }

  /** Listens to the host. @returns ends it */
  listen(): () => void {
    const { host } = this.#means.app;
    const ends = [
      host.onFile(({ name, bytes }) => this.take(new File([bytes], name))),
      host.onFileRefused(({ name, reason, message }) =>
        this.#later(() => this.#refuse(words.refused[reason](name, message))),
      ),
      host.onCommand((command) => void this.command(command)),
    ];
    return () => ends.forEach((end) => end());
  }

  /** Opens a file as soon as nothing is in its way. */
  take(file: File): void {
    this.#later(() => this.#open(file));
  }

  drop(dropped: Dropped): void {
    if (dropped.kind === "file") return this.take(dropped.file);
    const why = {
      several: () => words.several((dropped as { count: number }).count),
      folder: () => words.folder((dropped as { name: string }).name),
      nothing: () => words.nothing,
    };
    this.#later(() => this.#refuse(why[dropped.kind]()));
  }

  /** Does what the native menu asks for, unless it would come between a presenter and the audience. */
  async command(command: MenuCommand): Promise<void> {
    const { app, lock, help } = this.#means;
    // Whoever locks on purpose is obeyed whatever is on the screen.
    if (command === "lock") return lock();
    if (!this.#free()) return;
    if (isRoom(command)) return app.navigation.go(command);
    switch (command) {
      case "save-board":
        return this.#saveBoard();
      case "keys":
        return help();
      case "diagnostics":
        app.diagnosing = true;
    }
  }

  /** Something that was in the way may be gone. */
  resume(): void {
    void this.#next();
  }

  answer(how: "add" | "replace" | null): void {
    const { question } = this;
    this.question = null;
    // Before what waits, which may be another board.
    if (question && how !== null) this.#queue.unshift(() => this.#toBoard(question.file, how));
    void this.#next();
  }

  #later(task: () => Promise<void> | void): void {
    this.#queue.push(task);
    void this.#next();
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#queue.length > 0 && this.#free()) {
      try {
        await this.#queue.shift()!();
      } catch (error) {
        // A part of the program that could not be fetched.
        this.#refuse(messageOf(error));
      }
    }
    this.#busy = false;
    this.waits = this.#queue.length > 0;
  }

  #free(): boolean {
    return !this.#means.app.presenting && !this.question && document.querySelector("dialog[open]") === null;
  }

  /** Told apart by what is in it; its name decides where that says nothing, as of one that is damaged. */
  async #open(file: File): Promise<void> {
    const { app } = this.#means;
    this.notice = null;
    try {
      const found = whatIs(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
      const ending = file.name.toLowerCase().split(".").at(-1);
      if (found === "board" || (ending === "nenboard" && !isCases(found))) return await this.#openBoard(file);
      if (isCases(found) || ending === "hgnencases") {
        const before = app.fileForCases?.file.name;
        if (before !== undefined) return this.#refuse(words.oneAtATime(file.name, before));
        app.fileForCases = { file, sealed: !isPlain(found) };
        return app.navigation.go("cases", "import");
      }
      this.#refuse(file.size === 0 ? words.empty(file.name) : words.foreign(file.name, found));
    } catch (error) {
      this.#refuse(words.unreadable(file.name, messageOf(error)));
    }
  }

  async #openBoard(file: File): Promise<void> {
    const [{ alreadyOn, readBoardFile, tooLarge, NoBoard }, { boardOf }] = await Promise.all([
      import("../board/boardFile.ts"),
      import("../board/boardState.svelte.ts"),
    ]);
    try {
      if (file.size > MOST_OPENED_BYTES.nenboard) throw tooLarge(file.size);
      const read = readBoardFile(new Uint8Array(await file.arrayBuffer()));
      const { cases } = boardOf(this.#means.app.host);
      if (cases.length === 0) return await this.#toBoard(read, "replace");
      const same = alreadyOn(cases, read);
      this.question = { name: file.name, file: read, here: cases.length, same };
    } catch (error) {
      if (!(error instanceof NoBoard)) throw error;
      this.#refuse(boardFileTroubleWords(file.name, error.trouble));
    }
  }

  async #toBoard(file: BoardFile, how: "add" | "replace"): Promise<void> {
    const { app } = this.#means;
    const { boardOf } = await import("../board/boardState.svelte.ts");
    boardOf(app.host).openFile(file, how);
    app.navigation.go("board");
  }

  async #saveBoard(): Promise<void> {
    try {
      const { saveBoard } = await import("../board/saveBoard.ts");
      const { text, wrong, saved } = await saveBoard(this.#means.app);
      if (wrong) this.#say(words.notSaved, text, wrong);
      // What lies beside the button in the room, too. Who has cancelled it knows.
      else if (saved) this.#say(text, boardWords.file.savedNote, wrong);
      else this.notice = null;
    } catch (error) {
      this.#say(words.notSaved, messageOf(error), true);
    }
  }

  #refuse(text: string): void {
    this.#say(words.notOpened, text, true);
  }

  #say(title: string, text: string, wrong: boolean): void {
    this.notice = { title, text, wrong, room: this.#means.app.navigation.route.room };
  }
}

const isRoom = (command: MenuCommand): command is MenuCommand & Room =>
  (ROOMS as readonly string[]).includes(command);

type Found = ReturnType<typeof whatIs>;
const isPlain = (found: Found): boolean => found === "plain-json" || found === "csv";
const isCases = (found: Found): boolean => found === "case-file" || isPlain(found);
