import type { Happening, MenuCommand, ShellEvent, SystemLock } from "../../src-main/api/contract.ts";
import { MOST_HAPPENINGS_KEPT } from "../../src-main/api/contract.ts";

export type OpenedFile = Extract<ShellEvent, { kind: "file" }>;
export type RefusedFile = Extract<ShellEvent, { kind: "file-refused" }>;

/** What a page may listen to. Each function returns one that ends it. */
export interface Listening {
  /** Calls each time that the computer is locked or put to sleep, where the host is told. */
  onSystemLock(listener: (reason: SystemLock) => void): () => void;
  /** Calls with each file that the user has opened; with those that came before somebody listened, too. */
  onFile(listener: (file: OpenedFile) => void): () => void;
  /** Calls with each file that could not be opened, as {@link onFile} does. */
  onFileRefused(listener: (file: RefusedFile) => void): () => void;
  /** Calls with what the native menu asks for, as {@link onFile} does. */
  onCommand(listener: (command: MenuCommand) => void): () => void;
}

type Kind = Happening["kind"];
type Listener = (event: Happening) => void;

/**
 * The listeners of a page. What happens while nobody listens to its kind is kept until somebody does, but for a lock:
 * where nobody listens, nothing is open that could be locked.
 *
 * @param begin called each time that somebody begins to listen
 */
export function createListening(begin: () => void): Listening & {
  deliver: (event: Happening) => void;
  heard: () => boolean;
} {
  const listeners = new Map<Listener, Kind>();
  const kept: Happening[] = [];

  function tell(event: Happening): boolean {
    const concerned = [...listeners].filter(([, kind]) => kind === event.kind);
    for (const [listener] of concerned) {
      try {
        listener(event);
      } catch (error) {
        // One that fails keeps nobody else from hearing, least of all of a lock.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    return concerned.length > 0;
  }

  function on<K extends Kind>(kind: K, told: (event: Extract<Happening, { kind: K }>) => void): () => void {
    const listener: Listener = (event) => told(event as Extract<Happening, { kind: K }>);
    listeners.set(listener, kind);
    // Later, so that nobody is called before it has what ends it, or within an effect that would depend on all it reads.
    queueMicrotask(() => {
      for (const event of kept.splice(0)) if (!tell(event)) kept.push(event);
    });
    begin();
    return () => void listeners.delete(listener);
  }

  return {
    onSystemLock: (listener) => on("lock", ({ reason }) => listener(reason)),
    onFile: (listener) => on("file", listener),
    onFileRefused: (listener) => on("file-refused", listener),
    onCommand: (listener) => on("command", ({ command }) => listener(command)),
    deliver(event) {
      if (!tell(event) && event.kind !== "lock" && kept.length < MOST_HAPPENINGS_KEPT) kept.push(event);
    },
    heard: () => listeners.size > 0,
  };
}
