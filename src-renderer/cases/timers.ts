/** Times to come, each under its name: another one of the same name takes its place. */
export class Timers<Name extends string> {
  readonly #running: Partial<Record<Name, ReturnType<typeof setTimeout>>> = {};

  /** @param sooner one that is running already is not put off */
  after(name: Name, ms: number, task: () => void, { sooner = false }: { sooner?: boolean } = {}): void {
    if (sooner && this.isRunning(name)) return;
    this.cancel(name);
    this.#running[name] = setTimeout(() => {
      this.cancel(name);
      task();
    }, ms);
  }

  isRunning(name: Name): boolean {
    return Object.hasOwn(this.#running, name);
  }

  cancel(name: Name): void {
    clearTimeout(this.#running[name]);
    Reflect.deleteProperty(this.#running, name);
  }

  cancelAll(): void {
    for (const name of Object.keys(this.#running) as Name[]) this.cancel(name);
  }
}
