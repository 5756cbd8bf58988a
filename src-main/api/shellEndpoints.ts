import type { Result, ShellAnswerOf, ShellEndpointName, ShellRequest } from "./contract.ts";
import { shellRequestSchemas } from "./contract.ts";
import { limitsOf } from "./payload.ts";
import { checkRequest } from "./request.ts";

/** The shell's handler table, as the contract asks for it; a missing endpoint is a compile error. */
export type ShellHandlers = {
  [K in ShellEndpointName]: (request: ShellRequest<K>) => Promise<Result<ShellAnswerOf<K>>>;
};

export function isShellEndpoint(endpoint: unknown): endpoint is ShellEndpointName {
  return typeof endpoint === "string" && Object.hasOwn(shellRequestSchemas, endpoint);
}

/** Told of what nobody has foreseen, in full. */
export type Unforeseen = (endpoint: ShellEndpointName, error: unknown) => void;

/**
 * Answers a request to the shell: valid request, handler. Never rejects; anything unforeseen has the code "internal",
 * and is told to `unforeseen`.
 */
export async function dispatchShell(
  handlers: ShellHandlers,
  endpoint: ShellEndpointName,
  request: unknown,
  unforeseen: Unforeseen = () => undefined,
): Promise<Result<unknown>> {
  const checked = checkRequest(shellRequestSchemas[endpoint], limitsOf(endpoint), request);
  if (!checked.ok) return checked;
  try {
    return await (handlers[endpoint] as (request: unknown) => Promise<Result<unknown>>)(checked.value);
  } catch (error) {
    unforeseen(endpoint, error);
    return { ok: false, code: "internal", message: kindOf(error) };
  }
}

/**
 * "Error ENOENT".
 *
 * SECURITY: what the system says of an error holds folders and the user's name. The page is told neither, unless a
 * handler means it to be; the core's own errors are of its own making, and are told as they are.
 */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `${error.name}${code}`;
}
