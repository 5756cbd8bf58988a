import type { Result, ShellAnswerOf, ShellEndpointName, ShellRequest } from "./contract.ts";
import { shellRequestSchemas } from "./contract.ts";
import { checkRequest } from "./request.ts";

/** The shell's handler table, as the contract asks for it; a missing endpoint is a compile error. */
export type ShellHandlers = {
  [K in ShellEndpointName]: (request: ShellRequest<K>) => Promise<Result<ShellAnswerOf<K>>>;
};

export function isShellEndpoint(endpoint: unknown): endpoint is ShellEndpointName {
  return typeof endpoint === "string" && Object.hasOwn(shellRequestSchemas, endpoint);
}

/** Answers a request to the shell: valid request, handler. Never rejects; anything unforeseen has the code "internal". */
export async function dispatchShell(
  handlers: ShellHandlers,
  endpoint: ShellEndpointName,
  request: unknown,
): Promise<Result<unknown>> {
  const checked = checkRequest(shellRequestSchemas[endpoint], request);
  if (!checked.ok) return checked;
  try {
    return await (handlers[endpoint] as (request: unknown) => Promise<Result<unknown>>)(checked.value);
  } catch (error) {
    return { ok: false, code: "internal", message: error instanceof Error ? error.message : String(error) };
  }
}
