import * as v from "valibot";
import type { Failure, Result } from "./contract.ts";
import { brief, shorten } from "./echo.ts";
import type { Limits } from "./payload.ts";
import { flawOfPayload } from "./payload.ts";

/**
 * Checks a request from outside, first its size and make, then against its endpoint's schema; what is wrong comes back
 * as an error value.
 */
export function checkRequest<S extends v.GenericSchema>(
  schema: S,
  limits: Limits,
  request: unknown,
): Result<v.InferOutput<S>> {
  if (Array.isArray(request)) {
    return {
      ok: false,
      code: "invalid-request",
      value: brief(request),
      message: "a request has named fields",
    };
  }
  const flaw = flawOfPayload(request, limits);
  if (flaw) return flaw;
  const checked = v.safeParse(schema, request);
  return checked.success ? { ok: true, value: checked.output } : invalidRequest(checked.issues[0]);
}

function invalidRequest(issue: v.BaseIssue<unknown>): Failure {
  const field = v.getDotPath(issue);
  return {
    ok: false,
    code: "invalid-request",
    ...(field !== null && { field: shorten(field) }),
    value: shorten(issue.received),
    message: shorten(issue.message),
  };
}
