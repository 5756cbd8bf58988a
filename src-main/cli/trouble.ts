import type { Trouble } from "../words/cli.ts";

export type { Trouble };

/** A {@link Trouble} on its way to whoever reports it; ends the command with exit status 2. */
export class CommandError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(trouble.code, options);
    this.trouble = trouble;
  }
}

/** The operating system's code of an error ("ENOENT"), or null when it is not the system's. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : null;
}
