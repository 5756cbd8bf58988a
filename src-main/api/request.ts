import * as v from "valibot";
import type { Failure, Result } from "./contract.ts";

/** Checks a request from outside against its endpoint's schema; what is wrong comes back as an error value. */
export function checkRequest<S extends v.GenericSchema>(
  schema: S,
  request: unknown,
): Result<v.InferOutput<S>> {
  if (Array.isArray(request)) {
    return { ok: false, code: "invalid-request", value: request, message: "a request has named fields" };
  }
  const checked = v.safeParse(schema, request);
  return checked.success ? { ok: true, value: checked.output } : invalidRequest(checked.issues[0]);
}

function invalidRequest(issue: v.BaseIssue<unknown>): Failure {
  const field = v.getDotPath(issue);
  return {
    ok: false,
    code: "invalid-request",
    ...(field !== null && { field }),
    value: issue.received,
    message: issue.message,
  };
}
