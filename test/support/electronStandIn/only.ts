/**
 * An object of Electron with the members that the stand-in has, and with an error in the place of every other: what the
 * app comes to use must be added here knowingly, and nothing is silently undefined.
 */
export function only<T extends object>(name: string, members: Partial<T>): T {
  return new Proxy(members, {
    get(target, key) {
      // A promise that resolves to such an object asks it for "then"; printing asks it for symbols.
      if (key in target || typeof key === "symbol" || key === "then") return Reflect.get(target, key);
      throw new Error(`the stand-in for Electron has no ${name}.${key}`);
    },
    set(_target, key) {
      throw new Error(`the stand-in for Electron lets nobody set ${name}.${String(key)}`);
    },
  }) as T;
}

/** Electron's listeners differ by event; here they are all called with what `emit` was given. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Listener = (...args: any[]) => void;

/** The events of one object. Listening to one that the stand-in never emits is an error. */
export class Events {
  readonly #owner: string;
  readonly #listeners: Map<string, { listener: Listener; once: boolean }[]>;

  constructor(owner: string, known: readonly string[]) {
    this.#owner = owner;
    this.#listeners = new Map(known.map((event) => [event, []]));
  }

  add(event: string, listener: Listener, once: boolean): void {
    this.#of(event).push({ listener, once });
  }

  emit(event: string, ...args: unknown[]): void {
    const entries = this.#of(event);
    this.#listeners.set(
      event,
      entries.filter(({ once }) => !once),
    );
    for (const { listener } of entries) listener(...args);
  }

  #of(event: string): { listener: Listener; once: boolean }[] {
    const entries = this.#listeners.get(event);
    if (!entries) throw new Error(`the stand-in for Electron has no event "${event}" of ${this.#owner}`);
    return entries;
  }
}

/** An event with a default action. */
export class PreventableEvent {
  defaultPrevented = false;
  /** As in Electron, of use without its object. */
  readonly preventDefault = (): void => {
    this.defaultPrevented = true;
  };
}
