import * as v from "valibot";
import { estimate } from "../prognosis/estimate.ts";
import type { Endpoint, Tumour } from "../prognosis/model.ts";
import type { Patient } from "../prognosis/patient.ts";
import { parsePatient } from "../prognosis/patient.ts";
import type { PreparedStudy } from "../prognosis/prepared.ts";
import { modelOf } from "../prognosis/prepared.ts";
import type { ReferenceCurve } from "../prognosis/publishedCurves.ts";
import { membershipsOf, referenceCurves } from "../prognosis/publishedCurves.ts";
import { groupShares } from "../prognosis/riskGroup.ts";
import type { AnswerOf, EndpointName, Failure, GroupOfPatient, Request, Result } from "./contract.ts";
import { requestSchemas } from "./contract.ts";

export type Handlers = { [K in EndpointName]: (request: Request<K>) => Result<AnswerOf<K>> };

/** The one handler table. Every host dispatches to it; a missing endpoint is a compile error. */
export function createHandlers(prepared: PreparedStudy, appVersion: string): Handlers {
  const { study } = prepared;
  const curves = new Map<string, ReferenceCurve[]>();
  const curvesOf = (tumour: Tumour, endpoint: Endpoint): ReferenceCurve[] => {
    const key = `${tumour}/${endpoint}`;
    let known = curves.get(key);
    if (!known) {
      known = referenceCurves(prepared, tumour, endpoint);
      curves.set(key, known);
    }
    return known;
  };
  const groupsOf = (patient: Patient, endpoint: Endpoint): GroupOfPatient[] => {
    const memberships = membershipsOf(prepared, patient, endpoint);
    return curvesOf(patient.tumour, endpoint).map(
      ({ curve: _curve, hazardScale: _scale, horizonMonths: _horizon, ...group }, i) => ({
        ...group,
        belongs: memberships[i]!.belongs,
      }),
    );
  };
  return {
    estimate: ({ patient, intervals = true, curve = true }) =>
      withPatient(patient, (valid) => estimate(prepared, valid, { intervals, curve })),
    groups: ({ patient }) =>
      withPatient(patient, (valid) => ({ os: groupsOf(valid, "os"), pfs: groupsOf(valid, "pfs") })),
    referenceCurves: ({ tumour, endpoint }) => ({ ok: true, value: curvesOf(tumour, endpoint) }),
    riskGroups: ({ tumour, endpoint }) => {
      const [lower, intermediate, higher] = groupShares(modelOf(prepared, tumour, endpoint).scale);
      return { ok: true, value: { lower, intermediate, higher } };
    },
    study: () => ({ ok: true, value: study }),
    about: () => ({
      ok: true,
      value: {
        appVersion,
        modelVersion: study.modelVersion,
        study: study.id,
        studyName: study.name,
        citation: study.citation,
      },
    }),
  };
}

function withPatient<T>(input: unknown, answer: (patient: Patient) => T): Result<T> {
  const parsed = parsePatient(input);
  if (parsed.ok) return { ok: true, value: answer(parsed.value) };
  const [{ field, value, allowed }] = parsed.problems as [(typeof parsed.problems)[number]];
  return {
    ok: false,
    code: "invalid-patient",
    field,
    value,
    allowed,
    problems: parsed.problems,
    message: `invalid ${parsed.problems.map((problem) => problem.field).join(", ")}`,
  };
}

/**
 * Answers a request from outside: known endpoint, valid request, handler. Never throws; anything unforeseen is an
 * error with the code "internal".
 */
export function dispatch(handlers: Handlers, endpoint: unknown, request: unknown): Result<unknown> {
  if (typeof endpoint !== "string" || !Object.hasOwn(requestSchemas, endpoint)) {
    return { ok: false, code: "unknown-endpoint", value: endpoint, message: "no such endpoint" };
  }
  if (Array.isArray(request)) {
    return { ok: false, code: "invalid-request", value: request, message: "a request has named fields" };
  }
  const name = endpoint as EndpointName;
  const checked = v.safeParse(requestSchemas[name], request);
  if (!checked.success) return invalidRequest(checked.issues);
  try {
    return (handlers[name] as (request: unknown) => Result<unknown>)(checked.output);
  } catch (error) {
    return { ok: false, code: "internal", message: error instanceof Error ? error.message : String(error) };
  }
}

function invalidRequest(issues: readonly v.BaseIssue<unknown>[]): Failure {
  const issue = issues[0]!;
  const field = v.getDotPath(issue);
  return {
    ok: false,
    code: "invalid-request",
    ...(field !== null && { field }),
    value: issue.received,
    message: issue.message,
  };
}
