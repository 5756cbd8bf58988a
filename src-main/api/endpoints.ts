import { compareEstimates } from "../prognosis/compare.ts";
import { estimate } from "../prognosis/estimate.ts";
import type { Endpoint, Tumour } from "../prognosis/model.ts";
import type { Patient, Problem } from "../prognosis/patient.ts";
import { parsePatient } from "../prognosis/patient.ts";
import type { PreparedStudy } from "../prognosis/prepared.ts";
import { modelOf } from "../prognosis/prepared.ts";
import type { ReferenceCurve } from "../prognosis/publishedCurves.ts";
import { membershipsOf, referenceCurves } from "../prognosis/publishedCurves.ts";
import { groupShares } from "../prognosis/riskGroup.ts";
import { calculationOf, workingsOf } from "../prognosis/workings.ts";
import type { AnswerOf, EndpointName, Failure, GroupOfPatient, Request, Result } from "./contract.ts";
import { requestSchemas } from "./contract.ts";
import { brief, shorten } from "./echo.ts";
import { limitsOf } from "./payload.ts";
import { checkRequest } from "./request.ts";

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
    compare: ({ a, b, curve = true }) =>
      withVersions(a, b, (validA, validB) => compareEstimates(prepared, validA, validB, { curve })),
    groups: ({ patient }) =>
      withPatient(patient, (valid) => ({ os: groupsOf(valid, "os"), pfs: groupsOf(valid, "pfs") })),
    referenceCurves: ({ tumour, endpoint }) => ({ ok: true, value: curvesOf(tumour, endpoint) }),
    riskGroups: ({ tumour, endpoint }) => {
      const [lower, intermediate, higher] = groupShares(modelOf(prepared, tumour, endpoint).scale);
      return { ok: true, value: { lower, intermediate, higher } };
    },
    baseline: ({ tumour, endpoint }) => ({ ok: true, value: workingsOf(prepared, tumour, endpoint) }),
    calculation: ({ patient }) =>
      withPatient(patient, (valid) => ({
        os: calculationOf(prepared, valid, "os"),
        pfs: calculationOf(prepared, valid, "pfs"),
      })),
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
  return parsed.ok ? { ok: true, value: answer(parsed.value) } : invalidPatient(parsed.problems);
}

/** Two versions of one patient: a problem's field names its version, `a.ageYears`; the tumour is the same in both. */
function withVersions<T>(a: unknown, b: unknown, answer: (a: Patient, b: Patient) => T): Result<T> {
  const [ofA, ofB] = [parsePatient(a), parsePatient(b)];
  if (!ofA.ok || !ofB.ok) {
    const of = (version: string, parsed: typeof ofA): Problem[] =>
      parsed.ok ? [] : parsed.problems.map((each) => ({ ...each, field: `${version}.${each.field}` }));
    return invalidPatient([...of("a", ofA), ...of("b", ofB)]);
  }
  const { tumour } = ofA.value;
  if (ofB.value.tumour !== tumour) {
    const allowed = { kind: "levels", levels: [tumour], orNull: false } as const;
    return invalidPatient([{ code: "unknown-level", field: "b.tumour", value: ofB.value.tumour, allowed }]);
  }
  return { ok: true, value: answer(ofA.value, ofB.value) };
}

function invalidPatient(found: Problem[]): Failure {
  const problems = found.map((each) => ({ ...each, field: shorten(each.field), value: brief(each.value) }));
  const [{ field, value, allowed }] = problems as [Problem];
  return {
    ok: false,
    code: "invalid-patient",
    field,
    value,
    allowed,
    problems,
    message: shorten(`invalid ${problems.map((problem) => problem.field).join(", ")}`),
  };
}

/**
 * Answers a request from outside: known endpoint, valid request, handler. Never throws; anything unforeseen is an
 * error with the code "internal".
 */
export function dispatch(handlers: Handlers, endpoint: unknown, request: unknown): Result<unknown> {
  if (typeof endpoint !== "string" || !Object.hasOwn(requestSchemas, endpoint)) {
    return { ok: false, code: "unknown-endpoint", value: brief(endpoint), message: "no such endpoint" };
  }
  const name = endpoint as EndpointName;
  const checked = checkRequest(requestSchemas[name], limitsOf(name), request);
  if (!checked.ok) return checked;
  try {
    return (handlers[name] as (request: unknown) => Result<unknown>)(checked.value);
  } catch (error) {
    return { ok: false, code: "internal", message: error instanceof Error ? error.message : String(error) };
  }
}
